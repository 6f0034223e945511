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

#include "tests/support/failing_places.h"

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

/* Up begins at the end; the ends hold; a list without names has no mark; and the list goes back with it. */
static void test_marks(void **state) {
    (void)state;
    char name[32];
    press_code(KEY_UP);
    assert_int_equal(sheet.mark, 2);
    for (int i = 0; i < 4; i++)
        press_code(KEY_UP);
    assert_int_equal(sheet.mark, 0);
    type("zzz");
    static const UiKeyCode KEYS[] = {KEY_UP, KEY_DOWN, KEY_PAGE_UP, KEY_PAGE_DOWN};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        press_code(KEYS[i]);
        assert_true(sheet.mark >= sheet.list.matches);
    }
    for (int i = 0; i < 60; i++) {
        snprintf(name, sizeof name, "m%02d.csv", i);
        make(name);
    }
    open_show(&sheet, folder, "");
    frame();
    type("m");
    frame();
    press_code(KEY_PAGE_UP); /* to the last page */
    assert_true(sheet.mark < 60 && sheet.first > 0);
    for (int i = 0; i < 9; i++)
        press_code(KEY_PAGE_UP);
    assert_true(sheet.mark == 0 && sheet.first == 0);
}

/* A folder need not end in a slash; its close button closes. */
static void test_folder(void **state) {
    (void)state;
    type("sub");
    press_code(KEY_ENTER);
    assert_string_equal(sheet.text, "~/sub/");
    assert_true(sheet.shown && !sheet.message[0]);
    frame();
    assert_non_null(find("open-0"));
    click("open-close");
    assert_true(!sheet.shown && !chosen);
    open_show(&sheet, "/", "");
    assert_string_equal(sheet.text, "/");
    frame();
}

/* What cannot be chosen says why, and the text stays. */
static void test_refused(void **state) {
    (void)state;
    static const struct {
        bool saves;
        const char *typed, *why;
    } CASES[] = {
        {false, "a.csv/deeper", "Not a directory"},
        {true, "none/", "Type the name of a file."},
        {true, "none/new", "There is no folder"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        if (CASES[i].saves)
            open_show_save(&sheet, folder, "");
        else
            open_show(&sheet, folder, "");
        frame();
        if (CASES[i].saves)
            type("/");
        type(CASES[i].typed);
        press_code(KEY_ENTER);
        assert_true(sheet.shown && !chosen);
        if (!strstr(sheet.message, CASES[i].why))
            fail_msg("'%s' for %s", sheet.message, CASES[i].typed);
    }
}

/* A path that the field has no room for is said to be too long, whichever way it comes. */
static void test_too_long(void **state) {
    (void)state;
    static char path[sizeof sheet.text + 1];
    memset(path, 'a', sizeof path - 1);
    path[0] = '/';
    open_show_save(&sheet, path, "");
    frame();
    assert_string_equal(sheet.text, "");
    assert_string_equal(sheet.message, "The path is too long for this field.");
    open_show(&sheet, path, "");
    assert_string_equal(sheet.message, "The path is too long for this field.");
    open_show(&sheet, folder, "");
    char long_name[260] = "";
    memset(long_name, 'n', 200);
    make(long_name);
    memset(sheet.text, '/', sizeof sheet.text - 100); /* a way round to the same folder */
    snprintf(sheet.text + sizeof sheet.text - 100, 100, "%s/n", folder);
    frame();
    type("n");
    static const UiKeyCode KEYS[] = {KEY_TAB, KEY_ENTER};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++) {
        sheet.message[0] = '\0';
        press_code(KEY_DOWN);
        press_code(KEYS[i]);
        assert_true(sheet.shown && !chosen);
        assert_string_equal(sheet.message, "The path is too long for this field.");
    }
}

/* ---- without memory ---- */

static bool try_choosing(void *user) {
    bool saves = *(bool *)user;
    char path[256];
    snprintf(path, sizeof path, "%s/b.csv", folder);
    free(chosen);
    chosen = NULL;
    if (saves)
        open_show_save(&sheet, path, "");
    else
        open_show(&sheet, folder, "");
    frame();
    if (!saves)
        type("b");
    press_code(KEY_TAB);
    press_code(KEY_ENTER);
    return chosen != NULL;
}

static void check_chosen(void *user, bool done) {
    if (!done) {
        assert_true(sheet.shown && !chosen);
        frame();
        assert_int_equal(find("open-message") != NULL, sheet.message[0] != '\0');
        assert_true(try_choosing(user)); /* once there is some again */
    }
    assert_chosen("b.csv");
}

static void test_no_memory(void **state) {
    (void)state;
    int tried = 0;
    for (int saves = 0; saves < 2; saves++)
        tried += try_each_place(try_choosing, check_chosen, &(bool){saves});
    assert_true(tried > 8);
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
        cmocka_unit_test_setup_teardown(test_marks, setup, teardown),
        cmocka_unit_test_setup_teardown(test_folder, setup, teardown),
        cmocka_unit_test_setup_teardown(test_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_too_long, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_memory, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
