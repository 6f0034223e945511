#include "app/io/session_pen.h"

#include "app/base/file_hold.h"
#include "app/base/language.h"
#include "app/io/session_file.h"

#include <errno.h>
#include <pthread.h>
#include <signal.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#define RETRY 1.0 /* seconds */

typedef struct Waiting { /* a record, as it will stand in the file */
    struct Waiting *next;
    size_t size; /* bytes of the record; */
    char kind[SESSION_KIND + 1];
    SessionMake make; /* its bytes are to be made of user, and are none of these; or NULL */
    void *user;
    char bytes[]; /* the record's own, and the line's end */
} Waiting;

struct SessionPen {
    char *path;
    int descriptor;
    pthread_t thread;
    pthread_mutex_t lock;
    pthread_cond_t work, done; /* something is to be written, or it closes; all is on disk */
    /* under the lock */
    Waiting *first, **last;
    Waiting *made; /* to be made and written when nothing else waits, or NULL; */
    bool making;   /* the thread has taken one */
    size_t room;   /* bytes that wait, with those under way; */
    size_t all;    /* and that there have been */
    bool busy;     /* the thread has taken what was there */
    bool closing;
    bool over; /* the thread is, or is about to be */
    bool left; /* nobody waits for it any longer: it frees the pen */
    bool failed, behind, said_failed, said_behind;
    Status status; /* of the last failure */
    /* the thread's */
    uint32_t sum;
    bool any; /* record that is whole */
};

/* ---- time ---- */

static struct timespec in_seconds(double seconds) {
    struct timespec at;
    clock_gettime(CLOCK_MONOTONIC, &at);
    at.tv_sec += (time_t)seconds;
    at.tv_nsec += (long)((seconds - (double)(time_t)seconds) * 1e9);
    if (at.tv_nsec >= 1000000000) {
        at.tv_sec++;
        at.tv_nsec -= 1000000000;
    }
    return at;
}

/* ---- the thread ---- */

/* Notes what the disk says (0: it is well), and after a failure waits until it may be tried again. False: it is to be
 * given up, as that was the last try of a pen that closes. */
static bool note_result(SessionPen *pen, int error) {
    pthread_mutex_lock(&pen->lock);
    bool last = pen->closing;
    if (error != 0 && !pen->failed)
        status_fail(&pen->status, STATUS_FAILED, "cannot write %s: %s; what is missing is kept, and tried again",
                    pen->path, tr_error(error));
    pen->failed = error != 0;
    pen->said_failed = pen->said_failed && pen->failed;
    struct timespec until = in_seconds(RETRY);
    while (pen->failed && !pen->closing && pthread_cond_timedwait(&pen->work, &pen->lock, &until) == 0)
        ;
    pthread_mutex_unlock(&pen->lock);
    return error == 0 || !last;
}

/* What the disk does not take is tried again until it does, or the pen closes. */
static bool write_all(SessionPen *pen, const char *bytes, size_t size) {
    while (size > 0) {
        ssize_t count = write(pen->descriptor, bytes, size);
        if (count < 0 && errno == EINTR)
            continue;
        if (count > 0) {
            bytes += count;
            size -= (size_t)count;
        } else if (!note_result(pen, count < 0 ? errno : EIO)) {
            return false;
        }
    }
    return true;
}

/* bytes: with a line's end behind them. */
static bool write_bytes(SessionPen *pen, const char *kind, const char *bytes, size_t size) {
    char head[SESSION_HEAD];
    int length = session_put_head(head, &pen->sum, kind, bytes, size);
    return write_all(pen, head, (size_t)length) && write_all(pen, bytes, size + 1);
}

/* Left out where the pen has come to close meanwhile. */
static bool write_made(SessionPen *pen, Waiting *w) {
    LogText text = {0};
    w->make(w->user, &text);
    w->make = NULL;
    size_t size = text.size;
    log_put_bytes(&text, "\n", 1);
    pthread_mutex_lock(&pen->lock);
    bool put = !text.failed && !pen->closing;
    pen->all += put ? size : 0;
    pthread_mutex_unlock(&pen->lock);
    bool done = !put || write_bytes(pen, w->kind, text.text, size);
    log_text_free(&text);
    return done;
}

