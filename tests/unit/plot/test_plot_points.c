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

int main(void) {
    const struct CMUnitTest tests[] = {
        scenic(easy_and_hard_are_told_apart),
        scenic(the_last_hard_ones_are_ringed),
        scenic(many_points_look_like_few_on_each_pixel),
        scenic(test_points_lie_pale_below_the_others),
        scenic(many_test_points_look_like_few_on_each_pixel),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
