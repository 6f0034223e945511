/* The widgets by events alone: frames of input go in, values and pixels come out. Positions are those of the
 * widget list. */
#include "app/base/format.h"
#include "app/ui/ui_private.h"
#include "app/ui/ui_widget.h"
#include "tests/support/widgets.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 800, HEIGHT = 600, ROWS = 12 };

static const char *const ORDERS[] = {"Easy first", "Hard first", "All"};
static const char *const RULES[] = {"hard", "linear", "log", "mixture", "logistic"};

static const UiRange THRESHOLD = {0.001, 10.0, 0.0, 1e308, 0.25, true, false, false};
static const UiRange GROWTH = {1.0, 3.0, 0.1, 100.0, 1.35, false, false, false};
static const UiRange BATCH = {1, 512, 1, 100000, 32, false, true, false};
static const UiRange STEPS = {1, 9, 1, 9, 5, false, true, false};

/* A screenful of widgets, and what became of them. */
static struct Scene {
    Ui ui;
    Canvas canvas;
    Text *text;
    const Theme *theme;
    float scale;
    UiInput in;
    int play_presses, epoch_presses, row_presses[ROWS];
    bool hold, with_field, disabled, with_slider;
    int order, rule, rule_count;
    float rule_x, rule_y;
    double threshold, growth, speed, batch, steps;
    char units[UI_EDIT_MAX];
    int units_commits;
    float scroll;
    UiTouch touch, line_touch;
    double line;
    const char *help;
    Rect subject; /* of "play" */
    char clipboard[UI_EDIT_MAX], primary[UI_EDIT_MAX];
} s;

static Rect at(float x, float y, float w, float h) {
    return (Rect){x * s.scale, y * s.scale, w * s.scale, h * s.scale};
}

static void make_widgets(void) {
    Ui *ui = &s.ui;
    ui->subject = s.subject;
    s.play_presses += ui_button(ui, "play", at(10, 10, 80, 32), ICON_PLAY, "Play", BUTTON_PRIMARY, s.help);
    ui->subject = (Rect){0};
    s.epoch_presses += ui_button(ui, "epoch", at(100, 10, 80, 32), ICON_EPOCH, "Epoch", BUTTON_PLAIN, NULL);
    s.hold = ui_switch(ui, "hold", at(10, 50, 200, 32), "Hold", s.hold, NULL);
    s.order = ui_segments(ui, "order", at(10, 90, 240, 28), ORDERS, 3, s.order, NULL);
    s.rule = ui_select(ui, "rule", at(s.rule_x, s.rule_y, 200, 28), RULES, s.rule_count, s.rule, NULL);
    ui->enabled = !s.disabled;
    if (s.with_slider)
        s.threshold = ui_slider(ui, "threshold", at(300, 10, 280, 40),
                                &(UiSlider){.label = "Threshold", .range = THRESHOLD}, s.threshold);
    ui->enabled = true;
    s.growth = ui_slider(ui, "growing-factor", at(300, 60, 280, 40),
                         &(UiSlider){.label = "Growing factor", .range = GROWTH, .prefix = "× ", .unit = "per epoch"},
                         s.growth);
    s.speed = ui_slider_inline(ui, "speed", at(300, 110, 280, 32), &GROWTH, s.speed, "1 epoch/s", NULL);
    s.steps = ui_slider(ui, "steps", at(300, 150, 280, 40), &(UiSlider){.label = "Steps", .range = STEPS}, s.steps);
    s.batch = ui_number(ui, "batch", at(300, 200, 280, 32), "Batch", &BATCH, s.batch, NULL);
    if (s.with_field) {
        char edited[UI_EDIT_MAX];
        if (ui_field(ui, "units", at(300, 240, 280, 32), "Hidden units", s.units, edited, NULL)) {
            memcpy(s.units, edited, sizeof s.units);
            s.units_commits++;
        }
    }
    s.touch = ui_touch(ui, "plot", at(10, 300, 240, 200), false);
    s.line = ui_line(ui, "line", at(600, 300, 180, 100), &THRESHOLD, s.line, NULL, &s.line_touch);
    Rect area = at(300, 300, 280, 120);
    s.scroll = ui_scroll_begin(ui, "panel", area, ROWS * 40.0f * s.scale, s.scroll);
    for (int i = 0; i < ROWS; i++) {
        char name[32];
        snprintf(name, sizeof name, "row-%d", i);
        Rect row = at(310, 300.0f + 40.0f * (float)i, 200, 32);
        row.y -= s.scroll;
        s.row_presses[i] += ui_button(ui, name, row, ICON_NONE, name, BUTTON_PLAIN, NULL);
    }
    ui_scroll_end(ui);
}

/* One frame of the input as it stands; what happens only once is then forgotten. */
static void frame(void) {
    canvas_fill(&s.canvas, s.theme->card);
    ui_begin(&s.ui, &s.in, &s.canvas, s.text, s.theme, s.scale);
    make_widgets();
    ui_end(&s.ui);
    assert_int_equal(s.canvas.clip_depth, 0);
    s.in.pressed = s.in.released = s.in.middle_pressed = false;
    s.in.wheel = 0.0f;
    s.in.key_count = 0;
    s.in.text[0] = '\0';
    s.in.time += 1.0 / 64;
}

static const char *clipboard_get(void *user) {
    return ((struct Scene *)user)->clipboard;
}

static void clipboard_set(void *user, const char *utf8) {
    snprintf(((struct Scene *)user)->clipboard, UI_EDIT_MAX, "%s", utf8);
}

static const char *primary_get(void *user) {
    return ((struct Scene *)user)->primary;
}

static void primary_set(void *user, const char *utf8) {
    snprintf(((struct Scene *)user)->primary, UI_EDIT_MAX, "%s", utf8);
}

static void set_scale(float scale) {
    Status status;
    s.scale = scale;
    assert_true(text_set_scale(s.text, scale, &status));
    assert_true(canvas_resize(&s.canvas, (int)(WIDTH * scale), (int)(HEIGHT * scale), &status));
    frame();
}

static int setup(void **state) {
    (void)state;
    Status status;
    memset(&s, 0, sizeof s);
    s.theme = &THEME_LIGHT;
    s.scale = 1.0f;
    if (!ui_init(&s.ui, &status) || !canvas_resize(&s.canvas, WIDTH, HEIGHT, &status) ||
        !(s.text = text_new(FONT_DIR, 1.0f, &status)))
        return -1;
    s.ui.user = &s;
    s.ui.clipboard_get = clipboard_get;
    s.ui.clipboard_set = clipboard_set;
    s.ui.primary_get = primary_get;
    s.ui.primary_set = primary_set;
    s.threshold = s.line = 0.25;
    s.growth = s.speed = 1.35;
    s.steps = 5;
    s.batch = 32;
    s.rule_count = 5;
    s.rule_x = 10;
    s.rule_y = 130;
    s.with_field = s.with_slider = true;
    snprintf(s.units, sizeof s.units, "16,16");
    s.in.mouse_x = s.in.mouse_y = 1;
    s.in.mouse_inside = true;
    frame();
    return 0;
}

static int teardown(void **state) {
    (void)state;
    ui_free(&s.ui);
    text_free(s.text);
    canvas_free(&s.canvas);
    return 0;
}

/* ---- a hand ---- */

static const UiWidget *look_for(const char *name) {
    return find_widget(&s.ui, name);
}

static Rect rect_of(const char *name) {
    const UiWidget *widget = look_for(name);
    if (!widget)
        fail_msg("no widget '%s'", name);
    return widget->rect;
}

static void move(float x, float y) {
    s.in.mouse_x = x;
    s.in.mouse_y = y;
    frame();
}

static void move_to(const char *name) {
    frame(); /* what the last one has changed may have moved it */
    Rect r = rect_of(name);
    move(floorf(r.x + r.w / 2), floorf(r.y + r.h / 2));
}

static void press_again(int clicks) {
    s.in.down = s.in.pressed = true;
    s.in.clicks = clicks;
    frame();
}

static void press(void) {
    press_again(1);
}

static void release(void) {
    s.in.down = false;
    s.in.released = true;
    frame();
}

static void click(const char *name) {
    move_to(name);
    press();
    release();
}

static void add_key(UiKey key) {
    assert_true(s.in.key_count < UI_MAX_KEYS);
    s.in.keys[s.in.key_count++] = key;
}

static void key(UiKeyCode code) {
    add_key((UiKey){.code = code});
    frame();
}

static void shift_key(UiKeyCode code) {
    s.in.shift = true;
    add_key((UiKey){.code = code, .shift = true});
    frame();
    s.in.shift = false;
}

static void ctrl_key(UiKeyCode code) {
    s.in.ctrl = true;
    add_key((UiKey){.code = code, .ctrl = true});
    frame();
    s.in.ctrl = false;
}

static void ctrl_letter(char letter) {
    s.in.ctrl = true;
    add_key((UiKey){.code = KEY_CHARACTER, .character = (uint32_t)letter, .ctrl = true});
    frame();
    s.in.ctrl = false;
}

static void type(const char *utf8) {
    snprintf(s.in.text, sizeof s.in.text, "%s", utf8);
    frame();
}

static void rest(double seconds) {
    s.in.time += seconds;
    frame();
}

/* Focuses by Tab. */
static void tab_to(const char *name) {
    for (int i = 0; i < 40; i++) {
        key(KEY_TAB);
        if (s.ui.focus == ui_id(name))
            return;
    }
    fail_msg("Tab never comes to '%s'", name);
}

