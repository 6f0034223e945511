#include "app/base/language.h"
#include "app/views/view_timeline_private.h"

#include "app/base/format.h"
#include "app/plot/plot.h"
#include "app/plot/timeline_axes.h"
#include "app/plot/timeline_words.h"
#include "app/ui/ui_widget.h"
#include "app/views/glossary.h"
#include "app/views/timeline_marks.h"
#include "app/views/timeline_notes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Logical pixels. */
static const float PILL_LEAST = 24.0f, PILL_PAD = 9.0f;
static const float NEAR_A_CURVE = 6.0f;

void timeline_free(TimelineState *state) {
    timeline_sprites_free(&state->sprites);
}

/* ---- where things are ---- */

TimelineLayout timeline_of_card(Ui *ui, Rect card, const TimelineState *state, const Snapshot *s,
                                TimelineCurve curves[TIMELINE_MOST_CURVES], int *count) {
    Pen pen = ui_pen(ui);
    TimelineLayout t = timeline_lay_out(ui->scale, card, state->one_strip, 0.0f, &state->span, s);
    *count = timeline_curves(ui->theme, s, state->pinned, t.logs.h > 0.0f, curves);
    float gutter = timeline_gutter(&pen, card, curves, *count);
    return timeline_lay_out(ui->scale, card, state->one_strip, gutter, &state->span, s);
}

double timeline_head(const Snapshot *s) {
    return (double)s->epoch + (double)s->batch / (double)s->batches;
}

static void pill_text(double epochs, char text[32]) {
    format_count((size_t)epochs, text);
}

Rect timeline_pill_rect(Ui *ui, const TimelineLayout *t, double epochs) {
    char text[32];
    pill_text(epochs, text);
    float w = ceilf(fmaxf(ui_px(ui, PILL_LEAST), text_width(ui->text, TEXT_VALUE, text) + 2 * ui_px(ui, PILL_PAD)));
    float h = roundf(ui_px(ui, TIMELINE_PILL)), x = timeline_x(t, floor(epochs)) - w / 2;
    x = fminf(fmaxf(x, t->shares.x - w / 2), t->shares.x + t->shares.w - w / 2);
    return (Rect){roundf(x), roundf(t->epochs.y + ui_px(ui, 3.0f)), w, h};
}

/* ---- drawing: the head and what is said ---- */

static void draw_pill(Ui *ui, Rect pill, double epochs, bool ghost, bool past) {
    char text[32];
    pill_text(epochs, text);
    Color fill = past ? ui->theme->accent : ui->theme->text;
    Color letters = past ? ui->theme->on_accent : ui->theme->card;
    if (ghost) {
        canvas_rounded(ui->canvas, pill, pill.h / 2, ui->theme->card);
        canvas_rounded_frame(ui->canvas, pill, pill.h / 2, fmaxf(1.0f, roundf(ui_px(ui, 1.0f))), ui->theme->muted);
        letters = ui->theme->text;
    } else {
        canvas_rounded(ui->canvas, pill, pill.h / 2, fill);
    }
    text_draw_in(ui->text, ui->canvas, TEXT_VALUE, pill, ALIGN_CENTER, letters, text);
}

static void draw_upright(Ui *ui, const TimelineLayout *t, double epochs, float width, Color color) {
    float x = timeline_x(t, epochs), wide = fmaxf(1.0f, roundf(ui_px(ui, width)));
    if (x >= t->shares.x - 1.0f && x <= t->shares.x + t->shares.w + 1.0f)
        canvas_rect(ui->canvas, (Rect){roundf(x - wide / 2), t->shares.y, wide, t->epochs.y - t->shares.y}, color);
}

/* The curve nearest to the pointer, or -1. */
static int curve_under(const Ui *ui, const TimelineLayout *t, const TimelineState *state, const TimelineCurve *curves,
                       int count) {
    float least = ui_px(ui, NEAR_A_CURVE);
    int found = -1;
    for (int i = 0; state->pointer_x >= 0.0f && i < count; i++) {
        float away = timeline_distance(t, &curves[i], state->pointer_x, state->pointer_y);
        if (away <= least) {
            least = away;
            found = i;
        }
    }
    return found;
}

