#include "trainer.h"

#include "kernels.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static bool allocate(Trainer *t, Status *status) {
    size_t n = t->data.count, p = t->mlp.padded;
    t->initial = calloc(p, sizeof *t->initial);
    t->parameters = calloc(p, sizeof *t->parameters);
    t->gradient = calloc(p, sizeof *t->gradient);
    t->before = calloc(p, sizeof *t->before);
    t->loss = calloc(n, sizeof *t->loss);
    t->v = calloc(n, sizeof *t->v);
    t->admitted = calloc(n, sizeof *t->admitted);
    t->order = calloc(n, sizeof *t->order);
    if (!t->initial || !t->parameters || !t->gradient || !t->before || !t->loss || !t->v || !t->admitted || !t->order)
        return status_no_memory(status, "the run");
    return optimizer_init(&t->optimizer, t->settings.optimizer, t->settings.learning_rate,
                          t->settings.weight_decay, p, status);
}

Trainer *trainer_new(const Settings *settings, Dataset *data, Status *status) {
    Trainer *t = calloc(1, sizeof *t);
    if (!t) {
        status_no_memory(status, "the run");
        return NULL;
    }
    t->kernels = kernels_best();
    t->settings = *settings;
    Dataset generated = {0};
    if (!settings_check(settings, status) || (!data && !dataset_generate(&generated, settings, status))) {
        free(t);
        return NULL;
    }
    t->data = data ? *data : generated;
    mlp_shape(&t->mlp, settings->hidden, settings->hidden_count, t->data.classes, settings->activation);
    size_t batch = (size_t)settings->batch;
    t->batches = (t->data.count + batch - 1) / batch;
    if (!allocate(t, status)) {
        t->data = generated; /* the caller keeps the points that were his */
        trainer_free(t);
        return NULL;
    }
    if (data)
        memset(data, 0, sizeof *data);
    trainer_reset(t);
    return t;
}

void trainer_free(Trainer *t) {
    if (!t)
        return;
    dataset_free(&t->data);
    optimizer_free(&t->optimizer);
    free(t->initial);
    free(t->parameters);
    free(t->gradient);
    free(t->before);
    free(t->loss);
    free(t->v);
    free(t->admitted);
    free(t->order);
    free(t);
}

void trainer_reset(Trainer *t) {
    mt_seed(&t->torch, t->settings.seed);
    mlp_initialise(&t->mlp, t->initial, &t->torch);
    memcpy(t->parameters, t->initial, t->mlp.parameters * sizeof *t->parameters);
    optimizer_reset(&t->optimizer);
    memset(t->v, 0, t->data.count * sizeof *t->v);
    for (size_t i = 0; i < t->data.count; i++)
        t->admitted[i] = NEVER_ADMITTED;
    t->threshold = t->settings.threshold;
    t->growth_due = false;
    t->epoch = 0;
    t->batch = 0;
    t->batch_loss_sum = 0.0;
    t->diverged = false;
    t->epoch_threshold = t->threshold;
    t->epoch_easy = 0;
    t->epoch_weight_sum = t->epoch_mean_batch_loss = 0.0;
    trainer_evaluate(t);
}

void trainer_rewind(Trainer *t, uint32_t epochs, double threshold) {
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
    t->threshold = threshold;
    t->growth_due = epochs > (uint32_t)t->settings.warmup;
    trainer_evaluate(t);
}

static bool warming(const Trainer *t) {
    return t->epoch < (uint32_t)t->settings.warmup;
}

static WeightRule rule_now(const Trainer *t) {
    return weight_rule(&t->settings, t->threshold, warming(t));
}

static double grown(const Trainer *t) {
    if (t->hold)
        return t->threshold;
    double next = t->threshold * t->settings.growing_factor;
    return fmin(next, threshold_limit(t->settings.regularizer));
}

double trainer_next_threshold(const Trainer *t) {
    bool between = t->batch == 0;
    if (between)
        return t->growth_due ? grown(t) : t->threshold;
    return warming(t) ? t->threshold : grown(t);
}

