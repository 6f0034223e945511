/* The sheet of sessions that were left unsaved: the mark, what continues, what discards, and that it asks first. */
#include "app/views/view_kept.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

enum { MOST = 14 };
static KeptState sheet;
static KeptRow rows[MOST];
static KeptWish wish;

static void draw(Ui *under) {
    if (!sheet.shown)
        return;
    KeptWish now = kept_sheet_draw(&sheet, under);
    wish = now.row >= 0 ? now : wish;
}
#define SHEET_DRAW(under) draw(under)
#define SHEET_TOUCH(input) kept_sheet_touch(&sheet, input)
#include "tests/support/sheet_scene.h"

static void show(int count) {
    wish = (KeptWish){.row = -1};
    sheet.rows = rows;
    sheet.count = count;
    kept_sheet_show(&sheet);
    frame();
    frame();
}

static int setup(void **state) {
    (void)state;
    for (int i = 0; i < MOST; i++) {
        snprintf(rows[i].title, sizeof rows[i].title, "Session %d", i);
        snprintf(rows[i].words, sizeof rows[i].words, "5 minutes ago: epoch 120, 14 unsaved steps");
    }
    return scene_setup(640, 480) || !kept_sheet_init(&sheet, &scene.status) ? -1 : 0;
}

static int teardown(void **state) {
    (void)state;
    kept_sheet_free(&sheet);
    scene_teardown();
    return 0;
}

static void test_keys(void **state) {
    (void)state;
    show(3);
    press_code(KEY_ENTER);
    assert_true(wish.goes_on && wish.row == 0 && !sheet.shown);
    show(3);
    press_code(KEY_DOWN);
    press_code(KEY_DOWN);
    press_code(KEY_DOWN); /* there are three */
    press_code(KEY_UP);
    press_code(KEY_ENTER);
    assert_true(wish.goes_on && wish.row == 1);
    show(3);
    press_code(KEY_ESCAPE);
    assert_true(!sheet.shown && wish.row < 0);
}

/* After one was discarded by the keys, the keys are the next one's. */
static void test_next(void **state) {
    (void)state;
    wish = (KeptWish){.row = -1};
    for (int tabs = 1; tabs < 9 && !wish.discard; tabs++) { /* until it is the button for that */
        show(3);
        press_code(KEY_DOWN);
        press_code(KEY_DELETE);
        for (int i = 0; i < tabs; i++)
            press_code(KEY_TAB);
        press_code(KEY_ENTER);
    }
    assert_true(wish.discard && wish.row == 1);
    sheet.count = 2; /* as its owner does */
    sheet.asked = -1;
    frame();
    press_code(KEY_ENTER);
    assert_true(wish.goes_on && wish.row == 1);
}

/* Nothing is discarded by one key or press. */
static void test_discard(void **state) {
    (void)state;
    show(2);
    press_code(KEY_DELETE);
    assert_true(wish.row < 0 && find("kept-yes") && find("kept-no"));
    press_code(KEY_ENTER); /* neither continues what is to go, nor lets it go */
    assert_false(wish.goes_on || wish.discard);
    frame();
    assert_null(find("kept-yes"));
    press_code(KEY_DELETE);
    press_code(KEY_ESCAPE);
    assert_true(sheet.shown && wish.row < 0);
    frame();
    click("kept-discard-1");
    frame();
    assert_true(wish.row < 0);
    click("kept-no");
    frame();
    assert_true(wish.row < 0 && !find("kept-yes"));
    click("kept-discard-1");
    frame();
    click("kept-yes");
    assert_true(wish.discard && wish.row == 1);
}

static void test_buttons(void **state) {
    (void)state;
    show(3);
    click("kept-continue-2");
    assert_true(wish.goes_on && wish.row == 2 && !sheet.shown);
    show(1);
    click("kept-close");
    assert_true(!sheet.shown && wish.row < 0);
}

/* More than there is room for: the mark is brought into view. */
static void test_many(void **state) {
    (void)state;
    show(MOST);
    assert_null(find("kept-13"));
    for (int i = 0; i < MOST; i++)
        press_code(KEY_DOWN);
    frame();
    const UiWidget *row = find("kept-13"), *all = find("kept-sheet");
    assert_true(row && row->rect.y >= all->rect.y && row->rect.y + row->rect.h <= all->rect.y + all->rect.h);
    press_code(KEY_ENTER);
    assert_true(wish.goes_on && wish.row == 13);
}

/* Home, End and the Page keys, as in every list of rows. */
static void test_far_keys(void **state) {
    (void)state;
    show(MOST);
    press_code(KEY_END);
    frame();
    assert_non_null(find("kept-13"));
    press_code(KEY_HOME);
    frame();
    assert_null(find("kept-13"));
    press_code(KEY_PAGE_DOWN);
    press_code(KEY_ENTER);
    assert_true(wish.goes_on && wish.row > 2 && wish.row < 10);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(test_next, setup, teardown),
        cmocka_unit_test_setup_teardown(test_discard, setup, teardown),
        cmocka_unit_test_setup_teardown(test_buttons, setup, teardown),
        cmocka_unit_test_setup_teardown(test_many, setup, teardown),
        cmocka_unit_test_setup_teardown(test_far_keys, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
