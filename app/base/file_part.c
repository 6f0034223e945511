#define _GNU_SOURCE /* asprintf */
#include "app/base/file_part.h"

#include "app/base/file_name.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <pthread.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

enum {
    NAME_KEPT = 190, /* bytes of the target's name, so that the whole one stays below NAME_MAX */
    OPEN_MOST = 32,
    TRIES = 100,
    FOLDERS = 16,         /* that have been swept and are known to be */
    ENTRIES_MOST = 20000, /* of a folder that is swept: some ten milliseconds */
    PATIENCE = 1000       /* milliseconds that a signal waits for a file that is just being made */
};
static const char MARK[] = ".easyfirst-", ENDING[] = ".part";

/* ---- those that are open ---- */

/* Whoever takes a name out of its slot owns it; a signal handler unlinks the file and leaves the memory. */
static _Atomic(char *) open_parts[OPEN_MOST];
static atomic_int making; /* threads that are between making a file and noting it */
static atomic_bool over;

static bool remember(char *path) {
    for (size_t i = 0; i < OPEN_MOST; i++) {
        char *none = NULL;
        if (atomic_compare_exchange_strong(&open_parts[i], &none, path))
            return true;
    }
    return false;
}

void file_part_forget(char *path) {
    bool ours = false; /* else a signal handler has it */
    for (size_t i = 0; i < OPEN_MOST && !ours; i++) {
        char *expected = path;
        ours = atomic_compare_exchange_strong(&open_parts[i], &expected, NULL);
    }
    if (ours)
        free(path);
}

void file_part_remove_all(void) {
    int saved = errno;
    atomic_store(&over, true);
    for (int i = 0; i < PATIENCE && atomic_load(&making) > 0; i++)
        poll(NULL, 0, 1);
    for (size_t i = 0; i < OPEN_MOST; i++) {
        char *path = atomic_exchange(&open_parts[i], NULL);
        if (path)
            unlink(path);
    }
    errno = saved;
}

/* ---- names ---- */

/* Locks may not reach from host to host: what another one has made is not touched. */
static uint32_t host(void) {
    struct utsname name;
    uint32_t sum = 2166136261u; /* FNV-1a */
    if (uname(&name) == 0)
        for (const char *c = name.nodename; *c; c++)
            sum = (sum ^ (unsigned char)*c) * 16777619u;
    return sum;
}

static char *name_for(const char *target) {
    static atomic_uint count;
    size_t folder = file_folder_length(target);
    char *path;
    int length = asprintf(&path, "%.*s.%.*s%s%08x-%ld-%u%s", (int)folder, target, (int)NAME_KEPT, target + folder, MARK,
                          (unsigned)host(), (long)getpid(), atomic_fetch_add(&count, 1), ENDING);
    return length < 0 ? NULL : path;
}

/* Whether the name is one that name_for has made on this host. */
static bool is_name(const char *name) {
    size_t length = strlen(name), end = sizeof ENDING - 1;
    if (name[0] != '.' || length <= end || strcmp(name + length - end, ENDING) != 0)
        return false;
    const char *mark = NULL;
    for (const char *next = name; (next = strstr(next, MARK)); next++)
        mark = next;
    char here[16];
    snprintf(here, sizeof here, "%08x-", (unsigned)host());
    if (!mark || strncmp(mark + sizeof MARK - 1, here, strlen(here)) != 0)
        return false;
    const char *pid = mark + sizeof MARK - 1 + strlen(here);
    size_t digits = strspn(pid, "0123456789"), more = strspn(pid + digits + (pid[digits] == '-'), "0123456789");
    return digits > 0 && pid[digits] == '-' && more > 0 && pid + digits + 1 + more == name + length - end;
}

/* ---- what others have left ---- */

static void remove_if_left(int folder, const char *name) {
    struct stat info, there;
    int fd = openat(folder, name, O_RDWR | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
    if (fd < 0)
        return;
    if (fstat(fd, &info) == 0 && S_ISREG(info.st_mode) && info.st_uid == geteuid() &&
        flock(fd, LOCK_EX | LOCK_NB) == 0 && fstatat(folder, name, &there, AT_SYMLINK_NOFOLLOW) == 0 &&
        file_is_one(&info, &there))
        unlinkat(folder, name, 0);
    close(fd);
}

void file_part_sweep(const char *path) {
    char *name = file_folder(path);
    DIR *folder = name ? opendir(name) : NULL;
    struct dirent *entry;
    for (int i = 0; folder && i < ENTRIES_MOST && (entry = readdir(folder)) != NULL; i++)
        if (is_name(entry->d_name))
            remove_if_left(dirfd(folder), entry->d_name);
    if (folder)
        closedir(folder);
    free(name);
}

/* Each folder once, as long as they are few. */
static void sweep_once(const char *path) {
    static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
    static struct stat swept[FOLDERS];
    static int count;
    char *name = file_folder(path);
    struct stat info;
    bool known = !name || stat(name, &info) != 0;
    free(name);
    pthread_mutex_lock(&lock);
    for (int i = 0; i < count && i < FOLDERS && !known; i++)
        known = file_is_one(&swept[i], &info);
    if (!known)
        swept[count++ % FOLDERS] = info;
    pthread_mutex_unlock(&lock);
    if (!known)
        file_part_sweep(path);
}

/* ---- making ---- */

/* False if one that sweeps has found it before it was locked. Without locks it is ours. */
static bool lock(int fd) {
    struct stat info;
    if (flock(fd, LOCK_EX | LOCK_NB) != 0)
        return errno != EWOULDBLOCK;
    return fstat(fd, &info) != 0 || info.st_nlink > 0;
}

/* To signal handlers this is one step. -1 and errno on failure. */
static int create(char *path, mode_t mode) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    atomic_fetch_add(&making, 1);
    int fd = -1, error = ECANCELED;
    if (!atomic_load(&over)) {
        fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, mode);
        error = errno;
    }
    if (fd >= 0 && !remember(path)) {
        unlink(path);
        close(fd);
        fd = -1;
        error = EMFILE;
    }
    atomic_fetch_sub(&making, 1);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    errno = error;
    return fd;
}

static void drop(char *path, int fd) {
    unlink(path);
    close(fd);
    file_part_forget(path);
}

int file_part_create(const char *target, mode_t mode, char **path, int *held) {
    int error = ENOMEM;
    sweep_once(target);
    for (int i = 0; i < TRIES; i++) {
        *path = name_for(target);
        int fd = *path ? create(*path, mode) : -1;
        if (fd < 0) {
            error = *path ? errno : ENOMEM;
            free(*path);
            if (error != EEXIST)
                break;
        } else if (!lock(fd)) {
            drop(*path, fd);
            error = EBUSY;
        } else if ((*held = fcntl(fd, F_DUPFD_CLOEXEC, 3)) < 0) {
            error = errno;
            drop(*path, fd);
            break;
        } else {
            return fd;
        }
    }
    errno = error;
    return -1;
}
