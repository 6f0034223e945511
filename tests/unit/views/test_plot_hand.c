/* The plot in the hand, by events: zoom, pan, box, back, fit, hover, pin, colours, axes, menu, the field's
 * sharpness. */
#include "app/views/plot_hand.h"
#include "tests/support/nearest.h"

#include <float.h>
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define W 800
#define H 600
#define POINTS 300

#define assert_near(a, b, distance) assert_true(fabs((double)(a) - (double)(b)) <= (double)(distance))

/* A linear model: class 1 to the right of x = 0. */
typedef struct Scene {
    Settings settings;
    Dataset data;
    Mlp mlp;
    float parameters[64];
    float loss[POINTS], v[POINTS];
    uint32_t admitted[POINTS];
    Snapshot snapshot;
    Rect outer, area;
    Canvas canvas;
    Text *text;
    const Theme *theme;
    Ui ui;
    UiInput input;
    Plot *plot;
    PlotHand hand;
    PlotOptions options, drawn;
    float scale;
    bool whole; /* the plot is looked at, too */
} Scene;

static Scene scene;
static Status status;
static uint32_t seed;

static double uniform(void) {
    seed = seed * 1664525u + 1013904223u;
    return (double)(seed >> 8) / (1 << 24);
}

static void use_scale(float scale) {
    scene.scale = scene.options.scale = scale;
    assert_true(text_set_scale(scene.text, scale, &status));
    assert_true(canvas_resize(&scene.canvas, (int)(W * scale), (int)(H * scale), &status));
    scene.outer = (Rect){0, 0, W * scale, H * scale};
    scene.area = plot_area(&scene.options, scene.outer);
}

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    seed = 7;
    settings_default(&scene.settings);
    mlp_shape(&scene.mlp, NULL, 0, 2, ACTIVATION_TANH);
    memcpy(scene.parameters, (const float[]){-2, 0, 2, 0, 0, 0}, 6 * sizeof(float));
    if (!dataset_init(&scene.data, POINTS, 2, &status))
        return -1;
    for (int i = 0; i < POINTS; i++) {
        scene.data.x[i] = (float)(10 * uniform() - 5);
        scene.data.y[i] = (float)(6 * uniform() - 3);
        scene.data.label[i] = scene.data.x[i] > 0;
        scene.v[i] = i % 3 > 0;
        scene.admitted[i] = i % 3 > 0 ? (uint32_t)(i % 7) : NEVER_ADMITTED;
        scene.loss[i] = (float)pow(10, 4 * uniform() - 3);
    }
    dataset_bounds(&scene.data);
    scene.snapshot = (Snapshot){.settings = &scene.settings,
                                .data = &scene.data,
                                .mlp = &scene.mlp,
                                .parameters = scene.parameters,
                                .loss = scene.loss,
                                .v = scene.v,
                                .admitted = scene.admitted,
                                .epoch = 7,
                                .batches = 3,
                                .threshold = 0.605,
                                .next_threshold = 0.8,
                                .accuracy = 0.951,
                                .easy = 2 * POINTS / 3,
                                .data_version = 1};
    scene.options = (PlotOptions){.scale = 1, .ring_hard = true, .legend = true, .field_step = 2};
    scene.theme = &THEME_LIGHT;
    scene.text = text_new(FONT_DIR, 1, &status);
    scene.plot = plot_new(&status);
    if (!scene.text || !scene.plot || !ui_init(&scene.ui, &status))
        return -1;
    plot_hand_init(&scene.hand);
    scene.input = (UiInput){.mouse_x = -1, .mouse_y = -1, .mouse_inside = true, .time = 100};
    use_scale(1);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    plot_hand_free(&scene.hand);
    plot_free(scene.plot);
    ui_free(&scene.ui);
    text_free(scene.text);
    canvas_free(&scene.canvas);
    dataset_free(&scene.data);
    return 0;
}

/* A frame as the window makes one; what happens once (clicks, keys, wheel) is over after it. */
static UiTouch frame(void) {
    UiInput *input = &scene.input;
    Ui *ui = &scene.ui;
    input->time += 1.0 / 60;
    ui_begin(ui, input, &scene.canvas, scene.text, scene.theme, scene.scale);
    canvas_fill(&scene.canvas, scene.theme->card);
    UiTouch touch = plot_hand_touch(&scene.hand, ui, scene.outer, &scene.options, &scene.snapshot);
    const Camera *camera = plot_hand_camera(&scene.hand, scene.area, &scene.snapshot);
    scene.drawn = plot_hand_options(&scene.hand, ui, scene.options, &scene.snapshot);
    scene.snapshot.version++; /* whatever a test has changed */
    PlotScene shown = {scene.outer, camera, &scene.snapshot, &scene.drawn};
    /* The plot takes most of the time: a strip of it, where nothing but what the hand draws is looked at. */
    canvas_push_clip(&scene.canvas, (Rect){0, 0, W * scene.scale, scene.whole ? H * scene.scale : 40});
    assert_true(plot_draw(scene.plot, &scene.canvas, scene.text, scene.theme, &shown, &status));
    canvas_pop_clip(&scene.canvas);
    plot_hand_draw(&scene.hand, ui, scene.area, &scene.snapshot);
    ui_end(ui);
    assert_true(isfinite(camera->scale) && camera->scale > 0 && isfinite(camera->center_x) &&
                isfinite(camera->center_y));
    input->pressed = input->released = input->right_pressed = input->right_released = false;
    input->wheel = 0;
    input->key_count = 0;
    return touch;
}

