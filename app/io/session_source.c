/* The file that a session's points are from: whether it is still what it was. */
#include "app/io/session_file.h"

#include "app/base/file_write.h"
#include "app/base/language.h"

#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

void session_source_free(SessionSource *source) {
    free(source->path);
    *source = (SessionSource){0};
}

bool session_source_copy(SessionSource *copy, const SessionSource *source, Status *status) {
    *copy = *source;
    copy->path = source->path ? strdup(source->path) : NULL;
    if (copy->path || !source->path)
        return true;
    *copy = (SessionSource){0};
    return status_no_memory(status, "a path");
}

/* A regular file, opened; its size. -1: it is none. */
static int open_regular(const char *path, uint64_t *size) {
    int descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* which does not wait for a pipe's other end */
    struct stat info;
    if (descriptor >= 0 && fstat(descriptor, &info) == 0 && S_ISREG(info.st_mode)) {
        *size = (uint64_t)info.st_size;
        return descriptor;
    }
    if (descriptor >= 0)
        close(descriptor);
    return -1;
}

static bool sum_all(int descriptor, uint32_t *sum) {
    static const size_t PIECE = 65536;
    unsigned char *piece = malloc(PIECE);
    ssize_t got = -1;
    *sum = 0;
    while (piece && (got = read(descriptor, piece, PIECE)) > 0)
        *sum = (uint32_t)crc32_z(*sum, piece, (size_t)got);
    free(piece);
    return got == 0;
}

bool session_source_of(SessionSource *source, const char *path) {
    *source = (SessionSource){0};
    int descriptor = path ? open_regular(path, &source->size) : -1;
    if (descriptor < 0)
        return false;
    bool done = sum_all(descriptor, &source->sum);
    close(descriptor);
    if (done && (source->path = realpath(path, NULL)))
        return true;
    *source = (SessionSource){0};
    return false;
}

void session_put_source(LogText *text, const SessionSource *source) {
    log_put(text, "%" PRIu64 " %08" PRIx32 " ", source->size, source->sum);
    log_put_name(text, source->path);
    log_put(text, "\n");
}

bool session_source_differs(const SessionSource *was, const SessionSource *now, char text[1024]) {
    text[0] = '\0';
    bool differs = was->path && now->path && (was->size != now->size || was->sum != now->sum);
    if (differs)
        snprintf(text, 1024, tr("%.900s has changed since this session was saved: the points are the session's"),
                 was->path + file_folder_length(was->path));
    return differs;
}

bool session_source_changed(const SessionSource *source, char text[1024]) {
    SessionSource now;
    session_source_of(&now, source->path);
    bool differs = session_source_differs(source, &now, text);
    session_source_free(&now);
    return differs;
}
