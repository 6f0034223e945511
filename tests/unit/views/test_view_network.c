/* The network's picture by events and by the colours of its pixels, and a unit's heat over the plot. */
#include "app/ui/ui_widget.h"
#include "app/views/view_network.h"
#include "tests/support/widgets.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "tests/support/words_drawn.h"

enum { W = 420, H = 460, MOST_PARAMETERS = 22000 };

static struct Scene {
    Canvas canvas;
    Text *text;
    const Theme *theme;
    Ui ui;
    UiInput input;
    NetworkState state;
    Rect rect;
    bool hidden; /* scrolled out, all but the upper 20 rows */
    Mlp mlp;
    float parameters[MOST_PARAMETERS];
    Snapshot snapshot;
    Camera camera;
    const uint32_t *ground;
    Settings settings;
    Dataset data;
    Intents intents;
} s;

static void shape(const int *hidden, int count, int classes, int activation) {
    mlp_shape(&s.mlp, hidden, count, classes, activation);
    assert_true(s.mlp.padded <= MOST_PARAMETERS);
    memset(s.parameters, 0, sizeof s.parameters);
    s.settings.hidden_count = count;
    for (int i = 0; i < count; i++)
        s.settings.hidden[i] = hidden[i];
    s.data.classes = classes;
    s.rect.h = network_height(&s.state, &s.snapshot);
}

static void initialise(void) {
    Mt19937 torch;
    mt_seed(&torch, 3);
    mlp_initialise(&s.mlp, s.parameters, &torch);
}

static int setup(void **state) {
    (void)state;
    Status status;
    memset(&s, 0, sizeof s);
    s.theme = &THEME_LIGHT;
    network_init(&s.state);
    s.rect = (Rect){20, 20, 288, 0};
    settings_default(&s.settings);
    s.camera = (Camera){.scale = 20.0, .view = {0, 0, 201, 161}}; /* x from -5 to 5, y from -4 to 4 */
    camera_update(&s.camera);
    s.snapshot =
        (Snapshot){.mlp = &s.mlp, .parameters = s.parameters, .settings = &s.settings, .data = &s.data, .threshold = 1};
    s.text = text_new(FONT_DIR, 1.0f, &status);
    return s.text && ui_init(&s.ui, &status) && canvas_resize(&s.canvas, W, H, &status) ? 0 : -1;
}

static int teardown(void **state) {
    (void)state;
    network_free(&s.state);
    ui_free(&s.ui);
    text_free(s.text);
    canvas_free(&s.canvas);
    return 0;
}

static void frame(void) {
    s.input.time += 1.0 / 60.0;
    canvas_fill(&s.canvas, s.theme->card);
    ui_begin(&s.ui, &s.input, &s.canvas, s.text, s.theme, 1.0f);
    if (s.hidden)
        canvas_push_clip(&s.canvas, (Rect){0, 0, W, 20});
    s.intents = (Intents){.preset = -1};
    network_panel(&s.ui, s.rect, &s.state, &s.camera, &s.snapshot, &s.intents);
    if (s.hidden)
        canvas_pop_clip(&s.canvas);
    network_sheet(&s.ui, (Rect){0, 0, W, H}, &s.state, &s.camera, &s.snapshot, &s.intents);
    network_card(&s.ui, &s.state, &s.snapshot, &s.intents);
    s.ground = network_ground(&s.state, &s.ui, &s.camera, &s.snapshot);
    ui_end(&s.ui);
    assert_int_equal(s.canvas.clip_depth, 0);
    s.input.pressed = s.input.released = false;
    s.input.key_count = 0;
}

static const UiWidget *find(const char *name) {
    return find_widget(&s.ui, name);
}

static Rect part(const char *name) {
    const UiWidget *widget = find(name);
    if (!widget)
        fail_msg("no %s", name);
    return widget->rect;
}

static void hover(const char *name) {
    Rect r = part(name);
    s.input.mouse_inside = true;
    s.input.mouse_x = r.x + r.w / 2;
    s.input.mouse_y = r.y + r.h / 2;
    frame();
}

static void leave(void) {
    s.input.mouse_x = s.input.mouse_y = 1.0f;
    frame();
}

static void click(const char *name) {
    hover(name);
    s.input.pressed = s.input.down = true;
    s.input.clicks = 1;
    frame();
    s.input.released = true;
    s.input.down = false;
    frame();
}

