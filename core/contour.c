#include "core/contour.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define NONE UINT32_MAX
#define INVALID UINT8_MAX /* class of a node with a score that is not finite */

typedef struct ContourVertex {
    float x, y;
    /* Neighbours along the boundary, NONE if there is none. A crossing has one in each cell at its edge; a junction has
     * more, so it keeps none: polylines end there. */
    uint32_t link[2];
    bool junction, done;
} Vertex;

/* One row of cells while it is traced. Corners and edges of a cell go clockwise round it as seen on the screen: corners
 * upper left, upper right, lower right, lower left; edge k lies between corners k and k + 1. */
typedef struct Row {
    int number;
    const uint8_t *upper_labels, *lower_labels; /* columns each */
    uint32_t *upper, *lower;                    /* vertices on horizontal edges, by column of the left end */
    uint32_t *vertical;                         /* vertices on vertical edges */
} Row;

/* A cell that the boundary passes through. */
typedef struct Cell {
    int column;
    uint8_t label[4];   /* classes of its corners */
    int class[4];       /* the different ones */
    int classes;        /* how many of them */
    uint32_t vertex[4]; /* crossings on its edges, in the edges' order */
    int crossings;
} Cell;

static const int CORNER_X[4] = {0, 1, 1, 0}, CORNER_Y[4] = {0, 0, 1, 1};

/* Makes room for one more element than count. Arrays grow by half, so that a run of traces soon stops allocating. */
static bool grow(void **items, size_t *capacity, size_t count, size_t item_size, Status *status) {
    if (count < *capacity)
        return true;
    size_t larger = *capacity + *capacity / 2 + 256; /* half as many bytes again as fit into memory: no overflow */
    void *grown = realloc(*items, larger * item_size);
    if (!grown)
        return status_no_memory(status, "the decision boundary");
    *items = grown;
    *capacity = larger;
    return true;
}

static bool add_vertex(Contour *contour, double x, double y, bool junction, uint32_t *index, Status *status) {
    void *vertices = contour->vertices;
    assert(contour->vertex_count < NONE); /* three a node at most */
    if (!grow(&vertices, &contour->vertex_capacity, contour->vertex_count, sizeof(Vertex), status))
        return false;
    contour->vertices = vertices;
    *index = (uint32_t)contour->vertex_count++;
    contour->vertices[*index] = (Vertex){(float)x, (float)y, {NONE, NONE}, junction, false};
    return true;
}

static void link_to(Vertex *vertex, uint32_t other) {
    if (vertex->junction)
        return;
    assert(vertex->link[1] == NONE);
    vertex->link[vertex->link[0] != NONE] = other;
}

static void join(Contour *contour, uint32_t a, uint32_t b) {
    link_to(&contour->vertices[a], b);
    link_to(&contour->vertices[b], a);
}

static double score(const Field *field, int class, int column, int row) {
    size_t node = (size_t)row * (size_t)field->columns + (size_t)column;
    return field->scores[(size_t) class * (size_t)field->columns * (size_t)field->rows + node];
}

/* The classes of the nodes of a row. */
static void label_row(const Field *field, int row, uint8_t *labels) {
    size_t columns = (size_t)field->columns, nodes = columns * (size_t)field->rows;
    const float *scores = field->scores + (size_t)row * columns;
    if (field->classes == 2) { /* the usual case, as a loop that vectorises */
        const float *zero = scores, *one = scores + nodes;
        for (size_t i = 0; i < columns; i++) {
            bool finite = fabsf(zero[i]) <= FLT_MAX && fabsf(one[i]) <= FLT_MAX;
            labels[i] = finite ? one[i] > zero[i] : INVALID;
        }
        return;
    }
    for (size_t i = 0; i < columns; i++) {
        int best = 0;
        bool finite = isfinite(scores[i]);
        for (int k = 1; k < field->classes; k++) {
            finite = finite && isfinite(scores[(size_t)k * nodes + i]);
            if (scores[(size_t)k * nodes + i] > scores[(size_t)best * nodes + i])
                best = k;
        }
        labels[i] = finite ? (uint8_t)best : INVALID;
    }
}

