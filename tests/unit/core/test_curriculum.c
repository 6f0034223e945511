/* Losses to weights: golden values, the laws that every regularizer obeys, and what happens exactly at the
 * threshold. */
#include "core/curriculum.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/patterns.h"

enum { REGULARIZERS = REGULARIZER_EXPONENTIAL + 1 };

/* Every regularizer, and polynomial with several powers. */
static const struct {
    int regularizer;
    double power;
} ROWS[] = {
    {REGULARIZER_HARD, 3.0},        {REGULARIZER_LINEAR, 3.0},     {REGULARIZER_LOG, 3.0},
    {REGULARIZER_MIXTURE, 3.0},     {REGULARIZER_POLYNOMIAL, 1.2}, {REGULARIZER_POLYNOMIAL, 2.0},
    {REGULARIZER_POLYNOMIAL, 3.0},  {REGULARIZER_POLYNOMIAL, 9.0}, {REGULARIZER_LOGISTIC, 3.0},
    {REGULARIZER_EXPONENTIAL, 3.0},
};
enum { ROW_COUNT = sizeof ROWS / sizeof *ROWS };

static WeightRule rule_of(int order, int regularizer, double power, double threshold) {
    Settings settings = {.order = order, .regularizer = regularizer, .power = power};
    return weight_rule(&settings, threshold, false);
}

static float weight(int order, int regularizer, double threshold, float loss) {
    WeightRule rule = rule_of(order, regularizer, 3.0, threshold);
    return weight_of_loss(&rule, loss);
}

/* v*(0.3) at t = 0.5, and F(0.3). */
static void test_golden(void **state) {
    (void)state;
    static const double golden[REGULARIZERS] = {1.0,          0.4,          0.3219280949, 0.6666666667,
                                                0.6324555320, 0.8833251744, 0.5488116361};
    static const double latent[REGULARIZERS] = {0.3,          0.21,         0.1903509882, 0.2911607784,
                                                0.2490059291, 0.2826499757, 0.2255941820};
    for (int r = 0; r < REGULARIZERS; r++) {
        assert_true(fabs((double)weight(ORDER_EASY, r, 0.5, 0.3f) - golden[r]) < 1e-6);
        assert_true(fabs((double)weight(ORDER_HARD, r, 0.5, 0.3f) - (1.0 - golden[r])) < 1e-6);
        assert_true(weight(ORDER_ALL, r, 0.5, 0.3f) == 1.0f && weight(ORDER_ALL, r, 0.5, 900.0f) == 1.0f);
        WeightRule rule = rule_of(ORDER_EASY, r, 3.0, 0.5);
        assert_true(fabs(latent_loss(&rule, 0.3) - latent[r]) < 1e-10);
        rule = rule_of(ORDER_HARD, r, 3.0, 0.5);
        assert_true(fabs(latent_loss(&rule, 0.3) - (0.3 - latent[r])) < 1e-10);
        rule = rule_of(ORDER_ALL, r, 3.0, 0.5);
        assert_true(latent_loss(&rule, 0.3) == 0.3 && latent_loss(&rule, 900.0) == 900.0);
    }
}

/* f(v; t) of curriculum.h. */
static double penalty(int regularizer, double p, double v, double t) {
    double z = 1.0 - t, c = 1.0 + exp(-t);
    switch (regularizer) {
    case REGULARIZER_LINEAR:
        return t * (v * v / 2.0 - v);
    case REGULARIZER_LOG:
        return z * v - pow(z, v) / log(z);
    case REGULARIZER_MIXTURE:
        return -t * log(v + 1.0); /* t1 = t, t2 = t/2, so that z = t and z/t1 = 1 */
    case REGULARIZER_POLYNOMIAL:
        return t * (pow(v, p) / p - v);
    case REGULARIZER_LOGISTIC:
        return (c - v) * log(c - v) + (v > 0.0 ? v * log(v) : 0.0) - t * v;
    case REGULARIZER_EXPONENTIAL:
        return t * ((v > 0.0 ? v * log(v) : 0.0) - v);
    default:
        return -t * v;
    }
}

