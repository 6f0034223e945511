/* Reading the command line's points, before there is a run or a window, with progress on the terminal. */
#ifndef EASYFIRST_POINTS_TERMINAL_H
#define EASYFIRST_POINTS_TERMINAL_H

#include "app/io/cli.h"
#include "core/dataset.h"

/* The points of cli->points; if stderr is a terminal, progress is shown there. Rows skipped are reported on stderr. */
bool points_read_terminal(const Cli *cli, Dataset *points, Status *status);

/* Whether to renew the progress line of something that began at `began` (clock_seconds): stderr is a terminal, half a
 * second has passed since, and a tenth since *last, which becomes now. */
bool terminal_line_due(double began, double *last);

#endif
