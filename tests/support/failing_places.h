/* What needs memory, tried once more for each place that asks for it: there is none there, and then there is again. A
 * place is the calls that led to it, innermost first; one that was tried before in this program is not tried again.
 * Link it with PLACES of tests/CMakeLists.txt. */
#ifndef EASYFIRST_FAILING_PLACES_H
#define EASYFIRST_FAILING_PLACES_H

#include "tests/support/failing_memory.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unwind.h>

#include <cmocka.h>

/* ---- what the C library allocates for us ---- */

#define ASKS(type, name, parameters, arguments, failure)                                                               \
    type __real_##name parameters;                                                                                     \
    type __wrap_##name parameters;                                                                                     \
    type __wrap_##name parameters {                                                                                    \
        return fails() ? (failure) : __real_##name arguments;                                                          \
    }

ASKS(char *, strdup, (const char *text), (text), NULL)
ASKS(char *, strndup, (const char *text, size_t size), (text, size), NULL)
ASKS(FILE *, fdopen, (int fd, const char *mode), (fd, mode), NULL)
ASKS(char *, realpath, (const char *path, char *to), (path, to), NULL)

int vasprintf(char **text, const char *format, va_list arguments) __attribute__((format(printf, 2, 0)));
int __wrap_asprintf(char **text, const char *format, ...) __attribute__((format(printf, 2, 3)));
int __wrap_asprintf(char **text, const char *format, ...) {
    va_list arguments;
    va_start(arguments, format);
    int length = fails() ? -1 : vasprintf(text, format, arguments);
    va_end(arguments);
    return length;
}

/* Streams into memory, which the C library makes larger as they are written: what then fails is their end. */
enum { STREAMS_MOST = 64 };
static FILE *in_memory[STREAMS_MOST];

FILE *__real_open_memstream(char **text, size_t *size);
FILE *__wrap_open_memstream(char **text, size_t *size);
FILE *__wrap_open_memstream(char **text, size_t *size) {
    FILE *stream = fails() ? NULL : __real_open_memstream(text, size);
    for (int i = 0; stream && i < STREAMS_MOST; i++)
        if (!in_memory[i]) {
            in_memory[i] = stream;
            break;
        }
    return stream;
}

static inline bool missing_of(FILE *stream, bool over) {
    for (int i = 0; stream && i < STREAMS_MOST; i++)
        if (in_memory[i] == stream) {
            in_memory[i] = over ? NULL : stream;
            return fails();
        }
    return false;
}

int __real_fclose(FILE *stream);
int __wrap_fclose(FILE *stream);
int __wrap_fclose(FILE *stream) {
    bool missing = missing_of(stream, true);
    int closed = __real_fclose(stream);
    errno = missing ? ENOMEM : errno;
    return missing ? EOF : closed;
}

int __real_fflush(FILE *stream);
int __wrap_fflush(FILE *stream);
int __wrap_fflush(FILE *stream) {
    return missing_of(stream, false) ? EOF : __real_fflush(stream);
}

int __real_ferror(FILE *stream);
int __wrap_ferror(FILE *stream);
int __wrap_ferror(FILE *stream) {
    return missing_of(stream, false) || __real_ferror(stream);
}

/* What a library has asked for (memory_watch.h) is missing. */
bool __wrap_memory_failed(int before);
bool __real_memory_failed(int before);
bool __wrap_memory_failed(int before) {
    return fails() || __real_memory_failed(before);
}

bool __wrap_memory_enough(void);
bool __real_memory_enough(void);
bool __wrap_memory_enough(void) {
    return !fails() && __real_memory_enough();
}

/* ---- places ---- */

enum { PLACE_CALLS = 8, PLACES_MOST = 1 << 14, TRIALS_MOST = 4000 };

static uint64_t places[PLACES_MOST];    /* by their hashes; 0: free */
static long asked, new_at[TRIALS_MOST]; /* allocations so far; those that are the first at a new place */
static int new_count;

typedef struct PlaceWalk {
    uint64_t hash;
    int calls;
} PlaceWalk;

static inline _Unwind_Reason_Code take_call(struct _Unwind_Context *context, void *user) {
    PlaceWalk *walk = user;
    walk->hash = (walk->hash ^ (uint64_t)_Unwind_GetIP(context)) * UINT64_C(1099511628211);
    return ++walk->calls < PLACE_CALLS ? _URC_NO_REASON : _URC_END_OF_STACK;
}

static inline void list_place(void) {
    PlaceWalk walk = {UINT64_C(14695981039346656037), 0};
    _Unwind_Backtrace(take_call, &walk);
    size_t at = walk.hash >> 50;
    while (places[at] != 0 && places[at] != walk.hash)
        at = (at + 1) % PLACES_MOST;
    if (places[at] == 0 && new_count < TRIALS_MOST) {
        places[at] = walk.hash;
        new_at[new_count++] = asked;
    }
    asked++;
}

/* attempt: whether it was done; check: what must hold then, and where it was not. It is done once before, so that what
 * is kept from then on (fonts, libraries) is there. Returns at how many places there was no memory. */
static inline int try_each_place(bool (*attempt)(void *user), void (*check)(void *user, bool done), void *user) {
    for (int times = 0; times < 2; times++) {
        asked = new_count = 0;
        on_asking = times == 1 ? list_place : NULL;
        bool done = attempt(user);
        on_asking = NULL;
        check(user, done);
        assert_true(done);
    }
    for (int i = 0; i < new_count; i++) {
        left = new_at[i];
        bool done = attempt(user);
        left = -1;
        check(user, done);
    }
    return new_count;
}

#endif
