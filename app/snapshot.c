#include "snapshot.h"

Snapshot snapshot_of(const Trainer *t) {
    return (Snapshot){
        .settings = &t->settings,
        .data = &t->data,
        .mlp = &t->mlp,
        .parameters = t->parameters,
        .loss = t->loss,
        .v = t->v,
        .admitted = t->admitted,
        .epoch = t->epoch,
        .batch = t->batch,
        .batches = t->batches,
        .threshold = t->threshold,
        .next_threshold = trainer_next_threshold(t),
        .easy = trainer_easy(t),
        .mean_loss = t->mean_loss,
        .accuracy = t->accuracy,
        .hold = t->hold,
        .finished = trainer_finished(t),
        .diverged = t->diverged,
        .version = 1,
        .data_version = 1,
    };
}
