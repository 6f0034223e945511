/* The data sets against scikit-learn 1.2 and numpy 1.24, to the last float32: checksums of all x, all y and
 * all labels for sizes, noises and seeds that the recorded runs do not have. */
#include "core/dataset.h"

#include "core/rng.h"
#include "tests/support/golden.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define THREE "0,0,4,-1.5,-2.25,3"
#define EIGHT "0,0,9,0,0,9,9,9,-9,0,0,-9,-9,-9,9,-9"

static Status status;
static Dataset no_clean;

static Settings settings_of(int dataset, int samples, double noise, uint32_t seed, const char *centroids) {
    Settings s;
    settings_default(&s);
    s.dataset = dataset;
    s.samples = samples;
    s.noise = noise;
    s.seed = seed;
    if (!property_parse(&s, &PROPERTIES[PROPERTY_CENTROIDS], centroids, &status))
        fail_msg("%s", status.message);
    return s;
}

static Dataset generate(const Settings *s) {
    Dataset data;
    if (!dataset_generate(&data, s, &status))
        fail_msg("%s", status.message);
    return data;
}

static void test_golden(void **state) {
    (void)state;
    static const struct {
        int dataset, samples;
        double noise;
        uint32_t seed;
        const char *centroids;
        uint64_t x, y, label;
        float first[4]; /* x, y of the first two points */
        int64_t anomaly;
    } golden[] = {
        /* clang-format off */
        {DATASET_MOONS, 2, 0.0, 1, "0,0,3,3", 0x097a29ee2da29518u, 0xa8c7e932281a2048u, 0x08328707b4eb6e3au, {1, 0, 0, 0.5f}, -1},
        {DATASET_MOONS, 3, 0.0, 4, "0,0,3,3", 0xe15abad3be4cb208u, 0x43e233abd49d86f5u, 0xd0a39818672732bfu, {0, 0.5f, 1, 0}, -1},
        {DATASET_MOONS, 101, 0.0, 11, "0,0,3,3", 0x05d26f0e82b4382au, 0xb11b44e9c168ed9bu, 0x1b9bd5240f945dbcu,
         {-0.991789997f, 0.127877161f, -1, 1.22464685e-16f}, -1},
        {DATASET_MOONS, 257, 0.13, 12, "0,0,3,3", 0xaa910c3ac6cff8f0u, 0xd91df14dc5fa8e38u, 0xd2c4b61710aef3c0u,
         {0.432644397f, -0.517834365f, 1.73118055f, -0.12957263f}, -1},
        {DATASET_MOONS, 1000, 0.3, 4294967295u, "0,0,3,3", 0xfc3dcb450f06a4e3u, 0x9f0ecb578bcb0ad1u, 0x35357cdc589f4efbu,
         {1.0989151f, 0.9380427f, -1.16124284f, 0.803613782f}, -1},
        {DATASET_CIRCLES, 2, 0.0, 1, "0,0,3,3", 0xec6528c09bedd710u, 0xa8c7f832281a39c5u, 0x08328707b4eb6e3au,
         {1, 0, 0.8f, 0}, -1},
        {DATASET_CIRCLES, 3, 0.0, 4, "0,0,3,3", 0xeda2a0a0ae1f11d8u, 0x428fdceeb1ea2ba7u, 0xd0a39818672732bfu,
         {0.8f, 0, 1, 0}, -1},
        {DATASET_CIRCLES, 101, 0.0, 11, "0,0,3,3", 0x30ef0fd790b758bdu, 0x064c61307a7554a9u, 0x1b9bd5240f945dbcu,
         {0.92977649f, -0.368124545f, 0.992114723f, -0.125333235f}, -1},
        {DATASET_CIRCLES, 257, 0.13, 12, "0,0,3,3", 0xe4712157af25890au, 0x12d93256a046f2d4u, 0xd2c4b61710aef3c0u,
         {-0.249851748f, 0.556902289f, 0.130319759f, -0.807860315f}, -1},
        {DATASET_CIRCLES, 1000, 0.3, 4294967295u, "0,0,3,3", 0x091fee2a2c41a6b8u, 0xdd8c01c3b750c1d6u, 0x35357cdc589f4efbu,
         {0.648757994f, 1.30526161f, 0.0368179046f, -0.684020996f}, -1},
        {DATASET_BLOBS, 2, 2.5, 23, "0,0,4,-1.5", 0x10b0ca6685a49bd3u, 0x128cc989ef38b39cu, 0x082f2207b4e88cc4u,
         {2.05595136f, 0.871584535f, 1.6674701f, 0.0645327047f}, -1},
        {DATASET_BLOBS, 101, 1.0, 21, THREE, 0x3bea9a1a62561c80u, 0x5a5dbcbc3841e363u, 0x7b06ee7f2f281837u,
         {-0.333266407f, 0.747308493f, 2.21696591f, -1.53054953f}, -1},
        {DATASET_BLOBS, 803, 0.7, 22, EIGHT, 0x5a73cafd85e0e317u, 0x6b58ef49a8c524fdu, 0x129cd4819053ce68u,
         {0.780689895f, 8.95307541f, 8.42944145f, 9.40067863f}, -1},
        {DATASET_POST, 1000, 1.0, 77, "-2,-2,2,2", 0x9e0cfa1d8a1af334u, 0xfdf90ec32ab2a0a6u, 0x6e69517385e5b7b8u,
         {-1.77555513f, -0.635953367f, -1.33846855f, -2.24580765f}, 114},
        {DATASET_POST, 1001, 0.5, 78, THREE, 0x55d90bb27974699fu, 0x1fc5cc7891fd24f5u, 0x817ed346d98e6ad1u,
         {0.0610230677f, -0.30922401f, -0.152359128f, -0.0367855765f}, 916},
        {DATASET_POST, 805, 1.5, 79, EIGHT, 0x9229c94afb2ba4ceu, 0x06d5aec2d905757eu, 0x8c28204aed5e9f7eu,
         {-4.97453833f, -0.333272994f, 0.104082435f, 1.29905081f}, 673},
        /* clang-format on */
    };
    for (size_t g = 0; g < sizeof golden / sizeof *golden; g++) {
        Settings s =
            settings_of(golden[g].dataset, golden[g].samples, golden[g].noise, golden[g].seed, golden[g].centroids);
        Dataset data = generate(&s);
        size_t n = data.count;
        assert_int_equal(n, golden[g].samples);
        for (size_t i = 0; i < 2; i++)
            if (data.x[i] != golden[g].first[2 * i] || data.y[i] != golden[g].first[2 * i + 1])
                fail_msg("row %zu: point %zu is %.9g, %.9g", g, i, (double)data.x[i], (double)data.y[i]);
        if (checksum(data.x, n * sizeof *data.x) != golden[g].x)
            fail_msg("row %zu: an x differs", g);
        if (checksum(data.y, n * sizeof *data.y) != golden[g].y)
            fail_msg("row %zu: a y differs", g);
        if (checksum(data.label, n) != golden[g].label)
            fail_msg("row %zu: a label differs", g);
        assert_int_equal(data.anomaly, golden[g].anomaly);
        dataset_free(&data);
    }
}

