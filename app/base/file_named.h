/* Files that somebody has named by their path, on the command line: these may be pipes, too. */
#ifndef EASYFIRST_FILE_NAMED_H
#define EASYFIRST_FILE_NAMED_H

#include <stdio.h>

/* To be read; a pipe that nobody writes to yet is waited for, which is said on the terminal. NULL: it can't be, *why, a
 * static string, says it, and errno is set. */
FILE *file_open_named(const char *path, const char **why);

#endif
