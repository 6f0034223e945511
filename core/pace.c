#include "core/pace.h"

#include "core/curriculum.h"

#include <math.h>

double pace_limit(const Settings *settings) {
    /* without a cap its largest value, which is the largest threshold, too */
    return fmin(settings->cap, threshold_limit(settings->regularizer));
}

double pace_step(const Settings *settings, double threshold) {
    double next = settings->pace == PACE_ADDITIVE ? fmax(0.0, threshold + settings->growing_step)
                                                  : threshold * settings->growing_factor;
    return fmin(next, pace_limit(settings));
}

double pace_share(const Settings *settings, uint32_t epoch) {
    double q0 = settings->share_start, q1 = settings->share_end, last = (double)settings->share_epochs - 1.0;
    if ((double)epoch >= last) /* also with one epoch alone */
        return q1;
    double f = (double)epoch / last;
    switch (settings->share_curve) {
    case SHARE_GEOMETRIC:
        return q0 > 0.0 ? q0 * pow(q1 / q0, f) : 0.0;
    case SHARE_ROOT:
        return sqrt(q0 * q0 + (q1 * q1 - q0 * q0) * f);
    default:
        return q0 + (q1 - q0) * f;
    }
}
