/* Which pixel of a picture's area each of many points lies on: what a scatter plot of millions of points needs. */
#ifndef EASYFIRST_PIXEL_CELLS_H
#define EASYFIRST_PIXEL_CELLS_H

#include <stddef.h>
#include <stdint.h>

#define CELL_NONE UINT32_MAX       /* outside, with its mark */
#define CELL_EDGE (UINT32_MAX - 1) /* within a pixel of the area's edge, or so near outside that its mark reaches in */

/* A point is at pixel (x - center_x) scale + middle_x, middle_y - (y - center_y) scale: in double, since a small view may
 * be far from the origin. */
typedef struct CellMap {
    double center_x, center_y, scale, middle_x, middle_y;
    float x, y, w, h; /* the area, in pixels; at most 2^30 of them */
    float margin;     /* how far a mark reaches */
    uint32_t width;   /* cells in a row: (uint32_t)w */
} CellMap;

/* cells[i] = row width + column of the pixel in the area, counted from its corner, or CELL_*. */
void pixel_cells(const CellMap *map, const float *x, const float *y, size_t count, uint32_t *cells);

#endif
