#include "core/quantile.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdbool.h>
#include <string.h>

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, PASSES = 3 /* 33 bits, one more than there are */ };

/* Numbers in the order of the floats, both zeros alike, NaN the largest. */
static inline uint32_t key_of(float f) {
    uint32_t bits;
    f += 0.0f; /* -0 becomes 0 */
    memcpy(&bits, &f, sizeof bits);
    uint32_t key = bits ^ (bits >> 31 ? UINT32_MAX : 0x80000000u);
    return f == f ? key : UINT32_MAX;
}

static inline float float_of(uint32_t key) {
    uint32_t bits = key ^ (key >> 31 ? 0x80000000u : UINT32_MAX);
    float f;
    memcpy(&f, &bits, sizeof f);
    return f;
}

static inline uint32_t digit_of(uint32_t key, int pass) { /* pass 0: the lowest bits */
    return key >> (pass * DIGIT_BITS) & (DIGITS - 1);
}

/* Digit by digit from the highest: how many values share the digits so far and have each next one. label: NULL, or
 * those of `class` alone count. Inline for both cases; without branches in the loops, which would be guesses. */
static inline __attribute__((always_inline)) float select_rank(const float *values, const uint8_t *label, uint8_t class,
                                                               size_t count, size_t rank) {
    assert(count <= UINT32_MAX);
    uint32_t prefix = 0;
    for (int pass = PASSES - 1; pass >= 0; pass--) {
        uint32_t histogram[DIGITS] = {0}, digit = 0;
        int above = (pass + 1) * DIGIT_BITS;
        if (pass == PASSES - 1)
            for (size_t i = 0; i < count; i++)
                histogram[digit_of(key_of(values[i]), pass)] += !label || label[i] == class;
        else
            for (size_t i = 0; i < count; i++) {
                uint32_t key = key_of(values[i]);
                histogram[digit_of(key, pass)] += (key >> above == prefix) & (!label || label[i] == class);
            }
        while (digit < DIGITS && rank >= histogram[digit])
            rank -= histogram[digit++];
        if (digit == DIGITS) /* in the first pass: so many are not there */
            return NAN;
        prefix = prefix << DIGIT_BITS | digit;
    }
    return float_of(prefix);
}

float quantile_of_rank(const float *values, size_t count, size_t rank) {
    return select_rank(values, NULL, 0, count, rank);
}

float quantile_of_class(const float *values, const uint8_t *label, uint8_t class, size_t count, size_t rank) {
    return select_rank(values, label, class, count, rank);
}

float share_threshold(const float *losses, size_t count, double share) {
    if (count == 0 || !(share > 0.0))
        return 0.0f;
    double wanted = nearbyint(fmin(share, 1.0) * (double)count); /* rounds halves to even */
    float last = quantile_of_rank(losses, count, wanted < 1.0 ? 0 : (size_t)wanted - 1);
    float next = nextafterf(last, INFINITY);
    return next < FLT_MAX ? next : FLT_MAX; /* for NaN as well */
}

/* Number i of an array whose type is the caller's. */
static inline void put(void *array, size_t i, uint32_t number) {
    memcpy((char *)array + i * sizeof number, &number, sizeof number);
}

static inline uint32_t get(const void *array, size_t i) {
    uint32_t number;
    memcpy(&number, (const char *)array + i * sizeof number, sizeof number);
    return number;
}

void quantile_sort(const float *values, size_t count, uint32_t *order, void *scratch) {
    assert(count <= UINT32_MAX);
    static_assert(PASSES == 3, "the indices go to and fro and end in order");
    uint32_t start[PASSES][DIGITS] = {{0}};
    for (size_t i = 0; i < count; i++) {
        uint32_t key = key_of(values[i]);
        for (int pass = 0; pass < PASSES; pass++)
            start[pass][digit_of(key, pass)]++;
    }
    for (int pass = 0; pass < PASSES; pass++)
        for (uint32_t digit = 0, sum = 0; digit < DIGITS; digit++) {
            uint32_t here = start[pass][digit];
            start[pass][digit] = sum;
            sum += here;
        }
    /* stable, so that equal values stay by index */
    for (size_t i = 0; i < count; i++)
        order[start[0][digit_of(key_of(values[i]), 0)]++] = (uint32_t)i;
    for (size_t i = 0; i < count; i++)
        put(scratch, start[1][digit_of(key_of(values[order[i]]), 1)]++, order[i]);
    for (size_t i = 0; i < count; i++) {
        uint32_t index = get(scratch, i);
        order[start[2][digit_of(key_of(values[index]), 2)]++] = index;
    }
}
