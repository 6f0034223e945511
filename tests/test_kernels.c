/* The inner loops of every instruction set that this processor has, against libm and a plain version in
 * double precision. */
#include "../core/kernels.h"

#include "../core/rng.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* ---- exp, log, tanh ---- */

static int64_t order_of(float f) { /* neighbouring floats have neighbouring numbers */
    int32_t bits;
    memcpy(&bits, &f, sizeof bits);
    return bits >= 0 ? bits : (int64_t)INT32_MIN - bits;
}

typedef void ArrayFunction(const float *in, float *out, size_t n);

/* The largest distance, in units in the last place, from libm's result in double precision rounded once. */
static int64_t worst_ulp(ArrayFunction *function, double (*exact)(double), float from, float to) {
    enum { N = 20000 };
    static float in[N], out[N];
    int64_t first = order_of(from), last = order_of(to), worst = 0;
    for (int i = 0; i < N; i++) { /* evenly over the floats, so that every magnitude is met */
        int64_t at = first + (last - first) * i / (N - 1);
        int32_t bits = (int32_t)(at >= 0 ? at : (int64_t)INT32_MIN - at);
        memcpy(&in[i], &bits, sizeof bits);
    }
    function(in, out, N);
    for (int i = 0; i < N; i++) {
        int64_t distance = llabs(order_of(out[i]) - order_of((float)exact((double)in[i])));
        worst = distance > worst ? distance : worst;
    }
    return worst;
}

static void test_functions(void **state) {
    (void)state;
    for (int k = 0; kernels_variant(k); k++) {
        const Kernels *kernels = kernels_variant(k);
        int64_t e = worst_ulp(kernels->exp, exp, -87.0f, 88.0f),
                e1 = worst_ulp(kernels->exp, exp, -1.0f, 1.0f);
        int64_t l = worst_ulp(kernels->log, log, 1.2e-38f, 3e38f),
                l1 = worst_ulp(kernels->log, log, 0.5f, 8.0f);
        int64_t t = worst_ulp(kernels->tanh, tanh, -20.0f, 20.0f),
                t1 = worst_ulp(kernels->tanh, tanh, -0.7f, 0.7f);
        print_message("%s: exp %d and %d, log %d and %d, tanh %d and %d ulp\n", kernels->name, (int)e,
                      (int)e1, (int)l, (int)l1, (int)t, (int)t1);
        assert_true(e <= 1 && e1 <= 1 && l <= 1 && l1 <= 1 && t <= 1 && t1 <= 1);

        float special[] = {0.0f, -0.0f, INFINITY, -INFINITY, NAN, 1.0f, 1000.0f, -1000.0f}, out[8];
        kernels->exp(special, out, 8);
        assert_true(out[0] == 1.0f && out[1] == 1.0f && out[2] == INFINITY && out[3] == 0.0f &&
                    isnan(out[4]));
        assert_true(out[6] == INFINITY && out[7] == 0.0f);
        kernels->log(special, out, 8);
        assert_true(out[0] == -INFINITY && out[2] == INFINITY && isnan(out[3]) && isnan(out[4]) &&
                    out[5] == 0.0f);
        kernels->tanh(special, out, 8);
        assert_true(out[0] == 0.0f && out[2] == 1.0f && out[3] == -1.0f && isnan(out[4]) && out[6] == 1.0f);
    }
}

/* ---- a plain network in double precision ---- */

enum { MOST = 200, MOST_PARAMETERS = 7 * 65 * 64 };

typedef struct Problem {
    Mlp mlp;
    size_t count;
    float x[MOST], y[MOST], parameters[MOST_PARAMETERS];
    uint8_t label[MOST];
    uint32_t order[MOST];
} Problem;

static Problem problem;

static double uniform(NumpyRng *rng, double low, double high) {
    return low + (high - low) * numpy_double(rng);
}

static void make_problem(NumpyRng *rng, int activation) {
    Problem *p = &problem;
    memset(p, 0, sizeof *p);
    int hidden[MAX_HIDDEN], layers = (int)numpy_interval(rng, 3), classes = 2 + (int)numpy_interval(rng, 6);
    for (int i = 0; i < layers; i++)
        hidden[i] = 1 + (int)numpy_interval(rng, 20);
    mlp_shape(&p->mlp, hidden, layers, classes, activation);
    p->count = 1 + numpy_interval(rng, 99);
    for (size_t i = 0; i < p->mlp.parameters; i++)
        p->parameters[i] = (float)uniform(rng, -1.0, 1.0);
    for (size_t i = 0; i < MOST; i++) {
        p->x[i] = (float)uniform(rng, -3.0, 3.0);
        p->y[i] = (float)uniform(rng, -3.0, 3.0);
        p->label[i] = (uint8_t)numpy_interval(rng, (uint32_t)classes - 1);
        p->order[i] = (uint32_t)i;
    }
    numpy_shuffle(rng, p->order, MOST);
}

