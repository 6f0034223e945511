#include "app/base/file_open.h"

#include "core/status.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

FILE *file_open(const char *path, uint64_t *size, const char **why) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    struct stat info = {0};
    bool there = descriptor >= 0 && fstat(descriptor, &info) == 0, plain = there && S_ISREG(info.st_mode);
    FILE *file = plain ? fdopen(descriptor, "r") : NULL;
    if (file) {
        if (size)
            *size = (uint64_t)info.st_size;
        return file;
    }
    int error = errno;
    if (descriptor >= 0)
        close(descriptor);
    if ((there && !plain) || error == ENXIO) { /* which a socket is */
        *why = S_ISDIR(info.st_mode) ? status_text("it is a folder") : status_text("it is no file");
        errno = 0;
    } else {
        *why = status_text(strerror(error));
        errno = error;
    }
    return NULL;
}

char *file_read(const char *path, uint64_t most, size_t *size, const char **why) {
    uint64_t bytes;
    FILE *file = file_open(path, &bytes, why);
    if (!file)
        return NULL;
    char *text = bytes <= most ? malloc((size_t)bytes + 1) : NULL;
    *size = text ? fread(text, 1, (size_t)bytes, file) : 0;
    int error = text && ferror(file) ? errno : 0;
    fclose(file);
    if (text && error == 0 && *size == bytes) {
        text[*size] = '\0';
        return text;
    }
    *why = bytes > most ? status_text("it is too large")
           : error != 0 ? status_text(strerror(error))
           : text       ? status_text("it has become shorter while it was read")
                        : status_text("not enough memory");
    free(text);
    errno = error;
    return NULL;
}
