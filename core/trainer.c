#include "core/trainer_private.h"

#include "core/kernels/kernels.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool trainer_allocate(Trainer *t, Status *status) {
    size_t p = t->mlp.padded;
    t->initial = calloc(p, sizeof *t->initial);
    t->parameters = calloc(p, sizeof *t->parameters);
    t->gradient = calloc(p, sizeof *t->gradient);
    t->before = calloc(p, sizeof *t->before);
    t->quantiles = calloc(1, sizeof *t->quantiles);
    t->test_losses = calloc(t->test.count + 1, sizeof *t->test_losses); /* + 1: none is no failure */
    t->clean_losses = calloc(t->clean.count + 1, sizeof *t->clean_losses);
    if (!t->initial || !t->parameters || !t->gradient || !t->before || !t->quantiles || !t->test_losses ||
        !t->clean_losses)
        return status_no_memory(status, "the run");
    return per_sample_init(&t->each, t->data.count, t->clean.count > 0, status) &&
           meta_room_init(&t->meta.room, t, t->data.count, &t->clean, status) &&
           optimizer_init(&t->optimizer, t->settings.optimizer, t->settings.learning_rate, t->settings.weight_decay, p,
                          status);
}

bool trainer_has_clean(const Trainer *t, const Settings *settings, Status *status) {
    return t->clean.count > 0 || !settings_need_clean(settings) ||
           status_fail(status, STATUS_USAGE,
                       "pace %s learns from clean points, and there are none: draw some with clean (20, say), or mark "
                       "them in the points' file by a column clean of 0 and 1",
                       PROPERTIES[PROPERTY_PACE].choices[settings->pace]);
}

/* A run whose data, test and clean points are there already, so that it begins. False without memory. */
static bool begin_run(Trainer *t, const Settings *settings, Status *status) {
    t->kernels = kernels_best();
    t->settings = *settings;
    mlp_shape(&t->mlp, settings->hidden, settings->hidden_count, t->data.classes, settings->activation);
    if (settings->standardize)
        mlp_standardize(&t->mlp, t->data.x, t->data.y, t->data.count);
    size_t batch = (size_t)settings->batch;
    t->batches = (t->data.count + batch - 1) / batch;
    if (!trainer_allocate(t, status))
        return false;
    trainer_make_samples(t);
    trainer_reset(t);
    return true;
}

Trainer *trainer_new(const Settings *settings, Dataset *data, Status *status) {
    Trainer *t = calloc(1, sizeof *t);
    if (!t) {
        status_no_memory(status, "the run");
        return NULL;
    }
    Dataset generated = {0}, *points = data ? data : &generated;
    if (!settings_check(settings, status) || (!data && !dataset_generate(&generated, settings, status)) ||
        !dataset_prepare(points, settings, &t->test, &t->clean, status)) {
        dataset_free(&generated);
        free(t);
        return NULL;
    }
    t->data = *points;
    if (!trainer_has_clean(t, settings, status) || !begin_run(t, settings, status)) {
        t->data = generated; /* the caller keeps the points that were his */
        trainer_free(t);
        return NULL;
    }
    if (data)
        memset(data, 0, sizeof *data);
    return t;
}

Trainer *trainer_new_copy(const Settings *settings, const Dataset *data, Status *status) {
    if (!data || data->count == 0)
        return trainer_new(settings, NULL, status);
    Dataset copy;
    if (!dataset_copy(&copy, data, status))
        return NULL;
    Trainer *t = trainer_new(settings, &copy, status);
    dataset_free(&copy);
    return t;
}

/* Copies of the points that a run has now. */
static bool copy_points(Trainer *to, const Trainer *t, Status *status) {
    return dataset_copy(&to->data, &t->data, status) &&
           (t->test.count == 0 || dataset_copy(&to->test, &t->test, status)) &&
           (t->clean.count == 0 || dataset_copy(&to->clean, &t->clean, status));
}

Trainer *trainer_twin(const Trainer *t, const Settings *settings, Status *status) {
    Trainer *twin = calloc(1, sizeof *twin);
    if ((twin || status_no_memory(status, "the run")) && settings_check(settings, status) &&
        trainer_has_clean(t, settings, status) && copy_points(twin, t, status) && begin_run(twin, settings, status))
        return twin;
    trainer_free(twin);
    return NULL;
}

