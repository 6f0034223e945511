/* Plot, threshold and timeline as golden pictures: both themes and scales, from the canvas, with the shipped font. */
#include "tests/support/golden_picture.h"
#include "tests/support/screen_scene.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pictures)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
