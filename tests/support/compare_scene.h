/* Compared runs on a screen, by events: the scene of their tests. Include after cmocka.h. */
#ifndef EASYFIRST_COMPARE_SCENE_H
#define EASYFIRST_COMPARE_SCENE_H

#include "app/window/screen.h"
#include "tests/support/commands.h"
#include "tests/support/widgets.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Scene {
    Screen screen;
    Experiment experiment;
    UiInput input;
    const char *notice;
    Intents asked; /* the last intents that asked for something */
    Intents late;  /* what the frame's second half has asked for */
} Scene;

static Scene scene;
static Status status;

static inline double no_time(void) {
    return 0.0;
}

static inline void carry_out(const Intents *intents) {
    for (int i = 0; i < intents->count; i++)
        assert_true(experiment_push(&scene.experiment, intents->commands[i]));
    if (intents->edit.count > 0)
        assert_true(experiment_edit_points(&scene.experiment, &intents->edit, &status));
}

static inline void frame(void) {
    Intents intents = {.preset = -1};
    carry_out(&scene.late);
    scene.late = (Intents){.preset = -1};
    scene.input.time += 0.05;
    Snapshot snapshot = experiment_snapshot(&scene.experiment);
    screen_widgets(&scene.screen, &scene.input, &snapshot, 1.0, &intents);
    carry_out(&intents);
    if (intents.count > 0)
        scene.asked = intents;
    experiment_advance(&scene.experiment, 0.0, no_time, 1.0);
    experiment_evaluate(&scene.experiment);
    snapshot = experiment_snapshot(&scene.experiment);
    assert_true(screen_draw(&scene.screen, &snapshot, scene.notice, &scene.late, &status));
    UiInput *in = &scene.input;
    in->pressed = in->released = in->right_pressed = in->right_released = false;
    in->wheel = 0.0f;
    in->key_count = 0;
}

static inline void frames(int count) {
    while (count-- > 0)
        frame();
}

static inline void push(CommandKind kind, double value) {
    assert_true(experiment_push(&scene.experiment, command_of(kind, value)));
    frame();
}

/* A run by share, plain training beside it and, for three runs, hard points first, after a few epochs, paused. */
static inline void open_scene(int width, int height, float scale, double test, int runs) {
    memset(&scene, 0, sizeof scene);
    scene.notice = "";
    scene.late.preset = -1;
    Settings s;
    settings_default(&s);
    s.dataset = DATASET_MOONS;
    s.samples = 200;
    s.test = test;
    s.flip = 0.2;
    s.learning_rate = 0.05;
    s.hidden[0] = 8;
    s.hidden_count = 1;
    s.pace = PACE_SHARE;
    s.share_end = 0.6;
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .time = 100.0};
    assert_true(experiment_init(&scene.experiment, &s, NULL, NULL, &status));
    assert_true(screen_init(&scene.screen, FONT_DIR, width, height, scale, &THEME_LIGHT, &status));
    Command compare = {.kind = COMMAND_COMPARE, .compare = true, .settings = s};
    compare.settings.order = ORDER_ALL;
    assert_true(experiment_push(&scene.experiment, compare));
    compare.run = 2;
    compare.settings.order = ORDER_HARD;
    if (runs > 2)
        assert_true(experiment_push(&scene.experiment, compare));
    frame();
    for (int i = 0; i < 8; i++)
        push(COMMAND_EPOCH, 0.0);
    frames(6);
}

static inline int teardown(void **state) {
    (void)state;
    screen_free(&scene.screen);
    experiment_free(&scene.experiment);
    return 0;
}

static inline const UiWidget *find(const char *name) {
    return find_widget(&scene.screen.ui, name);
}

static inline Rect rect_of(const char *name) {
    const UiWidget *widget = find(name);
    if (!widget)
        fail_msg("no widget %s", name);
    return widget->rect;
}

static inline void move(float x, float y) {
    scene.input.mouse_inside = true;
    scene.input.mouse_x = x;
    scene.input.mouse_y = y;
    frame();
}

static inline void press(void) {
    scene.input.pressed = scene.input.down = true;
    scene.input.clicks = 1;
    scene.input.time += 1.0; /* no second click of the last one */
    frame();
}

static inline void release(void) {
    scene.input.released = true;
    scene.input.down = false;
    frame();
}

static inline void click_at(float x, float y) {
    move(x, y);
    press();
    release();
    frames(2);
}

/* Brings a widget of the panel into view and presses it. */
static inline void click(const char *name) {
    frame();
    Rect r = rect_of(name), panel = scene.screen.layout.panel;
    if (r.x >= panel.x && panel.w > 0.0f && !find(name)->on_top) {
        scene.screen.panel.scroll += r.y + r.h / 2 - (panel.y + panel.h / 2);
        frames(2);
        r = rect_of(name);
    }
    click_at(r.x + r.w / 2, r.y + r.h / 2);
}

static inline Snapshot now(void) {
    return experiment_snapshot(&scene.experiment);
}

/* Where a point lies in one of the plots. */
static inline void place(const char *plot, size_t sample, float at[2]) {
    Snapshot s = now();
    Camera camera = scene.screen.hand.camera;
    camera.view = rect_of(plot);
    camera_update(&camera);
    camera_screen(&camera, s.data->x[sample], s.data->y[sample], at);
}

static inline double world_under(const char *plot, float share_x, float share_y, double world[2]) {
    Rect r = rect_of(plot);
    Camera camera = scene.screen.hand.camera;
    camera.view = r;
    camera_update(&camera);
    camera_world_exact(&camera, (double)(r.x + r.w * share_x), (double)(r.y + r.h * share_y), world);
    return camera.scale;
}

static inline bool same_view(const PlotView *a, const PlotView *b) {
    return a->follows == b->follows && (a->follows || (a->x == b->x && a->y == b->y && a->width == b->width));
}

/* A point that has no other near to it, so that it is the one that is meant. */
static inline size_t lonely_point(void) {
    Snapshot s = now();
    size_t best = 0;
    float far = 0;
    for (size_t i = 0; i < s.data->count; i++) {
        float nearest = INFINITY;
        for (size_t k = 0; k < s.data->count; k++)
            if (k != i)
                nearest = fminf(nearest, hypotf(s.data->x[i] - s.data->x[k], s.data->y[i] - s.data->y[k]));
        float at[2]; /* in the lower half: nothing else lies there */
        place("plot", i, at);
        Rect r = rect_of("plot");
        if (nearest > far && at[1] > r.y + r.h / 2) {
            far = nearest;
            best = i;
        }
    }
    return best;
}

static inline bool nearly(Color a, Color b) {
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 255) - (int)(b >> shift & 255)) > 48)
            return false;
    return true;
}

/* Whether something of the ring's colour stands around a place. */
static inline bool ringed(float x, float y, float radius) {
    const Canvas *c = &scene.screen.canvas;
    int found = 0;
    for (int i = 0; i < 64; i++) {
        float angle = (float)i * 0.0981748f;
        bool on = false; /* within half a pixel */
        for (float off = -0.5f; off <= 0.5f; off += 0.5f) {
            int px = (int)(x + (radius + off) * cosf(angle)), py = (int)(y + (radius + off) * sinf(angle));
            on = on || nearly(c->pixels[(size_t)py * (size_t)c->width + (size_t)px], scene.screen.theme->focus_outer);
        }
        found += on;
    }
    return found > 32;
}

#endif
