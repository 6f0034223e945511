/* Signals: files that are being written go, the program ends by the signal, and one that may be noted is. Each in a
 * child of its own. */
#include "app/base/signals.h"
#include "app/base/file_write.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/wait.h>

#include <cmocka.h>

#define SCRATCH_FILE "out.csv"
#include "tests/support/scratch.h"

/* Counts of what ran (tests/coverage), which a signal's end would lose. */
void __gcov_dump(void) __attribute__((weak));
int __real_raise(int number);
int __wrap_raise(int number);
int __wrap_raise(int number) {
    if (__gcov_dump && getenv("EASYFIRST_COVERAGE"))
        __gcov_dump();
    return __real_raise(number);
}

static void get(int number) {
    kill(getpid(), number);
}

static FileWrite file;

/* What became of a child that does this with a file half written: the signal that ended it, or minus its status. */
static int child(void (*does)(void)) {
    pid_t pid = fork();
    assert_true(pid >= 0);
    if (pid == 0) {
        Status status;
        if (!file_begin(&file, path, false, &status))
            _exit(99);
        fputs("half", file.stream);
        fflush(file.stream);
        does();
        exit(7);
    }
    int how;
    assert_int_equal(waitpid(pid, &how, 0), pid);
    assert_int_equal(files_in_folder(), 0);
    return WIFSIGNALED(how) ? WTERMSIG(how) : -WEXITSTATUS(how);
}

static void goes_on(void) {
    signals_catch();
    signals_end(); /* none has come */
}

static void one(int number) {
    signals_catch();
    get(number);
}

static void terminated(void) {
    one(SIGTERM);
}

static void hung_up(void) {
    one(SIGHUP);
}

static void quit(void) {
    one(SIGQUIT);
}

static void real_time(void) {
    one(SIGRTMIN + 3);
}

static void the_end_is_the_signals(void **state) {
    (void)state;
    assert_int_equal(child(goes_on), -7);
    assert_int_equal(child(terminated), SIGTERM);
    assert_int_equal(child(hung_up), SIGHUP);
    assert_int_equal(child(quit), SIGQUIT);
    assert_int_equal(child(real_time), SIGRTMIN + 3);
}

static void expect(bool good) {
    if (!good)
        _exit(98);
}

/* The first that came is the one; another request to end does not wait for it. */
static void is_noted(void) {
    signals_note();
    expect(signals_noted() == 0);
    one(SIGHUP);
    get(SIGHUP);
    get(SIGUSR1);
    expect(signals_noted() == SIGHUP);
    file_abandon(&file); /* as the program closes what it has open */
    signals_end();
}

static void is_asked_twice(void) {
    signals_note();
    one(SIGINT);
    expect(signals_noted() == SIGINT);
    get(SIGTERM);
    expect(false);
}

static void noted_ones_end_it_later(void **state) {
    (void)state;
    assert_int_equal(child(is_noted), SIGHUP);
    assert_int_equal(child(is_asked_twice), SIGTERM);
}

static volatile sig_atomic_t heard;

static void hear(int number, siginfo_t *info, void *context) {
    (void)info, (void)context;
    heard = number;
}

static void are_others(void) {
    struct sigaction own = {.sa_sigaction = hear, .sa_flags = SA_SIGINFO};
    sigemptyset(&own.sa_mask);
    signal(SIGHUP, SIG_IGN);
    sigaction(SIGUSR1, &own, NULL);
    one(SIGHUP);
    get(SIGUSR1);
    get(SIGPIPE);
    get(SIGXFSZ);
    expect(heard == SIGUSR1);
}

/* nohup's, a debugger's; a closed pipe and a full disk are told otherwise. */
static void what_is_ignored_or_heard_stays_so(void **state) {
    (void)state;
    assert_int_equal(child(are_others), -7);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(the_end_is_the_signals),
        TEST(noted_ones_end_it_later),
        TEST(what_is_ignored_or_heard_stays_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
