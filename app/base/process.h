/* Another program that works for this one, found by PATH and started without a shell: it reads a pipe or a file, what
 * it writes to standard output is dropped, and what it says on standard error is kept for an error line. It has a
 * process group of its own, so that Ctrl+C in a terminal is this program's alone. The program ignores SIGPIPE. */
#ifndef EASYFIRST_PROCESS_H
#define EASYFIRST_PROCESS_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#define PROCESS_LINE 256

typedef struct Process { /* a zeroed one is none */
    pid_t pid;           /* 0: it is not there, or has ended */
    int input;           /* the pipe to its standard input, which does not block; -1: none, or closed */
    int said;            /* a file in memory */
} Process;

/* arguments: the program's name first, NULL last. input: a descriptor to read from, or -1: a pipe. third: what it gets
 * as its descriptor 3, or -1: nothing. Both stay the caller's. 0, or an errno: ENOENT if there is no such program. */
int process_start(Process *process, const char *const arguments[], int input, int third);

/* Writes what the pipe takes, waiting for at most so many milliseconds until it takes some (-1: as long as that is).
 * How many bytes; -1 and errno on failure. */
ssize_t process_write(Process *process, const void *bytes, size_t size, int wait_ms);

void process_close_input(Process *process); /* it has been told all; twice is fine */

/* Waits for its end, at most so many milliseconds (-1: as long as it takes). Whether it has ended; *good: with 0. */
bool process_ended(Process *process, int wait_ms, bool *good);

/* The first line that it has said; else, once it has ended, how: "ended with exit code 1", "was killed by signal 9". */
void process_complaint(const Process *process, char line[PROCESS_LINE]);

/* Kills it if it is there still, and frees what there is of it; safe on a zeroed one, and twice. */
void process_free(Process *process);

#endif
