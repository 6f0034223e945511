#include "core/curriculum.h"

#include "core/kernels/kernels.h"
#include "core/quantile.h"

#include <assert.h>
#include <float.h>
#include <math.h>

#define EULER 2.718281828459045

double threshold_limit(int regularizer) {
    return regularizer == REGULARIZER_LOG ? 1.0 - 0x1p-20 : DBL_MAX;
}

float weight_limit(int regularizer) {
    return regularizer == REGULARIZER_SUPERLOSS ? SUPERLOSS_MOST : 1.0f;
}

bool weight_never_zero(int regularizer) {
    return regularizer == REGULARIZER_LOGISTIC || regularizer == REGULARIZER_EXPONENTIAL ||
           regularizer == REGULARIZER_SUPERLOSS;
}

static WeightRule superloss_rule(double lambda, double t, bool turned) {
    double clear = 2.0 * lambda / EULER; /* of t: where v becomes e */
    return (WeightRule){.kind = turned ? RULE_SUPERLOSS_TURNED : RULE_SUPERLOSS,
                        .t = (float)t,
                        .a = (float)lambda,
                        .b = (float)(turned ? t + clear : t - clear),
                        .c = (float)(1.0 / clear)};
}

WeightRule weight_rule(const Settings *settings, double threshold, bool warming) {
    int order = settings->order, regularizer = settings->regularizer;
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
        rule.c = rule.t > 0.0f ? (float)(t / 2.0) : -1.0f; /* at 0 not even a loss of 0 is easy */
        break;
    }
    case REGULARIZER_POLYNOMIAL:
        rule.kind = RULE_POLYNOMIAL;
        rule.a = rule.t > 0.0f ? rule.t : 1.0f;
        rule.b = (float)(1.0 / (settings->power - 1.0));
        break;
    case REGULARIZER_LOGISTIC:
        rule.kind = RULE_LOGISTIC;
        rule.a = (float)(1.0 + exp(-(double)rule.t));
        break;
    case REGULARIZER_EXPONENTIAL:
        rule.kind = RULE_EXPONENTIAL;
        rule.a = rule.t > 0.0f ? rule.t : 1.0f;
        break;
    case REGULARIZER_SUPERLOSS:
        return superloss_rule(settings->superloss_lambda, t, order == ORDER_HARD);
    default:
        rule.kind = order == ORDER_HARD ? RULE_HARD_TURNED : RULE_HARD;
        rule.a = t <= 0.0 ? -INFINITY : t > 40.0 ? rule.t : (float)log(expm1((double)rule.t));
        return rule;
    }
    if (order == ORDER_HARD)
        rule.kind |= RULE_TURNED;
    return rule;
}

/* u >= 0 with (u - 1) e^u + 1 = q, for q >= 0: 1 + W((q - 1)/e). */
static double superloss_u(double q) {
    if (!(q > 0.0) || isinf(q))
        return q > 0.0 ? q : 0.0;
    if (q < 2.0) {
        double p = sqrt(2.0 * q), u = p * (1.0 + p * (-1.0 / 3.0 + p * 11.0 / 72.0)); /* the branch point's series */
        for (int i = 0; i < 8; i++)
            u -= (u * exp(u) - expm1(u) - q) / (u * exp(u)); /* Newton */
        return u;
    }
    double y = (q - 1.0) / EULER, log_y = log1p(y), w = log_y * (1.0 - log1p(log_y) / (2.0 + log_y));
    for (int i = 0; i < 2; i++) { /* Fritsch, Shafer, Crowley 1973: the fourth power of the error each time */
        double z = log(y / w) - w, s = 2.0 * (1.0 + w) * (1.0 + w + 2.0 * z / 3.0);
        w *= 1.0 + z / (1.0 + w) * (s - z) / (s - 2.0 * z);
    }
    return 1.0 + w;
}

static float superloss_weight(const WeightRule *rule, float loss) {
    if (isnan(loss))
        return 0.0f;
    float q = rule->kind == RULE_SUPERLOSS ? (loss - rule->b) * rule->c : (rule->b - loss) * rule->c;
    return fminf(SUPERLOSS_MOST, (float)exp(1.0 - superloss_u((double)q)));
}

float weight_of_loss(const WeightRule *rule, float loss) {
    float v = 1.0f;
    switch (rule->kind & ~RULE_TURNED) {
    case RULE_HARD:
        return loss < rule->t ? 1.0f : 0.0f;
    case RULE_HARD_TURNED:
        return loss > rule->t ? 1.0f : 0.0f;
    case RULE_SUPERLOSS:
    case RULE_SUPERLOSS_TURNED:
        return superloss_weight(rule, loss);
    case RULE_LINEAR:
        v = loss < rule->t ? fmaxf(0.0f, 1.0f - loss / rule->a) : 0.0f;
        break;
    case RULE_LOG:
        v = loss < rule->t ? fminf(1.0f, fmaxf(0.0f, logf(loss + rule->a) / rule->b)) : 0.0f;
        break;
    case RULE_MIXTURE:
        v = loss <= rule->c ? 1.0f : loss < rule->t ? fminf(1.0f, fmaxf(0.0f, rule->a / loss - rule->b)) : 0.0f;
        break;
    case RULE_POLYNOMIAL:
        v = loss < rule->t ? fminf(1.0f, powf(1.0f - loss / rule->a, rule->b)) : 0.0f;
        break;
    case RULE_LOGISTIC:
        v = fminf(1.0f, fmaxf(0.0f, rule->a / (1.0f + expf(loss - rule->t))));
        break;
    case RULE_EXPONENTIAL:
        v = rule->t > 0.0f ? fminf(1.0f, fmaxf(0.0f, expf(-loss / rule->a))) : 0.0f;
        break;
    default:
        break;
    }
    return rule->kind & RULE_TURNED ? 1.0f - v : v;
}