static const HistoryRecord *record_of(const Snapshot *s, int64_t epoch) {
    return s && s->history && epoch >= 0 ? history_find(s->history, (uint32_t)epoch) : NULL;
}

/* Words of the mark under the pointer, or of the one that keys have come to. */
static void draw_words(Ui *ui, const TimelineLayout *t, const TimelineState *state, const TimelineMark *marks,
                       int count) {
    double at = state->mark_over >= 0.0 ? state->mark_over : state->mark;
    for (int i = 0; at >= 0.0 && i < count; i++)
        if (marks[i].at == at && at >= t->from && at <= t->to)
            timeline_draw_words(ui, t, &marks[i]);
}

/* The runs that were left, as they are drawn. *run: number of the one that is pointed at: by its chip, in the list, or
 * by a curve where the run's own are not; 0: none. */
static int make_branches(const Ui *ui, const TimelineLayout *t, const TimelineState *state, const Snapshot *s,
                         bool over_own, TimelineBranch branches[TIMELINE_CHIPS], uint32_t *run) {
    bool logs = t->logs.h > 0.0f;
    *run = state->run_over ? state->run_over : state->run_listed;
    int count = timeline_branches(s, *run, branches);
    timeline_light_branches(ui->theme, branches, count, logs, *run);
    if (*run || state->pointer_x < 0.0f || over_own || ui->input.down)
        return count;
    *run = timeline_branch_at(t, branches, count, state->pointer_x, state->pointer_y, ui_px(ui, NEAR_A_CURVE));
    if (*run)
        timeline_light_branches(ui->theme, branches, count, logs, *run);
    return count;
}

/* Which run it is, unless the list says so. */
static void draw_run_words(Ui *ui, const TimelineLayout *t, const TimelineState *state, const Snapshot *s,
                           uint32_t run) {
    const BranchLook *look = run > 0 ? kept_run_find(s, run) : NULL;
    if (!look || (!state->run_over && state->run_listed))
        return;
    float x = state->pointer_x;
    Rect chip = {0};
    for (int i = 0; i < state->chips.count; i++)
        if (state->chips.chips[i].run == run)
            chip = state->chips.chips[i].rect;
    if (state->run_over && chip.w > 0.0f)
        x = chip.x + chip.w / 2;
    TimelineMark words = timeline_branch_words(look, timeline_epochs_at(t, x));
    words.foot = state->run_over ? chip.y : 0.0f;
    snprintf(words.lines[words.line_count++], sizeof words.lines[0],
             state->run_over ? tr("A click brings it back as it was trained.")
             : chip.w > 0.0f ? tr("A click on its number brings it back.")
                             : tr("The list (U) brings it back."));
    timeline_draw_words(ui, t, &words);
}

/* What the curves' names mean. */
static void name_labels(Ui *ui, const TimelineLabel *labels, int count) {
    for (int i = 0; i < count; i++) {
        char name[32];
        snprintf(name, sizeof name, "timeline-label-%d", i);
        if (!labels[i].term)
            ui_note(ui, name, labels[i].rect);
        else if (ui->hot == ui_id("timeline"))
            glossary_over(ui, name, "timeline", labels[i].rect, labels[i].term);
        else
            glossary_word(ui, name, labels[i].rect, labels[i].term);
    }
}

static void draw_ahead_label(const Pen *pen, const TimelineLayout *t, const TimelineAhead *ahead,
                             const TimelineLabel *labels, int count, const TimelineChips *chips) {
    Rect taken[TIMELINE_LABELS + TIMELINE_CHIPS];
    int n = 0;
    for (int i = 0; i < count; i++)
        taken[n++] = labels[i].rect;
    for (int i = 0; i < chips->count; i++)
        taken[n++] = chips->chips[i].rect;
    timeline_draw_ahead_label(pen, t, ahead, taken, n);
}