/* NaN as noise is the data set's own: 1 for the blobs. Without the anomaly only one label differs. */
static void test_post_options(void **state) {
    (void)state;
    Settings s = settings_of(DATASET_POST, 1001, 1.0, 78, THREE);
    Dataset told = generate(&s);
    s.noise = NAN;
    Dataset own = generate(&s);
    assert_memory_equal(told.x, own.x, 1001 * sizeof(float));
    s.anomaly = false;
    Dataset plain = generate(&s);
    assert_int_equal(plain.anomaly, -1);
    assert_memory_equal(told.y, plain.y, 1001 * sizeof(float));
    size_t different = 0, sizes[] = {334, 334, 333};
    for (size_t i = 0; i < 1001; i++)
        different += told.label[i] != plain.label[i];
    assert_int_equal(different, 1);
    assert_int_equal(told.label[told.anomaly], (plain.label[told.anomaly] + 1) % 3);
    assert_memory_equal(plain.class_count, sizes, sizeof sizes);
    dataset_free(&told);
    dataset_free(&own);
    dataset_free(&plain);
}

/* numpy's RandomState(seed + 1).permutation(n)[:round(share n)]; halves round to even, as Python's round. */
static void test_flip(void **state) {
    (void)state;
    static const struct {
        size_t n;
        double share;
        uint32_t seed;
        int classes;
        size_t moved;
        uint64_t mask; /* of bytes, 1 where the label moves */
    } golden[] = {
        {101, 0.1, 3, 2, 10, 0xdc83ac89a8e10009u},  {803, 0.25, 9, 8, 201, 0x3a9c5f1896e08ddau},
        {10, 0.25, 1, 2, 2, 0xb2ff16a17a4dbfb3u}, /* 2.5 labels: 2 */
        {10, 0.35, 1, 3, 4, 0x14b0bb1dc19f6781u}, /* 3.5 labels: 4 */
        {101, 1.0, 5, 3, 101, 0x05956715cf2e25e8u},
    };
    for (size_t g = 0; g < sizeof golden / sizeof *golden; g++) {
        Dataset data;
        uint8_t moved[1000];
        assert_true(dataset_init(&data, golden[g].n, golden[g].classes, &status));
        for (size_t i = 0; i < data.count; i++)
            data.label[i] = (uint8_t)(i % (size_t)data.classes);
        assert_true(dataset_flip(&data, golden[g].share, golden[g].seed, &status));
        size_t count = 0, counted[MAX_CLASSES] = {0};
        for (size_t i = 0; i < data.count; i++) {
            size_t was = i % (size_t)data.classes;
            moved[i] = data.label[i] != was;
            count += moved[i];
            counted[data.label[i]]++;
            if (moved[i])
                assert_int_equal(data.label[i], (was + 1) % (size_t)data.classes);
        }
        assert_int_equal(count, golden[g].moved);
        assert_true(checksum(moved, data.count) == golden[g].mask);
        assert_memory_equal(counted, data.class_count, sizeof counted); /* kept up to date */
        dataset_free(&data);
    }
}

