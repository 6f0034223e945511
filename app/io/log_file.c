#include "app/io/log_file.h"

#include "app/base/file_hold.h"
#include "app/base/file_write.h"
#include "app/base/language.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

bool log_file_create(LogFile *file, const char *path, bool replace, Status *status) {
    *file = (LogFile){.descriptor = -1};
    if (!replace && !file_is_new(path, status))
        return false;
    bool there = access(path, F_OK) == 0;
    file->descriptor = file_hold(path, !there, &file->path, status);
    return file->descriptor >= 0;
}

bool log_file_append(LogFile *file, const RunLog *log, Status *status) {
    size_t size;
    const char *text = run_log_text(log, &size);
    while (file->written < size) {
        ssize_t count = write(file->descriptor, text + file->written, size - file->written);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0) {
            bool said = file->error != 0;
            file->error = count < 0 ? errno : EIO;
            return said || status_fail(status, STATUS_FAILED, "cannot write %s: %s; the log is kept, and tried again",
                                       file->path, tr_error(file->error));
        }
        file->written += (size_t)count;
    }
    file->error = 0;
    return true;
}

bool log_file_begin_anew(LogFile *file, const RunLog *log, Status *status) {
    if (ftruncate(file->descriptor, 0) != 0 || lseek(file->descriptor, 0, SEEK_SET) < 0)
        return status_fail(status, STATUS_FAILED, "cannot write %s: %s", file->path, tr_error(errno));
    file->written = 0;
    return log_file_append(file, log, status);
}

bool log_file_close(LogFile *file, Status *status) {
    bool done = true;
    if (file->descriptor >= 0) {
        int error = file->error;
        if (fsync(file->descriptor) != 0 && error == 0 && errno != EINVAL && errno != EROFS) /* a pipe cannot be */
            error = errno;
        if (close(file->descriptor) != 0 && error == 0)
            error = errno;
        if (error != 0)
            done = status_fail(status, STATUS_FAILED, "cannot write %s: %s", file->path, tr_error(error));
    }
    free(file->path);
    *file = (LogFile){.descriptor = -1};
    return done;
}
