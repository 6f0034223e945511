/* A small scene for the tests of the plot: points in columns and a linear model, drawn into a canvas whose pixels
 * tell what is in the picture. Each test program has one of its own. */
#ifndef EASYFIRST_TESTS_SCENE_H
#define EASYFIRST_TESTS_SCENE_H

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
static inline void set_points(size_t count, int classes) {
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

static inline void set_easy(size_t easy) {
    for (size_t i = 0; i < scene.data.count; i++)
        scene.v[i] = i < easy;
    scene.snapshot.easy = easy;
    scene.snapshot.version++;
}

static inline int setup(void **state) {
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

static inline int teardown(void **state) {
    (void)state;
    plot_free(scene.plot);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    return 0;
}

static inline void fit(void) {
    camera_fit(&scene.camera, &scene.data, plot_area(&scene.options, scene.outer));
}

static inline PlotScene plot_scene(void) {
    return (PlotScene){scene.outer, &scene.camera, &scene.snapshot, &scene.options};
}

static Color card; /* 0: the theme's */

static inline void draw_again(void) {
    canvas_fill(&scene.canvas, card ? card : scene.theme->card);
    PlotScene shown = plot_scene();
    assert_true(plot_draw(scene.plot, &scene.canvas, scene.text, scene.theme, &shown, &status));
}

/* After a change of anything. */
static inline void draw(void) {
    scene.snapshot.version++;
    draw_again();
}

static inline size_t count_color(Color color) {
    size_t count = 0;
    for (int i = 0; i < scene.canvas.width * scene.canvas.height; i++)
        count += scene.canvas.pixels[i] == color;
    return count;
}

static inline Color pixel_at(float x, float y) {
    float screen[2];
    camera_screen(&scene.camera, x, y, screen);
    int column = (int)screen[0], row = (int)screen[1];
    assert_in_range(column, 0, scene.canvas.width - 1);
    assert_in_range(row, 0, scene.canvas.height - 1);
    return scene.canvas.pixels[row * scene.canvas.width + column];
}

/* Whether two colours are about the same. */
static inline bool near(Color a, Color b, int distance) {
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 255) - (int)(b >> shift & 255)) > distance)
            return false;
    return true;
}

static inline size_t count_near(Color color, int distance) {
    size_t count = 0;
    for (int i = 0; i < scene.canvas.width * scene.canvas.height; i++)
        count += near(scene.canvas.pixels[i], color, distance);
    return count;
}

/* Pixels that are not the ground in a part of the canvas. */
static inline size_t ink(int x0, int y0, int x1, int y1) {
    size_t count = 0;
    for (int y = y0; y < y1; y++)
        for (int x = x0; x < x1; x++)
            count += scene.canvas.pixels[y * scene.canvas.width + x] != scene.theme->card;
    return count;
}

static inline Dataset make_test(size_t count) {
    Dataset test;
    assert_true(dataset_init(&test, count, 2, &status));
    return test;
}

#define scenic(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

#endif
