/* A run without a window, and the files that it leaves. */
#ifndef EASYFIRST_HEADLESS_H
#define EASYFIRST_HEADLESS_H

#include "app/io/cli.h"

/* Trains to the settings' end and writes what the command line asks for. Files appear only when all went well. */
bool headless_run(const Cli *cli, Status *status);

#endif