static void press(UiKeyCode code) {
    s.input.keys[s.input.key_count++] = (UiKey){.code = code};
    frame();
}

/* By Tab, past the buttons. */
static void tab_to_the_picture(void) {
    for (int i = 0; i < 40 && s.ui.focus != ui_id("network"); i++)
        press(KEY_TAB);
    assert_true(s.ui.focus == ui_id("network"));
}

static void unit_is(int layer, int unit) {
    assert_int_equal(s.state.lit.layer, layer);
    if (layer >= 0)
        assert_int_equal(s.state.lit.unit, unit);
}

/* Pixels of about that colour in a rect. */
static int count_near(Rect r, Color color, int distance) {
    int count = 0;
    for (int y = (int)r.y; y < (int)(r.y + r.h); y++)
        for (int x = (int)r.x; x < (int)(r.x + r.w); x++) {
            Color c = s.canvas.pixels[y * W + x];
            bool near = true;
            for (int shift = 0; shift < 24; shift += 8)
                near = near && abs((int)(c >> shift & 255) - (int)(color >> shift & 255)) <= distance;
            count += near;
        }
    return count;
}

/* What lies between two tiles of neighbouring layers. */
static Rect between(const char *left, const char *right) {
    Rect a = part(left), b = part(right);
    float top = fminf(a.y, b.y), bottom = fmaxf(a.y + a.h, b.y + b.h);
    return (Rect){a.x + a.w + 4, top, b.x - a.x - a.w - 8, bottom - top};
}

static void the_pointer_finds_units(void **state) {
    (void)state;
    shape((const int[]){8, 5}, 2, 3, ACTIVATION_TANH);
    initialise();
    frame();
    unit_is(-1, 0);
    assert_null(s.ground);
    for (int l = 0; l <= s.mlp.layers; l++)
        for (int u = 0; u < s.mlp.sizes[l]; u++) {
            char name[48];
            snprintf(name, sizeof name, "network-%d-%d", l, u);
            hover(name);
            unit_is(l, u);
            assert_non_null(s.ground);
        }
    leave();
    unit_is(-1, 0);
    hover("network-1-3");
    s.hidden = true; /* under what has been scrolled over it */
    frame();
    unit_is(-1, 0);
    assert_int_equal(count_near((Rect){0, 20, W, H - 20}, s.theme->card, 0), W * (H - 20));
}

static void a_click_keeps_a_unit_while_it_has_the_focus(void **state) {
    (void)state;
    shape((const int[]){4}, 1, 2, ACTIVATION_RELU);
    initialise();
    frame();
    click("network-1-2");
    leave();
    unit_is(1, 2);
    hover("network-1-0");
    unit_is(1, 0);
    leave();
    unit_is(1, 2);
    click("network-1-2"); /* again: lets go */
    leave();
    unit_is(-1, 0);
    click("network-1-2");
    leave();
    s.ui.focus = 0;
    frame();
    unit_is(-1, 0);
}

static void the_keyboard_walks(void **state) {
    (void)state;
    shape((const int[]){64, 3}, 2, 2, ACTIVATION_TANH);
    initialise();
    frame();
    tab_to_the_picture();
    unit_is(1, 0);
    press(KEY_DOWN);
    press(KEY_DOWN);
    unit_is(1, 2);
    press(KEY_RIGHT);
    unit_is(2, 2);
    press(KEY_RIGHT);
    unit_is(3, 1);
    press(KEY_RIGHT);
    unit_is(3, 1);
    press(KEY_LEFT);
    press(KEY_LEFT);
    unit_is(1, 1);
    press(KEY_END);
    unit_is(1, 63);
    frame();
    part("network-1-63"); /* came into view */
    assert_null(find("network-1-0"));
    press(KEY_LEFT);
    unit_is(0, 1);
    press(KEY_UP);
    press(KEY_UP);
    unit_is(0, 0);
    press(KEY_ESCAPE);
    unit_is(-1, 0);
}

