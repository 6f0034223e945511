#define _GNU_SOURCE /* fopencookie, syscall */
#include "app/base/file_write.h"

#include "app/base/file_part.h"
#include "app/base/language.h"
#include "app/base/terminal.h"

#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <limits.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define STREAM_BUFFER ((size_t)64 << 10)
#define LINKS_MAX 40 /* as the kernel follows at most */

/* Under the stream lies our own write, because stdio forgets why a write failed long before the commit. */
struct FileSink {
    int fd;
    int lock;         /* holds the temporary file's lock until it has its name; -1: none */
    int error;        /* errno of the first failed write */
    uint64_t written; /* bytes */
    bool terminal;    /* which gets nothing that it would obey */
    TerminalPiece piece;
    char buffer[STREAM_BUFFER];
};

static void write_all(struct FileSink *sink, const char *bytes, size_t size) {
    size_t done = 0;
    while (done < size && sink->error == 0) {
        ssize_t n = write(sink->fd, bytes + done, size - done);
        if (n > 0) {
            done += (size_t)n;
            sink->written += (uint64_t)n;
        } else if (n == 0 || errno != EINTR) {
            sink->error = n == 0 ? EIO : errno;
        }
    }
}

static void write_terminal(struct FileSink *sink, const char *bytes, size_t size, bool last) {
    char *cleaned;
    size_t length = terminal_piece(&sink->piece, bytes, size, last, &cleaned);
    if (cleaned)
        write_all(sink, cleaned, length);
    else
        sink->error = ENOMEM;
    free(cleaned);
}

static ssize_t sink_write(void *cookie, const char *bytes, size_t size) {
    struct FileSink *sink = cookie;
    if (sink->terminal)
        write_terminal(sink, bytes, size, false);
    else
        write_all(sink, bytes, size);
    return sink->error == 0 ? (ssize_t)size : 0;
}

static bool fail(Status *status, const char *path, int error) {
    return status_fail(status, STATUS_FAILED, "cannot write %s: %s", path,
                       error == ENXIO ? tr("no program reads from it") : tr_error(error));
}

static atomic_bool never_waits;

void file_never_wait(void) {
    atomic_store(&never_waits, true);
}

static bool fail_exists(Status *status, const char *path) {
    return status_fail(status, STATUS_EXISTS, "%s: exists already", path);
}

/* The descriptor that a path such as /dev/stdout names, or -1. It is duplicated rather than opened anew:
 * opening would start at the beginning of a file that standard output is redirected to. */
static int descriptor_of(const char *path) {
    if (strcmp(path, "/dev/stdout") == 0)
        return STDOUT_FILENO;
    if (strcmp(path, "/dev/stderr") == 0)
        return STDERR_FILENO;
    static const char *const folders[] = {"/dev/fd/", "/proc/self/fd/"};
    for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
        size_t length = strlen(folders[i]);
        if (strncmp(path, folders[i], length) == 0 && path[length] >= '0' && path[length] <= '9') {
            char *end;
            errno = 0;
            long number = strtol(path + length, &end, 10);
            return *end == '\0' && errno == 0 && number <= INT_MAX ? (int)number : -1;
        }
    }
    return -1;
}

/* path with the links at its last part followed, whether their end exists or not; malloc'd. NULL and errno on
 * failure. */
static char *follow_links(const char *path) {
    char *target = strdup(path);
    for (int i = 0; target; i++) {
        struct stat info;
        if (lstat(target, &info) != 0 || !S_ISLNK(info.st_mode))
            return target; /* what does not exist is created there; other errors show when it is opened */
        if (i == LINKS_MAX) {
            free(target);
            errno = ELOOP;
            return NULL;
        }
        char link_text[PATH_MAX];
        ssize_t length = readlink(target, link_text, sizeof link_text - 1);
        if (length < 0) {
            int error = errno;
            free(target);
            errno = error;
            return NULL;
        }
        link_text[length] = '\0';
        size_t folder = link_text[0] == '/' ? 0 : file_folder_length(target);
        char *next = malloc(folder + (size_t)length + 1);
        if (next) {
            memcpy(next, target, folder);
            memcpy(next + folder, link_text, (size_t)length + 1);
        }
        free(target);
        target = next;
    }
    errno = ENOMEM;
    return NULL;
}

/* Whether two files that are not there would be made in one folder, by one name; some disks don't tell capitals from
 * small letters. */
static bool is_same_future(const char *a, const char *b) {
    if (strcasecmp(file_base_name(a), file_base_name(b)) != 0)
        return false;
    char *in_a = file_folder(a), *in_b = file_folder(b);
    struct stat of_a, of_b;
    bool same = in_a && in_b && stat(in_a, &of_a) == 0 && stat(in_b, &of_b) == 0 && file_is_one(&of_a, &of_b);
    free(in_a);
    free(in_b);
    return same;
}