/* Adds the vertex on edge k to the cell's crossings, made if the cell on the other side has not done so. */
static bool add_crossing(Contour *contour, const Field *field, const Row *row, Cell *cell, int k, Status *status) {
    int column = cell->column;
    uint32_t *slot = k == 0   ? &row->upper[column]
                     : k == 1 ? &row->vertical[column + 1]
                     : k == 2 ? &row->lower[column]
                              : &row->vertical[column];
    if (*slot == NONE) {
        int m = (k + 1) % 4, a = cell->label[k], b = cell->label[m];
        int x0 = column + CORNER_X[k], y0 = row->number + CORNER_Y[k];
        int x1 = column + CORNER_X[m], y1 = row->number + CORNER_Y[m];
        double d0 = score(field, a, x0, y0) - score(field, b, x0, y0); /* >= 0 */
        double d1 = score(field, a, x1, y1) - score(field, b, x1, y1); /* <= 0 */
        assert(d0 > d1); /* of equal scores the first class wins, so that not both are 0 */
        double t = d0 / (d0 - d1);
        if (!add_vertex(contour, x0 + t * (x1 - x0), y0 + t * (y1 - y0), false, slot, status))
            return false;
    }
    cell->vertex[cell->crossings++] = *slot;
    return true;
}

/* The point of a cell where the scores of three classes are equal, by the planes that fit its corners best; false if
 * there is no such point in the cell. */
static bool triple_point(const Field *field, int column, int row, const int class[3], double *x, double *y) {
    double a[2], b[2], c[2]; /* a u + b v + c = 0 for the differences to the first class, u and v from the middle */
    for (int i = 0; i < 2; i++) {
        double d[4];
        for (int k = 0; k < 4; k++)
            d[k] = score(field, class[i + 1], column + CORNER_X[k], row + CORNER_Y[k]) -
                   score(field, class[0], column + CORNER_X[k], row + CORNER_Y[k]);
        a[i] = (d[1] + d[2] - d[0] - d[3]) / 2;
        b[i] = (d[2] + d[3] - d[0] - d[1]) / 2;
        c[i] = (d[0] + d[1] + d[2] + d[3]) / 4;
    }
    double determinant = a[0] * b[1] - a[1] * b[0];
    double u = (b[0] * c[1] - b[1] * c[0]) / determinant;
    double v = (a[1] * c[0] - a[0] * c[1]) / determinant;
    if (!(fabs(u) <= 0.5 && fabs(v) <= 0.5)) /* not when they are no numbers, either */
        return false;
    *x = column + 0.5 + u;
    *y = row + 0.5 + v;
    return true;
}

/* Joins the crossings of a cell with three or four classes. */
static bool trace_meeting(Contour *contour, const Field *field, const Row *row, const Cell *cell, Status *status) {
    const uint32_t *vertex = cell->vertex;
    int column = cell->column;
    /* With a class on two opposite corners and its scores the highest in the middle, the others are just cut off. */
    if (cell->classes == 3 && cell->crossings == 4) {
        int first = cell->label[0] == cell->label[2] ? 0 : 1, through = cell->label[first];
        double mean[3] = {0}, through_mean = 0;
        for (int i = 0; i < 3; i++)
            for (int k = 0; k < 4; k++)
                mean[i] += score(field, cell->class[i], column + CORNER_X[k], row->number + CORNER_Y[k]);
        for (int i = 0; i < 3; i++)
            if (cell->class[i] == through)
                through_mean = mean[i];
        if (through_mean >= mean[0] && through_mean >= mean[1] && through_mean >= mean[2]) {
            join(contour, vertex[first], vertex[first + 1]); /* round corner first + 1 */
            join(contour, vertex[(first + 2) % 4], vertex[(first + 3) % 4]);
            return true;
        }
    }
    double x = 0, y = 0;
    uint32_t junction = NONE;
    if (cell->classes > 3 || !triple_point(field, column, row->number, cell->class, &x, &y)) {
        x = y = 0;
        for (int i = 0; i < cell->crossings; i++) {
            x += (double)contour->vertices[vertex[i]].x / cell->crossings;
            y += (double)contour->vertices[vertex[i]].y / cell->crossings;
        }
    }
    if (!add_vertex(contour, x, y, true, &junction, status))
        return false;
    for (int i = 0; i < cell->crossings; i++)
        join(contour, vertex[i], junction);
    return true;
}

