/* A run beside the first: same points, same seed and initial parameters, another curriculum; it keeps step. It shows
 * whether a curriculum has helped. There can be OTHER_RUNS of them (snapshot.h). */
#ifndef EASYFIRST_OTHER_RUN_H
#define EASYFIRST_OTHER_RUN_H

#include "core/history.h"
#include "core/trainer.h"
#include "app/experiment/snapshot.h"

/* Reads how another run's curriculum differs: "plain" (order all), or curriculum settings,
 * "order=hard,threshold=0.3". *settings (the first run's) become the other's. On failure nothing has changed. */
bool other_run_parse(Settings *settings, const char *text, Status *status);

/* The other way round, for a title: "Plain training", or what differs, "order hard, threshold 0.3". */
void other_run_title(const Settings *first, const Settings *other, char text[128]);

/* What each of the runs is called at its plot: "Plain training", "Easy first, by share"; where that is the same for
 * some, with what differs: "Easy first, threshold 0.3". */
void other_run_names(const Settings *const *runs, int count, char names[][128]);

/* Whether all settings of the group Curriculum are the same. */
bool other_run_same_curriculum(const Settings *a, const Settings *b);

/* The first run's settings with another curriculum. */
Settings other_run_settings(const Settings *first, const Settings *curriculum);

typedef struct OtherRun { /* a zeroed one is valid: there is none */
    Trainer *trainer;
    History history;
    bool stale;
    PastSamples past;
    Snapshot snapshot; /* as of the last other_run_snapshot */

    /* the experiment's: */
    Settings curriculum; /* the run's settings when it begins anew; what is not of the curriculum is unused */
    ByHand by_hand;
    uint32_t number; /* each run has another */
    bool held;       /* its threshold, also when it begins anew */
    bool behind;     /* it has not caught up yet */
} OtherRun;

/* Begins anew beside that run, at epoch 0, with that curriculum. On failure there is no trainer. The experiment's part
 * stays as it is. */
bool other_run_open(OtherRun *other, const Trainer *first, const Settings *curriculum, Status *status);
void other_run_close(OtherRun *other); /* zeroed */

/* *copy is overwritten with the same run, its history up to that epoch. There is one to copy. On failure *copy is
 * zeroed. */
bool other_run_copy(OtherRun *copy, const OtherRun *other, uint32_t epoch, Status *status);

/* Trains at most so many batches towards that epoch and batch. Returns whether it is there, beyond it, or diverged. */
bool other_run_train(OtherRun *other, uint32_t epoch, size_t batch, size_t batches, Status *status);

/* The same towards where the first run is. */
bool other_run_follow(OtherRun *other, const Trainer *first, size_t batches, Status *status);

/* Follows the first run back to an epoch of its history; to the beginning where this run's history has none. */
void other_run_restore(OtherRun *other, uint32_t epoch);

/* The run as it is now, or, when `first` looks back, at that epoch. There is a trainer. */
const Snapshot *other_run_snapshot(OtherRun *other, const Snapshot *first);

/* Adds the looks at so many runs to the first's. */
void other_runs_look(OtherRun *others, int count, Snapshot *first);

#endif
