#include "app/io/points_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { NEAR = 16 }; /* values within this part of their size are near to each other */

void points_axis_free(PointsAxis *axis) {
    free(axis->values);
    *axis = (PointsAxis){.wide = true};
}

bool points_axis_add(PointsAxis *axis, double value, Status *status) {
    if (axis->wide)
        return true;
    double low = axis->count > 0 ? fmin(axis->low, value) : value;
    double high = axis->count > 0 ? fmax(axis->high, value) : value;
    if (!(NEAR * (high - low) <= fmax(fabs(low), fabs(high)))) {
        points_axis_free(axis); /* further values only take them farther apart */
        return true;
    }
    axis->low = low;
    axis->high = high;
    if (axis->count == axis->capacity) {
        size_t capacity = axis->capacity > 0 ? 2 * axis->capacity : 64;
        double *values = realloc(axis->values, capacity * sizeof *values);
        if (!values)
            return status_no_memory(status, "the points");
        axis->values = values;
        axis->capacity = capacity;
    }
    axis->values[axis->count++] = value;
    return true;
}

/* Floats of one sign in their order: neighbours differ by 1. */
static uint32_t place_of(double value) {
    float size = fabsf((float)value);
    uint32_t bits;
    memcpy(&bits, &size, sizeof bits);
    return bits;
}

/* Whether two values that are one as float32 are two less the origin. */
static bool differences_are_lost(const PointsAxis *axis, double origin, bool *lost, Status *status) {
    uint32_t low = place_of(axis->low), high = place_of(axis->high), first = low < high ? low : high;
    size_t places = (size_t)(low < high ? high - low : low - high) + 1;
    float *seen = malloc(places * sizeof *seen); /* the first value of each place, less the origin */
    if (!seen)
        return status_no_memory(status, "the points");
    for (size_t i = 0; i < places; i++)
        seen[i] = NAN;
    for (size_t i = 0; i < axis->count && !*lost; i++) {
        float position = (float)(axis->values[i] - origin), *there = &seen[place_of(axis->values[i]) - first];
        if (isnan(*there))
            *there = position;
        *lost = *there != position;
    }
    free(seen);
    return true;
}

bool points_axis_origin(const PointsAxis *axis, double *origin, Status *status) {
    *origin = 0.0;
    double span = axis->high - axis->low;
    if (axis->wide || axis->count == 0 || span == 0.0)
        return true;
    double step = pow(10.0, floor(log10(span))), round_middle = round((axis->low + span / 2) / step) * step;
    bool lost = false;
    if (!differences_are_lost(axis, round_middle, &lost, status))
        return false;
    if (lost)
        *origin = round_middle;
    return true;
}
