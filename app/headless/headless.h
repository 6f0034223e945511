/* A run without a window, and the files that it leaves. */
#ifndef EASYFIRST_HEADLESS_H
#define EASYFIRST_HEADLESS_H

#include "app/io/cli.h"
#include "core/trainer.h"

/* Trains to the settings' end and writes what the command line asks for. Files appear only if all went well. */
bool headless_run(const Cli *cli, Status *status);

/* False, and the message for a run that has diverged. */
bool headless_diverged(const Trainer *t, Status *status);

/* Returns `done`. If a file was not to be replaced, the message is given the option that allows it. */
bool headless_end(bool done, Status *status);

#endif
