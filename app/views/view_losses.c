#include "app/views/view_losses.h"

#include "core/parallel.h"
#include "app/base/format.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { BINS = LOSS_BINS };

/* What the axis spans; the line may be dragged from end to end. */
static UiRange loss_axis(const Snapshot *s) {
    return (UiRange){
        .minimum = 1e-6,
        .maximum = 1e2,
        .accept_minimum = 0.0,
        .accept_maximum = threshold_limit(s->settings->regularizer),
        .initial = s->settings->threshold,
        .logarithmic = true,
    };
}

static Rect bars_of(const Ui *ui, Rect rect) {
    return (Rect){rect.x, rect.y, rect.w, rect.h - ui_px(ui, 24.0f)};
}

/* Where a loss lies on the axis, 0 to 1, not cut off. */
static float position(const UiRange *axis, float loss) {
    float low = logf((float)axis->minimum), high = logf((float)axis->maximum);
    return (logf(loss > 0.0f ? loss : 1e-30f) - low) / (high - low);
}

/* Finds a loss's bin by the upper half of its bits: `first` has the bin of the smallest loss with those bits. Such a
 * cell is narrower than a bin, so a loss belongs to that bin or the next. */
typedef struct Bins {
    float edges[BINS]; /* upper ends */
    uint8_t first[1 << 16];
} Bins;

static uint32_t bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

static void make_bins(Bins *bins, const UiRange *axis) {
    double ratio = pow(axis->maximum / axis->minimum, 1.0 / BINS);
    size_t cell = 0;
    for (int b = 0; b < BINS; b++) {
        bins->edges[b] = (float)(axis->minimum * pow(ratio, b + 1));
        /* the cell that the edge lies in begins in this bin; the last bin takes the rest, and what is not a number */
        size_t end = b < BINS - 1 ? (bits_of(bins->edges[b]) >> 16) + 1 : 1 << 15;
        memset(bins->first + cell, b, end - cell);
        cell = end;
    }
    memset(bins->first + (1 << 15), 0, 1 << 15); /* minus zero, and negative numbers, which no loss is */
    bins->edges[BINS - 1] = INFINITY;
}

enum { SLICE = 1 << 16 };

typedef struct Counting {
    const Bins *bins;
    const Snapshot *snapshot;
    LossHistogram *slices;
} Counting;

static void count_slice(void *context, size_t slice) {
    const Counting *c = context;
    const Snapshot *s = c->snapshot;
    LossHistogram *h = &c->slices[slice];
    size_t end = (slice + 1) * SLICE < s->data->count ? (slice + 1) * SLICE : s->data->count;
    memset(h, 0, sizeof *h);
    for (size_t i = slice * SLICE; i < end; i++) {
        float loss = s->loss[i];
        int bin = c->bins->first[bits_of(loss) >> 16];
        bin += loss >= c->bins->edges[bin];
        size_t *easy = &h->easy[bin][s->data->label[i]], *hard = &h->hard[bin];
        ++*(s->v[i] > 0.0f ? easy : hard);
    }
}

/* Counts anew if the losses have changed since the last count. */
static void count_losses(LossesState *state, const UiRange *axis, const Snapshot *s) {
    uint32_t epoch = s->looking_back ? s->epoch : 0;
    if (state->counted == s->loss && state->loss_version == s->loss_version && state->data_version == s->data_version &&
        state->epoch == epoch)
        return;
    Bins bins;
    make_bins(&bins, axis);
    LossHistogram *h = &state->histogram;
    memset(h, 0, sizeof *h);
    state->counted = NULL;
    size_t count = (s->data->count + SLICE - 1) / SLICE;
    if (count > state->slice_capacity) {
        free(state->slices);
        state->slices = calloc(count, sizeof *state->slices);
        state->slice_capacity = state->slices ? count : 0;
    }
    if (!state->slices) /* no memory: no bars */
        return;
    Counting counting = {&bins, s, state->slices};
    parallel_for(count, count_slice, &counting);
    for (size_t i = 0; i < count; i++)
        for (int b = 0; b < BINS; b++) {
            h->hard[b] += counting.slices[i].hard[b];
            for (int k = 0; k < MAX_CLASSES; k++)
                h->easy[b][k] += counting.slices[i].easy[b][k];
        }
    state->counted = s->loss;
    state->loss_version = s->loss_version;
    state->data_version = s->data_version;
    state->epoch = epoch;
}

void losses_free(LossesState *state) {
    free(state->slices);
    *state = (LossesState){0};
}

static size_t bin_total(const LossHistogram *h, int bin) {
    size_t total = h->hard[bin];
    for (int c = 0; c < MAX_CLASSES; c++)
        total += h->easy[bin][c];
    return total;
}

