#include "app/base/language.h"
#include "app/views/view_steps_private.h"

#include "app/base/format.h"
#include "app/experiment/steps.h"
#include "app/ui/ui_rows.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"
#include "app/experiment/kept_runs.h"
#include "app/views/timeline_branches.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

/* Logical pixels. */
static const float RAIL = 16.0f, WORDS = 32.0f, CURVE_WIDTH = 52.0f, CURVE_HEIGHT = 24.0f, RUN_WORDS = 36.0f,
                   BAR = 12.0f;

StepsRows steps_rows(const Snapshot *s) {
    StepsRows rows = {.snapshot = s, .runs = s->branch_count};
    rows.steps = s->steps ? s->steps->count + 1 : 1;
    rows.done = s->steps ? s->steps->done : 0;
    kept_runs_memory(s, rows.memory);
    return rows;
}

/* ---- rows of both lists ---- */

/* One list of the card as it is being drawn. */
typedef struct List {
    StepsCard *card;
    Ui *ui;
    const StepsRows *rows;
    Intents *late;
    int which;
    UiRows list;
} List;

static List begin(StepsCard *card, Ui *ui, Rect rect, const StepsRows *rows, Intents *late, int which) {
    StepsList *list = &card->lists[which];
    bool steps = which == STEPS_STEPS;
    UiRows of = {rect, ui_px(ui, steps ? STEPS_ROW : STEPS_RUN), list->scroll};
    list->shown = (int)(rect.h / of.row);
    ui_rows_begin(ui, steps ? "steps-steps" : "steps-runs", &of, steps ? rows->steps : rows->runs,
                  list->bring ? list->mark : -1, 1, ui_px(ui, BAR));
    list->bring = false;
    list->scroll = of.offset;
    return (List){card, ui, rows, late, which, of};
}

/* A row under the hand, with its ground; returns whether it was taken. */
static bool touch_row(const List *l, int i, const char *name, Rect row, bool current) {
    StepsCard *card = l->card;
    Ui *ui = l->ui;
    UiTouch touch = ui_widget_reaching(ui, name, row, -1.0f, false, false, NULL);
    if (touch.hovered)
        ui->cursor = CURSOR_HAND;
    if (touch.hovered && (!card->by_key || ui->input.pressed)) {
        card->list = l->which;
        card->lists[l->which].mark = i;
    }
    bool marked = card->list == l->which && card->lists[l->which].mark == i;
    if (current || marked)
        canvas_rounded(ui->canvas, row, ui_px(ui, 5.0f), marked ? ui->theme->chip_hover : ui->theme->accent_strip);
    return touch.clicked || card->lists[l->which].taken == i;
}

static void say_marked(const List *l, int i, const char *label, const char *value, int count) {
    char name[32];
    if (l->card->list != l->which || l->card->lists[l->which].mark != i)
        return;
    snprintf(name, sizeof name, "steps-%d-%d", l->which, i);
    ui_say_entry(l->ui, name, &(UiSay){ROLE_ENTRY, label, value, i + 1, count});
}

/* ---- steps ---- */

/* A line through all of them, with a disc for what is in force, a ring for what is undone. */
static void draw_rail(const List *l, int i, Rect row) {
    Ui *ui = l->ui;
    const Theme *theme = ui->theme;
    float x = roundf(row.x + ui_px(ui, RAIL)), y = roundf(row.y + row.h / 2), wide = fmaxf(1.0f, roundf(ui->scale));
    int done = l->rows->done;
    float from = i > 0 ? row.y : y, to = i + 1 < l->rows->steps ? row.y + row.h : y;
    canvas_rect(ui->canvas, (Rect){x - wide / 2, from, wide, y - from}, i <= done ? theme->muted : theme->track);
    canvas_rect(ui->canvas, (Rect){x - wide / 2, y, wide, to - y}, i < done ? theme->muted : theme->track);
    if (i == done) {
        canvas_disc(ui->canvas, x, y, ui_px(ui, 5.0f), theme->accent);
    } else if (i < done) {
        canvas_disc(ui->canvas, x, y, ui_px(ui, 3.5f), theme->muted);
    } else {
        canvas_disc(ui->canvas, x, y, ui_px(ui, 3.5f), theme->card);
        canvas_ring(ui->canvas, x, y, ui_px(ui, 3.0f), ui_px(ui, 1.25f), theme->muted);
    }
}

static void epoch_text(double made, char text[64]) {
    char count[32];
    bool within = made > floor(made);
    format_count((size_t)floor(made) + within, count);
    snprintf(text, 64, within ? tr("in epoch %s") : tr("epoch %s"), count);
}

static void draw_step(const List *l, int i, Rect row) {
    Ui *ui = l->ui;
    bool current = i == l->rows->done, undone = i > l->rows->done;
    Color color = undone ? ui->theme->muted : ui->theme->text;
    char name[RUN_WORDS_BYTES], epoch[64] = "";
    snprintf(name, sizeof name, "%s", l->rows->steps == 1 ? tr("Nothing to undo") : tr("Before these steps"));
    if (i > 0) {
        const Step *step = &l->rows->snapshot->steps->steps[i - 1];
        run_words(step->what, name);
        name[0] = (char)toupper((unsigned char)name[0]);
        epoch_text(step->made, epoch);
    }
    draw_rail(l, i, row);
    say_marked(l, i, name, epoch, l->rows->steps);
    float right = ui_px(ui, UNIT), used = epoch[0] ? text_width(ui->text, TEXT_CAPTION, epoch) + right : 0.0f;
    Rect words = {row.x + ui_px(ui, WORDS), row.y, row.w - ui_px(ui, WORDS) - right, row.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_RIGHT, ui->theme->muted, epoch);
    words.w -= used;
    text_draw_in(ui->text, ui->canvas, current ? TEXT_MEDIUM : TEXT_BODY, words, ALIGN_LEFT, color, name);
}

