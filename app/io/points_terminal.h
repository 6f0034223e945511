/* Reading the command line's points at a terminal, before there is a run or a window. */
#ifndef EASYFIRST_POINTS_TERMINAL_H
#define EASYFIRST_POINTS_TERMINAL_H

#include "app/io/cli.h"
#include "core/dataset.h"

/* The points of cli->points, with progress on a terminal; says on stderr how many rows were skipped. */
bool points_read_terminal(const Cli *cli, Dataset *points, Status *status);

/* Whether the progress line of something that began at `began` (clock_seconds) should be renewed: stderr is a terminal,
 * half a second has passed, and a tenth since *last, which becomes now. */
bool terminal_line_due(double began, double *last);

#endif
