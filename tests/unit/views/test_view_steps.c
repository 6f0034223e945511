/* The card of steps: rows for all states, the one on show marked; keys and the pointer go to another, or bring a run
 * back; other keys are left alone. */
#include "app/views/view_steps.h"

#include "app/experiment/steps.h"
#include "tests/support/widgets.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct {
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    StepsCard card;
    Steps steps;
    Settings settings;
    HistoryRecord records[10];
    History history;
    BranchLook looks[SNAPSHOT_BRANCHES];
    Snapshot snapshot;
    Intents late;
} scene;

static Status status;

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    settings_default(&scene.settings);
    assert_true(canvas_resize(&scene.canvas, 640, 480, &status));
    scene.text = text_new(FONT_DIR, 1.0f, &status);
    assert_non_null(scene.text);
    assert_true(ui_init(&scene.ui, &status));
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .time = 10.0};
    for (int i = 0; i < 10; i++)
        scene.records[i] = (HistoryRecord){.epoch = (uint32_t)i, .easy = (size_t)(10 * i)};
    scene.history = (History){.records = scene.records, .count = 10, .samples = 100, .stride = 1};
    scene.snapshot = (Snapshot){.settings = &scene.settings, .steps = &scene.steps, .branches = scene.looks};
    return 0;
}

static int teardown(void **state) {
    (void)state;
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    return 0;
}

static void have_steps(int count, int done) {
    scene.steps.count = count;
    scene.steps.done = done;
    for (int i = 0; i < count; i++)
        scene.steps.steps[i] = (Step){"Threshold λ", 0.5 * (double)i};
}

static void have_runs(int count) {
    scene.snapshot.branch_count = count;
    scene.snapshot.branch_bytes = (size_t)12 << 20;
    scene.snapshot.branch_budget = (size_t)256 << 20;
    for (int i = 0; i < count; i++)
        scene.looks[i] = (BranchLook){.number = (uint32_t)i + 1,
                                      .name = "before the reset at epoch 10",
                                      .title = "seed 7",
                                      .settings = &scene.settings,
                                      .history = &scene.history,
                                      .epoch = 10,
                                      .batches = 1,
                                      .accuracy = 0.9,
                                      .test_accuracy = NAN};
}

