/* What the trainer does with the paces, SPLD, standardisation, test points and known truths, against plain
 * arithmetic written here. */
#include "core/history.h"
#include "core/parallel.h"
#include "core/trainer.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/runs.h"

static Dataset no_clean;

#define assert_near(a, b, distance) assert_true(fabs((double)(a) - (double)(b)) <= (distance))

enum { N = 700 };

static Settings small(void) {
    Settings s;
    settings_default(&s);
    s.samples = N;
    s.threshold = 0.4;
    s.learning_rate = 0.01;
    return s;
}

/* Steps too small to change a parameter: the losses stand still. */
static Settings still(void) {
    Settings s = small();
    s.learning_rate = 1e-12;
    return s;
}

static int ascending(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* The q-quantile of the losses of a class, or of all (-1), by sorting: the float above the last that is to be
 * below it. */
static double quantile(const Trainer *t, int class, double q) {
    static float sorted[N];
    size_t count = 0;
    for (size_t i = 0; i < t->data.count; i++)
        if (class < 0 || t->data.label[i] == class)
            sorted[count++] = t->each.loss[i];
    qsort(sorted, count, sizeof *sorted, ascending);
    size_t k = (size_t)rint(q * (double)count);
    return k == 0 && q == 0.0 ? 0.0 : (double)nextafterf(sorted[k > 0 ? k - 1 : 0], INFINITY);
}

static void test_shares(void **state) {
    (void)state;
    Settings s = small();
    s.share_start = 0.2;
    s.share_end = 0.8;
    s.share_epochs = 4;
    static const double expected[3][6] = {
        {0.2, 0.4, 0.6, 0.8, 0.8, 0.8},
        {0.2, 0.31748021039363988, 0.50396841995794929, 0.8, 0.8, 0.8}, /* 0.2 4^(1/3), 0.2 4^(2/3) */
        {0.2, 0.48989794855663560, 0.66332495807107996, 0.8, 0.8, 0.8}, /* sqrt(0.24), sqrt(0.44) */
    };
    for (int curve = 0; curve < 3; curve++) {
        s.share_curve = curve;
        for (uint32_t e = 0; e < 6; e++)
            assert_near(pace_share(&s, e), expected[curve][e], 1e-15);
        assert_true(pace_share(&s, UINT32_MAX) == 0.8);
        s.share_epochs = 1; /* at once */
        assert_true(pace_share(&s, 0) == 0.8);
        s.share_epochs = 4;
    }
    s.share_start = 1.0; /* downwards */
    s.share_end = 0.0;
    s.share_curve = SHARE_LINEAR;
    assert_near(pace_share(&s, 1), 2.0 / 3.0, 1e-15);
    s.share_curve = SHARE_ROOT;
    assert_near(pace_share(&s, 2), sqrt(1.0 / 3.0), 1e-15);
}

/* By value: the threshold of each epoch. */
static void expect_thresholds(const Settings *s, const double *expected, int epochs) {
    Trainer *t = start(s);
    double *ahead = calloc((size_t)epochs, sizeof *ahead);
    assert_non_null(ahead);
    trainer_pace_ahead(t, ahead, (size_t)epochs);
    for (int e = 0; e < epochs; e++) {
        assert_true(ahead[e] == expected[e]);
        assert_true(trainer_next_threshold(t) == expected[e]);
        trainer_run(t, 3);
        assert_true(t->threshold == expected[e]);
        double rest[2];
        trainer_pace_ahead(t, rest, 2);
        assert_true(rest[0] == expected[e]);
        if (e + 1 < epochs)
            assert_true(rest[1] == expected[e + 1] && trainer_next_threshold(t) == expected[e + 1]);
        run_epochs(t, 1);
        assert_true(t->epoch_threshold == expected[e]);
    }
    free(ahead);
    trainer_free(t);
}

static void test_by_value(void **state) {
    (void)state;
    Settings s = small();
    double t = 0.4;
    expect_thresholds(&s, (double[]){t, t * 1.35, t * 1.35 * 1.35}, 3);
    s.cap = 0.6;
    expect_thresholds(&s, (double[]){t, t * 1.35, 0.6, 0.6}, 4);
    s.pace = PACE_ADDITIVE;
    s.growing_step = 0.125;
    expect_thresholds(&s, (double[]){t, t + 0.125, 0.6, 0.6}, 4);
    s.warmup = 2;
    s.cap = 0.3;
    expect_thresholds(&s, (double[]){0.3, 0.3, 0.3}, 3); /* the first is capped, too */
    s.cap = CAP_NONE;
    expect_thresholds(&s, (double[]){t, t, t, t + 0.125, t + 0.125 + 0.125}, 5);
    s.warmup = 0;
    s.growing_step = -0.25;
    expect_thresholds(&s, (double[]){t, t - 0.25, 0, 0}, 4);
    s.growing_step = 6e8; /* without a cap it ends at the largest threshold that a person can set */
    expect_thresholds(&s, (double[]){t, t + 6e8, 1e9, 1e9}, 4);
    s.pace = PACE_MULTIPLICATIVE;
    s.growing_factor = 1000;
    s.threshold = 5e5;
    expect_thresholds(&s, (double[]){5e5, 5e8, 1e9, 1e9}, 4);
    s.threshold = t;
    s.regularizer = REGULARIZER_LOG;
    double limit = threshold_limit(REGULARIZER_LOG);
    expect_thresholds(&s, (double[]){t, limit, limit}, 3);
}

/* Every epoch's threshold is the quantile of the losses that the model has as it begins. */
static void test_by_share(void **state) {
    (void)state;
    for (int round = 0; round < 8; round++) {
        Settings s = small();
        s.pace = round % 2 ? PACE_CLASS_SHARE : PACE_SHARE;
        s.share_curve = round % 3;
        s.share_start = 0.15;
        s.share_end = 0.9;
        s.share_epochs = 4;
        s.warmup = round / 2 % 2 * 2;
        s.regularizer = round / 4 ? REGULARIZER_LINEAR : REGULARIZER_HARD;
        s.centroid_count = 3;
        s.centroids[4] = 4.0;
        Trainer *t = start(&s);
        double ahead[8];
        trainer_pace_ahead(t, ahead, 8);
        for (int e = 0; e < 8; e++) {
            if (round % 4 != 1) /* else the trainer has to find out that it is time to evaluate */
                trainer_evaluate(t);
            bool warm = e < s.warmup;
            double q = warm ? 0.15 : pace_share(&s, (uint32_t)(e - s.warmup));
            assert_true(ahead[e] == (warm ? 1.0 : q));
            double next = trainer_next_threshold(t);
            assert_true(next == trainer_next_threshold(t));
            trainer_run(t, 1);
            Trainer *then = start(&s); /* the losses before that batch */
            run_epochs(then, (uint32_t)e);
            trainer_evaluate(then);
            if (!warm) {
                assert_true(t->threshold == quantile(then, -1, q));
                assert_true(round % 4 == 1 || next == t->threshold);
                for (int c = 0; c < 3; c++)
                    assert_true(t->class_threshold[c] == (round % 2 ? quantile(then, c, q) : t->threshold));
                assert_true(t->by_class == (round % 2 == 1));
                assert_true(trainer_next_threshold(t) == t->threshold); /* not known yet */
            } else {
                assert_true(t->threshold == next);
            }
            double rest[2];
            trainer_pace_ahead(t, rest, 2);
            assert_true(rest[0] == ahead[e] && (e == 7 || rest[1] == ahead[e + 1]));
            trainer_free(then);
            run_epochs(t, 1);
            if (warm)
                assert_int_equal(t->epoch_easy, N);
        }
        trainer_free(t);
    }
}

/* With losses that stand still, so many are easy. */
static void test_shares_are_kept(void **state) {
    (void)state;
    Settings s = still();
    s.pace = PACE_CLASS_SHARE;
    s.share_start = 0.25;
    s.share_end = 0.75;
    s.share_epochs = 3;
    s.centroid_count = 3;
    s.centroids[4] = 4.0;
    for (int round = 0; round < 4; round++) {
        s.order = round == 3 ? ORDER_HARD : ORDER_EASY;
        s.pace = round == 2 ? PACE_SHARE : PACE_CLASS_SHARE;
        s.batch = round == 1 ? 10000 : 32; /* one batch, in several pieces */
        s.cap = CAP_NONE;
        Trainer *t = start(&s);
        for (int e = 0; e < 4; e++) {
            run_epochs(t, 1);
            double q = fmin(0.75, 0.25 + 0.25 * e);
            size_t easy[3] = {0}, all = 0;
            for (size_t i = 0; i < N; i++) {
                easy[t->data.label[i]] += t->each.v[i] > 0.0f;
                all += t->each.v[i] > 0.0f;
            }
            size_t n[4] = {t->data.class_count[0], t->data.class_count[1], t->data.class_count[2], N};
            if (s.pace == PACE_SHARE)
                assert_int_equal(all, (size_t)rint(q * N));
            for (int c = 0; c < 3 && s.pace == PACE_CLASS_SHARE; c++) {
                size_t below = (size_t)rint(q * (double)n[c]);
                /* above the threshold, which is the next float, there may be one fewer than all others */
                if (s.order == ORDER_EASY)
                    assert_int_equal(easy[c], below);
                else
                    assert_true(easy[c] + below == n[c] || easy[c] + below + 1 == n[c]);
            }
        }
        trainer_free(t);
    }
    /* a cap above some classes' thresholds and below others' */
    s.order = ORDER_EASY;
    s.pace = PACE_CLASS_SHARE;
    Trainer *t = start(&s);
    run_epochs(t, 3);
    trainer_evaluate(t);
    double free_of[3], low = INFINITY, high = 0.0;
    for (int c = 0; c < 3; c++) {
        free_of[c] = t->class_threshold[c];
        low = fmin(low, free_of[c]);
        high = fmax(high, free_of[c]);
    }
    trainer_free(t);
    s.cap = (low + high) / 2.0;
    assert_true(low < s.cap && s.cap < high);
    t = start(&s);
    run_epochs(t, 3);
    for (int c = 0; c < 3; c++)
        assert_true(t->class_threshold[c] == fmin(s.cap, free_of[c]));
    assert_true(t->threshold <= s.cap);
    trainer_free(t);
}

/* Held it stays; set by hand it is used once, for all classes; then the pace goes on. */
static void test_hold_and_hand(void **state) {
    (void)state;
    for (int pace = PACE_MULTIPLICATIVE; pace <= PACE_CLASS_SHARE; pace++) {
        Settings s = small();
        s.pace = pace;
        Trainer *t = start(&s);
        run_epochs(t, 2);
        trainer_evaluate(t);
        double held = t->threshold, of_class[MAX_CLASSES], ahead[3];
        memcpy(of_class, t->class_threshold, sizeof of_class);
        trainer_set_hold(t, true);
        assert_true(trainer_next_threshold(t) == held);
        trainer_pace_ahead(t, ahead, 3);
        double share = 0.3 + 0.7 / 9.0; /* of the epoch before */
        for (int i = 0; i < 3; i++)
            assert_near(ahead[i], pace >= PACE_SHARE ? share : held, 1e-15);
        run_epochs(t, 2);
        assert_true(t->threshold == held);
        assert_memory_equal(t->class_threshold, of_class, sizeof of_class);
        trainer_set_hold(t, false);
        trainer_evaluate(t);

        trainer_set_threshold(t, 0.9);
        assert_true(trainer_next_threshold(t) == 0.9 && !t->by_class);
        size_t below = 0;
        for (size_t i = 0; i < N; i++)
            below += t->each.loss[i] < 0.9f;
        trainer_pace_ahead(t, ahead, 2);
        if (pace >= PACE_SHARE) {
            assert_near(ahead[0], (double)below / N, 1e-15);
            assert_true(ahead[1] == pace_share(&s, 5));
        }
        run_epochs(t, 1);
        assert_true(t->epoch_threshold == 0.9);
        for (int c = 0; c < 2; c++)
            assert_true(t->class_threshold[c] == 0.9);
        trainer_evaluate(t);
        double next = trainer_next_threshold(t);
        assert_true(next != 0.9);
        if (pace >= PACE_SHARE)
            assert_true(next == quantile(t, -1, pace_share(&s, 5)));
        run_epochs(t, 1);
        assert_true(t->epoch_threshold == next);

        trainer_set_threshold(t, 0.5); /* a reset forgets what was set by hand, and holding */
        trainer_set_hold(t, true);
        trainer_reset(t);
        Trainer *fresh = start(&s);
        assert_same(t, fresh);
        trainer_free(fresh);
        trainer_free(t);
    }
}

static void test_live(void **state) {
    (void)state;
    Settings s = small();
    Trainer *t = start(&s);
    s.pace = PACE_CLASS_SHARE; /* before the first batch: as if it had begun so */
    s.share_start = 0.4;
    trainer_set(t, &s);
    assert_true(t->threshold == quantile(t, -1, 0.4) && t->class_threshold[1] == quantile(t, 1, 0.4));
    run_epochs(t, 2);
    trainer_evaluate(t);
    s.pace = PACE_ADDITIVE;
    trainer_set(t, &s);
    assert_true(t->by_class); /* what the v's on show were decided with */
    double next = t->threshold + 0.1;
    assert_true(trainer_next_threshold(t) == next);
    run_epochs(t, 1);
    assert_true(t->threshold == next && !t->by_class && t->class_threshold[1] == next);
    s.cap = 0.2; /* at once */
    trainer_set(t, &s);
    assert_true(t->threshold == 0.2 && t->class_threshold[0] == 0.2);
    trainer_set_threshold(t, 3.0);
    assert_true(t->threshold == 0.2);
    s.cap = CAP_NONE;
    trainer_set(t, &s);
    trainer_set_threshold(t, 3.0);
    assert_true(t->threshold == 3.0);
    s.pace = PACE_MULTIPLICATIVE;
    s.threshold = 0.4;
    trainer_set(t, &s);
    trainer_reset(t);
    assert_true(t->threshold == 0.4 && !t->growth_due);
    trainer_free(t);
}

/* v of SPLD as the paper has it, from losses that stand still. */
static void plain_spld(const Trainer *t, const int *group, double strength, bool *easy, bool *near) {
    for (size_t i = 0; i < N; i++) {
        double rank = 1.0;
        for (size_t k = 0; k < N; k++)
            rank += group[k] == group[i] &&
                    (t->each.loss[k] < t->each.loss[i] || (t->each.loss[k] == t->each.loss[i] && k < i));
        double bound = t->class_threshold[t->data.label[i]] + strength / (sqrt(rank) + sqrt(rank - 1.0));
        easy[i] = (double)t->each.loss[i] < bound;
        near[i] = fabs((double)t->each.loss[i] - bound) < 1e-6; /* float32 may see it otherwise */
    }
}

static void test_spld(void **state) {
    (void)state;
    for (int round = 0; round < 6; round++) {
        Settings s = still();
        s.diversity = round < 4 ? 0.7 : 5.0;
        s.groups = round % 2 ? GROUPS_GRID : GROUPS_CLASSES;
        s.pace = round / 2 == 1 ? PACE_CLASS_SHARE : PACE_MULTIPLICATIVE;
        s.warmup = round == 5;
        s.threshold = 0.1;
        Trainer *t = start(&s);
        int group[N];
        const Dataset *d = &t->data;
        for (size_t i = 0; i < N; i++) {
            int column = (int)(4.0f * (d->x[i] - d->x_minimum) / (d->x_maximum - d->x_minimum));
            int row = (int)(4.0f * (d->y[i] - d->y_minimum) / (d->y_maximum - d->y_minimum));
            group[i] = round % 2 ? 4 * (row > 3 ? 3 : row) + (column > 3 ? 3 : column) : d->label[i];
        }
        run_epochs(t, 3);
        trainer_evaluate(t);
        bool easy[N], near[N];
        plain_spld(t, group, s.diversity, easy, near);
        size_t without = 0, with = 0;
        for (size_t i = 0; i < N; i++) {
            with += easy[i];
            without += (double)t->each.loss[i] < t->class_threshold[d->label[i]];
            if (!near[i] && (t->each.v[i] > 0.0f) != easy[i])
                fail_msg("round %d: v of %zu is %g", round, i, (double)t->each.v[i]);
        }
        assert_true(with > without); /* the offsets matter here */
        static float v[N];
        memcpy(v, t->each.v, sizeof v);
        trainer_redecide(t); /* the same from the same losses */
        assert_memory_equal(v, t->each.v, sizeof v);
        s.diversity = 0.0;
        trainer_set(t, &s);
        trainer_redecide(t);
        assert_int_equal(trainer_easy(t), without);
        trainer_free(t);
    }
}

/* Switched on within an epoch, it counts from the next batch on, the same however the rest is cut. */
static void test_spld_live(void **state) {
    (void)state;
    Settings s = small(), diverse = s;
    s.threshold = diverse.threshold = 0.05;
    diverse.diversity = 2.0;
    Trainer *plain = start(&s), *whole = start(&s), *cut = start(&s);
    Trainer *all[] = {plain, whole, cut};
    for (size_t i = 0; i < 3; i++) {
        run_epochs(all[i], 1);
        trainer_run(all[i], 5);
    }
    trainer_set(whole, &diverse);
    trainer_set(cut, &diverse);
    run_epochs(plain, 1);
    run_epochs(whole, 1);
    while (cut->epoch < 2) {
        trainer_run(cut, 1);
        trainer_evaluate(cut); /* changes nothing */
    }
    assert_same(whole, cut);
    for (size_t i = 0; i < 5 * 32; i++)
        assert_true(plain->each.v[plain->each.order[i]] == whole->each.v[plain->each.order[i]]);
    assert_true(whole->epoch_easy > plain->epoch_easy);
    for (size_t i = 0; i < 3; i++)
        trainer_free(all[i]);
}

/* Settings with everything that this file is about, in several ways. */
static Settings varied(int round) {
    Settings s = small();
    s.pace = round % 4;
    s.share_epochs = 5;
    s.growing_step = 0.2;
    s.diversity = round / 4 % 2 ? 0.6 : 0.0;
    s.groups = round % 2;
    s.warmup = round % 3 == 2;
    s.test = round % 3 == 1 ? 0.3 : 0.0;
    s.flip = round % 2 ? 0.1 : 0.0;
    s.standardize = round % 5 == 0;
    s.cap = round % 4 == 3 ? 1.5 : CAP_NONE;
    s.hidden_count = round % 2;
    s.hidden[0] = 5;
    if (round >= 8)
        s.regularizer = REGULARIZER_LINEAR, s.diversity = 0.0;
    return s;
}

static void test_slices(void **state) {
    (void)state;
    NumpyRng rng;
    numpy_seed(&rng, 4);
    for (int round = 0; round < 12; round++) {
        Settings s = varied(round);
        s.batch = 1 + (int)numpy_interval(&rng, 60);
        Trainer *whole = start(&s), *cut = start(&s);
        run_epochs(whole, 4);
        parallel_set_threads(1 + round % 3);
        while (cut->epoch < 4) {
            trainer_run(cut, 1 + numpy_interval(&rng, 9));
            if (numpy_interval(&rng, 3) == 0)
                trainer_evaluate(cut);
            trainer_next_threshold(cut);
        }
        parallel_set_threads(0);
        assert_same(whole, cut);
        assert_true(whole->label_recall == cut->label_recall || isnan(whole->label_recall));
        trainer_free(whole);
        trainer_free(cut);
    }
}

static void test_restore(void **state) {
    (void)state;
    for (int round = 0; round < 12; round++) {
        Settings s = varied(round);
        Trainer *t = start(&s), *straight = start(&s);
        History history;
        assert_true(history_init(&history, t->data.count, t->mlp.parameters, HISTORY_DEFAULT_BYTES, &status));
        for (int i = 0; i < 7; i++) {
            run_epochs(t, 1);
            trainer_evaluate(t);
            assert_true(history_add(&history, t, &status));
            const HistoryRecord *r = &history.records[i];
            assert_true(r->test_loss == t->test_loss || (isnan(r->test_loss) && t->test.count == 0));
            assert_true(isnan(r->test_accuracy) == (t->test.count == 0));
            assert_true(r->label_recall == t->label_recall || isnan(t->label_recall));
            assert_true(r->label_precision == t->label_precision || isnan(t->label_precision));
        }
        trainer_run(t, 3);
        for (uint32_t epoch = 5;; epoch -= 5) {
            const HistoryRecord *record = history_find(&history, epoch);
            history_restore(&history, record, t);
            trainer_reset(straight);
            run_epochs(straight, epoch + 1);
            trainer_evaluate(straight);
            assert_true(trainer_next_threshold(t) == trainer_next_threshold(straight));
            assert_memory_equal(t->class_threshold, straight->class_threshold, sizeof t->class_threshold);
            assert_true(t->label_recall == straight->label_recall || isnan(straight->label_recall));
            run_epochs(t, 3);
            run_epochs(straight, 3);
            assert_same(t, straight);
            if (epoch == 0)
                break;
        }
        /* held from there, the thresholds of the classes are those of then */
        history_restore(&history, history_find(&history, 0), t);
        double held[MAX_CLASSES];
        memcpy(held, t->class_threshold, sizeof held);
        trainer_set_hold(t, true);
        run_epochs(t, 1);
        assert_memory_equal(t->class_threshold, held, sizeof held);
        history_free(&history);
        trainer_free(t);
        trainer_free(straight);
    }
}

/* Data far from the origin, in unlike units. */
static Dataset skewed(void) {
    Settings s = small();
    s.dataset = DATASET_MOONS;
    s.noise = 0.2;
    Dataset data;
    assert_true(dataset_generate(&data, &s, &status));
    for (size_t i = 0; i < N; i++) {
        data.x[i] = 5000.0f + 250.0f * data.x[i];
        data.y[i] = -3.0f + 0.01f * data.y[i];
    }
    dataset_bounds(&data);
    return data;
}

static void plain_moments(const float *values, double *mean, double *sd) {
    *mean = *sd = 0.0;
    for (size_t i = 0; i < N; i++)
        *mean += (double)values[i] / N;
    for (size_t i = 0; i < N; i++)
        *sd += pow((double)values[i] - *mean, 2.0) / N;
    *sd = sqrt(*sd);
}

/* The model of standardised points is the model of points that were standardised beforehand. */
static void test_standardize(void **state) {
    (void)state;
    for (int round = 0; round < 4; round++) {
        Settings s = small();
        s.hidden_count = round % 2;
        s.hidden[0] = 6;
        s.pace = round / 2 ? PACE_CLASS_SHARE : PACE_MULTIPLICATIVE;
        Dataset own = skewed(), before = skewed();
        double mean[2], sd[2];
        plain_moments(own.x, &mean[0], &sd[0]);
        plain_moments(own.y, &mean[1], &sd[1]);
        float first_x = own.x[0];
        Trainer *a, *b;
        s.standardize = true;
        a = trainer_new(&s, &own, &status);
        assert_non_null(a);
        const Scaling *scaling = &a->mlp.scaling;
        for (int axis = 0; axis < 2; axis++) {
            assert_near(scaling->shift[axis], mean[axis], 1e-9);
            assert_near(scaling->divisor[axis], sd[axis], 1e-9);
        }
        for (size_t i = 0; i < N; i++) {
            before.x[i] = (float)(((double)before.x[i] - scaling->shift[0]) / scaling->divisor[0]);
            before.y[i] = (float)(((double)before.y[i] - scaling->shift[1]) / scaling->divisor[1]);
        }
        dataset_bounds(&before);
        s.standardize = false;
        b = trainer_new(&s, &before, &status);
        assert_non_null(b);
        run_epochs(a, 4);
        run_epochs(b, 4);
        trainer_evaluate(a);
        trainer_evaluate(b);
        assert_same(a, b);
        assert_memory_equal(a->each.loss, b->each.loss, N * sizeof(float));
        assert_true(a->accuracy == b->accuracy && a->data.x[0] == first_x);
        float p[2], q[2]; /* anywhere in the plane */
        mlp_scores(&a->mlp, a->parameters, &a->data.x[7], &a->data.y[7], 1, p, 1);
        mlp_scores(&b->mlp, b->parameters, &b->data.x[7], &b->data.y[7], 1, q, 1);
        assert_memory_equal(p, q, sizeof p);
        trainer_reset(a);
        assert_true(a->mlp.scaling.on);
        trainer_free(a);
        trainer_free(b);
    }
    Dataset line = skewed(); /* no deviation is a deviation of 1 */
    for (size_t i = 0; i < N; i++)
        line.y[i] = 3.5f;
    dataset_bounds(&line);
    Settings s = small();
    s.standardize = true;
    Trainer *t = trainer_new(&s, &line, &status);
    assert_non_null(t);
    assert_true(t->mlp.scaling.divisor[1] == 1.0 && mlp_input(&t->mlp, 1, 3.5f) == 0.0f);
    run_epochs(t, 2);
    assert_false(t->diverged);
    trainer_free(t);
}

/* Test points change nothing: the run is that of the training points alone. */
static void test_points_kept_apart(void **state) {
    (void)state;
    for (int round = 0; round < 4; round++) {
        Settings s = small();
        s.pace = round % 2 ? PACE_SHARE : PACE_ADDITIVE;
        s.flip = 0.15;
        s.outliers = 0.05;
        s.test = 0.3;
        s.standardize = round / 2 == 1;
        Dataset data, test;
        assert_true(dataset_generate(&data, &s, &status) && dataset_prepare(&data, &s, &test, &no_clean, &status));
        Trainer *with = start(&s);
        assert_memory_equal(with->test.x, test.x, test.count * sizeof(float));
        s.flip = s.outliers = s.test = 0.0;
        Trainer *alone = trainer_new(&s, &data, &status);
        assert_non_null(alone);
        assert_int_equal(with->data.count, 490);
        assert_int_equal(with->test.count, 210);
        assert_true(isnan(alone->test_accuracy) && isnan(alone->test_loss));
        for (int e = 0; e < 4; e++) {
            run_epochs(with, 1);
            run_epochs(alone, 1);
            trainer_evaluate(with);
            assert_same(with, alone);
        }
        size_t right = 0, flipped = 0;
        double loss = 0.0;
        for (size_t i = 0; i < test.count; i++) {
            float z[2];
            mlp_scores(&with->mlp, with->parameters, &test.x[i], &test.y[i], 1, z, 1);
            int truth = test.truth ? test.truth[i] : test.label[i];
            right += truth == (z[1] > z[0]);
            loss += log1p(exp((double)z[1 - truth] - (double)z[truth]));
            flipped += truth != test.label[i];
        }
        assert_true(flipped <= 1); /* the post's anomaly at the most: no outliers, no flips */
        assert_near(with->test_accuracy, (double)right / 210.0, 1e-12);
        assert_near(with->test_loss, loss / 210.0, 1e-5);
        assert_int_equal(trainer_easy(with), trainer_easy(alone));
        dataset_free(&test);
        trainer_free(with);
        trainer_free(alone);
    }
}

static void test_truth(void **state) {
    (void)state;
    Settings s = small();
    s.flip = 0.2;
    Trainer *t = start(&s);
    assert_true(isnan(t->label_precision) && isnan(t->label_recall));
    for (int e = 0; e < 6; e++) {
        run_epochs(t, 1);
        double hard = 0.0, wrong = 0.0, both = 0.0;
        for (size_t i = 0; i < N; i++) {
            hard += t->each.v[i] == 0.0f;
            wrong += t->data.label[i] != t->data.truth[i];
            both += t->each.v[i] == 0.0f && t->data.label[i] != t->data.truth[i];
        }
        assert_true(wrong > 130.0 && both > 0.0);
        assert_near(t->label_precision, both / hard, 1e-15);
        assert_near(t->label_recall, both / wrong, 1e-15);
    }
    trainer_set_threshold(t, 1e6);
    run_epochs(t, 1); /* nobody is hard */
    assert_true(isnan(t->label_precision) && t->label_recall == 0.0);
    trainer_free(t);
    s.flip = 0.0;
    s.anomaly = false;
    t = start(&s);
    run_epochs(t, 1); /* nothing is known to be wrong */
    assert_true(isnan(t->label_precision) && isnan(t->label_recall));
    trainer_free(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shares),        cmocka_unit_test(test_by_value),
        cmocka_unit_test(test_by_share),      cmocka_unit_test(test_shares_are_kept),
        cmocka_unit_test(test_hold_and_hand), cmocka_unit_test(test_live),
        cmocka_unit_test(test_spld),          cmocka_unit_test(test_spld_live),
        cmocka_unit_test(test_slices),        cmocka_unit_test(test_restore),
        cmocka_unit_test(test_standardize),   cmocka_unit_test(test_points_kept_apart),
        cmocka_unit_test(test_truth),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
