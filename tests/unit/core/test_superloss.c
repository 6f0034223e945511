/* SuperLoss: golden values, the minimiser by brute force, F against its derivative, and the vectorised weights against
 * the plain ones. */
#include "core/curriculum.h"

#include "core/kernels/kernels.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const double LAMBDAS[] = {1e-6, 0.01, 0.25, 1.0, 7.0, 1e6};
static const double THRESHOLDS[] = {0.0, 1e-3, 0.1, 0.5, 0.7357588823428847, 2.4, 100.0};
enum { LAMBDA_COUNT = sizeof LAMBDAS / sizeof *LAMBDAS, THRESHOLD_COUNT = sizeof THRESHOLDS / sizeof *THRESHOLDS };

static WeightRule rule_of(int order, double lambda, double threshold) {
    Settings s = {.order = order, .regularizer = REGULARIZER_SUPERLOSS, .superloss_lambda = lambda};
    return weight_rule(&s, threshold, false);
}

static double weight(int order, double lambda, double threshold, double loss) {
    WeightRule rule = rule_of(order, lambda, threshold);
    return (double)weight_of_loss(&rule, (float)loss);
}

static void test_golden(void **state) {
    (void)state;
    assert_true(fabs(weight(ORDER_EASY, 1.0, 0.5, 0.3) - 1.1183255916) < 2e-7);
    assert_true(fabs(weight(ORDER_EASY, 1.0, 0.5, 1.5) - 0.7034674225) < 1e-7);
    assert_true(weight(ORDER_EASY, 1.0, 0.5, 0.5) == 1.0); /* W(0) = 0 */
    assert_true(weight(ORDER_HARD, 1.0, 0.5, 0.5) == 1.0); /* mirrored at the threshold: */
    assert_true(fabs(weight(ORDER_HARD, 1.0, 0.5, 0.7) - 1.1183255916) < 2e-7);
    assert_true(weight(ORDER_ALL, 1.0, 0.5, 0.3) == 1.0);
    assert_true(fabs(weight(ORDER_EASY, 1.0, 2.0, 0.3) - exp(1.0)) < 2e-7); /* below t - 2 lambda/e */
    assert_true(weight_limit(REGULARIZER_SUPERLOSS) == (float)exp(1.0) && weight_limit(REGULARIZER_LOGISTIC) == 1.0f);
}

/* No sigma of a fine grid over (0, e] has a smaller sigma (l - t) + lambda (ln sigma)^2. */
static void test_minimiser(void **state) {
    (void)state;
    for (int a = 1; a < LAMBDA_COUNT - 1; a++)
        for (int b = 0; b < THRESHOLD_COUNT - 1; b++)
            for (double l = 0.0; l < 5.0; l = 1.2 * l + 0.01) {
                double lambda = LAMBDAS[a], t = THRESHOLDS[b], v = weight(ORDER_EASY, lambda, t, l);
                double ours = v * (l - t) + lambda * log(v) * log(v);
                for (int i = -4000; i <= 400; i++) {
                    double sigma = exp(i / 400.0);
                    if (sigma * (l - t) + lambda * log(sigma) * log(sigma) < ours - 1e-6 * (1.0 + lambda))
                        fail_msg("lambda %g, t %g, l %g: %g, but %g is better", lambda, t, l, v, sigma);
                }
            }
}

/* Within (0, e], never growing with the loss, never falling with the threshold; mirrored the other way round. */
static void test_laws(void **state) {
    (void)state;
    for (int a = 0; a < LAMBDA_COUNT; a++)
        for (int b = 0; b < THRESHOLD_COUNT; b++)
            for (double l = 0.0; l < 200.0; l = 1.1 * l + 0.003) {
                double lambda = LAMBDAS[a], t = THRESHOLDS[b], v = weight(ORDER_EASY, lambda, t, l);
                double turned = weight(ORDER_HARD, lambda, t, l);
                assert_true(v > 0.0 && v <= (double)weight_limit(REGULARIZER_SUPERLOSS));
                assert_true(turned > 0.0 && turned <= (double)weight_limit(REGULARIZER_SUPERLOSS));
                assert_true(weight(ORDER_EASY, lambda, t, 1.01 * l + 0.001) <= v);
                assert_true(weight(ORDER_HARD, lambda, t, 1.01 * l + 0.001) >= turned);
                assert_true(weight(ORDER_EASY, lambda, 1.01 * t + 0.001, l) >= v - 1e-6);
                if (fabs(l - t) > 1e-5 * (l + t + lambda)) /* what the window counts as easy */
                    assert_true((v > 1.0) == (l < t) && (turned > 1.0) == (l > t));
            }
}

