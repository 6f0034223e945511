/* The timeline's curves, legend and what is to come, by the colours of its pixels. */
#include "app/views/view_timeline.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { W = 900, H = 160, EPOCHS = 10, DONE = 5, POINTS = 100 };

static const Rect CARD = {20, 20, 860, 112};

typedef struct Scene {
    Settings settings;
    Dataset data, test;
    HistoryRecord records[DONE];
    History history;
    Snapshot snapshot;
    Canvas canvas;
    Text *text;
    Ui ui;
    UiInput input;
    Rect area; /* that the curves are in */
} Scene;

static Scene scene;
static Status status;

static void draw(void) {
    TimelineState state = {.hovered = -1, .pinned = -1};
    Intents intents = {.preset = -1};
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    canvas_fill(&scene.canvas, THEME_LIGHT.card);
    timeline_touch(&scene.ui, CARD, &state, &scene.snapshot, &intents);
    scene.area = scene.ui.widgets[0].rect;
    timeline_draw(&scene.ui, CARD, &state, &scene.snapshot);
    ui_end(&scene.ui);
}

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    settings_default(&scene.settings);
    scene.settings.epochs = EPOCHS;
    if (!dataset_init(&scene.data, POINTS, 2, &status) || !dataset_init(&scene.test, 10, 2, &status))
        return -1;
    dataset_bounds(&scene.data);
    for (uint32_t i = 0; i < DONE; i++) /* flat curves, each at a height of its own */
        scene.records[i] = (HistoryRecord){.epoch = i,
                                           .threshold = 1.0,
                                           .easy = 20,
                                           .mean_loss = 0.9,
                                           .accuracy = 0.5,
                                           .test_accuracy = 0.4,
                                           .test_loss = 1.0,
                                           .label_precision = 0.3,
                                           .label_recall = 0.1};
    scene.history = (History){.count = DONE, .records = scene.records};
    scene.snapshot = (Snapshot){.settings = &scene.settings,
                                .data = &scene.data,
                                .test = &scene.test,
                                .history = &scene.history,
                                .epoch = DONE,
                                .batches = 1,
                                .threshold = 1.0,
                                .next_threshold = 1.0,
                                .easy = 20,
                                .mean_loss = 0.9,
                                .accuracy = 0.5,
                                .test_accuracy = 0.4,
                                .label_precision = 0.3,
                                .label_recall = 0.1};
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .time = 100.0};
    scene.text = text_new(FONT_DIR, 1.0f, &status);
    return scene.text && ui_init(&scene.ui, &status) && canvas_resize(&scene.canvas, W, H, &status) ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    dataset_free(&scene.data);
    dataset_free(&scene.test);
    return 0;
}

static uint32_t pixel(float x, float y) {
    assert_true(x >= 0 && x < W && y >= 0 && y < H);
    return scene.canvas.pixels[(int)y * W + (int)x] | 0xff000000;
}

static bool is_near(Color a, Color b, int most) {
    for (int shift = 0; shift < 24; shift += 8)
        if (abs((int)(a >> shift & 255) - (int)(b >> shift & 255)) > most)
            return false;
    return true;
}

static float epoch_x(double epochs) {
    return scene.area.x + scene.area.w * (float)(epochs / EPOCHS);
}

static float value_y(double value) {
    return scene.area.y + scene.area.h * (float)(1 - value);
}

static bool any_near(float x, float y, int reach, Color color) {
    for (int dy = -reach; dy <= reach; dy++)
        for (int dx = -reach; dx <= reach; dx++)
            if (is_near(pixel(x + (float)dx, y + (float)dy), color, 90))
                return true;
    return false;
}

/* How many columns of a flat curve between epochs 1 and 4 show its colour, 0 to 1, and how often that
 * changes. */
static float shown(double value, Color color, int *changes) {
    int with = 0, all = 0, before = -1;
    *changes = 0;
    for (float x = epoch_x(1.2); x < epoch_x(4.0); x++) {
        bool is = false;
        for (int row = -1; row <= 1; row++)
            is = is || is_near(pixel(x, value_y(value) + (float)row), color, 110);
        with += is;
        all++;
        *changes += before >= 0 && is != (before == 1);
        before = is;
    }
    return (float)with / (float)all;
}

static void pairs_of_curves_are_solid_and_dashed(void **state) {
    (void)state;
    int changes;
    scene.settings.flip = 0.2;
    draw();
    assert_true(shown(0.5, THEME_LIGHT.curve_accuracy, &changes) == 1.0f);
    assert_int_equal(changes, 0);
    float dashed = shown(0.4, THEME_LIGHT.curve_accuracy, &changes);
    assert_true(dashed > 0.4f && dashed < 0.8f && changes > 20);
    assert_true(shown(0.3, THEME_LIGHT.danger, &changes) == 1.0f);
    assert_int_equal(changes, 0);
    dashed = shown(0.1, THEME_LIGHT.danger, &changes);
    assert_true(dashed > 0.4f && dashed < 0.8f && changes > 20);
}

static void dashes_go_on_over_many_short_segments(void **state) {
    (void)state;
    enum { MANY = 900 };
    static HistoryRecord records[MANY];
    for (uint32_t i = 0; i < MANY; i++) {
        records[i] = scene.records[0];
        records[i].epoch = i;
    }
    scene.history = (History){.count = MANY, .records = records};
    scene.settings.epochs = MANY * EPOCHS / DONE; /* half of the area, as in the other tests */
    scene.snapshot.epoch = MANY;
    draw();
    int changes;
    float dashed = shown(0.4, THEME_LIGHT.curve_accuracy, &changes);
    assert_true(dashed > 0.4f && dashed < 0.8f && changes > 20);
}

