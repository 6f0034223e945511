/* Class names and the legend: names of any length and script, and the legend where no point is. */
#include "app/plot/picture.h"
#include "tests/support/scripts.h"
#include "tests/unit/plot/scene.h"

#include "tests/support/words_drawn.h"

#include <stdio.h>

static void name_class(int k, const char *name) {
    snprintf(scene.data.class_name[k], sizeof scene.data.class_name[k], "%s", name);
    scene.snapshot.data_version++;
}

/* Where the legend is: what it changes in the picture. */
static Rect legend_place(void) {
    static uint32_t without[W * H];
    scene.options.legend = false;
    draw();
    memcpy(without, scene.canvas.pixels, sizeof without);
    scene.options.legend = true;
    draw();
    int x0 = W, y0 = H, x1 = 0, y1 = 0;
    for (int i = 0; i < W * H; i++)
        if (scene.canvas.pixels[i] != without[i]) {
            x0 = i % W < x0 ? i % W : x0;
            x1 = i % W >= x1 ? i % W + 1 : x1;
            y0 = i / W < y0 ? i / W : y0;
            y1 = i / W + 1;
        }
    return (Rect){(float)x0, (float)y0, (float)(x1 - x0), (float)(y1 - y0)};
}

static size_t hidden_by(Rect legend) {
    size_t hidden = 0;
    for (size_t i = 0; i < scene.data.count; i++) {
        float at[2];
        camera_screen(&scene.camera, scene.x[i], scene.y[i], at);
        hidden += rect_has(legend, at[0], at[1]);
    }
    return hidden;
}

static void put_points(size_t count, float points[][2]) {
    set_points(count, 2);
    for (size_t i = 0; i < count; i++) {
        scene.x[i] = points[i][0];
        scene.y[i] = points[i][1];
    }
    dataset_bounds(&scene.data);
    set_easy(count);
    fit();
}

static void long_names_leave_the_legend_narrow(void **state) {
    (void)state;
    char name[DATASET_NAME_BYTES];
    fit();
    float before = legend_place().w, most = plot_area(&scene.options, scene.outer).w;
    for (int i = -1; i < SCRIPT_NAME_COUNT; i++) {
        const char *piece = i < 0 ? "Adelie penguin " : SCRIPT_NAMES[i];
        name[0] = '\0';
        while (strlen(name) + strlen(piece) < sizeof name)
            strcat(name, piece);
        name_class(0, name);
        Rect legend = legend_place();
        assert_true(legend.w > before + 10 && legend.w < 0.4f * most);
    }
}

/* Every corner is taken, and every side but one. */
static void the_legend_goes_where_no_point_is(void **state) {
    (void)state;
    float points[22][2];
    for (int i = 0; i < 14; i++) { /* down both sides */
        points[i][0] = i % 2 ? 4.8f : -4.8f;
        points[i][1] = (float)(i / 2 - 3);
    }
    for (int i = 0; i < 8; i++) { /* along the upper side */
        points[14 + i][0] = (float)i - 3.5f;
        points[14 + i][1] = 2.8f;
    }
    put_points(22, points);
    Rect legend = legend_place();
    assert_true(legend.w > 50);
    assert_int_equal(hidden_by(legend), 0);
    Rect area = plot_area(&scene.options, scene.outer);
    assert_true(legend.y + legend.h > area.y + 0.9f * area.h); /* on the side that is free */
}

/* A ring of points: the room is within. */
static void the_legend_goes_into_the_middle_at_need(void **state) {
    (void)state;
    float points[300][2];
    for (int i = 0; i < 300; i++) {
        float angle = 6.2831853f * (float)i / 300, far = 4 + (float)(i % 5) / 4;
        points[i][0] = 1.4f * far * cosf(angle) / fmaxf(fabsf(cosf(angle)), fabsf(sinf(angle)));
        points[i][1] = far * sinf(angle) / fmaxf(fabsf(cosf(angle)), fabsf(sinf(angle)));
    }
    put_points(300, points);
    assert_int_equal(hidden_by(legend_place()), 0);
}

/* In the corner that it always had, if that is free; without any room it is shown all the same. */
static void the_upper_left_corner_comes_first(void **state) {
    (void)state;
    float points[][2] = {{-5, -3}, {5, 3}, {5, -3}};
    put_points(3, points);
    Rect area = plot_area(&scene.options, scene.outer), legend = legend_place();
    assert_true(legend.x < area.x + 20 && legend.y < area.y + 20);
    float everywhere[400][2];
    for (int i = 0; i < 400; i++) {
        everywhere[i][0] = (float)(i % 20) - 10;
        everywhere[i][1] = 0.7f * ((float)(i / 20) - 10);
    }
    put_points(400, everywhere);
    assert_true(legend_place().w > 50);
}

