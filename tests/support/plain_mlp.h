/* The classifier in double precision, one sample at a time, plainly: what the kernels and the trainer are
 * compared with. Its own gradient is checked against central differences by test_kernels. */
#ifndef EASYFIRST_PLAIN_MLP_H
#define EASYFIRST_PLAIN_MLP_H

#include "core/mlp.h"

#include <math.h>
#include <string.h>

/* The loss of one sample. Adds scale times its gradient to gradient[mlp->parameters] unless that is NULL. */
static double plain_sample(const Mlp *mlp, const double *p, double x, double y, int label, double scale,
                           double *gradient) {
    double value[MLP_MAX_LAYERS + 1][MAX_UNITS] = {{x, y}}, slope[MAX_UNITS], below[MAX_UNITS];
    int last = mlp->layers;
    for (int l = 0; l < last; l++)
        for (int o = 0; o < mlp->sizes[l + 1]; o++) {
            double z = p[mlp->biases[l] + (size_t)o];
            for (int k = 0; k < mlp->sizes[l]; k++)
                z += p[mlp->weights[l] + (size_t)(o * mlp->sizes[l] + k)] * value[l][k];
            bool hidden = l + 1 < last;
            value[l + 1][o] = !hidden ? z : mlp->activation == ACTIVATION_RELU ? fmax(z, 0.0) : tanh(z);
        }
    double highest = -INFINITY, sum = 0.0;
    for (int c = 0; c < mlp_classes(mlp); c++)
        highest = fmax(highest, value[last][c]);
    for (int c = 0; c < mlp_classes(mlp); c++)
        sum += exp(value[last][c] - highest);
    double loss = highest + log(sum) - value[last][label];
    if (!gradient)
        return loss;

    for (int c = 0; c < mlp_classes(mlp); c++)
        slope[c] = scale * (exp(value[last][c] - highest) / sum - (c == label ? 1.0 : 0.0));
    for (int l = last - 1; l >= 0; l--) {
        memset(below, 0, sizeof below);
        for (int o = 0; o < mlp->sizes[l + 1]; o++) {
            gradient[mlp->biases[l] + (size_t)o] += slope[o];
            for (int k = 0; k < mlp->sizes[l]; k++) {
                size_t w = mlp->weights[l] + (size_t)(o * mlp->sizes[l] + k);
                gradient[w] += slope[o] * value[l][k];
                below[k] += slope[o] * p[w];
            }
        }
        for (int k = 0; k < mlp->sizes[l]; k++) {
            double a = value[l][k];
            double derivative = mlp->activation == ACTIVATION_RELU ? (a > 0.0 ? 1.0 : 0.0) : 1.0 - a * a;
            slope[k] = below[k] * derivative;
        }
    }
    return loss;
}

#endif
