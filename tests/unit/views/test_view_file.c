/* The File menu: what stands in it, and what each row asks for. */
#include "app/views/view_file.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static FileState file;
static Intents late;

static void draw(Ui *ui) {
    (void)ui;
}
#define SHEET_DRAW(under) draw(under)
#define SHEET_TOUCH(input) (void)(input)
#include "tests/support/sheet_scene.h"

static const char *const recent[] = {"/data/a/very long name of a file of points, longer than a menu is wide.csv",
                                     "/home/ada/Daten/iris.csv"};

static int setup(void **state) {
    (void)state;
    file = (FileState){.recent = recent, .recent_count = 2};
    return setenv("HOME", "/home/ada", 1) || scene_setup(800, 600);
}

static int teardown(void **state) {
    (void)state;
    scene_teardown();
    return 0;
}

static void menu_frame(void) {
    late = (Intents){.preset = -1};
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    menu_card_touch(&file.menu, &scene.ui);
    file_widgets(&scene.ui, (Rect){8.0f, 8.0f, 70.0f, 32.0f}, &file, true);
    scene.ui.on_top = true;
    file_menu(&scene.ui, &file, &late);
    scene.ui.on_top = false;
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
    scene.input.time += 0.02;
}

static void click_at(const char *name) {
    menu_frame();
    point_at(name);
    scene.input.pressed = scene.input.down = true;
    scene.input.clicks = 1;
    menu_frame();
    scene.input.down = false;
    scene.input.released = true;
    menu_frame();
}

static void test_rows(void **state) {
    (void)state;
    static const struct {
        const char *row;
        FileAsk ask;
    } rows[] = {{"file-open", FILE_OPEN},      {"recent-0", FILE_RECENT}, {"recent-1", FILE_RECENT},
                {"file-export", FILE_EXPORT},  {"file-kept", FILE_KEPT},  {"file-save", FILE_SAVE},
                {"file-save-as", FILE_SAVE_AS}};
    file.kept_count = 2;
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        click_at("file");
        assert_true(file.menu.open);
        click_at(rows[i].row);
        assert_int_equal(late.file, rows[i].ask);
        assert_int_equal(late.recent, i == 2);
        assert_false(file.menu.open);
    }
    click_at("file");
    click_at("file-columns"); /* no file is open */
    assert_int_equal(late.file, FILE_ASKS_NOTHING);
    file.has_columns = true;
    click_at("file-columns");
    assert_int_equal(late.file, FILE_COLUMNS);
    click_at("file");
    click_at("file-picture");
    assert_true(late.save);
    click_at("file");
    click_at("file-copy-picture");
    assert_int_equal(late.file, FILE_COPY_PICTURE);
    click_at("file");
    menu_frame();
    const UiWidget *menu = find("file-menu");
    assert_true(menu && menu->rect.w < 500.0f && menu->rect.x + menu->rect.w <= 800.0f);
}

static void test_no_recent(void **state) {
    (void)state;
    file.recent_count = 0;
    click_at("file");
    menu_frame();
    assert_non_null(find("file-open"));
    assert_null(find("recent-0"));
    assert_null(find("file-kept")); /* nothing is unsaved */
    click_at("file-export");
    assert_int_equal(late.file, FILE_EXPORT);
}

/* In a small window the menu has as many recent files as there is room for, and stays in it. */
static void test_small_window(void **state) {
    (void)state;
    static const char *const many[] = {"/1.csv", "/2.csv", "/3.csv", "/4.csv", "/5.csv", "/6.csv", "/7.csv", "/8.csv"};
    assert_true(canvas_resize(&scene.canvas, 640, 360, &scene.status));
    file = (FileState){.recent = many, .recent_count = 8, .kept_count = 1};
    click_at("file");
    menu_frame();
    const UiWidget *menu = find("file-menu"), *last = find("file-export");
    assert_true(menu && menu->rect.y >= 40.0f && menu->rect.y + menu->rect.h <= 360.0f);
    assert_true(last && last->rect.y + last->rect.h <= menu->rect.y + menu->rect.h);
    assert_non_null(find("recent-0"));
    assert_null(find("recent-7"));
    assert_null(find("file-copy-picture"));
}

/* Whatever room there is, no more files than there are. */
static void test_no_room(void **state) {
    (void)state;
    assert_true(canvas_resize(&scene.canvas, 640, 60, &scene.status));
    file = (FileState){.recent = NULL, .recent_count = 0};
    click_at("file");
    menu_frame();
    assert_null(find("recent-0"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_rows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_recent, setup, teardown),
        cmocka_unit_test_setup_teardown(test_small_window, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_room, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