/* Another network under a unit that has been chosen: it may not have such a unit. */
static void a_smaller_network_lets_go(void **state) {
    (void)state;
    shape((const int[]){64, 64, 64, 64, 64, 64}, 6, 8, ACTIVATION_TANH);
    initialise();
    frame();
    tab_to_the_picture();
    for (int i = 0; i < 6; i++)
        press(KEY_RIGHT);
    press(KEY_END);
    unit_is(7, 7);
    press(KEY_LEFT);
    press(KEY_END);
    unit_is(6, 63);
    int layer = s.state.lit.layer, unit = s.state.lit.unit;
    shape(NULL, 0, 2, ACTIVATION_TANH); /* between the frame's halves */
    assert_null(network_ground(&s.state, &s.ui, &s.camera, &s.snapshot));
    ui_begin(&s.ui, &s.input, &s.canvas, s.text, s.theme, 1.0f);
    network_caption_draw(&s.state, &s.ui, s.camera.view, (Rect){0}, &s.snapshot);
    ui_end(&s.ui);
    assert_true(s.state.lit.layer == layer && s.state.lit.unit == unit);
    frame();
    unit_is(-1, 0);
}

static void weights_show_size_and_sign(void **state) {
    (void)state;
    shape((const int[]){2}, 1, 2, ACTIVATION_TANH);
    float *w = s.parameters + s.mlp.weights[0];
    w[0] = 4.0f; /* x to unit 0 */
    w[3] = 0.1f; /* y to unit 1 */
    frame();
    Color positive = s.theme->accent, negative = s.theme->class_fill[1];
    Rect strong = between("network-0-0", "network-1-0"), weak = between("network-0-1", "network-1-1");
    int thick = count_near(strong, positive, 40), thin = count_near(weak, positive, 40);
    assert_true((float)thick > 1.2f * strong.w && thick > 2 * thin);
    assert_int_equal(count_near(strong, negative, 40), 0);
    w[0] = -4.0f; /* another colour, and dashed */
    frame();
    int dashed = count_near(strong, negative, 40);
    assert_int_equal(count_near(strong, positive, 40), 0);
    assert_true(dashed > 20 && dashed < thick * 8 / 10);
    w[0] = NAN; /* no line */
    frame();
    assert_int_equal(count_near(strong, negative, 40) + count_near(strong, positive, 40), 0);
}

static void many_units_stay_readable(void **state) {
    (void)state;
    shape((const int[]){64, 64, 64, 64, 64, 64}, 6, 8, ACTIVATION_RELU);
    initialise();
    frame();
    for (int l = 1; l <= 6; l++) {
        char name[48];
        int shown = 0;
        for (int u = 0; u < 64; u++) {
            snprintf(name, sizeof name, "network-%d-%d", l, u);
            const UiWidget *tile = find(name);
            if (!tile)
                continue;
            shown++;
            assert_true(tile->rect.w >= NETWORK_TILE_LEAST && tile->rect.h >= NETWORK_TILE_LEAST);
            assert_true(tile->rect.x >= s.rect.x && tile->rect.x + tile->rect.w <= s.rect.x + s.rect.w);
            assert_true(tile->rect.y >= s.rect.y && tile->rect.y + tile->rect.h <= s.rect.y + s.rect.h);
        }
        assert_int_equal(shown, NETWORK_PANEL_ROWS);
        snprintf(name, sizeof name, "network-more-%d", l);
        Rect more = part(name);
        assert_true(more.y + more.h <= s.rect.y + s.rect.h);
        assert_true(count_near(more, s.theme->text, 60) > 5); /* it says so */
    }
    Rect input = part("network-0-0"), score = part("network-7-7"); /* named on their tiles */
    assert_true(count_near((Rect){input.x, input.y, 11, 12}, s.theme->text, 60) > 5);
    assert_true(count_near((Rect){score.x + score.w - 11, score.y, 11, 12}, s.theme->text, 60) > 5);
    assert_null(find("network-more-7"));
    int pages = 0; /* all of them can be come to, and then the first ones again */
    do {
        click("network-more-2");
        pages++;
    } while (!find("network-2-63") && pages < 20);
    assert_int_equal(pages, 7);
    click("network-more-2");
    part("network-2-0");
}

static void a_linear_model_has_inputs_and_scores(void **state) {
    (void)state;
    shape(NULL, 0, 2, ACTIVATION_TANH);
    s.parameters[0] = -1.0f; /* class 1 on the right */
    s.parameters[2] = 1.0f;
    frame();
    assert_null(find("network-2-0"));
    Rect x = part("network-0-0"), one = part("network-1-1");
    Rect left = {x.x, x.y, 3, x.h}, right = {x.x + x.w - 3, x.y, 3, x.h};
    assert_true(count_near(right, s.theme->accent, 50) > 20 && count_near(left, s.theme->accent, 50) == 0);
    assert_true(count_near(left, s.theme->class_fill[1], 50) > 20);
    left = (Rect){one.x, one.y, 3, one.h};
    right = (Rect){one.x + one.w - 3, one.y, 3, one.h};
    assert_true(count_near(right, s.theme->class_fill[1], 50) > 20);
    assert_int_equal(count_near(left, s.theme->class_fill[1], 50), 0);
    hover("network-1-1");
    assert_non_null(s.ground);
    s.parameters[4] = INFINITY; /* not finite: no heat, and no crash */
    frame();
    assert_null(s.ground);
    unit_is(1, 1);
}

