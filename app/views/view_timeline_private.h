/* What view_timeline.c, which draws it, and timeline_hand.c share. */
#ifndef EASYFIRST_VIEW_TIMELINE_PRIVATE_H
#define EASYFIRST_VIEW_TIMELINE_PRIVATE_H

#include "app/views/view_timeline.h"

#define TIMELINE_PILL 17.0f /* height, logical pixels */

/* Where things are in the card, and the curves, of which there are *count. */
TimelineLayout timeline_of_card(Ui *ui, Rect card, const TimelineState *state, const Snapshot *snapshot,
                                TimelineCurve curves[TIMELINE_MOST_CURVES], int *count);

/* Epochs done at what is on show. */
double timeline_head(const Snapshot *snapshot);

/* Within the card, at the tick of the epoch that it names: the line may be on its way to the next. */
Rect timeline_pill_rect(Ui *ui, const TimelineLayout *t, double epochs);

#endif
