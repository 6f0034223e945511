/* Whole runs of 10, 15, 31 and 32 classes, linear and with hidden layers, by every regularizer and kernel, against a
 * second implementation in double precision; the same with a threshold for each class. */
#include "core/field.h"
#include "core/history.h"
#include "core/kernels/kernels.h"
#include "core/trainer.h"
#include "tests/support/plain_mlp.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/runs.h"

enum { N = 320, MOST = 1200, EPOCHS = 2, BATCH = 48 };

static const int COUNTS[] = {10, 15, 31, MAX_CLASSES};
enum { COUNT_COUNT = sizeof COUNTS / sizeof *COUNTS };

/* Blobs on a ring. */
static Settings blobs(int classes, bool hidden) {
    Settings s;
    settings_default(&s);
    s.dataset = DATASET_BLOBS;
    s.samples = N;
    s.centroid_count = classes;
    for (int k = 0; k < classes; k++) {
        s.centroids[2 * k] = 5.0 * cos(2.0 * 3.14159265358979 * k / classes);
        s.centroids[2 * k + 1] = 5.0 * sin(2.0 * 3.14159265358979 * k / classes);
    }
    s.hidden_count = hidden ? 2 : 0;
    s.hidden[0] = 9;
    s.hidden[1] = 14;
    s.batch = BATCH;
    s.learning_rate = 0.01;
    return s;
}

/* v of a loss, as core/curriculum.h has the formulas. */
static double plain_v(const Settings *s, double t, double l) {
    double v = 0.0;
    switch (s->regularizer) {
    case REGULARIZER_HARD:
        return s->order == ORDER_HARD ? l > t : l < t;
    case REGULARIZER_LINEAR:
        v = fmax(0.0, 1.0 - l / t);
        break;
    case REGULARIZER_LOG:
        v = l < t ? log(l + 1.0 - t) / log(1.0 - t) : 0.0;
        break;
    case REGULARIZER_MIXTURE:
        v = l <= t / 2.0 ? 1.0 : l >= t ? 0.0 : t / l - 1.0;
        break;
    case REGULARIZER_POLYNOMIAL:
        v = l < t ? pow(1.0 - l / t, 1.0 / (s->power - 1.0)) : 0.0;
        break;
    case REGULARIZER_LOGISTIC:
        v = (1.0 + exp(-t)) / (1.0 + exp(l - t));
        break;
    case REGULARIZER_EXPONENTIAL:
        v = exp(-l / t);
        break;
    }
    v = fmin(1.0, fmax(0.0, v));
    return s->order == ORDER_HARD ? 1.0 - v : v;
}

typedef struct Plain {
    double p[MOST], g[MOST], first[MOST], second[MOST];
    int step;
} Plain;

static Plain plain;

static void plain_begin(const Trainer *t) {
    memset(&plain, 0, sizeof plain);
    assert_true(t->mlp.parameters <= MOST);
    for (size_t i = 0; i < t->mlp.parameters; i++)
        plain.p[i] = (double)t->initial[i];
}

static double loss_of(const Trainer *t, uint32_t k, double scale, double *gradient) {
    return plain_sample(&t->mlp, plain.p, (double)t->data.x[k], (double)t->data.y[k], t->data.label[k], scale,
                        gradient);
}

static void plain_adam(const Trainer *t) {
    double rate = t->settings.learning_rate;
    plain.step++;
    for (size_t i = 0; i < t->mlp.parameters; i++) {
        plain.first[i] = 0.9 * plain.first[i] + 0.1 * plain.g[i];
        plain.second[i] = 0.999 * plain.second[i] + 0.001 * plain.g[i] * plain.g[i];
        double root = sqrt(plain.second[i] / (1.0 - pow(0.999, plain.step))) + 1e-8;
        plain.p[i] -= rate * plain.first[i] / (1.0 - pow(0.9, plain.step)) / root;
    }
}

