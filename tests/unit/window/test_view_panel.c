/* The side panel by events: what is offered when, and what is asked for; the threshold's line, slider and words; that
 * nothing moves under the hand; the drawer of a small window. */
#include "app/ui/ui_widget.h"
#include "app/window/screen.h"
#include "tests/support/widgets.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct Scene {
    Screen screen;
    Experiment experiment;
    UiInput input;
    Intents intents; /* the last ones that asked for something */
} Scene;

static Scene scene;
static Status status;

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    Settings s;
    settings_default(&s);
    s.samples = 60;
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .time = 100.0};
    return experiment_init(&scene.experiment, &s, NULL, NULL, &status) &&
                   screen_init(&scene.screen, FONT_DIR, 1280, 720, 1.0f, &THEME_LIGHT, &status)
               ? 0
               : -1;
}

static int teardown(void **state) {
    (void)state;
    screen_free(&scene.screen);
    experiment_free(&scene.experiment);
    return 0;
}

static double no_time(void) {
    return 0.0;
}

static void frame(void) {
    Intents intents = {.preset = -1}, late = {.preset = -1};
    scene.input.time += 1.0 / 60.0;
    Snapshot snapshot = experiment_snapshot(&scene.experiment);
    canvas_push_clip(&scene.screen.canvas, scene.screen.layout.panel); /* the rest, which takes longest, is not seen */
    screen_widgets(&scene.screen, &scene.input, &snapshot, 1.0, &intents);
    for (int i = 0; i < intents.count; i++)
        experiment_push(&scene.experiment, intents.commands[i]);
    if (intents.count > 0)
        scene.intents = intents;
    experiment_advance(&scene.experiment, 0.0, no_time, 1.0);
    experiment_evaluate(&scene.experiment);
    snapshot = experiment_snapshot(&scene.experiment);
    assert_true(screen_draw(&scene.screen, &snapshot, "", &late, &status));
    canvas_pop_clip(&scene.screen.canvas);
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
}

static const UiWidget *find(const char *name) {
    return find_widget(&scene.screen.ui, name);
}

/* Brings a widget of the panel into view and presses it. */
static void click(const char *name) {
    frame();
    const UiWidget *widget = find(name);
    if (!widget)
        fail_msg("no widget %s", name);
    Rect panel = scene.screen.layout.panel;
    if (!widget->on_top)
        scene.screen.panel.scroll += widget->rect.y + widget->rect.h / 2 - (panel.y + panel.h / 2);
    frame();
    frame();
    widget = find(name);
    scene.input.mouse_inside = true;
    scene.input.mouse_x = widget->rect.x + widget->rect.w / 2;
    scene.input.mouse_y = widget->rect.y + widget->rect.h / 2;
    scene.input.pressed = scene.input.down = true;
    scene.input.clicks = 1;
    frame();
    scene.input.released = true;
    scene.input.down = false;
    frame();
    scene.input.mouse_x = scene.input.mouse_y = -1.0f;
    frame();
    frame();
}

static const Settings *now(void) {
    return &scene.experiment.trainer->settings;
}

static void each_pace_has_its_settings(void **state) {
    (void)state;
    static const char *const OF[][6] = {
        [PACE_MULTIPLICATIVE] = {"growing-factor"},
        [PACE_ADDITIVE] = {"growing-step"},
        [PACE_SHARE] = {"share-start", "share-end", "share-epochs", "share-curve"},
        [PACE_CLASS_SHARE] = {"share-start", "share-end", "share-epochs", "share-curve"}};
    static const char *const ALL[] = {"growing-factor", "growing-step", "share-start",
                                      "share-end",      "share-epochs", "share-curve"};
    scene.screen.panel.pace_open = true;
    for (int pace = PACE_CLASS_SHARE; pace >= PACE_MULTIPLICATIVE; pace--) {
        char item[32];
        snprintf(item, sizeof item, "pace-%d", pace);
        click("pace");
        click(item);
        assert_int_equal(now()->pace, pace);
        for (size_t i = 0; i < sizeof ALL / sizeof *ALL; i++) {
            bool expected = false;
            for (int k = 0; k < 6 && OF[pace][k]; k++)
                expected = expected || strcmp(OF[pace][k], ALL[i]) == 0;
            /* a choice of three has a widget for each */
            char part[48];
            snprintf(part, sizeof part, "%s%s", ALL[i], strcmp(ALL[i], "share-curve") == 0 ? "-0" : "");
            if ((find(part) != NULL) != expected)
                fail_msg("pace %d: %s is %s", pace, part, expected ? "missing" : "there");
        }
        assert_non_null(find("warmup"));
        assert_non_null(find("diversity"));
    }
}

