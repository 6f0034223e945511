/* What the threshold does from epoch to epoch; the arithmetic alone (trainer.h says when).
 *
 *   multiplicative  the threshold times the growing factor (Kumar, Packer, Koller 2010 divide K = 1/t by it)
 *   additive        the threshold plus the growing step, not below 0
 *   share           the threshold below which a share q of the current losses lies (quantile.h)
 *   class-share     the same in each class, so that no class is left out
 *
 * (meta learns the threshold within the epochs, reweight and clean-alone have none: meta.h.)
 *
 * The share goes from q0 (share-start) in the first epoch after the warm-up to q1 (share-end) share-epochs - 1 epochs
 * later, and stays there. With f the part of that way, from 0 to 1:
 *
 *   linear          q0 + (q1 - q0) f
 *   geometric       q0 (q1/q0)^f
 *   root            sqrt(q0^2 + (q1^2 - q0^2) f)
 *
 * (Linear and root: Platanios et al. 2019, "Competence-based curriculum learning".) */
#ifndef EASYFIRST_PACE_H
#define EASYFIRST_PACE_H

#include "core/config.h"

/* The highest threshold: the cap (without one: the largest that a person can set) or the limit that the regularizer has
 * (curriculum.h), whichever is lower. */
double pace_limit(const Settings *settings);

/* The threshold after one step of the paces by value (multiplicative, additive), within 0 and the limit. */
double pace_step(const Settings *settings, double threshold);

/* The share of an epoch, counted from 0 at the end of the warm-up; 0 to 1. */
double pace_share(const Settings *settings, uint32_t epoch);

#endif
