/* Nearest neighbours of all points at once, for the measure knn.
 *
 * The points lie in a grid of columns: cut by x into columns of equally many, each sorted by y, so that far points and
 * dense clouds make no difference. Points at the same place are looked up once. About n log n, and n sqrt n at worst
 * (all on one horizontal line). */
#ifndef EASYFIRST_NEIGHBOURS_H
#define EASYFIRST_NEIGHBOURS_H

#include "core/dataset.h"
#include "core/kernels/shapes.h"
#include "core/status.h"

#define NEIGHBOURS 10

/* share[i]: of the NEIGHBOURS points (or all others, if they are fewer) nearest to point i in the model's inputs, those
 * whose label is not i's. Equally near ones by index, the lowest first. A single point has 0. In parallel; takes 28
 * bytes a point meanwhile. */
bool neighbours_unlike(const Mlp *mlp, const Dataset *data, float *share, Status *status);

#endif