static void settings_without_effect_are_not_shown(void **state) {
    (void)state;
    scene.screen.panel.pace_open = true;
    frame();
    frame();
    assert_null(find("power"));
    assert_null(find("cap"));
    assert_null(find("groups-0"));
    Settings s = *now();
    s.diversity = 0.1;
    experiment_push(&scene.experiment, (Command){.kind = COMMAND_SETTINGS, .settings = s});
    frame();
    frame();
    assert_non_null(find("groups-0"));
    s.diversity = 0.0;
    s.regularizer = REGULARIZER_POLYNOMIAL;
    experiment_push(&scene.experiment, (Command){.kind = COMMAND_SETTINGS, .settings = s});
    frame();
    frame();
    assert_non_null(find("power"));
    assert_null(find("groups-0"));
}

static void the_cap_is_put_on_and_off(void **state) {
    (void)state;
    scene.screen.panel.pace_open = true;
    click("cap-on");
    assert_true(now()->cap < CAP_NONE && now()->cap >= scene.experiment.trainer->threshold);
    assert_non_null(find("cap"));
    click("cap-on");
    assert_true(now()->cap == CAP_NONE);
    assert_null(find("cap"));
}

static void own_points_have_what_can_be_done_to_them(void **state) {
    (void)state;
    scene.screen.panel.own_points = true;
    scene.screen.panel.open[SECTION_DATA] = true;
    frame();
    frame();
    static const char *const THERE[] = {"outliers", "test", "standardize", "flip", "seed"};
    static const char *const NOT[] = {"dataset", "samples", "noise", "centroids", "anomaly"};
    for (size_t i = 0; i < sizeof THERE / sizeof *THERE; i++)
        assert_non_null(find(THERE[i]));
    for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++)
        assert_null(find(NOT[i]));
}

/* ---- the threshold: one thing on one axis ---- */

static const UiWidget *need(const char *name) {
    const UiWidget *widget = find(name);
    if (!widget)
        fail_msg("no widget %s", name);
    return widget;
}

