/* The inner loops, private to core: written once in kernels.c over vectors of the machine's width and compiled for
 * several instruction sets (base: SSE2 or NEON; avx2: AVX2 and FMA; avx512), chosen by what the processor has.
 *
 * Samples go through the network in blocks of KERNEL_BLOCK, one sample a lane: activation[unit][lane]. Sums over
 * samples are made in 16 lanes and then by one fixed tree, whatever the width, so that variants differ only where a
 * fused multiply-add rounds once instead of twice (avx2 and avx512 agree to the last bit).
 *
 * exp, log and tanh are the Cephes single precision approximations (Moshier): within 1 ulp of libm (test_kernels
 * checks this over the whole range). */
#ifndef EASYFIRST_KERNELS_H
#define EASYFIRST_KERNELS_H

#include "core/kernels/shapes.h"

#define KERNEL_BLOCK 32

/* With more samples than this, what is read in a shuffled order does not fit a core's own caches: it is fetched
 * early. */
#define KERNEL_FAR 300000
static inline void ask_for_samples(const Sample *samples, const float *v, const uint32_t *order, size_t count) {
    for (size_t i = 0; i < count; i++) {
        __builtin_prefetch(&samples[order[i]]);
        __builtin_prefetch(&v[order[i]], 1);
    }
}

/* Consecutive steps of Adam on a linear model of two classes, with batches of KERNEL_BLOCK samples. */
typedef struct LinearSteps {
    float *parameters, *first, *second; /* 6 each: w00 w01 w10 w11 b0 b1, and the moments */
    double learning_rate, weight_decay;
    double beta1_power, beta2_power; /* before the first step; afterwards those of the last one */
    const Sample *samples;
    const uint32_t *order; /* batches * KERNEL_BLOCK samples */
    size_t batches;
    bool far; /* there are more samples than KERNEL_FAR */
    const WeightRule *rule;
    float *v;
    double batch_loss_sum; /* the batches' mean losses are added to it */
    bool diverged;         /* set if the last step taken made a parameter infinite or NaN */
} LinearSteps;

/* What is kept of each sample's label over the epochs (label_measures.h), a row a figure. All but `right` and
 * `forgotten` are means over the epochs so far. */
typedef struct LabelRows {
    float *margin;       /* of the label's score less the highest of the others */
    float *confidence;   /* of the label's probability */
    float *variance;     /* of its squared deviation from its mean */
    float *influence;    /* of the squared norm of the sample's own gradient */
    uint32_t *right;     /* 2 x the epochs in which the highest score was the label's, + 1 if it was in the last one */
    uint32_t *forgotten; /* how often it was in one epoch and not in the next */
} LabelRows;

/* A batch of a meta step (meta.h), through which several passes go. Block by block it keeps what the first pass has
 * found: the activations, and the deltas of each sample's own loss in every layer. What does not fit is found anew by
 * each pass. */
typedef struct MetaBatch {
    const Mlp *mlp;
    const float *parameters;
    const Sample *samples;
    const uint32_t *order; /* count of them */
    size_t count;
    void *blocks; /* kept + 1 of them, of Kernels.meta_block bytes, a multiple of 64, as is the address */
    size_t kept;
    float *loss, *v, *slope, *influence; /* by place in `order`, with room for count rounded up to whole blocks */
    uint8_t *label;
} MetaBatch;

/* The same for a linear model of two classes and a batch of one block, whose gradients are those of the second class's
 * score, and the negative for the first. */
typedef struct MetaLinear {
    const float *parameters; /* 6 */
    const Sample *samples;
    const uint32_t *order; /* count of them, 1 to KERNEL_BLOCK */
    size_t count;
    const float *clean_x, *clean_y, *clean_sign; /* inputs, and 1 for label 0, -1 for label 1; 0 behind the last, up to
                                                  * whole groups of 16 */
    size_t clean;                                /* points */
    float rate;                                  /* of the look-ahead */
    /* made by meta_linear_look */
    float ahead[6];
    double ahead_loss, rise[2]; /* rise: sum of dv/dt times influence, of each class */
    _Alignas(64) float influence[KERNEL_BLOCK], x[KERNEL_BLOCK], y[KERNEL_BLOCK], sign[KERNEL_BLOCK],
        loss[KERNEL_BLOCK], delta[KERNEL_BLOCK];
    /* made by meta_linear_step */
    _Alignas(64) float v[KERNEL_BLOCK];
    float gradient[6];
} MetaLinear;

