/* The sheet in which a note is written: what Enter and its buttons do; and the rows that notes need. */
#include "app/views/note_sheet.h"
#include "app/views/view_notes.h"

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
#include "app/ui/ui_spoken.h"
#include "tests/support/words_drawn.h"
#include "tests/support/words_of.h"

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

/* ---- the strip ---- */

static NotesState strip;

/* Both halves of a frame; the intents are those of its buttons. */
static void draw_strip(const Snapshot *s, bool large) {
    const Rect rect = {0.0f, 100.0f, 640.0f, 80.0f};
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    canvas_fill(&scene.canvas, THEME_LIGHT.card);
    intents = (Intents){.preset = -1};
    notes_touch(&scene.ui, rect, s, &intents);
    words_begin(&scene.canvas);
    (large ? notes_large_draw : notes_draw)(&scene.ui, rect, &strip, s);
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
}

static NotesAsk click_strip(const Snapshot *s, const char *name) {
    NotesAsk asked = NOTES_ASK_NOTHING;
    for (int i = 0; i < 3; i++) { /* over it, down, up */
        point_at(name);
        scene.input.down = scene.input.pressed = i == 1;
        scene.input.released = i == 2;
        scene.input.clicks = 1;
        draw_strip(s, false);
        asked = intents.notes != NOTES_ASK_NOTHING ? intents.notes : asked;
    }
    return asked;
}

/* Which note is on show, of how many; and without one, where the next or the last is. */
static void test_where_it_stands(void **state) {
    (void)state;
    Note two[] = {{.epoch = 4, .text = "the fifth"}, {.epoch = 9, .text = "the tenth"}};
    static const struct {
        int notes;
        uint32_t epoch;
        bool playing;
        int earlier, later;
        const char *words, *which, *named;
    } CASES[] = {
        {2, 5, false, 0, 0, "the fifth", "1 of 2", "notes-1-of-2"},
        {2, 10, false, 3, 1, "the tenth", "5 of 6", "notes-5-of-6"},
        {2, 2, false, 0, 0, "The next note is at epoch 5: Page Down.", "2 notes", "notes-none"},
        {2, 7, false, 0, 0, "The next note is at epoch 10: Page Down.", "2 notes", "notes-none"},
        {2, 7, true, 0, 0, "the fifth", "1 of 2", "notes-1-of-2"},
        {2, 12, false, 0, 0, "The last note was at epoch 10: Page Up.", "2 notes", "notes-none"},
        {2, 12, false, 0, 1, "More notes are to come: Page Down.", "3 notes", "notes-none"},
        {0, 3, false, 0, 1, "More notes are to come: Page Down.", "1 note", "notes-none"},
        {0, 3, true, 2, 0, "The last note was in the run before: Page Up.", "2 notes", "notes-none"},
        {0, 3, false, 0, 0, NULL, NULL, NULL},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        for (int large = 0; large < 2; large++) {
            Notes some = {two, CASES[i].notes};
            Snapshot s = {.notes = &some,
                          .epoch = CASES[i].epoch,
                          .playing = CASES[i].playing,
                          .notes_earlier = CASES[i].earlier,
                          .notes_later = CASES[i].later};
            draw_strip(&s, large);
            assert_int_equal(notes_rows(&strip, &scene.ui, 640.0f, large, &s) > 0, CASES[i].words != NULL);
            if (!CASES[i].words) {
                assert_string_equal(words_drawn(), "");
                continue;
            }
            words_must_have(CASES[i].words);
            words_must_have(CASES[i].which);
            assert_non_null(find(CASES[i].named));
        }
    Snapshot none = {.epoch = 3};
    draw_strip(&none, false);
    assert_string_equal(words_drawn(), "");
    words_end(&scene.canvas);
}

/* A lesson's notes are read, and read out, in the reader's language. */
static void test_language(void **state) {
    (void)state;
    char folder[] = "/tmp/easyfirst-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    WordsOf words[] = {{"", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"},
                       {"the fifth", "die f\xc3\xbcnfte"}};
    words_of(folder, "de", words, 2);
    Note one = {.epoch = 4, .text = "the fifth"};
    Notes some = {&one, 1};
    Snapshot s = {.notes = &some, .epoch = 5};
    for (int large = 0; large < 2; large++) {
        draw_strip(&s, large);
        words_must_have("die f\xc3\xbcnfte");
        const UiAnnounced *announced;
        assert_int_equal(ui_announced(&scene.ui, &announced), 1);
        assert_string_equal(announced[0].text, "die f\xc3\xbcnfte");
    }
    words_of_none(folder, "de");
    words_end(&scene.canvas);
}

