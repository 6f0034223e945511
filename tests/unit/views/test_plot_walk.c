/* The points by keyboard alone, in a real run: walk, pin, flip, erase, add; what the keys are when the plot has not the
 * focus. */
#include "app/experiment/experiment.h"
#include "app/views/plot_walk.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { W = 800, H = 600, POINTS = 24 };

static struct Scene {
    Experiment e;
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    Plot *plot;
    PlotHand hand;
    PlotWalk walk;
    Brush brush;
    PlotOptions options;
    Rect outer, area;
    bool keyboard_taken;
} s;

static Status status;

static int setup(void **state) {
    (void)state;
    memset(&s, 0, sizeof s);
    Settings settings;
    settings_default(&settings);
    settings.samples = POINTS;
    settings.anomaly = false;
    s.options = (PlotOptions){.scale = 1, .legend = true, .field_step = 2};
    s.outer = (Rect){0, 0, W, H};
    s.area = plot_area(&s.options, s.outer);
    s.input = (UiInput){.mouse_x = -1, .mouse_y = -1, .mouse_inside = true, .time = 100};
    plot_hand_init(&s.hand);
    brush_init(&s.brush);
    s.text = text_new(FONT_DIR, 1, &status);
    s.plot = plot_new(&status);
    return s.text && s.plot && ui_init(&s.ui, &status) && canvas_resize(&s.canvas, W, H, &status) &&
                   experiment_init(&s.e, &settings, NULL, NULL, &status)
               ? 0
               : -1;
}

static int teardown(void **state) {
    (void)state;
    brush_free(&s.brush);
    plot_hand_free(&s.hand);
    plot_free(s.plot);
    ui_free(&s.ui);
    text_free(s.text);
    canvas_free(&s.canvas);
    experiment_free(&s.e);
    return 0;
}

/* As the window makes one. */
static void frame(void) {
    Snapshot snapshot = experiment_snapshot(&s.e);
    s.input.time += 1.0 / 60.0;
    canvas_fill(&s.canvas, THEME_LIGHT.card);
    ui_begin(&s.ui, &s.input, &s.canvas, s.text, &THEME_LIGHT, 1.0f);
    PointEdit edit = plot_walk_touch(&s.walk, &s.ui, &s.hand, &s.brush, &snapshot);
    plot_hand_touch(&s.hand, &s.ui, s.outer, &s.options, &snapshot);
    s.keyboard_taken = s.ui.keyboard_taken;
    if (edit.count > 0)
        assert_true(experiment_edit_points(&s.e, &edit, &status));
    snapshot = experiment_snapshot(&s.e);
    plot_hand_camera(&s.hand, s.area, &snapshot);
    plot_hand_draw(&s.hand, &s.ui, s.area, &snapshot);
    plot_walk_draw(&s.walk, &s.ui, &s.hand, s.area, &snapshot);
    ui_end(&s.ui);
    s.input.pressed = s.input.released = false;
    s.input.key_count = 0;
}

static bool has(const char *name) {
    for (int i = 0; i < s.ui.widget_count; i++)
        if (strcmp(s.ui.widgets[i].name, name) == 0)
            return true;
    return false;
}

static void give(UiKey key) {
    s.input.keys[s.input.key_count++] = key;
    frame();
}

static void press(UiKeyCode code) {
    give((UiKey){.code = code});
}

static void letter(char c) {
    give((UiKey){.code = KEY_CHARACTER, .character = (uint32_t)c});
}

/* By Tab, past the legend's entries. */
static void tab_to_the_plot(void) {
    frame();
    for (int i = 0; i < 20 && !s.walk.focused; i++)
        press(KEY_TAB);
    assert_true(s.walk.focused && s.hand.focused); /* its ring shows */
    assert_true(has("plot-keys") && !s.walk.walking);
}

static const Dataset *data(void) {
    return &s.e.trainer->data;
}

static void undo(void) {
    assert_true(experiment_push(&s.e, (Command){.kind = COMMAND_UNDO}));
    experiment_advance(&s.e, 0.0, NULL, 0.0);
    frame();
}