/* dataset_prepare flips labels of the generated points, after the anomaly's. */
static void test_flip_setting(void **state) {
    (void)state;
    Settings s = settings_of(DATASET_MOONS, 400, 0.1, 6, "0,0,3,3");
    Dataset clean = generate(&s);
    s.flip = 0.15;
    Dataset flipped = generate(&s), test;
    assert_memory_equal(clean.label, flipped.label, 400); /* not yet */
    assert_true(dataset_prepare(&flipped, &s, &test, &no_clean, &status));
    assert_int_equal(test.count, 0);
    assert_memory_equal(clean.x, flipped.x, 400 * sizeof(float));
    assert_true(dataset_flip(&clean, 0.15, 6, &status));
    assert_memory_equal(clean.label, flipped.label, 400);
    assert_memory_equal(clean.class_count, flipped.class_count, sizeof clean.class_count);
    dataset_free(&clean);
    dataset_free(&flipped);
}

static void shuffled(NumpyRng *rng, uint32_t seed, uint32_t *order, uint32_t n) {
    numpy_seed(rng, seed);
    for (uint32_t i = 0; i < n; i++)
        order[i] = i;
    numpy_shuffle(rng, order, n);
}

/* Outliers and flips against numpy's steps written out, and the labels that were there before them. */
static void test_outliers(void **state) {
    (void)state;
    enum { N = 403 };
    static uint32_t order[N];
    Settings s = settings_of(DATASET_POST, N, 1.0, 78, THREE);
    s.outliers = 0.1;
    s.flip = 0.2;
    Dataset data = generate(&s), plain = generate(&s), test;
    s.anomaly = false;
    Dataset clean = generate(&s);
    assert_null(clean.truth); /* nothing was changed on purpose */
    assert_memory_equal(data.truth, clean.label, N);
    assert_true(dataset_prepare(&data, &s, &test, &no_clean, &status));

    NumpyRng rng;
    shuffled(&rng, 78 + 3, order, N);
    for (size_t i = 0; i < 40; i++) { /* 40.3 of them */
        plain.x[order[i]] = (float)(9.0 + 0.5 * numpy_normal(&rng));
        plain.y[order[i]] = (float)(9.0 + 0.5 * numpy_normal(&rng));
        plain.label[order[i]] = 0;
    }
    shuffled(&rng, 78 + 1, order, N);
    for (size_t i = 0; i < 81; i++) /* 80.6 */
        plain.label[order[i]] = (uint8_t)((plain.label[order[i]] + 1) % 3);
    assert_memory_equal(data.x, plain.x, sizeof(float[N]));
    assert_memory_equal(data.y, plain.y, sizeof(float[N]));
    assert_memory_equal(data.label, plain.label, N);
    assert_memory_equal(data.truth, clean.label, N);
    assert_null(data.row);
    assert_true(data.x_maximum > 8.0f && data.y_maximum > 8.0f);
    size_t counted[MAX_CLASSES] = {0};
    for (size_t i = 0; i < N; i++)
        counted[data.label[i]]++;
    assert_memory_equal(counted, data.class_count, sizeof counted);
    dataset_free(&data);
    dataset_free(&plain);
    dataset_free(&clean);
}

