/* What was done to a run by hand that no command line repeats: noted where it is done, brought along by the run,
 * forgotten with what it was done to. */
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

static int setup(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.samples = 640; /* 20 batches of 32 */
    s.epochs = 100;
    return experiment_init(&e, &s, NULL, NULL, &status) ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    experiment_free(&e);
    return 0;
}

static void push(Command command) {
    push_now(&e, command);
}

static void order(CommandKind kind, double value) {
    push(command_of(kind, value));
}

static void epochs(int count) {
    while (count-- > 0)
        order(COMMAND_EPOCH, 0.0);
}

/* Live settings with another growing factor. */
static void grow(double factor) {
    Command command = {.kind = COMMAND_SETTINGS, .settings = e.trainer->settings};
    command.settings.growing_factor = factor;
    push(command);
}

static void add_point(void) {
    float x = 1.0f, y = 1.0f;
    PointEdit edit = {.kind = EDIT_ADD, .count = 1, .x = &x, .y = &y};
    assert_true(experiment_edit_points(&e, &edit, &status));
}

static unsigned by_hand(void) {
    return experiment_snapshot(&e).by_hand;
}

static void before_the_first_batch_all_are_settings(void **state) {
    (void)state;
    order(COMMAND_THRESHOLD, 0.7);
    grow(1.5);
    order(COMMAND_UNDO, 0.0);
    order(COMMAND_REDO, 0.0);
    order(COMMAND_HOLD, 1.0);
    order(COMMAND_HOLD, 0.0);
    epochs(2);
    order(COMMAND_PLAY, 0.0);
    order(COMMAND_SPEED, 3.0);
    order(COMMAND_PAUSE, 0.0);
    order(COMMAND_LOOK, 0.0);
    order(COMMAND_LOOK, -1.0);
    assert_int_equal(by_hand(), 0);
}

static void what_is_changed_in_mid_run_is_noted(void **state) {
    (void)state;
    static const struct {
        CommandKind kind;
        double value;
        unsigned expected;
    } cases[] = {{COMMAND_THRESHOLD, 0.7, BY_HAND_THRESHOLD}, {COMMAND_HOLD, 1.0, BY_HAND_SETTINGS}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        order(COMMAND_BATCH, 0.0); /* within the first epoch, too */
        order(cases[i].kind, cases[i].value);
        assert_int_equal(by_hand(), cases[i].expected);
        order(COMMAND_HOLD, 0.0);
        order(COMMAND_RESET, 0.0);
        assert_int_equal(by_hand(), 0);
    }
    order(COMMAND_BATCH, 0.0);
    grow(1.5);
    assert_int_equal(by_hand(), BY_HAND_SETTINGS);
    order(COMMAND_RESET, 0.0); /* from now on it is what the run begins with */
    epochs(1);
    assert_int_equal(by_hand(), 0);
    order(COMMAND_UNDO, 0.0); /* a change as well */
    assert_int_equal(by_hand(), BY_HAND_SETTINGS);
}

/* Hold is no setting: a run that begins with it is repeated by no command line either. */
static void held_from_the_beginning(void **state) {
    (void)state;
    order(COMMAND_HOLD, 1.0);
    assert_int_equal(by_hand(), 0);
    epochs(1);
    assert_int_equal(by_hand(), BY_HAND_SETTINGS);
    order(COMMAND_HOLD, 0.0);
    assert_int_equal(by_hand(), BY_HAND_SETTINGS);
    order(COMMAND_HOLD, 1.0);
    order(COMMAND_RESET, 0.0);
    assert_int_equal(by_hand(), 0);
    order(COMMAND_BATCH, 0.0);
    assert_int_equal(by_hand(), BY_HAND_SETTINGS);
}