/* Types into a value's field, which is opened by a click on it, and commits. */
static void enter(const char *field, const char *text) {
    click(field);
    assert_true(s.ui.wants_text);
    ctrl_letter('a');
    key(KEY_DELETE);
    type(text);
    key(KEY_ENTER);
    assert_false(s.ui.wants_text);
}

static float thumb_x(const char *track, double fraction) {
    Rect r = rect_of(track);
    return r.x + r.w * (float)fraction;
}

static double log_fraction(double value) {
    return log(value / THRESHOLD.minimum) / log(THRESHOLD.maximum / THRESHOLD.minimum);
}

static Color pixel(float x, float y) {
    return s.canvas.pixels[(size_t)y * (size_t)s.canvas.width + (size_t)x];
}

static int count_color(Rect r, Color color) {
    int count = 0;
    for (int y = (int)r.y; y < (int)(r.y + r.h); y++)
        for (int x = (int)r.x; x < (int)(r.x + r.w); x++)
            if (x >= 0 && y >= 0 && x < s.canvas.width && y < s.canvas.height)
                count += pixel((float)x, (float)y) == color;
    return count;
}

static Rect grown(Rect r, float by) {
    return (Rect){r.x - by, r.y - by, r.w + 2 * by, r.h + 2 * by};
}

static bool ring_at(const char *name) {
    return count_color(grown(rect_of(name), 6 * s.scale), s.theme->focus_outer) > 20;
}

static bool on_canvas(Rect r) {
    return r.x >= 0 && r.y >= 0 && r.x + r.w <= (float)s.canvas.width && r.y + r.h <= (float)s.canvas.height;
}

static void assert_message(const char *part) {
    assert_non_null(look_for("message"));
    if (!strstr(s.ui.state->message, part))
        fail_msg("'%s' does not say '%s'", s.ui.state->message, part);
}