static void move(double x, double y) {
    scene.input.mouse_x = (float)x;
    scene.input.mouse_y = (float)y;
    frame();
}

static void wait(double seconds) {
    for (double t = 0; t < seconds; t += 1.0 / 60)
        frame();
}

static void press(int clicks) {
    scene.input.down = scene.input.pressed = true;
    scene.input.clicks = clicks;
    frame();
}

static void release(void) {
    scene.input.down = false;
    scene.input.released = true;
    frame();
}

static void click(double x, double y) {
    move(x, y);
    press(1);
    release();
}

static void right(bool down) {
    scene.input.right_down = down;
    scene.input.right_pressed = down;
    scene.input.right_released = !down;
    frame();
}

static void wheel(float notches) {
    scene.input.wheel = notches;
    frame();
}

static void press_key(UiKey key) {
    scene.input.keys[0] = key;
    scene.input.key_count = 1;
    frame();
}

static void key(UiKeyCode code) {
    press_key((UiKey){.code = code});
}

static void character(char c) {
    press_key((UiKey){.code = KEY_CHARACTER, .character = (uint32_t)c});
}

static void under(double x, double y, double world[2]) {
    camera_world_exact(&scene.hand.camera, x, y, world);
}

static void where(int64_t sample, float at[2]) {
    camera_screen(&scene.hand.camera, scene.data.x[sample], scene.data.y[sample], at);
}

static bool same_view(const Camera *a, const Camera *b) {
    double pixel = 0.01 / b->scale;
    return fabs(a->scale / b->scale - 1) < 1e-9 && fabs(a->center_x - b->center_x) < pixel &&
           fabs(a->center_y - b->center_y) < pixel;
}

static bool widget(const char *name, Rect *rect) {
    if (rect)
        *rect = (Rect){0};
    for (int i = 0; i < scene.ui.widget_count; i++)
        if (strcmp(scene.ui.widgets[i].name, name) == 0) {
            if (rect)
                *rect = scene.ui.widgets[i].rect;
            return true;
        }
    return false;
}

static size_t count_color(Color color) {
    size_t count = 0;
    for (int i = 0; i < scene.canvas.width * scene.canvas.height; i++)
        count += scene.canvas.pixels[i] == color;
    return count;
}

/* ---- the view ---- */

static void wheel_zooms_at_the_cursor(void **state) {
    (void)state;
    for (float scale = 1; scale <= 2; scale++) {
        use_scale(scale);
        double x = 523 * (double)scale, y = 211 * (double)scale, before[2], after[2];
        move(x, y);
        double zoom = scene.hand.camera.scale;
        under(x, y, before);
        wheel(1);
        assert_near(scene.hand.camera.scale / zoom, 1.1, 1e-9);
        for (int i = 0; i < 40; i++)
            wheel(i % 5 ? 1 : -1);
        under(x, y, after);
        assert_near((after[0] - before[0]) * scene.hand.camera.scale, 0, 1e-3); /* pixels */
        assert_near((after[1] - before[1]) * scene.hand.camera.scale, 0, 1e-3);
        wheel(-3);
        zoom = scene.hand.camera.scale;
        wheel(-1);
        assert_near(scene.hand.camera.scale / zoom, 1 / 1.1, 1e-9);
        plot_hand_fit(&scene.hand);
    }
    move(3, 3); /* beside the plot */
    double zoom = scene.hand.camera.scale;
    wheel(4);
    assert_true(scene.hand.camera.scale == zoom);
}

static void zoom_has_limits(void **state) {
    (void)state;
    static const float PLACES[][2] = {{1, 0}, {1, 1e6f}, {1e-30f, 0}, {1e30f, 0}, {1e38f, 2e38f}, {0, 5}};
    for (size_t k = 0; k < sizeof PLACES / sizeof *PLACES; k++) {
        for (int i = 0; i < POINTS; i++) {
            scene.data.x[i] = (float)(i % 20 - 10) / 10 * PLACES[k][0] + PLACES[k][1] / 2;
            scene.data.y[i] = (float)(i / 20 - 7) / 10 * PLACES[k][0] - PLACES[k][1] / 2;
        }
        dataset_bounds(&scene.data);
        scene.snapshot.data_version++;
        plot_hand_fit(&scene.hand);
        move(300, 200);
        for (int i = 0; i < 10; i++)
            wheel(50);
        double fit = scene.hand.fit.scale;
        assert_true(scene.hand.camera.scale <= fit * 1.0000001e6);
        assert_true(scene.hand.camera.scale >= fit * 0.9e6 || scene.hand.camera.scale >= 0.9e30);
        wait(0.2); /* also the exact field */
        for (int i = 0; i < 20; i++)
            wheel(-50);
        assert_true(scene.hand.camera.scale >= fit / 1.0000001e6);
        wait(0.2);
        for (int i = 0; i < 12; i++) { /* and as far away as one can get */
            move(100, 100);
            press(1);
            move(700, 500);
            release();
            wheel(i % 2 ? 60 : -50);
        }
        wait(0.3);
        for (int i = 0; i < 4; i++) {
            wheel(INFINITY);
            wheel(-INFINITY);
        }
        key(KEY_HOME);
    }
}

