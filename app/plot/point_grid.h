/* The point nearest to a place, fast for a million points: points sorted into square cells, about four in
 * each, made once for a set of points and used for every view of it. */
#ifndef EASYFIRST_POINT_GRID_H
#define EASYFIRST_POINT_GRID_H

#include "core/dataset.h"

typedef struct PointGrid { /* a zeroed one is valid: it holds no points */
    size_t count;
    size_t columns, rows;
    double x0, y0, cell; /* world position of its corner, side of a cell */
    uint32_t *start;     /* columns * rows + 1: where each cell's points begin; owned, like all below */
    uint32_t *sample;    /* count: the points cell by cell, ascending in each */
    size_t point_capacity, cell_capacity;
} PointGrid;

/* Sorts the points in. On failure (no memory) the grid is empty. */
bool point_grid_build(PointGrid *grid, const Dataset *data, Status *status);
void point_grid_free(PointGrid *grid);

/* The nearest sample within reach (world units, equality counts), the lowest one of equals, or -1. Only
 * samples that `accept` (NULL: all) returns true for. data: the points that the grid was built of. */
int64_t point_grid_nearest(const PointGrid *grid, const Dataset *data, double x, double y, double reach,
                           bool (*accept)(const void *context, size_t sample), const void *context);

#endif
