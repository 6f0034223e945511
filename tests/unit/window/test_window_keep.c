/* What the window keeps by itself, and opens again, by a clock of the test's own: a long file gives way to a new one, a
 * session that cannot be played whole stays, a checkpoint that does not fit costs time alone, and a long replay shows
 * how far it is and can be stopped. */
#include "app/window/window_private.h"

#include "app/experiment/run_log.h"

#include <dirent.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/window_scene.h"

/* ---- the clock, and how long the kept file is ---- */

static double now, tick; /* seconds; that each look at it takes */
static size_t more;      /* bytes that the kept file has besides its own */
static bool grabs;       /* the hand takes hold of something as that is looked at */

double __wrap_clock_seconds(void);
size_t __wrap_session_pen_bytes(SessionPen *pen);
size_t __real_session_pen_bytes(SessionPen *pen);

double __wrap_clock_seconds(void) {
    return now += tick;
}

size_t __wrap_session_pen_bytes(SessionPen *pen) {
    w.experiment.hand |= grabs;
    return __real_session_pen_bytes(pen) + more;
}

static int setup(void **state) {
    (void)state;
    now = 1000.0;
    tick = 0.0;
    more = 0;
    grabs = false;
    return !make_folder();
}

static int teardown(void **state) {
    (void)state;
    return !remove_folder();
}

static double no_time(void) {
    return 0.0;
}

static void order(Command command) {
    experiment_push(&w.experiment, command);
    experiment_advance(&w.experiment, 0.0, no_time, 1.0);
}

static void train(int epochs) {
    for (int i = 0; i < epochs; i++)
        order((Command){.kind = COMMAND_EPOCH});
}

/* A second later, and what was put is on disk. */
static void keep(void) {
    now += 1.0;
    window_keep(&w);
    while (w.keeping.pen && !session_pen_is_done(w.keeping.pen))
        usleep(1000);
}

static bool is_there(const char *path) {
    return access(path, F_OK) == 0;
}

/* Whether the file has that text in its log. */
static bool has(const char *path, const char *text) {
    Session session;
    if (!session_read(&session, path, &status))
        return false;
    session.log[session.log_size] = '\0';
    bool found = strstr(session.log, text) != NULL;
    session_free(&session);
    return found;
}

/* ---- a long file ---- */

/* Two deeds, each kept, and then a third with which the file has become too long. */
static char *grow(void) {
    order((Command){.kind = COMMAND_HOLD, .hold = true});
    keep();
    char *first = strdup(session_pen_path(w.keeping.pen));
    train(1);
    order((Command){.kind = COMMAND_THRESHOLD, .threshold = 0.25});
    keep();
    assert_string_equal(session_pen_path(w.keeping.pen), first);
    more = (size_t)65 << 20;
    order((Command){.kind = COMMAND_HOLD, .hold = false});
    keep();
    more = 0;
    return first;
}

static void test_long_file(void **state) {
    (void)state;
    open_window();
    char *first = grow(), *second = strdup(session_pen_path(w.keeping.pen));
    assert_string_not_equal(first, second);
    keep();
    assert_false(is_there(first)); /* only now, with all of it in the other */
    assert_true(has(second, "hold on") && has(second, "threshold 0.25") && has(second, "hold off"));
    train(1);
    order((Command){.kind = COMMAND_THRESHOLD, .threshold = 0.5});
    keep();
    assert_true(has(second, "threshold 0.5"));
    assert_string_equal(session_pen_path(w.keeping.pen), second);
    window_keep_no_more(&w);
    assert_false(is_there(second));
    close_window();
    free(first);
    free(second);
}

