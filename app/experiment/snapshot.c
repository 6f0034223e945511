#include "app/experiment/snapshot.h"

#include <math.h>
#include <stdlib.h>

Snapshot snapshot_of(const Trainer *t) {
    size_t easy = trainer_easy(t);
    Snapshot snapshot = {
        .settings = &t->settings,
        .data = &t->data,
        .mlp = &t->mlp,
        .parameters = t->parameters,
        .loss = t->each.loss,
        .v = t->each.v,
        .admitted = t->each.admitted,
        .epoch = t->epoch,
        .batch = t->batch,
        .batches = t->batches,
        .threshold = t->threshold,
        .next_threshold = trainer_next_threshold(t),
        .easy = easy,
        .weight_sum = t->settings.regularizer == REGULARIZER_HARD ? (double)easy : trainer_weight_sum(t),
        .mean_loss = t->mean_loss,
        .accuracy = t->accuracy,
        .clean = &t->clean,
        .influence = t->each.influence,
        .by_class = t->by_class,
        .class_threshold = t->class_threshold,
        .clean_loss = t->clean_loss,
        .trainer = t,
        .test = &t->test,
        .test_accuracy = t->test_accuracy,
        .label_precision = t->label_precision,
        .label_recall = t->label_recall,
        .hold = t->hold,
        .mid_epoch = t->batch > 0,
        .finished = trainer_finished(t),
        .diverged = t->diverged,
        .version = 1,
        .loss_version = t->evaluations,
        .data_version = 1,
    };
    uint32_t end = (uint32_t)t->settings.epochs, left = end > t->epoch ? end - t->epoch : 0;
    snapshot.ahead_count = left < SNAPSHOT_AHEAD ? (int)left : SNAPSHOT_AHEAD;
    if (snapshot.ahead_count > 0)
        trainer_pace_ahead(t, snapshot.ahead, (size_t)snapshot.ahead_count);
    return snapshot;
}

bool snapshot_is_finite(const Snapshot *snapshot) {
    if (snapshot->diverged)
        return false;
    for (size_t i = 0; i < snapshot->mlp->parameters; i++)
        if (!isfinite(snapshot->parameters[i]))
            return false;
    return true;
}

bool snapshot_of_record(const Snapshot *now, const History *history, const HistoryRecord *record, PastSamples *past,
                        Snapshot *snapshot, Status *status) {
    size_t n = now->data->count;
    if (past->capacity < n) {
        past_samples_free(past);
        past->loss = calloc(n, sizeof *past->loss);
        past->v = calloc(n, sizeof *past->v);
        if (!past->loss || !past->v) {
            past_samples_free(past);
            return status_no_memory(status, "looking back");
        }
        past->capacity = n;
    }
    if (!past->valid || past->version != now->version || past->epoch != record->epoch) {
        mlp_losses(now->mlp, record->parameters, now->data->x, now->data->y, now->data->label, n, past->loss);
        history_weights(history, record, now->settings, now->data->label, past->loss, past->v);
        past->version = now->version;
        past->epoch = record->epoch;
        past->valid = true;
    }
    *snapshot = *now;
    snapshot->parameters = record->parameters;
    snapshot->loss = past->loss;
    snapshot->loss_version = past->version;
    snapshot->v = past->v;
    snapshot->epoch = record->epoch + 1;
    snapshot->batch = 0;
    snapshot->threshold = snapshot->next_threshold = record->threshold;
    snapshot->influence = NULL;
    snapshot->by_class = record->by_class;
    snapshot->class_threshold = record->class_threshold;
    snapshot->clean_loss = record->clean_loss;
    snapshot->trainer = NULL;
    snapshot->easy = record->easy;
    snapshot->weight_sum = record->weight_sum;
    snapshot->easy_now = now->easy;
    snapshot->mean_loss = record->mean_loss;
    snapshot->accuracy = record->accuracy;
    snapshot->test_accuracy = record->test_accuracy;
    snapshot->label_precision = record->label_precision;
    snapshot->label_recall = record->label_recall;
    snapshot->ahead_count = 0;
    snapshot->looking_back = true;
    return true;
}

void past_samples_free(PastSamples *past) {
    free(past->loss);
    free(past->v);
    *past = (PastSamples){0};
}
