#include "core/optimizer.h"

#include "core/kernels/kernels.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool optimizer_init(Optimizer *optimizer, int kind, double learning_rate, double weight_decay, size_t count,
                    Status *status) {
    *optimizer = (Optimizer){
        .kind = kind,
        .learning_rate = learning_rate,
        .weight_decay = weight_decay,
        .count = count,
        .first = calloc(count, sizeof(float)),
        .second = calloc(count, sizeof(float)),
    };
    if (!optimizer->first || !optimizer->second) {
        optimizer_free(optimizer);
        return status_no_memory(status, "the optimizer");
    }
    optimizer_reset(optimizer);
    return true;
}

void optimizer_free(Optimizer *optimizer) {
    free(optimizer->first);
    free(optimizer->second);
    memset(optimizer, 0, sizeof *optimizer);
}

void optimizer_reset(Optimizer *optimizer) {
    memset(optimizer->first, 0, optimizer->count * sizeof *optimizer->first);
    memset(optimizer->second, 0, optimizer->count * sizeof *optimizer->second);
    optimizer->beta1_power = optimizer->beta2_power = 1.0;
}

bool optimizer_step(Optimizer *optimizer, const Kernels *kernels, float *parameters, const float *gradient) {
    if (optimizer->kind == OPTIMIZER_SGD) {
        float rate = (float)-optimizer->learning_rate, decay = (float)optimizer->weight_decay;
        bool finite = true;
        for (size_t i = 0; i < optimizer->count; i++) {
            parameters[i] += rate * (gradient[i] + decay * parameters[i]);
            finite &= isfinite(parameters[i]) != 0;
        }
        return finite;
    }
    optimizer->beta1_power *= ADAM_BETA1;
    optimizer->beta2_power *= ADAM_BETA2;
    double step_size = adam_step_size(optimizer->learning_rate, optimizer->beta1_power);
    double root_correction = adam_root_correction(optimizer->beta2_power);
    return kernels->adam(parameters, gradient, optimizer->first, optimizer->second, optimizer->count,
                         (float)optimizer->weight_decay, (float)step_size, (float)root_correction);
}
