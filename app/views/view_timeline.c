#include "app/views/view_timeline_private.h"

#include "app/base/format.h"
#include "app/plot/plot.h"
#include "app/ui/ui_widget.h"
#include "app/views/timeline_labels.h"
#include "app/views/timeline_marks.h"
#include "app/views/timeline_notes.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Logical pixels. */
static const float PILL_LEAST = 24.0f, PILL_PAD = 9.0f, NUMBER_ROOM = 44.0f;
static const float NEAR_A_CURVE = 6.0f;

void timeline_free(TimelineState *state) {
    timeline_sprites_free(&state->sprites);
}

/* ---- where things are ---- */

TimelineLayout timeline_of_card(Ui *ui, Rect card, const TimelineState *state, const Snapshot *s,
                                TimelineCurve curves[TIMELINE_MOST_CURVES], int *count) {
    TimelineLayout t = timeline_lay_out(ui, card, state->one_strip, 0.0f, &state->span, s);
    *count = timeline_curves(ui->theme, s, state->pinned, t.logs.h > 0.0f, curves);
    return timeline_lay_out(ui, card, state->one_strip, timeline_gutter(ui, card, curves, *count), &state->span, s);
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

/* ---- drawing: ground and axes ---- */

static void draw_ground(Ui *ui, const TimelineLayout *t) {
    const Theme *theme = ui->theme;
    float line = fmaxf(1.0f, roundf(ui_px(ui, 1.0f))), cap = text_cap_height(ui->text, TEXT_CAPTION) / 2;
    float left = t->shares.x - ui_px(ui, UNIT), from = fmaxf(timeline_x(t, 0.0), t->shares.x);
    float done = fminf(timeline_x(t, (double)(t->last + 1)), t->shares.x + t->shares.w);
    if (done > from) {
        canvas_rect(ui->canvas, (Rect){from, t->shares.y, done - from, t->shares.h}, theme->past);
        canvas_rect(ui->canvas, (Rect){from, t->logs.y, done - from, t->logs.h}, theme->past);
    }
    static const char *const NUMBERS[] = {"0", "50", "100 %"};
    for (int i = 0; i < 3; i++) {
        float y = roundf(timeline_share_y(t, 0.5 * i));
        if (i == 1 && t->shares.h < ui_px(ui, 32.0f))
            continue;
        canvas_rect(ui->canvas, (Rect){t->shares.x, y - line / 2, t->shares.w, line}, theme->line);
        text_draw(ui->text, ui->canvas, TEXT_CAPTION, (TextAnchor){left, y + cap, ALIGN_RIGHT}, theme->muted,
                  NUMBERS[i]);
    }
    canvas_rect(ui->canvas, (Rect){t->epochs.x, t->epochs.y, t->epochs.w, line}, theme->line);
}

static void log_text(double value, char text[32]) {
    int power = (int)lround(floor(log10(value) + 1e-9));
    if (power < -3 || power > 4)
        snprintf(text, 32, "%.0fe%d", value / pow(10.0, power), power);
    else
        format_number(value, 2, text);
}

/* Powers of ten, and 2 and 5 times those where there is room. */
static void draw_log_axis(Ui *ui, const TimelineLayout *t) {
    const Theme *theme = ui->theme;
    float line = fmaxf(1.0f, roundf(ui_px(ui, 1.0f))), cap = text_cap_height(ui->text, TEXT_CAPTION) / 2;
    float room = ui_px(ui, 13.0f), left = t->shares.x - ui_px(ui, UNIT), placed[64], tick = ui_px(ui, 3.0f);
    int count = 0;
    for (int round = 0; round < 3; round++) { /* ends first where those are all there is room for, then the rest */
        for (double v = t->low; v <= t->high * (1.0 + 1e-9); v = timeline_round_125(v * 1.5, true)) {
            double power = pow(10.0, floor(log10(v) + 1e-9));
            bool ten = fabs(v / power - 1.0) < 1e-6, end = v <= t->low * 1.0001 || v >= t->high * 0.9999;
            if ((round == 0 && !ten) || (round == 1 && !end))
                continue;
            float y = roundf(timeline_log_y(t, v));
            bool free = true;
            for (int i = 0; i < count; i++)
                free = free && fabsf(placed[i] - y) >= room;
            if (round == 0)
                canvas_rect(ui->canvas, (Rect){t->shares.x - tick, y - line / 2, tick, line}, theme->muted);
            if (!free || count == 64 || y - t->shares.y - t->shares.h < ui_px(ui, 12.0f))
                continue; /* not over a number, nor over the shares' 0 */
            placed[count++] = y;
            canvas_rect(ui->canvas, (Rect){t->logs.x, y - line / 2, t->logs.w, line}, theme->line);
            char text[32];
            log_text(v, text);
            text_draw(ui->text, ui->canvas, TEXT_CAPTION, (TextAnchor){left, y + cap, ALIGN_RIGHT}, theme->muted, text);
        }
    }
}

/* Epochs below; none where the pill or the pointer's epoch stands. */
static void draw_epochs(Ui *ui, const TimelineLayout *t, Rect pill, Rect ghost) {
    const Theme *theme = ui->theme;
    float cap = text_cap_height(ui->text, TEXT_CAPTION), line = fmaxf(1.0f, roundf(ui_px(ui, 1.0f)));
    float baseline = pill.y + pill.h / 2 + cap / 2, gap = ui_px(ui, 4.0f), last = -INFINITY;
    double step = timeline_step_of_numbers(t, ui_px(ui, NUMBER_ROOM));
    text_draw(ui->text, ui->canvas, TEXT_CAPTION, (TextAnchor){t->card.x + ui_px(ui, 12.0f), baseline, ALIGN_LEFT},
              theme->muted, "epoch");
    last = t->card.x + ui_px(ui, 12.0f) + text_width(ui->text, TEXT_CAPTION, "epoch");
    for (double epoch = ceil(t->from / step) * step; epoch <= t->to + 1e-9; epoch += step) {
        char text[32];
        format_count((size_t)epoch, text);
        float x = timeline_x(t, epoch), half = text_width(ui->text, TEXT_CAPTION, text) / 2;
        bool under = (x + half + gap > pill.x && x - half - gap < pill.x + pill.w) ||
                     (x + half + gap > ghost.x && x - half - gap < ghost.x + ghost.w) || x - half < last + gap;
        canvas_rect(ui->canvas, (Rect){roundf(x - line / 2), t->epochs.y, line, ui_px(ui, 3.0f)}, theme->muted);
        if (under)
            continue;
        text_draw(ui->text, ui->canvas, TEXT_CAPTION, (TextAnchor){x, baseline, ALIGN_CENTER}, theme->muted, text);
        last = x + half;
    }
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

/* A strip's name, where no curve runs and no label stands. Returns whether there is such a place. */
static bool draw_caption(Ui *ui, const char *name, const char *words, Rect strip, TimelineFree *room, float right) {
    float w = ceilf(text_width(ui->text, TEXT_CAPTION, words)), h = ui_px(ui, 12.0f), pad = ui_px(ui, 6.0f);
    right = fminf(right, strip.x + strip.w);
    for (float x = strip.x + pad; x + w <= right - pad; x += ui_px(ui, 12.0f))
        for (int row = 0; row < 2; row++) {
            Rect place = {roundf(x), row == 0 ? strip.y + ui_px(ui, 2.0f) : strip.y + strip.h - h - ui_px(ui, 2.0f), w,
                          h};
            Rect wide = {place.x - 3.0f, place.y - 2.0f, w + 6.0f, h + 4.0f};
            if (!timeline_is_free(room, strip, wide))
                continue;
            text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, place, ALIGN_LEFT, ui->theme->muted, words);
            ui_note(ui, name, place);
            return true;
        }
    return false;
}

/* λ far beyond the losses: an arrow where it leaves the strip, and its number there if that has room before the curves'
 * end. Returns whether it has been named. */
static bool draw_exit(Ui *ui, const TimelineLayout *t, const TimelineCurve *c, const HistoryRecord *shown, float end,
                      TimelineFree *room) {
    bool up;
    float x = timeline_exit(t, c, &up);
    if (!isfinite(x) || x > t->logs.x + t->logs.w)
        return false;
    x = fmaxf(x, t->logs.x);
    float size = ui_px(ui, 4.0f), tip = up ? t->logs.y - ui_px(ui, 3.0f) : t->logs.y + t->logs.h - 1.0f;
    float back = up ? size : -size;
    float arrow[] = {x - size, tip + back, x, tip, x + size, tip + back};
    canvas_polyline(ui->canvas, arrow, 3, ui_px(ui, 1.75f), c->line);
    char value[32], words[96];
    timeline_value_text(c, timeline_value(c, shown), value);
    snprintf(words, sizeof words, "λ %s, %s every loss", value, up ? "above" : "below");
    float w = ceilf(text_width(ui->text, TEXT_LABEL, words)), h = ui_px(ui, 13.0f);
    Rect place = {roundf(x + ui_px(ui, 9.0f)), up ? t->logs.y : t->logs.y + t->logs.h - h, w, h};
    if (place.x + w > end - ui_px(ui, 6.0f) || !timeline_is_free(room, t->logs, place))
        return false;
    text_draw_in(ui->text, ui->canvas, TEXT_LABEL, place, ALIGN_LEFT, c->text, words);
    timeline_free_line(room, t->logs, place.x, place.y, place.x + w, place.y);
    timeline_free_line(room, t->logs, place.x, place.y + h, place.x + w, place.y + h);
    ui_note(ui, "timeline-exit", place);
    return true;
}

/* "λ at 10: 1.49" at the end of the dots, if no label or chip stands there. */
static void draw_ahead_label(Ui *ui, const TimelineLayout *t, const TimelineAhead *ahead, const TimelineLabel *labels,
                             int count, const TimelineChips *chips) {
    char value[32], epoch[32], words[96];
    if (isnan(ahead->value))
        return;
    format_count(ahead->epoch, epoch);
    if (ahead->share)
        format_percent(ahead->value, value);
    else
        format_figure(ahead->value, value);
    snprintf(words, sizeof words, "%s at %s: %s", ahead->share ? "easy" : "λ", epoch, value);
    float w = ceilf(text_width(ui->text, TEXT_CAPTION, words)), h = ui_px(ui, 13.0f);
    Rect place = {roundf(ahead->x + ui_px(ui, 8.0f)), roundf(ahead->y - h / 2), w, h};
    if (place.x + w > t->card.x + t->card.w - ui_px(ui, 4.0f))
        return;
    for (int i = 0; i < count; i++)
        if (rect_overlap(place, labels[i].rect) > 0.0f)
            return;
    for (int i = 0; i < chips->count; i++)
        if (rect_overlap(place, chips->chips[i].rect) > 0.0f)
            return;
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, place, ALIGN_LEFT, ui->theme->muted, words);
    ui_note(ui, "timeline-ahead", place);
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

static void draw_spots(Ui *ui, const TimelineLayout *t, const TimelineWords *w, double head,
                       const TimelineMarkSprites *sprites) {
    for (int i = 0; i < w->count; i++) {
        const HistoryRecord *shown = timeline_shown(w, &w->curves[i]);
        double value = timeline_value(&w->curves[i], shown);
        if (isfinite(value) && !w->curves[i].thin)
            timeline_draw_spot(ui, t, &w->curves[i], shown ? (double)shown->epoch + 1.0 : head, value, sprites);
    }
}

/* Words of the mark under the pointer, or of the one that keys have come to. */
static void draw_words(Ui *ui, const TimelineLayout *t, const TimelineState *state, const TimelineMark *marks,
                       int count) {
    double at = state->mark_over >= 0.0 ? state->mark_over : state->mark;
    for (int i = 0; at >= 0.0 && i < count; i++)
        if (marks[i].at == at && at >= t->from && at <= t->to)
            timeline_draw_words(ui, t, &marks[i]);
}

/* Of many classes those that get a label, and the one under the pointer. */
static void emphasise(Ui *ui, const TimelineLayout *t, const TimelineWords *words, TimelineCurve *curves) {
    TimelineLabel labels[TIMELINE_LABELS];
    int count = timeline_labels(ui, t, words, t->shares.x + t->shares.w, labels);
    for (int i = 0; i < count; i++)
        if (labels[i].curve >= 0)
            timeline_emphasise(&curves[labels[i].curve]);
    if (words->hot >= 0)
        timeline_emphasise(&curves[words->hot]);
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
             state->run_over ? "A click brings it back as it was trained."
             : chip.w > 0.0f ? "A click on its number brings it back."
                             : "The list (U) brings it back.");
    timeline_draw_words(ui, t, &words);
}

