#include "core/held_out.h"

#include "core/parallel.h"
#include "core/rng.h"
#include "core/trainer.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Fold {
    Trainer *trainer;                 /* while it is under way */
    double before[HELD_OUT_SETTLING]; /* mean losses of the last epochs, by epoch modulo the number */
    bool done, failed;
    HeldOutFigures figures;
} Fold;

struct HeldOut {
    Settings settings; /* of the folds' models */
    const Dataset *data;
    uint32_t *order;
    float *p;
    LabelMeasures measures; /* of the plain run; */
    float *losses;          /* its last */
    Mlp mlp;
    float *parameters;
    Fold fold[HELD_OUT_RUNS];
};

/* The same model, trained plainly. */
static Settings plain_settings(const Settings *run) {
    Settings s = *run;
    s.flip = s.outliers = s.test = 0.0; /* the points are what they are */
    s.clean = 0;
    s.standardize = true;
    s.optimizer = OPTIMIZER_ADAM;
    s.learning_rate = HELD_OUT_RATE;
    s.order = ORDER_ALL;
    s.regularizer = REGULARIZER_HARD;
    s.pace = PACE_MULTIPLICATIVE;
    s.warmup = 0;
    s.diversity = 0.0;
    s.epochs = HELD_OUT_EPOCHS;
    s.until_hard = -1;
    return s;
}

bool held_out_same_models(const Settings *a, const Settings *b) {
    static const PropertyId OF_MODELS[] = {PROPERTY_SEED, PROPERTY_HIDDEN, PROPERTY_ACTIVATION, PROPERTY_BATCH,
                                           PROPERTY_WEIGHT_DECAY};
    for (size_t i = 0; i < sizeof OF_MODELS / sizeof *OF_MODELS; i++)
        if (!property_same(a, b, &PROPERTIES[OF_MODELS[i]]))
            return false;
    return true;
}

HeldOut *held_out_new(const Settings *settings, const Dataset *data, Status *status) {
    HeldOut *h = calloc(1, sizeof *h);
    uint32_t *order = calloc(data->count, sizeof *order);
    float *p = calloc(data->count, sizeof *p);
    if (!h || !order || !p) {
        free(h);
        free(order);
        free(p);
        status_no_memory(status, "the models that have not seen a point");
        return NULL;
    }
    *h = (HeldOut){.settings = plain_settings(settings), .data = data, .order = order, .p = p};
    for (size_t i = 0; i < data->count; i++) {
        order[i] = (uint32_t)i;
        p[i] = NAN;
    }
    NumpyRng rng;
    numpy_seed(&rng, settings->seed + 5);
    numpy_shuffle(&rng, order, data->count);
    return h;
}

void held_out_free(HeldOut *h) {
    if (!h)
        return;
    for (int f = 0; f < HELD_OUT_RUNS; f++)
        trainer_free(h->fold[f].trainer);
    label_measures_free(&h->measures);
    free(h->losses);
    free(h->parameters);
    free(h->order);
    free(h->p);
    free(h);
}

/* The points of a fold, or all others, in the order of the permutation. Count 0: there are none. */
static bool take_points(const HeldOut *h, int fold, bool others, Dataset *points, Status *status) {
    const Dataset *d = h->data;
    size_t count = (d->count + (size_t)(HELD_OUT_FOLDS - 1 - fold)) / HELD_OUT_FOLDS, k = 0;
    *points = (Dataset){0};
    if (others)
        count = d->count - count;
    if (count == 0)
        return true;
    if (!dataset_init(points, count, d->classes, status))
        return false;
    for (size_t i = 0; i < d->count; i++) {
        uint32_t sample = h->order[i];
        if ((i % HELD_OUT_FOLDS == (size_t)fold) == others)
            continue;
        points->x[k] = d->x[sample];
        points->y[k] = d->y[sample];
        points->label[k++] = d->label[sample];
    }
    dataset_bounds(points);
    return true;
}

/* Begins a fold. False if it has no points to learn from, or not the memory. */
static bool begin_fold(HeldOut *h, int fold) {
    Fold *f = &h->fold[fold];
    Status status;
    Dataset points = {0};
    if (fold == HELD_OUT_PLAIN)
        f->failed = !dataset_copy(&points, h->data, &status) ||
                    !label_measures_init(&h->measures, h->data->count, &status) ||
                    !(h->losses = calloc(h->data->count, sizeof *h->losses));
    else
        f->failed = !take_points(h, fold, true, &points, &status);
    if (f->failed) {
        dataset_free(&points);
        return false;
    }
    if (points.count > 0) {
        f->trainer = trainer_new(&h->settings, &points, &status);
        f->failed = !f->trainer;
        dataset_free(&points);
    }
    f->done = points.count == 0 && !f->trainer && !f->failed;
    return f->trainer != NULL;
}

