/* The measures of labels against plain second implementations: those kept epoch by epoch (every set of kernels), the
 * neighbours, the models that have not seen a point. */
#include "core/label_measures.h"

#include "core/held_out.h"
#include "core/kernels/kernels.h"
#include "core/neighbours.h"
#include "core/parallel.h"
#include "core/trainer.h"
#include "tests/support/plain_mlp.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Status status;

static Dataset points_of(size_t count, int classes, uint32_t seed) {
    Dataset d;
    NumpyRng rng;
    assert_true(dataset_init(&d, count, classes, &status));
    numpy_seed(&rng, seed);
    for (size_t i = 0; i < count; i++) {
        d.x[i] = (float)(2.0 * numpy_normal(&rng));
        d.y[i] = (float)(2.0 * numpy_normal(&rng));
        d.label[i] = (uint8_t)numpy_interval(&rng, (uint32_t)classes - 1);
    }
    dataset_bounds(&d);
    return d;
}

/* ---- epoch by epoch ---- */

enum { EPOCHS = 5, MOST = 100 };

/* By the definitions, from p_y, the margin and the gradient of every epoch. */
typedef struct Plain {
    double loss[EPOCHS], p[EPOCHS], margin[EPOCHS], squares[EPOCHS];
} Plain;

static double gradient_squares(const Mlp *mlp, const double *p, double x, double y, int label) {
    static double gradient[4096];
    memset(gradient, 0, sizeof gradient);
    plain_sample(mlp, p, x, y, label, 1.0, gradient);
    double sum = 0.0;
    for (size_t k = 0; k < mlp->parameters; k++)
        sum += gradient[k] * gradient[k];
    return sum;
}

/* The label's score less the best of the others: from the losses of all labels, which are those of the scores. */
static void look(const Mlp *mlp, const double *p, double x, double y, int label, int epoch, Plain *plain) {
    double least = INFINITY;
    plain->loss[epoch] = plain_sample(mlp, p, x, y, label, 1.0, NULL);
    for (int c = 0; c < mlp_classes(mlp); c++)
        if (c != label)
            least = fmin(least, plain_sample(mlp, p, x, y, c, 1.0, NULL));
    plain->p[epoch] = exp(-plain->loss[epoch]);
    plain->margin[epoch] = least - plain->loss[epoch];
    plain->squares[epoch] = gradient_squares(mlp, p, x, y, label);
}

static double plain_value(const Plain *p, Measure measure) {
    double confidence = 0.0, aum = 0.0, right = 0.0, tracin = 0.0, variance = 0.0, forgotten = 0.0;
    for (int e = 0; e < EPOCHS; e++) {
        confidence += p->p[e] / EPOCHS;
        aum += p->margin[e] / EPOCHS;
        right += p->margin[e] > 0.0;
        tracin += p->squares[e];
        forgotten += e > 0 && p->margin[e - 1] > 0.0 && !(p->margin[e] > 0.0);
    }
    for (int e = 0; e < EPOCHS; e++)
        variance += (p->p[e] - confidence) * (p->p[e] - confidence) / EPOCHS;
    switch (measure) {
    case MEASURE_AUM:
        return aum;
    case MEASURE_CONFIDENCE:
        return confidence;
    case MEASURE_VARIABILITY:
        return sqrt(variance);
    case MEASURE_CORRECTNESS:
        return right / EPOCHS;
    case MEASURE_FORGETTING:
        return right > 0.0 ? forgotten : EPOCHS;
    default:
        return tracin;
    }
}

/* Other parameters in every epoch, as if the model had gone far from one to the next. */
static void make_parameters(const Mlp *mlp, int epoch, float *parameters, double *in_double) {
    Mt19937 torch;
    mt_seed(&torch, (uint32_t)(100 + epoch));
    mlp_initialise(mlp, parameters, &torch);
    for (size_t k = 0; k < mlp->parameters; k++) {
        parameters[k] *= 1.5f;
        in_double[k] = (double)parameters[k];
    }
}

