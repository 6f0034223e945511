/* The hand on the timeline: looking back by strips and pill, zoom and pan, marks by pointer and keys, its grip. */
#include "app/views/view_timeline.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/support/words_drawn.h"
#include "tests/support/words_of.h"
#include "tests/unit/views/timeline_scene.h"

/* ---- hands ---- */

static void press_at(float x, float y, int clicks) {
    scene.input.mouse_x = x;
    scene.input.mouse_y = y;
    scene.input.mouse_inside = scene.input.down = scene.input.pressed = true;
    scene.input.clicks = clicks;
    frame();
}

static void wheel(float notches) {
    scene.input.wheel = notches;
    frame();
    frame(); /* what is laid out follows */
}

static void key(UiKeyCode code, uint32_t character) {
    scene.input.keys[scene.input.key_count++] = (UiKey){.code = code, .character = character};
    frame();
}

/* ---- looking back ---- */

static int setup(void **state) {
    (void)state;
    scene_begin(2, 900, 150, 1.0f);
    scene_flat(6);
    frame();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    scene_end();
    return 0;
}

/* The one command of the last frame is a look at that epoch (from 0). */
static void looks_at(int64_t epoch) {
    assert_int_equal(scene.intents.count, 1);
    assert_int_equal(scene.intents.commands[0].kind, COMMAND_LOOK);
    assert_int_equal(scene.intents.commands[0].epoch, epoch);
}

static void look_back(uint32_t epochs) {
    scene.snapshot.looking_back = true;
    scene.snapshot.epoch = epochs;
    frame();
}

static void strips_scrub(void **state) {
    (void)state;
    Rect strips = widget("timeline");
    float y = strips.y + strips.h / 2;
    press_at(epoch_x(3.2), y, 1);
    looks_at(2);
    look_back(3);
    assert_int_equal(scene.intents.count, 0); /* it is there already */
    move_to(epoch_x(4.6), y);
    looks_at(4);
    move_to(epoch_x(9.0), y); /* to the right of the newest is now */
    looks_at(-1);
    move_to(-50.0f, y + 400.0f); /* the drag goes on outside */
    looks_at(0);
    release();
    move_to(epoch_x(2.0), y);
    assert_int_equal(scene.intents.count, 0);
    assert_int_equal(scene.timeline.hovered, 1);
}

static void the_pill_scrubs(void **state) {
    (void)state;
    Rect pill = widget("timeline-pill");
    assert_true(fabsf(pill.x + pill.w / 2 - epoch_x(6.0)) < 1.0f);
    float x = pill.x + 2.0f, y = pill.y + pill.h / 2; /* at its edge: it does not jump */
    press_at(x, y, 1);
    assert_int_equal(scene.intents.count, 0);
    move_to(x + epoch_x(4.0) - epoch_x(6.0), y);
    looks_at(3);
    look_back(4);
    pill = widget("timeline-pill");
    assert_true(fabsf(pill.x + pill.w / 2 - epoch_x(4.0)) < 1.0f);
    move_to(x + epoch_x(8.0) - epoch_x(6.0), y);
    looks_at(-1);
    release();
    scene.snapshot.looking_back = false; /* epochs narrower than the pill: its edge is not another epoch */
    scene.settings.epochs = 90;
    scene_flat(50);
    frame();
    pill = widget("timeline-pill");
    press_at(pill.x + 1.0f, y, 1);
    move_to(pill.x + 2.0f, y);
    assert_int_equal(scene.intents.count, 0);
    release();
}

/* Within an epoch the line is on its way to the next tick; the pill stands at the one that it names. */
static void the_pill_stands_at_its_epoch(void **state) {
    (void)state;
    frame();
    Rect before = widget("timeline-pill");
    scene.snapshot.batches = 10;
    scene.snapshot.batch = 9;
    scene.snapshot.version++;
    frame();
    Rect within = widget("timeline-pill");
    assert_true(within.x == before.x && within.w == before.w);
}

/* Says of that epoch what its record says, in the accent's colour. */
static void looking_back_is_seen(void **state) {
    (void)state;
    Rect pill = widget("timeline-pill");
    assert_int_equal(pixel(pill.x + 5.0f, pill.y + pill.h / 2), scene.theme->text);
    scene.records[2].easy = SCENE_POINTS;
    look_back(3);
    pill = widget("timeline-pill");
    assert_int_equal(pixel(pill.x + 5.0f, pill.y + pill.h / 2), scene.theme->accent);
    Rect strips = widget("timeline");
    assert_int_equal(pixel(epoch_x(3.0), strips.y + 25.0f), scene.theme->accent);
}

