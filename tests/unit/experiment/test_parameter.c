/* A weight or bias set by hand between batches: in force at once, undone to the last bit, and noted. */
#include "app/experiment/experiment.h"
#include "tests/support/commands.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 64 };

static Status status;
static Experiment e;
static float kept[MOST];

static int setup(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.samples = 640; /* 20 batches of 32 */
    s.epochs = 100;
    s.hidden_count = 1;
    s.hidden[0] = 3;
    return experiment_init(&e, &s, NULL, NULL, &status) ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    experiment_free(&e);
    return 0;
}

static void order(CommandKind kind, double value) {
    push_now(&e, command_of(kind, value));
}

static void put(size_t index, float value, uint32_t gesture) {
    Command command = {.kind = COMMAND_PARAMETER, .gesture = gesture, .parameter = {index, value}};
    push_now(&e, command);
}

static void keep(void) {
    assert_true(e.trainer->mlp.parameters <= MOST);
    memcpy(kept, e.trainer->parameters, e.trainer->mlp.parameters * sizeof *kept);
}

static bool as_kept(void) {
    return memcmp(kept, e.trainer->parameters, e.trainer->mlp.parameters * sizeof *kept) == 0;
}

static unsigned by_hand(void) {
    return experiment_snapshot(&e).by_hand;
}

static void one_parameter_is_in_force_at_once(void **state) {
    (void)state;
    order(COMMAND_EPOCH, 0.0);
    order(COMMAND_BATCH, 0.0); /* within an epoch, too */
    keep();
    double loss = e.trainer->mean_loss;
    size_t bias = e.trainer->mlp.biases[1]; /* of the score of class 0 */
    put(bias, 40.0f, 0);
    kept[bias] = 40.0f;
    assert_true(as_kept());
    assert_true(e.trainer->mean_loss > loss + 1.0);
    for (size_t i = 0; i < e.trainer->data.count; i++) { /* everything of class 1 is hard now, all else easy */
        assert_true((e.trainer->each.v[i] > 0.0f) == (e.trainer->data.label[i] == 0));
        assert_true((e.trainer->each.loss[i] > 1.0f) == (e.trainer->data.label[i] == 1));
    }
    assert_string_equal(experiment_snapshot(&e).undo, "Bias");
    put(0, 1.0f, 0);
    assert_string_equal(experiment_snapshot(&e).undo, "Weight");
    put(e.trainer->mlp.weights[1], 1.0f, 0);
    assert_string_equal(experiment_snapshot(&e).undo, "Weight");
    put(e.trainer->mlp.biases[0] + 2, 1.0f, 0);
    assert_string_equal(experiment_snapshot(&e).undo, "Bias");
}

static void a_drag_is_one_step_to_undo(void **state) {
    (void)state;
    order(COMMAND_EPOCH, 0.0);
    keep();
    float before = kept[1];
    for (int i = 1; i <= 5; i++)
        put(1, before + (float)i, 7);
    put(2, 0.5f, 7); /* of the same gesture, but another weight */
    order(COMMAND_UNDO, 0.0);
    assert_true(e.trainer->parameters[1] == before + 5.0f && e.trainer->parameters[2] == kept[2]);
    order(COMMAND_UNDO, 0.0);
    assert_true(as_kept());
    assert_null(experiment_snapshot(&e).undo);
    order(COMMAND_REDO, 0.0);
    assert_true(e.trainer->parameters[1] == before + 5.0f);
    order(COMMAND_UNDO, 0.0);
    for (int i = 2; i >= 0; i--)
        put(1, before + (float)i, 8); /* there and back again: nothing to undo, and no trace of the hand */
    assert_true(as_kept());
    assert_null(experiment_snapshot(&e).undo);
    assert_int_equal(by_hand(), 0);
}

static void it_is_noted(void **state) {
    (void)state;
    put(1, 2.0f, 0); /* even before the first batch: it is no setting */
    assert_int_equal(by_hand(), BY_HAND_PARAMETERS);
    order(COMMAND_UNDO, 0.0);
    assert_int_equal(by_hand(), 0);
    order(COMMAND_REDO, 0.0);
    assert_int_equal(by_hand(), BY_HAND_PARAMETERS);
    order(COMMAND_RESET, 0.0);
    assert_int_equal(by_hand(), 0);
    order(COMMAND_EPOCH, 0.0);
    order(COMMAND_EPOCH, 0.0);
    put(1, 2.0f, 0);
    order(COMMAND_EPOCH, 0.0);
    order(COMMAND_UNDO, 0.0); /* an epoch was trained with it */
    assert_int_equal(by_hand(), BY_HAND_PARAMETERS);
    order(COMMAND_LOOK, 1.0);
    order(COMMAND_GO_ON, 0.0); /* from before it */
    assert_int_equal(by_hand(), 0);
}

static void what_makes_no_sense_does_nothing(void **state) {
    (void)state;
    keep();
    put(e.trainer->mlp.parameters, 1.0f, 0);
    put(0, NAN, 0);
    put(0, INFINITY, 0);
    assert_true(as_kept());
    assert_int_equal(by_hand(), 0);
    assert_null(experiment_snapshot(&e).undo);
}

/* The run goes on with it: another one than without. */
static void training_goes_on_with_it(void **state) {
    (void)state;
    order(COMMAND_THRESHOLD, 100.0); /* all take part */
    order(COMMAND_EPOCH, 0.0);
    order(COMMAND_LOOK, 0.0);
    put(0, 3.0f, 0);
    assert_false(experiment_snapshot(&e).looking_back);
    float before = e.trainer->parameters[0];
    assert_true(before == 3.0f);
    order(COMMAND_BATCH, 0.0);
    assert_true(e.trainer->parameters[0] != before && fabsf(e.trainer->parameters[0] - before) < 0.1f);
}

#define run(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        run(one_parameter_is_in_force_at_once), run(a_drag_is_one_step_to_undo), run(it_is_noted),
        run(what_makes_no_sense_does_nothing),  run(training_goes_on_with_it),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
