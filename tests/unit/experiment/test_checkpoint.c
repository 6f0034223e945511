/* Checkpoints: an experiment that is read back goes on as the one that was written, with undo and redo; what is
 * damaged is refused; and a log is played on from one. */
#define _GNU_SOURCE /* memmem */
#include "app/experiment/checkpoint.h"
#include "core/pack.h"
#include "core/parallel.h"
#include "core/state_pack.h"
#include "tests/support/commands.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/damaged_checkpoints.h"
#include "tests/support/failing_memory.h"
#include "tests/support/next_byte.h"
#include "tests/support/recordings.h"

/* ---- there and back ---- */

static Bytes written(const Experiment *e) {
    Bytes b;
    if (!checkpoint_write(e, &b, &status))
        fail_msg("%s", status.message);
    assert_true(b.size <= checkpoint_bytes(e));
    return b;
}

/* From a copy of exactly so many bytes, so that one too many is seen. */
static bool reads(Experiment *e, const char *bytes, size_t size) {
    char *exact = malloc(size ? size : 1);
    assert_non_null(exact);
    memcpy(exact, bytes, size);
    bool done = checkpoint_read(e, exact, size, &status);
    free(exact);
    return done;
}

static void read_back(Experiment *copy, const Experiment *e) {
    Bytes b = written(e);
    if (!reads(copy, b.bytes, b.size))
        fail_msg("%s", status.message);
    Bytes again = written(copy);
    copy->trainer->evaluations = e->trainer->evaluations;
    assert_int_equal(b.size, again.size);
    free(b.bytes);
    free(again.bytes);
}

/* What is the owner's, and decides how a session of random deeds goes on. */
static void copy_owner(Experiment *copy, const Experiment *e) {
    copy->mode = e->mode;
    copy->to_note = e->to_note;
    copy->note_epoch = e->note_epoch;
    copy->note_hurry = e->note_hurry;
    copy->look = e->look;
    copy->replayed = e->replayed;
    copy->batches_due = e->batches_due;
    copy->batch_seconds = e->batch_seconds;
    copy->data_version = e->data_version;
    memcpy(copy->queue, e->queue, sizeof e->queue);
    copy->queued = e->queued;
}

static void same_deeds(Experiment *a, Experiment *b, uint32_t deeds) {
    Hand before = hand;
    random_session(a, deeds);
    hand = before;
    random_session(b, deeds);
    assert_same_session(a, b);
}

static void there_and_back(uint32_t seed) {
    Experiment a, b;
    variant = (int)(seed % (uint32_t)variants());
    begin_session(&a, seed);
    random_session(&a, 1 + below(50));
    read_back(&b, &a);
    assert_same_session(&a, &b);
    copy_owner(&b, &a);
    same_deeds(&a, &b, 20);
    a.mode = b.mode = MODE_PAUSED;       /* the clock stands still */
    for (int i = 0; i < UNDO_MAX; i++) { /* some may be refused */
        push_now(&a, (Command){.kind = COMMAND_UNDO});
        push_now(&b, (Command){.kind = COMMAND_UNDO});
    }
    assert_same_session(&a, &b);
    for (int i = 0; i < 30; i++) {
        push_now(&a, (Command){.kind = COMMAND_REDO});
        push_now(&b, (Command){.kind = COMMAND_REDO});
    }
    assert_same_session(&a, &b);
    same_deeds(&a, &b, 5);
    end_session(&a);
    experiment_free(&b);
    variant = -1;
}

static void test_there_and_back(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 60; seed++)
        there_and_back(seed);
}

/* ---- on from a checkpoint ---- */