static void draw_bars(Ui *ui, Rect area, const LossHistogram *h) {
    /* The first bin holds all that lies below the axis: better cut it off than flatten the rest. */
    size_t highest = 1;
    for (int b = 1; b < BINS; b++)
        highest = bin_total(h, b) > highest ? bin_total(h, b) : highest;
    if (highest < bin_total(h, 0) / 8)
        highest = bin_total(h, 0) / 8;
    float width = area.w / BINS, unit = (area.h - ui_px(ui, 18.0f)) / (float)highest;
    canvas_push_clip(ui->canvas, area);
    for (int b = 0; b < BINS; b++) {
        float x = area.x + width * (float)b, y = area.y + area.h;
        for (int c = 0; c <= MAX_CLASSES; c++) {
            size_t count = c < MAX_CLASSES ? h->easy[b][c] : h->hard[b];
            Color color = c < MAX_CLASSES ? ui->theme->class_fill[c] : color_alpha(ui->theme->hard_edge, 0.7f);
            float height = unit * (float)count;
            if (count > 0)
                canvas_rect(ui->canvas, (Rect){x, y - height, width - ui_px(ui, 0.75f), height}, color);
            y -= height;
        }
    }
    canvas_pop_clip(ui->canvas);
}

/* Over the bars: the weight v of a loss (0 at the foot, 1 below the label) and, thin, the latent loss F that the
 * curriculum minimises in the loss's place, scaled to the same height. */
static void draw_weight(Ui *ui, Rect area, const UiRange *axis, const Snapshot *s) {
    enum { STEPS = 96 };
    float v[2 * (STEPS + 1)], f[2 * (STEPS + 1)], height = area.h - ui_px(ui, 18.0f);
    WeightRule rule = weight_rule(s->settings, s->threshold, false);
    double ratio = axis->maximum / axis->minimum, most = latent_loss(&rule, axis->maximum);
    for (int i = 0; i <= STEPS; i++) {
        double loss = axis->minimum * pow(ratio, (double)i / STEPS);
        v[2 * i] = f[2 * i] = area.x + area.w * (float)i / STEPS;
        v[2 * i + 1] = area.y + area.h - height * weight_of_loss(&rule, (float)loss);
        f[2 * i + 1] = area.y + area.h - height * (most > 0.0 ? (float)(latent_loss(&rule, loss) / most) : 0.0f);
    }
    canvas_push_clip(ui->canvas, area);
    canvas_polyline(ui->canvas, f, STEPS + 1, ui_px(ui, 1.0f), color_alpha(ui->theme->muted, 0.75f));
    canvas_polyline(ui->canvas, v, STEPS + 1, ui_px(ui, 1.5f), ui->theme->accent);
    canvas_pop_clip(ui->canvas);
    float top = area.y + area.h - height - ui_px(ui, 3.0f);
    bool falls = v[1] < v[2 * STEPS + 1]; /* v stands at its upper end on the left, F on the right; or the other way */
    float behind_first = area.w / BINS + ui_px(ui, 2.0f); /* that bin holds all smaller losses: it may be high */
    text_draw(ui->text, ui->canvas, TEXT_CAPTION,
              (TextAnchor){area.x + (falls ? behind_first : area.w), top, falls ? ALIGN_LEFT : ALIGN_RIGHT},
              ui->theme->accent, "v");
    text_draw(ui->text, ui->canvas, TEXT_CAPTION,
              (TextAnchor){area.x + area.w - (falls ? 0.0f : ui_px(ui, 12.0f)), top, ALIGN_RIGHT}, ui->theme->muted,
              "F");
}

static void draw_axis(Ui *ui, Rect area, const UiRange *axis) {
    static const struct {
        float loss;
        const char *text;
    } numbers[] = {{1e-6f, "1e-6"}, {1e-4f, "1e-4"}, {1e-2f, "0.01"}, {1.0f, "1"}, {1e2f, "100"}};
    enum { NUMBERS = sizeof numbers / sizeof *numbers };
    float y = area.y + area.h;
    canvas_rect(ui->canvas, (Rect){area.x, y, area.w, fmaxf(1.0f, roundf(ui_px(ui, 1.0f)))}, ui->theme->line);
    for (int i = 0; i < NUMBERS; i++) {
        TextAlign align = i == 0 ? ALIGN_LEFT : i == NUMBERS - 1 ? ALIGN_RIGHT : ALIGN_CENTER;
        text_draw(ui->text, ui->canvas, TEXT_CAPTION,
                  (TextAnchor){area.x + area.w * position(axis, numbers[i].loss), y + ui_px(ui, 16.0f), align},
                  ui->theme->muted, numbers[i].text);
    }
}

/* A line at a threshold; outside the axis it stands at the end. */
static float line_x(Rect area, const UiRange *axis, double threshold) {
    return area.x + area.w * fminf(1.0f, fmaxf(0.0f, position(axis, (float)threshold)));
}