/* Presses that lead from where the walk stands to that point, found by breadth first on the same steps. */
static void walk_to(uint32_t goal) {
    static const UiKeyCode KEYS[] = {
        [TOWARDS_LEFT] = KEY_LEFT, [TOWARDS_RIGHT] = KEY_RIGHT, [TOWARDS_UP] = KEY_UP, [TOWARDS_DOWN] = KEY_DOWN};
    PointGrid grid = {0};
    assert_true(point_grid_build(&grid, data(), &status));
    int64_t queue[POINTS + 1], via[POINTS + 1];
    int by[POINTS + 1];
    bool seen[POINTS + 1] = {0};
    int count = 1;
    queue[0] = s.walk.sample;
    seen[s.walk.sample] = true;
    for (int at = 0; at < count; at++)
        for (int d = 0; d < 4; d++) {
            int64_t next = point_grid_step(&grid, data(), (size_t)queue[at], (PointDirection)d, NULL, NULL);
            if (next < 0 || seen[next])
                continue;
            seen[next] = true;
            via[next] = queue[at];
            by[next] = d;
            queue[count++] = next;
        }
    point_grid_free(&grid);
    assert_true(seen[goal]);
    int path[POINTS + 1], length = 0;
    for (int64_t at = goal; at != (int64_t)s.walk.sample; at = via[at])
        path[length++] = by[at];
    while (length > 0)
        press(KEYS[path[--length]]);
    assert_int_equal(s.walk.sample, goal);
}

static void arrows_reach_every_point(void **state) {
    (void)state;
    tab_to_the_plot();
    press(KEY_RIGHT);
    assert_true(s.walk.walking && has("plot-walk") && has("plot-card"));
    for (uint32_t i = 0; i < POINTS; i++) {
        walk_to(i);
        assert_true(s.walk.x == data()->x[i] && s.walk.y == data()->y[i]);
    }
    uint32_t first = s.walk.sample; /* and by number, round the ends */
    for (uint32_t i = 1; i <= POINTS; i++) {
        press(KEY_PAGE_DOWN);
        assert_int_equal(s.walk.sample, (first + i) % POINTS);
    }
    press(KEY_PAGE_UP);
    assert_int_equal(s.walk.sample, (first + POINTS - 1) % POINTS);
    press(KEY_ESCAPE);
    assert_true(!s.walk.walking && s.walk.focused && !has("plot-walk") && !has("plot-card"));
}

static void the_view_follows(void **state) {
    (void)state;
    tab_to_the_plot();
    for (int i = 0; i < 30; i++)
        letter('+');
    for (int i = 0; i < 12; i++) {
        press(i % 2 ? KEY_UP : KEY_RIGHT);
        float at[2];
        camera_screen(&s.hand.camera, s.walk.x, s.walk.y, at);
        assert_true(rect_has(s.hand.camera.view, at[0], at[1]));
    }
    press(KEY_HOME); /* the plot's keys are its own */
    assert_true(s.hand.view.follows);
    double middle = s.hand.camera.center_x;
    give((UiKey){.code = KEY_LEFT, .ctrl = true});
    assert_true(s.hand.camera.center_x < middle && !s.hand.view.follows);
}

/* Where the next point is, by looking at the marks. */
static int64_t next_as_seen(size_t from, PointDirection direction) {
    float at[2], to[2];
    camera_screen(&s.hand.camera, data()->x[from], data()->y[from], at);
    int64_t found[2] = {-1, -1};
    double best[2] = {INFINITY, INFINITY};
    for (size_t i = 0; i < data()->count; i++) {
        camera_screen(&s.hand.camera, data()->x[i], data()->y[i], to);
        double dx = (double)(to[0] - at[0]), dy = (double)(at[1] - to[1]);
        bool upright = direction == TOWARDS_UP || direction == TOWARDS_DOWN;
        double along = (upright ? dy : dx) * (direction == TOWARDS_RIGHT || direction == TOWARDS_UP ? 1.0 : -1.0);
        for (int wide = 0; wide < 2; wide++)
            if (along > 0.0 && (wide || fabs(upright ? dx : dy) <= along) && hypot(dx, dy) < best[wide]) {
                best[wide] = hypot(dx, dy);
                found[wide] = (int64_t)i;
            }
    }
    return found[0] >= 0 ? found[0] : found[1];
}

