/* What a sweep comes to: a line for each combination of the axes but the seeds. */
#ifndef EASYFIRST_SWEEP_REPORT_H
#define EASYFIRST_SWEEP_REPORT_H

#include "app/experiment/run_figures.h"
#include "app/headless/sweep_grid.h"

#define SWEEP_MAX_LINES 1000 /* of the summary; how many combinations have none is said below them */

/* Means and sample standard deviations over the runs that did not diverge, and how many collapsed and diverged. */
typedef struct SweepSummary {
    const Sweep *sweep;
    uint16_t *line_of;         /* of each combination: its line + 1; 0: not seen yet; UINT16_MAX: not kept. Owned */
    struct SummaryLine *lines; /* owned */
    size_t line_count, beyond; /* lines that are kept; combinations that have none */
} SweepSummary;

bool sweep_summary_init(SweepSummary *summary, const Sweep *sweep, Status *status);
void sweep_summary_free(SweepSummary *summary); /* safe on a zeroed one */
void sweep_summary_add(SweepSummary *summary, size_t run, const RunFigures *figures);
void sweep_summary_print(const SweepSummary *summary, FILE *stream);

#endif