/* A session with a checkpoint at one of its seals: the log is played on from there. */
static void go_on(uint32_t seed) {
    Experiment e, copy;
    variant = (int)(seed % (uint32_t)variants());
    parallel_set_threads(1 + (int)(seed / 7 % 2) * 3);
    begin_session(&e, seed);
    uint32_t rounds = 1 + below(6), at = below(rounds);
    Bytes bytes = {0};
    size_t log_bytes = 0, size;
    for (uint32_t i = 0; i < rounds; i++) {
        random_session(&e, 1 + below(10));
        run_log_seal(e.log, &e, false);
        if (i != at)
            continue;
        run_log_text(e.log, &log_bytes);
        bytes = written(&e);
    }
    experiment_push(&e, (Command){.kind = COMMAND_PAUSE});
    do
        experiment_advance(&e, 0.0, no_clock, 1.0);
    while (experiment_is_behind(&e));
    run_log_seal(e.log, &e, true);
    char *text = text_of(e.log, &size);
    Recording recording;
    Tape tape;
    read_text(&recording, text, size);
    parallel_set_threads(1 + (int)(seed / 5 % 2) * 2);
    assert_true(reads(&copy, bytes.bytes, bytes.size));
    if (!tape_go_on(&tape, &copy, &recording, log_bytes, &status))
        fail_msg("session %u: %s\n%s", seed, status.message, text);
    while (tape_play(&copy, 1 + below(50)) > 0)
        ;
    if (tape.failed || tape.parted > 0)
        fail_msg("session %u: %s, parted at %zu\n%s", seed, tape.status.message, tape.parted, text);
    assert_same_session(&e, &copy);
    copy.tape = NULL;
    tape_free(&tape);
    recording_free(&recording);
    experiment_free(&copy);
    end_session(&e);
    free(bytes.bytes);
    free(text);
    variant = -1;
    parallel_set_threads(0);
}

static void test_go_on(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 200; seed++)
        go_on(seed);
}

static void test_another_log(void **state) {
    (void)state;
    Experiment e, copy;
    begin_session(&e, 3);
    random_session(&e, 10);
    run_log_seal(e.log, &e, false);
    size_t size, later;
    run_log_text(e.log, &size);
    Bytes bytes = written(&e);
    push_now(&e, command_of(COMMAND_THRESHOLD, 0.123));
    run_log_seal(e.log, &e, true);
    char *text = text_of(e.log, &later);
    Recording recording;
    Tape tape = {0};
    read_text(&recording, text, later);
    assert_true(reads(&copy, bytes.bytes, bytes.size));
    const size_t wrong[] = {0, 1, size - 1, size + 1, later, later + 1, SIZE_MAX};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_false(tape_go_on(&tape, &copy, &recording, wrong[i], &status));
        assert_int_equal(strncmp(status.message, "a.log: the checkpoint is not that of this log after ", 51), 0);
        assert_null(copy.tape);
    }
    assert_true(tape_go_on(&tape, &copy, &recording, size, &status));
    copy.tape = NULL;
    tape_free(&tape);
    recording_free(&recording);
    experiment_free(&copy);
    end_session(&e);
    free(bytes.bytes);
    free(text);
}

/* One that says what the log never said: a run beside the first, for days ahead of it. */
static void test_another_time(void **state) {
    (void)state;
    Experiment e, copy;
    begin_session(&e, 3);
    Settings other = e.trainer->settings;
    push_now(&e, (Command){.kind = COMMAND_COMPARE, .run = 1, .compare = true, .settings = other});
    push_now(&e, (Command){.kind = COMMAND_EPOCH});
    run_log_seal(e.log, &e, false);
    size_t size;
    run_log_text(e.log, &size);
    const uint32_t epochs[] = {e.others[0].trainer->epoch, 4000000000u};
    char *text = text_of(e.log, &size);
    Recording recording;
    Tape tape = {0};
    read_text(&recording, text, size);
    for (int i = 0; i < 2; i++) {
        uint32_t epoch = e.others[0].trainer->epoch;
        e.others[0].trainer->epoch = epochs[i];
        Bytes bytes = written(&e);
        e.others[0].trainer->epoch = epoch;
        assert_true(reads(&copy, bytes.bytes, bytes.size));
        assert_int_equal(tape_go_on(&tape, &copy, &recording, size, &status), i == 0);
        copy.tape = NULL;
        experiment_free(&copy);
        free(bytes.bytes);
    }
    tape_free(&tape);
    recording_free(&recording);
    end_session(&e);
    free(text);
}

/* ---- in parts ---- */

