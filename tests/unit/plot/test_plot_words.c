/* Axes, legend and caption. */
#include "app/plot/plot_private.h"
#include "tests/unit/plot/scene.h"

static void axes_have_numbers(void **state) {
    (void)state;
    fit();
    draw();
    Rect area = scene.camera.view;
    int left = (int)area.x, top = (int)area.y, right = (int)(area.x + area.w), bottom = (int)(area.y + area.h);
    assert_true(ink(0, 0, left, H) > 60); /* numbers and ticks */
    assert_true(ink(0, bottom, W, H) > 60);
    assert_int_equal(ink(0, 0, W, 1), 0); /* none is cut at the edge */
    assert_int_equal(ink(0, H - 1, W, H), 0);
    assert_int_equal(ink(0, 0, 1, H), 0);
    assert_int_equal(ink(right, 0, W, top), 0);
    /* Ticks: on the row below the frame, 3 to 8 of them. */
    int ticks = 0;
    for (int x = left; x < right; x++)
        ticks += scene.canvas.pixels[(bottom + 1) * W + x] == scene.theme->muted;
    assert_in_range(ticks, 3, 8);
}

/* Views from far away to very near: always a few numbers, never past the edge. */
static void numbers_fit_at_any_zoom(void **state) {
    (void)state;
    fit();
    double scale = scene.camera.scale;
    for (int power = -6; power <= 6; power++) {
        scene.camera.scale = scale * pow(10, power) * 0.7;
        scene.camera.center_x = -1234.56789;
        camera_update(&scene.camera);
        draw();
        int left = (int)scene.camera.view.x;
        assert_true(ink(0, 0, left, H) > 30);
        assert_int_equal(ink(0, 0, 1, H), 0);
        assert_int_equal(ink(0, H - 1, W, H), 0);
    }
}

static void legend_explains_and_gives_way(void **state) {
    (void)state;
    set_easy(100);
    fit();
    draw();
    size_t with = count_near(scene.theme->text, 60);
    scene.options.legend = false;
    draw();
    assert_true(with > count_near(scene.theme->text, 60) + 100);

    scene.options.legend = true;
    static const int SIZES[][2] = {{320, 200}, {160, 120}, {60, 40}, {1, 1}};
    for (size_t i = 0; i < 4; i++) {
        scene.outer = (Rect){0, 0, (float)SIZES[i][0], (float)SIZES[i][1]};
        assert_true(canvas_resize(&scene.canvas, SIZES[i][0], SIZES[i][1], &status));
        for (int caption = 0; caption < 2; caption++) {
            scene.options.caption = caption;
            fit();
            draw();
        }
    }
    scene.options.caption = false;
    scene.outer = (Rect){0, 0, 160, 120}; /* no room for it: not a letter of text in the plot */
    assert_true(canvas_resize(&scene.canvas, 160, 120, &status));
    fit();
    draw();
    uint32_t with_legend[160 * 120];
    memcpy(with_legend, scene.canvas.pixels, sizeof with_legend);
    scene.options.legend = false;
    draw();
    assert_memory_equal(with_legend, scene.canvas.pixels, sizeof with_legend);
}

static void eight_classes_have_a_legend_each(void **state) {
    (void)state;
    set_points(400, 8);
    set_easy(370);
    mlp_shape(&scene.mlp, (const int[]){8}, 1, 8, ACTIVATION_TANH);
    memset(scene.parameters, 0, sizeof scene.parameters);
    scene.parameters[scene.mlp.biases[1] + 3] = 9;
    fit();
    draw();
    assert_true(count_color(scene.theme->region[3]) > W * H / 2);
    for (int k = 0; k < 8; k++)
        assert_true(count_color(scene.theme->class_fill[k]) > 20);
    /* Looking away from the points leaves the legend: a mark of each class. */
    scene.camera.center_x = 1000;
    camera_update(&scene.camera);
    draw();
    for (int k = 0; k < 8; k++)
        assert_true(count_near(scene.theme->class_fill[k], 40) > 0);
    assert_true(count_color(scene.theme->ring) > 0);
}