static void drag_pans_by_exactly_its_length(void **state) {
    (void)state;
    double before[2], after[2];
    move(300, 300);
    under(300, 300, before);
    double zoom = scene.hand.camera.scale;
    press(1);
    move(302, 301); /* still a click */
    assert_int_equal(scene.hand.drag, PLOT_DRAG_PRESS);
    assert_true(scene.hand.view.follows);
    move(417, 262);
    assert_int_equal(scene.ui.cursor, CURSOR_MOVE);
    under(417, 262, after);
    assert_near((after[0] - before[0]) * zoom, 0, 1e-6);
    assert_near((after[1] - before[1]) * zoom, 0, 1e-6);
    move(-50, 900); /* the drag goes on outside */
    under(-50, 900, after);
    assert_near((after[0] - before[0]) * zoom, 0, 1e-6);
    release();
    assert_near(scene.hand.camera.scale / zoom, 1, 1e-12);
    assert_int_equal(scene.hand.pinned, -1);
    Camera kept = scene.hand.camera;
    move(200, 200);
    assert_true(same_view(&scene.hand.camera, &kept));
    key(KEY_BACKSPACE);
    assert_true(scene.hand.view.follows);
    /* Esc puts it back, and the rest of that drag does nothing. */
    press(1);
    move(260, 260);
    assert_false(scene.hand.view.follows);
    key(KEY_ESCAPE);
    assert_true(scene.ui.keyboard_taken);
    move(300, 290);
    release();
    assert_true(scene.hand.view.follows);
    assert_int_equal(scene.hand.view_count, 0);
    key(KEY_ESCAPE); /* nothing to cancel: others may have it */
    assert_false(scene.ui.keyboard_taken);
    /* A release that never arrives ends it. */
    press(1);
    scene.input.down = false;
    frame();
    assert_int_equal(scene.hand.drag, PLOT_DRAG_NONE);
}

static void right_drag_zooms_to_a_box(void **state) {
    (void)state;
    double corner[2], other[2];
    move(300, 250);
    under(300, 250, corner);
    under(420, 310, other);
    right(true);
    move(420, 310);
    Rect box;
    assert_true(widget("plot-box", &box));
    assert_true(box.x == 300 && box.y == 250 && box.w == 120 && box.h == 60);
    Color inside = scene.canvas.pixels[280 * W + 301];
    right(false);
    assert_false(widget("plot-box", NULL));
    frame();
    assert_true(inside != scene.canvas.pixels[280 * W + 301]); /* it was drawn */
    const Camera *camera = &scene.hand.camera;
    assert_near(camera->center_x, (corner[0] + other[0]) / 2, 1e-6);
    assert_near(camera->center_y, (corner[1] + other[1]) / 2, 1e-6);
    double across = (double)scene.area.w / (other[0] - corner[0]);
    double down = (double)scene.area.h / (corner[1] - other[1]);
    assert_near(camera->scale, fmin(across, down), 1e-6);
    Camera kept = *camera;
    /* From the lower right to beyond the upper left: cut to the plot. */
    move(400, 400);
    right(true);
    move(-300, -300);
    assert_true(widget("plot-box", &box));
    assert_true(box.x == scene.area.x && box.y == scene.area.y);
    key(KEY_ESCAPE);
    assert_true(scene.ui.keyboard_taken);
    assert_false(widget("plot-box", NULL));
    right(false);
    assert_true(same_view(camera, &kept));
    right(true); /* hardly a box */
    move(402, 401);
    right(false);
    assert_true(same_view(camera, &kept));
    key(KEY_BACKSPACE);
    assert_true(scene.hand.view.follows);
}

static void views_can_be_gone_back_to(void **state) {
    (void)state;
    move(400, 300);
    Camera cameras[4];
    cameras[0] = scene.hand.camera;
    wheel(2);
    wheel(1); /* the same turn of the wheel */
    cameras[1] = scene.hand.camera;
    wait(1);
    wheel(3); /* another */
    cameras[2] = scene.hand.camera;
    press(1);
    move(450, 350);
    release();
    cameras[3] = scene.hand.camera;
    key(KEY_HOME);
    assert_true(same_view(&scene.hand.camera, &cameras[0]));
    for (int i = 3; i >= 0; i--) {
        key(KEY_BACKSPACE);
        assert_true(same_view(&scene.hand.camera, &cameras[i]));
    }
    key(KEY_BACKSPACE);
    assert_true(same_view(&scene.hand.camera, &cameras[0]));
    /* No more than so many are kept. */
    for (int i = 0; i < PLOT_HAND_VIEWS + 20; i++) {
        move(400, 300);
        press(1);
        move(410, 300);
        release();
    }
    assert_int_equal(scene.hand.view_count, PLOT_HAND_VIEWS);
    for (int i = 0; i < PLOT_HAND_VIEWS; i++)
        key(KEY_BACKSPACE);
    assert_near((scene.hand.camera.center_x - cameras[0].center_x) * cameras[0].scale, -200, 1e-6);
}

