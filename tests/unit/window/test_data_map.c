/* The data map and what is selected, by events in the whole window: a box, a lasso and clicks in both plots choose
 * exactly the points there and light them in both, the hand on a point in one shows it in the other, and what is done
 * to the selected is one step to undo. */
#include "tests/support/screen_scene.h"

#include <math.h>
#include <stdlib.h>

static ScreenScene scene;
static Snapshot now;

/* A frame that does all that is asked for, the edits too; measures are there when it ends. */
static void frame(double seconds) {
    scene_frame(&scene, seconds);
    scene.run.watch_labels = screen_wants_labels(&scene.screen);
    if (scene.run.watch_labels)
        experiment_watch_now(&scene.run);
    now = experiment_snapshot(&scene.run);
}

static void settle(void) {
    for (int i = 0; i < 5; i++)
        frame(5.0);
}

static void open_scene(int width, int height, bool map) {
    Settings settings;
    settings_default(&settings);
    settings.dataset = DATASET_MOONS;
    settings.samples = 200;
    settings.flip = 0.1;
    settings.batch = 20;
    scene_train(&scene, &settings, 12);
    scene_open(&scene, width, height, 1.0f, &THEME_LIGHT);
    frame(5.0);
    scene.screen.map.open = map;
    settle();
}

static void close_scene(void) {
    screen_free(&scene.screen);
    experiment_free(&scene.run);
}

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    open_scene(1280, 720, true);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    close_scene();
    return 0;
}

static Rect rect_of(const char *name) {
    const UiWidget *widget = scene_find(&scene, name);
    if (!widget)
        fail_msg("no %s", name);
    return widget->rect;
}

/* ---- where points are ---- */

/* By the measures themselves, in the map's axes: 8 pixels of margin, variability up to the map's end. */
static void place_in_map(size_t sample, float at[2]) {
    Rect area = rect_of("map");
    const float *across = now.labels->value[MEASURE_VARIABILITY], *up = now.labels->value[MEASURE_CONFIDENCE];
    at[0] = area.x + 8.0f + (area.w - 16.0f) * across[sample] / scene.screen.map.points.end;
    at[1] = area.y + area.h - 8.0f - (area.h - 16.0f) * up[sample];
}

static void place_in_plot(size_t sample, float at[2]) {
    camera_screen(&scene.screen.hand.camera, now.data->x[sample], now.data->y[sample], at);
}

typedef void (*PlaceOf)(size_t sample, float at[2]);

/* A point that no other one is near to. */
static size_t lonely(PlaceOf place_of) {
    size_t best = 0;
    float most = 0.0f;
    for (size_t i = 0; i < now.data->count; i++) {
        float at[2], other[2], least = INFINITY;
        place_of(i, at);
        for (size_t k = 0; k < now.data->count; k++) {
            place_of(k, other);
            least = k == i ? least : fminf(least, hypotf(at[0] - other[0], at[1] - other[1]));
        }
        if (least > most) {
            most = least;
            best = i;
        }
    }
    assert_true(most > 4.0f);
    return best;
}

/* ---- the hand ---- */

static void point(float x, float y) {
    scene_point(&scene, x, y);
    frame(0.2);
}

static void button(bool down) {
    scene.hand.pressed = scene.hand.down = down;
    scene.hand.released = !down;
    scene.hand.clicks = 1;
    frame(0.7);
}

static void click(const float at[2], bool shift) {
    point(at[0], at[1]);
    scene.hand.shift = shift;
    button(true);
    button(false);
    scene.hand.shift = false;
}

static void draw_way(const float *corners, size_t count) {
    point(corners[0], corners[1]);
    button(true);
    for (size_t i = 1; i < count; i++)
        point(corners[2 * i], corners[2 * i + 1]);
    button(false);
}

static void press(const char *name) {
    Rect r = rect_of(name);
    click((float[]){r.x + r.w / 2, r.y + r.h / 2}, false);
}

static void edit(UiKey key) {
    PointEdit edit = {0};
    assert_true(selection_key(&scene.screen.selection, &key, &edit));
    if (edit.count > 0 && !experiment_edit_points(&scene.run, &edit, &scene.status))
        fail_msg("%s", scene.status.message);
    settle();
}

static void undo(void) {
    experiment_push(&scene.run, (Command){.kind = COMMAND_UNDO});
    settle();
}

/* ---- what is selected ---- */

static size_t selected(void) {
    return scene.screen.selection.count;
}

