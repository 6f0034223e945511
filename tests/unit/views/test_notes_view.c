/* The sheet in which a note is written: what Enter and its buttons do; and the rows that notes need. */
#include "app/views/note_sheet.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static NoteSheet sheet;
static Intents intents;

static void draw(Ui *under) {
    intents = (Intents){.preset = -1};
    if (sheet.shown)
        note_sheet_draw(&sheet, under, &intents);
}
#define SHEET_DRAW(under) draw(under)
#define SHEET_TOUCH(input) note_sheet_touch(&sheet, input)
#include "tests/support/sheet_scene.h"

static Note note = {.epoch = 4};
static Notes notes = {&note, 1};
static Snapshot snapshot = {.notes = &notes, .epoch = 5};

static void show(char *text) {
    note.text = text;
    notes.count = text ? 1 : 0;
    note_sheet_show(&sheet, &snapshot);
    frame();
    frame();
}

static int setup(void **state) {
    (void)state;
    return scene_setup(640, 480) || !note_sheet_init(&sheet, &scene.status) ? -1 : 0;
}

static int teardown(void **state) {
    (void)state;
    note_sheet_free(&sheet);
    scene_teardown();
    return 0;
}

static bool saved(const char *text) {
    return !sheet.shown && intents.count == 1 && intents.commands[0].kind == COMMAND_NOTE &&
           intents.commands[0].note.epoch == 4 && strcmp(intents.commands[0].note.text, text) == 0;
}

/* Enter does what Save does, and nothing where Save does nothing. */
static void test_enter_is_the_button(void **state) {
    (void)state;
    show(NULL);
    click("note-save");
    assert_true(sheet.shown && intents.count == 0);
    press_code(KEY_ENTER);
    assert_true(sheet.shown && intents.count == 0);
    type("look here");
    press_code(KEY_ENTER);
    assert_true(saved("look here"));
    show("as it was");
    click("note-save");
    assert_true(saved("as it was"));
    show("as it was");
    sheet.text[0] = '\0';
    press_code(KEY_ENTER); /* emptied: it goes */
    assert_true(saved(""));
    show("as it was");
    memset(sheet.text, 'x', NOTE_BYTES + 1);
    press_code(KEY_ENTER);
    assert_true(sheet.shown && intents.count == 0);
}

static void test_cancel(void **state) {
    (void)state;
    show("as it was");
    click("note-remove");
    assert_true(saved(""));
    show("as it was");
    press_code(KEY_ESCAPE);
    assert_true(!sheet.shown && intents.count == 0);
}

/* The presentation's type is another: what the strip needs is no answer for it, at the same width. */
static void test_rows_of_strip_and_presentation(void **state) {
    (void)state;
    show("The threshold stands at the largest loss of the easy points: look at the lone triangle in the lower left, "
         "which no epoch before this one has called easy, and at the two squares beside it.");
    int others = 0;
    for (float width = 400.0f; width <= 1200.0f; width += 100.0f) {
        NotesState both = {0}, alone = {0};
        int strip = notes_rows(&both, &scene.ui, width, false, &snapshot);
        int large = notes_rows(&alone, &scene.ui, width, true, &snapshot);
        assert_int_equal(notes_rows(&both, &scene.ui, width, true, &snapshot), large);
        assert_int_equal(notes_rows(&both, &scene.ui, width, false, &snapshot), strip);
        others += large != strip;
    }
    assert_true(others > 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_enter_is_the_button, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cancel, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rows_of_strip_and_presentation, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
