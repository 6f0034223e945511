#include "app/io/points_loading.h"

#include "app/base/copy.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>

enum { UNDER_WAY, DONE, ABANDONED };

struct PointsLoading {
    char *path;
    PointsFormat format;
    pthread_t thread;
    atomic_int state;
    _Atomic double share;
    /* the thread's until it is done */
    Dataset points;
    size_t skipped;
    PointsNotes notes;
    Status status;
    bool read;
};

static bool hear(void *user, double share) {
    PointsLoading *r = user;
    atomic_store(&r->share, share);
    return atomic_load(&r->state) != ABANDONED;
}

static void let_go(PointsLoading *r) {
    dataset_free(&r->points);
    free(r->path);
    free(r);
}

static void *read_all(void *user) {
    PointsLoading *r = user;
    r->read = points_read(&r->points, r->path, &r->format, &r->status);
    if (atomic_exchange(&r->state, DONE) == ABANDONED)
        let_go(r); /* nobody else will */
    return NULL;
}

PointsLoading *points_loading_begin(const char *path, const PointsFormat *format, Status *status) {
    PointsLoading *r = calloc(1, sizeof *r);
    if (!r || !(r->path = copy_of(path, strlen(path) + 1, 1))) {
        free(r);
        status_no_memory(status, "a file's name");
        return NULL;
    }
    r->format = *format;
    r->format.skipped = &r->skipped;
    r->format.notes = &r->notes;
    r->format.progress = hear;
    r->format.user = r;
    if (pthread_create(&r->thread, NULL, read_all, r) != 0) {
        free(r->path);
        free(r);
        status_fail(status, STATUS_FAILED, "cannot read %s: no thread for it", path);
        return NULL;
    }
    return r;
}

double points_loading_share(const PointsLoading *r) {
    return atomic_load(&r->share);
}

const char *points_loading_path(const PointsLoading *r) {
    return r->path;
}

bool points_loading_done(const PointsLoading *r) {
    return atomic_load(&r->state) == DONE;
}

bool points_loading_take(PointsLoading *r, Dataset *points, size_t *skipped, PointsNotes *notes, Status *status) {
    assert(points_loading_done(r));
    *points = r->points;
    r->points = (Dataset){0};
    *skipped = r->skipped;
    *notes = r->notes;
    if (!r->read)
        *status = r->status;
    return r->read;
}

void points_loading_free(PointsLoading *r) {
    if (!r)
        return;
    pthread_t thread = r->thread;
    if (atomic_exchange(&r->state, ABANDONED) == DONE) {
        pthread_join(thread, NULL);
        let_go(r);
    } else {
        pthread_detach(thread); /* it frees r itself; it may have to wait long for a pipe or a disk */
    }
}