static void test_split(void **state) {
    (void)state;
    static const struct {
        int n;
        double share;
        size_t apart;
    } cases[] = {{401, 0.25, 100}, {10, 0.25, 2}, {10, 0.35, 4}, {403, 0.9, 363}, {2, 0.9, 1}, {3, 0.1, 0}};
    for (size_t k = 0; k < sizeof cases / sizeof *cases; k++) {
        Settings s = settings_of(DATASET_POST, cases[k].n, 1.0, 5, "0,0,3,3");
        Dataset whole = generate(&s), data = generate(&s), test, copy, rest;
        const float *x = data.x;
        assert_true(dataset_prepare(&whole, &s, &test, &no_clean, &status));
        assert_int_equal(test.count, 0);
        s.test = cases[k].share;
        assert_true(dataset_prepare(&data, &s, &test, &no_clean, &status));
        size_t n = whole.count;
        assert_int_equal(test.count, cases[k].apart);
        assert_int_equal(data.count, n - test.count);
        if (test.count == 0) {
            assert_ptr_equal(data.x, x); /* as it was */
            assert_null(data.row);
            dataset_free(&whole);
            dataset_free(&data);
            continue;
        }
        uint32_t order[403];
        bool apart[403] = {false};
        NumpyRng rng;
        shuffled(&rng, 5 + 2, order, (uint32_t)n);
        for (size_t i = 0; i < test.count; i++)
            apart[order[i]] = true;
        size_t at[2] = {0, 0};
        for (size_t i = 0; i < n; i++) { /* every point is where it belongs, with all that is known of it */
            const Dataset *part = apart[i] ? &test : &data;
            size_t j = at[apart[i]]++;
            assert_int_equal(part->row[j], i);
            assert_int_equal(dataset_row(part, j), i);
            assert_true(part->x[j] == whole.x[i] && part->y[j] == whole.y[i]);
            assert_int_equal(part->label[j], whole.label[i]);
            assert_int_equal(part->truth[j], whole.truth[i]);
            if (whole.anomaly == (int64_t)i)
                assert_int_equal(part->anomaly, j);
        }
        assert_true((data.anomaly < 0) != (test.anomaly < 0));
        assert_true(fmaxf(data.x_maximum, test.x_maximum) == whole.x_maximum);
        assert_true(fminf(data.y_minimum, test.y_minimum) == whole.y_minimum);
        assert_int_equal(data.class_count[1] + test.class_count[1], whole.class_count[1]);

        assert_true(dataset_copy(&copy, &data, &status));
        assert_true(copy.truth != data.truth && copy.row != data.row);
        assert_memory_equal(copy.truth, data.truth, data.count);
        assert_memory_equal(copy.row, data.row, data.count * sizeof *copy.row);
        assert_true(dataset_split(&copy, 0.5, 1, &rest, &status)); /* of a part: rows of the whole */
        for (size_t i = 0; i < rest.count; i++)
            assert_true(rest.x[i] == whole.x[rest.row[i]]);
        for (size_t i = 0; i < copy.count; i++)
            assert_true(copy.x[i] == whole.x[copy.row[i]]);
        Dataset joined;
        assert_true(dataset_join(&joined, &data, &test, &no_clean, &status));
        assert_int_equal(joined.count, n);
        assert_int_equal(joined.anomaly, whole.anomaly);
        assert_memory_equal(joined.x, whole.x, n * sizeof(float));
        assert_memory_equal(joined.label, whole.label, n);
        assert_memory_equal(joined.truth, whole.truth, n);
        assert_memory_equal(joined.class_count, whole.class_count, sizeof whole.class_count);
        assert_true(joined.y_maximum == whole.y_maximum);
        dataset_free(&joined);
        Dataset *all[] = {&whole, &data, &test, &copy, &rest};
        for (size_t i = 0; i < 5; i++)
            dataset_free(all[i]);
    }
}

