/* What the views are shown: a const look at the run, made by the experiment (or the headless runner) each
 * frame. Pointers stay valid until the experiment runs again. */
#ifndef EASYFIRST_SNAPSHOT_H
#define EASYFIRST_SNAPSHOT_H

#include "../core/config.h"
#include "../core/dataset.h"
#include "../core/history.h"
#include "../core/mlp.h"
#include "../core/trainer.h"

typedef struct Snapshot {
    const Settings *settings;
    const Dataset *data;
    const Mlp *mlp;
    const float *parameters;
    const float *loss;        /* per sample, of the model on show */
    const float *v;           /* per sample; above 0: easy */
    const uint32_t *admitted; /* per sample, or NEVER_ADMITTED */
    const History *history;   /* NULL in headless pictures */
    uint32_t epoch;           /* epochs completed */
    size_t batch, batches;    /* trained in the epoch under way (0 between epochs), in a whole one */
    double threshold, next_threshold;
    size_t easy; /* samples with v > 0 */
    double mean_loss, accuracy;
    bool playing, hold, finished, diverged;
    uint64_t version;      /* changes whenever anything above has changed */
    uint64_t data_version; /* changes whenever the points have changed */
} Snapshot;

/* A look at a trainer alone, paused; `easy` is counted anew. */
Snapshot snapshot_of(const Trainer *trainer);

#endif