/* Counts v > 0 and notes the epoch of those that were never above 0 before. */
static size_t note_admitted(const float *v, uint32_t *admitted, size_t n, uint32_t epoch) {
    uint32_t easy = 0;
    for (size_t i = 0; i < n; i++) {
        uint32_t is_easy = v[i] > 0.0f;
        easy += is_easy;
        admitted[i] = is_easy & (admitted[i] == NEVER_ADMITTED) ? epoch : admitted[i];
    }
    return easy;
}

/* In double precision, in four chains, since one would wait for itself. */
static double sum_of(const float *v, size_t n) {
    double sum[4] = {0.0};
    size_t i = 0;
    for (; i + 4 <= n; i += 4)
        for (size_t k = 0; k < 4; k++)
            sum[k] += (double)v[i + k];
    for (; i < n; i++)
        sum[0] += (double)v[i];
    return (sum[0] + sum[1]) + (sum[2] + sum[3]);
}

/* Figures of the epoch just trained, from the v's as its batches (or the person at the window) left them. */
static void complete_epoch(Trainer *t) {
    double weight_sum = 0.0;
    size_t easy = 0, n = t->data.count;
    for (size_t first = 0; first < n; first += 1024) {
        size_t end = n - first < 1024 ? n : first + 1024;
        easy += note_admitted(t->v + first, t->admitted + first, end - first, t->epoch);
        weight_sum += sum_of(t->v + first, end - first);
    }
    t->epoch_easy = easy;
    t->epoch_weight_sum = weight_sum;
    t->epoch_threshold = t->threshold;
    t->epoch_mean_batch_loss = t->batch_loss_sum / (double)t->batches;
    t->growth_due = !warming(t);
    t->epoch++;
    t->batch = 0;
    t->batch_loss_sum = 0.0;
}

static bool all_finite(const float *values, size_t n) {
    bool finite = true;
    for (size_t i = 0; i < n; i++)
        finite &= isfinite(values[i]) != 0;
    return finite;
}

size_t trainer_run(Trainer *t, size_t batches) {
    if (batches == 0 || t->diverged)
        return 0;
    if (t->batch == 0) {
        if (t->growth_due)
            t->threshold = grown(t);
        t->growth_due = false;
        torch_permutation(&t->torch, t->order, t->data.count);
    }
    WeightRule rule = rule_now(t);
    size_t batch_size = (size_t)t->settings.batch, done = 0;
    while (done < batches && t->batch < t->batches) {
        size_t first = t->batch * batch_size, left = t->data.count - first;
        size_t count = left < batch_size ? left : batch_size;
        t->batch_loss_sum += t->kernels->batch(&t->mlp, t->parameters, t->data.x, t->data.y, t->data.label,
                                               t->order + first, count, &rule, t->v, t->gradient);
        memcpy(t->before, t->parameters, t->mlp.parameters * sizeof *t->before);
        optimizer_step(&t->optimizer, t->kernels, t->parameters, t->gradient);
        t->batch++;
        done++;
        if (!all_finite(t->parameters, t->mlp.parameters)) {
            memcpy(t->parameters, t->before, t->mlp.parameters * sizeof *t->before);
            t->diverged = true;
            return done;
        }
    }
    if (t->batch == t->batches)
        complete_epoch(t);
    return done;
}

void trainer_evaluate(Trainer *t) {
    double sum;
    size_t right =
        mlp_losses(&t->mlp, t->parameters, t->data.x, t->data.y, t->data.label, t->data.count, t->loss, &sum);
    t->mean_loss = sum / (double)t->data.count;
    t->accuracy = (double)right / (double)t->data.count;
}

void trainer_redecide(Trainer *t) {
    trainer_evaluate(t);
    WeightRule rule = rule_now(t);
    /* between epochs the v's on show belong to the epoch before: its warm-up counts, not that of the next one
     */
    if (t->batch == 0 && t->epoch > 0 && t->epoch <= (uint32_t)t->settings.warmup)
        rule = weight_rule(&t->settings, t->threshold, true);
    weights_of_losses(&rule, t->loss, t->v, t->data.count);
}