/* A copy that is packed later is the same, however it is cut, and also where the run has gone on since. */
static void test_in_parts(void **state) {
    (void)state;
    for (uint32_t seed = 1; seed <= 12; seed++) {
        Experiment e;
        Settings s;
        settings_default(&s);
        s.samples = seed % 3 == 0 ? 30000 : 200;
        hand = (Hand){.gesture = 1};
        mt_seed(&hand.random, seed);
        assert_true(experiment_init(&e, &s, NULL, NULL, &status));
        for (uint32_t i = 0; i < seed; i++)
            push_now(&e, (Command){.kind = i == 2 ? COMMAND_RESET : COMMAND_EPOCH});
        random_edit(&e);
        push_now(&e, (Command){.kind = COMMAND_BATCH});
        Bytes at_once = written(&e), later;
        CheckpointCopy copy;
        assert_true(checkpoint_copy_begin(&copy, &e, &status));
        size_t slices = 1, slice = seed % 2 ? 1 << 16 : SIZE_MAX;
        for (; !checkpoint_copy_go_on(&copy, slice); slices++)
            ;
        assert_true(slice == SIZE_MAX || s.samples < 30000 || slices > 4);
        push_now(&e, (Command){.kind = COMMAND_EPOCH});
        assert_true(checkpoint_copy_pack(&copy, &later, &status));
        assert_int_equal(later.size, at_once.size);
        assert_memory_equal(later.bytes, at_once.bytes, later.size);
        assert_null(copy.pack.bytes);
        free(at_once.bytes);
        free(later.bytes);
        experiment_free(&e);
    }
}

/* ---- damage ---- */

static void make_small(Experiment *e) {
    Settings s;
    settings_default(&s);
    s.samples = 30;
    s.batch = 4;
    s.flip = 0.1;
    s.test = 0.2;
    assert_true(experiment_init(e, &s, NULL, "a.csv", &status));
    push_now(e, (Command){.kind = COMMAND_EPOCH});
    const float x[] = {1.0f}, y[] = {2.0f};
    assert_true(experiment_edit_points(e, &(PointEdit){.kind = EDIT_ADD, .count = 1, .x = x, .y = y}, &status));
    push_now(e, command_of(COMMAND_THRESHOLD, 0.7));
    push_now(e, (Command){.kind = COMMAND_PARAMETER, .parameter = {1, 0.5f}});
    const uint32_t sample[] = {2};
    PointEdit keep = {.kind = EDIT_KEEP, .count = 1, .samples = sample, .data_version = e->data_version};
    assert_true(experiment_edit_points(e, &keep, &status));
    Settings plain = s;
    plain.order = ORDER_ALL;
    push_now(e, (Command){.kind = COMMAND_COMPARE, .compare = true, .settings = plain});
    push_now(e, (Command){.kind = COMMAND_RESET});
    push_now(e, (Command){.kind = COMMAND_BATCH});
    push_now(e, (Command){.kind = COMMAND_HOLD, .hold = true});
    push_now(e, (Command){.kind = COMMAND_UNDO});
}

/* Returns whether it was accepted. */
static bool try(unsigned char *bytes, size_t size) {
    Experiment e;
    status = (Status){0};
    if (!reads(&e, (char *)bytes, size)) {
        assert_true(status.code == STATUS_FAILED && status.message[0] != '\0');
        assert_null(e.trainer);
        return false;
    }
    if (are_young(&e))
        use_checkpoint(&e);
    experiment_free(&e);
    return true;
}