static void check_kept(const Mlp *mlp, size_t count, const Kernels *kernels) {
    static Plain plain[MOST];
    static double in_double[4096];
    float *parameters = calloc(mlp->padded, sizeof *parameters), value[MOST];
    Dataset d = points_of(count, mlp_classes(mlp), 7);
    LabelMeasures kept;
    assert_non_null(parameters);
    assert_true(label_measures_init(&kept, count, &status));
    for (int e = 0; e < EPOCHS; e++) {
        make_parameters(mlp, e, parameters, in_double);
        for (size_t i = 0; i < count; i++)
            look(mlp, in_double, (double)d.x[i], (double)d.y[i], d.label[i], e, &plain[i]);
        kernels->label_rows(mlp, parameters, d.x, d.y, d.label, count, ++kept.epochs, kept.rows);
    }
    for (int m = MEASURE_AUM; m <= MEASURE_TRACIN; m++) {
        label_measures_values(&kept, (Measure)m, value);
        for (size_t i = 0; i < count; i++) {
            double expected = plain_value(&plain[i], (Measure)m);
            if (!(fabs((double)value[i] - expected) <= 1e-5 * fmax(fabs(expected), 0.1)))
                fail_msg("%s, %d classes, %d layers, point %zu of %zu: %s %.9g, not %.9g", kernels->name,
                         mlp_classes(mlp), mlp->layers, i, count, MEASURES[m].name, (double)value[i], expected);
        }
    }
    label_losses(mlp, parameters, &d, value);
    for (size_t i = 0; i < count; i++)
        assert_true(fabs((double)value[i] - plain[i].loss[EPOCHS - 1]) <= 1e-4 * plain[i].loss[EPOCHS - 1]);
    label_measures_free(&kept);
    dataset_free(&d);
    free(parameters);
}

static void kept_are_the_definitions(void **state) {
    (void)state;
    static const struct {
        int hidden[2], hidden_count, classes, activation;
    } MODELS[] = {{{0}, 0, 2, 0},
                  {{0}, 0, 3, 0},
                  {{5}, 1, 2, ACTIVATION_TANH},
                  {{16, 16}, 2, 5, ACTIVATION_RELU},
                  {{4, 7}, 2, 8, ACTIVATION_TANH}};
    static const size_t COUNTS[] = {1, 15, 32, 33, MOST};
    for (size_t m = 0; m < sizeof MODELS / sizeof *MODELS; m++) {
        Mlp mlp;
        mlp_shape(&mlp, MODELS[m].hidden, MODELS[m].hidden_count, MODELS[m].classes, MODELS[m].activation);
        for (size_t c = 0; c < sizeof COUNTS / sizeof *COUNTS; c++)
            for (int k = 0; kernels_variant(k); k++)
                check_kept(&mlp, COUNTS[c], kernels_variant(k));
    }
}

/* Many points in slices and on threads, against one slice after another; and the run is the same with and without. */
static void slices_and_threads_make_no_difference(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.samples = 20011;
    s.hidden_count = 1;
    s.hidden[0] = 4;
    Trainer *with = trainer_new(&s, NULL, &status), *without = trainer_new(&s, NULL, &status);
    size_t n = with->data.count;
    LabelMeasures one, many;
    assert_true(label_measures_init(&one, n, &status) && label_measures_init(&many, n, &status));
    for (int e = 0; e < 3; e++) {
        trainer_run(with, SIZE_MAX);
        trainer_run(without, SIZE_MAX);
        int threads = parallel_set_threads(3);
        label_measures_add(&many, &with->mlp, with->parameters, &with->data);
        parallel_set_threads(1);
        label_measures_add(&one, &with->mlp, with->parameters, &with->data);
        parallel_set_threads(threads);
    }
    assert_memory_equal(one.rows->margin, many.rows->margin, 6 * n * sizeof(float));
    assert_memory_equal(with->parameters, without->parameters, with->mlp.parameters * sizeof(float));
    label_measures_free(&one);
    assert_true(label_measures_init(&one, n, &status));
    float *value = calloc(n, sizeof *value);
    assert_non_null(value);
    label_measures_values(&one, MEASURE_AUM, value);
    assert_true(isnan(value[0]) && isnan(value[n - 1]));
    free(value);
    label_measures_free(&one);
    label_measures_free(&many);
    trainer_free(with);
    trainer_free(without);
}

/* ---- neighbours ---- */

typedef struct Distance {
    double square;
    uint32_t index;
} Distance;

