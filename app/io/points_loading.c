#include "app/io/points_loading.h"

#include "app/base/copy.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { UNDER_WAY, DONE, ABANDONED };

struct Reading {
    char *path;
    PointsFormat format;
    pthread_t thread;
    atomic_int state;
    _Atomic double share;
    /* the thread's until it has ended */
    Dataset points;
    size_t skipped;
    Status status;
    bool read;
};

static bool hear(void *user, double share) {
    Reading *r = user;
    atomic_store(&r->share, share);
    return atomic_load(&r->state) != ABANDONED;
}

static void let_go(Reading *r) {
    dataset_free(&r->points);
    free(r->path);
    free(r);
}

static void *read_all(void *user) {
    Reading *r = user;
    r->read = points_read(&r->points, r->path, &r->format, &r->status);
    if (atomic_exchange(&r->state, DONE) == ABANDONED)
        let_go(r); /* nobody else will */
    return NULL;
}

Reading *reading_begin(const char *path, const PointsFormat *format, Status *status) {
    Reading *r = calloc(1, sizeof *r);
    if (!r || !(r->path = copied(path, strlen(path) + 1, 1))) {
        free(r);
        status_no_memory(status, "a file's name");
        return NULL;
    }
    r->format = *format;
    r->format.skipped = &r->skipped;
    r->format.progress = hear;
    r->format.user = r;
    if (pthread_create(&r->thread, NULL, read_all, r) != 0) {
        free(r->path);
        free(r);
        status_fail(status, STATUS_FAILED, "can't read %s: no thread for it", path);
        return NULL;
    }
    return r;
}

double reading_share(const Reading *r) {
    return atomic_load(&r->share);
}

const char *reading_path(const Reading *r) {
    return r->path;
}

bool reading_done(const Reading *r) {
    return atomic_load(&r->state) == DONE;
}

bool reading_take(Reading *r, Dataset *points, size_t *skipped, Status *status) {
    assert(reading_done(r));
    *points = r->points;
    r->points = (Dataset){0};
    *skipped = r->skipped;
    if (!r->read)
        *status = r->status;
    return r->read;
}

void reading_free(Reading *r) {
    if (!r)
        return;
    pthread_t thread = r->thread;
    if (atomic_exchange(&r->state, ABANDONED) == DONE) {
        pthread_join(thread, NULL);
        let_go(r);
    } else {
        pthread_detach(thread); /* which frees it; it may wait for a pipe or a disk for long */
    }
}
