/* A second run beside the first: same points, same seed and initial parameters, another curriculum; it keeps step.
 * It shows whether a curriculum has helped. */
#ifndef EASYFIRST_SECOND_RUN_H
#define EASYFIRST_SECOND_RUN_H

#include "core/history.h"
#include "core/trainer.h"
#include "app/experiment/snapshot.h"

/* Reads how the second run's curriculum differs: "plain" (order all), or curriculum settings,
 * "order=hard,threshold=0.3". *settings (the first run's) become the second's. On failure nothing has changed. */
bool second_run_parse(Settings *settings, const char *text, Status *status);

/* The other way round, for a title: "Plain training", or what differs, "order hard, threshold 0.3". */
void second_run_title(const Settings *first, const Settings *second, char text[128]);

/* What each run is called at its plot: "Plain training", "Easy first, by share"; where that is the same for both, with
 * what differs: "Easy first, threshold 0.3". */
void second_run_names(const Settings *first, const Settings *second, char names[2][128]);

/* Whether all settings of the group Curriculum are the same. */
bool second_run_same_curriculum(const Settings *a, const Settings *b);

/* The first run's settings with another curriculum. */
Settings second_run_settings(const Settings *first, const Settings *curriculum);

typedef struct SecondRun { /* a zeroed one is valid: there is none */
    Trainer *trainer;
    History history;
    bool stale;
    PastSamples past;
    Snapshot snapshot; /* as of the last second_run_snapshot */
} SecondRun;

/* Begins anew beside that run, at epoch 0. On failure there is none. */
bool second_run_open(SecondRun *second, const Trainer *first, const Settings *curriculum, Status *status);
void second_run_close(SecondRun *second);

/* *copy is overwritten with the same run, its history up to that epoch. There is a second run. On failure *copy is
 * empty. */
bool second_run_copy(SecondRun *copy, const SecondRun *second, uint32_t epoch, Status *status);

/* Trains at most so many batches towards where the first run is. Returns whether it is there. */
bool second_run_follow(SecondRun *second, const Trainer *first, size_t batches, Status *status);

/* Follows the first run back to an epoch of its history; to the beginning where this run's history has none. */
void second_run_restore(SecondRun *second, uint32_t epoch);

/* The run as it is now, or, when `first` looks back, at that epoch; NULL where there is none. */
const Snapshot *second_run_snapshot(SecondRun *second, const Snapshot *first);

#endif