/* Exactly the points within that polygon, by their angles round each, more than none and less than all. */
static void assert_within(PlaceOf place_of, const float *corners, size_t count) {
    size_t inside = 0;
    for (size_t i = 0; i < now.data->count; i++) {
        float at[2], turned = 0.0f;
        place_of(i, at);
        for (size_t k = 0; k < count; k++) {
            const float *a = &corners[2 * k], *b = &corners[2 * ((k + 1) % count)];
            float turn = atan2f(b[1] - at[1], b[0] - at[0]) - atan2f(a[1] - at[1], a[0] - at[0]);
            turned += turn > 3.14159265f ? turn - 6.2831853f : turn < -3.14159265f ? turn + 6.2831853f : turn;
        }
        bool within = fabsf(turned) > 3.0f;
        inside += within;
        assert_int_equal(selection_has(&scene.screen.selection, i), within);
    }
    assert_int_equal(selected(), inside);
    assert_true(inside > 3 && inside < now.data->count - 3);
}

/* Whether a halo is at the place: the accent's colour all round. A disc has the area of a square of its size. */
static bool lit(const float at[2]) {
    float radius = (plot_mark_radius(scene.screen.plots[0]) + 4.0f) * 1.128f - 0.9f;
    int seen = 0;
    for (int i = 0; i < 16; i++) {
        float x = at[0] + radius * cosf((float)i * 0.3927f), y = at[1] + radius * sinf((float)i * 0.3927f);
        Color c = scene.screen.canvas.pixels[(int)y * scene.screen.canvas.width + (int)x], want = THEME_LIGHT.accent;
        int far = 0;
        for (int s = 0; s < 24; s += 8)
            far += abs((int)(c >> s & 255) - (int)(want >> s & 255));
        seen += far < 200;
    }
    return seen >= 8;
}

static void a_box_in_the_map_lights_both(void **state) {
    (void)state;
    Rect map = rect_of("map");
    float x0 = map.x + 3, x1 = map.x + 0.6f * map.w, y0 = map.y + 0.3f * map.h, y1 = map.y + map.h - 3;
    draw_way((float[]){x0, y0, (x0 + x1) / 2, (y0 + y1) / 2, x1, y1}, 3);
    assert_within(place_in_map, (float[]){x0, y0, x1, y0, x1, y1, x0, y1}, 4);
    scene_leave(&scene);
    settle();
    edit((UiKey){.code = KEY_ESCAPE});
    assert_int_equal(selected(), 0);
    PlaceOf places[] = {place_in_plot, place_in_map};
    uint32_t one = (uint32_t)lonely(place_in_map);
    for (int k = 0; k < 2; k++) {
        float at[2];
        places[k](one, at);
        assert_false(lit(at));
        selection_use(&scene.screen.selection, &one, 1, SELECT_ONLY);
        settle();
        assert_true(lit(at));
        selection_clear(&scene.screen.selection);
        settle();
    }
}

/* A drag whose plot closes under it is over: the next one, in the other plot, selects as ever. */
static void a_drag_ends_with_its_map(void **state) {
    (void)state;
    Rect map = rect_of("map"), plot = rect_of("plot");
    point(map.x + 5, map.y + 5);
    button(true);
    point(map.x + 60, map.y + 60);
    scene.screen.map.open = false;
    settle();
    button(false);
    selection_clear(&scene.screen.selection);
    settle();
    scene.hand.shift = true;
    draw_way((float[]){plot.x + 4, plot.y + 4, plot.x + plot.w / 2, plot.y + plot.h / 2, plot.x + plot.w - 4,
                       plot.y + plot.h - 4},
             3);
    scene.hand.shift = false;
    assert_true(selected() > 0);
}