/* Where a checkpoint is due, the old file stays until the new one has it, however long the hand keeps it waiting. */
static void test_long_file_with_checkpoint(void **state) {
    (void)state;
    open_window();
    w.experiment.hand = true;
    char *first = grow();
    assert_string_equal(session_pen_path(w.keeping.pen), first);
    w.session.trained = 20.0;
    w.experiment.hand = false;
    grabs = true;
    more = (size_t)65 << 20;
    keep();
    grabs = false;
    more = 0;
    char *second = strdup(session_pen_path(w.keeping.pen));
    assert_string_not_equal(first, second);
    for (int i = 0; i < 9; i++)
        keep();
    assert_true(is_there(first));
    w.experiment.hand = false; /* now it rests */
    for (int i = 0; i < 9; i++)
        keep();
    assert_false(is_there(first));
    Session session;
    assert_true(session_read(&session, second, &status));
    assert_true(session.checkpoint && session.checkpoint_at == session.log_size);
    session_free(&session);

    more = (size_t)65 << 20; /* of which the last checkpoint is a good part: it goes on */
    w.keeping.check_bytes = (size_t)40 << 20;
    keep();
    assert_string_equal(session_pen_path(w.keeping.pen), second);
    close_window();
    free(first);
    free(second);
}

/* What is to be done with the run does not wait for a checkpoint. */
static void test_check_gives_way(void **state) {
    (void)state;
    open_window();
    for (int i = 0; i < 4; i++) {
        w.keeping.copy = calloc(1, sizeof *w.keeping.copy);
        w.keeping.copied = w.experiment.version;
        assert_true(checkpoint_copy_begin(w.keeping.copy, &w.experiment, &status));
        window_check_gives_way(&w);
        assert_true(window_is_checking(&w));
        w.experiment.hand = i == 1;
        if (i == 0)
            experiment_push(&w.experiment, (Command){.kind = COMMAND_UNDO});
        else if (i == 2)
            order((Command){.kind = COMMAND_HOLD, .hold = true});
        else if (i == 3)
            w.experiment.version++;
        window_check_gives_way(&w);
        assert_false(window_is_checking(&w));
        w.experiment.hand = false;
        experiment_advance(&w.experiment, 0.0, no_time, 1.0);
    }
    close_window();
}

/* Saved before the points' file has been read for its sum: the session says all of it nevertheless. */
static void test_saved_before_the_sum(void **state) {
    (void)state;
    char points[96], path[96];
    open_window();
    snprintf(points, sizeof points, "%s/points.csv", folder);
    snprintf(path, sizeof path, "%s/a.easyfirst", folder);
    FILE *file = fopen(points, "w");
    assert_non_null(file);
    for (int i = 0; i < 200000; i++)
        fprintf(file, "%d,%d,%d\n", i, i, i % 2);
    fclose(file);
    assert_null(w.experiment.source.path);
    w.experiment.source.path = points;
    window_sum_source(&w, points, false);
    window_save_to(&w, path, true);
    w.experiment.source.path = NULL;
    Session session;
    assert_true(session_read(&session, path, &status));
    assert_non_null(session.source.path);
    assert_string_equal(session.source.path, points);
    session_free(&session);
    close_window();
}

/* The old file is whole until the new one is. */
static void test_killed_in_between(void **state) {
    (void)state;
    KeptList left;
    pid_t child = fork();
    if (child == 0) {
        open_window();
        grow();
        unlink(session_pen_path(w.keeping.pen)); /* as if not a byte of it had come to the disk */
        kill(getpid(), SIGKILL);
    }
    waitpid(child, NULL, 0);
    kept_load(&left);
    assert_int_equal(left.count, 1);
    assert_true(has(left.items[0].path, "threshold 0.25"));
    kept_free(&left);
}

/* ---- what is opened ---- */

/* A session that a window has left; malloc'd path. */
static char *leave(const char *log, size_t log_size, const Session *checkpoint) {
    bool nowhere;
    char *path = kept_new_path(&nowhere, &status);
    assert_non_null(path);
    SessionPen *pen = session_pen_open(path, &status);
    assert_non_null(pen);
    assert_true(session_pen_put(pen, "log", log, log_size));
    if (checkpoint) {
        LogText text = {0};
        session_put_checkpoint(&text, checkpoint);
        assert_true(session_pen_put(pen, "checkpoint", text.text, text.size));
        log_text_free(&text);
    }
    assert_true(session_pen_close(pen, 20.0, &status));
    return path;
}

