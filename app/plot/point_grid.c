#include "app/plot/point_grid.h"

#include "app/base/make_room.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define POINTS_PER_CELL 4.0

void point_grid_free(PointGrid *grid) {
    free(grid->start);
    free(grid->sample);
    *grid = (PointGrid){0};
}

/* The row or column of a position, in cells, along a side of so many. */
static inline size_t cell_of(double position, size_t cells) {
    double most = (double)(cells - 1);
    return (size_t)(position > 0 ? fmin(position, most) : 0);
}

static inline size_t cell_of_point(const PointGrid *grid, float x, float y) {
    size_t column = cell_of(((double)x - grid->x0) / grid->cell, grid->columns);
    size_t row = cell_of(((double)y - grid->y0) / grid->cell, grid->rows);
    return row * grid->columns + column;
}

bool point_grid_build(PointGrid *grid, const Dataset *data, Status *status) {
    double n = (double)data->count;
    double width = (double)data->x_maximum - (double)data->x_minimum;
    double height = (double)data->y_maximum - (double)data->y_minimum;
    /* no more cells than points, even if all points lie on a line */
    double cell = fmax(sqrt(width * height * POINTS_PER_CELL / n), fmax(width, height) * POINTS_PER_CELL / n);
    grid->cell = cell > 0 ? cell : 1;
    grid->x0 = (double)data->x_minimum;
    grid->y0 = (double)data->y_minimum;
    grid->columns = (size_t)(width / grid->cell) + 1;
    grid->rows = (size_t)(height / grid->cell) + 1;
    grid->count = 0;
    size_t cells = grid->columns * grid->rows;
    uint32_t *sample = make_room(grid->sample, &grid->sample_capacity, data->count, sizeof *sample);
    grid->sample = sample ? sample : grid->sample;
    uint32_t *start = make_room(grid->start, &grid->start_capacity, cells + 1, sizeof *start);
    grid->start = start ? start : grid->start;
    if (!sample || !start) {
        point_grid_free(grid);
        return status_no_memory(status, "finding points");
    }
    memset(start, 0, (cells + 1) * sizeof *start);
    for (size_t i = 0; i < data->count; i++)
        start[cell_of_point(grid, data->x[i], data->y[i])]++;
    for (size_t c = 1; c <= cells; c++)
        start[c] += start[c - 1]; /* where the next cell begins ... */
    for (size_t i = data->count; i-- > 0;) {
        uint32_t at = --start[cell_of_point(grid, data->x[i], data->y[i])]; /* ... and, in the end, this one */
        sample[at] = (uint32_t)i;
    }
    grid->count = data->count;
    return true;
}

typedef struct Search {
    const PointGrid *grid;
    const Dataset *data;
    double x, y;    /* relative to the grid's corner, where differences lose least */
    double stretch; /* of y */
    double best;    /* square of the distance */
    int64_t sample;
    PointFilter accept;
    const void *context;
    bool directed; /* only what lies ahead: forward * x or y is above that of the place, ... */
    bool upright;  /* ... y instead of x */
    double forward;
    bool cone; /* and within 45 degrees of the direction */
} Search;

/* Whether a place, relative to the search's, lies ahead. */
static bool ahead(const Search *s, double dx, double dy) {
    double along = s->forward * (s->upright ? dy : dx), across = fabs(s->upright ? dx : dy);
    return along > 0.0 && (!s->cone || across <= along);
}

/* Whether a cell may hold something ahead. */
static bool cell_ahead(const Search *s, size_t column, size_t row) {
    double cell = s->grid->cell, slack = 1e-6 * cell;
    double x0 = (double)column * cell - s->x, y0 = (double)row * cell - s->y;
    double low = s->upright ? y0 : x0, side = s->upright ? x0 : y0;
    double far = s->forward > 0.0 ? low + cell : -low;
    double near = fmax(0.0, fmax(side, -side - cell)); /* the least distance across */
    double along = s->upright ? s->stretch : 1.0, across = s->upright ? 1.0 : s->stretch;
    return far + slack > 0.0 && (!s->cone || (near - slack) * across <= (far + slack) * along);
}

/* Square of the distance to a block of cells, or a little less: points may lie a rounding error outside. */
static double distance_to(const Search *s, size_t column0, size_t row0, size_t column1, size_t row1) {
    double cell = s->grid->cell, slack = 1e-6 * cell;
    double left = (double)column0 * cell, right = (double)(column1 + 1) * cell;
    double top = (double)row0 * cell, bottom = (double)(row1 + 1) * cell;
    double dx = fmax(0, fmax(left - s->x, s->x - right) - slack);
    double dy = fmax(0, fmax(top - s->y, s->y - bottom) - slack) * s->stretch;
    return dx * dx + dy * dy;
}

