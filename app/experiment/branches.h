/* Runs that were left, kept as they were trained: a reset, another seed or any other setting that begins a run anew, a
 * preset, an opened file, going on from an earlier epoch, and another branch leave the run on show as a branch.
 * COMMAND_BRANCH, or undo, puts a branch on show again, and the run that was there becomes a branch.
 *
 * Each run of a session has a number, from 1; it stays its own, on show or not. The commands of one gesture (a drag of
 * a setting that begins anew) leave one branch: what came up between is thrown away, and the run that stays has the
 * number of the first of them.
 *
 * A run is worth keeping if a batch was trained, a note written, or a point, a label's mark, a parameter or the
 * threshold of a class changed by hand. Any other is kept for undo alone, as long as a step of undo or redo leads to
 * it, and is not shown.
 *
 * Memory is bounded: branches and the steps of undo and redo together take at most `budget` bytes, and there are at
 * most BRANCH_MAX branches. The steps give way first, the oldest before the others, down to a quarter of the budget;
 * then the branches, the one that was left longest ago first, with the steps that lead to it or lie beyond it. A run
 * that is larger than the budget by itself is not kept. The notice says which branch comes next while it is still
 * there, and when it has gone; of a run that is too large it says so as soon as it is worth keeping. What falls out
 * depends on nothing but what was done, so that a replay has the same branches. */
#ifndef EASYFIRST_BRANCHES_H
#define EASYFIRST_BRANCHES_H

#include "core/history.h"
#include "core/trainer.h"
#include "app/experiment/by_hand.h"
#include "app/experiment/notes.h"
#include "app/experiment/other_run.h"
#include "app/experiment/snapshot.h"
#include "app/experiment/undo.h"

#define BRANCH_BYTES ((size_t)256 << 20)
#define BRANCH_MAX SNAPSHOT_BRANCHES
#define BRANCH_ITEMS (BRANCH_MAX + 2 * UNDO_MAX + 2)

/* Where the points of a run come from. */
typedef struct Source {
    Dataset points; /* from a file or drawn by hand, before dataset_prepare; count 0: generated. Owned */
    char *path;     /* of the file, or NULL; owned */
    bool edited;    /* the run's points have been changed by hand since: they are what a rebuild begins with */
    int preset;     /* index of the preset that made the run, or -1 */
    int reading;    /* how the file was read: the owner's number */
} Source;

void source_free(Source *source);
/* *copy is overwritten; on failure it is empty. */
bool source_copy(Source *copy, const Source *source, Status *status);

/* Which run it is. */
typedef struct RunTag {
    uint32_t number;
    uint32_t parent; /* number of the run that it came from; 0: none that is still there */
    uint32_t parted; /* the first so many epochs are the parent's */
    char title[64];  /* "seed 8", "the run from epoch 6" */
    char name[128];  /* as a branch: "before the reset at epoch 10"; "": it has not been left yet, or went on since */
    uint32_t epoch;  /* where it was when it got that name */
    size_t batch;
} RunTag;

typedef struct Branch { /* all owned */
    RunTag tag;
    Trainer *trainer;
    History history;
    ByHand by_hand;
    Notes notes;
    bool beyond;
    Source source;
    OtherRun others[OTHER_RUNS];
    int other_count;
    bool worth;   /* keeping; otherwise it is there for undo alone */
    size_t bytes; /* about */
} Branch;

typedef struct Branches {        /* a zeroed one is valid, and keeps nothing */
    Branch *items[BRANCH_ITEMS]; /* in the order in which they were left; those for undo as well */
    int count;
    uint32_t numbers;             /* given so far */
    size_t budget;                /* bytes, of the steps of undo and redo as well */
    uint32_t warned;              /* number of the last branch that the notice has said will go, */
    uint32_t oversize;            /* and of the last run that it has said is too large */
    bool steps_said;              /* that the oldest steps will go */
    BranchLook looks[BRANCH_MAX]; /* for the snapshot; */
    int look_count;
    bool looked; /* they are those of the branches that there are */
} Branches;

Branch *branch_new(Status *status); /* zeroed; NULL without memory */
void branch_free(Branch *branch);   /* NULL is fine */
void branches_free(Branches *branches);

/* NULL: there is none of that number. */
Branch *branches_find(const Branches *branches, uint32_t number);

/* Takes it over as the one that was left last. There is room. */
void branches_add(Branches *branches, Branch *branch);
/* The caller's from now on; runs that came from it come from its parent then. */
Branch *branches_take(Branches *branches, uint32_t number);

/* Of those that are worth keeping. */
int branches_shown(const Branches *branches);
size_t branches_bytes(const Branches *branches); /* all of them */

/* What a run takes with those beside it and its source, about; the large parts are right. The same for two runs that
 * came to the same in other ways. */
size_t branch_bytes(const Trainer *trainer, const History *history, const OtherRun others[OTHER_RUNS],
                    const Source *source);

/* Looks at those that are worth keeping, beside the run on show. They stay until a branch comes or goes. */
void branches_look(Branches *branches, const RunTag *on_show);

#endif