/* v is what minimises v l + f(v; t) over [0, 1]: no v of a fine grid does better. */
static void test_minimiser(void **state) {
    (void)state;
    for (int row = 0; row < ROW_COUNT; row++)
        for (double t = 0.05; t < 1.0; t += 0.09)
            for (double l = 0.003; l < 1.3; l += 0.037) {
                int r = ROWS[row].regularizer;
                double p = ROWS[row].power;
                WeightRule rule = rule_of(ORDER_EASY, r, p, t);
                double v = (double)weight_of_loss(&rule, (float)l), best = v * l + penalty(r, p, v, t);
                for (int i = 0; i <= 200; i++) {
                    double u = (double)i / 200.0;
                    if (u * l + penalty(r, p, u, t) < best - 1e-6)
                        fail_msg("regularizer %d, power %g, t %g, l %g: v %g, but %g is better", r, p, t, l, v, u);
                }
            }
}

/* Within [0, 1], non-increasing in the loss, non-decreasing in the threshold; the turned order the other way.
 * For log the threshold's law ends at t = 1 - 1/e: for small losses v is about 1 + l/(z ln z), and z ln z
 * turns there. */
static void test_laws(void **state) {
    (void)state;
    for (int row = 0; row < ROW_COUNT; row++) {
        int between = 0, r = ROWS[row].regularizer;
        for (double t = 0.0; t < 0.999; t += 0.03) {
            WeightRule easy = rule_of(ORDER_EASY, r, ROWS[row].power, t),
                       hard = rule_of(ORDER_HARD, r, ROWS[row].power, t),
                       later = rule_of(ORDER_EASY, r, ROWS[row].power, t + 0.0005);
            for (double l = 0.001; l < 2.0; l += 0.013) {
                float loss = (float)l, more = (float)(l + 0.01);
                float v = weight_of_loss(&easy, loss), turned = weight_of_loss(&hard, loss);
                assert_true(v >= 0.0f && v <= 1.0f && turned >= 0.0f && turned <= 1.0f);
                assert_true(weight_of_loss(&easy, more) <= v);
                if (r != REGULARIZER_LOG || t + 0.0005 < 1.0 - exp(-1.0))
                    assert_true(weight_of_loss(&later, loss) >= v - 1e-6f);
                assert_true(weight_of_loss(&hard, more) >= turned);
                between += v > 0.0f && v < 1.0f;
            }
        }
        assert_true(r == REGULARIZER_HARD ? between == 0 : between > 100);
    }
}

/* ---- the latent loss ---- */

/* Integral of the rule's weight between two losses without a kink inside: the midpoint rule with cells that
 * narrow towards both ends, where some weights fall steeply: their bounds are those of evenly spaced s, by
 * s^3 (10 - 15 s + 6 s^2).
 */
static double smooth_quadrature(const WeightRule *rule, double from, double to) {
    enum { CELLS = 1000 };
    double sum = 0.0, low = 0.0;
    for (int i = 0; i < CELLS; i++) {
        double s = (i + 1.0) / CELLS, high = s * s * s * (10.0 - 15.0 * s + 6.0 * s * s);
        double middle = (low + high) / 2.0;
        sum += (double)weight_of_loss(rule, (float)(from + (to - from) * middle)) * (high - low);
        low = high;
    }
    return sum * (to - from);
}

static double quadrature(const WeightRule *rule, double t, double loss) {
    double a = fmin(loss, t / 2.0), b = fmin(loss, t); /* where kinks and jumps are */
    return smooth_quadrature(rule, 0.0, a) + smooth_quadrature(rule, a, b) + smooth_quadrature(rule, b, loss);
}

static void test_latent_quadrature(void **state) {
    (void)state;
    static const double thresholds[] = {0.03, 0.3, 0.5, 0.9, 4.0};
    for (int row = 0; row < ROW_COUNT; row++)
        for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++)
            for (int order = ORDER_EASY; order <= ORDER_ALL; order++)
                for (double l = 0.0; l < 6.0; l = 1.5 * l + 0.02) {
                    double t = thresholds[i];
                    if (ROWS[row].regularizer == REGULARIZER_LOG && t >= 1.0)
                        continue;
                    WeightRule rule = rule_of(order, ROWS[row].regularizer, ROWS[row].power, t);
                    double F = latent_loss(&rule, l), wanted = quadrature(&rule, t, l);
                    if (!(fabs(F - wanted) < 2e-6))
                        fail_msg("row %d, order %d, t %g: F(%g) is %.9g, not %.9g", row, order, t, l, F, wanted);
                }
}

