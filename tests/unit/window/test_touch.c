/* Fingers on the whole window: SDL's events through input_collect, frames by a clock of the test's own. */
#include "app/window/input.h"
#include "tests/support/screen_scene.h"

#include <SDL.h>

#include <math.h>
#include <stdlib.h>

enum { WIDTH = 1280, HEIGHT = 720 };
static const double FRAME = 1.0 / 64;

static ScreenScene scene;
static InputDevices devices = {.pixels = 1.0f};

static void frame(void) {
    for (bool more = true; more;) {
        InputEvents events = input_collect(&devices, &scene.hand, 0);
        touch_frame(&devices.touch, &scene.hand, scene.hand.time + FRAME, 1.0f);
        scene_frame(&scene, FRAME);
        touch_draw(&devices.touch, &scene.screen.ui, scene.hand.time);
        more = events.more;
    }
}

static void frames(double seconds) {
    for (int i = 0; i < (int)(seconds / FRAME + 0.5); i++)
        frame();
}

static void finger(Uint32 type, int id, float x, float y) {
    SDL_Event event = {.tfinger = {.type = type, .touchId = 1, .fingerId = id, .x = x / WIDTH, .y = y / HEIGHT}};
    assert_int_equal(SDL_PushEvent(&event), 1);
}

static void down(int id, float x, float y) {
    finger(SDL_FINGERDOWN, id, x, y);
}

static void move(int id, float x, float y) {
    finger(SDL_FINGERMOTION, id, x, y);
}

static void up(int id, float x, float y) {
    finger(SDL_FINGERUP, id, x, y);
}

/* Quicker than any frame: all of it is there at once. */
static void tap(float x, float y) {
    down(1, x, y);
    up(1, x, y);
    frames(0.2);
}

static Rect rect_of(const char *name) {
    const UiWidget *widget = scene_find(&scene, name);
    if (!widget || widget->visible.w <= 0.0f)
        fail_msg("no %s", name);
    return widget->visible;
}

static float middle_x(const char *name) {
    return rect_of(name).x + rect_of(name).w / 2;
}

static float middle_y(const char *name) {
    return rect_of(name).y + rect_of(name).h / 2;
}

static double threshold(void) {
    return experiment_snapshot(&scene.run).threshold;
}

/* In steps, as a finger does. */
static void drag(float x, float y, float to_x, float to_y) {
    down(1, x, y);
    frame();
    for (int i = 1; i <= 8; i++) {
        move(1, x + (to_x - x) * (float)i / 8, y + (to_y - y) * (float)i / 8);
        frame();
    }
    up(1, to_x, to_y);
    frames(0.1);
}

static int setup(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    memset(&scene, 0, sizeof scene);
    devices = (InputDevices){.pixels = 1.0f};
    devices.width = WIDTH;
    devices.height = HEIGHT;
    settings.samples = 200;
    scene_train(&scene, &settings, 6);
    scene_open(&scene, WIDTH, HEIGHT, 1.0f, &THEME_LIGHT);
    scene.screen.tour.seen = true;
    scene.screen.help = false;
    scene_settle(&scene);
    SDL_FlushEvents(SDL_FIRSTEVENT, SDL_LASTEVENT);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    screen_free(&scene.screen);
    experiment_free(&scene.run);
    return 0;
}

static void tap_is_a_click(void **state) {
    (void)state;
    assert_int_equal(scene.run.mode, MODE_PAUSED);
    tap(middle_x("play"), middle_y("play"));
    assert_int_equal(scene.run.mode, MODE_PLAYING);
    tap(middle_x("play"), middle_y("play"));
    assert_int_equal(scene.run.mode, MODE_PAUSED); /* once, not twice */
    assert_false(scene.hand.mouse_inside);
    assert_false(scene.hand.down);
}

static void small_targets_are_reached_from_around(void **state) {
    (void)state;
    Rect play = rect_of("play");
    assert_true(play.h < 36.0f);
    tap(play.x + play.w / 2, play.y + play.h + 3.5f);
    assert_int_equal(scene.run.mode, MODE_PLAYING);
    tap(play.x + play.w / 2, play.y + play.h + 30.0f);
    assert_int_equal(scene.run.mode, MODE_PLAYING);
}

static void drag_moves_a_slider(void **state) {
    (void)state;
    double before = threshold();
    Rect track = rect_of("threshold");
    float y = track.y + track.h / 2;
    drag(track.x + track.w * 0.2f, y, track.x + track.w * 0.8f, y);
    assert_true(threshold() > before);
}

