/* The whole picture: whatever is kept from frame to frame, it must be as if it had been drawn anew. */
#include "app/experiment/experiment.h"
#include "app/window/screen.h"
#include "tests/support/commands.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 800, HEIGHT = 960, STEPS = 240 }; /* at the most */

static Status status;
static Experiment experiment;
static Screen kept, anew; /* two windows on one run; to the second every snapshot is another */
static uint64_t versions = UINT64_C(1) << 40;
static double seconds;
static uint32_t state_of_chance = 5;

static double no_time(void) {
    return 0.0;
}

static uint32_t chance(uint32_t below) {
    state_of_chance = state_of_chance * 1664525u + 1013904223u;
    return (uint32_t)(((uint64_t)state_of_chance * below) >> 32);
}

static void push(CommandKind kind, double value) {
    experiment_push(&experiment, command_of(kind, value));
}

static void push_settings(CommandKind kind, Settings settings) {
    experiment_push(&experiment, (Command){.kind = kind, .compare = true, .settings = settings});
}

static void edit(void) {
    float x[5], y[5];
    uint32_t samples[3] = {2, 7, 11};
    PointEdit points = {.kind = (EditKind)chance(3), .count = 3, .data_version = experiment.data_version};
    for (int i = 0; i < 5; i++) {
        x[i] = (float)chance(400) / 50.0f - 3.0f;
        y[i] = (float)chance(400) / 50.0f - 3.0f;
    }
    points.x = x;
    points.y = y;
    points.label = (uint8_t)chance(2);
    points.samples = samples;
    experiment_edit_points(&experiment, &points, &status);
}

/* Something that a person could do. */
static void do_something(void) {
    Settings s = experiment.trainer->settings;
    switch (chance(16)) {
    case 0:
    case 1:
        push(COMMAND_PLAY, 0.0);
        break;
    case 2:
    case 3:
        push(COMMAND_PAUSE, 0.0);
        break;
    case 4:
        push(COMMAND_EPOCH, 0.0);
        break;
    case 5:
        push(COMMAND_BATCH, 0.0);
        break;
    case 6:
        push(COMMAND_THRESHOLD, 0.01 * (1 + chance(100)));
        break;
    case 7:
    case 8:
        push(COMMAND_LOOK, (double)chance(1 + experiment.trainer->epoch) - 1.0);
        break;
    case 9:
        push(chance(3) ? COMMAND_LOOK : COMMAND_GO_ON, -1.0);
        break;
    case 10:
        s.growing_factor = 1.0 + 0.1 * chance(9);
        push_settings(COMMAND_SETTINGS, s);
        break;
    case 11:
        s.seed = chance(5);
        push_settings(COMMAND_SETTINGS, s);
        break;
    case 12:
        s.order = (int)chance(3);
        if (chance(2))
            push_settings(COMMAND_COMPARE, s);
        else
            push(COMMAND_COMPARE, 0.0);
        break;
    case 13:
        edit();
        break;
    case 14:
        push(chance(2) ? COMMAND_UNDO : COMMAND_REDO, 0.0);
        break;
    default: /* the pointer, over the plot or elsewhere */
        break;
    }
    if (chance(8) == 0)
        kept.hand.color = anew.hand.color = (PlotColor)chance(PLOT_COLORS);
    if (chance(8) == 0) {
        int what = (int)chance(4);
        kept.hand.hidden.regions = anew.hand.hidden.regions = what == 1;
        kept.hand.hidden.hard = anew.hand.hidden.hard = what == 2;
        kept.hand.hidden.easy[1] = anew.hand.hidden.easy[1] = what == 3;
    }
    if (chance(6) == 0) { /* also by one pixel; in the high ones two plots stand one above the other */
        static const int sizes[][2] = {{800, 480}, {640, 958}, {640, 959}, {640, 960}, {640, 480}};
        uint32_t i = chance(5);
        assert_true(screen_resize(&kept, sizes[i][0], sizes[i][1], &status));
        assert_true(screen_resize(&anew, sizes[i][0], sizes[i][1], &status));
    }
    if (chance(12) == 0)
        kept.theme = anew.theme = chance(2) ? &THEME_LIGHT : &THEME_DARK;
}

