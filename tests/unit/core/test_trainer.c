/* A run as a whole: cut into slices, on other numbers of threads, held, warmed up, rewound. */
#include "core/history.h"
#include "core/kernels/kernels.h"
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

#include "tests/support/runs.h"

static Settings small(void) {
    Settings s;
    settings_default(&s);
    s.samples = 700;
    s.batch = 32;
    s.threshold = 0.4;
    return s;
}

static void test_slices(void **state) {
    (void)state;
    NumpyRng rng;
    numpy_seed(&rng, 3);
    for (int round = 0; round < 8; round++) {
        Settings s = small();
        s.batch = 1 + (int)numpy_interval(&rng, 60);
        s.hidden_count = round % 3;
        s.hidden[0] = s.hidden[1] = 7;
        s.optimizer = round % 2;
        s.regularizer = round % 4;
        s.warmup = round % 2 * 2;
        Trainer *whole = start(&s), *cut = start(&s);
        run_epochs(whole, 6);
        while (cut->epoch < 6)
            trainer_run(cut, 1 + numpy_interval(&rng, 9));
        assert_same(whole, cut);
        trainer_free(whole);
        trainer_free(cut);
    }
}

static void test_threads(void **state) {
    (void)state;
    Settings s = small();
    s.samples = 100001;
    s.hidden_count = 1;
    s.hidden[0] = 9;
    float *loss = calloc(100001, sizeof *loss);
    assert_non_null(loss);
    double mean = 0.0, accuracy = 0.0;
    Trainer *first = NULL;
    for (int threads = 1; threads <= 3; threads++) {
        parallel_set_threads(threads);
        Trainer *t = start(&s);
        run_epochs(t, 1);
        trainer_evaluate(t);
        if (!first) {
            first = t;
            mean = t->mean_loss;
            accuracy = t->accuracy;
            continue;
        }
        assert_same(first, t);
        assert_true(t->mean_loss == mean && t->accuracy == accuracy);
        assert_memory_equal(first->each.loss, t->each.loss, t->data.count * sizeof(float));
        trainer_free(t);
    }
    parallel_set_threads(0);
    trainer_free(first);
    free(loss);
}

static void test_reset(void **state) {
    (void)state;
    Settings s = small();
    Trainer *a = start(&s), *b = start(&s);
    run_epochs(a, 3);
    trainer_run(a, 5);
    trainer_set_threshold(a, 7.0);
    trainer_reset(a);
    assert_int_equal(a->epoch, 0);
    assert_true(a->threshold == 0.4);
    run_epochs(a, 2);
    run_epochs(b, 2);
    assert_same(a, b);
    trainer_free(a);
    trainer_free(b);
}

static void test_threshold(void **state) {
    (void)state;
    Settings s = small();
    Trainer *t = start(&s);
    run_epochs(t, 1);
    assert_true(t->threshold == 0.4 && t->epoch_threshold == 0.4); /* grows when the next epoch begins */
    assert_true(trainer_next_threshold(t) == 0.4 * 1.35);
    trainer_run(t, 1);
    assert_true(t->threshold == 0.4 * 1.35);
    trainer_set_threshold(t, 2.0); /* in force for the rest of the epoch */
    run_epochs(t, 1);
    assert_true(t->epoch_threshold == 2.0 && trainer_next_threshold(t) == 2.0 * 1.35);
    trainer_set_threshold(t, 3.0); /* between epochs: used by the next one as it stands */
    assert_true(trainer_next_threshold(t) == 3.0);
    run_epochs(t, 1);
    assert_true(t->epoch_threshold == 3.0);
    trainer_set_hold(t, true);
    run_epochs(t, 2);
    assert_true(t->epoch_threshold == 3.0);
    trainer_set_hold(t, false);
    run_epochs(t, 1);
    assert_true(t->epoch_threshold == 3.0 * 1.35);
    trainer_free(t);
}

static void test_redecide(void **state) {
    (void)state;
    Settings s = small();
    Trainer *t = start(&s);
    run_epochs(t, 2);
    trainer_set_threshold(t, 1e6);
    trainer_redecide(t);
    assert_int_equal(trainer_easy(t), 700);
    trainer_set_threshold(t, 0.0);
    trainer_redecide(t);
    assert_int_equal(trainer_easy(t), 0);
    run_epochs(t, 1); /* nothing is easy: the epoch's v's say so */
    assert_int_equal(t->epoch_easy, 0);
    assert_true(t->epoch_mean_batch_loss == 0.0);
    trainer_free(t);
}

