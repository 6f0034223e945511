#include "core/field.h"

#include "core/large_pages.h"

#include "core/parallel.h"

#include <assert.h>
#include <math.h>
#include <stdint.h>
#include <stdlib.h>

/* Nodes that are evaluated at a time: their coordinates stay in the first-level cache. */
#define CHUNK 256

/* With fewer multiplications than this it is over before another thread is awake. */
#define PARALLEL_MIN (1 << 20)

bool field_resize(Field *field, int columns, int rows, int classes, Status *status) {
    assert(columns >= 2 && rows >= 2 && classes >= 1 && classes <= MAX_CLASSES);
    size_t nodes, needed;
    if (__builtin_mul_overflow((size_t)columns, (size_t)rows, &nodes) ||
        __builtin_mul_overflow(nodes, (size_t)classes, &needed) || needed > PTRDIFF_MAX / sizeof(float))
        return status_no_memory(status, "the decision regions");
    if (needed > field->capacity) {
        float *scores = large_pages_alloc(needed * sizeof *scores);
        if (!scores)
            return status_no_memory(status, "the decision regions");
        free(field->scores);
        field->scores = scores;
        field->capacity = needed;
    }
    field->columns = columns;
    field->rows = rows;
    field->classes = classes;
    return true;
}

void field_free(Field *field) {
    free(field->scores);
    *field = (Field){0};
}

typedef struct FieldRows {
    Field *field;
    const Mlp *mlp;
    const float *parameters;
} FieldRows;

static void compute_row(void *context, size_t row) {
    const FieldRows *rows = context;
    const Field *field = rows->field;
    float x[CHUNK], y[CHUNK];
    size_t nodes = (size_t)field->columns * (size_t)field->rows;
    float *scores = field->scores + row * (size_t)field->columns;
    float height = (float)(field->y0 + (double)row * field->dy);
    for (int i = 0; i < CHUNK; i++)
        y[i] = height;
    for (int first = 0; first < field->columns; first += CHUNK) {
        int count = field->columns - first < CHUNK ? field->columns - first : CHUNK;
        for (int i = 0; i < count; i++)
            x[i] = (float)(field->x0 + (first + i) * field->dx);
        mlp_scores(rows->mlp, rows->parameters, x, y, (size_t)count, scores + first, nodes);
    }
}

void field_compute(Field *field, const Mlp *mlp, const float *parameters, double x0, double y0, double dx, double dy) {
    assert(field->scores && field->classes == mlp_classes(mlp));
    field->x0 = x0;
    field->y0 = y0;
    field->dx = dx;
    field->dy = dy;
    FieldRows rows = {field, mlp, parameters};
    size_t count = (size_t)field->rows, work = count * (size_t)field->columns * mlp->parameters;
    if (work >= PARALLEL_MIN)
        parallel_for(count, compute_row, &rows);
    else
        for (size_t row = 0; row < count; row++)
            compute_row(&rows, row);
}

/* Also takes a position that is not a number to the grid. */
static double clamp_to(double position, double maximum) {
    if (!(position > 0))
        return 0;
    return position < maximum ? position : maximum;
}

void field_at(const Field *field, double column, double row, float scores[MAX_CLASSES]) {
    column = clamp_to(column, field->columns - 1);
    row = clamp_to(row, field->rows - 1);
    int c = (int)column < field->columns - 1 ? (int)column : field->columns - 2;
    int r = (int)row < field->rows - 1 ? (int)row : field->rows - 2;
    float u = (float)(column - c), v = (float)(row - r);
    size_t columns = (size_t)field->columns, nodes = columns * (size_t)field->rows;
    const float *node = field->scores + (size_t)r * columns + (size_t)c;
    for (int k = 0; k < field->classes; k++, node += nodes) {
        float upper = node[0] * (1 - u) + node[1] * u;
        float lower = node[columns] * (1 - u) + node[columns + 1] * u;
        scores[k] = upper * (1 - v) + lower * v;
    }
}
