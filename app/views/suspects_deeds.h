/* What a person does about suspects: edits of the points, which are carried out by the window. */
#ifndef EASYFIRST_SUSPECTS_DEEDS_H
#define EASYFIRST_SUSPECTS_DEEDS_H

#include "app/views/intents.h"
#include "app/views/suspects_state.h"

typedef enum { DEED_NONE, DEED_KEEP, DEED_FLIP, DEED_REMOVE, DEED_UNDO } SuspectDeed;

/* One row. Undo takes back what was done about it, whatever else has been done since. */
void suspects_act(SuspectsState *state, size_t row, SuspectDeed deed, const Snapshot *snapshot, Intents *intents);

/* All open rows from first to before end: one step to undo. */
void suspects_act_on_all(SuspectsState *state, size_t first, size_t end, SuspectDeed deed, const Snapshot *snapshot,
                         Intents *intents);

/* The list as a table (tables_csv.h). */
bool suspects_save(const SuspectsState *state, const char *path, const Snapshot *snapshot, Status *status);

#endif
