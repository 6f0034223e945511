/* The tour by a person's events, step by step, over the whole window: each waits for its deed and for nothing else. */
#include "app/experiment/experiment.h"
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

static struct {
    Screen screen;
    Experiment experiment;
    Preset *presets;
    size_t count;
    UiInput input;
    Intents last, late;
    bool any; /* a frame has asked for something since it was set to false */
} scene;
static Status status;

static int setup(void **state) {
    (void)state;
    memset(&scene, 0, sizeof scene);
    Settings s;
    settings_default(&s);
    s.samples = 300;
    s.threshold = 0.5;
    scene.input = (UiInput){.mouse_x = -1.0f, .mouse_y = -1.0f, .mouse_inside = true, .time = 100.0};
    if (!experiment_init(&scene.experiment, &s, NULL, NULL, &status) ||
        !preset_list(&scene.presets, &scene.count, PRESET_DIR, &status) ||
        !screen_init(&scene.screen, FONT_DIR, 1280, 720, 1.0f, &THEME_LIGHT, &status))
        return -1;
    scene.screen.ui.motion = true;
    scene.screen.gallery.presets = scene.presets;
    scene.screen.gallery.count = (int)scene.count;
    tour_start(&scene.screen.tour);
    return 0;
}

static int teardown(void **state) {
    (void)state;
    free(scene.presets);
    screen_free(&scene.screen);
    experiment_free(&scene.experiment);
    return 0;
}

static double no_time(void) {
    return 0.0;
}

static void carry_out(const Intents *intents) {
    for (int i = 0; i < intents->count; i++)
        experiment_push(&scene.experiment, intents->commands[i]);
    if (intents->preset >= 0) {
        experiment_push(&scene.experiment, (Command){.kind = COMMAND_PRESET,
                                                     .preset = intents->preset,
                                                     .settings = scene.presets[intents->preset].settings});
        if (!intents->paused)
            experiment_push(&scene.experiment, (Command){.kind = COMMAND_PLAY});
    }
    scene.any = scene.any || intents->count > 0 || intents->preset >= 0 || intents->toggle_theme ||
                intents->toggle_presets || intents->edit.count > 0;
}

/* As the window's loop makes them, a thirtieth of a second apart. */
static void frame(void) {
    static const double elapsed = 1.0 / 30.0;
    scene.last = scene.late = (Intents){.preset = -1};
    scene.input.time += elapsed;
    Snapshot snapshot = experiment_snapshot(&scene.experiment);
    canvas_push_clip(&scene.screen.canvas, (Rect){0, 0, 4000, 8}); /* a strip of what nobody looks at here */
    screen_widgets(&scene.screen, &scene.input, &snapshot, 1.0, &scene.last);
    carry_out(&scene.last);
    experiment_advance(&scene.experiment, elapsed, no_time, 1.0);
    experiment_evaluate(&scene.experiment);
    snapshot = experiment_snapshot(&scene.experiment);
    assert_true(screen_draw(&scene.screen, &snapshot, "", &scene.late, &status));
    canvas_pop_clip(&scene.screen.canvas);
    carry_out(&scene.late);
    scene.input.pressed = scene.input.released = false;
    scene.input.key_count = 0;
}

static void frames(int count) {
    while (count-- > 0)
        frame();
}

static const UiWidget *find(const char *name) {
    return find_widget(&scene.screen.ui, name);
}

static void point_at(const char *name, float part) {
    const UiWidget *w = find(name);
    if (!w)
        fail_msg("no %s", name);
    scene.input.mouse_x = w->rect.x + w->rect.w * part;
    scene.input.mouse_y = w->rect.y + w->rect.h / 2;
}

static void press(void) {
    scene.input.pressed = scene.input.down = true;
    scene.input.clicks = 1;
    frame();
}

static void let_go(void) {
    scene.input.down = false;
    scene.input.released = true;
    frame();
}

static void click(const char *name) {
    point_at(name, 0.5f);
    frame();
    press();
    let_go();
}

static void key(UiKeyCode code, bool ctrl) {
    scene.input.keys[0] = (UiKey){.code = code, .ctrl = ctrl};
    scene.input.key_count = 1;
    frame();
}

static Snapshot now(void) {
    return experiment_snapshot(&scene.experiment);
}

/* Runs until the step is there; it must not take longer than so many frames. */
static void wait_step(int step, int most) {
    while (scene.screen.tour.step != step && most-- > 0)
        frame();
    assert_int_equal(scene.screen.tour.step, step);
    frames(2); /* what it asks for at its beginning */
}

static void play(void) {
    frame();
    click("play");
    wait_step(1, 200);
}