/* What is kept apart for checking is never disturbed: outliers and flips are among the training points alone. */
static void test_clean_test_points(void **state) {
    (void)state;
    Settings s = settings_of(DATASET_BLOBS, 400, 1.0, 5, "0,0,3,3");
    Dataset whole = generate(&s), data = generate(&s), test;
    s.flip = 0.3;
    s.outliers = 0.2;
    s.test = 0.25;
    assert_true(dataset_prepare(&data, &s, &test, &no_clean, &status));
    assert_true(test.count == 100 && data.count == 300);
    for (size_t i = 0; i < test.count; i++) {
        assert_true(test.x[i] == whole.x[test.row[i]] && test.y[i] == whole.y[test.row[i]]);
        assert_int_equal(test.label[i], whole.label[test.row[i]]);
    }
    size_t moved = 0;
    for (size_t i = 0; i < data.count; i++)
        moved += data.x[i] != whole.x[data.row[i]];
    assert_int_equal(moved, 60);
    dataset_free(&whole);
    dataset_free(&data);
    dataset_free(&test);
}

/* Noise moves the points of every set that is drawn along curves, and nothing but the points. */
static void test_noise(void **state) {
    (void)state;
    for (int kind = DATASET_MOONS; kind <= DATASET_SPIRALS; kind++) {
        Settings s = settings_of(kind, 2000, 0.0, 3, "0,0,3,3");
        Dataset still = generate(&s);
        s.noise = 0.2;
        Dataset shaken = generate(&s);
        double square = 0.0;
        for (size_t i = 0; i < 2000; i++) {
            double dx = (double)(shaken.x[i] - still.x[i]), dy = (double)(shaken.y[i] - still.y[i]);
            square += dx * dx + dy * dy;
        }
        assert_memory_equal(still.label, shaken.label, 2000);
        assert_true(fabs(sqrt(square / 4000.0) - 0.2) < 0.01); /* its standard deviation, per coordinate */
        s.seed = 4;
        Dataset other = generate(&s);
        assert_memory_not_equal(shaken.x, other.x, 2000 * sizeof(float));
        dataset_free(&still);
        dataset_free(&shaken);
        dataset_free(&other);
    }
}