static void test_warmup(void **state) {
    (void)state;
    Settings s = small();
    s.warmup = 2;
    Trainer *t = start(&s);
    for (int epoch = 0; epoch < 4; epoch++) {
        run_epochs(t, 1);
        double expected = epoch < 3 ? 0.4 : 0.4 * 1.35; /* the first epoch after the warm-up still has it */
        assert_true(epoch < 2 ? t->epoch_easy == 700 : t->epoch_easy < 700);
        assert_true(t->epoch_threshold == (epoch == 2 ? 0.4 : expected));
    }
    trainer_free(t);
}

static void test_end(void **state) {
    (void)state;
    Settings s = small();
    s.epochs = 3;
    Trainer *t = start(&s);
    assert_false(trainer_finished(t));
    run_epochs(t, 3);
    assert_true(trainer_finished(t));
    trainer_free(t);
    s.epochs = 1000;
    s.until_hard = 350;
    t = start(&s);
    while (!trainer_finished(t))
        run_epochs(t, 1);
    assert_true(t->data.count - t->epoch_easy <= 350);
    assert_true(t->epoch < 1000);
    trainer_free(t);
}

static void test_odd_sizes(void **state) {
    (void)state;
    Settings s = small();
    s.batch = 10000; /* one batch of all */
    Trainer *t = start(&s);
    assert_int_equal(t->batches, 1);
    run_epochs(t, 5);
    trainer_free(t);
    s.batch = 1;
    s.samples = 3;
    t = start(&s);
    assert_int_equal(t->batches, 3);
    run_epochs(t, 5);
    trainer_free(t);
}

static void test_divergence(void **state) {
    (void)state;
    Settings s = small();
    s.optimizer = OPTIMIZER_SGD;
    s.order = ORDER_ALL;
    s.learning_rate = 1000.0;
    s.weight_decay = 1000.0;
    Trainer *t = start(&s);
    for (int i = 0; i < 50 && !t->diverged; i++)
        trainer_run(t, SIZE_MAX);
    assert_true(t->diverged);
    assert_int_equal(trainer_run(t, 1), 0);
    for (size_t i = 0; i < t->mlp.parameters; i++)
        assert_true(isfinite(t->parameters[i])); /* the last finite state stays */
    trainer_reset(t);
    assert_false(t->diverged);
    trainer_free(t);
}

static void test_log_limit(void **state) {
    (void)state;
    Settings s = small();
    s.regularizer = REGULARIZER_LOG;
    s.threshold = 0.9;
    s.growing_factor = 3.0;
    Trainer *t = start(&s);
    run_epochs(t, 4);
    assert_true(t->threshold < 1.0);
    for (size_t i = 0; i < t->data.count; i++)
        assert_true(t->each.v[i] >= 0.0f && t->each.v[i] <= 1.0f);
    trainer_free(t);
}

/* So many points that they are asked for ahead of time, which changes nothing: plain steps in the same order. */
static void test_far_points(void **state) {
    (void)state;
    enum { BATCH = 10, STEPS = 8 };
    Settings s = small();
    s.samples = KERNEL_FAR + 100;
    s.hidden_count = 1;
    s.hidden[0] = 2;
    s.batch = BATCH;
    s.warmup = 0;
    Trainer *t = start(&s), *plain = start(&s);
    assert_int_equal(trainer_run(t, STEPS), STEPS);
    WeightRule rule = weight_rule(&s, t->threshold, false);
    for (size_t step = 0; step < STEPS; step++) {
        plain->kernels->batch(&plain->mlp, plain->parameters, plain->each.samples, t->each.order + step * BATCH, BATCH,
                              &rule, plain->each.v, plain->gradient);
        optimizer_step(&plain->optimizer, plain->kernels, plain->parameters, plain->gradient);
    }
    assert_memory_equal(t->parameters, plain->parameters, t->mlp.parameters * sizeof *t->parameters);
    assert_memory_equal(t->each.v, plain->each.v, t->data.count * sizeof *t->each.v);
    trainer_free(t);
    trainer_free(plain);
}

/* Whole runs against plain double precision: SGD and Adam with weight decay, warm-up and growth, a last batch
 * that is smaller. Weights are soft, so that rounding moves a v a little instead of deciding it. */
