/* The fields of what an experiment consists of: checkpoint.c puts them together. */
#ifndef EASYFIRST_CHECKPOINT_PRIVATE_H
#define EASYFIRST_CHECKPOINT_PRIVATE_H

#include "core/state_pack.h"
#include "app/experiment/branches.h"
#include "app/experiment/undo.h"

/* ---- checkpoint_runs.c ---- */

bool by_hand_since(Pack *pack, ByHand *by_hand); /* but for its marks */

bool note_text_fields(Pack *pack, char **text); /* or NULL */

/* Where it is to be found by its number, or to begin anew, there is no trainer. */
bool other_run_fields(Pack *pack, OtherRun *other);

/* A run, on show or not. */
bool branch_fields(Pack *pack, Branch *branch);

/* on_show: of the run that is. */
bool branches_fields(Pack *pack, Branches *branches, const RunTag *on_show);

/* ---- checkpoint_undo.c ---- */

bool undo_stack_fields(Pack *pack, UndoStack *stack);

/* Reading: whether the steps, one after the other, find the runs and points that they are about. */
bool steps_lead(const UndoStack *stack, const Branches *branches, const Branch *on_show);

#endif
