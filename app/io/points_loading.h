/* A file of points, read on a thread of its own while the run goes on. */
#ifndef EASYFIRST_POINTS_LOADING_H
#define EASYFIRST_POINTS_LOADING_H

#include "app/io/points_csv.h"

typedef struct Reading Reading;

/* Begins; path is copied. Of the format `columns` has to stay as long as the program runs; `progress` and
 * `skipped` are the reading's own. NULL and *status if there is no memory or no thread. */
Reading *reading_begin(const char *path, const PointsFormat *format, Status *status);

/* The share of the file that is read, 0 to 1. */
double reading_share(const Reading *reading);
const char *reading_path(const Reading *reading);
bool reading_done(const Reading *reading);

/* Of a reading that is done: the points, then the caller's, and how many rows were left out; or false and
 * *status: points_read's. */
bool reading_take(Reading *reading, Dataset *points, size_t *skipped, Status *status);

/* Frees it and what has not been taken; one that has not ended stops by itself as soon as it can, nobody waits
 * for it. NULL is fine. */
void reading_free(Reading *reading);

#endif