static void fitted_views_follow_data_and_size(void **state) {
    (void)state;
    frame();
    Camera fit;
    camera_fit_aspect(&fit, &scene.data, scene.area, ASPECT_AUTO);
    assert_true(same_view(&scene.hand.camera, &fit));
    scene.data.x[0] = 40;
    dataset_bounds(&scene.data);
    scene.snapshot.data_version++;
    frame();
    camera_fit_aspect(&fit, &scene.data, scene.area, ASPECT_AUTO);
    assert_true(same_view(&scene.hand.camera, &fit));
    scene.outer = (Rect){0, 0, 500, 300};
    scene.area = plot_area(&scene.options, scene.outer);
    frame();
    camera_fit_aspect(&fit, &scene.data, scene.area, ASPECT_AUTO);
    assert_true(same_view(&scene.hand.camera, &fit));

    /* A view of one's own stays, and comes back with the size. */
    move(200, 150);
    wheel(5);
    Camera own = scene.hand.camera;
    scene.data.x[1] = -40;
    dataset_bounds(&scene.data);
    scene.snapshot.data_version++;
    frame();
    assert_true(same_view(&scene.hand.camera, &own));
    scene.outer = (Rect){0, 0, 800, 600};
    scene.area = plot_area(&scene.options, scene.outer);
    frame();
    assert_true(scene.hand.camera.scale > own.scale);
    scene.outer = (Rect){0, 0, 500, 300};
    scene.area = plot_area(&scene.options, scene.outer);
    frame();
    assert_true(same_view(&scene.hand.camera, &own));

    /* Double click, Home and 0 fit. */
    for (int way = 0; way < 3; way++) {
        move(200, 150);
        wheel(4);
        assert_false(scene.hand.view.follows);
        if (way == 0) {
            click(200, 150);
            press(2);
            release();
        } else if (way == 1)
            key(KEY_HOME);
        else
            character('0');
        assert_true(scene.hand.view.follows);
    }
    /* Points somewhere else altogether are shown. */
    move(200, 150);
    wheel(9);
    for (int i = 0; i < POINTS; i++)
        scene.data.x[i] += 1e4f;
    dataset_bounds(&scene.data);
    scene.snapshot.data_version++;
    frame();
    camera_fit_aspect(&fit, &scene.data, scene.area, ASPECT_AUTO);
    assert_true(same_view(&scene.hand.camera, &fit));
}

static void keys_need_the_focus_or_nobody_with_it(void **state) {
    (void)state;
    frame();
    Camera fit = scene.hand.camera;
    key(KEY_RIGHT); /* not focused: others may have it */
    assert_false(scene.ui.keyboard_taken);
    assert_true(scene.hand.view.follows);
    character('+');
    assert_true(scene.ui.keyboard_taken);
    assert_near(scene.hand.camera.scale / fit.scale, 1.21, 1e-9);
    character('-');
    assert_near(scene.hand.camera.scale / fit.scale, 1, 1e-9);
    press_key((UiKey){.code = KEY_CHARACTER, .character = '+', .ctrl = true}); /* the window's scale */
    assert_false(scene.ui.keyboard_taken);
    key(KEY_HOME);

    int turns = 0; /* to the plot by Tab */
    do
        key(KEY_TAB);
    while (!scene.hand.focused && ++turns < 20);
    assert_true(scene.hand.focused);
    assert_int_equal(scene.canvas.pixels[((int)scene.area.y + 100) * W + (int)scene.area.x], scene.theme->focus_outer);
    double before = scene.hand.camera.center_x;
    key(KEY_RIGHT);
    assert_true(scene.ui.keyboard_taken);
    assert_near((scene.hand.camera.center_x - before) * fit.scale, 48, 1e-6);
    key(KEY_LEFT);
    key(KEY_UP);
    assert_near(scene.hand.camera.center_x, before, 1e-9);
    assert_near((scene.hand.camera.center_y - fit.center_y) * fit.scale, 48, 1e-6);
    press_key((UiKey){.code = KEY_DOWN, .ctrl = true});
    assert_near((scene.hand.camera.center_y - fit.center_y) * fit.scale, 43.2, 1e-6);
    press_key((UiKey){.code = KEY_LEFT, .shift = true}); /* the timeline's */
    assert_false(scene.ui.keyboard_taken);
    key(KEY_BACKSPACE); /* all these arrows were one walk */
    assert_true(same_view(&scene.hand.camera, &fit));

    scene.ui.focus = 12345; /* a field that is being edited */
    static const UiKeyCode CODES[] = {KEY_HOME, KEY_BACKSPACE, KEY_LEFT};
    for (int i = 0; i < 3; i++) {
        scene.ui.focus = 12345;
        key(CODES[i]);
        assert_false(scene.ui.keyboard_taken);
    }
    scene.ui.focus = 12345;
    character('-');
    assert_false(scene.ui.keyboard_taken);
}

