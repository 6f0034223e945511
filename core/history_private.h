/* What history.c and history_pack.c share. */
#ifndef EASYFIRST_HISTORY_PRIVATE_H
#define EASYFIRST_HISTORY_PRIVATE_H

#include "core/history.h"

/* Records that fit the budget, of so many words of bits and parameters each: 4 to HISTORY_MAX_RECORDS. */
size_t history_limit(size_t words, size_t parameters, size_t budget_bytes);

/* Memory for one more record than there are. False without. */
bool history_make_longer(History *history);

/* Memory for what the record points to, zeroed, except `meta`. Once made it is kept. False without. */
bool history_make_room(HistoryRecord *record, const History *history);

#endif
