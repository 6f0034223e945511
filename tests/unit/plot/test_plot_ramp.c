/* Points coloured by the measures of their labels: the marks' own pixels, the ends, and what is not known. */
#include "tests/support/eyes.h"
#include "tests/unit/plot/scene.h"

#include <string.h>

static float values[MOST_POINTS];
static LabelLook look;

/* Points far from each other, so that the middle of each mark is its own. */
static void know(PlotColor color, const float *of, size_t count) {
    set_points(count, 2);
    for (size_t i = 0; i < count; i++) {
        scene.x[i] = (float)i;
        scene.y[i] = (float)(i % 2);
        values[i] = of[i];
    }
    dataset_bounds(&scene.data);
    look = (LabelLook){.count = count, .version = look.version + 1};
    look.value[plot_color_measure(color)] = values;
    scene.snapshot.labels = &look;
    scene.options.color = color;
    scene.options.legend = false;
    scene.options.hidden.regions = scene.options.hidden.boundary = true;
    set_easy(count);
    fit();
    draw();
}

static Color middle_of(size_t i) {
    return pixel_at(scene.x[i], scene.y[i]);
}

static const PlotColor MEASURED[] = {PLOT_COLOR_AUM,         PLOT_COLOR_CONFIDENCE, PLOT_COLOR_VARIABILITY,
                                     PLOT_COLOR_CORRECTNESS, PLOT_COLOR_FORGETTING, PLOT_COLOR_TRACIN,
                                     PLOT_COLOR_KNN,         PLOT_COLOR_HELD_OUT,   PLOT_COLOR_AGREEMENT};
enum { MEASURED_COUNT = sizeof MEASURED / sizeof *MEASURED };

/* The suspect end is the one farthest from the ground, whichever end of the numbers that is. */
static void a_mark_has_the_colour_of_its_value(void **state) {
    (void)state;
    for (int dark = 0; dark < 2; dark++)
        for (int i = 0; i < MEASURED_COUNT; i++) {
            scene.theme = dark ? &THEME_DARK : &THEME_LIGHT;
            Measure measure = plot_color_measure(MEASURED[i]);
            const float of[] = {0.25f, 0.5f, NAN, 4.0f};
            know(MEASURED[i], of, 4);
            PlotRamp ramp = plot_ramp_of(&scene.snapshot, MEASURED[i]);
            assert_ptr_equal(ramp.value, values);
            assert_int_equal(ramp.falling, MEASURES[measure].small);
            assert_string_equal(ramp.name, MEASURES[measure].name);
            for (size_t k = 0; k < 4; k++) {
                if (k == 2) {
                    assert_true(near(middle_of(k), scene.theme->hard_fill, 12));
                    continue;
                }
                double share = ramp.logarithmic ? log((double)of[k] / ramp.low) / log(ramp.high / ramp.low)
                                                : ((double)of[k] - ramp.low) / (ramp.high - ramp.low);
                Color want = plot_ramp_color(scene.theme, &ramp, (float)fmin(fmax(share, 0), 1));
                if (!near(middle_of(k), want, 60))
                    fail_msg("%s: %g has %08x, not %08x", ramp.name, (double)of[k], middle_of(k), want);
            }
            Color suspect = plot_ramp_color(scene.theme, &ramp, ramp.falling ? 0 : 1);
            assert_int_equal(suspect, plot_ramp(scene.theme, 1));
        }
}

