/* What floats beside the pointer, in the smallest window: it covers neither what it is about, nor the words, nor λ. */
#include "app/experiment/experiment.h"
#include "app/window/screen.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static Status status;
static Experiment experiment;
static Screen screen;
static UiInput input;

static double no_time(void) {
    return 0.0;
}

static int setup(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.samples = 120;
    s.flip = 0.1;
    memset(&screen, 0, sizeof screen);
    if (!experiment_init(&experiment, &s, NULL, NULL, &status) ||
        !screen_init(&screen, FONT_DIR, 640, 480, 1.0f, &THEME_LIGHT, &status))
        return -1;
    input = (UiInput){.mouse_x = 5.0f, .mouse_y = 5.0f, .mouse_inside = true, .time = 100.0};
    for (int i = 0; i < 5; i++) { /* so that cards are long: hard again, changed so many times */
        experiment_push(&experiment, (Command){.kind = COMMAND_THRESHOLD, .threshold = i % 2 ? 0.2 : 2.0});
        experiment_push(&experiment, (Command){.kind = COMMAND_EPOCH});
        experiment_advance(&experiment, 0.0, no_time, 1.0);
    }
    return 0;
}

static int teardown(void **state) {
    (void)state;
    screen_free(&screen);
    experiment_free(&experiment);
    return 0;
}

static void frame(void) {
    Intents intents = {.preset = -1}, late = {.preset = -1};
    Snapshot snapshot = experiment_snapshot(&experiment);
    screen_widgets(&screen, &input, &snapshot, 1.0, &intents);
    assert_true(screen_draw(&screen, &snapshot, "", &late, &status));
    input.pressed = input.released = false;
    input.key_count = 0;
}

static const Rect *find(const char *name) {
    for (int i = 0; i < screen.ui.widget_count; i++)
        if (strcmp(screen.ui.widgets[i].name, name) == 0)
            return &screen.ui.widgets[i].rect;
    return NULL;
}

static void place_of_point(size_t sample, float at[2]) {
    const Dataset *data = &experiment.trainer->data;
    camera_screen(&screen.hand.camera, data->x[sample], data->y[sample], at);
}

/* A card is there, and it covers none of these. */
static void card_is_off(const float at[2], const char *what) {
    const Rect *card = find("plot-card");
    if (!card)
        fail_msg("%s: no card", what);
    const Layout *l = &screen.layout;
    const Rect spot = {at[0] - 5.0f, at[1] - 5.0f, 10.0f, 10.0f}, clear[] = {spot, l->line, l->threshold};
    static const char *const names[] = {"its point", "the words", "the row of \u03bb"};
    for (int i = 0; i < 3; i++)
        if (rect_overlap(*card, clear[i]) > 0.0f)
            fail_msg("%s at %g, %g: the card lies on %s", what, (double)at[0], (double)at[1], names[i]);
    assert_true(card->x >= 0.0f && card->y >= 0.0f && card->x + card->w <= 640.0f && card->y + card->h <= 480.0f);
}

static void of_each_point(const char *what) {
    for (size_t i = 0; i < experiment.trainer->data.count; i++) {
        float at[2];
        place_of_point(i, at);
        input.mouse_x = at[0];
        input.mouse_y = at[1];
        frame();
        input.time += 1.0;
        frame();
        card_is_off(at, what);
        screen.hand.told = (int64_t)i; /* asked for by the menu */
        frame();
        card_is_off(at, "asked for");
        screen.hand.told = -1;
    }
}

static void cards_of_points(void **state) {
    (void)state;
    frame();
    of_each_point("small window");
    screen.timeline_height = 240.0f; /* so that the plot is lower than a card */
    frame();
    of_each_point("high timeline");
    screen.timeline_height = 0.0f;
}

/* Also of places without a point, up to the edges. */
static void cards_of_the_model(void **state) {
    (void)state;
    frame();
    Rect area = screen.area;
    for (int i = 0; i <= 8; i++)
        for (int k = 0; k <= 8; k++) {
            float at[2] = {area.x + 2.0f + (area.w - 4.0f) * (float)i / 8.0f,
                           area.y + 2.0f + (area.h - 4.0f) * (float)k / 8.0f};
            const Rect *key = find("key");
            if (key && rect_has(*key, at[0], at[1]))
                continue;
            input.mouse_x = at[0];
            input.mouse_y = at[1];
            frame();
            input.time += 1.0;
            frame();
            card_is_off(at, "a place");
        }
}

static void cards_on_the_walk(void **state) {
    (void)state;
    frame();
    screen.ui.focus = ui_id("plot");
    screen.ui.focus_visible = true;
    static const UiKeyCode keys[] = {KEY_RIGHT, KEY_DOWN, KEY_LEFT, KEY_UP, KEY_PAGE_DOWN};
    for (int i = 0; i < 200; i++) {
        input.keys[input.key_count++] = (UiKey){.code = keys[(i / 7) % 5]};
        input.time += 0.1;
        frame();
        input.time += 1.0;
        frame();
        assert_true(screen.walk.walking);
        float at[2];
        place_of_point(screen.walk.sample, at);
        card_is_off(at, "walked");
    }
}

static void no_card_below_an_open_menu(void **state) {
    (void)state;
    frame();
    input.mouse_x = screen.area.x + 100.0f;
    input.mouse_y = screen.area.y + 100.0f;
    frame();
    input.time += 1.0;
    frame();
    assert_non_null(find("plot-card"));
    input.right_pressed = input.right_down = true;
    frame();
    input.right_pressed = input.right_down = false;
    input.right_released = true;
    frame();
    input.right_released = false;
    input.time += 1.0;
    frame();
    assert_true(screen.menu.card.open && !find("plot-card"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(cards_of_points, setup, teardown),
        cmocka_unit_test_setup_teardown(cards_of_the_model, setup, teardown),
        cmocka_unit_test_setup_teardown(cards_on_the_walk, setup, teardown),
        cmocka_unit_test_setup_teardown(no_card_below_an_open_menu, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
