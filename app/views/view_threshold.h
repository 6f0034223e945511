/* The threshold λ: value, histogram of losses, the line in it and the slider below are one thing on one axis, 1e-6 to
 * 100. The line stands on the slider's thumb; what counts is in its class's colour, what does not is grey.
 *
 *   Threshold λ                      [0.448]    a click, or Enter on the slider, lets one type
 *             easy 74.7 % | hard 25.3 %         on their sides of the line; clear of it at the axis' ends
 *   |#. .:##:...        | :                     122 high (more in a large window), the count of a bar that is cut on
 *   |##:####:::::::::::::|:::..                 top of it
 *   ====================O--o---------           slider; a pale thumb where the next epoch's threshold is
 *   < 1e-6   1e-4   0.01   1    100
 *   loss of each point; left of λ it is easy    next 0.605
 *
 * Under the pointer the histogram also shows the weight v and the latent loss F of each loss. With order `all` the
 * threshold has no effect: the block says so and takes nothing. Behind it all: the age path (threshold_path.h).
 *
 * In the widget list: threshold (the slider's track), threshold-value, threshold-line, weight-curve (the histogram),
 * threshold-easy and threshold-hard (the words), threshold-count (over a cut bar). */
#ifndef EASYFIRST_VIEW_THRESHOLD_H
#define EASYFIRST_VIEW_THRESHOLD_H

#include "app/ui/ui_widget.h"
#include "app/views/class_threshold.h"
#include "app/views/intents.h"
#include "app/views/threshold_path.h"
#include "app/plot/loss_words.h"

#define THRESHOLD_HEIGHT 224.0f /* logical pixels of the block, with a histogram of 122 */
#define THRESHOLD_GROWS 78.0f   /* and how much higher it becomes in a large window */
#define THRESHOLD_ROW_BUTTON 98.0f

typedef struct ThresholdState { /* a zeroed one, but for pinned, is valid */
    LossCount count;            /* owned */
    ClassThresholds classes;    /* in its place where each class has its own */
    int64_t pinned;             /* point whose loss is marked, or -1 */
    AgePath *path;              /* the owner's, which also follows it; NULL: none */
    bool curves;                /* v and F are shown: set by whoever has the pointer, until the next touch */
    /* as of this frame's touch */
    Rect rect;  /* where threshold_draw draws; empty: nowhere */
    bool large; /* for the back row */
    UiTouch line;
    bool focused;               /* the slider, by Tab */
    double shown;               /* the threshold that the slider shows */
    char bin[256 + PATH_WORDS]; /* what the pointer is over */
    char path_help[PATH_WORDS];
    bool path_here; /* the path is of the run on show */
    /* as of the last drawing with the curves */
    Rect letters[2]; /* of v and F */
} ThresholdState;

void threshold_free(ThresholdState *state);

/* Pixels of the block's height in a panel of that height. */
float threshold_height(const Ui *ui, float panel_height);

/* In the first half of a frame: the widgets. In the second half: line, bars and words, in the same place. large: for
 * the back row, with a large value and thumb, and "loss" beside the axis's numbers in place of the words below. */
void threshold_touch(Ui *ui, Rect rect, bool large, ThresholdState *state, const Snapshot *snapshot, Intents *intents);
void threshold_draw(Ui *ui, ThresholdState *state, const Snapshot *snapshot);

/* The threshold in a row of its own, where the panel is a drawer: label, slider, value and the button `curriculum`,
 * which turns *drawer. While it is open, or the panel is still made (panel), the panel's own slider has the name, and
 * this row takes nothing. */
void threshold_row(Ui *ui, Rect card, const Snapshot *snapshot, bool panel, bool *drawer, Intents *intents);

#endif
