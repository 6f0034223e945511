/* Points: easy, hard, ringed, many, and test points. */
#include "tests/unit/plot/scene.h"

static void easy_and_hard_are_told_apart(void **state) {
    (void)state;
    scene.options.legend = false;
    for (int dark = 0; dark < 2; dark++) {
        scene.theme = dark ? &THEME_DARK : &THEME_LIGHT;
        fit();
        set_easy(200);
        draw();
        assert_true(count_color(scene.theme->class_fill[0]) > 500);
        assert_true(count_color(scene.theme->class_fill[1]) > 300);
        assert_int_equal(count_color(scene.theme->hard_edge), 0);
        size_t white = count_color(scene.theme->hard_fill);
        set_easy(0);
        draw();
        assert_int_equal(count_color(scene.theme->class_fill[0]), 0);
        assert_int_equal(count_color(scene.theme->class_fill[1]), 0);
        assert_true(count_color(scene.theme->hard_fill) > white + 800);
        set_easy(100);
        draw();
        assert_true(count_color(scene.theme->class_fill[0]) > 200);
        assert_true(count_color(scene.theme->hard_fill) > white + 300);
    }
}

/* How far a colour is on the way from one to another, by the channel that changes most. */
static double way(Color at, Color from, Color to) {
    int shift = 0;
    for (int s = 0; s < 24; s += 8)
        if (abs((int)(to >> s & 255) - (int)(from >> s & 255)) >
            abs((int)(to >> shift & 255) - (int)(from >> shift & 255)))
            shift = s;
    double a = (double)(from >> shift & 255), b = (double)(to >> shift & 255);
    return ((double)(at >> shift & 255) - a) / (b - a);
}

/* A soft weight is seen: the middle of a mark goes from hollow to full with v, in steps; what counts at all is not
 * hollow, and only v = 1 is as full as can be. Hard weights know no steps between. */
static void marks_fill_with_their_weight(void **state) {
    (void)state;
    const float weights[] = {0, 0.02f, 0.25f, 0.5f, 0.75f, 1};
    enum { COUNT = sizeof weights / sizeof *weights };
    scene.options.legend = false;
    for (int dark = 0; dark < 2; dark++)
        for (int k = 0; k < 2; k++) {
            scene.theme = dark ? &THEME_DARK : &THEME_LIGHT;
            scene.settings.regularizer = REGULARIZER_LINEAR;
            set_points(COUNT, 2);
            for (int i = 0; i < COUNT; i++) {
                scene.x[i] = (float)(2 * i);
                scene.y[i] = (float)(i % 2);
                scene.label[i] = (uint8_t)k;
                scene.v[i] = weights[i];
            }
            dataset_bounds(&scene.data);
            scene.snapshot.easy = COUNT - 1;
            scene.options.ring_hard = false;
            fit();
            scene.options.hidden.boundary = true;
            draw();
            double before = -1;
            for (int i = 0; i < COUNT; i++) {
                double is = way(pixel_at(scene.x[i], scene.y[i]), scene.theme->hard_fill, scene.theme->class_fill[k]);
                double want = i == 1 ? 0.125 : (double)weights[i];
                assert_true(fabs(is - want) < 0.03);
                assert_true(is > before);
                before = is;
            }
            /* the same v's without soft weights are easy or hard */
            scene.settings.regularizer = REGULARIZER_HARD;
            scene.options.scale = 1.01f; /* marks are made anew */
            draw();
            assert_int_equal(pixel_at(scene.x[3], scene.y[3]), scene.theme->class_fill[k]);
            scene.options.scale = 1;
        }
}

/* SuperLoss's weights reach e, and so does the fill: v = 1 is no full mark. */
static void superloss_is_full_at_e(void **state) {
    (void)state;
    const float weights[] = {0.34f, 1, 1.36f, 2.04f, 2.7182817f};
    const double fills[] = {0.125, 0.375, 0.5, 0.75, 1};
    enum { COUNT = sizeof weights / sizeof *weights };
    scene.options.legend = false;
    scene.settings.regularizer = REGULARIZER_SUPERLOSS;
    set_points(COUNT, 2);
    for (int i = 0; i < COUNT; i++) {
        scene.x[i] = (float)(2 * i);
        scene.y[i] = (float)(i % 2);
        scene.label[i] = 0;
        scene.v[i] = weights[i];
    }
    dataset_bounds(&scene.data);
    scene.snapshot.easy = COUNT;
    fit();
    scene.options.hidden.boundary = true;
    draw();
    for (int i = 0; i < COUNT; i++) {
        double is = way(pixel_at(scene.x[i], scene.y[i]), scene.theme->hard_fill, scene.theme->class_fill[0]);
        assert_true(fabs(is - fills[i]) < 0.03);
    }
}

