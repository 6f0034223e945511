#include "core/meta.h"

#include <math.h>

double meta_lowest(int classes) {
    return log((double)classes);
}

void meta_adam_reset(MetaAdam *adam) {
    *adam = (MetaAdam){.beta1_power = 1.0, .beta2_power = 1.0};
}

void meta_adam_step(MetaAdam *adam, double rate, const double *derivative, double *threshold, int count) {
    for (int c = 0; c < count; c++)
        if (!isfinite(derivative[c]))
            return;
    adam->beta1_power *= ADAM_BETA1;
    adam->beta2_power *= ADAM_BETA2;
    double step_size = adam_step_size(rate, adam->beta1_power);
    double root_correction = adam_root_correction(adam->beta2_power);
    for (int c = 0; c < count; c++) {
        double d = derivative[c];
        adam->first[c] = ADAM_BETA1 * adam->first[c] + (1.0 - ADAM_BETA1) * d;
        adam->second[c] = ADAM_BETA2 * adam->second[c] + (1.0 - ADAM_BETA2) * d * d;
        threshold[c] -= step_size * adam->first[c] / (sqrt(adam->second[c]) / root_correction + 1e-8);
    }
}
