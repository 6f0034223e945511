/* Pictures as they were when somebody last looked at them and found them right. A difference leaves what is drawn now,
 * and where it differs, beside the test program. To keep what is drawn now: GOLDEN_UPDATE=1 in the environment, the
 * test program run in its own folder; then look at what has changed. */
#ifndef EASYFIRST_GOLDEN_PICTURE_H
#define EASYFIRST_GOLDEN_PICTURE_H

#include "app/draw/canvas.h"
#include "app/io/png_writer.h"

#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

/* Pixels of a PNG of that size, 0xAARRGGBB; NULL if there is none. The caller frees them. */
static inline uint32_t *golden_read(const char *path, int width, int height) {
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

static inline void golden_save(const char *path, const Canvas *canvas) {
    Status status = {0};
    if (!png_save(path, true, canvas->pixels, canvas->width, canvas->height, (size_t)canvas->width, &status))
        fail_msg("%s", status.message);
}

/* Of two colours, the channel that differs most. */
static inline int golden_distance(uint32_t a, uint32_t b) {
    int most = 0;
    for (int shift = 0; shift < 24; shift += 8) {
        int d = abs((int)(a >> shift & 255) - (int)(b >> shift & 255));
        most = d > most ? d : most;
    }
    return most;
}

/* Against golden/NAME.png. Pixels are changed after a difference. */
static inline void golden_compare(Canvas *actual, const char *name) {
    char path[512];
    snprintf(path, sizeof path, "%s/golden/%s.png", TEST_SOURCE_DIR, name);
    if (getenv("GOLDEN_UPDATE")) {
        golden_save(path, actual);
        return;
    }
    uint32_t *expected = golden_read(path, actual->width, actual->height);
    if (!expected)
        fail_msg("%s is missing or of another size", path);
    size_t count = (size_t)actual->width * (size_t)actual->height, near = 0, far = 0;
    for (size_t i = 0; i < count; i++) {
        int d = golden_distance(expected[i], actual->pixels[i]);
        near += d > 0 && d <= 2;
        far += d > 2;
    }
    /* Bit-exact where multiplications and additions are fused as they were for the golden picture; without, a
     * region's shade may round to its neighbour here and there. */
    if (far > 0 || near > count / 200) {
        snprintf(path, sizeof path, "golden-%s-actual.png", name);
        golden_save(path, actual);
        for (size_t i = 0; i < count; i++)
            actual->pixels[i] = golden_distance(expected[i], actual->pixels[i]) > 2 ? 0xffff0000 : 0xffffffff;
        snprintf(path, sizeof path, "golden-%s-different.png", name);
        golden_save(path, actual);
        fail_msg("%s: %zu pixels differ, %zu a little", name, far, near);
    }
    free(expected);
}

/* At 1 / factor of the size: enough to see what is amiss. */
static inline Canvas golden_reduced(const Canvas *from, int factor) {
    Canvas to = {0};
    Status status = {0};
    assert_true(canvas_resize(&to, from->width / factor, from->height / factor, &status));
    for (int y = 0; y < to.height; y++)
        for (int x = 0; x < to.width; x++) {
            uint32_t sum[3] = {0}, pixels = (uint32_t)(factor * factor);
            for (int row = y * factor; row < (y + 1) * factor; row++) {
                const uint32_t *p = from->pixels + (size_t)row * (size_t)from->width + (size_t)(x * factor);
                for (const uint32_t *end = p + factor; p < end; p++) {
                    sum[0] += *p & 255;
                    sum[1] += *p >> 8 & 255;
                    sum[2] += *p >> 16 & 255;
                }
            }
            uint32_t mean = 0xff000000;
            for (int c = 0; c < 3; c++)
                mean |= (sum[c] + pixels / 2) / pixels << (8 * c);
            to.pixels[(size_t)y * (size_t)to.width + (size_t)x] = mean;
        }
    return to;
}

#endif
