/* Meta self-paced learning against golden values, and against a plain second implementation in double precision whose
 * dL/dt is made by central differences of the whole look-ahead. */
#include "core/curriculum.h"
#include "core/history.h"
#include "core/kernels/kernels.h"
#include "core/meta.h"
#include "core/trainer.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/plain_mlp.h"
#include "tests/support/runs.h"

static const int SOFT[] = {REGULARIZER_LINEAR, REGULARIZER_POLYNOMIAL, REGULARIZER_LOGISTIC, REGULARIZER_EXPONENTIAL,
                           REGULARIZER_MIXTURE};
enum { SOFT_COUNT = sizeof SOFT / sizeof *SOFT };

static Settings settings_of(const char *text) {
    Settings s;
    settings_default(&s);
    char copy[1024], *rest = copy;
    snprintf(copy, sizeof copy, "%s", text);
    for (char *word; (word = strsep(&rest, " "));) {
        char *value = strchr(word, '=');
        *value = '\0';
        if (!property_parse(&s, property_find(word), value + 1, &status))
            fail_msg("%s: %s", word, status.message);
    }
    return s;
}

/* ---- golden values ---- */

static void test_slopes(void **state) {
    (void)state;
    static const double GOLDEN[SOFT_COUNT] = {1.2, 0.9486832981, 0.0641517857, 0.6585739633, 3.3333333333};
    for (int i = 0; i < SOFT_COUNT; i++) {
        Settings s = settings_of("power=3");
        s.regularizer = SOFT[i];
        WeightRule rule = weight_rule(&s, 0.5, false);
        assert_true(fabs(weight_slope_of_loss(&rule, 0.3) - GOLDEN[i]) < 1e-9);
        assert_true(weight_slope_of_loss(&rule, INFINITY) == 0.0);
        for (double t = 0.7; t < 20.0; t *= 1.7) /* it is what v rises by */
            for (double l = 0.01; l < 25.0; l *= 1.31) {
                const double h = 1e-3;
                WeightRule low = weight_rule(&s, t - h, false), at = weight_rule(&s, t, false);
                if (fabs(l - t) < 0.05 || fabs(l - t / 2) < 0.05)
                    continue;
                WeightRule high = weight_rule(&s, t + h, false);
                /* F' is v in double precision: latent_loss's slope in l */
                const double d = 1e-4;
                double rise = (latent_loss(&high, l + d) - latent_loss(&high, l - d) - latent_loss(&low, l + d) +
                               latent_loss(&low, l - d)) /
                              (2.0 * d) / ((double)high.t - (double)low.t);
                double slope = weight_slope_of_loss(&at, l);
                assert_true(fabs(rise - slope) < 1e-3 * (1.0 + slope));
            }
    }
}

/* Near t = 0 and at it, where slopes pass all bounds: v and slope are those of the plain version, and finite. */
static void check_small_threshold(const Kernels *kernels, int regularizer, float t) {
    const float LOSSES[] = {0.0f,      1e-45f,   1e-40f, 1e-30f, 1e-8f, t / 2.0f, 0.7f * t, t,
                            1.01f * t, 3.0f * t, 0.3f,   5.0f,   1e3f,  1e30f,    INFINITY, NAN};
    enum { COUNT = sizeof LOSSES / sizeof *LOSSES };
    _Alignas(64) float loss[64] = {0.0f}, v[64], slope[64];
    uint8_t label[64] = {0};
    memcpy(loss, LOSSES, sizeof LOSSES);
    Settings s = settings_of("power=3");
    s.regularizer = regularizer;
    WeightRule rule = weight_rule(&s, (double)t, false);
    const MetaBatch batch = {.count = COUNT, .loss = loss, .v = v, .slope = slope, .label = label};
    kernels->meta_weights(&batch, &rule, slope);
    for (int i = 0; i < COUNT; i++) {
        double plain = weight_slope_of_loss(&rule, (double)loss[i]);
        float weight = weight_of_loss(&rule, loss[i]);
        assert_true(isfinite(plain) && plain >= 0.0 && weight >= 0.0f && weight <= 1.0f);
        assert_true(slope[i] >= -1e-6f && slope[i] <= SLOPE_MOST);
        if (rule.t == 0.0f && regularizer != REGULARIZER_LOGISTIC)
            assert_true(v[i] == 0.0f && slope[i] == 0.0f && weight == 0.0f && plain == 0.0);
        if (loss[i] == 0.0f && regularizer != REGULARIZER_LOGISTIC)
            assert_true(slope[i] == 0.0f);
        bool kink = fabsf(loss[i] - t) < 1e-6f * t || fabsf(loss[i] - t / 2.0f) < 1e-6f * t;
        if (kink || (t > 0.0f && t < 1e-30f) || isnan(loss[i]))
            continue; /* below 1e-30 slopes are cut */
        if (fabsf(v[i] - weight) > 1e-5f)
            fail_msg("%d, t %g, l %g: v %g, plain %g", regularizer, (double)t, (double)loss[i], (double)v[i],
                     (double)weight);
        plain = fmin(plain, (double)SLOPE_MOST);
        if (fabs((double)slope[i] - plain) > 1e-4 * plain + 1e-6)
            fail_msg("%d, t %g, l %g: %g, plain %g", regularizer, (double)t, (double)loss[i], (double)slope[i], plain);
    }
}