/* What trainer_allocate has made for the copy gets the contents of t's. */
static void copy_arrays(Trainer *copy, const Trainer *t) {
    size_t p = t->mlp.padded;
    memcpy(copy->initial, t->initial, p * sizeof *t->initial);
    memcpy(copy->parameters, t->parameters, p * sizeof *t->parameters);
    memcpy(copy->gradient, t->gradient, p * sizeof *t->gradient);
    memcpy(copy->before, t->before, p * sizeof *t->before);
    memcpy(copy->optimizer.first, t->optimizer.first, p * sizeof *t->optimizer.first);
    memcpy(copy->optimizer.second, t->optimizer.second, p * sizeof *t->optimizer.second);
    memcpy(copy->test_losses, t->test_losses, t->test.count * sizeof *t->test_losses);
    memcpy(copy->clean_losses, t->clean_losses, t->clean.count * sizeof *t->clean_losses);
    if (t->clean.count > 0) {
        memcpy(copy->meta.room.ahead, t->meta.room.ahead, p * sizeof *t->meta.room.ahead);
        memcpy(copy->meta.room.clean, t->meta.room.clean, t->clean.count * sizeof *t->meta.room.clean);
    }
    *copy->quantiles = *t->quantiles;
    per_sample_copy(&copy->each, &t->each, t->data.count);
}

Trainer *trainer_copy(const Trainer *t, Status *status) {
    Trainer *own = calloc(1, sizeof *own), *copy = malloc(sizeof *copy);
    bool done = (own && copy) || status_no_memory(status, "the run");
    if (done) {
        own->mlp = t->mlp;
        own->settings = t->settings;
        own->kernels = t->kernels;
        done = copy_points(own, t, status) && trainer_allocate(own, status);
    }
    if (!done) {
        free(copy);
        trainer_free(own);
        return NULL;
    }
    copy_arrays(own, t);
    *copy = *t; /* but for what it owns */
    copy->data = own->data;
    copy->test = own->test;
    copy->clean = own->clean;
    copy->initial = own->initial;
    copy->parameters = own->parameters;
    copy->gradient = own->gradient;
    copy->before = own->before;
    copy->optimizer.first = own->optimizer.first;
    copy->optimizer.second = own->optimizer.second;
    copy->each = own->each;
    copy->test_losses = own->test_losses;
    copy->clean_losses = own->clean_losses;
    copy->meta.room = own->meta.room;
    copy->quantiles = own->quantiles;
    free(own);
    return copy;
}

void trainer_free(Trainer *t) {
    if (!t)
        return;
    dataset_free(&t->data);
    dataset_free(&t->test);
    dataset_free(&t->clean);
    optimizer_free(&t->optimizer);
    free(t->initial);
    free(t->parameters);
    free(t->gradient);
    free(t->before);
    free(t->test_losses);
    free(t->clean_losses);
    meta_room_free(&t->meta.room);
    free(t->quantiles);
    per_sample_free(&t->each);
    free(t);
}

/* ---- v ---- */

static bool uses_offsets(const Trainer *t) {
    const Settings *s = &t->settings;
    return s->diversity > 0.0 && s->regularizer == REGULARIZER_HARD && s->order == ORDER_EASY;
}

/* Whether samples have thresholds of their own, which the kernels do not know. */
static bool decides_each(const Trainer *t) {
    return t->settings.order != ORDER_ALL && (t->by_class || uses_offsets(t));
}

static int grid_cell(float position, float low, float high) {
    double cells = 4.0, part = ((double)position - (double)low) / ((double)high - (double)low);
    return part > 0.0 ? (int)fmin(cells * part, cells - 1.0) : 0; /* also if all positions are the same */
}

static void make_offsets(Trainer *t) {
    const Dataset *d = &t->data;
    if (!t->offsets_due || !uses_offsets(t))
        return;
    if (!t->evaluated)
        trainer_evaluate(t);
    const uint8_t *group = d->label;
    int groups = d->classes;
    if (t->settings.groups == GROUPS_GRID) {
        for (size_t i = 0; i < d->count; i++)
            t->each.group[i] = (uint8_t)(4 * grid_cell(d->y[i], d->y_minimum, d->y_maximum) +
                                         grid_cell(d->x[i], d->x_minimum, d->x_maximum));
        group = t->each.group;
        groups = 16;
    }
    diversity_offsets(t->each.loss, group, groups, d->count, t->settings.diversity, t->each.offset, t->each.scratch);
    t->offsets_due = false;
}

void trainer_class_rules(const Trainer *t, WeightRule rules[MAX_CLASSES]) {
    for (int c = 0; c < t->data.classes; c++)
        rules[c] = weight_rule(&t->settings, t->class_threshold[c], false);
}

/* v's of samples with thresholds of their own, by their classes' rules; offset counts only if they are in use. */
static void decide_each(const Trainer *t, const WeightRule *rules, const uint8_t *label, const float *offset,
                        const float *loss, float *v, size_t n) {
    weights_with_offsets(rules, label, uses_offsets(t) ? offset : NULL, loss, v, n);
}