static void go_on_reopening(void) {
    for (int i = 0; w.reopening && i < 100000; i++)
        window_go_on_reopening(&w);
    assert_null(w.reopening);
}

static void test_not_whole(void **state) {
    (void)state;
    char text[256], log[300];
    snprintf(text, sizeof text,
             "easyfirst log 1\nkernels any\nsetting samples=60\nstart\nepoch 2 batch 0 hold on\n"
             "epoch 3 batch 999 hold off\nepoch 4 batch 0 end");
    int size = snprintf(log, sizeof log, "%s" LOG_SUM_WORD "%08x\n", text, log_sum(LOG_SUM, text, strlen(text)));
    open_window();
    char *path = leave(log, (size_t)size, NULL);
    window_reopen(&w, path);
    go_on_reopening();
    assert_int_equal(w.experiment.trainer->epoch, 2); /* as far as it goes */
    assert_true(w.experiment.trainer->hold);
    assert_non_null(strstr(w.notice, path)); /* named, with its line */
    assert_non_null(strstr(w.notice, ":6: "));
    keep();
    keep();
    assert_true(has(path, "hold off")); /* for whoever can play it */
    close_window();
    assert_true(is_there(path));
    free(path);
}

/* A session of some epochs with a deed in it, and its log. */
static char *record(int epochs, size_t *size) {
    order((Command){.kind = COMMAND_THRESHOLD, .threshold = 0.25});
    train(epochs);
    order((Command){.kind = COMMAND_HOLD, .hold = true});
    run_log_seal(w.experiment.log, &w.experiment, false);
    const char *text = run_log_text(w.experiment.log, size);
    char *copy = malloc(*size);
    assert_non_null(copy);
    memcpy(copy, text, *size);
    return copy;
}

static void test_checkpoint_does_not_fit(void **state) {
    (void)state;
    static const char *const LINE = "checkpoint does not fit";
    open_window();
    size_t size;
    char *log = record(3, &size);
    Session checkpoint = {0};
    window_take_checkpoint(&w, &checkpoint);
    assert_non_null(checkpoint.checkpoint);
    checkpoint.checkpoint_at = size;
    char *fits = leave(log, size, &checkpoint);
    checkpoint.checkpoint_at = size - 1;
    char *other = leave(log, size, &checkpoint);
    snprintf(checkpoint.checkpoint_kernels, sizeof checkpoint.checkpoint_kernels, "elsewhere");
    checkpoint.checkpoint_at = size;
    char *elsewhere = leave(log, size, &checkpoint);
    Session none = {.checkpoint = strdup("no checkpoint"), .checkpoint_size = 13, .checkpoint_at = size};
    snprintf(none.checkpoint_kernels, sizeof none.checkpoint_kernels, "base");
    char *odd = leave(log, size, &none);
    const char *const paths[] = {fits, other, elsewhere, odd};
    const uint32_t epoch = w.experiment.trainer->epoch;
    float trained = w.experiment.trainer->parameters[0];
    window_mark_saved(&w, 0);
    for (int i = 0; i < 4; i++) {
        w.notice[0] = '\0';
        window_reopen(&w, paths[i]);
        go_on_reopening();
        assert_true((strstr(w.notice, LINE) != NULL) == (i > 0));
        assert_int_equal(w.experiment.trainer->epoch, epoch);
        assert_true(w.experiment.trainer->parameters[0] == trained);
        assert_true(w.experiment.trainer->hold);
        window_mark_saved(&w, 0);
    }
    close_window();
    session_free(&checkpoint);
    session_free(&none);
    free(odd);
    free(log);
    free(fits);
    free(other);
    free(elsewhere);
}

