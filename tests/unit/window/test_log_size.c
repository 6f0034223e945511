/* How long a log gets under a hand: a minute with 12 seconds of dragging, in the window's own widgets, of which an hour
 * has sixty. */
#include "app/experiment/run_log.h"
#include "tests/support/screen_scene.h"

#include <math.h>
#include <stdio.h>

static const size_t HOUR_MOST = 1000000; /* bytes */
enum { FPS = 60, SEAL = 2 * FPS };

static ScreenScene scene;
static uint32_t gesture;
static int frames;

/* A frame without the picture, in which the run goes on. */
static void frame(void) {
    Intents intents = {.preset = -1};
    scene.hand.time += 1.0 / FPS;
    Snapshot snapshot = experiment_snapshot(&scene.run);
    canvas_push_clip(&scene.screen.canvas, (Rect){0}); /* nothing is drawn */
    screen_widgets(&scene.screen, &scene.hand, &snapshot, scene.run.speed, &intents);
    canvas_pop_clip(&scene.screen.canvas);
    gesture += scene.hand.pressed;
    for (int i = 0; i < intents.count; i++) {
        intents.commands[i].gesture = gesture;
        experiment_push(&scene.run, intents.commands[i]);
    }
    intents.edit.gesture = gesture;
    if (intents.edit.count > 0)
        assert_true(experiment_edit_points(&scene.run, &intents.edit, &scene.status));
    experiment_advance(&scene.run, 1.0 / FPS, scene_no_time, 200.0);
    if (++frames % SEAL == 0)
        run_log_seal(scene.run.log, &scene.run, false);
    scene.hand.pressed = scene.hand.released = false;
}

/* Presses in the middle of a widget and goes to and fro for so long, a second each way. */
static size_t drag(const char *name, int seconds) {
    size_t before, after;
    run_log_text(scene.run.log, &before);
    scene_point_at(&scene, name);
    float x = floorf(scene.hand.mouse_x), y = floorf(scene.hand.mouse_y);
    scene.hand.pressed = scene.hand.down = true;
    scene.hand.clicks = 1;
    frame();
    for (int i = 1; i < seconds * FPS; i++) {
        scene_point(&scene, x + floorf(60.0f * sinf(3.14159f * (float)i / FPS)), y + (float)(i % 7));
        frame();
    }
    scene.hand.released = true;
    scene.hand.down = false;
    frame();
    scene_leave(&scene);
    run_log_text(scene.run.log, &after);
    return after - before;
}

static void test_an_hour(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    scene_train(&scene, &settings, 1);
    scene.run.log = run_log_new(&scene.run, &scene.status);
    assert_non_null(scene.run.log);
    scene_open(&scene, 1280, 720, 1.0f, &THEME_LIGHT);
    scene_settle(&scene);
    experiment_push(&scene.run, (Command){.kind = COMMAND_PLAY});
    size_t line = drag("threshold-line", 4), slider = drag("threshold", 2), factor = drag("growing-factor", 3);
    scene.screen.brush.tool = TOOL_ADD;
    size_t points = drag("plot", 3);
    scene.screen.brush.tool = TOOL_MOVE;
    while (frames < 60 * FPS)
        frame();
    run_log_seal(scene.run.log, &scene.run, true);
    size_t size;
    run_log_text(scene.run.log, &size);
    assert_true(line > 1000 && slider > 500 && factor > 1000 && points > 1000); /* the hand has done something */
    printf("a minute: %zu bytes: line %zu, slider %zu, growing factor %zu, points %zu\n", size, line, slider, factor,
           points);
    assert_true(60 * size < HOUR_MOST);
    run_log_free(scene.run.log);
    scene.run.log = NULL;
    screen_free(&scene.screen);
    experiment_free(&scene.run);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_an_hour)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
