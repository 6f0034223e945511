/* Notes at epochs: written, changed, taken away, undone; what becomes of them when a run is left; playing to the next;
 * a lesson on tape. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <cmocka.h>

#include "app/experiment/experiment.h"
#include "app/experiment/run_log.h"
#include "app/experiment/tape.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static Status status;
static Experiment e;
static double seconds;

static double now(void) {
    return seconds += 0.0001;
}

static void begin(void) {
    Settings s;
    settings_default(&s);
    s.samples = 60;
    s.epochs = 8;
    assert_true(experiment_init(&e, &s, NULL, NULL, &status));
    e.speed = SPEED_MAXIMUM;
}

static void advance(void) {
    experiment_advance(&e, 0.1, now, seconds + 10.0);
}

static void order(Command command) {
    experiment_push(&e, command);
    advance();
}

static void order_kind(CommandKind kind) {
    order((Command){.kind = kind});
}

static void write_note(int64_t epoch, const char *text) {
    Command command = {.kind = COMMAND_NOTE, .note.epoch = epoch};
    note_fit(text, command.note.text);
    order(command);
}

static void to_note(int64_t epoch) {
    order((Command){.kind = COMMAND_TO_NOTE, .epoch = epoch});
}

static const char *note(int64_t epoch) {
    int i = notes_at(&e.notes, epoch);
    return i < 0 ? "" : e.notes.notes[i].text;
}

static void train_epochs(int epochs) {
    while (epochs-- > 0)
        order_kind(COMMAND_EPOCH);
}

static void test_written_and_undone(void **state) {
    (void)state;
    begin();
    write_note(3, "later");
    write_note(0, "first");
    write_note(3, "changed");
    assert_int_equal(e.notes.count, 2);
    assert_string_equal(note(0), "first");
    assert_string_equal(note(3), "changed");
    int steps = e.undo.count;
    write_note(3, "changed"); /* no step for what changes nothing */
    write_note(5, "");
    assert_int_equal(e.undo.count, steps);
    assert_string_equal(experiment_snapshot(&e).undo, "note");
    order_kind(COMMAND_UNDO);
    assert_string_equal(note(3), "later");
    order_kind(COMMAND_REDO);
    write_note(3, "");
    assert_string_equal(note(3), "");
    order_kind(COMMAND_UNDO);
    assert_string_equal(note(3), "changed");
    assert_int_equal(e.by_hand.marks.count, 0); /* nothing was done to the run */
    assert_int_equal(experiment_snapshot(&e).by_hand, 0);
    experiment_free(&e);
}

static void test_bounds(void **state) {
    (void)state;
    begin();
    char longest[3 * NOTE_BYTES], fitted[NOTE_BYTES + 1];
    for (size_t i = 0; i + 2 < sizeof longest; i += 2)
        memcpy(longest + i, "\u03bb", 3);
    longest[0] = ' ';
    longest[1] = ' ';
    memmove(longest, longest + 1, strlen(longest));
    note_fit(longest, fitted);
    assert_int_equal(strlen(fitted), NOTE_BYTES - 1); /* no half of a letter */
    for (int i = 0; i < NOTES_MAX; i++)
        write_note(i, "x");
    write_note(NOTES_MAX, "one too many");
    assert_int_equal(e.notes.count, NOTES_MAX);
    assert_non_null(strstr(e.notice, "remove one first"));
    write_note(7, "another text has room");
    assert_string_equal(note(7), "another text has room");
    write_note(-1, "nowhere");
    assert_int_equal(e.notes.count, NOTES_MAX);
    experiment_free(&e);
}

/* A reset keeps them; going on from an earlier epoch keeps those up to it; another run has none; undo brings all
 * back. */
static void test_go_with_the_run(void **state) {
    (void)state;
    begin();
    write_note(1, "early");
    write_note(5, "late");
    train_epochs(6);
    order_kind(COMMAND_RESET);
    assert_int_equal(e.notes.count, 2);
    train_epochs(6);
    order((Command){.kind = COMMAND_LOOK, .epoch = 2});
    order_kind(COMMAND_GO_ON);
    assert_int_equal(e.notes.count, 1);
    assert_string_equal(note(1), "early");
    order_kind(COMMAND_UNDO);
    assert_string_equal(note(5), "late");
    order_kind(COMMAND_REDO);
    write_note(4, "of the branch");
    Command seed = new_seed_command(&e.trainer->settings);
    order(seed);
    assert_int_equal(e.notes.count, 0);
    order_kind(COMMAND_UNDO);
    assert_string_equal(note(4), "of the branch");
    assert_string_equal(note(5), "");
    experiment_free(&e);
}

static void test_plays_to_the_next(void **state) {
    (void)state;
    begin();
    write_note(2, "three");
    write_note(4, "five");
    to_note(-1);
    assert_int_equal(e.trainer->epoch, 3);
    assert_int_equal(e.trainer->batch, 0);
    assert_int_equal(e.mode, MODE_PAUSED);
    order((Command){.kind = COMMAND_LOOK, .epoch = 0});
    to_note(-1); /* back to now, and on */
    assert_int_equal(e.trainer->epoch, 5);
    to_note(-1); /* there is none */
    assert_int_equal(e.trainer->epoch, 5);
    to_note(6); /* an epoch without */
    assert_int_equal(e.trainer->epoch, 7);
    order_kind(COMMAND_RESET);
    order_kind(COMMAND_PLAY); /* stops at none */
    assert_int_equal(e.trainer->epoch, 8);
    experiment_free(&e);
}