static void test_long_replay(void **state) {
    (void)state;
    open_window();
    size_t size;
    char *log = record(200, &size), *path = leave(log, size, NULL);
    float trained = w.experiment.trainer->parameters[0];
    window_mark_saved(&w, 0);
    order((Command){.kind = COMMAND_THRESHOLD, .threshold = 0.75}); /* something to lose */
    RunLog *before = w.experiment.log;
    tick = 0.5; /* a look at the clock after every few batches: minutes */
    window_reopen(&w, path);
    window_go_on_reopening(&w);
    window_go_on_reopening(&w);
    assert_true(w.screen.ask.shown && w.session.asks == ASKS_OPENING);
    double share = w.screen.ask.share;
    assert_true(share > 0.0 && share < 0.5);
    window_go_on_reopening(&w);
    assert_true(w.screen.ask.share > share);
    w.screen.answer = ASK_CANCEL;
    w.screen.ask.shown = false; /* an answer closes it */
    window_follow_answer(&w);
    assert_null(w.reopening);
    assert_false(w.screen.ask.shown);
    assert_string_equal(w.notice, "The session was not opened.");
    assert_true(w.experiment.log == before && w.experiment.trainer->threshold == 0.75 && window_is_unsaved(&w));
    assert_true(has(path, "hold on"));

    window_reopen(&w, path); /* nobody has it any longer, and to its end it is all of the run */
    go_on_reopening();
    assert_false(w.screen.ask.shown);
    assert_true(w.experiment.trainer->parameters[0] == trained && w.experiment.trainer->hold);

    tick = 0.0; /* it takes no time: there is no card */
    char *again = leave(log, size, NULL);
    window_reopen(&w, again);
    window_go_on_reopening(&w);
    assert_null(w.reopening);
    assert_false(w.screen.ask.shown);
    close_window();
    free(log);
    free(path);
    free(again);
}

/* Why not is said, and the run that is there goes on. */
static void test_cannot_be_opened(void **state) {
    (void)state;
    open_window();
    size_t size;
    char *log = record(2, &size), *path = leave(log, size, NULL);
    const float trained = w.experiment.trainer->parameters[0];
    int lock = open(path, O_RDWR | O_CLOEXEC);
    assert_int_equal(flock(lock, LOCK_EX | LOCK_NB), 0);
    window_reopen(&w, path);
    assert_null(w.reopening);
    assert_string_equal(w.notice, "Another window has this session.");
    close(lock);
    assert_int_equal(truncate(path, 3), 0);
    window_reopen(&w, path);
    assert_null(w.reopening);
    assert_non_null(strstr(w.notice, path));
    unlink(path);
    window_reopen(&w, path);
    assert_null(w.reopening);
    assert_non_null(strstr(w.notice, "it is no longer there: another window has it"));
    assert_int_equal(mkdir(path, 0777), 0);
    window_reopen(&w, path);
    assert_null(w.reopening);
    assert_non_null(strstr(w.notice, "Is a directory"));
    go_on_reopening(); /* nothing */
    assert_true(w.experiment.trainer->parameters[0] == trained && window_is_unsaved(&w));
    close_window();
    free(log);
    free(path);
}

/* A person's own file: it is named while it is opened, however long that takes, and later known as changed. */
static void test_a_file_is_opened(void **state) {
    char path[96];
    (void)state;
    open_window();
    size_t size;
    free(record(200, &size));
    const float trained = w.experiment.trainer->parameters[0];
    snprintf(path, sizeof path, "%s/a.easyfirst", folder);
    window_save_to(&w, path, true);
    assert_false(window_is_unsaved(&w));
    bool shows = false;
    for (tick = 1e-4; tick < 1.0; tick *= 3.0) {
        window_reopen(&w, path);
        assert_non_null(w.reopening);
        window_go_on_reopening(&w);
        assert_true(w.reopening || !shows); /* what is at once there takes less time than what has a card */
        shows = w.reopening != NULL;
        if (shows) {
            assert_string_equal(w.screen.ask.title, "Opening a.easyfirst");
            assert_non_null(strstr(w.screen.ask.words, " of 200"));
        }
        go_on_reopening();
        assert_true(w.experiment.trainer->parameters[0] == trained && w.experiment.trainer->hold);
        assert_string_equal(w.session.path, path);
        assert_false(window_is_unsaved(&w));
        assert_string_equal(w.recent.path[0], path);
    }
    assert_true(shows);
    tick = 0.0;
    order((Command){.kind = COMMAND_HOLD, .hold = false});
    FILE *file = fopen(path, "a");
    assert_non_null(file);
    fputs("\n", file);
    fclose(file);
    window_save(&w);
    assert_int_equal(w.session.asks, ASKS_CHANGED);
    close_window();
}

