/* What is in the picture: regions, boundary, marks, rings, axes, legend, caption - by the colours of its
 * pixels. */
#include "core/parallel.h"
#include "app/plot/plot.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define W 640
#define H 480
#define MOST_POINTS 400

/* A linear model: class 1 to the right of x = 0, class 0 to the left, sure of itself a few units away. */
typedef struct Scene {
    Settings settings;
    Dataset data;
    Mlp mlp;
    float parameters[4096];
    float x[MOST_POINTS], y[MOST_POINTS], v[MOST_POINTS], loss[MOST_POINTS];
    uint8_t label[MOST_POINTS];
    uint32_t admitted[MOST_POINTS];
    Snapshot snapshot;
    PlotOptions options;
    Rect outer;
    Canvas canvas;
    Text *text;
    Plot *plot;
    const Theme *theme;
    Camera camera;
} Scene;

static Scene scene;
static Status status;

/* Classes in columns of points from left to right. */
static void set_points(size_t count, int classes) {
    scene.data =
        (Dataset){.count = count, .classes = classes, .x = scene.x, .y = scene.y, .label = scene.label, .anomaly = -1};
    for (size_t i = 0; i < count; i++) {
        size_t k = i % (size_t)classes;
        scene.label[i] = (uint8_t)k;
        scene.x[i] = (float)(-5 + 10 * ((double)k + 0.3 + 0.4 * (double)(i % 7) / 7) / classes);
        scene.y[i] = (float)(-3 + 6 * (double)i / (double)count);
        scene.v[i] = 1;
    }
    dataset_bounds(&scene.data);
    scene.snapshot.data_version++;
}

static void set_easy(size_t easy) {
    for (size_t i = 0; i < scene.data.count; i++)
        scene.v[i] = i < easy;
    scene.snapshot.easy = easy;
    scene.snapshot.version++;
}

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    settings_default(&scene.settings);
    mlp_shape(&scene.mlp, NULL, 0, 2, ACTIVATION_TANH);
    memcpy(scene.parameters, (const float[]){-2, 0, 2, 0, 0, 0}, 6 * sizeof(float));
    scene.options = (PlotOptions){.scale = 1, .ring_hard = true, .legend = true, .field_step = 2};
    scene.outer = (Rect){0, 0, W, H};
    scene.theme = &THEME_LIGHT;
    scene.snapshot = (Snapshot){.settings = &scene.settings,
                                .data = &scene.data,
                                .mlp = &scene.mlp,
                                .parameters = scene.parameters,
                                .loss = scene.loss,
                                .v = scene.v,
                                .admitted = scene.admitted,
                                .epoch = 7,
                                .batches = 3,
                                .threshold = 0.605,
                                .next_threshold = 0.8,
                                .accuracy = 0.951};
    set_points(200, 2);
    set_easy(200);
    scene.text = text_new(FONT_DIR, 1, &status);
    scene.plot = plot_new(&status);
    if (!scene.text || !scene.plot || !canvas_resize(&scene.canvas, W, H, &status))
        return -1;
    return 0;
}

static int teardown(void **state) {
    (void)state;
    plot_free(scene.plot);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    return 0;
}

static void fit(void) {
    camera_fit(&scene.camera, &scene.data, plot_area(&scene.options, scene.text, scene.outer));
}

static Color card; /* 0: the theme's */

static void draw_again(void) {
    canvas_fill(&scene.canvas, card ? card : scene.theme->card);
    assert_true(plot_draw(scene.plot, &scene.canvas, scene.text, scene.theme, scene.outer, &scene.camera,
                          &scene.snapshot, &scene.options, &status));
}

/* After a change of anything. */
static void draw(void) {
    scene.snapshot.version++;
    draw_again();
}

static size_t count_color(Color color) {
    size_t count = 0;
    for (int i = 0; i < scene.canvas.width * scene.canvas.height; i++)
        count += scene.canvas.pixels[i] == color;
    return count;
}

static Color pixel_at(float x, float y) {
    float screen[2];
    camera_screen(&scene.camera, x, y, screen);
    int column = (int)screen[0], row = (int)screen[1];
    assert_in_range(column, 0, scene.canvas.width - 1);
    assert_in_range(row, 0, scene.canvas.height - 1);
    return scene.canvas.pixels[row * scene.canvas.width + column];
}

/* Whether two colours are about the same. */
static bool near(Color a, Color b, int distance) {
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 255) - (int)(b >> shift & 255)) > distance)
            return false;
    return true;
}