static void test_bytes(void **state) {
    (void)state;
    Experiment e;
    hand = (Hand){.gesture = 1};
    mt_seed(&hand.random, 1);
    make_small(&e);
    Bytes b = written(&e);
    unsigned char *bytes = (unsigned char *)b.bytes;
    size_t accepted = 0, tried = 0;
    for (size_t i = 0; i < b.size; i = next_byte(i, b.size)) {
        unsigned char byte = bytes[i];
        bytes[i] = (unsigned char)(byte ^ 1u << i % 8);
        assert_false(try(bytes, b.size));
        if (i % 3 == 0) { /* as if it had been written so */
            unsigned char last[8];
            memcpy(last, bytes + b.size - 8, 8);
            bytes[i] = below(2) ? bytes[i] : below(2) ? 0xff : 0x7f;
            put_sum(bytes, b.size);
            accepted += try(bytes, b.size);
            tried++;
            memcpy(bytes + b.size - 8, last, 8);
        }
        bytes[i] = byte;
        assert_false(reads(&(Experiment){0}, b.bytes, i)); /* cut */
    }
    for (size_t i = 28; i + 8 < b.size; i = next_byte(i, b.size)) { /* as if it had been written so */
        unsigned char *cut = malloc(i + 8);
        assert_non_null(cut);
        memcpy(cut, bytes, i);
        put_sum(cut, i + 8);
        assert_false(reads(&(Experiment){0}, (const char *)cut, i + 8));
        free(cut);
    }
    assert_true(accepted > tried / 10 && accepted < tried - tried / 10);
    free(b.bytes);
    experiment_free(&e);
}

static void put_number(unsigned char *at, uint64_t number, size_t bytes) {
    for (size_t i = 0; i < bytes; i++)
        at[i] = (unsigned char)(number >> 8 * i);
}

/* Sizes that nothing stands behind are refused for what they are, before any memory is taken for them. */
static void test_forged_sizes(void **state) {
    (void)state;
    Experiment e, copy;
    make_small(&e);
    const History *h = &e.history;
    unsigned char sizes[36];
    put_number(sizes, h->limit, 8);
    put_number(sizes + 8, h->count, 8);
    put_number(sizes + 16, h->stride, 4);
    put_number(sizes + 20, h->slots, 8);
    put_number(sizes + 28, h->words, 8);
    Bytes b = written(&e);
    unsigned char *at = memmem(b.bytes, b.size, sizes, sizeof sizes);
    assert_non_null(at);
    put_number(at + 20, HISTORY_MAX_SLOTS, 8);
    put_number(at + 28, HISTORY_MAX_SLOTS / 64, 8);
    put_sum((unsigned char *)b.bytes, b.size);
    assert_false(reads(&copy, b.bytes, b.size));
    assert_string_equal(status.message, "the checkpoint is damaged: the sizes of a history make no sense");
    put_number(at, 4, 8);
    put_number(at + 8, 1, 8);
    put_sum((unsigned char *)b.bytes, b.size);
    assert_false(reads(&copy, b.bytes, b.size));
    assert_string_equal(status.message, "the checkpoint is damaged: a history has more points than there are bytes");
    free(b.bytes);
    experiment_free(&e);
}

/* Points that come back by undo have places of their own in the history. */
static void test_forged_places(void **state) {
    (void)state;
    Experiment e, copy;
    make_small(&e);
    uint32_t *slot = NULL;
    for (int i = 0; i < e.undo.count; i++)
        if (e.undo.items[i]->kind == UNDO_POINTS)
            slot = e.undo.items[i]->known[0].slot;
    assert_non_null(slot);
    slot[1] = slot[0];
    Bytes b = written(&e);
    assert_false(reads(&copy, b.bytes, b.size));
    assert_string_equal(status.message, "the checkpoint is damaged: two points have one place in the history");
    free(b.bytes);
    experiment_free(&e);
}

/* ---- a session that has some of everything ---- */

static void edit_now(Experiment *e, EditKind kind, uint32_t sample) {
    const float x[] = {1.5f}, y[] = {-0.5f};
    const uint8_t labels[] = {1};
    PointEdit edit = {.kind = kind, .count = 1, .x = x, .y = y, .samples = &sample, .labels = labels};
    edit.data_version = e->data_version;
    assert_true(experiment_edit_points(e, &edit, &status));
}

static void note_now(Experiment *e, int64_t epoch, const char *text) {
    Command note = {.kind = COMMAND_NOTE, .note.epoch = epoch};
    snprintf(note.note.text, sizeof note.note.text, "%s", text);
    push_now(e, note);
}

/* Of few points, so that each of its bytes can be tried: three runs side by side and one that was left, with notes,
 * marks, clean points, and steps of all kinds to undo and to redo. */
