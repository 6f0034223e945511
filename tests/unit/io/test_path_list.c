/* A path that is being typed: what there is of its beginning, and what Tab adds. */
#include "app/io/path_list.h"

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

static char folder[64];
static PathList list;
static Status status;

static void make(const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    if (name[strlen(name) - 1] == '/') {
        assert_int_equal(mkdir(path, 0700), 0);
        return;
    }
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
}

static int setup(void **state) {
    (void)state;
    snprintf(folder, sizeof folder, "/tmp/easyfirst-test-XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    static const char *const names[] = {"zebra/",      "Iris.csv", "iris-2.csv", "Äpfel.csv",
                                        "Ägypten.csv", ".hidden",  "points.csv"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        make(names[i]);
    make("zebra/in.csv");
    return setenv("HOME", folder, 1);
}

static int teardown(void **state) {
    (void)state;
    char command[128];
    path_list_free(&list);
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static void follow(const char *typed) {
    if (!path_list_follow(&list, typed, &status))
        fail_msg("%s", status.message);
}

static const char *match(size_t i) {
    return i < list.matches ? list.entries[list.match[i]].name : "";
}

static void test_matches(void **state) {
    (void)state;
    follow("~/");
    assert_int_equal(list.matches, 6);      /* not the hidden one */
    assert_string_equal(match(0), "zebra"); /* folders first */
    assert_string_equal(match(1), "iris-2.csv");
    assert_string_equal(match(2), "Iris.csv");
    follow("~/I");
    assert_int_equal(list.matches, 1); /* as written */
    follow("~/POI");
    assert_int_equal(list.matches, 1); /* else in any case */
    assert_string_equal(match(0), "points.csv");
    follow("~/.");
    assert_int_equal(list.matches, 1);
    follow("~/nothing");
    assert_int_equal(list.matches, 0);
    follow("~/zebra/");
    assert_string_equal(match(0), "in.csv");
    assert_false(path_list_follow(&list, "~/missing/x", &status));
    assert_non_null(strstr(status.message, "missing"));
    assert_int_equal(list.count, 0);
}

static void assert_completes(const char *typed, const char *expected) {
    follow(typed);
    char *text = path_list_complete(&list, typed);
    assert_string_equal(text, expected);
    free(text);
}

static void test_completion(void **state) {
    (void)state;
    assert_completes("~/z", "~/zebra/");
    assert_completes("~/p", "~/points.csv");
    assert_completes("~/POINTS", "~/points.csv");
    assert_completes("~/", "~/");          /* they have nothing in common */
    assert_completes("~/\xc3\x84", "~/Ä"); /* two letters begin with the same byte */
    assert_completes("~/nothing", "~/nothing");
    follow("~");
    char *text = path_list_complete(&list, "~");
    assert_string_equal(text, "~/");
    free(text);
    follow("~/i");
    text = path_list_take(&list, "~/i", 0);
    assert_string_equal(text, "~/iris-2.csv");
    free(text);
}

static void assert_both(const char *shown, const char *path) {
    char *a = path_expand(shown), *b = path_shown(path);
    assert_string_equal(a, path);
    assert_string_equal(b, shown);
    free(a);
    free(b);
}

static void test_home(void **state) {
    (void)state;
    char path[128];
    assert_both("~", folder);
    snprintf(path, sizeof path, "%s/zebra", folder);
    assert_both("~/zebra", path);
    assert_both("/etc", "/etc");
    char *other = path_expand("~other/x");
    assert_string_equal(other, "~other/x");
    free(other);
    assert_true(path_is_folder("~/zebra"));
    assert_true(path_is_folder(""));
    assert_false(path_is_folder("~/Iris.csv"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_matches, setup, teardown),
        cmocka_unit_test_setup_teardown(test_completion, setup, teardown),
        cmocka_unit_test_setup_teardown(test_home, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
