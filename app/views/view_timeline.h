/* Share of easy points (of all and of each class), accuracy, loss and threshold over the epochs; the way to look back.
 * With test points also their accuracy, dashed; where flips or outliers have made labels wrong, precision and recall
 * (dashed) of "still hard" as a sign of that. Dots show where the pace will take the threshold or the share of easy
 * points.
 *
 * Dragging along it, or arrows while it has the focus, asks to look at an epoch (COMMAND_LOOK); right of the last
 * epoch is now. The legend shows the values of the epoch under the pointer. */
#ifndef EASYFIRST_VIEW_TIMELINE_H
#define EASYFIRST_VIEW_TIMELINE_H

#include "app/views/intents.h"
#include "app/ui/ui.h"

typedef struct TimelineState {
    int64_t hovered; /* epoch from 0 under the pointer, or -1 */
    bool focused;
    int64_t pinned; /* point whose loss is drawn, or -1 */
} TimelineState;

/* In the first half of a frame: the widget timeline. In the second half: the drawing. */
void timeline_touch(Ui *ui, Rect card, TimelineState *state, const Snapshot *snapshot, Intents *intents);
void timeline_draw(Ui *ui, Rect card, const TimelineState *state, const Snapshot *snapshot);

/* COMMAND_LOOK's epoch, so many epochs from the one looked at. */
int64_t timeline_step(const Snapshot *snapshot, int epochs);

#endif
