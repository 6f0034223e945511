/* A grid of runs over any settings, on all cores: easyfirst --headless --sweep SPEC --trace rows.csv
 *
 * SPEC is NAME=VALUES,NAME=VALUES,... Each NAME is a setting of the property table (`seeds` is `seed`, too)
 * and an axis of the grid; the last axis varies fastest. VALUES are one or more of these, separated by '|':
 *
 *   A..B      whole numbers from A up to B, both ends: seeds=1..20
 *   A:B:STEP  from A by STEP of either sign, and B too when it is hit within rounding:
 * growing-factor=1.1:1.5:0.1; each to nine digits, so that it is the number that `--growing-factor 1.3` gives
 *   VALUE     as the option takes it: regularizer=hard|linear|log
 *
 * Lists are written as everywhere, commas and all, for a comma begins a new axis only where a name and '='
 * follow it: hidden=|16|16,16,seeds=1..20 is three models by twenty seeds, centroids=-3,0,3,0|-1,0,1,0 two
 * pairs of blobs.
 *
 * A run is what the same settings give without --sweep, to the last bit, for any number of threads. Its row,
 * in the grid's order:
 *
 *   run                              number in the grid, from 0, in any shard
 *   each setting of the grid         by its name, in the order of SPEC; quoted if it has commas
 *   epochs                           completed
 *   threshold, easy, share_easy      as used in the last of them; points with v > 0 at its end, and their
 * share mean_loss, accuracy              of the model at the end test_accuracy, label_precision, label_recall
 * as in trainer.h; empty where undefined status                           ok; collapsed: no point is easy at
 * the end, or a class with more than 5 % of all points has less than 1 % of the easy ones; diverged: ended
 * early by a parameter that is not finite, and the figures are those of the model before that batch
 *
 * Where a setting of the grid has the name of a figure (epochs, threshold), the figure's column ends in _end.
 */
#ifndef EASYFIRST_SWEEP_H
#define EASYFIRST_SWEEP_H

#include "core/trainer.h"
#include "app/io/cli.h"

#define SWEEP_MAX_RUNS 10000000
#define SWEEP_MAX_LINES 1000 /* of the summary */

typedef struct SweepPiece {
    const char *text;       /* the value, if step is 0 */
    long double from, step; /* numbers: from + i step */
    size_t first, count;    /* the piece's values within the axis */
} SweepPiece;

typedef struct SweepAxis {
    const Property *property;
    SweepPiece *pieces; /* piece_count of them; owned */
    size_t piece_count;
    size_t count; /* values */
} SweepAxis;

typedef struct Sweep {
    Settings base; /* of what is no axis */
    SweepAxis axes[PROPERTY_COUNT];
    size_t axis_count; /* 1 or more */
    size_t runs;       /* 1 to SWEEP_MAX_RUNS */
    char *spec;        /* owned; the pieces' texts lie in it */
} Sweep;

/* Reads SPEC, every value and every combination; *sweep is overwritten. What makes no sense is refused with
 * the axis and its value, or the combination; then there is nothing to free. */
bool sweep_parse(Sweep *sweep, const char *spec, const Settings *base, Status *status);
void sweep_free(Sweep *sweep); /* safe twice */

/* The settings of a run, 0 to runs - 1. */
void sweep_settings(const Sweep *sweep, size_t run, Settings *settings);

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

/* What to do with a grid. */
typedef struct SweepJob {
    const Dataset *points; /* each run has a copy; NULL: points are made */
    size_t shard, shards;  /* the shard-th of so many parts, from 1; their rows, one after another, are the whole's */
    int threads;           /* 0: one for each processor that the program may use */
    FILE *rows;            /* the header (in part 1 alone) and a row a run, or NULL */
    FILE *summary;         /* a table: means and sample standard deviations over the seeds, of the runs that did not
                      diverge, a line for each combination of the other axes, or NULL */
    bool progress;         /* a line on stderr, renewed and in the end removed */
} SweepJob;

/* Runs them. Ends early, but with true, when `rows` can't be written, which is for its owner to see and say.
 * No other thread may use core/parallel meanwhile: each run keeps to its thread. */
bool sweep_work(const Sweep *sweep, const SweepJob *job, Status *status);

/* All of the command line's --sweep: points, rows to --trace, the summary to standard output unless the rows
 * go there. */
bool sweep_run(const Cli *cli, Status *status);

#endif
