/* Selecting and sorting floats by their bits: which of many losses is the k-th smallest, and which lie below which.
 *
 * Values are ordered as numbers, both zeros alike, NaN as the largest. Everything is O(count), whatever the order of
 * the values, and only reads them. count < 2^32. */
#ifndef EASYFIRST_QUANTILE_H
#define EASYFIRST_QUANTILE_H

#include <stddef.h>
#include <stdint.h>

/* The value of this rank, from 0, among all values. NaN if there are not so many. */
float quantile_of_rank(const float *values, size_t count, size_t rank);

/* The same among the values[i] whose label[i] is `class`. */
float quantile_of_class(const float *values, const uint8_t *label, uint8_t class, size_t count, size_t rank);

/* For the paces by share: the smallest threshold below which strictly lie at least round(share * count) of the
 * losses (to nearest, halves to even; at least 1 of them if share > 0): the float after that order statistic. More
 * than that lie below it where losses are equal. 0 if the share is 0 or there are no losses; a share above 1 counts
 * as 1. At most FLT_MAX, below which infinity and NaN never are. */
float share_threshold(const float *losses, size_t count, double share);

/* order[0 .. count - 1] = the indices of the values from the smallest upwards, equal values by index. scratch has room
 * for count numbers of 32 bits. The arrays may not overlap. */
void quantile_sort(const float *values, size_t count, uint32_t *order, void *scratch);

#endif
