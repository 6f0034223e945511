/* A run as bytes, and back to the last bit (pack.h): settings, points, trainer and history, each field named once.
 *
 * What follows from the rest is made anew instead: bounds, the samples as the kernels read them, losses and the figures
 * of the last trainer_evaluate, room. Each function takes a zeroed struct when it reads; after a failure the struct is
 * the caller's to free, as it would be after any use.
 *
 * What is written in one version stays readable as long as PACK_VERSION is the same: settings are told by name, and
 * those that are new have their defaults. Other fields need another version. */
#ifndef EASYFIRST_STATE_PACK_H
#define EASYFIRST_STATE_PACK_H

#include "core/history.h"
#include "core/pack.h"
#include "core/trainer.h"

#define PACK_VERSION 1
#define HISTORY_MAX_SLOTS ((size_t)1 << 28) /* points that have ever been in a run: each has a slot in its history */

/* Those that differ from the defaults, as text. curriculum: only those of that group; the others are then the defaults
 * when they are read. */
bool settings_fields(Pack *pack, Settings *settings, bool curriculum);

/* Whether the loops can work by these settings, whatever the threshold in force and however many points there are. */
bool settings_go_together(const Settings *settings);

/* There may be none (count 0). */
bool dataset_fields(Pack *pack, Dataset *data);

/* Reading, a new trainer that is malloc'd, also on failure (NULL without memory). Writing leaves it as it is. */
bool pack_trainer(Pack *pack, Trainer **trainer);

/* Of the run of that trainer. */
bool history_fields(Pack *pack, History *history, const Trainer *trainer);

bool meta_adam_fields(Pack *pack, MetaAdam *adam);
bool decisions_fields(Pack *pack, TrainerDecisions *decisions);
bool turns_fields(Pack *pack, TrainerTurns *turns);

#endif
