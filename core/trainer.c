#include "core/trainer.h"

#include "core/kernels/kernels.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Quantiles of the losses by an evaluation, of all and, if by_class, of each class. They are kept behind a pointer, so
 * that asking what comes next can fill them in for a const Trainer. */
typedef struct Quantiles {
    uint64_t evaluation;
    double share;
    bool by_class;
    float all, of_class[MAX_CLASSES];
} Quantiles;

/* Whatever has an entry a sample. On failure what was made is in *t for free_samples. */
static bool allocate_samples(Trainer *t, Status *status) {
    size_t n = t->data.count;
    t->loss = calloc(n, sizeof *t->loss);
    t->v = calloc(n, sizeof *t->v);
    t->admitted = calloc(n, sizeof *t->admitted);
    t->order = calloc(n, sizeof *t->order);
    t->offset = calloc(n, sizeof *t->offset);
    t->group = calloc(n, sizeof *t->group);
    t->scratch = calloc(n, sizeof(float));
    t->samples = calloc(n, sizeof *t->samples);
    bool done = t->loss && t->v && t->admitted && t->order && t->offset && t->group && t->scratch && t->samples;
    return done || status_no_memory(status, "the run");
}

static void free_samples(Trainer *t) {
    free(t->loss);
    free(t->v);
    free(t->admitted);
    free(t->order);
    free(t->offset);
    free(t->group);
    free(t->scratch);
    free(t->samples);
}

static void make_samples(Trainer *t) {
    mlp_samples(&t->mlp, t->data.x, t->data.y, t->data.label, t->data.count, t->samples);
}

static bool allocate(Trainer *t, Status *status) {
    size_t p = t->mlp.padded;
    t->initial = calloc(p, sizeof *t->initial);
    t->parameters = calloc(p, sizeof *t->parameters);
    t->gradient = calloc(p, sizeof *t->gradient);
    t->before = calloc(p, sizeof *t->before);
    t->quantiles = calloc(1, sizeof *t->quantiles);
    t->test_losses = calloc(t->test.count + 1, sizeof *t->test_losses); /* + 1: none is no failure */
    if (!t->initial || !t->parameters || !t->gradient || !t->before || !t->quantiles || !t->test_losses)
        return status_no_memory(status, "the run");
    return allocate_samples(t, status) &&
           optimizer_init(&t->optimizer, t->settings.optimizer, t->settings.learning_rate, t->settings.weight_decay, p,
                          status);
}

Trainer *trainer_new(const Settings *settings, Dataset *data, Status *status) {
    Trainer *t = calloc(1, sizeof *t);
    if (!t) {
        status_no_memory(status, "the run");
        return NULL;
    }
    t->kernels = kernels_best();
    t->settings = *settings;
    Dataset generated = {0}, *points = data ? data : &generated;
    if (!settings_check(settings, status) || (!data && !dataset_generate(&generated, settings, status)) ||
        !dataset_prepare(points, settings, &t->test, status)) {
        dataset_free(&generated);
        free(t);
        return NULL;
    }
    t->data = *points;
    mlp_shape(&t->mlp, settings->hidden, settings->hidden_count, t->data.classes, settings->activation);
    if (settings->standardize)
        mlp_standardize(&t->mlp, t->data.x, t->data.y, t->data.count);
    size_t batch = (size_t)settings->batch;
    t->batches = (t->data.count + batch - 1) / batch;
    if (!allocate(t, status)) {
        t->data = generated; /* the caller keeps the points that were his */
        trainer_free(t);
        return NULL;
    }
    if (data)
        memset(data, 0, sizeof *data);
    make_samples(t);
    trainer_reset(t);
    return t;
}

Trainer *trainer_twin(const Trainer *t, const Settings *settings, Status *status) {
    Settings as_they_are = *settings;
    as_they_are.outliers = as_they_are.flip = as_they_are.test = 0.0;
    Dataset data, test = {0};
    if (!dataset_copy(&data, &t->data, status))
        return NULL;
    Trainer *twin = NULL;
    if (t->test.count == 0 || dataset_copy(&test, &t->test, status))
        twin = trainer_new(&as_they_are, &data, status);
    float *losses = twin && test.count > 0 ? calloc(test.count, sizeof *losses) : NULL;
    if (twin && test.count > 0 && !losses) {
        status_no_memory(status, "the test points");
        trainer_free(twin);
        twin = NULL;
    }
    dataset_free(&data);
    if (!twin) {
        dataset_free(&test);
        return NULL;
    }
    twin->settings = *settings;
    twin->test = test;
    if (losses)
        free(twin->test_losses);
    twin->test_losses = losses ? losses : twin->test_losses;
    trainer_evaluate(twin);
    return twin;
}