static void test_small_thresholds(void **state) {
    (void)state;
    static const float T[] = {0.0f, 1e-45f, 1e-40f, 1e-38f, 1e-30f, 1e-20f, 1e-6f, 1e-3f, 0.1f};
    for (int k = 0; kernels_variant(k); k++)
        for (int r = 0; r < SOFT_COUNT; r++)
            for (size_t i = 0; i < sizeof T / sizeof *T; i++)
                check_small_threshold(kernels_variant(k), SOFT[r], T[i]);
}

/* A cap that shuts everything out, of a run in the short way and in the long one: v is 0, and nothing breaks. */
static void test_cap_of_nothing(void **state) {
    (void)state;
    static const char *const MODELS[] = {"", " hidden=4", " batch=200"};
    for (int m = 0; m < 3; m++)
        for (int r = 0; r < SOFT_COUNT; r++)
            for (int tiny = 0; tiny < 2; tiny++) {
                char text[160];
                snprintf(text, sizeof text, "samples=320 clean=20 pace=meta threshold=5 cap=%s%s", tiny ? "1e-40" : "0",
                         MODELS[m]);
                Settings s = settings_of(text);
                s.regularizer = SOFT[r];
                Trainer *t = start(&s);
                trainer_run(t, SIZE_MAX);
                trainer_run(t, SIZE_MAX);
                assert_true(!t->diverged && t->threshold <= 1e-40 && isfinite(t->meta.derivative[0]) &&
                            isfinite(t->meta.derivative[1]) && isfinite(t->meta.adam.first[0]));
                for (size_t i = 0; i < t->data.count && SOFT[r] != REGULARIZER_LOGISTIC; i++)
                    assert_true(t->each.v[i] == 0.0f);
                trainer_free(t);
            }
}

/* The step of meta.md: a linear model of two classes, three points, two clean ones. */
static Trainer *golden_trainer(bool classes) {
    Settings s = settings_of("pace=meta regularizer=linear threshold=2 lookahead-rate=0.1 batch=3 clean=1");
    s.meta_classes = classes;
    Dataset data;
    assert_true(dataset_init(&data, 5, 2, &status) && dataset_add_clean(&data, &status));
    const float x[] = {1, 0, 2, 1, -1}, y[] = {0, 1, 1, 0.5f, 1};
    const uint8_t label[] = {0, 1, 1, 0, 1}, mark[] = {0, 0, 0, 1, 1};
    memcpy(data.x, x, sizeof x);
    memcpy(data.y, y, sizeof y);
    memcpy(data.label, label, sizeof label);
    memcpy(data.clean, mark, sizeof mark);
    dataset_bounds(&data);
    Trainer *t = trainer_new(&s, &data, &status);
    if (!t)
        fail_msg("%s", status.message);
    assert_int_equal(t->data.count, 3);
    assert_int_equal(t->clean.count, 2);
    const float parameters[] = {0.5f, -0.5f, -0.25f, 0.25f, 0.1f, -0.1f};
    for (size_t i = 0; i < 6; i++)
        trainer_set_parameter(t, i, parameters[i]);
    return t;
}

static void test_golden_step(void **state) {
    (void)state;
    static const double G[] = {0.208354208746, -0.052880931427, -0.942801107697};
    static const double V[] = {0.8365217966, 0.7722537593, 0.3615217966};
    for (int classes = 0; classes < 2; classes++)
        for (int k = 0; kernels_variant(k); k++) {
            Trainer *t = golden_trainer(classes);
            t->kernels = kernels_variant(k);
            trainer_set_hold(t, true); /* so that the v's are those of the look-ahead */
            trainer_run(t, 1);
            for (size_t i = 0; i < 3; i++) {
                assert_true(fabs((double)t->each.influence[i] - G[i]) < 2e-6);
                assert_true(fabs((double)t->each.v[i] - V[i]) < 1e-6);
            }
            assert_true(fabs(t->meta.ahead_loss - 0.350371734901) < 1e-6);
            assert_true(t->threshold == 2.0);
            if (classes) {
                assert_true(fabs(t->meta.derivative[0] - -0.000567689529) < 1e-7);
                assert_true(fabs(t->meta.derivative[1] - 0.010233356513) < 1e-7);
            } else {
                assert_true(fabs(t->meta.derivative[0] - 0.009665666984) < 1e-7);
            }
            trainer_free(t);
        }
}

