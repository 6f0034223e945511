/* A picture of the plot on the clipboard, as image/png: made in slices like a file that is saved (export_job.h), into
 * memory, and handed to xclip or, on Wayland, wl-copy. SDL 2 puts nothing but text there; to serve the picture
 * ourselves would take X11 and Wayland clients of our own, and the picture would be gone when the window closes, where
 * those programs go on serving it. */
#ifndef EASYFIRST_PICTURE_COPY_H
#define EASYFIRST_PICTURE_COPY_H

#include "app/base/process.h"
#include "app/io/export_job.h"

typedef struct PictureCopy { /* a zeroed one is idle */
    bool busy;
    bool wayland;
    int memory; /* the picture's file */
    ExportJob *job;
    Process tool;
    double since; /* seconds, when that was started */
} PictureCopy;

/* Of a picture like the request's; its kind and path do not matter. The copy is idle. */
bool picture_copy_begin(PictureCopy *copy, const ExportRequest *request, bool wayland, Status *status);
/* Works for about so many seconds. What has failed or is done is idle again. */
ExportResult picture_copy_step(PictureCopy *copy, double seconds, Status *status);
void picture_copy_free(PictureCopy *copy); /* gives up what is under way; of an idle one it does nothing */

#endif