static bool trace_cell(Contour *contour, const Field *field, const Row *row, int column, Status *status) {
    Cell cell = {.column = column,
                 .label = {row->upper_labels[column], row->upper_labels[column + 1], row->lower_labels[column + 1],
                           row->lower_labels[column]}};
    const uint8_t *label = cell.label;
    const uint32_t *vertex = cell.vertex;
    for (int k = 0; k < 4; k++) {
        if (label[k] == INVALID)
            return true;
        bool known = false;
        for (int i = 0; i < cell.classes; i++)
            known = known || cell.class[i] == label[k];
        if (!known)
            cell.class[cell.classes++] = label[k];
    }
    for (int k = 0; k < 4; k++)
        if (label[k] != label[(k + 1) % 4] && !add_crossing(contour, field, row, &cell, k, status))
            return false;
    if (cell.classes > 2)
        return trace_meeting(contour, field, row, &cell, status);
    if (cell.crossings == 2) {
        join(contour, vertex[0], vertex[1]);
        return true;
    }
    assert(cell.crossings == 4); /* a saddle: corners 0 and 2 are of one class, 1 and 3 of the other */
    double mean = 0;
    for (int k = 0; k < 4; k++)
        mean += score(field, label[0], column + CORNER_X[k], row->number + CORNER_Y[k]) -
                score(field, label[1], column + CORNER_X[k], row->number + CORNER_Y[k]);
    int first = mean >= 0 ? 0 : 1; /* corner first and the one opposite hang together */
    join(contour, vertex[first], vertex[first + 1]);
    join(contour, vertex[(first + 2) % 4], vertex[(first + 3) % 4]);
    return true;
}

static uint64_t eight(const uint8_t *labels) {
    uint64_t word;
    memcpy(&word, labels, sizeof word);
    return word;
}

/* How many cells from `column` on are passed, since all their corners are of one class: 8, 1 or 0. */
static size_t cells_of_one_class(const uint8_t *upper, const uint8_t *lower, size_t column, size_t columns) {
    upper += column;
    lower += column;
    if (column + 9 <= columns && eight(upper) == eight(lower) && eight(upper) == eight(upper + 1) &&
        eight(lower) == eight(lower + 1))
        return 8;
    return upper[0] == upper[1] && upper[0] == lower[0] && upper[0] == lower[1];
}

static bool trace_cells(Contour *contour, const Field *field, Status *status) {
    size_t columns = (size_t)field->columns;
    if (columns > contour->columns_capacity) {
        uint32_t *edges = malloc(3 * columns * sizeof *edges);
        uint8_t *labels = malloc(2 * columns);
        if (!edges || !labels) {
            free(edges);
            free(labels);
            return status_no_memory(status, "the decision boundary");
        }
        free(contour->edges);
        free(contour->labels);
        contour->edges = edges;
        contour->labels = labels;
        contour->columns_capacity = columns;
    }
    uint32_t *upper = contour->edges, *lower = upper + columns, *vertical = lower + columns;
    uint8_t *upper_labels = contour->labels, *lower_labels = upper_labels + columns;
    memset(lower, 0xff, columns * sizeof *lower);
    label_row(field, 0, lower_labels);
    for (int number = 0; number + 1 < field->rows; number++) {
        uint32_t *edges = upper;
        upper = lower;
        lower = edges;
        uint8_t *labels = upper_labels;
        upper_labels = lower_labels;
        lower_labels = labels;
        memset(lower, 0xff, columns * sizeof *lower);
        memset(vertical, 0xff, columns * sizeof *vertical);
        label_row(field, number + 1, lower_labels);
        Row row = {number, upper_labels, lower_labels, upper, lower, vertical};
        for (size_t c = 0, passed; c + 1 < columns; c += passed > 0 ? passed : 1) {
            passed = cells_of_one_class(upper_labels, lower_labels, c, columns);
            if (passed == 0 && !trace_cell(contour, field, &row, (int)c, status))
                return false;
        }
    }
    return true;
}

static bool add_point(Contour *contour, const Vertex *vertex, Status *status) {
    size_t count = contour->point_count;
    if (count > contour->starts[contour->line_count]) {
        const float *last = contour->points + 2 * (count - 1);
        if (last[0] == vertex->x && last[1] == vertex->y) /* the boundary passes through a node */
            return true;
    }
    void *points = contour->points;
    if (!grow(&points, &contour->point_capacity, count, 2 * sizeof(float), status))
        return false;
    contour->points = points;
    contour->points[2 * count] = vertex->x;
    contour->points[2 * count + 1] = vertex->y;
    contour->point_count++;
    return true;
}

static bool end_line(Contour *contour, Status *status) {
    if (contour->point_count - contour->starts[contour->line_count] < 2) {
        contour->point_count = contour->starts[contour->line_count]; /* shrunk to a point */
        return true;
    }
    void *starts = contour->starts;
    if (!grow(&starts, &contour->line_capacity, contour->line_count + 1, sizeof(size_t), status))
        return false;
    contour->starts = starts;
    contour->starts[++contour->line_count] = contour->point_count;
    return true;
}