static void a_lasso_in_the_plot(void **state) {
    (void)state;
    Rect plot = rect_of("plot");
    brush_key(&scene.screen.brush, 'l', 2);
    brush_key(&scene.screen.brush, 'l', 2);
    float x = plot.x + 0.2f * plot.w, y = plot.y + 0.2f * plot.h;
    const float way[] = {x,
                         y,
                         x + 0.5f * plot.w,
                         y,
                         x + 0.5f * plot.w,
                         y + 0.2f * plot.h,
                         x + 60.0f,
                         y + 60.0f,
                         x + 0.4f * plot.w,
                         y + 0.6f * plot.h};
    draw_way(way, 5);
    assert_within(place_in_plot, way, 5);
    size_t count = selected();
    /* Shift adds, Ctrl takes away, Esc in a drag gives it up */
    brush_key(&scene.screen.brush, 'l', 2); /* a box again */
    float at[2];
    place_in_plot(lonely(place_in_plot), at);
    scene.hand.ctrl = true;
    draw_way((float[]){x - 5, y - 5, x + 0.25f * plot.w, y + plot.h * 0.5f}, 2);
    scene.hand.ctrl = false;
    assert_true(selected() < count);
    count = selected();
    scene.hand.shift = true;
    draw_way((float[]){plot.x + 1, plot.y + 1, plot.x + plot.w - 1, plot.y + plot.h - 1}, 2);
    scene.hand.shift = false;
    assert_int_equal(selected(), now.data->count);
    point(plot.x + 5, plot.y + 5);
    button(true);
    point(plot.x + 9, plot.y + 9);
    point(plot.x + 30, plot.y + 30);
    assert_true(selected() < now.data->count);
    scene_key(&scene, KEY_ESCAPE, 0);
    assert_int_equal(selected(), now.data->count);
    button(false);
}

static void clicks(void **state) {
    (void)state;
    PlaceOf places[] = {place_in_plot, place_in_map};
    for (int k = 0; k < 2; k++) {
        size_t one = lonely(places[k]);
        float at[2];
        /* pins, as ever, and in both */
        places[k](one, at);
        click(at, false);
        assert_int_equal(scene.screen.hand.pinned, one);
        assert_int_equal(selected(), 0);
        float pin[2];
        places[1 - k](one, pin);
        Rect ring = rect_of(k ? "plot-pin" : "map-pin");
        assert_float_equal((double)(ring.x + ring.w / 2), (double)pin[0], 0.6);
        assert_float_equal((double)(ring.y + ring.h / 2), (double)pin[1], 0.6);
        click(at, false);
        assert_int_equal(scene.screen.hand.pinned, -1);
        /* with Shift it selects, and no longer */
        click(at, true);
        assert_int_equal(selected(), 1);
        assert_true(selection_has(&scene.screen.selection, one));
        assert_int_equal(scene.screen.hand.pinned, -1);
        click(at, true);
        assert_int_equal(selected(), 0);
        /* with the tool, one alone; on nothing, none */
        press("tool-select");
        click(at, false);
        assert_int_equal(selected(), 1);
        Rect area = rect_of(k ? "map" : "plot");
        click((float[]){area.x + area.w - 3, area.y + area.h / 2}, false);
        assert_int_equal(selected(), 0);
        press("tool-move");
    }
}

static void pointed_at_in_one_is_ringed_in_the_other(void **state) {
    (void)state;
    float at[2];
    size_t one = lonely(place_in_map);
    place_in_map(one, at);
    point(at[0], at[1]);
    frame(1.0);
    Rect ring = rect_of("plot-linked");
    assert_non_null(scene_find(&scene, "plot-card"));
    place_in_plot(one, at);
    assert_float_equal((double)(ring.x + ring.w / 2), (double)at[0], 0.6);
    assert_float_equal((double)(ring.y + ring.h / 2), (double)at[1], 0.6);
    one = lonely(place_in_plot);
    place_in_plot(one, at);
    point(at[0], at[1]);
    frame(1.0);
    frame(1.0);
    assert_null(scene_find(&scene, "plot-linked"));
    ring = rect_of("map-hovered");
    place_in_map(one, at);
    assert_float_equal((double)(ring.x + ring.w / 2), (double)at[0], 0.6);
    assert_float_equal((double)(ring.y + ring.h / 2), (double)at[1], 0.6);
}