/* Asked for once more on the way it arrives at once, whatever the speed. */
static void test_hurries(void **state) {
    (void)state;
    begin();
    write_note(6, "seven");
    e.speed = 1.0;
    to_note(-1);
    assert_true(e.trainer->epoch < 2 && e.mode == MODE_PLAYING);
    to_note(-1);
    assert_int_equal(e.trainer->epoch, 7);
    assert_int_equal(e.mode, MODE_PAUSED);
    experiment_free(&e);
}

/* ---- a lesson ---- */

static const char LESSON[] = "easyfirst log 1\nkernels any\nlesson 3 A title\nwatch This.\nspeed 2.5\n"
                             "setting samples=60\nstart\n"
                             "epoch 0 batch 0 note 2 two %25\nepoch 0 batch 0 note 4 four\n"
                             "epoch 2 batch 0 threshold 0.5\n"
                             "epoch 5 batch 0 preset samples=70\nepoch 0 batch 0 note 1 one\nepoch 3 batch 0 end";

static void read_lesson(Recording *r, const char *text) {
    size_t size = strlen(text);
    char *whole = malloc(size + 32);
    memcpy(whole, text, size);
    snprintf(whole + size, 32, LOG_SUM_WORD "%08x\n", log_sum(LOG_SUM, text, size));
    if (!recording_read(r, whole, strlen(whole), "a.log", &status))
        fail_msg("%s", status.message);
}

static void test_lesson_on_tape(void **state) {
    (void)state;
    Recording r;
    Tape tape;
    read_lesson(&r, LESSON);
    assert_string_equal(r.lesson.title, "A title");
    assert_string_equal(r.lesson.watch, "This.");
    assert_true(r.lesson.order == 3 && r.lesson.speed == 2.5 && r.notes == 3);
    begin();
    train_epochs(2);
    order((Command){.kind = COMMAND_HOLD, .hold = true});
    order((Command){.kind = COMMAND_COMPARE, .compare = true, .settings = e.trainer->settings});
    int before = e.undo.count;
    assert_true(tape_begin_here(&tape, &e, &r, -1, &status));
    assert_true(e.other_count == 0 && !e.trainer->hold && e.trainer->epoch == 0);
    to_note(-1);
    assert_int_equal(e.trainer->epoch, 2);
    assert_string_equal(note(1), "two %");
    Snapshot s = experiment_snapshot(&e);
    assert_true(s.notes_earlier == 0 && s.notes->count == 2 && s.notes_later == 1);
    to_note(-1);
    assert_int_equal(e.trainer->epoch, 4);
    to_note(-1); /* into the next run */
    assert_true(e.trainer->epoch == 1 && e.trainer->data.count == 70);
    s = experiment_snapshot(&e);
    assert_true(s.notes_earlier == 2 && s.notes->count == 1 && s.notes_later == 0);

    assert_true(tape_begin_again(&tape, &e, &status)); /* and back to the first */
    assert_true(tape_play_to_note(&e) && tape_play_to_note(&e));
    assert_true(e.trainer->epoch == 4 && e.trainer->data.count == 60);
    while (e.undo.count > before)
        order_kind(COMMAND_UNDO);
    assert_true(e.trainer->epoch == 2 && e.trainer->hold && e.other_count == 1 && e.notes.count == 0);
    experiment_free(&e);
    tape_free(&tape);
    recording_free(&r);
}

/* What a person does takes the run over, without a pause at the lesson's end. */
static void test_lesson_is_left(void **state) {
    (void)state;
    Recording r;
    Tape tape;
    read_lesson(&r, LESSON);
    assert_true(tape_begin(&tape, &e, &r, &status));
    e.speed = SPEED_MAXIMUM;
    to_note(-1);
    write_note(1, "mine");
    assert_null(e.tape);
    assert_non_null(strstr(e.notice, "The lesson ends here"));
    assert_string_equal(note(3), "four"); /* those that it told stay */
    to_note(-1);
    assert_int_equal(e.trainer->epoch, 4);
    experiment_free(&e);
    tape_free(&tape);
    recording_free(&r);
}

static void test_bad_heads(void **state) {
    (void)state;
    static const char *const LINES[] = {"lesson 0 A title", "lesson 3", "lesson x A", "speed 0", "speed fast", "watch"};
    for (size_t i = 0; i < sizeof LINES / sizeof *LINES; i++) {
        char text[256], *whole = malloc(300);
        snprintf(text, sizeof text, "easyfirst log 1\nkernels any\n%s\nstart\nepoch 0 batch 0 end", LINES[i]);
        snprintf(whole, 300, "%s" LOG_SUM_WORD "%08x\n", text, log_sum(LOG_SUM, text, strlen(text)));
        Recording r;
        assert_false(recording_read(&r, whole, strlen(whole), "a.log", &status));
        assert_non_null(strstr(status.message, "a.log:3: "));
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_written_and_undone),
                                       cmocka_unit_test(test_bounds),
                                       cmocka_unit_test(test_go_with_the_run),
                                       cmocka_unit_test(test_plays_to_the_next),
                                       cmocka_unit_test(test_hurries),
                                       cmocka_unit_test(test_lesson_on_tape),
                                       cmocka_unit_test(test_lesson_is_left),
                                       cmocka_unit_test(test_bad_heads)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
