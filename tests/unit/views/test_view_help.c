/* The help sheet by events: tabs, scrolling, what the buttons ask for, how it closes; in the smallest window, too. */
#include "app/views/view_help.h"

#include "app/ui/ui_widget.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct {
    Preset *presets;
    size_t count;
    int own;
    HelpState help;
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    Intents late;
    HelpWish wish;
    bool taken; /* the keys were the sheet's */
    Status status;
} scene;

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    scene.text = text_new(FONT_DIR, 1, &scene.status);
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .mouse_inside = true, .time = 100.0};
    return scene.text && ui_init(&scene.ui, &scene.status) && help_init(&scene.help, &scene.status) &&
                   canvas_resize(&scene.canvas, 640, 480, &scene.status) &&
                   preset_list(&scene.presets, &scene.count, PRESET_DIR, &scene.status)
               ? 0
               : -1;
}

static int teardown(void **state) {
    (void)state;
    free(scene.presets);
    help_free(&scene.help);
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    return 0;
}

static void frame(void) {
    UiInput none = {.time = scene.input.time};
    scene.late = (Intents){.preset = -1};
    scene.taken = help_touch(&scene.help, &scene.input);
    ui_begin(&scene.ui, &none, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    canvas_fill(&scene.canvas, THEME_LIGHT.ground);
    ui_end(&scene.ui);
    HelpScene presets = {scene.presets, (int)scene.count, scene.own};
    scene.wish = help_draw(&scene.help, &scene.ui, &presets, &scene.late);
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
    scene.input.time += 0.02;
}

static void press_key(UiKeyCode code) {
    scene.input.keys[0] = (UiKey){.code = code};
    scene.input.key_count = 1;
    frame();
}

static const UiWidget *find(const char *name) {
    for (int i = 0; i < scene.ui.widget_count; i++)
        if (strcmp(scene.ui.widgets[i].name, name) == 0 && scene.ui.widgets[i].rect.h >= 1.0f)
            return &scene.ui.widgets[i];
    return NULL;
}

static void click(const char *name) {
    const UiWidget *w = find(name);
    if (!w)
        fail_msg("no %s", name);
    scene.input.mouse_x = w->rect.x + w->rect.w / 2;
    scene.input.mouse_y = w->rect.y + w->rect.h / 2;
    frame();
    scene.input.pressed = scene.input.down = true;
    frame();
    scene.input.down = false;
    scene.input.released = true;
    frame();
}

static void it_fits_the_smallest_window(void **state) {
    (void)state;
    for (int tab = 0; tab < HELP_TABS; tab++) {
        scene.help.tab = (HelpTab)tab;
        frame();
        frame();
        const UiWidget *sheet = find("help-sheet"), *tour = find("start-tour");
        assert_non_null(sheet);
        assert_non_null(tour);
        assert_true(sheet->rect.x >= 0.0f && sheet->rect.y >= 0.0f);
        assert_true(sheet->rect.x + sheet->rect.w <= 640.0f && sheet->rect.y + sheet->rect.h <= 480.0f);
        assert_true(tour->rect.y + tour->rect.h <= sheet->rect.y + sheet->rect.h);
        assert_true(scene.help.height[tab] > 300.0f); /* more than the sheet shows: */
        press_key(KEY_END);
        frame();
        float end = scene.help.scroll;
        assert_true(end > 0.0f);
        press_key(KEY_DOWN); /* no further */
        frame();
        assert_true(scene.help.scroll == end);
        press_key(KEY_PAGE_UP);
        frame();
        assert_true(scene.help.scroll < end);
        press_key(KEY_HOME);
        frame();
        assert_true(scene.help.scroll == 0.0f);
        press_key(KEY_DOWN);
        frame();
        assert_true(scene.help.scroll > 0.0f);
    }
}

static void tabs_by_key_and_pointer(void **state) {
    (void)state;
    frame();
    assert_int_equal(scene.help.tab, HELP_KEYS);
    press_key(KEY_LEFT);
    assert_int_equal(scene.help.tab, HELP_KEYS);
    press_key(KEY_DOWN);
    press_key(KEY_RIGHT);
    assert_int_equal(scene.help.tab, HELP_WORDS);
    assert_true(scene.help.scroll == 0.0f); /* from its top */
    press_key(KEY_RIGHT);
    press_key(KEY_RIGHT);
    assert_int_equal(scene.help.tab, HELP_TRY);
    click("help-tab-1");
    assert_int_equal(scene.help.tab, HELP_WORDS);
}

/* Five to eight things, each with a button that starts its run; also by Tab and Enter, which brings it into view. */
static void what_to_try_is_started(void **state) {
    (void)state;
    scene.help.tab = HELP_TRY;
    scene.own = 1; /* points of one's own stand before the presets */
    canvas_resize(&scene.canvas, 1280, 1000, &scene.status);
    frame();
    frame();
    int things = 0;
    for (size_t i = 0; i < scene.count; i++) {
        char name[80];
        snprintf(name, sizeof name, "try-%s", scene.presets[i].name);
        if (!find(name))
            continue;
        things++;
        click(name);
        assert_int_equal(scene.late.preset, (int)i + 1);
        assert_true(scene.wish.close);
        assert_false(scene.wish.tour);
    }
    assert_true(things >= 5 && things <= 8);
    canvas_resize(&scene.canvas, 640, 480, &scene.status);
    scene.input.mouse_x = scene.input.mouse_y = -1.0f;
    frame();
    for (int i = 0; i < 12 && scene.late.preset < 0; i++) { /* the last one: out of view at first */
        press_key(KEY_TAB);
        frame();
        if (scene.help.sheet.ui.focus == ui_id("try-too-fast"))
            press_key(KEY_ENTER);
    }
    assert_true(scene.late.preset > 0);
    assert_string_equal(scene.presets[scene.late.preset - 1].name, "too-fast");
    assert_true(scene.help.scroll > 0.0f);
}

static void the_tour_is_asked_for(void **state) {
    (void)state;
    frame();
    click("start-tour");
    assert_true(scene.wish.tour && scene.wish.close);
}

static void it_closes(void **state) {
    (void)state;
    frame();
    press_key(KEY_ESCAPE);
    assert_true(scene.wish.close);
    press_key(KEY_F1);
    assert_true(scene.wish.close);
    scene.input.keys[0] = (UiKey){.code = KEY_CHARACTER, .character = '?', .shift = true};
    scene.input.key_count = 1;
    frame();
    assert_true(scene.wish.close);
    click("help-close");
    assert_true(scene.wish.close);
    scene.input.mouse_x = 300.0f; /* on it, on nothing */
    scene.input.mouse_y = 240.0f;
    scene.input.pressed = true;
    frame();
    assert_false(scene.wish.close);
    scene.input.mouse_x = 2.0f; /* beside it */
    scene.input.pressed = true;
    frame();
    assert_true(scene.wish.close);
}

/* Its keys are no shortcuts of the window; those for the window's size and its end are. */
static void keys_are_its_own(void **state) {
    (void)state;
    press_key(KEY_SPACE);
    assert_true(scene.taken);
    static const struct {
        UiKey key;
        bool taken;
    } cases[] = {{{.code = KEY_CHARACTER, .character = 'r'}, true},
                 {{.code = KEY_CHARACTER, .character = 'q'}, false},
                 {{.code = KEY_CHARACTER, .character = '+', .ctrl = true}, false}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        scene.input.keys[0] = cases[i].key;
        scene.input.key_count = 1;
        frame();
        assert_true(scene.taken == cases[i].taken);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(it_fits_the_smallest_window, setup, teardown),
        cmocka_unit_test_setup_teardown(tabs_by_key_and_pointer, setup, teardown),
        cmocka_unit_test_setup_teardown(what_to_try_is_started, setup, teardown),
        cmocka_unit_test_setup_teardown(the_tour_is_asked_for, setup, teardown),
        cmocka_unit_test_setup_teardown(it_closes, setup, teardown),
        cmocka_unit_test_setup_teardown(keys_are_its_own, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
