/* Where a sweep's rows are until all are there: FILE.sweep beside the file that they are for.
 *
 * It has a head, lines that say of which sweep the rows are (program version, grid, shard, settings, points), then the
 * rows as CSV as they are done, each written at once and synced every few seconds; it stays when the program is killed.
 * With the last row FILE is made of them, in the grid's order, and FILE.sweep goes; with `resume` its head stays, so
 * that the same command once more knows that nothing is left to do. */
#ifndef EASYFIRST_SWEEP_STORE_H
#define EASYFIRST_SWEEP_STORE_H

#include "app/headless/sweep_report.h"
#include "app/headless/sweep_rows.h"
#include "core/dataset.h"

/* Rows lie at most so many places before or behind their own: what a sweep works on at a time. */
#define SWEEP_WINDOW 4096

/* What the rows are for. */
typedef struct StorePlan {
    const char *file;      /* stays the caller's */
    const char *spec;      /* the grid as written */
    const Dataset *points; /* of a file, or NULL */
    size_t shard, shards;
    bool resume;  /* go on with the rows that are there */
    bool replace; /* or begin anew, whatever is there */
} StorePlan;

typedef struct SweepStore {
    StorePlan plan;
    const Sweep *sweep;
    char *path; /* FILE.sweep; owned */
    char *head; /* owned */
    FILE *stream;
    uint64_t *there;   /* a bit for each run from `first`: its row is there; owned */
    size_t first, end; /* the shard's runs */
    size_t count;      /* rows that were there at first */
    bool complete;     /* FILE is there already, and whole: nothing else is open then */
    double synced;     /* seconds */
    int error;         /* errno of the first write that failed */
} SweepStore;

/* Opens and reads what is there; a last row that is torn is dropped. What must not be replaced, or has rows of
 * another sweep, is refused. *store is overwritten. */
bool store_open(SweepStore *store, const Sweep *sweep, const StorePlan *plan, Status *status);
void store_close(SweepStore *store); /* leaves the file; safe on a zeroed one */

bool store_has(const SweepStore *store, size_t run);
/* Adds a row. False once one could not be written. */
bool store_add(SweepStore *store, size_t run, const RunFigures *figures);

/* Once all are there: makes FILE. summary: gets the rows in order, or NULL. */
bool store_settle(SweepStore *store, SweepSummary *summary, Status *status);

/* The runs of a shard. */
size_t shard_first(const Sweep *sweep, size_t shard, size_t shards);
size_t shard_end(const Sweep *sweep, size_t shard, size_t shards);

#endif
