#include "app/base/file_hold.h"

#include "app/base/language.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

static bool is_locked(int descriptor) {
    return flock(descriptor, LOCK_EX | LOCK_NB) != 0 && errno == EWOULDBLOCK;
}

static bool empty(int descriptor) {
    struct stat info;
    return fstat(descriptor, &info) != 0 || !S_ISREG(info.st_mode) || ftruncate(descriptor, 0) == 0;
}

int file_hold(const char *path, bool must_be_new, char **held, Status *status) {
    *held = NULL;
    int flags = O_WRONLY | O_CREAT | O_CLOEXEC | O_NOCTTY | O_NONBLOCK; /* a pipe may have no reader, or a slow one */
    int descriptor = open(path, flags | (must_be_new ? O_EXCL : 0), 0666);
    bool opened = descriptor >= 0;
    if (opened && is_locked(descriptor)) {
        status_fail(status, STATUS_FAILED, "%s is being written by another window", path);
    } else if (!opened || !empty(descriptor)) {
        status_fail(status, STATUS_FAILED, "cannot write %s: %s", path,
                    errno == ENXIO ? tr("no program reads from it") : tr_error(errno));
    } else {
        *held = realpath(path, NULL);
        if (!*held)
            *held = strdup(path);
        if (*held)
            return descriptor;
        status_no_memory(status, "a path");
    }
    if (opened)
        close(descriptor);
    return -1;
}

bool file_is_held(const char *path) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool held = descriptor >= 0 && is_locked(descriptor);
    if (descriptor >= 0)
        close(descriptor);
    return held;
}
