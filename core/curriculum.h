/* Losses -> sample weights v, and the pace of the threshold.
 *
 * v is the minimiser over [0, 1] of v l + f(v; t), in closed form (Kumar, Packer, Koller 2010; Jiang et al. 2014, 2015):
 *   hard     1 if l < t, else 0                            f = -t v
 *   linear   max(0, 1 - l/t)                               f = t (v^2/2 - v)
 *   log      ln(l + z)/ln z if l < t, else 0; z = 1 - t    f = z v - z^v / ln z       (0 < t < 1)
 *   mixture  t1 = t, t2 = t/2, z = t1 t2/(t1 - t2):        f = -z ln(v + z/t1)
 *            1 if l <= t2; 0 if l >= t1; else z/l - z/t1
 * Comparisons are strict, in float32 with the threshold rounded to float32, as PyTorch compares. Order `hard` turns
 * the selection round: v = 1 if l > t, else 0, for the hard regularizer; 1 - v for the others. Order `all`: v = 1. */
#ifndef EASYFIRST_CURRICULUM_H
#define EASYFIRST_CURRICULUM_H

#include "config.h"

#include <stddef.h>

/* What decides v from a loss, with the threshold's derived constants made once. */
typedef struct WeightRule {
    int kind;     /* RULE_* */
    float t;      /* threshold */
    float a, b, c; /* constants of the kind */
} WeightRule;

enum { RULE_ONE, RULE_HARD, RULE_HARD_TURNED, RULE_LINEAR, RULE_LOG, RULE_MIXTURE, RULE_TURNED = 8 /* flag: 1 - v */ };

/* warming: in a warm-up epoch every v is 1. */
WeightRule weight_rule(int order, int regularizer, double threshold, bool warming);

/* The plain version: one v, by libm. The trainer's vectorised kernel is tested against it. */
float weight_of_loss(const WeightRule *rule, float loss);

/* v[i] for n losses, vectorised; loss and v may not overlap. */
void weights_of_losses(const WeightRule *rule, const float *loss, float *v, size_t n);

/* The largest threshold that the regularizer can work with (log: just below 1; others: the largest double). */
double threshold_limit(int regularizer);

#endif