static void vertical_drag_scrolls_the_panel(void **state) {
    (void)state;
    tap(middle_x("section-training"), middle_y("section-training"));
    frames(0.3);
    tap(middle_x("section-export"), middle_y("section-export"));
    frames(0.3);
    scene.screen.panel.scroll = 0.0f;
    frames(0.1);
    double before = threshold();
    Rect track = rect_of("growing-factor");
    double growing = scene.run.trainer->settings.growing_factor;
    float y = track.y + track.h / 2, offset = scene.screen.panel.scroll;
    drag(track.x + track.w * 0.8f, y, track.x + track.w * 0.8f, y - 200.0f);
    assert_true(threshold() == before);
    assert_true(scene.run.trainer->settings.growing_factor == growing);
    if (!(scene.screen.panel.scroll > offset + 20.0f))
        fail_msg("scrolled by %g", (double)(scene.screen.panel.scroll - offset));
}

/* How many pixels of the ring's colour there are around a place. */
static int ring_at(float x, float y) {
    const Canvas *canvas = &scene.screen.canvas;
    int count = 0;
    for (int dy = -40; dy <= 40; dy++)
        for (int dx = -40; dx <= 40; dx++)
            count += (canvas->pixels[((int)y + dy) * canvas->width + (int)x + dx] & 0xffffffu) ==
                     (THEME_LIGHT.accent & 0xffffffu);
    return count;
}

static void long_press_is_the_right_button(void **state) {
    (void)state;
    float x = middle_x("plot") + 40.0f, y = middle_y("plot");
    int before = ring_at(x, y);
    down(1, x, y);
    frames(0.3);
    assert_true(ring_at(x, y) > before + 100);
    assert_null(scene_find(&scene, "plot-menu"));
    move(1, x + 3.0f, y); /* a finger trembles */
    frames(0.3);
    rect_of("plot-menu");
    assert_int_equal(ring_at(x, y) > before + 100, false);
    frames(0.5);
    up(1, x, y);
    frames(0.2);
    rect_of("plot-menu"); /* the lifted finger has pressed nothing */
    assert_int_equal(scene.screen.hand.pinned, -1);
    tap(x, rect_of("plot-menu").y + rect_of("plot-menu").h + 100.0f);
    assert_null(scene_find(&scene, "plot-menu"));
}

static void dragging_the_plot_is_no_long_press(void **state) {
    (void)state;
    float x = middle_x("plot"), y = middle_y("plot");
    double center = scene.screen.hand.camera.center_x;
    down(1, x, y);
    frames(0.2);
    move(1, x + 60.0f, y);
    frames(1.0);
    assert_null(scene_find(&scene, "plot-menu"));
    up(1, x + 60.0f, y);
    frames(0.1);
    double moved = (center - scene.screen.hand.camera.center_x) * scene.screen.hand.camera.scale;
    assert_true(fabs(moved - 60.0) < 1.0);
}

static void pinch_zooms_about_the_fingers(void **state) {
    (void)state;
    float x = middle_x("plot") - 80.0f, y = middle_y("plot") + 50.0f;
    Camera before = scene.screen.hand.camera;
    double there[2], here[2];
    camera_world_exact(&before, (double)x, (double)y, there);
    down(1, x - 50.0f, y);
    frame();
    down(2, x + 50.0f, y);
    frame();
    for (int i = 1; i <= 10; i++) { /* twice as far apart, and 30 pixels on */
        move(1, x - 50.0f - 5.0f * (float)i + 3.0f * (float)i, y);
        move(2, x + 50.0f + 5.0f * (float)i + 3.0f * (float)i, y);
        frame();
    }
    const Camera *after = &scene.screen.hand.camera;
    camera_world_exact(after, (double)x + 30.0, (double)y, here);
    assert_true(fabs(after->scale / before.scale - 2.0) < 0.01);
    assert_true(hypot(here[0] - there[0], here[1] - there[1]) * before.scale < 1.0);
    up(1, x, y);
    frames(1.0); /* the finger that is left does nothing */
    move(2, x + 300.0f, y);
    frame();
    up(2, x + 300.0f, y);
    frames(0.1);
    assert_true(scene.screen.hand.camera.center_x == after->center_x);
    assert_null(scene_find(&scene, "plot-menu"));
    assert_int_equal(scene.screen.hand.pinned, -1);
}

static void pinch_zooms_the_epochs(void **state) {
    (void)state;
    float x = middle_x("timeline"), y = middle_y("timeline");
    assert_false(scene.screen.timeline.span.chosen);
    down(1, x - 40.0f, y);
    down(2, x + 40.0f, y);
    frame();
    for (int i = 1; i <= 10; i++) {
        move(1, x - 40.0f - 6.0f * (float)i, y);
        move(2, x + 40.0f + 6.0f * (float)i, y);
        frame();
    }
    up(1, x, y);
    up(2, x, y);
    frames(0.1);
    assert_true(scene.screen.timeline.span.chosen);
    assert_false(experiment_snapshot(&scene.run).looking_back);
}