/* The wheel over the numbers of an axis stretches it alone, about the number under the pointer. */
static void the_wheel_zooms_an_axis_alone(void **state) {
    (void)state;
    frame();
    const Camera fit = scene.hand.camera;
    for (int y = 0; y < 2; y++) {
        double at[2] = {y ? (double)scene.area.x - 20 : 250, y ? 180 : (double)(scene.area.y + scene.area.h) + 12};
        double before[2], after[2];
        Rect strip;
        assert_true(widget(y ? "axis-y" : "axis-x", &strip));
        move(at[0], at[1]);
        assert_true(rect_has(strip, (float)at[0], (float)at[1]));
        under(at[0], at[1], before);
        wheel(2);
        wheel(1);
        under(at[0], at[1], after);
        const Camera *now = &scene.hand.camera;
        double zoomed = pow(1.1, 3);
        assert_near(now->scale / fit.scale, y ? 1 : zoomed, 1e-9);
        assert_near(camera_scale_y(now) / fit.scale, y ? zoomed : 1, 1e-9);
        assert_near(after[y], before[y], 1e-9);
        assert_near(y ? now->center_x : now->center_y, y ? fit.center_x : fit.center_y, 1e-9);
        /* what is drawn and what is found agree: a point is under the pointer where its mark is */
        float mark[2];
        where(17, mark);
        move((double)mark[0], (double)mark[1] + 5);
        double world[2];
        under((double)mark[0], (double)mark[1] + 5, world);
        int64_t nearest = -1;
        double least = 8;
        for (int i = 0; i < POINTS; i++) {
            double distance = hypot(((double)scene.data.x[i] - world[0]) * now->scale,
                                    ((double)scene.data.y[i] - world[1]) * camera_scale_y(now));
            nearest = distance < least ? i : nearest;
            least = fmin(distance, least);
        }
        assert_int_equal(scene.hand.hovered, nearest);
        move(400, 300); /* panned and zoomed, it stays as stretched as it is */
        double stretch = now->stretch;
        press(1);
        move(420, 330);
        release();
        wheel(1);
        assert_near(scene.hand.camera.stretch, stretch, 1e-9);
        for (int i = 0; i < 3; i++) {
            key(KEY_BACKSPACE);
            wait(1);
        }
        assert_true(same_view(&scene.hand.camera, &fit));
        assert_near(scene.hand.camera.stretch, 1, 1e-12);
        assert_true(scene.hand.view.follows);
    }
}

/* Points that span very unequal ranges fill the plot both ways. */
static void unequal_spans_fill_the_plot(void **state) {
    (void)state;
    for (int i = 0; i < POINTS; i++)
        scene.data.y[i] *= 100;
    dataset_bounds(&scene.data);
    scene.snapshot.data_version++;
    frame();
    float low[2], high[2];
    camera_screen(&scene.hand.camera, scene.data.x_minimum, scene.data.y_minimum, low);
    camera_screen(&scene.hand.camera, scene.data.x_maximum, scene.data.y_maximum, high);
    assert_true(high[0] - low[0] > scene.area.w * 0.85f && low[1] - high[1] > scene.area.h * 0.85f);
}

static void click_button(void) {
    Rect rect;
    assert_true(widget("axes-aspect", &rect));
    click(rect.x + rect.w / 2, rect.y + rect.h / 2);
    frame();
}

/* How much of the plot the points take, across and down. */
static void taken(float share[2]) {
    float low[2], high[2];
    camera_screen(&scene.hand.camera, scene.data.x_minimum, scene.data.y_minimum, low);
    camera_screen(&scene.hand.camera, scene.data.x_maximum, scene.data.y_maximum, high);
    share[0] = (high[0] - low[0]) / scene.area.w;
    share[1] = (low[1] - high[1]) / scene.area.h;
}

static void multiply_y(float factor) {
    for (int i = 0; i < POINTS; i++)
        scene.data.y[i] *= factor;
    dataset_bounds(&scene.data);
    scene.snapshot.data_version++;
    frame();
}

/* The button where the axes meet: one way and back, from whatever view; where that is what happens by itself, the
 * choice is the program's again. */
static void a_button_scales_the_axes_alike_or_each(void **state) {
    (void)state;
    float share[2];
    frame();
    move(400, 300);
    wheel(4);
    Camera zoomed = scene.hand.camera;
    click_button();
    assert_int_equal(scene.hand.aspect, ASPECT_FILL);
    assert_true(scene.hand.view.follows);
    taken(share);
    assert_true(share[0] > 0.85f && share[1] > 0.85f);
    key(KEY_BACKSPACE); /* the view before comes back as it was */
    assert_true(same_view(&scene.hand.camera, &zoomed));
    click_button();
    assert_int_equal(scene.hand.aspect, ASPECT_AUTO);
    assert_true(scene.hand.view.follows && scene.hand.camera.stretch == 1.0);

    multiply_y(100);
    taken(share);
    assert_true(share[0] > 0.85f && share[1] > 0.85f);
    click_button();
    assert_int_equal(scene.hand.aspect, ASPECT_EQUAL);
    taken(share);
    assert_true(scene.hand.camera.stretch == 1.0 && share[0] < 0.05f && share[1] > 0.85f);
    PlotOptions options = plot_hand_options(&scene.hand, NULL, scene.options, &scene.snapshot);
    assert_int_equal(options.aspect, ASPECT_EQUAL); /* for pictures */
    click_button();
    assert_int_equal(scene.hand.aspect, ASPECT_AUTO);

    multiply_y(0); /* on a line: nothing to fill */
    frame();
    assert_false(widget("axes-aspect", NULL));
    plot_hand_toggle_aspect(&scene.hand, &scene.data);
    assert_int_equal(scene.hand.aspect, ASPECT_AUTO);
    scene.hand.no_aspect = true;
    frame();
    assert_false(widget("axes-aspect", NULL));
}

