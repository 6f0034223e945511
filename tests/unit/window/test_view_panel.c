/* The side panel's settings of the pace and of own points, by events: what is there when, and what is asked
 * for. */
#include "app/window/screen.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct Scene {
    Screen screen;
    Experiment experiment;
    UiInput input;
    Intents intents; /* the last ones that asked for something */
} Scene;

static Scene scene;
static Status status;

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    Settings s;
    settings_default(&s);
    s.samples = 60;
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .time = 100.0};
    return experiment_init(&scene.experiment, &s, NULL, NULL, &status) &&
                   screen_init(&scene.screen, FONT_DIR, 1280, 720, 1.0f, &THEME_LIGHT, &status)
               ? 0
               : -1;
}

static int teardown(void **state) {
    (void)state;
    screen_free(&scene.screen);
    experiment_free(&scene.experiment);
    return 0;
}

static double no_time(void) {
    return 0.0;
}

static void frame(void) {
    Intents intents = {.preset = -1}, late = {.preset = -1};
    scene.input.time += 1.0 / 60.0;
    Snapshot snapshot = experiment_snapshot(&scene.experiment);
    screen_widgets(&scene.screen, &scene.input, &snapshot, 1.0, &intents);
    for (int i = 0; i < intents.count; i++)
        experiment_push(&scene.experiment, intents.commands[i]);
    if (intents.count > 0)
        scene.intents = intents;
    experiment_advance(&scene.experiment, 0.0, no_time, 1.0);
    experiment_evaluate(&scene.experiment);
    snapshot = experiment_snapshot(&scene.experiment);
    assert_true(screen_draw(&scene.screen, &snapshot, "", &late, &status));
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
}

static const UiWidget *find(const char *name) {
    for (int i = 0; i < scene.screen.ui.widget_count; i++)
        if (strcmp(scene.screen.ui.widgets[i].name, name) == 0)
            return &scene.screen.ui.widgets[i];
    return NULL;
}

/* Brings a widget of the panel into view and presses it. */
static void click(const char *name) {
    frame();
    const UiWidget *widget = find(name);
    if (!widget)
        fail_msg("no widget %s", name);
    Rect panel = scene.screen.layout.panel;
    if (!widget->on_top)
        scene.screen.panel.scroll += widget->rect.y + widget->rect.h / 2 - (panel.y + panel.h / 2);
    frame();
    frame();
    widget = find(name);
    scene.input.mouse_inside = true;
    scene.input.mouse_x = widget->rect.x + widget->rect.w / 2;
    scene.input.mouse_y = widget->rect.y + widget->rect.h / 2;
    scene.input.pressed = scene.input.down = true;
    scene.input.clicks = 1;
    frame();
    scene.input.released = true;
    scene.input.down = false;
    frame();
    scene.input.mouse_x = scene.input.mouse_y = -1.0f;
    frame();
    frame();
}

static const Settings *now(void) {
    return &scene.experiment.trainer->settings;
}

static void each_pace_has_its_settings(void **state) {
    (void)state;
    static const char *const OF[][6] = {
        [PACE_MULTIPLICATIVE] = {"growing-factor"},
        [PACE_ADDITIVE] = {"growing-step"},
        [PACE_SHARE] = {"share-start", "share-end", "share-epochs", "share-curve"},
        [PACE_CLASS_SHARE] = {"share-start", "share-end", "share-epochs", "share-curve"}};
    static const char *const ALL[] = {"growing-factor", "growing-step", "share-start",
                                      "share-end",      "share-epochs", "share-curve"};
    scene.screen.panel.pace_open = true;
    for (int pace = PACE_CLASS_SHARE; pace >= PACE_MULTIPLICATIVE; pace--) {
        char item[32];
        snprintf(item, sizeof item, "pace-%d", pace);
        click("pace");
        click(item);
        assert_int_equal(now()->pace, pace);
        for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++) {
            bool expected = false;
            for (int k = 0; k < 6 && OF[pace][k]; k++)
                expected = expected || strcmp(OF[pace][k], ALL[i]) == 0;
            /* a choice of three has a widget for each */
            char part[48];
            snprintf(part, sizeof part, "%s%s", ALL[i], strcmp(ALL[i], "share-curve") == 0 ? "-0" : "");
            if ((find(part) != NULL) != expected)
                fail_msg("pace %d: %s is %s", pace, part, expected ? "missing" : "there");
        }
        assert_non_null(find("warmup"));
        assert_non_null(find("diversity"));
    }
}

static void settings_without_effect_are_not_shown(void **state) {
    (void)state;
    scene.screen.panel.pace_open = true;
    frame();
    frame();
    assert_null(find("power"));
    assert_null(find("cap"));
    assert_null(find("groups-0"));
    Settings s = *now();
    s.diversity = 0.1;
    experiment_push(&scene.experiment, (Command){.kind = COMMAND_SETTINGS, .settings = s});
    frame();
    frame();
    assert_non_null(find("groups-0"));
    s.diversity = 0.0;
    s.regularizer = REGULARIZER_POLYNOMIAL;
    experiment_push(&scene.experiment, (Command){.kind = COMMAND_SETTINGS, .settings = s});
    frame();
    frame();
    assert_non_null(find("power"));
    assert_null(find("groups-0"));
}

static void the_cap_is_put_on_and_off(void **state) {
    (void)state;
    scene.screen.panel.pace_open = true;
    click("cap-on");
    assert_true(now()->cap < CAP_NONE && now()->cap >= scene.experiment.trainer->threshold);
    assert_non_null(find("cap"));
    click("cap-on");
    assert_true(now()->cap == CAP_NONE);
    assert_null(find("cap"));
}

static void own_points_have_what_can_be_done_to_them(void **state) {
    (void)state;
    scene.screen.panel.own_points = true;
    scene.screen.panel.open[SECTION_DATA] = true;
    frame();
    frame();
    static const char *const THERE[] = {"outliers", "test", "standardize", "flip", "seed"};
    static const char *const NOT[] = {"dataset", "samples", "noise", "centroids", "anomaly"};
    for (size_t i = 0; i < sizeof THERE / sizeof *THERE; i++)
        assert_non_null(find(THERE[i]));
    for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++)
        assert_null(find(NOT[i]));
}

/* In the default window, all that folds can be seen and reached without scrolling, but for the last few. */
static void the_default_window_shows_the_sections(void **state) {
    (void)state;
    frame();
    frame();
    static const char *const HEADS[] = {"weight-curve",  "threshold-line",   "section-pace", "section-data",
                                        "section-model", "section-training", "section-run"};
    for (size_t i = 0; i < sizeof HEADS / sizeof *HEADS; i++) {
        const UiWidget *widget = find(HEADS[i]);
        assert_non_null(widget);
        assert_true(widget->visible.h >= widget->rect.h - 0.5f);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_pace_has_its_settings, setup, teardown),
        cmocka_unit_test_setup_teardown(settings_without_effect_are_not_shown, setup, teardown),
        cmocka_unit_test_setup_teardown(the_cap_is_put_on_and_off, setup, teardown),
        cmocka_unit_test_setup_teardown(own_points_have_what_can_be_done_to_them, setup, teardown),
        cmocka_unit_test_setup_teardown(the_default_window_shows_the_sections, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
