/* Shapes, torch's initial parameters, scores and losses as callers see them: any number of points, any
 * stride. */
#include "core/mlp.h"

#include "tests/support/golden.h"
#include "tests/support/plain_mlp.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { MOST_PARAMETERS = 192 + 5 * 65 * 64 + 65 * 8 };

static float parameters[MOST_PARAMETERS + 16];
static double exact[MOST_PARAMETERS];

static void test_shape(void **state) {
    (void)state;
    Mlp mlp;
    mlp_shape(&mlp, NULL, 0, 3, ACTIVATION_TANH);
    assert_true(mlp.layers == 1 && mlp.parameters == 9 && mlp.padded == 16);
    assert_true(mlp.weights[0] == 0 && mlp.biases[0] == 6 && mlp_classes(&mlp) == 3);
    mlp_shape(&mlp, (const int[]){5, 1, 64}, 3, 8, ACTIVATION_RELU);
    assert_true(mlp.layers == 4 && mlp.parameters == 15 + 6 + 128 + 520 && mlp_classes(&mlp) == 8);
    assert_true(mlp.weights[1] == 15 && mlp.biases[1] == 20 && mlp.weights[2] == 21 && mlp.biases[2] == 85);
    assert_true(mlp.weights[3] == 149 && mlp.biases[3] == 149 + 512);
    assert_true(mlp.padded % 16 == 0 && mlp.padded >= mlp.parameters && mlp.padded < mlp.parameters + 16);
    mlp_shape(&mlp, (const int[]){64, 64, 64, 64, 64, 64}, 6, 8, ACTIVATION_RELU);
    assert_int_equal(mlp.parameters, MOST_PARAMETERS);
}

/* The parameters of torch.nn.Linear after torch.manual_seed, bit for bit. */
static void test_initialise(void **state) {
    (void)state;
    static const struct {
        uint32_t seed;
        int hidden[MAX_HIDDEN], hidden_count, classes;
        size_t count;
        uint64_t sum;
        float first, last;
    } golden[] = {
        {1445, {0}, 0, 2, 6, 0x3e1c79ceeb4ec439u, 0.306148976f, 0.647066832f},
        {3, {16, 16}, 2, 2, 354, 0x3b96e18edea9ee15u, -0.701077223f, -0.148429245f},
        {9, {5, 1, 64}, 3, 8, 669, 0x28edaae4da869371u, 0.220312536f, 0.0118926167f},
        {4294967295u, {7, 7, 7, 7, 7, 7}, 6, 3, 325, 0xedd2c2db5423e3aeu, 0.698337793f, 0.335160524f},
    };
    for (size_t g = 0; g < sizeof golden / sizeof *golden; g++) {
        Mlp mlp;
        Mt19937 torch;
        mlp_shape(&mlp, golden[g].hidden, golden[g].hidden_count, golden[g].classes, ACTIVATION_TANH);
        assert_int_equal(mlp.parameters, golden[g].count);
        parameters[mlp.parameters] = 123.0f;
        mt_seed(&torch, golden[g].seed);
        mlp_initialise(&mlp, parameters, &torch);
        assert_true(parameters[0] == golden[g].first && parameters[mlp.parameters - 1] == golden[g].last);
        assert_true(checksum(parameters, mlp.parameters * sizeof *parameters) == golden[g].sum);
        assert_true(parameters[mlp.parameters] == 123.0f);
    }
}

static void fill(const Mlp *mlp, NumpyRng *rng) {
    for (int l = 0; l < mlp->layers; l++) {
        double bound = 1.8 / sqrt((double)mlp->sizes[l]); /* so that signals neither fade nor explode */
        for (size_t i = 0; i < (size_t)(mlp->sizes[l] + 1) * (size_t)mlp->sizes[l + 1]; i++)
            parameters[mlp->weights[l] + i] = (float)(bound * (2.0 * numpy_double(rng) - 1.0));
    }
    for (size_t i = 0; i < mlp->parameters; i++)
        exact[i] = (double)parameters[i];
}

