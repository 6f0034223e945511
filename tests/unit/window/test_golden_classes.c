/* Whole windows, at half their size, and pictures of a run of ten and of 31 classes, as golden pictures. */
#include "tests/support/golden_picture.h"
#include "tests/support/screen_scene.h"

#include "app/plot/picture.h"

#include <math.h>

static ScreenScene scene;

/* Blobs on a ring, of which some classes are in after a few epochs. */
static void train(int classes) {
    Settings s;
    settings_default(&s);
    s.dataset = DATASET_BLOBS;
    s.samples = 40 * classes;
    s.noise = classes > 20 ? 0.6 : 1.0;
    s.centroid_count = classes;
    for (int k = 0; k < classes; k++) {
        s.centroids[2 * k] = 0.42 * classes * cos(2.0 * 3.14159265358979 * k / classes);
        s.centroids[2 * k + 1] = 0.42 * classes * sin(2.0 * 3.14159265358979 * k / classes);
    }
    s.standardize = true;
    s.learning_rate = 0.05;
    s.warmup = 3;
    s.threshold = classes > 20 ? 1.6 : 0.8;
    s.growing_factor = 1.05;
    s.epochs = 12;
    scene_train(&scene, &s, 8);
}

static void compare_screen(int classes, const Theme *theme, int width, int height) {
    char name[64];
    scene_open(&scene, width, height, 1.0f, theme);
    scene_settle(&scene);
    Canvas half = golden_reduced(&scene.screen.canvas, 2);
    snprintf(name, sizeof name, "classes-%d-screen-%d-%s", classes, width, theme->name);
    golden_compare(&half, name);
    canvas_free(&half);
    screen_free(&scene.screen);
}

static void compare_picture(int classes, const Theme *theme) {
    Picture picture;
    char name[64];
    PlotOptions options = {.ring_hard = true, .field_step = 1};
    experiment_evaluate(&scene.run);
    Snapshot snapshot = experiment_snapshot(&scene.run);
    assert_true(picture_open(&picture, FONT_DIR, theme, 1.0f, PICTURE_WIDTH, PICTURE_HEIGHT, &scene.status));
    assert_true(picture_draw(&picture, &snapshot, &options, NULL, 0, PICTURE_HEIGHT, &scene.status));
    snprintf(name, sizeof name, "classes-%d-picture-%s-1", classes, theme->name);
    golden_compare(&picture.canvas, name);
    picture_close(&picture);
}

static void many_classes_look_as_they_did(void **state) {
    (void)state;
    const Theme *const themes[] = {&THEME_LIGHT, &THEME_DARK};
    for (int classes = 10; classes <= 31; classes += 21) {
        train(classes);
        for (int t = 0; t < 2; t++) {
            compare_screen(classes, themes[t], 1280, 720);
            compare_picture(classes, themes[t]);
        }
        compare_screen(classes, classes == 10 ? &THEME_LIGHT : &THEME_DARK, 640, 480);
        experiment_free(&scene.run);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(many_classes_look_as_they_did)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
