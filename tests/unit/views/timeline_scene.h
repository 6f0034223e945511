/* A run of made-up records under the timeline, and a hand on it. Include after cmocka.h. */
#ifndef EASYFIRST_TIMELINE_SCENE_H
#define EASYFIRST_TIMELINE_SCENE_H

#include "app/views/timeline_grip.h"
#include "app/views/view_timeline.h"
#include "tests/support/widgets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SCENE_RECORDS = 4096, SCENE_POINTS = 400 };

typedef struct Scene {
    Settings settings;
    Dataset data, test;
    HistoryRecord *records;
    History history;
    HandMarks hand;
    Snapshot snapshot;
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    TimelineState timeline;
    Intents intents;
    Rect card;
    const Theme *theme;
    float scale;
} Scene;

static Scene scene;
static Status status;

static void scene_begin(int classes, int width, int height, float scale) {
    memset(&scene, 0, sizeof scene);
    scene.scale = scale;
    scene.theme = &THEME_LIGHT;
    scene.timeline = (TimelineState){.hovered = -1, .pinned = -1, .mark = -1.0, .mark_over = -1.0};
    settings_default(&scene.settings);
    scene.settings.epochs = 10;
    assert_true(dataset_init(&scene.data, SCENE_POINTS, classes, &status));
    assert_true(dataset_init(&scene.test, 10, classes, &status));
    for (size_t i = 0; i < SCENE_POINTS; i++)
        scene.data.label[i] = (uint8_t)(i % (size_t)classes);
    dataset_bounds(&scene.data);
    scene.records = calloc(SCENE_RECORDS, sizeof *scene.records);
    assert_non_null(scene.records);
    scene.history = (History){.records = scene.records, .samples = SCENE_POINTS, .stride = 1};
    scene.snapshot = (Snapshot){.settings = &scene.settings,
                                .data = &scene.data,
                                .history = &scene.history,
                                .hand_marks = &scene.hand,
                                .batches = 4,
                                .threshold = 0.1,
                                .mean_loss = 0.7,
                                .accuracy = 0.5,
                                .test_accuracy = 0.5,
                                .label_precision = 0.5,
                                .label_recall = 0.5};
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .time = 100.0};
    scene.text = text_new(FONT_DIR, scale, &status);
    assert_non_null(scene.text);
    assert_true(ui_init(&scene.ui, &status));
    scene.card = (Rect){20.0f * scale, 80.0f * scale, (float)width * scale, (float)height * scale};
    assert_true(canvas_resize(&scene.canvas, (int)(((float)width + 40.0f) * scale),
                              (int)(((float)height + 100.0f) * scale), &status));
}

static void scene_end(void) {
    timeline_free(&scene.timeline);
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    dataset_free(&scene.data);
    dataset_free(&scene.test);
    free(scene.records);
}

/* The run has done so many epochs, as they stand in the records; the snapshot is the last. */
static void scene_done(uint32_t epochs) {
    for (uint32_t i = 0; i < epochs; i++)
        scene.records[i].epoch = i;
    scene.history.count = epochs;
    const HistoryRecord *r = &scene.records[epochs > 0 ? epochs - 1 : 0];
    Snapshot *s = &scene.snapshot;
    s->epoch = epochs;
    s->threshold = r->threshold;
    s->easy = r->easy;
    s->mean_loss = r->mean_loss;
    s->accuracy = r->accuracy;
    s->test_accuracy = r->test_accuracy;
    s->label_precision = r->label_precision;
    s->label_recall = r->label_recall;
}

/* Records of flat curves, each at a height of its own. */
static void scene_flat(uint32_t epochs) {
    for (uint32_t i = 0; i < epochs; i++) {
        scene.records[i] = (HistoryRecord){.threshold = 0.2,
                                           .easy = SCENE_POINTS / 4,
                                           .mean_loss = 0.7,
                                           .accuracy = 0.5,
                                           .test_accuracy = 0.65,
                                           .test_loss = 0.9,
                                           .label_precision = 0.8,
                                           .label_recall = 0.1};
        for (int k = 0; k < scene.data.classes; k++)
            scene.records[i].class_easy[k] = (uint32_t)scene.data.class_count[k] / 4;
    }
    scene_done(epochs);
}

/* A scene of six epochs for each test. */
static inline int scene_setup(void **state) {
    (void)state;
    scene_begin(2, 900, 150, 1.0f);
    scene_flat(6);
    return 0;
}

static inline int scene_teardown(void **state) {
    (void)state;
    scene_end();
    return 0;
}

/* One frame; the commands that it asks for are in scene.intents. What lasts one frame of the input is over then. */
static void frame(void) {
    scene.intents = (Intents){.preset = -1};
    scene.input.time += 0.016;
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, scene.theme, scene.scale);
    canvas_fill(&scene.canvas, scene.theme->card);
    timeline_touch(&scene.ui, scene.card, &scene.timeline, &scene.snapshot, &scene.intents);
    timeline_draw(&scene.ui, scene.card, &scene.timeline, &scene.snapshot);
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
    scene.input.wheel = 0.0f;
    scene.input.clicks = 0;
    scene.input.key_count = 0;
}

static Rect found(const char *name) {
    return widget_rect(&scene.ui, name);
}

static bool is_there(const char *name) {
    return found(name).w > 0.0f;
}

static Rect widget(const char *name) {
    Rect rect = found(name);
    if (rect.w <= 0.0f)
        fail_msg("no widget %s", name);
    return rect;
}

static void move_to(float x, float y) {
    scene.input.mouse_x = x;
    scene.input.mouse_y = y;
    scene.input.mouse_inside = true;
    frame();
}

static inline void release(void) {
    scene.input.down = false;
    scene.input.released = true;
    frame();
}

/* Where an epoch is, of the axis that is on show. */
static inline float epoch_x(double epochs) {
    Rect strips = widget("timeline");
    double from = scene.timeline.span.chosen ? scene.timeline.span.from : 0.0;
    double to = scene.timeline.span.chosen ? scene.timeline.span.to : 10.0;
    return strips.x + strips.w * (float)((epochs - from) / (to - from));
}

static inline uint32_t pixel(float x, float y) {
    assert_true(x >= 0 && y >= 0 && x < (float)scene.canvas.width && y < (float)scene.canvas.height);
    return scene.canvas.pixels[(int)y * scene.canvas.width + (int)x] | 0xff000000;
}

static inline bool is_near(Color a, Color b, int most) {
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 255) - (int)(b >> shift & 255)) > most)
            return false;
    return true;
}

#endif