bool file_is_stream(const char *path) {
    return descriptor_of(path) >= 0;
}

bool file_is_same(const char *a, const char *b) {
    struct stat of_a, of_b;
    if (descriptor_of(a) >= 0 && descriptor_of(a) == descriptor_of(b))
        return true;
    bool there_a = stat(a, &of_a) == 0, there_b = stat(b, &of_b) == 0;
    if (there_a && there_b)
        return file_is_one(&of_a, &of_b) && !S_ISCHR(of_a.st_mode);
    if (there_a || there_b)
        return false;
    char *end_a = follow_links(a), *end_b = follow_links(b);
    bool same = end_a && end_b && is_same_future(end_a, end_b);
    free(end_a);
    free(end_b);
    return same;
}

/* What replaces a file gets its owner, group and mode. Someone else's file in our folder becomes ours: nothing else is
 * possible; where its group cannot be kept, the new one may no more than the others. */
static bool set_mode(int fd, const struct stat *old) {
    mode_t mode = old->st_mode & 0777;
    struct stat now;
    if (fchown(fd, old->st_uid, old->st_gid) != 0 && fchown(fd, (uid_t)-1, old->st_gid) != 0 &&
        (fstat(fd, &now) != 0 || now.st_gid != old->st_gid))
        mode &= 0707 | (mode & 07) << 3;
    if (fchmod(fd, mode) == 0)
        return true;
    int error = errno; /* some file systems have one mode for all */
    bool same = fstat(fd, &now) == 0 && (now.st_mode & 0777) == mode;
    errno = error;
    return same;
}

/* Opens the descriptor to write to: the temporary file's, or the target's own. -1 and *status on failure. */
static int open_target(FileWrite *file, Status *status) {
    const char *path = file->path;
    int given = descriptor_of(path);
    if (given >= 0) {
        if (given == STDOUT_FILENO)
            fflush(stdout); /* what was printed before comes before */
        int fd = fcntl(given, F_DUPFD_CLOEXEC, 3);
        if (fd < 0)
            fail(status, path, errno);
        return fd;
    }
    struct stat old;
    bool exists = stat(path, &old) == 0;
    if (exists && S_ISDIR(old.st_mode)) {
        fail(status, path, EISDIR);
        return -1;
    }
    if (exists && !S_ISREG(old.st_mode)) {
        if (atomic_load(&never_waits) && !S_ISCHR(old.st_mode)) {
            status_fail(status, STATUS_FAILED, "cannot write %s: %s", path, tr("it is no file"));
            return -1;
        }
        int fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
        if (fd < 0)
            fail(status, path, errno);
        return fd;
    }
    if (exists && !file->replace) {
        fail_exists(status, path);
        return -1;
    }
    if (exists && access(path, W_OK) != 0) { /* a file that is protected against writing stays */
        fail(status, path, errno);
        return -1;
    }
    file->target = follow_links(path);
    char *part;
    int fd = file->target ? file_part_create(file->target, exists ? 0600 : 0666, &part, &file->sink->lock) : -1;
    if (fd < 0) {
        fail(status, path, errno);
        return -1;
    }
    file->temporary = part;
    if (!exists || set_mode(fd, &old))
        return fd;
    fail(status, path, errno);
    close(fd);
    return -1;
}

bool file_begin(FileWrite *file, const char *path, bool replace, Status *status) {
    memset(file, 0, sizeof *file);
    if (path[0] == '\0')
        return status_fail(status, STATUS_FAILED, "cannot write a file without a name");
    file->replace = replace;
    file->path = strdup(path);
    file->sink = malloc(sizeof *file->sink);
    if (!file->path || !file->sink) {
        free(file->sink);
        file->sink = NULL;
        file_abandon(file);
        return status_no_memory(status, "an output file");
    }
    file->sink->lock = -1;
    file->sink->error = 0;
    file->sink->written = 0;
    file->sink->piece.count = 0;
    file->sink->fd = open_target(file, status);
    if (file->sink->fd < 0) {
        file_abandon(file);
        return false;
    }
    file->sink->terminal = isatty(file->sink->fd);
    file->stream = fopencookie(file->sink, "w", (cookie_io_functions_t){.write = sink_write});
    if (!file->stream) {
        file_abandon(file);
        return status_no_memory(status, "an output file");
    }
    setvbuf(file->stream, file->sink->buffer, _IOFBF, sizeof file->sink->buffer);
    return true;
}

