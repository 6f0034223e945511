/* The question over the window: each answer by its button and its keys, what was wrong, and the progress of something
 * that can be stopped. */
#include "app/views/view_ask.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static AskState card;
static AskAnswer answer;

static void draw(Ui *under) {
    AskAnswer now = card.shown ? ask_draw(&card, under) : ASK_NOTHING;
    answer = now != ASK_NOTHING ? now : answer;
}
#define SHEET_DRAW(under) draw(under)
#define SHEET_TOUCH(input) ask_touch(&card, input)
#include "tests/support/sheet_scene.h"

static const AskQuestion QUESTION = {
    "Save 'moons'?", "3 steps since it was saved would be lost.", "Save", "Don't save", "Cancel", 'd'};

static void ask(const AskQuestion *question) {
    answer = ASK_NOTHING;
    ask_show(&card, question);
    frame();
    frame();
}

static int setup(void **state) {
    (void)state;
    return scene_setup(640, 480) || !ask_init(&card, &scene.status) ? -1 : 0;
}

static int teardown(void **state) {
    (void)state;
    ask_free(&card);
    scene_teardown();
    return 0;
}

static void test_keys(void **state) {
    (void)state;
    static const struct {
        UiKey key;
        AskAnswer answer;
    } keys[] = {{{.code = KEY_ENTER}, ASK_YES},
                {{.code = KEY_ESCAPE}, ASK_CANCEL},
                {{.code = KEY_CHARACTER, .character = 'd'}, ASK_NO},
                {{.code = KEY_CHARACTER, .character = 'd', .alt = true}, ASK_NO},
                {{.code = KEY_CHARACTER, .character = 'd', .ctrl = true}, ASK_NOTHING},
                {{.code = KEY_CHARACTER, .character = 'q'}, ASK_NOTHING},
                {{.code = KEY_ENTER, .repeat = true}, ASK_NOTHING}};
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        ask(&QUESTION);
        press_key(keys[i].key);
        assert_int_equal(answer, keys[i].answer);
        assert_int_equal(card.shown, keys[i].answer == ASK_NOTHING);
    }
}

static void test_buttons(void **state) {
    (void)state;
    static const char *const names[] = {"ask-yes", "ask-no", "ask-cancel"};
    for (int i = 0; i < 3; i++) {
        ask(&QUESTION);
        const UiWidget *sheet = find("ask-sheet"), *button = find(names[i]);
        assert_true(sheet && button && button->rect.x >= sheet->rect.x && button->rect.y >= sheet->rect.y);
        assert_true(button->rect.y + button->rect.h <= sheet->rect.y + sheet->rect.h);
        click(names[i]);
        assert_int_equal(answer, ASK_YES + i);
        assert_false(card.shown);
    }
}

/* Enter is the button's that Tab has come to; a press beside the card does nothing. */
static void test_focus(void **state) {
    (void)state;
    ask(&QUESTION);
    press_key((UiKey){.code = KEY_TAB});
    press_key((UiKey){.code = KEY_TAB});
    press_key((UiKey){.code = KEY_ENTER});
    frame();
    assert_int_equal(answer, ASK_NO);
    ask(&QUESTION);
    scene.input.mouse_x = scene.input.mouse_y = 2.0f;
    scene.input.pressed = true;
    frame();
    assert_true(card.shown);
}

static void test_trouble(void **state) {
    (void)state;
    ask(&QUESTION);
    assert_null(find("ask-trouble"));
    float height = find("ask-sheet")->rect.h;
    snprintf(card.trouble, sizeof card.trouble, "cannot write /mnt/stick/moons.easyfirst: No space left on device");
    frame();
    assert_non_null(find("ask-trouble"));
    assert_true(find("ask-sheet")->rect.h > height);
    press_key((UiKey){.code = KEY_ENTER});
    assert_int_equal(answer, ASK_YES);
}

static void test_progress(void **state) {
    (void)state;
    ask(&(AskQuestion){.title = "Opening moons.easyfirst", .words = "Epoch 120 of 300", .cancel = "Cancel"});
    card.share = 0.4;
    frame();
    assert_null(find("ask-yes"));
    assert_null(find("ask-no"));
    float width = find("ask-progress")->rect.w;
    card.share = 0.8;
    frame();
    assert_true(find("ask-progress")->rect.w > 1.9f * width);
    press_key((UiKey){.code = KEY_ENTER}); /* there is nothing to say yes to */
    assert_true(card.shown);
    press_key((UiKey){.code = KEY_ESCAPE});
    assert_int_equal(answer, ASK_CANCEL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(test_buttons, setup, teardown),
        cmocka_unit_test_setup_teardown(test_focus, setup, teardown),
        cmocka_unit_test_setup_teardown(test_trouble, setup, teardown),
        cmocka_unit_test_setup_teardown(test_progress, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