static void end_plain(HeldOut *h) {
    Fold *f = &h->fold[HELD_OUT_PLAIN];
    const Trainer *t = f->trainer;
    LossSum sum = mlp_losses(&t->mlp, t->parameters, h->data->x, h->data->y, h->data->label, h->data->count, h->losses);
    f->figures = (HeldOutFigures){h->data->count, sum.right, sum.sum, t->epoch};
    label_losses(&t->mlp, t->parameters, h->data, h->losses);
    h->mlp = t->mlp;
    h->parameters = aligned_alloc(64, t->mlp.padded * sizeof *h->parameters);
    if (h->parameters)
        memcpy(h->parameters, t->parameters, t->mlp.padded * sizeof *h->parameters);
}

/* What the model says of the points that it has not seen. */
static void end_fold(HeldOut *h, int fold) {
    Fold *f = &h->fold[fold];
    if (fold == HELD_OUT_PLAIN) {
        end_plain(h);
        trainer_free(f->trainer);
        f->trainer = NULL;
        f->done = true;
        return;
    }
    Status status;
    Dataset points;
    float *loss = NULL;
    f->failed = !take_points(h, fold, false, &points, &status) ||
                (points.count > 0 && !(loss = calloc(points.count, sizeof *loss)));
    if (!f->failed && points.count > 0) {
        LossSum sum =
            mlp_losses(&f->trainer->mlp, f->trainer->parameters, points.x, points.y, points.label, points.count, loss);
        f->figures = (HeldOutFigures){points.count, sum.right, sum.sum, f->trainer->epoch};
        for (size_t k = 0; k < points.count; k++)
            h->p[h->order[k * HELD_OUT_FOLDS + (size_t)fold]] = (float)exp(-(double)loss[k]);
    }
    free(loss);
    dataset_free(&points);
    trainer_free(f->trainer);
    f->trainer = NULL;
    f->done = !f->failed;
}

/* After an epoch. */
static bool has_settled(HeldOut *h, int fold) {
    Fold *f = &h->fold[fold];
    Trainer *t = f->trainer;
    trainer_evaluate(t);
    if (fold == HELD_OUT_PLAIN)
        label_measures_add(&h->measures, &t->mlp, t->parameters, h->data);
    double *before = &f->before[t->epoch % HELD_OUT_SETTLING], now = t->mean_loss;
    bool settled = t->epoch > HELD_OUT_SETTLING && !(*before - now >= 1e-4 * *before);
    *before = now;
    return settled || trainer_finished(t);
}

uint32_t held_out_epochs(const HeldOut *h, int fold) {
    const Fold *f = &h->fold[fold];
    return f->trainer ? f->trainer->epoch : f->figures.epochs;
}

bool held_out_step(HeldOut *h, int fold) {
    Fold *f = &h->fold[fold];
    if (f->done || f->failed || (!f->trainer && !begin_fold(h, fold)))
        return false;
    trainer_run(f->trainer, trainer_batches_between_looks(f->trainer));
    if (!f->trainer->diverged && (f->trainer->batch != 0 || !has_settled(h, fold)))
        return true;
    end_fold(h, fold);
    return false;
}

/* held_out_run's folds. */
typedef struct HeldOutLoop {
    HeldOut *held_out;
    bool (*go_on)(void *context);
    void *context;
} HeldOutLoop;

static void run_fold(void *context, size_t fold) {
    const HeldOutLoop *l = context;
    while ((!l->go_on || l->go_on(l->context)) && held_out_step(l->held_out, (int)fold))
        ;
}

bool held_out_run(HeldOut *h, bool (*go_on)(void *context), void *context, Status *status) {
    HeldOutLoop loop = {h, go_on, context};
    parallel_for(HELD_OUT_RUNS, run_fold, &loop);
    for (int f = 0; f < HELD_OUT_RUNS; f++)
        if (h->fold[f].failed)
            return status_no_memory(status, "the models that have not seen a point");
    return true;
}

bool held_out_done(const HeldOut *h) {
    for (int f = 0; f < HELD_OUT_RUNS; f++)
        if (!h->fold[f].done)
            return false;
    return true;
}

const float *held_out_p(const HeldOut *h) {
    return h->p;
}

HeldOutFigures held_out_figures(const HeldOut *h) {
    HeldOutFigures all = {0};
    for (int f = 0; f < HELD_OUT_FOLDS; f++) {
        const HeldOutFigures *here = &h->fold[f].figures;
        all.count += here->count;
        all.right += here->right;
        all.loss_sum += here->loss_sum;
        all.epochs += here->epochs;
    }
    return all;
}

HeldOutFigures held_out_plain_figures(const HeldOut *h) {
    return h->fold[HELD_OUT_PLAIN].figures;
}

const LabelMeasures *held_out_plain_measures(const HeldOut *h) {
    return &h->measures;
}

const float *held_out_plain_losses(const HeldOut *h) {
    return h->losses;
}

const float *held_out_plain_model(const HeldOut *h, Mlp *mlp) {
    *mlp = h->mlp;
    return h->parameters;
}