int file_descriptor(const FileWrite *file) {
    return file->temporary ? file->sink->fd : -1;
}

/* Gives the temporary file its name; 0 or an errno. Without replace, a file that has appeared meanwhile is not lost. */
static int move_into_place(const FileWrite *file) {
    if (file->replace)
        return rename(file->temporary, file->target) == 0 ? 0 : errno;
    enum { NO_REPLACE = 1 }; /* RENAME_NOREPLACE, which musl does not name, nor had it renameat2 before 1.2.6 */
    if (syscall(SYS_renameat2, AT_FDCWD, file->temporary, AT_FDCWD, file->target, NO_REPLACE) == 0)
        return 0;
    if (errno != EINVAL && errno != ENOSYS)
        return errno;
    if (link(file->temporary, file->target) == 0) { /* most file systems without that flag have links */
        unlink(file->temporary);
        return 0;
    }
    if (errno != EPERM && errno != EOPNOTSUPP)
        return errno;
    struct stat info;
    if (lstat(file->target, &info) == 0)
        return EEXIST;
    return rename(file->temporary, file->target) == 0 ? 0 : errno;
}

/* Brings the new name to the disk, where that can be done. Where not, a loss of power brings back the old file. */
static void sync_folder(const char *path) {
    char *name = file_folder(path);
    int fd = name ? open(name, O_RDONLY | O_DIRECTORY | O_CLOEXEC) : -1;
    free(name);
    if (fd < 0)
        return;
    (void)fsync(fd);
    close(fd);
}

/* 0 or an errno. */
static int sync_file(int fd) {
    int result;
    do
        result = fsync(fd);
    while (result != 0 && errno == EINTR);
    return result == 0 ? 0 : errno;
}

static void release(FileWrite *file) {
    if (file->temporary)
        file_part_forget(file->temporary);
    if (file->sink && file->sink->lock >= 0)
        close(file->sink->lock);
    free(file->sink);
    free(file->target);
    free(file->path);
    memset(file, 0, sizeof *file);
}

bool file_commit(FileWrite *file, Status *status) {
    assert(file->stream && file->sink);
    struct FileSink *sink = file->sink;
    bool bad = ferror(file->stream) != 0;
    bool closed = fclose(file->stream) == 0; /* flushes; the descriptor stays open */
    file->stream = NULL;
    if (sink->terminal && closed && sink->error == 0)
        write_terminal(sink, NULL, 0, true);
    int error = sink->error != 0 ? sink->error : bad || !closed ? EIO : 0;
    if (error == 0 && file->temporary)
        error = sync_file(sink->fd);
    if (close(sink->fd) != 0 && error == 0 && errno != EINTR)
        error = errno;
    sink->fd = -1;
    uint64_t written = sink->written;
    if (error != 0) {
        status_fail(status, STATUS_FAILED, "cannot write %s: %s, after %llu bytes", file->path, tr_error(error),
                    (unsigned long long)written);
        file_abandon(file);
        return false;
    }
    if (file->temporary) {
        error = move_into_place(file);
        if (error != 0) {
            error == EEXIST ? fail_exists(status, file->path) : fail(status, file->path, error);
            file_abandon(file);
            return false;
        }
        sync_folder(file->target);
    }
    release(file);
    return true;
}

void file_abandon(FileWrite *file) {
    if (file->stream) {
        file->sink->error = ECANCELED; /* what is still in the buffer is not written */
        fclose(file->stream);
    }
    if (file->sink && file->sink->fd >= 0)
        close(file->sink->fd);
    if (file->temporary)
        unlink(file->temporary);
    release(file);
}

bool file_exists(const char *path) {
    struct stat info;
    return descriptor_of(path) < 0 && stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

bool file_is_new(const char *path, Status *status) {
    struct stat info;
    bool full = stat(path, &info) == 0 && S_ISREG(info.st_mode) && info.st_size > 0;
    return !full || fail_exists(status, path);
}

bool file_make_folders(const char *path, Status *status) {
    char *folders = strdup(path);
    if (!folders)
        return status_no_memory(status, "a path");
    bool made = true;
    for (char *slash = strchr(folders + 1, '/'); made && slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        made = mkdir(folders, 0700) == 0 || errno == EEXIST;
        if (!made) { /* e.g. a read-only file system on which the folder is there */
            int error = errno;
            struct stat info;
            made = stat(folders, &info) == 0 && S_ISDIR(info.st_mode);
            if (!made)
                status_fail(status, STATUS_FAILED, "cannot make the folder %s: %s", folders, tr_error(error));
        }
        *slash = '/';
    }
    free(folders);
    return made;
}