#define assert_close(a, b, tolerance)                                                                                  \
    do {                                                                                                               \
        double a_ = (a), b_ = (b);                                                                                     \
        if (!(fabs(a_ - b_) <= (tolerance)))                                                                           \
            fail_msg("%s is %.17g, not %.17g", #a, a_, b_);                                                            \
    } while (0)

#define assert_same(a, b) assert_close(a, b, 0.0)

/* ---- buttons, switches, segments ---- */

static void test_button_acts_on_release(void **state) {
    (void)state;
    move_to("play");
    assert_int_equal(s.ui.cursor, CURSOR_HAND);
    press();
    assert_int_equal(s.play_presses, 0);
    release();
    assert_int_equal(s.play_presses, 1);
    rest(1);
    assert_int_equal(s.play_presses, 1);
}

static void test_release_outside_does_not_press(void **state) {
    (void)state;
    move_to("play");
    press();
    move_to("epoch");
    release();
    assert_int_equal(s.play_presses, 0);
    assert_int_equal(s.epoch_presses, 0);
    move_to("play"); /* and coming back with the button still down presses after all */
    press();
    move_to("epoch");
    move_to("play");
    release();
    assert_int_equal(s.play_presses, 1);
}

static void test_press_that_began_elsewhere(void **state) {
    (void)state;
    move(260, 220); /* on nothing */
    press();
    move_to("play");
    assert_int_equal(s.ui.hot, 0);
    release();
    assert_int_equal(s.play_presses, 0);
    move(260, 220);
    press();
    move(thumb_x("threshold", 0.9), rect_of("threshold").y + 10);
    release();
    assert_same(s.threshold, 0.25);
}

static void test_press_and_release_in_one_frame(void **state) {
    (void)state;
    move_to("play");
    s.in.pressed = s.in.released = true;
    s.in.clicks = 1;
    frame();
    assert_int_equal(s.play_presses, 1);
    move_to("hold");
    s.in.pressed = s.in.released = true;
    frame();
    assert_true(s.hold);
    move(thumb_x("growing-factor", 0.5), rect_of("growing-factor").y + 10);
    s.in.pressed = s.in.released = true;
    frame();
    assert_close(s.growth, 2.0, 0.01);
    move(thumb_x("growing-factor", 0.9), rect_of("growing-factor").y + 10);
    assert_close(s.growth, 2.0, 0.01);
}

static void test_button_by_keyboard(void **state) {
    (void)state;
    tab_to("play");
    key(KEY_SPACE);
    assert_true(s.ui.keyboard_taken);
    key(KEY_ENTER);
    assert_int_equal(s.play_presses, 2);
    add_key((UiKey){.code = KEY_SPACE, .repeat = true}); /* held down: once */
    frame();
    assert_int_equal(s.play_presses, 2);
    assert_true(s.ui.keyboard_taken);
    tab_to("hold");
    key(KEY_SPACE);
    assert_true(s.hold);
}

static void test_space_stays_free_after_a_click(void **state) {
    (void)state;
    const char *const names[] = {"play", "hold", "order"};
    for (int i = 0; i < 3; i++) {
        click(names[i]);
        int presses = s.play_presses, order = s.order;
        bool hold = s.hold;
        key(KEY_SPACE);
        assert_false(s.ui.keyboard_taken);
        key(KEY_ENTER);
        assert_false(s.ui.keyboard_taken);
        assert_int_equal(s.play_presses, presses);
        assert_int_equal(s.hold, hold);
        assert_int_equal(s.order, order);
    }
}

static void test_letters_are_shortcuts(void **state) {
    (void)state;
    tab_to("threshold");
    add_key((UiKey){.code = KEY_CHARACTER, .character = 'r'});
    frame();
    assert_false(s.ui.keyboard_taken);
}

static void test_switch(void **state) {
    (void)state;
    click("hold");
    assert_true(s.hold);
    Rect r = rect_of("hold");
    move(1, 1);
    assert_int_equal(pixel(r.x + r.w - 28, r.y + r.h / 2), s.theme->accent);
    click("hold");
    assert_false(s.hold);
}

static void test_segments(void **state) {
    (void)state;
    click("order-2");
    assert_int_equal(s.order, 2);
    Rect chosen = rect_of("order-2"), other = rect_of("order-0");
    move(1, 1);
    assert_int_equal(pixel(chosen.x + 8, chosen.y + 6), s.theme->card);
    assert_int_equal(pixel(other.x + 8, other.y + 6), s.theme->chip);
    move_to("order-0"); /* from one to another is no choice */
    press();
    move_to("order-1");
    release();
    assert_int_equal(s.order, 2);
    tab_to("order");
    key(KEY_LEFT);
    assert_int_equal(s.order, 1);
    key(KEY_HOME);
    assert_int_equal(s.order, 0);
    key(KEY_LEFT);
    assert_int_equal(s.order, 0);
    key(KEY_END);
    assert_int_equal(s.order, 2);
    click("order-0"); /* arrows go on from a click */
    key(KEY_RIGHT);
    assert_int_equal(s.order, 1);
    shift_key(KEY_RIGHT); /* but not those of a shortcut */
    assert_int_equal(s.order, 1);
    assert_false(s.ui.keyboard_taken);
}

/* ---- focus ---- */

static void test_tab_walks_round(void **state) {
    (void)state;
    key(KEY_TAB);
    assert_int_equal(s.ui.focus, ui_id("play"));
    key(KEY_TAB);
    assert_int_equal(s.ui.focus, ui_id("epoch"));
    shift_key(KEY_TAB);
    assert_int_equal(s.ui.focus, ui_id("play"));
    shift_key(KEY_TAB); /* round the end */
    assert_int_equal(s.ui.focus, ui_id("row-11"));
    key(KEY_TAB);
    assert_int_equal(s.ui.focus, ui_id("play"));
    assert_true(s.ui.keyboard_taken);
    s.disabled = true; /* what is off is passed over */
    frame();
    tab_to("rule");
    key(KEY_TAB);
    assert_int_equal(s.ui.focus, ui_id("growing-factor"));
}

static void test_ring_by_keyboard_alone(void **state) {
    (void)state;
    click("epoch");
    assert_int_equal(s.ui.focus, ui_id("epoch"));
    assert_false(ring_at("epoch"));
    key(KEY_TAB);
    assert_true(ring_at("hold"));
    shift_key(KEY_TAB);
    assert_true(ring_at("epoch"));
    Rect r = rect_of("epoch"); /* two tones, 2 px each */
    assert_int_equal(pixel(r.x + 40, r.y - 1), s.theme->focus_inner);
    assert_int_equal(pixel(r.x + 40, r.y - 2), s.theme->focus_inner);
    assert_int_equal(pixel(r.x + 40, r.y - 3), s.theme->focus_outer);
    assert_int_equal(pixel(r.x + 40, r.y - 4), s.theme->focus_outer);
    click("epoch");
    assert_false(ring_at("epoch"));
}

static void test_press_on_nothing_takes_the_focus_away(void **state) {
    (void)state;
    tab_to("threshold");
    move(260, 220);
    press();
    release();
    assert_int_equal(s.ui.focus, 0);
    key(KEY_RIGHT);
    assert_same(s.threshold, 0.25);
    assert_false(s.ui.keyboard_taken);
}

/* Whether it came by the pointer or by Tab; one that is away for a frame keeps it. */
static void test_focus_goes_with_its_widget(void **state) {
    (void)state;
    for (int by_tab = 0; by_tab < 2; by_tab++) {
        s.with_slider = true;
        click("threshold");
        s.ui.focus_visible = by_tab;
        frame();
        assert_int_equal(s.ui.focus, ui_id("threshold"));
        s.with_slider = false;
        frame();
        s.with_slider = true;
        frame();
        assert_int_equal(s.ui.focus, ui_id("threshold"));
        s.with_slider = false;
        frame();
        frame();
        assert_int_equal(s.ui.focus, 0);
    }
}

static void test_disabled(void **state) {
    (void)state;
    s.disabled = true;
    click("threshold");
    click("threshold-value");
    assert_same(s.threshold, 0.25);
    assert_false(s.ui.wants_text);
    s.disabled = false;
    frame();
    click("threshold-value");
    type("7");
    s.disabled = true; /* while it is edited: the text is dropped */
    frame();
    frame();
    assert_false(s.ui.wants_text);
    assert_same(s.threshold, 0.25);
}

/* ---- sliders ---- */

static void test_thumb_is_dragged_without_a_jump(void **state) {
    (void)state;
    s.threshold = 0.123456789;
    frame();
    Rect r = rect_of("threshold");
    float thumb = thumb_x("threshold", log_fraction(s.threshold)), y = r.y + r.h / 2;
    for (float off = -5; off <= 5; off += 5) {
        move(thumb + off, y);
        press();
        assert_same(s.threshold, 0.123456789);
        move(thumb + off, y + 3); /* not along the track */
        assert_same(s.threshold, 0.123456789);
        move(thumb + off + 50, y);
        double expected = 0.123456789 * pow(1e4, 50.0 / (double)r.w);
        assert_close(s.threshold, expected, 0.006 * expected);
        move(thumb + off, y); /* and back */
        assert_same(s.threshold, 0.123456789);
        release();
        assert_same(s.threshold, 0.123456789);
    }
}

static void test_track_jumps_then_drags(void **state) {
    (void)state;
    Rect r = rect_of("growing-factor");
    float y = r.y + r.h / 2;
    move(r.x + r.w * 0.75f, y);
    assert_same(s.growth, 1.35);
    press();
    assert_close(s.growth, 2.5, 0.01);
    move(r.x + r.w * 0.25f, y);
    assert_close(s.growth, 1.5, 0.01);
    release();
    move(r.x, y);
    assert_close(s.growth, 1.5, 0.01);
}

static void test_drag_leaves_widget_and_window(void **state) {
    (void)state;
    Rect r = rect_of("growing-factor");
    move(r.x + r.w * 0.5f, r.y + r.h / 2);
    press();
    move_to("play");
    assert_same(s.growth, 1.0);
    s.in.mouse_inside = false;
    move(5000, -300);
    assert_same(s.growth, 3.0);
    move(-5000, 9000);
    assert_same(s.growth, 1.0);
    move(r.x + r.w * 0.5f, -50);
    assert_close(s.growth, 2.0, 0.01);
    release();
    move(5000, 0);
    assert_close(s.growth, 2.0, 0.01);
    assert_int_equal(s.play_presses, 0);
}

static void test_thumb_is_reached_beyond_the_track(void **state) {
    (void)state;
    s.growth = 3.0;
    frame();
    Rect r = rect_of("growing-factor");
    move(r.x + r.w + 6, r.y + r.h / 2);
    press();
    move(r.x + r.w + 6 - r.w / 2, r.y + r.h / 2);
    assert_close(s.growth, 2.0, 0.02);
    release();
}

static void test_drag_ends_when_its_release_is_lost(void **state) {
    (void)state;
    Rect r = rect_of("growing-factor");
    move(r.x + r.w * 0.5f, r.y + r.h / 2);
    press();
    s.in.down = false;
    move(r.x + r.w, r.y + r.h / 2);
    assert_close(s.growth, 2.0, 0.01);
    click("play");
    assert_int_equal(s.play_presses, 1);
}

static void test_escape_in_a_drag_restores(void **state) {
    (void)state;
    s.growth = 1.3512345;
    frame();
    Rect r = rect_of("growing-factor");
    move(r.x + r.w * 0.8f, r.y + r.h / 2);
    press();
    move(r.x + r.w * 0.9f, r.y + r.h / 2);
    assert_true(s.growth > 2.5);
    key(KEY_ESCAPE);
    assert_true(s.ui.keyboard_taken);
    assert_same(s.growth, 1.3512345);
    move(r.x + r.w * 0.1f, r.y + r.h / 2);
    release();
    assert_same(s.growth, 1.3512345);
}

static void test_double_click_is_the_default(void **state) {
    (void)state;
    s.growth = 2.0;
    Rect r = rect_of("growing-factor");
    move(r.x + r.w * 0.75f, r.y + r.h / 2);
    press();
    release();
    press_again(2);
    assert_same(s.growth, 1.35);
    assert_int_equal(s.ui.focus, ui_id("growing-factor"));
    release();
    assert_same(s.growth, 1.35);
}

/* Quick clicks along the track are not a double click, although the system counts them as one series. */
static void test_clicks_at_two_places(void **state) {
    (void)state;
    Rect r = rect_of("growing-factor");
    move(r.x + r.w * 0.75f, r.y + r.h / 2);
    press();
    release();
    move(r.x + r.w * 0.75f + 20, r.y + r.h / 2);
    press_again(2);
    release();
    assert_close(s.growth, 2.5 + 20 * 2.0 / (double)r.w, 0.02);
    press_again(3); /* where the last one was */
    release();
    assert_same(s.growth, 1.35);
}

static void test_slider_keys(void **state) {
    (void)state;
    s.growth = 2.0;
    tab_to("growing-factor");
    key(KEY_RIGHT); /* 1 % of the range */
    assert_close(s.growth, 2.02, 1e-9);
    key(KEY_DOWN);
    assert_close(s.growth, 2.0, 1e-9);
    shift_key(KEY_UP);
    assert_close(s.growth, 2.2, 1e-9);
    shift_key(KEY_LEFT);
    ctrl_key(KEY_RIGHT);
    assert_close(s.growth, 2.002, 1e-9);
    ctrl_key(KEY_LEFT);
    key(KEY_PAGE_UP);
    assert_close(s.growth, 2.2, 1e-3);
    key(KEY_PAGE_DOWN);
    assert_close(s.growth, 2.0, 1e-3);
    key(KEY_END);
    assert_same(s.growth, 3.0);
    key(KEY_RIGHT);
    assert_same(s.growth, 3.0);
    key(KEY_HOME);
    assert_same(s.growth, 1.0);
    key(KEY_BACKSPACE);
    assert_same(s.growth, 1.35);
    assert_true(s.ui.keyboard_taken);
    tab_to("threshold"); /* a hundredth of a logarithmic range is a factor */
    key(KEY_RIGHT);
    assert_close(s.threshold, 0.25 * pow(1e4, 0.01), 0.001);
    s.threshold = 0.001; /* Ctrl steps are never lost in rounding */
    for (int i = 0; i < 20; i++) {
        double before = s.threshold;
        ctrl_key(KEY_RIGHT);
        assert_true(s.threshold > before);
    }
}

static void test_keys_after_a_click_on_a_slider(void **state) {
    (void)state;
    Rect r = rect_of("growing-factor");
    move(r.x + r.w * 0.5f, r.y + r.h / 2);
    press();
    release();
    assert_false(ring_at("growing-factor"));
    double before = s.growth;
    key(KEY_RIGHT);
    assert_close(s.growth, before + 0.02, 1e-9);
    assert_true(s.ui.keyboard_taken);
    key(KEY_SPACE); /* is play and pause */
    assert_false(s.ui.keyboard_taken);
}

/* Home, End, Backspace and the arrows are the plot's: a drag by pointer leaves them to it, and so does a click once the
 * pointer has gone elsewhere. */
static void test_a_drag_does_not_take_the_keys(void **state) {
    (void)state;
    static const UiKeyCode keys[] = {KEY_HOME, KEY_END, KEY_BACKSPACE, KEY_LEFT, KEY_RIGHT, KEY_PAGE_UP, KEY_ENTER};
    static const char *const sliders[] = {"growing-factor", "threshold", "speed", "steps"};
    for (size_t i = 0; i < sizeof sliders / sizeof *sliders; i++)
        for (int dragged = 0; dragged < 2; dragged++) {
            Rect r = rect_of(sliders[i]);
            move(r.x + r.w * 0.4f, r.y + r.h / 2);
            press();
            if (dragged)
                move(r.x + r.w * 0.6f, r.y + r.h / 2);
            release();
            if (!dragged)
                move(100, 400); /* over the plot */
            double was[] = {s.growth, s.threshold, s.speed, s.steps};
            for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
                key(keys[k]);
                assert_false(s.ui.keyboard_taken);
            }
            double is[] = {s.growth, s.threshold, s.speed, s.steps};
            assert_memory_equal(was, is, sizeof is);
            assert_int_equal(s.ui.focus, 0); /* for what asks whether the keys are free */
        }
    int order = s.order; /* the same for what has arrows and is no slider */
    Rect r = rect_of("order-1");
    move(r.x + 5, r.y + 5);
    press();
    release();
    assert_int_not_equal(s.order, order);
    order = s.order;
    move(100, 400);
    key(KEY_RIGHT);
    assert_int_equal(s.order, order);
    key(KEY_TAB); /* goes on from there */
    assert_int_equal(s.ui.focus, ui_id("rule"));
}

static void test_whole_numbers_step_by_one(void **state) {
    (void)state;
    tab_to("steps");
    key(KEY_RIGHT);
    assert_same(s.steps, 6.0);
    ctrl_key(KEY_LEFT);
    assert_same(s.steps, 5.0);
    shift_key(KEY_RIGHT);
    assert_same(s.steps, 9.0);
    Rect r = rect_of("steps");
    move(r.x + r.w * 0.3f, r.y + r.h / 2);
    press();
    release();
    assert_same(s.steps, 3.0);
    tab_to("batch");
    key(KEY_UP);
    shift_key(KEY_UP);
    assert_same(s.batch, 43.0);
    key(KEY_BACKSPACE);
    assert_same(s.batch, 32.0);
}