static void draw(Screen *screen, const Snapshot *snapshot, const UiInput *input, bool widgets) {
    Intents intents = {.preset = -1};
    Snapshot own = *snapshot, others[OTHER_RUNS];
    if (screen == &anew) {
        own.version = ++versions;
        for (int i = 0; i < own.other_count; i++) {
            others[i] = *own.others[i];
            others[i].version = ++versions;
            own.others[i] = &others[i];
        }
    }
    if (widgets)
        screen_widgets(screen, input, &own, experiment.speed, &intents);
    else if (!screen_draw(screen, &own, experiment.notice, &intents, &status))
        fail_msg("%s", status.message);
}

static void what_is_kept_is_as_drawn_anew(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.samples = 300;
    s.threshold = 0.4;
    assert_true(experiment_init(&experiment, &s, NULL, NULL, &status));
    assert_true(screen_init(&kept, FONT_DIR, 640, 480, 1.0f, &THEME_LIGHT, &status));
    assert_true(screen_init(&anew, FONT_DIR, 640, 480, 1.0f, &THEME_LIGHT, &status));
    UiInput input = {.mouse_inside = true};
    size_t repeated = 0;
    static uint32_t last[WIDTH * HEIGHT];
    for (int step = 0; step < STEPS; step++) {
        do_something();
        int width = kept.canvas.width, height = kept.canvas.height;
        input.mouse_x = (float)chance((uint32_t)width);
        input.mouse_y = (float)chance((uint32_t)height);
        input.wheel = chance(6) == 0 ? (float)chance(3) - 1.0f : 0.0f;
        for (uint32_t frames = 2 + chance(4); frames > 0; frames--) {
            input.time = seconds += 0.06;
            Snapshot snapshot = experiment_snapshot(&experiment);
            draw(&kept, &snapshot, &input, true);
            draw(&anew, &snapshot, &input, true);
            experiment_advance(&experiment, 0.06, no_time, 1.0);
            experiment_evaluate_soon(&experiment, seconds);
            snapshot = experiment_snapshot(&experiment);
            draw(&kept, &snapshot, &input, false);
            draw(&anew, &snapshot, &input, false);
            input.wheel = 0.0f;
            for (int i = 0; i < width * height; i++)
                if (kept.canvas.pixels[i] != anew.canvas.pixels[i])
                    fail_msg("step %d: pixel %d, %d", step, i % width, i / width);
            size_t bytes = (size_t)(width * height) * sizeof *last;
            repeated += memcmp(last, kept.canvas.pixels, bytes) == 0;
            memcpy(last, kept.canvas.pixels, bytes);
        }
    }
    assert_true(repeated > STEPS / 4); /* or nothing was there to keep */
    screen_free(&kept);
    screen_free(&anew);
    experiment_free(&experiment);
}

/* The longest words of the slider for the speed are not cut, whatever the window's size and scale. */
static void the_speed_has_room(void **state) {
    (void)state;
    Settings s;
    settings_default(&s);
    s.samples = 50;
    assert_true(experiment_init(&experiment, &s, NULL, NULL, &status));
    for (int i = 0; i < 3; i++) {
        static const int sizes[][2] = {{640, 480}, {1280, 720}, {2560, 1440}};
        float scale = i < 2 ? 1.0f : 2.0f;
        assert_true(screen_init(&kept, FONT_DIR, sizes[i][0], sizes[i][1], scale, &THEME_LIGHT, &status));
        Snapshot snapshot = experiment_snapshot(&experiment);
        UiInput input = {.mouse_x = -1.0f, .mouse_y = -1.0f};
        kept.toolbar.menu = true; /* where it is in the small window */
        draw(&kept, &snapshot, &input, true);
        draw(&kept, &snapshot, &input, false);
        float room = 0.0f;
        for (int k = 0; k < kept.ui.widget_count; k++)
            if (strcmp(kept.ui.widgets[k].name, "speed-value") == 0)
                room = kept.ui.widgets[k].rect.w;
        static const char *const words[] = {"0.13 epochs/s", "88.8 epochs/s", "888 epochs/s", "full speed"};
        for (int k = 0; k < 4; k++)
            assert_true(text_width(kept.text, TEXT_BODY, words[k]) <= room);
        screen_free(&kept);
    }
    experiment_free(&experiment);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_is_kept_is_as_drawn_anew),
                                       cmocka_unit_test(the_speed_has_room)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