/* ---- a plain second implementation ---- */

/* v, in double precision, by its definition. */
static double plain_weight(int regularizer, double power, double l, double t) {
    switch (regularizer) {
    case REGULARIZER_LINEAR:
        return fmax(0.0, 1.0 - l / t);
    case REGULARIZER_POLYNOMIAL:
        return l < t ? pow(1.0 - l / t, 1.0 / (power - 1.0)) : 0.0;
    case REGULARIZER_LOGISTIC:
        return (1.0 + exp(-t)) / (1.0 + exp(l - t));
    case REGULARIZER_EXPONENTIAL:
        return exp(-l / t);
    default:
        return l <= t / 2.0 ? 1.0 : l >= t ? 0.0 : t / l - 1.0;
    }
}

typedef struct Plain {
    const Trainer *t; /* its points, as they are before the batch */
    double *w;        /* the parameters then */
    const uint32_t *order;
    size_t count;
} Plain;

/* The clean loss after a look-ahead with these thresholds. */
static double plain_ahead(const Plain *p, const double *threshold, double *gradient_there) {
    const Trainer *t = p->t;
    size_t n = t->mlp.parameters;
    double *gradient = calloc(n, sizeof *gradient), *ahead = calloc(n, sizeof *ahead), loss = 0.0;
    assert_true(gradient && ahead);
    for (size_t i = 0; i < p->count; i++) {
        const Sample *s = &t->each.samples[p->order[i]];
        double l = plain_sample(&t->mlp, p->w, (double)s->input[0], (double)s->input[1], s->label, 0.0, NULL);
        double v = plain_weight(t->settings.regularizer, t->settings.power, l, threshold[s->label]);
        plain_sample(&t->mlp, p->w, (double)s->input[0], (double)s->input[1], s->label, v / (double)p->count, gradient);
    }
    for (size_t i = 0; i < n; i++)
        ahead[i] = p->w[i] - t->settings.lookahead_rate * gradient[i];
    for (size_t j = 0; j < t->clean.count; j++) {
        const Sample *s = &t->meta.room.clean[j];
        loss += plain_sample(&t->mlp, ahead, (double)s->input[0], (double)s->input[1], s->label,
                             1.0 / (double)t->clean.count, gradient_there) /
                (double)t->clean.count;
    }
    free(gradient);
    free(ahead);
    return loss;
}

/* Whether a loss is so near a kink of v that float32 decides on which side it is, or that differences say nothing. */
static bool is_at_kink(const Plain *p, const double *threshold) {
    int regularizer = p->t->settings.regularizer;
    for (size_t i = 0; i < p->count; i++) {
        const Sample *s = &p->t->each.samples[p->order[i]];
        double l = plain_sample(&p->t->mlp, p->w, (double)s->input[0], (double)s->input[1], s->label, 0.0, NULL);
        double far = fabs(l / threshold[s->label] - 1.0), half = fabs(2.0 * l / threshold[s->label] - 1.0);
        if ((regularizer == REGULARIZER_POLYNOMIAL && far < 0.02) ||
            (regularizer == REGULARIZER_LINEAR && far < 1e-4) ||
            (regularizer == REGULARIZER_MIXTURE && fmin(far, half) < 1e-4))
            return true;
    }
    return false;
}

/* dL/dt by central differences, of one class or of all together. */
static double plain_derivative(const Plain *p, const double *threshold, int class) {
    double moved[2][MAX_CLASSES];
    const double h = 1e-5;
    for (int c = 0; c < MAX_CLASSES; c++)
        for (int side = 0; side < 2; side++)
            moved[side][c] = threshold[c] + (class < 0 || c == class ? (side ? h : -h) : 0.0);
    return (plain_ahead(p, moved[1], NULL) - plain_ahead(p, moved[0], NULL)) / (2.0 * h);
}

