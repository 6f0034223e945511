/* Each allocation of an edit, of a reset, of going on from an earlier epoch, of an undo and of a redo fails in turn:
 * both runs stay as they were, and the same again with enough memory does it. The allocators are replaced by the
 * linker (--wrap). */
#include "app/experiment/experiment.h"
#include "tests/support/commands.h"
#include "tests/support/failing_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- what is seen of the runs ---- */

enum { SAMPLES = 320, MOST = SAMPLES + 80, RECORDS = 8 };

static Status status;
static Experiment e;

typedef struct SeenRun {
    size_t count, records, easy_now, easy[RECORDS];
    float x[MOST], y[MOST], v[MOST], loss[MOST];
    uint8_t label[MOST];
    uint32_t admitted[MOST];
    bool was_easy[RECORDS][MOST];
    uint32_t epoch;
    size_t batch;
} SeenRun;

typedef struct Seen {
    SeenRun first, others[OTHER_RUNS];
    int other_count;
    bool edited;
    int undo, redo, branches;
    uint32_t run;
    double flip;
} Seen;

static void see_run(SeenRun *seen, const Trainer *t, const History *h) {
    size_t n = t->data.count;
    assert_true(n <= MOST && h->count <= RECORDS && h->samples == n);
    seen->count = n;
    memcpy(seen->x, t->data.x, n * sizeof *seen->x);
    memcpy(seen->y, t->data.y, n * sizeof *seen->y);
    memcpy(seen->label, t->data.label, n);
    memcpy(seen->v, t->each.v, n * sizeof *seen->v);
    memcpy(seen->loss, t->each.loss, n * sizeof *seen->loss);
    memcpy(seen->admitted, t->each.admitted, n * sizeof *seen->admitted);
    seen->epoch = t->epoch;
    seen->batch = t->batch;
    seen->easy_now = t->epoch_easy;
    seen->records = h->count;
    for (size_t r = 0; r < h->count; r++) {
        seen->easy[r] = h->records[r].easy;
        for (size_t i = 0; i < n; i++)
            seen->was_easy[r][i] = history_was_easy(h, &h->records[r], i);
    }
}

/* Zeroed first, so that two can be compared as they lie in memory. */
static void see(Seen *seen) {
    memset(seen, 0, sizeof *seen);
    see_run(&seen->first, e.trainer, &e.history);
    seen->other_count = e.other_count;
    for (int i = 0; i < e.other_count; i++)
        see_run(&seen->others[i], e.others[i].trainer, &e.others[i].history);
    seen->edited = e.source.edited;
    seen->undo = e.undo.count;
    seen->redo = e.redo.count;
    seen->branches = e.branches.count;
    seen->run = e.tag.number;
    seen->flip = e.trainer->settings.flip;
}

static void push(Command command) {
    push_now(&e, command);
}

static void begin(void) {
    Settings s;
    settings_default(&s);
    s.samples = SAMPLES;
    s.flip = 0.1;
    s.threshold = 0.5;
    s.epochs = 100;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    s.order = ORDER_HARD;
    push((Command){.kind = COMMAND_COMPARE, .compare = true, .settings = s});
    s.order = ORDER_ALL;
    push((Command){.kind = COMMAND_COMPARE, .run = 2, .compare = true, .settings = s});
    for (int i = 0; i < 3; i++)
        push((Command){.kind = COMMAND_EPOCH});
    push((Command){.kind = COMMAND_BATCH});
}

/* ---- what is tried ---- */

static bool add(void) {
    static float x[70], y[70]; /* more than there is room for in the records' bits */
    PointEdit edit = {.kind = EDIT_ADD, .count = 70, .x = x, .y = y};
    return experiment_edit_points(&e, &edit, &status);
}

static bool erase(void) {
    static const uint32_t gone[] = {3, 4, 200};
    PointEdit edit = {.kind = EDIT_ERASE, .count = 3, .samples = gone, .data_version = e.data_version};
    return experiment_edit_points(&e, &edit, &status);
}

/* Whether it was done: a failure is a notice. */
static bool reset(void) {
    int count = e.undo.count;
    push((Command){.kind = COMMAND_RESET});
    return e.undo.count > count;
}

static bool go_on(void) {
    int count = e.undo.count;
    push((Command){.kind = COMMAND_LOOK, .epoch = 1});
    push((Command){.kind = COMMAND_GO_ON});
    return e.undo.count > count;
}

static bool new_seed(void) {
    int count = e.undo.count;
    push(new_seed_command(&e.trainer->settings));
    return e.undo.count > count;
}

