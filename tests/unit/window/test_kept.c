/* Sessions that windows keep: the list of those that nobody writes, what it says of them, and its bound, which is said
 * before anything goes. */
#include "app/window/kept.h"

#include "app/io/session_file.h"
#include "app/io/session_pen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64];
static KeptList list;
static Status status;

static int setup(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/easyfirst-test-XXXXXX");
    return !mkdtemp(folder) || setenv("XDG_STATE_HOME", folder, 1) || setenv("HOME", "/nonexistent", 1);
}

static int teardown(void **state) {
    (void)state;
    char command[128];
    kept_free(&list);
    snprintf(command, sizeof command, "rm -rf '%s'", folder);
    return system(command);
}

/* A session, so many seconds old. */
static char *keep(const char *view, int age) {
    bool nowhere;
    char *path = kept_new_path(&nowhere, &status);
    assert_non_null(path);
    SessionPen *pen = session_pen_open(path, &status);
    assert_non_null(pen);
    assert_true(session_pen_put(pen, "log", "easyfirst log 1\n", 16));
    assert_true(session_pen_put(pen, "view", view, strlen(view)));
    assert_true(session_pen_close(pen, 20.0, &status));
    const struct timespec times[2] = {{.tv_sec = 1000000 - age}, {.tv_sec = 1000000 - age}};
    assert_int_equal(utimensat(AT_FDCWD, path, times, 0), 0);
    return path;
}

static void load(void) {
    kept_free(&list);
    kept_load(&list);
}

static void test_list(void **state) {
    (void)state;
    load(); /* no folder */
    assert_int_equal(list.count, 0);
    char *old = keep("title spirals\nstands 7\nsteps 1\n", 500);
    char *new = keep("title moons%20\nstands 1200\nsteps 14\nfile /home/ada/moons.easyfirst\n", 120);
    load();
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0].path, new);
    assert_string_equal(list.items[0].facts.title, "moons ");
    assert_string_equal(list.items[0].facts.file, "/home/ada/moons.easyfirst");
    assert_null(list.items[1].facts.file);
    assert_true(kept_is(new) && !kept_is("/home/ada/moons.easyfirst"));
    char words[256];
    kept_words(&list.items[0], 1000000, words);
    assert_string_equal(words, "moons , 2 minutes ago: epoch 1,200, 14 steps");
    kept_words(&list.items[1], 1000000 - 499, words);
    assert_string_equal(words, "spirals, a moment ago: epoch 7, 1 step");
    assert_true(kept_discard(&list, 0, &status));
    assert_int_equal(list.count, 1);
    assert_int_not_equal(access(new, F_OK), 0);
    load();
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].path, old);
    free(old);
    free(new);
}

/* A window that lives has its own; what is damaged is on the list all the same, to be discarded by a person. */
static void test_living_and_damaged(void **state) {
    (void)state;
    bool nowhere;
    char *path = kept_new_path(&nowhere, &status);
    SessionPen *pen = session_pen_open(path, &status);
    assert_true(session_pen_put(pen, "log", "easyfirst log 1\n", 16));
    load();
    assert_int_equal(list.count, 0);
    assert_true(session_pen_close(pen, 20.0, &status));
    load();
    assert_int_equal(list.count, 1);
    assert_int_equal(truncate(path, 3), 0);
    load();
    assert_int_equal(list.count, 1);
    assert_string_equal(list.items[0].facts.title, "A session");
    assert_true(list.items[0].damaged);
    free(keep("title whole\n", 500)); /* comes first, though it is older */
    load();
    assert_true(list.count == 2 && !list.items[0].damaged && list.items[1].damaged);
    assert_true(kept_discard(&list, 0, &status));
    assert_int_equal(truncate(path, 0), 0); /* nothing was in it */
    load();
    assert_int_equal(list.count, 0);
    free(path);
}

/* What is too much is said and marked, and goes only when the next window opens. */
static void test_bound(void **state) {
    (void)state;
    char text[512], view[64];
    for (int i = 0; i < KEPT_MOST + 1; i++) {
        snprintf(view, sizeof view, "title run %d\nstands 1\nsteps 1\n", i);
        free(keep(view, 100 * i));
    }
    load();
    kept_bound(&list, text);
    assert_non_null(strstr(text, "'run 10'"));
    assert_int_equal(list.count, KEPT_MOST + 1);
    assert_true(list.items[KEPT_MOST].last && !list.items[KEPT_MOST - 1].last);
    load();
    assert_int_equal(list.count, KEPT_MOST + 1); /* it can still be opened */
    assert_true(list.items[KEPT_MOST].last);
    assert_string_equal(list.items[KEPT_MOST].facts.title, "run 10");
    kept_bound(&list, text);
    assert_string_equal(text, "");
    assert_int_equal(list.count, KEPT_MOST);
    load();
    assert_int_equal(list.count, KEPT_MOST);
}