/* Runs some batches, each beside the plain one, from where the trainer is. */
static void check_run(const Settings *s, const Kernels *kernels) {
    Trainer *t = start(s);
    t->kernels = kernels;
    size_t n = t->mlp.parameters;
    double *w = calloc(n, sizeof *w), *direction = calloc(n, sizeof *direction), *own = calloc(n, sizeof *own);
    assert_true(w && direction && own);
    double largest = 0.0;
    for (int step = 0; step < 12; step++) {
        double threshold[MAX_CLASSES];
        memcpy(threshold, t->class_threshold, sizeof threshold);
        MetaAdam adam = t->meta.adam;
        for (size_t i = 0; i < n; i++)
            w[i] = (double)t->parameters[i];
        size_t batch = t->batch, first = batch * (size_t)s->batch;
        assert_int_equal(trainer_run(t, 1), 1);
        size_t left = t->data.count - first, count = left < (size_t)s->batch ? left : (size_t)s->batch;
        Plain p = {t, w, t->each.order + first, count};
        memset(direction, 0, n * sizeof *direction);
        assert_true(fabs(plain_ahead(&p, threshold, direction) - t->meta.ahead_loss) < 2e-6);
        int classes = s->meta_classes ? t->data.classes : 1;
        double derivative[MAX_CLASSES] = {0.0};
        for (int c = 0; c < classes && !is_at_kink(&p, threshold); c++) {
            derivative[c] = plain_derivative(&p, threshold, s->meta_classes ? c : -1);
            largest = fmax(largest, fabs(derivative[c]));
            double far = fabs(derivative[c] - t->meta.derivative[c]);
            if (!(far <= 1e-5 * fabs(derivative[c]) + 3e-7))
                fail_msg("%s, class %d of %d, step %d: dL/dt %.9g, plainly %.9g",
                         PROPERTIES[PROPERTY_REGULARIZER].choices[s->regularizer], c, t->data.classes, step,
                         t->meta.derivative[c], derivative[c]);
        }
        /* the thresholds' step is Adam's, within the bounds */
        meta_adam_step(&adam, s->meta_rate, t->meta.derivative, threshold, classes);
        for (int c = 0; c < t->data.classes; c++) {
            double stepped = fmin(fmax(threshold[s->meta_classes ? c : 0], log(t->data.classes)), META_HIGHEST);
            assert_true(fabs(stepped - t->class_threshold[c]) < 1e-12);
        }
        for (size_t i = 0; i < count; i++) { /* G, and the new v */
            uint32_t sample = p.order[i];
            const Sample *at = &t->each.samples[sample];
            double g = 0.0;
            memset(own, 0, n * sizeof *own);
            double l = plain_sample(&t->mlp, w, (double)at->input[0], (double)at->input[1], at->label, 1.0, own);
            for (size_t k = 0; k < n; k++)
                g += own[k] * direction[k];
            assert_true(fabs(g - (double)t->each.influence[sample]) <= 3e-5 * fabs(g) + 3e-6);
            double v = plain_weight(s->regularizer, s->power, l, t->class_threshold[at->label]);
            assert_true(fabs(v - (double)t->each.v[sample]) < 2e-5 || fabs(l - t->class_threshold[at->label]) < 1e-4);
        }
    }
    assert_true(largest > 1e-6); /* there was something to compare */
    free(w);
    free(direction);
    free(own);
    trainer_free(t);
}

static void test_against_plain(void **state) {
    (void)state;
    static const char *const DATA[] = {"dataset=blobs centroids=0,0,3,3", "dataset=blobs centroids=0,0,4,0,2,3",
                                       "dataset=blobs centroids=0,0,4,0,2,3,-3,2,1,-4 standardize=on"};
    static const char *const MODELS[] = {"hidden=", "hidden=7 activation=tanh", "hidden=16,5 activation=relu"};
    for (int d = 0; d < 3; d++)
        for (int m = 0; m < 3; m++)
            for (int r = 0; r < SOFT_COUNT; r++)
                for (int classes = 0; classes < 2; classes++) {
                    char text[512];
                    snprintf(text, sizeof text,
                             "%s %s samples=107 flip=0.2 clean=23 pace=meta batch=%d learning-rate=0.05 "
                             "lookahead-rate=0.4 threshold=%g meta-rate=0.05 weight-decay=%g optimizer=%s seed=%d",
                             DATA[d], MODELS[m],
                             d == 1   ? 20
                             : d == 2 ? 50
                                      : 32,
                             1.1 * log(d == 0   ? 2
                                       : d == 1 ? 3
                                                : 5) +
                                 0.2,
                             m == 1 ? 0.01 : 0.0, m == 2 ? "sgd" : "adam", 3 + d);
                    Settings s = settings_of(text);
                    s.regularizer = SOFT[r];
                    s.meta_classes = classes;
                    for (int k = 0; kernels_variant(k); k++)
                        check_run(&s, kernels_variant(k));
                }
}