void trainer_free(Trainer *t) {
    if (!t)
        return;
    dataset_free(&t->data);
    dataset_free(&t->test);
    optimizer_free(&t->optimizer);
    free(t->initial);
    free(t->parameters);
    free(t->gradient);
    free(t->before);
    free(t->test_losses);
    free(t->quantiles);
    free_samples(t);
    free(t);
}

/* ---- the threshold ---- */

static bool warming(const Trainer *t) {
    return t->epoch < (uint32_t)t->settings.warmup;
}

/* Whether the pace moves the threshold when this epoch begins. */
static bool pace_moves(const Trainer *t, uint32_t epoch) {
    uint32_t warmup = (uint32_t)t->settings.warmup;
    return !t->hold && (pace_by_share(&t->settings) ? epoch >= warmup : epoch > warmup);
}

/* One threshold for all, as it stands. */
static void put_threshold(Trainer *t, double threshold) {
    t->threshold = threshold;
    t->by_class = false;
    for (int c = 0; c < MAX_CLASSES; c++)
        t->class_threshold[c] = threshold;
    t->share = (double)NAN;
}

/* The thresholds below which lies this share of the losses, before cap and limit. */
static const Quantiles *quantiles_at(const Trainer *t, double share) {
    Quantiles *q = t->quantiles;
    bool by_class = t->settings.pace == PACE_CLASS_SHARE;
    if (q->evaluation == t->evaluations && q->share == share && q->by_class == by_class)
        return q;
    *q = (Quantiles){.evaluation = t->evaluations, .share = share, .by_class = by_class};
    q->all = share_threshold(t->loss, t->data.count, share);
    for (int c = 0; by_class && c < t->data.classes; c++) {
        float *of_class = t->scratch;
        size_t count = 0;
        for (size_t i = 0; i < t->data.count; i++)
            if (t->data.label[i] == c)
                of_class[count++] = t->loss[i];
        q->of_class[c] = share_threshold(of_class, count, share);
    }
    return q;
}

static void put_share(Trainer *t, double share) {
    if (!t->evaluated)
        trainer_evaluate(t);
    const Quantiles *q = quantiles_at(t, share);
    double limit = pace_limit(&t->settings);
    put_threshold(t, fmin((double)q->all, limit));
    t->share = share;
    t->by_class = q->by_class;
    for (int c = 0; t->by_class && c < MAX_CLASSES; c++)
        t->class_threshold[c] = fmin((double)q->of_class[c], limit);
}

/* That of a run before its first batch. By share, the first epoch makes it once more, from the same losses. */
static void put_first_threshold(Trainer *t) {
    double threshold = t->settings.threshold;
    put_threshold(t, t->settings.cap < CAP_NONE ? fmin(threshold, t->settings.cap) : threshold);
    t->growth_due = pace_by_share(&t->settings);
    if (t->growth_due)
        put_share(t, pace_share(&t->settings, 0));
}

static void move_threshold(Trainer *t) {
    if (pace_by_share(&t->settings))
        put_share(t, pace_share(&t->settings, t->epoch - (uint32_t)t->settings.warmup));
    else
        put_threshold(t, pace_step(&t->settings, t->threshold));
}

double trainer_next_threshold(const Trainer *t) {
    bool between = t->batch == 0;
    uint32_t next = between ? t->epoch : t->epoch + 1;
    if ((between && !t->growth_due) || !pace_moves(t, next))
        return t->threshold;
    if (!pace_by_share(&t->settings))
        return pace_step(&t->settings, t->threshold);
    if (!between)
        return t->threshold;
    double share = pace_share(&t->settings, next - (uint32_t)t->settings.warmup);
    return fmin((double)quantiles_at(t, share)->all, pace_limit(&t->settings));
}

static double share_below(const Trainer *t) {
    float threshold = (float)t->threshold;
    size_t below = 0;
    for (size_t i = 0; i < t->data.count; i++)
        below += t->loss[i] < threshold;
    return (double)below / (double)t->data.count;
}

