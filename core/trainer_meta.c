/* The batches of the paces that learn from clean points: meta.h has the steps. */
#include "core/trainer_private.h"

#include "core/curriculum.h"
#include "core/kernels/kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { KEPT_MOST = 16 }; /* blocks of a batch whose activations are kept from pass to pass: about 2 MB */

static size_t whole_blocks(size_t count) {
    return (count + KERNEL_BLOCK - 1) / KERNEL_BLOCK;
}

/* Arrays for a batch. */
static bool init_batch(MetaRoom *room, const Trainer *t, size_t samples) {
    size_t batch = (size_t)t->settings.batch < samples ? (size_t)t->settings.batch : samples;
    size_t blocks = whole_blocks(batch), lanes = blocks * KERNEL_BLOCK;
    room->kept = blocks < KEPT_MOST ? blocks : KEPT_MOST;
    room->blocks = aligned_alloc(64, (room->kept + 1) * kernels_best()->meta_block);
    room->loss = calloc(lanes, sizeof *room->loss);
    room->v = calloc(lanes, sizeof *room->v);
    room->slope = calloc(lanes, sizeof *room->slope);
    room->influence = calloc(lanes, sizeof *room->influence);
    room->label = calloc(lanes, sizeof *room->label);
    return room->blocks && room->loss && room->v && room->slope && room->influence && room->label;
}

/* The clean points as the kernels read them. */
static bool init_clean(MetaRoom *room, const Trainer *t, const Dataset *clean) {
    size_t count = clean->count;
    room->clean = calloc(count, sizeof *room->clean);
    room->order = calloc(count, sizeof *room->order);
    room->one = calloc(count, sizeof *room->one);
    if (!room->clean || !room->order || !room->one)
        return false;
    mlp_samples(&t->mlp, clean->x, clean->y, clean->label, count, room->clean);
    for (size_t i = 0; i < count; i++)
        room->order[i] = (uint32_t)i;
    return true;
}

bool meta_room_init(MetaRoom *room, const Trainer *t, size_t samples, const Dataset *clean, Status *status) {
    *room = (MetaRoom){0};
    if (clean->count == 0)
        return true;
    room->ahead = calloc(t->mlp.padded, sizeof *room->ahead);
    room->direction = calloc(t->mlp.padded, sizeof *room->direction);
    if (room->ahead && room->direction && init_batch(room, t, samples) && init_clean(room, t, clean))
        return true;
    meta_room_free(room);
    return status_no_memory(status, "the clean points");
}

void meta_room_free(MetaRoom *room) {
    free(room->ahead);
    free(room->direction);
    free(room->blocks);
    free(room->loss);
    free(room->v);
    free(room->slope);
    free(room->influence);
    free(room->label);
    free(room->clean);
    free(room->order);
    free(room->one);
    *room = (MetaRoom){0};
}

void trainer_forget_influence(Trainer *t) {
    t->meta.ahead_loss = (double)NAN;
    memset(t->meta.derivative, 0, sizeof t->meta.derivative);
    for (size_t i = 0; t->each.influence && i < t->data.count; i++)
        t->each.influence[i] = NAN;
    if (t->meta.room.ahead)
        memset(t->meta.room.ahead, 0, t->mlp.padded * sizeof *t->meta.room.ahead);
}

void trainer_reset_meta(Trainer *t) {
    meta_adam_reset(&t->meta.adam);
    trainer_forget_influence(t);
}

bool trainer_uses_clean(const Trainer *t) {
    return settings_need_clean(&t->settings) && t->clean.count > 0 && !trainer_warming(t);
}

/* The mean loss of the clean points for these parameters, and its gradient. */
static double clean_loss(Trainer *t, const float *parameters, float *gradient) {
    const WeightRule one = {.kind = RULE_ONE};
    MetaRoom *room = &t->meta.room;
    return t->kernels->batch(&t->mlp, parameters, room->clean, room->order, t->clean.count, &one, room->one, gradient);
}

