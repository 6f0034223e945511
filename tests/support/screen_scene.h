/* A whole window without SDL, and a person's hand in it: a run, its screen, and frames by a clock of the test's own. */
#ifndef EASYFIRST_SCREEN_SCENE_H
#define EASYFIRST_SCREEN_SCENE_H

#include "app/experiment/experiment.h"
#include "app/window/screen.h"
#include "tests/support/widgets.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct ScreenScene {
    Experiment run;
    Screen screen;
    UiInput hand; /* of the next frame */
    Status status;
} ScreenScene;

static inline double scene_no_time(void) {
    return 100.0;
}

/* So many epochs of these settings, at the end of the last one. */
static inline void scene_train(ScreenScene *scene, const Settings *settings, int epochs) {
    if (!experiment_init(&scene->run, settings, NULL, NULL, &scene->status))
        fail_msg("%s", scene->status.message);
    for (int i = 0; i < epochs; i++) {
        experiment_push(&scene->run, (Command){.kind = COMMAND_EPOCH});
        experiment_advance(&scene->run, 0.0, scene_no_time, 200.0);
    }
}

static inline void scene_open(ScreenScene *scene, int width, int height, float scale, const Theme *theme) {
    scene->hand = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f};
    if (!screen_init(&scene->screen, FONT_DIR, width, height, scale, theme, &scene->status))
        fail_msg("%s", scene->status.message);
}

/* One frame, `seconds` after the one before. What the views ask for is done. */
static inline void scene_frame(ScreenScene *scene, double seconds) {
    Intents intents = {.preset = -1}, late = {.preset = -1};
    scene->hand.time += seconds;
    Snapshot snapshot = experiment_snapshot(&scene->run);
    screen_widgets(&scene->screen, &scene->hand, &snapshot, scene->run.speed, &intents);
    for (int i = 0; i < intents.count; i++)
        experiment_push(&scene->run, intents.commands[i]);
    if (intents.edit.count > 0 && !experiment_edit_points(&scene->run, &intents.edit, &scene->status))
        fail_msg("%s", scene->status.message);
    experiment_advance(&scene->run, 0.0, scene_no_time, 200.0);
    experiment_evaluate(&scene->run);
    scene->run.watch_labels = screen_wants_labels(&scene->screen);
    experiment_watch_now(&scene->run);
    snapshot = experiment_snapshot(&scene->run);
    if (!screen_draw(&scene->screen, &snapshot, "", &late, &scene->status))
        fail_msg("%s", scene->status.message);
    for (int i = 0; i < late.count; i++)
        experiment_push(&scene->run, late.commands[i]);
    if (late.edit.count > 0 && !experiment_edit_points(&scene->run, &late.edit, &scene->status))
        fail_msg("%s", scene->status.message);
    scene->hand.pressed = scene->hand.released = scene->hand.right_pressed = scene->hand.right_released = false;
    scene->hand.key_count = 0;
    scene->hand.wheel = 0.0f;
    scene->hand.text[0] = '\0';
}

/* Frames until nothing moves any more. */
static inline void scene_settle(ScreenScene *scene) {
    for (int i = 0; i < 4; i++)
        scene_frame(scene, 5.0);
}

/* A widget of the last frame, or NULL. */
static inline const UiWidget *scene_find(const ScreenScene *scene, const char *name) {
    return find_widget(&scene->screen.ui, name);
}

static inline void scene_point(ScreenScene *scene, float x, float y) {
    scene->hand.mouse_x = x;
    scene->hand.mouse_y = y;
    scene->hand.mouse_inside = true;
}

static inline void scene_leave(ScreenScene *scene) {
    scene_point(scene, -1.0f, -1.0f);
    scene->hand.mouse_inside = false;
}

/* The pointer comes to the middle of a widget. */
static inline void scene_point_at(ScreenScene *scene, const char *name) {
    const UiWidget *widget = scene_find(scene, name);
    if (!widget || widget->rect.w <= 0.0f)
        fail_msg("no %s", name);
    scene_point(scene, widget->rect.x + widget->rect.w / 2, widget->rect.y + widget->rect.h / 2);
    scene_frame(scene, 0.1);
}

static inline void scene_click(ScreenScene *scene, bool right) {
    for (int down = 1; down >= 0; down--) {
        if (right) {
            scene->hand.right_pressed = scene->hand.right_down = down;
            scene->hand.right_released = !down;
        } else {
            scene->hand.pressed = scene->hand.down = down;
            scene->hand.released = !down;
        }
        scene->hand.clicks = 1;
        scene_frame(scene, 0.1);
    }
}

/* A click on a widget; then the pointer leaves the window. */
static inline void scene_press(ScreenScene *scene, const char *name) {
    scene_point_at(scene, name);
    scene_click(scene, false);
    scene_leave(scene);
}

static inline void scene_key(ScreenScene *scene, UiKeyCode code, uint32_t character) {
    scene->hand.keys[scene->hand.key_count++] = (UiKey){.code = code, .character = character};
    scene_frame(scene, 0.1);
}

#endif
