#include "core/mlp.h"

#include "core/config.h"
#include "core/kernels/kernels.h"
#include "core/parallel.h"

#include <assert.h>
#include <math.h>

void mlp_shape(Mlp *mlp, const int *hidden, int hidden_count, int classes, int activation) {
    assert(hidden_count >= 0 && hidden_count <= MAX_HIDDEN && classes >= 2 && classes <= MAX_CLASSES);
    *mlp = (Mlp){.layers = hidden_count + 1, .activation = activation};
    mlp->sizes[0] = MLP_INPUTS;
    for (int i = 0; i < hidden_count; i++) {
        assert(hidden[i] >= 1 && hidden[i] <= MAX_UNITS);
        mlp->sizes[i + 1] = hidden[i];
    }
    mlp->sizes[mlp->layers] = classes;
    for (int i = 0; i < mlp->layers; i++) {
        size_t in = (size_t)mlp->sizes[i], out = (size_t)mlp->sizes[i + 1];
        mlp->weights[i] = mlp->parameters;
        mlp->biases[i] = mlp->parameters + in * out;
        mlp->parameters += (in + 1) * out;
    }
    mlp->padded = (mlp->parameters + 15) / 16 * 16;
}

/* Two passes, so that a large mean takes nothing from the deviations. */
static void mean_and_deviation(const float *values, size_t count, double *mean, double *deviation) {
    double sum = 0.0, square = 0.0;
    for (size_t i = 0; i < count; i++)
        sum += (double)values[i];
    *mean = sum / (double)count;
    for (size_t i = 0; i < count; i++)
        square += ((double)values[i] - *mean) * ((double)values[i] - *mean);
    *deviation = sqrt(square / (double)count);
}

void mlp_standardize(Mlp *mlp, const float *x, const float *y, size_t count) {
    Scaling *s = &mlp->scaling;
    const float *axes[MLP_INPUTS] = {x, y};
    for (int axis = 0; axis < MLP_INPUTS; axis++) {
        mean_and_deviation(axes[axis], count, &s->shift[axis], &s->divisor[axis]);
        if (!(s->divisor[axis] > 0.0))
            s->divisor[axis] = 1.0;
    }
    s->on = true;
}

void mlp_samples(const Mlp *mlp, const float *x, const float *y, const uint8_t *label, size_t count, Sample *samples) {
    for (size_t i = 0; i < count; i++)
        samples[i] = (Sample){.input = {mlp_input(mlp, 0, x[i]), mlp_input(mlp, 1, y[i])}, .label = label[i]};
}

void mlp_initialise(const Mlp *mlp, float *parameters, Mt19937 *torch) {
    for (int i = 0; i < mlp->layers; i++) {
        double bound = 1.0 / sqrt((double)mlp->sizes[i]);
        size_t count = (size_t)(mlp->sizes[i] + 1) * (size_t)mlp->sizes[i + 1];
        for (size_t p = 0; p < count; p++) /* weights row by row, then the biases behind them */
            parameters[mlp->weights[i] + p] = torch_uniform(torch, -bound, bound);
    }
}

void mlp_scores(const Mlp *mlp, const float *parameters, const float *x, const float *y, size_t count, float *scores,
                size_t stride) {
    kernels_best()->scores(mlp, parameters, x, y, count, scores, stride);
}

void mlp_activations(const Mlp *mlp, const float *parameters, float x, float y, float *units) {
    const float input[MLP_INPUTS] = {mlp_input(mlp, 0, x), mlp_input(mlp, 1, y)};
    const float *below = input;
    for (int l = 0; l < mlp->layers; l++) {
        int in = mlp->sizes[l], out = mlp->sizes[l + 1];
        const float *weight = parameters + mlp->weights[l], *bias = parameters + mlp->biases[l];
        for (int o = 0; o < out; o++, weight += in) {
            float z = bias[o];
            for (int k = 0; k < in; k++)
                z += weight[k] * below[k];
            if (l + 1 < mlp->layers)
                z = mlp->activation == ACTIVATION_RELU ? (z > 0.0f ? z : 0.0f) : tanhf(z);
            units[o] = z;
        }
        below = units;
        units += out;
    }
}

/* Points are evaluated in slices; their sums are added in order, so that threads make no difference. */
#define SLICE 8192
#define MAX_SLICES ((MAX_SAMPLES + SLICE - 1) / SLICE)

typedef struct LossSlices {
    const Kernels *kernels;
    const Mlp *mlp;
    const float *parameters, *x, *y;
    const uint8_t *label;
    size_t count;
    float *loss;
    double sums[MAX_SLICES];
    size_t right[MAX_SLICES];
} LossSlices;

static void loss_slice(void *context, size_t slice) {
    LossSlices *s = context;
    size_t first = slice * SLICE, n = s->count - first < SLICE ? s->count - first : SLICE;
    s->right[slice] = s->kernels->losses(s->mlp, s->parameters, s->x + first, s->y + first, s->label + first, n,
                                         s->loss + first, &s->sums[slice]);
}

LossSum mlp_losses(const Mlp *mlp, const float *parameters, const float *x, const float *y, const uint8_t *label,
                   size_t count, float *loss) {
    assert(count <= MAX_SAMPLES);
    LossSlices s = {.kernels = kernels_best(), .mlp = mlp, .parameters = parameters, .x = x, .y = y, .label = label};
    s.count = count;
    s.loss = loss;
    size_t slices = (count + SLICE - 1) / SLICE;
    if (slices <= 2 && mlp->layers == 1) /* over before a thread is awake */
        for (size_t i = 0; i < slices; i++)
            loss_slice(&s, i);
    else
        parallel_for(slices, loss_slice, &s);
    LossSum all = {0};
    for (size_t i = 0; i < slices; i++) {
        all.sum += s.sums[i];
        all.right += s.right[i];
    }
    return all;
}
