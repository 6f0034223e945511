/* The random streams against values taken from PyTorch 1.13 (DataLoader, uniform_) and numpy 1.24
 * (RandomState): whole arrays by their checksums, and what the stream gives afterwards, so that a draw too
 * many or too few shows. */
#include "core/rng.h"

#include "tests/support/golden.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 65537 };

static uint32_t items[MOST];

static void test_mt19937(void **state) {
    (void)state;
    Mt19937 a, b;
    mt_seed(&a, 5489);
    mt_seed(&b, 5489);
    for (int i = 0; i < 4999; i++)
        mt_u64(&a);
    for (int i = 0; i < 9998; i++)
        mt_u32(&b);
    uint64_t both = mt_u64(&a), high = mt_u32(&b), low = mt_u32(&b);
    assert_true(both == (high << 32 | low));
    assert_true(low == 4123659995u); /* the C++ standard's 10000th value */
    mt_seed(&a, 5489);               /* a used generator begins anew */
    assert_true(mt_u32(&a) == 3499211612u);
}

static void test_torch_uniform(void **state) {
    (void)state;
    static const float first[] = {0.602836609f, 0.643754959f, -0.0214203f, 0.699132085f, -0.0119397342f, 0.251119196f};
    static float values[1000];
    Mt19937 torch;
    mt_seed(&torch, 42);
    for (int i = 0; i < 6; i++)
        assert_true(torch_uniform(&torch, -0.5, 0.75) == first[i]);
    mt_seed(&torch, 42);
    for (int i = 0; i < 1000; i++)
        values[i] = torch_uniform(&torch, -1.0 / sqrt(2.0), 1.0 / sqrt(2.0));
    assert_true(checksum(values, sizeof values) == 0x307eb382769fa0b6u);
}

/* Two epochs of a shuffling DataLoader: the second also depends on how much the first drew. */
static void test_torch_permutation(void **state) {
    (void)state;
    static const struct {
        uint32_t seed, n;
        uint64_t epochs[2];
    } golden[] = {
        {0, 10, {0x922e12d0f0b55d64u, 0x1fbb1d4265cdcb94u}},
        {1445, 97, {0xb0201779133d3f35u, 0x2251bd02161a51a5u}},
        {4294967295u, 1000, {0xcde983847dfd2b61u, 0xffff5556d9a1b875u}},
        {7, 10000, {0x28c98d3902e0e92du, 0x83cb5c3280c63585u}},
    };
    static const uint32_t ten[] = {6, 7, 1, 4, 2, 0, 9, 8, 3, 5};
    Mt19937 torch;
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        mt_seed(&torch, golden[i].seed);
        for (int epoch = 0; epoch < 2; epoch++) {
            items[golden[i].n] = 12345;
            torch_permutation(&torch, items, golden[i].n);
            assert_true(checksum(items, golden[i].n * sizeof *items) == golden[i].epochs[epoch]);
            assert_int_equal(items[golden[i].n], 12345); /* nothing behind the end */
            if (i == 0 && epoch == 0)
                assert_memory_equal(items, ten, sizeof ten);
        }
    }
    /* every size draws as much: two u64 */
    for (uint32_t n = 1; n <= 3; n++) {
        Mt19937 skipped;
        mt_seed(&torch, 8);
        mt_seed(&skipped, 8);
        torch_permutation(&torch, items, n);
        mt_u64(&skipped);
        mt_u64(&skipped);
        assert_true(mt_u32(&torch) == mt_u32(&skipped));
    }
}

static bool close_to(double value, double golden) { /* log and sqrt of another libm may round the last bit otherwise */
    return fabs(value - golden) <= 4e-16 * fabs(golden);
}

/* Doubles and normal deviates from one stream, in turn: the deviate kept from the polar method stays for
 * later. */