/* F is concave, and below its tangents, of which v is the slope: the majorization that the v-step makes. */
static void test_latent_laws(void **state) {
    (void)state;
    static const double thresholds[] = {0.0, 0.001, 0.1, 0.5, 0.97, 5.0, 1e9};
    for (int row = 0; row < ROW_COUNT; row++)
        for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++) {
            WeightRule rule = rule_of(ORDER_EASY, ROWS[row].regularizer, ROWS[row].power, thresholds[i]);
            assert_true(fabs(latent_loss(&rule, 0.0)) < 1e-15);
            for (double a = 0.0; a < 3.0; a = 1.1 * a + 0.004)
                for (double b = 0.0; b < 3.0; b = 1.3 * b + 0.01) {
                    double at_a = latent_loss(&rule, a), at_b = latent_loss(&rule, b);
                    double v = (double)weight_of_loss(&rule, (float)a);
                    assert_true(latent_loss(&rule, (a + b) / 2.0) >= (at_a + at_b) / 2.0 - 1e-12);
                    assert_true(at_b <= at_a + v * (b - a) + 2e-6 * fabs(b - a) + 1e-12);
                    assert_true(b <= a || at_b >= at_a - 1e-12);
                    assert_true(at_a >= -1e-15 && at_a <= a + 1e-12);
                }
        }
}

/* Comparisons are strict and in float32: 0.1 as a double is below 0.1f, yet the loss 0.1f is not below the
 * threshold 0.1. */
static void test_equality(void **state) {
    (void)state;
    static const double thresholds[] = {0.1, 0.35, 0.7, 0.816};
    for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++) {
        double t = thresholds[i];
        float at = (float)t, under = nextafterf(at, 0.0f), over = nextafterf(at, 2.0f), half = (float)(t / 2.0);
        assert_true(weight(ORDER_EASY, REGULARIZER_HARD, t, at) == 0.0f);
        assert_true(weight(ORDER_EASY, REGULARIZER_HARD, t, under) == 1.0f);
        assert_true(weight(ORDER_HARD, REGULARIZER_HARD, t, at) == 0.0f); /* neither easy nor hard */
        assert_true(weight(ORDER_HARD, REGULARIZER_HARD, t, under) == 0.0f);
        assert_true(weight(ORDER_HARD, REGULARIZER_HARD, t, over) == 1.0f);
        for (int r = REGULARIZER_LINEAR; r <= REGULARIZER_POLYNOMIAL; r++) {
            assert_true(weight(ORDER_EASY, r, t, at) == 0.0f && weight(ORDER_EASY, r, t, over) == 0.0f);
            assert_true(weight(ORDER_HARD, r, t, at) == 1.0f);
            assert_true(weight(ORDER_EASY, r, t, 0.9f * at) > 0.0f);
        }
        assert_true(weight(ORDER_EASY, REGULARIZER_MIXTURE, t, half) == 1.0f);
        assert_true(weight(ORDER_EASY, REGULARIZER_MIXTURE, t, 1.01f * half) < 1.0f);
    }
}

static void test_extremes(void **state) {
    (void)state;
    for (int r = 0; r < REGULARIZERS; r++) {
        /* threshold 0: nothing is easy, and no division by it; logistic has no threshold in this sense */
        float nothing = r == REGULARIZER_LOGISTIC ? 1.0f : 0.0f;
        for (double t = 0.0; t < 7e-46; t += 2e-46) { /* 0 in float32 */
            assert_true(weight(ORDER_EASY, r, t, 0.0f) == nothing);
            assert_true(weight(ORDER_EASY, r, t, 1e-30f) == nothing);
            assert_true(weight(ORDER_HARD, r, t, 1e-30f) == 1.0f - nothing);
        }
        assert_true(weight(ORDER_EASY, r, 0.5, 0.0f) == 1.0f); /* nothing to lose */
        assert_true(weight(ORDER_EASY, r, 0.5, INFINITY) == 0.0f);
        assert_true(weight(ORDER_HARD, r, 0.5, INFINITY) == 1.0f);
        Settings settings = {.order = ORDER_HARD, .regularizer = r, .power = 3.0};
        WeightRule warm = weight_rule(&settings, 0.5, true);
        assert_true(weight_of_loss(&warm, 0.001f) == 1.0f && weight_of_loss(&warm, 99.0f) == 1.0f);
    }
    assert_true(threshold_limit(REGULARIZER_LOG) < 1.0 && (float)threshold_limit(REGULARIZER_LOG) < 1.0f);
    assert_true(threshold_limit(REGULARIZER_LOG) > 0.999);
    assert_true(threshold_limit(REGULARIZER_HARD) > 1e300);
    float v = weight(ORDER_EASY, REGULARIZER_LOG, 7.0, 0.5f); /* as at the limit */
    assert_true(v == weight(ORDER_EASY, REGULARIZER_LOG, threshold_limit(REGULARIZER_LOG), 0.5f) && v > 0.0f);
}

