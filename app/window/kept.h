/* Sessions that windows keep by themselves while something in them is unsaved: files in the folder `sessions` beside
 * state.ini (remember.h), one a window, locked as long as that window lives (io/session_pen.h). One that no window
 * writes is what was left by a crash, a kill or a signal: it waits there until a person opens or discards it.
 *
 * There are at most KEPT_MOST of them, of KEPT_BYTES in all; the newest stays however large it is, and so do, whatever
 * large ones there are, those of at most KEPT_SMALL. What is beyond that, the oldest first, is marked (its name then
 * ends in .last.easyfirst), which is said, and goes when the next window of the program opens. */
#ifndef EASYFIRST_KEPT_H
#define EASYFIRST_KEPT_H

#include "app/window/view_record.h"

#include <time.h>

#define KEPT_MOST 10
#define KEPT_BYTES ((uint64_t)100 << 20)
#define KEPT_SMALL (KEPT_BYTES / KEPT_MOST)

typedef struct Kept {
    char *path; /* owned */
    time_t at;  /* when it was written last */
    uint64_t bytes;
    bool last;       /* it goes next time */
    bool damaged;    /* not even its beginning can be read: a person may discard it */
    ViewFacts facts; /* file: owned */
} Kept;

typedef struct KeptList { /* a zeroed one is empty */
    Kept *items;          /* newest first, damaged ones last; owned */
    int count;
} KeptList;

/* Those that no window writes. One of which another has all (a window was killed while it went on from it) goes.
 * *list is overwritten; where nothing can be read it is empty. */
void kept_load(KeptList *list);
void kept_free(KeptList *list);

/* Removes those that were marked, unless there is room again, and marks what is beyond the limits. text: what is to be said about it, or "". */
void kept_bound(KeptList *list, char text[512]);

/* Takes one off the list and the disk. */
bool kept_discard(KeptList *list, int item, Status *status);

/* A name for a new one, with its folder made; malloc'd. NULL: *nowhere, which is no failure, or *status. */
char *kept_new_path(bool *nowhere, Status *status);

/* Whether the path is of a file in that folder. */
bool kept_is(const char *path);

/* "moons, 5 minutes ago: epoch 120, 14 steps". */
void kept_words(const Kept *kept, time_t now, char text[256]);
/* "5 minutes ago", "today 14:05", "3 March 14:05", "3 March 2024". */
void kept_when(time_t at, time_t now, char text[64]);

#endif