/* The legend of many classes stands beside the plotted area: a mark of each there, and none of it over the points. */
static void many_classes_have_their_legend_beside(void **state) {
    (void)state;
    for (int classes = 10; classes <= MAX_CLASSES; classes += 11) {
        scene.options.legend_room = 0;
        set_points(390, classes);
        set_easy(370);
        mlp_shape(&scene.mlp, NULL, 0, classes, ACTIVATION_TANH);
        memset(scene.parameters, 0, sizeof scene.parameters);
        scene.snapshot.version++;
        PlotScene of = plot_scene();
        float room = plot_legend_room(scene.plot, scene.text, &of);
        assert_true(room > 60 && room < 0.43f * W);
        scene.options.legend_room = room;
        set_easy(390); /* another epoch: as much room */
        assert_true(plot_legend_room(scene.plot, scene.text, &of) == room);
        fit();
        Rect area = plot_area(&scene.options, scene.outer);
        assert_true(area.x + area.w <= W - room);
        scene.camera.center_x = 1000; /* away from the points */
        camera_update(&scene.camera);
        draw();
        for (int k = 0; k < classes; k++) {
            size_t beside = 0, over = 0;
            for (int y = 0; y < H; y++)
                for (int x = 0; x < W; x++) {
                    Color is = scene.canvas.pixels[y * W + x];
                    beside += near(is, scene.theme->class_fill[k], 40) && (float)x > area.x + area.w;
                    over += near(is, scene.theme->class_fill[k], 6) && (float)x < area.x + area.w;
                }
            assert_true(beside > 0 && over == 0);
        }
    }
    scene.outer = (Rect){0, 0, 120, 90}; /* no room */
    scene.options.legend_room = 0;
    PlotScene of = plot_scene();
    assert_true(plot_legend_room(scene.plot, scene.text, &of) == 0);
}

static void test_points_have_a_line_in_the_legend(void **state) {
    (void)state;
    Dataset test = make_test(1);
    test.x[0] = test.y[0] = 1e6f; /* out of sight */
    static Color without[W * H];
    fit();
    draw();
    memcpy(without, scene.canvas.pixels, sizeof without);
    scene.snapshot.test = &test;
    draw();
    int changed = 0;
    for (int i = 0; i < W * H; i++)
        changed += scene.canvas.pixels[i] != without[i];
    assert_true(changed > 500);
    dataset_free(&test);
    test.count = 0; /* a run without */
    draw();
    assert_memory_equal(without, scene.canvas.pixels, sizeof without);
}

/* Names at the axes' ends: x's below the right end, y's left of the upper one or, where that is too long, above it. No
 * number runs into them. */
static void axes_have_names(void **state) {
    (void)state;
    static const char *const NAMES[][2] = {{"x", "y"}, {"petal length", "petal width"}};
    scene.options.legend = false;
    for (int scale = 1; scale <= 2; scale++)
        for (int i = 0; i < 2; i++) {
            scene.options.axis_letters = false;
            scene.data.axis_name[0][0] = scene.data.axis_name[1][0] = '\0';
            scene.snapshot.data_version++;
            scene.options.scale = (float)scale;
            assert_true(text_set_scale(scene.text, (float)scale, &status));
            fit();
            draw();
            size_t before = count_near(scene.theme->text, 50);
            Rect area = scene.camera.view;
            int left = (int)area.x, top = (int)area.y, right = (int)(area.x + area.w), bottom = (int)(area.y + area.h);
            scene.options.axis_letters = i == 0;
            for (int axis = 0; axis < 2; axis++)
                dataset_name_axis(&scene.data, axis, NAMES[i][axis], strlen(NAMES[i][axis]));
            scene.snapshot.data_version++;
            draw();
            assert_true(count_near(scene.theme->text, 50) > before + 10);
            float width = text_width(scene.text, TEXT_MEDIUM, NAMES[i][0]);
            assert_true(ink(right - (int)width, bottom + 6 * scale, right, H) > 10);
            assert_int_equal(ink(right - (int)width - 4 * scale, bottom + 6 * scale, right - (int)width - 2 * scale, H),
                             0);
            assert_true(i == 0 ? ink(0, top, left - 9 * scale, top + 14 * scale) > 5
                               : ink(left, 0, left + 40 * scale, top) > 20);
            assert_int_equal(ink(0, 0, W, 1), 0);
        }
}

