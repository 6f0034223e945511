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

/* What the kernels for linear models of two classes read, if this is one and its batches fit a block. */
static bool init_linear(MetaRoom *room, const Trainer *t, const Dataset *clean) {
    if (t->mlp.layers != 1 || mlp_classes(&t->mlp) != 2 || t->settings.batch > KERNEL_BLOCK)
        return true;
    size_t lanes = (clean->count + 15) / 16 * 16;
    room->linear = aligned_alloc(64, (sizeof *room->linear + 63) / 64 * 64);
    room->clean_lanes = calloc(3 * lanes, sizeof *room->clean_lanes);
    if (!room->linear || !room->clean_lanes)
        return false;
    float *x = room->clean_lanes, *y = x + lanes, *sign = y + lanes;
    for (size_t i = 0; i < clean->count; i++) {
        x[i] = room->clean[i].input[0];
        y[i] = room->clean[i].input[1];
        sign[i] = room->clean[i].label == 1 ? -1.0f : 1.0f;
    }
    *room->linear = (MetaLinear){.clean_x = x, .clean_y = y, .clean_sign = sign, .clean = clean->count};
    return true;
}

bool meta_room_init(MetaRoom *room, const Trainer *t, size_t samples, const Dataset *clean, Status *status) {
    *room = (MetaRoom){0};
    if (clean->count == 0)
        return true;
    room->ahead = calloc(t->mlp.padded, sizeof *room->ahead);
    room->direction = calloc(t->mlp.padded, sizeof *room->direction);
    if (room->ahead && room->direction && init_batch(room, t, samples) && init_clean(room, t, clean) &&
        init_linear(room, t, clean))
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
    free(room->linear);
    free(room->clean_lanes);
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
    t->meta.lowest = meta_lowest(t->data.classes);
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

/* One step of the thresholds against dL/dt. */
static void move_thresholds(Trainer *t) {
    int count = t->by_class ? t->data.classes : 1;
    if (t->hold)
        return;
    meta_adam_step(&t->meta.adam, t->settings.meta_rate, t->meta.derivative, t->class_threshold, count);
    for (int c = count; c < t->data.classes; c++)
        t->class_threshold[c] = t->class_threshold[0];
    trainer_bound_thresholds(t);
}

/* One look-ahead, and what follows from it for the thresholds. */
static void look_ahead(Trainer *t, const MetaBatch *batch, const WeightRule *rules) {
    Meta *meta = &t->meta;
    float *ahead = meta->room.ahead, *direction = meta->room.direction, rate = (float)t->settings.lookahead_rate;
    t->kernels->meta_weights(batch, rules, batch->slope);
    t->kernels->meta_gradient(batch, t->gradient);
    for (size_t i = 0; i < t->mlp.padded; i++)
        ahead[i] = t->parameters[i] - rate * t->gradient[i];
    meta->ahead_loss = clean_loss(t, ahead, direction);
    t->kernels->meta_influence(batch, direction);

    double *derivative = meta->derivative, scale = -t->settings.lookahead_rate / (double)batch->count;
    memset(derivative, 0, sizeof meta->derivative);
    for (size_t i = 0; i < batch->count; i++)
        derivative[t->by_class ? batch->label[i] : 0] += (double)batch->slope[i] * (double)batch->influence[i];
    for (int c = 0; c < t->data.classes; c++)
        derivative[c] *= scale;
}

static void keep_samples(Trainer *t, const uint32_t *order, size_t count, const float *v, const float *influence) {
    for (size_t i = 0; i < count; i++) {
        t->each.v[order[i]] = v[i];
        t->each.influence[order[i]] = influence[i];
    }
}

/* The short way. */
static double linear_batch(Trainer *t, const uint32_t *order, size_t count) {
    MetaLinear *m = t->meta.room.linear;
    WeightRule rules[MAX_CLASSES];
    m->parameters = t->parameters;
    m->samples = t->each.samples;
    m->order = order;
    m->count = count;
    m->rate = (float)t->settings.lookahead_rate;
    trainer_class_rules(t, rules);
    t->kernels->meta_linear_look(m, rules);
    double scale = -t->settings.lookahead_rate / (double)count, *derivative = t->meta.derivative;
    derivative[0] = scale * (t->by_class ? m->rise[0] : m->rise[0] + m->rise[1]);
    derivative[1] = t->by_class ? scale * m->rise[1] : 0.0;
    move_thresholds(t);
    t->meta.ahead_loss = m->ahead_loss;
    memcpy(t->meta.room.ahead, m->ahead, sizeof m->ahead);
    trainer_class_rules(t, rules);
    double loss = t->kernels->meta_linear_step(m, rules);
    memcpy(t->gradient, m->gradient, sizeof m->gradient);
    keep_samples(t, order, count, m->v, m->influence);
    return loss;
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
    if (t->settings.pace == PACE_META && room->linear)
        return linear_batch(t, order, count);
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
        WeightRule rules[MAX_CLASSES];
        trainer_class_rules(t, rules);
        look_ahead(t, &batch, rules);
        move_thresholds(t);
        trainer_class_rules(t, rules);
        t->kernels->meta_weights(&batch, rules, NULL);
    } else {
        reweight(t, &batch);
    }
    keep_samples(t, order, count, batch.v, batch.influence);
    return t->kernels->meta_gradient(&batch, t->gradient);
}