/* No threshold, power or loss gives a NaN or a v outside [0, 1], or an F outside [0, l]. */
static void test_no_nan(void **state) {
    (void)state;
    static const double powers[] = {1.01, 2.0, 3.0, 100.0};
    static const double thresholds[] = {0.0, 1e-320, 1e-45, 2e-45, 1e-38, 1e-7, 0.5, 0.99999, 40.0, 1e9, 3e38, 1e300};
    static const float losses[] = {0.0f, 1e-45f, 1e-38f, 1e-7f, 0.5f, 1.0f, 88.0f, 1e9f, 3e38f};
    for (int r = 0; r < REGULARIZERS; r++)
        for (size_t p = 0; p < sizeof powers / sizeof *powers; p++)
            for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++)
                for (int order = ORDER_EASY; order <= ORDER_ALL; order++) {
                    enum { N = sizeof losses / sizeof *losses };
                    float v[N];
                    WeightRule rule = rule_of(order, r, powers[p], thresholds[i]);
                    weights_of_losses(&rule, losses, v, N);
                    for (size_t l = 0; l < N; l++) {
                        double F = latent_loss(&rule, (double)losses[l]);
                        float plain = weight_of_loss(&rule, losses[l]);
                        if (!(v[l] >= 0.0f && v[l] <= 1.0f && plain >= 0.0f && plain <= 1.0f &&
                              F >= (double)losses[l] * -1e-12 && F <= (double)losses[l] * (1.0 + 1e-12)))
                            fail_msg("regularizer %d, order %d, t %g, p %g, l %g: %g, %g, F %g", r, order,
                                     thresholds[i], powers[p], (double)losses[l], (double)v[l], (double)plain, F);
                    }
                }
}

/* The vectors' version for every length, from any position, and nothing written behind the end. */
static void test_vectors(void **state) {
    (void)state;
    enum { N = 150 };
    float loss[N + 1], v[N + 2];
    for (int i = 0; i <= N; i++)
        loss[i] = 0.011f * (float)((i * 37) % N);
    for (int order = ORDER_EASY; order <= ORDER_ALL; order++)
        for (int r = 0; r < REGULARIZERS; r++) {
            WeightRule rule = rule_of(order, r, 3.0, 0.77);
            for (size_t n = 0; n <= N; n++)
                for (size_t first = 0; first + n <= N && first < 2; first++) {
                    memset(v, 0x7f, sizeof v);
                    weights_of_losses(&rule, loss + first, v, n);
                    for (size_t i = 0; i < n; i++) {
                        float plain = weight_of_loss(&rule, loss[first + i]);
                        if (r == REGULARIZER_HARD || plain == 0.0f || plain == 1.0f ? v[i] != plain
                                                                                    : fabsf(v[i] - plain) > 1e-6f)
                            fail_msg("regularizer %d, loss %g: %g, not %g", r, (double)loss[first + i], (double)v[i],
                                     (double)plain);
                    }
                    float untouched;
                    memset(&untouched, 0x7f, sizeof untouched);
                    assert_memory_equal(&v[n], &untouched, sizeof untouched);
                }
        }
}

/* ---- rules by class, offsets ---- */

static void test_offsets(void **state) {
    (void)state;
    enum { N = 203 };
    static float loss[N], offset[N], v[N], expected[N];
    static uint8_t label[N];
    for (size_t i = 0; i < N; i++) {
        loss[i] = 0.01f * (float)(i * 29 % 101);
        offset[i] = 0.05f * (float)(i % 7);
        label[i] = (uint8_t)(i % 3);
    }
    for (int r = 0; r < REGULARIZERS; r++)
        for (int order = ORDER_EASY; order <= ORDER_ALL; order++)
            for (int with = 0; with < 4; with++) {
                WeightRule rules[3];
                for (int c = 0; c < 3; c++)
                    rules[c] = rule_of(order, r, 3.0, 0.2 + 0.3 * c);
                bool hard = r == REGULARIZER_HARD && order != ORDER_ALL;
                for (size_t i = 0; i < N; i++) {
                    const WeightRule *rule = &rules[with & 1 ? label[i] : 0];
                    float t = rule->t + (with & 2 ? offset[i] : 0.0f);
                    expected[i] = !hard                 ? weight_of_loss(rule, loss[i])
                                  : order == ORDER_EASY ? (float)(loss[i] < t)
                                                        : (float)(loss[i] > t);
                }
                weights_with_offsets(rules, with & 1 ? label : NULL, with & 2 ? offset : NULL, loss, v, N);
                for (size_t i = 0; i < N; i++)
                    assert_true(hard ? v[i] == expected[i] : fabsf(v[i] - expected[i]) < 1e-6f);
            }
}