/* A batch beyond the blocks that are kept: its passes find anew what the first one found. */
static void test_large_batch(void **state) {
    (void)state;
    Settings s = settings_of("dataset=moons noise=0.2 samples=1500 flip=0.2 clean=40 pace=meta regularizer=linear "
                             "threshold=3 batch=1000 hidden=6");
    check_run(&s, kernels_best());
}

/* Reweighting: max(G, 0), scaled to sum to the batch's size. */
static void test_reweight(void **state) {
    (void)state;
    Settings s = settings_of("dataset=moons noise=0.2 samples=211 flip=0.3 clean=20 pace=reweight batch=32 hidden=8 "
                             "learning-rate=0.01");
    Trainer *t = start(&s);
    size_t n = t->mlp.parameters;
    double *w = calloc(n, sizeof *w), *direction = calloc(n, sizeof *direction), *own = calloc(n, sizeof *own);
    assert_true(w && direction && own);
    for (int step = 0; step < 12; step++) {
        for (size_t i = 0; i < n; i++)
            w[i] = (double)t->parameters[i];
        memset(direction, 0, n * sizeof *direction);
        for (size_t j = 0; j < t->clean.count; j++) {
            const Sample *c = &t->meta.room.clean[j];
            plain_sample(&t->mlp, w, (double)c->input[0], (double)c->input[1], c->label, 1.0 / 20.0, direction);
        }
        size_t first = t->batch * 32;
        trainer_run(t, 1);
        size_t count = t->data.count - first < 32 ? t->data.count - first : 32;
        double g[32], sum = 0.0;
        for (size_t i = 0; i < count; i++) {
            const Sample *at = &t->each.samples[t->each.order[first + i]];
            memset(own, 0, n * sizeof *own);
            plain_sample(&t->mlp, w, (double)at->input[0], (double)at->input[1], at->label, 1.0, own);
            g[i] = 0.0;
            for (size_t k = 0; k < n; k++)
                g[i] += own[k] * direction[k];
            g[i] = fmax(g[i], 0.0);
            sum += g[i];
        }
        for (size_t i = 0; i < count; i++)
            assert_true(fabs((double)t->each.v[t->each.order[first + i]] - g[i] * (double)count / sum) < 1e-3);
    }
    free(w);
    free(direction);
    free(own);
    trainer_free(t);
}

/* ---- a run ---- */

/* Neither how the batches are cut into calls nor a copy on the way makes a difference; a reset begins anew. */
static void test_same_run(void **state) {
    (void)state;
    Settings s = settings_of("dataset=moons noise=0.1 samples=300 flip=0.2 clean=20 pace=meta regularizer=linear "
                             "threshold=5 warmup=1 hidden=5 epochs=6");
    Trainer *t = start(&s), *pieces = start(&s), *copy = NULL;
    while (!trainer_finished(t))
        trainer_run(t, SIZE_MAX);
    for (size_t i = 0; !trainer_finished(pieces); i++) {
        trainer_run(pieces, 1 + i % 3);
        if (i == 7) {
            copy = trainer_copy(pieces, &status);
            assert_non_null(copy);
        }
    }
    while (!trainer_finished(copy))
        trainer_run(copy, SIZE_MAX);
    trainer_reset(t);
    assert_true(isnan((double)t->each.influence[0]) && isnan(t->meta.ahead_loss) && t->class_threshold[1] == 5.0);
    while (!trainer_finished(t))
        trainer_run(t, SIZE_MAX);
    const Trainer *runs[] = {pieces, copy};
    for (int k = 0; k < 2; k++) {
        assert_memory_equal(runs[k]->parameters, t->parameters, t->mlp.parameters * sizeof(float));
        assert_memory_equal(runs[k]->class_threshold, t->class_threshold, sizeof t->class_threshold);
        assert_memory_equal(runs[k]->each.v, t->each.v, t->data.count * sizeof(float));
        assert_memory_equal(runs[k]->each.influence, t->each.influence, t->data.count * sizeof(float));
    }
    assert_true(t->class_threshold[0] != t->class_threshold[1] && t->by_class);
    trainer_free(t);
    trainer_free(pieces);
    trainer_free(copy);
}

