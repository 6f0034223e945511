/* How a function that can fail says what went wrong.
 *
 * Functions that can fail take a Status * as their last argument and return bool (true: it worked). On failure they
 * return status_fail(...), which fills in one clear line without a trailing newline. Status.code is the exit code
 * that the program ends with if nobody recovers. A programmer's mistakes are asserts, never a Status. */
#ifndef EASYFIRST_STATUS_H
#define EASYFIRST_STATUS_H

#include <stdbool.h>

typedef enum {
    STATUS_OK = 0,
    STATUS_FAILED = 1, /* failed at run time: file, memory, display */
    STATUS_USAGE = 2,  /* a wrong option, setting or value */
    STATUS_EXISTS = 3, /* STATUS_FAILED because of a file that exists and was not to be replaced; ends with 1, too */
} StatusCode;

typedef struct Status {
    StatusCode code;
    char message[1024]; /* one line, safe on a terminal (utf8_clean), cut with "..." if too long */
} Status;

/* Marks a text in a table that is translated where it is shown. */
#define N_(english) english

/* Translates the formats of messages, and what status_no_memory names, into the reader's language; NULL: none, as at
 * first. The front end sets it; core knows no language. May be called by any thread. */
void status_translate(const char *(*words)(const char *english));
/* What it makes of a text: for words that are put into a message. */
const char *status_text(const char *english) __attribute__((format_arg(1)));

/* Fills in *status and returns false. */
bool status_fail(Status *status, StatusCode code, const char *format, ...) __attribute__((format(printf, 3, 4)));

/* status_fail for "not enough memory for WHAT". */
bool status_no_memory(Status *status, const char *what);

/* Puts "PREFIX: " in front of the message of a failed status, and returns false. */
bool status_prefix(Status *status, const char *format, ...) __attribute__((format(printf, 2, 3)));

#endif
