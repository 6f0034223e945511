/* The program's own folders: beside it, or a line that says where they were looked for. */
#include "app/base/resources.h"

#include <errno.h>
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

/* ---- where the program says that it is ---- */

static const char *executable; /* NULL: nobody knows */
static int no_path;            /* errno of realpath; 0: it works */

ssize_t __real_readlink(const char *path, char *text, size_t size);
ssize_t __wrap_readlink(const char *path, char *text, size_t size);
ssize_t __wrap_readlink(const char *path, char *text, size_t size) {
    if (strcmp(path, "/proc/self/exe") != 0)
        return __real_readlink(path, text, size);
    errno = ENOENT;
    return executable ? (ssize_t)(stpncpy(text, executable, size) - text) : -1;
}

char *__real_realpath(const char *path, char *to);
char *__wrap_realpath(const char *path, char *to);
char *__wrap_realpath(const char *path, char *to) {
    errno = no_path;
    return no_path ? NULL : __real_realpath(path, to);
}

/* ---- */

static char folder[] = "/tmp/easyfirst-resources-XXXXXX", program[64], share[64], there[64];
static Status status;

static int set_up(void **state) {
    (void)state;
    memcpy(folder + sizeof folder - 7, "XXXXXX", 6);
    if (!mkdtemp(folder))
        return -1;
    snprintf(program, sizeof program, "%s/easyfirst", folder);
    snprintf(share, sizeof share, "%s/share", folder);
    snprintf(there, sizeof there, "%s/presets", share);
    executable = program;
    no_path = 0;
    return mkdir(share, 0700);
}

static int tear_down(void **state) {
    (void)state;
    rmdir(there);
    return rmdir(share) + rmdir(folder);
}

static void fails(const char *what) {
    assert_null(resource_path("presets", &status));
    if (!strstr(status.message, what))
        fail_msg("%s", status.message);
}

static void they_lie_beside_the_program(void **state) {
    (void)state;
    assert_int_equal(mkdir(there, 0700), 0);
    char *found = resource_path("presets", &status);
    assert_string_equal(found, there);
    free(found);
}

static void what_is_missing_is_said(void **state) {
    (void)state;
    char message[512];
    snprintf(message, sizeof message, "the program's presets are missing: looked in %s/presets and %s/", share, folder);
    fails(message);
    fclose(fopen(there, "w")); /* no folder */
    fails(message);
    unlink(there);
    assert_null(resource_catalogs(&status));
    executable = NULL;
    fails("cannot find the program's own folder (/proc/self/exe)");
}

static void a_path_that_cannot_be_followed_is_said(void **state) {
    (void)state;
    assert_int_equal(mkdir(there, 0700), 0);
    no_path = EACCES;
    fails("presets: Permission denied");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(they_lie_beside_the_program),
        TEST(what_is_missing_is_said),
        TEST(a_path_that_cannot_be_followed_is_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