static void test_plain_run(void **state) {
    (void)state;
    enum { N = 700, MOST = 200 };
    static uint32_t order[N];
    for (int round = 0; round < 8; round++) {
        Settings s = small();
        s.optimizer = round % 2;
        s.hidden_count = round / 2 % 2 ? 2 : 0;
        s.hidden[0] = 6;
        s.hidden[1] = 5;
        s.activation = ACTIVATION_TANH;
        s.regularizer = REGULARIZER_LINEAR;
        s.order = round / 4 ? ORDER_HARD : ORDER_EASY;
        s.threshold = 0.8;
        s.growing_factor = 1.2;
        s.warmup = 1;
        s.batch = 33;
        s.learning_rate = s.optimizer == OPTIMIZER_SGD ? 0.05 : 0.01;
        s.weight_decay = 0.1;
        Trainer *t = start(&s);
        const Mlp *mlp = &t->mlp;
        assert_true(mlp->parameters <= MOST);
        double p[MOST], g[MOST], first[MOST] = {0.0}, second[MOST] = {0.0}, threshold = 0.8, v[N];
        Mt19937 torch;
        mt_seed(&torch, s.seed);
        float drawn[MOST];
        mlp_initialise(mlp, drawn, &torch);
        for (size_t i = 0; i < mlp->parameters; i++)
            p[i] = (double)drawn[i];
        int step = 0;
        for (int epoch = 0; epoch < 4; epoch++) {
            double epoch_loss = 0.0, batches = 0.0, weight_sum = 0.0;
            torch_permutation(&torch, order, N);
            for (size_t from = 0; from < N; from += 33) {
                size_t count = N - from < 33 ? N - from : 33;
                memset(g, 0, sizeof g);
                for (size_t i = from; i < from + count; i++) {
                    uint32_t k = order[i];
                    double x = (double)t->data.x[k], y = (double)t->data.y[k];
                    double l = plain_sample(mlp, p, x, y, t->data.label[k], 0.0, NULL);
                    double easy = fmax(0.0, 1.0 - l / threshold);
                    v[k] = epoch < 1 ? 1.0 : s.order == ORDER_HARD ? 1.0 - easy : easy;
                    plain_sample(mlp, p, x, y, t->data.label[k], v[k] / (double)count, g);
                    epoch_loss += v[k] * l / (double)count;
                }
                batches += 1.0;
                step++;
                for (size_t i = 0; i < mlp->parameters; i++) {
                    double slope = g[i] + s.weight_decay * p[i];
                    if (s.optimizer == OPTIMIZER_SGD) {
                        p[i] -= s.learning_rate * slope;
                        continue;
                    }
                    first[i] = 0.9 * first[i] + 0.1 * slope;
                    second[i] = 0.999 * second[i] + 0.001 * slope * slope;
                    double root = sqrt(second[i] / (1.0 - pow(0.999, step))) + 1e-8;
                    p[i] -= s.learning_rate * first[i] / (1.0 - pow(0.9, step)) / root;
                }
            }
            run_epochs(t, 1);
            assert_memory_equal(t->each.order, order, sizeof order);
            for (size_t i = 0; i < N; i++) {
                weight_sum += v[i];
                if (fabs((double)t->each.v[i] - v[i]) > 1e-4)
                    fail_msg("round %d, epoch %d, v %zu: %g, not %g", round, epoch, i, (double)t->each.v[i], v[i]);
            }
            assert_true(fabs(t->epoch_mean_batch_loss - epoch_loss / batches) < 1e-5);
            assert_true(fabs(t->epoch_weight_sum - weight_sum) < 1e-2);
            for (size_t i = 0; i < mlp->parameters; i++)
                if (fabs((double)t->parameters[i] - p[i]) > 2e-5)
                    fail_msg("round %d, epoch %d, parameter %zu: %g, not %g", round, epoch, i, (double)t->parameters[i],
                             p[i]);
            if (epoch >= 1)
                threshold *= s.growing_factor;
        }
        trainer_free(t);
    }
}