/* In the dark theme, too, an easy mark has more ink than a hard one. */
static void easy_marks_are_the_larger_ones_in_the_dark(void **state) {
    (void)state;
    scene.theme = &THEME_DARK;
    scene.options.legend = false;
    scene.options.hidden.boundary = true;
    size_t ink_of[2];
    for (int easy = 0; easy < 2; easy++) {
        set_easy(easy ? 200 : 0);
        fit();
        draw();
        ink_of[easy] = 0;
        const Color *colors = easy ? scene.theme->class_fill : &scene.theme->hard_edge;
        for (int k = 0; k <= easy; k++)
            ink_of[easy] += count_near(colors[k], 40);
    }
    assert_true(ink_of[1] > 2 * ink_of[0]);
}

static void the_last_hard_ones_are_ringed(void **state) {
    (void)state;
    scene.options.legend = false;
    fit();
    set_easy(200); /* none is left */
    draw();
    assert_int_equal(count_color(scene.theme->ring), 0);
    set_easy(200 - PLOT_RING_MAX - 1); /* too many */
    draw();
    assert_int_equal(count_color(scene.theme->ring), 0);
    set_easy(199);
    draw();
    size_t one = count_color(scene.theme->ring);
    assert_true(one > 20);
    set_easy(197);
    draw();
    assert_true(count_color(scene.theme->ring) > 2 * one);
    scene.options.ring_hard = false;
    draw();
    assert_int_equal(count_color(scene.theme->ring), 0);
}

static void many_points_look_like_few_on_each_pixel(void **state) {
    (void)state;
    /* 60,000 points on 400 places: what is hidden is left out, what is seen is not. */
    enum { COUNT = 60000 };
    Dataset data;
    assert_true(dataset_init(&data, COUNT, 2, &status));
    float *v = malloc(COUNT * sizeof *v);
    assert_non_null(v);
    for (int i = 0; i < COUNT; i++) {
        data.x[i] = (float)(i % 20) - 10;
        data.y[i] = (float)(i / 20 % 20) - 10;
        data.label[i] = (uint8_t)(i % 2);
        v[i] = (float)(i / 20 % 2); /* rows of easy and hard ones in turn */
    }
    data.x[77] = 11; /* alone */
    data.y[77] = 0.5f;
    dataset_bounds(&data);
    scene.snapshot.data = &data;
    scene.snapshot.v = v;
    scene.snapshot.easy = COUNT / 2;
    scene.snapshot.data_version++;
    scene.options.legend = false;
    camera_fit(&scene.camera, &data, plot_area(&scene.options, scene.outer));
    draw();
    for (int i = 0; i < 400; i++) {
        Color expected = v[i] > 0 ? scene.theme->class_fill[i % 2] : scene.theme->hard_fill;
        assert_true(near(pixel_at(data.x[i], data.y[i]), expected, 90) || i % 20 == 10); /* the line lies over x = 0 */
    }
    assert_true(near(pixel_at(11, 0.5f), v[77] > 0 ? scene.theme->class_fill[1] : scene.theme->hard_fill, 90));
    free(v);
    dataset_free(&data);
}