size_t trainer_easy(const Trainer *t) {
    size_t easy = 0;
    for (size_t i = 0; i < t->data.count; i++)
        easy += t->v[i] > 0.0f;
    return easy;
}

void trainer_set_threshold(Trainer *t, double threshold) {
    assert(isfinite(threshold));
    t->threshold = fmin(threshold, threshold_limit(t->settings.regularizer));
    t->growth_due = false;
}

void trainer_set(Trainer *t, const Settings *settings) {
    Settings *now = &t->settings;
    now->order = settings->order;
    now->regularizer = settings->regularizer;
    now->power = settings->power;
    now->growing_factor = settings->growing_factor;
    now->warmup = settings->warmup;
    now->epochs = settings->epochs;
    now->until_hard = settings->until_hard;
    now->learning_rate = t->optimizer.learning_rate = settings->learning_rate;
    now->weight_decay = t->optimizer.weight_decay = settings->weight_decay;
    t->threshold = fmin(t->threshold, threshold_limit(now->regularizer));
}

void trainer_set_hold(Trainer *t, bool hold) {
    t->hold = hold;
}

/* The epoch's order over the new points: those that have had their turn, then the others, each as they were, then the
 * new ones. Returns how many have had their turn. index_of: of each old sample among the new ones, or NEW_SAMPLE. */
static size_t map_order(const Trainer *t, const uint32_t *index_of, const uint32_t *origin, size_t count,
                        uint32_t *order) {
    size_t turn = t->batch * (size_t)t->settings.batch, filled = 0, done = 0;
    for (size_t i = 0; i < t->data.count; i++) {
        if (i == turn)
            done = filled;
        uint32_t now = index_of[t->order[i]];
        if (now != NEW_SAMPLE)
            order[filled++] = now;
    }
    for (size_t i = 0; i < count; i++)
        if (origin[i] == NEW_SAMPLE)
            order[filled++] = (uint32_t)i;
    return done;
}

bool trainer_replace_points(Trainer *t, Dataset *data, const uint32_t *origin, Status *status) {
    assert(data->count > 0 && data->classes == t->data.classes);
    size_t n = data->count, batch = (size_t)t->settings.batch;
    float *loss = calloc(n, sizeof *loss), *v = calloc(n, sizeof *v);
    uint32_t *admitted = calloc(n, sizeof *admitted), *order = calloc(n, sizeof *order);
    uint32_t *index_of = calloc(t->data.count, sizeof *index_of);
    if (!loss || !v || !admitted || !order || !index_of) {
        free(loss);
        free(v);
        free(admitted);
        free(order);
        free(index_of);
        return status_no_memory(status, "the changed points");
    }
    for (size_t i = 0; i < t->data.count; i++)
        index_of[i] = NEW_SAMPLE;
    for (size_t i = 0; i < n; i++) {
        bool known = origin[i] != NEW_SAMPLE;
        v[i] = known ? t->v[origin[i]] : 0.0f;
        admitted[i] = known ? t->admitted[origin[i]] : NEVER_ADMITTED;
        if (known)
            index_of[origin[i]] = (uint32_t)i;
    }
    t->batches = (n + batch - 1) / batch;
    if (t->batch > 0) {
        size_t trained = map_order(t, index_of, origin, n, order) / batch;
        if (trained == t->batches) /* the rest of the epoch is gone: its last batch ends it */
            trained--;
        t->batch_loss_sum *= (double)trained / (double)t->batch;
        t->batch = trained; /* 0: the epoch begins anew, with an order of its own */
    }
    free(index_of);
    free(t->loss);
    free(t->v);
    free(t->admitted);
    free(t->order);
    t->loss = loss;
    t->v = v;
    t->admitted = admitted;
    t->order = order;
    Dataset before = t->data;
    t->data = *data;
    *data = before;
    t->epoch_easy = trainer_easy(t);
    trainer_evaluate(t);
    return true;
}

bool trainer_finished(const Trainer *t) {
    if (t->batch != 0 || t->epoch == 0)
        return false;
    return t->epoch >= (uint32_t)t->settings.epochs ||
           (t->settings.until_hard >= 0 && t->data.count - t->epoch_easy <= (size_t)t->settings.until_hard);
}
