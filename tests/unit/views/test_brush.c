/* The tools at the plot: what they say is to be done for what the pointer does. */
#include "app/views/brush.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/failing_places.h"
#include "tests/support/grid_scene.h"

static struct {
    Dataset data;
    float v[POINTS];
    Snapshot snapshot;
    PlotHand hand;
    Brush brush;
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    Status status;
} scene;

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    if (!make_grid(&scene.data, scene.v, &scene.status))
        return -1;
    scene.snapshot = (Snapshot){.data = &scene.data, .v = scene.v, .data_version = 7};
    plot_hand_init(&scene.hand);
    scene.hand.camera = grid_camera();
    brush_init(&scene.brush);
    scene.brush.radius = 50.0f;
    scene.text = text_new(FONT_DIR, 1, &scene.status);
    if (!scene.text || !ui_init(&scene.ui, &scene.status) ||
        !canvas_resize(&scene.canvas, GRID_WIDTH, GRID_HEIGHT, &scene.status))
        return -1;
    scene.input = (UiInput){.mouse_x = 300.0f, .mouse_y = 250.0f, .mouse_inside = true, .time = 10.0};
    return 0;
}

static int teardown(void **state) {
    (void)state;
    brush_free(&scene.brush);
    plot_hand_free(&scene.hand);
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    dataset_free(&scene.data);
    return 0;
}

static PointEdit frame(void) {
    scene.input.time += 1.0 / 60;
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    UiTouch touch = ui_touch(&scene.ui, "plot", area, true);
    PointEdit edit = brush_touch(&scene.brush, &scene.ui, &touch, &scene.hand, &scene.snapshot);
    brush_draw(&scene.brush, &scene.ui, area);
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
    assert_int_equal(edit.data_version, 7);
    return edit;
}

static PointEdit press(float x, float y) {
    scene.input.mouse_x = x;
    scene.input.mouse_y = y;
    scene.input.pressed = scene.input.down = true;
    return frame();
}

static void release(void) {
    scene.input.released = true;
    scene.input.down = false;
    frame(); /* the way to where it was released may still have something */
    assert_int_equal(frame().count, 0);
}

/* World position of a pixel. */
static double world_x(float x) {
    return ((double)x - 300.0) / 40.0;
}
static double world_y(float y) {
    return (250.0 - (double)y) / 40.0;
}

static void test_add(void **state) {
    (void)state;
    assert_int_equal(press(300.0f, 250.0f).count, 0); /* no tool: the hand's */
    release();
    scene.brush.tool = TOOL_ADD;
    scene.brush.class = 1;
    assert_int_equal(frame().count, 0); /* hovering does nothing, */
    assert_int_equal(scene.ui.cursor, CURSOR_CROSS);
    PointEdit edit = press(340.0f, 130.0f);
    assert_true(edit.kind == EDIT_ADD && edit.count == BRUSH_PRESS && edit.label == 1);
    double spread = 0.0;
    for (size_t i = 0; i < edit.count; i++) {
        double away = hypot((double)edit.x[i] - world_x(340.0f), (double)edit.y[i] - world_y(130.0f));
        assert_true(away <= 50.0 / 40.0 + 1e-6);
        spread += away / (double)edit.count;
    }
    assert_true(spread > 0.2); /* not all in one place */
    size_t total = 0;
    for (int i = 0; i < 60; i++) /* a second of holding it still */
        total += frame().count;
    assert_true(fabs((double)total - BRUSH_SECOND) <= 2.0);
    release();
    assert_int_equal(frame().count, 0);

    /* a fast stroke leaves no gap: the points lie along the whole way */
    press(200.0f, 250.0f);
    scene.input.mouse_x = 400.0f;
    scene.input.time += 0.08;
    edit = frame();
    double least = 1e9, most = -1e9;
    for (size_t i = 0; i < edit.count; i++) {
        least = fmin(least, (double)edit.x[i]);
        most = fmax(most, (double)edit.x[i]);
        assert_true(fabs((double)edit.y[i]) <= 50.0 / 40.0 + 1e-6);
    }
    assert_true(edit.count > 5 && least < -1.0 && most > 1.0);
    release();
    scene.brush.class = 5; /* a class that the points do not have */
    assert_int_equal(press(300.0f, 250.0f).label, 0);
    release();
}

/* The samples within reach of the way from (x0, y0) to (x1, y1), by a plain look at each. */
static size_t within(double x0, double y0, double x1, double y1, double reach, bool found[POINTS]) {
    size_t count = 0;
    for (int i = 0; i < POINTS; i++) {
        double best = 1e9;
        for (int k = 0; k <= 1000; k++)
            best = fmin(best, hypot((double)scene.data.x[i] - (x0 + (x1 - x0) * k / 1000),
                                    (double)scene.data.y[i] - (y0 + (y1 - y0) * k / 1000)));
        found[i] = best <= reach;
        count += found[i];
    }
    return count;
}

