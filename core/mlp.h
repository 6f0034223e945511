/* The classifier: 2 inputs, any number of hidden layers (0: linear), one score (logit) a class.
 *
 * An Mlp (core/kernels/shapes.h) is the shape alone, with the scaling of its inputs. Parameters are one flat block of
 * floats, layer by layer, each its weights row by row (weight[out][in]) and then its biases; gradients and the
 * optimizer's moments have the same layout. The class probabilities are the softmax of the scores. */
#ifndef EASYFIRST_MLP_H
#define EASYFIRST_MLP_H

#include "core/kernels/shapes.h"
#include "core/rng.h"

/* hidden: units of the hidden layers; activation: Activation. The scaling is off. */
void mlp_shape(Mlp *mlp, const int *hidden, int hidden_count, int classes, int activation);

/* Turns the scaling on: for these points the inputs have mean 0 and standard deviation 1 (the population's; a deviation
 * of 0 counts as 1). */
void mlp_standardize(Mlp *mlp, const float *x, const float *y, size_t count);

/* The points as the training kernels read them, scaled. */
void mlp_samples(const Mlp *mlp, const float *x, const float *y, const uint8_t *label, size_t count, Sample *samples);

/* torch.nn.Linear's initial parameters: U(-1/sqrt(fan_in), 1/sqrt(fan_in)) from torch's stream. */
void mlp_initialise(const Mlp *mlp, float *parameters, Mt19937 *torch);

/* Scores of count points: scores[class * stride + i]. Uses no memory but the stack; safe to call from several
 * threads at once on slices of the same points. */
void mlp_scores(const Mlp *mlp, const float *parameters, const float *x, const float *y, size_t count, float *scores,
                size_t stride);

/* Units and scores of a model at most. */
#define MLP_MAX_UNITS (MAX_HIDDEN * MAX_UNITS + MAX_CLASSES)

/* What every unit answers at one point: units[] receives the activations of the first hidden layer, of the second
 * and so on, then the scores; sizes[1] + ... + sizes[layers] floats, at most MLP_MAX_UNITS. The scores are those of
 * mlp_scores except for rounding. For pictures: the kernels are many times faster. */
void mlp_activations(const Mlp *mlp, const float *parameters, float x, float y, float *units);

typedef struct LossSum {
    double sum;   /* of the losses, in double precision */
    size_t right; /* points whose highest score is their label's; the lowest class wins a tie */
} LossSum;

/* loss[i]: negative log-likelihood of each point's label. Points in parallel; the result does not depend on the number
 * of threads. */
LossSum mlp_losses(const Mlp *mlp, const float *parameters, const float *x, const float *y, const uint8_t *label,
                   size_t count, float *loss);

#endif
