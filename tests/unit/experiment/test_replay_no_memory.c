/* Logs, checkpoints and watched labels, where there is no memory somewhere: a line says so, or nothing is shown; what
 * could be done is what was recorded, and with enough memory all of it is. Allocators are replaced by the linker
 * (--wrap). */
#include "app/experiment/checkpoint.h"
#include "app/experiment/tape.h"
#include "core/parallel.h"
#include "tests/support/commands.h"
#include "tests/support/failing_places.h"
#include "tests/support/recordings.h"

typedef struct Recorded {
    Experiment e; /* paused, and its log sealed */
    char *text;
    size_t size;
} Recorded;

static void record(Recorded *r, uint32_t seed) {
    begin_session(&r->e, seed);
    random_session(&r->e, 25);
    experiment_push(&r->e, (Command){.kind = COMMAND_PAUSE});
    do
        experiment_advance(&r->e, 0.0, no_clock, 1.0);
    while (experiment_is_behind(&r->e));
    run_log_seal(r->e.log, &r->e, true);
    r->text = text_of(r->e.log, &r->size);
}

static void end_record(Recorded *r) {
    free(r->text);
    end_session(&r->e);
}

static void says_so(void *user, bool done) {
    (void)user;
    if (!done && !strstr(status.message, "memory"))
        fail_msg("'%s'", status.message);
    status = (Status){0};
}

/* ---- a log ---- */

static bool play(void *user) {
    Recorded *recorded = user;
    Recording r = {0};
    Tape tape = {0};
    Experiment e = {0};
    char *text = __real_malloc(recorded->size + 1);
    assert_non_null(text);
    memcpy(text, recorded->text, recorded->size);
    bool done = recording_read(&r, text, recorded->size, "a.log", &status) && tape_begin(&tape, &e, &r, &status);
    if (done) {
        e.log = run_log_new(&e, &status);
        while (tape_play(&e, SIZE_MAX) > 0)
            ;
        left = -1;
        if (tape.failed)
            status = tape.status;
        done = !tape.failed && e.log;
        if (done) {
            assert_same_session(&recorded->e, &e);
            run_log_seal(e.log, &e, true);
            done = !run_log_failed(e.log) || status_no_memory(&status, "");
        }
        size_t size;
        const char *again = done ? run_log_text(e.log, &size) : NULL;
        if (done && (size != recorded->size || memcmp(again, recorded->text, size) != 0))
            fail_msg("%.*s\n%.*s", (int)recorded->size, recorded->text, (int)size, again);
    }
    left = -1;
    if (e.trainer)
        end_session(&e);
    tape_free(&tape);
    recording_free(&r);
    return done;
}

static void logs_without_memory(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 4; seed++) {
        Recorded recorded;
        record(&recorded, seed);
        try_each_place(play, says_so, &recorded);
        end_record(&recorded);
    }
}

/* ---- a checkpoint ---- */

static bool reads_back(Recorded *recorded, const Bytes *bytes) {
    Experiment e;
    if (!checkpoint_read(&e, bytes->bytes, bytes->size, &status))
        return false;
    long memory = left;
    left = -1;
    assert_same_session(&recorded->e, &e);
    experiment_free(&e);
    left = memory;
    return true;
}

/* In one go and in parts. Their bytes may be others: without memory for a table what is shared stands there twice. */
static bool there_and_back(void *user) {
    Recorded *recorded = user;
    CheckpointCopy copy = {0};
    Bytes bytes = {0}, parts = {0};
    bool done = checkpoint_write(&recorded->e, &bytes, &status) && checkpoint_copy_begin(&copy, &recorded->e, &status);
    while (done && !checkpoint_copy_go_on(&copy, 10000))
        ;
    done = done && checkpoint_copy_pack(&copy, &parts, &status);
    done = done && reads_back(recorded, &bytes) && reads_back(recorded, &parts);
    left = -1;
    checkpoint_copy_free(&copy);
    free(bytes.bytes);
    free(parts.bytes);
    return done;
}

static void checkpoints_without_memory(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 4; seed++) {
        Recorded recorded;
        record(&recorded, seed);
        try_each_place(there_and_back, says_so, &recorded);
        end_record(&recorded);
    }
}

/* ---- watched labels ---- */

static const LabelLook *watched(Experiment *e) {
    e->watch_labels = true;
    experiment_watch_now(e);
    return experiment_snapshot(e).labels;
}

/* What could not be shown is shown when it is asked for again. */
static bool watch(void *user) {
    Experiment *e = user;
    const LabelLook *look = watched(e);
    bool done = look != NULL && look->value[MEASURE_LOSS] != NULL && look->held_out_progress >= 1.0;
    left = -1;
    e->watch_labels = false;
    experiment_watch_soon(e, 0.0);
    if (done)
        return true;
    look = watched(e);
    assert_non_null(look);
    assert_true(look->held_out_progress >= 1.0);
    for (int m = 0; m < MEASURE_COUNT; m++)
        assert_non_null(look->value[m]);
    e->watch_labels = false;
    experiment_watch_soon(e, 0.0);
    return status_no_memory(&status, "");
}

static void labels_without_memory(void **state) {
    (void)state;
    Experiment e;
    Settings s;
    settings_default(&s);
    s.samples = 40;
    s.hidden[0] = 3;
    s.flip = 0.1;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    for (int i = 0; i < 3; i++)
        push_now(&e, (Command){.kind = COMMAND_EPOCH});
    try_each_place(watch, says_so, &e);
    experiment_free(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(logs_without_memory),
        cmocka_unit_test(checkpoints_without_memory),
        cmocka_unit_test(labels_without_memory),
    };
    parallel_set_threads(1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
