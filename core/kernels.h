/* The inner loops, private to core: written once in kernels.c over vectors of the machine's width and
 * compiled for several instruction sets (base: SSE2 or NEON; avx2: AVX2 and FMA; avx512), chosen by what the
 * processor has.
 *
 * Samples go through the network in blocks of KERNEL_BLOCK, one sample a lane: activation[unit][lane]. Sums
 * over samples are made in 16 lanes and then by one fixed tree, whatever the width, so that variants differ
 * only where a fused multiply-add rounds once instead of twice (avx2 and avx512 agree to the last bit).
 *
 * exp, log and tanh are the Cephes single precision approximations (Moshier): within 1 ulp of libm
 * (tests/test_kernels.c checks this over the whole range). */
#ifndef EASYFIRST_KERNELS_H
#define EASYFIRST_KERNELS_H

#include "curriculum.h"
#include "mlp.h"

#define KERNEL_BLOCK 32

typedef struct Kernels {
    const char *name;

    /* See mlp.h. */
    void (*scores)(const Mlp *mlp, const float *parameters, const float *x, const float *y, size_t count,
                   float *scores, size_t stride);
    size_t (*losses)(const Mlp *mlp, const float *parameters, const float *x, const float *y,
                     const uint8_t *label, size_t count, float *loss, double *loss_sum);

    /* One batch: the samples order[0 .. count-1] of x, y, label. Decides v by the rule, stores it in
     * v[sample] (rule NULL: v[sample] is decided already), sets gradient[mlp->parameters] to that of sum(v l) / count and returns sum(v l) / count. */
    double (*batch)(const Mlp *mlp, const float *parameters, const float *x, const float *y,
                    const uint8_t *label, const uint32_t *order, size_t count, const WeightRule *rule,
                    float *v, float *gradient);

    /* See curriculum.h. */
    void (*weights)(const WeightRule *rule, const float *loss, float *v, size_t n);

    /* One step of Adam, in PyTorch's order of operations. */
    void (*adam)(float *parameters, const float *gradient, float *first, float *second, size_t count,
                 float weight_decay, float step_size, float root_correction);

    /* The approximations, for the tests. */
    void (*exp)(const float *in, float *out, size_t n);
    void (*log)(const float *in, float *out, size_t n);
    void (*tanh)(const float *in, float *out, size_t n);
} Kernels;

/* The best variant that this processor can run. */
const Kernels *kernels_best(void);
/* Variant number i, from 0 (base) upwards; NULL past the last one that this processor can run. */
const Kernels *kernels_variant(int i);

#endif
