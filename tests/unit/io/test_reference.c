/* The runs recorded with PyTorch come out again from the seed alone: points, batch orders, initial
 * parameters, every easy/hard decision of every epoch, thresholds, parameters - with each set of kernels that
 * this processor can run. */
#include "core/kernels/kernels.h"
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

#include "tests/support/recorded.h"

typedef struct Run {
    const char *name;
    double v;          /* largest deviation of a v; 0: every decision identical */
    double parameters; /* largest deviation of a parameter in any epoch */
} Run;

/* Measured: v's of soft regularizers within 2e-6; parameters within 1e-6 for linear models, 2e-5 for MLPs.
 */
static const Run RUNS[] = {
    {"post", 0, 2e-6},
    {"anomalies", 0, 2e-6},
    {"hard_first", 0, 2e-6},
    {"blobs3_flip", 0, 2e-6},
    {"moons_mlp", 0, 1e-4},
    {"moons_flip_mlp", 0, 1e-4},
    {"circles_relu_sgd", 0, 1e-4},
    {"circles_collapse", 0, 1e-5},
    {"post_linear", 1e-5, 2e-6},
    {"post_log", 1e-5, 2e-6},
    {"post_mixture", 1e-5, 2e-6},
};

static void check_points(const Run *run, const Trainer *t) {
    char *text = read_file(run->name, "points.csv"), *at = next_line(text);
    for (size_t i = 0; i < t->data.count; i++) {
        float x = strtof(at, &at), y = strtof(at + 1, &at);
        if (x != t->data.x[i] || y != t->data.y[i] || strtol(at + 1, &at, 10) != t->data.label[i])
            fail_msg("%s: point %zu is %.9g, %.9g, %d", run->name, i, (double)t->data.x[i], (double)t->data.y[i],
                     t->data.label[i]);
        at++;
    }
    assert_int_equal(*at, '\0');
    free(text);
}

/* Compares a row's parameters; the largest deviation. */
static double deviation(char **at, const float *parameters, size_t count) {
    double largest = 0.0;
    for (size_t i = 0; i < count; i++)
        largest = fmax(largest, fabs(number(at) - (double)parameters[i]));
    return largest;
}

static void replay(const Run *run, const Kernels *kernels) {
    Trainer *t = begin_recorded(run->name);
    t->kernels = kernels;
    check_points(run, t);

    char *epochs = read_file(run->name, "epochs.csv"), *row = next_line(epochs);
    char *orders = read_file(run->name, "order.csv"), *order = orders;
    char *weights = read_file(run->name, "weights.csv");
    row += strlen("initial,");
    for (int skipped = 0; skipped < 7; skipped++)
        number(&row);
    assert_int_equal((int64_t)number(&row), t->data.anomaly);
    double initial = deviation(&row, t->initial, t->mlp.parameters), parameters = 0.0, last = 0.0, loss = 0.0;
    assert_true(initial <= 1e-7);

    size_t n = t->data.count, columns = 1, different = 0, decisions = 0;
    char *header = next_line(weights);
    for (char *c = weights; c < header; c++)
        columns += *c == ',';
    float *v = calloc(n * columns, sizeof *v);
    assert_non_null(v);
    double threshold = t->settings.threshold;
    while (!trainer_finished(t)) {
        assert_true(t->epoch < columns);
        trainer_run(t, SIZE_MAX);
        trainer_evaluate(t);
        for (size_t i = 0; i < n; i++)
            if ((uint32_t)number(&order) != t->each.order[i])
                fail_msg("%s: epoch %u trains another sample at %zu", run->name, t->epoch - 1, i);
        memcpy(v + (t->epoch - 1) * n, t->each.v, n * sizeof *v);

        assert_int_equal((uint32_t)number(&row), t->epoch - 1);
        threshold = number(&row);
        assert_true(fabs(t->epoch_threshold / threshold - 1.0) <= 1e-12);
        threshold = number(&row);
        assert_true(fabs(trainer_next_threshold(t) / threshold - 1.0) <= 1e-12);
        assert_int_equal((size_t)number(&row), t->epoch_easy);
        double weight_sum = number(&row);
        assert_true(fabs(t->epoch_weight_sum - weight_sum) <= 1e-5 * weight_sum);
        assert_true(fabs(t->epoch_mean_batch_loss - number(&row)) <= 1e-5);
        loss = fmax(loss, fabs(t->mean_loss - number(&row)));
        assert_true(fabs(t->accuracy - number(&row)) <= 1e-6 + 1.0 / (double)n);
        number(&row);
        last = deviation(&row, t->parameters, t->mlp.parameters);
        parameters = fmax(parameters, last);
    }
    assert_int_equal(t->epoch, columns);
    assert_int_equal(*row, '\0');

    double largest = 0.0;
    char *at = header;
    for (size_t i = 0; i < n; i++)
        for (size_t e = 0; e < columns; e++) {
            double d = fabs(number(&at) - (double)v[e * n + i]);
            largest = fmax(largest, d);
            different += d > run->v;
            decisions++;
        }
    print_message("%-16s %-6s %6zu of %zu v's differ (at most %.1e), parameters %.1e, at the end %.1e, losses %.1e\n",
                  run->name, kernels->name, different, decisions, largest, parameters, last, loss);
    assert_int_equal(different, 0);
    assert_true(parameters <= run->parameters);
    assert_true(loss <= 1e-4);
    free(v);
    free(epochs);
    free(orders);
    free(weights);
    trainer_free(t);
}

static void test_replay(void **state) {
    const Run *run = *state;
    for (int k = 0; kernels_variant(k); k++)
        replay(run, kernels_variant(k));
}

int main(void) {
    enum { COUNT = sizeof RUNS / sizeof *RUNS };
    struct CMUnitTest tests[COUNT];
    for (size_t i = 0; i < COUNT; i++)
        tests[i] = (struct CMUnitTest){RUNS[i].name, test_replay, NULL, NULL, (void *)(uintptr_t)&RUNS[i]};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
