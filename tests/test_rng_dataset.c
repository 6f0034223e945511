/* Random streams against published values, and the data sets beyond those that the recorded runs hold. */
#include "../core/dataset.h"
#include "../core/rng.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Status status;

static void test_mt19937(void **state) {
    (void)state;
    static const uint32_t first[] = {3499211612u, 581869302u, 3890346734u, 3586334585u, 545404204u};
    Mt19937 mt;
    mt_seed(&mt, 5489);
    for (int i = 0; i < 5; i++)
        assert_int_equal(mt_u32(&mt), first[i]);
    for (int i = 5; i < 9999; i++)
        mt_u32(&mt);
    assert_int_equal(mt_u32(&mt), 4123659995u); /* the C++ standard's 10000th value */
}

/* numpy.random.RandomState(0), and shuffles of small sizes. */
static void test_numpy(void **state) {
    (void)state;
    NumpyRng rng;
    numpy_seed(&rng, 0);
    assert_true(fabs(numpy_double(&rng) - 0.5488135039273248) < 1e-15);
    assert_true(fabs(numpy_double(&rng) - 0.7151893663724195) < 1e-15);
    numpy_seed(&rng, 0);
    assert_true(fabs(numpy_normal(&rng) - 1.764052345967664) < 1e-14);
    assert_true(fabs(numpy_normal(&rng) - 0.4001572083672233) < 1e-14);
    assert_true(fabs(numpy_normal(&rng) - 0.9787379841057392) < 1e-14);
    static const uint32_t expected[] = {2, 8, 4, 9, 1, 6, 7, 3, 0, 5}; /* RandomState(0).permutation(10) */
    uint32_t items[] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
    numpy_seed(&rng, 0);
    numpy_shuffle(&rng, items, 10);
    assert_memory_equal(items, expected, sizeof items);
    numpy_shuffle(&rng, items, 1); /* nothing to do, no endless loop */
    for (uint32_t max = 0; max < 40; max++)
        assert_true(numpy_interval(&rng, max) <= max);
}

static void test_permutation(void **state) {
    (void)state;
    static uint32_t order[1000], seen[1000];
    Mt19937 torch;
    mt_seed(&torch, 3);
    for (uint32_t n = 1; n <= 1000; n += 111) {
        memset(seen, 0, sizeof seen);
        torch_permutation(&torch, order, n);
        for (uint32_t i = 0; i < n; i++)
            seen[order[i]]++;
        for (uint32_t i = 0; i < n; i++)
            assert_int_equal(seen[i], 1);
    }
}

static Dataset make(int kind, int samples, const char *centroids) {
    Settings s;
    Dataset data;
    settings_default(&s);
    s.dataset = kind;
    s.samples = samples;
    assert_true(property_parse(&s, &PROPERTIES[PROPERTY_CENTROIDS], centroids, &status));
    if (!dataset_generate(&data, &s, &status))
        fail_msg("%s", status.message);
    return data;
}

static void test_sizes(void **state) {
    (void)state;
    for (int kind = DATASET_POST; kind <= DATASET_SPIRALS; kind++)
        for (int samples = 2; samples < 60; samples += 7) {
            Dataset data = make(kind, samples, "0,0,3,3");
            size_t counted[MAX_CLASSES] = {0};
            assert_int_equal(data.count, samples);
            for (size_t i = 0; i < data.count; i++) {
                assert_true(isfinite(data.x[i]) && isfinite(data.y[i]) && data.label[i] < data.classes);
                assert_true(data.x[i] >= data.x_minimum && data.x[i] <= data.x_maximum);
                assert_true(data.y[i] >= data.y_minimum && data.y[i] <= data.y_maximum);
                counted[data.label[i]]++;
            }
            assert_memory_equal(counted, data.class_count, sizeof counted);
            dataset_free(&data);
        }
}

static void test_classes(void **state) {
    (void)state;
    Dataset data = make(DATASET_BLOBS, 803, "0,0,9,0,0,9,9,9,-9,0,0,-9,-9,-9,9,-9");
    assert_int_equal(data.classes, 8);
    for (int k = 0; k < 8; k++) /* the first shares are one larger */
        assert_int_equal(data.class_count[k], k < 3 ? 101 : 100);
    dataset_free(&data);
    data = make(DATASET_POST, 3000, "0,0,50,0,0,50");
    assert_int_equal(data.classes, 3);
    assert_true(data.anomaly >= 0);
    /* the label of the point farthest from the second centroid has moved to the next class */
    assert_true(data.label[data.anomaly] != (uint8_t)(data.anomaly / 1000));
    for (size_t i = 0; i < data.count; i++)
        assert_true((int64_t)i == data.anomaly || data.label[i] == i / 1000);
    dataset_free(&data);
}

static void test_xor(void **state) {
    (void)state;
    Dataset data = make(DATASET_XOR, 500, "0,0,3,3");
    for (size_t i = 0; i < data.count; i++)
        assert_int_equal(data.label[i], (data.x[i] > 0.0f) != (data.y[i] > 0.0f));
    assert_true(data.class_count[0] > 200 && data.class_count[1] > 200);
    dataset_free(&data);
}

static void test_spirals(void **state) {
    (void)state;
    Dataset data = make(DATASET_SPIRALS, 400, "0,0,3,3");
    assert_int_equal(data.class_count[0], 200);
    for (size_t i = 0; i < data.count; i++) { /* on an arm of Archimedes: the angle follows from the radius */
        double radius = hypot((double)data.x[i], (double)data.y[i]),
               t = 1.75 * radius / 5.0 * 2.0 * acos(-1.0);
        double side = data.label[i] ? -1.0 : 1.0;
        assert_true(fabs((double)data.x[i] - side * radius * sin(t)) < 1e-4);
        assert_true(fabs((double)data.y[i] - side * radius * cos(t)) < 1e-4);
    }
    dataset_free(&data);
}

static void test_flip(void **state) {
    (void)state;
    Dataset data = make(DATASET_XOR, 1000, "0,0,3,3"), copy;
    assert_true(dataset_copy(&copy, &data, &status));
    assert_true(dataset_flip(&copy, 0.25, 7, &status));
    int moved = 0;
    for (size_t i = 0; i < data.count; i++) {
        moved += copy.label[i] != data.label[i];
        assert_true(copy.x[i] == data.x[i] && copy.y[i] == data.y[i]);
    }
    assert_int_equal(moved, 250);
    assert_true(dataset_flip(&copy, 0.0, 7, &status));
    dataset_free(&data);
    dataset_free(&copy);
    assert_false(dataset_init(&data, (size_t)MAX_SAMPLES + 1, 2, &status));
    assert_false(dataset_init(&data, 0, 2, &status));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mt19937), cmocka_unit_test(test_numpy),   cmocka_unit_test(test_permutation),
        cmocka_unit_test(test_sizes),   cmocka_unit_test(test_classes), cmocka_unit_test(test_xor),
        cmocka_unit_test(test_spirals), cmocka_unit_test(test_flip),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
