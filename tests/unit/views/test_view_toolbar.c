/* The toolbar's figures, and its play button while an earlier epoch is on show. */
#include "app/views/view_toolbar.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { W = 900, H = 160, POINTS = 100 };

static Settings settings;
static Dataset data, test;
static History history;
static Snapshot snapshot;
static Canvas canvas;
static Text *text;
static Ui ui;
static UiInput input;
static Intents intents;
static Status status;

static int setup(void **state) {
    (void)state;
    memset(&ui, 0, sizeof ui);
    settings_default(&settings);
    if (!dataset_init(&data, POINTS, 2, &status) || !dataset_init(&test, 10, 2, &status))
        return -1;
    snapshot = (Snapshot){.settings = &settings,
                          .data = &data,
                          .test = &test,
                          .history = &history,
                          .epoch = 5,
                          .batches = 1,
                          .threshold = 1.0,
                          .next_threshold = 1.0,
                          .easy = 20,
                          .mean_loss = 0.9,
                          .accuracy = 0.5,
                          .test_accuracy = 0.4};
    input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .time = 100.0};
    text = text_new(FONT_DIR, 1.0f, &status);
    return text && ui_init(&ui, &status) && canvas_resize(&canvas, W, H, &status) ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    ui_free(&ui);
    text_free(text);
    canvas_free(&canvas);
    dataset_free(&data);
    dataset_free(&test);
    return 0;
}

static void figures(Rect rect) {
    ui_begin(&ui, &input, &canvas, text, &THEME_LIGHT, 1.0f);
    canvas_fill(&canvas, THEME_LIGHT.card);
    status_draw(&ui, rect, &snapshot);
    ui_end(&ui);
}

/* Whether the figures in a rect of that width look different with other test figures. */
static bool figures_tell_of_test_points(float width) {
    const size_t bytes = sizeof(uint32_t) * W * H;
    uint32_t *one = malloc(bytes);
    assert_non_null(one);
    snapshot.test_accuracy = 0.913;
    figures((Rect){W - width, 20, width, 40});
    memcpy(one, canvas.pixels, bytes);
    snapshot.test_accuracy = 0.427;
    figures((Rect){W - width, 20, width, 40});
    bool differ = memcmp(one, canvas.pixels, bytes) != 0;
    for (int y = 0; y < H && width < W; y++) /* nothing beyond the rect */
        for (int x = 0; x < (int)(W - width) - 2; x++)
            assert_int_equal(canvas.pixels[y * W + x] | 0xff000000, THEME_LIGHT.card);
    free(one);
    return differ;
}

static void the_toolbar_tells_the_test_accuracy_where_there_is_room(void **state) {
    (void)state;
    assert_true(figures_tell_of_test_points(600));
    assert_false(figures_tell_of_test_points(250));
    snapshot.test_accuracy = NAN;
    figures((Rect){300, 20, 600, 40}); /* and does without it */
}

static int press_play(void) {
    for (int i = 0; i < 2; i++) { /* the press, then the release */
        input.mouse_x = 20.0f;
        input.mouse_y = 24.0f;
        input.mouse_inside = true;
        input.pressed = input.down = i == 0;
        input.released = i == 1;
        intents = (Intents){.preset = -1};
        ToolbarState toolbar = {.preset = -1, .speed = 1.0};
        ui_begin(&ui, &input, &canvas, text, &THEME_LIGHT, 1.0f);
        toolbar_widgets(&ui, (Rect){0, 0, W, 48}, &toolbar, &snapshot, &intents);
        ui_end(&ui);
    }
    assert_int_equal(intents.count, 1);
    return intents.commands[0].kind;
}

static void play_while_looking_back_replays(void **state) {
    (void)state;
    assert_int_equal(press_play(), COMMAND_PLAY);
    snapshot.playing = true;
    assert_int_equal(press_play(), COMMAND_PAUSE);
    snapshot.playing = false;
    snapshot.looking_back = true;
    assert_int_equal(press_play(), COMMAND_REPLAY);
    snapshot.replaying = true;
    assert_int_equal(press_play(), COMMAND_PAUSE);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_toolbar_tells_the_test_accuracy_where_there_is_room, setup, teardown),
        cmocka_unit_test_setup_teardown(play_while_looking_back_replays, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
