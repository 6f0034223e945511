/* What a person does about suspects: edits of the points, which are carried out by the window. */
#ifndef EASYFIRST_SUSPECTS_DEEDS_H
#define EASYFIRST_SUSPECTS_DEEDS_H

#include "app/views/intents.h"
#include "app/views/suspects_state.h"

typedef enum { DEED_NONE, DEED_KEEP, DEED_FLIP, DEED_REMOVE, DEED_UNDO } SuspectDeed;

/* Whether a row is listed: all are, or, while the list is of the selected alone, those. What has been removed stays, to
 * be taken back. */
bool suspects_lists(const SuspectsState *state, const SuspectRow *row);

/* Brings state->counts up to date. */
void suspects_count(SuspectsState *state, const Snapshot *snapshot);

/* One row. Undo takes back what was done about it, whatever else has been done since. */
void suspects_act(SuspectsState *state, size_t row, SuspectDeed deed, const Snapshot *snapshot, Intents *intents);

/* All open rows that are listed, from first to before end: one step to undo. */
void suspects_act_on_all(SuspectsState *state, size_t first, size_t end, SuspectDeed deed, const Snapshot *snapshot,
                         Intents *intents);

/* What is listed as a table (tables_csv.h). */
bool suspects_save(const SuspectsState *state, const char *path, const Snapshot *snapshot, Status *status);

#endif
