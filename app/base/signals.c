#define _GNU_SOURCE /* SIGSTKFLT */
#include "app/base/signals.h"

#include "app/base/file_part.h"

#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

/* Those that ask for the end, and may be noted; those that want it at once, or are a fault of ours. */
static const int ASKING[] = {SIGHUP,    SIGINT,  SIGTERM, SIGALRM, SIGUSR1, SIGUSR2,
                             SIGVTALRM, SIGPROF, SIGXCPU, SIGPOLL, SIGPWR,
#ifdef SIGSTKFLT
                             SIGSTKFLT
#endif
};
static const int AT_ONCE[] = {SIGQUIT, SIGABRT, SIGBUS, SIGFPE, SIGILL, SIGSEGV, SIGSYS, SIGTRAP};

static volatile sig_atomic_t noted, notes;

/* The program's first process in a container is not ended by a signal that it does not catch. */
static void end_by(int number) {
    sigset_t one;
    sigemptyset(&one);
    sigaddset(&one, number);
    signal(number, SIG_DFL);
    raise(number);
    sigprocmask(SIG_UNBLOCK, &one, NULL);
    _exit(128 + number);
}

/* Another thread that comes here meanwhile waits for the end. */
static void end_at_once(int number) {
    static atomic_flag ends = ATOMIC_FLAG_INIT;
    while (atomic_flag_test_and_set(&ends))
        pause();
    file_part_remove_all();
    end_by(number);
}

/* A terminal that closes says so twice, and a limit of processor time every second. */
static void take(int number) {
    if (!notes || (noted && (number == SIGINT || number == SIGTERM)))
        end_at_once(number);
    if (!noted)
        noted = number;
}

static void catch_those(const int *numbers, size_t count, void (*handler)(int)) {
    struct sigaction action = {.sa_handler = handler, .sa_flags = SA_RESTART}, before;
    sigfillset(&action.sa_mask);
    for (size_t i = 0; i < count; i++)
        if (sigaction(numbers[i], NULL, &before) == 0 && !(before.sa_flags & SA_SIGINFO) &&
            before.sa_handler == SIG_DFL)
            sigaction(numbers[i], &action, NULL);
}

void signals_catch(void) {
    signal(SIGPIPE, SIG_IGN); /* a closed pipe ends in an error message, not in silence; */
    signal(SIGXFSZ, SIG_IGN); /* so does a limit of files' sizes */
    catch_those(ASKING, sizeof ASKING / sizeof *ASKING, take);
    catch_those(AT_ONCE, sizeof AT_ONCE / sizeof *AT_ONCE, end_at_once);
    for (int number = SIGRTMIN; number <= SIGRTMAX; number++)
        catch_those(&number, 1, take);
    atexit(file_part_remove_all);
}

void signals_note(void) {
    notes = 1;
}

int signals_noted(void) {
    return noted;
}

void signals_end(void) {
    if (noted)
        end_by(noted);
}
