/* A file of points, read on a thread of its own while the run goes on. */
#ifndef EASYFIRST_POINTS_LOADING_H
#define EASYFIRST_POINTS_LOADING_H

#include "app/io/points_csv.h"

typedef struct PointsLoading PointsLoading;

/* Begins; path is copied. Of the format `columns` has to stay as long as the program runs; `progress` and
 * `skipped` are the reading's own. NULL and *status if there is no memory or no thread. */
PointsLoading *points_loading_begin(const char *path, const PointsFormat *format, Status *status);

/* The share of the file that is read, 0 to 1. */
double points_loading_share(const PointsLoading *reading);
const char *points_loading_path(const PointsLoading *reading);
bool points_loading_done(const PointsLoading *reading);

/* Of a reading that is done: the points, then the caller's, and how many rows were left out; or false and
 * *status: points_read's. */
bool points_loading_take(PointsLoading *reading, Dataset *points, size_t *skipped, Status *status);

/* Frees it and what has not been taken; one that has not ended stops by itself as soon as it can, nobody waits
 * for it. NULL is fine. */
void points_loading_free(PointsLoading *reading);

#endif
