/* Pictures that cannot be written: the message says why, and no file is left. Allocators and what libpng begins with
 * are replaced by the linker (--wrap). */
#include "app/io/png_bytes.h"
#include "app/io/png_writer.h"
#include "tests/support/failing_memory.h"

#include <png.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define SCRATCH_FILE "a.png"
#include "tests/support/scratch.h"

enum { SIDE = 400 };

static Status status;
static uint32_t pixels[SIDE * SIDE];

/* ---- libpng ---- */

static bool no_writer, no_info;

png_structp __real_png_create_write_struct(png_const_charp version, png_voidp pointer, png_error_ptr error,
                                           png_error_ptr warning);
png_structp __wrap_png_create_write_struct(png_const_charp version, png_voidp pointer, png_error_ptr error,
                                           png_error_ptr warning);
png_structp __wrap_png_create_write_struct(png_const_charp version, png_voidp pointer, png_error_ptr error,
                                           png_error_ptr warning) {
    return no_writer ? NULL : __real_png_create_write_struct(version, pointer, error, warning);
}

png_infop __real_png_create_info_struct(png_const_structrp png);
png_infop __wrap_png_create_info_struct(png_const_structrp png);
png_infop __wrap_png_create_info_struct(png_const_structrp png) {
    return no_info ? NULL : __real_png_create_info_struct(png);
}

/* ---- */

static bool save(const char *name) {
    status = (Status){0};
    bool done = png_save(name, true, pixels, SIDE, SIDE, SIDE, &status);
    left = -1;
    return done;
}

static void assert_refused(void) {
    assert_false(save(path));
    assert_string_equal(status.message, "not enough memory for the picture");
    assert_int_equal(access(path, F_OK), -1);
}

static void without_memory_there_is_no_picture(void **state) {
    (void)state;
    for (left = 0; left < 2;) { /* the writer, a row */
        long n = left;
        assert_refused();
        left = n + 1;
    }
    left = -1;
    no_writer = true;
    assert_refused();
    no_writer = false;
    no_info = true;
    assert_refused();
    no_info = false;
    assert_true(save(path));
}

/* ---- in memory ---- */

static const struct {
    uint32_t colors; /* how many, so that they are a palette or not */
    bool opaque;
} PICTURES[] = {{1, true}, {200, true}, {200, false}, {100000, true}, {100000, false}};

static void paint(size_t picture) {
    for (uint32_t i = 0; i < SIDE * SIDE; i++)
        pixels[i] = (PICTURES[picture].opaque ? 0xff000000 : (i % 7 + 9) << 24) | i % PICTURES[picture].colors * 37;
}

static PngBytes *bytes_made(void) {
    status = (Status){0};
    PngBytes *png = png_bytes_begin(pixels, SIDE, SIDE, &status);
    for (int rows_left = png ? SIDE : 0; png && rows_left > 0;)
        if (!png_bytes_rows(png, 150, &rows_left, &status)) {
            png_bytes_free(png);
            png = NULL;
        }
    left = -1;
    return png;
}

static void a_picture_in_memory_is_read_as_it_was(void **state) {
    (void)state;
    static uint8_t back[4 * SIDE * SIDE];
    for (size_t k = 0; k < sizeof PICTURES / sizeof *PICTURES; k++) {
        paint(k);
        PngBytes *png = bytes_made();
        assert_non_null(png);
        size_t size;
        const uint8_t *bytes = png_bytes_of(png, &size);
        png_image image = {.version = PNG_IMAGE_VERSION};
        assert_true(png_image_begin_read_from_memory(&image, bytes, size));
        image.format = PNG_FORMAT_RGBA;
        assert_true(png_image_finish_read(&image, NULL, back, 0, NULL));
        for (size_t i = 0; i < SIDE * SIDE; i++) {
            const uint8_t *b = back + 4 * i;
            assert_int_equal((uint32_t)b[3] << 24 | (uint32_t)b[0] << 16 | (uint32_t)b[1] << 8 | b[2], pixels[i]);
        }
        png_bytes_free(png);
    }
}

static void no_bytes(void) {
    assert_null(bytes_made());
    assert_string_equal(status.message, "not enough memory for a picture");
}

static void without_memory_there_are_no_bytes(void **state) {
    (void)state;
    PngBytes *png = NULL;
    long asked = 0;
    paint(4);
    for (; !png; asked++) {
        left = asked;
        png = bytes_made();
        assert_true(png || strcmp(status.message, "not enough memory for a picture") == 0);
    }
    assert_true(asked > 4); /* itself, a row, and its bytes as they become more */
    png_bytes_free(png);
    png_bytes_free(NULL);
    no_writer = true;
    no_bytes();
    no_writer = false;
    no_info = true;
    no_bytes();
    no_info = false;
}

/* Rows that nothing makes shorter: the disk is full long before the end. */
static void a_full_disk_is_told_with_its_reason(void **state) {
    (void)state;
    uint32_t random = 1;
    for (size_t i = 0; i < sizeof pixels / sizeof *pixels; i++)
        pixels[i] = random = random * 1664525u + 1013904223u;
    PngWriter *png = png_begin("/dev/full", true, SIDE, SIDE, &status);
    assert_non_null(png);
    int rows = 0;
    while (rows < SIDE && png_row(png, pixels + (size_t)rows * SIDE, &status))
        rows++;
    assert_in_range(rows, 1, SIDE - 1);
    assert_int_equal(strncmp(status.message, "cannot write /dev/full: No space left on device", 47), 0);
    png_abandon(png);
    png_abandon(NULL);
    assert_false(save("/dev/full"));
    memset(pixels, 0, sizeof pixels);
    assert_false(save("/dev/full")); /* so short that it is written at the end */
    assert_int_equal(strncmp(status.message, "cannot write /dev/full: No space left on device", 47), 0);
}

static void what_libpng_refuses_is_told_in_its_words(void **state) {
    (void)state;
    enum { MORE_THAN_IT_WRITES = 1000001 };
    assert_null(png_begin(path, true, MORE_THAN_IT_WRITES, 1, &status));
    char message[200];
    snprintf(message, sizeof message, "cannot write %s: Invalid IHDR data", path);
    assert_string_equal(status.message, message);
    assert_int_equal(access(path, F_OK), -1);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(without_memory_there_is_no_picture),       TEST(a_picture_in_memory_is_read_as_it_was),
        TEST(without_memory_there_are_no_bytes),        TEST(a_full_disk_is_told_with_its_reason),
        TEST(what_libpng_refuses_is_told_in_its_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
