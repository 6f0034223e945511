/* MT19937 and the two random streams of a run: torch's (initial parameters, batch orders) and numpy's (data).
 * Both generators are seeded with the run's seed by init_genrand (the 2002 initialisation).
 * Source: Matsumoto and Nishimura 1998; the streams as PyTorch 1.13 and numpy 1.24 (legacy RandomState) draw them. */
#ifndef EASYFIRST_RNG_H
#define EASYFIRST_RNG_H

#include "core/kernels/shapes.h"

void mt_seed(Mt19937 *mt, uint32_t seed);
uint32_t mt_u32(Mt19937 *mt);
uint64_t mt_u64(Mt19937 *mt); /* two outputs, the first in the high half */

/* torch.Tensor.uniform_(low, high), one value. */
float torch_uniform(Mt19937 *mt, double low, double high);

/* The order of one epoch of torch's shuffling DataLoader: draws one u64 unused and one that seeds a fresh generator,
 * then Fisher-Yates from r = 0..n-1 with z = u32 mod (n - i). order has n elements; n < 2^30. */
void torch_permutation(Mt19937 *mt, uint32_t *order, size_t n);

typedef struct NumpyRng {
    Mt19937 mt;
    bool has_normal; /* the polar method's second deviate is kept for the next call */
    double normal;
} NumpyRng;

void numpy_seed(NumpyRng *rng, uint32_t seed);
double numpy_double(NumpyRng *rng);                          /* uniform in [0, 1), 53 bits */
double numpy_normal(NumpyRng *rng);                          /* standard normal, polar method */
void numpy_normals(NumpyRng *rng, double *normal, size_t n); /* n calls of it, quicker */
/* Uniform in 0..max by masked rejection. */
uint32_t numpy_interval(NumpyRng *rng, uint32_t max);
/* RandomState.shuffle of n indices (RandomState.permutation(n) is this on 0..n-1). */
void numpy_shuffle(NumpyRng *rng, uint32_t *items, size_t n);

#endif
