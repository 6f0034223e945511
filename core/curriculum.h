/* From losses to sample weights v.
 *
 * The objective is sum of v l + f(v; t) over the samples; v* is its minimiser over v in [0, 1] for a loss l >= 0, and
 * F(l), the integral of v* from 0 to l, the latent loss: for a fixed threshold t >= 0, deciding v and then stepping w
 * with v fixed, in turn, is majorization-minimization on the sum of F(l) (Meng, Zhao, Jiang 2017). With x = min(l, t):
 *
 *   hard         f  -t v                                           Kumar, Packer, Koller 2010 (t = 1/K)
 *                v* 1 if l < t, else 0
 *                F  x
 *   linear       f  t (v^2/2 - v)                                  Jiang et al. 2014, 2015
 *                v* max(0, 1 - l/t)
 *                F  x - x^2/(2 t)
 *   log          f  z v - z^v / ln z;  0 < t < 1, z = 1 - t        the same
 *                v* ln(l + z)/ln z if l < t, else 0
 *                F  [(x + z)(ln(x + z) - 1) - z (ln z - 1)]/ln z
 *   mixture      f  -z ln(v + z/t1);  t1 = t, t2 = t/2, z = t1 t2/(t1 - t2) = t     the same
 *                v* 1 if l <= t2; 0 if l >= t1; else z/l - z/t1
 *                F  l if l <= t2, else t2 + z [ln(x/t2) - (x - t2)/t1]
 *   polynomial   f  t (v^p/p - v);  p > 1                          Gong et al. 2018
 *                v* (1 - l/t)^(1/(p - 1)) if l < t, else 0
 *                F  (t/q)[1 - (1 - x/t)^q],  q = p/(p - 1)
 *   logistic     f  (c - v) ln(c - v) + v ln v - t v;  c = 1 + e^-t     Xu, Tao, Xu 2015
 *                v* c/(1 + e^(l - t))
 *                F  c [l - ln((1 + e^(l - t))/c)]
 *   exponential  f  t (v ln v - v)                                 Meng, Zhao, Jiang 2017; Fan et al. 2017
 *                v* e^(-l/t)
 *                F  t (1 - e^(-l/t))
 *   superloss    f  -t v + lambda (ln v)^2;  0 < v <= e            Castells, Weinzaepfel, Revaud 2020 (t is their tau)
 *                v* e^-W(y), y = max(-1/e, (l - t)/(2 lambda)), W the principal branch of Lambert's function
 *                F  e min(l, max(0, b)) + lambda [u(l)^2 - u(0)^2],  u(l) = 1 + W(y), b = t - 2 lambda/e
 *
 * (F of SuperLoss: with u, (u - 1) e^u = e y, so dl = (2 lambda/e) u e^u du, v* dl = 2 lambda u du; up to b, v* is e.)
 *
 * SuperLoss is the one whose weights pass 1: v* is above 1 where l < t, the points that the paper calls easy, below 1
 * where l > t, and never 0. All others stay within [0, 1].
 *
 * v* never grows with l; F is concave. v* never falls as t grows, except for log, where this holds only up to
 * t = 1 - 1/e (for small losses v* is about 1 + l/(z ln z), and z ln z turns there).
 *
 * Comparisons are strict, in float32 with the threshold rounded to float32, as PyTorch compares. Order `hard` turns the
 * selection round: v = 1 if l > t, else 0, for the hard regularizer; v*(2 t - l) for SuperLoss (the loss mirrored at t,
 * so that weights stay within 0 and e); 1 - v for the others. Order `all`: v = 1. At t = 0 all v are 0 (turned: 1, or
 * for hard [l > 0]), without a division by it; logistic and SuperLoss keep their formulas, in which t = 0 is nothing
 * special. Logistic, exponential and SuperLoss give every loss some weight, until it is too small for float32 (the
 * vectorised exponentials: from e^-87.3 down). A loss that is NaN has v = 0 before the turning, and with SuperLoss
 * after it. */
#ifndef EASYFIRST_CURRICULUM_H
#define EASYFIRST_CURRICULUM_H

#include "core/config.h"
#include "core/kernels/shapes.h"

/* The rule of the settings' order, regularizer, power and SuperLoss's lambda (nothing else is read) at a threshold of 0
 * or more, which is cut to threshold_limit. warming: in a warm-up epoch every v is 1. */
WeightRule weight_rule(const Settings *settings, double threshold, bool warming);

/* The plain version: one v, by libm. The trainer's vectorised kernel is tested against it. */
float weight_of_loss(const WeightRule *rule, float loss);

/* dv/dt at that loss, t being the rule's threshold, of the rules whose threshold can be learned (meta.h): those of
 * linear, polynomial, logistic, exponential and mixture, not turned. In double precision; 0 at a loss that is not
 * finite, and at t = 0 (but for logistic).
 *
 *   linear       l/t^2 if l < t                                   (else 0, as for all but logistic and exponential)
 *   polynomial   (1/(p - 1)) (1 - l/t)^(1/(p - 1) - 1) l/t^2 if l < t; 1 - l/t is taken as 1e-6 at least
 *   logistic     (e^(l - t) - e^-t)/(1 + e^(l - t))^2
 *   exponential  l/t^2 e^(-l/t)
 *   mixture      1/l if t/2 < l < t */
double weight_slope_of_loss(const WeightRule *rule, double loss);

/* v[i] for n losses, vectorised; loss and v may not overlap. */
void weights_of_losses(const WeightRule *rule, const float *loss, float *v, size_t n);

/* v[i] by rules[label[i]] from loss[i]; by rules[0] if label is NULL. offset (NULL: none) is added to the threshold of
 * the two hard rules, in float32: v = 1 iff l < t + offset (turned: l > t + offset); the soft rules ignore it.
 * Hard weights are those of weights_of_losses to the bit; soft ones are too if label and offset are NULL, else they
 * differ from it by no more than weight_of_loss does. v may not overlap the others. */
void weights_with_offsets(const WeightRule *rules, const uint8_t *label, const float *offset, const float *loss,
                          float *v, size_t n);

/* F(l) of the table above, in double precision, for a finite l >= 0: the integral from 0 to l of the v that this rule
 * gives. So turned rules have one, too (max(0, l - t), or l - F; not concave), as has the rule that is always 1 (l). t
 * and 1/(p - 1) are the rule's own, in float32. */
double latent_loss(const WeightRule *rule, double loss);

/* The largest weight that the regularizer gives: e with SuperLoss, else 1. */
float weight_limit(int regularizer);

/* Whether every point keeps some weight, whatever its loss: nothing is ever hard. */
bool weight_never_zero(int regularizer);

/* The largest threshold that the regularizer can work with (log: just below 1; others: the largest double). */
double threshold_limit(int regularizer);

/* Self-paced learning with diversity (SPLD; Jiang et al. 2014): f of the hard rule gets another term, -strength times
 * the sum over groups of sqrt(sum of v in the group), so that easy samples of many groups are preferred to many of one.
 * The minimiser: in each group, with its losses sorted upwards (equal ones by index), the sample of rank r = 1, 2, ...
 * has v = 1 iff l < t + strength/(sqrt(r) + sqrt(r - 1)). offset[i] gets that last term; see weights_with_offsets.
 *
 * group[i] in 0 .. groups - 1, groups at most 256 (group NULL: all are one); strength >= 0. scratch: room for count
 * numbers. loss, offset and scratch may not overlap. O(count): a radix sort. count < 2^32. */
void diversity_offsets(const float *loss, const uint8_t *group, int groups, size_t count, double strength,
                       float *offset, uint32_t *scratch);

#endif