static void test_copy(void **state) {
    (void)state;
    Settings s = settings_of(DATASET_POST, 501, 1.0, 2, THREE);
    Dataset data = generate(&s), copy;
    assert_true(dataset_copy(&copy, &data, &status));
    assert_true(copy.count == 501 && copy.classes == 3 && copy.anomaly == data.anomaly && data.anomaly >= 0);
    assert_true(copy.x != data.x && copy.y != data.y && copy.label != data.label);
    assert_memory_equal(copy.x, data.x, 501 * sizeof(float));
    assert_memory_equal(copy.y, data.y, 501 * sizeof(float));
    assert_memory_equal(copy.label, data.label, 501);
    assert_true(copy.x_minimum == data.x_minimum && copy.x_maximum == data.x_maximum);
    assert_true(copy.y_minimum == data.y_minimum && copy.y_maximum == data.y_maximum);
    assert_memory_equal(copy.class_count, data.class_count, sizeof copy.class_count);
    dataset_free(&data);
    assert_true(data.x == NULL && data.count == 0);
    dataset_free(&data); /* once more is harmless */
    copy.x[500] = -77.0f;
    copy.y[3] = 88.0f;
    dataset_bounds(&copy);
    assert_true(copy.x_minimum == -77.0f && copy.y_maximum == 88.0f);
    dataset_free(&copy);
}

/* Names and origins go wherever points go; values moved or added are values. */
static void test_axes(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.samples = 100;
    Dataset data, test, copy, joined;
    assert_true(dataset_generate(&data, &s, &status));
    assert_string_equal(dataset_axis_name(&data, 0), "x");
    dataset_name_axis(&data, 0, "x", 1);
    assert_string_equal(data.axis_name[0], "");
    dataset_name_axis(&data, 0, "y", 1);
    dataset_name_axis(&data, 1, "a\tb  ", 5);
    assert_string_equal(data.axis_name[1], "a?b");
    data.origin[0] = 1e9;
    data.origin[1] = -5;
    assert_true(dataset_value(&data, 0, 2.5) == 1e9 + 2.5);
    assert_true(dataset_split(&data, 0.3, 1, &test, &status) && dataset_copy(&copy, &data, &status) &&
                dataset_join(&joined, &data, &test, &no_clean, &status));
    const Dataset *all[] = {&data, &test, &copy, &joined};
    for (int i = 0; i < 4; i++) {
        assert_string_equal(dataset_axis_name(all[i], 0), "y");
        assert_string_equal(dataset_axis_name(all[i], 1), "a?b");
        assert_true(all[i]->origin[0] == 1e9 && all[i]->origin[1] == -5);
    }
    assert_true(dataset_outliers(&copy, 1, 1, &status));
    for (size_t i = 0; i < copy.count; i++) {
        assert_true(fabs(dataset_value(&copy, 0, (double)copy.x[i]) - 9) < 100); /* as far as float32 goes */
        assert_true(fabs(dataset_value(&copy, 1, (double)copy.y[i]) - 9) < 3);
    }
    dataset_free(&data);
    dataset_free(&test);
    dataset_free(&copy);
    dataset_free(&joined);
}

