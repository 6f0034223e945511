/* Reading a file of points, or looking at it (points_preview.h), on a separate thread while the run goes on. */
#ifndef EASYFIRST_POINTS_LOADING_H
#define EASYFIRST_POINTS_LOADING_H

#include "app/io/points_csv.h"
#include "app/io/points_preview.h"
#include "app/io/session_file.h"

typedef struct PointsLoading PointsLoading;

/* Begins; path and format are copied, but for the format's `progress`, `notes` and `skipped`, which are not used. NULL
 * and *status without memory or a thread. */
PointsLoading *points_loading_begin(const char *path, const PointsFormat *format, Status *status);
/* Only for what a session says of the file. */
PointsLoading *points_loading_sum(const char *path, Status *status);
PointsLoading *points_loading_look(const char *path, const PointsFormat *format, Status *status);

/* The share of the file that has been read, 0 to 1. */
double points_loading_share(const PointsLoading *reading);
const char *points_loading_path(const PointsLoading *reading);
const PointsFormat *points_loading_format(const PointsLoading *reading);
bool points_loading_looks(const PointsLoading *reading); /* begun by points_loading_look */
bool points_loading_done(const PointsLoading *reading);

/* Once done: the points, which are then the caller's, and how many rows were skipped; or points_read's failure. */
bool points_loading_take(PointsLoading *reading, Dataset *points, size_t *skipped, PointsNotes *notes, Status *status);

/* Once done: the file as it is, where points or a sum have been read from it; else empty. It is then the caller's. */
void points_loading_take_source(PointsLoading *reading, SessionSource *source);

/* The same of a look: malloc'd and the caller's, to be ended by points_preview_free and free; NULL: its failure. */
PointsPreview *points_loading_take_look(PointsLoading *reading, Status *status);

/* Frees it and what has not been taken. One that is not done stops by itself as soon as it can, without being waited
 * for. NULL is fine. */
void points_loading_free(PointsLoading *reading);

#endif
