/* The outside check: cleanlab's 2D demo. Its notebook publishes 0.69875 test accuracy of logistic regression on the
 * labels as they are (52 % of them wrong), and 0.76 when what cleanlab finds is left out. */
#include "core/trainer.h"
#include "app/io/points_csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define LABELS TEST_SOURCE_DIR "/labels/"

static Status status;
static Dataset train, test;

static int set_up(void **state) {
    (void)state;
    return !(points_read(&train, LABELS "cleanlab_demo_train.csv.gz", NULL, &status) &&
             points_read(&test, LABELS "cleanlab_demo_test.csv.gz", NULL, &status));
}

static int tear_down(void **state) {
    (void)state;
    dataset_free(&train);
    dataset_free(&test);
    return 0;
}

/* In batches of all points, by Adam at 0.01. */
static double test_accuracy(Settings settings) {
    settings.batch = (int)train.count;
    settings.learning_rate = 0.01;
    Trainer *t = trainer_new_copy(&settings, &train, &status);
    assert_non_null(t);
    while (!trainer_finished(t))
        trainer_run(t, t->batches);
    float *scores = malloc(3 * test.count * sizeof *scores);
    assert_non_null(scores);
    mlp_scores(&t->mlp, t->parameters, test.x, test.y, test.count, scores, test.count);
    size_t right = 0;
    for (size_t i = 0; i < test.count; i++) {
        int best = 0;
        for (int k = 1; k < 3; k++)
            best = scores[(size_t)k * test.count + i] > scores[(size_t)best * test.count + i] ? k : best;
        right += best == test.label[i];
    }
    free(scores);
    trainer_free(t);
    return (double)right / (double)test.count;
}

static void plain_training_comes_to_what_is_published(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.order = ORDER_ALL;
    settings.epochs = 2000;
    assert_true(test_accuracy(settings) == 0.69875);
}

static void half_of_each_class_left_out_is_better(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.pace = PACE_CLASS_SHARE;
    settings.share_start = 1;
    settings.share_end = 0.5;
    settings.epochs = 1000;
    settings.share_epochs = 1000;
    for (uint32_t seed = 1; seed <= 3; seed++) {
        settings.seed = seed;
        double accuracy = test_accuracy(settings);
        if (accuracy < 0.87 || accuracy > 0.92)
            fail_msg("seed %u: %.4f", seed, accuracy);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(plain_training_comes_to_what_is_published),
        cmocka_unit_test(half_of_each_class_left_out_is_better),
    };
    return cmocka_run_group_tests(tests, set_up, tear_down);
}
