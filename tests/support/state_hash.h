/* A run's whole state as one number: FNV-1a, 64 bits, over values (not over memory: no padding, one order of bytes; a
 * NaN is a NaN whatever its bits, which differ between processors). */
#ifndef EASYFIRST_STATE_HASH_H
#define EASYFIRST_STATE_HASH_H

#include "core/history.h"
#include "core/label_measures.h"
#include "core/trainer.h"

#include <math.h>
#include <string.h>

#define STATE_HASH_BEGIN UINT64_C(0xcbf29ce484222325)

static inline uint64_t hash_u32(uint64_t hash, uint32_t value) {
    for (int byte = 0; byte < 4; byte++)
        hash = (hash ^ (value >> (8 * byte) & 0xff)) * UINT64_C(0x100000001b3);
    return hash;
}

static inline uint64_t hash_u64(uint64_t hash, uint64_t value) {
    return hash_u32(hash_u32(hash, (uint32_t)value), (uint32_t)(value >> 32));
}

static inline uint64_t hash_u32s(uint64_t hash, const uint32_t *values, size_t count) {
    for (size_t i = 0; i < count; i++)
        hash = hash_u32(hash, values[i]);
    return hash;
}

static inline uint64_t hash_floats(uint64_t hash, const float *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint32_t bits = 0x7fc00000;
        if (!isnan(values[i]))
            memcpy(&bits, &values[i], sizeof bits);
        hash = hash_u32(hash, bits);
    }
    return hash;
}

static inline uint64_t hash_doubles(uint64_t hash, const double *values, size_t count) {
    for (size_t i = 0; i < count; i++) {
        uint64_t bits = UINT64_C(0x7ff8000000000000);
        if (!isnan(values[i]))
            memcpy(&bits, &values[i], sizeof bits);
        hash = hash_u64(hash, bits);
    }
    return hash;
}

static inline uint64_t hash_points(uint64_t hash, const Dataset *data) {
    hash = hash_u64(hash, data->count);
    hash = hash_floats(hash_floats(hash, data->x, data->count), data->y, data->count);
    for (size_t i = 0; i < data->count; i++)
        hash = hash_u32(hash, data->label[i]);
    return hash;
}

/* Parameters, moments, thresholds, random numbers to come, and of each point order, v, admission and influence. */
static inline uint64_t hash_training(uint64_t hash, const Trainer *t) {
    const Optimizer *o = &t->optimizer;
    const MetaAdam *meta = &t->meta.adam;
    const double numbers[] = {t->threshold, t->share, t->batch_loss_sum, o->beta1_power, o->beta2_power};
    hash = hash_u64(hash_u64(hash, t->epoch), t->batch);
    hash = hash_floats(hash, t->parameters, t->mlp.parameters);
    hash = hash_floats(hash, o->first, o->first ? t->mlp.parameters : 0);
    hash = hash_floats(hash, o->second, o->second ? t->mlp.parameters : 0);
    hash = hash_doubles(hash, numbers, sizeof numbers / sizeof *numbers);
    hash = hash_doubles(hash, t->class_threshold, MAX_CLASSES);
    hash = hash_doubles(hash_doubles(hash, meta->first, MAX_CLASSES), meta->second, MAX_CLASSES);
    hash = hash_u32s(hash, t->torch.state, MT_WORDS);
    hash = hash_u32s(hash, t->each.order, t->batch > 0 ? t->data.count : 0);
    hash = hash_floats(hash, t->each.v, t->data.count);
    hash = hash_u32s(hash, t->each.admitted, t->data.count);
    hash = hash_floats(hash, t->each.influence, t->each.influence ? t->data.count : 0);
    return hash_u32(hash, (uint32_t)(t->diverged << 3 | t->by_class << 2 | t->growth_due << 1 | t->hold));
}

/* What trainer_evaluate finds, and the epoch's line of the trace. */
static inline uint64_t hash_epoch(uint64_t hash, const Trainer *t) {
    const double numbers[] = {
        t->epoch_threshold, t->epoch_weight_sum, t->epoch_mean_batch_loss, t->label_precision, t->label_recall,
        t->mean_loss,       t->accuracy,         t->test_accuracy,         t->test_loss,       t->clean_loss};
    hash = hash_u64(hash, t->epoch_easy);
    hash = hash_doubles(hash, numbers, sizeof numbers / sizeof *numbers);
    return hash_floats(hash, t->each.loss, t->data.count);
}

#endif
