/* Sessions that are recorded by kernels which the test chooses: link it with -Wl,--wrap=kernels_best. Include after
 * cmocka.h. */
#ifndef EASYFIRST_RECORDINGS_H
#define EASYFIRST_RECORDINGS_H

#include "app/experiment/tape.h"
#include "tests/support/chosen_kernels.h"
#include "tests/support/sessions.h"

#include <stdlib.h>

static Status status;

static inline char *text_of(const RunLog *log, size_t *size) {
    const char *text = run_log_text(log, size);
    char *copy = malloc(*size + 1);
    assert_non_null(copy);
    memcpy(copy, text, *size);
    copy[*size] = '\0';
    return copy;
}

static inline void read_text(Recording *recording, const char *text, size_t size) {
    char *copy = malloc(size + 1);
    assert_non_null(copy);
    memcpy(copy, text, size);
    if (!recording_read(recording, copy, size, "a.log", &status))
        fail_msg("%s\n%.*s", status.message, (int)size, text);
    if (recording->damaged)
        fail_msg("%s\n%.*s", recording->damage.message, (int)size, text);
}

#endif
