#include "app/views/view_suspects.h"

#include "app/base/format.h"
#include "app/experiment/suspects_doubt.h"
#include "app/ui/ui_widget.h"
#include "app/views/glossary.h"
#include "app/views/suspects_deeds.h"
#include "app/views/suspects_reveal.h"
#include "app/views/suspects_words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const float ROW = 32.0f, HEAD = 26.0f, MORE = 24.0f, BAR = 28.0f, BAR_STEP = 37.0f; /* logical pixels */
static const size_t FIRST_ROWS = 5, OTHER_ROWS = 3;                                        /* of a folded group */
static const size_t FLAT_ROWS = 200;                                                       /* by one measure, folded */

void suspects_free(SuspectsState *st) {
    suspect_rows_free(&st->rows);
    free(st->samples);
    free(st->labels);
    for (int k = 0; k < MAX_CLASSES; k++)
        mark_free(&st->mark[k]);
    *st = (SuspectsState){0};
}

Measure suspects_by(const SuspectsState *st) {
    return st->chosen ? st->by : MEASURE_AGREEMENT;
}

static int least(const SuspectsState *st) {
    return st->at_least > 0 ? st->at_least : 3;
}

/* ---- the row in the panel ---- */

void suspects_widgets(Column *column, SuspectsState *st, const Snapshot *s) {
    Ui *ui = column->ui;
    char summary[96] = "which labels look wrong?";
    if (st->rows.asked > 0 && st->rows.run_version == s->run_version) {
        char count[32];
        format_count(st->rows.asked, count);
        snprintf(summary, sizeof summary, "%s label%s", count, st->rows.asked == 1 ? " looks wrong" : "s look wrong");
    }
    Rect word = {column->x, column->y, text_width(ui->text, TEXT_BODY, "Suspects"), ui_px(ui, COLUMN_SECTION)};
    bool open = false;
    column_section(column, "section-suspects", "Suspects", summary, &open);
    glossary_over(ui, "word-suspects", "section-suspects", word, "suspects");
    if (open) {
        st->open = ui->wants_frame = true;
        st->cursor = st->pointed = -1;
    }
}

/* ---- marks ---- */

static void use_marks(SuspectsState *st, const Ui *ui) {
    if (st->mark_theme == ui->theme && st->mark_scale == ui->scale)
        return;
    for (int k = 0; k < MAX_CLASSES; k++) {
        mark_free(&st->mark[k]);
        st->mark[k] = (MarkSprite){0};
    }
    st->mark_theme = ui->theme;
    st->mark_scale = ui->scale;
}

static void draw_mark(SuspectsState *st, Ui *ui, int class, float x, float y) {
    Status status;
    MarkSprite *m = &st->mark[class];
    if (!m->pixels && !mark_make(m, mark_shape(class), ui_px(ui, 5.0f), ui_px(ui, 1.0f), ui->theme->class_fill[class],
                                 ui->theme->class_edge[class], &status))
        *m = (MarkSprite){0};
    if (m->pixels)
        mark_draw(ui->canvas, m, x, floorf(y) + 0.5f);
}

/* ---- where things are in a row ---- */

typedef struct Columns { /* left edges, pixels */
    float number, given, model, bars, deeds;
    float bar, step; /* width of a bar, and from one to the next */
    bool narrow;     /* no room for the model's probability */
} Columns;

static Columns columns_of(const Ui *ui, Rect list) {
    float free = list.w / ui->scale - 436.0f; /* what is missing for the full width is taken from the bars */
    bool narrow = free < -40.0f;
    float step = fmaxf(18.0f, BAR_STEP + fminf(0.0f, free + (narrow ? 34.0f : 0.0f)) / LABEL_BARS);
    Columns c = {.number = list.x, .bar = ui_px(ui, BAR - BAR_STEP + step), .step = ui_px(ui, step), .narrow = narrow};
    c.deeds = list.x + list.w - ui_px(ui, 3 * 30.0f + 2 * 3.0f);
    c.bars = c.deeds - ui_px(ui, 14.0f) - LABEL_BARS * c.step + ui_px(ui, BAR_STEP - BAR);
    c.model = c.bars - ui_px(ui, narrow ? 24.0f : 60.0f);
    c.given = c.model - ui_px(ui, 36.0f);
    return c;
}

