/* The summary of rows that are there: --sweep SPEC --summarize FILE... */
#ifndef EASYFIRST_SWEEP_TABLES_H
#define EASYFIRST_SWEEP_TABLES_H

#include "app/headless/sweep_report.h"
#include "app/headless/sweep_rows.h"

/* Prints what the sweep itself prints. The files, in any order ("-": standard input), hold the rows of the runs from
 * `first` to before `end`, each of them once, ascending within a file; CSV with or without the header, or JSON lines.
 * Pipes are read once, and one line at a time is kept. Messages are "FILE:LINE: what". */
bool sweep_tables(const Sweep *sweep, size_t first, size_t end, const char *const *files, size_t count, FILE *summary,
                  Status *status);

#endif
