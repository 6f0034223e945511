/* The decision boundary as polylines, by marching squares on a field.
 *
 * Every node belongs to the class of its highest score (the lowest class of a tie). A grid edge whose ends belong to
 * classes a and b is crossed where the linearly interpolated score_a and score_b are equal; the crossings of a cell
 * are joined, so that every stretch is drawn once, whatever the number of classes. A cell with two classes on
 * opposite corners (a saddle) is resolved by the mean of its corners; in a cell with three or more, the crossings
 * meet in a junction: the point where the three scores are equal. */
#ifndef EASYFIRST_CONTOUR_H
#define EASYFIRST_CONTOUR_H

#include "core/field.h"
#include "core/status.h"

#include <stdint.h>

typedef struct Contour {
    float *points;      /* x, y pairs in grid units (column, row); owned */
    size_t point_count; /* pairs */
    size_t *starts;     /* lines + 1 entries: polyline k is points starts[k] to starts[k + 1] - 1; owned */
    size_t line_count;
    /* memory kept between calls */
    size_t point_capacity, line_capacity;
    struct ContourVertex *vertices; /* crossings and junctions */
    size_t vertex_count, vertex_capacity;
    uint32_t *edges; /* vertices on the edges of the row of cells at hand */
    uint8_t *labels; /* classes of its nodes */
    size_t columns_capacity;
} Contour;

/* Traces the boundary of *field into *contour (zeroed at first), whose memory is used again. Polylines end at the
 * border of the grid, at junctions and at scores that are not finite, which have no boundary; a closed one repeats
 * its first point. On failure the contour is empty. */
bool contour_trace(Contour *contour, const Field *field, Status *status);

/* Drops points that lie within `tolerance` (grid units, above 0) of the line between those that stay: a straight
 * boundary becomes one stretch (the sector bound method, Williams 1978). Ends of polylines stay. */
void contour_simplify(Contour *contour, float tolerance);
void contour_free(Contour *contour);

#endif