static void a_replay_is_ended_by_the_strips(void **state) {
    (void)state;
    scene.snapshot.replaying = true;
    look_back(3);
    Rect strips = widget("timeline");
    press_at(epoch_x(3.0), strips.y + 20.0f, 1); /* where it is: the press stops it */
    looks_at(2);
}

static void the_wheel_zooms_at_the_pointer(void **state) {
    (void)state;
    Rect strips = widget("timeline");
    float x = epoch_x(4.0), y = strips.y + 30.0f;
    assert_false(is_there("timeline-fit"));
    move_to(x, y);
    wheel(1.0f);
    assert_true(scene.timeline.span.chosen);
    assert_true(fabs(scene.timeline.span.to - scene.timeline.span.from - 8.0) < 1e-6);
    assert_true(fabsf(epoch_x(4.0) - x) < 0.5f);
    wheel(40.0f); /* as far as it goes */
    assert_true(fabs(scene.timeline.span.to - scene.timeline.span.from - 4.0) < 1e-6);
    assert_true(fabsf(epoch_x(4.0) - x) < 0.5f);
    wheel(-60.0f);
    assert_false(scene.timeline.span.chosen);
    Rect axis = widget("timeline-axis");
    move_to(x, axis.y + 12.0f); /* on the axis, too */
    wheel(2.0f);
    assert_true(scene.timeline.span.chosen);
    Rect fit = widget("timeline-fit");
    press_at(fit.x + 5.0f, fit.y + 5.0f, 1);
    release();
    assert_false(scene.timeline.span.chosen);
    frame();
    assert_false(is_there("timeline-fit"));
}

static void the_axis_pans_and_fits(void **state) {
    (void)state;
    Rect axis = widget("timeline-axis");
    float y = axis.y + 20.0f, step;
    move_to(epoch_x(2.0), y);
    wheel(3.0f);
    TimelineSpan before = scene.timeline.span;
    step = epoch_x(1.0) - epoch_x(0.0);
    press_at(axis.x + 300.0f, y, 1);
    assert_int_equal(scene.intents.count, 0); /* it does not look back */
    move_to(axis.x + 300.0f - step, y);
    assert_true(fabs(scene.timeline.span.from - before.from - 1.0) < 1e-3);
    assert_true(fabs(scene.timeline.span.to - before.to - 1.0) < 1e-3);
    move_to(axis.x + 300.0f + 50 * step, y); /* not before the first */
    assert_true(scene.timeline.span.from == 0.0);
    release();
    press_at(axis.x + 40.0f, y, 1);
    release();
    press_at(axis.x + 40.0f, y, 2);
    release();
    assert_false(scene.timeline.span.chosen);
}

static void the_span_follows_the_run(void **state) {
    (void)state;
    scene.settings.epochs = 60;
    scene_flat(30);
    frame();
    scene.timeline.span = (TimelineSpan){true, 20.0, 30.0};
    frame();
    scene_flat(31);
    frame();
    assert_true(scene.timeline.span.to > 31.0);
    scene.timeline.span = (TimelineSpan){true, 2.0, 12.0}; /* but not where one looks elsewhere */
    frame();
    scene_flat(32);
    frame();
    assert_true(scene.timeline.span.from == 2.0);
    scene.settings.epochs = 10; /* another run: all of it */
    scene.timeline.span = (TimelineSpan){true, 20.0, 30.0};
    scene_flat(3);
    frame();
    frame();
    assert_false(scene.timeline.span.chosen);
}

/* Everything comes in in epoch 3, by hand something after 5. */
static void add_marks(void) {
    for (uint32_t i = 2; i < 6; i++) {
        scene.records[i].easy = SCENE_POINTS;
        scene.records[i].class_easy[0] = scene.records[i].class_easy[1] = SCENE_POINTS / 2;
    }
    scene.records[1].easy = SCENE_POINTS / 2;
    scene.records[1].class_easy[0] = SCENE_POINTS / 2;
    scene.records[1].class_easy[1] = 0;
    scene.records[0].easy = scene.records[0].class_easy[0] = scene.records[0].class_easy[1] = 0;
    scene.hand.marks[scene.hand.count++] = (HandMark){.done = 5.0, .name = 1, .what = "Threshold λ"};
    frame();
}