double weight_slope_of_loss(const WeightRule *rule, double l) {
    double t = (double)rule->t;
    if (!isfinite(l))
        return 0.0;
    switch (rule->kind) {
    case RULE_LINEAR:
        return l < t ? l / (t * t) : 0.0;
    case RULE_MIXTURE:
        return l > t / 2.0 && l < t ? 1.0 / l : 0.0;
    case RULE_POLYNOMIAL: {
        double q = (double)rule->b;
        return l < t ? q * pow(fmax(1.0 - l / t, 1e-6), q - 1.0) * l / (t * t) : 0.0;
    }
    case RULE_LOGISTIC: {
        double u = l - t, w = exp(-fabs(u)), low = exp(-t); /* so that nothing overflows */
        return (u > 0.0 ? w - low * w * w : w - low) / ((1.0 + w) * (1.0 + w));
    }
    case RULE_EXPONENTIAL:
        return t > 0.0 ? l / (t * t) * exp(-l / t) : 0.0;
    default:
        assert(false && "the threshold of this rule cannot be learned");
        return 0.0;
    }
}

void weights_of_losses(const WeightRule *rule, const float *loss, float *v, size_t n) {
    kernels_best()->weights(rule, loss, v, n);
}

void weights_with_offsets(const WeightRule *rules, const uint8_t *label, const float *offset, const float *loss,
                          float *v, size_t n) {
    if (!label && !offset) {
        weights_of_losses(rules, loss, v, n);
        return;
    }
    for (size_t i = 0; i < n; i++) {
        const WeightRule *rule = &rules[label ? label[i] : 0];
        float t = offset ? rule->t + offset[i] : rule->t;
        if (rule->kind == RULE_HARD)
            v[i] = loss[i] < t ? 1.0f : 0.0f;
        else if (rule->kind == RULE_HARD_TURNED)
            v[i] = loss[i] > t ? 1.0f : 0.0f;
        else
            v[i] = weight_of_loss(rule, loss[i]);
    }
}

/* F of the rule before it is turned, for a finite t > 0. */
static double latent_of(const WeightRule *rule, double l) {
    double t = (double)rule->t, x = fmin(l, t);
    switch (rule->kind & ~RULE_TURNED) {
    case RULE_LINEAR:
        return x - x * (x / t) / 2.0;
    case RULE_LOG: {
        /* With d = 1 - (x + z) = t - x and h(d) = (1 - d) ln(1 - d) + d, the table's difference is h(d) -
         * h(t), without the ones that cancel. */
        double d = t - x, log_z = log1p(-t);
        return ((1.0 - d) * log1p(-d) + d - (1.0 - t) * log_z - t) / log_z;
    }
    case RULE_MIXTURE: {
        double t2 = t / 2.0;
        return l <= t2 ? l : t2 + t * log(x / t2) - (x - t2);
    }
    case RULE_POLYNOMIAL: {
        double q = 1.0 + (double)rule->b;
        return -t / q * expm1(q * log1p(-x / t));
    }
    case RULE_EXPONENTIAL:
        return -t * expm1(-l / t);
    default:
        return x;
    }
}

static double superloss_latent(const WeightRule *rule, double l) {
    double t = (double)rule->t, lambda = (double)rule->a, clear = 2.0 * lambda / EULER;
    bool turned = rule->kind == RULE_SUPERLOSS_TURNED;
    if (isinf(t))
        return turned ? 0.0 : EULER * l;
    double b = turned ? t + clear : fmax(0.0, t - clear), u0, u;
    if (turned) { /* v is e from b on */
        u0 = superloss_u(b / clear);
        u = superloss_u((b - l) / clear);
        return lambda * (u0 - u) * (u0 + u) + EULER * fmax(0.0, l - b);
    }
    u0 = superloss_u((clear - t) / clear);
    u = superloss_u((l - t + clear) / clear);
    return EULER * fmin(l, b) + lambda * (u - u0) * (u + u0);
}

double latent_loss(const WeightRule *rule, double loss) {
    double t = (double)rule->t, integral;
    if (rule->kind == RULE_HARD_TURNED)
        return fmax(0.0, loss - t);
    if (rule->kind == RULE_SUPERLOSS || rule->kind == RULE_SUPERLOSS_TURNED)
        return superloss_latent(rule, loss);
    if (rule->kind == RULE_ONE || isinf(t))
        integral = loss; /* every v is 1 */
    else if ((rule->kind & ~RULE_TURNED) == RULE_LOGISTIC)
        /* ln(1 + e^u) = max(u, 0) + ln(1 + e^-|u|), which cannot overflow */
        integral = (1.0 + exp(-t)) * (fmin(loss, t) - log1p(exp(-fabs(loss - t))) + log1p(exp(-t)));
    else
        integral = t > 0.0 ? latent_of(rule, loss) : 0.0;
    return rule->kind & RULE_TURNED ? loss - integral : integral;
}

void diversity_offsets(const float *loss, const uint8_t *group, int groups, size_t count, double strength,
                       float *offset, uint32_t *scratch) {
    assert(groups <= UINT8_MAX + 1);
    static_assert(sizeof *offset == sizeof *scratch, "offset is scratch for the sorting, too");
    quantile_sort(loss, count, scratch, offset);
    double root[UINT8_MAX + 1] = {0.0}; /* of the rank that the group has come to */
    uint32_t rank[UINT8_MAX + 1] = {0};
    for (size_t i = 0; i < count; i++) {
        uint32_t sample = scratch[i];
        int g = group ? group[sample] : 0;
        assert(g < groups || !group);
        double before = root[g];
        root[g] = sqrt((double)++rank[g]);
        offset[sample] = (float)(strength / (root[g] + before));
    }
}