static void plain_scores(const Mlp *mlp, const double *parameters, double x, double y,
                         double scores[MAX_UNITS]) {
    double in[MAX_UNITS] = {x, y};
    for (int layer = 0; layer < mlp->layers; layer++) {
        for (int o = 0; o < mlp->sizes[layer + 1]; o++) {
            double sum = parameters[mlp->biases[layer] + (size_t)o];
            for (int k = 0; k < mlp->sizes[layer]; k++)
                sum += parameters[mlp->weights[layer] + (size_t)(o * mlp->sizes[layer] + k)] * in[k];
            bool hidden = layer + 1 < mlp->layers;
            scores[o] = !hidden ? sum : mlp->activation == ACTIVATION_RELU ? fmax(sum, 0.0) : tanh(sum);
        }
        memcpy(in, scores, sizeof in);
    }
}

static double plain_loss(const Mlp *mlp, const double *parameters, size_t i) {
    double scores[MAX_UNITS], sum = 0.0, highest = -INFINITY;
    plain_scores(mlp, parameters, (double)problem.x[i], (double)problem.y[i], scores);
    for (int c = 0; c < mlp_classes(mlp); c++)
        highest = fmax(highest, scores[c]);
    for (int c = 0; c < mlp_classes(mlp); c++)
        sum += exp(scores[c] - highest);
    return highest + log(sum) - scores[problem.label[i]];
}

/* sum(v l) / count of the batch, with v as given. */
static double objective(const double *parameters, const float *v) {
    double sum = 0.0;
    for (size_t i = 0; i < problem.count; i++) {
        size_t sample = problem.order[i];
        if (v[sample] > 0.0f)
            sum += (double)v[sample] * plain_loss(&problem.mlp, parameters, sample);
    }
    return sum / (double)problem.count;
}

static void test_batches(void **state) {
    (void)state;
    static float v[MOST], gradient[MOST_PARAMETERS], first[MOST_PARAMETERS];
    static double exact[MOST_PARAMETERS];
    NumpyRng rng;
    numpy_seed(&rng, 99);
    for (int round = 0; round < 60; round++) {
        make_problem(&rng, round % 2 ? ACTIVATION_RELU : ACTIVATION_TANH);
        const Mlp *mlp = &problem.mlp;
        WeightRule rule =
            weight_rule(round % 5 == 4 ? ORDER_HARD : ORDER_EASY, round % 4, uniform(&rng, 0.3, 0.95), false);
        for (size_t i = 0; i < mlp->parameters; i++)
            exact[i] = (double)problem.parameters[i];
        for (int k = 0; kernels_variant(k); k++) {
            memset(v, 0, sizeof v);
            double loss =
                kernels_variant(k)->batch(mlp, problem.parameters, problem.x, problem.y, problem.label,
                                          problem.order, problem.count, &rule, v, gradient);
            double weight_sum = 0.0;
            for (size_t i = 0; i < problem.count; i++) {
                size_t sample = problem.order[i];
                double l = plain_loss(mlp, exact, sample), expected = (double)weight_of_loss(&rule, (float)l);
                if (fabs(l - (double)rule.t) > 1e-4) /* at the threshold rounding decides */
                    assert_true(fabs((double)v[sample] - expected) < 2e-4);
                weight_sum += (double)v[sample];
            }
            assert_true(fabs(loss - objective(exact, v)) < 2e-5);
            /* central differences, v fixed */
            double largest = 0.0;
            for (size_t i = 0; i < mlp->parameters; i += 1 + mlp->parameters / 60) {
                double h = 1e-5, kept = exact[i];
                exact[i] = kept + h;
                double above = objective(exact, v);
                exact[i] = kept - h;
                double below = objective(exact, v);
                exact[i] = kept;
                double slope = (above - below) / (2.0 * h);
                /* a kink of ReLU within h spoils a difference: then the one-sided slopes differ */
                double middle = objective(exact, v), bend = fabs(above + below - 2.0 * middle) / h;
                if (bend < 1e-3 && fabs(slope - (double)gradient[i]) > 3e-5)
                    fail_msg("%s, round %d: slope %g, gradient %g", kernels_variant(k)->name, round, slope,
                             (double)gradient[i]);
                largest = fmax(largest, fabs((double)gradient[i]));
            }
            assert_true(weight_sum == 0.0 ? largest == 0.0 : largest > 0.0);
            if (k == 1)
                memcpy(first, gradient, sizeof first);
            if (k == 2) /* avx2 and avx512 round alike */
                assert_memory_equal(first, gradient, mlp->parameters * sizeof *gradient);
        }
    }
}

