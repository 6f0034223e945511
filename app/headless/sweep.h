/* A grid of runs over any settings, on all cores: easyfirst --headless --sweep SPEC --trace rows.csv
 *
 * sweep_grid.h has SPEC, sweep_rows.h the rows, sweep_report.h the summary. A run is what the same settings give
 * without --sweep, to the last bit, for any number of threads. */
#ifndef EASYFIRST_SWEEP_H
#define EASYFIRST_SWEEP_H

#include "app/headless/sweep_progress.h"
#include "app/headless/sweep_store.h"

/* What to do with a grid. */
typedef struct SweepJob {
    const Dataset *points;   /* each run has a copy; NULL: points are made */
    size_t shard, shards;    /* the shard-th of so many parts, from 1; their rows, one after another, are the whole's */
    int threads;             /* 0: one for each processor that the program may use */
    FILE *rows;              /* CSV's header (in part 1 alone) and a row a run in the grid's order, or NULL; */
    RowForm form;            /* its */
    SweepStore *store;       /* gets the rows as they are done, does without those that it has, is settled; or NULL */
    FILE *summary;           /* the summary, or NULL */
    SweepProgress *progress; /* or NULL */
} SweepJob;

/* Runs them. Ends early, but with true, when `rows` cannot be written: its owner sees that and reports it. No other
 * thread may use core/parallel meanwhile: each run keeps to its thread. */
bool sweep_work(const Sweep *sweep, const SweepJob *job, Status *status);

/* All of the command line's --sweep (sweep_run.c): points, rows to --trace, the summary to standard output unless the
 * rows go there; or --summarize. */
bool sweep_run(const Cli *cli, Status *status);

#endif