static void test_values_beyond_the_track(void **state) {
    (void)state;
    s.growth = 50.0; /* typed: accepted, but right of the track */
    tab_to("growing-factor");
    key(KEY_RIGHT);
    assert_same(s.growth, 50.0);
    key(KEY_LEFT);
    assert_true(s.growth < 3.0 && s.growth > 2.9);
    s.threshold = 0.0; /* left of a logarithmic one */
    tab_to("threshold");
    key(KEY_LEFT);
    assert_same(s.threshold, 0.0);
    key(KEY_RIGHT);
    assert_true(s.threshold > 0.001 && s.threshold < 0.0012);
}

static void test_wheel_only_when_focused(void **state) {
    (void)state;
    move_to("growing-factor");
    s.in.wheel = 1;
    frame();
    assert_same(s.growth, 1.35);
    tab_to("growing-factor");
    s.in.wheel = 1;
    frame();
    assert_close(s.growth, 1.37, 1e-9);
    s.in.wheel = -2;
    frame();
    assert_close(s.growth, 1.33, 1e-9);
    move_to("play"); /* and under the pointer */
    s.in.wheel = 1;
    frame();
    assert_close(s.growth, 1.33, 1e-9);
}

static void test_track_shows_the_value(void **state) {
    (void)state;
    s.growth = 2.0;
    frame();
    Rect r = rect_of("growing-factor");
    float y = r.y + r.h / 2, thumb = r.x + r.w / 2;
    assert_int_equal(pixel(r.x + r.w * 0.25f, y), s.theme->accent);
    assert_int_equal(pixel(r.x + r.w * 0.75f, y), s.theme->track);
    assert_int_equal(pixel(thumb, y), s.theme->card);
    assert_int_equal(pixel(thumb - 6, y), s.theme->accent);
    assert_int_equal(pixel(thumb + 6, y), s.theme->accent);
    assert_int_equal(pixel(thumb, y - 9), s.theme->card); /* 15 px across */
}

/* ---- typed values ---- */

static void test_typed_numbers(void **state) {
    (void)state;
    enter("threshold-value", "1e-3");
    assert_same(s.threshold, 1e-3);
    enter("threshold-value", "0.12345678901234567");
    assert_same(s.threshold, 0.12345678901234567);
    enter("threshold-value", " 42 "); /* beyond the track, within what is accepted */
    assert_same(s.threshold, 42.0);
    enter("speed-value", "2.5");
    assert_same(s.speed, 2.5);
    enter("batch", "64");
    assert_same(s.batch, 64.0);
    assert_null(look_for("message"));
}

static void test_refused_texts_keep_the_value(void **state) {
    (void)state;
    const char *const refused[] = {"abc", "nan", "inf", "-inf", "0,5", "1 2", "0.5x", "'", "--1"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        char reason[64];
        enter("threshold-value", refused[i]);
        assert_same(s.threshold, 0.25);
        snprintf(reason, sizeof reason, "'%s' is not a number", refused[i]);
        assert_message(reason);
        assert_true(s.ui.state->message_rect.x == rect_of("threshold-value").x);
    }
    enter("threshold-value", "1e999"); /* a number, but not one that fits */
    assert_same(s.threshold, 0.25);
    assert_message("1e999 is too large");
    enter("threshold-value", "-1e999");
    assert_message("-1e999 is too small");
    enter("threshold-value", "");
    assert_same(s.threshold, 0.25);
    assert_message("a number is needed");
    enter("batch", "12.5");
    assert_same(s.batch, 32.0);
    assert_message("12.5 is not a whole number");
}

static void test_out_of_range_names_the_range(void **state) {
    (void)state;
    enter("growing-factor-value", "0.05");
    assert_same(s.growth, 1.35);
    assert_message("0.05 is out of range: 0.1 to 100");
    enter("growing-factor-value", "100.5");
    assert_same(s.growth, 1.35);
    enter("threshold-value", "-1");
    assert_same(s.threshold, 0.25);
    assert_message("-1 is out of range: 0 or more");
    enter("batch", "0");
    assert_same(s.batch, 32.0);
    assert_message("0 is out of range: 1 to 100,000");
    enter("growing-factor-value", "100"); /* the ends are in */
    assert_same(s.growth, 100.0);
}

static void test_message_goes(void **state) {
    (void)state;
    enter("threshold-value", "abc");
    rest(3.5);
    assert_non_null(look_for("message"));
    assert_true(on_canvas(rect_of("message")));
    rest(1.0);
    assert_null(look_for("message"));
    assert_false(s.ui.wants_frame);
    enter("threshold-value", "abc");
    click("batch"); /* the next edit */
    assert_null(look_for("message"));
    key(KEY_ESCAPE);
    ui_message(&s.ui, "units", "no such layer"); /* of a view's own checks */
    frame();
    assert_message("no such layer");
    s.with_field = false;
    frame();
    frame();
    assert_null(look_for("message"));
}

static void test_long_refused_text(void **state) {
    (void)state;
    click("threshold-value");
    ctrl_letter('a');
    for (int i = 0; i < 12; i++)
        type("ääääääääääääääääääääääääääää");
    key(KEY_ENTER);
    assert_message("ä…' is not a number");
    frame();
    assert_true(on_canvas(rect_of("message")));
    assert_true(rect_of("message").w <= 280 + 16);
    assert_same(s.threshold, 0.25);
}

static void test_unchanged_text_keeps_every_bit(void **state) {
    (void)state;
    const double values[] = {0.1 + 0.2, 1.0 / 3, 1e-7 / 3, 123456.789012345678, 0.25};
    for (size_t i = 0; i < sizeof values / sizeof *values; i++) {
        s.threshold = values[i];
        click("threshold-value");
        key(KEY_ENTER);
        assert_memory_equal(&s.threshold, &values[i], sizeof(double));
        click("threshold-value");
        key(KEY_TAB);
        assert_memory_equal(&s.threshold, &values[i], sizeof(double));
        char exact[32]; /* and typed again as shown in the field it is the same number */
        ui_exact(values[i], exact);
        s.threshold = 5;
        enter("threshold-value", exact);
        assert_memory_equal(&s.threshold, &values[i], sizeof(double));
    }
    click("threshold-value");
    s.threshold = 0.3; /* it has grown meanwhile: what was not typed is not put back */
    key(KEY_ENTER);
    assert_same(s.threshold, 0.3);
    strcpy(s.units, "8");
    click("units");
    key(KEY_ENTER);
    assert_int_equal(s.units_commits, 0);
}

static void test_ways_into_the_field(void **state) {
    (void)state;
    Rect r = rect_of("threshold");
    move(r.x + r.w * 0.9f, r.y + r.h / 2);
    s.in.ctrl = true;
    press();
    release();
    s.in.ctrl = false;
    assert_same(s.threshold, 0.25);
    assert_true(s.ui.wants_text);
    rest(0.5);
    assert_true(s.ui.wants_text);
    type("3"); /* all is selected */
    key(KEY_ENTER);
    assert_same(s.threshold, 3.0);
    tab_to("growing-factor");
    key(KEY_ENTER);
    assert_true(s.ui.wants_text);
    type("2");
    key(KEY_ENTER);
    assert_same(s.growth, 2.0);
    assert_int_equal(s.ui.focus, ui_id("growing-factor"));
    tab_to("units");
    key(KEY_ENTER);
    type("32");
    key(KEY_ENTER);
    assert_string_equal(s.units, "32");
    assert_int_equal(s.units_commits, 1);
}

static void test_tab_commits_and_moves_on(void **state) {
    (void)state;
    click("threshold-value");
    type("0.75");
    key(KEY_TAB);
    assert_same(s.threshold, 0.75);
    assert_false(s.ui.wants_text);
    assert_int_equal(s.ui.focus, ui_id("growing-factor"));
    assert_true(s.ui.focus_visible);
    click("batch");
    type("7");
    shift_key(KEY_TAB);
    assert_same(s.batch, 7.0);
    assert_int_equal(s.ui.focus, ui_id("steps"));
    click("batch");
    type("x");
    key(KEY_TAB);
    assert_same(s.batch, 7.0);
    assert_message("'x' is not a number");
    assert_int_equal(s.ui.focus, ui_id("units"));
}

static void test_escape_ends_an_edit(void **state) {
    (void)state;
    click("threshold-value");
    type("9");
    key(KEY_ESCAPE);
    assert_true(s.ui.keyboard_taken);
    assert_false(s.ui.wants_text);
    assert_same(s.threshold, 0.25);
    key(KEY_ESCAPE); /* the next one is not the field's */
    assert_false(s.ui.keyboard_taken);
}

/* What a reader takes for one sign is one for the caret. */
static void test_clusters_are_edited_whole(void **state) {
    (void)state;
    click("units");
    strcpy(s.ui.state->text, "");
    s.ui.state->caret = s.ui.state->anchor = 0;
    type("a\U0001f44d\U0001f3fde\u0301");
    assert_int_equal(s.ui.state->caret, 12);
    key(KEY_LEFT);
    assert_int_equal(s.ui.state->caret, 9);
    key(KEY_LEFT);
    assert_int_equal(s.ui.state->caret, 1);
    key(KEY_RIGHT);
    key(KEY_BACKSPACE);
    assert_string_equal(s.ui.state->text, "ae\u0301");
    key(KEY_DELETE);
    assert_string_equal(s.ui.state->text, "a");
    key(KEY_ESCAPE);
}