static void search_cell(Search *s, size_t column, size_t row) {
    const PointGrid *grid = s->grid;
    size_t cell = row * grid->columns + column;
    if (s->directed && !cell_ahead(s, column, row))
        return;
    for (size_t k = grid->start[cell]; k < grid->start[cell + 1]; k++) {
        size_t i = grid->sample[k];
        double dx = ((double)s->data->x[i] - grid->x0) - s->x, dy = ((double)s->data->y[i] - grid->y0) - s->y;
        dy *= s->stretch;
        double distance = dx * dx + dy * dy;
        if (distance > s->best || (distance == s->best && s->sample >= 0 && s->sample < (int64_t)i))
            continue;
        if (s->directed && !ahead(s, dx, dy))
            continue;
        if (s->accept && !s->accept(s->context, i))
            continue;
        s->best = distance;
        s->sample = (int64_t)i;
    }
}

/* Searches a block of cells; false if none of them could hold anything nearer. */
static bool search_block(Search *s, size_t column0, size_t row0, size_t column1, size_t row1) {
    if (distance_to(s, column0, row0, column1, row1) > s->best)
        return false;
    for (size_t row = row0; row <= row1; row++)
        for (size_t column = column0; column <= column1; column++)
            if (distance_to(s, column, row, column, row) <= s->best)
                search_cell(s, column, row);
    return true;
}

/* Rings of cells around the one at the place, until a whole ring is too far away. */
static int64_t search(Search *s) {
    const PointGrid *grid = s->grid;
    size_t column = cell_of(s->x / grid->cell, grid->columns), row = cell_of(s->y / grid->cell, grid->rows);
    bool near = search_block(s, column, row, column, row);
    for (size_t r = 1; near || r == 1; r++) {
        size_t left = column < r ? 0 : column - r, top = row < r ? 0 : row - r;
        size_t right = column + r < grid->columns ? column + r : grid->columns - 1;
        size_t bottom = row + r < grid->rows ? row + r : grid->rows - 1;
        near = false;
        if (row >= r)
            near = search_block(s, left, row - r, right, row - r) || near;
        if (row + r < grid->rows)
            near = search_block(s, left, row + r, right, row + r) || near;
        /* the corners belong to the rows above */
        size_t inner_top = row < r ? top : top + 1, inner_bottom = row + r < grid->rows ? bottom - 1 : bottom;
        if (column >= r)
            near = search_block(s, column - r, inner_top, column - r, inner_bottom) || near;
        if (column + r < grid->columns)
            near = search_block(s, column + r, inner_top, column + r, inner_bottom) || near;
    }
    return s->sample;
}

int64_t point_grid_nearest(const PointGrid *grid, const Dataset *data, double x, double y, double reach,
                           PointFilter accept, const void *context) {
    if (grid->count == 0 || !isfinite(x) || !isfinite(y) || !(reach >= 0))
        return -1;
    Search s = {.grid = grid,
                .data = data,
                .x = x - grid->x0,
                .y = y - grid->y0,
                .stretch = grid->stretch > 0 ? grid->stretch : 1,
                .best = reach * reach,
                .sample = -1,
                .accept = accept,
                .context = context};
    return search(&s);
}

/* The next point at the same place, by number, or -1. */
static int64_t step_in_place(const PointGrid *grid, const Dataset *data, size_t from, bool onwards, PointFilter accept,
                             const void *context) {
    size_t cell = cell_of_point(grid, data->x[from], data->y[from]);
    int64_t before = -1;
    for (size_t k = grid->start[cell]; k < grid->start[cell + 1]; k++) { /* ascending */
        size_t i = grid->sample[k];
        if (i == from || data->x[i] != data->x[from] || data->y[i] != data->y[from] || (accept && !accept(context, i)))
            continue;
        if (i > from)
            return onwards ? (int64_t)i : before;
        before = (int64_t)i;
    }
    return onwards ? -1 : before;
}

int64_t point_grid_step(const PointGrid *grid, const Dataset *data, size_t from, PointDirection direction,
                        PointFilter accept, const void *context) {
    if (grid->count != data->count || from >= data->count)
        return -1;
    bool onwards = direction == TOWARDS_RIGHT || direction == TOWARDS_UP;
    int64_t found = step_in_place(grid, data, from, onwards, accept, context);
    if (found >= 0)
        return found;
    Search s = {.grid = grid,
                .data = data,
                .x = (double)data->x[from] - grid->x0,
                .y = (double)data->y[from] - grid->y0,
                .stretch = grid->stretch > 0 ? grid->stretch : 1,
                .best = INFINITY,
                .sample = -1,
                .accept = accept,
                .context = context,
                .directed = true,
                .upright = direction == TOWARDS_UP || direction == TOWARDS_DOWN,
                .forward = onwards ? 1.0 : -1.0,
                .cone = true};
    found = search(&s);
    if (found >= 0)
        return found;
    s.cone = false;
    s.best = INFINITY;
    return search(&s);
}