/* Counts about the kernels' blocks and the threads' slices; a stride wider than the count. */
static void test_scores_and_losses(void **state) {
    (void)state;
    static const size_t counts[] = {1, 2, 15, 16, 17, 31, 32, 33, 100, 8191, 8192, 8193, 40001};
    enum { MOST = 40001, CLASSES = 3 };
    static float x[MOST], y[MOST], loss[MOST + 1], scores[CLASSES * (MOST + 5)];
    static uint8_t label[MOST];
    NumpyRng rng;
    numpy_seed(&rng, 17);
    for (size_t i = 0; i < MOST; i++) {
        x[i] = (float)(3.0 * numpy_normal(&rng));
        y[i] = (float)(3.0 * numpy_normal(&rng));
        label[i] = (uint8_t)numpy_interval(&rng, CLASSES - 1);
    }
    for (int hidden = 0; hidden <= 2; hidden++) {
        Mlp mlp;
        mlp_shape(&mlp, (const int[]){6, 5}, hidden, CLASSES, hidden == 1 ? ACTIVATION_RELU : ACTIVATION_TANH);
        fill(&mlp, &rng);
        for (size_t c = 0; c < sizeof counts / sizeof *counts; c++) {
            size_t n = counts[c], stride = n + 5, right = 0, step = n / 500 + 1;
            double plain_sum = 0.0;
            memset(scores, 0, sizeof scores);
            loss[n] = -5.0f;
            mlp_scores(&mlp, parameters, x, y, n, scores, stride);
            LossSum all = mlp_losses(&mlp, parameters, x, y, label, n, loss);
            for (size_t i = 0; i < n; i++) {
                int best = 0;
                for (int k = 1; k < CLASSES; k++)
                    if (scores[(size_t)k * stride + i] > scores[(size_t)best * stride + i])
                        best = k;
                right += best == label[i];
                plain_sum += (double)loss[i];
                if (i % step == 0) {
                    double l = plain_sample(&mlp, exact, (double)x[i], (double)y[i], label[i], 0.0, NULL);
                    assert_true(fabs(l - (double)loss[i]) <= 1e-5 + 1e-5 * l);
                }
            }
            assert_int_equal(all.right, right);
            assert_true(fabs(all.sum - plain_sum) <= 1e-6 * plain_sum);
            assert_true(loss[n] == -5.0f);
            for (size_t k = 0; k < CLASSES; k++)
                for (size_t i = n; i < stride; i++)
                    assert_true(scores[k * stride + i] == 0.0f); /* the gaps stay */
        }
    }
}

/* Six hidden layers of 64 units: the largest shape. */
static void test_deepest(void **state) {
    (void)state;
    enum { N = 50, CLASSES = 8 };
    float x[N], y[N], loss[N];
    uint8_t label[N];
    NumpyRng rng;
    numpy_seed(&rng, 18);
    for (int activation = ACTIVATION_TANH; activation <= ACTIVATION_RELU; activation++) {
        Mlp mlp;
        mlp_shape(&mlp, (const int[]){64, 64, 64, 64, 64, 64}, 6, CLASSES, activation);
        fill(&mlp, &rng);
        for (size_t i = 0; i < N; i++) {
            x[i] = (float)numpy_normal(&rng);
            y[i] = (float)numpy_normal(&rng);
            label[i] = (uint8_t)numpy_interval(&rng, CLASSES - 1);
        }
        mlp_losses(&mlp, parameters, x, y, label, N, loss);
        for (size_t i = 0; i < N; i++) {
            double l = plain_sample(&mlp, exact, (double)x[i], (double)y[i], label[i], 0.0, NULL);
            assert_true(fabs(l - (double)loss[i]) <= 2e-5 * (1.0 + l));
        }
    }
}

/* Scores far apart: the loss is their distance or nothing, never infinite, never below 0. */
static void test_far_apart(void **state) {
    (void)state;
    Mlp mlp;
    mlp_shape(&mlp, NULL, 0, 2, ACTIVATION_TANH);
    static const float weights[6] = {1.0f, 0.0f, -1.0f, 0.0f, 0.0f, 0.0f};
    memcpy(parameters, weights, sizeof weights);
    static const float x[] = {500.0f, 500.0f, -1e30f, 0.0f}, y[] = {0.0f, 0.0f, 0.0f, 0.0f};
    static const uint8_t label[] = {0, 1, 0, 1};
    float loss[4];
    mlp_losses(&mlp, parameters, x, y, label, 4, loss);
    assert_true(loss[0] == 0.0f && loss[1] == 1000.0f);
    assert_true(fabsf(loss[2] / 2e30f - 1.0f) < 1e-6f);
    assert_true(fabsf(loss[3] - 0.693147181f) < 1e-6f);
}