void steps_draw_steps(StepsCard *card, Ui *ui, Rect rect, const StepsRows *rows, Intents *late) {
    List l = begin(card, ui, rect, rows, late, STEPS_STEPS);
    int to = rows->done;
    for (int i = 0; i < rows->steps; i++) {
        Rect row = ui_rows_place(&l.list, i);
        if (!ui_rows_sees(&l.list, i) && card->lists[STEPS_STEPS].taken != i)
            continue;
        char name[32];
        snprintf(name, sizeof name, "step-%d", i);
        if (touch_row(&l, i, name, row, i == rows->done))
            to = i;
        draw_step(&l, i, row);
    }
    ui_scroll_end(ui);
    if (to == rows->done)
        return;
    card->done = to; /* it is there with the next frame, and keys that come till then move the mark on from here */
    intend(late, (Command){.kind = COMMAND_STEPS, .steps = to - rows->done});
}

/* ---- runs ---- */

/* The share of easy points over the epochs, small. */
static void draw_curve(Ui *ui, Rect place, const History *h) {
    enum { POINTS = 64 };
    float points[2 * POINTS], line = fmaxf(1.0f, roundf(ui->scale));
    size_t n = h->count < POINTS ? h->count : POINTS;
    canvas_rect(ui->canvas, (Rect){place.x, place.y + place.h, place.w, line}, ui->theme->line);
    for (size_t i = 0; i < n; i++) {
        const HistoryRecord *r = &h->records[n > 1 ? i * (h->count - 1) / (n - 1) : 0];
        double share = h->samples > 0 ? fmin((double)r->easy / (double)h->samples, 1.0) : 0.0;
        points[2 * i] = place.x + place.w * (n > 1 ? (float)i / (float)(n - 1) : 0.0f);
        points[2 * i + 1] = place.y + place.h * (1.0f - (float)share);
    }
    if (n > 1)
        canvas_polyline(ui->canvas, points, n, ui_px(ui, 1.5f), ui->theme->text);
    else if (n == 1)
        canvas_disc(ui->canvas, points[0], points[1], ui_px(ui, 1.5f), ui->theme->text);
}

static void draw_run(Ui *ui, Rect row, const BranchLook *run, bool lit) {
    char name[RUN_WORDS_BYTES], figures[160];
    kept_run_name(run, name);
    kept_run_figures(run, figures);
    float pad = ui_px(ui, UNIT), curve = ui_px(ui, CURVE_WIDTH), high = ui_px(ui, CURVE_HEIGHT);
    Rect place = {row.x + row.w - pad - curve, roundf(row.y + (row.h - high) / 2), curve, high};
    float left = ui_px(ui, RUN_WORDS);
    timeline_branch_chip(ui, row.x + left / 2, row.y + row.h / 2, run->number, lit);
    Rect words = {row.x + left, row.y + ui_px(ui, 3.0f), place.x - row.x - left - pad, row.h / 2 - ui_px(ui, 2.0f)};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->text, name);
    words.y += words.h;
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted, figures);
    draw_curve(ui, place, run->history);
}

static void say_none(Ui *ui, Rect rect) {
    char lines[UI_LINES][UI_LINE_BYTES];
    const char *words_of_none =
        tr("None yet. A reset, a new seed, another preset or going on from an earlier epoch leaves a run, kept here.");
    float pad = ui_px(ui, UNIT), row = ui_px(ui, 15.0f);
    int count = ui_wrap(ui, TEXT_CAPTION, words_of_none, rect.w - 2 * pad, 2, lines);
    for (int i = 0; i < count; i++) {
        Rect words = {rect.x + pad, rect.y + row * (float)i, rect.w - 2 * pad, row};
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted, lines[i]);
    }
}

void steps_draw_runs(StepsCard *card, Ui *ui, Rect rect, const StepsRows *rows, Intents *late) {
    if (rows->runs == 0) {
        say_none(ui, rect);
        return;
    }
    List l = begin(card, ui, rect, rows, late, STEPS_RUNS);
    for (int i = 0; i < rows->runs; i++) {
        Rect row = ui_rows_place(&l.list, i);
        bool marked = card->list == STEPS_RUNS && card->lists[STEPS_RUNS].mark == i;
        if (!ui_rows_sees(&l.list, i) && !marked && card->lists[STEPS_RUNS].taken != i)
            continue;
        const BranchLook *run = kept_run(rows->snapshot, i);
        char name[32];
        snprintf(name, sizeof name, "kept-run-%u", run->number);
        if (touch_row(&l, i, name, row, false))
            intend(late, (Command){.kind = COMMAND_BRANCH, .branch = (int)run->number});
        marked = card->list == STEPS_RUNS && card->lists[STEPS_RUNS].mark == i;
        draw_run(ui, row, run, marked);
        say_marked(&l, i, run->name, "", rows->runs);
        if (marked)
            card->run = run->number;
    }
    ui_scroll_end(ui);
}
