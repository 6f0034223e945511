#include "app/io/log_file.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* ---- writing ---- */

bool log_file_create(LogFile *file, const char *path, bool replace, Status *status) {
    *file = (LogFile){.descriptor = -1};
    struct stat info;
    bool there = stat(path, &info) == 0;
    if (there && S_ISREG(info.st_mode) && info.st_size > 0 && !replace)
        return status_fail(status, STATUS_EXISTS, "%s: exists already", path);
    file->descriptor = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | (there ? 0 : O_EXCL), 0666);
    if (file->descriptor < 0)
        return status_fail(status, STATUS_FAILED, "cannot write %s: %s", path, strerror(errno));
    if (flock(file->descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK)
        return status_fail(status, STATUS_FAILED, "%s is being written by another window", path);
    if (there && S_ISREG(info.st_mode) && ftruncate(file->descriptor, 0) != 0)
        return status_fail(status, STATUS_FAILED, "cannot write %s: %s", path, strerror(errno));
    file->path = realpath(path, NULL);
    if (!file->path)
        file->path = strdup(path);
    return file->path || status_no_memory(status, "the log");
}

bool log_file_append(LogFile *file, const RunLog *log, Status *status) {
    size_t size;
    const char *text = run_log_text(log, &size);
    while (file->written < size) {
        ssize_t count = write(file->descriptor, text + file->written, size - file->written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            bool said = file->failed;
            file->failed = true;
            return said || status_fail(status, STATUS_FAILED, "cannot write %s: %s; the log is kept, and tried again",
                                       file->path, strerror(errno));
        }
        file->written += (size_t)count;
    }
    file->failed = false;
    return true;
}

bool log_file_close(LogFile *file, Status *status) {
    bool done = true;
    if (file->descriptor >= 0) {
        bool synced = fsync(file->descriptor) == 0 || errno == EINVAL || errno == EROFS; /* a pipe cannot be */
        int why = errno;
        bool closed = close(file->descriptor) == 0;
        if (!synced || !closed || file->failed)
            done =
                status_fail(status, STATUS_FAILED, "cannot write %s: %s", file->path, strerror(closed ? why : errno));
    }
    free(file->path);
    *file = (LogFile){.descriptor = -1};
    return done;
}

/* ---- reading ---- */

static bool cannot_read(const char *path, int why, Status *status) {
    return status_fail(status, STATUS_FAILED, "cannot read %s: %s", path, strerror(why));
}

/* All of a file, with room for a 0 behind it; NULL on failure. */
static char *read_whole(FILE *stream, const char *path, size_t *size, Status *status) {
    char *text = NULL;
    size_t capacity = 0;
    *size = 0;
    for (;;) {
        if (capacity - *size < 2) {
            capacity = 2 * capacity + 65536;
            char *longer = realloc(text, capacity);
            if (!longer) {
                free(text);
                status_no_memory(status, "the log");
                return NULL;
            }
            text = longer;
        }
        size_t count = fread(text + *size, 1, capacity - *size - 1, stream);
        *size += count;
        if (count > 0)
            continue;
        if (!ferror(stream))
            return text;
        cannot_read(path, errno, status);
        free(text);
        return NULL;
    }
}

bool log_file_read(Recording *recording, const char *path, Status *status) {
    FILE *stream = fopen(path, "rb");
    if (!stream)
        return cannot_read(path, errno, status);
    size_t size;
    char *text = read_whole(stream, path, &size, status);
    fclose(stream);
    return text && recording_read(recording, text, size, path, status);
}

bool log_file_open(Recording *recording, const char *path, bool sound_part, Status *status) {
    if (!log_file_read(recording, path, status))
        return false;
    if (recording->damaged && !sound_part) {
        *status = recording->damage;
        size_t sound = recording->count;
        recording_free(recording);
        char what[sizeof status->message];
        memcpy(what, status->message, sizeof what);
        return status_fail(status, STATUS_FAILED, "%.900s (--skip-bad replays the %zu lines before that are sound)",
                           what, sound);
    }
    if (recording->damaged)
        fprintf(stderr, "easyfirst: %s; what follows line %zu is left out\n", recording->damage.message,
                recording->count);
    else if (!recording->ends)
        fprintf(stderr, "easyfirst: %s: the program was ended in mid-run, or the file was cut\n",
                recording->damage.message);
    return true;
}