/* A threshold set by hand is where meta goes on from; held ones stay; the cap and ln C bound them. */
static void test_by_hand(void **state) {
    (void)state;
    Settings s = settings_of("samples=320 clean=20 pace=meta regularizer=linear threshold=5 outliers=0.1");
    Trainer *t = start(&s);
    trainer_run(t, 4);
    trainer_set_class_threshold(t, 1, 9.0);
    assert_true(t->class_threshold[1] == 9.0 && t->by_class);
    assert_true(fabs(t->threshold - (t->class_threshold[0] + 9.0) / 2.0) < 1e-12);
    trainer_run(t, 1);
    assert_true(t->class_threshold[1] != 9.0 && fabs(t->class_threshold[1] - 9.0) < 0.1);
    trainer_set_threshold(t, 3.0);
    assert_true(t->by_class && t->class_threshold[0] == 3.0 && t->class_threshold[1] == 3.0);
    trainer_set_hold(t, true);
    trainer_run(t, SIZE_MAX);
    assert_true(t->class_threshold[0] == 3.0 && t->class_threshold[1] == 3.0 && t->threshold == 3.0);
    trainer_set_hold(t, false);
    trainer_set_threshold(t, 0.01);
    trainer_run(t, 1);
    assert_true(t->class_threshold[0] >= log(2.0) && t->class_threshold[1] >= log(2.0));
    s = t->settings;
    s.cap = 2.0;
    trainer_set(t, &s);
    trainer_set_threshold(t, 19.0);
    trainer_run(t, SIZE_MAX);
    assert_true(t->class_threshold[0] <= 2.0 && t->class_threshold[1] <= 2.0);
    s.meta_classes = false;
    trainer_set(t, &s);
    assert_true(!t->by_class && t->class_threshold[0] == t->class_threshold[1]);
    trainer_run(t, SIZE_MAX);
    assert_true(t->class_threshold[0] == t->class_threshold[1]);
    trainer_free(t);
}

/* Clean points have a part in nothing but what is learned from them: any other pace trains as without that pace. */
static void test_apart(void **state) {
    (void)state;
    Settings s = settings_of("dataset=blobs samples=400 outliers=0.2 clean=20 learning-rate=0.01 epochs=5");
    Trainer *easy = start(&s);
    assert_int_equal(easy->data.count, 380);
    assert_int_equal(easy->clean.count, 20);
    for (size_t i = 0; i < 20; i++) {
        assert_int_equal(easy->clean.label[i], easy->clean.truth[i]);
        assert_true(easy->clean.x[i] < 7.5f);
    }
    assert_int_equal(easy->clean.class_count[0], 10);
    Dataset rest;
    assert_true(dataset_copy(&rest, &easy->data, &status));
    Settings without = s;
    without.clean = 0;
    without.outliers = 0.0;
    Trainer *same = trainer_new(&without, &rest, &status);
    assert_non_null(same);
    trainer_run(easy, SIZE_MAX);
    trainer_run(same, SIZE_MAX);
    assert_memory_equal(easy->parameters, same->parameters, easy->mlp.parameters * sizeof(float));
    assert_true(isnan(same->clean_loss) && same->each.influence == NULL);
    trainer_free(same);

    Settings alone = s;
    alone.pace = PACE_CLEAN_ALONE;
    Trainer *beside = trainer_twin(easy, &alone, &status);
    assert_non_null(beside);
    assert_memory_equal(beside->clean.x, easy->clean.x, 20 * sizeof(float));
    while (!trainer_finished(beside))
        trainer_run(beside, SIZE_MAX);
    trainer_evaluate(beside);
    assert_int_equal(trainer_easy(beside), 0);
    assert_true(beside->clean_loss < 0.69);
    double steps = 5.0 * (double)beside->batches; /* one for each batch */
    assert_true(fabs(log(beside->optimizer.beta1_power) / log(0.9) - steps) < 1e-6);
    trainer_free(beside);
    trainer_free(easy);
}

