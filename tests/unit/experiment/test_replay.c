/* The recorded epochs once more; and what a hand has changed, as marks of the run. */
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
    s.samples = 640;
    s.epochs = 100;
    return experiment_init(&e, &s, NULL, NULL, &status) ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    experiment_free(&e);
    return 0;
}

static Snapshot advance(double elapsed) {
    experiment_advance(&e, elapsed, no_clock, 1.0);
    return experiment_snapshot(&e);
}

static Snapshot order(CommandKind kind, double value) {
    push_now(&e, command_of(kind, value));
    return experiment_snapshot(&e);
}

static void epochs(int count) {
    while (count-- > 0)
        order(COMMAND_EPOCH, 0.0);
}

static void a_replay_shows_the_epochs_and_trains_nothing(void **state) {
    (void)state;
    epochs(6);
    size_t bytes = e.trainer->mlp.parameters * sizeof(float);
    float *before = malloc(bytes);
    assert_non_null(before);
    memcpy(before, e.trainer->parameters, bytes);
    order(COMMAND_SPEED, 2.0);
    order(COMMAND_LOOK, 1.0);
    Snapshot s = order(COMMAND_REPLAY, 0.0);
    assert_true(s.replaying && s.looking_back && !s.playing);
    assert_int_equal(s.epoch, 2);
    uint64_t version = s.version;
    s = advance(0.25); /* half an epoch */
    assert_int_equal(s.epoch, 2);
    assert_int_equal(s.version, version); /* nothing to draw anew */
    for (uint32_t epoch = 3; epoch <= 5; epoch++) {
        s = advance(epoch == 3 ? 0.25 : 0.5);
        assert_int_equal(s.epoch, epoch);
        assert_true(s.replaying && s.looking_back);
        assert_true(s.easy == e.history.records[epoch - 1].easy);
        assert_true(s.version > version);
        version = s.version;
    }
    s = advance(0.5); /* now, paused */
    assert_false(s.replaying || s.looking_back || s.playing);
    assert_int_equal(s.epoch, 6);
    assert_int_equal(e.mode, MODE_PAUSED);
    advance(5.0);
    assert_int_equal(e.trainer->epoch, 6);
    assert_memory_equal(before, e.trainer->parameters, bytes);
    free(before);
}

static void within_an_epoch_now_comes_after_the_last_one(void **state) {
    (void)state;
    epochs(3);
    order(COMMAND_BATCH, 0.0);
    order(COMMAND_LOOK, 1.0);
    order(COMMAND_REPLAY, 0.0);
    Snapshot s = advance(1.0);
    assert_true(s.replaying);
    assert_int_equal(s.epoch, 3);
    s = advance(1.0);
    assert_false(s.replaying || s.looking_back);
    assert_true(s.mid_epoch);
}

static void without_a_look_it_begins_with_the_first(void **state) {
    (void)state;
    Snapshot s = order(COMMAND_REPLAY, 0.0); /* nothing has happened */
    assert_false(s.replaying);
    epochs(3);
    s = order(COMMAND_REPLAY, 0.0);
    assert_true(s.replaying);
    assert_int_equal(s.epoch, 1);
}

static void any_other_command_ends_it(void **state) {
    (void)state;
    static const struct {
        CommandKind kind;
        double value;
        bool back; /* still looking back */
    } CASES[] = {{COMMAND_PAUSE, 0, true}, {COMMAND_LOOK, 3, true},         {COMMAND_LOOK, -1, false},
                 {COMMAND_HOLD, 1, true},  {COMMAND_THRESHOLD, 0.3, false}, {COMMAND_UNDO, 0, false},
                 {COMMAND_GO_ON, 0, false}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        epochs(6);
        order(COMMAND_LOOK, 1.0);
        order(COMMAND_REPLAY, 0.0);
        Snapshot s = order(CASES[i].kind, CASES[i].value);
        assert_false(s.replaying || s.playing);
        assert_true(s.looking_back == CASES[i].back);
        uint32_t shown = s.epoch, trained = e.trainer->epoch;
        s = advance(3.0);
        assert_int_equal(s.epoch, shown);
        assert_int_equal(e.trainer->epoch, trained);
    }
    order(COMMAND_LOOK, 0.0);
    order(COMMAND_REPLAY, 0.0);
    assert_true(order(COMMAND_SPEED, 5.0).replaying); /* the slider is its own */
    Snapshot s = order(COMMAND_PLAY, 0.0);
    assert_true(s.playing && !s.replaying && !s.looking_back);
}

/* ---- marks of the hand ---- */

