/* Logs (experiment/run_log.h) in files. A log is written as it grows, by appending, so that it survives the program's
 * end, whatever ends it: what stands in the file is sound up to its last checksum at any time. session_file.h reads
 * it. */
#ifndef EASYFIRST_LOG_FILE_H
#define EASYFIRST_LOG_FILE_H

#include "app/experiment/run_log.h"

typedef struct LogFile {
    char *path;     /* the file's, absolute where it can be; owned */
    int descriptor; /* -1: none */
    size_t written; /* bytes of the log */
    int error;      /* errno of the last append, if it has failed; the next goes on from where it came to */
} LogFile;

/* Makes the file, empty; *file is overwritten. One that exists is refused with STATUS_EXISTS, unless it is empty, no
 * regular file (a pipe), or to be replaced; and one that another window writes, in any case. */
bool log_file_create(LogFile *file, const char *path, bool replace, Status *status);

/* Appends what the log has grown by. What could not be written is tried again by the next call; false and the reason,
 * once for each row of failures. It does not wait for the disk: that is log_file_close's. */
bool log_file_append(LogFile *file, const RunLog *log, Status *status);

/* Empties the file, and appends another log's text so far. */
bool log_file_begin_anew(LogFile *file, const RunLog *log, Status *status);

/* Waits until all is on disk, and closes. Safe on a zeroed one with descriptor -1, and twice. */
bool log_file_close(LogFile *file, Status *status);

#endif
