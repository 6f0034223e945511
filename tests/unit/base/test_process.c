/* Other programs, run beside this one. */
#define _GNU_SOURCE
#include "app/base/process.h"

#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static Process process;

static int free_process(void **state) {
    (void)state;
    process_free(&process);
    process_free(&process);
    return 0;
}

static void start(const char *script, int input, int third) {
    assert_int_equal(process_start(&process, (const char *const[]){"sh", "-c", script, NULL}, input, third), 0);
}

static void ends(const char *script, bool good, const char *complaint) {
    char line[PROCESS_LINE];
    bool was_good;
    start(script, -1, -1);
    process_close_input(&process);
    assert_true(process_ended(&process, -1, &was_good));
    assert_int_equal(was_good, good);
    process_complaint(&process, line);
    assert_string_equal(line, complaint);
    process_free(&process);
}

static void what_it_says_or_how_it_ends(void **state) {
    (void)state;
    ends("exit 0", true, "ended with exit code 0");
    ends("exit 3", false, "ended with exit code 3");
    ends("kill -9 $$", false, "was killed by signal 9");
    ends("echo; echo 'no room' >&2; echo more >&2; exit 1", false, "no room");
    ends("echo '[libx264 @ 0x55e1f0] bad size' >&2; exit 1", false, "bad size");
    ends("echo '[well] then' >&2; exit 1", false, "[well] then");
    ends("echo '[well] then @ 0x5' >&2; exit 1", false, "[well] then @ 0x5");
    ends("echo '[well @ 0x5' >&2; exit 1", false, "[well @ 0x5");
    /* signals that this program ignores are its own again */
    ends("kill -PIPE $$; exit 0", false, "was killed by signal 13");
}

static void there_may_be_none(void **state) {
    (void)state;
    const char *const nothing[] = {"easyfirst-no-such-program", NULL};
    assert_int_equal(process_start(&process, nothing, -1, -1), ENOENT);
    assert_int_equal(process.pid, 0);
    char *path = strdup(getenv("PATH"));
    setenv("PATH", "", 1);
    const char *const shell[] = {"sh", NULL};
    int error = process_start(&process, shell, -1, -1);
    setenv("PATH", path, 1);
    free(path);
    assert_int_equal(error, ENOENT);
}

/* A pipe's bytes go through it into its third descriptor. */
static void bytes_go_through(void **state) {
    (void)state;
    enum { SIZE = 3000000 };
    int memory = memfd_create("test", MFD_CLOEXEC);
    uint8_t *bytes = malloc(SIZE), *back = malloc(SIZE);
    assert_true(memory >= 0 && bytes && back);
    for (size_t i = 0; i < SIZE; i++)
        bytes[i] = (uint8_t)(i * 2654435761u >> 13);
    start("cat >&3", -1, memory);
    for (size_t sent = 0; sent < SIZE;) {
        ssize_t written = process_write(&process, bytes + sent, SIZE - sent, -1);
        assert_true(written > 0);
        sent += (size_t)written;
    }
    bool good = false;
    assert_false(process_ended(&process, 0, &good)); /* it waits for more */
    process_close_input(&process);
    process_close_input(&process);
    assert_true(process_ended(&process, -1, &good) && good);
    assert_int_equal(pread(memory, back, SIZE, 0), SIZE);
    assert_memory_equal(back, bytes, SIZE);
    process_free(&process);
    /* the same file as its standard input */
    int copy = memfd_create("copy", MFD_CLOEXEC);
    lseek(memory, 0, SEEK_SET);
    start("cat >&3", memory, copy);
    assert_true(process_ended(&process, -1, &good) && good);
    assert_int_equal(pread(copy, back, SIZE, 0), SIZE);
    assert_memory_equal(back, bytes, SIZE);
    close(memory);
    close(copy);
    free(bytes);
    free(back);
}

static void a_full_pipe_does_not_block_and_a_closed_one_fails(void **state) {
    (void)state;
    static uint8_t bytes[1 << 16];
    ssize_t written, all = 0;
    start("exec sleep 100", -1, -1);
    while ((written = process_write(&process, bytes, sizeof bytes, 0)) > 0)
        all += written;
    assert_int_equal(written, 0);
    assert_true(all >= (ssize_t)sizeof bytes);
    assert_int_equal(process_write(&process, bytes, 1, 1), 0);
    pid_t pid = process.pid;
    assert_int_equal(getpgid(pid), pid); /* Ctrl+C in a terminal is not for it */
    process_free(&process);
    assert_int_equal(kill(pid, 0), -1);
    start("exit 0", -1, -1);
    while ((written = process_write(&process, bytes, sizeof bytes, -1)) > 0)
        continue;
    assert_int_equal(written, -1);
    assert_int_equal(errno, EPIPE);
}

