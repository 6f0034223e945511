/* Plot, threshold and timeline, and whole screens in their states, as they were when somebody last looked at them
 * and found them right: both themes, from the canvas, with the shipped font. A difference leaves expected, actual
 * and marked pictures beside the test program. To look anew and keep what is drawn now: GOLDEN_UPDATE=1
 * build/sanitize/tests/test_golden */
#include "app/experiment/experiment.h"
#include "app/io/preset.h"
#include "app/window/screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/golden_pictures.h"

enum { WIDTH = 900, HEIGHT = 640 };

/* The threshold's block with what stands below it: growth, order and weights. */
static Rect threshold_place(const Screen *screen) {
    Rect r = screen->panel.threshold.rect;
    float s = screen->scale;
    return (Rect){r.x - 8.0f * s, r.y - 8.0f * s, r.w + 16.0f * s, r.h + 160.0f * s};
}

static void test_pictures(void **state) {
    (void)state;
    const Theme *const themes[] = {&THEME_LIGHT, &THEME_DARK};
    Settings s;
    settings_default(&s);
    s.samples = 1200;
    s.threshold = 0.35;
    static Experiment experiment;
    assert_true(experiment_init(&experiment, &s, NULL, NULL, &status));
    for (int i = 0; i < 6; i++) {
        experiment_push(&experiment, (Command){.kind = COMMAND_EPOCH});
        experiment_advance(&experiment, 0.0, fixed_now, 200.0);
    }
    for (int t = 0; t < 2; t++)
        for (int scale = 1; scale <= 2; scale++) {
            static Screen screen;
            UiInput input = {.mouse_x = -1.0f, .mouse_y = -1.0f};
            if (!screen_init(&screen, FONT_DIR, WIDTH * scale, HEIGHT * scale, (float)scale, themes[t], &status))
                fail_msg("%s", status.message);
            draw(&screen, &experiment, &input);
            const struct {
                const char *name;
                Rect rect;
            } views[] = {{"plot", screen.layout.plot},
                         {"threshold", threshold_place(&screen)},
                         {"timeline", screen.layout.timeline}};
            for (int v = 0; v < 3; v++) {
                Canvas piece = cut(&screen.canvas, views[v].rect);
                compare(&piece, views[v].name, themes[t]->name, scale);
                canvas_free(&piece);
            }
            screen_free(&screen);
        }
    experiment_free(&experiment);
}

/* ---- whole screens (but for the section Export, which names the current folder) ---- */

static Screen whole;
static Experiment run;
static UiInput hand;
static Preset *presets;
static size_t preset_count;

static void nothing(void) {}

static void with_help(void) {
    whole.help = true;
}

static void with_gallery(void) {
    whole.gallery.presets = presets;
    whole.gallery.count = (int)preset_count;
    gallery_toggle(&whole.gallery, -1);
    for (int i = 0; i < 16; i++) /* their pictures come one by one */
        draw(&whole, &run, &hand);
}

static void with_tour(void) {
    tour_start(&whole.tour);
}

static void with_presentation(void) {
    assert_true(screen_set_presenting(&whole, true, &status));
}

static void with_second(void) {
    Command command = {.kind = COMMAND_COMPARE, .compare = true, .settings = run.trainer->settings};
    command.settings.order = ORDER_ALL;
    experiment_push(&run, command);
    experiment_advance(&run, 0.0, fixed_now, 200.0);
}

static void without_second(void) {
    experiment_push(&run, (Command){.kind = COMMAND_COMPARE});
    experiment_advance(&run, 0.0, fixed_now, 200.0);
}

static void with_drawer(void) {
    whole.drawer = true;
}