/* What an input method composes stands in the field at the caret, underlined, and is no part of the text. */
static void test_composed_text(void **state) {
    (void)state;
    click("units");
    type("64");
    s.in.text[0] = '\0';
    key(KEY_LEFT);
    float before = s.ui.text_caret.x;
    snprintf(s.in.preedit, sizeof s.in.preedit, "00");
    s.in.preedit_caret = 1;
    frame();
    Rect line = rect_of("composed");
    float digit = text_width(s.text, TEXT_BODY, "0");
    assert_true(fabsf(line.x - before) <= 1.0f);
    assert_true(fabsf(line.w - 2 * digit) <= 1.0f);
    assert_true(fabsf(s.ui.text_caret.x - before - digit) <= 1.0f);
    assert_int_equal(pixel(line.x + 1, line.y), s.theme->text);
    assert_string_equal(s.ui.state->text, "64");
    s.in.preedit[0] = '\0';
    type("00");
    assert_null(find_widget(&s.ui, "composed"));
    assert_string_equal(s.ui.state->text, "6004");
    key(KEY_ESCAPE);
}

static void test_press_elsewhere_commits(void **state) {
    (void)state;
    click("threshold-value");
    type("0.5");
    click("play"); /* made before the field */
    assert_same(s.threshold, 0.5);
    assert_int_equal(s.play_presses, 1);
    assert_false(s.ui.wants_text);
    click("threshold-value");
    type("0.6");
    move(260, 220); /* nothing */
    press();
    release();
    assert_same(s.threshold, 0.6);
    assert_false(s.ui.wants_text);
    click("threshold-value"); /* another field, made later */
    type("0.7");
    click("batch");
    assert_same(s.threshold, 0.7);
    assert_true(s.ui.wants_text);
    type("5");
    Rect r = rect_of("threshold"); /* and made before, opened by the very press */
    move(r.x + 4, r.y + r.h / 2);
    s.in.ctrl = true;
    press();
    release();
    s.in.ctrl = false;
    assert_same(s.batch, 5.0);
    assert_true(s.ui.wants_text);
    type("0.8");
    key(KEY_ENTER);
    assert_same(s.threshold, 0.8);
    assert_same(s.batch, 5.0);
}

static void test_edit_takes_the_keyboard(void **state) {
    (void)state;
    click("threshold-value");
    const UiKeyCode codes[] = {KEY_SPACE, KEY_LEFT, KEY_HOME, KEY_END, KEY_BACKSPACE, KEY_F1};
    for (size_t i = 0; i < sizeof codes / sizeof *codes; i++) {
        key(codes[i]);
        assert_true(s.ui.keyboard_taken);
    }
    add_key((UiKey){.code = KEY_CHARACTER, .character = 'q'});
    type("q");
    assert_true(s.ui.keyboard_taken);
    assert_same(s.threshold, 0.25);
    frame();
    assert_false(s.ui.keyboard_taken); /* there were none */
    key(KEY_ESCAPE);
}

static void test_field_that_vanishes(void **state) {
    (void)state;
    click("units");
    type("64");
    s.with_field = false;
    frame();
    frame();
    assert_false(s.ui.wants_text);
    assert_string_equal(s.units, "16,16");
    key(KEY_SPACE);
    assert_false(s.ui.keyboard_taken);
    s.with_field = true;
    frame();
    assert_false(s.ui.wants_text);
}

static void test_caret_moves_by_code_point(void **state) {
    (void)state;
    strcpy(s.units, "aλ→b");
    click("units");
    key(KEY_END);
    key(KEY_LEFT);
    key(KEY_LEFT);
    type("x");
    key(KEY_ENTER);
    assert_string_equal(s.units, "aλx→b");
    click("units");
    key(KEY_END);
    key(KEY_BACKSPACE);
    key(KEY_BACKSPACE);
    key(KEY_HOME);
    key(KEY_RIGHT);
    key(KEY_DELETE);
    key(KEY_ENTER);
    assert_string_equal(s.units, "ax");
}

static void test_selection(void **state) {
    (void)state;
    strcpy(s.units, "one two");
    click("units");
    key(KEY_HOME); /* the selection goes */
    shift_key(KEY_RIGHT);
    shift_key(KEY_RIGHT);
    shift_key(KEY_RIGHT);
    ctrl_letter('x');
    assert_string_equal(s.clipboard, "one");
    key(KEY_END);
    ctrl_letter('v');
    ctrl_letter('v');
    key(KEY_ENTER);
    assert_string_equal(s.units, " twooneone");
    click("units");
    ctrl_letter('c');
    assert_string_equal(s.clipboard, " twooneone");
    key(KEY_LEFT); /* to the selection's beginning */
    type("<");
    shift_key(KEY_END);
    key(KEY_BACKSPACE);
    key(KEY_ENTER);
    assert_string_equal(s.units, "<");
    strcpy(s.clipboard, "a\nb\tc\x7f");
    click("units");
    ctrl_letter('v'); /* a line takes one line */
    key(KEY_ENTER);
    assert_string_equal(s.units, "abc");
}

/* What is selected is the primary selection; the middle button puts that in where it clicks. */
static void test_primary_selection(void **state) {
    (void)state;
    strcpy(s.units, "0123456789");
    strcpy(s.primary, "other's");
    click("units");
    assert_string_equal(s.primary, "other's"); /* the field has selected it, not the hand */
    Rect r = rect_of("units");
    float digit = text_width(s.text, TEXT_BODY, "0");
    key(KEY_HOME);
    shift_key(KEY_RIGHT);
    shift_key(KEY_RIGHT);
    assert_string_equal(s.primary, "01");
    key(KEY_END);
    assert_string_equal(s.primary, "01");
    strcpy(s.primary, "a\nb");
    move(r.x + 8 + 4 * digit, r.y + r.h / 2);
    s.in.middle_pressed = true;
    frame();
    type("<");
    move(1, 1);
    s.in.middle_pressed = true; /* elsewhere it is nothing */
    frame();
    assert_true(s.ui.wants_text);
    key(KEY_ENTER);
    assert_string_equal(s.units, "0123ab<456789");
}

static void test_pointer_in_the_field(void **state) {
    (void)state;
    strcpy(s.units, "0123456789");
    click("units");
    Rect r = rect_of("units");
    float y = r.y + r.h / 2, digit = text_width(s.text, TEXT_BODY, "0"), x = r.x + 8;
    assert_int_equal(s.ui.cursor, CURSOR_TEXT);
    move(x + 2 * digit, y);
    press();
    move(x + 5 * digit, y);
    release();
    type("_"); /* the three that were dragged over */
    key(KEY_ENTER);
    assert_string_equal(s.units, "01_56789");
    click("units");
    move(x + 3 * digit, y);
    press();
    release();
    type("!");
    press_again(2); /* double click: all */
    move(x + 4 * digit, y);
    release();
    type("all");
    key(KEY_ENTER);
    assert_string_equal(s.units, "all");
}

static void test_full_field_keeps_whole_code_points(void **state) {
    (void)state;
    s.units[0] = '\0';
    click("units");
    for (int i = 0; i < UI_EDIT_MAX / 24 + 1; i++)
        type("→→→→→→→→");
    key(KEY_ENTER);
    assert_int_equal(strlen(s.units), (UI_EDIT_MAX - 1) / 3 * 3);
    assert_memory_equal(s.units + strlen(s.units) - 3, "→", 3);
}

static void test_caret_stays_in_sight(void **state) {
    (void)state;
    memset(s.units, 'm', 200);
    s.units[200] = '\0';
    click("units");
    key(KEY_END);
    Rect r = rect_of("units"), left = {r.x + 10, r.y + r.h / 2 - 8, 30, 16},
         right = {r.x + r.w - 30, r.y + 4, 26, r.h - 8};
    int at_end = count_color(right, s.theme->text);
    key(KEY_HOME);
    /* the caret is the one column of full text colour */
    Rect column = {floorf(r.x + 8), r.y + r.h / 2 - 8, 1, 16};
    assert_int_equal(count_color(column, s.theme->text), 16);
    assert_true(at_end >= 16);
    shift_key(KEY_END); /* the selection is seen, within the field */
    assert_int_equal(count_color(left, s.theme->card), 0);
    Rect outside = {r.x + r.w + 1, r.y, 20, r.h};
    assert_int_equal(count_color(outside, s.theme->card), 20 * (int)r.h);
    key(KEY_DELETE); /* scrolled back when there is nothing left to scroll for */
    frame();
    assert_true(s.ui.state->edit_scroll == 0.0f);
}

/* ---- lists ---- */

static void test_list_by_pointer(void **state) {
    (void)state;
    move_to("rule");
    press();
    release();
    assert_non_null(look_for("rule-4"));
    assert_int_equal(s.rule, 0);
    click("rule-3");
    assert_int_equal(s.rule, 3);
    assert_null(look_for("rule-4"));
    click("rule");
    move(700, 500); /* outside: closed, and nothing else pressed */
    press();
    release();
    assert_null(look_for("rule-4"));
    assert_int_equal(s.rule, 3);
    move_to("rule"); /* drag to an item */
    press();
    move_to("rule-1");
    release();
    assert_int_equal(s.rule, 1);
}

static void test_list_by_keyboard(void **state) {
    (void)state;
    tab_to("rule");
    key(KEY_DOWN);
    assert_non_null(look_for("rule-0"));
    key(KEY_DOWN);
    key(KEY_DOWN);
    assert_int_equal(s.rule, 0);
    key(KEY_ENTER);
    assert_int_equal(s.rule, 2);
    key(KEY_SPACE);
    key(KEY_END);
    key(KEY_UP);
    key(KEY_ESCAPE);
    assert_int_equal(s.rule, 2);
    assert_null(look_for("rule-0"));
    assert_true(s.ui.keyboard_taken);
    key(KEY_ENTER);
    key(KEY_HOME);
    key(KEY_SPACE);
    assert_int_equal(s.rule, 0);
    key(KEY_ENTER);
    for (int i = 0; i < 2; i++) { /* l: linear, then log */
        add_key((UiKey){.code = KEY_CHARACTER, .character = 'l'});
        frame();
    }
    key(KEY_ENTER);
    assert_int_equal(s.rule, 2);
}

