/* What a sweep reports: a row for each run, as CSV, and a summary, a line for each combination of the axes but the
 * seeds.
 *
 * A row, in the grid's order:
 *
 *   run                                           number in the grid, from 0, whatever the shard
 *   each axis of the grid                         by its name, in the order of SPEC; quoted if it has commas
 *   epochs                                        completed
 *   threshold, easy, share_easy                   used in the last of them; points with v > 0 at its end; their share
 *   mean_loss, accuracy                           of the model at the end
 *   test_accuracy, label_precision, label_recall  as in trainer.h; empty where undefined
 *   status                                        ok, collapsed or diverged (run_figures.h)
 *
 * Where an axis has the name of a figure (epochs, threshold), the figure's column ends in _end. */
#ifndef EASYFIRST_SWEEP_REPORT_H
#define EASYFIRST_SWEEP_REPORT_H

#include "app/experiment/run_figures.h"
#include "app/headless/sweep_grid.h"

void sweep_header(FILE *stream, const Sweep *sweep);
void sweep_row(FILE *stream, const Sweep *sweep, size_t run, const RunFigures *figures);

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
