/* Reading the command line's points, before there is a run or a window, with progress on the terminal. */
#ifndef EASYFIRST_POINTS_TERMINAL_H
#define EASYFIRST_POINTS_TERMINAL_H

#include "app/io/cli.h"
#include "app/io/points_csv.h"
#include "core/dataset.h"

/* The points of cli->points; if stderr is a terminal, progress is shown there. What
 * may be meant otherwise and rows skipped are reported on stderr. */
bool points_read_terminal(const Cli *cli, Dataset *points, Status *status);

/* Its parts, for who reads them otherwise: says that the keyboard is read, if it is; what is there to report. */
void points_ask_terminal(const Cli *cli);
void points_say_terminal(const Cli *cli, const Dataset *points, size_t skipped, const PointsNotes *notes);

/* How the command line says that its file is to be read. */
PointsFormat points_format_of(const Cli *cli);

/* Whether to renew the progress line of something that began at `began` (clock_seconds): stderr is a terminal, half a
 * second has passed since, and a tenth since *last, which becomes now. */
bool terminal_line_due(double began, double *last);

#endif
