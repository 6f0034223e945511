/* A run as the views at the plot see it, and a hand with pointer and keys: points, a linear model, a window's canvas.
 * For tests of the key, the tools and the plot's menu; each test program has one of its own. */
#ifndef EASYFIRST_TESTS_PLOT_SCENE_H
#define EASYFIRST_TESTS_PLOT_SCENE_H

#include "app/views/plot_hand.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { SCENE_WIDTH = 760, SCENE_HEIGHT = 480, SCENE_POINTS = 200 };

typedef struct PlotScenery {
    Settings settings;
    Dataset data;
    Mlp mlp;
    float parameters[3 * MAX_CLASSES], loss[SCENE_POINTS], v[SCENE_POINTS];
    uint32_t admitted[SCENE_POINTS];
    Snapshot snapshot;
    Canvas canvas;
    Text *text;
    const Theme *theme;
    Ui ui;
    UiInput input;
    Plot *plot;
    PlotHand hand;
    PlotOptions options;
    Rect outer, area;
    void (*before)(void), (*widgets)(void), (*on_top)(void); /* the view under test, where it stands in a frame */
    Status status;
} PlotScenery;

static PlotScenery scene;

/* Of two classes, right and left; every third point is hard. */
static inline int scene_open(int classes) {
    memset(&scene, 0, sizeof scene);
    settings_default(&scene.settings);
    mlp_shape(&scene.mlp, NULL, 0, classes, ACTIVATION_TANH);
    memcpy(scene.parameters, (const float[]){-2, 0, 2, 0, 0, 0}, 6 * sizeof(float));
    if (!dataset_init(&scene.data, SCENE_POINTS, classes, &scene.status))
        return -1;
    for (int i = 0; i < SCENE_POINTS; i++) {
        scene.data.x[i] = (float)(i % 20) / 2 - 5;
        scene.data.y[i] = (float)(i / 20 - 5);
        scene.data.label[i] = (uint8_t)(i * classes / SCENE_POINTS);
        scene.v[i] = i % 3 > 0;
        scene.admitted[i] = i % 3 > 0 ? (uint32_t)(i % 7) : NEVER_ADMITTED;
        scene.loss[i] = 0.01f * (float)(i + 1);
    }
    dataset_bounds(&scene.data);
    scene.snapshot = (Snapshot){.settings = &scene.settings,
                                .data = &scene.data,
                                .mlp = &scene.mlp,
                                .parameters = scene.parameters,
                                .loss = scene.loss,
                                .v = scene.v,
                                .admitted = scene.admitted,
                                .epoch = 7,
                                .threshold = 0.605,
                                .easy = SCENE_POINTS - (SCENE_POINTS + 2) / 3,
                                .version = 1,
                                .data_version = 1};
    scene.options = (PlotOptions){.scale = 1, .ring_hard = true, .field_step = 2};
    scene.theme = &THEME_LIGHT;
    scene.text = text_new(FONT_DIR, 1, &scene.status);
    scene.plot = plot_new(&scene.status);
    if (!scene.text || !scene.plot || !ui_init(&scene.ui, &scene.status) ||
        !canvas_resize(&scene.canvas, SCENE_WIDTH, SCENE_HEIGHT, &scene.status))
        return -1;
    plot_hand_init(&scene.hand);
    scene.outer = (Rect){0, 0, 500, SCENE_HEIGHT};
    scene.area = plot_area(&scene.options, scene.outer);
    scene.input = (UiInput){.mouse_x = 600, .mouse_y = 470, .mouse_inside = true, .time = 100};
    return 0;
}

static inline void scene_close(void) {
    plot_hand_free(&scene.hand);
    plot_free(scene.plot);
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    dataset_free(&scene.data);
}

/* A frame as the window makes one; what happens once is over after it. */
static inline void frame(void) {
    UiInput *input = &scene.input;
    Ui *ui = &scene.ui;
    input->time += 1.0 / 60;
    ui_begin(ui, input, &scene.canvas, scene.text, scene.theme, 1);
    canvas_fill(&scene.canvas, scene.theme->card);
    if (scene.before)
        scene.before();
    plot_hand_touch(&scene.hand, ui, scene.outer, &scene.options, &scene.snapshot);
    if (scene.widgets)
        scene.widgets();
    const Camera *camera = plot_hand_camera(&scene.hand, scene.area, &scene.snapshot);
    PlotOptions options = plot_hand_options(&scene.hand, ui, scene.options, &scene.snapshot);
    scene.snapshot.version++;
    PlotScene shown = {scene.outer, camera, &scene.snapshot, &options};
    assert_true(plot_draw(scene.plot, &scene.canvas, scene.text, scene.theme, &shown, &scene.status));
    plot_hand_draw(&scene.hand, ui, scene.area, &scene.snapshot);
    ui->on_top = true;
    if (scene.on_top)
        scene.on_top();
    ui->on_top = false;
    ui_end(ui);
    input->pressed = input->released = input->right_pressed = input->right_released = false;
    input->wheel = 0;
    input->key_count = 0;
}

static inline void move(double x, double y) {
    scene.input.mouse_x = (float)x;
    scene.input.mouse_y = (float)y;
    frame();
}

static inline void click(double x, double y) {
    move(x, y);
    scene.input.down = scene.input.pressed = true;
    scene.input.clicks = 1;
    frame();
    scene.input.down = false;
    scene.input.released = true;
    frame();
    frame();
}

static inline void right_click(double x, double y) {
    move(x, y);
    scene.input.right_down = scene.input.right_pressed = true;
    frame();
    scene.input.right_down = false;
    scene.input.right_released = true;
    frame();
    frame();
}

static inline void key(UiKeyCode code) {
    scene.input.keys[scene.input.key_count++] = (UiKey){.code = code};
    frame();
}

static inline bool widget(const char *name, Rect *rect) {
    for (int i = 0; i < scene.ui.widget_count; i++)
        if (strcmp(scene.ui.widgets[i].name, name) == 0) {
            if (rect)
                *rect = scene.ui.widgets[i].rect;
            return true;
        }
    return false;
}

static inline void click_widget(const char *name) {
    Rect rect;
    if (!widget(name, &rect))
        fail_msg("there is no widget '%s'", name);
    click((double)(rect.x + rect.w / 2), (double)(rect.y + rect.h / 2));
}

static inline void where(int64_t sample, float at[2]) {
    camera_screen(&scene.hand.camera, scene.data.x[sample], scene.data.y[sample], at);
}

/* Pixels of about a colour in a part of the canvas. */
static inline int count_in(Color color, Rect rect) {
    int count = 0;
    for (int y = (int)rect.y; y < (int)(rect.y + rect.h); y++)
        for (int x = (int)rect.x; x < (int)(rect.x + rect.w); x++) {
            Color pixel = scene.canvas.pixels[y * scene.canvas.width + x];
            bool near = true;
            for (int shift = 0; shift < 24; shift += 8)
                near = near && abs((int)(pixel >> shift & 255) - (int)(color >> shift & 255)) <= 12;
            count += near;
        }
    return count;
}

#endif