static void marks_say_their_words(void **state) {
    (void)state;
    add_marks();
    assert_true(is_there("timeline-mark-0") && is_there("timeline-mark-1") && is_there("timeline-mark-2"));
    assert_false(is_there("timeline-mark-3"));
    static const double AT[] = {2.0, 3.0, 5.0};
    for (int i = 0; i < 3; i++) {
        char name[32];
        snprintf(name, sizeof name, "timeline-mark-%d", i);
        Rect mark = widget(name);
        assert_true(fabsf(mark.x + mark.w / 2 - epoch_x(AT[i])) < 1.0f);
        for (float dy = -10.0f; dy <= 10.0f; dy += 10.0f) { /* a zone of 24 */
            move_to(mark.x + mark.w / 2 + 8.0f, mark.y + mark.h / 2 + dy);
            Rect words = widget("timeline-words");
            assert_true(words.y + words.h <= scene.card.y); /* above: they cover nothing of the timeline */
            assert_true(words.x < epoch_x(AT[i]) && words.x + words.w > epoch_x(AT[i]));
        }
        press_at(mark.x + mark.w / 2 + 8.0f, mark.y + mark.h / 2, 1); /* beside it: it is meant */
        looks_at((int64_t)AT[i] - 1);
        release();
    }
    move_to(epoch_x(4.0), widget("timeline-mark-0").y + 4.0f);
    assert_false(is_there("timeline-words"));
}

/* How many boxes there are with the pointer at each place over the card and a little above it; never two. */
static int boxes_of_words(void) {
    int seen = 0;
    for (float y = scene.card.y - 4.0f; y < scene.card.y + scene.card.h; y += 3.0f)
        for (double at = 0.5; at < 6.0; at += 0.25) {
            int boxes = 0;
            move_to(epoch_x(at), y);
            for (int i = 0; i < scene.ui.widget_count; i++)
                boxes += strcmp(scene.ui.widgets[i].name, "timeline-words") == 0;
            assert_true(boxes <= 1);
            seen += boxes;
        }
    return seen;
}

/* With notes and marks at the same epochs; the keys' mark has its words without a pointer. */
static void one_box_of_words(void **state) {
    (void)state;
    Note notes[] = {{.epoch = 2, .text = "look here"}, {.epoch = 4, .text = "and here"}};
    Notes all = {notes, 2};
    scene.snapshot.notes = &all;
    add_marks();
    assert_true(boxes_of_words() > 20);
    key(KEY_TAB, 0);
    key(KEY_LEFT, 0);
    look_back(5);
    assert_true(is_there("timeline-words"));
    assert_true(boxes_of_words() > 20);
    scene.snapshot.notes = NULL;
}

static void keys_step_from_mark_to_mark(void **state) {
    (void)state;
    add_marks();
    key(KEY_TAB, 0);
    assert_true(scene.timeline.focused);
    static const int64_t BACK[] = {4, 2, 1}; /* epochs 5, 3 and 2, from 0 */
    for (int i = 0; i < 3; i++) {
        key(KEY_LEFT, 0);
        looks_at(BACK[i]);
        look_back((uint32_t)BACK[i] + 1);
        assert_true(is_there("timeline-words"));
    }
    key(KEY_LEFT, 0); /* there is none before it */
    assert_int_equal(scene.intents.count, 0);
    assert_true(scene.ui.keyboard_taken);
    key(KEY_RIGHT, 0);
    looks_at(2);
    key(KEY_RIGHT, 0);
    looks_at(4);
    key(KEY_RIGHT, 0); /* past the last one is now */
    looks_at(-1);
    scene.snapshot.looking_back = false;
    scene.snapshot.epoch = 6;
    frame();
    assert_false(is_there("timeline-words"));
}

static void other_keys(void **state) {
    (void)state;
    key(KEY_TAB, 0);
    key(KEY_LEFT, 0); /* no marks: by epochs */
    looks_at(4);
    key(KEY_HOME, 0);
    looks_at(0);
    key(KEY_END, 0);
    looks_at(-1);
    key(KEY_CHARACTER, '+');
    assert_true(scene.timeline.span.chosen);
    key(KEY_CHARACTER, '0');
    assert_false(scene.timeline.span.chosen);
    scene.input.keys[0] = (UiKey){.code = KEY_LEFT, .shift = true}; /* the window's */
    scene.input.key_count = 1;
    frame();
    assert_int_equal(scene.intents.count, 0);
    assert_false(scene.ui.keyboard_taken);
}

