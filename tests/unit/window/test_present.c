/* The presentation: what stands where at which size, the line's words, the pointer that rests, the wheel over λ. */
#include "app/experiment/experiment.h"
#include "app/window/screen.h"
#include "tests/support/commands.h"

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
static Intents intents, late;

static double no_time(void) {
    return 0.0;
}

static void begin_with(const Settings *s, int width, int height) {
    assert_true(experiment_init(&experiment, s, NULL, NULL, &status));
    if (!screen_init(&screen, FONT_DIR, width, height, 1.0f, &THEME_LIGHT, &status) ||
        !screen_set_presenting(&screen, true, &status))
        fail_msg("%s", status.message);
    input = (UiInput){.mouse_x = 5.0f, .mouse_y = 5.0f, .mouse_inside = true, .time = 100.0};
}

static void begin_classes(int width, int height, int classes) {
    Settings s;
    settings_default(&s);
    s.samples = 300;
    s.dataset = DATASET_BLOBS;
    s.centroid_count = classes;
    for (int k = 0; k < classes; k++) {
        s.centroids[2 * k] = 3.0 * (k % 3);
        s.centroids[2 * k + 1] = 3.0 * (k / 3);
    }
    begin_with(&s, width, height);
}

static void begin(int width, int height) {
    Settings s;
    settings_default(&s);
    s.samples = 300;
    begin_with(&s, width, height);
}

static void end(void) {
    screen_free(&screen);
    experiment_free(&experiment);
}

static void frame_with(const char *notice) {
    intents = (Intents){.preset = -1};
    late = (Intents){.preset = -1};
    Snapshot snapshot = experiment_snapshot(&experiment);
    screen_widgets(&screen, &input, &snapshot, 1.0, &intents);
    assert_true(screen_draw(&screen, &snapshot, notice, &late, &status));
    input.pressed = input.released = false;
    input.wheel = 0.0f;
    input.key_count = 0;
}

static void frame(void) {
    frame_with("");
}

static bool has(const char *name) {
    for (int i = 0; i < screen.ui.widget_count; i++)
        if (strcmp(screen.ui.widgets[i].name, name) == 0)
            return true;
    return false;
}

static Rect place_of(const char *name) {
    for (int i = 0; i < screen.ui.widget_count; i++)
        if (strcmp(screen.ui.widgets[i].name, name) == 0)
            return screen.ui.widgets[i].rect;
    fail_msg("no %s", name);
    return (Rect){0};
}

/* ---- places ---- */

static bool apart(Rect a, Rect b) {
    return a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y;
}

static void stands_apart(const Layout *l, float width, float height) {
    Rect parts[8] = {l->line, l->card, l->timeline};
    int count = 3;
    if (l->figures.w > 0.0f) {
        parts[count++] = l->figures;
        parts[count++] = l->threshold;
    }
    if (l->panel.w > 0.0f)
        parts[count++] = l->panel;
    for (int i = 0; i < count; i++) {
        Rect p = parts[i];
        assert_true(p.w > 0.0f && p.h > 0.0f && p.x >= 0.0f && p.y >= 0.0f && p.x + p.w <= width &&
                    p.y + p.h <= height);
        for (int k = 0; k < i; k++)
            assert_true(apart(p, parts[k]));
    }
    assert_true(l->plot.w > 0.2f * width && l->plot.h > 0.3f * height); /* it is what is shown */
}

