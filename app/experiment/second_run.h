/* A second run beside the first: same points, same seed and initial parameters, another curriculum; it keeps
 * step. How people see whether a curriculum helped. */
#ifndef EASYFIRST_SECOND_RUN_H
#define EASYFIRST_SECOND_RUN_H

#include "core/history.h"
#include "core/trainer.h"
#include "app/experiment/snapshot.h"

/* Reads what the second run's curriculum differs in: "plain" (order all), or settings of the curriculum
 * group, "order=hard,threshold=0.3". *settings (the first run's) become the second's. On failure nothing is
 * changed. */
bool beside_parse(Settings *settings, const char *text, Status *status);

/* The other way round, for a title: "Plain training", or what differs, "order hard, threshold 0.3". */
void beside_title(const Settings *first, const Settings *second, char text[128]);

/* The settings of the second run: the curriculum of one, all else of the other. */
Settings beside_settings(const Settings *first, const Settings *curriculum);

typedef struct Beside { /* a zeroed one is valid: there is none */
    Trainer *trainer;
    History history;
    bool stale;
    PastSamples past;
    Snapshot snapshot; /* as of the last beside_snapshot */
} Beside;

/* Begins anew beside that run, at epoch 0. On failure there is none. */
bool beside_open(Beside *beside, const Trainer *first, const Settings *curriculum, Status *status);
void beside_close(Beside *beside);

/* Trains at most so many batches towards where the first run is. Returns whether it is there. */
bool beside_follow(Beside *beside, const Trainer *first, size_t batches, Status *status);

/* Back with the first run to an epoch that its history has; to its beginning where this one's has none. */
void beside_restore(Beside *beside, uint32_t epoch);

/* The run as it is now, or, when `first` looks back, at that epoch; NULL where there is none. */
const Snapshot *beside_snapshot(Beside *beside, const Snapshot *first);

#endif
