/* Plot, threshold and timeline as they were when somebody last looked at them and found them right: both
 * themes, scale 1 and 2, from the canvas, with the shipped font. A difference leaves expected, actual and
 * marked pictures beside the test program. To look anew and keep what is drawn now: GOLDEN_UPDATE=1
 * build/sanitize/tests/test_golden */
#include "app/experiment/experiment.h"
#include "app/io/png_writer.h"
#include "app/window/screen.h"

#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { WIDTH = 900, HEIGHT = 640 };

static Status status;

static double fixed_now(void) {
    return 100.0;
}

static Canvas cut(const Canvas *from, Rect rect) {
    Canvas piece = {0};
    int x = (int)rect.x, y = (int)rect.y, w = (int)rect.w, h = (int)rect.h;
    assert_true(canvas_resize(&piece, w, h, &status));
    for (int row = 0; row < h; row++)
        memcpy(piece.pixels + (size_t)row * (size_t)w, from->pixels + (size_t)(y + row) * (size_t)from->width + x,
               (size_t)w * sizeof *piece.pixels);
    return piece;
}

static uint32_t *read_png(const char *path, int width, int height) {
    png_image image = {.version = PNG_IMAGE_VERSION};
    if (!png_image_begin_read_from_file(&image, path))
        return NULL;
    image.format = PNG_FORMAT_BGRA;
    uint32_t *pixels = NULL;
    if ((int)image.width == width && (int)image.height == height)
        pixels = malloc(PNG_IMAGE_SIZE(image));
    if (pixels && !png_image_finish_read(&image, NULL, pixels, 0, NULL)) {
        free(pixels);
        pixels = NULL;
    }
    png_image_free(&image);
    return pixels;
}

static bool save(const char *path, const Canvas *canvas, Status *into) {
    return png_save(path, true, canvas->pixels, canvas->width, canvas->height, (size_t)canvas->width, into);
}

static int distance(uint32_t a, uint32_t b) {
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int d = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        most = d > most ? d : most;
    }
    return most;
}

static void compare(Canvas *actual, const char *view, const char *theme, int scale) {
    char path[512], name[128];
    snprintf(name, sizeof name, "%s-%s-%d", view, theme, scale);
    snprintf(path, sizeof path, "%s/golden/%s.png", TEST_SOURCE_DIR, name);
    if (getenv("GOLDEN_UPDATE")) {
        if (!save(path, actual, &status))
            fail_msg("%s", status.message);
        return;
    }
    uint32_t *expected = read_png(path, actual->width, actual->height);
    if (!expected)
        fail_msg("%s is missing or of another size", path);
    size_t count = (size_t)actual->width * (size_t)actual->height, near = 0, far = 0;
    for (size_t i = 0; i < count; i++) {
        int d = distance(expected[i], actual->pixels[i]);
        near += d > 0 && d <= 2;
        far += d > 2;
    }
    /* Bit-exact where multiplications and additions are fused as they were for the golden picture; without, a
     * region's shade may round to its neighbour here and there. */
    if (far > 0 || near > count / 200) {
        snprintf(path, sizeof path, "golden-%s-actual.png", name);
        save(path, actual, &status);
        for (size_t i = 0; i < count; i++)
            actual->pixels[i] = distance(expected[i], actual->pixels[i]) > 2 ? 0xffff0000 : 0xffffffff;
        snprintf(path, sizeof path, "golden-%s-different.png", name);
        save(path, actual, &status);
        fail_msg("%s: %zu pixels differ, %zu a little", name, far, near);
    }
    free(expected);
}

/* The threshold's block with what stands below it: growth, order and weights. */
static Rect threshold_place(const Screen *screen) {
    Rect r = screen->panel.threshold.rect;
    float s = screen->scale;
    return (Rect){r.x - 8.0f * s, r.y - 8.0f * s, r.w + 16.0f * s, r.h + 160.0f * s};
}

static void draw(Screen *screen, Experiment *experiment, UiInput *input) {
    for (int i = 0; i < 4; i++) { /* until nothing moves any more */
        input->time += 5.0;
        Intents intents = {.preset = -1}, late = {.preset = -1};
        Snapshot snapshot = experiment_snapshot(experiment);
        screen_widgets(screen, input, &snapshot, experiment->speed, &intents);
        experiment_advance(experiment, 0.0, fixed_now, 200.0);
        experiment_evaluate(experiment);
        snapshot = experiment_snapshot(experiment);
        if (!screen_draw(screen, &snapshot, "", &late, &status))
            fail_msg("%s", status.message);
    }
}

static void test_pictures(void **state) {
    (void)state;
    const Theme *const themes[] = {&THEME_LIGHT, &THEME_DARK};
    Settings s;
    settings_default(&s);
    s.samples = 1200;
    s.threshold = 0.35;
    static Experiment experiment;
    assert_true(experiment_init(&experiment, &s, NULL, NULL, &status));
    for (int i = 0; i < 6; i++) {
        experiment_push(&experiment, (Command){.kind = COMMAND_EPOCH});
        experiment_advance(&experiment, 0.0, fixed_now, 200.0);
    }
    for (int t = 0; t < 2; t++)
        for (int scale = 1; scale <= 2; scale++) {
            static Screen screen;
            UiInput input = {.mouse_x = -1.0f, .mouse_y = -1.0f};
            if (!screen_init(&screen, FONT_DIR, WIDTH * scale, HEIGHT * scale, (float)scale, themes[t], &status))
                fail_msg("%s", status.message);
            draw(&screen, &experiment, &input);
            const struct {
                const char *name;
                Rect rect;
            } views[] = {{"plot", screen.layout.plot},
                         {"threshold", threshold_place(&screen)},
                         {"timeline", screen.layout.timeline}};
            for (int v = 0; v < 3; v++) {
                Canvas piece = cut(&screen.canvas, views[v].rect);
                compare(&piece, views[v].name, themes[t]->name, scale);
                canvas_free(&piece);
            }
            screen_free(&screen);
        }
    experiment_free(&experiment);
}

int main(void) {
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_pictures)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