/* A person has made room: what was marked stays. */
static void test_room_again(void **state) {
    (void)state;
    char text[512], view[64];
    for (int i = 0; i < KEPT_MOST + 2; i++) {
        snprintf(view, sizeof view, "title run %d\n", i);
        free(keep(view, 100 * i));
    }
    load();
    kept_bound(&list, text);
    load();
    assert_true(kept_discard(&list, 3, &status));
    kept_bound(&list, text);
    assert_string_equal(text, "");
    load();
    assert_int_equal(list.count, KEPT_MOST);
    assert_string_equal(list.items[KEPT_MOST - 1].facts.title, "run 10");
    assert_false(list.items[KEPT_MOST - 1].last);
}

static void test_bytes(void **state) {
    (void)state;
    char text[512];
    char *large = keep("title large\n", 300), *newer = keep("title newer\n", 200), *newest = keep("title newest\n", 10);
    assert_int_equal(truncate(newest, (off_t)KEPT_BYTES + 1), 0);
    assert_int_equal(truncate(large, (off_t)KEPT_BYTES / 2), 0);
    load();
    kept_bound(&list, text);
    for (int i = 0; i < list.count; i++) /* the newest stays, however large it is, and so does a small one */
        assert_int_equal(list.items[i].last, strcmp(list.items[i].facts.title, "large") == 0);
    free(large);
    free(newer);
    free(newest);
}

/* What is larger than all the room goes alone, and another large one that fits beside the small ones stays. */
static void test_one_too_large(void **state) {
    (void)state;
    char text[512];
    free(keep("title newest\n", 10));
    char *huge = keep("title huge\n", 100), *large = keep("title large\n", 300);
    free(keep("title small\n", 200));
    free(keep("title oldest\n", 400));
    assert_int_equal(truncate(huge, (off_t)KEPT_BYTES + 1), 0);
    assert_int_equal(truncate(large, (off_t)KEPT_BYTES / 2), 0);
    load();
    kept_bound(&list, text);
    assert_non_null(strstr(text, "'huge'"));
    load();
    assert_int_equal(list.count, 5);
    for (int i = 0; i < list.count; i++)
        assert_int_equal(list.items[i].last, strcmp(list.items[i].facts.title, "huge") == 0);
    load();
    kept_bound(&list, text); /* the next start */
    assert_string_equal(text, "");
    assert_int_equal(list.count, 4);
    free(huge);
    free(large);
}

/* A window was killed when it had gone on from one, before it took that away: there is only the later one. */
static void test_contained(void **state) {
    (void)state;
    char view[256], *other = keep("title other\n", 5), *first = keep("title first\n", 300);
    snprintf(view, sizeof view, "title second\nafter %s\n", strrchr(first, '/') + 1);
    char *second = keep(view, 400); /* whatever the clock says */
    load();
    assert_int_equal(list.count, 2);
    assert_string_equal(list.items[0].path, other);
    assert_string_equal(list.items[1].path, second);
    assert_int_not_equal(access(first, F_OK), 0);
    free(other);
    free(first);
    free(second);
}

/* What is no session of a window is not on the list, and what cannot be taken away stays on it. */
static void test_others(void **state) {
    (void)state;
    char *one = keep("title one\n", 100), *two = keep("title two\n", 200), sessions[128], other[160];
    snprintf(sessions, sizeof sessions, "%s/easyfirst/sessions", folder);
    snprintf(other, sizeof other, "%s/folder.easyfirst", sessions);
    assert_int_equal(mkdir(other, 0777), 0);
    snprintf(other, sizeof other, "%s/a.txt", sessions);
    assert_int_equal(symlink("nowhere", other), 0);
    snprintf(other, sizeof other, "%s/lost.easyfirst", sessions);
    assert_int_equal(symlink("nowhere", other), 0);
    snprintf(other, sizeof other, "%s/x.easyfirst", sessions);
    assert_true(kept_is(other));
    assert_false(kept_is(sessions));
    snprintf(other, sizeof other, "%s/folder.easyfirst/x.easyfirst", sessions);
    assert_false(kept_is(other));
    snprintf(other, sizeof other, "%s-2/x.easyfirst", sessions);
    assert_false(kept_is(other));
    load();
    assert_int_equal(list.count, 2);
    SessionPen *pen = session_pen_open(list.items[0].path, &status); /* a window goes on with it */
    assert_non_null(pen);
    assert_false(kept_discard(&list, 0, &status));
    assert_string_equal(status.message, "Another window has this session.");
    assert_true(session_pen_close(pen, 20.0, &status));
    unlink(two);
    assert_int_equal(mkdir(two, 0777), 0);
    assert_false(kept_discard(&list, 1, &status));
    assert_non_null(strstr(status.message, "cannot remove "));
    rmdir(two);
    assert_true(kept_discard(&list, 1, &status)); /* it has gone already */
    assert_int_equal(list.count, 1);
    free(one);
    free(two);
}