/* Clean points can be marked, taken away and brought in the middle of a run. */
static void test_other_clean_points(void **state) {
    (void)state;
    Settings s = settings_of("dataset=blobs samples=200 flip=0.1 learning-rate=0.01 regularizer=linear threshold=5");
    Trainer *t = start(&s);
    trainer_run(t, 3);
    Settings meta = s;
    meta.pace = PACE_META;
    assert_false(trainer_has_clean(t, &meta, &status));
    Dataset data, clean;
    assert_true(dataset_copy(&data, &t->data, &status) && dataset_add_clean(&data, &status));
    uint32_t origin[200];
    size_t kept = 0;
    for (size_t i = 0; i < 200; i++) {
        data.clean[i] = i % 20 == 0;
        if (!data.clean[i])
            origin[kept++] = (uint32_t)i;
    }
    assert_true(dataset_take_clean(&data, &clean, &status));
    TrainerPoints *prepared = trainer_prepare_points(t, &data, &clean, origin, &status);
    assert_non_null(prepared);
    trainer_commit_points(t, prepared, &data, &clean);
    assert_true(t->data.count == 190 && t->clean.count == 10 && data.count == 200 && clean.count == 0);
    assert_true(trainer_has_clean(t, &meta, &status));
    trainer_set(t, &meta);
    trainer_run(t, SIZE_MAX);
    trainer_run(t, SIZE_MAX);
    assert_true(isfinite(t->clean_loss) && isfinite((double)t->each.influence[0]));
    assert_true(t->class_threshold[0] != 5.0);

    for (size_t i = 0; i < 200; i++)
        origin[i] = NEW_SAMPLE;
    prepared = trainer_prepare_points(t, &data, &clean, origin, &status);
    assert_non_null(prepared);
    trainer_commit_points(t, prepared, &data, &clean);
    assert_true(t->data.count == 200 && t->clean.count == 0 && isnan(t->clean_loss));
    trainer_run(t, SIZE_MAX); /* as if the pace moved nothing */
    Dataset joined;
    assert_true(dataset_join(&joined, &data, &t->test, &clean, &status));
    assert_int_equal(joined.count, 200);
    for (size_t i = 0; i < 200; i++)
        assert_int_equal(joined.clean[i], i % 20 == 0);
    dataset_free(&joined);
    dataset_free(&data);
    dataset_free(&clean);
    trainer_free(t);
}

/* Where a run goes on from an earlier epoch it does what it did, moments of the thresholds and all. */
static void test_go_back(void **state) {
    (void)state;
    Settings s = settings_of("dataset=blobs samples=300 outliers=0.2 clean=20 pace=meta regularizer=linear threshold=5 "
                             "learning-rate=0.01 epochs=9");
    Trainer *t = start(&s);
    History history;
    assert_true(history_init(&history, t->data.count, t->mlp.parameters, HISTORY_DEFAULT_BYTES, &status));
    float parameters[6];
    double threshold[MAX_CLASSES];
    for (int way = 0; way < 2; way++) {
        while (!trainer_finished(t)) {
            trainer_run(t, SIZE_MAX);
            trainer_evaluate(t);
            assert_true(history_add(&history, t, &status));
        }
        if (way == 1)
            break;
        memcpy(parameters, t->parameters, sizeof parameters);
        memcpy(threshold, t->class_threshold, sizeof threshold);
        trainer_set_class_threshold(t, 0, 17.0);
        history_restore(&history, history_find(&history, 3), t);
        assert_true(t->epoch == 4 && t->by_class && t->class_threshold[0] != 17.0);
        assert_true(isnan((double)t->each.influence[5]));
    }
    assert_memory_equal(parameters, t->parameters, sizeof parameters);
    assert_memory_equal(threshold, t->class_threshold, sizeof threshold);
    history_free(&history);
    trainer_free(t);
}

static void run_and_keep(Trainer *t, History *history, uint32_t epochs) {
    while (t->epoch < epochs) {
        trainer_run(t, SIZE_MAX);
        if (t->batch > 0)
            continue;
        trainer_evaluate(t);
        assert_true(history_add(history, t, &status));
    }
}

/* Where settings have changed since, a run goes on from an earlier epoch as they say now: from its thresholds, but one
 * a class or one for all, within their bounds, and meta with moments of its own. */
static void test_go_back_to_other_settings(void **state) {
    (void)state;
    static const struct {
        const char *then, *now;
        bool by_class;
    } CASES[] = {{"pace=multiplicative", "pace=meta", true},
                 {"pace=multiplicative", "pace=meta meta-classes=off", false},
                 {"pace=class-share", "pace=meta", true},
                 {"pace=class-share", "pace=meta meta-classes=off", false},
                 {"pace=meta meta-classes=off", "pace=meta", true},
                 {"pace=meta", "pace=meta meta-classes=off", false},
                 {"pace=meta", "pace=meta cap=3", true}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[256];
        const char *common = "dataset=blobs samples=300 outliers=0.2 clean=20 regularizer=linear threshold=0.2 "
                             "learning-rate=0.01 epochs=9";
        snprintf(text, sizeof text, "%s %s", common, CASES[i].then);
        Settings then = settings_of(text);
        snprintf(text, sizeof text, "%s %s", common, CASES[i].now);
        Settings now = settings_of(text);
        Trainer *t = start(&then);
        History history;
        assert_true(history_init(&history, t->data.count, t->mlp.parameters, HISTORY_DEFAULT_BYTES, &status));
        if (i == 6)
            trainer_set_threshold(t, 7.0);
        run_and_keep(t, &history, 3);
        double highest = fmax(log(2.0), history.records[1].threshold);
        trainer_set(t, &now);
        run_and_keep(t, &history, 6);
        const HistoryRecord *record = history_find(&history, 1);
        bool same_kind = record->meta && record->by_class == CASES[i].by_class;
        history_restore(&history, record, t);
        assert_int_equal(t->by_class, CASES[i].by_class);
        assert_true(same_kind || t->meta.adam.beta1_power == 1.0);
        for (int c = 0; c < 2; c++)
            assert_true(t->class_threshold[c] >= log(2.0) && t->class_threshold[c] <= fmin(now.cap, 20.0));
        if (!CASES[i].by_class) {
            assert_true(t->class_threshold[0] == t->class_threshold[1] && t->threshold == t->class_threshold[0]);
            assert_true(t->threshold == highest);
        }
        run_and_keep(t, &history, 5);
        assert_int_equal(t->class_threshold[0] != t->class_threshold[1], CASES[i].by_class);
        history_free(&history);
        trainer_free(t);
    }
}

