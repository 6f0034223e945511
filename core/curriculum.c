#include "core/curriculum.h"

#include "core/kernels/kernels.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <string.h>

double threshold_limit(int regularizer) {
    return regularizer == REGULARIZER_LOG ? 1.0 - 0x1p-20 : DBL_MAX;
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
    default:
        rule.kind = order == ORDER_HARD ? RULE_HARD_TURNED : RULE_HARD;
        rule.a = t <= 0.0 ? -INFINITY : t > 40.0 ? rule.t : (float)log(expm1((double)rule.t));
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

double latent_loss(const WeightRule *rule, double loss) {
    double t = (double)rule->t, integral;
    if (rule->kind == RULE_HARD_TURNED)
        return fmax(0.0, loss - t);
    if (rule->kind == RULE_ONE || isinf(t))
        integral = loss; /* every v is 1 */
    else if ((rule->kind & ~RULE_TURNED) == RULE_LOGISTIC)
        /* ln(1 + e^u) = max(u, 0) + ln(1 + e^-|u|), which cannot overflow */
        integral = (1.0 + exp(-t)) * (fmin(loss, t) - log1p(exp(-fabs(loss - t))) + log1p(exp(-t)));
    else
        integral = t > 0.0 ? latent_of(rule, loss) : 0.0;
    return rule->kind & RULE_TURNED ? loss - integral : integral;
}

/* ---- selecting and sorting losses by their bits ---- */

enum { DIGIT_BITS = 11, DIGITS = 1 << DIGIT_BITS, PASSES = 3 /* 33 bits, one more than there are */ };

/* Numbers in the order of the floats, both zeros alike, NaN the largest. */
static inline uint32_t key_of(float f) {
    uint32_t bits;
    f += 0.0f; /* -0 becomes 0 */
    memcpy(&bits, &f, sizeof bits);
    uint32_t key = bits ^ (bits >> 31 ? UINT32_MAX : 0x80000000u);
    return f == f ? key : UINT32_MAX;
}

static inline float float_of(uint32_t key) {
    uint32_t bits = key ^ (key >> 31 ? 0x80000000u : UINT32_MAX);
    float f;
    memcpy(&f, &bits, sizeof f);
    return f;
}

static inline uint32_t digit_of(uint32_t key, int pass) { /* pass 0: the lowest bits */
    return key >> (pass * DIGIT_BITS) & (DIGITS - 1);
}

float share_threshold(const float *losses, size_t count, double share) {
    assert(count <= UINT32_MAX);
    if (count == 0 || !(share > 0.0))
        return 0.0f;
    double wanted = nearbyint(fmin(share, 1.0) * (double)count); /* rounds halves to even */
    uint32_t rank = wanted < 1.0 ? 0 : (uint32_t)wanted - 1, prefix = 0;
    for (int pass = PASSES - 1; pass >= 0; pass--) {
        uint32_t histogram[DIGITS] = {0}, digit = 0;
        int above = (pass + 1) * DIGIT_BITS;
        if (pass == PASSES - 1)
            for (size_t i = 0; i < count; i++)
                histogram[digit_of(key_of(losses[i]), pass)]++;
        else
            for (size_t i = 0; i < count; i++) {
                uint32_t key = key_of(losses[i]);
                histogram[digit_of(key, pass)] += key >> above == prefix; /* no branch: it would be a guess */
            }
        while (rank >= histogram[digit])
            rank -= histogram[digit++];
        prefix = prefix << DIGIT_BITS | digit;
    }
    float next = nextafterf(float_of(prefix), INFINITY);
    return next < FLT_MAX ? next : FLT_MAX; /* for NaN as well */
}

/* One number of an array that is declared as floats. */
static inline void put(float *at, uint32_t number) {
    memcpy(at, &number, sizeof number);
}

static inline uint32_t get(const float *at) {
    uint32_t number;
    memcpy(&number, at, sizeof number);
    return number;
}

void diversity_offsets(const float *loss, const uint8_t *group, int groups, size_t count, double strength,
                       float *offset, uint32_t *scratch) {
    assert(count <= UINT32_MAX && groups <= UINT8_MAX + 1);
    static_assert(sizeof *offset == sizeof *scratch && PASSES == 3, "the indices go to and fro and end in scratch");
    uint32_t start[PASSES][DIGITS] = {{0}};
    for (size_t i = 0; i < count; i++) {
        uint32_t key = key_of(loss[i]);
        for (int pass = 0; pass < PASSES; pass++)
            start[pass][digit_of(key, pass)]++;
    }
    for (int pass = 0; pass < PASSES; pass++)
        for (uint32_t digit = 0, sum = 0; digit < DIGITS; digit++) {
            uint32_t here = start[pass][digit];
            start[pass][digit] = sum;
            sum += here;
        }
    /* stable, so that equal losses stay by index */
    for (size_t i = 0; i < count; i++)
        scratch[start[0][digit_of(key_of(loss[i]), 0)]++] = (uint32_t)i;
    for (size_t i = 0; i < count; i++)
        put(&offset[start[1][digit_of(key_of(loss[scratch[i]]), 1)]++], scratch[i]);
    for (size_t i = 0; i < count; i++) {
        uint32_t sample = get(&offset[i]);
        scratch[start[2][digit_of(key_of(loss[sample]), 2)]++] = sample;
    }

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