/* Shown are 255 bytes at most, in whole characters, without a blank before the ellipsis; written is all of it. */
static void test_long_names(void **state) {
    (void)state;
    Dataset data, copy;
    assert_true(dataset_init(&data, 1, 2, &status));
    char text[70001];
    memset(text, 'a', sizeof text);
    assert_true(dataset_name_class(&data, 1, text, 255));
    assert_true(strlen(data.class_name[1]) == 255 && !data.class_written[1]);
    static const struct {
        size_t length, shown;
        const char *before; /* the ellipsis */
    } CASES[] = {{256, 255, "a"}, {70000, 255, "a"}, {300, 254, "\u00fc"}, {300, 252, "a"}, {300, 254, "a"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        memset(text, 'a', sizeof text);
        if (i == 2)
            memcpy(text + 249, "\u00fc\u00fc", 4);
        if (i == 3)
            memcpy(text + 249, "\U0001f408", 4);
        if (i == 4)
            text[251] = ' ';
        assert_true(dataset_name_class(&data, 1, text, CASES[i].length));
        assert_int_equal(strlen(dataset_class_whole(&data, 1)), CASES[i].length);
        assert_memory_equal(dataset_class_whole(&data, 1), text, CASES[i].length);
        assert_int_equal(strlen(data.class_name[1]), CASES[i].shown);
        char end[16];
        snprintf(end, sizeof end, "%s\u2026", CASES[i].before);
        assert_string_equal(data.class_name[1] + strlen(data.class_name[1]) - strlen(end), end);
    }
    assert_true(dataset_name_axis(&data, 1, text, 1000));
    dataset_number_class(&data, 1);
    assert_string_equal(data.class_name[1] + strlen(data.class_name[1]) - 8, "a\u2026 (1)");
    assert_true(dataset_copy(&copy, &data, &status));
    assert_string_equal(copy.class_name[1], data.class_name[1]);
    assert_string_equal(dataset_class_whole(&copy, 1), dataset_class_whole(&data, 1));
    assert_int_equal(strlen(dataset_axis_whole(&copy, 1)), 1000);
    assert_true(dataset_name_class(&copy, 1, "cat", 3) && dataset_name_axis(&copy, 1, "y", 1));
    assert_string_equal(dataset_class_whole(&copy, 1), "cat");
    assert_string_equal(dataset_axis_whole(&copy, 1), "y");
    dataset_free(&data);
    dataset_free(&copy);
}

static void test_class_names(void **state) {
    (void)state;
    static const struct {
        const char *text, *name;
    } cases[] = {
        {"cat", "cat"},
        {"gr\u00fcn \u20ac \U0001f408", "gr\u00fcn \u20ac \U0001f408"},
        {"1234567890123456789012345678901234567890 ab", "1234567890123456789012345678901234567890 ab"},
        {"a\tb\x7f\xc2\x85", "a?b??"},
        {"gr\xfcn", "gr\u00fcn"},
        {"\xfc", "\u00fc"},
        {"\xe2\x82", "\u00e2?"},
    };
    Dataset data, copy;
    assert_true(dataset_init(&data, 1, 3, &status));
    char text[32];
    assert_string_equal(dataset_class_name(&data, 2, text), "class 2");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        dataset_name_class(&data, 1, cases[i].text, strlen(cases[i].text));
        assert_string_equal(data.class_name[1], cases[i].name);
    }
    dataset_name_class(&data, 1, "fish", 3);
    assert_string_equal(dataset_class_name(&data, 1, text), "fis");
    assert_true(dataset_copy(&copy, &data, &status));
    dataset_free(&data);
    assert_string_equal(dataset_class_name(&copy, 1, text), "fis");
    assert_string_equal(copy.class_name[0], "");
    /* for sentences: cut behind a code point, with an ellipsis */
    char brief[CLASS_SHORT_BYTES];
    assert_string_equal(dataset_class_short(&copy, 0, brief), "class 0");
    for (size_t length = 1; length < 120; length++)
        for (size_t i = 0; i < 4; i++) {
            static const char *const PIECES[] = {"a", "\u00fc", "\u732b", "\U0001f408"};
            char name[DATASET_NAME_BYTES] = "";
            while (strlen(name) + strlen(PIECES[i]) <= length)
                strcat(name, PIECES[i]);
            if (!name[0])
                continue;
            dataset_name_class(&copy, 0, name, strlen(name));
            dataset_class_short(&copy, 0, brief);
            if (strlen(name) < sizeof brief) {
                assert_string_equal(brief, name);
                continue;
            }
            size_t kept = strlen(brief) - strlen("\u2026");
            assert_string_equal(brief + kept, "\u2026");
            assert_memory_equal(brief, name, kept);
            assert_int_equal(kept % strlen(PIECES[i]), 0);
            assert_true(strlen(brief) + strlen(PIECES[i]) >= sizeof brief);
        }
    dataset_free(&copy);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_golden),
        cmocka_unit_test(test_post_options),
        cmocka_unit_test(test_flip),
        cmocka_unit_test(test_flip_setting),
        cmocka_unit_test(test_noise),
        cmocka_unit_test(test_copy),
        cmocka_unit_test(test_outliers),
        cmocka_unit_test(test_split),
        cmocka_unit_test(test_clean_test_points),
        cmocka_unit_test(test_class_names),
        cmocka_unit_test(test_long_names),
        cmocka_unit_test(test_axes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
