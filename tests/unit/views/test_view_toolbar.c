/* The top bar: what is there at which width, that nothing overlaps, what its figures say, and that each thing on it
 * says what it is. */
#include "app/views/view_toolbar.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { H = 400 };

static struct {
    Settings settings;
    Dataset data;
    Snapshot snapshot;
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    ToolbarState bar;
    Intents intents, late;
    Status status;
} scene;

static const char *const titles[] = {"The post's run"};

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    settings_default(&scene.settings);
    if (!dataset_init(&scene.data, 100, 2, &scene.status))
        return -1;
    scene.snapshot = (Snapshot){.settings = &scene.settings,
                                .data = &scene.data,
                                .epoch = 6,
                                .batches = 1,
                                .easy = 74,
                                .accuracy = 0.817,
                                .test_accuracy = NAN};
    scene.bar = (ToolbarState){.presets = titles, .preset_count = 1, .speed = 0.8, .watch = "Look here."};
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .mouse_inside = true, .time = 100.0};
    scene.text = text_new(FONT_DIR, 1.0f, &scene.status);
    return scene.text && ui_init(&scene.ui, &scene.status) && canvas_resize(&scene.canvas, 1280, H, &scene.status) ? 0
                                                                                                                   : -1;
}

static int teardown(void **state) {
    (void)state;
    dataset_free(&scene.data);
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    return 0;
}

static void frame(void) {
    scene.intents = scene.late = (Intents){.preset = -1};
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    canvas_fill(&scene.canvas, THEME_LIGHT.card);
    toolbar_widgets(&scene.ui, (Rect){0.0f, 0.0f, (float)scene.canvas.width, TOP_BAR}, &scene.bar, &scene.snapshot,
                    &scene.intents);
    toolbar_figures(&scene.ui, &scene.bar, &scene.snapshot);
    toolbar_menu(&scene.ui, &scene.bar, &scene.late);
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
    scene.input.time += 0.02;
}

#include "tests/support/ui_scene.h"

static void click(const char *name) {
    point_at(name);
    frame();
    scene.input.pressed = scene.input.down = true;
    frame();
    scene.input.down = false;
    scene.input.released = true;
    frame();
}

/* Play does not jump to now from an epoch that is looked at: it shows the epochs from there once more. */
static void play_while_looking_back_replays(void **state) {
    (void)state;
    scene.snapshot.looking_back = true;
    frame();
    click("play");
    assert_int_equal(scene.intents.count, 1);
    assert_int_equal(scene.intents.commands[0].kind, COMMAND_REPLAY);
    scene.snapshot.replaying = true;
    click("play");
    assert_int_equal(scene.intents.commands[0].kind, COMMAND_PAUSE);
    scene.snapshot.looking_back = scene.snapshot.replaying = false;
    click("play");
    assert_int_equal(scene.intents.commands[0].kind, COMMAND_PLAY);
}

/* Every width that a window can have, with the longest figures: side by side, inside the bar. */
static void nothing_overlaps(void **state) {
    (void)state;
    scene.settings.epochs = 12345678;
    scene.snapshot.epoch = 12345677;
    for (int file = 0; file < 2; file++)
        for (int width = 640; width <= 2000; width += 4) {
            scene.bar.file = file;
            assert_true(canvas_resize(&scene.canvas, width, 60, &scene.status));
            frame();
            for (int i = 0; i < scene.ui.widget_count; i++) {
                const UiWidget *a = &scene.ui.widgets[i];
                if (a->rect.x < 4.0f || a->rect.x + a->rect.w > (float)width - 4.0f)
                    fail_msg("%s leaves the bar at %d", a->name, width);
                for (int k = 0; k < i; k++) {
                    const UiWidget *b = &scene.ui.widgets[k];
                    if (a->rect.x < b->rect.x + b->rect.w && b->rect.x < a->rect.x + a->rect.w)
                        fail_msg("%s and %s overlap at %d", a->name, b->name, width);
                }
                bool before = file && a->rect.x < scene.bar.file_place.x + scene.bar.file_place.w;
                if (before != (strcmp(a->name, "file") == 0))
                    fail_msg("%s stands where File should, or does not, at %d", a->name, width);
            }
        }
}

static void what_gives_way(void **state) {
    (void)state;
    static const struct {
        int width;
        bool speed, easy, menu;
    } cases[] = {{1280, true, true, false}, {1000, true, true, false}, {640, false, true, true}};
    for (size_t i = 0; i < 3; i++) {
        assert_true(canvas_resize(&scene.canvas, cases[i].width, H, &scene.status));
        frame();
        assert_true((find("speed") != NULL) == cases[i].speed);
        assert_true((find("figure-easy") != NULL) == cases[i].easy);
        assert_true((find("menu") != NULL) == cases[i].menu);
        assert_true((find("help") != NULL) == !cases[i].menu);
        assert_non_null(find("figure-epoch"));
        assert_non_null(find("figure-accuracy"));
    }
    scene.settings.epochs = 1000000; /* longer figures: the share of easy points goes, the other two stay */
    scene.bar.file = true;
    frame();
    assert_null(find("figure-easy"));
    assert_non_null(find("figure-epoch"));
    assert_non_null(find("figure-accuracy"));
}

/* Soft weights: their sum beside the easy share; in its place where every point keeps some; in a small window it goes
 * first. */
