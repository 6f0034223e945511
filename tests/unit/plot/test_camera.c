/* World <-> screen, and the view that shows all points. */
#include "app/plot/camera.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#define assert_near(a, b, distance) assert_true(fabs((double)(a) - (double)(b)) <= (distance))

static const Rect VIEW = {61, 79, 851, 467};

/* A data set of up to 4 points around arrays of the caller. */
static Dataset points(float *x, float *y, size_t count) {
    static uint8_t labels[4];
    assert_true(count <= sizeof labels);
    Dataset data = {.count = count, .classes = 2, .x = x, .y = y, .label = labels, .anomaly = -1};
    dataset_bounds(&data);
    return data;
}

static void y_is_up_and_scales_are_equal(void **state) {
    (void)state;
    Camera camera = {.center_x = 3, .center_y = -2, .scale = 50, .view = VIEW};
    camera_update(&camera);
    float middle[2], right[2], up[2];
    camera_screen(&camera, 3, -2, middle);
    assert_near(middle[0], 61 + 851 / 2.0, 1e-3);
    assert_near(middle[1], 79 + 467 / 2.0, 1e-3);
    camera_screen(&camera, 4, -2, right);
    assert_near(right[0] - middle[0], 50, 1e-3);
    camera_screen(&camera, 3, -1, up);
    assert_near(up[1] - middle[1], -50, 1e-3);
}

static void there_and_back(void **state) {
    (void)state;
    static const double SCALES[] = {1e-6, 0.03, 41, 1e5}, CENTERS[] = {0, 2.5, -1e4};
    for (size_t s = 0; s < 4; s++)
        for (size_t c = 0; c < 3; c++) {
            Camera camera = {.center_x = CENTERS[c], .center_y = -CENTERS[c], .scale = SCALES[s], .view = VIEW};
            camera_update(&camera);
            for (int i = 0; i < 25; i++) {
                float sx = (float)(61 + i * 35), sy = (float)(79 + i * 19), world[2], screen[2];
                camera_world(&camera, sx, sy, world);
                camera_screen(&camera, world[0], world[1], screen);
                /* To a small part of a pixel, or to a float's own steps so far from the origin. */
                double steps = fabs(CENTERS[c]) * SCALES[s] * (double)FLT_EPSILON;
                assert_true(fabs((double)screen[0] - (double)sx) <= 2e-3 + steps);
                assert_true(fabs((double)screen[1] - (double)sy) <= 2e-3 + steps);
            }
        }
}

static void assert_fits(float *x, float *y, size_t count, Rect view) {
    Dataset data = points(x, y, count);
    Camera camera = {0};
    camera_fit(&camera, &data, view);
    assert_true(isfinite(camera.scale) && camera.scale > 0);
    assert_true(isfinite(camera.center_x) && isfinite(camera.center_y));
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            assert_true(isfinite(camera.to_screen[i][k]));
    for (size_t i = 0; i < count; i++) {
        float screen[2];
        camera_screen(&camera, x[i], y[i], screen);
        assert_true(screen[0] >= view.x && screen[0] <= view.x + view.w);
        assert_true(screen[1] >= view.y && screen[1] <= view.y + view.h);
    }
}

static void fit_shows_all_points(void **state) {
    (void)state;
    static const Rect VIEWS[] = {{61, 79, 851, 467}, {0, 0, 300, 900}, {10, 10, 40, 20}};
    for (size_t i = 0; i < 3; i++) {
        assert_fits((float[]){-1, 4, 0.5f}, (float[]){2, 8, -3}, 3, VIEWS[i]);
        assert_fits((float[]){-1, 400, 0.5f}, (float[]){2, 8, -3}, 3, VIEWS[i]);
        assert_fits((float[]){5}, (float[]){-7}, 1, VIEWS[i]);            /* one point */
        assert_fits((float[]){1, 2, 3}, (float[]){4, 4, 4}, 3, VIEWS[i]); /* on a line */
        assert_fits((float[]){1, 1}, (float[]){4, 9}, 2, VIEWS[i]);
        assert_fits((float[]){1e6f, 1e6f + 1}, (float[]){0, 0}, 2, VIEWS[i]);
        assert_fits((float[]){-1e30f, 1e30f}, (float[]){1e30f, -1e30f}, 2, VIEWS[i]);
        assert_fits((float[]){-2e37f, 2e37f}, (float[]){1e37f, -1.5e37f}, 2, VIEWS[i]);
        assert_fits((float[]){-FLT_MAX, FLT_MAX}, (float[]){FLT_MAX, -FLT_MAX}, 2, VIEWS[i]);
        assert_fits((float[]){FLT_MIN, -FLT_MIN}, (float[]){0, 0}, 2, VIEWS[i]);
        assert_fits((float[]){0, 0}, (float[]){0, 0}, 2, VIEWS[i]);
    }
}

