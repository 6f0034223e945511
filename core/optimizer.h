/* Adam (Kingma and Ba 2015) and plain SGD over a flat block of parameters, with PyTorch 1.13's defaults and order of
 * operations: Adam betas 0.9 and 0.999, eps 1e-8 added to sqrt(v_hat). Weight decay D is the objective's
 * r(w) = D/2 |w|^2: D w is added to the gradient, for weights and biases alike. */
#ifndef EASYFIRST_OPTIMIZER_H
#define EASYFIRST_OPTIMIZER_H

#include "core/config.h"
#include "core/kernels/shapes.h"
#include "core/status.h"

#include <stddef.h>

typedef struct Optimizer {
    int kind; /* OptimizerKind */
    double learning_rate;
    double weight_decay;
    size_t count;                    /* parameters */
    float *first, *second;           /* Adam's moments, count each; owned */
    double beta1_power, beta2_power; /* beta^steps */
} Optimizer;

/* count: parameters to optimise. */
bool optimizer_init(Optimizer *optimizer, int kind, double learning_rate, double weight_decay, size_t count,
                    Status *status);
void optimizer_free(Optimizer *optimizer);
void optimizer_reset(Optimizer *optimizer); /* no step taken yet */

/* One step on parameters[count] with gradient[count], by these kernels (core/kernels/kernels.h). Returns whether all
 * parameters are finite afterwards. */
struct Kernels;
bool optimizer_step(Optimizer *optimizer, const struct Kernels *kernels, float *parameters, const float *gradient);

#endif
