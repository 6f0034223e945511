/* Commands of a hand that tests push: made from a kind and a number, and carried out at once. */
#ifndef EASYFIRST_TESTS_COMMANDS_H
#define EASYFIRST_TESTS_COMMANDS_H

#include "app/experiment/experiment.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static inline Command command_of(CommandKind kind, double value) {
    Command command = {.kind = kind};
    if (kind == COMMAND_THRESHOLD)
        command.threshold = value;
    else if (kind == COMMAND_SPEED)
        command.speed = value;
    else if (kind == COMMAND_HOLD)
        command.hold = value != 0.0;
    else if (kind == COMMAND_LOOK)
        command.epoch = (int64_t)value;
    return command;
}

/* Stands still: whatever is to be done is done in time. */
static inline double no_clock(void) {
    return 0.0;
}

static inline void push_now(Experiment *e, Command command) {
    assert_true(experiment_push(e, command));
    experiment_advance(e, 0.0, no_clock, 1.0);
}

#endif