static void drag_threshold(void) {
    point_at("threshold-line", 0.5f);
    frame();
    press();
    for (int i = 0; i < 5; i++) {
        scene.input.mouse_x += 6.0f;
        frame();
    }
}

static void scrub(void) {
    point_at("timeline", 0.2f);
    frame();
    press();
    point_at("timeline", 0.1f);
    frame();
    let_go();
    wait_step(3, 60);
}

static void test_all_steps(void **state) {
    (void)state;
    frames(3);
    assert_false(now().playing); /* nothing is missed */
    assert_non_null(find("tour-card"));
    assert_null(find("tour-back"));
    frames(200);
    assert_int_equal(scene.screen.tour.step, 0);

    click("play");
    assert_true(now().playing);
    frames(40); /* a second and more: but there is nothing to scrub yet */
    assert_int_equal(scene.screen.tour.step, 0);
    wait_step(1, 120);
    assert_false(now().playing);
    assert_int_equal(now().epoch, 3); /* and not some batches more */
    assert_int_equal(now().batch, 0);

    drag_threshold();
    frames(60); /* still in the hand */
    assert_int_equal(scene.screen.tour.step, 1);
    let_go();
    assert_true(scene.screen.tour.done);
    frames(20);
    assert_int_equal(scene.screen.tour.step, 1);
    wait_step(2, 20);

    frames(60);
    assert_int_equal(scene.screen.tour.step, 2);
    scrub();
    assert_true(now().looking_back);

    frames(60);
    assert_int_equal(scene.screen.tour.step, 3);
    click("go-on");
    frames(2);
    assert_false(now().looking_back);
    assert_true(now().playing);
    assert_null(find("tour-next")); /* what was pressed is gone, and was not missing */
    wait_step(4, 40);
    assert_false(now().playing);

    frames(60);
    assert_int_equal(scene.screen.tour.step, 4);
    click("tour-target");
    assert_true(scene.screen.hand.pinned >= 0);
    assert_true(now().v[scene.screen.hand.pinned] <= 0.0f);
    wait_step(TOUR_STEPS, 40);
    frames(100); /* the closing card stays until it is closed */
    assert_true(scene.screen.tour.open && !scene.screen.tour.seen);
    click("tour-done");
    assert_true(!scene.screen.tour.open && scene.screen.tour.seen);
    frame();
    assert_null(find("tour-card"));
}

/* Less than 5 % is no deed; growth is none either; keys do it as well as the pointer. */
static void test_a_little_is_not_enough(void **state) {
    (void)state;
    play();
    double before = now().threshold;
    scene.screen.ui.focus = ui_id("threshold");
    scene.screen.ui.focus_visible = true;
    key(KEY_RIGHT, true); /* a tenth of a step */
    frames(2);
    double after = now().threshold;
    assert_true(after != before && fabs(after / before - 1.0) < 0.05);
    assert_false(scene.screen.tour.done);
    scene.screen.ui.focus = 0;
    for (int i = 0; i < 2; i++) { /* the first epoch takes it as it stands */
        experiment_push(&scene.experiment, (Command){.kind = COMMAND_EPOCH});
        frames(3);
    }
    assert_true(now().threshold > after * 1.2);
    assert_false(scene.screen.tour.done);
    scene.screen.ui.focus = ui_id("threshold");
    scene.screen.ui.focus_visible = true;
    key(KEY_RIGHT, false);
    frames(2);
    assert_true(scene.screen.tour.done);
    wait_step(2, 40);
}

static void test_back_to_now_is_not_going_on(void **state) {
    (void)state;
    play();
    drag_threshold();
    let_go();
    wait_step(2, 60);
    scrub();
    click("back-to-now");
    wait_step(2, 10);
    assert_false(now().looking_back);
    scrub();
    click("tour-back"); /* one step: it is to be done again */
    wait_step(2, 10);
    assert_false(now().looking_back);
    click("tour-back");
    wait_step(1, 10);
    drag_threshold();
    let_go();
    wait_step(2, 60);
    experiment_push(&scene.experiment, (Command){.kind = COMMAND_RESET}); /* nothing is left to scrub */
    wait_step(0, 10);
}

/* An easy point is not what was asked for. */
static void test_an_easy_point_is_no_deed(void **state) {
    (void)state;
    play();
    scene.screen.tour.step = 4;
    scene.screen.tour.fresh = true;
    frames(3);
    Snapshot s = now();
    for (size_t i = 0; i < s.data->count; i++)
        if (s.v[i] > 0.0f) {
            scene.screen.hand.pinned = (int64_t)i;
            break;
        }
    frames(60);
    assert_int_equal(scene.screen.tour.step, 4);
    assert_false(scene.screen.tour.done);
}