static void assert_samples(const PointEdit *edit, const bool expected[POINTS]) {
    size_t next = 0;
    for (uint32_t i = 0; i < POINTS; i++)
        if (expected[i]) {
            assert_true(next < edit->count);
            assert_int_equal(edit->samples[next++], i);
        }
    assert_int_equal(edit->count, next);
}

static void test_erase(void **state) {
    (void)state;
    bool expected[POINTS];
    scene.brush.tool = TOOL_ERASE;
    PointEdit edit = press(310.0f, 240.0f);
    assert_int_equal(edit.kind, EDIT_ERASE);
    within(world_x(310.0f), world_y(240.0f), world_x(310.0f), world_y(240.0f), 1.25, expected);
    assert_samples(&edit, expected);
    scene.input.mouse_x = 420.0f; /* over to there in one frame */
    scene.input.mouse_y = 150.0f;
    edit = frame();
    assert_true(within(world_x(310.0f), world_y(240.0f), world_x(420.0f), world_y(150.0f), 1.25, expected) > 8);
    assert_samples(&edit, expected);
    release();

    scene.hand.hidden.hard = true; /* what is not shown is not erased */
    edit = press(310.0f, 240.0f);
    assert_true(edit.count > 0);
    for (size_t i = 0; i < edit.count; i++)
        assert_true(scene.v[edit.samples[i]] > 0.0f);
    release();
    assert_int_equal(press(90.0f, 250.0f).count, 0); /* beside the plot */
    release();
}

static void test_flip(void **state) {
    (void)state;
    scene.brush.tool = TOOL_FLIP;
    PointEdit edit = press(300.0f, 250.0f);
    assert_true(edit.kind == EDIT_FLIP && edit.count > 3);
    assert_int_equal(frame().count, 0); /* each once in a stroke, */
    release();
    assert_int_equal(press(300.0f, 250.0f).count, edit.count); /* and again in the next */
    release();
}

static void test_keys(void **state) {
    (void)state;
    Brush *b = &scene.brush;
    assert_true(brush_key(b, 'b', 2) && b->tool == TOOL_ADD);
    assert_true(brush_key(b, 'e', 2) && b->tool == TOOL_ERASE);
    assert_true(brush_key(b, 'x', 2) && b->tool == TOOL_FLIP);
    assert_true(brush_key(b, '2', 2) && b->tool == TOOL_ADD && b->class == 1);
    assert_true(brush_key(b, 'v', 2) && b->tool == TOOL_MOVE);
    assert_false(brush_key(b, '3', 2));
    assert_false(brush_key(b, '0', 2));
    assert_false(brush_key(b, 'k', 2));
    assert_true(brush_key(b, '9', 9) && b->class == 8);
    assert_false(brush_key(b, '0', 9)); /* the plot's */
    assert_true(brush_key(b, '0', 10) && b->class == 9);
    assert_true(brush_key(b, '7', 32) && b->class == 6);
    float radius = b->radius;
    assert_true(brush_key(b, ']', 2) && b->radius > radius);
    for (int i = 0; i < 30; i++)
        brush_key(b, ']', 2);
    assert_true(b->radius == BRUSH_MOST);
    for (int i = 0; i < 30; i++)
        brush_key(b, '[', 2);
    assert_true(b->radius == BRUSH_LEAST);
}

/* 0 shows all points, but with the brush in the hand and ten classes it is a class. */
static void zero_is_the_tenth_class(void **state) {
    (void)state;
    Brush *b = &scene.brush;
    for (int tool = TOOL_MOVE; tool <= TOOL_FLIP; tool++)
        for (int classes = 2; classes <= 10; classes += 8) {
            bool taken = tool == TOOL_ADD && classes == 10;
            b->tool = (Tool)tool;
            b->class = 1;
            scene.ui.keyboard_taken = false;
            scene.ui.input.keys[0] = (UiKey){.code = KEY_CHARACTER, .character = '0'};
            scene.ui.input.keys[1] = (UiKey){.code = KEY_CHARACTER, .character = '0', .ctrl = true};
            scene.ui.input.key_count = 2;
            brush_take_tenth(b, &scene.ui, classes);
            assert_int_equal(scene.ui.input.key_count, taken ? 1 : 2);
            assert_true(scene.ui.input.keys[scene.ui.input.key_count - 1].ctrl);
            assert_int_equal(b->class, taken ? 9 : 1);
        }
    scene.ui.input.key_count = 0;
}

/* With Alt it is no class, nor is another key; nor where another view has the keyboard. */
static void other_keys_are_left(void **state) {
    (void)state;
    Brush *b = &scene.brush;
    static const UiKey KEYS[] = {{.code = KEY_CHARACTER, .character = '0', .alt = true},
                                 {.code = KEY_CHARACTER, .character = '1'},
                                 {.code = KEY_ENTER, .character = '0'}};
    b->tool = TOOL_ADD;
    b->class = 1;
    memcpy(scene.ui.input.keys, KEYS, sizeof KEYS);
    scene.ui.input.key_count = 3;
    brush_take_tenth(b, &scene.ui, 10);
    assert_true(scene.ui.input.key_count == 3 && b->class == 1);
    scene.ui.input.keys[0].alt = false;
    scene.ui.keyboard_taken = true;
    brush_take_tenth(b, &scene.ui, 10);
    assert_true(scene.ui.input.key_count == 3 && b->class == 1);
    scene.ui.keyboard_taken = false;
    scene.ui.input.key_count = 0;
}

