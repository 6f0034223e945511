#include "app/experiment/scale_advice.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "core/mlp.h"

#include <math.h>
#include <stdio.h>

/* How many times beyond its limit what is most at fault is; at most 1: nothing is. A column of one value is none that
 * standardizing would help. */
static double fault_of(double mean, double deviation, ScaleFault *fault) {
    const struct {
        ScaleFault fault;
        double beyond;
    } each[] = {{SCALE_IS_OFF, fabs(mean) / deviation / SCALE_OFFSET},
                {SCALE_IS_SMALL, SCALE_SMALL / deviation},
                {SCALE_IS_LARGE, deviation / SCALE_LARGE}};
    double worst = 1.0;
    *fault = SCALE_FITS;
    for (int i = 0; deviation > 0.0 && i < 3; i++)
        if (each[i].beyond > worst) {
            worst = each[i].beyond;
            *fault = each[i].fault;
        }
    return worst;
}

ScaleAdvice scale_advice(const Dataset *data) {
    ScaleAdvice advice = {.fault = SCALE_FITS};
    double worst = 1.0;
    Mlp standardized = {0};
    mlp_standardize(&standardized, data->x, data->y, data->count);
    for (int axis = 0; axis < 2; axis++) {
        bool varies = axis ? data->y_maximum > data->y_minimum : data->x_maximum > data->x_minimum;
        ScaleAdvice own = {.axis = axis,
                           .mean = standardized.scaling.shift[axis],
                           .deviation = varies ? standardized.scaling.divisor[axis] : 0.0};
        double beyond = fault_of(own.mean, own.deviation, &own.fault);
        if (beyond > worst) {
            worst = beyond;
            advice = own;
        }
    }
    return advice;
}

/* Bytes of so many characters of a name. */
static int shown_of(const char *name, int characters) {
    int bytes = 0;
    while (name[bytes] && (characters > 0 || (name[bytes] & 0xc0) == 0x80)) {
        characters -= (name[bytes] & 0xc0) != 0x80;
        bytes++;
    }
    return bytes;
}

void scale_advice_reason(const ScaleAdvice *a, const Dataset *data, char text[SCALE_REASON_BYTES]) {
    char deviation[32], mean[32];
    format_number(a->deviation, 2, deviation);
    format_number(a->mean, 3, mean);
    const char *name = dataset_axis_name(data, a->axis);
    if (a->fault == SCALE_IS_OFF)
        snprintf(text, SCALE_REASON_BYTES, tr("%.*s is about %s ± %s, far from 0."), shown_of(name, 24), name, mean,
                 deviation);
    else
        snprintf(text, SCALE_REASON_BYTES, tr("%.*s varies by about %s, far from 1."), shown_of(name, 24), name,
                 deviation);
}

bool scale_stops_learning(const ScaleAdvice *advice, const Dataset *data, const ScaleProgress *p) {
    if (advice->fault == SCALE_FITS || p->epochs == 0)
        return false;
    size_t largest = 0;
    for (int k = 0; k < data->classes; k++)
        largest = data->class_count[k] > largest ? data->class_count[k] : largest;
    double share = (double)largest / (double)data->count;
    if (!(p->accuracy < share + SCALE_LEARNED * (1.0 - share)))
        return false;
    return p->ended || (p->epochs >= SCALE_PATIENCE && p->accuracy - p->before < SCALE_GAIN);
}
