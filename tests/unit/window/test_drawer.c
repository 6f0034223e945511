/* The panel as a drawer: what it lay on is as if it had never been there, and a press beside it closes it at once. */
#include "tests/support/screen_scene.h"

#include <stdlib.h>

static ScreenScene scene;

static void begin(bool compare) {
    Settings s;
    settings_default(&s);
    s.samples = 240;
    s.threshold = 0.35;
    scene_train(&scene, &s, 3);
    if (compare) {
        Command command = {.kind = COMMAND_COMPARE, .compare = true, .settings = s};
        command.settings.order = ORDER_ALL;
        experiment_push(&scene.run, command);
        experiment_advance(&scene.run, 0.0, scene_no_time, 200.0);
    }
    scene_open(&scene, 640, 480, 1.0f, &THEME_LIGHT);
    scene_settle(&scene);
}

static void end(void) {
    screen_free(&scene.screen);
    experiment_free(&scene.run);
}

static void it_leaves_nothing_behind(void **state) {
    (void)state;
    for (int compare = 0; compare < 2; compare++) {
        begin(compare);
        const Canvas *canvas = &scene.screen.canvas;
        size_t bytes = (size_t)canvas->width * (size_t)canvas->height * sizeof *canvas->pixels;
        uint32_t *before = malloc(bytes);
        assert_non_null(before);
        memcpy(before, canvas->pixels, bytes);
        plot_free(scene.screen.plots[0]); /* whose picture is kept anew under the drawer */
        scene.screen.plots[0] = plot_new(&scene.status);
        scene.screen.drawer = true;
        scene_settle(&scene);
        assert_memory_not_equal(before, canvas->pixels, bytes);
        scene.screen.drawer = false;
        scene_settle(&scene);
        assert_memory_equal(before, canvas->pixels, bytes);
        free(before);
        end();
    }
}

static void a_press_beside_it_closes_it_at_once(void **state) {
    (void)state;
    begin(false);
    scene.screen.drawer = true;
    scene_settle(&scene);
    assert_non_null(scene_find(&scene, "drawer"));
    scene_point(&scene, 100.0f, 200.0f);
    scene.hand.pressed = scene.hand.down = true;
    scene_frame(&scene, 0.1);
    assert_true(scene.screen.ui.wants_frame); /* nothing else may come in a paused window */
    int sliders = 0;                          /* the one below, and the panel's, which is there for this frame yet */
    for (int i = 0; i < scene.screen.ui.widget_count; i++)
        sliders += strcmp(scene.screen.ui.widgets[i].name, "threshold") == 0;
    assert_int_equal(sliders, 1);
    scene.hand.down = false;
    scene_frame(&scene, 0.02);
    assert_null(scene_find(&scene, "drawer"));
    end();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(it_leaves_nothing_behind),
                                       cmocka_unit_test(a_press_beside_it_closes_it_at_once)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
