/* Sessions and logs, with sums that are right again or not. Whatever they have become, they are read or refused in one
 * line; what is read can be played as far as it goes, and is the same when it is written and read. */
#define _GNU_SOURCE /* memmem */
#include "tests/fuzzers/fuzzer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <cmocka.h>

#include "app/io/session_file.h"
#include "tests/fuzzers/play_log.h"
#include "tests/support/sessions.h"

const size_t FUZZ_ROOM = 8 << 20, FUZZ_ROOM_EACH = 1024;

static void write_again(const Session *session) {
    Session again;
    Status status;
    char *log = malloc(session->log_size + 1), path[80];
    memcpy(log, session->log, session->log_size);
    snprintf(path, sizeof path, "%s/again.easyfirst", fuzz_folder());
    if (!session_write(session, path, true, &status) || !session_read(&again, path, &status))
        fuzz_violation("what was read cannot be written and read: %s", status.message);
    if (!again.ends || again.damaged || again.log_size != session->log_size ||
        memcmp(again.log, log, again.log_size) != 0 || again.view_size != session->view_size ||
        again.checkpoint_size != session->checkpoint_size || again.source.sum != session->source.sum)
        fuzz_violation("what was read, written and read again differs");
    session_free(&again);
    free(log);
}

static void try_file(const char *path, bool writes) {
    Session session;
    Recording recording;
    Status status = {0};
    char doubt[1024];
    if (!session_read(&session, path, &status)) {
        fuzz_refused(&status);
        return;
    }
    session.log[session.log_size] = '\0'; /* there is room */
    bool small = log_is_small(session.log, session.log_size);
    bool read = session_recording(&session, &recording, doubt, &status);
    fuzz_reading_ends();
    if (writes)
        write_again(&session);
    if (read) {
        if (recording.sound > session.log_size)
            fuzz_violation("%zu bytes are sound, of %zu", recording.sound, session.log_size);
        if (doubt[0])
            fuzz_line(doubt);
        if (small)
            log_play(&recording);
        recording_free(&recording);
    } else {
        fuzz_refused(&status);
    }
    session_free(&session);
    if (session_read_view(&session, path, &status))
        session_free(&session);
}

/* As a session: records of pieces of the bytes, with heads that are right. */
static void put_records(LogText *text, const char *bytes, size_t size) {
    static const char *const KINDS[] = {"log", "view", "checkpoint", "source", "end", "new"};
    char head[SESSION_HEAD];
    log_put_bytes(text, head, (size_t)session_put_version(head));
    uint32_t sum = SESSION_SUM;
    while (size > 0) {
        size_t piece = size < 3 ? size : 1 + ((size_t)(unsigned char)bytes[0] * 256 + (unsigned char)bytes[1]) % size;
        const char *kind = KINDS[(unsigned char)bytes[size - 1] % 6];
        char *copy = malloc(piece);
        memcpy(copy, bytes, piece);
        log_put_bytes(text, head, (size_t)session_put_head(head, &sum, kind, copy, piece));
        log_put_bytes(text, copy, piece);
        log_put_bytes(text, "\n", 1);
        free(copy);
        bytes += piece;
        size -= piece;
    }
}

/* The first byte says what the others are: a file; records without heads; a log without sums. */
void fuzz_one(const uint8_t *data, size_t size) {
    if (size < 2)
        return;
    char *bytes = malloc(size);
    memcpy(bytes, data + 1, size - 1);
    LogText text = {0};
    const char *path;
    if (data[0] % 4 == 0) {
        path = fuzz_file(0, bytes, size - 1);
    } else if (data[0] % 4 == 1) {
        put_records(&text, bytes, size - 1);
        path = fuzz_file(0, text.text, text.size);
    } else {
        log_repair(bytes, size - 1);
        path = fuzz_file(0, bytes, size - 1);
    }
    try_file(path, data[0] % 16 < 4);
    log_text_free(&text);
    free(bytes);
}

/* What a hand might have: a log, or a whole file. */
size_t fuzz_begin(uint32_t seed, uint8_t *input) {
    Experiment e;
    Status status;
    begin_session(&e, seed);
    random_session(&e, 1 + below(12));
    run_log_seal(e.log, &e, below(2));
    Session session = {.view = "zoom 1\n", .view_size = 7};
    session.log = (char *)run_log_text(e.log, &session.log_size);
    input[0] = (uint8_t)below(16);
    size_t size = session.log_size, most = FUZZ_LARGEST / 2 - 1;
    if (input[0] % 4 == 0) {
        if (!session_write(&session, fuzz_file(0, "", 0), true, &status))
            abort();
        char *bytes = fuzz_file_bytes(0, &size);
        size = size < most ? size : most;
        memcpy(input + 1, bytes, size);
        free(bytes);
    } else {
        size = size < most ? size : most;
        memcpy(input + 1, session.log, size);
    }
    end_session(&e);
    return 1 + size;
}
