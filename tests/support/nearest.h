/* The nearest point, found by looking at all of them. */
#ifndef EASYFIRST_TESTS_NEAREST_H
#define EASYFIRST_TESTS_NEAREST_H

#include "core/dataset.h"

/* The lowest of the nearest points within reach, or -1. */
static int64_t nearest_by_hand(const Dataset *data, double x, double y, double reach) {
    int64_t found = -1;
    double best = reach * reach;
    for (size_t i = 0; i < data->count; i++) {
        double dx = (double)data->x[i] - x, dy = (double)data->y[i] - y, distance = dx * dx + dy * dy;
        if (distance < best || (distance == best && found < 0)) {
            best = distance;
            found = (int64_t)i;
        }
    }
    return found;
}

#endif