static void the_widest_points_and_no_room_stay_finite(void **state) {
    (void)state;
    Dataset data = points((float[]){-FLT_MAX, FLT_MAX}, (float[]){FLT_MAX, -FLT_MAX}, 2);
    static const Rect VIEWS[] = {{61, 79, 851, 467}, {5, 5, 0, 0}};
    for (int v = 0; v < 2; v++) {
        Camera camera = {0};
        camera_fit(&camera, &data, VIEWS[v]);
        for (int i = 0; i < 3; i++)
            for (int k = 0; k < 3; k++)
                assert_true(isfinite(camera.to_screen[i][k]));
        float screen[2];
        camera_screen(&camera, FLT_MAX, FLT_MAX, screen);
        assert_true(isfinite(screen[0]) && isfinite(screen[1]));
    }
}

static void fit_uses_the_room(void **state) {
    (void)state;
    Dataset data = points((float[]){0, 10}, (float[]){0, 5}, 2);
    Camera camera = {0};
    camera_fit(&camera, &data, (Rect){0, 0, 1000, 1000});
    float left[2], right[2];
    camera_screen(&camera, 0, 0, left);
    camera_screen(&camera, 10, 5, right);
    assert_true(left[0] >= 30 && left[0] <= 60); /* a margin of about 5 % */
    assert_near(left[0] + right[0], 1000, 0.01);
    assert_near(left[1] + right[1], 1000, 0.01);
}

static void nonsense_stays_finite(void **state) {
    (void)state;
    Camera camera = {.center_x = (double)NAN, .center_y = (double)INFINITY, .scale = (double)NAN, .view = VIEW};
    camera_update(&camera);
    assert_true(isfinite(camera.center_x) && isfinite(camera.center_y) && camera.scale > 0);
    static const float ODD[] = {NAN, INFINITY, -INFINITY, FLT_MAX, -FLT_MAX, 0};
    static const double SCALES[] = {0, -1, 1e300, 1e-300, 1};
    for (size_t s = 0; s < 5; s++) {
        camera.center_x = camera.center_y = 0;
        camera.scale = SCALES[s];
        camera_update(&camera);
        for (size_t i = 0; i < 6; i++)
            for (size_t k = 0; k < 6; k++) {
                float result[2];
                camera_screen(&camera, ODD[i], ODD[k], result);
                assert_true(fabsf(result[0]) <= CAMERA_FAR && fabsf(result[1]) <= CAMERA_FAR);
                camera_world(&camera, ODD[i], ODD[k], result);
                assert_true(isfinite(result[0]) && isfinite(result[1]));
            }
    }
}

/* One axis stretched: places and their pixels still belong together, zooming keeps the stretch, limits hold for each
 * axis. */
static void axes_can_be_stretched(void **state) {
    (void)state;
    Dataset data;
    Status status = {0};
    assert_true(dataset_init(&data, 2, 2, &status));
    data.x[1] = 4;
    data.y[1] = 3;
    dataset_bounds(&data);
    Camera fit, camera;
    camera_fit(&fit, &data, (Rect){10, 20, 400, 300});
    assert_true(fit.stretch == 1);
    camera = fit;
    camera_zoom_axis(&camera, &fit, true, 100, 3);
    assert_true(fabs(camera.stretch - 3) < 1e-9 && camera.scale == fit.scale);
    float screen[2], world[2];
    double exact[2];
    camera_screen(&camera, 1.5f, 0.75f, screen);
    camera_world(&camera, screen[0], screen[1], world);
    camera_world_exact(&camera, (double)screen[0], (double)screen[1], exact);
    assert_true(fabsf(world[0] - 1.5f) < 1e-4f && fabsf(world[1] - 0.75f) < 1e-4f);
    assert_true(fabs(exact[0] - 1.5) < 1e-4 && fabs(exact[1] - 0.75) < 1e-4);
    camera_zoom(&camera, &fit, 50, 60, 2);
    assert_true(fabs(camera.stretch - 3) < 1e-9);
    for (int i = 0; i < 400; i++)
        camera_zoom_axis(&camera, &fit, false, 60, 0.5);
    assert_true(fabs(camera.scale / fit.scale * CAMERA_FARTHEST - 1) < 1e-6);
    assert_true(fabs(camera_scale_y(&camera) / fit.scale - 6) < 1e-6);
    for (int i = 0; i < 400; i++)
        camera_zoom_axis(&camera, &fit, true, 60, 2);
    assert_true(fabs(camera_scale_y(&camera) / fit.scale * CAMERA_NEAREST - 1) < 1e-6);

    /* spans that differ more than five times: each axis fills the view, but only where that is asked for */
    data.y[1] = 400;
    dataset_bounds(&data);
    camera_fit(&fit, &data, (Rect){0, 0, 400, 300});
    assert_true(fit.stretch == 1);
    camera_fit_aspect(&fit, &data, (Rect){0, 0, 400, 300}, ASPECT_AUTO);
    assert_true(fabs(fit.scale * 4 - 364) < 1 && fabs(camera_scale_y(&fit) * 400 - 273) < 1);
    data.y[1] = 0; /* on a line there is nothing to fill */
    dataset_bounds(&data);
    camera_fit_aspect(&fit, &data, (Rect){0, 0, 400, 300}, ASPECT_AUTO);
    assert_true(fit.stretch == 1);
    dataset_free(&data);
}