static void test_open_list_takes_everything(void **state) {
    (void)state;
    click("rule");
    add_key((UiKey){.code = KEY_CHARACTER, .character = 'z'});
    frame();
    assert_true(s.ui.keyboard_taken);
    key(KEY_TAB); /* closes; the focus stays */
    assert_int_equal(s.ui.focus, ui_id("rule"));
    assert_null(look_for("rule-0"));
    click("rule");
    move_to("play");
    assert_int_equal(s.ui.hot, 0);
    press();
    release();
    assert_int_equal(s.play_presses, 0);
    assert_null(look_for("rule-0"));
    click("rule"); /* over the plot's widget, the list has the pointer */
    s.rule_y = 290;
    frame();
    Rect item = rect_of("rule-0");
    move(item.x + 20, item.y + 10);
    press();
    assert_false(s.touch.pressed || s.touch.hovered);
    release();
    assert_int_equal(s.rule, 0);
    assert_false(s.touch.released);
}

/* A pointer that rests on the list does not hold the mark against the arrow keys. */
static void test_arrows_under_a_resting_pointer(void **state) {
    (void)state;
    click("rule");
    move_to("rule-1");
    key(KEY_DOWN);
    key(KEY_DOWN);
    key(KEY_ENTER);
    assert_int_equal(s.rule, 3);
}

static void test_list_stays_on_the_canvas(void **state) {
    (void)state;
    s.rule_y = 560;
    s.rule = 2;
    frame();
    click("rule");
    for (int i = 0; i < 5; i++) {
        char name[32];
        snprintf(name, sizeof name, "rule-%d", i);
        assert_true(on_canvas(rect_of(name)));
        assert_true(rect_of(name).y + rect_of(name).h <= 560);
    }
    Rect marked = rect_of("rule-2"); /* the current item's sign */
    assert_true(count_color(marked, s.theme->accent) >= 9);
    assert_int_equal(count_color(rect_of("rule-1"), s.theme->accent), 0);
    /* shorter than its items: it scrolls to the current one, with the mark and with the wheel */
    key(KEY_ESCAPE);
    Status status;
    assert_true(canvas_resize(&s.canvas, WIDTH, 120, &status));
    s.rule_x = 590;
    s.rule_y = 4;
    s.rule = 4;
    frame();
    click("rule");
    assert_non_null(look_for("rule-4"));
    assert_null(look_for("rule-0"));
    move_to("rule-4");
    for (int i = 0; i < 6; i++) {
        s.in.wheel = 1;
        frame();
    }
    assert_non_null(look_for("rule-0"));
    click("rule-0");
    assert_int_equal(s.rule, 0);
    /* a finger drags it by whole rows, and chooses nothing by that */
    click("rule");
    assert_null(look_for("rule-4"));
    Rect first = rect_of("rule-0");
    move(first.x + 30, first.y + first.h);
    s.in.drag = UI_DRAG_DOWN;
    press();
    s.in.drag = UI_DRAG_NONE;
    move(first.x + 30, first.y - 0.5f * first.h);
    assert_null(look_for("rule-0"));
    assert_true(rect_of("rule-1").y == first.y);
    move(first.x + 30, first.y - 20 * first.h);
    assert_non_null(look_for("rule-4"));
    release();
    assert_non_null(look_for("rule-4"));
    assert_int_equal(s.rule, 0);
    click("rule-4");
    assert_int_equal(s.rule, 4);
}

/* Where there is room for few items, the marked one is always among them, whichever key or letter has moved it; keys
 * that mean nothing to a list leave it; and the wheel goes both ways. */
static void test_list_in_little_room(void **state) {
    (void)state;
    Status status;
    assert_true(canvas_resize(&s.canvas, WIDTH, 120, &status));
    s.rule_x = 590;
    s.rule_y = 4;
    frame();
    click("rule");
    assert_null(look_for("rule-4"));
    static const UiKey NOTHING[] = {{.code = KEY_DELETE},
                                    {.code = KEY_CHARACTER, .character = 'm', .ctrl = true},
                                    {.code = KEY_CHARACTER, .character = 'm', .alt = true},
                                    {.code = KEY_CHARACTER, .character = 'q'},
                                    {.code = KEY_CHARACTER, .character = 0x3bb},
                                    {.code = KEY_ENTER, .repeat = true},
                                    {.code = KEY_UP}};
    for (size_t i = 0; i < sizeof NOTHING / sizeof *NOTHING; i++) {
        add_key(NOTHING[i]);
        frame();
        frame();
        assert_non_null(look_for("rule-0"));
        assert_int_equal(s.rule, 0);
    }
    static const struct {
        UiKey key;
        int mark;
    } MOVES[] = {{{.code = KEY_END}, 4},
                 {{.code = KEY_DOWN}, 4},
                 {{.code = KEY_UP}, 3},
                 {{.code = KEY_PAGE_UP}, 0},
                 {{.code = KEY_CHARACTER, .character = 'm'}, 3},
                 {{.code = KEY_CHARACTER, .character = 'H'}, 0},
                 {{.code = KEY_PAGE_DOWN}, 4},
                 {{.code = KEY_HOME}, 0}};
    for (size_t i = 0; i < sizeof MOVES / sizeof *MOVES; i++) {
        char name[32];
        add_key(MOVES[i].key);
        frame();
        frame();
        snprintf(name, sizeof name, "rule-%d", MOVES[i].mark);
        assert_non_null(look_for(name));
    }
    move_to("rule-0");
    for (int way = -1; way <= 1; way += 2) {
        for (int i = 0; i < 6; i++) {
            s.in.wheel = (float)way;
            frame();
        }
        assert_non_null(look_for(way < 0 ? "rule-4" : "rule-0"));
        assert_null(look_for(way < 0 ? "rule-0" : "rule-4"));
    }
    key(KEY_ENTER);
    assert_int_equal(s.rule, 0);
}

static void test_list_that_shrinks_or_goes(void **state) {
    (void)state;
    s.rule = 4;
    click("rule");
    s.rule_count = 2;
    frame();
    assert_null(look_for("rule-2"));
    key(KEY_ENTER);
    assert_in_range(s.rule, 0, 1);
    click("rule");
    s.rule_count = 0;
    frame();
    frame();
    key(KEY_SPACE);
    assert_false(s.ui.keyboard_taken);
}

/* ---- tooltips ---- */

