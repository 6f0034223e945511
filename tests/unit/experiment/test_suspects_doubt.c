/* When a list of suspects says that it should not be believed yet, and what it says. */
#include "app/experiment/suspects_doubt.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static LabelScores scores;
static Settings settings;
static char text[SUSPECTS_DOUBT];

static float values[1];

/* plain: a run that has settled stands in for one that does not count. */
static void judges(bool run, bool knn, bool held_out, bool plain) {
    scores = (LabelScores){.count = 100,
                           .accuracy = {0.5, 0.9, 0.95, 0.94},
                           .guess = 0.5,
                           .learned = {run, knn, held_out, plain},
                           .counts = {run, knn, held_out, plain}};
    for (int m = MEASURE_LOSS; m <= MEASURE_TRACIN && plain && !run; m++)
        scores.plain[m] = values;
    settings_default(&settings);
}

/* Whether the line is there, holds this word and fits its place. */
static bool says(Measure by, uint32_t epochs, size_t easy, const char *word) {
    bool doubted = suspects_doubt(&scores, by, &settings, epochs, easy, text);
    assert_true(!doubted || strlen(text) < sizeof text - 1);
    return doubted && strstr(text, word) != NULL;
}

static bool silent(Measure by, uint32_t epochs, size_t easy) {
    return !suspects_doubt(&scores, by, &settings, epochs, easy, text);
}

static void a_good_run_is_not_doubted(void **state) {
    (void)state;
    judges(true, true, true, true);
    for (int m = 0; m < MEASURE_COUNT; m++)
        assert_true(silent((Measure)m, 10, 90));
}

static void a_model_no_better_than_a_constant(void **state) {
    (void)state;
    judges(false, true, true, true);
    assert_true(says(MEASURE_LOSS, 10, 90, "commonest class: 0.500), so this list goes by a plain run of it"));
    assert_true(says(MEASURE_AGREEMENT, 10, 100, "goes by a plain run of it that has settled; more --epochs"));
    assert_true(says(MEASURE_ADMISSION, 10, 90, "--suspects-by agreement"));
    judges(false, true, true, false);
    assert_true(
        says(MEASURE_LOSS, 10, 90, "(accuracy 0.500; always the commonest class: 0.500), so loss says nothing"));
    assert_true(says(MEASURE_AGREEMENT, 10, 90, "goes by knn and held-out; more --epochs"));
    assert_true(silent(MEASURE_KNN, 10, 90) && silent(MEASURE_HELD_OUT, 10, 90));
    judges(false, true, false, false);
    assert_true(says(MEASURE_AGREEMENT, 10, 90, "goes by knn; more"));
    assert_true(says(MEASURE_HELD_OUT, 10, 90, "held-out says nothing; try --hidden"));
    judges(false, false, true, false);
    assert_true(says(MEASURE_AGREEMENT, 10, 90, "goes by held-out; more"));
    assert_true(says(MEASURE_KNN, 10, 90, "knn says nothing"));
    judges(false, false, false, false);
    assert_true(says(MEASURE_AGREEMENT, 10, 90, "so this list says nothing"));
}

static void a_run_behind_what_could_be_learned(void **state) {
    (void)state;
    judges(true, true, true, true);
    scores.behind = true;
    scores.counts[JUDGE_RUN] = false;
    scores.plain[MEASURE_LOSS] = scores.plain[MEASURE_AUM] = values;
    assert_true(says(MEASURE_AGREEMENT, 10, 90, "models that have not seen the points: 0.950"));
    assert_true(says(MEASURE_LOSS, 10, 90, "so this list goes by a plain run"));
}

static void a_run_that_has_learned_late(void **state) {
    (void)state;
    judges(true, true, true, true);
    scores.late = true;
    scores.average = 0.7;
    scores.plain[MEASURE_AUM] = values;
    assert_true(says(MEASURE_AUM, 10, 90, "over its epochs the model knew less than it could (accuracy 0.700"));
    assert_true(silent(MEASURE_LOSS, 10, 90) && silent(MEASURE_AGREEMENT, 10, 90));
}