static int whiteness(uint32_t pixel) { /* the darkest channel */
    int r = pixel >> 16 & 255, g = pixel >> 8 & 255, b = pixel & 255;
    return r < g ? (r < b ? r : b) : g < b ? g : b;
}

static uint32_t ground_at(float x, float y) {
    float screen[2];
    camera_screen(&s.camera, x, y, screen);
    return s.ground[(int)screen[1] * 201 + (int)screen[0]];
}

/* The heat over the plot is that of mlp_activations, with the line where the sum is 0. */
static void heat_over_the_plot(void **state) {
    (void)state;
    static const int activations[] = {ACTIVATION_TANH, ACTIVATION_RELU};
    for (int i = 0; i < 2; i++) {
        shape((const int[]){3, 4}, 2, 2, activations[i]);
        float *w = s.parameters;
        w[s.mlp.weights[0] + 2] = 1.0f;             /* unit 1 of the first layer has x, ... */
        w[s.mlp.weights[1] + 2 * 3 + 1] = 2.0f;     /* ... unit 2 of the second has that, twice ... */
        w[s.mlp.biases[1] + 2] = i ? -2.0f : -1.0f; /* ... and a sum of 0 at x = 0.549 (tanh), 1 (ReLU) */
        float zero = i ? 1.0f : 0.549f;
        frame();
        hover("network-2-2");
        unit_is(2, 2);
        assert_non_null(s.ground);
        float units[MLP_MAX_UNITS], strongest[MLP_MAX_UNITS];
        mlp_activations(&s.mlp, s.parameters, 5.0f, 0.0f, strongest);
        float top = i ? strongest[3 + 2] : 1.0f;
        for (float x = -4.4f; x < 4.5f; x += 0.7f) {
            mlp_activations(&s.mlp, s.parameters, x, 1.0f, units);
            float value = units[3 + 2] / top;
            Color hue = value < 0.0f ? s.theme->class_fill[1] : s.theme->accent;
            Color expected = color_mix(s.theme->region_neutral, hue, 0.6f * fabsf(value));
            uint32_t seen = ground_at(x, 1.0f);
            for (int shift = 0; shift < 24; shift += 8)
                assert_true(abs((int)(seen >> shift & 255) - (int)(expected >> shift & 255)) <= 10);
        }
        int dark = 0, rows = 0; /* dashes, near the zero line and nowhere else */
        for (float y = -3.9f; y < 3.9f; y += 0.05f, rows++)
            dark += whiteness(ground_at(zero, y)) < 160 || whiteness(ground_at(zero - 0.05f, y)) < 160;
        assert_true(dark > rows / 3 && dark < rows * 9 / 10);
    }
    const uint32_t *first = s.ground; /* kept, and made anew for other parameters */
    uint32_t before = ground_at(4.0f, 1.0f);
    frame();
    assert_ptr_equal(s.ground, first);
    s.parameters[s.mlp.weights[1] + 2 * 3 + 1] = -2.0f;
    frame();
    assert_true(ground_at(4.0f, 1.0f) != before);
}

/* The first layer sees standardised inputs: the same picture as for points that are so already. */
static void standardised_inputs(void **state) {
    (void)state;
    shape((const int[]){2}, 1, 2, ACTIVATION_TANH);
    s.parameters[0] = 1.0f;
    s.mlp.scaling = (Scaling){.on = true, .shift = {3.0, 0.0}, .divisor = {0.5, 1.0}};
    frame();
    hover("network-1-0");
    assert_non_null(s.ground);
    assert_true(ground_at(0.5f, 0.5f) == ground_at(-4.0f, 0.5f));               /* tanh(-5) is nearly tanh(-14) */
    assert_true((ground_at(2.0f, 0.5f) & 255) < (ground_at(4.0f, 0.5f) & 255)); /* orange, blue */
    Rect tile = part("network-0-0");                                            /* the input is 0 at x = 3 alone */
    assert_int_equal(count_near((Rect){tile.x + tile.w / 2 - 1, tile.y, 2, tile.h}, s.theme->region_neutral, 25), 0);
    tile = part("network-1-0");
    Rect middle = {tile.x + tile.w / 2 - 2, tile.y, 4, tile.h}; /* x = 0: far on the left of the points */
    assert_true(count_near(middle, s.theme->class_fill[1], 50) > 20);
}

