/* A trainer in a checkpoint. */
#include "core/state_pack.h"
#include "core/trainer_private.h"

#include "core/kernels/kernels.h"

#include <math.h>
#include <stdlib.h>

bool meta_adam_fields(Pack *pack, MetaAdam *a) {
    return pack_doubles(pack, a->first, MAX_CLASSES) && pack_doubles(pack, a->second, MAX_CLASSES) &&
           pack_any_double(pack, &a->beta1_power) && pack_any_double(pack, &a->beta2_power);
}

static bool scaling_fields(Pack *pack, Scaling *s) {
    bool good = pack_bool(pack, &s->on);
    for (int i = 0; good && s->on && i < MLP_INPUTS; i++)
        good = pack_double(pack, &s->shift[i]) && pack_double(pack, &s->divisor[i]) &&
               pack_check(pack, s->divisor[i] > 0.0, "a standard deviation is not above 0");
    return good;
}

/* What has to be known before there is room for the rest. */
static bool shape_fields(Pack *pack, Trainer *t) {
    if (!settings_fields(pack, &t->settings, false) || !dataset_fields(pack, &t->data) ||
        !dataset_fields(pack, &t->test) || !dataset_fields(pack, &t->clean) ||
        !pack_check(pack, settings_go_together(&t->settings), "its settings make no sense together") ||
        !pack_check(pack, t->data.count > 0, "there are no points") ||
        !pack_check(pack,
                    (t->test.count == 0 || t->test.classes == t->data.classes) &&
                        (t->clean.count == 0 || t->clean.classes == t->data.classes),
                    "points have other classes"))
        return false;
    if (pack->way == PACK_READ) {
        const Settings *s = &t->settings;
        mlp_shape(&t->mlp, s->hidden, s->hidden_count, t->data.classes, s->activation);
        t->batches = (t->data.count + (size_t)s->batch - 1) / (size_t)s->batch;
    }
    return scaling_fields(pack, &t->mlp.scaling);
}

static bool optimizer_fields(Pack *pack, Optimizer *o, size_t count) {
    return pack_int(pack, &o->kind, OPTIMIZER_ADAM, OPTIMIZER_SGD) && pack_double(pack, &o->learning_rate) &&
           pack_double(pack, &o->weight_decay) && pack_array(pack, o->first, count, sizeof *o->first) &&
           pack_array(pack, o->second, count, sizeof *o->second) && pack_any_double(pack, &o->beta1_power) &&
           pack_any_double(pack, &o->beta2_power);
}

static bool model_fields(Pack *pack, Trainer *t) {
    size_t count = t->mlp.parameters;
    return pack_floats(pack, t->initial, count) && pack_floats(pack, t->parameters, count) &&
           pack_array(pack, t->before, count, sizeof *t->before) && optimizer_fields(pack, &t->optimizer, count);
}

/* Of an epoch under way; the next one draws another. */
static bool order_fields(Pack *pack, size_t batch, uint32_t *order, size_t count) {
    return batch == 0 || (pack_array(pack, order, count, sizeof *order) &&
                          pack_check_distinct(pack, order, count, count,
                                              "the order of an epoch has a point twice, or one that there is not"));
}

/* NaN where it is not known; mostly of none. */
static bool influence_fields(Pack *pack, float *influence, size_t count) {
    bool known = false;
    if (!influence)
        return true;
    if (pack->way == PACK_COUNT)
        known = true; /* at the most */
    for (size_t i = 0; pack->way != PACK_READ && !known && i < count; i++)
        known = !isnan(influence[i]);
    if (!pack_bool(pack, &known))
        return false;
    for (size_t i = 0; pack->way == PACK_READ && !known && i < count; i++)
        influence[i] = NAN;
    return !known || pack_array(pack, influence, count, sizeof *influence);
}

static bool sample_fields(Pack *pack, Trainer *t) {
    size_t count = t->data.count;
    return pack_weights(pack, t->each.v, count) && pack_small(pack, t->each.admitted, count) &&
           order_fields(pack, t->batch, t->each.order, count) && pack_offsets(pack, t->each.offset, count) &&
           influence_fields(pack, t->each.influence, count);
}

static bool meta_fields(Pack *pack, Trainer *t) {
    Meta *m = &t->meta;
    return pack_double(pack, &m->lowest) && meta_adam_fields(pack, &m->adam) &&
           pack_doubles(pack, m->derivative, MAX_CLASSES) && pack_any_double(pack, &m->ahead_loss) &&
           (!m->room.ahead || pack_array(pack, m->room.ahead, t->mlp.parameters, sizeof *m->room.ahead));
}

static bool random_fields(Pack *pack, Mt19937 *mt) {
    return pack_array(pack, mt->state, MT_WORDS, sizeof *mt->state) && pack_int(pack, &mt->index, 0, MT_WORDS);
}