/* One that cannot get its mark is not said to go, and one that is opened does not go. */
static void test_marks_fail(void **state) {
    (void)state;
    char text[512], view[64], last[256];
    for (int i = 0; i < KEPT_MOST + 1; i++) {
        snprintf(view, sizeof view, "title run %d\n", i);
        free(keep(view, 100 * i));
    }
    load();
    const char *oldest = list.items[KEPT_MOST].path;
    snprintf(last, sizeof last, "%.*s.last.easyfirst", (int)(strlen(oldest) - strlen(".easyfirst")), oldest);
    assert_int_equal(mkdir(last, 0777), 0);
    kept_bound(&list, text);
    assert_string_equal(text, "");
    assert_false(list.items[KEPT_MOST].last);
    rmdir(last);
    kept_bound(&list, text);
    assert_string_not_equal(text, "");
    assert_true(list.items[KEPT_MOST].last);
    SessionPen *pen = session_pen_open(last, &status);
    assert_non_null(pen);
    kept_bound(&list, text);
    assert_int_equal(list.count, KEPT_MOST + 1);
    assert_true(session_pen_close(pen, 20.0, &status));
}

static void test_when(void **state) {
    (void)state;
    static const struct {
        int at[6]; /* year, month, day, hour, minute, second */
        const char *words;
    } CASES[] = {{{2024, 6, 15, 13, 29, 30}, "a moment ago"},  {{2024, 6, 15, 13, 28, 50}, "1 minute ago"},
                 {{2024, 6, 15, 12, 31, 0}, "58 minutes ago"}, {{2024, 6, 15, 9, 5, 0}, "today 09:05"},
                 {{2024, 6, 14, 23, 59, 0}, "14 June 23:59"},  {{2024, 1, 2, 3, 4, 5}, "2 January 03:04"},
                 {{2023, 6, 15, 13, 0, 0}, "15 June 2023"},    {{2024, 6, 15, 13, 35, 0}, "a moment ago"}};
    struct tm today = {.tm_year = 124, .tm_mon = 5, .tm_mday = 15, .tm_hour = 13, .tm_min = 29, .tm_sec = 59};
    today.tm_isdst = -1;
    time_t now = mktime(&today);
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        const int *at = CASES[i].at;
        struct tm then = {.tm_year = at[0] - 1900, .tm_mon = at[1] - 1, .tm_mday = at[2], .tm_hour = at[3]};
        char words[64];
        then.tm_min = at[4];
        then.tm_sec = at[5];
        then.tm_isdst = -1;
        kept_when(mktime(&then), now, words);
        assert_string_equal(words, CASES[i].words);
    }
}

static void test_nowhere(void **state) {
    (void)state;
    bool nowhere;
    unsetenv("XDG_STATE_HOME");
    setenv("HOME", "relative", 1);
    load();
    assert_int_equal(list.count, 0);
    assert_null(kept_new_path(&nowhere, &status));
    assert_true(nowhere);
    assert_false(kept_is("/tmp/a.easyfirst"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_list, setup, teardown),
        cmocka_unit_test_setup_teardown(test_living_and_damaged, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bound, setup, teardown),
        cmocka_unit_test_setup_teardown(test_room_again, setup, teardown),
        cmocka_unit_test_setup_teardown(test_bytes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_one_too_large, setup, teardown),
        cmocka_unit_test_setup_teardown(test_contained, setup, teardown),
        cmocka_unit_test_setup_teardown(test_others, setup, teardown),
        cmocka_unit_test_setup_teardown(test_marks_fail, setup, teardown),
        cmocka_unit_test_setup_teardown(test_when, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nowhere, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