static bool overlap(Rect a, Rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static bool is_whole(const char *name) {
    const UiWidget *w = need(name);
    return w->visible.h >= w->rect.h - 0.5f && w->visible.w >= w->rect.w - 0.5f;
}

static uint32_t pixel(float x, float y) {
    return scene.screen.canvas.pixels[(size_t)y * (size_t)scene.screen.canvas.width + (size_t)x];
}

/* The middle of what has that colour in a row, between two columns; -1: nothing. */
static float middle_of(Color color, float y, float x0, float x1) {
    float first = -1.0f, last = -1.0f;
    for (float x = fmaxf(0.0f, floorf(x0)); x < x1 && x < (float)scene.screen.canvas.width; x++)
        if (pixel(x, y) == color) {
            first = first < 0.0f ? x : first;
            last = x;
        }
    return first < 0.0f ? -1.0f : (first + last + 1.0f) / 2;
}

static void set_threshold(double threshold) {
    experiment_push(&scene.experiment, (Command){.kind = COMMAND_THRESHOLD, .threshold = threshold});
    frame();
    frame();
}

static void resize(int width, int height, float scale) {
    assert_true(screen_resize(&scene.screen, width, height, &status));
    assert_true(screen_set_scale(&scene.screen, scale, &status));
    scene.input.time += 1.0;
    frame();
    frame();
}

static const double THRESHOLDS[] = {0.0,  1e-9, 1e-6, 2e-6, 1e-5, 1e-3, 0.1,    0.448,
                                    1.49, 20.0, 60.0, 99.0, 100., 1e3,  2.45e7, 1e9};
enum { THRESHOLD_COUNT = sizeof THRESHOLDS / sizeof *THRESHOLDS };

/* The line's pixels, the thumb's, and the value's place on the axis, at every scale. */
static void line_thumb_and_value_agree(void **state) {
    (void)state;
    static const float SCALES[] = {0.75f, 1.0f, 1.25f, 1.5f, 2.0f, 3.0f};
    for (size_t i = 0; i < sizeof SCALES / sizeof *SCALES; i++) {
        float s = SCALES[i];
        resize((int)(1280 * s), (int)(720 * s), s);
        for (int k = 0; k < THRESHOLD_COUNT; k++) {
            set_threshold(THRESHOLDS[k]);
            Rect track = need("threshold")->rect, bars = need("weight-curve")->rect;
            double share = THRESHOLDS[k] > 1e-6 ? fmin(1.0, (log10(THRESHOLDS[k]) + 6.0) / 8.0) : 0.0;
            float expected = track.x + track.w * (float)share, reach = 12.0f * s;
            float line = middle_of(THEME_LIGHT.text, bars.y + bars.h - 2.0f, expected - reach, expected + reach);
            float thumb =
                middle_of(THEME_LIGHT.accent, track.y + track.h / 2 - 5.5f * s, expected - reach, expected + reach);
            if (!(fabsf(line - expected) <= 1.0f) || !(fabsf(thumb - expected) <= 1.0f) ||
                !(fabsf(line - thumb) <= 1.0f))
                fail_msg("scale %g, threshold %g: line at %g, thumb at %g, not %g", (double)s, THRESHOLDS[k],
                         (double)line, (double)thumb, (double)expected);
            const UiWidget *zone = need("threshold-line");
            assert_true(fabsf(zone->rect.x + zone->rect.w / 2 - expected) <= 0.5f);
        }
    }
}

/* Shares stand beside the line, and so does the count of a cut bar; nothing is struck through, nothing overlaps. */
static void words_stand_clear_of_the_line(void **state) {
    (void)state;
    static const int ORDERS[] = {ORDER_EASY, ORDER_HARD};
    static const int WEIGHTS[] = {REGULARIZER_HARD, REGULARIZER_LINEAR, REGULARIZER_EXPONENTIAL};
    for (int width = 1280; width >= 960; width -= 320)
        for (int i = 0; i < 6; i++) {
            resize(width, 720, 1.0f);
            Settings settings = *now();
            settings.order = ORDERS[i % 2];
            settings.regularizer = WEIGHTS[i / 2];
            experiment_push(&scene.experiment, (Command){.kind = COMMAND_SETTINGS, .settings = settings});
            for (int k = 0; k < THRESHOLD_COUNT; k++) {
                set_threshold(THRESHOLDS[k]);
                Rect easy = need("threshold-easy")->rect, hard = need("threshold-hard")->rect;
                Rect zone = need("threshold-line")->rect, panel = scene.screen.layout.panel;
                float x = zone.x + zone.w / 2;
                assert_false(overlap(easy, hard));
                assert_true(easy.x >= panel.x && hard.x >= panel.x);
                assert_true(easy.x + easy.w <= panel.x + panel.w && hard.x + hard.w <= panel.x + panel.w);
                bool easy_left = easy.x < hard.x;
                assert_int_equal(easy_left, settings.order == ORDER_EASY);
                /* what is drawn in the words' row is words or background, but for the tick between them */
                Rect left = easy_left ? easy : hard, right = easy_left ? hard : easy;
                for (float dx = 0.0f; dx < 3.0f; dx++) {
                    assert_true(x + dx - 1.5f < left.x || left.x + left.w <= x + dx - 1.5f ||
                                pixel(x + dx - 1.5f, left.y - 1.0f) == THEME_LIGHT.card);
                    assert_true(x + dx - 1.5f < right.x || right.x + right.w <= x + dx - 1.5f ||
                                pixel(x + dx - 1.5f, right.y - 1.0f) == THEME_LIGHT.card);
                }
                const UiWidget *count = find("threshold-count");
                if (count) {
                    assert_true(x <= count->rect.x || x >= count->rect.x + count->rect.w);
                    assert_false(overlap(count->rect, easy) || overlap(count->rect, hard));
                }
            }
        }
}

/* ---- what is under the hand stays there ---- */

static void key_at(float x, float y, UiKeyCode code) {
    scene.input.mouse_inside = true;
    scene.input.mouse_x = x;
    scene.input.mouse_y = y;
    scene.input.keys[scene.input.key_count++] = (UiKey){.code = code};
    frame();
    frame();
}

static void drag_by(const char *name, float dx) {
    Rect r = need(name)->rect;
    scene.input.mouse_inside = true;
    scene.input.mouse_x = r.x + r.w / 2;
    scene.input.mouse_y = r.y + r.h / 2;
    scene.input.pressed = scene.input.down = true;
    scene.input.clicks = 1;
    frame();
    for (int i = 0; i < 4; i++) {
        scene.input.mouse_x += dx / 4;
        frame();
    }
    scene.input.down = false;
    scene.input.released = true;
    frame();
}

static void the_plots_keys_leave_the_threshold_alone(void **state) {
    (void)state;
    static const UiKeyCode KEYS[] = {KEY_HOME, KEY_END, KEY_BACKSPACE, KEY_LEFT, KEY_UP, KEY_PAGE_DOWN};
    static const char *const HANDLES[] = {"threshold-line", "threshold"};
    Rect plot = scene.screen.layout.plot;
    frame();
    frame();
    plot = scene.screen.layout.plot;
    for (int h = 0; h < 2; h++) {
        set_threshold(0.1);
        drag_by(HANDLES[h], 30.0f);
        double threshold = scene.experiment.trainer->threshold;
        assert_true(threshold != 0.1);
        for (size_t k = 0; k < sizeof KEYS / sizeof *KEYS; k++)
            key_at(plot.x + plot.w / 2, plot.y + plot.h / 2, KEYS[k]);
        assert_true(scene.experiment.trainer->threshold == threshold);
    }
    Camera before = scene.screen.hand.camera;
    drag_by("threshold", 10.0f);
    key_at(plot.x + plot.w / 2, plot.y + plot.h / 2, KEY_NONE);
    scene.input.keys[scene.input.key_count++] = (UiKey){.code = KEY_CHARACTER, .character = '+'};
    for (int i = 0; i < 30; i++)
        frame();
    assert_true(memcmp(&before, &scene.screen.hand.camera, sizeof before) != 0); /* they are the plot's */
}

/* Where the widgets of the upper part and the sections' rows stand. */
static void places(Rect into[10]) {
    static const char *const NAMES[] = {"threshold",      "order",          "section-suspects", "section-compare",
                                        "section-pace",   "section-data",   "section-model",    "section-training",
                                        "section-export", "threshold-value"};
    for (int i = 0; i < 10; i++)
        into[i] = need(NAMES[i])->rect;
}

static void nothing_moves_when_the_curriculum_changes(void **state) {
    (void)state;
    frame();
    frame();
    Rect before[10], after[10];
    places(before);
    for (int order = ORDER_EASY; order <= ORDER_ALL; order++)
        for (int pace = PACE_MULTIPLICATIVE; pace <= PACE_CLASS_SHARE; pace++)
            for (int weights = REGULARIZER_HARD; weights <= REGULARIZER_EXPONENTIAL; weights += 4) {
                Settings s = *now();
                s.order = order;
                s.pace = pace;
                s.regularizer = weights;
                experiment_push(&scene.experiment, (Command){.kind = COMMAND_SETTINGS, .settings = s});
                frame();
                frame();
                frame();
                places(after);
                assert_memory_equal(before, after, sizeof before);
            }
}

/* With the panel scrolled to its end, another pace makes its section shorter; what the pointer is on stays. */
static void another_pace_does_not_scroll(void **state) {
    (void)state;
    for (int i = 0; i < SECTION_COUNT; i++)
        scene.screen.panel.open[i] = true;
    scene.screen.panel.pace_open = true;
    Settings s = *now();
    s.pace = PACE_SHARE;
    experiment_push(&scene.experiment, (Command){.kind = COMMAND_SETTINGS, .settings = s});
    frame();
    frame();
    frame();
    Rect panel = scene.screen.layout.panel;
    scene.screen.panel.scroll = scene.screen.panel.content_height - panel.h - 1.0f;
    scene.input.mouse_inside = true;
    scene.input.mouse_x = panel.x + panel.w / 2;
    scene.input.mouse_y = panel.y + panel.h / 2;
    frame();
    frame();
    Rect pace = need("pace")->rect;
    s.pace = PACE_MULTIPLICATIVE;
    experiment_push(&scene.experiment, (Command){.kind = COMMAND_SETTINGS, .settings = s});
    for (int i = 0; i < 5; i++)
        frame();
    Rect now_at = need("pace")->rect;
    assert_true(now_at.y == pace.y);
    scene.input.mouse_x = 100.0f; /* the pointer leaves: no empty end stays */
    for (int i = 0; i < 3; i++)
        frame();
    const PanelState *p = &scene.screen.panel;
    assert_true(p->scroll <= fmaxf(0.0f, p->content_height - panel.h) + 0.5f);
}

/* ---- what matters fits ---- */

static void all_folded_fits_a_window_of_720(void **state) {
    (void)state;
    for (float scale = 0.75f; scale <= 2.0f; scale += 0.25f) {
        resize((int)(1280 * scale), (int)(720 * scale), scale);
        assert_null(find("panel-bar"));
        static const char *const ROWS[] = {"threshold", "threshold-value", "growing-factor",   "hold",
                                           "order",     "regularizer",     "section-suspects", "section-export"};
        for (size_t i = 0; i < sizeof ROWS / sizeof *ROWS; i++)
            assert_true(is_whole(ROWS[i]));
        assert_true(scene.screen.panel.content_height <= scene.screen.layout.panel.h);
    }
}

/* A tall window has pace and training open from the start, and still no bar. */
static void a_tall_window_unfolds_what_it_has_room_for(void **state) {
    (void)state;
    resize(1920, 1080, 1.0f);
    assert_true(is_whole("pace") && is_whole("section-export"));
    assert_null(find("learning-rate"));
    assert_null(find("panel-bar"));
    scene.screen.panel.pace_open = false;
    scene.screen.panel.content_height = 0.0f; /* as at the start */
    resize(1920, 1400, 1.0f);
    assert_true(is_whole("pace") && is_whole("learning-rate") && is_whole("section-export"));
    assert_null(find("panel-bar"));
}

static void an_opened_section_is_scrolled_into_view(void **state) {
    (void)state;
    static const struct {
        const char *section, *last;
    } CASES[] = {{"section-training", "until-hard"},
                 {"section-model", "network"},
                 {"section-export", "export-save"},
                 {"section-pace", "diversity"},
                 {"section-compare", "compare"}};
    for (int motion = 0; motion < 2; motion++)
        for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
            scene.screen.ui.motion = motion;
            scene.screen.panel.scroll = 0.0f;
            frame();
            frame();
            Rect r = need(CASES[i].section)->rect;
            scene.input.mouse_inside = true;
            scene.input.mouse_x = r.x + 20.0f;
            scene.input.mouse_y = r.y + r.h / 2;
            scene.input.pressed = scene.input.down = true;
            scene.input.clicks = 1;
            frame();
            scene.input.down = false;
            scene.input.released = true;
            for (int k = 0; k < 40; k++)
                frame();
            assert_true(is_whole(CASES[i].section));
            if (!is_whole(CASES[i].last))
                fail_msg("%s: %s is not in view", CASES[i].section, CASES[i].last);
            float scroll = scene.screen.panel.scroll;
            frame();
            assert_true(scene.screen.panel.scroll == scroll);
            r = need(CASES[i].section)->rect; /* folded again */
            scene.input.mouse_y = r.y + r.h / 2;
            scene.input.pressed = scene.input.down = true;
            frame();
            scene.input.down = false;
            scene.input.released = true;
            for (int k = 0; k < 40; k++)
                frame();
            scene.input.mouse_x = 100.0f;
        }
}

