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
 *   status                                        ok
 *                                                 collapsed: no point is easy at the end, or a class with more than 5 %
 *                                                 of all points has less than 1 % of the easy ones
 *                                                 diverged: a parameter became infinite or NaN, which ended the run;
 *                                                 the figures are those of the model before that batch
 *
 * Where an axis has the name of a figure (epochs, threshold), the figure's column ends in _end. */
#ifndef EASYFIRST_SWEEP_REPORT_H
#define EASYFIRST_SWEEP_REPORT_H

#include "app/headless/sweep_grid.h"
#include "core/trainer.h"

typedef enum { SWEEP_OK, SWEEP_COLLAPSED, SWEEP_DIVERGED } SweepStatus;

/* A row's figures, as above; what is undefined is NaN. */
typedef struct SweepFigures {
    uint32_t epochs;
    double threshold;
    size_t easy;
    double share_easy, mean_loss, accuracy, test_accuracy, label_precision, label_recall;
    SweepStatus status;
} SweepFigures;

/* Of a run that has ended and been evaluated. */
SweepFigures sweep_figures(const Trainer *trainer);

void sweep_header(FILE *stream, const Sweep *sweep);
void sweep_row(FILE *stream, const Sweep *sweep, size_t run, const SweepFigures *figures);

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
void sweep_summary_add(SweepSummary *summary, size_t run, const SweepFigures *figures);
void sweep_summary_print(const SweepSummary *summary, FILE *stream);

#endif
