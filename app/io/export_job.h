/* What the window saves, written in slices between its frames: no slice takes long, the run goes on meanwhile.
 *
 * A job copies what it needs when it begins, so the file shows the run as it was then. It writes beside the target and
 * renames at the end (file_write.h): before that, and after a failure or an early end, there is no new file. A slice is
 * at most a frame of the GIF, a band of the picture, a figure without its pictures, some rows of a table, or the final
 * sync; a PDF is written on a thread, which the end of the job waits for. */
#ifndef EASYFIRST_EXPORT_JOB_H
#define EASYFIRST_EXPORT_JOB_H

#include "app/io/export_formats.h"

/* Copies what it needs; nothing of the request has to stay. NULL and *status on failure. */
ExportJob *export_job_begin(const ExportRequest *request, Status *status);

typedef enum { EXPORT_RUNNING, EXPORT_DONE, EXPORT_FAILED } ExportResult;

/* Works for about so many seconds (0: one piece of a step). A job that is done or has failed is to be freed. */
ExportResult export_job_step(ExportJob *job, double seconds, Status *status);

typedef struct ExportProgress {
    size_t done, total;
    double seconds_left; /* at the rate so far; below 0: not known yet */
} ExportProgress;

ExportProgress export_job_progress(const ExportJob *job);

/* Of a job that is done. */
const char *export_job_path(const ExportJob *job);
size_t export_job_bytes(const ExportJob *job);

/* Frees the job; one that is not done leaves no file. NULL is fine. */
void export_job_free(ExportJob *job);

#endif