/* ---- what has no effect is not offered ---- */

static void all_at_once_offers_no_threshold(void **state) {
    (void)state;
    scene.screen.panel.pace_open = true;
    click("order-2");
    assert_int_equal(now()->order, ORDER_ALL);
    static const char *const NOT[] = {"growing-factor", "hold", "regularizer", "pace", "warmup", "threshold-easy"};
    for (size_t i = 0; i < sizeof NOT / sizeof *NOT; i++)
        if (find(NOT[i]))
            fail_msg("%s is there", NOT[i]);
    assert_non_null(find("threshold-off"));
    double threshold = scene.experiment.trainer->threshold;
    drag_by("threshold", 40.0f);
    drag_by("threshold-line", 40.0f);
    assert_true(scene.experiment.trainer->threshold == threshold);
    click("order-0");
    assert_non_null(find("growing-factor"));
    assert_null(find("threshold-off"));
}

static void a_linear_model_has_no_activation(void **state) {
    (void)state;
    scene.screen.panel.open[SECTION_MODEL] = true;
    frame();
    frame();
    assert_null(find("activation"));
    Settings s = *now();
    s.hidden_count = 1;
    s.hidden[0] = 4;
    experiment_push(&scene.experiment, (Command){.kind = COMMAND_SETTINGS, .settings = s});
    frame();
    frame();
    assert_non_null(find("activation"));
}

