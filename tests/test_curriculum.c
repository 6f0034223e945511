/* Losses to weights: golden values, the laws that every regularizer obeys, and what happens exactly at the
 * threshold. */
#include "../core/curriculum.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { REGULARIZERS = REGULARIZER_MIXTURE + 1 };

static float weight(int order, int regularizer, double threshold, float loss) {
    WeightRule rule = weight_rule(order, regularizer, threshold, false);
    return weight_of_loss(&rule, loss);
}

/* v*(0.3) at t = 0.5. */
static void test_golden(void **state) {
    (void)state;
    static const double golden[REGULARIZERS] = {1.0, 0.4, 0.3219280949, 0.6666666667};
    for (int r = 0; r < REGULARIZERS; r++) {
        assert_true(fabs((double)weight(ORDER_EASY, r, 0.5, 0.3f) - golden[r]) < 1e-6);
        assert_true(fabs((double)weight(ORDER_HARD, r, 0.5, 0.3f) - (1.0 - golden[r])) < 1e-6);
        assert_true(weight(ORDER_ALL, r, 0.5, 0.3f) == 1.0f && weight(ORDER_ALL, r, 0.5, 900.0f) == 1.0f);
    }
}

/* f(v; t) of curriculum.h. */
static double penalty(int regularizer, double v, double t) {
    double z = 1.0 - t;
    switch (regularizer) {
    case REGULARIZER_LINEAR:
        return t * (v * v / 2.0 - v);
    case REGULARIZER_LOG:
        return z * v - pow(z, v) / log(z);
    case REGULARIZER_MIXTURE:
        return -t * log(v + 1.0); /* t1 = t, t2 = t/2, so that z = t and z/t1 = 1 */
    default:
        return -t * v;
    }
}

/* v is what minimises v l + f(v; t) over [0, 1]: no v of a fine grid does better. */
static void test_minimiser(void **state) {
    (void)state;
    for (int r = 0; r < REGULARIZERS; r++)
        for (double t = 0.05; t < 1.0; t += 0.09)
            for (double l = 0.003; l < 1.3; l += 0.037) {
                double v = (double)weight(ORDER_EASY, r, t, (float)l), best = v * l + penalty(r, v, t);
                for (int i = 0; i <= 200; i++) {
                    double u = (double)i / 200.0;
                    if (u * l + penalty(r, u, t) < best - 1e-6)
                        fail_msg("regularizer %d, t %g, l %g: v %g, but %g is better", r, t, l, v, u);
                }
            }
}

/* Within [0, 1], non-increasing in the loss, non-decreasing in the threshold; the turned order the other way.
 * For log the threshold's law ends at t = 1 - 1/e: for small losses v is about 1 + l/(z ln z), and z ln z
 * turns there. */
static void test_laws(void **state) {
    (void)state;
    for (int r = 0; r < REGULARIZERS; r++) {
        int between = 0;
        for (double t = 0.0; t < 0.999; t += 0.03)
            for (double l = 0.001; l < 2.0; l += 0.013) {
                float v = weight(ORDER_EASY, r, t, (float)l), turned = weight(ORDER_HARD, r, t, (float)l);
                assert_true(v >= 0.0f && v <= 1.0f && turned >= 0.0f && turned <= 1.0f);
                assert_true(weight(ORDER_EASY, r, t, (float)(l + 0.01)) <= v);
                if (r != REGULARIZER_LOG || t + 0.0005 < 1.0 - exp(-1.0))
                    assert_true(weight(ORDER_EASY, r, t + 0.0005, (float)l) >= v - 1e-6f);
                assert_true(weight(ORDER_HARD, r, t, (float)(l + 0.01)) >= turned);
                between += v > 0.0f && v < 1.0f;
            }
        assert_true(r == REGULARIZER_HARD ? between == 0 : between > 100);
    }
}

/* Comparisons are strict and in float32: 0.1 as a double is below 0.1f, yet the loss 0.1f is not below the
 * threshold 0.1. */
static void test_equality(void **state) {
    (void)state;
    static const double thresholds[] = {0.1, 0.35, 0.7, 0.816};
    for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++) {
        double t = thresholds[i];
        float at = (float)t, under = nextafterf(at, 0.0f), over = nextafterf(at, 2.0f),
              half = (float)(t / 2.0);
        assert_true(weight(ORDER_EASY, REGULARIZER_HARD, t, at) == 0.0f);
        assert_true(weight(ORDER_EASY, REGULARIZER_HARD, t, under) == 1.0f);
        assert_true(weight(ORDER_HARD, REGULARIZER_HARD, t, at) == 0.0f); /* neither easy nor hard */
        assert_true(weight(ORDER_HARD, REGULARIZER_HARD, t, under) == 0.0f);
        assert_true(weight(ORDER_HARD, REGULARIZER_HARD, t, over) == 1.0f);
        for (int r = REGULARIZER_LINEAR; r < REGULARIZERS; r++) {
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
        assert_true(weight(ORDER_EASY, r, 0.0, 1e-30f) ==
                    0.0f); /* threshold 0: nothing is easy, and no division by it */
        assert_true(weight(ORDER_HARD, r, 0.0, 1e-30f) == 1.0f);
        assert_true(weight(ORDER_EASY, r, 0.5, 0.0f) == 1.0f); /* nothing to lose */
        assert_true(weight(ORDER_EASY, r, 0.5, INFINITY) == 0.0f);
        assert_true(weight(ORDER_HARD, r, 0.5, INFINITY) == 1.0f);
        WeightRule warm = weight_rule(ORDER_HARD, r, 0.5, true);
        assert_true(weight_of_loss(&warm, 0.001f) == 1.0f && weight_of_loss(&warm, 99.0f) == 1.0f);
    }
    assert_true(threshold_limit(REGULARIZER_LOG) < 1.0 && (float)threshold_limit(REGULARIZER_LOG) < 1.0f);
    assert_true(threshold_limit(REGULARIZER_LOG) > 0.999);
    assert_true(threshold_limit(REGULARIZER_HARD) > 1e300);
    float v = weight(ORDER_EASY, REGULARIZER_LOG, 7.0, 0.5f); /* as at the limit */
    assert_true(v == weight(ORDER_EASY, REGULARIZER_LOG, threshold_limit(REGULARIZER_LOG), 0.5f) && v > 0.0f);
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
            WeightRule rule = weight_rule(order, r, 0.77, false);
            for (size_t n = 0; n <= N; n++)
                for (size_t first = 0; first + n <= N && first < 2; first++) {
                    memset(v, 0x7f, sizeof v);
                    weights_of_losses(&rule, loss + first, v, n);
                    for (size_t i = 0; i < n; i++) {
                        float plain = weight_of_loss(&rule, loss[first + i]);
                        if (r == REGULARIZER_HARD || plain == 0.0f || plain == 1.0f
                                ? v[i] != plain
                                : fabsf(v[i] - plain) > 1e-6f)
                            fail_msg("regularizer %d, loss %g: %g, not %g", r, (double)loss[first + i],
                                     (double)v[i], (double)plain);
                    }
                    float untouched;
                    memset(&untouched, 0x7f, sizeof untouched);
                    assert_memory_equal(&v[n], &untouched, sizeof untouched);
                }
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),   cmocka_unit_test(test_minimiser), cmocka_unit_test(test_laws),
        cmocka_unit_test(test_equality), cmocka_unit_test(test_extremes),  cmocka_unit_test(test_vectors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