/* As many keys as a frame can have, and a press with them: each asks for something, and nothing is dropped. */
static void every_key_of_a_frame_counts(void **state) {
    (void)state;
    scene.input.key_count = UI_MAX_KEYS;
    for (int i = 0; i < UI_MAX_KEYS; i++)
        scene.input.keys[i] = (UiKey){.code = i % 2 ? KEY_LEFT : KEY_HOME};
    press_at(epoch_x(2.0), widget("timeline").y + 20.0f, 1);
    assert_int_equal(scene.intents.count, UI_MAX_KEYS + 1);
    assert_int_equal(scene.intents.commands[0].epoch, 1);
    assert_int_equal(scene.intents.commands[1].epoch, 0);
    assert_int_equal(scene.intents.commands[UI_MAX_KEYS].epoch, 4);
}

static void before_the_first_epoch(void **state) {
    (void)state;
    scene_flat(0);
    scene.snapshot.mean_loss = NAN;
    scene.snapshot.threshold = 0.0;
    frame();
    press_at(widget("timeline").x + 100.0f, widget("timeline").y + 20.0f, 1);
    assert_int_equal(scene.intents.count, 0);
    release();
    assert_int_equal(timeline_step(&scene.snapshot, -1), -1);
}

/* ---- the grip ---- */

static TimelineGrip grip = {.least = 80.0f, .most = 320.0f};
static float height, wanted;

static void grip_frame(void) {
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, scene.theme, 1.0f);
    wanted = timeline_grip(&scene.ui, (Rect){20.0f, 100.0f, 860.0f, 12.0f}, &grip, height, wanted);
    height = wanted > 0.0f ? wanted : 150.0f;
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
}

static void grip_pointer(float dy, bool pressed, bool down, int clicks) {
    scene.input = (UiInput){.mouse_x = 450.0f,
                            .mouse_y = 106.0f + dy,
                            .mouse_inside = true,
                            .down = down,
                            .pressed = pressed,
                            .clicks = clicks,
                            .released = !down,
                            .time = 1.0};
    grip_frame();
}

static void grip_key(UiKeyCode code, bool shift) {
    scene.input = (UiInput){.mouse_x = 450.0f,
                            .mouse_y = 106.0f,
                            .mouse_inside = true,
                            .keys = {{.code = code, .shift = shift}},
                            .key_count = 1};
    grip_frame();
}

static void the_grip_sets_the_height(void **state) {
    (void)state;
    height = 150.0f;
    wanted = 0.0f;
    grip_pointer(11.0f, true, true, 1); /* a zone of 24 */
    assert_int_equal(scene.ui.cursor, CURSOR_RESIZE_Y);
    assert_true(wanted == 0.0f); /* a press alone changes nothing */
    grip_pointer(-29.0f, false, true, 1);
    assert_true(wanted == 190.0f && scene.ui.wants_frame);
    grip_pointer(-500.0f, false, true, 1);
    assert_true(wanted == 320.0f);
    grip_pointer(500.0f, false, true, 1);
    assert_true(wanted == 80.0f);
    grip_pointer(1.0f, false, true, 1);
    grip_pointer(1.0f, false, false, 1);
    assert_true(wanted == 160.0f);
    grip_pointer(0.0f, true, true, 1);
    grip_pointer(-40.0f, false, true, 1);
    grip_key(KEY_ESCAPE, false); /* also lets go */
    grip_pointer(0.0f, false, false, 0);
    grip_pointer(0.0f, true, true, 2);
    grip_pointer(0.0f, false, false, 2);
    assert_true(wanted == 0.0f);
    grip_key(KEY_UP, false);
    assert_true(wanted == 158.0f);
    grip_key(KEY_DOWN, true);
    assert_true(wanted == 126.0f);
    grip_key(KEY_BACKSPACE, false);
    assert_true(wanted == 0.0f);
}