/* ---- a small window: the threshold as a row, the panel as a drawer ---- */

static void press_at(float x, float y) {
    scene.input.mouse_inside = true;
    scene.input.mouse_x = x;
    scene.input.mouse_y = y;
    scene.input.pressed = scene.input.down = true;
    scene.input.clicks = 1;
    frame();
    scene.input.down = false;
    scene.input.released = true;
    frame();
    frame();
    frame();
}

static void press_on(const char *name) {
    Rect r = need(name)->rect;
    press_at(r.x + r.w / 2, r.y + r.h / 2);
}

static void the_drawer_opens_and_closes(void **state) {
    (void)state;
    resize(640, 480, 1.0f);
    assert_true(is_whole("threshold") && is_whole("threshold-value") && is_whole("curriculum"));
    assert_null(find("order"));
    set_threshold(0.1);
    drag_by("threshold", 20.0f);
    assert_true(scene.experiment.trainer->threshold != 0.1);

    press_on("curriculum");
    assert_true(scene.screen.drawer);
    assert_true(is_whole("order") && is_whole("threshold"));
    double threshold = scene.experiment.trainer->threshold;
    drag_by("threshold-line", -20.0f); /* its own line, over plot and timeline */
    assert_true(scene.experiment.trainer->threshold < threshold);
    press_on("order-1");
    assert_int_equal(now()->order, ORDER_HARD);
    assert_true(scene.screen.drawer);
    int items = 0; /* a list that reaches beyond it is not outside */
    press_on("regularizer");
    for (int i = 0; i < scene.screen.ui.widget_count; i++)
        items += strncmp(scene.screen.ui.widgets[i].name, "regularizer-", 12) == 0;
    assert_true(items > 1);
    press_on("regularizer-1");
    assert_int_equal(now()->regularizer, REGULARIZER_LINEAR);
    assert_true(scene.screen.drawer);

    key_at(500.0f, 300.0f, KEY_ESCAPE);
    assert_false(scene.screen.drawer);
    assert_null(find("order"));

    press_on("curriculum");
    assert_true(scene.screen.drawer);
    Camera camera = scene.screen.hand.camera;
    int64_t pinned = scene.screen.hand.pinned;
    press_at(120.0f, 200.0f); /* on the plot: closes it and does nothing else */
    assert_false(scene.screen.drawer);
    assert_memory_equal(&camera, &scene.screen.hand.camera, sizeof camera);
    assert_int_equal(scene.screen.hand.pinned, pinned);
}

