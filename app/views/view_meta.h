/* The panel's part about thresholds that learn themselves on clean points: how many clean points there are, with
 * buttons that take some or let go of all, where the growth of λ else stands; and, at the head of the section Pace, the
 * switch, how plain training and the clean points alone do beside it, and a step explained.
 *
 * Widgets: clean-take, clean-clear (the row); learn (the switch), meta-compare, meta-explain. */
#ifndef EASYFIRST_VIEW_META_H
#define EASYFIRST_VIEW_META_H

#include "app/ui/column.h"
#include "app/views/intents.h"
#include "app/views/meta_step.h"

typedef struct MetaState { /* a zeroed one is valid */
    bool explains;         /* a step is explained */
    MetaStep step;
    char count[160];
} MetaState;

void meta_free(MetaState *state);

/* The settings with pace meta, and what that needs: a regularizer whose threshold can be learned. */
Settings meta_settings(const Settings *settings);

/* Clean points, in a row that is 46 high; `room` pixels at its lower right are the owner's. run: whose curriculum the
 * panel shows. */
void meta_row(Ui *ui, Rect row, float room, MetaState *state, const Snapshot *first, Intents *intents);

void meta_widgets(Column *column, MetaState *state, const Snapshot *first, const Snapshot *run, Intents *intents);

#endif
