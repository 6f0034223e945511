#include "app/plot/loss_bars.h"

#include "app/base/format.h"
#include "app/draw/pen.h"
#include "core/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SLICE = 1 << 16, WHOLE = 1 << 16 };

/* ---- counting ---- */

/* Finds a loss's bin by the upper half of its bits: `first` has the bin of the smallest loss with those bits. Such a
 * cell is narrower than a bin, so a loss belongs to that bin or the next. */
typedef struct Bins {
    float edges[LOSS_ALL_BINS]; /* upper ends; NAN: even an infinite loss is below that of the last bin */
    uint8_t first[1 << 16];
} Bins;

static uint32_t bits_of(float value) {
    uint32_t bits;
    memcpy(&bits, &value, sizeof bits);
    return bits;
}

double loss_bin_low(int bin) {
    return bin == LOSS_BELOW ? 0.0 : LOSS_MINIMUM * pow(LOSS_MAXIMUM / LOSS_MINIMUM, (double)(bin - 1) / LOSS_BINS);
}

double loss_bin_high(int bin) {
    return bin == LOSS_ALL_BINS - 1 ? (double)INFINITY : loss_bin_low(bin + 1);
}

static void make_bins(Bins *bins) {
    size_t cell = 0;
    for (int b = 0; b < LOSS_ALL_BINS; b++) {
        bins->edges[b] = b < LOSS_ALL_BINS - 1 ? (float)loss_bin_high(b) : NAN;
        /* the cell that the edge lies in begins in this bin; the last bin takes the rest, and what is not a number */
        size_t end = b < LOSS_ALL_BINS - 1 ? (bits_of(bins->edges[b]) >> 16) + 1 : 1 << 15;
        memset(bins->first + cell, b, end - cell);
        cell = end;
    }
    memset(bins->first + (1 << 15), 0, 1 << 15); /* minus zero, and negative numbers, which no loss is */
}

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
    float whole = (float)WHOLE / weight_limit(s->settings->regularizer);
    for (size_t i = slice * SLICE; i < end; i++) {
        float loss = s->loss[i];
        int bin = c->bins->first[bits_of(loss) >> 16];
        bin += loss >= c->bins->edges[bin];
        h->points[bin]++;
        h->of_class[bin][s->data->label[i]]++;
        h->used[bin][s->data->label[i]] += (uint32_t)(int32_t)(s->v[i] * whole + 0.5f);
        if (whole < (float)WHOLE) /* some may be above 1 */
            h->above[bin] += s->v[i] > 1.0f;
    }
}

static bool is_counted(const LossCount *c, const Snapshot *s, uint32_t epoch) {
    return c->counted == s->loss && c->loss_version == s->loss_version && c->data_version == s->data_version &&
           c->epoch == epoch && c->threshold == s->threshold && c->order == s->settings->order &&
           c->regularizer == s->settings->regularizer && c->power == s->settings->power &&
           c->superloss_lambda == s->settings->superloss_lambda;
}

void loss_count(LossCount *count, const Snapshot *s) {
    uint32_t epoch = s->looking_back ? s->epoch : 0;
    if (is_counted(count, s, epoch))
        return;
    Bins bins;
    make_bins(&bins);
    LossHistogram *h = &count->histogram;
    memset(h, 0, sizeof *h);
    count->counted = NULL;
    size_t slices = (s->data->count + SLICE - 1) / SLICE;
    if (slices > count->slice_capacity) {
        free(count->slices);
        count->slices = calloc(slices, sizeof *count->slices);
        count->slice_capacity = count->slices ? slices : 0;
    }
    if (!count->slices)
        return;
    Counting counting = {&bins, s, count->slices};
    parallel_for(slices, count_slice, &counting);
    for (size_t i = 0; i < slices; i++)
        for (int b = 0; b < LOSS_ALL_BINS; b++) {
            h->points[b] += count->slices[i].points[b];
            h->above[b] += count->slices[i].above[b];
            for (int k = 0; k < MAX_CLASSES; k++) {
                h->used[b][k] += count->slices[i].used[b][k];
                h->of_class[b][k] += count->slices[i].of_class[b][k];
            }
        }
    count->counted = s->loss;
    count->loss_version = s->loss_version;
    count->data_version = s->data_version;
    count->epoch = epoch;
    count->threshold = s->threshold;
    count->order = s->settings->order;
    count->regularizer = s->settings->regularizer;
    count->power = s->settings->power;
    count->superloss_lambda = s->settings->superloss_lambda;
    count->limit = (double)weight_limit(s->settings->regularizer);
}

void loss_count_free(LossCount *count) {
    free(count->slices);
    *count = (LossCount){0};
}

double loss_count_weight(const LossCount *count) {
    uint64_t used = 0;
    size_t points = 0;
    for (int b = 0; b < LOSS_ALL_BINS; b++) {
        points += count->histogram.points[b];
        for (int c = 0; c < MAX_CLASSES; c++)
            used += count->histogram.used[b][c];
    }
    return points > 0 ? count->limit * (double)used / (double)WHOLE / (double)points : 0.0;
}

double loss_count_above(const LossCount *count) {
    size_t points = 0, above = 0;
    for (int b = 0; b < LOSS_ALL_BINS; b++) {
        points += count->histogram.points[b];
        above += count->histogram.above[b];
    }
    return points > 0 ? (double)above / (double)points : 0.0;
}

/* ---- on the axis ---- */

float loss_x(const LossArea *area, double loss) {
    double share = log((loss > 0.0 ? loss : 1e-30) / LOSS_MINIMUM) / log(LOSS_MAXIMUM / LOSS_MINIMUM);
    return area->bars.x + area->bars.w * (float)share;
}

