/* A command from its kind and a number: what tests that push many of them want. */
#ifndef EASYFIRST_TESTS_COMMANDS_H
#define EASYFIRST_TESTS_COMMANDS_H

#include "app/experiment/commands.h"

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

#endif
