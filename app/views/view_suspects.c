#include "app/base/language.h"
#include "app/views/view_suspects_private.h"

#include "app/base/format.h"
#include "app/experiment/suspects_doubt.h"
#include "app/ui/ui_widget.h"
#include "app/views/glossary.h"
#include "app/views/suspects_reveal.h"
#include "app/views/suspects_words.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const float LINE = 17.0f; /* logical pixels of a line in a box */

void suspects_free(SuspectsState *st) {
    suspect_rows_free(&st->rows);
    free(st->samples);
    free(st->labels);
    for (int i = 0; i < SUSPECTS_PLOTS; i++)
        free(st->kept[i].pixels);
    for (int k = 0; k < MAX_CLASSES; k++)
        mark_free(&st->mark[k]);
    mark_free(&st->ring);
    mark_free(&st->seam);
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
    char summary[128];
    snprintf(summary, sizeof summary, "%s", tr("which labels look wrong?"));
    if (st->rows.asked > 0 && st->rows.run_version == s->run_version) {
        char count[32];
        format_count(st->rows.asked, count);
        snprintf(summary, sizeof summary, trn("%s label looks wrong", "%s labels look wrong", st->rows.asked), count);
    }
    Rect word = {column->x, column->y, text_width(ui->text, TEXT_BODY, tr("Suspects")), ui_px(ui, COLUMN_SECTION)};
    bool open = false;
    column_section(column, "section-suspects", tr("Suspects"), summary, &open);
    glossary_over(ui, "word-suspects", "section-suspects", word, "suspects");
    if (open) {
        suspects_open(st);
        ui->wants_frame = true;
    }
}

void suspects_open(SuspectsState *st) {
    st->open = true;
    st->cursor = st->pointed = -1;
}

bool suspects_has_selection(const SuspectsState *st) {
    return st->open && st->selection && st->selection->count > 0;
}

/* ---- the page ---- */

static void title(Ui *ui, Column *column, SuspectsState *st) {
    Rect rect = column_next(column, 30.0f, 6.0f);
    text_draw_in(ui->text, ui->canvas, TEXT_FIGURE, rect, ALIGN_LEFT, ui->theme->text, tr("Which labels look wrong?"));
    float side = ui_px(ui, 28.0f), list = ui_px(ui, 128.0f);
    Rect by = {rect.x + rect.w - side - ui_px(ui, UNIT) - list, rect.y + ui_px(ui, 1.0f), list, ui_px(ui, 28.0f)};
    static const char *names[MEASURE_COUNT]; /* until ui_end */
    for (int i = 0; i < MEASURE_COUNT; i++)
        names[i] = tr(MEASURES[i].name);
    int chosen = ui_select(ui, "suspects-by", by, names, MEASURE_COUNT, (int)suspects_by(st),
                           tr("What the list goes by; agreement: how many of five measures say that a label is wrong"));
    if (chosen != (int)suspects_by(st)) {
        st->by = (Measure)chosen;
        st->chosen = true;
        st->scroll = 0.0f;
        ui->wants_frame = true;
    }
    Rect close = {rect.x + rect.w - side, rect.y + ui_px(ui, 1.0f), side, side};
    if (ui_button(ui, "suspects-close", close, ICON_CLOSE, "", BUTTON_QUIET, tr("Back to the curriculum (Esc)"))) {
        st->open = false;
        ui->wants_frame = true;
    }
}

/* How long the list is: by agreement what so many measures say, by another measure as many. */
static void choose_least(Ui *ui, Column *column, SuspectsState *st) {
    static const char *const LABELS[] = {"1", "2", "3", "4", "5"};
    char text[160], count[32];
    Rect rect = column_next(column, 30.0f, 8.0f);
    bool agree = suspects_by(st) == MEASURE_AGREEMENT;
    /* TRANSLATORS: before a choice from 1 to 5, behind which stands "of 5 measures agree: 20 labels" */
    const char *before = agree ? tr("At least") : tr("As many as");
    float width = text_width(ui->text, TEXT_BODY, before) + ui_px(ui, UNIT);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, rect, ALIGN_LEFT, ui->theme->muted, before);
    Rect segments = {rect.x + width, rect.y, ui_px(ui, 150.0f), rect.h};
    int chosen =
        1 + ui_segments(ui, "suspects-least", segments, LABELS, LABEL_BARS, least(st) - 1,
                        agree ? tr("Of loss, margin, late, near and held out, so many say that the label is wrong")
                              : tr("The list goes by one measure; it is as long as if at least so many of five "
                                   "had to say that a label is wrong"));
    if (chosen != least(st)) {
        st->at_least = chosen;
        st->scroll = 0.0f;
        ui->wants_frame = true;
    }
    rect.x = segments.x + segments.w + ui_px(ui, UNIT);
    rect.w = column->x + column->w - rect.x;
    format_count(st->rows.asked, count);
    for (int brief = 0; brief < 2; brief++) {
        if (agree)
            snprintf(text, sizeof text,
                     brief ? trn("agree: %s label", "agree: %s labels", st->rows.asked)
                           : trn("of 5 measures agree: %s label", "of 5 measures agree: %s labels", st->rows.asked),
                     count);
        else
            snprintf(text, sizeof text, brief ? tr("agree on: %s by %s") : tr("of 5 agree on: %s by %s"), count,
                     tr(MEASURES[suspects_by(st)].name));
        if (text_width(ui->text, TEXT_BODY, text) <= rect.w)
            break;
    }
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, rect, ALIGN_LEFT, ui->theme->text, text);
}