int loss_bin_at(const LossArea *area, float x) {
    if (x >= area->below.x && x < area->below.x + area->below.w)
        return LOSS_BELOW;
    int bin = (int)floorf((x - area->bars.x) / area->bars.w * LOSS_BINS);
    return x >= area->bars.x && bin < LOSS_BINS ? bin + 1 : -1;
}

/* ---- drawing ---- */

static bool is_end(int bin) {
    return bin == LOSS_BELOW || bin == LOSS_ALL_BINS - 1;
}

size_t loss_full_height(const LossHistogram *h) {
    size_t inner = 0, end = 0;
    for (int b = 0; b < LOSS_ALL_BINS; b++) {
        size_t *most = is_end(b) ? &end : &inner;
        *most = h->points[b] > *most ? h->points[b] : *most;
    }
    size_t least = end / 16;
    inner = inner > least ? inner : least;
    return inner > 0 ? inner : 1;
}

/* A bar's place, at whole pixels, so that all are as sharp. */
static Rect bar_of(const Pen *pen, const LossArea *area, int bin) {
    float gap = fmaxf(1.0f, roundf(pen_px(pen, 0.75f))), x0, x1;
    if (bin == LOSS_BELOW) {
        x0 = roundf(area->below.x);
        x1 = roundf(area->below.x + area->below.w);
    } else {
        x0 = roundf(area->bars.x + area->bars.w * (float)(bin - 1) / LOSS_BINS);
        x1 = roundf(area->bars.x + area->bars.w * (float)bin / LOSS_BINS) - gap;
    }
    return (Rect){x0, area->bars.y, fmaxf(1.0f, x1 - x0), area->bars.h};
}

/* A slanted cut through a bar, near its upper end. */
static void draw_break(const Pen *pen, Rect bar) {
    float y = bar.y + pen_px(pen, 12.0f), slope = pen_px(pen, 3.0f), thick = pen_px(pen, 1.5f);
    float cut[] = {bar.x - 1.0f,         y + slope,     bar.x + bar.w + 1.0f, y,
                   bar.x + bar.w + 1.0f, y + 2 * thick, bar.x - 1.0f,         y + slope + 2 * thick};
    canvas_polygon(pen->canvas, cut, 4, pen->theme->card);
}

/* The count over a bar that is cut, clear of the line. */
static void draw_number(const Pen *pen, Rect bar, Rect all, float number, float line_x, size_t points) {
    char text[32];
    format_count(points, text);
    float width = text_width(pen->text, TEXT_CAPTION, text), gap = pen_px(pen, 5.0f);
    float x = fmaxf(all.x, fminf(bar.x, all.x + all.w - width));
    if (line_x >= 0.0f && line_x > x - gap && line_x < x + width + gap)
        x = line_x + gap + width <= all.x + all.w ? line_x + gap : line_x - gap - width;
    Rect place = {x, bar.y - number, width + 1.0f, number};
    text_draw_in(pen->text, pen->canvas, TEXT_CAPTION, place, ALIGN_LEFT, pen->theme->muted, text);
    pen_note(pen, "threshold-count", place);
}

void loss_bars_draw(const Pen *pen, const LossArea *area, const LossCount *count, float number, float line_x) {
    const LossHistogram *h = &count->histogram;
    size_t full = loss_full_height(h);
    Rect all = {area->below.x, area->bars.y, area->bars.x + area->bars.w - area->below.x, area->bars.h};
    for (int b = 0; b < LOSS_ALL_BINS; b++) {
        Rect bar = bar_of(pen, area, b);
        if (h->points[b] == 0)
            continue;
        bool cut = h->points[b] > full;
        float unit = bar.h / (float)(cut ? h->points[b] : full), foot = bar.y + bar.h;
        /* what one point of many is stays to be seen */
        float height = fmaxf(fmaxf(1.0f, pen_px(pen, 1.0f)), unit * (float)h->points[b]), y = foot - height;
        float stretch = height / (unit * (float)h->points[b]), top = foot;
        for (int c = 0; c < MAX_CLASSES; c++) {
            float part = stretch * unit * (float)h->used[b][c] / (float)WHOLE;
            if (part > 0.0f)
                canvas_rect(pen->canvas, (Rect){bar.x, top - part, bar.w, part}, pen->theme->class_fill[c]);
            top -= part;
        }
        if (top - y > 0.01f)
            canvas_rect(pen->canvas, (Rect){bar.x, y, bar.w, top - y}, pen->theme->hard_edge);
        if (cut) {
            draw_break(pen, bar);
            draw_number(pen, bar, all, number, line_x, h->points[b]);
        }
    }
}

void loss_class_bars_draw(const Pen *pen, const LossArea *area, const LossCount *count, int class) {
    const LossHistogram *h = &count->histogram;
    uint32_t most = 1;
    for (int b = 0; b < LOSS_ALL_BINS; b++)
        most = h->of_class[b][class] > most ? h->of_class[b][class] : most;
    for (int b = 0; b < LOSS_ALL_BINS; b++) {
        Rect bar = bar_of(pen, area, b);
        if (h->of_class[b][class] == 0)
            continue;
        float points = (float)h->of_class[b][class], unit = bar.h / (float)most, foot = bar.y + bar.h;
        float height = fmaxf(fmaxf(1.0f, pen_px(pen, 1.0f)), unit * points);
        float used = height * fminf(1.0f, (float)h->used[b][class] / (float)WHOLE / points);
        canvas_rect(pen->canvas, (Rect){bar.x, foot - height, bar.w, height - used}, pen->theme->hard_edge);
        if (used > 0.0f)
            canvas_rect(pen->canvas, (Rect){bar.x, foot - used, bar.w, used}, pen->theme->class_fill[class]);
    }
}
