/* The runs that were left and are kept (Snapshot.branches), in words. */
#ifndef EASYFIRST_KEPT_RUNS_H
#define EASYFIRST_KEPT_RUNS_H

#include "app/experiment/run_words.h"
#include "app/experiment/snapshot.h"

#define KEPT_RUNS_DRAWN 3 /* the newest, on the timeline */

/* By age: 0 is the one that was left last. */
static inline const BranchLook *kept_run(const Snapshot *snapshot, int age) {
    return &snapshot->branches[snapshot->branch_count - 1 - age];
}

/* NULL: there is none of that number. */
const BranchLook *kept_run_find(const Snapshot *snapshot, uint32_t number);

/* Epochs that the longest of those that are drawn has done. */
double kept_runs_end(const Snapshot *snapshot);

/* "Before the reset at epoch 10" */
void kept_run_name(const BranchLook *run, char text[RUN_WORDS_BYTES]);
/* "60 epochs, accuracy 97.8 %, λ 1.49" */
void kept_run_figures(const BranchLook *run, char text[160]);

/* "3 kept, 12 of 256 MB"; "" while there is nothing that takes any. */
void kept_runs_memory(const Snapshot *snapshot, char text[96]);

#endif