typedef struct Kernels {
    const char *name;
    size_t meta_block; /* bytes */

    /* See mlp.h. */
    void (*scores)(const Mlp *mlp, const float *parameters, const float *x, const float *y, size_t count, float *scores,
                   size_t stride);
    size_t (*losses)(const Mlp *mlp, const float *parameters, const float *x, const float *y, const uint8_t *label,
                     size_t count, float *loss, double *loss_sum);

    /* One batch: samples[order[0 .. count-1]]. Decides v by the rule and stores it in v[sample] (rule NULL:
     * v[sample] is decided already), sets gradient[mlp->parameters] to that of sum(v l) / count and returns sum(v l)
     * / count. */
    double (*batch)(const Mlp *mlp, const float *parameters, const Sample *samples, const uint32_t *order, size_t count,
                    const WeightRule *rule, float *v, float *gradient);

    /* The same as that many calls of batch and adam, to the last bit, but with parameters and moments in registers
     * from batch to batch. A step waits for the one before it, so what counts is the length of the chain from
     * parameters to parameters: scores, exponentials, deltas, their sums, Adam. Everything else happens alongside:
     * samples are fetched two batches ahead, and a hard rule decides by the scores, which are there long before the
     * losses; afterwards every v is checked against its loss, and where one is wrong (a loss within rounding of the
     * threshold) the step is taken again by the losses. Returns the steps taken: it ends early after one that makes
     * a parameter infinite or NaN; the parameters are then those before it. */
    size_t (*linear_steps)(LinearSteps *steps);

    /* The passes of a meta step. The first: loss and label. */
    void (*meta_losses)(const MetaBatch *batch);
    /* v, and unless it is NULL slope = dv/dt, from loss by rules[label], all of one soft kind, not turned;
     * slope is cut to SLOPE_MOST. */
    void (*meta_weights)(const MetaBatch *batch, const WeightRule *rules, float *slope);
    /* gradient[mlp->parameters]: of sum(v l) / count, which is returned; v is a constant. */
    double (*meta_gradient)(const MetaBatch *batch, float *gradient);
    /* influence: the inner product of direction[mlp->parameters] and the gradient of the sample's own loss. */
    void (*meta_influence)(const MetaBatch *batch, const float *direction);

    /* Its two halves; rules: of both classes, before and after the thresholds' step. meta_linear_step returns sum(v l)
     * / count. */
    void (*meta_linear_look)(MetaLinear *batch, const WeightRule *rules);
    double (*meta_linear_step)(MetaLinear *batch, const WeightRule *rules);

    /* One more epoch, by the parameters after it, for samples from rows on; epoch: its number, from 1. */
    void (*label_rows)(const Mlp *mlp, const float *parameters, const float *x, const float *y, const uint8_t *label,
                       size_t count, uint32_t epoch, const LabelRows *rows);

    /* See curriculum.h. */
    void (*weights)(const WeightRule *rule, const float *loss, float *v, size_t n);

    /* At the end of an epoch: the sum of the v's and how many are above 0; where v is above 0 for the first time,
     * admitted becomes this epoch. */
    size_t (*tally)(const float *v, uint32_t *admitted, size_t n, uint32_t epoch, double *weight_sum);

    /* One step of Adam, in PyTorch's order of operations. Returns whether all parameters are finite afterwards. */
    bool (*adam)(float *parameters, const float *gradient, float *first, float *second, size_t count,
                 float weight_decay, float step_size, float root_correction);

    /* The next MT_WORDS words of MT19937's state, which has room for MT_ROOM more; see rng.h. */
    void (*mt_refill)(uint32_t *state);
    /* Deviates of the polar method, as numpy_normal draws them, from four words of the state for each of `tries` (at
     * most MT_WORDS / 4): two for a try that hits the unit circle. Returns how many. */
    size_t (*normals)(const uint32_t *words, size_t tries, double *normal);
    /* 0 .. n-1, shuffled as torch.randperm does with a generator of this seed; n < 2^30. */
    void (*permutation)(uint32_t seed, uint32_t *order, size_t n);

    /* See pixel_cells.h. */
    void (*cells)(const CellMap *map, const float *x, const float *y, size_t count, uint32_t *cells);

    /* The approximations, for the tests. */
    void (*exp)(const float *in, float *out, size_t n);
    void (*log)(const float *in, float *out, size_t n);
    void (*tanh)(const float *in, float *out, size_t n);
    /* a[i] mod b[i]; 2 <= b < 2^30. */
    void (*remainder)(const uint32_t *a, const uint32_t *b, uint32_t *out, size_t n);
} Kernels;

/* The best variant that this processor can run. */
const Kernels *kernels_best(void);
/* Variant number i, from 0 (base) upwards; NULL past the last one that this processor can run. */
const Kernels *kernels_variant(int i);

#endif