/* A box fills the plot where each axis has its scale; a view keeps its extents in a plot of another shape. */
static void boxes_and_views_of_unlike_axes(void **state) {
    (void)state;
    multiply_y(1000);
    double corners[2][2];
    under(300, 200, corners[0]);
    under(340, 320, corners[1]);
    move(300, 200);
    scene.input.right_down = scene.input.right_pressed = true;
    frame();
    move(340, 320);
    scene.input.right_down = false;
    scene.input.right_released = true;
    frame();
    for (int size = 0; size < 2; size++) {
        frame();
        float at[2];
        camera_screen(&scene.hand.camera, (float)corners[0][0], (float)corners[0][1], at);
        assert_true(fabsf(at[0] - scene.area.x) < 1 && fabsf(at[1] - scene.area.y) < 1);
        camera_screen(&scene.hand.camera, (float)corners[1][0], (float)corners[1][1], at);
        assert_true(fabsf(at[0] - scene.area.x - scene.area.w) < 1 && fabsf(at[1] - scene.area.y - scene.area.h) < 1);
        scene.outer = (Rect){0, 0, 400, 450};
        scene.area = plot_area(&scene.options, scene.outer);
    }
}

/* A click on a button or a slider leaves the focus there; the pointer over the plot says what Backspace is for. A field
 * that is being edited, and a widget that Tab led to, keep their keys. */
static void backspace_undoes_a_wheel_zoom_whatever_was_clicked(void **state) {
    (void)state;
    frame();
    const Camera fit = scene.hand.camera;
    move(400, 300);
    scene.ui.focus = 12345;
    scene.ui.focus_visible = false;
    wheel(2);
    assert_false(same_view(&scene.hand.camera, &fit));
    scene.ui.focus = 12345;
    key(KEY_BACKSPACE);
    assert_true(scene.ui.keyboard_taken);
    assert_true(same_view(&scene.hand.camera, &fit));
    wait(1);
    wheel(2);
    const Camera zoomed = scene.hand.camera;
    for (int i = 0; i < 2; i++) {
        scene.ui.focus = 12345;
        scene.ui.focus_visible = i == 0;
        scene.ui.wants_text = i == 1;
        key(KEY_BACKSPACE);
        assert_false(scene.ui.keyboard_taken);
        assert_true(same_view(&scene.hand.camera, &zoomed));
    }
}

static void views_can_be_gone_forth_to(void **state) {
    (void)state;
    frame();
    Camera cameras[3] = {scene.hand.camera};
    plot_hand_forth(&scene.hand); /* nothing there */
    for (int i = 1; i < 3; i++) {
        move(400, 300);
        wait(1);
        wheel(2);
        cameras[i] = scene.hand.camera;
    }
    plot_hand_back(&scene.hand);
    plot_hand_back(&scene.hand);
    frame();
    assert_true(same_view(&scene.hand.camera, &cameras[0]));
    for (int i = 1; i < 3; i++) {
        plot_hand_forth(&scene.hand);
        frame();
        assert_true(same_view(&scene.hand.camera, &cameras[i]));
    }
    plot_hand_back(&scene.hand);
    frame();
    wait(1);
    wheel(5); /* another way from here: there is nothing to go forth to */
    assert_int_equal(scene.hand.forth_count, 0);
}

static void a_right_click_asks_for_a_menu(void **state) {
    (void)state;
    frame();
    float at[2];
    where(41, at);
    move((double)at[0], (double)at[1]);
    right(true);
    right(false);
    assert_true(scene.hand.menu.asked && !scene.hand.menu.by_key);
    assert_int_equal(scene.hand.menu.sample, 41);
    scene.hand.menu.asked = false;
    move(300, 200); /* a drag is for the view */
    right(true);
    move(400, 300);
    right(false);
    assert_false(scene.hand.menu.asked);
    key(KEY_MENU);
    assert_true(scene.hand.menu.asked && scene.hand.menu.by_key && scene.ui.keyboard_taken);
    assert_int_equal(scene.hand.menu.sample, -1);
    plot_hand_pin(&scene.hand, &scene.data, 7);
    key(KEY_MENU);
    assert_int_equal(scene.hand.menu.sample, 7);
    where(7, at);
    assert_near(scene.hand.menu.x, at[0], 1e-3);

    scene.hand.told = 7; /* its card is there, wherever the pointer is, until the hand does something */
    move(5, 5);
    assert_true(widget("plot-card", NULL));
    key(KEY_LEFT);
    assert_false(widget("plot-card", NULL));
}

/* ---- points ---- */

static void hover_names_the_nearest_shown_point(void **state) {
    (void)state;
    for (float scale = 1; scale <= 2; scale++) {
        use_scale(scale);
        frame();
        for (int i = 0; i < 100; i++) {
            double x = (double)scene.area.x + uniform() * (double)scene.area.w;
            double y = (double)scene.area.y + uniform() * (double)scene.area.h, world[2];
            move(x, y);
            under((double)scene.input.mouse_x, (double)scene.input.mouse_y, world);
            double reach = 8 * (double)scale / scene.hand.camera.scale;
            assert_int_equal(scene.hand.hovered, nearest_by_hand(&scene.data, world[0], world[1], reach));
        }
    }
    use_scale(1);
    frame();
    float at[2];
    where(3, at); /* a hard one */
    move((double)at[0] + 1, (double)at[1]);
    assert_int_equal(scene.hand.hovered, 3);
    scene.hand.hidden.hard = true;
    frame();
    assert_true(scene.hand.hovered != 3);
    scene.hand.hidden.hard = false;
    scene.input.mouse_inside = false;
    frame();
    assert_int_equal(scene.hand.hovered, -1);
}

