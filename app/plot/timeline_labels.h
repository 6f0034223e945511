/* Names and values at the curves' ends: at most six, 13 logical pixels apart, in the order of the curves, each as
 * near to its curve as the others let it. Classes that end together share one; what there is no room for goes by
 * importance, but the curve under the pointer always has its name. */
#ifndef EASYFIRST_TIMELINE_LABELS_H
#define EASYFIRST_TIMELINE_LABELS_H

#include "app/plot/timeline_curves.h"

enum { TIMELINE_LABELS = 6 };

typedef struct TimelineLabel {
    char name[DATASET_NAME_BYTES], value[40];
    Color color;
    bool shared;      /* of all points and of each class */
    bool bold;        /* of all points */
    float at;         /* y of the curve's end, pixels */
    int rank;         /* 0: most important */
    int curve;        /* index of the only curve that it names, or -1 */
    const char *term; /* of the glossary; NULL: the name needs no card */
    Rect rect;        /* where it stands; none overlaps another, all lie within the card above the epochs */
} TimelineLabel;

/* What the labels are about. */
typedef struct TimelineWords {
    const TimelineCurve *curves;
    int count;
    const HistoryRecord *shown;                    /* whose values they say; NULL: the snapshot's */
    const HistoryRecord *others_shown[OTHER_RUNS]; /* the same of the runs beside it; NULL: their snapshots' */
    int hot;                                       /* index of the curve under the pointer, or -1 */
    int without;                                   /* index of a curve that is named elsewhere, or -1 */
} TimelineWords;

/* The record whose value is said of a curve; NULL: its run's snapshot. */
static inline const HistoryRecord *timeline_shown(const TimelineWords *words, const TimelineCurve *curve) {
    return curve->letter == 0 ? words->shown : words->others_shown[curve->letter - 1];
}

/* x: of the curves' ends. Returns how many. */
int timeline_labels(const Pen *pen, const TimelineLayout *layout, const TimelineWords *words, float x,
                    TimelineLabel labels[TIMELINE_LABELS]);

/* Over what is to come, which they hide. */
void timeline_draw_labels(const Pen *pen, const TimelineLabel *labels, int count);

/* A value as a label says it: "74.7 %", "100 %", "0.448", "4.90e6". */
void timeline_value_text(const TimelineCurve *curve, double value, char text[32]);

/* Width that the labels of those curves need on the right of the strips, pixels; at least 104 logical ones, at most
 * three tenths of the card. Of names alone, so that it does not change with the values. */
float timeline_gutter(const Pen *pen, Rect card, const TimelineCurve *curves, int count);

#endif