/* Live settings are taken at the next batch, within an epoch too, and leave what is trained as it is. */
static void test_live_settings(void **state) {
    (void)state;
    Settings s = small();
    Trainer *t = start(&s);
    run_epochs(t, 1);
    trainer_run(t, 4);
    float before[6];
    memcpy(before, t->parameters, sizeof before);
    s.learning_rate = 0.5;
    s.order = ORDER_ALL;
    trainer_set(t, &s);
    assert_memory_equal(before, t->parameters, sizeof before);
    assert_int_equal(t->batch, 4);
    trainer_run(t, 1);
    double moved = 0.0;
    for (int i = 0; i < 6; i++)
        moved = fmax(moved, fabs((double)(t->parameters[i] - before[i])));
    assert_true(moved > 0.05); /* at 1e-3 Adam moves a parameter by about 1e-3 */
    for (size_t i = 4 * 32; i < 5 * 32; i++)
        assert_true(t->each.v[t->each.order[i]] == 1.0f);
    s.order = ORDER_EASY;
    s.regularizer = REGULARIZER_LOG;
    trainer_set_threshold(t, 50.0);
    s.threshold = 0.4;
    trainer_set(t, &s); /* the threshold in force comes down to what log can work with */
    assert_true(t->threshold == threshold_limit(REGULARIZER_LOG));
    s.growing_factor = 2.0;
    s.regularizer = REGULARIZER_HARD;
    trainer_set(t, &s);
    trainer_set_threshold(t, 0.3);
    run_epochs(t, 1);
    assert_true(trainer_next_threshold(t) == 0.6);
    s.epochs = 2;
    trainer_set(t, &s);
    assert_true(trainer_finished(t));
    s.epochs = 3;
    trainer_set(t, &s);
    assert_false(trainer_finished(t));
    trainer_free(t);
}

/* Points are taken over by a run that begins, and left alone by one that does not. */
static void test_own_points(void **state) {
    (void)state;
    Settings s = small();
    Dataset data;
    assert_true(dataset_init(&data, 45, 4, &status));
    for (size_t i = 0; i < 45; i++) {
        data.x[i] = (float)i;
        data.label[i] = (uint8_t)(i % 4);
    }
    dataset_bounds(&data);
    float *x = data.x;
    s.regularizer = REGULARIZER_LOG;
    s.threshold = 2.0;
    assert_null(trainer_new(&s, &data, &status));
    assert_true(status.code == STATUS_USAGE && status.message[0] != '\0');
    assert_true(data.x == x && data.count == 45);
    s.threshold = 0.5;
    Trainer *t = trainer_new(&s, &data, &status);
    assert_non_null(t);
    assert_true(data.x == NULL && data.count == 0 && t->data.x == x);
    assert_int_equal(mlp_classes(&t->mlp), 4);
    assert_int_equal(t->batches, 2);
    run_epochs(t, 3);
    trainer_free(t);
    trainer_free(NULL);
}

/* With changed points a run is that of one that had them from the beginning. */
static void test_changed_points(void **state) {
    (void)state;
    for (int hidden = 0; hidden < 2; hidden++) {
        Settings s = small();
        s.hidden_count = hidden;
        s.hidden[0] = 5;
        Trainer *t = start(&s);
        Dataset changed, own;
        assert_true(dataset_copy(&changed, &t->data, &status));
        uint32_t origin[700];
        for (uint32_t i = 0; i < 700; i++) {
            origin[i] = i;
            changed.label[i] ^= i % 7 == 0;
            changed.x[i] += i % 5 == 0 ? 0.5f : 0.0f;
        }
        dataset_bounds(&changed);
        assert_true(dataset_copy(&own, &changed, &status));
        TrainerPoints *prepared = trainer_prepare_points(t, &changed, NULL, origin, &status);
        assert_non_null(prepared);
        trainer_commit_points(t, prepared, &changed, NULL);
        dataset_free(&changed);
        Trainer *fresh = trainer_new(&s, &own, &status);
        assert_non_null(fresh);
        run_epochs(t, 3);
        run_epochs(fresh, 3);
        assert_same(t, fresh);
        trainer_free(t);
        trainer_free(fresh);
    }
}

/* ---- history ---- */