static void draw_heads(SuspectsState *st, Ui *ui, Rect rect, const Columns *c) {
    static const char *const HEADS[LABEL_BARS] = {"loss", "margin", "late", "near", "held out"};
    static const char *const NAMES[LABEL_BARS] = {"suspects-loss", "suspects-margin", "suspects-late", "suspects-near",
                                                  "suspects-held-out"};
    Color color = ui->theme->muted;
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, (Rect){c->number, rect.y, ui_px(ui, 40.0f), rect.h}, ALIGN_LEFT,
                 color, "row");
    Rect given = {c->given - ui_px(ui, 18.0f), rect.y, ui_px(ui, 36.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, given, ALIGN_CENTER, color, "given");
    Rect model = {c->model - ui_px(ui, c->narrow ? 14.0f : 6.0f), rect.y, ui_px(ui, 44.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, model, ALIGN_LEFT, color, "model");
    bool staggered = c->step < ui_px(ui, 34.0f);
    for (int b = 0; b < LABEL_BARS; b++) {
        float middle = c->bars + c->step * (float)b + c->bar / 2;
        Rect head = {middle - ui_px(ui, 25.0f), rect.y - (staggered && b % 2 ? rect.h * 0.6f : 0.0f), ui_px(ui, 50.0f),
                     rect.h};
        Rect place = {middle - c->step / 2, rect.y, c->step, rect.h};
        UiTouch touch = ui_widget(ui, NAMES[b], place, false, false, NULL);
        st->term = touch.hovered ? NAMES[b] + strlen("suspects-") : st->term;
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, head, ALIGN_CENTER, touch.hovered ? ui->theme->text : color,
                     HEADS[b]);
    }
    Rect deeds = {c->deeds - ui_px(ui, 10.0f), rect.y, ui_px(ui, 106.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, deeds, ALIGN_RIGHT, color, "keep, flip, remove");
}

static Color faded(Color color, const Ui *ui, bool done) {
    return done ? color_mix(color, ui->theme->card, 0.55f) : color;
}

static void draw_bars(Ui *ui, const Columns *c, float middle, const SuspectRow *row, const bool counts[LABEL_BARS],
                      bool done) {
    float height = ui_px(ui, 6.0f);
    for (int b = 0; b < LABEL_BARS; b++) {
        float x = c->bars + c->step * (float)b;
        Rect track = {x, middle - height / 2, c->bar, height};
        canvas_rounded(ui->canvas, track, height / 2, faded(ui->theme->track, ui, done));
        if (isnan(row->bar[b]))
            continue;
        bool past = counts[b] && row->bar[b] > LABEL_BAR_CUT;
        Rect bar = {x, track.y, fmaxf(height, c->bar * row->bar[b]), height};
        canvas_rounded(ui->canvas, bar, height / 2, faded(past ? ui->theme->ring : ui->theme->hard_edge, ui, done));
        float tick = roundf(x + c->bar * LABEL_BAR_CUT), w = fmaxf(1.0f, roundf(ui->scale));
        canvas_rect(ui->canvas, (Rect){tick - floorf(w / 2), middle - height, w, 2 * height},
                    faded(ui->theme->text, ui, done));
    }
}

static void draw_row(SuspectsState *st, Ui *ui, Rect rect, const Columns *c, const SuspectRow *row, bool done) {
    char text[32];
    float middle = rect.y + rect.h / 2;
    format_count(row->number, text);
    Rect number = {c->number, rect.y, c->given - c->number - ui_px(ui, 10.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, number, ALIGN_LEFT, faded(ui->theme->text, ui, done), text);
    draw_mark(st, ui, row->given, c->given, middle);
    ui_icon(ui->canvas, ICON_CHEVRON_RIGHT, (c->given + c->model) / 2, middle, ui_px(ui, 9.0f), ui->theme->muted);
    draw_mark(st, ui, row->says, c->model, middle);
    snprintf(text, sizeof text, "%.0f %%", 100.0 * (double)row->p);
    Rect p = {c->model + ui_px(ui, 10.0f), rect.y, ui_px(ui, 36.0f), rect.h};
    if (!c->narrow)
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, p, ALIGN_LEFT, ui->theme->muted, text);
    draw_bars(ui, c, middle, row, st->rows.counts, done);
}

/* ---- a row and what can be done with it ---- */

/* A button in a row: not a stop of Tab, for which the row has keys. */
static UiTouch deed_button(Ui *ui, const char *name, Rect rect, UiIcon icon, bool lit) {
    UiTouch touch = ui_widget(ui, name, rect, false, false, NULL);
    if (lit || touch.hovered)
        canvas_rounded(ui->canvas, rect, ui_px(ui, 5.0f), touch.hovered ? ui->theme->chip_pressed : ui->theme->card);
    if (touch.hovered)
        ui->cursor = CURSOR_HAND;
    ui_icon(ui->canvas, icon, rect.x + rect.w / 2, rect.y + rect.h / 2, ui_px(ui, 14.0f),
            lit || touch.hovered ? ui->theme->text : ui->theme->muted);
    return touch;
}

/* *help: what the button under the pointer does, for the strip: a tooltip would lie on the next row. */
static SuspectDeed open_buttons(Ui *ui, const char *row, Rect rect, const Columns *c, bool lit, const char **help) {
    static const struct {
        const char *name, *help;
        UiIcon icon;
        SuspectDeed deed;
    } BUTTONS[] = {{"keep", "Keep (K): the label is right.", ICON_CHECK, DEED_KEEP},
                   {"flip", "Flip (F): give it the label that the model thinks.", ICON_FLIP, DEED_FLIP},
                   {"remove", "Remove (Delete): take the point away.", ICON_BIN, DEED_REMOVE}};
    SuspectDeed deed = DEED_NONE;
    float w = ui_px(ui, 30.0f), h = ui_px(ui, 25.0f), gap = ui_px(ui, 3.0f);
    for (int i = 0; i < 3; i++) {
        char name[48];
        snprintf(name, sizeof name, "%s-%s", row, BUTTONS[i].name);
        Rect place = {c->deeds + (float)i * (w + gap), rect.y + (rect.h - h) / 2, w, h};
        UiTouch touch = deed_button(ui, name, place, BUTTONS[i].icon, lit);
        deed = touch.clicked ? BUTTONS[i].deed : deed;
        *help = touch.hovered ? BUTTONS[i].help : *help;
    }
    return deed;
}

static SuspectDeed undo_button(Ui *ui, const char *row, Rect rect, RowState state) {
    static const char *const WORDS[] = {"", "kept", "flipped", "removed"};
    char name[48];
    snprintf(name, sizeof name, "%s-undo", row);
    Rect place = {rect.x + rect.w - ui_px(ui, 56.0f), rect.y + ui_px(ui, 4.0f), ui_px(ui, 56.0f),
                  rect.h - ui_px(ui, 8.0f)};
    UiTouch touch = ui_widget(ui, name, place, false, false, NULL);
    canvas_rounded(ui->canvas, place, ui_px(ui, 5.0f), ui_chip_color(ui, &touch));
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, place, ALIGN_CENTER, ui->theme->text, "Undo");
    if (touch.hovered)
        ui->cursor = CURSOR_HAND;
    Rect words = {rect.x, rect.y, place.x - rect.x - ui_px(ui, 8.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_RIGHT, ui->theme->muted, WORDS[state]);
    return touch.clicked ? DEED_UNDO : DEED_NONE;
}

static SuspectDeed deed_of_keys(Ui *ui, RowState state) {
    SuspectDeed deed = DEED_NONE;
    for (int i = 0; i < ui->input.key_count; i++) {
        const UiKey *k = &ui->input.keys[i];
        bool plain = !k->ctrl && !k->alt && !k->shift && !k->repeat;
        if (plain && k->code == KEY_CHARACTER && k->character == 'k')
            deed = DEED_KEEP;
        else if (plain && k->code == KEY_CHARACTER && k->character == 'f')
            deed = DEED_FLIP;
        else if (plain && k->code == KEY_DELETE)
            deed = DEED_REMOVE;
        else
            continue;
        ui_take_key(ui, k->code, NULL);
        break;
    }
    return deed != DEED_NONE && state != ROW_OPEN ? DEED_UNDO : deed;
}

typedef struct Page { /* of one frame */
    Ui *ui;
    SuspectsState *st;
    PlotHand *hand;
    const Snapshot *s;
    Intents *intents;
    Rect list;
    Columns columns;
    float y;
    int64_t before, focused, after; /* rows shown around the one with the focus; -1: none */
    int64_t last;                   /* shown so far */
} Page;

static void act_on_row(Page *p, size_t i, Rect rect) {
    Ui *ui = p->ui;
    SuspectsState *st = p->st;
    const SuspectRow *row = &st->rows.rows[i];
    RowState state = suspect_rows_state(&st->rows, row, p->s);
    int64_t sample = suspect_rows_sample(&st->rows, row);
    char name[32];
    snprintf(name, sizeof name, "suspect-%zu", i);
    bool focused = ui->focus == ui_id(name), over = ui->input.mouse_inside &&
                                                    rect_has(p->list, ui->input.mouse_x, ui->input.mouse_y) &&
                                                    rect_has(rect, ui->input.mouse_x, ui->input.mouse_y);
    bool pinned = sample >= 0 && sample == p->hand->pinned, lit = over || (focused && ui->focus_visible);
    Rect wide = {rect.x - ui_px(ui, UNIT), rect.y, rect.w + ui_px(ui, 2 * UNIT), rect.h};
    if (lit || pinned)
        canvas_rect(ui->canvas, wide, lit ? ui->theme->chip : color_mix(ui->theme->chip, ui->theme->card, 0.4f));
    const char *help = NULL;
    SuspectDeed deed =
        state == ROW_OPEN ? open_buttons(ui, name, rect, &p->columns, lit, &help) : undo_button(ui, name, rect, state);
    UiTouch touch = ui_widget_reaching(ui, name, rect, -1.0f, true, true, NULL);
    draw_row(st, ui, rect, &p->columns, row, state != ROW_OPEN);
    if (over || (focused && st->pointed < 0)) {
        st->pointed = sample;
        suspects_say_row(row, p->s, st->reveal && st->rows.truth.known, st->words);
        if (help)
            snprintf(st->words, sizeof st->words, "%s", help);
    }
    bool no_other = !focused && over && ui->focus == 0;
    if (deed == DEED_NONE && (touch.keys || focused || no_other || (over && !ui->wants_text)))
        deed = deed_of_keys(ui, state);
    if (deed != DEED_NONE)
        suspects_act(st, i, deed, p->s, p->intents);
    if ((touch.clicked || ui_pressed_by_key(ui, &touch)) && sample >= 0)
        plot_hand_pin(p->hand, p->s->data, pinned ? -1 : sample);
    if (focused && ui->focus_visible)
        ui_focus_ring(ui, wide, 0.0f);
    if (focused)
        p->focused = (int64_t)i;
}

/* Only rows that can be seen are made, and those beside the focus, so that it can walk on. */
static void show_row(Page *p, size_t i) {
    Rect rect = {p->list.x, p->y, p->list.w, ui_px(p->ui, ROW)};
    bool seen = rect.y + rect.h > p->list.y && rect.y < p->list.y + p->list.h;
    int64_t cursor = p->st->cursor;
    if (p->last == cursor && cursor >= 0)
        p->after = (int64_t)i;
    if ((int64_t)i == cursor)
        p->before = p->last;
    bool beside = cursor >= 0 && ((int64_t)i == cursor || p->last == cursor || (int64_t)i == p->st->above);
    if (seen || beside)
        act_on_row(p, i, rect);
    if ((int64_t)i == cursor && p->st->bring) {
        p->st->scroll +=
            fminf(0.0f, rect.y - p->list.y - ui_px(p->ui, HEAD)) + fmaxf(0.0f, rect.y + rect.h - p->list.y - p->list.h);
        p->st->bring = false;
        p->ui->wants_frame = true;
    }
    float line = fmaxf(1.0f, roundf(p->ui->scale));
    canvas_rect(p->ui->canvas, (Rect){rect.x, rect.y + rect.h - line, rect.w, line}, p->ui->theme->line);
    p->y += rect.h;
    p->last = (int64_t)i;
}

/* What can be done with all open rows of a group. */
static void group_deeds(Page *p, Rect rect, size_t first, size_t end, int votes) {
    size_t open = 0;
    for (size_t i = first; i < end; i++)
        open += suspect_rows_state(&p->st->rows, &p->st->rows.rows[i], p->s) == ROW_OPEN;
    if (open == 0)
        return;
    char name[48], label[48], count[32];
    format_count(open, count);
    snprintf(label, sizeof label, open == 1 ? "Flip it" : "Flip these %s", count);
    Ui *ui = p->ui;
    float w = text_width(ui->text, TEXT_MEDIUM, label) + ui_px(ui, 14.0f), icon = ui_px(ui, 30.0f);
    static const struct {
        const char *name, *help;
        SuspectDeed deed;
        UiIcon icon;
    } DEEDS[] = {{"remove", "Take all of these points away", DEED_REMOVE, ICON_BIN},
                 {"flip", "Give them the labels that the model thinks", DEED_FLIP, ICON_NONE},
                 {"keep", "These labels are right: keep them", DEED_KEEP, ICON_CHECK}};
    float right = rect.x + rect.w;
    for (int i = 0; i < 3; i++) {
        float width = DEEDS[i].icon == ICON_NONE ? w : icon;
        Rect place = {right - width, rect.y + ui_px(ui, 1.0f), width, rect.h - ui_px(ui, 2.0f)};
        right = place.x - ui_px(ui, 3.0f);
        snprintf(name, sizeof name, "suspects-%d-%s", votes, DEEDS[i].name);
        UiTouch touch = ui_widget(ui, name, place, true, false, DEEDS[i].help);
        if (touch.hovered) {
            canvas_rounded(ui->canvas, place, ui_px(ui, 5.0f), ui_chip_color(ui, &touch));
            ui->cursor = CURSOR_HAND;
        }
        if (DEEDS[i].icon == ICON_NONE)
            text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, place, ALIGN_CENTER, ui->theme->accent, label);
        else
            ui_icon(ui->canvas, DEEDS[i].icon, place.x + place.w / 2, place.y + place.h / 2, ui_px(ui, 14.0f),
                    touch.hovered ? ui->theme->text : ui->theme->muted);
        if (touch.focused && ui->focus_visible)
            ui_focus_ring(ui, place, ui_px(ui, 5.0f));
        if (touch.clicked || ui_pressed_by_key(ui, &touch))
            suspects_act_on_all(p->st, first, end, DEEDS[i].deed, p->s, p->intents);
    }
}