/* Alike, each to fill, or what the spans ask for. */
static void axes_are_alike_or_fill(void **state) {
    (void)state;
    static const Rect view = {0, 0, 400, 300};
    static const struct {
        float width, height;
        Aspect aspect;
        bool fills;
    } CASES[] = {
        {4, 3, ASPECT_AUTO, false},     {4, 3, ASPECT_EQUAL, false},   {4, 2, ASPECT_FILL, true},
        {4, 20, ASPECT_AUTO, false},    {4, 20.1f, ASPECT_AUTO, true}, {101, 20, ASPECT_AUTO, true},
        {1, 1e5f, ASPECT_EQUAL, false}, {0, 5, ASPECT_FILL, false},    {5, 0, ASPECT_AUTO, false},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Dataset data = points((float[]){7, 7 + CASES[i].width}, (float[]){-2, -2 + CASES[i].height}, 2);
        Camera camera;
        camera_fit_aspect(&camera, &data, view, CASES[i].aspect);
        assert_int_equal(aspect_fills(CASES[i].aspect, &data), CASES[i].fills);
        assert_int_equal(camera_scale_y(&camera) != camera.scale, CASES[i].fills);
        if (!CASES[i].fills)
            continue;
        float low[2], high[2];
        camera_screen(&camera, data.x_minimum, data.y_minimum, low);
        camera_screen(&camera, data.x_maximum, data.y_maximum, high);
        assert_near(high[0] - low[0], 364, 1);
        assert_near(low[1] - high[1], 273, 1);
    }
    Aspect found = ASPECT_AUTO;
    assert_true(aspect_find("fill", &found) && found == ASPECT_FILL && aspect_find("equal", &found));
    assert_false(aspect_find("both", &found));
    assert_int_equal(found, ASPECT_EQUAL);
}

/* In a view of another shape the same extents are seen: within it, or filling it where the axes are not alike. */
static void a_view_is_reshaped(void **state) {
    (void)state;
    for (int stretched = 0; stretched < 2; stretched++) {
        Camera camera = {
            .center_x = 3, .center_y = -2, .scale = 10, .stretch = stretched ? 2 : 1, .view = {0, 0, 200, 100}};
        camera_update(&camera);
        camera_reshape(&camera, (Rect){50, 60, 800, 200});
        assert_true(camera.center_x == 3 && camera.center_y == -2);
        assert_near(camera.scale, stretched ? 40 : 20, 1e-9);
        assert_near(camera_scale_y(&camera), stretched ? 40 : 20, 1e-9);
        assert_near(camera.stretch, 1, 1e-9);
        camera_reshape(&camera, (Rect){0, 0, 200, 100});
        assert_near(camera.scale, stretched ? 10 : 5, 1e-9);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(axes_can_be_stretched),
        cmocka_unit_test(axes_are_alike_or_fill),
        cmocka_unit_test(a_view_is_reshaped),
        cmocka_unit_test(y_is_up_and_scales_are_equal),
        cmocka_unit_test(there_and_back),
        cmocka_unit_test(fit_shows_all_points),
        cmocka_unit_test(the_widest_points_and_no_room_stay_finite),
        cmocka_unit_test(fit_uses_the_room),
        cmocka_unit_test(nonsense_stays_finite),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