static void is_marked(int index, double done, const char *what) {
    const HandMarks *m = experiment_snapshot(&e).hand_marks;
    assert_true(index < m->count);
    assert_true(m->marks[index].done == done);
    assert_string_equal(m->marks[index].what, what);
}

static void are_marked(int count) {
    assert_int_equal(experiment_snapshot(&e).hand_marks->count, count);
}

static void grow(double factor, uint32_t gesture) {
    Command command = {.kind = COMMAND_SETTINGS, .settings = e.trainer->settings, .gesture = gesture};
    command.settings.growing_factor = factor;
    push_now(&e, command);
}

static void drag(double threshold, uint32_t gesture) {
    push_now(&e, (Command){.kind = COMMAND_THRESHOLD, .threshold = threshold, .gesture = gesture});
}

static void what_a_hand_does_in_mid_run_is_marked(void **state) {
    (void)state;
    drag(0.2, 1); /* before the first batch all are settings */
    are_marked(0);
    epochs(3);
    drag(0.3, 2);
    drag(0.4, 2); /* one drag is one change */
    are_marked(1);
    is_marked(0, 3.0, "Threshold λ");
    order(COMMAND_BATCH, 0.0);
    grow(1.7, 3);
    order(COMMAND_HOLD, 1.0);
    are_marked(3);
    is_marked(1, 3.0 + 1.0 / 20.0, "Growing factor");
    float x = 1.0f, y = 1.0f;
    assert_true(experiment_edit_points(&e, &(PointEdit){.kind = EDIT_ADD, .count = 1, .x = &x, .y = &y}, &status));
    are_marked(4);
    assert_string_equal(experiment_snapshot(&e).hand_marks->marks[3].what, "points added");
    drag(0.9, 7);
    drag(e.undo.items[e.undo.count - 1]->decided.thresholds.threshold, 7); /* a drag that ends where it began is none */
    are_marked(4);
    order(COMMAND_RESET, 0.0);
    are_marked(0);
}

static void undo_takes_the_mark_back(void **state) {
    (void)state;
    epochs(3);
    drag(0.3, 1);
    order(COMMAND_UNDO, 0.0);
    are_marked(0);
    order(COMMAND_REDO, 0.0);
    are_marked(1);
    is_marked(0, 3.0, "Threshold λ");
    order(COMMAND_UNDO, 0.0);
    are_marked(0);
    order(COMMAND_REDO, 0.0);
    epochs(2); /* it has had its effect: to undo it is another change */
    order(COMMAND_UNDO, 0.0);
    are_marked(2);
    is_marked(1, 5.0, "undone: Threshold λ");
    order(COMMAND_REDO, 0.0);
    are_marked(1);
    is_marked(0, 3.0, "Threshold λ");
}

static void another_run_has_marks_of_its_own(void **state) {
    (void)state;
    epochs(3);
    drag(0.3, 1);
    Command seed = new_seed_command(&e.trainer->settings);
    push_now(&e, seed);
    are_marked(0);
    order(COMMAND_UNDO, 0.0); /* the run that comes back brings them along */
    are_marked(1);
    is_marked(0, 3.0, "Threshold λ");
}

static void going_on_from_earlier_forgets_later_marks(void **state) {
    (void)state;
    epochs(2);
    drag(0.3, 1);
    epochs(3);
    drag(0.5, 2);
    grow(1.7, 3); /* stays in force */
    epochs(1);
    order(COMMAND_LOOK, 2.0); /* three epochs done */
    order(COMMAND_GO_ON, 0.0);
    are_marked(2);
    is_marked(0, 2.0, "Threshold λ");
    is_marked(1, 3.0, "Growing factor");
}

static void there_is_room_for_the_newest(void **state) {
    (void)state;
    epochs(1);
    for (int i = 0; i < HAND_MARKS + 5; i++) {
        drag(0.1 + 0.001 * i, (uint32_t)i + 1);
        if (i == 4)
            epochs(1);
    }
    are_marked(HAND_MARKS);
    is_marked(0, 2.0, "Threshold λ");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(a_replay_shows_the_epochs_and_trains_nothing),
        TEST(within_an_epoch_now_comes_after_the_last_one),
        TEST(without_a_look_it_begins_with_the_first),
        TEST(any_other_command_ends_it),
        TEST(what_a_hand_does_in_mid_run_is_marked),
        TEST(undo_takes_the_mark_back),
        TEST(another_run_has_marks_of_its_own),
        TEST(going_on_from_earlier_forgets_later_marks),
        TEST(there_is_room_for_the_newest),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
