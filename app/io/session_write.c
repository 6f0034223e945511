/* The writing of sessions. */
#include "app/io/session_file.h"

#include "app/base/file_write.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <zlib.h>

int session_put_version(char head[SESSION_HEAD]) {
    return snprintf(head, SESSION_HEAD, "easyfirst session %d\n", SESSION_VERSION);
}

int session_put_head(char head[SESSION_HEAD], uint32_t *sum, const char *kind, const char *bytes, size_t size) {
    int length = snprintf(head, SESSION_HEAD, "%s %zu ", kind, size);
    *sum = (uint32_t)crc32_z(*sum, (const unsigned char *)head, (size_t)length);
    if (size > 0)
        *sum = (uint32_t)crc32_z(*sum, (const unsigned char *)bytes, size);
    return length + snprintf(head + length, SESSION_HEAD - (size_t)length, "%08" PRIx32 "\n", *sum);
}

static void put_record(FILE *stream, uint32_t *sum, const char *kind, const char *bytes, size_t size) {
    char head[SESSION_HEAD];
    fwrite(head, 1, (size_t)session_put_head(head, sum, kind, bytes, size), stream);
    fwrite(bytes, 1, size, stream);
    putc('\n', stream);
}

void session_put_checkpoint(LogText *text, const Session *s) {
    log_put(text, "%zu %s\n", s->checkpoint_at, s->checkpoint_kernels);
    log_put_bytes(text, s->checkpoint, s->checkpoint_size);
}

static bool put_checkpoint(FILE *stream, uint32_t *sum, const Session *s) {
    LogText text = {0};
    session_put_checkpoint(&text, s);
    if (!text.failed)
        put_record(stream, sum, "checkpoint", text.text, text.size);
    log_text_free(&text);
    return !text.failed;
}

static bool put_source(FILE *stream, uint32_t *sum, const SessionSource *source) {
    LogText text = {0};
    session_put_source(&text, source);
    if (!text.failed)
        put_record(stream, sum, "source", text.text, text.size);
    bool failed = text.failed;
    log_text_free(&text);
    return !failed;
}

bool session_write(const Session *s, const char *path, bool replace, Status *status) {
    FileWrite file;
    if (s->log_size + s->view_size + s->checkpoint_size > SESSION_LARGEST - 65536)
        return status_fail(status, STATUS_FAILED, "cannot write %s: it would be larger than %u MB, which is the most",
                           path, (unsigned)(SESSION_LARGEST >> 20));
    if (!file_begin(&file, path, replace, status))
        return false;
    char head[SESSION_HEAD];
    fwrite(head, 1, (size_t)session_put_version(head), file.stream);
    uint32_t sum = SESSION_SUM;
    bool done = !s->source.path || put_source(file.stream, &sum, &s->source);
    put_record(file.stream, &sum, "log", s->log, s->log_size);
    if (s->view)
        put_record(file.stream, &sum, "view", s->view, s->view_size);
    done = done && (!s->checkpoint || put_checkpoint(file.stream, &sum, s));
    put_record(file.stream, &sum, "end", "", 0);
    if (done)
        return file_commit(&file, status);
    file_abandon(&file);
    return status_no_memory(status, "the session");
}