/* After one axis alone was zoomed, steps and the crosshair's way are as long as they are seen. */
static void the_walk_goes_by_what_is_seen(void **state) {
    (void)state;
    static const UiKeyCode KEYS[] = {
        [TOWARDS_LEFT] = KEY_LEFT, [TOWARDS_RIGHT] = KEY_RIGHT, [TOWARDS_UP] = KEY_UP, [TOWARDS_DOWN] = KEY_DOWN};
    tab_to_the_plot();
    for (int notches = 12; notches >= -24; notches -= 36) { /* over y's numbers: nearer, then much farther */
        s.input.mouse_x = s.area.x - 20;
        s.input.mouse_y = s.area.y + s.area.h / 2;
        s.input.wheel = (float)notches;
        frame();
        s.input.wheel = 0;
        frame();
        assert_true(fabs(log(s.hand.camera.stretch)) > 0.9);
        press(KEY_PAGE_DOWN);
        int others = 0;
        for (uint32_t i = 0; i < POINTS; i++) {
            press(KEY_PAGE_DOWN);
            for (int d = 0; d < 4; d++) {
                uint32_t from = s.walk.sample;
                int64_t expected = next_as_seen(from, (PointDirection)d);
                press(KEYS[d]);
                assert_int_equal(s.walk.sample, expected >= 0 ? expected : from);
                others += expected >= 0;
                while (s.walk.sample != from)
                    press(KEY_PAGE_DOWN);
            }
        }
        assert_true(others > POINTS);
        letter('m');
        for (int up = 0; up < 2; up++) {
            float before[2], after[2];
            camera_screen(&s.hand.camera, (float)s.walk.cross_x, (float)s.walk.cross_y, before);
            press(up ? KEY_UP : KEY_LEFT);
            camera_screen(&s.hand.camera, (float)s.walk.cross_x, (float)s.walk.cross_y, after);
            assert_true(fabsf(hypotf(after[0] - before[0], after[1] - before[1]) - PLOT_WALK_STEP) < 0.05f);
        }
        press(KEY_ESCAPE);
        press(KEY_HOME);
    }
}

static void enter_pins(void **state) {
    (void)state;
    tab_to_the_plot();
    press(KEY_LEFT);
    uint32_t at = s.walk.sample;
    press(KEY_ENTER);
    assert_int_equal(s.hand.pinned, at);
    press(KEY_UP);
    press(KEY_DOWN);
    press(KEY_ESCAPE);
    press(KEY_RIGHT); /* begins at the pin */
    assert_int_equal(s.walk.sample, at);
    press(KEY_ENTER);
    assert_int_equal(s.hand.pinned, -1);
}

static void f_flips_and_delete_erases(void **state) {
    (void)state;
    tab_to_the_plot();
    press(KEY_RIGHT);
    press(KEY_RIGHT);
    uint32_t at = s.walk.sample;
    float x = s.walk.x, y = s.walk.y;
    uint8_t label = data()->label[at];
    letter('f');
    assert_int_equal(data()->label[at], !label);
    assert_int_equal(s.walk.sample, at); /* stays there */
    undo();
    assert_int_equal(data()->label[at], label);
    press(KEY_DELETE);
    assert_int_equal(data()->count, POINTS - 1);
    for (size_t i = 0; i < data()->count; i++)
        assert_false(data()->x[i] == x && data()->y[i] == y);
    frame();
    assert_true(s.walk.walking && s.walk.sample < POINTS - 1); /* at its neighbour */
    assert_true(s.walk.x == data()->x[s.walk.sample]);
    undo();
    assert_int_equal(data()->count, POINTS);
    assert_true(data()->x[at] == x && data()->y[at] == y && data()->label[at] == label);
}

static void the_crosshair_adds(void **state) {
    (void)state;
    tab_to_the_plot();
    press(KEY_RIGHT);
    letter('m');
    assert_true(s.walk.crosshair && has("plot-crosshair"));
    assert_true(s.walk.cross_x == (double)s.walk.x);
    press(KEY_RIGHT);
    double step = s.walk.cross_x - (double)s.walk.x;
    assert_true(fabs(step * s.hand.camera.scale - (double)PLOT_WALK_STEP) < 0.01);
    give((UiKey){.code = KEY_UP, .shift = true});
    assert_true(fabs(s.walk.cross_y - (double)s.walk.y - 6 * step) < 1e-6);
    give((UiKey){.code = KEY_UP, .ctrl = true});
    assert_true(fabs(s.walk.cross_y - (double)s.walk.y - 6.125 * step) < 1e-6);
    letter('2');
    assert_int_equal(s.brush.class, 1);
    assert_int_equal(s.brush.tool, TOOL_MOVE); /* the pointer's tool stays */
    press(KEY_ENTER);
    assert_int_equal(data()->count, POINTS + 1);
    assert_true(data()->x[POINTS] == (float)s.walk.cross_x && data()->y[POINTS] == (float)s.walk.cross_y);
    assert_int_equal(data()->label[POINTS], 1);
    press(KEY_LEFT);
    letter('1');
    press(KEY_INSERT);
    assert_int_equal(data()->count, POINTS + 2);
    assert_int_equal(data()->label[POINTS + 1], 0);
    undo();
    undo();
    assert_int_equal(data()->count, POINTS);
    letter('9'); /* no class */
    assert_false(s.keyboard_taken);
    press(KEY_ESCAPE);
    assert_true(!s.walk.crosshair && s.walk.walking);
}

