/* Which samples look mislabelled: those that were never admitted, then the last admitted, the largest loss
 * first. */
#ifndef EASYFIRST_SUSPECTS_H
#define EASYFIRST_SUSPECTS_H

#include <stddef.h>
#include <stdint.h>

/* The `count` most suspect of n samples (count is at most n), in order, ties by number. admitted: epoch or
 * NEVER_ADMITTED; one that was admitted in an epoch from `epochs` on counts as never admitted, as when an earlier epoch
 * is looked at (UINT32_MAX: as they are). O(n log count). */
void suspects_rank(const float *loss, const uint32_t *admitted, uint32_t epochs, size_t n, uint32_t *suspects,
                   size_t count);

#endif