static void its_ends_are_said(void **state) {
    (void)state;
    static const struct {
        PlotColor color;
        float values[3];
        const char *low, *high;
    } CASES[] = {
        {PLOT_COLOR_AUM, {-3.1f, 0.5f, 2.0f}, "\u22125", "5"},
        {PLOT_COLOR_AUM, {0.01f, 0.015f, 0}, "\u22120.02", "0.02"},
        {PLOT_COLOR_CONFIDENCE, {0.4f, 0.5f, 0.6f}, "0", "1"},
        {PLOT_COLOR_VARIABILITY, {0, 0, 0.1f}, "0", "0.5"},
        {PLOT_COLOR_FORGETTING, {0, 1, 2}, "0", "5"},
        {PLOT_COLOR_FORGETTING, {0, 1, 60}, "0", "100"},
        {PLOT_COLOR_TRACIN, {0.002f, 0.5f, 30}, "0.001", "100"},
        {PLOT_COLOR_TRACIN, {0, 0, 1e-9f}, "1e-10", "1e-09"},
        {PLOT_COLOR_AGREEMENT, {1, 2, 3}, "1", "3"},
        {PLOT_COLOR_KNN, {0, 0, 0}, "0", "1"},
        {PLOT_COLOR_AUM, {NAN, INFINITY, -INFINITY}, "0", "1"},
        {PLOT_COLOR_TRACIN, {NAN, NAN, 0}, "0.1", "1"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        know(CASES[i].color, CASES[i].values, 3);
        PlotRamp ramp = plot_ramp_of(&scene.snapshot, CASES[i].color);
        if (strcmp(ramp.ends[0], CASES[i].low) != 0 || strcmp(ramp.ends[1], CASES[i].high) != 0)
            fail_msg("%zu: %s to %s", i, ramp.ends[0], ramp.ends[1]);
        assert_true(ramp.high > ramp.low);
    }
}

/* Nothing is known, or of other points than these: hollow marks, and no numbers. */
static void what_is_not_known_is_hollow(void **state) {
    (void)state;
    const float of[] = {0.1f, 0.5f, 0.9f};
    for (int other = 0; other < 2; other++) {
        know(PLOT_COLOR_CONFIDENCE, of, 3);
        look.count = other ? 4 : 3;
        scene.snapshot.labels = other ? &look : NULL;
        scene.snapshot.version++;
        draw();
        assert_string_equal(plot_ramp_of(&scene.snapshot, PLOT_COLOR_CONFIDENCE).ends[0], "");
        for (size_t i = 0; i < 3; i++)
            assert_true(near(middle_of(i), scene.theme->hard_fill, 12));
    }
}

/* The kept picture is made anew when measures come, and not when they are not shown. */
static void new_values_are_drawn(void **state) {
    (void)state;
    const float of[] = {0.1f, 0.5f, 0.9f};
    know(PLOT_COLOR_CONFIDENCE, of, 3);
    draw_again();
    draw_again();
    Color before = middle_of(0);
    values[0] = 0.9f;
    look.version++;
    draw_again();
    assert_false(near(middle_of(0), before, 60));
    scene.options.color = PLOT_COLOR_CLASS;
    draw_again();
    draw_again();
    uint64_t drawn = plot_counts(scene.plot).drawn;
    look.version++;
    draw_again();
    assert_int_equal(plot_counts(scene.plot).drawn, drawn);
}

/* Marks of lit points lie over all halos; many of them are thinned out, and none of the few is missed. */
static void lit_points_have_halos(void **state) {
    (void)state;
    enum { MANY = 60000 };
    static float x[MANY], y[MANY], v[MANY], loss[MANY];
    static uint8_t label[MANY];
    static uint32_t admitted[MANY];
    static uint64_t bits[(MANY + 63) / 64];
    scene.data = (Dataset){.count = MANY, .classes = 2, .x = x, .y = y, .label = label, .anomaly = -1};
    for (int i = 0; i < MANY; i++) {
        x[i] = (float)(i % 300) / 300.0f;
        y[i] = (float)(i / 300) / 200.0f;
        v[i] = 1;
    }
    x[7] = 1.3f; /* beside the crowd, and one under it */
    y[7] = 0.5f;
    x[100] = x[40100];
    y[100] = y[40100];
    dataset_bounds(&scene.data);
    scene.snapshot.data_version++;
    scene.snapshot.v = v;
    scene.snapshot.loss = loss;
    scene.snapshot.admitted = admitted;
    scene.options.legend = false;
    fit();
    draw();
    assert_int_equal(count_near(scene.theme->accent, 20), 0);
    bits[0] = UINT64_C(1) << 7;
    bits[100 / 64] |= UINT64_C(1) << 100 % 64;
    scene.options.lit = bits;
    scene.options.lit_version = 1;
    draw();
    size_t two = count_near(scene.theme->accent, 20);
    assert_true(two > 20);
    assert_true(near(pixel_at(x[7], y[7]), scene.theme->class_fill[0], 20));
    bits[0] = 0;
    scene.options.lit_version = 2;
    draw();
    assert_true(count_near(scene.theme->accent, 20) * 3 < two * 2 && count_near(scene.theme->accent, 20) > 10);
    scene.options.lit = NULL;
    draw();
    assert_int_equal(count_near(scene.theme->accent, 20), 0);
}

/* However little a point helps or hurts, its mark can be seen on every region, and the more it does, the more colour it
 * has. */
static void weak_influence_can_be_seen(void **state) {
    (void)state;
    const Theme *const themes[] = {&THEME_LIGHT, &THEME_DARK};
    for (int t = 0; t < 2; t++)
        for (int i = -16; i <= 16; i++) {
            const Theme *m = themes[t];
            float at = (float)i / 16;
            Color edge = plot_influence_edge(m, at), fill = i < 0 ? m->hard_fill : plot_influence_color(m, at);
            for (int k = -1; k < MAX_CLASSES; k++) {
                Color ground = k < 0 ? m->region_neutral : m->region[k];
                double is = fmax(contrast(edge, ground), contrast(fill, ground));
                if (!(is >= 3.0))
                    fail_msg("%s: influence %g is %.2f:1 on region %d", m->name, (double)at, is, k);
            }
        }
}

/* The same of the marks in the picture, the weakest among them. */
static void weak_marks_can_be_seen(void **state) {
    (void)state;
    for (int dark = 0; dark < 2; dark++) {
        scene.theme = dark ? &THEME_DARK : &THEME_LIGHT;
        const float of[] = {-1.0f, -1e-6f, 1e-6f, 1.0f};
        know(PLOT_COLOR_AUM, of, 4);
        scene.options.color = PLOT_COLOR_INFLUENCE;
        scene.snapshot.influence = values;
        scene.snapshot.version++;
        draw();
        for (size_t k = 0; k < 4; k++) {
            float at[2];
            double most = 0.0;
            camera_screen(&scene.camera, scene.x[k], scene.y[k], at);
            for (int y = -6; y <= 6; y++)
                for (int x = -6; x <= 6; x++)
                    most = fmax(most, contrast(scene.canvas.pixels[((int)at[1] + y) * W + (int)at[0] + x] & 0xffffffu,
                                               scene.theme->region_neutral & 0xffffffu));
            if (!(most >= 3.0))
                fail_msg("%s: the mark of %g is %.2f:1", scene.theme->name, (double)of[k], most);
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_mark_has_the_colour_of_its_value, setup, teardown),
        cmocka_unit_test_setup_teardown(its_ends_are_said, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_not_known_is_hollow, setup, teardown),
        cmocka_unit_test_setup_teardown(new_values_are_drawn, setup, teardown),
        cmocka_unit_test_setup_teardown(lit_points_have_halos, setup, teardown),
        cmocka_unit_test(weak_influence_can_be_seen),
        cmocka_unit_test_setup_teardown(weak_marks_can_be_seen, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