static void draw_label(Ui *ui, Rect area, float x, bool whole, const Snapshot *s) {
    char figure[32], percent[32], easy[32], all[32], label[160];
    format_figure(s->threshold, figure);
    format_percent((double)s->easy / (double)s->data->count, percent);
    format_count(s->easy, easy);
    format_count(s->data->count, all);
    if (whole)
        snprintf(label, sizeof label, "threshold %s: %s of %s easy, %s", figure, easy, all, percent);
    else
        snprintf(label, sizeof label, "λ %s: %s easy", figure, percent);
    float width = text_width(ui->text, TEXT_CAPTION, label), gap = ui_px(ui, 6.0f);
    float left = x + gap + width > area.x + area.w ? x - gap - width : x + gap;
    if (left < area.x) /* wider than either side: across the line */
        left = fminf(fmaxf(area.x, x - width / 2), area.x + area.w - width);
    Rect behind = {left - ui_px(ui, 2.0f), area.y, width + ui_px(ui, 4.0f), ui_px(ui, 14.0f)};
    canvas_rect(ui->canvas, behind, color_alpha(ui->theme->card, 0.88f));
    text_draw(ui->text, ui->canvas, TEXT_CAPTION, (TextAnchor){left, area.y + ui_px(ui, 10.0f), ALIGN_LEFT},
              ui->theme->text, label);
}

static void draw_threshold(Ui *ui, Rect area, const UiRange *axis, const LossesState *state, const Snapshot *s) {
    const UiTouch *touch = &state->line;
    bool lively = touch->hovered || touch->held;
    float bottom = area.y + area.h, x = line_x(area, axis, s->threshold), ghost = line_x(area, axis, s->next_threshold);
    if (fabsf(ghost - x) >= 1.0f)
        canvas_line(ui->canvas, ghost, area.y + ui_px(ui, 14.0f), ghost, bottom, ui_px(ui, 1.0f), ui->theme->hard_edge);
    canvas_line(ui->canvas, x, area.y, x, bottom, ui_px(ui, lively ? 3.0f : 2.0f), ui->theme->text);
    float wide = ui_px(ui, lively ? 10.0f : 8.0f), high = ui_px(ui, 16.0f);
    Rect grip = {x - wide / 2, bottom - high / 2, wide, high};
    canvas_rounded(ui->canvas, grip, wide / 2, ui->theme->text);
    for (int i = -1; i <= 1; i++)
        canvas_rect(ui->canvas,
                    (Rect){x - ui_px(ui, 2.0f), bottom + ui_px(ui, 3.0f) * (float)i, ui_px(ui, 4.0f), ui_px(ui, 1.0f)},
                    ui->theme->card);
    if (touch->focused) {
        Rect ring = {grip.x - ui_px(ui, 3.0f), grip.y - ui_px(ui, 3.0f), grip.w + ui_px(ui, 6.0f),
                     grip.h + ui_px(ui, 6.0f)};
        canvas_rounded_frame(ui->canvas, ring, ui_px(ui, 7.0f), ui_px(ui, 2.0f), ui->theme->focus_outer);
    }
    draw_label(ui, area, x, lively, s);
}

/* The loss of the pinned point, as a small triangle on the axis. */
static void draw_pinned(Ui *ui, Rect area, const UiRange *axis, const Snapshot *s, int64_t sample) {
    if (sample < 0 || (size_t)sample >= s->data->count)
        return;
    float x = area.x + area.w * fminf(1.0f, fmaxf(0.0f, position(axis, s->loss[sample])));
    float y = area.y + area.h, tip = ui_px(ui, 5.0f);
    float mark[] = {x, y - tip * 1.8f, x + tip, y, x - tip, y};
    canvas_polygon(ui->canvas, mark, 3, ui->theme->ring);
}

void losses_touch(Ui *ui, Rect rect, LossesState *state, const Snapshot *snapshot, Intents *intents) {
    UiRange axis = loss_axis(snapshot);
    double threshold = ui_line(ui, "threshold-line", bars_of(ui, rect), &axis, snapshot->threshold,
                               "Drag the threshold: points with smaller losses are easy", &state->line);
    if (threshold != snapshot->threshold)
        intend(intents, (Command){.kind = COMMAND_THRESHOLD, .threshold = fmin(threshold, axis.accept_maximum)});
}

void losses_draw(Ui *ui, Rect rect, LossesState *state, const Snapshot *snapshot) {
    Rect area = bars_of(ui, rect);
    UiRange axis = loss_axis(snapshot);
    count_losses(state, &axis, snapshot);
    draw_bars(ui, area, &state->histogram);
    draw_weight(ui, area, &axis, snapshot);
    draw_axis(ui, area, &axis);
    draw_pinned(ui, area, &axis, snapshot, state->pinned);
    draw_threshold(ui, area, &axis, state, snapshot);
}
