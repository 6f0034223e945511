#include "app/views/timeline_branches.h"

#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>

/* Logical pixels. */
static const float CHIP = 17.0f, CHIP_PAD = 4.0f, APART = 3.0f, BACK = 6.0f;
static const float LIT = 0.75f;  /* wider by so much */
static const float QUIET = 0.5f; /* how pale the others are then */

/* ---- which, and their curves ---- */

static void use_look(TimelineBranch *b, const BranchLook *look) {
    *b = (TimelineBranch){.look = look};
    b->data = (Dataset){.count = look->history->samples};
    b->run = (Snapshot){.settings = look->settings,
                        .data = &b->data,
                        .history = look->history,
                        .threshold = look->threshold,
                        .looking_back = true}; /* there is no more of it than its records */
}

static void add_curve(TimelineBranch *b, TimelineCurveKind kind, float width, const float dashes[TIMELINE_DASHES],
                      Color color) {
    TimelineCurve *c = &b->curves[b->count++];
    *c = (TimelineCurve){.kind = kind,
                         .run = &b->run,
                         .logarithmic = kind >= CURVE_LOSS,
                         .class = -1,
                         .pinned = -1,
                         .from = (double)b->look->common,
                         .line = color,
                         .text = color,
                         .width = width + (b->lit ? LIT : 0.0f)};
    for (int i = 0; dashes && i < TIMELINE_DASHES; i++)
        c->dashes[i] = dashes[i];
}

static void add_curves(TimelineBranch *b, bool logs, Color color) {
    static const float accuracy[TIMELINE_DASHES] = {8.0f, 2.5f, 1.5f, 2.5f}, threshold[TIMELINE_DASHES] = {6.0f, 3.0f};
    bool all = b->look->settings->order == ORDER_ALL, test = !isnan(b->look->test_accuracy);
    TimelineCurveKind judged = test ? CURVE_TEST_ACCURACY : CURVE_ACCURACY;
    if (!all) /* all at once: nothing is hard */
        add_curve(b, CURVE_EASY, 1.75f, NULL, color);
    if (all || b->lit)
        add_curve(b, judged, 1.0f, accuracy, color);
    if (logs)
        add_curve(b, CURVE_LOSS, 1.25f, NULL, color);
    if (logs && settings_use_threshold(b->look->settings))
        add_curve(b, CURVE_THRESHOLD, 1.25f, threshold, color);
}

static bool is_drawn(const BranchLook *look) {
    return look->history && look->history->count > 0;
}

int timeline_branches(const Snapshot *s, uint32_t listed, TimelineBranch branches[TIMELINE_CHIPS]) {
    int count = 0;
    for (int age = s->branch_count - 1; age >= 0; age--) {
        const BranchLook *look = kept_run(s, age);
        if ((age < KEPT_RUNS_DRAWN || (listed > 0 && look->number == listed)) && is_drawn(look))
            use_look(&branches[count++], look);
    }
    return count;
}

void timeline_light_branches(const Theme *theme, TimelineBranch *branches, int count, bool logs, uint32_t lit) {
    Color pale = lit > 0 ? color_mix(theme->earlier, theme->card, QUIET) : theme->earlier;
    for (int i = 0; i < count; i++) {
        TimelineBranch *b = &branches[i];
        b->lit = lit > 0 && b->look->number == lit;
        b->count = 0;
        add_curves(b, logs, b->lit ? theme->muted : pale);
    }
}

uint32_t timeline_branch_at(const TimelineLayout *t, const TimelineBranch *branches, int count, float x, float y,
                            float reach) {
    uint32_t found = 0;
    for (int i = 0; i < count; i++)
        for (int k = 0; k < branches[i].count; k++) {
            float away = timeline_distance(t, &branches[i].curves[k], x, y);
            if (away <= reach) {
                reach = away;
                found = branches[i].look->number;
            }
        }
    return found;
}

void timeline_draw_branches(Ui *ui, const TimelineLayout *t, const TimelineBranch *branches, int count,
                            TimelineFree room[2]) {
    Pen pen = ui_pen(ui);
    for (int lit = 0; lit < 2; lit++)
        for (int i = 0; i < count; i++)
            if (branches[i].lit == (lit == 1))
                timeline_draw_pale(&pen, t, branches[i].curves, branches[i].count, room);
}

/* ---- chips ---- */

static Rect chip_rect(Ui *ui, float x, float y, uint32_t run, char text[16]) {
    snprintf(text, 16, "%u", run);
    float h = roundf(ui_px(ui, CHIP)), letters = text_width(ui->text, TEXT_CAPTION, text);
    float w = fmaxf(h, ceilf(letters + 2 * ui_px(ui, CHIP_PAD)));
    return (Rect){roundf(x - w / 2), roundf(y - h / 2), w, h};
}