/* F's slope is v, by central differences; F(0) = 0. */
static void test_latent(void **state) {
    (void)state;
    for (int order = ORDER_EASY; order <= ORDER_HARD; order++)
        for (int a = 0; a < LAMBDA_COUNT - 1; a++) /* of the last, F is l but for differences too small for this */
            for (int b = 0; b < THRESHOLD_COUNT; b++) {
                double lambda = LAMBDAS[a], t = THRESHOLDS[b];
                WeightRule rule = rule_of(order, lambda, t);
                assert_true(latent_loss(&rule, 0.0) == 0.0);
                for (double l = 0.01; l < 150.0; l = 1.15 * l + 0.003) {
                    double h = 1e-5 * l, v = (double)weight_of_loss(&rule, (float)l);
                    double slope = (latent_loss(&rule, l + h) - latent_loss(&rule, l - h)) / (2.0 * h);
                    double kink =
                        fabs(l - (order == ORDER_EASY ? 2.0 * (double)rule.t - (double)rule.b : (double)rule.b));
                    double steep = fabs(l - (double)rule.b) / (2.0 * lambda); /* v falls as a root behind b */
                    if (kink > 10.0 * h && steep > 1e-3 && fabs(slope - v) > 2e-4 * (v + 1e-3))
                        fail_msg("order %d, lambda %g, t %g: F'(%g) is %.9g, v %.9g", order, lambda, t, l, slope, v);
                }
            }
    WeightRule flat = rule_of(ORDER_EASY, 1e6, 0.5);
    assert_true(fabs(latent_loss(&flat, 2.0) - 2.0) < 2e-6);
    WeightRule all = rule_of(ORDER_EASY, 1.0, 1e300);
    assert_true(fabs(latent_loss(&all, 2.0) - 2.0 * exp(1.0)) < 1e-12);
}

/* F by the midpoint rule: its value, and not only its slope. */
static void test_latent_quadrature(void **state) {
    (void)state;
    enum { CELLS = 20000 };
    for (int order = ORDER_EASY; order <= ORDER_HARD; order++)
        for (int b = 0; b < THRESHOLD_COUNT; b++) {
            WeightRule rule = rule_of(order, 0.25, THRESHOLDS[b]);
            double sum = 0.0;
            for (int i = 0; i < CELLS; i++)
                sum += (double)weight_of_loss(&rule, (float)(3.0 * (i + 0.5) / CELLS)) * 3.0 / CELLS;
            assert_true(fabs(latent_loss(&rule, 3.0) - sum) < 2e-5);
        }
}

/* Every instruction set, over all thresholds and losses: within 5e-7 of libm. */
static void test_vectors(void **state) {
    (void)state;
    enum { N = 4003 };
    static float loss[N], v[N];
    static const double extremes[] = {0.0, 1e-44, 1e-3, 0.5, 2.0, 1e9, 3e38, 1e300};
    float worst = 0.0f;
    for (int order = ORDER_EASY; order <= ORDER_HARD; order++)
        for (int a = 0; a < LAMBDA_COUNT; a++)
            for (size_t b = 0; b < sizeof extremes / sizeof *extremes; b++) {
                WeightRule rule = rule_of(order, LAMBDAS[a], extremes[b]);
                double from = fmin(extremes[b], 1e30), reach = LAMBDAS[a];
                for (int i = 0; i < N - 8; i++) /* close to where v becomes e, around the threshold and far off */
                    loss[i] =
                        (float)fmax(0.0, from + reach * (i < N / 2 ? 4.0 * i / N - 1.0 : exp(0.01 * (i - N / 2))));
                const float ends[] = {0.0f, 1e-44f, 1e-30f, 1.0f, 1e9f, 3e38f, INFINITY, NAN};
                for (int i = 0; i < 8; i++)
                    loss[N - 8 + i] = ends[i];
                for (int k = 0; kernels_variant(k); k++) {
                    kernels_variant(k)->weights(&rule, loss, v, N);
                    for (int i = 0; i < N; i++) {
                        float plain = weight_of_loss(&rule, loss[i]), off = fabsf(v[i] - plain);
                        if (!(off < 5e-7f && v[i] >= 0.0f && v[i] <= SUPERLOSS_MOST))
                            fail_msg("%s, order %d, lambda %g, t %g, loss %.9g: %.9g, not %.9g",
                                     kernels_variant(k)->name, order, LAMBDAS[a], extremes[b], (double)loss[i],
                                     (double)v[i], (double)plain);
                        worst = fmaxf(worst, off);
                    }
                    assert_true(v[N - 1] == 0.0f);
                }
            }
    print_message("SuperLoss %.2g off\n", (double)worst);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden), cmocka_unit_test(test_minimiser),         cmocka_unit_test(test_laws),
        cmocka_unit_test(test_latent), cmocka_unit_test(test_latent_quadrature), cmocka_unit_test(test_vectors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