/* While something is selected: those of the list alone that are. */
static void choose_selected(Ui *ui, Rect rect, SuspectsState *st, const Snapshot *s) {
    char text[192], part[32], whole[32];
    st->filters = suspects_has_selection(st);
    if (!st->filters)
        return;
    st->filters = st->only_selected;
    suspects_count(st, s);
    size_t selected = st->counts.selected;
    format_count(selected, part);
    format_count(st->rows.count, whole);
    snprintf(text, sizeof text,
             trn("%s of %s is selected: show only these", "%s of %s are selected: show only these", selected), part,
             whole);
    bool only =
        ui_switch(ui, "suspects-selected", rect, text, st->only_selected,
                  tr("Rows of what is selected in the plot or in the data map, and no others; also what is saved"));
    if (only != st->only_selected) {
        st->only_selected = only;
        st->scroll = 0.0f;
        ui->wants_frame = true;
    }
    st->filters = only;
}

/* Lines of text on a ground, in the middle of its height. */
static void draw_lines(Ui *ui, const char *name, Rect box, Color ground, char lines[][UI_LINE_BYTES], int count) {
    float pad = ui_px(ui, UNIT), line = ui_px(ui, LINE);
    canvas_rounded(ui->canvas, box, ui_px(ui, 5.0f), ground);
    ui_note(ui, name, box);
    for (int i = 0; i < count; i++) {
        Rect place = {box.x + pad, box.y + (box.h - (float)count * line) / 2 + (float)i * line, box.w - 2 * pad, line};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, place, ALIGN_LEFT, ui->theme->text, lines[i]);
    }
}

/* Why the list should not be believed yet, with what to do about it. */
static void doubt(Ui *ui, Column *column, const SuspectsState *st, const Snapshot *s, Intents *intents) {
    char text[SUSPECTS_DOUBT], lines[UI_LINES][UI_LINE_BYTES];
    bool train_on = false;
    const LabelLook *look = s->labels;
    if (!look || !look->scores ||
        !suspects_doubt_brief(look->scores, suspects_by(st), s->settings, look->epochs,
                              s->looking_back ? s->easy_now : s->easy, text, &train_on))
        return;
    float pad = ui_px(ui, UNIT), button = train_on ? ui_px(ui, 84.0f) : 0.0f;
    int count = ui_wrap(ui, TEXT_BODY, text, column->w - 2 * pad - button - pad, 4, lines);
    float height = fmaxf((float)count * ui_px(ui, LINE), train_on ? ui_px(ui, 28.0f) : 0.0f) + pad;
    Rect strip = {column->x - pad, column->y, column->w + 2 * pad, height};
    column->y += height + pad;
    draw_lines(ui, "suspects-doubt", strip, ui->theme->warn_strip, lines, count);
    Rect place = {strip.x + strip.w - button - pad / 2, strip.y + (height - ui_px(ui, 28.0f)) / 2, button,
                  ui_px(ui, 28.0f)};
    if (train_on && ui_button(ui, "suspects-train-on", place, s->playing ? ICON_PAUSE : ICON_PLAY,
                              s->playing ? tr("Pause") : tr("Train on"), BUTTON_PLAIN, NULL))
        intend_kind(intents, s->playing ? COMMAND_PAUSE : COMMAND_PLAY);
}

