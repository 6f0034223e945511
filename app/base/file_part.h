/* Temporary files, which take their target's place once they are whole: FOLDER/.NAME.easyfirst-HOST-PID-N.part.
 *
 * Each is locked (flock) until it has gone or has its target's name, also by a program that was given its descriptor.
 * So what a kill has left can be told from what is being written, and the next one that writes into the folder removes
 * it: if the name is of this kind and of this host, the file is this user's, and nobody has its lock. On file systems
 * without locks they stay. */
#ifndef EASYFIRST_FILE_PART_H
#define EASYFIRST_FILE_PART_H

#include <stdbool.h>
#include <sys/types.h>

/* Makes one for the target, empty, of that mode less the umask. Returns its descriptor and in *path its name, which is
 * to be given back by file_part_forget; in *lock a further descriptor that holds the lock, or -1. -1 and errno on
 * failure. The first of each folder sweeps it. */
int file_part_create(const char *target, mode_t mode, char **path, int *lock);

/* To be called when the file has got its name, or was unlinked: frees the name. */
void file_part_forget(char *path);

/* Removes what killed programs have left in the folder of that path, which may end in a slash. Of a folder of very many
 * files only the first are looked at. */
void file_part_sweep(const char *path);

/* Removes those that are open, for good: no further one is made. Async-signal-safe; names are left to the end of the
 * process. */
void file_part_remove_all(void);

#endif
