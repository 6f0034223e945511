/* The grip between the plot and the timeline, which sets the timeline's height: drag it, double click for the default,
 * Up and Down by 8 logical pixels (Shift: 32) while it has the focus; Esc in a drag: as it was. */
#ifndef EASYFIRST_TIMELINE_GRIP_H
#define EASYFIRST_TIMELINE_GRIP_H

#include "app/ui/ui.h"

typedef struct TimelineGrip {
    float least, most; /* heights that can be had, logical pixels */
    float grabbed;     /* height at the press */
    float wanted;      /* the height then, as set (0: by default) */
    bool cancelled;    /* by Esc, until the button is let go */
} TimelineGrip;

/* The widget timeline-grip; rect: the gap that it stands in. now: the timeline's height, logical pixels. Returns the
 * height that is wanted then, 0 for the default, given what has been wanted so far. */
float timeline_grip(Ui *ui, Rect rect, TimelineGrip *grip, float now, float wanted);

#endif