/* The same for the samples of a batch, from their losses now. */
static void decide_batch(Trainer *t, const WeightRule *rules, const uint32_t *order, size_t count) {
    enum { CHUNK = 512 };
    float x[CHUNK], y[CHUNK], offset[CHUNK], loss[CHUNK], v[CHUNK];
    uint8_t label[CHUNK];
    for (size_t first = 0; first < count; first += CHUNK) {
        size_t n = count - first < CHUNK ? count - first : CHUNK;
        for (size_t i = 0; i < n; i++) {
            uint32_t sample = order[first + i];
            x[i] = t->data.x[sample];
            y[i] = t->data.y[sample];
            label[i] = t->data.label[sample];
            offset[i] = t->each.offset[sample];
        }
        double sum;
        t->kernels->losses(&t->mlp, t->parameters, x, y, label, n, loss, &sum);
        decide_each(t, rules, label, offset, loss, v, n);
        for (size_t i = 0; i < n; i++)
            t->each.v[order[first + i]] = v[i];
    }
}

/* ---- the run ---- */

void trainer_reset(Trainer *t) {
    mt_seed(&t->torch, t->settings.seed);
    mlp_initialise(&t->mlp, t->initial, &t->torch);
    memcpy(t->parameters, t->initial, t->mlp.parameters * sizeof *t->parameters);
    optimizer_reset(&t->optimizer);
    memset(t->each.v, 0, t->data.count * sizeof *t->each.v);
    for (size_t i = 0; i < t->data.count; i++)
        t->each.admitted[i] = NEVER_ADMITTED;
    t->epoch = 0;
    t->batch = 0;
    t->batch_loss_sum = 0.0;
    t->diverged = false;
    t->offsets_due = true;
    trainer_reset_meta(t);
    trainer_evaluate(t);
    trainer_put_first_threshold(t);
    t->epoch_threshold = t->threshold;
    t->epoch_easy = 0;
    t->epoch_weight_sum = t->epoch_mean_batch_loss = 0.0;
    t->label_precision = t->label_recall = (double)NAN;
}

void trainer_rewind(Trainer *t, uint32_t epochs, const TrainerThresholds *then) {
    mt_seed(&t->torch, t->settings.seed);
    float *unused = t->gradient; /* as long as the parameters, and made anew by the next batch */
    mlp_initialise(&t->mlp, unused, &t->torch);
    for (uint32_t i = 0; i < epochs; i++) { /* what torch_permutation draws */
        mt_u64(&t->torch);
        mt_u64(&t->torch);
    }
    t->epoch = epochs;
    t->batch = 0;
    t->batch_loss_sum = 0.0;
    t->diverged = false;
    trainer_put_thresholds(t, then);
    trainer_forget_influence(t);
    t->growth_due = true;
    t->offsets_due = true;
    trainer_evaluate(t);
}

static WeightRule rule_now(const Trainer *t) {
    return weight_rule(&t->settings, t->threshold, trainer_warming(t));
}

/* How well "still hard" tells the wrong labels. */
static void compare_with_truth(Trainer *t) {
    const uint8_t *label = t->data.label, *truth = t->data.truth;
    size_t n = truth ? t->data.count : 0, hard = n > 0 ? n - t->epoch_easy : 0, wrong = 0, both = 0;
    for (size_t first = 0, end; first < n; first = end) {
        end = n - first < 64 ? n : first + 64;
        if (memcmp(label + first, truth + first, end - first) == 0) /* the post has one wrong label in 10,000 */
            continue;
        for (size_t i = first; i < end; i++) {
            bool is_wrong = label[i] != truth[i];
            wrong += is_wrong;
            both += is_wrong && t->each.v[i] == 0.0f;
        }
    }
    t->label_precision = hard > 0 ? (double)both / (double)hard : (double)NAN;
    t->label_recall = wrong > 0 ? (double)both / (double)wrong : (double)NAN;
}

/* Figures of the epoch just trained, from the v's as its batches (or the person at the window) left them. */
static void complete_epoch(Trainer *t) {
    t->epoch_easy = t->kernels->tally(t->each.v, t->each.admitted, t->data.count, t->epoch, &t->epoch_weight_sum);
    t->epoch_threshold = t->threshold;
    t->epoch_mean_batch_loss = t->batch_loss_sum / (double)t->batches;
    compare_with_truth(t);
    t->growth_due = true;
    t->epoch++;
    t->batch = 0;
    t->batch_loss_sum = 0.0;
}