static void the_caption_keeps_clear_of_the_legend(void **state) {
    (void)state;
    shape((const int[]){2}, 1, 2, ACTIVATION_TANH);
    initialise();
    frame();
    hover("network-1-1");
    Rect area = {0, 0, W, H}, legend = {8, H - 80, 100, 72}, caption[2];
    for (int i = 0; i < 2; i++) {
        ui_begin(&s.ui, &s.input, &s.canvas, s.text, s.theme, 1.0f);
        network_caption_draw(&s.state, &s.ui, area, i ? legend : (Rect){0}, &s.snapshot);
        caption[i] = part("network-caption");
        ui_end(&s.ui);
        assert_true(caption[i].x >= 0 && caption[i].x + caption[i].w <= W && caption[i].y + caption[i].h <= H);
        assert_true(count_near(caption[i], s.theme->text, 60) > 20);
    }
    assert_true(caption[0].x < legend.x + legend.w && caption[1].x >= legend.x + legend.w);
}

/* Enlarged, a linear model has room to say each weight; and it goes back by its button, and by Esc. */
static void a_linear_model_says_its_weights(void **state) {
    (void)state;
    for (int classes = 3; classes <= 4; classes++) {
        shape(NULL, 0, classes, ACTIVATION_TANH);
        s.parameters[network_index(&s.mlp, (NetworkParameter){1, 0, 0})] = 1.5f;
        s.parameters[network_index(&s.mlp, (NetworkParameter){1, 0, 1})] = -2.25f;
        s.parameters[network_index(&s.mlp, (NetworkParameter){1, 1, 0})] = NAN;
        frame();
        assert_false(s.state.large);
        click("network-enlarge");
        frame();
        leave();
        words_begin(&s.canvas);
        frame();
        assert_true(s.state.large && find("network-sheet"));
        assert_int_equal(words_have("1.5"), classes == 3);
        assert_int_equal(words_have("\xe2\x88\x92"
                                    "2.25"),
                         classes == 3);
        assert_int_equal(words_have("not finite"), classes == 3);
        words_end(&s.canvas);
        if (classes == 3)
            click("network-back");
        else
            press(KEY_ESCAPE);
        frame();
        assert_false(s.state.large);
    }
}

static void folded_away(void **state) {
    (void)state;
    shape((const int[]){2}, 1, 2, ACTIVATION_TANH);
    frame();
    hover("network-1-1");
    canvas_fill(&s.canvas, s.theme->card);
    network_fold(&s.state);
    unit_is(-1, 0);
    ui_begin(&s.ui, &s.input, &s.canvas, s.text, s.theme, 1.0f);
    network_card(&s.ui, &s.state, &s.snapshot, &s.intents);
    ui_end(&s.ui);
    assert_int_equal(count_near((Rect){0, 0, W, H}, s.theme->card, 0), W * H);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_pointer_finds_units, setup, teardown),
        cmocka_unit_test_setup_teardown(a_click_keeps_a_unit_while_it_has_the_focus, setup, teardown),
        cmocka_unit_test_setup_teardown(the_keyboard_walks, setup, teardown),
        cmocka_unit_test_setup_teardown(a_smaller_network_lets_go, setup, teardown),
        cmocka_unit_test_setup_teardown(weights_show_size_and_sign, setup, teardown),
        cmocka_unit_test_setup_teardown(many_units_stay_readable, setup, teardown),
        cmocka_unit_test_setup_teardown(a_linear_model_has_inputs_and_scores, setup, teardown),
        cmocka_unit_test_setup_teardown(heat_over_the_plot, setup, teardown),
        cmocka_unit_test_setup_teardown(standardised_inputs, setup, teardown),
        cmocka_unit_test_setup_teardown(the_caption_keeps_clear_of_the_legend, setup, teardown),
        cmocka_unit_test_setup_teardown(a_linear_model_says_its_weights, setup, teardown),
        cmocka_unit_test_setup_teardown(folded_away, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