static size_t count_near(Color color, int distance) {
    size_t count = 0;
    for (int i = 0; i < scene.canvas.width * scene.canvas.height; i++)
        count += near(scene.canvas.pixels[i], color, distance);
    return count;
}

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

enum {
    CHANGE_MODEL,
    CHANGE_EPOCH,
    CHANGE_PAST,
    CHANGE_LOSSES,
    UNDO_POINTS,
    CHANGE_VIEW,
    CHANGE_VIEW_Y,
    CHANGE_ZOOM,
    CHANGE_AREA,
    CHANGE_OUTER,
    CHANGE_SCALE,
    CHANGE_CAPTION,
    CHANGE_RINGS,
    CHANGE_LEGEND,
    CHANGE_ROOM,
    CHANGE_CANVAS,
    CHANGE_COLOR,
    CHANGE_HIDDEN,
    CHANGE_STEP,
    CHANGE_THEME,
    CHANGE_GROUND,
    CHANGES
};

static float past_v[MOST_POINTS];
static uint32_t grey[W * H];

static void change(int what) {
    switch (what) {
    case CHANGE_MODEL:
        scene.parameters[1] = 2;
        scene.snapshot.version++;
        break;
    case CHANGE_EPOCH:
        scene.snapshot.epoch = 3;
        break;
    case CHANGE_PAST: /* an earlier epoch with a record of its own */
        scene.snapshot.v = past_v;
        break;
    case CHANGE_LOSSES:
        for (size_t i = 0; i < scene.data.count; i++)
            scene.loss[i] = 9;
        scene.snapshot.loss_version++;
        break;
    case UNDO_POINTS:
        for (size_t i = 0; i < scene.data.count; i++)
            scene.y[i] = -scene.y[i] + 0.1f;
        scene.snapshot.data_version++;
        break;
    case CHANGE_VIEW:
        scene.camera.center_x += 0.4;
        break;
    case CHANGE_VIEW_Y:
        scene.camera.center_y += 0.4;
        break;
    case CHANGE_ZOOM:
        scene.camera.scale *= 1.5;
        break;
    case CHANGE_OUTER: /* the same view in it */
        scene.outer.h -= 6;
        break;
    case CHANGE_SCALE:
        scene.options.scale = 1.25f;
        break;
    case CHANGE_CAPTION:
        scene.options.caption = true;
        break;
    case CHANGE_RINGS:
        scene.options.ring_hard = false;
        break;
    case CHANGE_LEGEND:
        scene.options.legend = false;
        break;
    case CHANGE_ROOM:
        scene.options.roomy_legend = true;
        break;
    case CHANGE_CANVAS: /* other things may lie below */
        assert_true(canvas_resize(&scene.canvas, W, H - 1, &status));
        card = 0xff335577;
        break;
    case CHANGE_AREA:
        scene.outer.w -= 40;
        scene.camera.view = plot_area(&scene.options, scene.text, scene.outer);
        break;
    case CHANGE_COLOR:
        scene.options.color = PLOT_COLOR_ADMITTED;
        break;
    case CHANGE_HIDDEN:
        scene.options.hidden.easy[1] = true;
        break;
    case CHANGE_STEP:
        scene.options.field_step = 7;
        break;
    case CHANGE_THEME:
        scene.theme = &THEME_DARK;
        break;
    case CHANGE_GROUND:
        scene.options.ground = grey;
        break;
    default:
        fail();
    }
    camera_update(&scene.camera);
}

