/* Screens and pieces of them against golden pictures in tests/golden. A difference leaves actual and marked pictures
 * beside the test program; GOLDEN_UPDATE=1 keeps what is drawn now. Include after cmocka.h. */
#ifndef EASYFIRST_GOLDEN_PICTURES_H
#define EASYFIRST_GOLDEN_PICTURES_H

#include "app/experiment/experiment.h"
#include "app/io/png_writer.h"
#include "app/window/screen.h"

#include <png.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

static Status status;

static inline double fixed_now(void) {
    return 100.0;
}

static inline Canvas cut(const Canvas *from, Rect rect) {
    Canvas piece = {0};
    int x = (int)rect.x, y = (int)rect.y, w = (int)rect.w, h = (int)rect.h;
    assert_true(canvas_resize(&piece, w, h, &status));
    for (int row = 0; row < h; row++)
        memcpy(piece.pixels + (size_t)row * (size_t)w, from->pixels + (size_t)(y + row) * (size_t)from->width + x,
               (size_t)w * sizeof *piece.pixels);
    return piece;
}

static inline uint32_t *read_png(const char *path, int width, int height) {
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

static inline bool save(const char *path, const Canvas *canvas, Status *into) {
    return png_save(path, true, canvas->pixels, canvas->width, canvas->height, (size_t)canvas->width, into);
}

static inline int distance(uint32_t a, uint32_t b) {
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int d = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        most = d > most ? d : most;
    }
    return most;
}

static inline void compare(Canvas *actual, const char *view, const char *theme, int scale) {
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

static inline void draw(Screen *screen, Experiment *experiment, UiInput *input) {
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

/* At half the size: enough to see what is amiss, and a third of the bytes. */
static inline Canvas halved(const Canvas *from) {
    Canvas half = {0};
    assert_true(canvas_resize(&half, from->width / 2, from->height / 2, &status));
    for (int y = 0; y < half.height; y++)
        for (int x = 0; x < half.width; x++) {
            const uint32_t *p = from->pixels + (size_t)(2 * y) * (size_t)from->width + 2 * x;
            uint32_t four[] = {p[0], p[1], p[from->width], p[from->width + 1]}, mean = 0xff000000;
            for (int shift = 0; shift < 24; shift += 8) {
                uint32_t sum = 2;
                for (int i = 0; i < 4; i++)
                    sum += four[i] >> shift & 255;
                mean |= sum / 4 << shift;
            }
            half.pixels[(size_t)y * (size_t)half.width + (size_t)x] = mean;
        }
    return half;
}

#endif
