/* The losses of all points in bins on the threshold's axis: how many, and how much of them counts. Drawn as bars, the
 * part that counts in the classes' colours, the rest grey. */
#ifndef EASYFIRST_LOSS_BARS_H
#define EASYFIRST_LOSS_BARS_H

#include "app/experiment/snapshot.h"
#include "app/draw/pen.h"

#define LOSS_BINS 64 /* eight to a decade */
#define LOSS_BELOW 0 /* the bin of losses below the axis; those on it follow from 1 on, the last with all above it */
#define LOSS_ALL_BINS (LOSS_BINS + 1)
#define LOSS_MINIMUM 1e-6 /* the axis' ends */
#define LOSS_MAXIMUM 1e2

typedef struct LossHistogram {
    uint64_t used
        [LOSS_ALL_BINS]
        [MAX_CLASSES]; /* sums of v, in 65,536ths of the largest weight: the same in whatever order they are added */
    size_t points[LOSS_ALL_BINS], above[LOSS_ALL_BINS]; /* above: those with v > 1 (SuperLoss) */
    uint32_t of_class[LOSS_ALL_BINS][MAX_CLASSES];      /* of the points */
} LossHistogram;

typedef struct LossCount { /* a zeroed one is valid */
    LossHistogram histogram;
    const float *counted; /* of which losses it is, and with which curriculum; NULL: none yet */
    uint64_t loss_version, data_version;
    uint32_t epoch; /* the one looked back at, or 0 */
    double threshold;
    int order, regularizer;
    double power, superloss_lambda;
    double limit;          /* the largest weight */
    LossHistogram *slices; /* scratch; owned */
    size_t slice_capacity;
} LossCount;

void loss_count_free(LossCount *count);

/* Counts anew if the losses have been renewed since the last time, or the curriculum decides otherwise; not for every
 * batch's weights, which would cost each frame a walk over all points. Without memory there are no bars. */
void loss_count(LossCount *count, const Snapshot *snapshot);

/* The sum of v, as a share of the points, and the share of those with v > 1. */
double loss_count_weight(const LossCount *count);
double loss_count_above(const LossCount *count);

/* Where the bars go. The axis from LOSS_MINIMUM to LOSS_MAXIMUM is logarithmic; the bin below it stands left of it. */
typedef struct LossArea {
    Rect bars; /* on the axis */
    Rect below;
} LossArea;

/* Where a loss lies on the axis, in pixels, not cut off. */
float loss_x(const LossArea *area, double loss);

/* The bin at that x, or -1. */
int loss_bin_at(const LossArea *area, float x);
/* The losses of a bin: 0 to infinity in all. */
double loss_bin_low(int bin);
double loss_bin_high(int bin);

/* The count that is as high as the bars' area: the highest bin's within the axis. One at an end that holds far more is
 * cut; but a few points within the axis are not to look like many. */
size_t loss_full_height(const LossHistogram *histogram);

/* The bars. A bin at an end, which holds all that lies beyond the axis, is cut where it would flatten the others: with
 * a break, and its count above it, `number` pixels high, which stands clear of a line at line_x (below 0: there is
 * none). */
void loss_bars_draw(const Pen *pen, const LossArea *area, const LossCount *count, float number, float line_x);

/* The bars of one class alone, as high as the area: what does not count is grey. */
void loss_class_bars_draw(const Pen *pen, const LossArea *area, const LossCount *count, int class);

#endif