/* The optimizer's step with the gradient of the batch. */
static void take_step(Trainer *t) {
    memcpy(t->before, t->parameters, t->mlp.parameters * sizeof *t->before);
    bool finite = optimizer_step(&t->optimizer, t->kernels, t->parameters, t->gradient);
    t->batch++;
    if (!finite) {
        memcpy(t->parameters, t->before, t->mlp.parameters * sizeof *t->before);
        t->diverged = true;
    }
}

/* The next batch's v's are decided by the first rule, or each by its class's; without rules by the clean points. */
static void train_batch(Trainer *t, bool each, const WeightRule *rules) {
    size_t first = t->batch * (size_t)t->settings.batch, left = t->data.count - first;
    size_t count = left < (size_t)t->settings.batch ? left : (size_t)t->settings.batch;
    const size_t ahead = count < 64 ? 64 : count, most_asked = 1024; /* samples */
    const uint32_t *order = t->each.order + first;
    if (t->data.count > KERNEL_FAR && count <= most_asked && left >= count + ahead)
        ask_for_samples(t->each.samples, t->each.v, order + ahead, count);
    if (each)
        decide_batch(t, rules, order, count);
    t->batch_loss_sum += rules ? t->kernels->batch(&t->mlp, t->parameters, t->each.samples, order, count,
                                                   each ? NULL : rules, t->each.v, t->gradient)
                               : trainer_clean_batch(t, order, count);
    take_step(t);
}

/* How many of the next steps, at most so many, the kernel for linear models can take: those of whole batches. */
static size_t linear_batches(const Trainer *t, size_t most) {
    if (t->mlp.layers != 1 || mlp_classes(&t->mlp) != 2 || t->settings.batch != KERNEL_BLOCK ||
        t->optimizer.kind != OPTIMIZER_ADAM)
        return 0;
    size_t whole = t->data.count / KERNEL_BLOCK - t->batch;
    return most < whole ? most : whole;
}

static size_t linear_steps(Trainer *t, size_t batches, const WeightRule *rule) {
    LinearSteps steps = {
        .parameters = t->parameters,
        .first = t->optimizer.first,
        .second = t->optimizer.second,
        .learning_rate = t->optimizer.learning_rate,
        .weight_decay = t->optimizer.weight_decay,
        .beta1_power = t->optimizer.beta1_power,
        .beta2_power = t->optimizer.beta2_power,
        .samples = t->each.samples,
        .order = t->each.order + t->batch * KERNEL_BLOCK,
        .batches = batches,
        .far = t->data.count > KERNEL_FAR,
        .rule = rule,
        .v = t->each.v,
        .batch_loss_sum = t->batch_loss_sum,
    };
    size_t done = t->kernels->linear_steps(&steps);
    t->optimizer.beta1_power = steps.beta1_power;
    t->optimizer.beta2_power = steps.beta2_power;
    t->batch_loss_sum = steps.batch_loss_sum;
    t->batch += done;
    t->diverged = steps.diverged;
    return done;
}

/* Trains until so many batches are done or the epoch is. rules: as of train_batch. */
static size_t train(Trainer *t, size_t batches, bool each, const WeightRule *rules) {
    size_t done = 0;
    while (done < batches && t->batch < t->batches && !t->diverged) {
        size_t linear = each || !rules ? 0 : linear_batches(t, batches - done);
        if (linear > 0) {
            done += linear_steps(t, linear, rules);
        } else {
            train_batch(t, each, rules);
            done++;
        }
    }
    return done;
}

const char *trainer_kernels(const Trainer *t) {
    return t->kernels->name;
}

size_t trainer_batches_between_looks(const Trainer *t) {
    double batch = (double)t->settings.batch;
    if (trainer_uses_clean(t))
        batch = 3.0 * batch + (double)t->clean.count;
    double work = (double)t->mlp.parameters * (batch + 4.0) + 200.0; /* multiplications; 4: the optimizer's step */
    return (size_t)fmin(20000.0 / batch, 4e6 / work) + 1;
}

size_t trainer_run(Trainer *t, size_t batches) {
    if (batches == 0 || t->diverged)
        return 0;
    if (t->batch == 0) {
        trainer_move_threshold(t);
        t->growth_due = false;
        t->offsets_due = true;
        torch_permutation(&t->torch, t->each.order, t->data.count);
    }
    bool by_clean = trainer_uses_clean(t), each = !by_clean && !trainer_warming(t) && decides_each(t);
    WeightRule rules[MAX_CLASSES] = {rule_now(t)};
    if (each) {
        make_offsets(t);
        trainer_class_rules(t, rules);
    }
    t->evaluated = false;
    size_t done = train(t, batches, each, by_clean ? NULL : rules);
    if (t->batch == t->batches && !t->diverged)
        complete_epoch(t);
    return done;
}

