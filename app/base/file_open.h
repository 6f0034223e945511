/* Files that the program comes upon by itself: in a folder of a person's presets or sessions, or beside its own
 * program. Only what is a file is read, and no look at it waits: a pipe, a socket, a device, a folder or a link to one
 * of these may lie there instead. */
#ifndef EASYFIRST_FILE_OPEN_H
#define EASYFIRST_FILE_OPEN_H

#include <stdint.h>
#include <stdio.h>

/* To be read; NULL: it can't be, *why, a static string, says it, and errno is set where the system refused it, else 0.
 * *size, if not NULL: its bytes. */
FILE *file_open(const char *path, uint64_t *size, const char **why);

/* The whole file, malloc'd, with a 0 behind it that *size does not count; NULL as above; more than `most` bytes are
 * refused. */
char *file_read(const char *path, uint64_t most, size_t *size, const char **why);

#endif