/* ---- where nothing can be kept ---- */

static const char *const UNSAFE = "Unsaved work is not safe";

/* In place of the folder of the sessions stands a file. */
static void block_folder(char sessions[128], char aside[128]) {
    snprintf(sessions, 128, "%s/easyfirst/sessions", folder);
    snprintf(aside, 128, "%s/aside", folder);
    rename(sessions, aside);
    FILE *file = fopen(sessions, "w");
    assert_non_null(file);
    fclose(file);
}

static void free_folder(const char *sessions, const char *aside) {
    unlink(sessions);
    rename(aside, sessions);
}

static void test_nothing_can_be_kept(void **state) {
    char sessions[128], aside[128];
    (void)state;
    open_window();
    snprintf(sessions, sizeof sessions, "%s/easyfirst", folder);
    assert_int_equal(mkdir(sessions, 0777), 0);
    block_folder(sessions, aside);
    order((Command){.kind = COMMAND_HOLD, .hold = true});
    keep();
    assert_null(w.keeping.pen);
    assert_non_null(strstr(w.notice, UNSAFE));
    w.notice[0] = '\0';
    now += 60.0;
    keep();
    assert_string_equal(w.notice, ""); /* it is said once */
    assert_true(window_keep_last(&w, &status));
    free_folder(sessions, aside);
    keep(); /* it is not tried at each look */
    assert_null(w.keeping.pen);
    now += 60.0;
    keep();
    assert_non_null(w.keeping.pen);
    char *path = strdup(session_pen_path(w.keeping.pen));
    assert_true(window_keep_last(&w, &status));
    assert_null(w.keeping.pen);
    assert_true(has(path, "hold on"));
    free(path);
    unsetenv("XDG_STATE_HOME"); /* there is no place for it, which is no failure */
    setenv("HOME", "nowhere", 1);
    now += 60.0;
    keep();
    assert_null(w.keeping.pen);
    assert_string_equal(w.notice, "");
    window_find_kept(&w);
    assert_int_equal(w.keeping.left.count, 0);
    close_window();
}

/* A long file that cannot give way to another goes on. */
static void test_long_file_stays(void **state) {
    char sessions[128], aside[128];
    (void)state;
    open_window();
    order((Command){.kind = COMMAND_HOLD, .hold = true});
    keep();
    char *path = strdup(session_pen_path(w.keeping.pen));
    block_folder(sessions, aside);
    more = (size_t)65 << 20;
    order((Command){.kind = COMMAND_HOLD, .hold = false});
    keep();
    more = 0;
    assert_string_equal(session_pen_path(w.keeping.pen), path);
    assert_non_null(strstr(w.notice, UNSAFE));
    free_folder(sessions, aside);
    now += 60.0;
    keep();
    assert_true(has(path, "hold off"));
    close_window();
    free(path);
}

static void test_a_full_disk(void **state) {
    struct rlimit limit, none;
    (void)state;
    open_window();
    order((Command){.kind = COMMAND_HOLD, .hold = true});
    keep();
    char *path = strdup(session_pen_path(w.keeping.pen));
    signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    none = limit;
    none.rlim_cur = 1;
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &none), 0);
    order((Command){.kind = COMMAND_HOLD, .hold = false});
    for (int i = 0; i < 20000 && !strstr(w.notice, UNSAFE); i++) {
        now += 1.0;
        window_keep(&w);
        usleep(1000);
    }
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    assert_non_null(strstr(w.notice, UNSAFE));
    keep();
    assert_true(has(path, "hold off"));
    close_window();
    free(path);
}

