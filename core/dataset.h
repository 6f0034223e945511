/* 2D points with labels, as separate arrays: x[], y[] (float32), label[] (0 to classes - 1).
 * Generators follow the post and scikit-learn 1.2 to the last float32 for the same seed (rules: tests/reference/README.md). */
#ifndef EASYFIRST_DATASET_H
#define EASYFIRST_DATASET_H

#include "config.h"
#include "status.h"

#include <stddef.h>
#include <stdint.h>

typedef struct Dataset {
    size_t count;    /* 1 to MAX_SAMPLES */
    int classes;     /* 2 to MAX_CLASSES */
    float *x, *y;    /* count each, finite; owned */
    uint8_t *label;  /* count; owned */
    int64_t anomaly; /* the point whose label the post flips, or -1 */
    /* set by dataset_bounds */
    float x_minimum, x_maximum, y_minimum, y_maximum;
    size_t class_count[MAX_CLASSES]; /* points of each class */
} Dataset;

/* An empty set of count points with every array allocated and zeroed. *data is overwritten; on failure it is empty. */
bool dataset_init(Dataset *data, size_t count, int classes, Status *status);
void dataset_free(Dataset *data); /* safe on a zeroed Dataset; leaves it zeroed */

/* *copy is overwritten; the bounds come along. */
bool dataset_copy(Dataset *copy, const Dataset *data, Status *status);

/* The points of these settings (dataset, samples, noise, centroids, anomaly, flip, seed). *data is overwritten. */
bool dataset_generate(Dataset *data, const Settings *settings, Status *status);

/* Moves round(share * count) labels, chosen by numpy's RandomState(seed + 1).permutation, to the next class. */
bool dataset_flip(Dataset *data, double share, uint32_t seed, Status *status);

/* Bounds and class counts, after the points have changed. */
void dataset_bounds(Dataset *data);

#endif