static void the_drawer_by_keyboard(void **state) {
    (void)state;
    resize(640, 480, 1.0f);
    for (int i = 0; i < 60 && scene.screen.ui.focus != ui_id("curriculum"); i++)
        key_at(-1.0f, -1.0f, KEY_TAB);
    assert_int_equal(scene.screen.ui.focus, ui_id("curriculum"));
    key_at(-1.0f, -1.0f, KEY_ENTER);
    frame();
    assert_true(scene.screen.drawer);
    assert_int_equal(scene.screen.ui.focus, ui_id("threshold")); /* within it */
    double threshold = scene.experiment.trainer->threshold;
    key_at(-1.0f, -1.0f, KEY_RIGHT);
    assert_true(scene.experiment.trainer->threshold > threshold);
    int stops = 0;
    while (scene.screen.drawer && stops < 60) { /* to its last widget, and out */
        key_at(-1.0f, -1.0f, KEY_TAB);
        stops++;
    }
    assert_false(scene.screen.drawer);
    assert_true(stops > 8);
    for (int i = 0; i < 60 && scene.screen.ui.focus != ui_id("curriculum"); i++)
        key_at(-1.0f, -1.0f, KEY_TAB);
    key_at(-1.0f, -1.0f, KEY_ENTER);
    frame();
    key_at(-1.0f, -1.0f, KEY_ESCAPE);
    assert_false(scene.screen.drawer);
    assert_int_equal(scene.screen.ui.focus, ui_id("curriculum"));
}

