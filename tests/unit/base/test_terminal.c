/* What a terminal gets, and files that are none. */
#include "app/base/file_named.h"
#include "app/base/file_open.h"
#include "app/base/resources.h"
#include "app/base/terminal.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRATCH_FILE "thing"
#include "tests/support/scratch.h"

static void lines_are_clean(void **state) {
    (void)state;
    char *text;
    size_t size;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    terminal_print(stream, "%s: %s\n", "a\nb", "\x1b[31m\x9b");
    terminal_print(stream, "%s", "no end\n"); /* its newline is not the format's */
    terminal_renew(stream, "%s", "\r50 %");
    terminal_wipe(stream);
    terminal_print(stream, "%s", "");
    char path_of_all[5000];
    memset(path_of_all, 'p', sizeof path_of_all - 1);
    path_of_all[sizeof path_of_all - 1] = '\0';
    terminal_print(stream, "%s\n", path_of_all); /* is cut, and its line ended */
    assert_int_equal(fclose(stream), 0);
    static const char expected[] = "a?b: ?[31m?\nno end?\r?50 %\033[K\r\033[K";
    assert_int_equal(strncmp(text, expected, strlen(expected)), 0);
    assert_string_equal(text + strlen(text) - 3, "pp\n");
    assert_int_equal(strlen(text), strlen(expected) + 4096);
    free(text);
}

/* Wherever a table is cut on its way, what comes out is the same. */
static void pieces_are_cut_anywhere(void **state) {
    (void)state;
    static const char table[] = "\u732b,\x1b[1m\tb\n\u202e\xe2\x82,\xf0\x9f\x90\xb1\x9b\xc2\x9b\n\xe7\x8c";
    static const char clean[] = "\u732b,?[1m\tb\n??,\xf0\x9f\x90\xb1??\n?";
    const size_t size = sizeof table - 1;
    for (size_t one = 0; one <= size; one++)
        for (size_t two = one; two <= size; two++) {
            const size_t from[] = {0, one, two, size};
            TerminalPiece piece = {0};
            char all[64];
            size_t used = 0;
            for (int i = 0; i < 3; i++) {
                char *part;
                size_t length = terminal_piece(&piece, table + from[i], from[i + 1] - from[i], i == 2, &part);
                memcpy(all + used, part, length);
                used += length;
                free(part);
            }
            assert_int_equal(used, sizeof clean - 1);
            assert_memory_equal(all, clean, used);
        }
}

static void refused(const char *reason) {
    const char *why = NULL;
    size_t size;
    assert_null(file_open(path, NULL, &why));
    assert_string_equal(why, reason);
    assert_null(file_read(path, 4, &size, &why));
}

/* None of them is waited for. */
static void only_files_are_read(void **state) {
    (void)state;
    refused("No such file or directory");
    assert_int_equal(mkfifo(path, 0600), 0);
    refused("it is no file");
    unlink(path);
    assert_int_equal(mkdir(path, 0700), 0);
    refused("it is a folder");
    rmdir(path);
    assert_int_equal(symlink("/dev/zero", path), 0);
    refused("it is no file");
    unlink(path);
    assert_int_equal(symlink(path, path), 0);
    refused("Too many levels of symbolic links");
    unlink(path);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("12345", file);
    fclose(file);
    size_t size;
    const char *why;
    assert_null(file_read(path, 4, &size, &why));
    assert_string_equal(why, "it is too large");
    char *text = file_read(path, 5, &size, &why);
    assert_non_null(text);
    assert_int_equal(size, 5);
    assert_string_equal(text, "12345");
    free(text);
}

static char said[200];

/* Writes to the pipe of `path` once it has been said that this is waited for. */
static void *write_late(void *terminal) {
    FILE *lines = fdopen(*(int *)terminal, "r"), *writer;
    if (lines && fgets(said, sizeof said, lines) && (writer = fopen(path, "w"))) {
        fputs("late", writer);
        fclose(writer);
    }
    return NULL;
}

static void a_named_pipe_is_waited_for_aloud(void **state) {
    (void)state;
    char expected[200], text[8] = "";
    const char *why = NULL;
    int terminal[2], before = dup(STDERR_FILENO);
    pthread_t writer;
    assert_int_equal(mkfifo(path, 0600), 0);
    assert_int_equal(pipe(terminal), 0);
    dup2(terminal[1], STDERR_FILENO);
    assert_int_equal(pthread_create(&writer, NULL, write_late, &terminal[0]), 0);
    FILE *file = file_open_named(path, &why);
    dup2(before, STDERR_FILENO);
    assert_non_null(file);
    assert_int_equal(fread(text, 1, sizeof text, file), 4);
    assert_string_equal(text, "late");
    pthread_join(writer, NULL);
    snprintf(expected, sizeof expected, "easyfirst: waiting for %s, a pipe that nothing has come through yet\n", path);
    assert_string_equal(said, expected);
    fclose(file);
    close(before);
    close(terminal[1]);
    unlink(path);
    assert_null(file_open_named(path, &why));
    assert_string_equal(why, "No such file or directory");
}

static int refuse_with; /* errno that realpath ends with; 0: it works */
char *__real_realpath(const char *name, char *resolved);
char *__wrap_realpath(const char *name, char *resolved);
char *__wrap_realpath(const char *name, char *resolved) {
    errno = refuse_with;
    return refuse_with ? NULL : __real_realpath(name, resolved);
}

static void a_disk_that_fails_is_not_memory(void **state) {
    (void)state;
    Status status = {0};
    char share[4096] = "", own[4200];
    assert_true(readlink("/proc/self/exe", share, sizeof share - 16) > 0);
    snprintf(strrchr(share, '/'), 16, "/share");
    snprintf(own, sizeof own, "%s/disk", share);
    mkdir(share, 0700);
    mkdir(own, 0700);
    refuse_with = EIO;
    char *found = resource_path("disk", &status);
    refuse_with = 0;
    rmdir(own);
    rmdir(share);
    assert_null(found);
    assert_non_null(strstr(status.message, "/disk: Input/output error"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        TEST(lines_are_clean),
        TEST(pieces_are_cut_anywhere),
        TEST(only_files_are_read),
        TEST(a_named_pipe_is_waited_for_aloud),
        TEST(a_disk_that_fails_is_not_memory),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
