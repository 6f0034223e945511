/* The threshold block where each class has a threshold of its own that learns itself (pace meta): up to
 * CLASS_THRESHOLD_FEW classes with a histogram each, more in one, with a line for each class and the slider of the one
 * that was taken last. A line stands on its slider's thumb, and is taken like that of view_threshold.h; λ goes on from
 * where the hand leaves it. Pale ticks: where λ has been. The curve: the weight v of a loss in training.
 *
 *   Threshold λ of each class
 *   # class 0                 [1.14]
 *   |curve ______        |  '''  :      ticks at the top, bars of the class below
 *   =====================O--------
 *
 * In the widget list, for class K: threshold-K (the slider's track), threshold-K-value, threshold-line-K; with many
 * classes threshold-class chooses whose slider is shown. */
#ifndef EASYFIRST_CLASS_THRESHOLD_H
#define EASYFIRST_CLASS_THRESHOLD_H

#include "app/draw/marks.h"
#include "app/ui/ui_widget.h"
#include "app/views/intents.h"
#include "app/plot/loss_bars.h"

#define CLASS_THRESHOLD_FEW 3

typedef struct ClassThresholds { /* a zeroed one is valid */
    int chosen;                  /* of many classes: whose slider is shown */
    /* as of this frame's touch */
    Rect rect;
    UiTouch line[MAX_CLASSES];
    double shown[MAX_CLASSES]; /* the threshold that the class's line stands at */
    /* made when first drawn; owned */
    MarkSprite marks[MAX_CLASSES];
    const Theme *theme;
    float scale;
    char names[MAX_CLASSES][CLASS_SHORT_BYTES], help[256];
} ClassThresholds;

void class_thresholds_free(ClassThresholds *state);

/* Whether the block is this one. */
bool class_thresholds_show(const Snapshot *snapshot);

void class_thresholds_touch(Ui *ui, Rect rect, ClassThresholds *state, const Snapshot *snapshot, Intents *intents);

/* count: of this snapshot's losses. */
void class_thresholds_draw(Ui *ui, ClassThresholds *state, const LossCount *count, const Snapshot *snapshot);

#endif
