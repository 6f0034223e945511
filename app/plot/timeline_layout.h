/* Where the timeline's parts stand, and its axes: pure geometry, shared by the hand and the drawing.
 *
 *   gutter | shares: 0 to 100 %, straight          | gutter
 *          | lane of marks                         | for the labels at
 *          | logs: losses and λ, logarithmic       | the curves' ends
 *          | epochs: numbers and the pill          |
 *
 * In logical pixels 11 are above the shares, 13 are the lane's and 24 the epochs'; of the rest the shares have 66
 * of 102 up to a height of 150, then 60 % of what is added. With one strip the shares have all. An epoch is drawn
 * where it ends: the first at 1. */
#ifndef EASYFIRST_TIMELINE_LAYOUT_H
#define EASYFIRST_TIMELINE_LAYOUT_H

#include "app/experiment/snapshot.h"
#include "app/draw/pen.h"

/* Which epochs are on show; zeroed: all that have happened, and as many to come as leave them room. */
typedef struct TimelineSpan {
    bool chosen; /* by zoom or pan */
    double from, to;
} TimelineSpan;

typedef struct TimelineLayout {            /* pixels */
    Rect card, shares, lane, logs, epochs; /* logs: empty with one strip */
    float top;                             /* labels and chips stand below it; with notes, whose flags stand on the
                                            * shares, these begin there */
    double from, to;                       /* epochs at the strips' left and right edge */
    double whole;                          /* `to` when all is on show */
    int64_t last;                          /* newest recorded epoch from 0, or -1 */
    double low, high;                      /* at the lower and upper edge of logs, once they are known */
} TimelineLayout;

/* scale: of the interface. gutter: for the labels on the right, pixels. low and high are 0. */
TimelineLayout timeline_lay_out(float scale, Rect card, bool one_strip, float gutter, const TimelineSpan *span,
                                const Snapshot *snapshot);

/* Both strips and the lane between them. */
Rect timeline_strips(const TimelineLayout *layout);

float timeline_x(const TimelineLayout *layout, double epochs_done);
double timeline_epochs_at(const TimelineLayout *layout, float x); /* the other way round */
float timeline_share_y(const TimelineLayout *layout, double share);
/* Beyond the strip's edges for values beyond its range; NaN for those that have no logarithm. */
float timeline_log_y(const TimelineLayout *layout, double value);

/* The recorded epoch (from 0) nearest to a position; one past the last: now. */
int64_t timeline_epoch_at(const TimelineLayout *layout, float x);

/* The span zoomed in by that factor (above 1) or out round the epoch at x, or moved by so many epochs; all of it when
 * nothing is left out. */
void timeline_zoom(const TimelineLayout *layout, TimelineSpan *span, float x, double factor);
void timeline_pan(const TimelineLayout *layout, TimelineSpan *span, double epochs);

/* The distance of the numbers below: 1, 2, 5, 10 ... epochs, with room for them. */
double timeline_step_of_numbers(const TimelineLayout *layout, float room);

/* The next of 1, 2, 5 times a power of ten at or below (up: at or above) a value above 0. */
double timeline_round_125(double value, bool up);

#endif