/* What is dimmed takes no pointer; Esc and Skip end it, and that is remembered. */
static void test_the_rest_of_the_window_waits(void **state) {
    (void)state;
    static const char *const dimmed[] = {"theme", "preset", "reset", "help", "growing-factor"};
    frames(3);
    scene.any = false;
    for (size_t i = 0; i < sizeof dimmed / sizeof *dimmed; i++)
        click(dimmed[i]);
    assert_false(scene.any);
    assert_false(scene.screen.help || scene.screen.gallery.open);
    key(KEY_ESCAPE, false);
    assert_true(scene.screen.ui.keyboard_taken);
    assert_true(!scene.screen.tour.open && scene.screen.tour.seen);
    frame();
    click("theme");
    assert_true(scene.any);
    tour_start(&scene.screen.tour);
    frames(2);
    click("tour-skip");
    assert_false(scene.screen.tour.open);
}

/* From the help sheet: with the post's run, which stands still until it is played. */
static void test_again_from_help(void **state) {
    (void)state;
    frame();
    key(KEY_ESCAPE, false);
    scene.screen.help = true;
    frames(2);
    click("start-tour");
    assert_true(scene.screen.tour.open);
    assert_false(scene.screen.help);
    frames(3);
    assert_int_equal(scene.experiment.trainer->settings.samples, 10000);
    assert_false(now().playing);
    assert_int_equal(now().epoch, 0);
    assert_int_equal(now().batch, 0);
    experiment_push(&scene.experiment, (Command){.kind = COMMAND_UNDO}); /* as the sheet says */
    frame();
    assert_int_equal(scene.experiment.trainer->settings.samples, 300);
}

/* The ghost moves for 20 s and then rests; without motion it never moves. A window that rests draws no frame. */
static void test_the_ghost_rests(void **state) {
    (void)state;
    frames(10);
    assert_true(scene.screen.ui.wants_frame);
    frames(30 * 21);
    assert_false(scene.screen.ui.wants_frame);
    tour_start(&scene.screen.tour);
    scene.screen.ui.motion = false;
    frames(60);
    assert_false(scene.screen.ui.wants_frame);
}

static bool apart(Rect a, Rect b) {
    return a.x >= b.x + b.w || b.x >= a.x + a.w || a.y >= b.y + b.h || b.y >= a.y + a.h;
}

/* At every size the card is whole, and hides neither what is to be taken nor most of the plot, which answers. What is
 * not on screen does not hold up. */
static void test_the_card_hides_nothing(void **state) {
    (void)state;
    static const struct {
        int width, height;
        float scale;
    } sizes[] = {{1280, 720, 1.0f}, {640, 480, 1.0f}, {1366, 768, 1.0f}, {1920, 1080, 2.0f}, {3840, 2160, 2.0f}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_true(screen_resize(&scene.screen, sizes[i].width, sizes[i].height, &status));
        assert_true(screen_set_scale(&scene.screen, sizes[i].scale, &status));
        tour_start(&scene.screen.tour);
        for (int step = 0; step <= TOUR_STEPS; step++) {
            scene.screen.tour.step = step;
            scene.screen.tour.fresh = true;
            experiment_push(&scene.experiment, (Command){.kind = COMMAND_EPOCH});
            frames(4);
            Rect card = scene.screen.tour.card;
            assert_true(card.x >= 0.0f && card.y >= 0.0f && card.x + card.w <= (float)sizes[i].width &&
                        card.y + card.h <= (float)sizes[i].height);
            const UiWidget *target = find("tour-target");
            if (step == TOUR_STEPS)
                continue;
            if (target && !apart(card, target->rect))
                fail_msg("step %d at %dx%d: the card covers its target", step + 1, sizes[i].width, sizes[i].height);
            Rect plot = scene.screen.area;
            if (rect_overlap(card, plot) > 0.25f * plot.w * plot.h)
                fail_msg("step %d at %dx%d: the card covers the plot", step + 1, sizes[i].width, sizes[i].height);
            if (!target && step < 4) {
                click("tour-next");
                assert_int_equal(scene.screen.tour.step, step + 1);
            }
        }
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_all_steps, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_little_is_not_enough, setup, teardown),
        cmocka_unit_test_setup_teardown(test_back_to_now_is_not_going_on, setup, teardown),
        cmocka_unit_test_setup_teardown(test_an_easy_point_is_no_deed, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_rest_of_the_window_waits, setup, teardown),
        cmocka_unit_test_setup_teardown(test_again_from_help, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_ghost_rests, setup, teardown),
        cmocka_unit_test_setup_teardown(test_the_card_hides_nothing, setup, teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
