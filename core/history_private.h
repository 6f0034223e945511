/* What history.c and history_pack.c share. */
#ifndef EASYFIRST_HISTORY_PRIVATE_H
#define EASYFIRST_HISTORY_PRIVATE_H

#include "core/history.h"

/* Memory for what the record points to, zeroed, except `meta`. Once made it is kept. False without. */
bool history_make_room(HistoryRecord *record, const History *history);

#endif
