/* What the strip at the foot of the list of suspects says. */
#ifndef EASYFIRST_SUSPECTS_WORDS_H
#define EASYFIRST_SUSPECTS_WORDS_H

#include "app/views/suspects_rows.h"

/* The row's measures. */
void suspects_say_row(const SuspectRow *row, const Snapshot *snapshot, const SuspectRows *rows, char words[512]);
/* A head's meaning: "margin". */
void suspects_say_term(const char *head, char words[512]);
/* What is under way, and of which epoch the list is. */
void suspects_say_state(const Snapshot *snapshot, char words[512]);

#endif
