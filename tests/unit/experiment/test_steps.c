/* The list of steps: names, when each was made, and which are in force. */
#include "app/experiment/experiment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Experiment run;
static Status status;

static double no_time(void) {
    return 0.0;
}

static void carry_out(Command command) {
    assert_true(experiment_push(&run, command));
    experiment_advance(&run, 0.0, no_time, 1.0);
}

static void carry_out_kind(CommandKind kind) {
    carry_out((Command){.kind = kind});
}

static int setup(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    settings.samples = 200;
    assert_true(experiment_init(&run, &settings, NULL, NULL, &status));
    return 0;
}

static int teardown(void **state) {
    (void)state;
    experiment_free(&run);
    return 0;
}

static void is_step(int i, const char *what, double made) {
    const Steps *steps = experiment_snapshot(&run).steps;
    assert_true(i < steps->count);
    assert_string_equal(steps->steps[i].what, what);
    assert_true(steps->steps[i].made == made);
}

static void has(int count, int done) {
    const Steps *steps = experiment_snapshot(&run).steps;
    assert_int_equal(steps->count, count);
    assert_int_equal(steps->done, done);
}

static void steps_have_names_and_epochs(void **state) {
    (void)state;
    has(0, 0);
    carry_out_kind(COMMAND_EPOCH);
    carry_out((Command){.kind = COMMAND_HOLD, .hold = true});
    carry_out_kind(COMMAND_EPOCH);
    carry_out_kind(COMMAND_BATCH);
    uint32_t sample = 3;
    PointEdit edit = {.kind = EDIT_FLIP, .count = 1, .samples = &sample};
    edit.data_version = run.data_version;
    assert_true(experiment_edit_points(&run, &edit, &status));
    carry_out_kind(COMMAND_RESET); /* made when the run stood there, not where it is afterwards */
    double within = 2.0 + 1.0 / (double)run.trainer->batches;
    has(3, 3);
    is_step(0, "Hold the threshold", 1.0);
    is_step(1, "labels changed", within);
    is_step(2, "reset", within);
    carry_out_kind(COMMAND_UNDO);
    carry_out_kind(COMMAND_UNDO);
    has(3, 1);
    is_step(1, "labels changed", within); /* undone, it keeps its epoch and its place */
    is_step(2, "reset", within);
    carry_out_kind(COMMAND_REDO);
    has(3, 2);
    is_step(1, "labels changed", within);
    carry_out((Command){.kind = COMMAND_HOLD, .hold = false}); /* what was undone is lost */
    has(3, 3);
    is_step(2, "Hold the threshold", within);
}

static void a_drag_is_one_step_from_where_it_began(void **state) {
    (void)state;
    carry_out_kind(COMMAND_EPOCH);
    carry_out((Command){.kind = COMMAND_THRESHOLD, .gesture = 7, .threshold = 0.5});
    carry_out_kind(COMMAND_EPOCH);
    carry_out((Command){.kind = COMMAND_THRESHOLD, .gesture = 7, .threshold = 0.7});
    has(1, 1);
    is_step(0, PROPERTIES[PROPERTY_THRESHOLD].label, 1.0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(steps_have_names_and_epochs, setup, teardown),
        cmocka_unit_test_setup_teardown(a_drag_is_one_step_from_where_it_began, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
