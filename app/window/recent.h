/* The files opened last, newest first, in XDG_STATE_HOME/easyfirst/recent beside what remember.h has: a path a line
 * (the lines of state.ini have a limit that paths have not). Several windows share it: it is read again before it is
 * written. Without an absolute HOME nothing is remembered and nothing fails. */
#ifndef EASYFIRST_RECENT_H
#define EASYFIRST_RECENT_H

#include "core/status.h"

#define RECENT_MOST 8

typedef struct Recent {      /* a zeroed one is empty */
    char *path[RECENT_MOST]; /* absolute; owned */
    int count;
} Recent;

/* *recent is overwritten. What is no path is left out. */
void recent_load(Recent *recent);
void recent_free(Recent *recent);

/* Puts an absolute path in front, or takes it out, and writes the file. What could not be written stays in *recent. */
bool recent_add(Recent *recent, const char *path, Status *status);
bool recent_drop(Recent *recent, const char *path, Status *status);

#endif
