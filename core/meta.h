/* Meta self-paced learning: thresholds that learn themselves on a few clean points (Shu, Meng, Xu 2020, the scalar
 * threshold; a threshold for each class and the regularizers but linear follow from the same bilevel problem):
 *
 *   w*(t) = argmin over w of (1/N) sum_i V(l_i(w); t) l_i(w),   t* = argmin of (1/M) sum_j l_j^clean(w*(t))
 *
 * One step, for each batch of n training points after the warm-up (trainer_meta.c):
 *
 *   1. v_i = V(l_i; t of i's class) from the losses at w
 *   2. the look-ahead, plain gradient descent: w^ = w - A (1/n) sum_i v_i grad l_i(w)      (A: lookahead-rate)
 *   3. L: the mean loss of all clean points at w^;  G_i = <grad L(w^), grad l_i(w)>
 *   4. dL/dt_c = -(A/n) sum over i of class c of V'(l_i) G_i,  V' = dV/dt;  one threshold for all: over every i
 *   5. Adam's step on the thresholds with the meta rate; then back within the bounds
 *   6. the run's own step from w, with v_i = V(l_i; new t): these v's are kept and shown
 *
 * G_i is the influence of a point: above 0, a step on it helps the clean points, below 0 it hurts them. It takes one
 * pass without stored gradients: the change that grad L makes in a layer's sums, times the deltas of l_i.
 *
 * Reweighting (Ren, Zeng, Yang, Urtasun 2018) has no threshold: with G_i at w^ = w, v_i = max(G_i, 0), scaled to sum
 * to n over the batch (all 0 where none is above 0).
 *
 * This file: the thresholds' optimizer and bounds. */
#ifndef EASYFIRST_META_H
#define EASYFIRST_META_H

#include "core/config.h"

/* Thresholds stay between ln C, the loss of a guess among C classes (so that an untrained model is never shut out), and
 * this; and below the cap, which goes before both. */
#define META_HIGHEST 20.0
double meta_lowest(int classes);

/* Adam's moments of the thresholds, with PyTorch's defaults. */
typedef struct MetaAdam {
    double first[MAX_CLASSES], second[MAX_CLASSES];
    double beta1_power, beta2_power; /* beta^steps */
} MetaAdam;

void meta_adam_reset(MetaAdam *adam);

/* One step on count thresholds, of which derivative has dL/dt. Nothing happens unless all of these are finite. */
void meta_adam_step(MetaAdam *adam, double rate, const double *derivative, double *threshold, int count);

#endif