static void test_numpy_stream(void **state) {
    (void)state;
    static const struct {
        uint32_t seed;
        double uniform[2], normal[3], then, last[2];
        uint64_t normals; /* 1001 deviates as float32 */
    } golden[] = {
        {0,
         {0.5488135039273248, 0.7151893663724195},
         {0.9787379841057392, 2.240893199201458, 1.8675579901499675},
         0.4375872112626925,
         {-0.977277879876411, 1.2661185298577784},
         0x647951e2148aab33u},
        {5,
         {0.22199317108973948, 0.8707323061773764},
         {2.43077118700778, -0.2520921296030769, 0.10960984157818278},
         0.29680050157622195,
         {1.5824811170615634, -0.4030933118341083},
         0xca79ff9f5aa6ca47u},
        {4294967295u,
         {0.0976320289940138, 0.9123828453026218},
         {0.6484086742306527, 0.6693235306338161, -1.0805437227474493},
         0.9093750727977705,
         {0.2845010447986309, 0.31595808265170017},
         0x4183219407e4b407u},
    };
    NumpyRng rng;
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        numpy_seed(&rng, golden[i].seed);
        for (int k = 0; k < 2; k++)
            assert_true(numpy_double(&rng) == golden[i].uniform[k]);
        for (int k = 0; k < 3; k++)
            assert_true(close_to(numpy_normal(&rng), golden[i].normal[k]));
        assert_true(numpy_double(&rng) == golden[i].then);
        for (int k = 0; k < 2; k++)
            assert_true(close_to(numpy_normal(&rng), golden[i].last[k]));

        static float normals[1001];
        numpy_seed(&rng, golden[i].seed);
        for (int k = 0; k < 1001; k++)
            normals[k] = (float)numpy_normal(&rng);
        assert_true(checksum(normals, sizeof normals) == golden[i].normals);
        numpy_seed(&rng, golden[i].seed); /* an odd number was drawn: the kept one must not outlive the seed */
        assert_true((float)numpy_normal(&rng) == normals[0]);
    }
}

/* Many at once are those that come one by one, wherever the stream is, and it goes on from the same place. */
static void test_numpy_normals(void **state) {
    (void)state;
    static const size_t sizes[] = {1, 2, 0, 3, 311, 312, 313, 1000, 5, 4, 7, 10001};
    static double many[10001];
    NumpyRng one, all;
    numpy_seed(&one, 12);
    numpy_seed(&all, 12);
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        numpy_normals(&all, many, sizes[i]);
        for (size_t k = 0; k < sizes[i]; k++) {
            double single = numpy_normal(&one);
            assert_memory_equal(&many[k], &single, sizeof single);
        }
        if (i % 3 == 0) /* words are used up by fours from another place */
            assert_true(mt_u32(&one.mt) == mt_u32(&all.mt));
    }
    assert_true(mt_u32(&one.mt) == mt_u32(&all.mt));
}

/* RandomState(seed).permutation(n), and the double drawn after it. */
static void test_numpy_shuffle(void **state) {
    (void)state;
    static const struct {
        uint32_t seed, n;
        uint64_t order;
        double then;
    } golden[] = {
        {0, 2, 0x89cd31291d2aefa4u, 0.5928446182250183},
        {0, 3, 0x1ff3f111c7bd8bd6u, 0.7151893663724195},
        {0, 10, 0xfd94f262dcdf63d4u, 0.4375872112626925},
        {0, 97, 0xa49b2e36619ac675u, 0.09609840789396307},
        {0, 65537, 0xc92e9e911bca30b4u, 0.45099714935111346},
        {5, 2, 0x08cd4c29d1e47d34u, 0.055180123975368534},
        {5, 97, 0x95a07e2df7406f25u, 0.7363146455944383},
        {5, 65537, 0x111dc51ef043cac8u, 0.37021820510563586},
        {4294967295u, 3, 0x9f19854a6eada506u, 0.5626933782475836},
        {4294967295u, 97, 0x75547e66b15b3445u, 0.8169925099503229},
        {4294967295u, 65537, 0xf221041d5d836088u, 0.8773321147704675},
    };
    NumpyRng rng;
    for (size_t i = 0; i < sizeof golden / sizeof *golden; i++) {
        for (uint32_t k = 0; k < golden[i].n; k++)
            items[k] = k;
        numpy_seed(&rng, golden[i].seed);
        numpy_shuffle(&rng, items, golden[i].n);
        assert_true(checksum(items, golden[i].n * sizeof *items) == golden[i].order);
        assert_true(numpy_double(&rng) == golden[i].then);
    }
}

static void test_numpy_interval(void **state) {
    (void)state;
    NumpyRng rng;
    numpy_seed(&rng, 1);
    int counts[6] = {0};
    for (int i = 0; i < 6000; i++) {
        uint32_t value = numpy_interval(&rng, 5);
        assert_true(value <= 5);
        counts[value]++;
    }
    for (int i = 0; i < 6; i++) /* 1000 of each, give or take five standard deviations */
        assert_in_range(counts[i], 856, 1144);
    Mt19937 raw;
    numpy_seed(&rng, 2);
    mt_seed(&raw, 2);
    for (int i = 0; i < 100; i++) /* nothing to reject */
        assert_true(numpy_interval(&rng, UINT32_MAX) == mt_u32(&raw));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_mt19937),           cmocka_unit_test(test_torch_uniform),
        cmocka_unit_test(test_torch_permutation), cmocka_unit_test(test_numpy_stream),
        cmocka_unit_test(test_numpy_normals),     cmocka_unit_test(test_numpy_shuffle),
        cmocka_unit_test(test_numpy_interval),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
