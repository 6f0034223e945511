/* Points that are selected: by box, lasso and click, followed when others come and go, and what keys do to them. */
#include "app/views/select_drag.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/failing_places.h"
#include "tests/support/grid_scene.h"

static struct {
    Dataset data;
    float v[POINTS];
    Snapshot snapshot;
    Camera camera;
    PlotHidden hidden;
    Selection selection;
    SelectDrag drag;
    SelectScene of;
    bool lasso;
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
    scene.camera = grid_camera();
    scene.of = (SelectScene){&scene.camera, &scene.data, &scene.snapshot, &scene.hidden, -1, false};
    scene.text = text_new(FONT_DIR, 1, &scene.status);
    if (!scene.text || !ui_init(&scene.ui, &scene.status) ||
        !canvas_resize(&scene.canvas, GRID_WIDTH, GRID_HEIGHT, &scene.status))
        return -1;
    scene.input = (UiInput){.mouse_x = 5.0f, .mouse_y = 5.0f, .mouse_inside = true, .time = 10.0};
    selection_follow(&scene.selection, &scene.snapshot);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    select_drag_free(&scene.drag);
    selection_free(&scene.selection);
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    dataset_free(&scene.data);
    return 0;
}

/* Returns whether the hand draws. */
static bool frame(void) {
    scene.input.time += 1.0 / 60;
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    canvas_fill(&scene.canvas, THEME_LIGHT.card);
    selection_follow(&scene.selection, &scene.snapshot);
    UiTouch touch = ui_touch(&scene.ui, "plot", area, true);
    bool draws = select_drag_touch(&scene.drag, &scene.ui, &touch, true, scene.lasso, &scene.of, &scene.selection);
    select_drag_draw(&scene.drag, &scene.ui, "plot", area);
    ui_end(&scene.ui);
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
    return draws;
}

static bool press(float x, float y) {
    scene.input.mouse_x = x;
    scene.input.mouse_y = y;
    frame();
    scene.input.pressed = scene.input.down = true;
    return frame();
}

static bool move_to(float x, float y) {
    scene.input.mouse_x = x;
    scene.input.mouse_y = y;
    return frame();
}

static void release(void) {
    scene.input.released = true;
    scene.input.down = false;
    assert_false(frame());
}

static void box(float x0, float y0, float x1, float y1) {
    press(x0, y0);
    move_to(x1, y1);
    release();
}

/* ---- by hand ---- */

/* A box selects what is in it and shown; with Shift more, with Ctrl less. */
static void boxes(void **state) {
    (void)state;
    box(250.0f, 200.0f, 350.0f, 300.0f); /* 9 about the origin */
    assert_int_equal(scene.selection.count, 9);
    scene.input.shift = true;
    box(250.0f, 300.0f, 350.0f, 340.0f); /* 3 below */
    assert_int_equal(scene.selection.count, 12);
    scene.input.shift = false;
    scene.input.ctrl = true;
    box(290.0f, 240.0f, 310.0f, 260.0f); /* but the origin */
    assert_int_equal(scene.selection.count, 11);
    assert_false(selection_has(&scene.selection, 60));
    scene.input.ctrl = false;
    box(350.0f, 300.0f, 90.0f, 40.0f); /* from right below, as far as the plot goes; they are what is selected then */
    assert_int_equal(scene.selection.count, 7 * 7);
    scene.hidden.hard = true;
    box(250.0f, 200.0f, 350.0f, 300.0f);
    assert_int_equal(scene.selection.count, 4);
}

/* What is drawn is seen; Esc, and other points, end it. */
static void drags_end(void **state) {
    (void)state;
    box(250.0f, 200.0f, 350.0f, 300.0f);
    for (int lasso = 0; lasso < 2; lasso++) {
        scene.lasso = lasso;
        assert_true(press(200.0f, 100.0f));
        assert_true(move_to(300.0f, 110.0f));
        assert_true(move_to(290.0f, 180.0f));
        uint32_t inside = scene.canvas.pixels[130 * scene.canvas.width + 280];
        assert_true(inside != THEME_LIGHT.card);
        scene.input.keys[0] = (UiKey){.code = KEY_ESCAPE};
        scene.input.key_count = 1;
        assert_false(frame());
        assert_int_equal(scene.selection.count, 9);
        assert_false(move_to(400.0f, 300.0f)); /* the button is still down */
        assert_int_equal(scene.selection.count, 9);
        release();
        assert_true(press(200.0f, 100.0f));
        move_to(300.0f, 110.0f);
        size_t count = scene.selection.count;
        scene.selection.data_version--; /* as if it had not followed yet */
        scene.ui.input = scene.input;
        UiTouch touch = {.id = scene.drag.plot, .held = true};
        assert_false(select_drag_touch(&scene.drag, &scene.ui, &touch, false, lasso, &scene.of, &scene.selection));
        assert_int_equal(scene.selection.count, count);
        scene.selection.data_version++;
        release();
        box(250.0f, 200.0f, 350.0f, 300.0f);
        scene.lasso = false;
        box(250.0f, 200.0f, 350.0f, 300.0f);
    }
}