static bool write_record(SessionPen *pen, Waiting *w) {
    return w->make ? write_made(pen, w) : write_bytes(pen, w->kind, w->bytes, w->size);
}

/* Writes those and brings them to the disk. */
static bool write_list(SessionPen *pen, Waiting *first) {
    for (Waiting *w = first; w; w = w->next) {
        if (!write_record(pen, w))
            return false;
        pen->any = true;
    }
    for (int error = -1; error != 0;) {
        error = fdatasync(pen->descriptor) == 0 || errno == EINVAL || errno == EROFS ? 0 : errno; /* a pipe cannot */
        if (!note_result(pen, error))
            return false;
    }
    return true;
}

/* What waits; once there is nothing, the record to be made. */
static Waiting *take_list(SessionPen *pen) {
    Waiting *first = pen->first;
    pen->first = NULL;
    pen->last = &pen->first;
    if (!first) {
        first = pen->made;
        pen->made = NULL;
        pen->making = first != NULL;
    }
    pen->busy = first != NULL;
    return first;
}

/* Frees them; returns the bytes of their records. */
static size_t free_list(Waiting *first) {
    size_t bytes = 0;
    for (Waiting *next; first; first = next) {
        bytes += first->size;
        next = first->next;
        if (first->make)
            first->make(first->user, NULL);
        free(first);
    }
    return bytes;
}

static void free_pen(SessionPen *pen) {
    free_list(pen->first);
    free_list(pen->made);
    struct stat file;
    if (pen->descriptor >= 0 && !pen->any && fstat(pen->descriptor, &file) == 0 && S_ISREG(file.st_mode))
        unlink(pen->path);
    if (pen->descriptor >= 0)
        close(pen->descriptor);
    pthread_cond_destroy(&pen->work);
    pthread_cond_destroy(&pen->done);
    pthread_mutex_destroy(&pen->lock);
    free(pen->path);
    free(pen);
}

static void *write_on(void *user) {
    SessionPen *pen = user;
    bool good = true;
    pthread_mutex_lock(&pen->lock);
    while (good && (pen->first || !pen->closing)) {
        Waiting *list = take_list(pen);
        if (!list) {
            pthread_cond_wait(&pen->work, &pen->lock);
            continue;
        }
        pthread_mutex_unlock(&pen->lock);
        good = write_list(pen, list);
        size_t bytes = free_list(list);
        pthread_mutex_lock(&pen->lock);
        pen->room -= bytes;
        pen->busy = pen->making = false;
    }
    pen->over = true;
    bool left = pen->left;
    pthread_cond_signal(&pen->done);
    pthread_mutex_unlock(&pen->lock);
    if (left)
        free_pen(pen);
    return NULL;
}

/* ---- opening ---- */

static bool open_file(SessionPen *pen, const char *path, Status *status) {
    char head[SESSION_HEAD];
    pen->descriptor = file_hold(path, false, &pen->path, status);
    if (pen->descriptor < 0)
        return false;
    ssize_t length = session_put_version(head), count;
    for (ssize_t done = 0; done<length; done += count> 0 ? count : 0) {
        count = write(pen->descriptor, head + done, (size_t)(length - done));
        if (count == 0 || (count < 0 && errno != EINTR))
            return status_fail(status, STATUS_FAILED, "cannot write %s: %s", path,
                               tr_error(count == 0 ? ENOSPC : errno));
    }
    return true;
}

/* The thread has no part in the program's signals. */
static bool start(SessionPen *pen, Status *status) {
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_BLOCK, &all, &before);
    int error = pthread_create(&pen->thread, NULL, write_on, pen);
    pthread_sigmask(SIG_SETMASK, &before, NULL);
    return error == 0 || status_fail(status, STATUS_FAILED, "cannot write %s: no thread for it", pen->path);
}

SessionPen *session_pen_open(const char *path, Status *status) {
    SessionPen *pen = calloc(1, sizeof *pen);
    if (!pen) {
        status_no_memory(status, "the session");
        return NULL;
    }
    pen->descriptor = -1;
    pen->last = &pen->first;
    pen->sum = SESSION_SUM;
    pthread_condattr_t clock;
    pthread_condattr_init(&clock);
    pthread_condattr_setclock(&clock, CLOCK_MONOTONIC);
    pthread_mutex_init(&pen->lock, NULL);
    pthread_cond_init(&pen->work, &clock);
    pthread_cond_init(&pen->done, &clock);
    pthread_condattr_destroy(&clock);
    if (open_file(pen, path, status) && start(pen, status))
        return pen;
    free_pen(pen);
    return NULL;
}

