/* Sessions and logs changed at random, with sums that are right again or not. Whatever they have become, they are read
 * or refused in one line; what is read can be played as far as it goes, and is the same when it is written and read.
 *
 * test_session_fuzz TIMES [SEED] tries so many, from a seed on. tests/fuzz has libFuzzer find the changes instead. */
#define _GNU_SOURCE /* memfd_create, memmem */
#include "app/io/session_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

#include "app/experiment/tape.h"
#include "tests/support/sessions.h"

enum { SIZE_MOST = 1 << 16, BATCHES_MOST = 400 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* ---- one of them ---- */

static int memory = -1; /* a file */
static char path[64];
static size_t read_so_far, played_so_far;

static void put_file(const void *bytes, size_t size) {
    if (memory < 0) {
        memory = memfd_create("session", 0);
        snprintf(path, sizeof path, "/proc/self/fd/%d", memory);
    }
    if (ftruncate(memory, 0) != 0 || lseek(memory, 0, SEEK_SET) != 0 || pwrite(memory, bytes, size, 0) != (ssize_t)size)
        abort();
}

/* Whether a run is small enough to be played here. */
static bool is_small(const char *log, size_t size) {
    static const char *const LARGE[] = {"samples=", "hidden=", "knn"};
    for (size_t i = 0; i < sizeof LARGE / sizeof *LARGE; i++)
        for (const char *at = log; (at = memmem(at, size - (size_t)(at - log), LARGE[i], strlen(LARGE[i])));) {
            at += strlen(LARGE[i]);
            if (strspn(at, "0123456789,") > (i == 0 ? 3 : 2))
                return false;
        }
    return true;
}

static void play(const Recording *recording) {
    Experiment e = {0};
    Tape tape = {0};
    Status status = {0};
    if (tape_begin(&tape, &e, recording, &status)) {
        e.log = run_log_new(&e, &status);
        for (size_t batches = 0, now; batches < BATCHES_MOST && (now = tape_play(&e, 20)) > 0;)
            batches += now;
        char complaint[1024];
        tape_complaint(&tape, &e, complaint);
        played_so_far++;
        run_log_free(e.log);
        e.log = NULL;
        e.tape = NULL;
        experiment_free(&e);
    } else if (!status.message[0]) {
        abort();
    }
    tape_free(&tape);
}

static void write_again(const Session *session) {
    Session again;
    Status status;
    char *log = malloc(session->log_size + 1);
    memcpy(log, session->log, session->log_size);
    char name[] = "/tmp/easyfirst-fuzz-XXXXXX";
    int made = mkstemp(name);
    if (made < 0 || !session_write(session, name, true, &status) || !session_read(&again, name, &status) ||
        !again.ends || again.damaged || again.log_size != session->log_size ||
        memcmp(again.log, log, again.log_size) != 0 || again.view_size != session->view_size ||
        again.checkpoint_size != session->checkpoint_size || again.source.sum != session->source.sum)
        abort();
    close(made);
    unlink(name);
    session_free(&again);
    free(log);
}

static void try_file(bool writes) {
    Session session;
    Recording recording;
    Status status = {0};
    char doubt[1024];
    if (!session_read(&session, path, &status)) {
        if (!status.message[0] || strchr(status.message, '\n'))
            abort();
        return;
    }
    read_so_far++;
    if (writes)
        write_again(&session);
    session.log[session.log_size] = '\0'; /* there is room */
    bool small = is_small(session.log, session.log_size);
    if (session_recording(&session, &recording, doubt, &status)) {
        if (recording.sound > session.log_size || strchr(doubt, '\n'))
            abort();
        if (small)
            play(&recording);
        recording_free(&recording);
    } else if (!status.message[0]) {
        abort();
    }
    session_free(&session);
}

/* Right sums for the lines of a log that have some, as if it had been written so. */
static void repair_log(char *log, size_t size) {
    uint32_t sum = LOG_SUM, told;
    for (size_t at = 0; at < size;) {
        char *end = memchr(log + at, '\n', size - at);
        size_t length = end ? (size_t)(end - log) - at : size - at;
        size_t part = log_summed_part(log + at, length, &told);
        if (part > 0) {
            char digits[9];
            snprintf(digits, sizeof digits, "%08x", log_sum_lines(sum, log + at, part));
            memcpy(log + at + length - 8, digits, 8);
        }
        size_t whole = end ? length + 1 : length;
        sum = log_sum_lines(sum, log + at, whole);
        at += whole;
    }
}

/* As a session: lines "KIND" begin a record, whose head is made. */
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
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
    if (size < 2)
        return 0;
    char *bytes = malloc(size);
    memcpy(bytes, data + 1, size - 1);
    LogText text = {0};
    switch (data[0] % 4) {
    case 0:
        put_file(bytes, size - 1);
        break;
    case 1:
        put_records(&text, bytes, size - 1);
        put_file(text.text, text.size);
        break;
    default:
        repair_log(bytes, size - 1);
        put_file(bytes, size - 1);
        break;
    }
    try_file(data[0] % 16 < 4);
    log_text_free(&text);
    free(bytes);
    return 0;
}