static void a_run_that_comes_back_brings_it_along(void **state) {
    (void)state;
    epochs(1);
    order(COMMAND_THRESHOLD, 0.7);
    epochs(1);
    push(new_seed_command(&e.trainer->settings));
    assert_int_equal(by_hand(), 0);
    epochs(1);
    grow(1.5);
    assert_int_equal(by_hand(), BY_HAND_SETTINGS);
    order(COMMAND_UNDO, 0.0);
    order(COMMAND_UNDO, 0.0);
    assert_int_equal(e.trainer->epoch, 2);
    assert_int_equal(by_hand(), BY_HAND_THRESHOLD);
    order(COMMAND_REDO, 0.0);
    assert_int_equal(by_hand(), 0); /* the factor was taken back at once */
    order(COMMAND_REDO, 0.0);
    assert_int_equal(by_hand(), BY_HAND_SETTINGS);
}

static void points_changed_by_hand(void **state) {
    (void)state;
    add_point();
    assert_int_equal(by_hand(), BY_HAND_POINTS);
    order(COMMAND_RESET, 0.0); /* they stay */
    assert_int_equal(by_hand(), BY_HAND_POINTS);
    order(COMMAND_UNDO, 0.0);
    assert_int_equal(by_hand(), 0);
    order(COMMAND_REDO, 0.0);
    push((Command){.kind = COMMAND_PRESET, .settings = e.trainer->settings, .preset = -1});
    assert_int_equal(by_hand(), 0);
}

static void go_on_from(int epoch) {
    order(COMMAND_LOOK, epoch);
    order(COMMAND_GO_ON, 0.0);
    assert_int_equal(e.trainer->epoch, epoch + 1);
}

static void going_on_forgets_what_came_later(void **state) {
    (void)state;
    epochs(2);
    order(COMMAND_THRESHOLD, 0.7); /* after epoch 1, for epoch 2 */
    epochs(3);
    order(COMMAND_HOLD, 1.0); /* after epoch 4 */
    epochs(1);
    order(COMMAND_HOLD, 0.0);
    epochs(1);
    assert_int_equal(by_hand(), BY_HAND_THRESHOLD | BY_HAND_SETTINGS);
    go_on_from(5);
    assert_int_equal(by_hand(), BY_HAND_THRESHOLD | BY_HAND_SETTINGS);
    go_on_from(4);
    assert_int_equal(by_hand(), BY_HAND_THRESHOLD);
    go_on_from(2);
    assert_int_equal(by_hand(), BY_HAND_THRESHOLD);
    go_on_from(1);
    assert_int_equal(by_hand(), 0);
    epochs(1);
    order(COMMAND_BATCH, 0.0);
    order(COMMAND_THRESHOLD, 0.9); /* within epoch 3 */
    epochs(1);
    go_on_from(3);
    assert_int_equal(by_hand(), BY_HAND_THRESHOLD);
    go_on_from(2);
    assert_int_equal(by_hand(), 0);
}

/* Settings stay as they are when the run goes on from an earlier epoch: then it is changed there. */
static void settings_outlast_going_on(void **state) {
    (void)state;
    double factor = e.trainer->settings.growing_factor;
    epochs(3);
    grow(1.5);
    epochs(1);
    go_on_from(1);
    assert_int_equal(by_hand(), BY_HAND_SETTINGS);
    grow(factor);
    epochs(1);
    go_on_from(2);
    assert_int_equal(by_hand(), BY_HAND_SETTINGS); /* epoch 2 had them anew, but it was said before */
    go_on_from(1);
    assert_int_equal(by_hand(), 0); /* as from the beginning */

    order(COMMAND_RESET, 0.0);
    order(COMMAND_THRESHOLD, 0.7); /* the setting; undone in mid-run, it is another than the run began with */
    epochs(2);
    order(COMMAND_UNDO, 0.0);
    assert_int_equal(by_hand(), BY_HAND_THRESHOLD | BY_HAND_SETTINGS);
    go_on_from(0);
    assert_int_equal(by_hand(), BY_HAND_SETTINGS);
}

#define run(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        run(before_the_first_batch_all_are_settings),
        run(what_is_changed_in_mid_run_is_noted),
        run(held_from_the_beginning),
        run(a_run_that_comes_back_brings_it_along),
        run(points_changed_by_hand),
        run(going_on_forgets_what_came_later),
        run(settings_outlast_going_on),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