/* Help never lies on what it explains: the whole of a slider, the whole threshold block. */
static void help_stands_beside_its_widget(void **state) {
    (void)state;
    static const char *const NAMES[] = {"threshold",   "weight-curve", "growing-factor", "hold",
                                        "regularizer", "theme",        "tool-move"};
    frame();
    frame();
    for (size_t i = 0; i < sizeof NAMES / sizeof *NAMES; i++) {
        Rect r = need(NAMES[i])->rect;
        scene.input.mouse_inside = true;
        scene.input.mouse_x = r.x + r.w / 4;
        scene.input.mouse_y = r.y + r.h / 2;
        frame();
        scene.input.time += 0.6;
        frame();
        Rect tip = need(find("card") ? "card" : "tooltip")->rect;
        if (overlap(tip, r))
            fail_msg("the help of %s covers it", NAMES[i]);
        static const char *const OTHERS[] = {"threshold", "weight-curve", "growing-factor",
                                             "order",     "regularizer",  "section-suspects"};
        for (size_t k = 0; k < sizeof OTHERS / sizeof *OTHERS; k++)
            if (overlap(tip, need(OTHERS[k])->rect))
                fail_msg("the help of %s covers %s", NAMES[i], OTHERS[k]);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(each_pace_has_its_settings, setup, teardown),
        cmocka_unit_test_setup_teardown(settings_without_effect_are_not_shown, setup, teardown),
        cmocka_unit_test_setup_teardown(the_cap_is_put_on_and_off, setup, teardown),
        cmocka_unit_test_setup_teardown(own_points_have_what_can_be_done_to_them, setup, teardown),
        cmocka_unit_test_setup_teardown(line_thumb_and_value_agree, setup, teardown),
        cmocka_unit_test_setup_teardown(words_stand_clear_of_the_line, setup, teardown),
        cmocka_unit_test_setup_teardown(the_plots_keys_leave_the_threshold_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_moves_when_the_curriculum_changes, setup, teardown),
        cmocka_unit_test_setup_teardown(another_pace_does_not_scroll, setup, teardown),
        cmocka_unit_test_setup_teardown(all_folded_fits_a_window_of_720, setup, teardown),
        cmocka_unit_test_setup_teardown(a_tall_window_unfolds_what_it_has_room_for, setup, teardown),
        cmocka_unit_test_setup_teardown(an_opened_section_is_scrolled_into_view, setup, teardown),
        cmocka_unit_test_setup_teardown(all_at_once_offers_no_threshold, setup, teardown),
        cmocka_unit_test_setup_teardown(a_linear_model_has_no_activation, setup, teardown),
        cmocka_unit_test_setup_teardown(the_drawer_opens_and_closes, setup, teardown),
        cmocka_unit_test_setup_teardown(the_drawer_by_keyboard, setup, teardown),
        cmocka_unit_test_setup_teardown(help_stands_beside_its_widget, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