static void what_is_done_to_the_selected_can_be_undone(void **state) {
    (void)state;
    const uint32_t some[] = {3, 50, 51, 120};
    uint8_t before[200];
    memcpy(before, now.data->label, sizeof before);
    selection_use(&scene.screen.selection, some, 4, SELECT_ONLY);
    settle();
    edit((UiKey){.code = KEY_CHARACTER, .character = 'f'});
    for (size_t i = 0, k = 0; i < 200; i++) {
        bool meant = k < 4 && some[k] == i;
        k += meant;
        assert_int_equal(now.data->label[i], meant ? 1 - before[i] : before[i]);
    }
    assert_int_equal(selected(), 4); /* and can be turned back */
    undo();
    assert_memory_equal(now.data->label, before, sizeof before);
    assert_int_equal(selected(), 4);
    /* all of one class */
    PointEdit label = selection_edit(&scene.screen.selection, EDIT_LABEL, 1);
    assert_true(experiment_edit_points(&scene.run, &label, &scene.status));
    settle();
    for (int k = 0; k < 4; k++)
        assert_int_equal(now.data->label[some[k]], 1);
    undo();
    assert_memory_equal(now.data->label, before, sizeof before);
    /* right as they are */
    edit((UiKey){.code = KEY_CHARACTER, .character = 'k'});
    for (size_t i = 0; i < 200; i++)
        assert_int_equal(now.data->kept[i], i == 3 || i == 50 || i == 51 || i == 120);
    undo();
    assert_int_equal(now.data->kept[3], 0);
    assert_int_equal(selected(), 4);
    /* others go: these stay selected, under other numbers */
    const uint32_t first[] = {0, 1, 2, 50};
    float x = now.data->x[120];
    PointEdit erase = {.kind = EDIT_ERASE, .count = 4, .samples = first, .data_version = now.data_version};
    assert_true(experiment_edit_points(&scene.run, &erase, &scene.status));
    settle();
    assert_int_equal(selected(), 3);
    assert_true(selection_has(&scene.screen.selection, 116) && now.data->x[116] == x);
    edit((UiKey){.code = KEY_DELETE});
    assert_int_equal(now.data->count, 193);
    assert_int_equal(selected(), 0);
    undo();
    undo();
    assert_int_equal(now.data->count, 200);
    assert_memory_equal(now.data->label, before, sizeof before);
    screen_select_all(&scene.screen, &now);
    assert_int_equal(selected(), 200);
}

static void the_bar_takes_the_lines_place(void **state) {
    (void)state;
    assert_non_null(scene_find(&scene, "line"));
    const uint32_t some[] = {3, 50};
    selection_use(&scene.screen.selection, some, 2, SELECT_ONLY);
    settle();
    assert_null(scene_find(&scene, "line"));
    Rect bar = rect_of("selection"), plot = rect_of("plot");
    static const char *const names[] = {"selection-keep", "selection-flip", "selection-label", "selection-remove",
                                        "selection-clear"};
    for (int i = 0; i < 5; i++) {
        Rect r = rect_of(names[i]);
        assert_true(r.x > bar.x && r.y >= bar.y && r.x + r.w < bar.x + bar.w && r.y + r.h <= bar.y + bar.h);
        for (int k = 0; k < i; k++)
            assert_true(rect_overlap(r, rect_of(names[k])) <= 0.0f);
    }
    uint8_t label = now.data->label[50];
    press("selection-flip");
    settle();
    assert_int_equal(now.data->label[50], 1 - label);
    undo();
    press("selection-label");
    press(label ? "selection-label-1" : "selection-label-2");
    settle();
    assert_int_equal(now.data->label[50], 1 - label);
    undo();
    press("selection-keep");
    settle();
    assert_int_equal(now.data->kept[3] + now.data->kept[50], 2);
    undo();
    press("selection-remove");
    settle();
    assert_int_equal(now.data->count, 198);
    undo();
    assert_int_equal(now.data->count, 200);
    selection_use(&scene.screen.selection, some, 2, SELECT_ONLY);
    settle();
    press("selection-clear");
    settle();
    assert_int_equal(selected(), 0);
    assert_non_null(scene_find(&scene, "line"));
    assert_memory_equal(&plot, (Rect[]){rect_of("plot")}, sizeof plot); /* nothing has moved */
}

static void key_down(UiKeyCode code, bool shift) {
    scene.hand.keys[scene.hand.key_count++] = (UiKey){.code = code, .shift = shift};
    frame(0.2);
}

