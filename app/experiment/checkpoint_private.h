/* The fields of what an experiment consists of: checkpoint.c puts them together. */
#ifndef EASYFIRST_CHECKPOINT_PRIVATE_H
#define EASYFIRST_CHECKPOINT_PRIVATE_H

#include "core/state_pack.h"
#include "app/experiment/undo.h"

/* ---- checkpoint_runs.c ---- */

bool by_hand_fields(Pack *pack, ByHand *by_hand);
bool source_fields(Pack *pack, Source *source);

/* Of a run that is to begin anew there is no trainer. */
bool other_run_fields(Pack *pack, OtherRun *other);

/* Whether it is there and has points as the first. */
bool other_run_fits(const OtherRun *other, const Trainer *first);

/* ---- checkpoint_undo.c ---- */

bool undo_stack_fields(Pack *pack, UndoStack *stack);

#endif