static void group_head(Page *p, size_t first, size_t end, int votes) {
    Ui *ui = p->ui;
    Rect rect = {p->list.x, p->y, p->list.w, ui_px(ui, HEAD)};
    p->y += rect.h;
    if (rect.y + rect.h <= p->list.y || rect.y >= p->list.y + p->list.h)
        return;
    char text[64], count[32];
    canvas_rect(ui->canvas, (Rect){rect.x - ui_px(ui, UNIT), rect.y, rect.w + ui_px(ui, 2 * UNIT), rect.h},
                color_mix(ui->theme->chip, ui->theme->card, 0.5f));
    format_count(end - first, count);
    if (suspects_by(p->st) != MEASURE_AGREEMENT)
        snprintf(text, sizeof text, "By %s", MEASURES[suspects_by(p->st)].name);
    else
        snprintf(text, sizeof text,
                 votes == LABEL_BARS ? "All %d agree"
                 : votes == 1        ? "%d says so"
                                     : "%d agree",
                 votes);
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, rect, ALIGN_LEFT, ui->theme->text, text);
    Rect rest = rect;
    rest.x += text_width(ui->text, TEXT_MEDIUM, text) + ui_px(ui, UNIT);
    snprintf(text, sizeof text, "%s label%s", count, end - first == 1 ? "" : "s");
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, rest, ALIGN_LEFT, ui->theme->muted, text);
    group_deeds(p, rect, first, end, votes);
}

