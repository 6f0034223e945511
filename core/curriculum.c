#include "curriculum.h"

#include "kernels.h"

#include <float.h>
#include <math.h>

double threshold_limit(int regularizer) {
    return regularizer == REGULARIZER_LOG ? 1.0 - 0x1p-20 : DBL_MAX;
}

WeightRule weight_rule(int order, int regularizer, double threshold, bool warming) {
    if (warming || order == ORDER_ALL)
        return (WeightRule){.kind = RULE_ONE};
    double t = fmin(threshold, threshold_limit(regularizer));
    WeightRule rule = {.t = (float)t};
    switch (regularizer) {
    case REGULARIZER_LINEAR:
        rule.kind = RULE_LINEAR;
        rule.a = t > 0.0 ? (float)t : 1.0f;
        break;
    case REGULARIZER_LOG: {
        double z = 1.0 - t;
        rule.kind = RULE_LOG;
        rule.a = (float)z;
        rule.b = z < 1.0 ? (float)log(z) : -1.0f;
        break;
    }
    case REGULARIZER_MIXTURE: {
        /* t2 = t1/2, so z = t1 t2/(t1 - t2) is t1 and z/t1 is 1 */
        rule.kind = RULE_MIXTURE;
        rule.a = (float)t;
        rule.b = 1.0f;
        rule.c = (float)(t / 2.0);
        break;
    }
    default:
        rule.kind = order == ORDER_HARD ? RULE_HARD_TURNED : RULE_HARD;
        return rule;
    }
    if (order == ORDER_HARD)
        rule.kind |= RULE_TURNED;
    return rule;
}

float weight_of_loss(const WeightRule *rule, float loss) {
    float v = 1.0f;
    switch (rule->kind & ~RULE_TURNED) {
    case RULE_HARD:
        return loss < rule->t ? 1.0f : 0.0f;
    case RULE_HARD_TURNED:
        return loss > rule->t ? 1.0f : 0.0f;
    case RULE_LINEAR:
        v = loss < rule->t ? fmaxf(0.0f, 1.0f - loss / rule->a) : 0.0f;
        break;
    case RULE_LOG:
        v = loss < rule->t ? fminf(1.0f, fmaxf(0.0f, logf(loss + rule->a) / rule->b)) : 0.0f;
        break;
    case RULE_MIXTURE:
        v = loss <= rule->c  ? 1.0f
            : loss < rule->t ? fminf(1.0f, fmaxf(0.0f, rule->a / loss - rule->b))
                             : 0.0f;
        break;
    default:
        break;
    }
    return rule->kind & RULE_TURNED ? 1.0f - v : v;
}

void weights_of_losses(const WeightRule *rule, const float *loss, float *v, size_t n) {
    kernels_best()->weights(rule, loss, v, n);
}
