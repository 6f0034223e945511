/* What the views are shown: a const look at the run, made by the experiment (or the headless runner) each
 * frame. Pointers stay valid until the experiment runs again. */
#ifndef EASYFIRST_SNAPSHOT_H
#define EASYFIRST_SNAPSHOT_H

#include "core/config.h"
#include "core/dataset.h"
#include "core/history.h"
#include "core/mlp.h"
#include "core/trainer.h"
#include "app/experiment/by_hand.h"
#include "app/experiment/label_watch.h"
#include "app/experiment/notes.h"

#define SNAPSHOT_AHEAD 64
#define OTHER_RUNS 2 /* beside the first */

#define SNAPSHOT_BRANCHES 256

/* A run that was left (branches.h), as it stands. */
typedef struct BranchLook {
    uint32_t number;   /* for COMMAND_BRANCH; stays its own for the whole session */
    const char *title; /* "seed 8", "the run from epoch 6" */
    const char *name;  /* with what it was left for: "seed 7 before seed 8", "before the reset at epoch 10" */
    const Settings *settings;
    const History *history;
    uint32_t epoch;       /* epochs completed */
    size_t batch;         /* and batches of the one under way */
    size_t batches;       /* in an epoch */
    double threshold;     /* in force */
    double accuracy;      /* on its points */
    double test_accuracy; /* NaN: it has no test points */
    int other_count;      /* of runs beside it */
    uint32_t parent;      /* number of the run that it came from; 0: none that is still there */
    uint32_t parted;      /* so many of its epochs are the parent's */
    uint32_t common;      /* so many are those of the run on show: from there on it is another; 0: from the beginning */
    size_t bytes;         /* that it takes, about */
} BranchLook;

/* Epochs trained, with the part of the one under way. */
static inline double branch_done(const BranchLook *look) {
    return (double)look->epoch + (double)look->batch / (double)look->batches;
}

typedef struct Snapshot {
    const Settings *settings;
    const Dataset *data;
    const Mlp *mlp;
    const float *parameters;
    const float *loss;        /* per sample, of the model on show */
    const float *v;           /* per sample; above 0: easy */
    const uint32_t *admitted; /* per sample, or NEVER_ADMITTED */
    const History *history;   /* NULL in headless pictures */
    uint32_t epoch;           /* epochs completed: the one count that is on show, wherever epochs are counted (top bar,
                               * pill, presentation, line, captions, names of files). What happens within the epoch
                               * under way is named by that epoch, in words that say that it is under way */
    size_t batch, batches;    /* trained in the epoch under way (0 between epochs), in a whole one */
    double threshold, next_threshold;
    size_t easy;       /* samples with v > 0 */
    double weight_sum; /* of the v's */
    double mean_loss, accuracy;
    double ahead[SNAPSHOT_AHEAD]; /* of the coming epochs, `epoch` + i: their thresholds, or by share their shares */
    int ahead_count;
    const Dataset *clean;          /* the clean points; count 0: none */
    const float *influence;        /* per sample, of the run as it is now (PerSample.influence), or NULL */
    bool by_class;                 /* the classes have thresholds of their own: */
    const double *class_threshold; /* data->classes of them, of the epoch on show; all the same unless by_class */
    double clean_loss;             /* NaN without clean points, and where they are not known of an earlier epoch */
    const Trainer *trainer;        /* whose step can be explained: of the run as it is now, else NULL */
    const Settings *wanted;        /* not taken over, for want of clean points; NULL: none */
    const Dataset *test;           /* points kept apart for checking; count 0: none */
    double test_accuracy, label_precision, label_recall; /* NaN where not defined (trainer.h) */
    bool playing, hold, finished, diverged;
    double speed_reached; /* epochs a second over the last second of play: what was asked for if the machine keeps up;
                           * 0: not known (yet) */
    bool looking_back;    /* an earlier epoch is on show */
    size_t easy_now;      /* then: the easy ones of the run as it is, a threshold set since its last epoch included */
    bool replaying;       /* and the later ones follow by themselves; `playing` is false */
    bool mid_epoch;       /* the run itself is within an epoch */
    int other_count;      /* of the runs that keep step beside this one, the first: B and C */
    const struct Snapshot *others[OTHER_RUNS];
    const char *undo, *redo;     /* what can be undone and redone, or NULL */
    const struct Steps *steps;   /* all of it (steps.h); NULL in headless pictures */
    unsigned by_hand;            /* BY_HAND_* of the run (by_hand.h) */
    const HandMarks *hand_marks; /* what was changed by hand and when, or NULL: nothing */
    const Notes *notes;          /* at epochs of the run, to come ones too; NULL in headless pictures */
    int notes_earlier;           /* of a tape (tape.h): those of runs before this one, ... */
    int notes_later;             /* ... and those that are not told yet */
    uint32_t run_number;         /* of the run on show; 0 in headless pictures */
    const char *run_title;       /* as BranchLook.title, or NULL */
    const BranchLook *branches;  /* runs that were left, in the order in which they were; */
    int branch_count;
    size_t branch_bytes, branch_budget; /* that they take with the steps of undo, and may */
    const LabelLook *labels; /* measures of the first run's labels, while they are watched; NULL: not known */
    uint64_t version;        /* changes whenever anything above has changed */
    uint64_t loss_version;   /* changes whenever these losses have been renewed; v's may have changed without */
    uint64_t run_version;    /* changes whenever another run, or this one with another past, is there */
    uint64_t data_version;   /* changes whenever the points have changed */
} Snapshot;

/* The run of that letter: 0 is A, the first; 1 and more stand beside it. */
static inline const Snapshot *snapshot_run(const Snapshot *first, int run) {
    return run == 0 ? first : first->others[run - 1];
}

/* How many runs are compared; 1: the first alone. */
static inline int snapshot_runs(const Snapshot *first) {
    return 1 + first->other_count;
}

/* A look at a trainer alone, paused; `easy` is counted anew. */
Snapshot snapshot_of(const Trainer *trainer);

/* Whether every parameter of the model on show is finite. */
bool snapshot_is_finite(const Snapshot *snapshot);

/* Scratch for looks at earlier epochs: losses and v's of every sample. A zeroed one is valid and empty. */
typedef struct PastSamples {
    float *loss, *v; /* capacity each; owned */
    size_t capacity;
    uint64_t version; /* what they are of */
    uint32_t epoch;
    bool valid;
} PastSamples;

/* A look at an epoch as it was: `now`, with the parameters, v's (history_weights), losses and figures of that epoch's
 * record in place of its own. Valid as long as the record and until the next call with the same scratch. */
bool snapshot_of_record(const Snapshot *now, const History *history, const HistoryRecord *record, PastSamples *past,
                        Snapshot *snapshot, Status *status);
void past_samples_free(PastSamples *past);

#endif