static void more_button(Page *p, size_t hidden, int votes) {
    Ui *ui = p->ui;
    char text[48], name[32], count[32];
    bool *unfolded = &p->st->unfolded[votes];
    format_count(hidden, count);
    snprintf(text, sizeof text, *unfolded ? "fewer" : "%s more", count);
    snprintf(name, sizeof name, "suspects-more-%d", votes);
    Rect rect = {p->list.x, p->y, text_width(ui->text, TEXT_BODY, text) + ui_px(ui, 24.0f), ui_px(ui, MORE)};
    p->y += rect.h + ui_px(ui, 2.0f);
    if (rect.y + rect.h <= p->list.y || rect.y >= p->list.y + p->list.h)
        return;
    UiTouch touch = ui_widget(ui, name, rect, true, false, NULL);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, rect, ALIGN_LEFT, ui->theme->accent, text);
    ui_icon(ui->canvas, ICON_CHEVRON_DOWN, rect.x + rect.w - ui_px(ui, 10.0f), rect.y + rect.h / 2, ui_px(ui, 10.0f),
            ui->theme->accent);
    if (touch.hovered)
        ui->cursor = CURSOR_HAND;
    if (touch.focused && ui->focus_visible)
        ui_focus_ring(ui, rect, ui_px(ui, 4.0f));
    if (touch.clicked || ui_pressed_by_key(ui, &touch)) {
        *unfolded = !*unfolded;
        ui->wants_frame = true;
    }
}