static bool overlap(Rect a, Rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

static void test_tooltip(void **state) {
    (void)state;
    s.help = "Plays the run, or pauses it where it stands";
    move_to("play");
    rest(0.3);
    assert_null(look_for("tooltip"));
    assert_true(s.ui.wants_frame);
    rest(0.1);
    assert_non_null(look_for("tooltip"));
    Rect tip = rect_of("tooltip"), play = rect_of("play");
    assert_true(on_canvas(tip));
    assert_false(overlap(tip, play) || overlap(tip, rect_of("hold"))); /* neither it nor what stands below */
    press(); /* goes with a press, and stays away until the pointer has left */
    release();
    rest(1);
    assert_null(look_for("tooltip"));
    move_to("epoch");
    move_to("play");
    rest(0.5);
    assert_non_null(look_for("tooltip"));
    s.in.mouse_inside = false; /* the pointer leaves the window */
    frame();
    assert_null(look_for("tooltip"));
    assert_int_equal(s.ui.hot, 0);
    assert_false(s.ui.wants_frame);
}

/* What a keyboard comes to explains itself as what the pointer rests on does. */
static void test_help_of_the_focus(void **state) {
    (void)state;
    s.help = "Plays the run, or pauses it where it stands";
    tab_to("play");
    rest(0.3);
    assert_null(look_for("tooltip"));
    assert_true(s.ui.wants_frame);
    rest(0.2);
    assert_non_null(look_for("tooltip"));
    assert_false(overlap(rect_of("tooltip"), rect_of("play")));
    assert_false(s.ui.wants_frame);
    key(KEY_ESCAPE);
    assert_null(look_for("tooltip"));
    key(KEY_TAB); /* without help */
    rest(1);
    assert_null(look_for("tooltip"));
    shift_key(KEY_TAB);
    rest(0.5);
    rest(0.1);
    assert_non_null(look_for("tooltip"));
    move(100, 401); /* the pointer has the word again */
    assert_null(look_for("tooltip"));
}

/* Wherever the subject stands, its help stands beside it. */
static void test_tooltips_do_not_cover_their_subject(void **state) {
    (void)state;
    s.help = "The threshold is what a sample's loss has to stay below for it to take part; it grows by the factor.";
    static const Rect subjects[] = {{10, 10, 80, 32}, {10, 10, 300, 60}, {10, 10, 700, 20},
                                    {5, 5, 85, 590},  {0, 10, 400, 560}, {400, 10, 395, 590}};
    for (float scale = 1; scale <= 2; scale++)
        for (size_t i = 0; i < sizeof subjects / sizeof *subjects; i++) {
            set_scale(scale);
            Rect b = subjects[i];
            s.subject = (Rect){b.x * scale, b.y * scale, b.w * scale, b.h * scale};
            move(700 * scale, 590 * scale);
            move_to("play");
            rest(0.5);
            Rect tip = rect_of("tooltip");
            assert_true(on_canvas(tip));
            assert_false(overlap(tip, s.subject));
        }
    set_scale(1);
    s.subject = (Rect){0};
    s.help = "Below there is something, above there is room";
    move(700, 590);
    move_to("play"); /* the segments and the switch are below, nothing is right of it but another button */
    rest(0.5);
    assert_false(overlap(rect_of("tooltip"), rect_of("play")));
}

static void test_long_tooltip_is_wrapped(void **state) {
    (void)state;
    s.help = "The threshold is what a sample's loss has to stay below for it to take part; it grows by the "
             "growing factor after each epoch, so that more and more samples do.";
    for (float scale = 1; scale <= 2; scale++) {
        set_scale(scale);
        move_to("play");
        move_to("play");
        rest(0.5);
        Rect tip = rect_of("tooltip");
        assert_true(on_canvas(tip));
        assert_true(tip.w <= (280 + 16) * scale);
        assert_true(tip.h > 3 * 16 * scale);
        move(1, 1);
    }
    s.help = "Donaudampfschifffahrtsgesellschaftskapitänsmützenabzeichenpoliermaschinenfabrikdirektor";
    move_to("play");
    rest(0.5);
    assert_true(rect_of("tooltip").w <= (280 + 16) * 2);
    assert_true(rect_of("tooltip").h > 2 * 16 * 2);
}

/* ---- touch areas, scrolling, the list of widgets ---- */

static void test_touch(void **state) {
    (void)state;
    move(100, 400);
    assert_true(s.touch.hovered);
    assert_false(s.touch.held);
    press();
    assert_true(s.touch.pressed && s.touch.held);
    move(700, 590);
    assert_true(s.touch.held);
    assert_false(s.touch.pressed);
    assert_true(s.touch.grab_x == 100 && s.touch.grab_y == 400);
    release();
    assert_true(s.touch.released);
    frame();
    assert_false(s.touch.held || s.touch.released);
}

static void test_line(void **state) {
    (void)state;
    s.line = 0.123456789;
    float x = 600 + 180 * (float)log_fraction(s.line);
    move(x + 5, 350); /* beside it, in its zone: the grab keeps its offset */
    assert_int_equal(s.ui.cursor, CURSOR_RESIZE_X);
    assert_true(s.line_touch.hovered);
    press();
    assert_same(s.line, 0.123456789);
    move(x + 5 + 45, 350);
    double expected = 0.123456789 * 10;
    assert_close(s.line, expected, 0.006 * expected);
    assert_true(s.line_touch.held);
    move(5000, -100);
    assert_same(s.line, 10.0);
    key(KEY_ESCAPE);
    assert_same(s.line, 0.123456789);
    assert_false(s.line_touch.held);
    release();
    key(KEY_END); /* a slider's keys are with the slider that the line belongs to */
    assert_same(s.line, 0.123456789);
    assert_false(s.ui.keyboard_taken);
    s.line = 0.25;
    move(610, 350); /* elsewhere in the area nothing is taken */
    press();
    release();
    assert_same(s.line, 0.25);
}

static void test_hit_areas_are_24_pixels(void **state) {
    (void)state;
    for (float scale = 1; scale <= 2; scale++) {
        set_scale(scale);
        Rect r = rect_of("threshold");
        s.threshold = 0.25;
        move(r.x + r.w * 0.9f, r.y + r.h / 2 + 11 * scale);
        press();
        release();
        assert_true(s.threshold > 1);
        s.threshold = 0.25;
        move(r.x + r.w * 0.9f, r.y + r.h / 2 + 13 * scale);
        press();
        release();
        assert_same(s.threshold, 0.25);
    }
}

static void test_scroll_area_clips_hits(void **state) {
    (void)state;
    click("row-0");
    assert_int_equal(s.row_presses[0], 1);
    Rect below = rect_of("row-5"); /* made, but not to be seen */
    assert_true(below.y > 420);
    assert_true(look_for("row-5")->visible.h <= 0);
    click("row-5");
    assert_int_equal(s.row_presses[5], 0);
    assert_int_equal(pixel(below.x + 10, below.y + 16), s.theme->card);
}

static void test_scrolling(void **state) {
    (void)state;
    move(400, 350);
    s.in.wheel = -3;
    frame();
    assert_true(s.scroll == 120.0f);
    s.in.wheel = -100;
    frame();
    assert_true(s.scroll == ROWS * 40.0f - 120.0f);
    s.in.wheel = 100;
    frame();
    assert_true(s.scroll == 0.0f);
    Rect bar = rect_of("panel-bar"); /* the thumb is a quarter of it: 3 of 12 rows are to be seen */
    move(bar.x + 4, bar.y + 10);
    press();
    move(bar.x - 300, bar.y + 10 + 45);
    assert_close((double)s.scroll, 180.0, 2.0);
    release();
    move(400, 100); /* elsewhere the wheel is not its */
    s.in.wheel = -3;
    frame();
    assert_close((double)s.scroll, 180.0, 2.0);
}

/* What scrolls by itself, by a part of a pixel, asks for no other frame: the one that there is looks as any later. */
static void test_scroll_by_a_part_of_a_pixel(void **state) {
    (void)state;
    s.scroll = 100.4f;
    frame();
    size_t bytes = (size_t)s.canvas.width * (size_t)s.canvas.height * sizeof *s.canvas.pixels;
    uint32_t *first = malloc(bytes);
    memcpy(first, s.canvas.pixels, bytes);
    frame();
    assert_memory_equal(first, s.canvas.pixels, bytes);
    free(first);
}

static void test_tab_brings_into_view(void **state) {
    (void)state;
    tab_to("row-8");
    frame();
    const UiWidget *row = look_for("row-8");
    assert_true(row->visible.h == row->rect.h);
    assert_true(ring_at("row-8"));
    float scroll = s.scroll;
    tab_to("steps"); /* above the area, in the same columns, but not of it */
    frame();
    assert_true(s.scroll >= scroll);
}

static void test_widget_list(void **state) {
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    ui_write_widgets(&s.ui, stream);
    fclose(stream);
    assert_non_null(strstr(text, "play 10 10 80 32\n"));
    assert_non_null(strstr(text, "\nthreshold-value "));
    assert_non_null(strstr(text, "\norder-1 "));
    assert_non_null(strstr(text, "\nrow-2 310 380 200 32\n"));
    assert_null(strstr(text, "\nrow-3 "));
    free(text);
}

static void test_too_many_widgets(void **state) {
    (void)state;
    ui_begin(&s.ui, &s.in, &s.canvas, s.text, s.theme, 1);
    for (int i = 0; i < UI_MAX_WIDGETS + 40; i++) {
        char name[32];
        snprintf(name, sizeof name, "w%d", i);
        ui_touch(&s.ui, name, at(10, 10, 5, 5), true);
    }
    ui_end(&s.ui);
    assert_int_equal(s.ui.widget_count, UI_MAX_WIDGETS);
    frame();
    shift_key(KEY_TAB);
    assert_int_equal(s.ui.focus, ui_id("row-11"));
}

static void test_of_two_that_overlap_the_first_has_the_pointer(void **state) {
    (void)state;
    UiTouch a = {0}, b = {0};
    for (int i = 0; i < 3; i++) {
        s.in.mouse_x = s.in.mouse_y = 50;
        s.in.pressed = s.in.down = i == 1;
        s.in.clicks = 1;
        s.in.released = i == 2;
        ui_begin(&s.ui, &s.in, &s.canvas, s.text, s.theme, 1);
        a = ui_touch(&s.ui, "legend", at(40, 40, 20, 20), false);
        b = ui_touch(&s.ui, "picture", at(0, 0, 100, 100), false);
        ui_end(&s.ui);
        assert_true(a.hovered);
        assert_int_equal(a.pressed, i == 1);
        assert_int_equal(a.released, i == 2);
        assert_false(b.hovered || b.pressed || b.held || b.released);
    }
}

/* ---- ends, and what lies over what ---- */

/* Ends with more digits than a drag rounds to. */
static void test_ends_of_the_track_are_exact(void **state) {
    (void)state;
    UiRange ranges[] = {{0.0123789, 98.7321, 0, 1000, 1, true, false, false},
                        {-1.23456, 7.65432, -9, 9, 0, false, false, false}};
    for (int k = 0; k < 2; k++)
        for (int end = 0; end < 2; end++) {
            double value = 1;
            for (int i = 0; i < 3; i++) { /* on the track, right at its end, with the button down */
                s.in.mouse_x = i == 0 ? 150 : end ? 210 : 10;
                s.in.mouse_y = 30;
                s.in.pressed = i == 0;
                s.in.clicks = 1;
                s.in.down = i < 2;
                s.in.released = i == 2;
                ui_begin(&s.ui, &s.in, &s.canvas, s.text, s.theme, 1);
                value = ui_slider(&s.ui, "ends", at(10, 0, 200, 40), &(UiSlider){.label = "Ends", .range = ranges[k]},
                                  value);
                ui_end(&s.ui);
            }
            s.in.released = false;
            assert_same(value, end ? ranges[k].maximum : ranges[k].minimum);
        }
}

static void test_thumb_at_the_left_end(void **state) {
    (void)state;
    s.growth = 1.0;
    frame();
    Rect r = rect_of("growing-factor");
    move(r.x - 6, r.y + r.h / 2);
    press();
    assert_same(s.growth, 1.0);
    move(r.x - 6 + r.w / 2, r.y + r.h / 2);
    assert_close(s.growth, 2.0, 0.02);
    release();
}

static void test_arrows_of_a_number_stay_in_range(void **state) {
    (void)state;
    tab_to("batch");
    s.batch = 5;
    shift_key(KEY_DOWN);
    assert_same(s.batch, 1.0);
    s.batch = 99995;
    shift_key(KEY_UP);
    assert_same(s.batch, 100000.0);
}

static void test_ctrl_arrows_go_to_the_ends(void **state) {
    (void)state;
    click("units");
    key(KEY_END);
    ctrl_key(KEY_LEFT);
    type("<");
    ctrl_key(KEY_RIGHT);
    type(">");
    key(KEY_ENTER);
    assert_string_equal(s.units, "<16,16>");
}

static void test_list_keeps_the_focus_and_a_held_key_does_not_choose(void **state) {
    (void)state;
    tab_to("rule");
    key(KEY_ENTER);
    key(KEY_DOWN);
    add_key((UiKey){.code = KEY_ENTER, .repeat = true});
    frame();
    assert_non_null(look_for("rule-0"));
    assert_int_equal(s.rule, 0);
    click("rule-3");
    assert_int_equal(s.ui.focus, ui_id("rule"));
    click("rule");
    click("rule"); /* the press that closes it does not open it again */
    assert_null(look_for("rule-0"));
}

/* One frame with a slider in a scroll area and, if wanted, a sheet over both. */
static double covered(double value, float *scroll, bool sheet, bool *through) {
    ui_begin(&s.ui, &s.in, &s.canvas, s.text, s.theme, 1);
    *scroll = ui_scroll_begin(&s.ui, "area", at(0, 0, 300, 100), 400, *scroll);
    *through = ui_button(&s.ui, "under", at(10, 60, 80, 32), ICON_NONE, "", BUTTON_PLAIN, NULL);
    value = ui_slider(&s.ui, "inside", at(10, 10, 200, 40), &(UiSlider){.label = "", .range = GROWTH}, value);
    ui_scroll_end(&s.ui);
    if (sheet) {
        s.ui.on_top = true;
        ui_touch(&s.ui, "sheet", at(0, 0, 800, 600), false);
        s.ui.on_top = false;
    }
    ui_end(&s.ui);
    s.in.wheel = 0;
    s.in.pressed = s.in.released = false;
    return value;
}

static void test_wheel_is_a_focused_sliders_before_its_areas(void **state) {
    (void)state;
    float scroll = 0;
    bool through;
    double value = 2;
    s.in.mouse_x = 110;
    s.in.mouse_y = 40;
    s.in.clicks = 1;
    s.in.pressed = s.in.down = true;
    value = covered(value, &scroll, false, &through);
    s.in.down = false;
    s.in.released = true;
    value = covered(value, &scroll, false, &through);
    value = covered(value, &scroll, false, &through);
    double before = value;
    s.in.wheel = -1;
    value = covered(value, &scroll, false, &through);
    assert_true(value < before);
    assert_true(scroll == 0.0f);
}

static void test_a_sheet_on_top_hides_what_is_below(void **state) {
    (void)state;
    float scroll = 0;
    bool through = false;
    covered(2, &scroll, true, &through);
    s.in.mouse_x = 50;
    s.in.mouse_y = 75;
    s.in.clicks = 1;
    s.in.pressed = s.in.released = true;
    covered(2, &scroll, true, &through);
    assert_false(through);
}

/* The help's sheet: the wheel over it is not the panel's. */
static void test_wheel_over_a_sheet_does_not_scroll_below(void **state) {
    (void)state;
    float scroll = 0;
    bool through;
    covered(2, &scroll, true, &through);
    s.in.mouse_x = 250;
    s.in.mouse_y = 75;
    s.in.wheel = -1;
    covered(2, &scroll, true, &through);
    assert_true(scroll == 0.0f);
}

static void test_exact_text_reads_as_people_write(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } cases[] = {{10, "10"},     {100, "100"},       {300, "300"},      {-20, "-20"},
                 {0.25, "0.25"}, {100000, "100000"}, {1e300, "1e+300"}, {1e-7, "1e-07"}};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char text[32];
        ui_exact(cases[i].value, text);
        assert_string_equal(text, cases[i].text);
    }
    s.growth = 10; /* what Enter opens */
    tab_to("growing-factor");
    key(KEY_ENTER);
    assert_string_equal(s.ui.state->text, "10");
}

