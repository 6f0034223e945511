/* Which pixel of a picture's area each of many points lies on: what a scatter plot of millions of points needs. */
#ifndef EASYFIRST_PIXEL_CELLS_H
#define EASYFIRST_PIXEL_CELLS_H

#include "core/kernels/shapes.h"

/* cells[i] = row width + column of the pixel in the area, counted from its corner, or CELL_*. */
void pixel_cells(const CellMap *map, const float *x, const float *y, size_t count, uint32_t *cells);

#endif