static void show_groups(Page *p) {
    const SuspectRows *r = &p->st->rows;
    bool flat = suspects_by(p->st) != MEASURE_AGREEMENT;
    for (size_t first = 0, end; first < r->count; first = end) {
        int votes = flat ? 0 : r->rows[first].votes;
        for (end = first + 1; end < r->count && (flat || r->rows[end].votes == votes); end++)
            ;
        size_t folded = flat ? FLAT_ROWS : first == 0 ? FIRST_ROWS : OTHER_ROWS, shown = end - first;
        bool folds = shown > folded + 1; /* one more is no more than the button */
        if (folds && !p->st->unfolded[votes])
            shown = folded;
        group_head(p, first, end, votes);
        for (size_t i = first; i < first + shown; i++)
            show_row(p, i);
        if (folds)
            more_button(p, end - first - shown, votes);
    }
}

static void walk(Page *p) {
    Ui *ui = p->ui;
    if (p->focused < 0) {
        p->st->cursor = -1;
        return;
    }
    p->st->cursor = p->focused;
    p->st->above = p->before;
    int64_t next = ui_take_plain_key(ui, KEY_DOWN) ? p->after : ui_take_plain_key(ui, KEY_UP) ? p->before : -1;
    if (next < 0)
        return;
    char name[32];
    snprintf(name, sizeof name, "suspect-%d", (int)next);
    ui->focus = ui_id(name);
    ui->focus_visible = ui->wants_frame = true;
    p->st->bring = true;
    p->st->cursor = next;
}