static void press(const char *name) {
    draw(&whole, &run, &hand);
    Rect place = {0};
    for (int i = 0; i < whole.ui.widget_count; i++)
        if (strcmp(whole.ui.widgets[i].name, name) == 0)
            place = whole.ui.widgets[i].rect;
    if (place.w <= 0.0f)
        fail_msg("no %s", name);
    hand.mouse_x = place.x + place.w / 2;
    hand.mouse_y = place.y + place.h / 2;
    hand.mouse_inside = true;
    for (int down = 1; down >= 0; down--) {
        Intents intents = {.preset = -1}, late = {.preset = -1};
        hand.pressed = hand.down = down;
        hand.released = !down;
        hand.clicks = 1;
        hand.time += 1.0;
        Snapshot snapshot = experiment_snapshot(&run);
        screen_widgets(&whole, &hand, &snapshot, run.speed, &intents);
        assert_true(screen_draw(&whole, &snapshot, "", &late, &status));
    }
    hand = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .time = hand.time};
}

static void with_suspects(void) {
    press("section-suspects");
}

static void with_pace(void) {
    press("section-pace");
}

static void with_data(void) {
    press("section-data");
}

static void with_model(void) {
    press("section-model");
}

static void with_training(void) {
    press("section-training");
}

static void with_weights(void) {
    press("regularizer");
}

static void with_field(void) {
    press("threshold-value");
}

static void with_plot_menu(void) {
    press("tools-more");
}

static void test_screens(void **state) {
    (void)state;
    enum { SMALL = 1, LARGE = 2 };
    static const struct {
        const char *name;
        void (*enter)(void), (*leave)(void);
        int sizes; /* besides 1280x720 */
    } states[] = {
        {"playing", nothing, nothing, SMALL | LARGE},
        {"help", with_help, nothing, SMALL},
        {"gallery", with_gallery, nothing, SMALL},
        {"tour", with_tour, nothing, SMALL},
        {"presentation", with_presentation, nothing, LARGE},
        {"compare", with_second, without_second, SMALL | LARGE},
        {"drawer", with_drawer, nothing, SMALL},
        {"suspects", with_suspects, nothing, 0},
        {"pace", with_pace, nothing, 0},
        {"data", with_data, nothing, 0},
        {"model", with_model, nothing, 0},
        {"training", with_training, nothing, 0},
        {"weights", with_weights, nothing, 0},
        {"field", with_field, nothing, 0},
        {"plot-menu", with_plot_menu, nothing, 0},
    };
    static const struct { int width, height, flag; } sizes[] = {{1280, 720, 0}, {640, 480, SMALL}, {1920, 1080, LARGE}};
    Settings s;
    settings_default(&s);
    s.samples = 240;
    s.threshold = 0.35;
    assert_true(preset_list(&presets, &preset_count, PRESET_DIR, &status));
    assert_true(experiment_init(&run, &s, NULL, NULL, &status));
    for (int i = 0; i < 4; i++) {
        experiment_push(&run, (Command){.kind = COMMAND_EPOCH});
        experiment_advance(&run, 0.0, fixed_now, 200.0);
    }
    for (size_t i = 0; i < sizeof states / sizeof *states; i++)
        for (int k = 0; k < 3; k++) {
            bool drawer = states[i].enter == with_drawer;
            if (k == 0 ? drawer : !(states[i].sizes & sizes[k].flag))
                continue;
            const Theme *theme = (i + (size_t)k) % 2 ? &THEME_DARK : &THEME_LIGHT; /* each state in one, by turns */
            for (int both = 0; both < (k == 0 && i < 6 ? 2 : 1); both++) {         /* those of all days in both */
                if (both)
                    theme = theme == &THEME_DARK ? &THEME_LIGHT : &THEME_DARK;
                hand = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f};
                if (!screen_init(&whole, FONT_DIR, sizes[k].width, sizes[k].height, 1.0f, theme, &status))
                    fail_msg("%s", status.message);
                draw(&whole, &run, &hand);
                states[i].enter();
                draw(&whole, &run, &hand);
                char name[64];
                snprintf(name, sizeof name, "screen-%s-%d", states[i].name, sizes[k].width);
                Canvas half = halved(&whole.canvas);
                compare(&half, name, theme->name, 1);
                canvas_free(&half);
                states[i].leave();
                screen_free(&whole);
            }
        }
    experiment_free(&run);
    free(presets);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pictures), cmocka_unit_test(test_screens)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
