/* Checkpoints; but for a first byte of 0, 8, ... with a sum that is right. What is read can be used, and is the same
 * when it is written and read. */
#include "tests/fuzzers/fuzzer.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "core/pack.h"
#include "tests/support/damaged_checkpoints.h"

const size_t FUZZ_ROOM = 1 << 20, FUZZ_ROOM_EACH = 1024;

/* ---- read again ---- */

/* How often a run was evaluated: reading is once more. */
static void same_evaluations(Trainer *to, const Trainer *from) {
    if (to && from)
        to->evaluations = from->evaluations;
}

static void same_evaluations_of_others(OtherRun *to, const OtherRun *from) {
    for (int i = 0; i < OTHER_RUNS; i++)
        same_evaluations(to[i].trainer, from[i].trainer);
}

static void same_evaluations_of_all(Experiment *to, const Experiment *from) {
    same_evaluations(to->trainer, from->trainer);
    same_evaluations_of_others(to->others, from->others);
    for (int i = 0; i < to->branches.count && i < from->branches.count; i++) {
        same_evaluations(to->branches.items[i]->trainer, from->branches.items[i]->trainer);
        same_evaluations_of_others(to->branches.items[i]->others, from->branches.items[i]->others);
    }
    for (int i = 0; i < to->undo.count && i < from->undo.count; i++)
        same_evaluations_of_others(to->undo.items[i]->others, from->undo.items[i]->others);
    for (int i = 0; i < to->redo.count && i < from->redo.count; i++)
        same_evaluations_of_others(to->redo.items[i]->others, from->redo.items[i]->others);
}

static void check_again(const Experiment *e) {
    Bytes first, second;
    Experiment again;
    Status status = {0};
    if (!checkpoint_write(e, &first, &status) || !checkpoint_read(&again, first.bytes, first.size, &status))
        fuzz_violation("what was read cannot be written and read: %s", status.message);
    same_evaluations_of_all(&again, e);
    if (!checkpoint_write(&again, &second, &status) || first.size != second.size ||
        memcmp(first.bytes, second.bytes, first.size) != 0)
        fuzz_violation("what was read, written and read again differs");
    free(first.bytes);
    free(second.bytes);
    experiment_free(&again);
}

/* ---- one ---- */

void fuzz_one(const uint8_t *data, size_t size) {
    if (size < 1)
        return;
    Experiment e;
    Status status = {0};
    size_t count = size - 1;
    unsigned char *bytes = malloc(count + 1);
    memcpy(bytes, data + 1, count);
    if (count >= 36 && data[0] % 8)
        put_sum(bytes, count);
    bool read = checkpoint_read(&e, (const char *)bytes, count, &status);
    fuzz_reading_ends();
    if (!read) {
        fuzz_refused(&status);
        if (e.trainer)
            fuzz_violation("a run after a failure");
    } else {
        check_again(&e);
        hand = (Hand){.gesture = 1};
        mt_seed(&hand.random, 1);
        if (are_young(&e))
            use_checkpoint(&e);
        experiment_free(&e);
    }
    free(bytes);
}

/* Of a random session; one that is too long is begun anew, with fewer deeds. */
size_t fuzz_begin(uint32_t seed, uint8_t *input) {
    for (uint32_t deeds = 20;; deeds /= 2) {
        Experiment e;
        Bytes b;
        Status status;
        begin_session(&e, 1000 + seed);
        random_session(&e, deeds);
        if (!checkpoint_write(&e, &b, &status))
            abort();
        bool fits = b.size < FUZZ_LARGEST / 2;
        if (fits) {
            input[0] = 1;
            memcpy(input + 1, b.bytes, b.size);
        }
        size_t size = b.size + 1;
        free(b.bytes);
        end_session(&e);
        if (fits || deeds == 0)
            return fits ? size : 0;
    }
}
