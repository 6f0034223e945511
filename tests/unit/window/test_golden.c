/* Plot, threshold and timeline as golden pictures: both themes and scales, from the canvas, with the shipped font. */
#include "tests/support/golden_picture.h"
#include "tests/support/screen_scene.h"

#include "app/io/points_csv.h"
#include "app/plot/picture.h"

enum { WIDTH = 900, HEIGHT = 640 };

static ScreenScene scene;

static Canvas cut(const Canvas *from, Rect rect) {
    Canvas piece = {0};
    int x = (int)rect.x, y = (int)rect.y, w = (int)rect.w, h = (int)rect.h;
    assert_true(canvas_resize(&piece, w, h, &scene.status));
    for (int row = 0; row < h; row++)
        memcpy(piece.pixels + (size_t)row * (size_t)w, from->pixels + (size_t)(y + row) * (size_t)from->width + x,
               (size_t)w * sizeof *piece.pixels);
    return piece;
}

/* The threshold's block with what stands below it: growth, order and weights. */
static Rect threshold_place(const Screen *screen) {
    Rect r = screen->panel.threshold.rect;
    float s = screen->scale;
    return (Rect){r.x - 8.0f * s, r.y - 8.0f * s, r.w + 16.0f * s, r.h + 160.0f * s};
}

static void test_pictures(void **state) {
    (void)state;
    const Theme *const themes[] = {&THEME_LIGHT, &THEME_DARK};
    Settings s;
    settings_default(&s);
    s.samples = 1200;
    s.threshold = 0.35;
    scene_train(&scene, &s, 6);
    for (int t = 0; t < 2; t++)
        for (int scale = 1; scale <= 2; scale++) {
            Screen *screen = &scene.screen;
            scene_open(&scene, WIDTH * scale, HEIGHT * scale, (float)scale, themes[t]);
            scene_settle(&scene);
            const struct {
                const char *name;
                Rect rect;
            } views[] = {{"plot", screen->layout.plot},
                         {"threshold", threshold_place(screen)},
                         {"timeline", screen->layout.timeline}};
            for (int v = 0; v < 3; v++) {
                Canvas piece = cut(&screen->canvas, views[v].rect);
                char name[64];
                snprintf(name, sizeof name, "%s-%s-%d", views[v].name, themes[t]->name, scale);
                golden_compare(&piece, name);
                canvas_free(&piece);
            }
            screen_free(screen);
        }
    experiment_free(&scene.run);
}

/* A picture of five scripts and more, in fonts of their own. */
static void test_scripts(void **state) {
    (void)state;
    const Theme *const themes[] = {&THEME_LIGHT, &THEME_DARK};
    static const char *const NAMES[] = {"猫咪 small",  "قطة ١٢ (cat)", "חתול 7",
                                        "แมวที่นี่",       "बिल्ली क्षत्रिय", "🐱 👩‍👩‍👧 🇩🇪",
                                        "한국어, ねこ"};
    enum { CLASSES = sizeof NAMES / sizeof *NAMES, EACH = 20 };
    Settings s;
    Dataset points;
    settings_default(&s);
    assert_true(dataset_init(&points, CLASSES * EACH, CLASSES, &scene.status));
    for (int i = 0; i < CLASSES * EACH; i++) {
        int k = i % CLASSES;
        points.label[i] = (uint8_t)k;
        points.x[i] = (float)(k % 4) + 0.1f * (float)(i % 5);
        points.y[i] = 0.7f * (float)(k / 4) + 0.05f * (float)(i / CLASSES % 7);
    }
    for (int k = 0; k < CLASSES; k++)
        dataset_name_class(&points, k, NAMES[k], strlen(NAMES[k]));
    dataset_bounds(&points);
    Trainer *trainer = trainer_new(&s, &points, &scene.status);
    assert_non_null(trainer);
    trainer_evaluate(trainer);
    Snapshot snapshot = snapshot_of(trainer);
    PlotOptions options = {.field_step = 1};
    for (int t = 0; t < 2; t++) {
        Picture picture;
        assert_true(picture_open(&picture, FONT_DIR, themes[t], 1, 640, 480, &scene.status));
        assert_true(picture_draw(&picture, &snapshot, &options, NULL, 0, 480, &scene.status));
        char name[64];
        snprintf(name, sizeof name, "scripts-%s-1", themes[t]->name);
        golden_compare(&picture.canvas, name);
        picture_close(&picture);
    }
    trainer_free(trainer);
    dataset_free(&points);
}

/* ---- axes of two units: a file whose columns have names and spans of their own; seconds since 1970 ---- */

static void draw_picture(const char *name, const Theme *theme, const Snapshot *snapshot) {
    char file[64];
    Picture picture;
    PlotOptions options = {.field_step = 1};
    assert_true(picture_open(&picture, FONT_DIR, theme, 1.0f, 480, 360, &scene.status));
    assert_true(picture_draw(&picture, snapshot, &options, NULL, 0, 360, &scene.status));
    snprintf(file, sizeof file, "%s-%s-1", name, theme->name);
    golden_compare(&picture.canvas, file);
    picture_close(&picture);
}

static void test_units(void **state) {
    (void)state;
    static const struct {
        const char *name, *file, *columns;
    } files[] = {{"units", "13-units-that-differ.csv", "age,salary,bought"}, {"seconds", "08-unix-seconds.csv", NULL}};
    for (int i = 0; i < 2; i++) {
        char path[512], name[64];
        Dataset points;
        Settings s;
        settings_default(&s);
        s.standardize = true;
        s.order = ORDER_ALL;
        s.learning_rate = 0.2;
        snprintf(path, sizeof path, "%s/cases/%s", TEST_SOURCE_DIR, files[i].file);
        assert_true(points_read(&points, path, &(PointsFormat){.columns = files[i].columns}, &scene.status));
        assert_true(experiment_init(&scene.run, &s, &points, NULL, &scene.status));
        for (int epoch = 0; epoch < 4; epoch++) {
            experiment_push(&scene.run, (Command){.kind = COMMAND_EPOCH});
            experiment_advance(&scene.run, 0.0, scene_no_time, 200.0);
        }
        for (int t = 0; t < 2; t++) {
            const Theme *theme = t ? &THEME_DARK : &THEME_LIGHT;
            scene_open(&scene, 1280, 720, 1.0f, theme);
            scene_settle(&scene);
            plot_hand_pin(&scene.screen.hand, &scene.run.trainer->data, 3);
            scene.screen.hand.told = 3; /* with its card */
            scene_settle(&scene);
            Canvas plot = cut(&scene.screen.canvas, scene.screen.layout.plot);
            snprintf(name, sizeof name, "axes-%s-%s-1", files[i].name, theme->name);
            golden_compare(&plot, name);
            canvas_free(&plot);
            screen_free(&scene.screen);
            Snapshot snapshot = experiment_snapshot(&scene.run);
            snprintf(name, sizeof name, "picture-%s", files[i].name);
            draw_picture(name, theme, &snapshot);
        }
        experiment_free(&scene.run);
    }
}

int main(void) {
    setenv("FONTCONFIG_FILE", TEST_SOURCE_DIR "/support/fonts.conf", 1);
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pictures), cmocka_unit_test(test_scripts),
                                       cmocka_unit_test(test_units)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