static void test_places(void **state) {
    (void)state;
    static const int sizes[][2] = {{640, 480},   {1280, 720},  {1366, 768}, {1920, 1080},
                                   {3840, 2160}, {1024, 1024}, {2560, 1080}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int how = 0; how < 4; how++) {
            LayoutWish wish = {.width = sizes[i][0],
                               .height = sizes[i][1],
                               .scale = layout_present_scale(sizes[i][0], sizes[i][1]),
                               .present = true,
                               .drawer = how & 1,
                               .compare = how & 2};
            Layout l = layout_of(&wish);
            stands_apart(&l, (float)wish.width, (float)wish.height);
            assert_true(l.bar.w == 0.0f && l.tools.w == 0.0f && (l.panel.w > 0.0f) == wish.drawer);
        }
    begin(1920, 1080); /* the smallest type is 28 pixels, the figures' 88 */
    assert_true(fabsf(11.0f * screen.scale - 28.0f) < 0.01f);
    assert_true(fabsf(34.5f * screen.scale - 88.0f) < 0.5f);
    float figures = text_cap_height(screen.text, TEXT_HUGE), smallest = text_cap_height(screen.text, TEXT_CAPTION);
    assert_true(figures >= 60.0f && smallest >= 19.0f); /* capitals: 0.71 of it */
    assert_true(screen_resize(&screen, 1280, 720, &status));
    assert_true(fabsf(11.0f * screen.scale - 19.0f) < 0.01f);
    assert_true(screen_set_scale(&screen, 2.0f, &status)); /* for when it is over */
    assert_true(fabsf(11.0f * screen.scale - 19.0f) < 0.01f);
    assert_true(screen_set_presenting(&screen, false, &status));
    assert_true(screen.scale == 2.0f);
    end();
}

static void test_nothing_else(void **state) {
    (void)state;
    begin(1280, 720);
    frame();
    assert_true(has("plot") && has("timeline") && has("threshold") && has("threshold-line") && has("present-line"));
    assert_true(!has("play") && !has("speed") && !has("tool-move") && !has("section-training") && !has("undo"));
    screen.drawer = true;
    frame();
    assert_true(has("section-training") && has("threshold") && !has("present-figures"));
    screen.drawer = false;
    Command all = {.kind = COMMAND_SETTINGS, .settings = experiment.trainer->settings};
    all.settings.order = ORDER_ALL; /* where the threshold plays no part */
    experiment_push(&experiment, all);
    experiment_advance(&experiment, 0.0, no_time, 1.0);
    frame();
    assert_true(place_of("threshold").w > 0.0f); /* it stands, as in the panel, and says that it plays no part */
    assert_true(experiment.trainer->settings.order == ORDER_ALL);
    assert_true(screen_set_presenting(&screen, false, &status));
    frame();
    assert_true(has("play") && has("tool-move") && !has("present-line"));
    end();
}

static void do_command(CommandKind kind) {
    experiment_push(&experiment, (Command){.kind = kind});
    experiment_advance(&experiment, 0.0, no_time, 1.0);
    frame();
}

/* The timeline has its second strip, and the whole key has room: no bar to scroll it. */
static void test_whole(void **state) {
    (void)state;
    static const int sizes[][2] = {{1280, 720}, {1366, 768}, {1920, 1080}, {3840, 2160}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        begin(sizes[i][0], sizes[i][1]);
        do_command(COMMAND_EPOCH);
        do_command(COMMAND_EPOCH);
        assert_false(screen.timeline.one_strip);
        Rect strips = place_of("timeline"), key = screen.layout.key, last = place_of("legend-regions");
        int below = 0; /* the curve of λ in the strip below the lane of marks */
        for (int y = (int)(strips.y + 0.75f * strips.h); y < (int)(strips.y + strips.h); y++)
            for (int x = (int)(strips.x + 0.1f * strips.w); x < (int)(strips.x + 0.18f * strips.w); x++)
                below += screen.canvas.pixels[y * screen.canvas.width + x] == THEME_LIGHT.text;
        assert_true(below > 20);
        assert_true(has("timeline-label-5")); /* easy, both classes, accuracy; loss, λ */
        assert_true(screen.key.height <= key.h && last.y + last.h <= key.y + key.h);
        assert_false(has("color-by"));
        end();
    }
}

/* Of eight classes as well. */
static void test_whole_key(void **state) {
    (void)state;
    static const int sizes[][2] = {{1280, 720}, {1366, 768}, {1920, 1080}, {3840, 2160}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++)
        for (int classes = 3; classes <= 8; classes++) {
            begin_classes(sizes[i][0], sizes[i][1], classes);
            do_command(COMMAND_EPOCH);
            Rect key = screen.layout.key, last = place_of("legend-regions");
            assert_true(has("legend-easy-2") && screen.key.height <= key.h && last.y + last.h <= key.y + key.h);
            end();
        }
}