static void scatter(int classes, float least) {
    uint32_t random = 7;
    set_points(MOST_POINTS, classes);
    for (size_t i = 0; i < MOST_POINTS; i++) {
        float at[2];
        for (int k = 0; k < 2; k++) {
            random = random * 1664525u + 1013904223u;
            at[k] = (float)(random >> 8) / 16777216.0f;
        }
        bool corner = i < 4; /* of the whole square, in all cases */
        scene.x[i] = corner ? (float)(i % 2) : least + (1 - least) * at[0];
        scene.y[i] = corner ? (float)(i / 2) : (1 - least) * at[1];
    }
    mlp_shape(&scene.mlp, NULL, 0, classes, ACTIVATION_TANH);
    memset(scene.parameters, 0, sizeof scene.parameters);
    dataset_bounds(&scene.data);
    set_easy(300);
}

/* With as much room beside the plot as the legend asks for. */
static void fit_beside(void) {
    scene.options.legend_room = 0;
    fit();
    PlotScene of = plot_scene();
    scene.options.legend_room = plot_legend_room(scene.plot, scene.text, &of);
    assert_true(scene.options.legend_room > 60);
    fit();
}

/* Where points are everywhere it stands beside them, in all frames, also that of few classes; else over the plot. */
static void the_legend_stands_beside_what_it_would_hide(void **state) {
    (void)state;
    static const int CLASSES[] = {2, 3, 6, 8};
    for (int i = 0; i < 4; i++) {
        scatter(CLASSES[i], 0);
        scene.options.legend_room = 0;
        fit();
        PlotScene of = plot_scene();
        float room = plot_legend_room(scene.plot, scene.text, &of);
        assert_true(room > 60 && room < 0.43f * W);
        set_easy(MOST_POINTS);
        assert_true(plot_legend_room(scene.plot, scene.text, &of) == room);
        scene.options.legend_room = room;
        fit();
        Rect legend = legend_place();
        assert_true(legend.w > 50 && legend.x > scene.camera.view.x + scene.camera.view.w);
        assert_int_equal(hidden_by(legend), 0);
        scatter(CLASSES[i], 0.5f);
        scene.options.legend_room = 0;
        fit();
        assert_true(plot_legend_room(scene.plot, scene.text, &of) == 0);
        assert_int_equal(hidden_by(legend_place()), 0);
    }
}

/* Test points are points; in a picture that is too small for both, the plot comes first. */
static void the_legend_heeds_test_points_and_the_plots_size(void **state) {
    (void)state;
    scatter(2, 0.5f);
    fit();
    PlotScene of = plot_scene();
    assert_true(plot_legend_room(scene.plot, scene.text, &of) == 0);
    Dataset test = scene.data;
    static float x[MOST_POINTS];
    for (size_t i = 0; i < MOST_POINTS; i++)
        x[i] = (float)i / MOST_POINTS;
    float y[MOST_POINTS];
    for (size_t i = 0; i < MOST_POINTS; i++)
        y[i] = (float)(i % 20) / 20;
    test.x = x;
    test.y = y;
    scene.snapshot.test = &test;
    scene.snapshot.data_version++;
    assert_true(plot_legend_room(scene.plot, scene.text, &of) > 60);
    scene.outer = (Rect){0, 0, 240, 220};
    fit();
    assert_true(plot_legend_room(scene.plot, scene.text, &of) == 0);
}

/* Beside the plot as over it: colours that tell who helps leave nobody out, and no entry says so. */
static void the_legend_beside_lists_what_is_in_the_plot(void **state) {
    (void)state;
    static uint32_t pictures[2][W * H];
    static float influence[MOST_POINTS];
    scene.snapshot.influence = influence;
    scene.options.color = PLOT_COLOR_INFLUENCE;
    scene.options.ring_hard = false;
    for (int i = 0; i < 2; i++) {
        scatter(3, 0);
        scene.settings.order = i ? ORDER_ALL : ORDER_EASY;
        set_easy(i ? MOST_POINTS : 300);
        fit_beside();
        draw();
        memcpy(pictures[i], scene.canvas.pixels, sizeof pictures[i]);
        int right = (int)(scene.camera.view.x + scene.camera.view.w); /* what lies on what in the plot may differ */
        for (int y = 0; y < H; y++)
            memset(&pictures[i][y * W], 0, (size_t)right * sizeof **pictures);
    }
    assert_memory_equal(pictures[0], pictures[1], sizeof pictures[0]);
}

