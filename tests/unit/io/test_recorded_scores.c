/* The measures of labels that were recorded with the runs of tests/reference (scores.csv, every fifth point): from the
 * recorded parameters of each epoch they come out to 1e-4, forgetting and knn exactly, and from this program's own
 * run nearly so. */
#include "core/label_scores.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/recorded.h"

enum { STEP = 5, RECORDED = MEASURE_KNN + 1 };

/* Largest relative deviations from what was recorded, by measure. */
static void compare(const char *run, const Trainer *t, const LabelMeasures *measures, double worst[RECORDED]) {
    LabelScores scores;
    Status status;
    LabelSources from = label_sources(t, measures, NULL);
    assert_true(label_scores_make(&scores, &from, (1u << RECORDED) - 1, &status));
    char *text = read_file(run, "scores.csv"), *at = next_line(text);
    for (int m = 0; m < RECORDED; m++)
        worst[m] = 0.0;
    for (size_t i = 0; i < t->data.count; i += STEP)
        for (int m = 0; m < RECORDED; m++) {
            double recorded = number(&at), now = (double)scores.value[m][i];
            bool exact = m == MEASURE_FORGETTING || m == MEASURE_KNN;
            double off = exact ? fabs(now - recorded) : fabs(now - recorded) / fmax(fabs(recorded), 1e-12);
            worst[m] = fmax(worst[m], now == recorded ? 0.0 : off);
        }
    assert_int_equal(*at, '\0');
    for (int m = 0; m < RECORDED; m++)
        print_message("%s %s %.1e, ", m == 0 ? run : "", MEASURES[m].name, worst[m]);
    print_message("\n");
    label_scores_free(&scores);
    free(text);
}

/* The recorded layers take the place of the run's parameters. */
static void from_the_recorded_layers(void **state) {
    const char *run = *state;
    Trainer *t = begin_recorded(run);
    Status status;
    LabelMeasures measures;
    assert_true(label_measures_init(&measures, t->data.count, &status));
    char *epochs = read_file(run, "epochs.csv"), *row = next_line(next_line(epochs));
    while (*row) {
        for (int skipped = 0; skipped < 9; skipped++)
            number(&row);
        for (size_t p = 0; p < t->mlp.parameters; p++)
            t->parameters[p] = (float)number(&row);
        label_measures_add(&measures, &t->mlp, t->parameters, &t->data);
    }
    assert_int_equal(measures.epochs, t->settings.epochs);
    double worst[RECORDED];
    compare(run, t, &measures, worst);
    for (int m = 0; m < RECORDED; m++)
        assert_true(worst[m] <= (m == MEASURE_FORGETTING ? 0.0 : m == MEASURE_KNN ? 1e-6 : 1e-4));
    free(epochs);
    label_measures_free(&measures);
    trainer_free(t);
}

static void from_the_run(void **state) {
    const char *run = *state;
    Trainer *t = begin_recorded(run);
    Status status;
    LabelMeasures measures;
    assert_true(label_measures_init(&measures, t->data.count, &status));
    while (!trainer_finished(t)) {
        trainer_run(t, SIZE_MAX);
        trainer_evaluate(t);
        label_measures_add(&measures, &t->mlp, t->parameters, &t->data);
    }
    double worst[RECORDED];
    compare(run, t, &measures, worst);
    for (int m = 0; m < RECORDED; m++)
        assert_true(worst[m] <= (m == MEASURE_FORGETTING ? 0.0 : m == MEASURE_KNN ? 1e-6 : 2e-3));
    label_measures_free(&measures);
    trainer_free(t);
}

int main(void) {
    static const char *const RUNS[] = {"moons_flip_mlp", "blobs3_flip", "circles_relu_sgd", "post_linear"};
    enum { COUNT = sizeof RUNS / sizeof *RUNS };
    struct CMUnitTest tests[2 * COUNT];
    for (size_t i = 0; i < COUNT; i++) {
        void *run = (void *)(uintptr_t)RUNS[i];
        tests[2 * i] = (struct CMUnitTest){RUNS[i], from_the_recorded_layers, NULL, NULL, run};
        tests[2 * i + 1] = (struct CMUnitTest){RUNS[i], from_the_run, NULL, NULL, run};
    }
    return cmocka_run_group_tests(tests, NULL, NULL);
}
