/* Files that are written as they grow, by one program at a time: locked (flock) as long as they are open. */
#ifndef EASYFIRST_FILE_HOLD_H
#define EASYFIRST_FILE_HOLD_H

#include "core/status.h"

/* Opens a file to write to, which is made if need be, and is empty then; one that is no regular file (a pipe) is
 * written as it is. One that another program holds is refused. must_be_new: so is one that has appeared meanwhile.
 * Returns its descriptor and in *held its path, absolute where it can be, malloc'd; -1 and *status on failure. */
int file_hold(const char *path, bool must_be_new, char **held, Status *status);

/* Whether a program holds the file. */
bool file_is_held(const char *path);

#endif
