/* The timeline's ground, axes and their numbers. */
#ifndef EASYFIRST_TIMELINE_AXES_H
#define EASYFIRST_TIMELINE_AXES_H

#include "app/plot/timeline_layout.h"

/* What has been trained, on a ground of its own, and the shares' axis. */
void timeline_draw_ground(const Pen *pen, const TimelineLayout *layout);

/* Of the lower strip: powers of ten, and 2 and 5 times those where there is room. */
void timeline_draw_log_axis(const Pen *pen, const TimelineLayout *layout);

/* Epochs below, in the height of the pill; none where it or the pointer's epoch stands. */
void timeline_draw_epochs(const Pen *pen, const TimelineLayout *layout, Rect pill, Rect ghost);

#endif