static int nearer(const void *a, const void *b) {
    const Distance *p = a, *q = b;
    int by_square = (p->square > q->square) - (p->square < q->square);
    return by_square ? by_square : (p->index > q->index) - (p->index < q->index);
}

static float plain_unlike(const Mlp *mlp, const Dataset *d, size_t i) {
    Distance *all = calloc(d->count, sizeof *all);
    assert_non_null(all);
    size_t others = 0, unlike = 0;
    for (size_t k = 0; k < d->count; k++) {
        double dx = (double)mlp_input(mlp, 0, d->x[k]) - (double)mlp_input(mlp, 0, d->x[i]);
        double dy = (double)mlp_input(mlp, 1, d->y[k]) - (double)mlp_input(mlp, 1, d->y[i]);
        if (k != i)
            all[others++] = (Distance){dx * dx + dy * dy, (uint32_t)k};
    }
    qsort(all, others, sizeof *all, nearer);
    others = others < NEIGHBOURS ? others : NEIGHBOURS;
    for (size_t k = 0; k < others; k++)
        unlike += d->label[all[k].index] != d->label[i];
    free(all);
    return others > 0 ? (float)unlike / (float)others : 0.0f;
}

/* Points in all shapes that are unkind to a grid. */
static void place(Dataset *d, int shape) {
    for (size_t i = 0; i < d->count; i++) {
        switch (shape) {
        case 1: /* on a coarse lattice: equal distances, equal places */
            d->x[i] = floorf(d->x[i]);
            d->y[i] = floorf(d->y[i]);
            break;
        case 2: /* all in one place */
            d->x[i] = d->y[i] = 3.0f;
            break;
        case 3: /* on a horizontal line */
            d->y[i] = -1.0f;
            break;
        case 4: /* on a vertical one, of few heights */
            d->x[i] = 2.0f;
            d->y[i] = floorf(4.0f * d->y[i]);
            break;
        case 5: /* one out of this world */
            d->x[i] = i == 0 ? 3e38f : d->x[i];
            d->y[i] = i == 1 ? -3e38f : d->y[i];
            break;
        default:
            break;
        }
    }
}

static void neighbours_are_those_of_a_plain_search(void **state) {
    (void)state;
    static const size_t COUNTS[] = {1, 2, 10, 11, 12, 700};
    for (int shape = 0; shape < 6; shape++)
        for (size_t c = 0; c < sizeof COUNTS / sizeof *COUNTS; c++)
            for (int scaled = 0; scaled < 2; scaled++) {
                Dataset d = points_of(COUNTS[c], 3, (uint32_t)(shape + 20));
                place(&d, shape);
                Mlp mlp;
                mlp_shape(&mlp, NULL, 0, 3, 0);
                if (scaled && shape != 5)
                    mlp_standardize(&mlp, d.x, d.y, d.count);
                float *share = calloc(d.count, sizeof *share);
                assert_non_null(share);
                assert_true(neighbours_unlike(&mlp, &d, share, &status));
                for (size_t i = 0; i < d.count; i++)
                    if (share[i] != plain_unlike(&mlp, &d, i))
                        fail_msg("shape %d, %zu points: point %zu has %g, not %g", shape, d.count, i, (double)share[i],
                                 (double)plain_unlike(&mlp, &d, i));
                free(share);
                dataset_free(&d);
            }
}

/* ---- held-out ---- */