/* ---- the page ---- */

static void title(Ui *ui, Column *column, SuspectsState *st) {
    Rect rect = column_next(column, 30.0f, 6.0f);
    text_draw_in(ui->text, ui->canvas, TEXT_FIGURE, rect, ALIGN_LEFT, ui->theme->text, "Which labels look wrong?");
    float side = ui_px(ui, 28.0f), list = ui_px(ui, 128.0f);
    Rect by = {rect.x + rect.w - side - ui_px(ui, UNIT) - list, rect.y + ui_px(ui, 1.0f), list, ui_px(ui, 28.0f)};
    int chosen = ui_select(ui, "suspects-by", by, MEASURE_NAMES, MEASURE_COUNT, suspects_by(st),
                           "What the list goes by; agreement: how many of five measures say that a label is wrong");
    if (chosen != (int)suspects_by(st)) {
        st->by = (Measure)chosen;
        st->chosen = true;
        st->scroll = 0.0f;
        ui->wants_frame = true;
    }
    Rect close = {rect.x + rect.w - side, rect.y + ui_px(ui, 1.0f), side, side};
    if (ui_button(ui, "suspects-close", close, ICON_CLOSE, "", BUTTON_QUIET, "Back to the curriculum (Esc)")) {
        st->open = false;
        ui->wants_frame = true;
    }
}