static void test_scores_and_losses(void **state) {
    (void)state;
    static float scores[MAX_CLASSES * MOST], loss[MOST];
    NumpyRng rng;
    numpy_seed(&rng, 7);
    for (int round = 0; round < 30; round++) {
        make_problem(&rng, round % 2 ? ACTIVATION_RELU : ACTIVATION_TANH);
        const Mlp *mlp = &problem.mlp;
        double exact[MOST_PARAMETERS];
        for (size_t i = 0; i < mlp->parameters; i++)
            exact[i] = (double)problem.parameters[i];
        for (int k = 0; kernels_variant(k); k++) {
            double sum;
            kernels_variant(k)->scores(mlp, problem.parameters, problem.x, problem.y, problem.count, scores,
                                       MOST);
            size_t right = kernels_variant(k)->losses(mlp, problem.parameters, problem.x, problem.y,
                                                      problem.label, problem.count, loss, &sum);
            double exact_sum = 0.0;
            size_t exact_right = 0;
            for (size_t i = 0; i < problem.count; i++) {
                double s[MAX_UNITS], l = plain_loss(mlp, exact, i);
                plain_scores(mlp, exact, (double)problem.x[i], (double)problem.y[i], s);
                int best = 0;
                for (int c = 0; c < mlp_classes(mlp); c++) {
                    assert_true(fabs(s[c] - (double)scores[(size_t)c * MOST + i]) < 1e-4);
                    best = s[c] > s[best] ? c : best;
                }
                exact_right += best == problem.label[i];
                exact_sum += l;
                assert_true(fabs(l - (double)loss[i]) < 1e-4);
            }
            assert_true(fabs(sum - exact_sum) < 1e-3);
            assert_int_equal(right, exact_right);
        }
    }
}

/* A tie goes to the lowest class; a score that is not a number is never right. */
static void test_ties(void **state) {
    (void)state;
    Mlp mlp;
    mlp_shape(&mlp, NULL, 0, 3, ACTIVATION_TANH);
    float parameters[16] = {0}, x = 1.0f, y = 1.0f, loss;
    double sum;
    for (int k = 0; kernels_variant(k); k++)
        for (uint8_t label = 0; label < 3; label++) {
            assert_int_equal(kernels_variant(k)->losses(&mlp, parameters, &x, &y, &label, 1, &loss, &sum),
                             label == 0);
            float broken = NAN;
            assert_int_equal(
                kernels_variant(k)->losses(&mlp, parameters, &broken, &y, &label, 1, &loss, &sum), 0);
        }
}

static void test_weights(void **state) {
    (void)state;
    enum { N = 1003 };
    static float loss[N], v[N];
    for (int i = 0; i < N; i++)
        loss[i] = (float)i * 0.002f;
    loss[N - 1] = NAN;
    for (int order = 0; order <= ORDER_ALL; order++)
        for (int regularizer = 0; regularizer <= REGULARIZER_MIXTURE; regularizer++)
            for (double t = 0.0; t < 0.99; t += 0.06) {
                WeightRule rule = weight_rule(order, regularizer, t, false);
                for (int k = 0; kernels_variant(k); k++) {
                    kernels_variant(k)->weights(&rule, loss, v, N);
                    for (int i = 0; i < N; i++)
                        if (!(fabsf(v[i] - weight_of_loss(&rule, loss[i])) < 2e-5f))
                            fail_msg("rule %d, t %g, loss %g: %g", rule.kind, t, (double)loss[i],
                                     (double)v[i]);
                }
            }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions),         cmocka_unit_test(test_batches),
        cmocka_unit_test(test_scores_and_losses), cmocka_unit_test(test_ties),
        cmocka_unit_test(test_weights),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