/* One fold by hand: a trainer of the other points. */
static void check_fold(const Settings *s, const Dataset *d, int fold, const float *p) {
    uint32_t order[1000];
    NumpyRng rng;
    for (size_t i = 0; i < d->count; i++)
        order[i] = (uint32_t)i;
    numpy_seed(&rng, s->seed + 5);
    numpy_shuffle(&rng, order, d->count);
    Dataset others;
    size_t k = 0, unseen = (d->count + 4 - (size_t)fold) / 5;
    assert_true(dataset_init(&others, d->count - unseen, d->classes, &status));
    for (size_t i = 0; i < d->count; i++)
        if (i % 5 != (size_t)fold) {
            others.x[k] = d->x[order[i]];
            others.y[k] = d->y[order[i]];
            others.label[k++] = d->label[order[i]];
        }
    dataset_bounds(&others);
    Settings plain = *s;
    plain.order = ORDER_ALL;
    plain.standardize = true;
    plain.learning_rate = 0.01;
    plain.flip = 0.0;
    Trainer *t = trainer_new(&plain, &others, &status);
    assert_non_null(t);
    double mean[501];
    bool settled = false;
    for (int e = 1; !settled; e++) {
        assert_true(trainer_run(t, SIZE_MAX) > 0);
        trainer_evaluate(t);
        mean[e] = t->mean_loss;
        settled = e == 500 || (e > 10 && mean[e - 10] - mean[e] < 1e-4 * mean[e - 10]);
    }
    for (size_t i = (size_t)fold; i < d->count; i += 5) {
        uint32_t sample = order[i];
        float loss;
        mlp_losses(&t->mlp, t->parameters, &d->x[sample], &d->y[sample], &d->label[sample], 1, &loss);
        assert_true(fabs((double)p[sample] - exp(-(double)loss)) <= 1e-5);
    }
    trainer_free(t);
}

static void held_out_models_have_not_seen_the_point(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.dataset = DATASET_MOONS;
    s.samples = 203;
    s.noise = 0.2;
    s.flip = 0.1;
    s.seed = 9;
    s.hidden_count = 1;
    s.hidden[0] = 6;
    Trainer *t = trainer_new(&s, NULL, &status);
    assert_non_null(t);
    HeldOut *h = held_out_new(&s, &t->data, &status);
    assert_non_null(h);
    assert_false(held_out_done(h));
    assert_true(isnan(held_out_p(h)[0]));
    assert_true(held_out_run(h, NULL, NULL, &status) && held_out_done(h));
    for (int fold = 0; fold < HELD_OUT_FOLDS; fold++)
        check_fold(&s, &t->data, fold, held_out_p(h));
    HeldOutFigures figures = held_out_figures(h);
    size_t right = 0;
    for (size_t i = 0; i < t->data.count; i++)
        right += held_out_p(h)[i] > 0.5f;
    assert_int_equal(figures.count, t->data.count);
    assert_int_equal(figures.right, right);
    held_out_free(h);
    trainer_free(t);
}

static bool twenty_looks(void *context) {
    return --*(int *)context >= 0;
}

/* In slices, fold after fold turn about, given up and taken up again: the same. */
static void held_out_in_slices(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.samples = 5000;
    Trainer *t = trainer_new(&s, NULL, &status);
    HeldOut *whole = held_out_new(&s, &t->data, &status), *slices = held_out_new(&s, &t->data, &status);
    assert_true(held_out_run(whole, NULL, NULL, &status));
    int looks = 20, threads = parallel_set_threads(1);
    assert_true(held_out_run(slices, twenty_looks, &looks, &status));
    assert_false(held_out_done(slices));
    parallel_set_threads(threads);
    while (!held_out_done(slices))
        for (int f = HELD_OUT_RUNS - 1; f >= 0; f--)
            held_out_step(slices, f);
    assert_memory_equal(held_out_p(whole), held_out_p(slices), t->data.count * sizeof(float));
    held_out_free(whole);
    held_out_free(slices);
    HeldOut *given_up = held_out_new(&s, &t->data, &status);
    assert_true(held_out_step(given_up, 3));
    held_out_free(given_up);
    trainer_free(t);
}

static void held_out_of_few_points(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    for (size_t n = 1; n < 8; n++) {
        Dataset d = points_of(n, 2, 3);
        HeldOut *h = held_out_new(&s, &d, &status);
        assert_true(held_out_run(h, NULL, NULL, &status) && held_out_done(h));
        for (size_t i = 0; i < n; i++)
            assert_true(n == 1 ? isnan(held_out_p(h)[i]) : held_out_p(h)[i] >= 0.0f && held_out_p(h)[i] <= 1.0f);
        held_out_free(h);
        dataset_free(&d);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(kept_are_the_definitions),
        cmocka_unit_test(slices_and_threads_make_no_difference),
        cmocka_unit_test(neighbours_are_those_of_a_plain_search),
        cmocka_unit_test(held_out_models_have_not_seen_the_point),
        cmocka_unit_test(held_out_in_slices),
        cmocka_unit_test(held_out_of_few_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
