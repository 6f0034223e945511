/* Share easy (of all and of each class), accuracy, loss and threshold over the epochs; the way to look back. With test
 * points their accuracy as well, dashed; where flips or outliers have made labels wrong, precision and recall (dashed) of
 * "still hard" as a sign of it. Dots go on to where the pace will take the threshold, or the share of easy points.
 *
 * Dragging along it, or arrows while it has the focus, asks to look at an epoch (COMMAND_LOOK); right of the
 * last epoch is now. Under the pointer the legend shows the values of that epoch. */
#ifndef EASYFIRST_VIEW_TIMELINE_H
#define EASYFIRST_VIEW_TIMELINE_H

#include "app/views/intents.h"
#include "app/ui/ui.h"

typedef struct TimelineState {
    int64_t hovered; /* epoch from 0 under the pointer, or -1 */
    bool focused;
    int64_t pinned; /* sample whose loss is drawn, or -1 */
} TimelineState;

/* The widget, in the first half of a frame; the drawing, in the second. */
void timeline_touch(Ui *ui, Rect card, TimelineState *state, const Snapshot *snapshot, Intents *intents);
void timeline_draw(Ui *ui, Rect card, const TimelineState *state, const Snapshot *snapshot);

/* The epoch to look at so many epochs from where a look is now, as COMMAND_LOOK's value. */
double timeline_step(const Snapshot *snapshot, int epochs);

#endif