/* The row under the pointer in words, or a head's term, or how far held-out is. */
static void strip(Ui *ui, Rect rect, SuspectsState *st, const Snapshot *s) {
    char lines[UI_LINES][UI_LINE_BYTES];
    if (st->term)
        suspects_say_term(st->term, st->words);
    else if (!st->words[0])
        suspects_say_state(s, st->words);
    float room = rect.w - ui_px(ui, 2 * UNIT);
    int count = ui_wrap(ui, TEXT_BODY, st->words, room, (int)(rect.h / ui_px(ui, LINE)), lines);
    draw_lines(ui, "suspects-words", rect, ui->theme->chip, lines, count);
}

static void foot(Ui *ui, Rect rect, bool listed, Intents *intents) {
    float w = ui_px(ui, 116.0f);
    bool enabled = ui->enabled;
    ui->enabled = enabled && listed;
    if (ui_button(ui, "suspects-save", (Rect){rect.x, rect.y, w, rect.h}, ICON_NONE, tr("Save the list"), BUTTON_PLAIN,
                  tr("As a table: row, x, y, labels, all measures")))
        intents->save_suspects = true;
    ui->enabled = enabled;
    if (ui_button(ui, "suspects-train-again", (Rect){rect.x + rect.w - w, rect.y, w, rect.h}, ICON_NONE,
                  tr("Train again"), BUTTON_PRIMARY, tr("From epoch 0, with the points as they are now"))) {
        intend_kind(intents, COMMAND_RESET);
        intend_kind(intents, COMMAND_PLAY);
    }
    static const char *const WORDS[][2] = {
        {N_("Nothing is listed:"), N_("nothing to save.")},
        {N_("A bar past its tick"), N_("says: wrong.")},
        {N_("A bar past its tick: that measure"), N_("says that the label is wrong.")}};
    Rect words = {rect.x + w + ui_px(ui, 1.5f * UNIT), rect.y, rect.w - 2 * w - ui_px(ui, 3 * UNIT), rect.h / 2};
    const char *const *said = WORDS[!listed                                                         ? 0
                                    : words.w > text_width(ui->text, TEXT_CAPTION, tr(WORDS[2][0])) ? 2
                                                                                                    : 1];
    for (int i = 0; i < 2; i++, words.y += words.h)
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted, tr(said[i]));
}

void suspects_page(Ui *ui, Rect rect, SuspectsState *st, PlotHand *hand, const Snapshot *s, Intents *intents) {
    float pad = ui_px(ui, 2 * UNIT), gap = ui_px(ui, UNIT);
    Column column = {.ui = ui, .x = rect.x + pad, .y = rect.y + ui_px(ui, UNIT), .w = rect.w - 2 * pad};
    suspects_use_marks(st, ui);
    canvas_push_clip(ui->canvas, rect);
    title(ui, &column, st);
    choose_least(ui, &column, st);
    doubt(ui, &column, st, s, intents);
    Rect selected = suspects_has_selection(st) ? column_next(&column, 28.0f, 4.0f) : (Rect){0};
    SuspectsPage p = {.ui = ui, .st = st, .hand = hand, .s = s, .intents = intents};
    Rect heads = column_next(&column, 18.0f, 2.0f);
    float below = rect.y + rect.h - ui_px(ui, 1.5f * UNIT), button = ui_px(ui, 32.0f), words = ui_px(ui, 44.0f);
    bool known = s->data->truth != NULL;
    float reveal = known ? suspects_reveal_height(ui, st, rect.h) : 0.0f;
    Rect buttons = {column.x, below - button, column.w, button};
    Rect truth = {column.x, buttons.y - gap - reveal, column.w, reveal};
    Rect said = {column.x - gap, truth.y - (known ? gap : 0.0f) - words, column.w + 2 * gap, words};
    p.list = rect_rounded((Rect){column.x, column.y, column.w, said.y - gap - column.y});
    p.columns = suspects_columns(ui, p.list);
    p.over_list = ui->input.mouse_inside && rect_has(p.list, ui->input.mouse_x, ui->input.mouse_y);
    if (suspect_rows_follow(&st->rows, s, least(st), suspects_by(st), p.over_list))
        ui->wants_frame = true;
    choose_selected(ui, selected, st, s);
    st->pointed = -1;
    st->term = NULL;
    st->words[0] = '\0';
    suspects_heads(st, ui, heads, &p.columns);
    suspects_list(&p);
    strip(ui, said, st, s);
    if (known)
        suspects_reveal(ui, truth, st);
    foot(ui, buttons, p.last >= 0, intents);
    canvas_pop_clip(ui->canvas);
    if (st->open && !suspects_has_selection(st) && ui_take_plain_key(ui, KEY_ESCAPE)) { /* which Esc clears first */
        st->open = false;
        ui->wants_frame = true;
    }
}
