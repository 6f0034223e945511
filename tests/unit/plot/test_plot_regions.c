/* Decision regions, the boundary, and what can take their place. */
#include "tests/unit/plot/scene.h"

static void regions_follow_the_model(void **state) {
    (void)state;
    set_points(2, 2); /* out of the way */
    for (int step = 1; step <= 5; step++) {
        scene.options.field_step = step;
        fit();
        scene.camera.center_x = scene.camera.center_y = 0;
        scene.camera.scale = 50;
        camera_update(&scene.camera);
        draw();
        assert_int_equal(pixel_at(-4.2f, -1.3f), scene.theme->region[0]);
        assert_int_equal(pixel_at(3.9f, -1.3f), scene.theme->region[1]);
        Color boundary = pixel_at(0, -1.3f);
        assert_true(near(boundary, scene.theme->boundary, 60));
        /* Beside the line the model is unsure: nearly neutral. */
        assert_true(near(pixel_at(0.1f, -1.3f), scene.theme->region_neutral, 16));
        assert_true(near(pixel_at(-0.1f, -1.3f), scene.theme->region_neutral, 16));
    }
    /* The other way round: the picture must not be the old one. */
    memcpy(scene.parameters, (const float[]){2, 0, -2, 0, 0, 0}, 6 * sizeof(float));
    scene.snapshot.version++;
    draw();
    assert_int_equal(pixel_at(-4.2f, -1.3f), scene.theme->region[1]);
    assert_int_equal(pixel_at(3.9f, -1.3f), scene.theme->region[0]);
    scene.camera.center_x -= 20; /* and it follows the view */
    camera_update(&scene.camera);
    draw();
    assert_int_equal(pixel_at(-21, -1.3f), scene.theme->region[1]);
    assert_int_equal(count_color(scene.theme->region[0]), 20 / 2 * 9); /* in the legend alone */
}

static void coarse_fields_look_like_exact_ones(void **state) {
    (void)state;
    set_points(9, 3);
    mlp_shape(&scene.mlp, (const int[]){8}, 1, 3, ACTIVATION_TANH);
    Mt19937 torch;
    mt_seed(&torch, 5);
    mlp_initialise(&scene.mlp, scene.parameters, &torch);
    for (size_t i = 0; i < scene.mlp.parameters; i++)
        scene.parameters[i] *= 3;
    fit();
    scene.options.field_step = 1;
    draw();
    uint32_t *exact = malloc((size_t)W * H * sizeof *exact);
    assert_non_null(exact);
    memcpy(exact, scene.canvas.pixels, (size_t)W * H * sizeof *exact);
    scene.options.field_step = 4;
    draw();
    int different = 0;
    for (int i = 0; i < W * H; i++)
        different += !near(exact[i], scene.canvas.pixels[i], 12);
    assert_true(different < W * H / 200);
    free(exact);
}

/* A network of two hidden units that pass on what comes in is a plane, too, and drawn node by node. */
static void planes_are_exact(void **state) {
    (void)state;
    set_points(9, 2);
    fit();
    scene.options.field_step = 1;
    memcpy(scene.parameters, (const float[]){0.7f, -0.3f, -0.6f, 0.5f, 0.1f, -0.2f}, 6 * sizeof(float));
    scene.snapshot.version++;
    draw();
    uint32_t *plane = malloc((size_t)W * H * sizeof *plane);
    assert_non_null(plane);
    memcpy(plane, scene.canvas.pixels, (size_t)W * H * sizeof *plane);
    mlp_shape(&scene.mlp, (const int[]){2}, 1, 2, ACTIVATION_RELU);
    /* hidden: x + 64, y + 64, all above 0 here; scores: as above, less what 64 has added */
    memcpy(scene.parameters, (const float[]){1, 0, 0, 1, 64, 64, 0.7f, -0.3f, -0.6f, 0.5f, 0.1f - 25.6f, -0.2f + 6.4f},
           12 * sizeof(float));
    scene.snapshot.version++;
    draw();
    int different = 0;
    for (int i = 0; i < W * H; i++) { /* a shade may round to its neighbour */
        assert_true(near(plane[i], scene.canvas.pixels[i], 6));
        different += plane[i] != scene.canvas.pixels[i];
    }
    assert_in_range(different, 0, W * H / 100);
    /* What is bent is not: at step 1 it is finer than at step 4. */
    mlp_shape(&scene.mlp, (const int[]){2}, 1, 2, ACTIVATION_TANH);
    memcpy(scene.parameters, (const float[]){8, 3, -5, 8, 0, 0, 4, -4, -4, 4, 0, 0}, 12 * sizeof(float));
    draw();
    memcpy(plane, scene.canvas.pixels, (size_t)W * H * sizeof *plane);
    scene.options.field_step = 4;
    draw();
    assert_memory_not_equal(plane, scene.canvas.pixels, (size_t)W * H * sizeof *plane);
    free(plane);
}

/* Pixels in place of the regions: under points and boundary, to the area's last corner. */
static void another_ground(void **state) {
    (void)state;
    fit();
    Rect area = scene.camera.view;
    size_t count = (size_t)area.w * (size_t)area.h;
    uint32_t *ground = malloc(count * sizeof *ground);
    assert_non_null(ground);
    for (size_t i = 0; i < count; i++)
        ground[i] = 0xff123456;
    ground[count - 1 - 2 * (size_t)area.w - 2] = 0xff654321;
    scene.options.ground = ground;
    scene.options.legend = false;
    draw();
    free(ground);
    size_t other = count_color(0xff123456);
    assert_true(other > count / 2 && other < count);
    assert_int_equal(count_near(scene.theme->region[0], 1), 0);
    assert_true(count_color(scene.theme->class_fill[0]) > 100 && count_color(scene.theme->boundary) > 100);
    int x = (int)(area.x + area.w) - 3, y = (int)(area.y + area.h) - 3;
    assert_int_equal(scene.canvas.pixels[y * W + x], 0xff654321);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        scenic(regions_follow_the_model),
        scenic(coarse_fields_look_like_exact_ones),
        scenic(planes_are_exact),
        scenic(another_ground),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