/* ---- meta ---- */

static void decide(const Trainer *t, const MetaBatch *batch, float *slope) {
    WeightRule rules[MAX_CLASSES];
    for (int c = 0; c < t->data.classes; c++)
        rules[c] = weight_rule(&t->settings, t->class_threshold[c], false);
    t->kernels->meta_weights(batch, rules, slope);
}

/* One look-ahead, and the thresholds' step. */
static void learn_thresholds(Trainer *t, const MetaBatch *batch) {
    Meta *meta = &t->meta;
    float *ahead = meta->room.ahead, *direction = meta->room.direction, rate = (float)t->settings.lookahead_rate;
    decide(t, batch, batch->slope);
    t->kernels->meta_gradient(batch, t->gradient);
    for (size_t i = 0; i < t->mlp.padded; i++)
        ahead[i] = t->parameters[i] - rate * t->gradient[i];
    meta->ahead_loss = clean_loss(t, ahead, direction);
    t->kernels->meta_influence(batch, direction);

    double *derivative = meta->derivative, scale = -t->settings.lookahead_rate / (double)batch->count;
    int count = t->by_class ? t->data.classes : 1;
    memset(derivative, 0, sizeof meta->derivative);
    for (size_t i = 0; i < batch->count; i++)
        derivative[t->by_class ? batch->label[i] : 0] += (double)batch->slope[i] * (double)batch->influence[i];
    for (int c = 0; c < count; c++)
        derivative[c] *= scale;
    if (t->hold)
        return;
    meta_adam_step(&meta->adam, t->settings.meta_rate, derivative, t->class_threshold, count);
    for (int c = count; c < MAX_CLASSES; c++)
        t->class_threshold[c] = t->class_threshold[0];
    trainer_bound_thresholds(t);
}

/* ---- reweighting ---- */

static void reweight(Trainer *t, const MetaBatch *batch) {
    Meta *meta = &t->meta;
    memcpy(meta->room.ahead, t->parameters, t->mlp.parameters * sizeof *t->parameters);
    meta->ahead_loss = clean_loss(t, t->parameters, meta->room.direction);
    t->kernels->meta_influence(batch, meta->room.direction);
    double sum = 0.0;
    for (size_t i = 0; i < batch->count; i++)
        sum += batch->influence[i] > 0.0f ? (double)batch->influence[i] : 0.0;
    double scale = sum > 0.0 && isfinite(sum) ? (double)batch->count / sum : 0.0;
    for (size_t i = 0; i < batch->count; i++)
        batch->v[i] = batch->influence[i] > 0.0f ? (float)(scale * (double)batch->influence[i]) : 0.0f;
}

/* ---- a batch ---- */

double trainer_clean_batch(Trainer *t, const uint32_t *order, size_t count) {
    MetaRoom *room = &t->meta.room;
    if (t->settings.pace == PACE_CLEAN_ALONE) {
        for (size_t i = 0; i < count; i++)
            t->each.v[order[i]] = 0.0f;
        return clean_loss(t, t->parameters, t->gradient);
    }
    const MetaBatch batch = {
        .mlp = &t->mlp,
        .parameters = t->parameters,
        .samples = t->each.samples,
        .order = order,
        .count = count,
        .blocks = room->blocks,
        .kept = room->kept,
        .loss = room->loss,
        .v = room->v,
        .slope = room->slope,
        .influence = room->influence,
        .label = room->label,
    };
    t->kernels->meta_losses(&batch);
    if (t->settings.pace == PACE_META) {
        learn_thresholds(t, &batch);
        decide(t, &batch, NULL);
    } else {
        reweight(t, &batch);
    }
    for (size_t i = 0; i < count; i++) {
        t->each.v[order[i]] = batch.v[i];
        t->each.influence[order[i]] = batch.influence[i];
    }
    return t->kernels->meta_gradient(&batch, t->gradient);
}
