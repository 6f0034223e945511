/* Whatever is done can be undone and redone, to the last bit where nothing has been trained in between: any deed on any
 * run, in the middle of a session. */
#include "app/experiment/experiment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/commands.h"
#include "tests/support/kept_runs.h"

static Status status;

/* ---- deeds ---- */

static void begin(Experiment *e, uint32_t seed) {
    hand = (Hand){.gesture = 1};
    mt_seed(&hand.random, seed);
    Settings settings = random_settings();
    if (!experiment_init(e, &settings, NULL, NULL, &status))
        fail_msg("%s", status.message);
}

static void do_now(Experiment *e, CommandKind kind) {
    experiment_push(e, (Command){.kind = kind});
    do
        experiment_advance(e, 0.0, no_clock, 1.0);
    while (experiment_is_behind(e));
}

static bool trains(CommandKind kind) {
    return kind == COMMAND_PLAY || kind == COMMAND_EPOCH || kind == COMMAND_BATCH || kind == COMMAND_TO_NOTE;
}

static bool goes_back(CommandKind kind) {
    return kind == COMMAND_UNDO || kind == COMMAND_REDO || kind == COMMAND_STEPS;
}

/* Otherwise a reset only decides anew which points are easy. */
static bool reset_loses(const Experiment *e) {
    return e->trainer->epoch > 0 || e->trainer->batch > 0 || e->by_hand.parameters != BY_HAND_NEVER ||
           e->by_hand.threshold != BY_HAND_NEVER;
}

static void some_deed(Experiment *e) {
    hand.gesture++;
    uint32_t what = below(12);
    if (what < 3) {
        random_edit(e);
    } else if (what == 3) {
        Dataset points = random_points();
        Settings settings = e->trainer->settings;
        experiment_open_points(e, &points, &(OpenedPoints){"/tmp/a file.csv", 0, &settings}, &status);
        dataset_free(&points);
    } else {
        Command c = random_command(e);
        while (trains(c.kind) || goes_back(c.kind) || (c.kind == COMMAND_RESET && !reset_loses(e)))
            c = random_command(e);
        c.gesture = hand.gesture;
        experiment_push(e, c);
    }
    do
        experiment_advance(e, 0.0, no_clock, 1.0);
    while (experiment_is_behind(e));
    experiment_push(e, (Command){.kind = COMMAND_PAUSE});
    experiment_advance(e, 0.0, no_clock, 1.0);
}

/* Steps of undo that the deed has made. */
static int steps_made(const Experiment *e, const Undo *top) {
    int i = e->undo.count;
    while (i > 0 && e->undo.items[i - 1] != top)
        i--;
    return e->undo.count - i;
}

static void test_all_comes_back(void **state) {
    (void)state;
    uint32_t met[UNDO_NOTE + 1] = {0};
    for (uint32_t seed = 1; seed <= 60; seed++) {
        Experiment e;
        begin(&e, seed);
        for (int i = 0; i < 30 && e.undo.count < UNDO_MAX - 4; i++) {
            if (below(2))
                do_now(&e, below(2) ? COMMAND_BATCH : COMMAND_EPOCH);
            do_now(&e, COMMAND_PAUSE);
            const Undo *top = undo_top(&e.undo);
            Branch *before = keep_runs(&e);
            some_deed(&e);
            int steps = steps_made(&e, top);
            assert_true(steps <= 2);
            for (int k = 0; k < steps; k++)
                met[e.undo.items[e.undo.count - 1 - k]->kind]++;
            Branch *after = keep_runs(&e);
            for (int k = 0; k < steps; k++)
                do_now(&e, COMMAND_UNDO);
            assert_as_kept(before, &e);
            experiment_push(&e, (Command){.kind = COMMAND_STEPS, .steps = steps});
            do_now(&e, COMMAND_PAUSE);
            assert_as_kept(after, &e);
            branch_free(before);
            branch_free(after);
        }
        experiment_free(&e);
    }
    for (size_t i = 0; i < sizeof met / sizeof *met; i++)
        if (met[i] == 0)
            fail_msg("no step of kind %zu", i);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_all_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
