/* What a person has written at epochs of a run, to be read or shown in turn ("look at the lone triangle").
 *
 * Notes are about what there is to see in one run: they go with it. A reset keeps them, as it is the same run once
 * more; a run that goes on from an earlier epoch has those up to that epoch; one with another seed, other settings or
 * other points begins with none. Undo brings back a run with its notes. */
#ifndef EASYFIRST_NOTES_H
#define EASYFIRST_NOTES_H

#include "core/status.h"

#include <stdbool.h>
#include <stdint.h>

#define NOTE_BYTES 500 /* of a text, at most */
#define NOTES_MAX 256  /* of a run */

typedef struct Note {
    uint32_t epoch; /* from 0, as the history's */
    char *text;     /* UTF-8, 1 to NOTE_BYTES bytes; owned */
} Note;

typedef struct Notes { /* a zeroed one is valid and empty */
    Note *notes;       /* by epoch, one for each at the most; owned */
    int count;
} Notes;

void notes_free(Notes *notes); /* leaves it empty */

/* A copy of those up to that epoch; *copy is overwritten. */
bool notes_copy(Notes *copy, const Notes *notes, uint32_t until, Status *status);

/* Takes those after that epoch away. */
void notes_cut(Notes *notes, uint32_t epoch);

/* Index of the note at that epoch, or -1. */
int notes_at(const Notes *notes, int64_t epoch);

/* Index of the last one before that epoch, and of the first one after it; -1: there is none. */
int notes_before(const Notes *notes, int64_t epoch);
int notes_after(const Notes *notes, int64_t epoch);

/* Puts *text (malloc'd, taken over; NULL: none) in place of what there is at that epoch; *text is then what was there,
 * the caller's, or NULL. On failure nothing has changed. */
bool notes_exchange(Notes *notes, uint32_t epoch, char **text, Status *status);

/* The beginning of a text that has room in a note, without cutting a character in two. */
void note_fit(const char *text, char fitted[NOTE_BYTES + 1]);

#endif
