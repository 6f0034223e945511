#include "core/pixel_cells.h"

#include "core/kernels/kernels.h"

void pixel_cells(const CellMap *map, const float *x, const float *y, size_t count, uint32_t *cells) {
    kernels_best()->cells(map, x, y, count, cells);
}