/* One batch in both. v of a loss so near to its threshold that rounding decides is the trainer's in both. */
static void batch_in_both(Trainer *t, const char *what) {
    double l[BATCH], v[BATCH], before[MAX_CLASSES];
    bool begins = t->batch == 0;
    size_t from = t->batch * BATCH, count = N - from < BATCH ? N - from : BATCH;
    if (!begins)
        memcpy(before, t->class_threshold, sizeof before);
    assert_int_equal(trainer_run(t, 1), 1);
    if (!begins)
        assert_memory_equal(before, t->class_threshold, sizeof before);
    memset(plain.g, 0, sizeof plain.g);
    for (size_t i = 0; i < count; i++) {
        uint32_t k = t->each.order[from + i];
        int label = t->data.label[k];
        double threshold = t->by_class ? t->class_threshold[label] : t->threshold, is = (double)t->each.v[k];
        l[i] = loss_of(t, k, 0.0, NULL);
        v[i] = plain_v(&t->settings, threshold, l[i]);
        if (fabs(l[i] - threshold) < 2e-3)
            v[i] = is;
        if (fabs(is - v[i]) > 2e-3)
            fail_msg("%s: v of sample %u of class %d is %g, not %g", what, (unsigned)k, label, is, v[i]);
        loss_of(t, k, v[i] / (double)count, plain.g);
    }
    plain_adam(t);
    for (size_t i = 0; i < t->mlp.parameters; i++)
        if (!(fabs((double)t->parameters[i] - plain.p[i]) < 1e-3))
            fail_msg("%s: parameter %zu is %g, not %g", what, i, (double)t->parameters[i], plain.p[i]);
}

/* How many samples the model answers rightly: the most probable class has the least loss. */
static size_t plain_right(const Trainer *t) {
    size_t right = 0;
    for (uint32_t k = 0; k < N; k++) {
        double x = (double)t->data.x[k], y = (double)t->data.y[k], best = INFINITY;
        int answer = 0;
        for (int c = 0; c < t->data.classes; c++) {
            double l = plain_sample(&t->mlp, plain.p, x, y, c, 0.0, NULL);
            answer = l < best ? c : answer;
            best = fmin(best, l);
        }
        right += answer == t->data.label[k];
    }
    return right;
}

/* Losses, their mean and the numbers of easy samples after the epoch. */
static void compare_epoch(Trainer *t, const char *what) {
    History history;
    size_t easy[MAX_CLASSES] = {0};
    double sum = 0.0;
    trainer_evaluate(t);
    for (uint32_t k = 0; k < N; k++) {
        double l = loss_of(t, k, 0.0, NULL);
        if (!(fabs((double)t->each.loss[k] - l) < 1e-2))
            fail_msg("%s: loss %u is %g, not %g", what, (unsigned)k, (double)t->each.loss[k], l);
        easy[t->data.label[k]] += t->each.v[k] > 0.0f;
        sum += l;
    }
    assert_true(fabs(t->mean_loss - sum / N) < 1e-3);
    if (t->settings.regularizer == REGULARIZER_HARD && t->epoch == EPOCHS) /* a tie or two may fall otherwise */
        assert_true(fabs(t->accuracy - (double)plain_right(t) / N) <= 2.0 / N);
    assert_true(history_init(&history, N, t->mlp.parameters, HISTORY_DEFAULT_BYTES, &status));
    assert_true(history_add(&history, t, &status));
    for (int c = 0; c < t->data.classes; c++)
        assert_int_equal(history.records[0].class_easy[c], easy[c]);
    history_free(&history);
}

static void run_in_both(const Settings *s, const char *what) {
    for (int k = 0; kernels_variant(k); k++) {
        Trainer *t = start(s);
        t->kernels = kernels_variant(k);
        plain_begin(t);
        while (t->epoch < EPOCHS) {
            batch_in_both(t, what);
            if (t->batch == 0)
                compare_epoch(t, what);
        }
        trainer_free(t);
    }
}

