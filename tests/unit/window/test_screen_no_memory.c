/* The window in its states where there is no memory, at each place of the program's that asks for some: the frame is
 * drawn without what that was for, or fails and says why, and once there is memory again the picture is as it was. The
 * colours change from one theme to the other and back, so that marks, regions and pictures are made anew. */
#include "core/parallel.h"
#include "tests/support/screen_states.h"

#include "tests/support/failing_places.h"

enum { WIDTH = 640, HEIGHT = 480 };

static uint32_t right[WIDTH * HEIGHT];

/* A frame of the run as it stands: no other thread is at work. */
static bool draw(const Theme *theme, Status *status) {
    Intents intents = {.preset = -1}, late = {.preset = -1};
    Snapshot snapshot = experiment_snapshot(&scene.run);
    screen()->theme = theme;
    scene.hand.time += 1.0;
    screen_widgets(screen(), &scene.hand, &snapshot, scene.run.speed, &intents);
    return screen_draw(screen(), &snapshot, "", &late, status);
}

/* Both themes. */
static void draw_without(long place) {
    const Theme *const themes[] = {&THEME_DARK, &THEME_LIGHT};
    left = place;
    for (int i = 0; i < 2; i++) {
        Status status = {0};
        if (!draw(themes[i], &status)) {
            long after = left;
            left = -1;
            assert_true(status.code == STATUS_FAILED && strstr(status.message, "memory"));
            left = after;
        }
    }
    left = -1;
}

static void settle(void) {
    for (int i = 0; i < 3; i++)
        assert_true(draw(&THEME_LIGHT, &scene.status));
}

static void soft(void) {
    Settings s = scene.run.trainer->settings;
    s.regularizer = REGULARIZER_LINEAR;
    push((Command){.kind = COMMAND_SETTINGS, .settings = s});
    push((Command){.kind = COMMAND_EPOCH});
}

static void apart(void) {
    Settings s = scene.run.trainer->settings;
    s.test = 0.2;
    s.clean = 8;
    s.pace = PACE_META;
    s.regularizer = REGULARIZER_LINEAR;
    push((Command){.kind = COMMAND_SETTINGS, .settings = s});
    push((Command){.kind = COMMAND_EPOCH});
    screen()->hand.color = PLOT_COLOR_INFLUENCE;
}

static void data_map(void) {
    screen()->map.open = true;
}

static void list_and_map(void) {
    suspects();
    data_map();
}

static const struct {
    const char *name;
    void (*enter)(void), (*leave)(void);
} MORE[] = {
    {"soft", soft, undo},
    {"apart", apart, undo},
    {"map", data_map, nothing},
    {"list and map", list_and_map, nothing},
};

static int state_without(const char *name, void (*enter)(void), void (*leave)(void)) {
    scene_open(&scene, WIDTH, HEIGHT, 1.0f, &THEME_LIGHT);
    scene_settle(&scene);
    enter();
    scene_settle(&scene);
    draw_without(-1); /* what is kept from now on is there */
    settle();
    memcpy(right, screen()->canvas.pixels, sizeof right);
    asked = new_count = 0;
    on_asking = list_place;
    draw_without(-1);
    on_asking = NULL;
    int count = new_count;
    for (int i = 0; i < count; i++) {
        draw_without(new_at[i]);
        settle();
        if (memcmp(right, screen()->canvas.pixels, sizeof right) != 0)
            fail_msg("%s: after place %d of %d the picture stays another", name, i, count);
    }
    screen_free(&scene.screen);
    leave();
    return count;
}

static void each_state(void **state) {
    (void)state;
    int tried = 0;
    parallel_set_threads(1);
    states_begin();
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++)
        tried += state_without(STATES[i].name, STATES[i].enter, STATES[i].leave);
    for (size_t i = 0; i < sizeof MORE / sizeof *MORE; i++)
        tried += state_without(MORE[i].name, MORE[i].enter, MORE[i].leave);
    assert_true(tried > 60);
    states_end();
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(each_state)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