static void choose_least(Ui *ui, Column *column, SuspectsState *st) {
    static const char *const LABELS[] = {"1", "2", "3", "4", "5"};
    char text[96], count[32];
    Rect rect = column_next(column, 30.0f, 8.0f);
    float width = text_width(ui->text, TEXT_BODY, "At least") + ui_px(ui, UNIT);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, rect, ALIGN_LEFT, ui->theme->muted, "At least");
    Rect segments = {rect.x + width, rect.y, ui_px(ui, 150.0f), rect.h};
    int chosen = 1 + ui_segments(ui, "suspects-least", segments, LABELS, LABEL_BARS, least(st) - 1,
                                 "Of loss, margin, late, near and held out, so many say that the label is wrong");
    if (chosen != least(st)) {
        st->at_least = chosen;
        st->scroll = 0.0f;
        ui->wants_frame = true;
    }
    rect.x = segments.x + segments.w + ui_px(ui, UNIT);
    rect.w = column->x + column->w - rect.x;
    format_count(st->rows.asked, count);
    snprintf(text, sizeof text, "of 5 measures agree: %s label%s", count, st->rows.asked == 1 ? "" : "s");
    if (text_width(ui->text, TEXT_BODY, text) > rect.w)
        snprintf(text, sizeof text, "agree: %s label%s", count, st->rows.asked == 1 ? "" : "s");
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, rect, ALIGN_LEFT, ui->theme->text, text);
}

/* Why the list should not be believed yet, with what to do about it. */
static void doubt(Ui *ui, Column *column, const SuspectsState *st, const Snapshot *s, Intents *intents) {
    char text[384], lines[UI_LINES][UI_LINE_BYTES];
    bool train_on = false;
    const LabelLook *look = s->labels;
    if (!look || !look->scores ||
        !suspects_doubt_brief(look->scores, suspects_by(st), s->settings, look->epochs,
                              s->looking_back ? s->easy_now : s->easy, text, &train_on))
        return;
    float pad = ui_px(ui, UNIT), button = train_on ? ui_px(ui, 84.0f) : 0.0f, line = ui_px(ui, 17.0f);
    int count = ui_wrap(ui, TEXT_BODY, text, column->w - 2 * pad - button - pad, 4, lines);
    float height = fmaxf((float)count * line, train_on ? ui_px(ui, 28.0f) : 0.0f) + pad;
    Rect strip = {column->x - pad, column->y, column->w + 2 * pad, height};
    column->y += height + pad;
    canvas_rounded(ui->canvas, strip, ui_px(ui, 5.0f), ui->theme->warn_strip);
    ui_note(ui, "suspects-doubt", strip);
    for (int i = 0; i < count; i++) {
        Rect place = {strip.x + pad, strip.y + (height - (float)count * line) / 2 + (float)i * line, column->w, line};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, place, ALIGN_LEFT, ui->theme->text, lines[i]);
    }
    Rect place = {strip.x + strip.w - button - pad / 2, strip.y + (height - ui_px(ui, 28.0f)) / 2, button,
                  ui_px(ui, 28.0f)};
    if (train_on && ui_button(ui, "suspects-train-on", place, s->playing ? ICON_PAUSE : ICON_PLAY,
                              s->playing ? "Pause" : "Train on", BUTTON_PLAIN, NULL))
        intend_kind(intents, s->playing ? COMMAND_PAUSE : COMMAND_PLAY);
}

/* What is not known yet, in the list's place. */
static void say_waiting(Page *p) {
    Ui *ui = p->ui;
    char text[96];
    const LabelLook *look = p->s->labels;
    if (p->st->rows.count > 0)
        return;
    if (!look || !look->list)
        snprintf(text, sizeof text, "The measures are being made ...");
    else
        snprintf(text, sizeof text, "No label looks wrong to so many measures.");
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, (Rect){p->list.x, p->list.y, p->list.w, ui_px(ui, 40.0f)}, ALIGN_LEFT,
                 ui->theme->muted, text);
}

static void list(Page *p) {
    Ui *ui = p->ui;
    SuspectsState *st = p->st;
    Rect area = {p->list.x - ui_px(ui, UNIT), p->list.y, p->list.w + ui_px(ui, 2 * UNIT), p->list.h};
    st->scroll = ui_scroll_begin(ui, "suspects-list", area, st->content, st->scroll);
    float top = p->list.y - st->scroll;
    p->y = top;
    p->before = p->focused = p->after = p->last = -1;
    show_groups(p);
    say_waiting(p);
    walk(p);
    ui_scroll_end(ui);
    if (p->y - top != st->content) {
        st->content = p->y - top;
        ui->wants_frame = true;
    }
}