/* Of more corners than it can have, a lasso keeps its form. */
static void a_long_lasso(void **state) {
    (void)state;
    size_t inside = 0;
    for (size_t i = 0; i < POINTS; i++)
        inside += hypotf(scene.data.x[i], scene.data.y[i]) * 40.0f < 172.0f;
    scene.lasso = true;
    press(475.0f, 250.0f);
    for (int i = 1; i < 1400; i++) {
        float angle = (float)i / 1400.0f * 6.2831853f, radius = i % 2 ? 172.0f : 175.0f;
        assert_true(move_to(300.0f + radius * cosf(angle), 250.0f - radius * sinf(angle)));
        assert_true(scene.drag.count <= SELECT_PATH);
    }
    assert_true(scene.drag.count > SELECT_PATH / 4);
    release();
    assert_int_equal(scene.selection.count, inside);
}

/* A click takes the point there; with Shift or Ctrl it comes and goes; on none it clears, but for those two. */
static void clicks(void **state) {
    (void)state;
    static const struct {
        int64_t nearest;
        bool shift, ctrl, no_click;
        size_t count;
    } CASES[] = {{3, false, false, false, 1},  {9, true, false, false, 2},  {-1, true, false, false, 2},
                 {9, false, true, false, 1},   {9, false, true, false, 2},  {4, false, false, true, 2},
                 {-1, false, false, false, 0}, {-1, false, false, false, 0}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        scene.of.nearest = CASES[i].nearest;
        scene.of.no_click = CASES[i].no_click;
        scene.input.shift = CASES[i].shift;
        scene.input.ctrl = CASES[i].ctrl;
        press(300.0f, 250.0f);
        release();
        assert_int_equal(scene.selection.count, CASES[i].count);
    }
    press(20.0f, 20.0f); /* beside the plot */
    assert_int_equal(scene.drag.plot, 0);
    release();
}

/* ---- other points ---- */

static void it_follows_points(void **state) {
    (void)state;
    Selection *s = &scene.selection;
    const uint32_t some[] = {3, 64, 100};
    selection_use(s, some, 3, SELECT_ONLY);
    uint64_t version = s->version;
    scene.snapshot.data_version++; /* the same places: others may have other classes */
    selection_follow(s, &scene.snapshot);
    assert_true(s->count == 3 && selection_has(s, 3) && selection_has(s, 64) && selection_has(s, 100));
    Dataset fewer; /* without the first ten; point 64 has gone elsewhere, and two lie where 100 was */
    assert_true(dataset_init(&fewer, POINTS - 10, 2, &scene.status));
    memcpy(fewer.x, scene.data.x + 10, fewer.count * sizeof *fewer.x);
    memcpy(fewer.y, scene.data.y + 10, fewer.count * sizeof *fewer.y);
    fewer.x[54] = 77.0f;
    fewer.x[1] = fewer.x[90];
    fewer.y[1] = fewer.y[90];
    scene.snapshot.data = &fewer;
    scene.snapshot.data_version++;
    selection_follow(s, &scene.snapshot);
    assert_true(s->count == 1 && selection_has(s, 1) && s->version != version);
    Dataset few;
    assert_true(dataset_init(&few, 1, 2, &scene.status));
    few.x[0] = fewer.x[1];
    few.y[0] = 99.0f;
    scene.snapshot.data = &few;
    scene.snapshot.data_version++;
    selection_follow(s, &scene.snapshot);
    assert_int_equal(s->count, 0);
    scene.snapshot.data = &scene.data;
    scene.snapshot.data_version++;
    selection_follow(s, &scene.snapshot);
    scene.hidden.hard = true;
    selection_all(s, &scene.snapshot, &scene.hidden);
    assert_int_equal(s->count, POINTS / 2);
    dataset_free(&fewer);
    dataset_free(&few);
}