/* Marked points stay out of the test points, outliers and flips, and go before those that would be drawn. */
static void test_marked(void **state) {
    (void)state;
    Settings s = settings_of("dataset=blobs samples=200 outliers=1 flip=1 test=0.9 clean=7");
    Dataset data, test, clean;
    assert_true(dataset_generate(&data, &s, &status) && dataset_add_clean(&data, &status));
    for (size_t i = 0; i < 200; i += 5)
        data.clean[i] = 1;
    Dataset whole;
    assert_true(dataset_copy(&whole, &data, &status));
    assert_true(dataset_prepare(&data, &s, &test, &clean, &status));
    assert_true(clean.count == 40 && test.count == 159 && data.count == 1);
    assert_true(!data.clean && !test.clean && !clean.clean);
    for (size_t i = 0; i < 40; i++) {
        assert_int_equal(clean.row[i], 5 * i);
        assert_true(clean.x[i] == whole.x[5 * i] && clean.label[i] == whole.label[5 * i]);
    }
    assert_true(data.x[0] > 5.0f);
    dataset_free(&data);
    dataset_free(&test);
    dataset_free(&clean);
    memset(whole.clean, 1, 200);
    assert_false(dataset_prepare(&whole, &s, &test, &clean, &status));
    assert_non_null(strstr(status.message, "all of the 200 points are marked as clean"));
    dataset_free(&whole);
}

/* What cannot be is refused, with what to do. */
static void test_refused(void **state) {
    (void)state;
    static const char *const BAD[][2] = {{"pace=meta", "regularizer hard"},
                                         {"pace=meta regularizer=log", "regularizer log"},
                                         {"pace=meta regularizer=linear", "there are none: draw some with clean"},
                                         {"pace=reweight", "there are none: draw some with clean"},
                                         {"pace=clean-alone", "there are none: draw some with clean"},
                                         {"pace=reweight order=hard clean=20", "needs order easy"},
                                         {"pace=reweight diversity=1 clean=20", "goes without diversity"},
                                         {"samples=40 clean=39", "draw fewer"},
                                         {"samples=40 clean=40 anomaly=off", "one at least has to be learned from"},
                                         {"samples=40 clean=40 anomaly=off test=0.5", "draw fewer"},
                                         {"samples=40 clean=10000000", "draw fewer"}};
    for (size_t i = 0; i < sizeof BAD / sizeof *BAD; i++) {
        Settings s = settings_of(BAD[i][0]);
        assert_null(trainer_new(&s, NULL, &status));
        if (!strstr(status.message, BAD[i][1]))
            fail_msg("%s: %s", BAD[i][0], status.message);
        assert_int_equal(status.code, STATUS_USAGE);
    }
    Settings plain = settings_of("pace=meta order=all"); /* which learns from all points */
    trainer_free(start(&plain));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_slopes),         cmocka_unit_test(test_small_thresholds),
        cmocka_unit_test(test_cap_of_nothing), cmocka_unit_test(test_golden_step),
        cmocka_unit_test(test_against_plain),  cmocka_unit_test(test_large_batch),
        cmocka_unit_test(test_reweight),       cmocka_unit_test(test_same_run),
        cmocka_unit_test(test_by_hand),        cmocka_unit_test(test_apart),
        cmocka_unit_test(test_go_back),        cmocka_unit_test(test_go_back_to_other_settings),
        cmocka_unit_test(test_marked),         cmocka_unit_test(test_other_clean_points),
        cmocka_unit_test(test_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