static void test_restore(void **state) {
    (void)state;
    Settings s = small();
    s.hidden_count = 1;
    s.hidden[0] = 5;
    s.warmup = 1;
    Trainer *t = start(&s), *straight = start(&s);
    History history;
    assert_true(history_init(&history, 700, t->mlp.parameters, HISTORY_DEFAULT_BYTES, &status));
    for (int i = 0; i < 8; i++) {
        run_epochs(t, 1);
        trainer_evaluate(t);
        assert_true(history_add(&history, t, &status));
    }
    trainer_run(t, 3);
    for (uint32_t epoch = 6; epoch + 1 > 0; epoch -= 3) { /* 6, 3, 0: before and after the warm-up */
        history_restore(&history, history_find(&history, epoch), t);
        trainer_reset(straight);
        run_epochs(straight, epoch + 1);
        assert_int_equal(history.count, epoch + 1);
        run_epochs(t, 4);
        run_epochs(straight, 4);
        assert_same(t, straight);
        if (epoch == 0)
            break;
    }
    history_free(&history);
    trainer_free(t);
    trainer_free(straight);
}

static void test_thinning(void **state) {
    (void)state;
    Settings s = small();
    s.samples = 64;
    Trainer *t = start(&s);
    History history;
    size_t each = sizeof(HistoryRecord) + 3 * t->mlp.parameters * sizeof(float) + sizeof(uint64_t);
    assert_true(history_init(&history, 64, t->mlp.parameters, 20 * each, &status));
    assert_int_equal(history.limit, 20);
    for (uint32_t epoch = 0; epoch < 1000; epoch++) {
        run_epochs(t, 1);
        trainer_evaluate(t);
        assert_true(history_add(&history, t, &status));
        assert_true(history.count <= 20);
        assert_int_equal(history.records[0].epoch, 0);
        assert_int_equal(history.records[history.count - 1].epoch, epoch);
        for (size_t i = 0; i + 1 < history.count; i++) {
            assert_int_equal(history.records[i].epoch % history.stride, 0);
            assert_true(history.records[i].epoch < history.records[i + 1].epoch);
        }
        assert_true(history.count >= 10 || epoch < 10);
        const HistoryRecord *newest = history_find(&history, epoch + 5);
        assert_int_equal(newest->epoch, epoch);
        size_t easy = 0, of_classes = 0;
        for (size_t i = 0; i < 64; i++)
            easy += newest->easy_bits[0] >> i & 1;
        for (int c = 0; c < 2; c++)
            of_classes += newest->class_easy[c];
        assert_int_equal(easy, t->epoch_easy);
        assert_int_equal(of_classes, t->epoch_easy);
    }
    history_clear(&history);
    assert_null(history_find(&history, 3));
    history_free(&history);
    trainer_free(t);
}

/* The setting's other end: another value for it alone. */
static Settings changed(const Settings *s, const Property *p) {
    Settings other = *s;
    double value = property_get(s, p) == p->slider_maximum ? p->slider_minimum : p->slider_maximum;
    assert_true(property_set(&other, p, value, &status));
    return other;
}

/* Every setting that is live, changed alone, is the run's; those that build it anew, and the threshold, are not
 * taken. */
static void test_settings_are_taken(void **state) {
    (void)state;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        Settings s = small(), other;
        s.samples = 64;
        other = s;
        if (p->kind == KIND_UNITS)
            other.hidden[other.hidden_count++] = 3;
        else if (p->kind == KIND_POINTS)
            other.centroids[0] = 0.5;
        else
            other = changed(&s, p);
        assert_false(property_same(&s, &other, p));
        Trainer *t = start(&s);
        trainer_run(t, 1);
        t->offsets_due = false;
        trainer_set(t, &other);
        bool taken = p->effect == EFFECT_LIVE && i != PROPERTY_THRESHOLD;
        if (property_same(&t->settings, &other, p) != taken)
            fail_msg("%s", p->name);
        for (int k = 0; k < PROPERTY_COUNT; k++)
            assert_true(k == i || property_same(&t->settings, &s, &PROPERTIES[k]));
        assert_int_equal(t->offsets_due, p->decides);
        assert_true(t->optimizer.learning_rate == t->settings.learning_rate);
        assert_true(t->optimizer.weight_decay == t->settings.weight_decay);
        trainer_free(t);
    }
}