void timeline_draw(Ui *ui, Rect card, TimelineState *state, const Snapshot *s) {
    static TimelineMark marks[TIMELINE_MOST_MARKS];
    TimelineCurve curves[TIMELINE_MOST_CURVES];
    TimelineLabel labels[TIMELINE_LABELS];
    TimelineFree room[2];
    TimelineWords words = {.curves = curves, .hot = -1, .without = -1};
    Pen pen = ui_pen(ui);
    TimelineLayout t = timeline_of_card(ui, card, state, s, curves, &words.count);
    timeline_fit_logs(&t, curves, words.count);
    timeline_free_init(&room[0]);
    timeline_free_init(&room[1]);

    const HistoryRecord *hovered = record_of(s, state->hovered);
    words.shown = hovered ? hovered : s->looking_back ? record_of(s, (int64_t)s->epoch - 1) : NULL;
    for (int i = 0; words.shown && i < s->other_count; i++)
        words.others_shown[i] = record_of(s->others[i], (int64_t)words.shown->epoch);
    words.hot = curve_under(ui, &t, state, curves, words.count);
    if (s->data->classes > PLOT_MANY_CLASSES)
        timeline_emphasise_named(&pen, &t, &words, curves);
    TimelineBranch branches[TIMELINE_CHIPS];
    uint32_t run;
    int branch_count = make_branches(ui, &t, state, s, words.hot >= 0, branches, &run);
    double head = timeline_head(s);
    Rect pill = timeline_pill_rect(ui, &t, head), ghost = {-1e6f, 0.0f, 0.0f, 0.0f};
    if (hovered && (uint32_t)head != hovered->epoch + 1)
        ghost = timeline_pill_rect(ui, &t, (double)hovered->epoch + 1.0);

    timeline_draw_ground(&pen, &t);
    if (t.logs.h > 0.0f)
        timeline_draw_log_axis(&pen, &t);
    timeline_draw_epochs(&pen, &t, pill, ghost);
    timeline_draw_branches(ui, &t, branches, branch_count, room);
    timeline_draw_curves(&pen, &t, curves, words.count, &state->sprites, room);
    TimelineAhead ahead = timeline_draw_ahead(&pen, &t, s, room);
    int mark_count = timeline_marks(ui, &t, s, marks);
    timeline_draw_marks(ui, &t, marks, mark_count);
    timeline_notes_draw(ui, &t, s);
    if (hovered)
        draw_upright(ui, &t, (double)hovered->epoch + 1.0, 1.0f, ui->theme->muted);
    draw_upright(ui, &t, head, 1.75f, s->looking_back ? ui->theme->accent : ui->theme->text);
    timeline_draw_spots(&pen, &t, &words, head, &state->sprites);

    double newest = s->looking_back ? (double)(t.last + 1) : fmax(head, (double)(t.last + 1));
    float end = fminf(fmaxf(timeline_x(&t, newest), t.shares.x), t.shares.x + t.shares.w);
    for (int i = 0; i < words.count && t.logs.h > 0.0f; i++)
        if (curves[i].kind == CURVE_THRESHOLD && timeline_draw_exit(&pen, &t, &curves[i], words.shown, end, &room[1]))
            words.without = i;
    int label_count = timeline_labels(&pen, &t, &words, end, labels);
    timeline_draw_labels(&pen, labels, label_count);
    name_labels(ui, labels, label_count);
    timeline_draw_chips(ui, &t, branches, branch_count, labels, label_count, timeline_x(&t, head), &room[0],
                        &state->chips);
    draw_ahead_label(&pen, &t, &ahead, labels, label_count, &state->chips);
    if (!timeline_draw_caption(&pen, "timeline-shares", tr("share of points"), t.shares, &room[0], end))
        timeline_draw_caption(&pen, "timeline-shares", tr("shares"), t.shares, &room[0], end);
    if (t.logs.h > 0.0f)
        timeline_draw_caption(&pen, "timeline-logs",
                              s->settings->order == ORDER_ALL ? tr("loss (log)") : tr("loss, λ (log)"), t.logs,
                              &room[1], end);
    if (ghost.w > 0.0f)
        draw_pill(ui, ghost, (double)hovered->epoch + 1.0, true, false);
    draw_pill(ui, pill, head, false, s->looking_back);
    if (state->focused)
        ui_focus_ring(ui, timeline_strips(&t), ui_px(ui, 2.0f));
    if (state->note_over >= 0 && s->notes && state->note_over < s->notes->count) /* one box: they have one place */
        timeline_notes_words(ui, &t, s, state->note_over);
    else if (run > 0)
        draw_run_words(ui, &t, state, s, run);
    else
        draw_words(ui, &t, state, marks, mark_count);
}
