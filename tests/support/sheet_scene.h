/* A sheet (view_open.h, view_import.h) over an empty window, by events: define SHEET_DRAW(under), what draws it, and
 * SHEET_TOUCH(input), what gives it the frame's input. */
#ifndef EASYFIRST_SHEET_SCENE_H
#define EASYFIRST_SHEET_SCENE_H

#include "app/ui/ui.h"

static struct {
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    Status status;
} scene;

static int scene_setup(int width, int height) {
    memset(&scene, 0, sizeof scene);
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .mouse_inside = true, .time = 100.0};
    scene.text = text_new(FONT_DIR, 1.0f, &scene.status);
    return scene.text && ui_init(&scene.ui, &scene.status) && canvas_resize(&scene.canvas, width, height, &scene.status)
               ? 0
               : -1;
}

static void scene_teardown(void) {
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
}

static inline void frame(void) {
    UiInput none = {.mouse_x = -1.0f, .mouse_y = -1.0f, .time = scene.input.time};
    SHEET_TOUCH(&scene.input);
    ui_begin(&scene.ui, &none, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    canvas_fill(&scene.canvas, THEME_LIGHT.ground);
    ui_end(&scene.ui);
    SHEET_DRAW(&scene.ui);
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
    scene.input.text[0] = '\0';
    scene.input.wheel = 0.0f;
    scene.input.time += 0.02;
}

#include "tests/support/ui_scene.h"

/* Two frames: the press and the release; what each has drawn counts, so callers look at what it leaves. */
static inline void press_down(const char *name) {
    point_at(name);
    scene.input.pressed = scene.input.down = true;
    scene.input.clicks = 1;
    frame();
}

static inline void let_go(void) {
    scene.input.down = false;
    scene.input.released = true;
    frame();
}

static inline void click(const char *name) {
    press_down(name);
    let_go();
}

static inline void press_key(UiKey key) {
    scene.input.keys[0] = key;
    scene.input.key_count = 1;
    frame();
}

static inline void press_code(UiKeyCode code) {
    press_key((UiKey){.code = code});
}

static inline void type(const char *text) {
    snprintf(scene.input.text, sizeof scene.input.text, "%s", text);
    frame();
}

#endif
