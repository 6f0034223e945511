/* A run without a window, and the files that it leaves. */
#ifndef EASYFIRST_HEADLESS_H
#define EASYFIRST_HEADLESS_H

#include "../core/dataset.h"
#include "cli.h"

/* Trains to the settings' end and writes what the command line asks for. Files appear only when all went well. */
bool headless_run(const Cli *cli, Status *status);

/* The points of the command line's file, with progress on a terminal; says on stderr how many rows were skipped. */
bool headless_read_points(const Cli *cli, Dataset *points, Status *status);

#endif