static void a_run_within_its_warm_up(void **state) {
    (void)state;
    judges(true, true, true, true);
    settings.warmup = 20;
    assert_true(says(MEASURE_AGREEMENT, 19, 100, "younger than its warm-up (19 of 20 epochs)"));
    assert_true(says(MEASURE_AUM, 19, 100, "--epochs 40"));
    assert_true(silent(MEASURE_AGREEMENT, 20, 90) && silent(MEASURE_KNN, 19, 100));
}

static void everything_easy(void **state) {
    (void)state;
    judges(true, true, true, true);
    assert_true(says(MEASURE_AGREEMENT, 10, 100, "every point is easy by now"));
    assert_true(silent(MEASURE_AGREEMENT, 10, 99) && silent(MEASURE_HELD_OUT, 10, 100));
    settings.regularizer = REGULARIZER_LOGISTIC; /* which always counts all as easy */
    assert_true(silent(MEASURE_AGREEMENT, 10, 100));
    judges(true, true, true, true);
    settings.order = ORDER_ALL;
    assert_true(silent(MEASURE_AGREEMENT, 10, 100) && silent(MEASURE_LOSS, 10, 100));
    assert_true(says(MEASURE_ADMISSION, 10, 100, "admitted in the first epoch"));
}

/* ---- in the window ---- */

/* Fewer words; and whether training on would help. */
static void briefly(Measure by, uint32_t epochs, size_t easy, const char *words, bool helps) {
    bool train_on = !helps, doubted = suspects_doubt_brief(&scores, by, &settings, epochs, easy, text, &train_on);
    assert_int_equal(doubted, words != NULL);
    assert_int_equal(train_on, helps);
    if (words && !strstr(text, words))
        fail_msg("%s", text);
}

static void the_window_says_it_briefly(void **state) {
    (void)state;
    judges(true, true, true, true);
    briefly(MEASURE_AGREEMENT, 10, 90, NULL, false);
    briefly(MEASURE_AGREEMENT, 10, 100, "Every point is easy by now, wrong labels too", false);
    settings.order = ORDER_ALL;
    briefly(MEASURE_ADMISSION, 10, 90, "Every point counts from the first epoch", false);
    judges(true, true, true, true);
    settings.warmup = 20;
    briefly(MEASURE_AGREEMENT, 19, 90, "The run is younger than its warm-up", true);
    judges(true, true, true, true);
    scores.late = true;
    scores.plain[MEASURE_AUM] = values;
    briefly(MEASURE_AUM, 10, 90, "Over its epochs the model knew less than it could", true);
    judges(true, true, true, true);
    scores.behind = true;
    briefly(MEASURE_AGREEMENT, 10, 90, "knows less than it could (50", true);
    scores.plain[MEASURE_LOSS] = values;
    briefly(MEASURE_LOSS, 10, 90, "): the list goes by a plain run of it.", true);
    briefly(MEASURE_ADMISSION, 10, 90, "without seeing the points 95", true);
    judges(false, true, true, false);
    briefly(MEASURE_AGREEMENT, 10, 90, "has not learned the points yet (accuracy 50", true);
    judges(false, true, true, true);
    briefly(MEASURE_AGREEMENT, 10, 90, "): the list goes by a plain run of it.", true);
    judges(false, false, false, false);
    briefly(MEASURE_KNN, 10, 90, "A point's neighbourhood tells the classes no better", false);
    briefly(MEASURE_HELD_OUT, 10, 90, "A model that has not seen a point", false);
    briefly(MEASURE_AGREEMENT, 10, 90, "Try hidden layers", false);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_good_run_is_not_doubted),          cmocka_unit_test(a_model_no_better_than_a_constant),
        cmocka_unit_test(a_run_behind_what_could_be_learned), cmocka_unit_test(a_run_that_has_learned_late),
        cmocka_unit_test(a_run_within_its_warm_up),           cmocka_unit_test(everything_easy),
        cmocka_unit_test(the_window_says_it_briefly),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