static void none_without_points(void **state) {
    (void)state;
    Selection none = {0};
    const uint32_t one[] = {0};
    const uint64_t bits[] = {1};
    selection_use(&none, one, 1, SELECT_ONLY);
    selection_set(&none, bits);
    selection_clear(&none);
    assert_int_equal(none.count, 0);
    PlotOptions options = {0};
    selection_light(&none, &options);
    assert_null(options.lit);
    assert_int_equal(selection_edit(&none, EDIT_LABEL, 1).count, 0);
}

/* ---- keys ---- */

static void keys(void **state) {
    (void)state;
    static const struct {
        UiKey key;
        bool taken;
        size_t edited, left;
        EditKind kind;
    } CASES[] = {
        {{.code = KEY_CHARACTER, .character = 'k'}, true, 2, 2, EDIT_KEEP},
        {{.code = KEY_CHARACTER, .character = 'f'}, true, 2, 2, EDIT_FLIP},
        {{.code = KEY_DELETE}, true, 2, 2, EDIT_ERASE},
        {{.code = KEY_ESCAPE}, true, 0, 0, EDIT_ADD},
        {{.code = KEY_CHARACTER, .character = 'k', .repeat = true}, false, 0, 2, EDIT_ADD},
        {{.code = KEY_CHARACTER, .character = 'f', .repeat = true}, false, 0, 2, EDIT_ADD},
        {{.code = KEY_DELETE, .repeat = true}, false, 0, 2, EDIT_ADD},
        {{.code = KEY_CHARACTER, .character = 'k', .ctrl = true}, false, 0, 2, EDIT_ADD},
        {{.code = KEY_CHARACTER, .character = 'z'}, false, 0, 2, EDIT_ADD},
        {{.code = KEY_ENTER, .character = 'k'}, false, 0, 2, EDIT_ADD},
    };
    const uint32_t some[] = {3, 64};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        for (int any = 0; any < 2; any++) {
            selection_clear(&scene.selection);
            if (any)
                selection_use(&scene.selection, some, 2, SELECT_ONLY);
            PointEdit edit = {0};
            assert_int_equal(selection_key(&scene.selection, &CASES[i].key, &edit), any && CASES[i].taken);
            assert_int_equal(edit.count, any ? CASES[i].edited : 0);
            assert_int_equal(edit.kind, any ? CASES[i].kind : EDIT_ADD);
            assert_int_equal(scene.selection.count, any ? CASES[i].left : 0);
        }
    selection_use(&scene.selection, some, 2, SELECT_ONLY);
    PointEdit edit = selection_edit(&scene.selection, EDIT_LABEL, 1);
    assert_true(edit.count == 2 && edit.labels[0] == 1 && edit.labels[1] == 1 && edit.samples[1] == 64);
}

/* ---- without memory ---- */

static bool select_some(void *user) {
    (void)user;
    selection_free(&scene.selection);
    select_drag_free(&scene.drag);
    scene.snapshot.data_version++;
    box(250.0f, 200.0f, 350.0f, 300.0f);
    if (scene.selection.count != 9)
        return false;
    scene.snapshot.data_version++; /* one of them moves */
    scene.data.x[60] += 0.25f;
    selection_follow(&scene.selection, &scene.snapshot);
    scene.data.x[60] -= 0.25f;
    return scene.selection.count == 8 && selection_edit(&scene.selection, EDIT_LABEL, 1).count == 8;
}

static void comes_again(void *user, bool done) {
    assert_true(scene.selection.count == 0 || scene.selection.count >= 8);
    if (!done)
        assert_true(select_some(user));
}

static void no_memory(void **state) {
    (void)state;
    assert_true(try_each_place(select_some, comes_again, NULL) > 7);
}

int main(void) {
#define SELECTS(test) cmocka_unit_test_setup_teardown(test, setup, teardown)
    const struct CMUnitTest tests[] = {
        SELECTS(boxes), SELECTS(drags_end), SELECTS(a_long_lasso),      SELECTS(clicks),
        SELECTS(keys),  SELECTS(no_memory), SELECTS(it_follows_points), SELECTS(none_without_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