/* ---- for the program ---- */

static Waiting *new_record(const char *kind, size_t size) {
    Waiting *record = malloc(sizeof *record + size + 1);
    if (!record)
        return NULL;
    *record = (Waiting){.size = size};
    snprintf(record->kind, sizeof record->kind, "%s", kind);
    return record;
}

bool session_pen_put(SessionPen *pen, const char *kind, const char *bytes, size_t size) {
    pthread_mutex_lock(&pen->lock);
    bool full = pen->room > 0 && (size > SESSION_PEN_ROOM || pen->room > SESSION_PEN_ROOM - size);
    pen->behind = full;
    pen->said_behind = pen->said_behind && full;
    pthread_mutex_unlock(&pen->lock);
    Waiting *record = full ? NULL : new_record(kind, size);
    if (!record)
        return false;
    if (size > 0)
        memcpy(record->bytes, bytes, size);
    record->bytes[size] = '\n';
    pthread_mutex_lock(&pen->lock);
    *pen->last = record;
    pen->last = &record->next;
    pen->room += size;
    pen->all += size;
    pthread_cond_signal(&pen->work);
    pthread_mutex_unlock(&pen->lock);
    return true;
}

bool session_pen_put_made(SessionPen *pen, const char *kind, SessionMake make, void *user) {
    Waiting *record = session_pen_makes(pen) ? NULL : new_record(kind, 0);
    if (!record)
        return false;
    record->make = make;
    record->user = user;
    pthread_mutex_lock(&pen->lock);
    pen->made = record;
    pthread_cond_signal(&pen->work);
    pthread_mutex_unlock(&pen->lock);
    return true;
}

bool session_pen_makes(SessionPen *pen) {
    pthread_mutex_lock(&pen->lock);
    bool makes = pen->made || pen->making;
    pthread_mutex_unlock(&pen->lock);
    return makes;
}

size_t session_pen_bytes(SessionPen *pen) {
    pthread_mutex_lock(&pen->lock);
    size_t bytes = pen->all;
    pthread_mutex_unlock(&pen->lock);
    return bytes;
}

bool session_pen_state(SessionPen *pen, Status *status) {
    pthread_mutex_lock(&pen->lock);
    bool fails = pen->failed && !pen->said_failed, lags = !pen->failed && pen->behind && !pen->said_behind;
    if (fails)
        *status = pen->status;
    else if (lags)
        status_fail(status, STATUS_FAILED, "%s: the disk does not follow; what was done lately is not there yet",
                    pen->path);
    pen->said_failed |= fails;
    pen->said_behind |= lags;
    pthread_mutex_unlock(&pen->lock);
    return !fails && !lags;
}

bool session_pen_is_done(SessionPen *pen) {
    pthread_mutex_lock(&pen->lock);
    bool done = !pen->first && !pen->made && !pen->busy;
    pthread_mutex_unlock(&pen->lock);
    return done;
}

const char *session_pen_path(const SessionPen *pen) {
    return pen->path;
}

bool session_pen_close(SessionPen *pen, double seconds, Status *status) {
    if (!pen)
        return true;
    struct timespec until = in_seconds(seconds);
    pthread_mutex_lock(&pen->lock);
    pen->closing = true;
    pthread_cond_signal(&pen->work);
    while (!pen->over && pthread_cond_timedwait(&pen->done, &pen->lock, &until) == 0)
        ;
    bool over = pen->over, failed = pen->failed || pen->first;
    pen->left = !over;
    if (pen->failed)
        *status = pen->status;
    else if (!over || failed)
        status_fail(status, STATUS_FAILED, "%s: the disk does not answer; the last of it may be missing", pen->path);
    pthread_t thread = pen->thread;
    pthread_mutex_unlock(&pen->lock);
    if (!over) {
        pthread_detach(thread);
        return false;
    }
    pthread_join(thread, NULL);
    free_pen(pen);
    return !failed;
}

bool session_pen_writes(const char *path) {
    return file_is_held(path);
}