static void make_rich(Experiment *e) {
    Settings s;
    settings_default(&s);
    s.samples = 16;
    s.batch = 8;
    s.hidden_count = 0;
    s.flip = 0.1;
    assert_true(experiment_init(e, &s, NULL, "a.csv", &status));
    for (int i = 0; i < 2; i++)
        push_now(e, (Command){.kind = COMMAND_EPOCH});
    note_now(e, 0, "first");
    note_now(e, 1, "second");
    Settings plain = s;
    plain.order = ORDER_ALL;
    for (int run = 1; run <= 2; run++)
        push_now(e, (Command){.kind = COMMAND_COMPARE, .run = run, .compare = true, .settings = plain});
    push_now(e, command_of(COMMAND_THRESHOLD, 0.7));
    push_now(e, (Command){.kind = COMMAND_PARAMETER, .parameter = {1, 0.5f}});
    for (int i = 0; i < 2; i++) {
        push_now(e, (Command){.kind = COMMAND_RESET});
        push_now(e, (Command){.kind = COMMAND_EPOCH});
        push_now(e, (Command){.kind = COMMAND_BATCH});
    }
    note_now(e, 0, "after the reset");
    push_now(e, (Command){.kind = COMMAND_THRESHOLD, .run = 1, .threshold = 0.6});
    push_now(e, (Command){.kind = COMMAND_SWAP, .run = 1});
    edit_now(e, EDIT_CLEAN, 3);
    edit_now(e, EDIT_KEEP, 2);
    edit_now(e, EDIT_ADD, 0);
    push_now(e, (Command){.kind = COMMAND_COMPARE, .run = 2});
    push_now(e, (Command){.kind = COMMAND_HOLD, .hold = true});
    Settings live = e->trainer->settings;
    live.learning_rate = 0.5;
    push_now(e, (Command){.kind = COMMAND_SETTINGS, .settings = live});
    note_now(e, 0, "");
    for (int i = 0; i < 2; i++)
        push_now(e, (Command){.kind = COMMAND_UNDO});
    Settings asks = e->trainer->settings;
    asks.pace = PACE_META;
    e->asks_for_clean = true;
    e->wanted = asks;
    bool has[UNDO_NOTE + 1] = {0};
    for (int i = 0; i < e->undo.count; i++)
        has[e->undo.items[i]->kind] = true;
    assert_true(has[UNDO_THRESHOLD] && has[UNDO_PARAMETER] && has[UNDO_POINTS] && has[UNDO_KEPT] && has[UNDO_RUN]);
    assert_true(has[UNDO_OTHER] && has[UNDO_COMPARE] && has[UNDO_SWAP] && has[UNDO_NOTE]);
    assert_true(e->redo.count == 2 && e->branches.count == 2 && e->other_count == 1);
}

/* Wherever it ends, as if it had been written so. */
static void test_each_end(void **state) {
    (void)state;
    Experiment e, copy;
    make_rich(&e);
    Bytes b = written(&e);
    assert_true(reads(&copy, b.bytes, b.size));
    experiment_free(&copy);
    for (size_t size = 0; size < b.size; size += size < 4000 || size + 200 > b.size ? 1 : 7) {
        unsigned char *cut = malloc(size + 8);
        assert_non_null(cut);
        memcpy(cut, b.bytes, size);
        if (size >= 28)
            put_sum(cut, size + 8);
        status = (Status){0};
        assert_false(checkpoint_read(&copy, (char *)cut, size + (size >= 28 ? 8 : 0), &status) && size + 8 != b.size);
        if (size + 8 == b.size)
            experiment_free(&copy);
        else
            assert_true(status.code == STATUS_FAILED && !copy.trainer);
        free(cut);
    }
    free(b.bytes);
    experiment_free(&e);
}

static Undo *step_of(Experiment *e, UndoKind kind) {
    for (int i = 0; i < e->undo.count; i++)
        if (e->undo.items[i]->kind == kind)
            return e->undo.items[i];
    fail();
    return NULL;
}

static Undo *points_step(Experiment *e, bool with_clean) {
    for (int i = 0; i < e->undo.count; i++)
        if (e->undo.items[i]->kind == UNDO_POINTS && e->undo.items[i]->with_clean == with_clean)
            return e->undo.items[i];
    fail();
    return NULL;
}