/* ---- what does not go as usual ---- */

enum { LIMIT = 24 };

/* As many as there may be are open, but for so many. */
static void take_all_but(int taken[LIMIT], int *count, int spare) {
    for (*count = 0; *count < LIMIT; ++*count)
        if ((taken[*count] = fcntl(STDERR_FILENO, F_DUPFD_CLOEXEC, 3)) < 0)
            break;
    for (; spare > 0; spare--)
        close(taken[--*count]);
}

static int count_open(void) {
    int count = 0;
    for (int i = 0; i < LIMIT; i++)
        count += fcntl(i, F_GETFD) >= 0;
    return count;
}

/* Whatever it is that finds no free descriptor, that is the error, and those that were opened are closed. */
static void too_many_open_files_are_told(void **state) {
    (void)state;
    static const struct {
        int input, third, needed; /* descriptors, at the most at once */
    } CASES[] = {{-1, -1, 5}, {-1, STDERR_FILENO, 6}, {STDIN_FILENO, -1, 2}, {STDIN_FILENO, STDERR_FILENO, 3}};
    struct rlimit before, few;
    assert_int_equal(getrlimit(RLIMIT_NOFILE, &before), 0);
    few = before;
    few.rlim_cur = LIMIT;
    assert_int_equal(setrlimit(RLIMIT_NOFILE, &few), 0);
    const char *const arguments[] = {"true", NULL};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        for (int spare = 0; spare <= CASES[i].needed; spare++) {
            int taken[LIMIT], count;
            take_all_but(taken, &count, spare);
            int open_before = count_open();
            int error = process_start(&process, arguments, CASES[i].input, CASES[i].third);
            process_free(&process);
            int open_after = count_open();
            while (count > 0)
                close(taken[--count]);
            if (error != (spare < CASES[i].needed ? EMFILE : 0))
                fail_msg("case %zu with %d: %s", i, spare, strerror(error));
            assert_int_equal(open_after, open_before);
        }
    setrlimit(RLIMIT_NOFILE, &before);
}

static void who_was_waited_for_elsewhere_is_over(void **state) {
    (void)state;
    bool good = true;
    char line[PROCESS_LINE];
    start("exit 0", -1, -1);
    assert_int_equal(waitpid(process.pid, NULL, 0), process.pid);
    assert_true(process_ended(&process, 0, &good));
    assert_false(good); /* nobody knows */
    process_complaint(&process, line);
    assert_string_equal(line, "ended with exit code 1");
    process_free(&process);
    start("exit 0", -1, -1);
    assert_int_equal(waitpid(process.pid, NULL, 0), process.pid);
    process_free(&process);
    assert_int_equal(process.pid, 0);
}

static void end_it(int number) {
    (void)number;
    kill(process.pid, SIGTERM);
}

/* A signal that comes while one waits, and ends the other program. */
static void signals_interrupt_no_wait(void **state) {
    (void)state;
    static uint8_t bytes[1 << 16];
    const struct itimerval soon = {.it_value.tv_usec = 50000};
    struct sigaction action = {.sa_handler = end_it}, before; /* calls are not begun again */
    sigaction(SIGALRM, &action, &before);
    bool good = true;
    char line[PROCESS_LINE];
    start("exec sleep 100", -1, -1);
    setitimer(ITIMER_REAL, &soon, NULL);
    assert_true(process_ended(&process, -1, &good));
    assert_false(good);
    process_complaint(&process, line);
    assert_string_equal(line, "was killed by signal 15");
    process_free(&process);
    start("exec sleep 100", -1, -1);
    while (process_write(&process, bytes, sizeof bytes, 0) > 0)
        continue;
    setitimer(ITIMER_REAL, &soon, NULL);
    assert_int_equal(process_write(&process, bytes, sizeof bytes, -1), -1);
    assert_int_equal(errno, EPIPE);
    sigaction(SIGALRM, &before, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(what_it_says_or_how_it_ends, free_process),
        cmocka_unit_test_teardown(there_may_be_none, free_process),
        cmocka_unit_test_teardown(bytes_go_through, free_process),
        cmocka_unit_test_teardown(a_full_pipe_does_not_block_and_a_closed_one_fails, free_process),
        cmocka_unit_test_teardown(too_many_open_files_are_told, free_process),
        cmocka_unit_test_teardown(who_was_waited_for_elsewhere_is_over, free_process),
        cmocka_unit_test_teardown(signals_interrupt_no_wait, free_process),
    };
    signal(SIGPIPE, SIG_IGN);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