void trainer_evaluate(Trainer *t) {
    const Dataset *d = &t->data;
    LossSum all = mlp_losses(&t->mlp, t->parameters, d->x, d->y, d->label, d->count, t->each.loss);
    t->mean_loss = all.sum / (double)d->count;
    t->accuracy = (double)all.right / (double)d->count;
    t->test_loss = t->test_accuracy = (double)NAN;
    if (t->test.count > 0) {
        const Dataset *test = &t->test;
        const uint8_t *truth = test->truth ? test->truth : test->label;
        all = mlp_losses(&t->mlp, t->parameters, test->x, test->y, truth, test->count, t->test_losses);
        t->test_loss = all.sum / (double)test->count;
        t->test_accuracy = (double)all.right / (double)test->count;
    }
    t->clean_loss = (double)NAN;
    if (t->clean.count > 0) {
        const Dataset *clean = &t->clean;
        all = mlp_losses(&t->mlp, t->parameters, clean->x, clean->y, clean->label, clean->count, t->clean_losses);
        t->clean_loss = all.sum / (double)clean->count;
    }
    t->evaluated = true;
    t->evaluations++;
}

void trainer_redecide(Trainer *t) {
    trainer_evaluate(t);
    WeightRule rule = rule_now(t);
    bool warm = trainer_warming(t);
    /* between epochs the v's on show belong to the epoch before: its warm-up counts, not that of the next one
     */
    if (t->batch == 0 && t->epoch > 0 && t->epoch <= (uint32_t)t->settings.warmup) {
        rule = weight_rule(&t->settings, t->threshold, true);
        warm = true;
    }
    if (!warm && t->clean.count > 0 && settings_need_clean(&t->settings) && !settings_use_threshold(&t->settings))
        return; /* the v's are the batches' */
    if (warm || !decides_each(t)) {
        weights_of_losses(&rule, t->each.loss, t->each.v, t->data.count);
        return;
    }
    t->offsets_due = true;
    make_offsets(t);
    WeightRule rules[MAX_CLASSES];
    trainer_class_rules(t, rules);
    decide_each(t, rules, t->data.label, t->each.offset, t->each.loss, t->each.v, t->data.count);
}

size_t trainer_easy(const Trainer *t) {
    size_t easy = 0;
    for (size_t i = 0; i < t->data.count; i++)
        easy += t->each.v[i] > 0.0f;
    return easy;
}

double trainer_weight_sum(const Trainer *t) {
    enum { LANES = 8 }; /* sums side by side: one alone would wait for each addition */
    double sum[LANES] = {0.0}, all = 0.0;
    size_t whole = t->data.count / LANES * LANES;
    for (size_t i = 0; i < whole; i += LANES)
        for (size_t k = 0; k < LANES; k++)
            sum[k] += (double)t->each.v[i + k];
    for (size_t i = whole; i < t->data.count; i++)
        sum[0] += (double)t->each.v[i];
    for (size_t k = 0; k < LANES; k++)
        all += sum[k];
    return all;
}

void trainer_set(Trainer *t, const Settings *settings) {
    bool begins = false,
         thresholds = t->settings.pace != settings->pace || t->settings.meta_classes != settings->meta_classes;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if (p->effect != EFFECT_LIVE || i == PROPERTY_THRESHOLD || property_same(&t->settings, settings, p))
            continue;
        t->offsets_due |= p->decides;
        begins |= p->begins;
        property_copy(&t->settings, settings, p);
    }
    t->optimizer.learning_rate = t->settings.learning_rate;
    t->optimizer.weight_decay = t->settings.weight_decay;
    if (begins && t->epoch == 0 && t->batch == 0)
        trainer_put_first_threshold(t);
    if (thresholds && t->settings.pace == PACE_META)
        trainer_begin_meta(t);
    trainer_limit_thresholds(t);
}

void trainer_set_hold(Trainer *t, bool hold) {
    t->hold = hold;
}

void trainer_set_parameter(Trainer *t, size_t index, float value) {
    assert(index < t->mlp.parameters && isfinite(value));
    t->parameters[index] = value;
    t->evaluated = false;
}

bool trainer_finished(const Trainer *t) {
    if (t->batch != 0 || t->epoch == 0)
        return false;
    return t->epoch >= (uint32_t)t->settings.epochs ||
           (t->settings.until_hard >= 0 && t->data.count - t->epoch_easy <= (size_t)t->settings.until_hard);
}