static void cards_are_calm(void **state) {
    (void)state;
    frame();
    float at[2];
    where(3, at);
    move((double)at[0] + 2, (double)at[1] + 1);
    assert_false(widget("plot-card", NULL));
    assert_true(scene.ui.wants_frame);
    wait(PLOT_HAND_POINT_AFTER + 0.02);
    Rect card;
    assert_true(widget("plot-card", &card));
    wait(0.6);
    assert_false(scene.ui.wants_frame);     /* nothing moves: the window may sleep */
    scene.data.x[3] = scene.data.x_maximum; /* in the corner: it stays inside the canvas */
    scene.data.y[3] = scene.data.y_minimum;
    scene.snapshot.data_version++;
    frame();
    where(3, at);
    move((double)at[0], (double)at[1]);
    wait(0.2);
    assert_true(widget("plot-card", &card));
    assert_true(card.x >= 0 && card.y >= 0 && card.x + card.w <= W && card.y + card.h <= H);
    press(1); /* none while a button is down */
    assert_false(widget("plot-card", NULL));
    move((double)at[0] - 30, (double)at[1] - 30);
    wait(0.6);
    assert_false(widget("plot-card", NULL));
    release();
    plot_hand_fit(&scene.hand);

    /* Away from the points: what the model thinks, after a longer rest. */
    for (int i = 0; i < POINTS; i++)
        scene.data.x[i] = i % 2 ? 5 : -5;
    dataset_bounds(&scene.data);
    scene.snapshot.data_version++;
    move(450, 300);
    wait(0.3);
    assert_int_equal(scene.hand.hovered, -1);
    assert_false(widget("plot-card", NULL));
    wait(0.2);
    assert_true(widget("plot-card", NULL));
    size_t blue = count_color(scene.theme->class_fill[0]);
    move(610, 300); /* surely class 1 there: the other bar is long */
    wait(0.5);
    assert_true(count_color(scene.theme->class_fill[0]) < blue);
    scene.snapshot.diverged = true;
    frame();
    assert_false(widget("plot-card", NULL));
    scene.snapshot.diverged = false;
    scene.hand.tool = true;
    frame();
    assert_false(widget("plot-card", NULL));
}

static void click_pins_a_point(void **state) {
    (void)state;
    frame();
    float at[2];
    where(41, at);
    click((double)at[0], (double)at[1]);
    assert_int_equal(scene.hand.pinned, 41);
    Rect ring;
    assert_true(widget("plot-pin", &ring));
    assert_near(ring.x + ring.w / 2, at[0], 0.01);
    wheel(2); /* it moves along */
    where(41, at);
    assert_true(widget("plot-pin", &ring));
    assert_near(ring.x + ring.w / 2, at[0], 0.01);
    click((double)at[0], (double)at[1]);
    assert_int_equal(scene.hand.pinned, -1);
    assert_false(widget("plot-pin", NULL));
    click((double)at[0], (double)at[1]);
    assert_int_equal(scene.hand.pinned, 41);

    /* A double click is for the view, and a drag too. */
    float other[2];
    where(62, other);
    click((double)other[0], (double)other[1]);
    press(2);
    release();
    assert_int_equal(scene.hand.pinned, 41);
    press(1);
    move((double)other[0] + 20, (double)other[1]);
    release();
    assert_int_equal(scene.hand.pinned, 41);

    /* The same point under another index is still pinned; one that is gone is not. */
    scene.data.x[7] = scene.data.x[41];
    scene.data.y[7] = scene.data.y[41];
    scene.data.x[41] += 0.5f;
    scene.snapshot.data_version++;
    frame();
    assert_int_equal(scene.hand.pinned, 7);
    scene.data.x[7] += 0.1f;
    scene.snapshot.data_version++;
    frame();
    assert_int_equal(scene.hand.pinned, -1);

    where(62, at);
    click((double)at[0], (double)at[1]);
    assert_int_equal(scene.hand.pinned, 62);
    for (int i = 0; i < POINTS; i++) /* a click on nothing */
        scene.data.y[i] = i == 62 ? scene.data.y[i] : -9;
    dataset_bounds(&scene.data);
    scene.snapshot.data_version++;
    click(700, 300);
    assert_int_equal(scene.hand.pinned, -1);

    scene.hand.tool = true; /* the brush's */
    where(62, at);
    click((double)at[0], (double)at[1]);
    assert_int_equal(scene.hand.pinned, -1);
}

/* ---- colours ---- */