static bool threshold_fields(Pack *pack, Trainer *t) {
    bool good = pack_double(pack, &t->threshold) && pack_bool(pack, &t->by_class);
    for (int c = 0; good && c < MAX_CLASSES; c++)
        good = pack_double(pack, &t->class_threshold[c]);
    return good && pack_any_double(pack, &t->share) && pack_bool(pack, &t->growth_due) &&
           pack_bool(pack, &t->offsets_due) && pack_bool(pack, &t->hold);
}

static bool place_fields(Pack *pack, Trainer *t) {
    return pack_u32(pack, &t->epoch, UINT32_MAX - 1) && pack_size(pack, &t->batch, t->batches) &&
           pack_any_double(pack, &t->batch_loss_sum) && pack_bool(pack, &t->diverged) &&
           pack_check(pack, t->batch < t->batches || t->diverged, "an epoch is over and goes on") &&
           pack_u64(pack, &t->evaluations, UINT64_MAX - 1);
}

/* Of the last completed epoch. */
static bool figure_fields(Pack *pack, Trainer *t) {
    return pack_double(pack, &t->epoch_threshold) && pack_size(pack, &t->epoch_easy, t->data.count) &&
           pack_any_double(pack, &t->epoch_weight_sum) && pack_any_double(pack, &t->epoch_mean_batch_loss) &&
           pack_any_double(pack, &t->label_precision) && pack_any_double(pack, &t->label_recall);
}

static bool trainer_fields(Pack *pack, Trainer *t) {
    Status status;
    if (!shape_fields(pack, t))
        return false;
    if (pack->way == PACK_READ && !trainer_allocate(t, &status))
        return pack_no_memory(pack);
    if (!place_fields(pack, t) || !threshold_fields(pack, t) || !figure_fields(pack, t) ||
        !random_fields(pack, &t->torch) || !model_fields(pack, t) || !sample_fields(pack, t) || !meta_fields(pack, t))
        return false;
    if (pack->way == PACK_READ) {
        trainer_make_samples(t);
        trainer_evaluate(t);
    }
    return true;
}

static bool thresholds_fields(Pack *pack, TrainerThresholds *t) {
    bool good = pack_double(pack, &t->threshold) && pack_bool(pack, &t->by_class) && pack_bool(pack, &t->by_meta);
    for (int k = 0; good && k < MAX_CLASSES; k++)
        good = pack_double(pack, &t->class_threshold[k]);
    return good && meta_adam_fields(pack, &t->adam);
}

bool decisions_fields(Pack *pack, TrainerDecisions *d) {
    size_t count = d->count; /* it is that of the arrays as soon as they are there */
    if (!thresholds_fields(pack, &d->thresholds) || !pack_any_double(pack, &d->share) ||
        !pack_bool(pack, &d->growth_due) || !pack_bool(pack, &d->offsets_due) ||
        !pack_size(pack, &count, MAX_SAMPLES) || count == 0)
        return !pack->failed;
    if (pack_reads(pack))
        d->v = pack_room(pack, count, sizeof *d->v);
    if (pack_reads(pack))
        d->offset = pack_room(pack, count, sizeof *d->offset);
    d->count = count;
    return pack_weights(pack, d->v, count) && pack_offsets(pack, d->offset, count);
}

/* The arrays that are read next. */
static bool turns_room(Pack *pack, TrainerTurns *turns, bool influence) {
    size_t count = turns->count;
    turns->order = pack_room(pack, count, sizeof *turns->order);
    if (pack_reads(pack))
        turns->offset = pack_room(pack, count, sizeof *turns->offset);
    if (pack_reads(pack) && influence)
        turns->influence = pack_room(pack, count, sizeof *turns->influence);
    return !pack->failed;
}

bool turns_fields(Pack *pack, TrainerTurns *turns) {
    bool influence = pack->way != PACK_READ && turns->influence;
    size_t count = turns->count;
    if (!pack_size(pack, &count, MAX_SAMPLES) || !pack_size(pack, &turns->batch, count) ||
        !pack_size(pack, &turns->easy, count) || !pack_any_double(pack, &turns->batch_loss_sum) ||
        !pack_bool(pack, &turns->offsets_due) || !pack_bool(pack, &influence))
        return false;
    turns->count = count;
    return (pack->way != PACK_READ || turns_room(pack, turns, influence)) &&
           order_fields(pack, turns->batch, turns->order, count) && pack_offsets(pack, turns->offset, count) &&
           influence_fields(pack, turns->influence, count);
}

bool pack_trainer(Pack *pack, Trainer **trainer) {
    if (pack->failed)
        return false;
    if (pack->way == PACK_READ) {
        *trainer = calloc(1, sizeof **trainer);
        if (!*trainer)
            return pack_no_memory(pack);
        (*trainer)->kernels = kernels_best();
    }
    return trainer_fields(pack, *trainer);
}