/* ---- numbers ---- */

static void test_numbers_as_text(void **state) {
    (void)state;
    static const struct {
        double value;
        int digits;
        const char *text;
    } cases[] = {
        {0.448, 3, "0.448"},    {1.35, 3, "1.35"},   {1e-5, 3, "1e-5"},    {0, 3, "0"},       {10, 3, "10"},
        {1234, 3, "1230"},      {0.25, 6, "0.25"},   {-0.5, 3, "-0.5"},    {9.9996, 3, "10"}, {0.0123, 2, "0.012"},
        {100000, 10, "100000"}, {1e300, 3, "1e300"}, {INFINITY, 3, "inf"},
    };
    char text[32];
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        format_number(cases[i].value, cases[i].digits, text);
        assert_string_equal(text, cases[i].text);
    }
    double value = 7;
    assert_true(parse_number(" 1e-3 ", &value));
    assert_same(value, 1e-3);
    const char *const refused[] = {"", " ", "abc", "nan", "inf", "1e999", "1,5", "1 2"};
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        assert_false(parse_number(refused[i], &value));
    assert_same(value, 1e-3);
}

/* Both themes, three scales, and rects that are too small for what they hold: no crash, nothing outside. */
static void test_all_sizes(void **state) {
    (void)state;
    const float scales[] = {0.75f, 1.5f, 4.0f};
    for (int i = 0; i < 6; i++) {
        s.theme = i % 2 ? &THEME_DARK : &THEME_LIGHT;
        set_scale(scales[i / 2]);
        key(KEY_TAB);
        UiRange range = GROWTH;
        ui_begin(&s.ui, &s.in, &s.canvas, s.text, s.theme, s.scale);
        Rect tiny = {5, 5, 20, 8};
        ui_button(&s.ui, "b", tiny, ICON_PLAY, "A long label", BUTTON_PLAIN, NULL);
        assert_same(
            ui_slider(&s.ui, "s", tiny, &(UiSlider){.label = "A long label", .range = range, .unit = "a long unit"}, 2),
            2.0);
        assert_same(ui_slider_inline(&s.ui, "i", tiny, &range, 2, "a long text", NULL), 2.0);
        assert_same(ui_number(&s.ui, "n", tiny, "A long label", &range, 2, NULL), 2.0);
        ui_end(&s.ui);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(test_##name, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        T(button_acts_on_release),
        T(release_outside_does_not_press),
        T(press_that_began_elsewhere),
        T(press_and_release_in_one_frame),
        T(button_by_keyboard),
        T(space_stays_free_after_a_click),
        T(letters_are_shortcuts),
        T(switch),
        T(segments),
        T(tab_walks_round),
        T(ring_by_keyboard_alone),
        T(press_on_nothing_takes_the_focus_away),
        T(disabled),
        T(focus_goes_with_its_widget),
        T(thumb_is_dragged_without_a_jump),
        T(track_jumps_then_drags),
        T(drag_leaves_widget_and_window),
        T(thumb_is_reached_beyond_the_track),
        T(drag_ends_when_its_release_is_lost),
        T(escape_in_a_drag_restores),
        T(double_click_is_the_default),
        T(clicks_at_two_places),
        T(slider_keys),
        T(keys_after_a_click_on_a_slider),
        T(a_drag_does_not_take_the_keys),
        T(whole_numbers_step_by_one),
        T(values_beyond_the_track),
        T(wheel_only_when_focused),
        T(track_shows_the_value),
        T(typed_numbers),
        T(refused_texts_keep_the_value),
        T(out_of_range_names_the_range),
        T(message_goes),
        T(long_refused_text),
        T(unchanged_text_keeps_every_bit),
        T(ways_into_the_field),
        T(tab_commits_and_moves_on),
        T(escape_ends_an_edit),
        T(clusters_are_edited_whole),
        T(composed_text),
        T(press_elsewhere_commits),
        T(edit_takes_the_keyboard),
        T(field_that_vanishes),
        T(caret_moves_by_code_point),
        T(selection),
        T(primary_selection),
        T(pointer_in_the_field),
        T(full_field_keeps_whole_code_points),
        T(caret_stays_in_sight),
        T(list_by_pointer),
        T(list_by_keyboard),
        T(open_list_takes_everything),
        T(arrows_under_a_resting_pointer),
        T(list_stays_on_the_canvas),
        T(list_that_shrinks_or_goes),
        T(list_in_little_room),
        T(tooltip),
        T(help_of_the_focus),
        T(tooltips_do_not_cover_their_subject),
        T(long_tooltip_is_wrapped),
        T(touch),
        T(line),
        T(hit_areas_are_24_pixels),
        T(scroll_area_clips_hits),
        T(scrolling),
        T(scroll_by_a_part_of_a_pixel),
        T(tab_brings_into_view),
        T(widget_list),
        T(too_many_widgets),
        T(of_two_that_overlap_the_first_has_the_pointer),
        T(numbers_as_text),
        T(all_sizes),
        T(ends_of_the_track_are_exact),
        T(thumb_at_the_left_end),
        T(arrows_of_a_number_stay_in_range),
        T(ctrl_arrows_go_to_the_ends),
        T(list_keeps_the_focus_and_a_held_key_does_not_choose),
        T(wheel_is_a_focused_sliders_before_its_areas),
        T(a_sheet_on_top_hides_what_is_below),
        T(wheel_over_a_sheet_does_not_scroll_below),
        T(exact_text_reads_as_people_write),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