static void forge_no_number(Experiment *e) {
    e->tag.number = e->tag.parent = 0;
}
static void forge_high_number(Experiment *e) {
    e->tag.number = e->branches.numbers + 1;
}
static void forge_parent(Experiment *e) {
    e->tag.parent = e->tag.number;
}
static void forge_branch_number(Experiment *e) {
    e->branches.items[0]->tag.number = e->tag.number;
    e->branches.items[0]->tag.parent = 0;
}
static void forge_branch_of_none(Experiment *e) {
    e->branches.items[0]->tag.number = e->branches.items[0]->tag.parent = 0;
}
static void forge_twins(Experiment *e) {
    e->branches.items[1]->tag.number = e->branches.items[0]->tag.number;
    e->branches.items[1]->tag.parent = 0;
}
static void forge_branch_too_high(Experiment *e) {
    e->branches.items[0]->tag.number = e->branches.numbers + 1;
}
static void forge_undo(Experiment *e) {
    step_of(e, UNDO_RUN)->branch = 77;
}
static void forge_redo(Experiment *e) {
    Undo *run = e->redo.items[0];
    run->kind = UNDO_RUN;
    run->branch = 77;
}
static void forge_speed(Experiment *e) {
    e->speed = 0.0;
}
static void forge_order(Experiment *e) {
    Notes *n = &e->branches.items[0]->notes;
    assert_int_equal(n->count, 2);
    n->notes[1].epoch = n->notes[0].epoch;
}
static void forge_no_text(Experiment *e) {
    free(e->branches.items[0]->notes.notes[1].text);
    e->branches.items[0]->notes.notes[1].text = NULL;
}
static void forge_empty_text(Experiment *e) {
    e->branches.items[0]->notes.notes[1].text[0] = '\0';
}
static void forge_long_text(Experiment *e) {
    char **text = &e->branches.items[0]->notes.notes[1].text;
    free(*text);
    *text = malloc(NOTE_BYTES + 2);
    assert_non_null(*text);
    memset(*text, 'a', NOTE_BYTES + 1);
    (*text)[NOTE_BYTES + 1] = '\0';
}
static void forge_clean_count(Experiment *e) {
    trainer_free(e->others[0].trainer);
    e->others[0].trainer = trainer_copy(e->branches.items[0]->trainer, &status);
    assert_non_null(e->others[0].trainer);
}
static void forge_no_points(Experiment *e) {
    dataset_free(&points_step(e, false)->points);
}
static void forge_points_classes(Experiment *e) {
    Dataset *d = &points_step(e, false)->points;
    d->classes++;
}
static void forge_clean_classes(Experiment *e) {
    Dataset *d = &points_step(e, true)->clean;
    if (d->count == 0)
        assert_true(dataset_init(d, 4, e->trainer->data.classes, &status));
    d->classes++;
}
static void forge_unknown(Experiment *e) {
    free(points_step(e, false)->known[0].slot);
    points_step(e, false)->known[0].slot = NULL;
}
static void forge_kept(Experiment *e) {
    step_of(e, UNDO_KEPT)->kept_count--;
}
static void forge_compared(Experiment *e) {
    for (int i = 0; i < e->undo.count; i++)
        for (int k = 0; k < OTHER_RUNS; k++)
            if (e->undo.items[i]->kind == UNDO_COMPARE && e->undo.items[i]->others[k].trainer)
                e->undo.items[i]->others[k].trainer->data.classes++;
}