/* Every unit of every layer by sums in double precision; the scores by mlp_scores and, through the loss, by the plain
 * model; standardised inputs too. */
static void test_activations(void **state) {
    (void)state;
    static const struct {
        int hidden[MAX_HIDDEN], hidden_count, classes;
    } shapes[] = {{{0}, 0, 2}, {{1}, 1, 8}, {{7, 3}, 2, 2}, {{64, 64, 64, 64, 64, 64}, 6, 8}};
    for (size_t g = 0; g < 4 * sizeof shapes / sizeof *shapes; g++) {
        Mlp mlp;
        Mt19937 torch;
        mlp_shape(&mlp, shapes[g / 4].hidden, shapes[g / 4].hidden_count, shapes[g / 4].classes,
                  g & 1 ? ACTIVATION_RELU : ACTIVATION_TANH);
        if (g & 2)
            mlp.scaling = (Scaling){.on = true, .shift = {10.0, -3.0}, .divisor = {4.0, 0.5}};
        mt_seed(&torch, 5);
        memset(parameters, 0, sizeof parameters);
        mlp_initialise(&mlp, parameters, &torch);
        for (size_t i = 0; i < mlp.parameters; i++)
            exact[i] = (double)(parameters[i] *= 1.5f);
        static const float x[] = {9.0f, 12.5f}, y[] = {-2.75f, -3.5f};
        float units[MLP_MAX_UNITS + 1], scores[2 * MAX_CLASSES];
        mlp_scores(&mlp, parameters, x, y, 2, scores, 2);
        for (size_t i = 0; i < 2; i++) {
            const float guard = 123.0f;
            int count = 0;
            for (int l = 1; l <= mlp.layers; l++)
                count += mlp.sizes[l];
            units[count] = guard;
            mlp_activations(&mlp, parameters, x[i], y[i], units);
            assert_true(units[count] == guard);
            double below[MAX_UNITS] = {(double)mlp_input(&mlp, 0, x[i]), (double)mlp_input(&mlp, 1, y[i])};
            double input_x = below[0], input_y = below[1];
            const float *unit = units;
            for (int l = 0; l < mlp.layers; l++) {
                double values[MAX_UNITS];
                for (int o = 0; o < mlp.sizes[l + 1]; o++) {
                    double z = exact[mlp.biases[l] + (size_t)o];
                    for (int k = 0; k < mlp.sizes[l]; k++)
                        z += exact[mlp.weights[l] + (size_t)(o * mlp.sizes[l] + k)] * below[k];
                    bool hidden = l + 1 < mlp.layers;
                    values[o] = !hidden ? z : mlp.activation == ACTIVATION_RELU ? fmax(z, 0.0) : tanh(z);
                    assert_true(fabs((double)*unit++ - values[o]) < 1e-5 * fmax(1.0, fabs(values[o])));
                }
                memcpy(below, values, sizeof below);
            }
            int classes = mlp_classes(&mlp);
            double highest = -INFINITY, sum = 0.0;
            for (int c = 0; c < classes; c++) {
                double score = (double)units[count - classes + c];
                assert_true(fabs(score - (double)scores[2 * (size_t)c + i]) < 1e-5 * fmax(1.0, fabs(score)));
                highest = fmax(highest, score);
            }
            for (int c = 0; c < classes; c++)
                sum += exp((double)units[count - classes + c] - highest);
            double loss = highest + log(sum) - (double)units[count - 1];
            double plain = plain_sample(&mlp, exact, input_x, input_y, classes - 1, 0.0, NULL);
            assert_true(fabs(loss - plain) < 1e-5 * fmax(1.0, plain));
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_shape),   cmocka_unit_test(test_initialise), cmocka_unit_test(test_scores_and_losses),
        cmocka_unit_test(test_deepest), cmocka_unit_test(test_far_apart),  cmocka_unit_test(test_activations),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
