/* The files opened last: newest first, each once, shared by several windows, whatever the file holds. */
#include "app/window/recent.h"
#include "app/window/portal.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static char folder[64], path[128];
static Recent recent;
static Status status;

static int setup(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/easyfirst-test-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/easyfirst/recent", folder);
    return setenv("XDG_STATE_HOME", folder, 1) || setenv("HOME", "/nonexistent", 1);
}

static int teardown(void **state) {
    (void)state;
    char command[128];
    recent_free(&recent);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static void add(Recent *to, const char *name) {
    if (!recent_add(to, name, &status))
        fail_msg("%s", status.message);
}

static void put(const char *text) {
    char easyfirst[128];
    snprintf(easyfirst, sizeof easyfirst, "%s/easyfirst", folder);
    mkdir(easyfirst, 0700);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    fclose(file);
}

static void test_order(void **state) {
    (void)state;
    recent_load(&recent);
    assert_int_equal(recent.count, 0);
    add(&recent, "/a.csv");
    add(&recent, "/b with blanks.csv");
    add(&recent, "/a.csv"); /* again: once, in front */
    recent_free(&recent);
    recent_load(&recent);
    assert_int_equal(recent.count, 2);
    assert_string_equal(recent.path[0], "/a.csv");
    assert_string_equal(recent.path[1], "/b with blanks.csv");
    assert_true(recent_drop(&recent, recent.path[0], &status));
    recent_free(&recent);
    recent_load(&recent);
    assert_int_equal(recent.count, 1);
    assert_string_equal(recent.path[0], "/b with blanks.csv");
}

static void test_most(void **state) {
    (void)state;
    char name[32], long_name[3000];
    memset(long_name, 'x', sizeof long_name);
    long_name[0] = '/';
    long_name[sizeof long_name - 1] = '\0';
    for (int i = 0; i < 12; i++) {
        snprintf(name, sizeof name, "/%d.csv", i);
        add(&recent, name);
    }
    add(&recent, long_name); /* longer than a line of state.ini may be */
    recent_free(&recent);
    recent_load(&recent);
    assert_int_equal(recent.count, RECENT_MOST);
    assert_string_equal(recent.path[0], long_name);
    assert_string_equal(recent.path[1], "/11.csv");
}

static void test_two_windows(void **state) {
    (void)state;
    Recent other;
    recent_load(&recent);
    recent_load(&other);
    add(&recent, "/first.csv");
    add(&other, "/second.csv");
    assert_int_equal(other.count, 2);
    add(&recent, "/third.csv");
    assert_int_equal(recent.count, 3);
    assert_string_equal(recent.path[1], "/second.csv");
    recent_free(&other);
}

static void test_what_is_no_path(void **state) {
    (void)state;
    put("relative.csv\n\n/good.csv\n/good.csv\n- ");
    recent_load(&recent);
    assert_int_equal(recent.count, 1);
    add(&recent, "two\nlines");
    add(&recent, "/two\nlines");
    assert_int_equal(recent.count, 1);
}

static void test_nowhere(void **state) {
    (void)state;
    unsetenv("XDG_STATE_HOME");
    unsetenv("HOME");
    recent_load(&recent);
    add(&recent, "/a.csv"); /* for as long as the window is open */
    add(&recent, "/b.csv");
    assert_int_equal(recent.count, 2);
}

static void assert_path(const char *uri, const char *expected) {
    char *found = portal_path_of(uri);
    if (expected)
        assert_string_equal(found, expected);
    else
        assert_null(found);
    free(found);
}

static void test_uris(void **state) {
    (void)state;
    assert_path("file:///home/a/x.csv", "/home/a/x.csv");
    assert_path("file:///a%20b/%C3%84.csv", "/a b/Ä.csv");
    assert_path("file://localhost/x", "/x");
    assert_path("file:///100%/%4", "/100%/%4"); /* no escape: as it is */
    assert_path("file://elsewhere/x", NULL);
    assert_path("https://example.org/x.csv", NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_order, setup, teardown),
        cmocka_unit_test_setup_teardown(test_most, setup, teardown),
        cmocka_unit_test_setup_teardown(test_two_windows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_no_path, setup, teardown),
        cmocka_unit_test_setup_teardown(test_nowhere, setup, teardown),
        cmocka_unit_test(test_uris),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
