/* The file that a session's points are from: whether it is still what it was. */
#include "app/io/session_file.h"

#include "app/base/file_open.h"
#include "app/base/file_write.h"
#include "app/base/language.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
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

static bool sum_all(FILE *file, uint32_t *sum) {
    static const size_t PIECE = 65536;
    unsigned char *piece = malloc(PIECE);
    size_t got;
    *sum = 0;
    while (piece && (got = fread(piece, 1, PIECE, file)) > 0)
        *sum = (uint32_t)crc32_z(*sum, piece, got);
    bool done = piece && !ferror(file);
    free(piece);
    return done;
}

bool session_source_of(SessionSource *source, const char *path) {
    *source = (SessionSource){0};
    const char *why;
    FILE *file = path ? file_open(path, &source->size, &why) : NULL;
    if (!file)
        return false;
    bool done = sum_all(file, &source->sum);
    fclose(file);
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
