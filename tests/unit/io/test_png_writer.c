/* A PNG of plain pixels, read back by libpng. */
#include "app/io/png_writer.h"

#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRATCH_FILE "a.png"
#include "tests/support/scratch.h"

enum { WIDTH = 5, HEIGHT = 3, PITCH = 8 };

static Status status;

static void rows_lie_a_pitch_apart_and_alpha_is_left_out(void **state) {
    (void)state;
    uint32_t pixels[HEIGHT][PITCH], read[HEIGHT][WIDTH];
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < PITCH; x++)
            pixels[y][x] = x < WIDTH ? 0x40102030u + (uint32_t)(65536 * x + 256 * y) : 0xffffffff;
    assert_true(png_save(path, false, pixels[0], WIDTH, HEIGHT, PITCH, &status));
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_file(&image, path));
    assert_int_equal(image.width, WIDTH);
    assert_int_equal(image.height, HEIGHT);
    assert_int_equal(image.format, PNG_FORMAT_RGB);
    image.format = PNG_FORMAT_BGRA;
    assert_true(png_image_finish_read(&image, NULL, read, 0, NULL));
    png_image_free(&image);
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            assert_int_equal(read[y][x], pixels[y][x] | 0xff000000);
}

static void what_cannot_be_written_is_refused(void **state) {
    (void)state;
    static const uint32_t pixels[WIDTH * HEIGHT];
    assert_false(png_save(path, false, pixels, 0, HEIGHT, WIDTH, &status));
    assert_non_null(strstr(status.message, "the picture is empty"));
    assert_false(png_save("/nonexistent/a.png", false, pixels, WIDTH, HEIGHT, WIDTH, &status));
    assert_int_equal(status.code, STATUS_FAILED);
    assert_true(png_save(path, false, pixels, WIDTH, HEIGHT, WIDTH, &status));
    assert_false(png_save(path, false, pixels, WIDTH, HEIGHT, WIDTH, &status));
    assert_int_equal(status.code, STATUS_EXISTS);
    assert_false(png_save("/dev/full", true, pixels, WIDTH, HEIGHT, WIDTH, &status));
    assert_non_null(strstr(status.message, "No space left"));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(rows_lie_a_pitch_apart_and_alpha_is_left_out),
        TEST(what_cannot_be_written_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