static Dataset clean_points(void) {
    Dataset clean;
    assert_true(dataset_init(&clean, 3, 2, &scene.status));
    clean.x[0] = 0.2f; /* two near the origin */
    clean.y[1] = 0.3f;
    clean.x[2] = 9.0f;
    return clean;
}

/* A stroke makes samples clean; one that begins on clean points alone, or with Shift, the other way round. Hidden ones
 * are left as they are. */
static void test_clean(void **state) {
    (void)state;
    Dataset clean = clean_points();
    scene.brush.tool = TOOL_CLEAN;
    static const struct {
        bool there, shift, hidden, samples_hidden;
        EditKind kind;
        size_t count;
    } CASES[] = {
        {false, false, false, false, EDIT_CLEAN, 5}, {false, true, false, false, EDIT_ADD, 0},
        {true, false, false, false, EDIT_CLEAN, 5},  {true, true, false, false, EDIT_UNCLEAN, 2},
        {true, true, true, false, EDIT_ADD, 0},      {true, false, true, true, EDIT_CLEAN, 0},
        {true, false, false, true, EDIT_UNCLEAN, 2}, {false, false, false, true, EDIT_CLEAN, 0},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        scene.snapshot.clean = CASES[i].there ? &clean : NULL;
        scene.hand.hidden.clean = CASES[i].hidden;
        scene.hand.hidden.hard = scene.hand.hidden.easy[0] = scene.hand.hidden.easy[1] = CASES[i].samples_hidden;
        scene.input.shift = CASES[i].shift;
        PointEdit edit = press(300.0f, 250.0f);
        if (edit.count != CASES[i].count || (edit.count > 0 && edit.kind != CASES[i].kind))
            fail_msg("case %zu: %zu of kind %d", i, edit.count, (int)edit.kind);
        release();
    }
    clean.count = 0; /* none are left */
    scene.snapshot.clean = &clean;
    scene.hand.hidden = (PlotHidden){0};
    for (int shift = 0; shift < 2; shift++) {
        scene.input.shift = shift;
        assert_int_equal(press(300.0f, 250.0f).count, shift ? 0 : 5);
        release();
    }
    clean.count = 3;
    dataset_free(&clean);
}

/* Where no number is left for a place, nothing is added. */
static void test_far_away(void **state) {
    (void)state;
    scene.brush.tool = TOOL_ADD;
    scene.hand.camera.center_x = 1e39;
    assert_int_equal(press(300.0f, 250.0f).count, 0);
    release();
    scene.hand.camera.center_x = 0.0;
    scene.hand.camera.center_y = -1e39;
    assert_int_equal(press(300.0f, 250.0f).count, 0);
    release();
}

static bool stroke(void *user) {
    brush_free(&scene.brush);
    scene.brush.radius = 50.0f;
    scene.brush.tool = *(Tool *)user;
    bool any = press(300.0f, 250.0f).count > 0;
    scene.input.mouse_x = 301.0f;
    frame();
    scene.input.released = true;
    scene.input.down = false;
    frame();
    return any;
}

static void comes_again(void *user, bool done) {
    if (!done)
        assert_true(stroke(user));
}

/* Without memory a stroke does nothing, and the next one works. */
static void test_no_memory(void **state) {
    (void)state;
    static const Tool TOOLS[] = {TOOL_ADD, TOOL_ERASE, TOOL_FLIP, TOOL_CLEAN, TOOL_CLEAN};
    Dataset clean = clean_points();
    int tried = 0;
    scene.snapshot.clean = &clean;
    for (size_t i = 0; i < sizeof TOOLS / sizeof *TOOLS; i++) {
        scene.input.shift = i == 4;
        tried += try_each_place(stroke, comes_again, &(Tool){TOOLS[i]});
    }
    assert_true(tried > 6);
    dataset_free(&clean);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_add, setup, teardown),
        cmocka_unit_test_setup_teardown(test_erase, setup, teardown),
        cmocka_unit_test_setup_teardown(test_flip, setup, teardown),
        cmocka_unit_test_setup_teardown(test_keys, setup, teardown),
        cmocka_unit_test_setup_teardown(zero_is_the_tenth_class, setup, teardown),
        cmocka_unit_test_setup_teardown(other_keys_are_left, setup, teardown),
        cmocka_unit_test_setup_teardown(test_clean, setup, teardown),
        cmocka_unit_test_setup_teardown(test_far_away, setup, teardown),
        cmocka_unit_test_setup_teardown(test_no_memory, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
