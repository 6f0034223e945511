/* Calls to the system that fail when the test says so: link it with --wrap for those that are named in CALLS.
 * refuse(CALL, AFTER, TIMES, ERROR): after so many that succeed so many fail with that errno. */
#ifndef EASYFIRST_FAILING_CALLS_H
#define EASYFIRST_FAILING_CALLS_H

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>

typedef enum {
    ACCESS,
    CLOSE,
    COOKIE,
    CALL_LINK,
    FCHMOD,
    FCHOWN,
    FSYNC,
    HOLD,
    LOCK,
    READLINK,
    RENAME,
    RENAME_AT,
    TEMPORARY,
    WRITE,
    CALLS
} SystemCall;

static struct Refusal { int after, times, error; } refusals[CALLS];

static inline void refuse(SystemCall call, int after, int times, int error) {
    refusals[call] = (struct Refusal){after, times, error};
}

static inline void refuse_none(void) {
    memset(refusals, 0, sizeof refusals);
}

static inline bool is_refused(SystemCall call) {
    struct Refusal *r = &refusals[call];
    if (r->times == 0 || r->after-- > 0)
        return false;
    r->after = 0;
    r->times--;
    errno = r->error;
    return true;
}

#define WRAPPED(type, name, call, parameters, arguments, failure)                                                      \
    type __real_##name parameters;                                                                                     \
    type __wrap_##name parameters;                                                                                     \
    type __wrap_##name parameters {                                                                                    \
        return is_refused(call) ? (failure) : __real_##name arguments;                                                 \
    }

WRAPPED(int, access, ACCESS, (const char *path, int how), (path, how), -1)
WRAPPED(int, fchmod, FCHMOD, (int fd, mode_t mode), (fd, mode), -1)
WRAPPED(int, fchown, FCHOWN, (int fd, uid_t owner, gid_t group), (fd, owner, group), -1)
WRAPPED(int, close, CLOSE, (int fd), (fd), (__real_close(fd), errno = refusals[CLOSE].error, -1))
WRAPPED(FILE *, fopencookie, COOKIE, (void *cookie, const char *mode, cookie_io_functions_t calls),
        (cookie, mode, calls), NULL)
WRAPPED(int, link, CALL_LINK, (const char *from, const char *to), (from, to), -1)
WRAPPED(int, flock, LOCK, (int fd, int how), (fd, how), -1)
WRAPPED(int, fsync, FSYNC, (int fd), (fd), -1)
WRAPPED(ssize_t, readlink, READLINK, (const char *path, char *text, size_t size), (path, text, size), -1)
WRAPPED(int, rename, RENAME, (const char *from, const char *to), (from, to), -1)
WRAPPED(ssize_t, write, WRITE, (int fd, const void *bytes, size_t size), (fd, bytes, size), errno ? -1 : 0)

/* Of a new file that must not be there. */
int __real_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...);
int __wrap_open(const char *path, int flags, ...) {
    va_list list;
    va_start(list, flags);
    mode_t mode = (flags & O_CREAT) != 0 ? va_arg(list, mode_t) : 0;
    va_end(list);
    return (flags & O_EXCL) != 0 && is_refused(TEMPORARY) ? -1 : __real_open(path, flags, mode);
}

/* Of one that lasts longer than what is written into. */
int __real_fcntl(int fd, int command, ...);
int __wrap_fcntl(int fd, int command, ...);
int __wrap_fcntl(int fd, int command, ...) {
    va_list list;
    va_start(list, command);
    long argument = va_arg(list, long);
    va_end(list);
    return command == F_DUPFD_CLOEXEC && is_refused(HOLD) ? -1 : __real_fcntl(fd, command, argument);
}

/* renameat2, which has a name in the C library only since glibc 2.28, is called by its number. */
long __real_syscall(long number, ...);
long __wrap_syscall(long number, ...);
long __wrap_syscall(long number, ...) {
    va_list list;
    va_start(list, number);
    long a[5];
    for (int i = 0; i < 5; i++)
        a[i] = va_arg(list, long);
    va_end(list);
    return is_refused(RENAME_AT) ? -1 : __real_syscall(number, a[0], a[1], a[2], a[3], a[4]);
}

#endif