/* Before the first batch the settings that say so put the threshold back to where the run begins. */
static void test_settings_that_begin_anew(void **state) {
    (void)state;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if (p->effect != EFFECT_LIVE || i == PROPERTY_THRESHOLD)
            continue;
        for (int later = 0; later < 2; later++) {
            Settings s = small(), other = changed(&s, p);
            if (i == PROPERTY_CAP)
                other.cap = 50.0; /* above every threshold here */
            if (i == PROPERTY_PACE)
                other.pace = PACE_ADDITIVE;
            Trainer *t = start(&s);
            trainer_run(t, (size_t)later);
            trainer_set_threshold(t, 0.7);
            trainer_set(t, &other);
            bool anew = p->begins && !later;
            if ((t->threshold == 0.4) != anew || (!anew && t->threshold != fmin(0.7, pace_limit(&other))))
                fail_msg("%s: %g", p->name, t->threshold);
            trainer_free(t);
        }
    }
}

/* The table says of every live setting whether v's decided now would be others, and whether the run would begin with
 * another threshold. (A warm-up counts from the next batch on.) */
static void test_table_tells_what_changes(void **state) {
    (void)state;
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        const Property *p = &PROPERTIES[i];
        if (p->effect != EFFECT_LIVE || i == PROPERTY_THRESHOLD)
            continue;
        bool decides = false, begins = false;
        for (int kind = 0; kind < 7; kind++) {
            Settings s = small();
            s.regularizer = kind == 1   ? REGULARIZER_POLYNOMIAL
                            : kind == 5 ? REGULARIZER_SUPERLOSS
                            : kind == 6 ? REGULARIZER_LINEAR
                                        : REGULARIZER_HARD;
            s.clean = kind == 6 ? 20 : 0;
            s.diversity = kind == 2 ? 0.5 : 0.0;
            s.pace = kind == 3 || kind == 4 ? PACE_SHARE : kind == 6 ? PACE_META : PACE_MULTIPLICATIVE;
            s.share_epochs = kind == 4 ? 1 : 10;
            Settings other = changed(&s, p);
            if (i == PROPERTY_CAP)
                other.cap = 0.01;
            if (i == PROPERTY_PACE) /* test_meta.c has those behind it */
                other.pace = PACE_CLASS_SHARE;
            if (!settings_check(&other, &status))
                continue;
            Trainer *t = start(&s), *anew = start(&other);
            begins |= t->threshold != anew->threshold;
            trainer_run(t, 3);
            trainer_redecide(t);
            double threshold = t->threshold;
            Trainer *before = start(&s);
            trainer_run(before, 3);
            trainer_redecide(before);
            trainer_set(t, &other);
            trainer_redecide(t);
            decides |=
                t->threshold == threshold && memcmp(before->each.v, t->each.v, t->data.count * sizeof(float)) != 0;
            trainer_free(before);
            trainer_free(anew);
            trainer_free(t);
        }
        if ((i != PROPERTY_WARMUP && decides != p->decides) || begins != p->begins)
            fail_msg("%s: decides %d, begins %d", p->name, decides, begins);
    }
}

static void test_copy_of_points(void **state) {
    (void)state;
    Settings s = small();
    Dataset none = {0};
    Trainer *generated = start(&s), *empty = trainer_new_copy(&s, &none, &status);
    Trainer *copied = trainer_new_copy(&s, &generated->data, &status);
    assert_non_null(empty);
    assert_non_null(copied);
    assert_ptr_not_equal(copied->data.x, generated->data.x);
    run_epochs(generated, 2);
    run_epochs(empty, 2);
    run_epochs(copied, 2);
    assert_same(generated, empty);
    assert_same(generated, copied);
    trainer_free(generated);
    trainer_free(empty);
    trainer_free(copied);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_settings_are_taken),
        cmocka_unit_test(test_table_tells_what_changes),
        cmocka_unit_test(test_settings_that_begin_anew),
        cmocka_unit_test(test_copy_of_points),
        cmocka_unit_test(test_slices),
        cmocka_unit_test(test_threads),
        cmocka_unit_test(test_reset),
        cmocka_unit_test(test_threshold),
        cmocka_unit_test(test_redecide),
        cmocka_unit_test(test_warmup),
        cmocka_unit_test(test_end),
        cmocka_unit_test(test_odd_sizes),
        cmocka_unit_test(test_divergence),
        cmocka_unit_test(test_log_limit),
        cmocka_unit_test(test_restore),
        cmocka_unit_test(test_thinning),
        cmocka_unit_test(test_far_points),
        cmocka_unit_test(test_plain_run),
        cmocka_unit_test(test_live_settings),
        cmocka_unit_test(test_own_points),
        cmocka_unit_test(test_changed_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
