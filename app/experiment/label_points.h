/* Points whose labels are watched (label_watch.h), and what is known of them whatever the run does: the measures knn
 * and held-out. Several threads share one; each holds it (label_points_hold) as long as it uses it. */
#ifndef EASYFIRST_LABEL_POINTS_H
#define EASYFIRST_LABEL_POINTS_H

#include "core/held_out.h"
#include "core/mlp.h"
#include "core/trainer.h"

#include <stdatomic.h>

typedef enum { TASK_WAITS, TASK_RUNS, TASK_DONE } TaskState;

typedef struct LabelPoints {
    Dataset data; /* a copy of the run's */
    Settings settings;
    Mlp mlp;
    float *knn;                                     /* data.count; owned */
    HeldOut *held_out;                              /* made with knn, before the folds begin; owned */
    TaskState knn_state, fold_state[HELD_OUT_RUNS]; /* under the watch's lock; a fold waits between its slices */
    bool failed;                                    /* without memory: what is missing stays missing */
    atomic_uint epochs[HELD_OUT_RUNS];              /* that the fold's model has been trained for */
    int holders;                                    /* under the watch's lock */
} LabelPoints;

/* Held once. NULL and *status without memory. */
LabelPoints *label_points_new(const Trainer *trainer, Status *status);

/* Whether the run has these points, and the settings of the models of held-out and the scaling are the same. */
bool label_points_same(const LabelPoints *points, const Trainer *trainer);

void label_points_hold(LabelPoints *points);
void label_points_let_go(LabelPoints *points); /* NULL is fine; the last one frees it */

/* Finds knn, and makes held_out ready to begin. False without memory. Without the lock. */
bool label_points_prepare(LabelPoints *points);

bool label_points_done(const LabelPoints *points);       /* knn and all folds; also if they have failed */
double label_points_progress(const LabelPoints *points); /* of held-out: 0 to 1 */

#endif
