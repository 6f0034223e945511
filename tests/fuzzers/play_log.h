/* Logs that were changed, played as far as they go. */
#ifndef EASYFIRST_PLAY_LOG_H
#define EASYFIRST_PLAY_LOG_H

#include "app/experiment/experiment.h"
#include "app/experiment/tape.h"
#include "tests/fuzzers/fuzzer.h"

#include <stdlib.h>
#include <string.h>

enum { BATCHES_MOST = 400 };

/* Whether a run is small enough to be played here. The log ends with a 0. */
static inline bool log_is_small(const char *log, size_t size) {
    static const char *const LARGE[] = {"samples=", "hidden=", "knn"};
    for (size_t i = 0; i < sizeof LARGE / sizeof *LARGE; i++)
        for (const char *at = log; (at = memmem(at, size - (size_t)(at - log), LARGE[i], strlen(LARGE[i])));) {
            at += strlen(LARGE[i]);
            if (strspn(at, "0123456789,") > (i == 0 ? 3 : 2))
                return false;
        }
    return true;
}

static inline void log_play(const Recording *recording) {
    Experiment e = {0};
    Tape tape = {0};
    Status status = {0};
    if (tape_begin(&tape, &e, recording, &status)) {
        e.log = run_log_new(&e, &status);
        for (size_t batches = 0, now; batches < BATCHES_MOST && (now = tape_play(&e, 20)) > 0;)
            batches += now;
        char complaint[1024];
        tape_complaint(&tape, &e, complaint);
        if (complaint[0])
            fuzz_line(complaint);
        run_log_free(e.log);
        e.log = NULL;
        e.tape = NULL;
        experiment_free(&e);
    } else {
        fuzz_refused(&status);
    }
    tape_free(&tape);
}

/* Right sums for the lines of a log that have some, as if it had been written so. */
static inline void log_repair(char *log, size_t size) {
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

#endif
