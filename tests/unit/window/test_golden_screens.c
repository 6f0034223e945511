/* Whole windows in their states as golden pictures: both themes, three sizes, small enough to keep and large enough to
 * see what is amiss. Of a state only what differs from the playing window is kept: the rest has to be as it is there.
 * With GOLDEN_UPDATE=1 the whole pictures are written beside the test program, to be looked at. */
#include "tests/support/golden_picture.h"
#include "tests/support/screen_states.h"

/* ---- pictures ---- */

/* The picture, transparent where it is as in the base. */
static Canvas without(const Canvas *picture, const Canvas *base) {
    Canvas rest = {0};
    Status status = {0};
    assert_true(canvas_resize(&rest, picture->width, picture->height, &status));
    for (size_t i = 0; i < (size_t)picture->width * (size_t)picture->height; i++)
        rest.pixels[i] = base && picture->pixels[i] == base->pixels[i] ? 0 : picture->pixels[i];
    return rest;
}

typedef struct Size {
    int width, height, factor;
} Size;

/* The window in a state; base NULL: all of it. */
static Canvas take(const char *name, void (*enter)(void), Size size, const Theme *theme, const Canvas *base) {
    char file[96];
    scene_open(&scene, size.width, size.height, 1.0f, theme);
    scene_settle(&scene);
    enter();
    scene_settle(&scene);
    Canvas whole = golden_reduced(&scene.screen.canvas, size.factor), kept = without(&whole, base);
    snprintf(file, sizeof file, "screen-%s-%d-%s", name, size.width, theme->name);
    golden_compare(&kept, file);
    if (getenv("GOLDEN_UPDATE")) { /* to be looked at */
        snprintf(file, sizeof file, "whole-%s-%d-%s.png", name, size.width, theme->name);
        golden_save(file, &whole);
    }
    canvas_free(&kept);
    screen_free(&scene.screen);
    return whole;
}

static void test_screens(Size size, const Theme *theme) {
    states_begin();
    Canvas base = take("playing", nothing, size, theme, NULL);
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++) {
        Canvas state = take(STATES[i].name, STATES[i].enter, size, theme, &base);
        STATES[i].leave();
        canvas_free(&state);
    }
    canvas_free(&base);
    states_end();
}

static const Size SMALL = {640, 480, 2}, COMMON = {1280, 720, 2}, LARGE = {1920, 1080, 3};

static void small_light(void **state) {
    (void)state;
    test_screens(SMALL, &THEME_LIGHT);
}

static void small_dark(void **state) {
    (void)state;
    test_screens(SMALL, &THEME_DARK);
}

static void common_light(void **state) {
    (void)state;
    test_screens(COMMON, &THEME_LIGHT);
}

static void common_dark(void **state) {
    (void)state;
    test_screens(COMMON, &THEME_DARK);
}

static void large_light(void **state) {
    (void)state;
    test_screens(LARGE, &THEME_LIGHT);
}

static void large_dark(void **state) {
    (void)state;
    test_screens(LARGE, &THEME_DARK);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(small_light),  cmocka_unit_test(small_dark),
                                       cmocka_unit_test(common_light), cmocka_unit_test(common_dark),
                                       cmocka_unit_test(large_light),  cmocka_unit_test(large_dark)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
