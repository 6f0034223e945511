/* The histogram of the current losses on a logarithmic axis from 1e-6 to 100, with the threshold as a line to drag:
 * easy points in their class's colour, hard ones grey. A ghost line shows the threshold after the next growth. Bins
 * and axis never move; losses outside them count in the first and last bin. */
#ifndef EASYFIRST_VIEW_LOSSES_H
#define EASYFIRST_VIEW_LOSSES_H

#include "app/views/intents.h"
#include "app/ui/ui_widget.h"

#define LOSSES_HEIGHT 128.0f /* logical pixels, with the label above and the numbers below */

#define LOSS_BINS 64 /* eight to a decade */

typedef struct LossHistogram {
    size_t easy[LOSS_BINS][MAX_CLASSES], hard[LOSS_BINS];
} LossHistogram;

typedef struct LossesState { /* a zeroed one is valid */
    UiTouch line;            /* how the threshold's line is touched */
    int64_t pinned;          /* point whose loss is marked, or -1 */
    /* The last count, and of which losses it was: those of many points change more seldom than frames are drawn. */
    LossHistogram histogram;
    const float *counted;
    uint64_t loss_version, data_version;
    uint32_t epoch;        /* the one looked back at, or 0 */
    LossHistogram *slices; /* scratch; owned */
    size_t slice_capacity;
} LossesState;

void losses_free(LossesState *state);

/* In the first half of a frame: the widget threshold-line. In the second half: the drawing. */
void losses_touch(Ui *ui, Rect rect, LossesState *state, const Snapshot *snapshot, Intents *intents);
void losses_draw(Ui *ui, Rect rect, LossesState *state, const Snapshot *snapshot);

#endif