void trainer_pace_ahead(const Trainer *t, double *ahead, size_t epochs) {
    bool by_share = pace_by_share(&t->settings);
    uint32_t warmup = (uint32_t)t->settings.warmup;
    double now = !by_share ? t->threshold : isnan(t->share) ? share_below(t) : t->share;
    for (size_t i = 0; i < epochs; i++) {
        uint32_t epoch = t->epoch + (uint32_t)i;
        bool due = i > 0 || (t->batch == 0 && t->growth_due);
        if (due && pace_moves(t, epoch))
            now = by_share ? pace_share(&t->settings, epoch - warmup) : pace_step(&t->settings, now);
        ahead[i] = by_share && epoch < warmup ? 1.0 : now;
    }
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
            t->group[i] = (uint8_t)(4 * grid_cell(d->y[i], d->y_minimum, d->y_maximum) +
                                    grid_cell(d->x[i], d->x_minimum, d->x_maximum));
        group = t->group;
        groups = 16;
    }
    diversity_offsets(t->loss, group, groups, d->count, t->settings.diversity, t->offset, t->scratch);
    t->offsets_due = false;
}

static void class_rules(const Trainer *t, WeightRule rules[MAX_CLASSES]) {
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
            offset[i] = t->offset[sample];
        }
        double sum;
        t->kernels->losses(&t->mlp, t->parameters, x, y, label, n, loss, &sum);
        decide_each(t, rules, label, offset, loss, v, n);
        for (size_t i = 0; i < n; i++)
            t->v[order[first + i]] = v[i];
    }
}

/* ---- the run ---- */

void trainer_reset(Trainer *t) {
    mt_seed(&t->torch, t->settings.seed);
    mlp_initialise(&t->mlp, t->initial, &t->torch);
    memcpy(t->parameters, t->initial, t->mlp.parameters * sizeof *t->parameters);
    optimizer_reset(&t->optimizer);
    memset(t->v, 0, t->data.count * sizeof *t->v);
    for (size_t i = 0; i < t->data.count; i++)
        t->admitted[i] = NEVER_ADMITTED;
    t->epoch = 0;
    t->batch = 0;
    t->batch_loss_sum = 0.0;
    t->diverged = false;
    t->offsets_due = true;
    trainer_evaluate(t);
    put_first_threshold(t);
    t->epoch_threshold = t->threshold;
    t->epoch_easy = 0;
    t->epoch_weight_sum = t->epoch_mean_batch_loss = 0.0;
    t->label_precision = t->label_recall = (double)NAN;
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
    put_threshold(t, threshold);
    t->growth_due = true;
    t->offsets_due = true;
    trainer_evaluate(t);
}

static WeightRule rule_now(const Trainer *t) {
    return weight_rule(&t->settings, t->threshold, warming(t));
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
            both += is_wrong && t->v[i] == 0.0f;
        }
    }
    t->label_precision = hard > 0 ? (double)both / (double)hard : (double)NAN;
    t->label_recall = wrong > 0 ? (double)both / (double)wrong : (double)NAN;
}

/* Figures of the epoch just trained, from the v's as its batches (or the person at the window) left them. */
static void complete_epoch(Trainer *t) {
    t->epoch_easy = t->kernels->tally(t->v, t->admitted, t->data.count, t->epoch, &t->epoch_weight_sum);
    t->epoch_threshold = t->threshold;
    t->epoch_mean_batch_loss = t->batch_loss_sum / (double)t->batches;
    compare_with_truth(t);
    t->growth_due = true;
    t->epoch++;
    t->batch = 0;
    t->batch_loss_sum = 0.0;
}

