/* Finds the point nearest to a place, fast for a million points: points sorted into square cells of about four, once
 * for a set of points, whatever the view. */
#ifndef EASYFIRST_POINT_GRID_H
#define EASYFIRST_POINT_GRID_H

#include "core/dataset.h"

typedef struct PointGrid { /* a zeroed one is valid: it holds no points */
    size_t count;
    size_t columns, rows;
    double x0, y0, cell; /* world position of the corner, side of a cell */
    double stretch;      /* the owner's: a unit of y counts as so many of x when points are looked for; 0: as one */
    uint32_t *start;     /* columns * rows + 1: where each cell's points begin; owned */
    uint32_t *sample;    /* count: the points cell by cell, ascending in each; owned */
    size_t sample_capacity, start_capacity;
} PointGrid;

/* Sorts the points into the grid. On failure (no memory) it is empty. */
bool point_grid_build(PointGrid *grid, const Dataset *data, Status *status);
void point_grid_free(PointGrid *grid);

/* Whether a point may be found. */
typedef bool (*PointFilter)(const void *context, size_t sample);

/* The nearest point within reach (world units, inclusive) that `accept` (NULL: all) accepts, the lowest of equally near
 * ones; -1 if there is none. data: the points that the grid was built of. */
int64_t point_grid_nearest(const PointGrid *grid, const Dataset *data, double x, double y, double reach,
                           PointFilter accept, const void *context);

typedef enum { TOWARDS_LEFT, TOWARDS_RIGHT, TOWARDS_UP, TOWARDS_DOWN } PointDirection; /* y grows upwards */

/* The point that a step from point `from` leads to: the nearest of those that `accept` accepts within 45 degrees of the
 * direction; where there is none, the nearest on that side. Points at one place come one after the other, by their
 * numbers to the right and up, and the other way round to the left and down; a step from elsewhere leads to the first.
 * -1: none. From every point steps lead to every other one, or nearly so: see the tests. */
int64_t point_grid_step(const PointGrid *grid, const Dataset *data, size_t from, PointDirection direction,
                        PointFilter accept, const void *context);

#endif