void timeline_draw(Ui *ui, Rect card, TimelineState *state, const Snapshot *s) {
    static TimelineMark marks[TIMELINE_MOST_MARKS];
    TimelineCurve curves[TIMELINE_MOST_CURVES];
    TimelineLabel labels[TIMELINE_LABELS];
    TimelineFree room[2];
    TimelineWords words = {.curves = curves, .hot = -1, .without = -1};
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
        emphasise(ui, &t, &words, curves);
    TimelineBranch branches[TIMELINE_CHIPS];
    uint32_t run;
    int branch_count = make_branches(ui, &t, state, s, words.hot >= 0, branches, &run);
    double head = timeline_head(s);
    Rect pill = timeline_pill_rect(ui, &t, head), ghost = {-1e6f, 0.0f, 0.0f, 0.0f};
    if (hovered && (uint32_t)head != hovered->epoch + 1)
        ghost = timeline_pill_rect(ui, &t, (double)hovered->epoch + 1.0);

    draw_ground(ui, &t);
    if (t.logs.h > 0.0f)
        draw_log_axis(ui, &t);
    draw_epochs(ui, &t, pill, ghost);
    timeline_draw_branches(ui, &t, branches, branch_count, room);
    timeline_draw_curves(ui, &t, curves, words.count, &state->sprites, room);
    TimelineAhead ahead = timeline_draw_ahead(ui, &t, s, room);
    int mark_count = timeline_marks(ui, &t, s, marks);
    timeline_draw_marks(ui, &t, marks, mark_count);
    timeline_notes_draw(ui, &t, s);
    if (hovered)
        draw_upright(ui, &t, (double)hovered->epoch + 1.0, 1.0f, ui->theme->muted);
    draw_upright(ui, &t, head, 1.75f, s->looking_back ? ui->theme->accent : ui->theme->text);
    draw_spots(ui, &t, &words, head, &state->sprites);

    double newest = s->looking_back ? (double)(t.last + 1) : fmax(head, (double)(t.last + 1));
    float end = fminf(fmaxf(timeline_x(&t, newest), t.shares.x), t.shares.x + t.shares.w);
    for (int i = 0; i < words.count && t.logs.h > 0.0f; i++)
        if (curves[i].kind == CURVE_THRESHOLD && draw_exit(ui, &t, &curves[i], words.shown, end, &room[1]))
            words.without = i;
    int label_count = timeline_labels(ui, &t, &words, end, labels);
    timeline_draw_labels(ui, labels, label_count);
    timeline_draw_chips(ui, &t, branches, branch_count, labels, label_count, timeline_x(&t, head), &room[0],
                        &state->chips);
    draw_ahead_label(ui, &t, &ahead, labels, label_count, &state->chips);
    if (!draw_caption(ui, "timeline-shares", "share of points", t.shares, &room[0], end))
        draw_caption(ui, "timeline-shares", "shares", t.shares, &room[0], end);
    if (t.logs.h > 0.0f)
        draw_caption(ui, "timeline-logs", s->settings->order == ORDER_ALL ? "loss (log)" : "loss, λ (log)", t.logs,
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
