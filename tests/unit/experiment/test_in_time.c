/* Training keeps to its time, gives way to the hand, and says how fast it really is. No clock: one that training moves,
 * or one that is told. */
#include "app/experiment/experiment.h"
#include "tests/support/commands.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static Status status;
static double clock_now; /* a clock that only moves when told, or a little at each look */
static double clock_step;

static double fake_now(void) {
    clock_now += clock_step;
    return clock_now;
}

static Settings small(void) {
    Settings s;
    settings_default(&s);
    s.samples = 640; /* 20 batches of 32 */
    s.epochs = 100000;
    return s;
}

static Experiment begin(const Settings *s) {
    Experiment e;
    if (!experiment_init(&e, s, NULL, NULL, &status))
        fail_msg("%s", status.message);
    clock_now = clock_step = 0.0;
    return e;
}

static void push(Experiment *e, CommandKind kind, double value) {
    assert_true(experiment_push(e, command_of(kind, value)));
}

static void advance(Experiment *e, double seconds) {
    experiment_advance(e, seconds, fake_now, 1e9);
}

/* A clock that only training moves: each batch takes so long. */
static const Experiment *timed;
static double seconds_a_batch, started_at;

static uint64_t batches_of(const Experiment *e) {
    return (uint64_t)e->trainer->epoch * e->trainer->batches + e->trainer->batch;
}

static double training_now(void) {
    return started_at + seconds_a_batch * (double)batches_of(timed);
}

/* One frame of so many seconds for training. Returns how many batches it trained. */
static uint64_t timed_frame(Experiment *e, double budget) {
    uint64_t before = batches_of(e);
    double began = training_now();
    experiment_advance(e, 1.0 / 60.0, training_now, began + budget);
    return batches_of(e) - before;
}

/* A network so large that a batch takes long: a frame's training ends in time all the same, and while a person drags or
 * types no batch begins that would keep him waiting. */
static void test_training_ends_in_time(void **state) {
    (void)state;
    Settings s = small();
    s.hidden_count = 6;
    for (int i = 0; i < s.hidden_count; i++)
        s.hidden[i] = 64;
    s.batch = 1;
    s.samples = 400;
    Experiment e = begin(&s);
    timed = &e;
    push(&e, COMMAND_SPEED, SPEED_MAXIMUM);
    push(&e, COMMAND_PLAY, 0.0);
    seconds_a_batch = 0.0001;
    started_at = 100.0;
    for (int i = 0; i < 4; i++) { /* 10 ms a frame, 100 batches: in chunks of a millisecond */
        uint64_t batches = timed_frame(&e, 0.010);
        assert_true(batches >= 95 && batches <= 110);
    }
    e.hand = true;
    for (int i = 0; i < 4; i++) {
        uint64_t batches = timed_frame(&e, 0.0025);
        assert_true(batches >= 20 && batches <= 25);
    }
    seconds_a_batch =
        0.004; /* a slow machine: once, until it has been seen how slow, some more than there is time for */
    timed_frame(&e, 0.0025);
    assert_int_equal(timed_frame(&e, 0.0025), 0);
    assert_int_equal(timed_frame(&e, 0.0025), 0);
    e.hand = false;
    assert_int_equal(timed_frame(&e, 0.0025), 1); /* at least one when nobody waits */
    assert_int_equal(timed_frame(&e, 0.010), 3);

    /* the threshold is in force at once, and shown, without waiting for a batch */
    e.hand = true;
    push(&e, COMMAND_THRESHOLD, 0.25);
    assert_int_equal(timed_frame(&e, 0.0025), 0);
    assert_true(experiment_snapshot(&e).threshold == 0.25);
    experiment_free(&e);
}

/* A second run that has to catch up gives way as well. */
static void test_catching_up_ends_in_time(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    for (int i = 0; i < 5; i++) {
        push(&e, COMMAND_EPOCH, 0.0);
        advance(&e, 0.0);
    }
    Command compare = {.kind = COMMAND_COMPARE, .compare = true, .settings = s};
    e.batch_seconds = 0.010;
    e.hand = true;
    assert_true(experiment_push(&e, compare));
    clock_step = 0.010;
    experiment_advance(&e, 0.0, fake_now, clock_now + 0.005);
    assert_true(e.others[0].behind && e.others[0].trainer->epoch == 0 && e.others[0].trainer->batch == 0);
    e.hand = false;
    experiment_advance(&e, 0.0, fake_now, clock_now + 0.005);
    assert_true(e.others[0].behind && e.others[0].trainer->epoch == 0 && e.others[0].trainer->batch == 1);
    experiment_free(&e);
}

/* The speed reached: what was asked for, or, where a batch takes too long for it, the fact. */
static void test_speed_reached(void **state) {
    (void)state;
    Settings s = small();
    Experiment e = begin(&s);
    clock_now = 50.0;
    push(&e, COMMAND_PLAY, 0.0);
    push(&e, COMMAND_SPEED, 2.0);
    for (int i = 0; i < 100; i++) {
        clock_now += 0.02;
        experiment_advance(&e, 0.02, fake_now, clock_now + 1.0);
        double reached = experiment_snapshot(&e).speed_reached;
        assert_true(i < 20 ? reached == 0.0 : i < 30 || reached == 2.0);
    }
    push(&e, COMMAND_SPEED, 800.0);
    for (int i = 0; i < 100; i++) { /* two frames a second, 20 batches are an epoch and 10 done in each */
        clock_now += 0.5;
        uint64_t before = batches_of(&e);
        e.batch_seconds = 1.0;
        clock_step = 0.0;
        while (batches_of(&e) < before + 10) {
            e.batch_seconds = 1.0; /* one at a time */
            experiment_advance(&e, 0.1, fake_now, clock_now);
        }
        if (i > 4)
            assert_true(fabs(experiment_snapshot(&e).speed_reached - 1.0) < 1e-9);
    }
    push(&e, COMMAND_PAUSE, 0.0);
    advance(&e, 0.02);
    assert_true(experiment_snapshot(&e).speed_reached == 0.0);

    push(&e, COMMAND_SPEED, SPEED_MAXIMUM); /* no target: always the fact */
    push(&e, COMMAND_PLAY, 0.0);
    for (int i = 0; i < 10; i++) {
        clock_now += 0.5;
        uint32_t epoch = e.trainer->epoch;
        while (e.trainer->epoch < epoch + 3) {
            e.batch_seconds = 1e-9;
            experiment_advance(&e, 0.1, fake_now, clock_now);
        }
    }
    assert_true(fabs(experiment_snapshot(&e).speed_reached - 6.0) < 1e-9);
    experiment_free(&e);
}

/* One batch an epoch: that none falls into a second is no lack of speed. */
static void test_speed_of_large_batches(void **state) {
    (void)state;
    Settings s = small();
    s.batch = 640;
    Experiment e = begin(&s);
    clock_now = 10.0;
    push(&e, COMMAND_PLAY, 0.0);
    push(&e, COMMAND_SPEED, 0.7);
    for (int i = 0; i < 1000; i++) {
        clock_now += 0.02;
        experiment_advance(&e, 0.02, fake_now, clock_now + 1.0);
        double reached = experiment_snapshot(&e).speed_reached;
        assert_true(reached == 0.7 || (i < 30 && reached == 0.0));
    }
    experiment_free(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_training_ends_in_time),
        cmocka_unit_test(test_catching_up_ends_in_time),
        cmocka_unit_test(test_speed_reached),
        cmocka_unit_test(test_speed_of_large_batches),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