static void frame(void) {
    scene.late = (Intents){.preset = -1};
    scene.input.time += 0.016;
    UiInput own = scene.input;
    steps_touch(&scene.card, &own);
    ui_begin(&scene.ui, &own, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    canvas_fill(&scene.canvas, THEME_LIGHT.ground);
    scene.ui.on_top = true;
    steps_draw(&scene.card, &scene.ui, 590.0f, 470.0f, &scene.snapshot, &scene.late);
    scene.ui.on_top = false;
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
    scene.input.wheel = 0.0f;
    scene.input.key_count = 0;
}

static void open_card(int list) {
    steps_toggle(&scene.card, &scene.ui, list);
    frame();
}

/* Frames: the key, and what follows from it. */
static void key(UiKeyCode code, uint32_t character, bool ctrl) {
    scene.input.keys[scene.input.key_count++] = (UiKey){.code = code, .character = character, .ctrl = ctrl};
    frame();
}

static const UiWidget *find(const char *name) {
    return find_widget(&scene.ui, name);
}

/* The row can be seen, all of it. */
static bool is_seen(const char *name) {
    const UiWidget *w = find(name);
    return w && w->visible.h >= w->rect.h - 0.5f;
}

static void click(const char *name) {
    const UiWidget *w = find(name);
    if (!w)
        fail_msg("no %s", name);
    scene.input.mouse_x = w->visible.x + w->visible.w / 2;
    scene.input.mouse_y = w->visible.y + w->visible.h / 2;
    scene.input.mouse_inside = true;
    frame();
    scene.input.down = scene.input.pressed = true;
    frame();
    scene.input.down = false;
    scene.input.released = true;
    frame();
}

static void goes(int steps) {
    assert_int_equal(scene.late.count, 1);
    assert_int_equal(scene.late.commands[0].kind, COMMAND_STEPS);
    assert_int_equal(scene.late.commands[0].steps, steps);
}

static void a_click_goes_there(void **state) {
    (void)state;
    have_steps(6, 4);
    open_card(STEPS_STEPS);
    assert_true(is_seen("step-0") && is_seen("step-6"));
    click("step-1");
    goes(-3);
    click("step-6");
    goes(2);
    click("step-4"); /* it is there */
    assert_int_equal(scene.late.count, 0);
    assert_true(scene.card.open);
}

static void keys_go_there(void **state) {
    (void)state;
    have_steps(6, 4);
    open_card(STEPS_STEPS);
    key(KEY_UP, 0, false);
    key(KEY_UP, 0, false);
    assert_int_equal(scene.late.count, 0); /* not before Enter */
    key(KEY_ENTER, 0, false);
    goes(-2);
    scene.steps.done = 2;
    frame();
    key(KEY_HOME, 0, false);
    key(KEY_UP, 0, false); /* there is nothing above */
    key(KEY_ENTER, 0, false);
    goes(-2);
    scene.steps.done = 0;
    frame();
    key(KEY_END, 0, false);
    key(KEY_DOWN, 0, false);
    key(KEY_ENTER, 0, false);
    goes(6);
}

/* Keys that come faster than frames do what they do one by one. */
static void fast_keys_are_not_lost(void **state) {
    (void)state;
    have_steps(6, 6);
    open_card(STEPS_STEPS);
    static const UiKeyCode KEYS[] = {KEY_HOME, KEY_ENTER, KEY_END, KEY_UP};
    for (int i = 0; i < 4; i++)
        scene.input.keys[scene.input.key_count++] = (UiKey){.code = KEYS[i]};
    frame();
    goes(-6);
    scene.steps.done = 0; /* it is carried out, and the mark is where it has been moved */
    key(KEY_ENTER, 0, false);
    goes(5);
    scene.steps.done = 5;
    key(KEY_UP, 0, false);
    key(KEY_ENTER, 0, false);
    goes(-1);
}

static void the_mark_follows_undo_and_redo(void **state) {
    (void)state;
    have_steps(6, 4);
    open_card(STEPS_STEPS);
    assert_int_equal(scene.card.lists[STEPS_STEPS].mark, 4);
    scene.steps.done = 3;
    frame();
    assert_int_equal(scene.card.lists[STEPS_STEPS].mark, 3);
    key(KEY_UP, 0, false);
    frame();
    assert_int_equal(scene.card.lists[STEPS_STEPS].mark, 2);
    have_steps(1, 1); /* another change: what was undone has gone */
    frame();
    assert_int_equal(scene.card.lists[STEPS_STEPS].mark, 1);
}

static void a_hundred_steps_scroll(void **state) {
    (void)state;
    have_steps(100, 100);
    have_runs(30);
    open_card(STEPS_STEPS);
    frame();
    assert_true(is_seen("step-100") && !find("step-1"));
    assert_true(scene.card.card.y >= 0.0f && scene.card.card.h <= 480.0f);
    key(KEY_HOME, 0, false);
    frame();
    assert_true(is_seen("step-0") && !find("step-100"));
    for (int i = 0; i < 30; i++)
        key(KEY_DOWN, 0, false);
    frame();
    assert_true(is_seen("step-30"));
    key(KEY_PAGE_UP, 0, false);
    frame();
    assert_true(scene.card.lists[STEPS_STEPS].mark < 29 && scene.card.lists[STEPS_STEPS].mark > 10);
    const UiWidget *row = find("step-25"); /* the wheel moves the rows, not the mark */
    assert_non_null(row);
    scene.input.mouse_x = row->rect.x + 40.0f;
    scene.input.mouse_y = row->rect.y + 4.0f;
    scene.input.mouse_inside = true;
    frame();
    float before = row->rect.y;
    scene.input.wheel = -1.0f;
    frame();
    assert_true(find("step-25")->rect.y < before - 20.0f);
    frame();
    assert_true(find("step-25")->rect.y < before - 20.0f); /* and stays */
    steps_toggle(&scene.card, &scene.ui, STEPS_RUNS); /* the state on show can be seen, whichever list is asked for */
    frame();
    frame();
    assert_true(is_seen("step-100"));
}

static void runs_come_back(void **state) {
    (void)state;
    have_steps(3, 3);
    have_runs(3);
    open_card(STEPS_STEPS);
    assert_int_equal(scene.card.run, 0);
    key(KEY_TAB, 0, false);
    frame();
    assert_int_equal(scene.card.run, 3); /* that was left last; the timeline has it dark */
    key(KEY_DOWN, 0, false);
    frame();
    assert_int_equal(scene.card.run, 2);
    key(KEY_ENTER, 0, false);
    assert_int_equal(scene.late.count, 1);
    assert_int_equal(scene.late.commands[0].kind, COMMAND_BRANCH);
    assert_int_equal(scene.late.commands[0].branch, 2);
    key(KEY_DELETE, 0, false);
    assert_int_equal(scene.late.count, 0);
    click("kept-run-1");
    assert_int_equal(scene.late.count, 1);
    assert_int_equal(scene.late.commands[0].branch, 1);
    have_runs(0);
    frame();
    key(KEY_ENTER, 0, false); /* none */
    assert_int_equal(scene.late.count, 0);
}

static void it_closes(void **state) {
    (void)state;
    have_steps(3, 3);
    open_card(STEPS_STEPS);
    key(KEY_ESCAPE, 0, false);
    assert_false(scene.card.open);
    assert_null(find("step-0"));
    open_card(STEPS_STEPS);
    key(KEY_CHARACTER, 'u', false);
    assert_false(scene.card.open);
    open_card(STEPS_STEPS);
    open_card(STEPS_RUNS); /* asked for the other list, it stays */
    assert_true(scene.card.open && scene.card.list == STEPS_RUNS);
    open_card(STEPS_RUNS);
    assert_false(scene.card.open);
    open_card(STEPS_STEPS);
    scene.input.mouse_x = scene.input.mouse_y = 3.0f;
    scene.input.mouse_inside = scene.input.pressed = scene.input.down = true;
    frame();
    assert_false(scene.card.open);
}

/* Undo, redo, play: what is not the card's does what it always does. */
static void other_keys_are_left_alone(void **state) {
    (void)state;
    have_steps(3, 3);
    open_card(STEPS_STEPS);
    UiInput input = {.keys = {{.code = KEY_CHARACTER, .character = 'z', .ctrl = true}, {.code = KEY_SPACE}},
                     .key_count = 2};
    assert_false(steps_touch(&scene.card, &input));
    assert_int_equal(input.key_count, 2);
    input.keys[0] = (UiKey){.code = KEY_DOWN};
    assert_true(steps_touch(&scene.card, &input));
    assert_int_equal(input.key_count, 1);
    assert_int_equal(input.keys[0].code, KEY_SPACE);
}

static void it_says_when_there_is_nothing(void **state) {
    (void)state;
    scene.snapshot.steps = NULL;
    open_card(STEPS_STEPS);
    assert_true(is_seen("step-0"));
    key(KEY_ENTER, 0, false);
    assert_int_equal(scene.late.count, 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_click_goes_there, setup, teardown),
        cmocka_unit_test_setup_teardown(keys_go_there, setup, teardown),
        cmocka_unit_test_setup_teardown(fast_keys_are_not_lost, setup, teardown),
        cmocka_unit_test_setup_teardown(the_mark_follows_undo_and_redo, setup, teardown),
        cmocka_unit_test_setup_teardown(a_hundred_steps_scroll, setup, teardown),
        cmocka_unit_test_setup_teardown(runs_come_back, setup, teardown),
        cmocka_unit_test_setup_teardown(it_closes, setup, teardown),
        cmocka_unit_test_setup_teardown(other_keys_are_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(it_says_when_there_is_nothing, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
