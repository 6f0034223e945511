/* How well a measure finds what is wrong, where the truth is known. */
#ifndef EASYFIRST_DETECTION_H
#define EASYFIRST_DETECTION_H

#include "core/status.h"

#include <stddef.h>
#include <stdint.h>

typedef struct Detection {
    size_t wrong;             /* points whose label is wrong */
    double auroc;             /* the chance that a wrong one is more suspect than a right one; equal ones count half */
    double average_precision; /* mean over the wrong ones of the precision down to each, equal ones taken together */
    double precision_at_k;    /* of the k most suspect, k being as many as are wrong; equal ones at the edge by share */
} Detection;

/* key[i]: the smaller, the more suspect; not NaN. is_wrong[i]: 0 or 1. All figures are NaN if none or all are wrong. */
bool detection_make(Detection *detection, const float *key, const uint8_t *is_wrong, size_t count, Status *status);

#endif
