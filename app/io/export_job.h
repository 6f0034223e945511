/* What the window saves, written in slices between its frames: no slice takes long, the run goes on
 * meanwhile.
 *
 * A job copies what it needs when it begins, so it shows the run as it was then. It writes beside the target
 * and renames at the end (file_write.h): before that, and after a cancel or a failure, there is no new file.
 * A slice is at most a frame of the GIF, a band of the picture, some rows of a table, or the final sync. */
#ifndef EASYFIRST_EXPORT_JOB_H
#define EASYFIRST_EXPORT_JOB_H

#include "app/plot/picture.h"

typedef enum {
    EXPORT_GIF,    /* the run so far, a frame for each epoch that the history has */
    EXPORT_PLOT,   /* PNG of the plot as it is on show */
    EXPORT_WINDOW, /* PNG of a canvas */
    EXPORT_POINTS, /* CSV as --points writes it, of what is on show */
    EXPORT_TRACE,  /* CSV as --trace writes it, a row for each epoch that the history has */
    EXPORT_PRESET, /* the settings as a preset file (preset.h) */
    EXPORT_KINDS
} ExportKind;

#define EXPORT_GIF_LARGEST 2048 /* pixels a side: a frame of more takes too long for a slice */

/* Pixels a side that a kind can have; 0 for kinds without a size. */
int export_largest(ExportKind kind);
bool export_has_size(ExportKind kind);

typedef struct ExportRequest {
    ExportKind kind;
    const char *path;
    bool replace; /* what exists is replaced; otherwise it is refused */
    const Snapshot *snapshot;
    /* of GIF and PNG of the plot */
    int width, height;
    float scale; /* of lines, marks and text; 0: as the size asks for (picture_scale) */
    const Theme *theme;
    const char *font_folder;
    PlotOptions options; /* colours, what is hidden; of the PNG rings, too. The rest is the picture's */
    const Camera *view;  /* NULL: all points */
    /* of the PNG of the window */
    const Canvas *canvas;
} ExportRequest;

typedef struct ExportJob ExportJob;

/* Copies what it needs; nothing of the request has to stay. NULL and *status on failure. */
ExportJob *export_job_begin(const ExportRequest *request, Status *status);

typedef enum { EXPORT_RUNNING, EXPORT_DONE, EXPORT_FAILED } ExportResult;

/* Works for about so many seconds (0: one slice); a GIF grows by a frame at the most. A job that is done or
 * has failed is to be freed. */
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
void export_job_cancel(ExportJob *job);

/* Whether there is something at the path that saving would replace. */
bool export_exists(const char *path);

#endif
