/* The sheet that takes a path: typed, completed, chosen by arrows and by the pointer; what is wrong is said and the
 * text stays. */
#include "app/views/view_open.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static OpenState sheet;
static char *chosen, folder[64];

static void draw(Ui *under) {
    if (!sheet.shown)
        return;
    free(chosen);
    chosen = open_draw(&sheet, under);
}
#define SHEET_DRAW(under) draw(under)
#define SHEET_TOUCH(input) open_touch(&sheet, input)
#include "tests/support/sheet_scene.h"

static void make(const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fclose(file);
}

static int setup(void **state) {
    (void)state;
    char path[128];
    snprintf(folder, sizeof folder, "/tmp/easyfirst-test-XXXXXX");
    if (!mkdtemp(folder) || setenv("HOME", folder, 1) || scene_setup(1280, 720) || !open_init(&sheet, &scene.status))
        return -1;
    snprintf(path, sizeof path, "%s/sub", folder);
    mkdir(path, 0700);
    make("a.csv");
    make("b.csv");
    make("sub/deep.csv");
    open_show(&sheet, folder, "");
    frame();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    char command[128];
    free(chosen);
    chosen = NULL;
    open_free(&sheet);
    scene_teardown();
    snprintf(command, sizeof command, "rm -r '%s'", folder);
    return system(command);
}

static void assert_chosen(const char *name) {
    char path[256];
    snprintf(path, sizeof path, "%s/%s", folder, name);
    assert_non_null(chosen);
    assert_string_equal(chosen, path);
    assert_false(sheet.shown);
}

static void test_typed(void **state) {
    (void)state;
    assert_string_equal(sheet.text, "~/");
    assert_true(scene.ui.wants_text);
    type("b");
    assert_string_equal(sheet.text, "~/b");
    assert_non_null(find("open-0"));
    assert_null(find("open-1"));
    press_code(KEY_TAB);
    assert_string_equal(sheet.text, "~/b.csv");
    press_code(KEY_ENTER);
    assert_chosen("b.csv");
}

static void test_arrows(void **state) {
    (void)state;
    press_code(KEY_DOWN);
    press_code(KEY_ENTER); /* the folder, first of all */
    assert_true(sheet.shown);
    assert_string_equal(sheet.text, "~/sub/");
    frame();
    press_code(KEY_DOWN);
    press_code(KEY_DOWN); /* no further */
    press_code(KEY_ENTER);
    assert_chosen("sub/deep.csv");
}

static void test_pointer(void **state) {
    (void)state;
    press_down("open-0");
    let_go();
    assert_string_equal(sheet.text, "~/sub/");
    frame();
    assert_true(scene.ui.wants_text); /* typing goes on */
    press_down("open-0");
    let_go();
    assert_chosen("sub/deep.csv");
}

static void test_what_is_wrong(void **state) {
    (void)state;
    type("nothing");
    press_code(KEY_ENTER);
    frame();
    assert_true(sheet.shown);
    assert_null(chosen);
    assert_string_equal(sheet.text, "~/nothing");
    assert_non_null(strstr(sheet.message, "no file of that name"));
    assert_non_null(find("open-message"));
    press_code(KEY_BACKSPACE); /* another text: the message goes */
    frame();
    assert_null(find("open-message"));
}

static void test_left(void **state) {
    (void)state;
    press_code(KEY_ESCAPE);
    assert_false(sheet.shown);
    assert_null(chosen);
    open_show(&sheet, folder, "why");
    frame();
    assert_non_null(find("open-message"));
    press_down("open-cancel");
    let_go();
    assert_false(sheet.shown);
    open_show(&sheet, NULL, "");
    frame();
    scene.input.mouse_x = scene.input.mouse_y = 5.0f;
    scene.input.pressed = true;
    frame();
    assert_false(sheet.shown);
}

/* More names than there is room for: the mark stays in view. */
static void test_many(void **state) {
    (void)state;
    char name[32];
    for (int i = 0; i < 60; i++) {
        snprintf(name, sizeof name, "m%02d.csv", i);
        make(name);
    }
    open_show(&sheet, folder, "");
    type("m");
    for (int i = 0; i < 40; i++)
        press_code(KEY_DOWN);
    frame();
    assert_true(sheet.mark == 39 && sheet.first + sheet.rows > 39 && sheet.first <= 39);
    press_code(KEY_PAGE_DOWN);
    press_code(KEY_PAGE_DOWN);
    press_code(KEY_PAGE_DOWN);
    press_code(KEY_ENTER);
    assert_chosen("m59.csv");
}

/* To save: the file need not be there, its folder has to be. Whether it is replaced is the owner's question. */
static void test_saves(void **state) {
    (void)state;
    char path[256];
    snprintf(path, sizeof path, "%s/new.easyfirst", folder);
    open_show_save(&sheet, path, "");
    frame();
    assert_string_equal(sheet.text, "~/new.easyfirst");
    press_code(KEY_ENTER);
    assert_chosen("new.easyfirst");
    snprintf(path, sizeof path, "%s/none/new", folder);
    open_show_save(&sheet, path, "");
    press_code(KEY_ENTER);
    assert_true(sheet.shown && strstr(sheet.message, "no folder"));
    snprintf(path, sizeof path, "%s/", folder);
    open_show_save(&sheet, path, "");
    press_code(KEY_ENTER);
    assert_true(sheet.shown); /* a folder is gone into */
    type("a.csv");
    click("open-open");
    assert_chosen("a.csv");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_typed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_arrows, setup, teardown),
        cmocka_unit_test_setup_teardown(test_pointer, setup, teardown),
        cmocka_unit_test_setup_teardown(test_what_is_wrong, setup, teardown),
        cmocka_unit_test_setup_teardown(test_left, setup, teardown),
        cmocka_unit_test_setup_teardown(test_many, setup, teardown),
        cmocka_unit_test_setup_teardown(test_saves, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