#ifndef EASYFIRST_LIBFUZZER

/* ---- many of them ---- */

static const char *const WORDS[] = {"epoch ",
                                    "batch ",
                                    " gesture 3",
                                    "+2 0.5\n",
                                    " run B",
                                    "threshold 0.3",
                                    "points 1 ",
                                    "packed",
                                    "start",
                                    "undo\n",
                                    "redo\n",
                                    "swap",
                                    "go-on from 1",
                                    "log 10 ",
                                    "view ",
                                    "end 0 ",
                                    "0-9",
                                    "99999999999",
                                    "-1",
                                    "nan",
                                    "1e39",
                                    "%00",
                                    "%41",
                                    " file ",
                                    "setting ",
                                    ":",
                                    "=",
                                    "\n",
                                    " ",
                                    "clean-each 2",
                                    "compare on order=all",
                                    "truth",
                                    "row",
                                    "checkpoint 5 ",
                                    "source 9 "};

/* Bytes of a session that a hand might have: a log, or a whole file. */
static size_t begin_input(uint32_t seed, uint8_t *input) {
    Experiment e = {0};
    Status status;
    hand = (Hand){.gesture = 1};
    mt_seed(&hand.random, seed);
    Settings settings = random_settings();
    Dataset points = {0};
    bool own = below(3) == 0;
    if (own)
        points = random_points();
    assert_true(experiment_init(&e, &settings, own ? &points : NULL, NULL, &status));
    e.log = run_log_new(&e, &status);
    random_session(&e, 1 + below(12));
    run_log_seal(e.log, &e, below(2));
    Session session = {.view = "zoom 1\n", .view_size = 7};
    session.log = (char *)run_log_text(e.log, &session.log_size);
    input[0] = (uint8_t)below(16);
    size_t size = session.log_size;
    if (input[0] % 4 == 0) {
        put_file("", 0);
        assert_true(session_write(&session, path, true, &status));
        ssize_t got = pread(memory, input + 1, SIZE_MOST / 2, 0);
        size = got > 0 ? (size_t)got : 0;
    } else {
        size = size < SIZE_MOST / 2 ? size : SIZE_MOST / 2;
        memcpy(input + 1, session.log, size);
    }
    run_log_free(e.log);
    e.log = NULL;
    experiment_free(&e);
    return 1 + size;
}

static size_t put_in(uint8_t *input, size_t size, size_t at, const void *bytes, size_t count) {
    if (size + count > SIZE_MOST)
        return size;
    memmove(input + at + count, input + at, size - at);
    memcpy(input + at, bytes, count);
    return size + count;
}

static size_t change(uint8_t *input, size_t size) {
    size_t at = 1 + below((uint32_t)size - 1), count = 1 + below(below(4) ? 8 : 200);
    const char *word = WORDS[below(sizeof WORDS / sizeof *WORDS)];
    uint8_t copy[200];
    count = count < size - at ? count : size - at;
    memcpy(copy, input + at, count);
    switch (below(6)) {
    case 0:
        input[at] ^= (uint8_t)(1u << below(8));
        return size;
    case 1:
        input[at] = (uint8_t)('0' + below(10));
        return size;
    case 2:
        memmove(input + at, input + at + count, size - at - count);
        return size - count > 1 ? size - count : 2;
    case 3:
        return put_in(input, size, 1 + below((uint32_t)size - 1), copy, count);
    case 4:
        return put_in(input, size, at, word, strlen(word));
    default:
        return below(20) ? size : at + 1;
    }
}

static uint32_t times = 3000, first_seed = 1;

static void test_changed(void **state) {
    (void)state;
    uint8_t *input = malloc(SIZE_MOST), *now = malloc(SIZE_MOST);
    size_t size = 0;
    for (uint32_t i = 0; i < times; i++) {
        uint32_t seed = first_seed + i;
        if (i % 50 == 0)
            size = begin_input(seed, input);
        mt_seed(&hand.random, seed);
        memcpy(now, input, size);
        size_t changed = size;
        for (uint32_t changes = below(4) + (i % 50 > 0); changes > 0; changes--)
            changed = change(now, changed);
        LLVMFuzzerTestOneInput(now, changed);
    }
    free(input);
    free(now);
    printf("%u tried, %zu read, %zu played\n", times, read_so_far, played_so_far);
    assert_true(read_so_far > times / 4 && played_so_far > times / 40);
}

int main(int argc, char **argv) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_changed)};
    times = argc > 1 ? (uint32_t)strtoul(argv[1], NULL, 10) : times;
    first_seed = argc > 2 ? (uint32_t)strtoul(argv[2], NULL, 10) : first_seed;
    return cmocka_run_group_tests(tests, NULL, NULL);
}

#endif