static void escape_takes_a_drag_back(void **state) {
    (void)state;
    height = wanted = 200.0f;
    grip_pointer(0.0f, true, true, 1);
    grip_pointer(-40.0f, false, true, 1);
    assert_true(wanted == 240.0f);
    scene.input = (UiInput){.mouse_x = 450.0f,
                            .mouse_y = 66.0f,
                            .mouse_inside = true,
                            .down = true,
                            .keys = {{.code = KEY_ESCAPE}},
                            .key_count = 1};
    grip_frame();
    assert_true(wanted == 200.0f);
    grip_pointer(-60.0f, false, true, 1); /* for the rest of the drag */
    assert_true(wanted == 200.0f);
    grip_pointer(-60.0f, false, false, 1);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

/* ---- flags ---- */

/* A click on a note's flag goes there: back, to now, or on to where it is to come; pointed at, it is read in the
 * reader's language. */
static void flags_are_gone_to(void **state) {
    (void)state;
    char folder[] = "/tmp/easyfirst-test-XXXXXX";
    assert_non_null(mkdtemp(folder));
    WordsOf words[] = {{"", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"},
                       {"look here", "schau her"}};
    words_of(folder, "de", words, 2);
    Note notes[] = {{.epoch = 2, .text = "look here"}, {.epoch = 5, .text = "now"}, {.epoch = 8, .text = "to come"}};
    Notes all = {notes, 3};
    scene.snapshot.notes = &all;
    static const struct {
        int note;
        bool mid_epoch;
        CommandKind kind;
        int64_t epoch;
    } CASES[] = {{0, false, COMMAND_LOOK, 2},
                 {1, false, COMMAND_LOOK, -1},
                 {1, true, COMMAND_LOOK, 5},
                 {2, false, COMMAND_TO_NOTE, 8}};
    frame();
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char name[32];
        snprintf(name, sizeof name, "timeline-note-%u", notes[CASES[i].note].epoch + 1);
        Rect flag = widget(name);
        scene.snapshot.mid_epoch = CASES[i].mid_epoch;
        move_to(flag.x + flag.w / 2, flag.y + flag.h / 2);
        words_begin(&scene.canvas);
        frame();
        words_must_have(CASES[i].note == 0 ? "schau her" : notes[CASES[i].note].text);
        words_end(&scene.canvas);
        press_at(flag.x + flag.w / 2, flag.y + flag.h / 2, 1);
        release();
        assert_int_equal(scene.intents.count, 1);
        assert_int_equal(scene.intents.commands[0].kind, CASES[i].kind);
        assert_int_equal(scene.intents.commands[0].epoch, CASES[i].epoch);
    }
    scene.snapshot.mid_epoch = false;
    words_of_none(folder, "de");
    Note many[40]; /* more than have names of their own */
    for (uint32_t i = 0; i < 40; i++)
        many[i] = (Note){.epoch = i, .text = "one"};
    all = (Notes){many, 40};
    frame();
    assert_true(is_there("timeline-note-3"));
    scene.snapshot.notes = NULL;
    frame();
    assert_false(is_there("timeline-note-3"));
}

/* Where the model has diverged a mark says so; not of an earlier epoch. */
static void a_failure_is_marked(void **state) {
    (void)state;
    scene.snapshot.diverged = true;
    scene.snapshot.batch = 2;
    frame();
    assert_true(is_there("timeline-mark-0"));
    Rect mark = widget("timeline-mark-0");
    assert_true(fabsf(mark.x + mark.w / 2 - epoch_x(6.5)) < 2.0f);
    move_to(mark.x + mark.w / 2, mark.y + mark.h / 2);
    words_begin(&scene.canvas);
    frame();
    words_must_have("The model has diverged");
    words_must_have("A parameter is not finite: training cannot go on.");
    words_end(&scene.canvas);
    look_back(3);
    assert_false(is_there("timeline-mark-0"));
    scene.snapshot.hand_marks = NULL;
    frame();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(flags_are_gone_to, setup, teardown),
        cmocka_unit_test_setup_teardown(a_failure_is_marked, setup, teardown),
        TEST(strips_scrub),
        TEST(the_pill_scrubs),
        TEST(the_pill_stands_at_its_epoch),
        TEST(looking_back_is_seen),
        TEST(a_replay_is_ended_by_the_strips),
        TEST(the_wheel_zooms_at_the_pointer),
        TEST(the_axis_pans_and_fits),
        TEST(the_span_follows_the_run),
        TEST(marks_say_their_words),
        TEST(one_box_of_words),
        TEST(keys_step_from_mark_to_mark),
        TEST(other_keys),
        TEST(every_key_of_a_frame_counts),
        TEST(before_the_first_epoch),
        TEST(the_grip_sets_the_height),
        TEST(escape_takes_a_drag_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
