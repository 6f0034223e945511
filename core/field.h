/* Class scores over a regular grid of a view of the plane: what the decision regions are drawn from. */
#ifndef EASYFIRST_FIELD_H
#define EASYFIRST_FIELD_H

#include "core/mlp.h"
#include "core/status.h"

#include <stddef.h>

typedef struct Field {
    int columns, rows; /* grid nodes, 2 or more each */
    int classes;
    double x0, y0;   /* world position of node (0, 0) */
    double dx, dy;   /* world distance between neighbouring nodes; dy may be negative (rows going down the screen) */
    float *scores;   /* scores[(class * rows + row) * columns + column]; owned */
    size_t capacity; /* floats allocated */
} Field;

/* Makes room for the grid; keeps the old field on failure. A zeroed Field is a valid empty one. */
bool field_resize(Field *field, int columns, int rows, int classes, Status *status);
void field_free(Field *field);

/* Evaluates the model (with its scaling) at every node, rows in parallel. The result does not depend on the number of
 * threads. */
void field_compute(Field *field, const Mlp *mlp, const float *parameters, double x0, double y0, double dx, double dy);

/* The bilinear scores at a grid position (column, row in floating point, clamped to the grid). */
void field_at(const Field *field, double column, double row, float scores[MAX_CLASSES]);

#endif
