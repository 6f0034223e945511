/* The histogram of the current losses on the threshold slider's own axis, so that the slider's thumb and the
 * threshold's line stand above each other: easy samples in their class's colour, hard ones grey. A ghost line
 * shows where the threshold will be after the next growth. */
#ifndef EASYFIRST_VIEW_LOSSES_H
#define EASYFIRST_VIEW_LOSSES_H

#include "snapshot.h"
#include "ui.h"

#define LOSSES_HEIGHT 144.0f /* logical pixels, with the label above and the numbers below */

/* Axis: the track of the threshold's slider. Losses outside are counted in the first and the last bin. */
void view_losses(Ui *ui, Rect rect, const UiRange *axis, const Snapshot *snapshot);

#endif
