/* The inner loops of every instruction set that this processor has, against libm and a plain version in
 * double precision. */
#include "core/kernels/kernels.h"

#include "core/curriculum.h"
#include "core/optimizer.h"
#include "core/pixel_cells.h"
#include "core/rng.h"
#include "tests/support/plain_mlp.h"

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
        int64_t e = worst_ulp(kernels->exp, exp, -87.0f, 88.0f), e1 = worst_ulp(kernels->exp, exp, -1.0f, 1.0f);
        int64_t l = worst_ulp(kernels->log, log, 1.2e-38f, 3e38f), l1 = worst_ulp(kernels->log, log, 0.5f, 8.0f);
        int64_t t = worst_ulp(kernels->tanh, tanh, -20.0f, 20.0f), t1 = worst_ulp(kernels->tanh, tanh, -0.7f, 0.7f);
        print_message("%s: exp %d and %d, log %d and %d, tanh %d and %d ulp\n", kernels->name, (int)e, (int)e1, (int)l,
                      (int)l1, (int)t, (int)t1);
        assert_true(e <= 1 && e1 <= 1 && l <= 1 && l1 <= 1 && t <= 1 && t1 <= 1);

        float special[] = {0.0f, -0.0f, INFINITY, -INFINITY, NAN, 1.0f, 1000.0f, -1000.0f}, out[8];
        kernels->exp(special, out, 8);
        assert_true(out[0] == 1.0f && out[1] == 1.0f && out[2] == INFINITY && out[3] == 0.0f && isnan(out[4]));
        assert_true(out[6] == INFINITY && out[7] == 0.0f);
        kernels->log(special, out, 8);
        assert_true(out[0] == -INFINITY && out[2] == INFINITY && isnan(out[3]) && isnan(out[4]) && out[5] == 0.0f);
        kernels->tanh(special, out, 8);
        assert_true(out[0] == 0.0f && out[2] == 1.0f && out[3] == -1.0f && isnan(out[4]) && out[6] == 1.0f);
    }
}

/* Over all floats, one bit pattern in 4001, in blocks that end anywhere: within the bound of kernels.h, the
 * right value outside the range of normal results, and nothing written behind the end. */
