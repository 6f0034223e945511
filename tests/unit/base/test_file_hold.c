/* Files that one program at a time writes as they grow. */
#include "app/base/file_hold.h"

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

static char folder[] = "/tmp/easyfirst-hold.XXXXXX", path[64];
static Status status;

static long size_of(const char *name) {
    struct stat info;
    return stat(name, &info) == 0 ? (long)info.st_size : -1;
}

static void put(const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static int setup(void **state) {
    (void)state;
    strcpy(folder + strlen(folder) - 6, "XXXXXX");
    if (!mkdtemp(folder))
        return -1;
    snprintf(path, sizeof path, "%s/file", folder);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    unlink(path);
    return rmdir(folder);
}

/* A second one is refused, and what the first has written stays. */
static void test_one_at_a_time(void **state) {
    (void)state;
    char *held, *again;
    put("old");
    int file = file_hold(path, false, &held, &status);
    assert_true(file >= 0);
    assert_string_equal(held, path);
    assert_int_equal(size_of(path), 0);
    assert_int_equal(write(file, "new", 3), 3);
    assert_true(file_is_held(path));
    assert_int_equal(file_hold(path, false, &again, &status), -1);
    assert_null(again);
    assert_non_null(strstr(status.message, "is being written by another window"));
    assert_int_equal(size_of(path), 3);
    close(file);
    free(held);
    assert_false(file_is_held(path));
    file = file_hold(path, false, &held, &status);
    assert_true(file >= 0);
    close(file);
    free(held);
}

/* What has appeared meanwhile stays as it is; the line of a failure names file and reason. */
static void test_refused(void **state) {
    (void)state;
    char *held, inside[96];
    put("somebody's");
    assert_int_equal(file_hold(path, true, &held, &status), -1);
    assert_non_null(strstr(status.message, path));
    assert_int_equal(size_of(path), 10);
    snprintf(inside, sizeof inside, "%s/x", path);
    assert_int_equal(file_hold(inside, false, &held, &status), -1);
    assert_non_null(strstr(status.message, "Not a directory"));
    assert_false(file_is_held(inside));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_one_at_a_time, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