static void drag_along_the_timeline_looks_back(void **state) {
    (void)state;
    Rect strips = rect_of("timeline");
    drag(strips.x + strips.w * 0.3f, strips.y + strips.h / 2, strips.x + strips.w * 0.2f, strips.y + strips.h / 2);
    assert_true(experiment_snapshot(&scene.run).looking_back);
}

/* The card of a point that a finger rests on lies above or beside it. */
static void cards_stay_clear_of_the_hand(void **state) {
    (void)state;
    Snapshot s = experiment_snapshot(&scene.run);
    float at[2];
    size_t nearest = 0;
    float least = INFINITY;
    for (size_t i = 0; i < s.data->count; i++) {
        camera_screen(&scene.screen.hand.camera, s.data->x[i], s.data->y[i], at);
        float away = hypotf(at[0] - middle_x("plot"), at[1] - middle_y("plot"));
        if (away < least) {
            least = away;
            nearest = i;
        }
    }
    camera_screen(&scene.screen.hand.camera, s.data->x[nearest], s.data->y[nearest], at);
    down(1, at[0], at[1]);
    frames(0.3);
    Rect card = rect_of("plot-card");
    bool above = card.y + card.h <= at[1] - 20.0f;
    bool beside = card.x >= at[0] + 20.0f || card.x + card.w <= at[0] - 20.0f;
    assert_true(above || beside);
    assert_true(card.y < at[1]);
    up(1, at[0], at[1]);
    frames(0.1);
    assert_true(scene.screen.hand.pinned >= 0);
}

/* A window that loses the focus lets go. */
static void lost_focus_lifts_the_finger(void **state) {
    (void)state;
    Rect track = rect_of("threshold");
    down(1, track.x + 20.0f, track.y + 10.0f);
    frame();
    move(1, track.x + 60.0f, track.y + 10.0f);
    frames(0.1);
    assert_true(scene.hand.down);
    SDL_Event lost = {.window = {.type = SDL_WINDOWEVENT, .event = SDL_WINDOWEVENT_FOCUS_LOST}};
    SDL_PushEvent(&lost);
    frames(0.1);
    assert_false(scene.hand.down);
    assert_false(scene.hand.mouse_inside);
    up(1, track.x + 60.0f, track.y + 10.0f);
    tap(middle_x("play"), middle_y("play"));
    assert_int_equal(scene.run.mode, MODE_PLAYING);
}

static void lost_focus_lets_both_buttons_go(void **state) {
    (void)state;
    static const Uint8 BUTTONS[] = {SDL_BUTTON_LEFT, SDL_BUTTON_RIGHT};
    Rect plot = rect_of("plot");
    for (size_t i = 0; i < 2; i++) {
        SDL_Event press = {.button = {.type = SDL_MOUSEBUTTONDOWN, .button = BUTTONS[i], .state = SDL_PRESSED}};
        press.button.x = (Sint32)(plot.x + plot.w / 2);
        press.button.y = (Sint32)(plot.y + plot.h / 2);
        SDL_PushEvent(&press);
        frames(0.1);
        assert_true(scene.hand.down || scene.hand.right_down);
        SDL_PushEvent(&(SDL_Event){.window = {.type = SDL_WINDOWEVENT, .event = SDL_WINDOWEVENT_FOCUS_LOST}});
        frames(0.1);
        assert_false(scene.hand.down || scene.hand.right_down);
    }
}

#define T(name) cmocka_unit_test_setup_teardown(name, setup, teardown)

int main(void) {
    setenv("SDL_VIDEODRIVER", "dummy", 1);
    if (SDL_Init(SDL_INIT_VIDEO) != 0)
        return 1;
    const struct CMUnitTest tests[] = {
        T(tap_is_a_click),
        T(small_targets_are_reached_from_around),
        T(drag_moves_a_slider),
        T(vertical_drag_scrolls_the_panel),
        T(long_press_is_the_right_button),
        T(dragging_the_plot_is_no_long_press),
        T(pinch_zooms_about_the_fingers),
        T(pinch_zooms_the_epochs),
        T(drag_along_the_timeline_looks_back),
        T(cards_stay_clear_of_the_hand),
        T(lost_focus_lifts_the_finger),
        T(lost_focus_lets_both_buttons_go),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    SDL_Quit();
    return failed;
}
