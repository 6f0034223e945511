#define _GNU_SOURCE /* memfd_create, pipe2 */
#include "app/base/process.h"

#include "app/base/language.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

extern char **environ;

enum { CLEAR_OF_STANDARD = 16 }; /* descriptors from here on are in nobody's way when 0 to 3 are laid out */

/* A copy of the descriptor out of the way, closed in other programs; -1 and errno on failure. */
static int out_of_the_way(int descriptor) {
    return fcntl(descriptor, F_DUPFD_CLOEXEC, CLEAR_OF_STANDARD);
}

static void close_if(int *descriptor) {
    if (*descriptor >= 0)
        close(*descriptor);
    *descriptor = -1;
}

/* The child's 0 to 3 are these. What fails here lacks memory alone. */
static int lay_out(posix_spawn_file_actions_t *actions, int input, int said, int third) {
    int error = posix_spawn_file_actions_adddup2(actions, input, STDIN_FILENO);
    error |= posix_spawn_file_actions_addopen(actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    error |= posix_spawn_file_actions_adddup2(actions, said, STDERR_FILENO);
    if (third >= 0)
        error |= posix_spawn_file_actions_adddup2(actions, third, 3);
    return error;
}

/* Signals are the child's own again, and it gets a group of its own. */
static int set_attributes(posix_spawnattr_t *attributes) {
    sigset_t all, none;
    sigfillset(&all);
    sigemptyset(&none);
    posix_spawnattr_setsigdefault(attributes, &all);
    posix_spawnattr_setsigmask(attributes, &none);
    posix_spawnattr_setpgroup(attributes, 0);
    return posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETPGROUP);
}

static int spawn(pid_t *pid, const char *const arguments[], int input, int said, int third) {
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_init(&actions); /* these two fail with no C library that Linux has */
    posix_spawnattr_init(&attributes);
    int error = lay_out(&actions, input, said, third);
    error |= set_attributes(&attributes);
    if (error == 0) /* which changes no argument, whatever its type says */
        error = posix_spawnp(pid, arguments[0], &actions, &attributes, (char *const *)(const void *)arguments, environ);
    posix_spawnattr_destroy(&attributes);
    posix_spawn_file_actions_destroy(&actions);
    return error;
}

/* *input is the end to read from, process->input the one to write to. */
static bool open_pipe(Process *process, int *input) {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0)
        return false;
    *input = out_of_the_way(ends[0]);
    process->input = out_of_the_way(ends[1]);
    close(ends[0]);
    close(ends[1]);
    if (*input < 0 || process->input < 0 || fcntl(process->input, F_SETFL, O_NONBLOCK) != 0)
        return false;
    (void)fcntl(process->input, F_SETPIPE_SZ, 1 << 20); /* fewer turns, where that much is allowed */
    return true;
}

int process_start(Process *process, const char *const arguments[], int input, int third) {
    *process = (Process){.input = -1, .said = -1};
    int own = -1, own_third = third >= 0 ? out_of_the_way(third) : -1;
    int said = memfd_create("said", MFD_CLOEXEC);
    process->said = said >= 0 ? out_of_the_way(said) : -1;
    close_if(&said);
    bool ready = process->said >= 0 && (third < 0 || own_third >= 0);
    if (ready && input < 0)
        ready = open_pipe(process, &own);
    else if (ready)
        ready = (own = out_of_the_way(input)) >= 0;
    int error = ready ? spawn(&process->pid, arguments, own, process->said, own_third) : errno;
    close_if(&own);
    close_if(&own_third);
    if (error != 0) {
        process->pid = 0;
        process_free(process);
    }
    return error;
}

ssize_t process_write(Process *process, const void *bytes, size_t size, int wait_ms) {
    for (;;) {
        ssize_t written = write(process->input, bytes, size);
        if (written >= 0)
            return written;
        if (errno == EAGAIN) {
            struct pollfd wait = {.fd = process->input, .events = POLLOUT};
            int ready = poll(&wait, 1, wait_ms);
            if (ready == 0)
                return 0;
            if (ready > 0)
                continue;
        }
        if (errno != EINTR)
            return -1;
    }
}

void process_close_input(Process *process) {
    if (process->input > 0)
        close_if(&process->input);
}

/* How it ended goes behind what it has said. */
static void note_end(Process *process, int how, bool *good) {
    process->pid = 0;
    *good = WIFEXITED(how) && WEXITSTATUS(how) == 0;
    lseek(process->said, 0, SEEK_END);
    if (WIFSIGNALED(how))
        dprintf(process->said, tr("\nwas killed by signal %d\n"), WTERMSIG(how));
    else
        dprintf(process->said, tr("\nended with exit code %d\n"), WEXITSTATUS(how));
}

bool process_ended(Process *process, int wait_ms, bool *good) {
    int how;
    for (int waited = 0;; waited++) {
        pid_t ended = waitpid(process->pid, &how, wait_ms < 0 ? 0 : WNOHANG);
        if (ended == process->pid) {
            note_end(process, how, good);
            return true;
        }
        if (ended < 0 && errno != EINTR) { /* somebody else has waited for it */
            note_end(process, 1 << 8, good);
            return true;
        }
        if (wait_ms >= 0 && waited >= wait_ms)
            return false;
        if (wait_ms > 0)
            poll(NULL, 0, 1);
    }
}

/* Without what changes from call to call: "[libx264 @ 0x55e1]". */
static char *without_address(char *line) {
    char *end = line[0] == '[' ? strchr(line, ']') : NULL;
    return end && strstr(line, " @ 0x") && strstr(line, " @ 0x") < end ? end + 1 + strspn(end + 1, " ") : line;
}

void process_complaint(const Process *process, char line[PROCESS_LINE]) {
    char text[4096];
    ssize_t read = pread(process->said, text, sizeof text - 1, 0);
    text[read > 0 ? read : 0] = '\0';
    char *first = text + strspn(text, " \r\n\t");
    first[strcspn(first, "\r\n")] = '\0';
    snprintf(line, PROCESS_LINE, "%s", without_address(first));
}

void process_free(Process *process) {
    if (process->pid > 0) {
        int how;
        kill(process->pid, SIGKILL);
        while (waitpid(process->pid, &how, 0) < 0 && errno == EINTR)
            continue;
    }
    if (process->input > 0)
        close(process->input);
    if (process->said > 0)
        close(process->said);
    *process = (Process){.input = -1, .said = -1};
}