/* A step is as long up as it is across, whatever the axes' scales. */
static void the_crosshair_steps_as_seen(void **state) {
    (void)state;
    s.hand.aspect = ASPECT_FILL;
    tab_to_the_plot();
    press(KEY_RIGHT);
    letter('m');
    assert_true(fabs(s.hand.camera.stretch - 1) > 0.1);
    double x = s.walk.cross_x, y = s.walk.cross_y;
    press(KEY_UP);
    press(KEY_LEFT);
    assert_true(fabs((x - s.walk.cross_x) * s.hand.camera.scale - (double)PLOT_WALK_STEP) < 0.01);
    assert_true(fabs((s.walk.cross_y - y) * camera_scale_y(&s.hand.camera) - (double)PLOT_WALK_STEP) < 0.01);
}

/* Without the focus by keyboard no key is taken, nor are those that mean nothing. */
static void keys_are_not_stolen(void **state) {
    (void)state;
    static const UiKeyCode CODES[] = {KEY_LEFT, KEY_DELETE, KEY_ENTER, KEY_PAGE_DOWN, KEY_INSERT, KEY_ESCAPE};
    frame();
    for (int focused = 0; focused < 2; focused++) {
        for (size_t i = 0; i < sizeof CODES / sizeof *CODES; i++) {
            press(CODES[i]);
            assert_false(s.keyboard_taken && CODES[i] != KEY_LEFT); /* after a click an arrow moves the view */
        }
        for (const char *c = "fm12"; *c; c++) {
            letter(*c);
            assert_false(s.keyboard_taken);
        }
        assert_false(s.walk.walking || s.walk.crosshair);
        s.input.mouse_x = s.area.x + s.area.w - 5; /* the focus by pointer */
        s.input.mouse_y = s.area.y + s.area.h - 5;
        s.input.pressed = s.input.down = true;
        s.input.clicks = 1;
        frame();
        s.input.released = true;
        s.input.down = false;
        frame();
    }
    s.ui.focus = 0;
    tab_to_the_plot();
    letter('f'); /* full screen: nobody walks yet */
    assert_false(s.keyboard_taken);
    press(KEY_DELETE);
    assert_false(s.keyboard_taken);
    press(KEY_RIGHT);
    give((UiKey){.code = KEY_RIGHT, .shift = true}); /* epochs */
    assert_false(s.keyboard_taken);
    give((UiKey){.code = KEY_CHARACTER, .character = 'z', .ctrl = true});
    assert_false(s.keyboard_taken);
    press(KEY_SPACE);
    assert_false(s.keyboard_taken);
    assert_int_equal(data()->count, POINTS);
}

/* Points that the legend has switched off are passed over. */
static void hidden_points_are_passed_over(void **state) {
    (void)state;
    tab_to_the_plot();
    *plot_hidden(&s.hand.hidden, PLOT_ENTRY_HARD, 0) = true;
    Snapshot snapshot = experiment_snapshot(&s.e);
    size_t shown = 0;
    for (size_t i = 0; i < POINTS; i++)
        shown += plot_shows(&s.hand.hidden, &snapshot, i);
    for (int i = 0; i < POINTS; i++) {
        press(i % 3 ? KEY_RIGHT : KEY_PAGE_DOWN);
        assert_true(!s.walk.walking || plot_shows(&s.hand.hidden, &snapshot, s.walk.sample));
    }
    assert_int_equal(s.walk.walking, shown > 0);
}

#define run(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        run(arrows_reach_every_point),
        run(the_view_follows),
        run(enter_pins),
        run(f_flips_and_delete_erases),
        run(the_crosshair_adds),
        run(keys_are_not_stolen),
        run(hidden_points_are_passed_over),
        run(the_walk_goes_by_what_is_seen),
        run(the_crosshair_steps_as_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
