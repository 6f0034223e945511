#include "core/rng.h"

#include "core/kernels/kernels.h"

#include <assert.h>
#include <math.h>

void mt_seed(Mt19937 *mt, uint32_t seed) {
    mt->state[0] = seed;
    for (uint32_t i = 1; i < MT_WORDS; i++)
        mt->state[i] = mt_seed_word(mt->state[i - 1], i);
    mt->index = MT_WORDS;
}

static void refill_if_used_up(Mt19937 *mt) {
    if (mt->index >= MT_WORDS) {
        kernels_best()->mt_refill(mt->state);
        mt->index = 0;
    }
}

uint32_t mt_u32(Mt19937 *mt) {
    refill_if_used_up(mt);
    return mt_tempered(mt->state[mt->index++]);
}

uint64_t mt_u64(Mt19937 *mt) {
    uint64_t high = mt_u32(mt);
    return high << 32 | mt_u32(mt);
}

float torch_uniform(Mt19937 *mt, double low, double high) {
    float from = (float)low, to = (float)high;
    float x = (float)(mt_u32(mt) & 0xffffffu) * 0x1p-24f;
    return __builtin_fmaf(x, to - from, from); /* torch is compiled with fused multiply-add */
}

void torch_permutation(Mt19937 *mt, uint32_t *order, size_t n) {
    assert(n < 1u << 30);
    mt_u64(mt);
    uint32_t seed = (uint32_t)mt_u64(mt); /* & (2^63 - 1) leaves the low 32 bits as they are */
    kernels_best()->permutation(seed, order, n);
}

void numpy_seed(NumpyRng *rng, uint32_t seed) {
    mt_seed(&rng->mt, seed);
    rng->has_normal = false;
    rng->normal = 0.0;
}

double numpy_double(NumpyRng *rng) {
    uint32_t a = mt_u32(&rng->mt) >> 5, b = mt_u32(&rng->mt) >> 6;
    return ((double)a * 67108864.0 + (double)b) / 9007199254740992.0;
}

double numpy_normal(NumpyRng *rng) {
    if (rng->has_normal) {
        rng->has_normal = false;
        return rng->normal;
    }
    double x1, x2, r2;
    do {
        x1 = 2.0 * numpy_double(rng) - 1.0;
        x2 = 2.0 * numpy_double(rng) - 1.0;
        r2 = x1 * x1 + x2 * x2;
    } while (r2 >= 1.0 || r2 == 0.0);
    double f = sqrt(-2.0 * log(r2) / r2);
    rng->normal = f * x1;
    rng->has_normal = true;
    return f * x2;
}

void numpy_normals(NumpyRng *rng, double *normal, size_t n) {
    const Kernels *kernels = kernels_best();
    Mt19937 *mt = &rng->mt;
    for (size_t done = 0; done < n;) {
        refill_if_used_up(mt);
        size_t words = (size_t)(MT_WORDS - mt->index), wanted = n - done; /* a try takes four and gives two, or none */
        size_t tries = words / 4 < wanted / 2 ? words / 4 : wanted / 2;
        if (rng->has_normal || tries == 0) {
            normal[done++] = numpy_normal(rng);
            continue;
        }
        done += kernels->normals(mt->state + mt->index, tries, normal + done);
        mt->index += (int)(4 * tries);
    }
}

uint32_t numpy_interval(NumpyRng *rng, uint32_t max) {
    uint32_t mask = max;
    for (int shift = 1; shift < 32; shift *= 2)
        mask |= mask >> shift;
    uint32_t value;
    do
        value = mt_u32(&rng->mt) & mask;
    while (value > max);
    return value;
}

void numpy_shuffle(NumpyRng *rng, uint32_t *items, size_t n) {
    assert(n <= UINT32_MAX);
    for (size_t i = n; i-- > 1;) {
        uint32_t j = numpy_interval(rng, (uint32_t)i);
        uint32_t swapped = items[i];
        items[i] = items[j];
        items[j] = swapped;
    }
}
