/* Runs to test: begun, trained, compared. Include after cmocka.h. */
#ifndef EASYFIRST_RUNS_H
#define EASYFIRST_RUNS_H

#include "core/trainer.h"

static Status status;

static inline Trainer *start(const Settings *settings) {
    Trainer *t = trainer_new(settings, NULL, &status);
    if (!t)
        fail_msg("%s", status.message);
    return t;
}

static inline void run_epochs(Trainer *t, uint32_t epochs) {
    for (uint32_t end = t->epoch + epochs; t->epoch < end;)
        assert_true(trainer_run(t, SIZE_MAX) > 0);
}

static inline void assert_same(const Trainer *a, const Trainer *b) {
    assert_int_equal(a->epoch, b->epoch);
    assert_int_equal(a->batch, b->batch);
    assert_memory_equal(a->parameters, b->parameters, a->mlp.parameters * sizeof(float));
    assert_memory_equal(a->each.v, b->each.v, a->data.count * sizeof(float));
    assert_memory_equal(a->each.admitted, b->each.admitted, a->data.count * sizeof(uint32_t));
    assert_true(a->threshold == b->threshold && a->epoch_mean_batch_loss == b->epoch_mean_batch_loss);
    assert_memory_equal(a->class_threshold, b->class_threshold, sizeof a->class_threshold);
    assert_true(a->by_class == b->by_class && a->epoch_weight_sum == b->epoch_weight_sum);
}

#endif