/* What numbers in units of a power of ten mean stands in the margins, right below and left above the plotted area. */
static void units_stand_off_the_points(void **state) {
    (void)state;
    scene.options.legend = false;
    scene.options.hidden.boundary = true;
    for (int named = 0; named < 2; named++) {
        scene.options.name_row = named;
        if (named)
            dataset_name_axis(&scene.data, 0, "petal length", 12);
        fit();
        scene.camera.scale = 1e9;
        scene.camera.center_x = 1234.5;
        camera_update(&scene.camera);
        draw();
        Rect area = scene.camera.view;
        int left = (int)area.x, top = (int)area.y, right = (int)(area.x + area.w), bottom = (int)(area.y + area.h);
        size_t over = 0;
        for (int y = top + 2; y < bottom - 2; y++)
            for (int x = left + 2; x < right - 2; x++)
                over += scene.canvas.pixels[y * W + x] != scene.canvas.pixels[(top + 2) * W + left + 2];
        assert_int_equal(over, 0);
        assert_true(ink(right - 90, bottom + 6, right, H) > 150);
        assert_true(ink(left, top - 14, left + 40, top) > 60);
        assert_int_equal(ink(0, H - 1, W, H), 0);
        PlotScene of = plot_scene();
        assert_false(plot_name_fits(scene.plot, scene.text, &of));
    }
    scene.options.name_row = false;
    fit();
    PlotScene of = plot_scene();
    assert_true(plot_name_fits(scene.plot, scene.text, &of));
}

static void ticks_below(bool column[W]) {
    int row = (int)(scene.camera.view.y + scene.camera.view.h) + 1;
    for (int x = 0; x < W; x++)
        column[x] = scene.canvas.pixels[row * W + x] == scene.theme->muted;
}

/* Ticks stand at round values, origins included, however large: a whole number of them moves none, a part moves all
 * alike. */
static void ticks_stand_at_values(void **state) {
    (void)state;
    static bool plain[W], shifted[W];
    scene.options.legend = false;
    scene.options.scale = 1;
    assert_true(text_set_scale(scene.text, 1, &status));
    fit();
    scene.camera.scale = 50; /* a step of 1 or 2 */
    scene.camera.center_x = 0.3;
    camera_update(&scene.camera);
    draw();
    ticks_below(plain);
    int ticks = 0;
    for (int x = 0; x < W; x++)
        ticks += plain[x];
    assert_true(ticks >= 3);
    static const double WHOLE[] = {1e9, -1700000000, 6e14};
    for (int i = 0; i < 3; i++) {
        scene.data.origin[0] = WHOLE[i];
        scene.snapshot.data_version++;
        draw();
        ticks_below(shifted);
        assert_memory_equal(shifted, plain, sizeof plain);
    }
    scene.data.origin[0] = 1700000000.5; /* half a unit: 25 pixels to the left */
    scene.snapshot.data_version++;
    draw();
    ticks_below(shifted);
    int moved = 0;
    for (int x = 25; x < W; x++)
        moved += plain[x] && shifted[x - 25];
    assert_true(moved >= ticks - 1);
    scene.data.origin[0] = 0;
}

static void caption_has_room(void **state) {
    (void)state;
    Rect plain = plot_area(&scene.options, scene.outer);
    scene.options.caption = true;
    Rect area = plot_area(&scene.options, scene.outer);
    assert_true(area.y >= plain.y + 10);
    fit();
    draw();
    assert_true(ink((int)area.x, 0, W, (int)area.y) > 300);
    assert_int_equal(ink(0, 0, W, 2), 0);
    scene.options.caption = false;
    fit();
    draw();
    assert_int_equal(ink((int)plain.x, 0, W, (int)plain.y), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        scenic(axes_have_numbers),
        scenic(numbers_fit_at_any_zoom),
        scenic(legend_explains_and_gives_way),
        scenic(eight_classes_have_a_legend_each),
        scenic(many_classes_have_their_legend_beside),
        scenic(test_points_have_a_line_in_the_legend),
        scenic(axes_have_names),
        scenic(units_stand_off_the_points),
        scenic(ticks_stand_at_values),
        scenic(caption_has_room),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
