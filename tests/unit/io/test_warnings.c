/* Presets show what they are there for: each thing that the window warns of, and what their sentences say. */
#include "app/experiment/experiment.h"
#include "app/experiment/feedback.h"
#include "app/io/preset.h"
#include "tests/support/commands.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void test_presets_warn(void **state) {
    (void)state;
    static const struct {
        const char *preset;
        FeedbackKind kind;
    } cases[] = {{"nothing-easy", FEEDBACK_NOTHING_EASY},
                 {"collapse", FEEDBACK_CLASS_LEFT_OUT},
                 {"too-fast", FEEDBACK_TOO_FAST},
                 {"everything-easy", FEEDBACK_EVERYTHING},
                 {"stuck", FEEDBACK_STUCK},
                 {"diverged", FEEDBACK_DIVERGED}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        Preset preset;
        Experiment e;
        Status status = {0};
        if (!preset_load(&preset, cases[i].preset, PRESET_DIR, &status) ||
            !experiment_init(&e, &preset.settings, NULL, NULL, &status))
            fail_msg("%s: %s", cases[i].preset, status.message);
        FeedbackState feedback = {0};
        bool told = false;
        double time = 100.0;
        for (int epoch = 0; epoch < preset.settings.epochs && !told; epoch++) {
            experiment_push(&e, (Command){.kind = COMMAND_EPOCH});
            experiment_advance(&e, 1.0, no_clock, 1.0);
            for (int frame = 0; frame < 20; frame++) { /* an epoch lasts ten seconds here: time to be told */
                Snapshot snapshot = experiment_snapshot(&e);
                told = told || feedback_of(&snapshot, &feedback, time += 0.5)->kind == cases[i].kind;
            }
            FeedbackMark marks[FEEDBACK_MARKS]; /* on the timeline: what nobody has to act on */
            size_t count = feedback_marks(&e.history, &preset.settings, marks);
            for (size_t mark = 0; mark < count; mark++)
                told = told || marks[mark].kind == cases[i].kind;
        }
        if (!told)
            fail_msg("%s: the window does not warn", cases[i].preset);
        experiment_free(&e);
    }
}

/* The preset's run to its end; calls `after` after each epoch. */
static Trainer *run(const char *name, void (*after)(const Trainer *)) {
    Preset preset;
    Status status = {0};
    if (!preset_load(&preset, name, PRESET_DIR, &status))
        fail_msg("%s", status.message);
    Trainer *t = trainer_new(&preset.settings, NULL, &status);
    assert_non_null(t);
    while (!trainer_finished(t)) {
        assert_true(trainer_run(t, SIZE_MAX) > 0);
        trainer_evaluate(t);
        if (after && t->batch == 0)
            after(t);
    }
    return t;
}

/* Samples of the class that are easy. */
static size_t easy_of(const Trainer *t, int class) {
    size_t easy = 0;
    for (size_t i = 0; i < t->data.count; i++)
        easy += t->data.label[i] == class && t->each.v[i] > 0.0f;
    return easy;
}

static void learns_one_class(const Trainer *t) {
    assert_int_equal(easy_of(t, 0), 0);
    assert_int_equal(easy_of(t, 1), 300);
}

static void learns_both_classes(const Trainer *t) {
    assert_true(easy_of(t, 0) >= 60 && easy_of(t, 1) >= 60);
}

static void stands_still(const Trainer *t) {
    if (t->epoch < 5)
        return;
    assert_int_equal(t->epoch_easy, 270);
    assert_true(t->label_recall == 1.0 && t->label_precision == 1.0);
}

/* What the sentences say is what happens. */
static void test_what_to_watch(void **state) {
    (void)state;
    Trainer *t = run("collapse", learns_one_class);
    assert_true(t->accuracy == 0.5);
    trainer_free(t);
    t = run("diversity", learns_both_classes);
    assert_true(t->accuracy > 0.8);
    trainer_free(t);
    trainer_free(run("stuck", stands_still));
    t = run("noisy-moons", NULL);
    assert_int_equal(t->data.count - t->epoch_easy, 57);
    assert_int_equal((int)(t->label_precision * 57 + 0.5), 53);
    assert_true(t->label_recall > 0.9 && t->test_accuracy > 0.93);
    trainer_free(t);
    t = run("far-points", NULL);
    assert_true(t->label_recall == 1.0 && t->test_accuracy > 0.95);
    trainer_free(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_presets_warn), cmocka_unit_test(test_what_to_watch)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