/* The batch's v's are decided by the first rule, or each by its class's. */
static void train_batch(Trainer *t, bool each, const WeightRule *rules) {
    size_t first = t->batch * (size_t)t->settings.batch, left = t->data.count - first;
    size_t count = left < (size_t)t->settings.batch ? left : (size_t)t->settings.batch;
    const size_t ahead = count < 64 ? 64 : count, most_asked = 1024; /* samples */
    if (t->data.count > KERNEL_FAR && count <= most_asked && left >= count + ahead)
        ask_for_samples(t->samples, t->v, t->order + first + ahead, count);
    if (each)
        decide_batch(t, rules, t->order + first, count);
    t->batch_loss_sum += t->kernels->batch(&t->mlp, t->parameters, t->samples, t->order + first, count,
                                           each ? NULL : rules, t->v, t->gradient);
    memcpy(t->before, t->parameters, t->mlp.parameters * sizeof *t->before);
    bool finite = optimizer_step(&t->optimizer, t->kernels, t->parameters, t->gradient);
    t->batch++;
    if (!finite) {
        memcpy(t->parameters, t->before, t->mlp.parameters * sizeof *t->before);
        t->diverged = true;
    }
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
        .samples = t->samples,
        .order = t->order + t->batch * KERNEL_BLOCK,
        .batches = batches,
        .far = t->data.count > KERNEL_FAR,
        .rule = rule,
        .v = t->v,
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

/* Trains until so many batches are done or the epoch is. */
static size_t train(Trainer *t, size_t batches, bool each, const WeightRule *rules) {
    size_t done = 0;
    while (done < batches && t->batch < t->batches && !t->diverged) {
        size_t linear = each ? 0 : linear_batches(t, batches - done);
        if (linear > 0) {
            done += linear_steps(t, linear, rules);
        } else {
            train_batch(t, each, rules);
            done++;
        }
    }
    return done;
}

size_t trainer_run(Trainer *t, size_t batches) {
    if (batches == 0 || t->diverged)
        return 0;
    if (t->batch == 0) {
        if (t->growth_due && pace_moves(t, t->epoch))
            move_threshold(t);
        t->growth_due = false;
        t->offsets_due = true;
        torch_permutation(&t->torch, t->order, t->data.count);
    }
    bool each = !warming(t) && decides_each(t);
    WeightRule rules[MAX_CLASSES] = {rule_now(t)};
    if (each) {
        make_offsets(t);
        class_rules(t, rules);
    }
    t->evaluated = false;
    size_t done = train(t, batches, each, rules);
    if (t->batch == t->batches && !t->diverged)
        complete_epoch(t);
    return done;
}

void trainer_evaluate(Trainer *t) {
    double sum;
    size_t right =
        mlp_losses(&t->mlp, t->parameters, t->data.x, t->data.y, t->data.label, t->data.count, t->loss, &sum);
    t->mean_loss = sum / (double)t->data.count;
    t->accuracy = (double)right / (double)t->data.count;
    t->test_loss = t->test_accuracy = (double)NAN;
    if (t->test.count > 0) {
        const Dataset *test = &t->test;
        right = mlp_losses(&t->mlp, t->parameters, test->x, test->y, test->truth ? test->truth : test->label,
                           test->count, t->test_losses, &sum);
        t->test_loss = sum / (double)test->count;
        t->test_accuracy = (double)right / (double)test->count;
    }
    t->evaluated = true;
    t->evaluations++;
}

void trainer_redecide(Trainer *t) {
    trainer_evaluate(t);
    WeightRule rule = rule_now(t);
    bool warm = warming(t);
    /* between epochs the v's on show belong to the epoch before: its warm-up counts, not that of the next one
     */
    if (t->batch == 0 && t->epoch > 0 && t->epoch <= (uint32_t)t->settings.warmup) {
        rule = weight_rule(&t->settings, t->threshold, true);
        warm = true;
    }
    if (warm || !decides_each(t)) {
        weights_of_losses(&rule, t->loss, t->v, t->data.count);
        return;
    }
    t->offsets_due = true;
    make_offsets(t);
    WeightRule rules[MAX_CLASSES];
    class_rules(t, rules);
    decide_each(t, rules, t->data.label, t->offset, t->loss, t->v, t->data.count);
}

size_t trainer_easy(const Trainer *t) {
    size_t easy = 0;
    for (size_t i = 0; i < t->data.count; i++)
        easy += t->v[i] > 0.0f;
    return easy;
}

void trainer_set_threshold(Trainer *t, double threshold) {
    assert(isfinite(threshold));
    put_threshold(t, fmin(threshold, pace_limit(&t->settings)));
    t->growth_due = false;
}

/* Whether the first threshold of a run would be another. */
static bool begins_otherwise(const Settings *a, const Settings *b) {
    return a->pace != b->pace || a->share_start != b->share_start || a->share_end != b->share_end ||
           a->share_epochs != b->share_epochs || a->cap != b->cap;
}

void trainer_set(Trainer *t, const Settings *settings) {
    Settings *now = &t->settings;
    bool begin_anew = t->epoch == 0 && t->batch == 0 && begins_otherwise(now, settings);
    t->offsets_due |= now->diversity != settings->diversity || now->groups != settings->groups;
    now->order = settings->order;
    now->regularizer = settings->regularizer;
    now->power = settings->power;
    now->growing_factor = settings->growing_factor;
    now->warmup = settings->warmup;
    now->epochs = settings->epochs;
    now->until_hard = settings->until_hard;
    now->learning_rate = t->optimizer.learning_rate = settings->learning_rate;
    now->weight_decay = t->optimizer.weight_decay = settings->weight_decay;
    now->pace = settings->pace;
    now->growing_step = settings->growing_step;
    now->share_start = settings->share_start;
    now->share_end = settings->share_end;
    now->share_epochs = settings->share_epochs;
    now->share_curve = settings->share_curve;
    now->cap = settings->cap;
    now->diversity = settings->diversity;
    now->groups = settings->groups;
    if (begin_anew)
        put_first_threshold(t);
    double limit = pace_limit(now);
    t->threshold = fmin(t->threshold, limit);
    for (int c = 0; c < MAX_CLASSES; c++)
        t->class_threshold[c] = fmin(t->class_threshold[c], limit);
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

struct TrainerPoints {
    Trainer now; /* for its arrays of samples alone */
    uint32_t *index_of;
    const uint32_t *origin;
};

void trainer_drop_points(TrainerPoints *prepared) {
    if (!prepared)
        return;
    free_samples(&prepared->now);
    free(prepared->index_of);
    free(prepared);
}

TrainerPoints *trainer_prepare_points(const Trainer *t, const Dataset *data, const uint32_t *origin, Status *status) {
    assert(data->count > 0 && data->classes == t->data.classes);
    TrainerPoints *prepared = calloc(1, sizeof *prepared);
    uint32_t *index_of = calloc(t->data.count, sizeof *index_of);
    if (prepared)
        *prepared = (TrainerPoints){.now.data.count = data->count, .index_of = index_of, .origin = origin};
    else
        free(index_of);
    if (!prepared || !allocate_samples(&prepared->now, status) || !index_of) {
        trainer_drop_points(prepared);
        status_no_memory(status, "the changed points");
        return NULL;
    }
    Trainer *now = &prepared->now;
    for (size_t i = 0; i < t->data.count; i++)
        index_of[i] = NEW_SAMPLE;
    for (size_t i = 0; i < data->count; i++) {
        bool known = origin[i] != NEW_SAMPLE;
        now->v[i] = known ? t->v[origin[i]] : 0.0f;
        now->admitted[i] = known ? t->admitted[origin[i]] : NEVER_ADMITTED;
        if (known)
            index_of[origin[i]] = (uint32_t)i;
    }
    return prepared;
}

void trainer_commit_points(Trainer *t, TrainerPoints *prepared, Dataset *data) {
    Trainer *now = &prepared->now;
    size_t n = data->count, batch = (size_t)t->settings.batch;
    t->batches = (n + batch - 1) / batch;
    if (t->batch > 0) {
        size_t trained = map_order(t, prepared->index_of, prepared->origin, n, now->order) / batch;
        if (trained == t->batches) /* the rest of the epoch is gone: its last batch ends it */
            trained--;
        t->batch_loss_sum *= (double)trained / (double)t->batch;
        t->batch = trained; /* 0: the epoch begins anew, with an order of its own */
    }
    Trainer before = *t;
    t->loss = now->loss;
    t->v = now->v;
    t->admitted = now->admitted;
    t->order = now->order;
    t->offset = now->offset;
    t->group = now->group;
    t->scratch = now->scratch;
    t->samples = now->samples;
    t->offsets_due = true; /* the ranks are others, in an epoch under way as well */
    t->data = *data;
    *data = before.data;
    *now = before; /* its arrays of samples go with the rest of what was prepared */
    trainer_drop_points(prepared);
    make_samples(t);
    t->epoch_easy = trainer_easy(t);
    trainer_evaluate(t);
}

bool trainer_finished(const Trainer *t) {
    if (t->batch != 0 || t->epoch == 0)
        return false;
    return t->epoch >= (uint32_t)t->settings.epochs ||
           (t->settings.until_hard >= 0 && t->data.count - t->epoch_easy <= (size_t)t->settings.until_hard);
}