static bool is(int x, int y, Color color) {
    return screen.canvas.pixels[y * screen.canvas.width + x] == color;
}

/* 48 pixels across at 1080 lines and 64 for the type, and in proportion; the value without a chip. */
static void test_threshold_is_large(void **state) {
    (void)state;
    static const int sizes[][2] = {{1280, 720}, {1920, 1080}, {3840, 2160}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        begin(sizes[i][0], sizes[i][1]);
        frame();
        float share = (float)sizes[i][1] / 1080.0f;
        Rect line = place_of("threshold-line"), track = place_of("threshold"), value = place_of("threshold-value");
        int x = (int)(line.x + line.w / 2), middle = (int)(track.y + track.h / 2), top = middle, foot = middle;
        for (int y = middle - (int)(40.0f * share); y < middle + (int)(40.0f * share); y++)
            if (is(x, y, THEME_LIGHT.accent)) {
                top = y < top ? y : top;
                foot = y + 1;
            }
        assert_true(fabsf((float)(foot - top) - 48.0f * share) < 3.0f * fmaxf(1.0f, share));
        top = (int)(value.y + value.h);
        foot = 0;
        for (int y = (int)value.y; y < (int)(value.y + value.h); y++)
            for (x = (int)value.x; x < (int)(value.x + value.w); x++)
                if (is(x, y, THEME_LIGHT.text)) {
                    top = y < top ? y : top;
                    foot = y + 1;
                }
        assert_true(fabsf((float)(foot - top) - 0.711f * 64.0f * share) < 4.0f * fmaxf(1.0f, share));
        assert_true(is((int)value.x + 1, (int)(value.y + value.h / 2), THEME_LIGHT.card));
        end();
    }
}

static uint64_t figures_hash(void) {
    Rect at = place_of("present-figures");
    uint64_t hash = 1469598103934665603u;
    for (int y = (int)at.y; y < (int)(at.y + at.h); y++)
        for (int x = (int)at.x; x < (int)(at.x + at.w / 3); x++) /* the first of three: the epoch */
            hash = (hash ^ screen.canvas.pixels[y * screen.canvas.width + x]) * 1099511628211u;
    return hash;
}

static void test_epoch(void **state) {
    (void)state;
    begin(1280, 720);
    do_command(COMMAND_EPOCH);
    uint64_t done = figures_hash();
    do_command(COMMAND_BATCH); /* the next one is under way: one is done, as before */
    assert_true(experiment.trainer->batch == 1 && figures_hash() == done);
    do_command(COMMAND_EPOCH);
    assert_true(experiment.trainer->epoch == 2 && figures_hash() != done);
    end();
}

/* ---- words ---- */

/* However long the words, all of them are drawn: no row ends at the line's right edge with an ellipsis. */
static void test_long_words(void **state) {
    (void)state;
    begin(1280, 720);
    frame_with("The points far from the boundary light up first, and the others wait for the threshold to grow. "
               "Each epoch lets more of them in, those near the boundary last of all, and the one with the wrong label "
               "never, because its loss stays above the threshold.");
    Rect line = place_of("present-line");
    int rows = 0, inked = 0;
    for (int y = (int)line.y; y < (int)(line.y + line.h); y++) { /* rows of text, by rows of pixels without ink */
        int ink = 0;
        for (int x = (int)line.x; x < (int)(line.x + line.w); x++)
            ink += screen.canvas.pixels[y * 1280 + x] != screen.canvas.pixels[0];
        rows += ink > 0 && inked == 0;
        inked = ink;
    }
    assert_int_equal(rows, 3); /* the fact, and two of the reason */
    end();
}

/* ---- the pointer ---- */

static bool spot_drawn(void) {
    int x = (int)input.mouse_x, y = (int)input.mouse_y;
    uint32_t there = screen.canvas.pixels[y * screen.canvas.width + x], ground = screen.canvas.pixels[0];
    return there != ground;
}