static void soft_weights_have_a_figure(void **state) {
    (void)state;
    static const struct {
        int regularizer, order, width;
        bool weight, easy;
    } cases[] = {
        {REGULARIZER_HARD, ORDER_EASY, 1280, false, true},      {REGULARIZER_LINEAR, ORDER_EASY, 1280, true, true},
        {REGULARIZER_LINEAR, ORDER_ALL, 1280, false, true},     {REGULARIZER_LOGISTIC, ORDER_EASY, 1280, true, false},
        {REGULARIZER_SUPERLOSS, ORDER_EASY, 1280, true, false}, {REGULARIZER_LINEAR, ORDER_EASY, 640, false, true}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_true(canvas_resize(&scene.canvas, cases[i].width, H, &scene.status));
        scene.settings.regularizer = cases[i].regularizer;
        scene.settings.order = cases[i].order;
        frame();
        assert_true((find("figure-weight") != NULL) == cases[i].weight);
        assert_true((find("figure-easy") != NULL) == cases[i].easy);
        assert_non_null(find("figure-accuracy"));
    }
}

/* What is shown for one snapshot and another. */
static bool looks_the_same(void) {
    size_t bytes = sizeof(uint32_t) * (size_t)scene.canvas.width * H;
    static uint32_t last[2000 * H];
    bool same = memcmp(last, scene.canvas.pixels, bytes) == 0;
    memcpy(last, scene.canvas.pixels, bytes);
    return same;
}

static void the_epoch_is_that_of_the_last_whole_one(void **state) {
    (void)state;
    scene.snapshot.batches = 10;
    frame();
    looks_the_same();
    scene.snapshot.batch = 9;
    frame();
    assert_true(looks_the_same());
    scene.snapshot.epoch++;
    scene.snapshot.batch = 0;
    frame();
    assert_false(looks_the_same());
}

static void the_accuracy_is_that_on_test_points(void **state) {
    (void)state;
    frame();
    looks_the_same();
    scene.snapshot.accuracy = 0.417;
    frame();
    assert_false(looks_the_same());
    scene.snapshot.test_accuracy = 0.9;
    frame();
    assert_false(looks_the_same());
    scene.snapshot.accuracy = 0.1; /* not on show any more */
    frame();
    assert_true(looks_the_same());
    scene.snapshot.test_accuracy = 0.8;
    frame();
    assert_false(looks_the_same());
    scene.settings.order = ORDER_HARD; /* what is in use is not easy there */
    frame();
    assert_false(looks_the_same());
}

/* Buttons have a tooltip, figures the glossary's card, the run what to watch in it. */
static void everything_says_what_it_is(void **state) {
    (void)state;
    static const int widths[] = {1280, 640};
    for (int k = 0; k < 2; k++) {
        assert_true(canvas_resize(&scene.canvas, widths[k], H, &scene.status));
        scene.input.mouse_x = scene.input.mouse_y = -1.0f;
        frame();
        char names[40][48];
        int count = scene.ui.widget_count;
        for (int i = 0; i < count; i++)
            memcpy(names[i], scene.ui.widgets[i].name, sizeof names[i]);
        for (int i = 0; i < count; i++) {
            scene.input.mouse_x = scene.input.mouse_y = -1.0f;
            frame();
            point_at(names[i]);
            frame();
            scene.input.time += 0.5;
            frame();
            if (!find("tooltip") && !find("card"))
                fail_msg("nothing says what %s is", names[i]);
        }
    }
}

static void the_small_windows_menu(void **state) {
    (void)state;
    assert_true(canvas_resize(&scene.canvas, 640, H, &scene.status));
    frame();
    assert_null(find("menu-sheet"));
    click("menu");
    frame();
    assert_non_null(find("menu-sheet"));
    click("theme");
    assert_true(scene.late.toggle_theme);
    frame();
    assert_null(find("menu-sheet"));
    click("menu");
    click("present");
    assert_true(scene.late.toggle_present);
    click("menu");
    click("help");
    assert_true(scene.late.toggle_help);
    click("menu");
    scene.input.keys[0] = (UiKey){.code = KEY_ESCAPE};
    scene.input.key_count = 1;
    frame();
    assert_true(scene.ui.keyboard_taken);
    assert_null(find("menu-sheet"));
    click("menu");
    frame();
    scene.input.mouse_x = 300.0f; /* beside it */
    scene.input.mouse_y = 300.0f;
    scene.input.pressed = scene.input.down = true;
    frame();
    scene.input.down = false;
    frame();
    assert_null(find("menu-sheet"));
}

static void the_presentation_and_help_are_asked_for(void **state) {
    (void)state;
    frame();
    click("present");
    assert_true(scene.intents.toggle_present);
    click("help");
    assert_true(scene.intents.toggle_help);
    click("preset");
    assert_true(scene.intents.toggle_presets);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(nothing_overlaps, setup, teardown),
        cmocka_unit_test_setup_teardown(play_while_looking_back_replays, setup, teardown),
        cmocka_unit_test_setup_teardown(what_gives_way, setup, teardown),
        cmocka_unit_test_setup_teardown(soft_weights_have_a_figure, setup, teardown),
        cmocka_unit_test_setup_teardown(the_epoch_is_that_of_the_last_whole_one, setup, teardown),
        cmocka_unit_test_setup_teardown(the_accuracy_is_that_on_test_points, setup, teardown),
        cmocka_unit_test_setup_teardown(everything_says_what_it_is, setup, teardown),
        cmocka_unit_test_setup_teardown(the_small_windows_menu, setup, teardown),
        cmocka_unit_test_setup_teardown(the_presentation_and_help_are_asked_for, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