/* Shift+Enter on the point that the keyboard is on, in both plots, and the menu of a point. */
static void by_keyboard_and_menu(void **state) {
    (void)state;
    static const char *const plots[] = {"plot", "map"};
    for (int k = 0; k < 2; k++) {
        scene.screen.ui.focus = ui_id(plots[k]);
        scene.screen.ui.focus_visible = true;
        key_down(KEY_RIGHT, false);
        key_down(KEY_RIGHT, false);
        key_down(KEY_ENTER, true);
        assert_int_equal(selected(), 1);
        int64_t one = k ? scene.screen.map.walked : (int64_t)scene.screen.walk.sample;
        assert_true(one >= 0 && selection_has(&scene.screen.selection, (size_t)one));
        assert_non_null(scene_find(&scene, k ? "plot-linked" : "plot-walk"));
        key_down(KEY_ENTER, false);
        assert_int_equal(scene.screen.hand.pinned, one);
        key_down(KEY_ENTER, false);
        key_down(KEY_ENTER, true);
        assert_int_equal(selected(), 0);
        key_down(KEY_ESCAPE, false);
        scene.screen.ui.focus = 0;
        scene.screen.ui.focus_visible = false;
    }
    float at[2];
    size_t one = lonely(place_in_map);
    place_in_map(one, at);
    point(at[0], at[1]);
    for (int down = 1; down >= 0; down--) {
        scene.hand.right_pressed = scene.hand.right_down = down;
        scene.hand.right_released = !down;
        frame(0.1);
    }
    settle();
    assert_null(scene_find(&scene, "menu-flip-selected"));
    press("menu-select");
    settle();
    assert_true(selected() == 1 && selection_has(&scene.screen.selection, one));
}

/* In a wide window the map comes and goes with the list of suspects; one that was open stays. */
static void it_comes_with_the_list(void **state) {
    (void)state;
    for (int before = 0; before < 2; before++) {
        scene.screen.map.open = before;
        settle();
        scene.screen.panel.suspects.open = true;
        settle();
        assert_non_null(scene_find(&scene, "map"));
        assert_true(scene.screen.panel.suspects.rows.count > 0);
        screen_select_all(&scene.screen, &now); /* of the list */
        assert_int_equal(selected(), scene.screen.panel.suspects.rows.count);
        scene.screen.panel.suspects.open = false;
        settle();
        assert_int_equal(scene_find(&scene, "map") != NULL, before);
    }
}

static void a_narrow_window_has_tabs(void **state) {
    (void)state;
    static const struct {
        int width, height;
        bool beside;
    } SIZES[] = {{1100, 700, true}, {1099, 700, false}, {640, 480, false}};
    for (int i = 0; i < 3; i++) {
        close_scene();
        memset(&scene, 0, sizeof scene);
        open_scene(SIZES[i].width, SIZES[i].height, true);
        assert_non_null(scene_find(&scene, "map"));
        assert_int_equal(scene_find(&scene, "plot") != NULL, SIZES[i].beside);
        assert_int_equal(scene_find(&scene, "plot-tabs-0") == NULL, SIZES[i].beside);
        if (SIZES[i].beside)
            continue;
        press("plot-tabs-0");
        settle();
        assert_null(scene_find(&scene, "map"));
        assert_non_null(scene_find(&scene, "plot"));
        press("plot-tabs-1");
        settle();
        assert_non_null(scene_find(&scene, "map"));
        press("map-close");
        settle();
        assert_null(scene_find(&scene, "map"));
        assert_null(scene_find(&scene, "plot-tabs-0"));
        assert_false(screen_wants_labels(&scene.screen));
    }
}

/* However fast the run is, the map's picture stays for a while. */
static void it_is_calm_while_the_run_goes_on(void **state) {
    (void)state;
    uint64_t drawn = plot_counts(scene.screen.map.plot).drawn;
    for (int i = 0; i < 10; i++) {
        experiment_push(&scene.run, (Command){.kind = COMMAND_EPOCH});
        frame(0.01);
    }
    assert_true(plot_counts(scene.screen.map.plot).drawn - drawn <= 2);
    settle();
    assert_true(plot_counts(scene.screen.map.plot).drawn > drawn);
    assert_int_equal(scene.screen.map.points.epoch, now.epoch);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_box_in_the_map_lights_both, setup, teardown),
        cmocka_unit_test_setup_teardown(a_lasso_in_the_plot, setup, teardown),
        cmocka_unit_test_setup_teardown(a_drag_ends_with_its_map, setup, teardown),
        cmocka_unit_test_setup_teardown(clicks, setup, teardown),
        cmocka_unit_test_setup_teardown(pointed_at_in_one_is_ringed_in_the_other, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_done_to_the_selected_can_be_undone, setup, teardown),
        cmocka_unit_test_setup_teardown(the_bar_takes_the_lines_place, setup, teardown),
        cmocka_unit_test_setup_teardown(by_keyboard_and_menu, setup, teardown),
        cmocka_unit_test_setup_teardown(it_comes_with_the_list, setup, teardown),
        cmocka_unit_test_setup_teardown(a_narrow_window_has_tabs, setup, teardown),
        cmocka_unit_test_setup_teardown(it_is_calm_while_the_run_goes_on, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
