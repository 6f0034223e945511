/* What the strip at the foot of the list of suspects says, and the line over the plot. */
#ifndef EASYFIRST_SUSPECTS_WORDS_H
#define EASYFIRST_SUSPECTS_WORDS_H

#include "app/views/suspects_rows.h"
#include "app/views/view_line.h"

/* The row's measures; with the truth, first of all whether the label is known to be wrong. */
void suspects_say_row(const SuspectRow *row, const Snapshot *snapshot, bool truth, char words[SUSPECTS_WORDS]);
/* A head's meaning: "margin". */
void suspects_say_term(const char *head, char words[SUSPECTS_WORDS]);
/* What is under way, and of which epoch the list is. */
void suspects_say_state(const Snapshot *snapshot, char words[SUSPECTS_WORDS]);
/* "17 of 20 found" */
void suspects_say_share(const SuspectsTruth *truth, char text[96]);
/* What the list has found, for the line; truth: with how many of those known to be wrong. Nothing while the list is not
 * known. */
void suspects_say_line(const SuspectRows *rows, const Snapshot *snapshot, bool truth, LineWords *words);

#endif