/* The row under the pointer in words, or a head's term, or how far held-out is. */
static void strip(Ui *ui, Rect rect, SuspectsState *st, const Snapshot *s) {
    char lines[UI_LINES][UI_LINE_BYTES];
    if (st->term)
        suspects_say_term(st->term, st->words);
    else if (!st->words[0])
        suspects_say_state(s, st->words);
    canvas_rounded(ui->canvas, rect, ui_px(ui, 5.0f), ui->theme->chip);
    ui_note(ui, "suspects-words", rect);
    float pad = ui_px(ui, UNIT), line = ui_px(ui, 17.0f);
    int count = ui_wrap(ui, TEXT_BODY, st->words, rect.w - 2 * pad, (int)(rect.h / line), lines);
    for (int i = 0; i < count; i++) {
        Rect place = {rect.x + pad, rect.y + (rect.h - (float)count * line) / 2 + (float)i * line, rect.w - 2 * pad,
                      line};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, place, ALIGN_LEFT, ui->theme->text, lines[i]);
    }
}

static void foot(Ui *ui, Rect rect, SuspectsState *st, Intents *intents) {
    float w = ui_px(ui, 116.0f);
    if (ui_button(ui, "suspects-save", (Rect){rect.x, rect.y, w, rect.h}, ICON_NONE, "Save the list", BUTTON_PLAIN,
                  "As a table: row, x, y, labels, all measures"))
        intents->save_suspects = st->rows.count > 0;
    if (ui_button(ui, "suspects-train-again", (Rect){rect.x + rect.w - w, rect.y, w, rect.h}, ICON_NONE, "Train again",
                  BUTTON_PRIMARY, "From epoch 0, with the points as they are now")) {
        intend_kind(intents, COMMAND_RESET);
        intend_kind(intents, COMMAND_PLAY);
    }
    Rect words = {rect.x + w + ui_px(ui, 1.5f * UNIT), rect.y, rect.w - 2 * w - ui_px(ui, 3 * UNIT), rect.h / 2};
    bool room = words.w > text_width(ui->text, TEXT_CAPTION, "A bar past its tick: that measure");
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted,
                 room ? "A bar past its tick: that measure" : "A bar past its tick");
    words.y += words.h;
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted,
                 room ? "says that the label is wrong." : "says: wrong.");
}

static bool still_under_pointer(const Ui *ui, Rect list) {
    return ui->input.mouse_inside && rect_has(list, ui->input.mouse_x, ui->input.mouse_y);
}

void suspects_page(Ui *ui, Rect rect, SuspectsState *st, PlotHand *hand, const Snapshot *s, Intents *intents) {
    float pad = ui_px(ui, 2 * UNIT), gap = ui_px(ui, UNIT);
    Column column = {.ui = ui, .x = rect.x + pad, .y = rect.y + ui_px(ui, UNIT), .w = rect.w - 2 * pad};
    use_marks(st, ui);
    canvas_push_clip(ui->canvas, rect);
    title(ui, &column, st);
    choose_least(ui, &column, st);
    doubt(ui, &column, st, s, intents);
    Page p = {.ui = ui, .st = st, .hand = hand, .s = s, .intents = intents};
    Rect heads = column_next(&column, 18.0f, 2.0f);
    float below = rect.y + rect.h - ui_px(ui, 1.5f * UNIT), button = ui_px(ui, 32.0f), words = ui_px(ui, 44.0f);
    bool known = s->data->truth != NULL;
    float reveal = known ? suspects_reveal_height(ui, st, rect.h) : 0.0f;
    Rect buttons = {column.x, below - button, column.w, button};
    Rect truth = {column.x, buttons.y - gap - reveal, column.w, reveal};
    Rect said = {column.x - gap, truth.y - (known ? gap : 0.0f) - words, column.w + 2 * gap, words};
    p.list = rect_rounded((Rect){column.x, column.y, column.w, said.y - gap - column.y});
    p.columns = columns_of(ui, p.list);
    if (suspect_rows_follow(&st->rows, s, least(st), suspects_by(st), still_under_pointer(ui, p.list)))
        ui->wants_frame = true;
    st->pointed = -1;
    st->term = NULL;
    st->words[0] = '\0';
    draw_heads(st, ui, heads, &p.columns);
    list(&p);
    strip(ui, said, st, s);
    if (known)
        suspects_reveal(ui, truth, st);
    foot(ui, buttons, st, intents);
    canvas_pop_clip(ui->canvas);
    if (st->open && ui_take_plain_key(ui, KEY_ESCAPE)) {
        st->open = false;
        ui->wants_frame = true;
    }
}
