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
    PointsPreview *look;  /* NULL: the points themselves are read */
    SessionSource source; /* unless it is a look */
    bool looks, sums, read;
};

static bool hear(void *user, double share) {
    PointsLoading *r = user;
    atomic_store(&r->share, share);
    return atomic_load(&r->state) != ABANDONED;
}

static void let_go(PointsLoading *r) {
    dataset_free(&r->points);
    if (r->look)
        points_preview_free(r->look);
    free(r->look);
    session_source_free(&r->source);
    points_format_free(&r->format);
    free(r->path);
    free(r);
}

static void *read_all(void *user) {
    PointsLoading *r = user;
    PointsFormat format = r->format;
    format.skipped = &r->skipped;
    format.notes = &r->notes;
    format.progress = hear;
    format.user = r;
    r->read = r->sums    ? false
              : r->looks ? points_preview(r->look, r->path, &format, &r->status)
                         : points_read(&r->points, r->path, &format, &r->status);
    if (r->sums || (r->read && !r->looks))
        session_source_of(&r->source, r->path);
    if (atomic_exchange(&r->state, DONE) == ABANDONED)
        let_go(r); /* nobody else will */
    return NULL;
}

typedef enum { POINTS, LOOK, SUM } What;

static PointsLoading *begin(const char *path, const PointsFormat *format, What what, Status *status) {
    PointsLoading *r = calloc(1, sizeof *r);
    if (!r) {
        status_no_memory(status, "a file's name");
        return NULL;
    }
    r->path = copy_of(path, strlen(path) + 1, 1);
    r->looks = what == LOOK;
    r->sums = what == SUM;
    r->look = r->looks ? calloc(1, sizeof *r->look) : NULL;
    if (!r->path || (r->looks && !r->look) || !points_format_copy(&r->format, format, status)) {
        let_go(r);
        status_no_memory(status, "a file's name");
        return NULL;
    }
    if (pthread_create(&r->thread, NULL, read_all, r) != 0) {
        let_go(r);
        status_fail(status, STATUS_FAILED, "cannot read %s: no thread for it", path);
        return NULL;
    }
    return r;
}

PointsLoading *points_loading_begin(const char *path, const PointsFormat *format, Status *status) {
    return begin(path, format, POINTS, status);
}

PointsLoading *points_loading_sum(const char *path, Status *status) {
    return begin(path, &(PointsFormat){0}, SUM, status);
}

PointsLoading *points_loading_look(const char *path, const PointsFormat *format, Status *status) {
    return begin(path, format, LOOK, status);
}

double points_loading_share(const PointsLoading *r) {
    return atomic_load(&r->share);
}

const char *points_loading_path(const PointsLoading *r) {
    return r->path;
}

const PointsFormat *points_loading_format(const PointsLoading *r) {
    return &r->format;
}

bool points_loading_looks(const PointsLoading *r) {
    return r->looks;
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

void points_loading_take_source(PointsLoading *r, SessionSource *source) {
    assert(points_loading_done(r));
    *source = r->source;
    r->source = (SessionSource){0};
}

PointsPreview *points_loading_take_look(PointsLoading *r, Status *status) {
    assert(points_loading_done(r) && r->look);
    if (!r->read) {
        *status = r->status;
        return NULL;
    }
    PointsPreview *look = r->look;
    r->look = NULL;
    r->read = false;
    return look;
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