static void test_pointer(void **state) {
    (void)state;
    begin(1280, 720);
    input.mouse_x = 700.0f; /* above the line, where nothing else is */
    input.mouse_y = 4.0f;
    frame();
    frame();
    assert_int_equal(screen.ui.cursor, CURSOR_NONE);
    assert_true(!spot_drawn() && !has("present-play")); /* it has not moved yet */
    assert_true(screen.present.wake_at == 0.0);

    input.mouse_x = 710.0f;
    frame();
    assert_true(spot_drawn() && has("present-play") && has("present-exit"));
    assert_true(screen.present.wake_at == 102.0);
    input.time = 101.9;
    frame();
    assert_true(spot_drawn());
    input.time = 102.0; /* still for two seconds: hidden */
    frame();
    assert_true(!spot_drawn() && has("present-play"));
    assert_true(screen.present.wake_at == 103.0);
    input.time = 103.0;
    frame();
    assert_true(!has("present-play") && screen.present.wake_at == 0.0);

    /* over the controls they stay; they are pressed once, and a drag elsewhere hides them */
    input.mouse_x = 720.0f;
    frame();
    Rect play = place_of("present-play"), exit = place_of("present-exit");
    input.mouse_x = play.x + play.w / 2;
    input.mouse_y = play.y + play.h / 2;
    frame();
    input.time = 120.0;
    frame();
    assert_true(has("present-play"));
    input.down = input.pressed = true;
    input.clicks = 1;
    frame();
    input.down = false;
    input.released = true;
    frame();
    assert_true(late.count == 1 && late.commands[0].kind == COMMAND_PLAY && intents.count == 0);
    input.mouse_x = exit.x + exit.w / 2;
    frame();
    input.down = input.pressed = true;
    frame();
    input.down = false;
    input.released = true;
    frame();
    assert_true(late.toggle_present);
    Rect plot = place_of("plot");
    input.mouse_x = plot.x + plot.w / 2;
    input.mouse_y = plot.y + plot.h / 2;
    frame();
    input.down = input.pressed = true;
    frame();
    assert_false(has("present-play"));
    end();
}

/* ---- λ ---- */

static double asked(void) {
    assert_int_equal(intents.count, 1);
    assert_int_equal(intents.commands[0].kind, COMMAND_THRESHOLD);
    return intents.commands[0].threshold;
}

static void test_threshold(void **state) {
    (void)state;
    begin(1920, 1080);
    frame();
    Rect block = screen.layout.threshold, slider = place_of("threshold");
    double threshold = experiment.trainer->threshold;
    input.mouse_x = block.x + block.w / 2;
    input.mouse_y = block.y + 20.0f;
    input.wheel = 1.0f;
    frame();
    assert_true(fabs(asked() / threshold - 1.05) < 1e-4);
    input.wheel = -2.0f;
    frame();
    assert_true(fabs(asked() * 1.05 * 1.05 / threshold - 1.0) < 1e-4); /* five digits */
    input.mouse_x = 300.0f;                                            /* over the plot it zooms */
    input.mouse_y = 500.0f;
    input.wheel = 1.0f;
    frame();
    assert_int_equal(intents.count, 0);

    /* the thumb is 48 wide: 20 pixels beside its middle it is taken without a jump */
    float thumb = slider.x + slider.w * (float)(log(threshold / 1e-6) / log(1e8));
    input.mouse_x = thumb + 20.0f;
    input.mouse_y = slider.y + slider.h / 2;
    frame();
    input.down = input.pressed = true;
    input.clicks = 1;
    frame();
    assert_int_equal(intents.count, 0);
    input.mouse_x += 100.0f;
    frame();
    assert_true(fabs(log(asked() / threshold) / log(1e8) - 100.0 / (double)slider.w) < 0.003);
    end();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_places),  cmocka_unit_test(test_nothing_else), cmocka_unit_test(test_long_words),
        cmocka_unit_test(test_pointer), cmocka_unit_test(test_threshold),    cmocka_unit_test(test_epoch),
        cmocka_unit_test(test_whole),   cmocka_unit_test(test_whole_key),    cmocka_unit_test(test_threshold_is_large),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
