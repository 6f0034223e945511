/* What is particular to the presentation (F5), in which plot, key, timeline and threshold stand alone in type for the
 * back row: the line in two sizes, large figures, the threshold with its large slider, a pointer that is a spot,
 * and controls at the foot that come when the pointer moves.
 *
 * All is drawn at a scale of its own, about PRESENT_SCALE times the window's height / 1080 (layout.h), so that the
 * views that stand in the main window as well need not know of it: the smallest type (11 logical pixels) is 28 pixels
 * at 1080 lines. */
#ifndef EASYFIRST_VIEW_PRESENT_H
#define EASYFIRST_VIEW_PRESENT_H

#include "app/views/intents.h"
#include "app/ui/ui.h"

#define PRESENT_SCALE (28.0f / 11.0f) /* of the interface at 1920x1080 */

typedef struct PresentState { /* a zeroed one is valid */
    bool known;               /* where the pointer was last: */
    float mouse_x, mouse_y;
    double moved_at; /* seconds; 0: not since the presentation began */
    bool spot, controls, over;
    double wake_at; /* seconds, when what is drawn will change by itself; 0: not */
} PresentState;

/* Where it all stands, pixels; an empty rect: not shown. */
typedef struct PresentPlaces {
    Rect line, figures, threshold, foot; /* foot: the controls stand at its lower right corner */
} PresentPlaces;

/* The line's two parts, each one or two sentences; NULs at the end. */
typedef struct PresentLine {
    char fact[256], reason[256];
} PresentLine;

/* In the first half of a frame: the wheel over the threshold's block moves it by 5 % a notch. */
void present_widgets(Ui *ui, const PresentPlaces *places, PresentState *state, const Snapshot *snapshot,
                     Intents *intents);
/* Where threshold_touch has its block within that card. */
Rect present_threshold(const Ui *ui, Rect threshold);
/* In the second half, after all else that the window shows (line: NULL where notes stand in its place); with
 * present-play, present-step, present-panel and present-exit while they are there. */
void present_draw(Ui *ui, const PresentPlaces *places, PresentState *state, const PresentLine *line,
                  const Snapshot *snapshot, Intents *late);
/* Over everything, when the frame is done. */
void present_spot_draw(Ui *ui, const PresentState *state);

#endif