static void test_whole_range(void **state) {
    (void)state;
    enum { N = 8191 };
    static float in[N], out[N + 1];
    for (int k = 0; kernels_variant(k); k++) {
        const Kernels *kernels = kernels_variant(k);
        ArrayFunction *const functions[] = {kernels->exp, kernels->log, kernels->tanh};
        double (*const exact[])(double) = {exp, log, tanh};
        int64_t worst[3] = {0};
        for (uint64_t bits = 0; bits <= UINT32_MAX;) {
            size_t n = 0;
            for (; n < N && bits <= UINT32_MAX; bits += 4001) {
                uint32_t pattern = (uint32_t)bits;
                memcpy(&in[n++], &pattern, sizeof pattern);
            }
            for (int f = 0; f < 3; f++) {
                out[n] = 77.0f;
                functions[f](in, out, n);
                assert_true(out[n] == 77.0f);
                for (size_t i = 0; i < n; i++) {
                    double right = exact[f]((double)in[i]);
                    bool known = true; /* libm's value is what is wanted */
                    if (f == 0 && in[i] < -87.3f)
                        right = 0.0; /* small results are cut off */
                    else if (f == 0 && in[i] > 88.3f)
                        right = INFINITY;
                    else if (f == 1)
                        known = !(fabsf(in[i]) < 1.2e-38f) || in[i] == 0.0f; /* subnormals are not promised */
                    if (!known)
                        continue;
                    if (isnan(right) || isinf(right) || right == 0.0) {
                        if (isnan(right) ? !isnan(out[i]) : (double)out[i] != right)
                            fail_msg("%s, function %d of %g: %g, not %g", kernels->name, f, (double)in[i],
                                     (double)out[i], right);
                        continue;
                    }
                    int64_t distance = llabs(order_of(out[i]) - order_of((float)right));
                    worst[f] = distance > worst[f] ? distance : worst[f];
                }
            }
        }
        print_message("%s: exp %d, log %d, tanh %d ulp over all floats\n", kernels->name, (int)worst[0], (int)worst[1],
                      (int)worst[2]);
        assert_true(worst[0] <= 1 && worst[1] <= 1 && worst[2] <= 1);
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
    int hidden[MAX_HIDDEN], layers = (int)numpy_interval(rng, 3), classes;
    classes = 2 + (int)numpy_interval(rng, numpy_interval(rng, 1) ? 6 : MAX_CLASSES - 2);
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

static void plain_scores(const Mlp *mlp, const double *parameters, double x, double y, double scores[MAX_UNITS]) {
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

enum { REGULARIZERS = REGULARIZER_EXPONENTIAL + 1 };

static WeightRule rule_of(int order, int regularizer, double power, double threshold) {
    Settings settings = {.order = order, .regularizer = regularizer, .power = power};
    return weight_rule(&settings, threshold, false);
}

static void test_batches(void **state) {
    (void)state;
    static float v[MOST], gradient[MOST_PARAMETERS], first[MOST_PARAMETERS];
    static Sample samples[MOST];
    static double exact[MOST_PARAMETERS];
    NumpyRng rng;
    numpy_seed(&rng, 99);
    for (int round = 0; round < 60; round++) {
        make_problem(&rng, round % 2 ? ACTIVATION_RELU : ACTIVATION_TANH);
        const Mlp *mlp = &problem.mlp;
        WeightRule rule =
            rule_of(round % 5 == 4 ? ORDER_HARD : ORDER_EASY, round % REGULARIZERS, 3.0, uniform(&rng, 0.3, 0.95));
        for (size_t i = 0; i < mlp->parameters; i++)
            exact[i] = (double)problem.parameters[i];
        mlp_samples(mlp, problem.x, problem.y, problem.label, MOST, samples);
        for (int k = 0; kernels_variant(k); k++) {
            memset(v, 0, sizeof v);
            double loss = kernels_variant(k)->batch(mlp, problem.parameters, samples, problem.order, problem.count,
                                                    &rule, v, gradient);
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
            kernels_variant(k)->scores(mlp, problem.parameters, problem.x, problem.y, problem.count, scores, MOST);
            size_t right = kernels_variant(k)->losses(mlp, problem.parameters, problem.x, problem.y, problem.label,
                                                      problem.count, loss, &sum);
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

/* The plain gradient itself, against central differences: every parameter of every kind of layer. */
static void test_plain_gradient(void **state) {
    (void)state;
    NumpyRng rng;
    numpy_seed(&rng, 5);
    for (int activation = ACTIVATION_TANH; activation <= ACTIVATION_RELU; activation++) {
        Mlp mlp;
        double p[200], gradient[200] = {0.0};
        mlp_shape(&mlp, (const int[]){4, 3, 5}, 3, 3, activation);
        assert_true(mlp.parameters <= 200);
        for (size_t i = 0; i < mlp.parameters; i++)
            p[i] = uniform(&rng, -1.0, 1.0);
        size_t moved = 0;
        for (int label = 0; label < 3; label++)
            plain_sample(&mlp, p, 0.7, -1.1, label, 0.5 + label, gradient);
        for (size_t i = 0; i < mlp.parameters; i++) {
            double kept = p[i], slope = 0.0, h = 1e-6;
            for (int side = -1; side <= 1; side += 2) {
                p[i] = kept + side * h;
                for (int label = 0; label < 3; label++)
                    slope += side * (0.5 + label) * plain_sample(&mlp, p, 0.7, -1.1, label, 0.0, NULL) / (2.0 * h);
            }
            p[i] = kept;
            assert_true(fabs(slope - gradient[i]) < 1e-8);
            moved += fabs(gradient[i]) > 1e-6;
        }
        assert_true(moved > (activation == ACTIVATION_TANH ? mlp.parameters * 9 / 10 : mlp.parameters / 4));
    }
}

/* Networks of 0 to 6 hidden layers with up to 64 units, and Playground's, which is compiled apart: every parameter's
 * gradient, every v, and that nothing but the batch's samples is touched. */
static void test_deep_batches(void **state) {
    (void)state;
    static float v[MOST], gradient[MOST_PARAMETERS + 1], first[MOST_PARAMETERS], first_v[MOST];
    static double exact[MOST_PARAMETERS], wanted[MOST_PARAMETERS];
    static Sample samples[MOST];
    NumpyRng rng;
    numpy_seed(&rng, 2024);
    Problem *p = &problem;
    for (int round = 0; round < 58; round++) {
        bool playground = round >= 42;
        make_problem(&rng, 0); /* points and order; another network: */
        int hidden[MAX_HIDDEN], layers = round % (MAX_HIDDEN + 1);
        static const int MANY[] = {10, 15, 31, MAX_CLASSES};
        int classes = round % 3 == 2 ? MANY[round / 3 % 4] : 2 + round % 7;
        for (int i = 0; i < layers; i++)
            hidden[i] = round < 14 ? MAX_UNITS - round / 7 : 1 + (int)numpy_interval(&rng, MAX_UNITS - 1);
        if (playground)
            mlp_shape(&p->mlp, (int[]){4, 2}, 2, classes = 2, ACTIVATION_TANH);
        else
            mlp_shape(&p->mlp, hidden, layers, classes, round % 2);
        const Mlp *mlp = &p->mlp;
        for (int l = 0; l < mlp->layers; l++)
            for (size_t i = 0; i < (size_t)(mlp->sizes[l] + 1) * (size_t)mlp->sizes[l + 1]; i++) {
                float w = (float)(uniform(&rng, -1.8, 1.8) / sqrt((double)mlp->sizes[l]));
                p->parameters[mlp->weights[l] + i] = w;
            }
        for (size_t i = 0; i < mlp->parameters; i++)
            exact[i] = (double)p->parameters[i];
        for (size_t i = 0; i < MOST; i++)
            p->label[i] = (uint8_t)(i * 13 % (size_t)classes);
        p->count = playground ? (size_t)(round - 41) : 1 + numpy_interval(&rng, 69);
        mlp_samples(mlp, p->x, p->y, p->label, MOST, samples);
        int order = round % 3 == 2 ? ORDER_ALL : round % 3;
        WeightRule rule = rule_of(order, round / 3 % REGULARIZERS, 3.0, 0.9);
        for (int k = 0; kernels_variant(k); k++) {
            for (size_t i = 0; i < MOST; i++)
                v[i] = -3.0f;
            gradient[mlp->parameters] = 55.0f;
            double loss =
                kernels_variant(k)->batch(mlp, p->parameters, samples, p->order, p->count, &rule, v, gradient);
            memset(wanted, 0, sizeof wanted);
            double sum = 0.0, largest = 0.0;
            for (size_t i = 0; i < p->count; i++) {
                size_t s = p->order[i];
                double share = (double)v[s] / (double)p->count;
                double l = plain_sample(mlp, exact, (double)p->x[s], (double)p->y[s], p->label[s], share, wanted);
                sum += v[s] > 0.0f ? share * l : 0.0;
                if (fabs(l - (double)rule.t) > 1e-3)
                    assert_true(fabs((double)(v[s] - weight_of_loss(&rule, (float)l))) < 1e-3);
            }
            for (size_t i = p->count; i < MOST; i++)
                assert_true(v[p->order[i]] == -3.0f);
            assert_true(gradient[mlp->parameters] == 55.0f);
            assert_true(fabs(loss - sum) <= 2e-5 * (1.0 + fabs(sum)));
            for (size_t i = 0; i < mlp->parameters; i++)
                largest = fmax(largest, fabs(wanted[i]));
            for (size_t i = 0; i < mlp->parameters; i++)
                if (!(fabs(wanted[i] - (double)gradient[i]) <= 2e-5 * largest + 1e-7))
                    fail_msg("%s, round %d, parameter %zu: %g, not %g", kernels_variant(k)->name, round, i,
                             (double)gradient[i], wanted[i]);
            if (order == ORDER_ALL)
                assert_true(largest > 1e-3);
            if (k == 1) {
                memcpy(first, gradient, sizeof first);
                memcpy(first_v, v, sizeof first_v);
            }
            if (k == 2) { /* avx2 and avx512 round alike */
                assert_memory_equal(first, gradient, mlp->parameters * sizeof *gradient);
                assert_memory_equal(first_v, v, sizeof first_v);
            }
        }
    }
}

/* Adam's step against its definition (Kingma and Ba 2015) in double precision, for every length up to three
 * vectors. */
static void test_adam(void **state) {
    (void)state;
    enum { N = 48 };
    NumpyRng rng;
    numpy_seed(&rng, 77);
    for (int k = 0; kernels_variant(k); k++)
        for (size_t n = 1; n <= N; n++) {
            float p[N + 1], g[N], m[N] = {0}, u[N] = {0};
            double exact[N], first[N] = {0.0}, second[N] = {0.0};
            for (size_t i = 0; i < n; i++) {
                p[i] = (float)uniform(&rng, -2.0, 2.0);
                exact[i] = (double)p[i];
            }
            p[n] = 9.0f;
            for (int step = 1; step <= 5; step++) {
                double b1 = 1.0 - pow(0.9, step), b2 = 1.0 - pow(0.999, step), rate = 0.01, decay = 0.3;
                for (size_t i = 0; i < n; i++)
                    g[i] = step == 3 ? 0.0f : (float)uniform(&rng, -1.0, 1.0);
                assert_true(kernels_variant(k)->adam(p, g, m, u, n, (float)decay, (float)(rate / b1), (float)sqrt(b2)));
                for (size_t i = 0; i < n; i++) {
                    double slope = (double)g[i] + decay * exact[i];
                    first[i] = 0.9 * first[i] + 0.1 * slope;
                    second[i] = 0.999 * second[i] + 0.001 * slope * slope;
                    exact[i] -= rate * (first[i] / b1) / (sqrt(second[i] / b2) + 1e-8);
                    assert_true(fabs(exact[i] - (double)p[i]) < 2e-6);
                    assert_true(fabs(first[i] - (double)m[i]) < 1e-6 && fabs(second[i] - (double)u[i]) < 1e-6);
                }
                assert_true(p[n] == 9.0f);
            }
            p[n / 2] = n % 2 ? INFINITY : NAN;
            assert_false(kernels_variant(k)->adam(p, g, m, u, n, 0.0f, 0.01f, 0.1f));
        }
}

/* Steps in registers are those of batch and Adam, to the last bit; and end with the step that is too much. */
static void test_linear_steps(void **state) {
    (void)state;
    enum { BATCHES = 10, N = BATCHES * KERNEL_BLOCK }; /* more than are asked for ahead */
    static float x[N], y[N], v[2][N];
    static uint8_t label[N];
    static uint32_t order[N];
    static Sample samples[N];
    NumpyRng rng;
    numpy_seed(&rng, 31);
    for (int round = 0; round < 160; round++) {
        Mlp mlp;
        mlp_shape(&mlp, NULL, 0, 2, ACTIVATION_TANH);
        if (round % 3 == 2)
            mlp.scaling = (Scaling){.on = true, .shift = {0.4, -1.0}, .divisor = {1.7, 0.6}};
        bool too_much = round % 10 == 9;
        float p[2][8] = {{0}}, first[2][8] = {{0}}, second[2][8] = {{0}}, gradient[8] = {0};
        for (int i = 0; i < 6; i++)
            p[0][i] = p[1][i] = (float)uniform(&rng, -1.0, 1.0);
        for (uint32_t i = 0; i < N; i++) {
            x[i] = (float)uniform(&rng, -3.0, 3.0);
            y[i] = too_much && i == 100 ? NAN : (float)uniform(&rng, -3.0, 3.0);
            label[i] = (uint8_t)numpy_interval(&rng, 1);
            order[i] = i;
            v[0][i] = v[1][i] = 9.0f;
        }
        mlp_samples(&mlp, x, y, label, N, samples);
        if (!too_much)
            numpy_shuffle(&rng, order, N);
        WeightRule rule =
            rule_of(round % 5 == 4 ? ORDER_HARD : ORDER_EASY, round % REGULARIZERS, 3.0, uniform(&rng, 0.3, 0.95));
        bool on_edge = round >= 40; /* the threshold is one sample's loss, or next to it: scores can't tell */
        if (on_edge) {
            rule = rule_of(round % 5 == 4 ? ORDER_HARD : ORDER_EASY, REGULARIZER_HARD, 3.0, 0.5);
            float loss[KERNEL_BLOCK];
            double sum;
            uint32_t i = order[round % KERNEL_BLOCK];
            kernels_best()->losses(&mlp, p[0], x + i, y + i, label + i, 1, loss, &sum);
            rule.t = round % 3 == 0 ? loss[0] : nextafterf(loss[0], round % 3 == 1 ? 0.0f : 9.0f);
        }
        double decay = round % 4 == 3 ? 0.2 : 0.0, rate = 0.03;
        size_t batches = 1 + (size_t)round % BATCHES;
        for (int k = 0; kernels_variant(k); k++) {
            const Kernels *kernels = kernels_variant(k);
            float parameters[2][8], one[2][8] = {{0}}, two[2][8] = {{0}};
            memcpy(parameters, p, sizeof p);
            memcpy(one, first, sizeof first);
            memcpy(two, second, sizeof second);
            double powers[2] = {1.0, 1.0}, loss = 0.5;
            size_t steps = 0;
            bool diverged = false;
            while (steps < batches && !diverged) {
                float before[8];
                memcpy(before, parameters[0], sizeof before);
                loss += kernels->batch(&mlp, parameters[0], samples, order + steps * KERNEL_BLOCK, KERNEL_BLOCK, &rule,
                                       v[0], gradient);
                powers[0] *= 0.9;
                powers[1] *= 0.999;
                kernels->adam(parameters[0], gradient, one[0], two[0], 6, (float)decay,
                              (float)(rate / (1.0 - powers[0])), (float)sqrt(1.0 - powers[1]));
                for (int i = 0; i < 6; i++)
                    diverged = diverged || !isfinite(parameters[0][i]);
                if (diverged)
                    memcpy(parameters[0], before, sizeof before);
                steps++;
            }
            LinearSteps linear = {.parameters = parameters[1],
                                  .first = one[1],
                                  .second = two[1],
                                  .learning_rate = rate,
                                  .weight_decay = decay,
                                  .beta1_power = 1.0,
                                  .beta2_power = 1.0,
                                  .samples = samples,
                                  .order = order,
                                  .batches = batches,
                                  .far = round % 2 == 1,
                                  .rule = &rule,
                                  .v = v[1],
                                  .batch_loss_sum = 0.5};
            assert_int_equal(kernels->linear_steps(&linear), steps);
            assert_true(linear.diverged == diverged);
            assert_true(diverged == (too_much && batches > 3));
            assert_memory_equal(parameters[0], parameters[1], sizeof parameters[0]);
            if (!diverged) {
                assert_memory_equal(one[0], one[1], sizeof one[0]);
                assert_memory_equal(two[0], two[1], sizeof two[0]);
                assert_true(linear.batch_loss_sum == loss);
            }
            assert_memory_equal(v[0], v[1], sizeof v[0]);
            assert_true(linear.beta1_power == powers[0] && linear.beta2_power == powers[1]);
        }
    }
}

/* Remainders of everything that may round a quotient wrongly: multiples of the divisor and their neighbours. */
static void test_remainders(void **state) {
    (void)state;
    enum { N = 4099 };
    static uint32_t a[N], b[N], out[N + 1];
    Mt19937 mt;
    mt_seed(&mt, 3);
    for (int round = 0; round < 400; round++) {
        for (int i = 0; i < N; i++) {
            uint32_t bits = 1 + mt_u32(&mt) % 29;
            b[i] = (1u << bits) + (mt_u32(&mt) & ((1u << bits) - 1));
            a[i] = mt_u32(&mt);
            if (i % 4 < 3)
                a[i] = a[i] / b[i] * b[i] + (uint32_t)(i % 4 - 1);
            if (i % 97 == 0)
                a[i] = 0xffffffffu - mt_u32(&mt) % 3;
            b[i] = round == 0 ? 2 : b[i];
        }
        for (int k = 0; kernels_variant(k); k++) {
            size_t count = (size_t)(N - round % 40);
            out[count] = 77;
            kernels_variant(k)->remainder(a, b, out, count);
            for (size_t i = 0; i < count; i++)
                assert_int_equal(out[i], a[i] % b[i]);
            assert_int_equal(out[count], 77);
        }
    }
}

/* Each set's shuffle against the plain one, which draws word by word. */
static void test_permutation(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 2, 3, 17, 624, 625, 626, 1249, 10000, 1000003};
    for (size_t s = 0; s < sizeof sizes / sizeof *sizes; s++) {
        size_t n = sizes[s];
        uint32_t *plain = malloc(n * sizeof *plain), *order = malloc((n + 1) * sizeof *order);
        Mt19937 mt;
        mt_seed(&mt, 5 + (uint32_t)s);
        for (size_t i = 0; i < n; i++)
            plain[i] = (uint32_t)i;
        for (size_t i = 0; i + 1 < n; i++) {
            size_t z = i + mt_u32(&mt) % (uint32_t)(n - i);
            uint32_t swapped = plain[i];
            plain[i] = plain[z];
            plain[z] = swapped;
        }
        for (int k = 0; kernels_variant(k); k++) {
            order[n] = 77;
            kernels_variant(k)->permutation(5 + (uint32_t)s, order, n);
            assert_memory_equal(order, plain, n * sizeof *order);
            assert_int_equal(order[n], 77);
        }
        free(plain);
        free(order);
    }
}

/* Deviates of every set are to the last bit those of the polar method, try by try. */
static void test_normals(void **state) {
    (void)state;
    enum { TRIES = MT_WORDS / 4 };
    Mt19937 mt;
    mt_seed(&mt, 3);
    for (int k = 0; kernels_variant(k); k++)
        for (size_t tries = 0; tries <= TRIES; tries += 13) {
            double normal[2 * TRIES + 1], plain[2 * TRIES];
            size_t count = 0;
            kernels_variant(k)->mt_refill(mt.state);
            for (size_t i = 0; i < tries; i++) {
                double u[4], x[2];
                for (int w = 0; w < 4; w++)
                    u[w] = mt_tempered(mt.state[4 * i + (size_t)w]) >> (w % 2 == 0 ? 5 : 6);
                for (int a = 0; a < 2; a++)
                    x[a] = 2.0 * ((u[2 * a] * 67108864.0 + u[2 * a + 1]) / 9007199254740992.0) - 1.0;
                double r2 = x[0] * x[0] + x[1] * x[1];
                if (r2 >= 1.0 || r2 == 0.0)
                    continue;
                double f = sqrt(-2.0 * log(r2) / r2);
                plain[count++] = f * x[1];
                plain[count++] = f * x[0];
            }
            normal[count] = 77.0;
            assert_int_equal(kernels_variant(k)->normals(mt.state, tries, normal), count);
            assert_memory_equal(normal, plain, count * sizeof *normal);
            assert_true(normal[count] == 77.0);
        }
}

/* Figures of an epoch against a plain loop. */
static void test_tally(void **state) {
    (void)state;
    enum { N = 333 };
    float v[N];
    uint32_t admitted[N + 1], expected[N + 1];
    NumpyRng rng;
    numpy_seed(&rng, 21);
    for (int k = 0; kernels_variant(k); k++)
        for (size_t n = 1; n <= N; n += 83) {
            double sum = 0.0, got;
            size_t easy = 0;
            for (size_t i = 0; i <= n; i++) {
                if (i < n) {
                    v[i] = (float)fmax(0.0, uniform(&rng, -1.0, 1.0));
                    sum += (double)v[i];
                    easy += v[i] > 0.0f;
                }
                admitted[i] = expected[i] = i % 3 == 0 ? NEVER_ADMITTED : (uint32_t)i % 5;
                if (i < n && v[i] > 0.0f && expected[i] == NEVER_ADMITTED)
                    expected[i] = 7;
            }
            assert_int_equal(kernels_variant(k)->tally(v, admitted, n, 7, &got), easy);
            assert_true(fabs(got - sum) < 1e-12 * (1.0 + sum));
            assert_memory_equal(admitted, expected, (n + 1) * sizeof *admitted);
        }
}

/* Pixels of points, near and far, against the plain way. */
static void test_cells(void **state) {
    (void)state;
    enum { N = 333 };
    float x[N], y[N];
    uint32_t out[N + 1];
    NumpyRng rng;
    numpy_seed(&rng, 12);
    const CellMap maps[] = {
        {1.0, -2.0, 60.0, 60.0, 300.5, 200.0, 20.0f, 10.0f, 640.5f, 480.0f, 7.0f, 640},
        {1e3, -2e3, 900.0, 300.0, 150.0, 150.0, 0.0f, 0.0f, 300.0f, 300.0f, 3.0f, 300},
    };
    for (size_t k = 0; k < sizeof maps / sizeof *maps; k++) {
        const CellMap *m = &maps[k];
        int kinds[3] = {0};
        for (int i = 0; i < N; i++) {
            x[i] = (float)(m->center_x + uniform(&rng, -1.3, 1.3) * (double)m->w / 2 / m->scale);
            y[i] = (float)(m->center_y + uniform(&rng, -1.3, 1.3) * (double)m->h / 2 / m->scale_y);
        }
        for (int v = 0; kernels_variant(v); v++)
            for (size_t count = 1; count <= N; count += 83) {
                out[count] = 5;
                kernels_variant(v)->cells(m, x, y, count, out);
                assert_int_equal(out[count], 5);
                for (size_t i = 0; i < count; i++) {
                    float px = (float)(((double)x[i] - m->center_x) * m->scale + m->middle_x);
                    float py = (float)(m->middle_y - ((double)y[i] - m->center_y) * m->scale_y);
                    uint32_t expected = CELL_NONE;
                    if (px >= m->x + 1 && px <= m->x + m->w - 1 && py >= m->y + 1 && py <= m->y + m->h - 1)
                        expected = (uint32_t)(py - m->y) * m->width + (uint32_t)(px - m->x);
                    else if (px >= m->x - m->margin && px <= m->x + m->w + m->margin && py >= m->y - m->margin &&
                             py <= m->y + m->h + m->margin)
                        expected = CELL_EDGE;
                    assert_int_equal(out[i], expected);
                    kinds[expected == CELL_NONE ? 0 : expected == CELL_EDGE ? 1 : 2]++;
                }
            }
        assert_true(kinds[0] > 0 && kinds[1] > 0 && kinds[2] > 0);
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
            assert_int_equal(kernels_variant(k)->losses(&mlp, parameters, &x, &y, &label, 1, &loss, &sum), label == 0);
            float broken = NAN;
            assert_int_equal(kernels_variant(k)->losses(&mlp, parameters, &broken, &y, &label, 1, &loss, &sum), 0);
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
        for (int regularizer = 0; regularizer < REGULARIZERS; regularizer++)
            for (double t = 0.0; t < 0.99; t += 0.06) {
                WeightRule rule = rule_of(order, regularizer, 3.0, t);
                for (int k = 0; kernels_variant(k); k++) {
                    kernels_variant(k)->weights(&rule, loss, v, N);
                    for (int i = 0; i < N; i++)
                        if (!(fabsf(v[i] - weight_of_loss(&rule, loss[i])) < 2e-5f))
                            fail_msg("rule %d, t %g, loss %g: %g", rule.kind, t, (double)loss[i], (double)v[i]);
                }
            }
}

/* The rules with exp, over all powers and the whole range of thresholds and losses: within 5e-7 of libm. */
static void test_exponential_weights(void **state) {
    (void)state;
    enum { N = 4003 };
    static const double powers[] = {1.01, 1.1, 1.5, 2.0, 7.0, 100.0};
    static const double thresholds[] = {0.0, 1e-50, 1e-44, 1e-30, 1e-3, 0.5, 3.0, 87.0, 1e9, 1e38, 1e300};
    static float loss[N], v[N];
    double worst[REGULARIZERS] = {0.0};
    for (size_t i = 0; i < sizeof thresholds / sizeof *thresholds; i++) {
        double t = thresholds[i];
        for (int l = 0; l < N - 8; l++) /* many below the threshold, and some up to 90 times it */
            loss[l] = (float)(fmin(t, 1e36) * (l < N / 2 ? 2.2 / N * l : exp(9.0 / N * (l - N / 2))));
        memcpy(loss + N - 8, (float[]){0.0f, 1e-44f, 1e-30f, 1.0f, 87.4f, 1e9f, 3e38f, NAN}, 8 * sizeof *loss);
        for (int r = REGULARIZER_POLYNOMIAL; r < REGULARIZERS; r++)
            for (size_t p = 0; p < (r == REGULARIZER_POLYNOMIAL ? sizeof powers / sizeof *powers : 1); p++)
                for (int order = ORDER_EASY; order <= ORDER_HARD; order++) {
                    WeightRule rule = rule_of(order, r, powers[p], t);
                    for (int k = 0; kernels_variant(k); k++) {
                        kernels_variant(k)->weights(&rule, loss, v, N);
                        for (int l = 0; l < N; l++) {
                            float plain = weight_of_loss(&rule, loss[l]), off = fabsf(v[l] - plain);
                            if (!(off < 5e-7f && v[l] >= 0.0f && v[l] <= 1.0f))
                                fail_msg("%s, rule %d, t %g, power %g, loss %g: %.9g, not %.9g",
                                         kernels_variant(k)->name, rule.kind, t, powers[p], (double)loss[l],
                                         (double)v[l], (double)plain);
                            worst[r] = fmax(worst[r], (double)off);
                        }
                        if (!(t > 0.0) && r != REGULARIZER_LOGISTIC)
                            assert_true(v[N - 8] == (order == ORDER_EASY ? 0.0f : 1.0f));
                    }
                }
    }
    print_message("polynomial %.2g, logistic %.2g, exponential %.2g off\n", worst[REGULARIZER_POLYNOMIAL],
                  worst[REGULARIZER_LOGISTIC], worst[REGULARIZER_EXPONENTIAL]);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions),
        cmocka_unit_test(test_batches),
        cmocka_unit_test(test_scores_and_losses),
        cmocka_unit_test(test_ties),
        cmocka_unit_test(test_weights),
        cmocka_unit_test(test_exponential_weights),
        cmocka_unit_test(test_whole_range),
        cmocka_unit_test(test_plain_gradient),
        cmocka_unit_test(test_deep_batches),
        cmocka_unit_test(test_adam),
        cmocka_unit_test(test_linear_steps),
        cmocka_unit_test(test_remainders),
        cmocka_unit_test(test_permutation),
        cmocka_unit_test(test_normals),
        cmocka_unit_test(test_tally),
        cmocka_unit_test(test_cells),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