static void test_points_lie_pale_below_the_others(void **state) {
    (void)state;
    set_points(2, 2); /* one of class 0 at the left, one of class 1 at the right */
    set_easy(2);
    Dataset test = make_test(4);
    memcpy(test.x, (const float[]){-1, 1, scene.x[0], scene.x[1]}, 4 * sizeof(float));
    memcpy(test.y, (const float[]){2, 2, scene.y[0], scene.y[1]}, 4 * sizeof(float));
    memcpy(test.label, (const uint8_t[]){0, 1, 1, 0}, 4); /* the last two are hidden by points of the other class */
    scene.snapshot.test = &test;
    scene.options.legend = false;
    for (int dark = 0; dark < 2; dark++) {
        scene.theme = dark ? &THEME_DARK : &THEME_LIGHT;
        fit();
        scene.camera.center_x = scene.camera.center_y = 0;
        scene.camera.scale = 60;
        camera_update(&scene.camera);
        draw();
        for (int k = 0; k < 2; k++) {
            Color pale = color_mix(scene.theme->region[k], scene.theme->class_fill[k], 0.45f);
            assert_true(near(pixel_at(test.x[k], test.y[k]), pale, 8));
            assert_true(count_near(pale, 2) > 6);
            assert_true(near(pixel_at(scene.x[k], scene.y[k]), scene.theme->class_fill[k], 8));
        }
        /* shapes as the others have: a square's corner is there, a triangle's is not */
        float screen[2], reach = 0.62f * plot_mark_radius(scene.plot);
        for (int k = 0; k < 2; k++) {
            camera_screen(&scene.camera, test.x[k], test.y[k], screen);
            Color corner = scene.canvas.pixels[(int)(screen[1] - reach) * W + (int)(screen[0] - reach)];
            Color ground = scene.theme->region[k];
            assert_true(near(corner, ground, 20) == (k == 1));
        }
    }
    dataset_free(&test);
}

/* Of many on a pixel the last one is seen, whatever the pieces that a picture is drawn in. */
static void many_test_points_look_like_few_on_each_pixel(void **state) {
    (void)state;
    enum { COUNT = 60000, PLACES = 400 };
    set_points(2, 2);
    set_easy(2);
    scene.y[0] = scene.y[1] = 40; /* out of the way */
    Dataset test = make_test(COUNT), last = make_test(PLACES);
    for (size_t i = 0; i < COUNT; i++) {
        size_t place = i % PLACES;
        test.x[i] = last.x[place] = -3 + 6 * (float)(place % 20) / 19;
        test.y[i] = last.y[place] = -2 + 4 * (float)(place / 20) / 19;
        test.label[i] = last.label[place] = (uint8_t)(i * 7 / 3 % 2);
    }
    scene.options.legend = false;
    fit();
    scene.camera.center_x = scene.camera.center_y = 0;
    scene.camera.scale = 60;
    camera_update(&scene.camera);
    const size_t bytes = sizeof(uint32_t) * W * H;
    uint32_t *few = malloc(bytes);
    assert_non_null(few);
    scene.snapshot.test = &last;
    draw();
    memcpy(few, scene.canvas.pixels, bytes);
    scene.snapshot.test = &test;
    draw();
    assert_memory_equal(few, scene.canvas.pixels, bytes);
    memset(scene.canvas.pixels, 0, bytes);
    for (int top = 0; top < H; top += 37) {
        canvas_push_clip(&scene.canvas, (Rect){0, (float)top, W, 37});
        draw();
        canvas_pop_clip(&scene.canvas);
    }
    assert_memory_equal(few, scene.canvas.pixels, bytes);
    free(few);
    dataset_free(&test);
    dataset_free(&last);
}

/* Epochs count from 1: the ramp of admissions goes from 1 to 5, 10, 20 ... */
static void the_ramp_of_admissions_counts_as_all_do(void **state) {
    (void)state;
    scene.snapshot.epoch = 10;
    for (size_t i = 0; i < scene.data.count; i++)
        scene.admitted[i] = 4; /* in the fifth epoch */
    assert_int_equal(plot_admitted_top(&scene.snapshot), 5);
    scene.admitted[7] = 5;
    assert_int_equal(plot_admitted_top(&scene.snapshot), 10);
    scene.snapshot.epoch = 5; /* not on show yet */
    assert_int_equal(plot_admitted_top(&scene.snapshot), 5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        scenic(easy_and_hard_are_told_apart),
        scenic(marks_fill_with_their_weight),
        scenic(superloss_is_full_at_e),
        scenic(easy_marks_are_the_larger_ones_in_the_dark),
        scenic(the_last_hard_ones_are_ringed),
        scenic(many_points_look_like_few_on_each_pixel),
        scenic(test_points_lie_pale_below_the_others),
        scenic(many_test_points_look_like_few_on_each_pixel),
        scenic(the_ramp_of_admissions_counts_as_all_do),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
