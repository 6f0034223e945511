/* The measure held-out: what models say of each point's label that have not seen the point (cross-validation); and a
 * plain run that has seen all of them, for when the run on show has learned too little to say anything.
 *
 * HELD_OUT_FOLDS folds: numpy's RandomState(seed + 5).permutation of the points, fold = place mod HELD_OUT_FOLDS. For
 * each a model of the run's shape is trained on all other points: plainly (every v is 1), on standardised inputs, from
 * the run's seed, with its batch size and weight decay, by Adam at HELD_OUT_RATE. Not as long as the run on show, but
 * until it has settled: until the mean loss over its points has fallen by less than 1e-4 of itself in
 * HELD_OUT_SETTLING epochs, or HELD_OUT_EPOCHS are done.
 *
 * One more, HELD_OUT_PLAIN, is trained in the same way on all points; of it what label_measures.h keeps of a run's
 * epochs is kept.
 *
 * The folds know nothing of each other: they may be trained on threads of their own, or in slices, in any order; the
 * result is the same. A fold under way takes 57 bytes a point, done nothing; the plain run keeps 28. */
#ifndef EASYFIRST_HELD_OUT_H
#define EASYFIRST_HELD_OUT_H

#include "core/dataset.h"
#include "core/label_measures.h"

#define HELD_OUT_FOLDS 5
#define HELD_OUT_PLAIN HELD_OUT_FOLDS /* as a fold */
#define HELD_OUT_RUNS (HELD_OUT_FOLDS + 1)
#define HELD_OUT_RATE 0.01
#define HELD_OUT_SETTLING 10
#define HELD_OUT_EPOCHS 500

typedef struct HeldOut HeldOut;

/* settings: the run's. The points are the training points as they are (wrong labels and all); they stay the caller's,
 * and as they are, until held_out_free. NULL and *status without memory. */
HeldOut *held_out_new(const Settings *settings, const Dataset *data, Status *status);
void held_out_free(HeldOut *held_out); /* also before it is done; NULL is fine */

/* Whether the models of a run with these settings are those of the other: with the same points, so is the result. */
bool held_out_same_models(const Settings *a, const Settings *b);

/* Epochs that the fold's model has been trained for; once it is done, all of them. For the thread that trains it. */
uint32_t held_out_epochs(const HeldOut *held_out, int fold);

/* Trains one fold, or the plain run, for about a millisecond. Returns whether it goes on: not if it is done, or has
 * failed (without memory), which held_out_done tells. A fold is for one thread at a time. */
bool held_out_step(HeldOut *held_out, int fold);

/* All folds on all threads (parallel.h), until they are done or go_on (NULL: always), asked every millisecond on any
 * of them, says no. False, with *status, if a fold has failed. */
bool held_out_run(HeldOut *held_out, bool (*go_on)(void *context), void *context, Status *status);

/* Whether all folds and the plain run are done. */
bool held_out_done(const HeldOut *held_out);

/* p[i]: of each point's label; NaN where its fold is not done. */
const float *held_out_p(const HeldOut *held_out);

/* Of the points whose folds are done, by the models that have not seen them: how many have their label's score highest,
 * and the sum of their losses. */
typedef struct HeldOutFigures {
    size_t count, right;
    double loss_sum;
    uint32_t epochs; /* of all folds */
} HeldOutFigures;
HeldOutFigures held_out_figures(const HeldOut *held_out);

/* Of the plain run, once it is done: its figures over all points, what was kept of its epochs, the losses after the
 * last of them, and the model (NULL: there is none). */
HeldOutFigures held_out_plain_figures(const HeldOut *held_out);
const LabelMeasures *held_out_plain_measures(const HeldOut *held_out);
const float *held_out_plain_losses(const HeldOut *held_out);
const float *held_out_plain_model(const HeldOut *held_out, Mlp *mlp);

#endif
