/* The timeline's curves: which there are, how each looks, and what it is called. How it is drawn: timeline_paths.h.
 *
 *   easy 2.5 with an area | easy of a class 1.25 with its mark | accuracy dash-dot | test accuracy dashed
 *   weight: the sum of v by the points, of soft regularizers; SuperLoss: mean v, with e at the top
 *   precision and recall of "still hard" for "wrong label", where the true labels are known
 *   loss 1.75 | test loss dashed | the pinned point's loss dash-dot-dot | λ 2.25; what comes is dotted
 *   λ of a class, where each has its own, instead: 1.5 with its mark, thin as below | loss of the clean points dotted
 *   those of the runs beside it, B and C: thinner, in their colours, and C's in dashes of its own
 *   easy of a class, one of more than PLOT_MANY_CLASSES: 0.75 without marks; those that have a label, and the one under
 *   the pointer: 1.75 with its mark
 *
 * No two curves of a strip are told apart by colour alone: those whose colours are alike to some eye or in print differ
 * in width, dashes or mark (test_timeline_looks.c). */
#ifndef EASYFIRST_TIMELINE_CURVES_H
#define EASYFIRST_TIMELINE_CURVES_H

#include "app/plot/timeline_layout.h"

typedef enum {
    CURVE_EASY,
    CURVE_CLASS,
    CURVE_ACCURACY,
    CURVE_TEST_ACCURACY,
    CURVE_PRECISION,
    CURVE_RECALL,
    CURVE_WEIGHT,
    CURVE_LOSS,
    CURVE_TEST_LOSS,
    CURVE_CLEAN_LOSS,
    CURVE_PINNED,
    CURVE_THRESHOLD,
    CURVE_CLASS_THRESHOLD,
} TimelineCurveKind;

enum { TIMELINE_DASHES = 6, TIMELINE_MOST_CURVES = 2 * MAX_CLASSES + 11 + 3 * OTHER_RUNS };

typedef struct TimelineCurve {
    TimelineCurveKind kind;
    const Snapshot *run; /* that it is of */
    int letter;          /* of that run: 0 is A, the first */
    bool logarithmic;    /* in the lower strip */
    int class;           /* CURVE_CLASS, CURVE_CLASS_THRESHOLD: whose, and which mark it has; else -1 */
    double now;          /* CURVE_CLASS: its share of easy points in the run as the snapshot shows it */
    bool thin;           /* one of many classes, and not one that is looked at */
    bool quiet;          /* one of many classes' thresholds, and neither the least nor the greatest */
    int64_t pinned;      /* CURVE_PINNED: the point */
    double from;         /* epochs done from which on it is drawn */
    char name[DATASET_NAME_BYTES];
    Color line, text;
    float width;                   /* logical pixels, like the dashes: on, off, on ... ; 0 ends them, all 0: solid */
    float dashes[TIMELINE_DASHES]; /* even in number */
} TimelineCurve;

/* Those that the run has, in the order in which they are drawn; those of the lower strip only if that is there. pinned:
 * point whose loss is drawn, or -1. Returns how many. */
int timeline_curves(const Theme *theme, const Snapshot *snapshot, int64_t pinned, bool logs,
                    TimelineCurve curves[TIMELINE_MOST_CURVES]);

/* A thin one as it is while it is looked at; does nothing to another. */
void timeline_emphasise(TimelineCurve *curve);

/* More classes than this have their thresholds' curves named no longer, but for the least and the greatest. */
#define TIMELINE_NAMED_THRESHOLDS 6

/* Whether each class has a threshold that learns itself, and a curve of it. */
bool timeline_by_class(const Snapshot *snapshot);

/* Whether there are points kept apart, whose accuracy a run is judged by. */
bool timeline_has_test(const Snapshot *snapshot);

/* Of a record, or, with NULL, of the run as the snapshot shows it; NaN where it is not defined. */
double timeline_value(const TimelineCurve *curve, const HistoryRecord *record);

/* The curve's records on show, and one on each side: from first up to, not including, end, each step-th of them. */
typedef struct TimelineRecords {
    size_t first, end, step;
} TimelineRecords;

TimelineRecords timeline_records(const TimelineLayout *layout, const TimelineCurve *curve);

/* Sets low and high, round what is on show. λ may be 100 times the largest loss, or a hundredth of the smallest:
 * what is beyond leaves the strip, so that losses stay readable. */
void timeline_fit_logs(TimelineLayout *layout, const TimelineCurve *curves, int count);

float timeline_value_y(const TimelineLayout *layout, const TimelineCurve *curve, double value);

#endif