/* The finished picture is kept for frames in which nothing of it has changed, and for no others. */
static void kept_pictures_are_those_drawn_anew(void **state) {
    for (int what = 0; what < CHANGES; what++) {
        if (what > 0) {
            teardown(state);
            setup(state);
        }
        fit();
        scene.options.color = what == CHANGE_EPOCH ? PLOT_COLOR_ADMITTED : PLOT_COLOR_LOSS;
        if (what == CHANGE_STEP) { /* no plane */
            mlp_shape(&scene.mlp, (const int[]){8}, 1, 2, ACTIVATION_TANH);
            for (size_t i = 0; i < scene.mlp.parameters; i++)
                scene.parameters[i] = (float)(i % 5) - 2;
        }
        for (size_t i = 0; i < scene.data.count; i++) {
            scene.loss[i] = 0.01f * (float)i;
            scene.admitted[i] = (uint32_t)i % 8;
        }
        memset(grey, 0xee, sizeof grey);
        scene.snapshot.looking_back = true; /* version tells nothing then */
        scene.outer.h = H - 8;
        scene.camera.view = plot_area(&scene.options, scene.text, scene.outer);
        camera_update(&scene.camera);
        if (what == CHANGE_RINGS)
            set_easy(scene.data.count - 3);
        card = 0;
        size_t bytes = (size_t)W * (H - 1) * sizeof(uint32_t);
        uint32_t *seen[2];
        for (int k = 0; k < 2; k++) {
            draw_again();
            seen[k] = malloc(bytes);
            assert_non_null(seen[k]);
            memcpy(seen[k], scene.canvas.pixels, bytes);
            for (int i = 0; i < 2; i++) { /* the first is drawn and kept, the second is the one kept */
                draw_again();
                assert_memory_equal(seen[k], scene.canvas.pixels, bytes);
            }
            if (k == 0)
                change(what);
        }
        Plot *kept = scene.plot;
        scene.plot = plot_new(&status);
        assert_non_null(scene.plot);
        draw_again();
        assert_memory_equal(seen[1], scene.canvas.pixels, bytes);
        assert_memory_not_equal(seen[0], seen[1], bytes);
        if (what == CHANGE_MODEL) { /* and kept it is: what nobody tells is not seen */
            plot_free(scene.plot);
            scene.plot = kept;
            kept = NULL;
            scene.parameters[1] = -9;
            draw_again();
            assert_memory_equal(seen[1], scene.canvas.pixels, bytes);
        }
        plot_free(kept);
        free(seen[0]);
        free(seen[1]);
    }
}