static void runs_are_the_plain_ones(void **state) {
    (void)state;
    for (int i = 0; i < COUNT_COUNT; i++)
        for (int hidden = 0; hidden < 2; hidden++)
            for (int rule = 0; rule <= REGULARIZER_EXPONENTIAL + 2; rule++) {
                Settings s = blobs(COUNTS[i], hidden);
                char what[80];
                s.regularizer = rule % (REGULARIZER_EXPONENTIAL + 1);
                s.order = rule > REGULARIZER_EXPONENTIAL ? ORDER_HARD : ORDER_EASY; /* hard and linear turned */
                s.threshold = rule == REGULARIZER_LOG ? 0.9 : 2.4;
                s.growing_factor = rule == REGULARIZER_LOG ? 1.02 : 1.2;
                s.power = 3.0;
                snprintf(what, sizeof what, "%d classes, %d hidden layers, rule %d", COUNTS[i], s.hidden_count, rule);
                run_in_both(&s, what);
            }
}

static int compare_floats(const void *a, const void *b) {
    float x = *(const float *)a, y = *(const float *)b;
    return (x > y) - (x < y);
}

/* Of each class as many are below its threshold as the share says, by sorting. */
static void each_class_has_its_threshold(void **state) {
    (void)state;
    static float losses[N];
    for (int i = 0; i < COUNT_COUNT; i++)
        for (int hidden = 0; hidden < 2; hidden++) {
            Settings s = blobs(COUNTS[i], hidden);
            s.pace = PACE_CLASS_SHARE;
            s.share_start = 0.3;
            s.share_end = 0.9;
            s.share_epochs = 4;
            run_in_both(&s, "a share of each class");
            Trainer *t = start(&s);
            for (int epoch = 0; epoch < EPOCHS; epoch++) {
                trainer_evaluate(t);
                Trainer *then = trainer_copy(t, &status);
                assert_non_null(then);
                trainer_run(t, 1);
                assert_true(t->by_class);
                for (int c = 0; c < COUNTS[i]; c++) {
                    size_t n = 0, wanted;
                    for (size_t k = 0; k < N; k++)
                        if (then->data.label[k] == c)
                            losses[n++] = then->each.loss[k];
                    qsort(losses, n, sizeof *losses, compare_floats);
                    wanted = (size_t)fmax(1.0, nearbyint(pace_share(&s, (uint32_t)epoch) * (double)n));
                    assert_true(t->class_threshold[c] == (double)nextafterf(losses[wanted - 1], INFINITY));
                }
                trainer_free(then);
                run_epochs(t, 1);
            }
            trainer_free(t);
        }
}

/* The field's scores are the plain ones for every class, and stay so between nodes. */
static void a_field_has_every_class(void **state) {
    (void)state;
    for (int i = 0; i < COUNT_COUNT; i++) {
        Settings s = blobs(COUNTS[i], true);
        Trainer *t = start(&s);
        run_epochs(t, 2);
        Field field = {0};
        assert_true(field_resize(&field, 23, 17, COUNTS[i], &status));
        field_compute(&field, &t->mlp, t->parameters, -6.0, 6.0, 0.5, -0.7);
        for (size_t k = 0; k < t->mlp.parameters; k++)
            plain.p[k] = (double)t->parameters[k];
        for (int row = 0; row < 17; row += 4)
            for (int column = 0; column < 23; column += 3) {
                float scores[MAX_CLASSES];
                field_at(&field, column, row, scores);
                double x = -6.0 + 0.5 * column, y = (double)(float)(6.0 - 0.7 * row), sum = 0.0;
                for (int c = 0; c < COUNTS[i]; c++)
                    sum += exp((double)scores[c] - (double)scores[0]);
                for (int c = 0; c < COUNTS[i]; c++) {
                    double l = log(sum) - ((double)scores[c] - (double)scores[0]);
                    assert_true(fabs(l - plain_sample(&t->mlp, plain.p, x, y, c, 0.0, NULL)) < 1e-3);
                }
            }
        field_free(&field);
        trainer_free(t);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(runs_are_the_plain_ones),
        cmocka_unit_test(each_class_has_its_threshold),
        cmocka_unit_test(a_field_has_every_class),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
