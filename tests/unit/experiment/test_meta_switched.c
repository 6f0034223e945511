/* Settings of the pace meta that are switched while it runs: what is shown is what is in force, and undo brings back
 * the thresholds that there were. */
#include "app/experiment/experiment.h"
#include "tests/support/commands.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Status status;
static Experiment e;

static Settings meta(void) {
    Settings s;
    settings_default(&s);
    s.dataset = DATASET_BLOBS;
    s.samples = 300;
    s.outliers = 0.2;
    s.clean = 20;
    s.pace = PACE_META;
    s.regularizer = REGULARIZER_LINEAR;
    s.threshold = 5.0;
    s.learning_rate = 0.01;
    s.epochs = 20;
    return s;
}

static void begin(const Settings *s, int epochs) {
    if (!experiment_init(&e, s, NULL, NULL, &status))
        fail_msg("%s", status.message);
    for (int i = 0; i < epochs; i++)
        push_now(&e, command_of(COMMAND_EPOCH, 0.0));
    assert_int_equal(e.trainer->epoch, epochs);
}

static void push(CommandKind kind) {
    push_now(&e, command_of(kind, 0.0));
}

static void set(int run, int pace, bool classes) {
    const Trainer *t = run ? e.others[run - 1].trainer : e.trainer;
    Command command = {.kind = COMMAND_SETTINGS, .run = run, .settings = t->settings};
    command.settings.pace = pace;
    command.settings.meta_classes = classes;
    push_now(&e, command);
    assert_true(t->settings.pace == pace && t->settings.meta_classes == classes);
}

/* The v's on show are those of the thresholds in force. */
static void assert_decided(const Trainer *t) {
    Trainer *copy = trainer_copy(t, &status);
    assert_non_null(copy);
    trainer_redecide(copy);
    assert_memory_equal(copy->each.v, t->each.v, t->data.count * sizeof *t->each.v);
    trainer_free(copy);
}

static void assert_thresholds(const Trainer *t, const TrainerThresholds *then) {
    assert_true(t->by_class == then->by_class && t->threshold == then->threshold);
    assert_memory_equal(t->class_threshold, then->class_threshold, (size_t)t->data.classes * sizeof(double));
    assert_true(t->meta.adam.beta1_power == then->adam.beta1_power && t->meta.adam.first[1] == then->adam.first[1]);
}

/* There and back by undo, at once: the run goes on as if nothing had been done. */
static void test_undo(void **state) {
    (void)state;
    static const struct {
        int from, to;
        bool from_classes, to_classes;
    } CASES[] = {{PACE_META, PACE_META, true, false},
                 {PACE_META, PACE_META, false, true},
                 {PACE_META, PACE_MULTIPLICATIVE, true, true},
                 {PACE_CLASS_SHARE, PACE_META, true, false},
                 {PACE_MULTIPLICATIVE, PACE_META, true, true}};
    for (int run = 0; run < 2; run++)
        for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
            Settings s = meta();
            s.threshold = CASES[i].from == PACE_MULTIPLICATIVE ? 0.1 : 5.0;
            s.pace = CASES[i].from;
            s.meta_classes = CASES[i].from_classes;
            begin(&s, 0);
            if (run == 1)
                push_now(&e, (Command){.kind = COMMAND_COMPARE, .run = 1, .compare = true, .settings = s});
            for (int k = 0; k < 3; k++)
                push(COMMAND_EPOCH);
            Trainer *t = run ? e.others[0].trainer : e.trainer, *as_was = trainer_copy(t, &status);
            TrainerThresholds then = trainer_thresholds(t);
            set(run, CASES[i].to, CASES[i].to_classes);
            if (CASES[i].to == PACE_META) /* else nothing is decided anew before the next batch */
                assert_decided(t);
            push(COMMAND_UNDO);
            assert_thresholds(t, &then);
            assert_memory_equal(t->each.v, as_was->each.v, t->data.count * sizeof *t->each.v);
            push(COMMAND_EPOCH);
            trainer_run(as_was, SIZE_MAX);
            assert_memory_equal(t->parameters, as_was->parameters, t->mlp.parameters * sizeof(float));
            assert_true(t->threshold == as_was->threshold && t->by_class == as_was->by_class);
            trainer_free(as_was);
            experiment_free(&e);
        }
}

/* Undone after some more epochs: the thresholds of the classes come back all the same, and redo brings the one. */
static void test_undo_later(void **state) {
    (void)state;
    Settings s = meta();
    begin(&s, 4);
    TrainerThresholds four = trainer_thresholds(e.trainer);
    assert_true(four.class_threshold[0] != four.class_threshold[1]);
    set(0, PACE_META, false);
    assert_true(!e.trainer->by_class && e.trainer->class_threshold[0] == e.trainer->class_threshold[1]);
    push(COMMAND_EPOCH);
    push(COMMAND_EPOCH);
    TrainerThresholds six = trainer_thresholds(e.trainer);
    push(COMMAND_UNDO);
    assert_true(e.trainer->settings.meta_classes);
    assert_thresholds(e.trainer, &four);
    push(COMMAND_REDO);
    assert_thresholds(e.trainer, &six);
    push(COMMAND_UNDO);
    assert_thresholds(e.trainer, &four);
    experiment_free(&e);
}

/* Other settings are undone without a trace on the thresholds, which have moved on. */
static void test_undo_of_others(void **state) {
    (void)state;
    Settings s = meta();
    begin(&s, 2);
    Command command = {.kind = COMMAND_SETTINGS, .settings = e.trainer->settings};
    command.settings.learning_rate = 0.02;
    push_now(&e, command);
    push(COMMAND_EPOCH);
    TrainerThresholds three = trainer_thresholds(e.trainer);
    push(COMMAND_UNDO);
    assert_true(e.trainer->settings.learning_rate == 0.01);
    assert_thresholds(e.trainer, &three);
    experiment_free(&e);
}

/* By hand before the first batch. */
static void test_undo_at_the_beginning(void **state) {
    (void)state;
    Settings s = meta();
    begin(&s, 0);
    push_now(&e, (Command){.kind = COMMAND_THRESHOLD, .threshold = 9.0, .of_class = 2});
    TrainerThresholds then = trainer_thresholds(e.trainer);
    assert_true(then.class_threshold[0] == 5.0 && then.class_threshold[1] == 9.0);
    set(0, PACE_MULTIPLICATIVE, true);
    push(COMMAND_UNDO);
    assert_thresholds(e.trainer, &then);
    set(0, PACE_META, false);
    push(COMMAND_UNDO);
    assert_thresholds(e.trainer, &then);
    assert_true(e.trainer->settings.threshold == 5.0);
    experiment_free(&e);
}

/* From an epoch before meta was chosen it goes on with a threshold for each class. */
static void test_go_on(void **state) {
    (void)state;
    Settings s = meta();
    s.pace = PACE_MULTIPLICATIVE;
    begin(&s, 3);
    set(0, PACE_META, true);
    push(COMMAND_EPOCH);
    push_now(&e, command_of(COMMAND_LOOK, 1.0));
    push(COMMAND_GO_ON);
    assert_true(e.trainer->epoch == 2 && e.trainer->by_class);
    push(COMMAND_EPOCH);
    assert_true(e.trainer->class_threshold[0] != e.trainer->class_threshold[1]);
    experiment_free(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_undo),           cmocka_unit_test(test_undo_later),
        cmocka_unit_test(test_undo_of_others), cmocka_unit_test(test_undo_at_the_beginning),
        cmocka_unit_test(test_go_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