Rect timeline_branch_chip(Ui *ui, float x, float y, uint32_t run, bool lit) {
    const Theme *theme = ui->theme;
    char text[16];
    Rect r = chip_rect(ui, x, y, run, text);
    canvas_rounded(ui->canvas, r, r.h / 2, lit ? theme->text : theme->card);
    if (!lit)
        canvas_rounded_frame(ui->canvas, r, r.h / 2, fmaxf(1.0f, roundf(ui->scale)), theme->earlier);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, r, ALIGN_CENTER, lit ? theme->card : theme->text, text);
    return r;
}

/* What chips must leave free. */
typedef struct Taken {
    const TimelineLabel *labels;
    int label_count;
    const TimelineChips *chips;
    float head, margin;
} Taken;

static bool touches(Rect a, Rect b, float margin) {
    return a.x < b.x + b.w + margin && b.x < a.x + a.w + margin && a.y < b.y + b.h + margin && b.y < a.y + a.h + margin;
}

static bool is_free(const Taken *taken, Rect chip) {
    for (int i = 0; i < taken->label_count; i++)
        if (touches(chip, taken->labels[i].rect, taken->margin))
            return false;
    for (int i = 0; i < taken->chips->count; i++)
        if (touches(chip, taken->chips->chips[i].rect, taken->margin))
            return false;
    return chip.x > taken->head + taken->margin || chip.x + chip.w < taken->head - taken->margin;
}

/* A chip at a place of the curve, within the card above the lane. */
static bool try_chip(Ui *ui, const TimelineLayout *t, const TimelineBranch *b, float x, float y, const Taken *taken,
                     Rect *rect) {
    char text[16];
    float half = ui_px(ui, CHIP) / 2, top = t->top + half;
    if (x < t->shares.x || x > t->shares.x + t->shares.w)
        return false;
    *rect = chip_rect(ui, x, fmaxf(fminf(y, t->shares.y + t->shares.h - half), top), b->look->number, text);
    return is_free(taken, *rect);
}

/* From its end back along the curve, the first place that is free. */
static bool place_chip(Ui *ui, const TimelineLayout *t, const TimelineBranch *b, const Taken *taken, Rect *rect) {
    const TimelineCurve *c = &b->curves[0];
    TimelineRecords all = timeline_records(t, c);
    float step = ui_px(ui, BACK), later_x = 0.0f, later_y = 0.0f;
    bool later = false;
    for (size_t i = all.end; i-- > all.first;) {
        const HistoryRecord *r = &c->run->history->records[i];
        float x = timeline_x(t, (double)r->epoch + 1.0), y = timeline_value_y(t, c, timeline_value(c, r));
        if (!isfinite(y))
            continue;
        for (float at = later_x - step; later && at > x; at -= step)
            if (try_chip(ui, t, b, at, y + (later_y - y) * (at - x) / (later_x - x), taken, rect))
                return true;
        if ((!later || later_x - x >= step) && try_chip(ui, t, b, x, y, taken, rect))
            return true;
        if (!later || later_x - x >= step) {
            later = true;
            later_x = x;
            later_y = y;
        }
    }
    return false;
}

void timeline_draw_chips(Ui *ui, const TimelineLayout *t, const TimelineBranch *branches, int count,
                         const TimelineLabel *labels, int label_count, float head, TimelineFree *room,
                         TimelineChips *chips) {
    Taken taken = {labels, label_count, chips, head, ui_px(ui, APART)};
    chips->count = 0;
    for (int i = count - 1; i >= 0; i--) { /* the newest has the best place */
        Rect r;
        if (!place_chip(ui, t, &branches[i], &taken, &r))
            continue;
        chips->chips[chips->count++] = (TimelineChip){branches[i].look->number, r};
        timeline_branch_chip(ui, r.x + r.w / 2, r.y + r.h / 2, branches[i].look->number, branches[i].lit);
        timeline_free_line(room, t->shares, r.x, r.y, r.x + r.w, r.y);
        timeline_free_line(room, t->shares, r.x, r.y + r.h, r.x + r.w, r.y + r.h);
    }
}

TimelineMark timeline_branch_words(const BranchLook *run, double at) {
    TimelineMark mark = {.kind = TIMELINE_MARK_LEFT, .at = at, .line_count = 1};
    char name[RUN_WORDS_BYTES];
    kept_run_name(run, name);
    snprintf(mark.title, sizeof mark.title, "%u: %s", run->number, name);
    kept_run_figures(run, mark.lines[0]);
    return mark;
}
