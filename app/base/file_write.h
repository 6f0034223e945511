/* Files are written whole or not at all: into a temporary file beside the target, checked at every write and at the
 * close, synced, then renamed over it. What SIGKILL ends leaves that file, and the next one that writes into the folder
 * removes it (file_part.h).
 *
 * A link is followed: its target is replaced. A new file gets the mode that the umask leaves, a replaced one keeps its
 * own, and owner and group where that can be. Pipes, devices, /dev/stdout, /dev/stderr and /dev/fd/N are written
 * directly and never refused; to a terminal what it would obey is written as '?' (terminal.h). The program ignores
 * SIGPIPE, so that a closed pipe is an error like any other. */
#ifndef EASYFIRST_FILE_WRITE_H
#define EASYFIRST_FILE_WRITE_H

#include "app/base/file_name.h"
#include "core/status.h"

#include <stddef.h>
#include <stdio.h>

typedef struct FileWrite {
    FILE *stream;    /* to write to; errors are sticky and reported by file_commit */
    char *path;      /* the target */
    char *temporary; /* NULL when the target is no regular file (a pipe, /dev/stdout) and is written directly */
    bool replace;
    char *target;          /* path with the links at its last part followed: what is replaced */
    struct FileSink *sink; /* private */
} FileWrite;

/* Opens; *file is overwritten. Without replace an existing target is refused with STATUS_EXISTS, here and again at the
 * commit. The message names the path. */
bool file_begin(FileWrite *file, const char *path, bool replace, Status *status);
/* The descriptor of the temporary file, for another program to write to instead of `stream`; -1 where the target is
 * written directly. */
int file_descriptor(const FileWrite *file);
/* Flushes, syncs, renames. On failure nothing is left behind, the old target stays, and the message names path and
 * reason. */
bool file_commit(FileWrite *file, Status *status);
/* Gives up: removes the temporary file. Safe after a failed begin or commit, and twice. */
void file_abandon(FileWrite *file);
/* From now on a pipe or a socket is refused as a target, for whom it must not stop until somebody reads there. */
void file_never_wait(void);

/* Whether there is a regular file at the path, which writing would replace; what /dev/stdout is sent on to is none. */
bool file_exists(const char *path);

/* Whether there is no file of that name yet, or an empty one; otherwise *status has STATUS_EXISTS. For what is written
 * in place from its beginning. */
bool file_is_new(const char *path, Status *status);

/* Whether the name is a descriptor's, as /dev/stdout and /dev/fd/3 are. */
bool file_is_stream(const char *path);

/* Whether two names are of one file, which may be still to be made (then capitals count as small letters), or of one
 * descriptor, as /dev/stdout and /dev/fd/1 are; devices, such as /dev/null, are never one. */
bool file_is_same(const char *a, const char *b);

/* Makes the missing folders (mode 0700) of an absolute path, up to its last slash. */
bool file_make_folders(const char *path, Status *status);

#endif