/* Its words are those of the order and of what there is; what is left out is struck through; and where there is too
 * little room for the names it is not beside the plot at all. */
static void the_legend_beside_names_what_there_is(void **state) {
    (void)state;
    static float influence[MOST_POINTS];
    Dataset clean;
    assert_true(dataset_init(&clean, 4, 3, &status));
    static const struct {
        int order;
        PlotColor color;
        size_t easy;
        const char *words, *not_these;
    } CASES[] = {
        {ORDER_EASY, PLOT_COLOR_CLASS, 300, "easy (v = 1) class 0 class 1 class 2 hard (v = 0) clean points boundary",
         "left out"},
        {ORDER_EASY, PLOT_COLOR_CLASS, 390, "still hard", "last left out"},
        {ORDER_HARD, PLOT_COLOR_CLASS, 390, "in use (v = 1) class 0 class 1 class 2 left out (v = 0)", "still hard"},
        {ORDER_HARD, PLOT_COLOR_CLASS, 390, "last left out", "still hard"},
        {ORDER_ALL, PLOT_COLOR_CLASS, 400, "class class 0 class 1 class 2 clean points", "left out"},
        {ORDER_ALL, PLOT_COLOR_CLASS, 399, "class class 0 class 1 class 2 left out (v = 0)", "still hard"},
        {ORDER_EASY, PLOT_COLOR_INFLUENCE, 300, "helps: filled hurts: hollow", "hard"},
        {ORDER_EASY, PLOT_COLOR_LOSS, 300, "easy (v = 1)", "helps"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        scatter(3, 0);
        scene.snapshot.clean = &clean;
        scene.snapshot.influence = influence;
        scene.settings.order = CASES[i].order;
        scene.options.color = CASES[i].color;
        set_easy(CASES[i].easy);
        fit_beside();
        words_begin(&scene.canvas);
        draw();
        words_must_have(CASES[i].words);
        assert_false(words_have(CASES[i].not_these));
        words_end(&scene.canvas);
    }
    static uint32_t before[W * H];
    memcpy(before, scene.canvas.pixels, sizeof before);
    int right = (int)(scene.camera.view.x + scene.camera.view.w), changed = 0;
    scene.options.hidden.easy[1] = scene.options.hidden.boundary = true;
    draw();
    for (int i = 0; i < W * H; i++)
        changed += i % W > right && before[i] != scene.canvas.pixels[i];
    assert_true(changed > 40);
    scatter(24, 0);
    scene.options = (PlotOptions){.scale = 1, .ring_hard = true, .legend = true, .field_step = 2};
    scene.snapshot.clean = NULL;
    for (int k = 0; k < 24; k++)
        name_class(k, "a name that is long");
    for (float height = H; height > 60; height -= 20) {
        scene.outer = (Rect){0, 0, W, height};
        scene.options.legend_room = 0;
        fit();
        PlotScene of = plot_scene();
        float room = plot_legend_room(scene.plot, scene.text, &of);
        assert_true(room > 0 || height < H);
        scene.options.legend_room = room;
        fit();
        draw();
    }
    PlotScene of = plot_scene();
    scene.options.legend_room = 0;
    assert_true(plot_legend_room(scene.plot, scene.text, &of) == 0);
    dataset_free(&clean);
}

/* A picture has it there. */
static void a_picture_has_its_legend_beside(void **state) {
    (void)state;
    Picture picture;
    assert_true(picture_open(&picture, FONT_DIR, scene.theme, 1, W, H, &status));
    for (int beside = 0; beside < 2; beside++) {
        scatter(3, beside ? 0 : 0.5f);
        scene.parameters[scene.mlp.biases[0]] = 9; /* a region of class 0 */
        PlotOptions options = {.field_step = 4};
        assert_true(picture_draw(&picture, &scene.snapshot, &options, NULL, 0, H, &status));
        assert_true((picture.canvas.pixels[(H - 60) * W + W - 40] == scene.theme->card) == beside);
    }
    picture_close(&picture);
}

int main(void) {
    setenv("FONTCONFIG_FILE", TEST_SOURCE_DIR "/support/fonts.conf", 1);
    const struct CMUnitTest tests[] = {
        scenic(long_names_leave_the_legend_narrow),
        scenic(the_legend_goes_where_no_point_is),
        scenic(the_legend_goes_into_the_middle_at_need),
        scenic(the_upper_left_corner_comes_first),
        scenic(the_legend_stands_beside_what_it_would_hide),
        scenic(the_legend_heeds_test_points_and_the_plots_size),
        scenic(a_picture_has_its_legend_beside),
        scenic(the_legend_beside_lists_what_is_in_the_plot),
        scenic(the_legend_beside_names_what_there_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