/* Its buttons lead on and back where there is one, and none is written of a run that has not begun. */
static void test_buttons(void **state) {
    (void)state;
    Note two[] = {{.epoch = 4, .text = "the fifth"}, {.epoch = 9, .text = "the tenth"}};
    Notes some = {two, 2};
    static const struct {
        uint32_t epoch;
        bool back, on, edit;
    } CASES[] = {{0, false, true, false}, {7, true, true, true}, {12, true, false, true}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        Snapshot s = {.notes = &some, .epoch = CASES[i].epoch};
        draw_strip(&s, false);
        assert_int_equal(click_strip(&s, "notes-back") == NOTES_BACK, CASES[i].back);
        assert_int_equal(click_strip(&s, "notes-on") == NOTES_ON, CASES[i].on);
        assert_int_equal(click_strip(&s, "notes-edit") == NOTES_EDIT, CASES[i].edit);
    }
    words_end(&scene.canvas);
}

/* Longer than the strip can be: its first rows. Blanks alone between words, and none that can be broken, hold it up no
 * longer. */
static void test_long_notes(void **state) {
    (void)state;
    char text[NOTE_BYTES + 1];
    memset(text, 'w', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    NoteText broken = {0};
    draw_strip(&snapshot, false);
    note_wrap(&broken, &scene.ui, TEXT_WORDS, text, 60.0f);
    assert_int_equal(broken.count, NOTE_ROWS);
    for (size_t i = 3; i < sizeof text - 1; i += 4)
        text[i] = ' ';
    note_wrap(&broken, &scene.ui, TEXT_WORDS, text, 60.0f);
    assert_int_equal(broken.count, NOTE_ROWS);
    note_wrap(&broken, &scene.ui, TEXT_REASON, "short", 60.0f);
    assert_true(broken.count == 1 && broken.style == TEXT_REASON);
    note_wrap(&broken, &scene.ui, TEXT_WORDS, "short", 60.0f);
    assert_true(broken.count == 1 && broken.style == TEXT_WORDS);
    words_end(&scene.canvas);
}

/* Cancel, and a press beside it, leave the note as it was. */
static void test_left_as_it_was(void **state) {
    (void)state;
    show("as it was");
    type(" and more");
    click("note-cancel");
    assert_true(!sheet.shown && intents.count == 0);
    show("as it was");
    scene.input.mouse_x = scene.input.mouse_y = 3.0f;
    scene.input.pressed = true;
    frame();
    assert_true(!sheet.shown && intents.count == 0);
    show("as it was");
    static const UiKeyCode KEYS[] = {KEY_TAB, KEY_UP, KEY_DOWN};
    for (size_t i = 0; i < sizeof KEYS / sizeof *KEYS; i++)
        press_code(KEYS[i]);
    assert_true(sheet.shown && intents.count == 0);
    press_key((UiKey){.code = KEY_ENTER});
    assert_true(saved("as it was"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_enter_is_the_button, setup, teardown),
        cmocka_unit_test_setup_teardown(test_cancel, setup, teardown),
        cmocka_unit_test_setup_teardown(test_rows_of_strip_and_presentation, setup, teardown),
        cmocka_unit_test_setup_teardown(test_where_it_stands, setup, teardown),
        cmocka_unit_test_setup_teardown(test_language, setup, teardown),
        cmocka_unit_test_setup_teardown(test_buttons, setup, teardown),
        cmocka_unit_test_setup_teardown(test_long_notes, setup, teardown),
        cmocka_unit_test_setup_teardown(test_left_as_it_was, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
