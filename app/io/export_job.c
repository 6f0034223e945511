#include "app/io/export_job.h"

#include "app/base/clock.h"
#include "app/base/copy.h"
#include "app/base/file_write.h"
#include "app/io/export_private.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static bool check(const ExportRequest *r, const ExportFormat *format, Status *status) {
    if (!r->path[0])
        return status_fail(status, STATUS_FAILED, "a name for the file is needed");
    if (!r->replace && file_exists(r->path))
        return status_fail(status, STATUS_EXISTS, "%s: exists already", r->path);
    if ((format->keeps & KEEP_RECORDS) && (!r->snapshot->history || r->snapshot->history->count == 0))
        return status_fail(status, STATUS_FAILED, "no epoch is done yet, so there is nothing to save");
    int least = format->size.smallest, most = format->size.largest;
    if (most > 0 && (r->width < least || r->height < least || r->width > most || r->height > most))
        return status_fail(status, STATUS_FAILED, "%dx%d is not within %dx%d to %dx%d", r->width, r->height, least,
                           least, most, most);
    return figure_check(r->figure, r->snapshot, status);
}

ExportJob *export_job_begin(const ExportRequest *r, Status *status) {
    assert(r->kind >= 0 && r->kind < EXPORT_KINDS);
    assert(r->figure == FIGURE_PLOT || EXPORTS[r->kind]->figures);
    const ExportFormat *format = EXPORTS[r->kind];
    if (!check(r, format, status))
        return NULL;
    ExportJob *job = calloc(1, sizeof *job);
    if (!job) {
        status_no_memory(status, "what is to be saved");
        return NULL;
    }
    job->format = format;
    job->began = clock_seconds();
    job->path = copy_of(r->path, strlen(r->path) + 1, 1);
    bool begun = job->path || status_no_memory(status, "what is to be saved");
    if (!begun || !export_keep_runs(job, r, status) || !format->begin(job, r, status)) {
        export_job_free(job);
        return NULL;
    }
    return job;
}

static bool commit(ExportJob *job, Status *status) {
    if (!job->format->commit(job, status))
        return false;
    struct stat info;
    if (stat(job->path, &info) == 0 && info.st_size > 0)
        job->bytes = (size_t)info.st_size;
    job->finished = true;
    return true;
}

ExportResult export_job_step(ExportJob *job, double budget, Status *status) {
    assert(!job->finished);
    if (job->done == job->total)
        return commit(job, status) ? EXPORT_DONE : EXPORT_FAILED;
    double deadline = clock_seconds() + budget;
    size_t before = job->done;
    do {
        if (!job->format->step(job, status))
            return EXPORT_FAILED;
        if (job->format->one_a_slice && job->done > before)
            break;
    } while (job->done < job->total && clock_seconds() < deadline);
    return EXPORT_RUNNING;
}

ExportProgress export_job_progress(const ExportJob *job) {
    ExportProgress progress = {job->done, job->total, -1.0};
    if (job->done > 0)
        progress.seconds_left = (clock_seconds() - job->began) / (double)job->done * (double)(job->total - job->done);
    return progress;
}

const char *export_job_path(const ExportJob *job) {
    return job->path;
}

size_t export_job_bytes(const ExportJob *job) {
    return job->bytes;
}

void export_job_free(ExportJob *job) {
    if (!job)
        return;
    job->format->free(job);
    export_free_runs(job);
    free(job->path);
    free(job);
}
