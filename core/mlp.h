/* The classifier: 2 inputs, any number of hidden layers (0: linear), one score (logit) a class.
 *
 * An Mlp is the shape alone, with the scaling of its inputs. Parameters are one flat block of floats, layers in order, each its weights row by row
 * (weight[out][in]) and then its biases; gradients and the optimizer's moments use the same layout.
 * The class probabilities are the softmax of the scores. */
#ifndef EASYFIRST_MLP_H
#define EASYFIRST_MLP_H

#include "core/config.h"
#include "core/rng.h"

#include <stddef.h>

#define MLP_INPUTS 2
#define MLP_MAX_LAYERS (MAX_HIDDEN + 1)

/* Standardisation of what the model sees: input = (position - shift)/divisor of each axis, in double precision, rounded
 * to float32. Positions are in the points' own units everywhere; the kernels alone know the inputs. */
typedef struct Scaling {
    bool on; /* off: the input is the position */
    double shift[MLP_INPUTS], divisor[MLP_INPUTS];
} Scaling;

typedef struct Mlp {
    int layers;                     /* 1 to MLP_MAX_LAYERS: hidden layers and the output layer */
    int sizes[MLP_MAX_LAYERS + 1];  /* sizes[0] = 2, sizes[layers] = classes */
    int activation;                 /* Activation of the hidden layers */
    size_t parameters;              /* length of the block */
    size_t padded;                  /* the same rounded up to whole vectors of 16: what to allocate, zeroed */
    size_t weights[MLP_MAX_LAYERS]; /* offset of each layer's weights in the block */
    size_t biases[MLP_MAX_LAYERS];  /* and of its biases */
    Scaling scaling;                /* off after mlp_shape */
} Mlp;

/* A sample as training reads it, in a shuffled order: from one line of the cache instead of three. */
typedef struct Sample {
    _Alignas(16) float input[MLP_INPUTS]; /* after the scaling */
    int32_t label;
} Sample;

void mlp_shape(Mlp *mlp, const int *hidden, int hidden_count, int classes, int activation);

static inline int mlp_classes(const Mlp *mlp) {
    return mlp->sizes[mlp->layers];
}

/* The input that a position of an axis (0: x, 1: y) becomes. */
static inline float mlp_input(const Mlp *mlp, int axis, float position) {
    const Scaling *s = &mlp->scaling;
    return s->on ? (float)(((double)position - s->shift[axis]) / s->divisor[axis]) : position;
}

/* Scaling on: mean 0 and standard deviation 1 (the population's; 0 counts as 1) for these points. */
void mlp_standardize(Mlp *mlp, const float *x, const float *y, size_t count);

void mlp_samples(const Mlp *mlp, const float *x, const float *y, const uint8_t *label, size_t count, Sample *samples);

/* torch.nn.Linear's initial parameters: U(-1/sqrt(fan_in), 1/sqrt(fan_in)) from torch's stream. */
void mlp_initialise(const Mlp *mlp, float *parameters, Mt19937 *torch);

/* Scores of count points: scores[class * stride + i]. Uses no memory but the stack; safe to call from several
 * threads at once on slices of the same points. */
void mlp_scores(const Mlp *mlp, const float *parameters, const float *x, const float *y, size_t count, float *scores,
                size_t stride);

/* Units and scores of a model at most. */
#define MLP_MAX_UNITS (MAX_HIDDEN * MAX_UNITS + MAX_CLASSES)

/* What every unit answers at one point, plainly: units[] receives the activations of the first hidden layer, of the second
 * and so on, then the scores; sizes[1] + ... + sizes[layers] floats, MLP_MAX_UNITS at most. The scores are mlp_scores' but
 * for rounding. For pictures: the kernels are many times faster. */
void mlp_activations(const Mlp *mlp, const float *parameters, float x, float y, float *units);

/* Negative log-likelihood of each point's label, loss[i], and the number of points whose highest score is their
 * label's (the lowest class wins a tie). loss_sum receives the sum in double precision, or may be NULL. */
size_t mlp_losses(const Mlp *mlp, const float *parameters, const float *x, const float *y, const uint8_t *label,
                  size_t count, float *loss, double *loss_sum);

#endif
