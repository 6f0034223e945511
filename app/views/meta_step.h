/* One step of thresholds that learn themselves, explained: a picture with the model's boundary before the step and at
 * the look-ahead, an arrow from the one to the other, and what happened in words. A look-ahead is short, so it is drawn
 * some 10 or 100 times as long, and that is said. */
#ifndef EASYFIRST_META_STEP_H
#define EASYFIRST_META_STEP_H

#include "app/experiment/snapshot.h"
#include "app/ui/column.h"
#include "core/contour.h"

enum { META_STEP_LINES = 12 };

/* What the last batch did to the clean points' loss and the thresholds. */
typedef struct MetaFacts {
    bool known;                     /* a batch of meta has been trained, and it is the run of now that is on show */
    double before, ahead, after;    /* mean loss of the clean points: before the step, at the look-ahead, after it */
    double derivative[MAX_CLASSES]; /* of that at the look-ahead, by λ; without classes the first alone */
    int count;                      /* of them */
} MetaFacts;

MetaFacts meta_facts(const Snapshot *snapshot);

typedef struct MetaStep { /* a zeroed one is valid */
    Field field;
    Contour before, ahead; /* owned, like the rest */
    float *parameters;
    size_t room;
} MetaStep;

void meta_step_free(MetaStep *state);

/* The picture and the words, in the column. */
void meta_step_widgets(Column *column, MetaStep *state, const Snapshot *snapshot);

#endif