/* What no hand could have made is refused, and the message says what it is. */
static void test_forged(void **state) {
    (void)state;
    static const struct {
        void (*forge)(Experiment *e);
        const char *why;
    } CASES[] = {
        {forge_no_number, "a run comes from a later one"},
        {forge_high_number, "a run has no number"},
        {forge_parent, "a run comes from a later one"},
        {forge_branch_number, "two runs have the same number"},
        {forge_branch_of_none, "a run comes from a later one"},
        {forge_twins, "two runs have the same number"},
        {forge_branch_too_high, "two runs have the same number"},
        {forge_undo, "undo leads to what is not there"},
        {forge_redo, "undo leads to what is not there"},
        {forge_speed, "the speed is not above 0"},
        {forge_order, "notes are out of order"},
        {forge_no_text, "a note has no text"},
        {forge_empty_text, "a note is too long"},
        {forge_long_text, "a note is too long"},
        {forge_no_points, "a change of points has none"},
        {forge_points_classes, "undo leads to what is not there"},
        {forge_clean_classes, "undo leads to what is not there"},
        {forge_unknown, "a change of points knows nothing of them"},
        {forge_kept, "undo leads to what is not there"},
        {forge_clean_count, NULL},
        {forge_compared, NULL},
    };
    Experiment e, forged, copy;
    make_rich(&e);
    Bytes good = written(&e);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        assert_true(reads(&forged, good.bytes, good.size));
        CASES[i].forge(&forged);
        Bytes b = written(&forged);
        status = (Status){0};
        assert_false(reads(&copy, b.bytes, b.size));
        if (CASES[i].why && !strstr(status.message, CASES[i].why))
            fail_msg("case %zu: %s", i, status.message);
        free(b.bytes);
        experiment_free(&forged);
    }
    char *longer = malloc(good.size + 1);
    assert_non_null(longer);
    memcpy(longer, good.bytes, good.size);
    put_sum((unsigned char *)longer, good.size + 1);
    assert_false(reads(&copy, longer, good.size + 1));
    assert_string_equal(status.message, "the checkpoint is damaged: something follows its end");
    free(longer);
    free(good.bytes);
    experiment_free(&e);
}

static void test_refused(void **state) {
    (void)state;
    Experiment e, copy;
    make_small(&e);
    Bytes b = written(&e);
    assert_false(reads(&copy, "", 0));
    assert_string_equal(status.message, "this is no checkpoint of easyfirst");
    b.bytes[16] = 9;
    assert_false(reads(&copy, b.bytes, b.size));
    assert_string_equal(status.message,
                        "a checkpoint of version 9, and this easyfirst reads version 1: the log is there "
                        "for that");
    b.bytes[16] = 1;
    assert_false(reads(&copy, b.bytes, b.size - 1));
    assert_string_equal(status.message, "the checkpoint is damaged: it has another length than it should");
    b.bytes[b.size / 2] ^= 1;
    assert_false(reads(&copy, b.bytes, b.size));
    assert_string_equal(status.message, "the checkpoint is damaged: its sum is another");
    free(b.bytes);
    experiment_free(&e);
}

/* ---- without memory ---- */

static void test_no_memory(void **state) {
    (void)state;
    Experiment e, copy;
    make_small(&e);
    Bytes b = written(&e), none;
    bool done = false;
    long refused = 0;
    for (long i = 0; !done; i++) {
        status = (Status){0};
        left = i;
        done = checkpoint_read(&copy, b.bytes, b.size, &status);
        left = -1;
        if (!done)
            assert_true(status.code == STATUS_FAILED && strstr(status.message, "not enough memory"));
        refused += !done;
        experiment_free(&copy);
    }
    assert_true(refused > 50);
    left = 0;
    assert_false(checkpoint_write(&e, &none, &status));
    left = -1;
    assert_null(none.bytes);
    left = 1; /* the table of what stands there already: then more stands there twice */
    assert_true(checkpoint_write(&e, &none, &status));
    left = -1;
    assert_true(none.size >= b.size && reads(&copy, none.bytes, none.size));
    assert_same_session(&e, &copy);
    free(none.bytes);
    free(b.bytes);
    experiment_free(&copy);
    experiment_free(&e);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_there_and_back), cmocka_unit_test(test_go_on),    cmocka_unit_test(test_another_log),
        cmocka_unit_test(test_bytes),          cmocka_unit_test(test_refused),  cmocka_unit_test(test_no_memory),
        cmocka_unit_test(test_another_time),   cmocka_unit_test(test_in_parts), cmocka_unit_test(test_forged_sizes),
        cmocka_unit_test(test_forged_places),  cmocka_unit_test(test_each_end), cmocka_unit_test(test_forged),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