static void threads_do_not_matter(void **state) {
    (void)state;
    scene.outer = (Rect){0, 0, 1920, 1400}; /* large enough for more than one */
    assert_true(canvas_resize(&scene.canvas, 1920, 1400, &status));
    size_t bytes = (size_t)1920 * 1400 * sizeof(uint32_t);
    fit();
    set_easy(150);
    parallel_set_threads(1);
    draw();
    uint32_t *one = malloc(bytes);
    assert_non_null(one);
    memcpy(one, scene.canvas.pixels, bytes);
    plot_free(scene.plot); /* nothing kept */
    scene.plot = plot_new(&status);
    assert_non_null(scene.plot);
    parallel_set_threads(2);
    draw();
    parallel_set_threads(0);
    assert_memory_equal(one, scene.canvas.pixels, bytes);
    free(one);
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

/* Pixels that are not the ground in a part of the canvas. */
static size_t ink(int x0, int y0, int x1, int y1) {
    size_t count = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            count += scene.canvas.pixels[y * scene.canvas.width + x] != scene.theme->card;
    return count;
}

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

static void caption_has_room(void **state) {
    (void)state;
    Rect plain = plot_area(&scene.options, scene.text, scene.outer);
    scene.options.caption = true;
    Rect area = plot_area(&scene.options, scene.text, scene.outer);
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

static void broken_models_leave_a_plain_ground(void **state) {
    (void)state;
    fit();
    scene.options.legend = false;
    draw();
    static const float BAD[] = {NAN, INFINITY, -INFINITY};
    for (int i = 0; i < 3; i++) {
        scene.parameters[2] = BAD[i];
        scene.snapshot.version++;
        draw();
        assert_int_equal(count_color(scene.theme->region[0]), 0);
        assert_true(count_color(scene.theme->region_neutral) > W * H / 2);
        assert_int_equal(count_color(scene.theme->boundary), 0);
    }
    scene.parameters[2] = 2;
    scene.snapshot.diverged = true;
    draw();
    assert_int_equal(count_color(scene.theme->region[0]), 0);
    scene.snapshot.diverged = false;
    draw();
    assert_true(count_color(scene.theme->region[0]) > W * H / 8);
    /* Finite, but the scores are not: no crash, no boundary. */
    for (int i = 0; i < 6; i++)
        scene.parameters[i] = i % 2 ? 3e38f : -3e38f;
    scene.snapshot.version++;
    draw();
    for (int i = 0; i < 6; i++)
        scene.parameters[i] = 3e38f;
    draw();
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
    camera_fit(&scene.camera, &data, plot_area(&scene.options, scene.text, scene.outer));
    draw();
    for (int i = 0; i < 400; i++) {
        Color expected = v[i] > 0 ? scene.theme->class_fill[i % 2] : scene.theme->hard_fill;
        assert_true(near(pixel_at(data.x[i], data.y[i]), expected, 90) || i % 20 == 10); /* the line lies over x = 0 */
    }
    assert_true(near(pixel_at(11, 0.5f), v[77] > 0 ? scene.theme->class_fill[1] : scene.theme->hard_fill, 90));
    free(v);
    dataset_free(&data);
}

static void palette_holds_the_picture(void **state) {
    (void)state;
    for (int dark = 0; dark < 2; dark++)
        for (int classes = 2; classes <= MAX_CLASSES; classes += 3) {
            scene.theme = dark ? &THEME_DARK : &THEME_LIGHT;
            Color colors[255];
            size_t count = plot_palette(scene.theme, classes, colors, 255);
            assert_in_range(count, 60, 255);
            assert_true(plot_palette(scene.theme, classes, colors, 10) <= 10);
            count = plot_palette(scene.theme, classes, colors, 255);
            for (int k = 0; k < classes; k++) { /* the main ones are in it exactly */
                bool fill = false, region = false;
                for (size_t i = 0; i < count; i++) {
                    fill = fill || colors[i] == scene.theme->class_fill[k];
                    region = region || colors[i] == scene.theme->region[k];
                }
                assert_true(fill && region);
            }
            if (classes > 2)
                continue;
            fit(); /* and every pixel of a picture has a near one */
            scene.options.caption = true;
            set_easy(180);
            draw();
            size_t far = 0;
            for (int p = 0; p < W * H; p++) {
                bool found = false;
                for (size_t i = 0; i < count && !found; i++)
                    found = near(scene.canvas.pixels[p], colors[i], 24);
                far += !found;
            }
            assert_true(far < W * H / 200);
        }
}

#define scenic(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

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

static Dataset make_test(size_t count) {
    Dataset test;
    assert_true(dataset_init(&test, count, 2, &status));
    return test;
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

static void test_points_have_a_line_in_the_legend(void **state) {
    (void)state;
    PlotEntry entries[PLOT_MOST_ENTRIES];
    Rect without, with;
    fit();
    int count = plot_legend(scene.plot, scene.text, scene.outer, &scene.camera, &scene.snapshot, &scene.options,
                            entries, &without);
    Dataset test = make_test(1);
    scene.snapshot.test = &test;
    assert_int_equal(plot_legend(scene.plot, scene.text, scene.outer, &scene.camera, &scene.snapshot, &scene.options,
                                 entries, &with),
                     count + 1);
    assert_true(with.h > without.h);
    draw();
    dataset_free(&test);
    test.count = 0; /* a run without */
    assert_int_equal(plot_legend(scene.plot, scene.text, scene.outer, &scene.camera, &scene.snapshot, &scene.options,
                                 entries, &with),
                     count);
    assert_true(with.h == without.h);
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

static void palette_holds_test_points(void **state) {
    (void)state;
    Color colors[255];
    for (int dark = 0; dark < 2; dark++)
        for (int classes = 2; classes <= MAX_CLASSES; classes++) {
            const Theme *theme = dark ? &THEME_DARK : &THEME_LIGHT;
            size_t count = plot_palette(theme, classes, colors, 255);
            for (int k = 0; k < classes; k++) {
                bool found = false;
                for (size_t i = 0; i < count; i++)
                    found = found || near(colors[i], color_mix(theme->region[k], theme->class_fill[k], 0.45f), 1);
                assert_true(found);
            }
        }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        scenic(easy_and_hard_are_told_apart),
        scenic(regions_follow_the_model),
        scenic(coarse_fields_look_like_exact_ones),
        scenic(planes_are_exact),
        scenic(kept_pictures_are_those_drawn_anew),
        scenic(threads_do_not_matter),
        scenic(the_last_hard_ones_are_ringed),
        scenic(axes_have_numbers),
        scenic(numbers_fit_at_any_zoom),
        scenic(legend_explains_and_gives_way),
        scenic(eight_classes_have_a_legend_each),
        scenic(caption_has_room),
        scenic(broken_models_leave_a_plain_ground),
        scenic(many_points_look_like_few_on_each_pixel),
        scenic(palette_holds_the_picture),
        scenic(another_ground),
        scenic(test_points_lie_pale_below_the_others),
        scenic(test_points_have_a_line_in_the_legend),
        scenic(many_test_points_look_like_few_on_each_pixel),
        scenic(palette_holds_test_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