static void curves_without_a_meaning_are_left_out(void **state) {
    (void)state;
    int changes;
    draw(); /* no label is known to be wrong */
    assert_true(shown(0.3, THEME_LIGHT.danger, &changes) == 0.0f);
    assert_true(shown(0.1, THEME_LIGHT.danger, &changes) == 0.0f);
    assert_true(shown(0.4, THEME_LIGHT.curve_accuracy, &changes) > 0.0f);
    scene.snapshot.test = NULL;
    draw();
    assert_true(shown(0.4, THEME_LIGHT.curve_accuracy, &changes) == 0.0f);
    scene.settings.outliers = 0.1;
    for (int i = 0; i < DONE; i++)
        scene.records[i].label_precision = NAN; /* nothing is hard: no point of the curve */
    draw();
    assert_true(shown(0.3, THEME_LIGHT.danger, &changes) == 0.0f);
    assert_true(shown(0.1, THEME_LIGHT.danger, &changes) > 0.0f);
}

/* Lines of the legend, by the samples of their curves; all within the card, none in another. */
static int legend_rows(void) {
    int rows = 0, last = -100;
    float x = scene.area.x + scene.area.w + 18.0f + 3.0f;
    bool before = false;
    for (int y = 0; y < H; y++) {
        bool is = !is_near(pixel(x, (float)y), THEME_LIGHT.card, 60);
        if (is && !before) {
            assert_true((float)y > CARD.y && (float)y < CARD.y + CARD.h - 2.0f);
            assert_true(y - last >= 11);
            rows++;
            last = y;
        }
        before = is;
    }
    return rows;
}

static void the_legend_has_a_line_a_curve(void **state) {
    (void)state;
    scene.settings.flip = 0.2;
    draw();
    assert_int_equal(legend_rows(), 7);
    scene.snapshot.test = NULL;
    draw();
    assert_int_equal(legend_rows(), 6);
    scene.settings.flip = 0.0;
    draw();
    assert_int_equal(legend_rows(), 4);
}

static void dots_show_what_is_to_come(void **state) {
    (void)state;
    scene.snapshot.test = NULL;
    scene.snapshot.ahead_count = 3;
    for (int i = 0; i < 3; i++)
        scene.snapshot.ahead[i] = pow(10.0, i - 2); /* a third, a half, two thirds of the height */
    draw();
    for (int i = 0; i < 3; i++)
        assert_true(any_near(epoch_x(DONE + i + 1), value_y((2.0 + i) / 6.0), 1,
                             color_mix(THEME_LIGHT.card, THEME_LIGHT.curve_threshold, 0.6f)));
    assert_false(any_near(epoch_x(DONE + 1.5), value_y(0.5 - 0.5 / 6.0), 2, THEME_LIGHT.curve_threshold));

    scene.settings.pace = PACE_SHARE;
    for (int i = 0; i < 3; i++)
        scene.snapshot.ahead[i] = 0.25 * (i + 1);
    draw();
    for (int i = 0; i < 3; i++)
        assert_true(any_near(epoch_x(DONE + i + 1), value_y(0.25 * (i + 1)), 1,
                             color_mix(THEME_LIGHT.card, THEME_LIGHT.curve_easy, 0.6f)));
    scene.settings.order = ORDER_ALL; /* no threshold decides anything */
    draw();
    for (int i = 0; i < 3; i++)
        assert_false(any_near(epoch_x(DONE + i + 1), value_y(0.25 * (i + 1)), 2,
                              color_mix(THEME_LIGHT.card, THEME_LIGHT.curve_easy, 0.6f)));
}

/* As many keys as a frame can have, and a drag with them: each asks for something, and nothing is dropped. */
static void every_key_of_a_frame_counts(void **state) {
    (void)state;
    TimelineState timeline = {.hovered = -1, .pinned = -1};
    Intents intents = {.preset = -1};
    draw();
    scene.input.mouse_x = scene.area.x + scene.area.w * 0.2f;
    scene.input.mouse_y = scene.area.y + scene.area.h / 2;
    scene.input.mouse_inside = scene.input.down = scene.input.pressed = true;
    scene.input.key_count = UI_MAX_KEYS;
    for (int i = 0; i < UI_MAX_KEYS; i++)
        scene.input.keys[i] = (UiKey){.code = i % 2 ? KEY_LEFT : KEY_HOME};
    ui_begin(&scene.ui, &scene.input, &scene.canvas, scene.text, &THEME_LIGHT, 1.0f);
    timeline_touch(&scene.ui, CARD, &timeline, &scene.snapshot, &intents);
    ui_end(&scene.ui);
    assert_int_equal(intents.count, UI_MAX_KEYS + 1);
    assert_int_equal(intents.commands[0].epoch, 1);
    assert_int_equal(intents.commands[UI_MAX_KEYS - 1].epoch, 0);
    assert_int_equal(intents.commands[UI_MAX_KEYS].epoch, 3);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(pairs_of_curves_are_solid_and_dashed, setup, teardown),
        cmocka_unit_test_setup_teardown(dashes_go_on_over_many_short_segments, setup, teardown),
        cmocka_unit_test_setup_teardown(curves_without_a_meaning_are_left_out, setup, teardown),
        cmocka_unit_test_setup_teardown(the_legend_has_a_line_a_curve, setup, teardown),
        cmocka_unit_test_setup_teardown(dots_show_what_is_to_come, setup, teardown),
        cmocka_unit_test_setup_teardown(every_key_of_a_frame_counts, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