static bool preset(void) {
    int count = e.undo.count;
    push((Command){.kind = COMMAND_PRESET, .preset = -1, .settings = e.trainer->settings});
    return e.undo.count > count;
}

static bool open_points(void) {
    Dataset points;
    Status own = {0};
    long rest = left;
    left = -1;
    assert_true(dataset_copy(&points, &e.trainer->data, &own));
    left = rest;
    bool done = experiment_open_points(&e, &points, &(OpenedPoints){.path = "/tmp/points.csv"}, &status);
    dataset_free(&points);
    return done;
}

static bool back_to_first(void) {
    push((Command){.kind = COMMAND_BRANCH, .branch = 1});
    return e.tag.number == 1;
}

static bool undo(void) {
    int count = e.undo.count;
    push((Command){.kind = COMMAND_UNDO});
    return e.undo.count < count;
}

static bool redo(void) {
    int count = e.redo.count;
    push((Command){.kind = COMMAND_REDO});
    return e.redo.count < count;
}

/* With one allocation less than it needs, for each. */
static void try_without_memory(bool (*action)(void)) {
    static Seen before, after;
    see(&before);
    for (long n = 0; n < 400; n++) {
        status = (Status){0};
        e.notice[0] = '\0';
        left = n;
        bool done = action(), all = left >= 0;
        left = -1;
        see(&after);
        assert_int_equal(after.other_count, before.other_count);
        for (int i = 0; i < after.other_count; i++)
            assert_int_equal(after.first.count, after.others[i].count);
        if (done) {
            assert_true(all && n > 5); /* nothing failed unnoticed */
            return;
        }
        assert_false(all);
        assert_non_null(strstr(status.message[0] ? status.message : e.notice, "not enough memory"));
        assert_memory_equal(&before, &after, sizeof before);
    }
    fail_msg("never done");
}

/* But for the figures that a change of points brings up to date within an epoch. */
static void assert_same_points(SeenRun *a, SeenRun *b) {
    memcpy(a->loss, b->loss, sizeof a->loss);
    a->easy_now = b->easy_now;
    assert_memory_equal(a, b, sizeof *a);
}

static void nothing_changes_without_memory(void **state) {
    (void)state;
    static Seen begun, edited, now;
    bool (*const edits[])(void) = {add, erase};
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++) {
        begin();
        see(&begun);
        try_without_memory(edits[i]);
        see(&edited);
        try_without_memory(undo);
        see(&now);
        assert_same_points(&begun.first, &now.first);
        for (int k = 0; k < OTHER_RUNS; k++)
            assert_same_points(&begun.others[k], &now.others[k]);
        try_without_memory(redo);
        see(&now);
        assert_memory_equal(&edited, &now, sizeof now);
        experiment_free(&e);
    }
}

/* The second run of a reset is made when the first has been: without memory for it there is none. */
static void no_run_is_lost_without_memory(void **state) {
    (void)state;
    static Seen begun, now;
    bool (*const leave[])(void) = {reset, go_on, new_seed, preset, open_points};
    for (size_t i = 0; i < sizeof leave / sizeof *leave; i++) {
        begin();
        if (leave[i] != go_on)
            push((Command){.kind = COMMAND_COMPARE});
        experiment_evaluate(&e); /* as undo does */
        see(&begun);
        try_without_memory(leave[i]);
        undo(); /* needs none */
        see(&now);
        begun.redo = begun.branches = 1;
        assert_memory_equal(&begun, &now, sizeof now);
        redo(); /* nor does this */
        static Seen after;
        see(&after);
        left = 0;
        status = (Status){0};
        assert_false(back_to_first());
        left = -1;
        assert_non_null(strstr(e.notice, "not enough memory"));
        see(&now);
        assert_memory_equal(&after, &now, sizeof now);
        assert_true(back_to_first());
        experiment_free(&e);
    }
}

/* A run that could not begin may be freed all the same, as whoever closes everything does. */
static void a_beginning_that_fails_leaves_nothing(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.samples = SAMPLES;
    bool done = false;
    for (long n = 0; !done; n++) {
        Experiment begun = {0};
        left = n;
        done = experiment_init(&begun, &s, NULL, "/tmp/points.csv", &status);
        left = -1;
        assert_true(done == (begun.trainer != NULL));
        if (begun.trainer)
            experiment_free(&begun);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(nothing_changes_without_memory),
        cmocka_unit_test(no_run_is_lost_without_memory),
        cmocka_unit_test(a_beginning_that_fails_leaves_nothing),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