/* ---- what others have left ---- */

static void wish(int row, bool discard) {
    w.screen.kept_wish = (KeptWish){.goes_on = !discard, .discard = discard, .row = row};
    window_follow_kept(&w);
}

static void test_what_is_left(void **state) {
    (void)state;
    open_window();
    window_show_kept(&w);
    assert_string_equal(w.notice, "There are no unsaved sessions.");
    window_continue(&w, 0);
    assert_false(w.session.leaves);
    size_t size;
    char *log = record(2, &size), *path[3];
    window_mark_saved(&w, 0);
    for (int i = 0; i < 3; i++)
        path[i] = leave(log, size, NULL);
    assert_int_equal(truncate(path[0], 3), 0);
    w.notice[0] = '\0';
    window_find_kept(&w);
    assert_string_equal(w.notice, "");
    assert_int_equal(w.screen.kept.count, 3);
    assert_true(w.keeping.offers);
    assert_non_null(strstr(w.screen.kept.rows[2].words, "damaged"));
    wish(1, true);
    assert_true(w.keeping.offers && w.screen.kept.count == 2 && w.screen.kept.shown);
    assert_non_null(w.screen.line.offer);
    SessionPen *pen = session_pen_open(w.keeping.left.items[0].path, &status);
    assert_non_null(pen);
    wish(0, true);
    assert_string_equal(w.notice, "Another window has this session.");
    assert_int_equal(w.screen.kept.count, 2);
    assert_true(session_pen_close(pen, 20.0, &status));
    wish(7, true); /* no such row */
    assert_int_equal(w.screen.kept.count, 2);
    wish(0, false);
    assert_true(w.session.leaves && w.session.then == THEN_OPEN);
    wish(1, true);
    wish(0, true);
    assert_false(w.screen.kept.shown || w.keeping.offers);
    assert_null(w.screen.line.offer);
    free(leave(log, size, NULL));
    w.keeping.offers = true;
    window_look_for_kept(&w);
    assert_true(w.keeping.offers);
    order((Command){.kind = COMMAND_HOLD, .hold = false}); /* a run of one's own: the offer goes */
    window_follow_kept(&w);
    assert_null(w.screen.line.offer);
    window_show_kept(&w);
    assert_true(w.screen.kept.shown);
    close_window();
    for (int i = 0; i < 3; i++)
        free(path[i]);
    free(log);
}

/* Of too many the oldest is said to go. */
static void test_too_many_are_left(void **state) {
    (void)state;
    open_window();
    size_t size;
    char *log = record(1, &size);
    for (int i = 0; i < KEPT_MOST + 2; i++)
        free(leave(log, size, NULL));
    window_find_kept(&w);
    assert_non_null(strstr(w.notice, "the 2 oldest go"));
    assert_non_null(strstr(w.screen.kept.rows[KEPT_MOST].words, "It goes at the next start"));
    assert_null(strstr(w.screen.kept.rows[0].words, "It goes at the next start"));
    close_window();
    free(log);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_long_file, setup, teardown),
        cmocka_unit_test_setup_teardown(test_long_file_with_checkpoint, setup, teardown),
        cmocka_unit_test_setup_teardown(test_check_gives_way, setup, teardown),
        cmocka_unit_test_setup_teardown(test_saved_before_the_sum, setup, teardown),
        cmocka_unit_test_setup_teardown(test_killed_in_between, setup, teardown),
        cmocka_unit_test_setup_teardown(test_not_whole, setup, teardown),
        cmocka_unit_test_setup_teardown(test_checkpoint_does_not_fit, setup, teardown),
        cmocka_unit_test_setup_teardown(test_long_replay, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cannot_be_opened, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_file_is_opened, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nothing_can_be_kept, setup, teardown),
        cmocka_unit_test_setup_teardown(test_long_file_stays, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_full_disk, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_left, setup, teardown),
        cmocka_unit_test_setup_teardown(test_too_many_are_left, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