/* Ranks by counting: how many of the group come before. */
static void test_diversity(void **state) {
    (void)state;
    enum { MOST = 1501 };
    static float loss[MOST], offset[MOST + 1];
    static uint32_t scratch[MOST + 1];
    static uint8_t group[MOST];
    static const size_t sizes[] = {1, 2, 3, 17, 256, MOST};
    static const int groups[] = {1, 2, 7, 256};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++)
        for (size_t g = 0; g < sizeof groups / sizeof *groups; g++)
            for (int which = 0; which < PATTERNS; which++) {
                size_t n = sizes[s];
                double strength = 0.3 * which;
                for (size_t i = 0; i < n; i++) {
                    loss[i] = pattern(which, i, n);
                    group[i] = (uint8_t)draw((uint32_t)groups[g]);
                }
                offset[n] = 5.0f;
                scratch[n] = 5;
                diversity_offsets(loss, groups[g] == 1 ? NULL : group, groups[g], n, strength, offset, scratch);
                assert_true(offset[n] == 5.0f && scratch[n] == 5);
                for (size_t i = 0; i < n; i++) {
                    double rank = 1.0;
                    for (size_t k = 0; k < n; k++)
                        rank += group[k] == group[i] && (loss[k] < loss[i] || (loss[k] == loss[i] && k < i));
                    if (offset[i] != (float)(strength / (sqrt(rank) + sqrt(rank - 1.0))))
                        fail_msg("%zu losses in %d groups, pattern %d, sample %zu, rank %g: %g", n, groups[g], which, i,
                                 rank, (double)offset[i]);
                }
            }
    diversity_offsets(loss, group, 3, 0, 1.0, offset, scratch);
    float broken[] = {NAN, 1.0f, INFINITY};
    diversity_offsets(broken, NULL, 1, 3, 1.0, offset, scratch); /* NaN comes last */
    assert_true(offset[1] == 1.0f && offset[2] > offset[0] && offset[0] > 0.0f);
}

/* The weights so made are the best of all selections for sum v l - t sum v - g sum over groups sqrt(sum v).
 */
static void test_diversity_is_best(void **state) {
    (void)state;
    enum { N = 9, GROUPS = 3 };
    int chosen = 0, all = 0;
    for (int round = 0; round < 200; round++) {
        float loss[N], offset[N], v[N];
        uint8_t group[N];
        uint32_t scratch[N];
        double t = 0.001 * draw(800), g = 0.001 * draw(600), best = INFINITY, ours = 0.0;
        for (int i = 0; i < N; i++) {
            loss[i] = 0.001f * (float)draw(1500);
            group[i] = (uint8_t)draw(GROUPS);
        }
        WeightRule rule = rule_of(ORDER_EASY, REGULARIZER_HARD, 3.0, t);
        diversity_offsets(loss, group, GROUPS, N, g, offset, scratch);
        weights_with_offsets(&rule, NULL, offset, loss, v, N);
        for (unsigned set = 0; set <= 1u << N; set++) { /* the last is ours */
            double sum = 0.0, members[GROUPS] = {0.0};
            for (int i = 0; i < N; i++) {
                bool in = set == 1u << N ? v[i] == 1.0f : (set >> i & 1u) == 1;
                sum += in ? (double)loss[i] - t : 0.0;
                members[group[i]] += in;
            }
            for (int k = 0; k < GROUPS; k++)
                sum -= g * sqrt(members[k]);
            if (set == 1u << N)
                ours = sum;
            else
                best = fmin(best, sum);
        }
        assert_true(ours <= best + 1e-6);
        for (int i = 0; i < N; i++, all++)
            chosen += v[i] == 1.0f;
    }
    assert_true(chosen > all / 5 && chosen < all * 4 / 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_minimiser),
        cmocka_unit_test(test_laws),
        cmocka_unit_test(test_equality),
        cmocka_unit_test(test_extremes),
        cmocka_unit_test(test_vectors),
        cmocka_unit_test(test_latent_quadrature),
        cmocka_unit_test(test_latent_laws),
        cmocka_unit_test(test_no_nan),
        cmocka_unit_test(test_offsets),
        cmocka_unit_test(test_diversity),
        cmocka_unit_test(test_diversity_is_best),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