static void colors_show_loss_and_admission(void **state) {
    (void)state;
    scene.whole = true;
    for (int dark = 0; dark < 2; dark++) {
        scene.theme = dark ? &THEME_DARK : &THEME_LIGHT;
        scene.options.legend = true;
        Color most = plot_ramp(scene.theme, 1), least = plot_ramp(scene.theme, 0);
        scene.hand.color = PLOT_COLOR_CLASS;
        frame();
        assert_true(count_color(scene.theme->class_fill[0]) > 500);
        assert_int_equal(count_color(most), 0);
        scene.hand.color = PLOT_COLOR_LOSS;
        frame();
        assert_true(count_color(most) > 20); /* the bar */
        scene.options.legend = false;
        frame();
        assert_int_equal(count_color(scene.theme->class_fill[0]), 0);
        for (int i = 0; i < POINTS; i++)
            scene.loss[i] = 1e-6f;
        frame();
        assert_true(count_color(least) > 1000);
        assert_int_equal(count_color(most), 0);
        for (int i = 0; i < POINTS; i++)
            scene.loss[i] = i % 2 ? 100 : NAN;
        frame();
        assert_true(count_color(most) > 1000);
        assert_int_equal(count_color(least), 0);

        scene.hand.color = PLOT_COLOR_ADMITTED;
        for (int i = 0; i < POINTS; i++)
            scene.admitted[i] = NEVER_ADMITTED;
        size_t ground = count_color(scene.theme->hard_fill);
        frame();
        assert_int_equal(count_color(most), 0);
        assert_true(count_color(scene.theme->hard_fill) > ground + 500 || dark);
        for (int i = 0; i < POINTS; i++)
            scene.admitted[i] = i % 2 ? 0 : 4; /* in epoch 1 or 5, the ends of the ramp */
        frame();
        assert_true(count_color(least) > 400);
        assert_true(count_color(most) > 400);
        scene.snapshot.epoch = 3; /* looking back: those of epoch 5 are not admitted yet */
        frame();
        assert_int_equal(count_color(most), 0);
        scene.snapshot.epoch = 7;
    }
}

static void the_field_is_exact_when_all_is_still(void **state) {
    (void)state;
    frame();
    assert_int_equal(scene.drawn.field_step, 2);
    assert_true(scene.ui.wants_frame);
    wait(PLOT_HAND_STILL + 0.02);
    assert_int_equal(scene.drawn.field_step, 1);
    assert_false(scene.ui.wants_frame);
    move(400, 300);
    wheel(1);
    assert_int_equal(scene.drawn.field_step, 2);
    wait(PLOT_HAND_STILL + 0.02);
    assert_int_equal(scene.drawn.field_step, 1);
    scene.parameters[0] += 0.1f;
    frame();
    assert_int_equal(scene.drawn.field_step, 2);
    scene.snapshot.playing = true;
    wait(0.5);
    assert_int_equal(scene.drawn.field_step, 2);
    scene.snapshot.playing = false;
    wait(PLOT_HAND_STILL + 0.05);
    assert_int_equal(scene.drawn.field_step, 1);
    scene.snapshot.threshold = 0.1; /* does not move the regions */
    scene.snapshot.version++;
    frame();
    assert_int_equal(scene.drawn.field_step, 1);
}

/* By others than the pointer: a list of samples. What is in view leaves the view alone. */
static void a_list_pins_a_point(void **state) {
    (void)state;
    frame();
    PlotView before = scene.hand.view;
    plot_hand_pin(&scene.hand, &scene.data, 41);
    frame();
    assert_int_equal(scene.hand.pinned, 41);
    assert_true(widget("plot-pin", NULL));
    assert_memory_equal(&before, &scene.hand.view, sizeof before);
    plot_hand_pin(&scene.hand, &scene.data, -1);
    frame();
    assert_int_equal(scene.hand.pinned, -1);
    assert_false(widget("plot-pin", NULL));

    /* One that is not is brought into the middle, as large as things are; Backspace goes back. */
    Rect area = scene.area;
    move((double)(area.x + area.w / 2), (double)(area.y + area.h / 2));
    wheel(40);
    double scale = scene.hand.camera.scale;
    float at[2];
    where(62, at);
    assert_false(at[0] >= area.x && at[0] < area.x + area.w && at[1] >= area.y && at[1] < area.y + area.h);
    PlotView near = scene.hand.view;
    plot_hand_pin(&scene.hand, &scene.data, 62);
    frame();
    where(62, at);
    assert_near(at[0], area.x + area.w / 2, 1);
    assert_near(at[1], area.y + area.h / 2, 1);
    assert_near(scene.hand.camera.scale / scale, 1, 1e-6);
    scene.input.keys[scene.input.key_count++] = (UiKey){.code = KEY_BACKSPACE};
    frame();
    assert_near(scene.hand.view.x, near.x, 1e-9);
    assert_near(scene.hand.view.y, near.y, 1e-9);
    assert_int_equal(scene.hand.pinned, 62);
}

#define scenic(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

int main(void) {
    const struct CMUnitTest tests[] = {
        scenic(wheel_zooms_at_the_cursor),
        scenic(zoom_has_limits),
        scenic(drag_pans_by_exactly_its_length),
        scenic(right_drag_zooms_to_a_box),
        scenic(views_can_be_gone_back_to),
        scenic(fitted_views_follow_data_and_size),
        scenic(keys_need_the_focus_or_nobody_with_it),
        scenic(the_wheel_zooms_an_axis_alone),
        scenic(unequal_spans_fill_the_plot),
        scenic(a_button_scales_the_axes_alike_or_each),
        scenic(boxes_and_views_of_unlike_axes),
        scenic(backspace_undoes_a_wheel_zoom_whatever_was_clicked),
        scenic(views_can_be_gone_forth_to),
        scenic(a_right_click_asks_for_a_menu),
        scenic(hover_names_the_nearest_shown_point),
        scenic(cards_are_calm),
        scenic(click_pins_a_point),
        scenic(a_list_pins_a_point),
        scenic(colors_show_loss_and_admission),
        scenic(the_field_is_exact_when_all_is_still),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