/* Follows the boundary from a crossing that has not been drawn, away from the neighbour `from`. */
static bool follow(Contour *contour, uint32_t start, uint32_t from, Status *status) {
    Vertex *vertices = contour->vertices;
    if (from != NONE && vertices[from].junction && !add_point(contour, &vertices[from], status))
        return false;
    uint32_t at = start;
    while (at != NONE) {
        if (!add_point(contour, &vertices[at], status))
            return false;
        if (vertices[at].junction || vertices[at].done) /* the end, or round to the beginning */
            break;
        vertices[at].done = true;
        uint32_t next = vertices[at].link[vertices[at].link[0] == from];
        from = at;
        at = next;
    }
    return end_line(contour, status);
}

static bool join_lines(Contour *contour, Status *status) {
    const Vertex *vertices = contour->vertices;
    for (size_t i = 0; i < contour->vertex_count; i++) {
        if (vertices[i].junction || vertices[i].done)
            continue;
        for (int side = 0; side < 2; side++) {
            uint32_t link = vertices[i].link[side];
            if ((link == NONE || vertices[link].junction) && !vertices[i].done &&
                !follow(contour, (uint32_t)i, link, status))
                return false;
        }
    }
    for (size_t i = 0; i < contour->vertex_count; i++) /* what is left is closed */
        if (!vertices[i].junction && !vertices[i].done && !follow(contour, (uint32_t)i, vertices[i].link[0], status))
            return false;
    return true;
}

bool contour_trace(Contour *contour, const Field *field, Status *status) {
    contour->point_count = contour->line_count = contour->vertex_count = 0;
    void *starts = contour->starts;
    if (!grow(&starts, &contour->line_capacity, 0, sizeof(size_t), status))
        return false;
    contour->starts = starts;
    contour->starts[0] = 0;
    if (trace_cells(contour, field, status) && join_lines(contour, status))
        return true;
    contour->point_count = contour->line_count = 0;
    return false;
}

/* Directions, as vectors: `from` to `to` counterclockwise, less than half a turn. */
typedef struct Sector {
    float from[2], to[2];
} Sector;

static float cross(const float a[2], const float b[2]) {
    return a[0] * b[1] - a[1] * b[0];
}

/* From the points of a line that begins at `first`: the last one to which a straight stretch passes all those
 * between within the tolerance. Each of them leaves a sector of directions that pass it; as long as the points move
 * away from the beginning, a stretch whose direction lies in all sectors will do. */
static size_t end_of_stretch(const float *points, size_t first, size_t end, float tolerance) {
    const float *start = points + 2 * first;
    Sector sector = {{0, 0}, {0, 0}};
    bool bounded = false;
    float reached = 0;
    for (size_t i = first + 1; i < end; i++) {
        float to[2] = {points[2 * i] - start[0], points[2 * i + 1] - start[1]};
        float distance = sqrtf(to[0] * to[0] + to[1] * to[1]);
        if (!(distance >= reached) || (bounded && (cross(sector.from, to) < 0 || cross(to, sector.to) < 0)))
            return i - 1;
        reached = distance;
        if (distance <= tolerance)
            continue;
        float sine = tolerance / distance, cosine = sqrtf(1 - sine * sine);
        float from[2] = {to[0] * cosine + to[1] * sine, to[1] * cosine - to[0] * sine};
        float till[2] = {to[0] * cosine - to[1] * sine, to[1] * cosine + to[0] * sine};
        if (!bounded || cross(sector.from, from) > 0)
            memcpy(sector.from, from, sizeof from);
        if (!bounded || cross(till, sector.to) > 0)
            memcpy(sector.to, till, sizeof till);
        bounded = true;
    }
    return end - 1;
}

void contour_simplify(Contour *contour, float tolerance) {
    assert(tolerance > 0);
    float *points = contour->points;
    size_t kept = 0;
    for (size_t k = 0; k < contour->line_count; k++) {
        size_t first = contour->starts[k], end = contour->starts[k + 1];
        contour->starts[k] = kept;
        for (size_t i = first;; i = end_of_stretch(points, i, end, tolerance)) {
            assert(kept <= i); /* what is overwritten has been read */
            memcpy(points + 2 * kept++, points + 2 * i, 2 * sizeof *points);
            if (i + 1 >= end)
                break;
        }
    }
    contour->starts[contour->line_count] = kept;
    contour->point_count = kept;
}

void contour_free(Contour *contour) {
    free(contour->points);
    free(contour->starts);
    free(contour->vertices);
    free(contour->edges);
    free(contour->labels);
    *contour = (Contour){0};
}
