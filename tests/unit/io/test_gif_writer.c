/* The animation, read back by a decoder of its own: frames, sizes, colours, delays, loop; and what is left on
 * disk. */
#include "app/io/gif_writer.h"
#include "app/draw/canvas.h"
#include "app/draw/theme.h"
#include "app/plot/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRATCH_FILE "a.gif"
#include "tests/support/scratch.h"

#define WIDTH 70
#define HEIGHT 40
#define PIXELS (WIDTH * HEIGHT)
#define MOST_FRAMES 64

static Status status;

/* ---- A plain GIF decoder ---- */

typedef struct Gif {
    int width, height, frames, loops; /* loops: -1 without the extension */
    int colors;                       /* of the table, a power of 2 */
    int delays[MOST_FRAMES];
    uint32_t pictures[MOST_FRAMES][PIXELS]; /* composed */
} Gif;

static Gif gif;

static uint8_t *read_file(size_t *size) {
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    static uint8_t bytes[1 << 20];
    *size = fread(bytes, 1, sizeof bytes, file);
    assert_true(*size > 0 && *size < sizeof bytes);
    fclose(file);
    return bytes;
}

/* Gathers the sub-blocks at p into data; returns the byte behind them. */
static const uint8_t *gather(const uint8_t *p, uint8_t *data, size_t most, size_t *size) {
    for (*size = 0; *p; p += *p + 1) {
        assert_true(*size + *p <= most);
        memcpy(data + *size, p + 1, *p);
        *size += *p;
    }
    return p + 1;
}

/* LZW as in the GIF89a specification, appendix F. */
static void unpack(const uint8_t *data, size_t size, int bits, uint8_t *out, size_t count) {
    static uint16_t prefix[4096];
    static uint8_t suffix[4096], stack[4096];
    int clear = 1 << bits, end = clear + 1, next = end + 1, width = bits + 1, before = -1;
    uint8_t first = 0;
    size_t bit = 0, written = 0;
    while (true) {
        int code = 0;
        for (int i = 0; i < width; i++, bit++) {
            assert_true(bit / 8 < size);
            code |= (data[bit / 8] >> (bit % 8) & 1) << i;
        }
        if (code == end)
            break;
        if (code == clear) {
            next = end + 1;
            width = bits + 1;
            before = -1;
            continue;
        }
        assert_true(code < next || (code == next && before >= 0));
        int depth = 0, at = code;
        if (code == next) {
            stack[depth++] = first;
            at = before;
        }
        for (; at > end; at = prefix[at])
            stack[depth++] = suffix[at];
        first = (uint8_t)at;
        stack[depth++] = first;
        while (depth > 0) {
            assert_true(written < count);
            out[written++] = stack[--depth];
        }
        if (before >= 0 && next < 4096) {
            prefix[next] = (uint16_t)before;
            suffix[next++] = first;
            if (next == 1 << width && width < 12)
                width++;
        }
        before = code;
    }
    assert_int_equal(written, count);
}

static void decode(void) {
    size_t size;
    const uint8_t *bytes = read_file(&size), *p = bytes + 13;
    memset(&gif, 0, sizeof gif);
    gif.loops = -1;
    assert_memory_equal(bytes, "GIF89a", 6);
    gif.width = bytes[6] | bytes[7] << 8;
    gif.height = bytes[8] | bytes[9] << 8;
    assert_int_equal(gif.width, WIDTH);
    assert_int_equal(gif.height, HEIGHT);
    assert_true(bytes[10] & 0x80); /* one palette for all */
    const uint8_t *palette = p;
    gif.colors = 2 << (bytes[10] & 7);
    p += 3 * gif.colors;
    static uint8_t data[1 << 20], indices[PIXELS];
    int transparent = -1;
    while (*p != 0x3b) {
        if (*p == 0x21 && p[1] == 0xff) { /* application: the loop */
            assert_memory_equal(p + 3, "NETSCAPE2.0", 11);
            gif.loops = p[16] | p[17] << 8;
            p += 19;
        } else if (*p == 0x21 && p[1] == 0xf9) { /* delay and transparency */
            gif.delays[gif.frames] = p[4] | p[5] << 8;
            transparent = p[3] & 1 ? p[6] : -1;
            p += 8;
        } else {
            assert_int_equal(*p, 0x2c);
            int left = p[1] | p[2] << 8, top = p[3] | p[4] << 8, w = p[5] | p[6] << 8, h = p[7] | p[8] << 8;
            assert_true(left + w <= WIDTH && top + h <= HEIGHT && (p[9] & 0xc0) == 0);
            int bits = p[10];
            p = gather(p + 11, data, sizeof data, &size);
            unpack(data, size, bits, indices, (size_t)(w * h));
            uint32_t *picture = gif.pictures[gif.frames];
            if (gif.frames > 0)
                memcpy(picture, gif.pictures[gif.frames - 1], sizeof gif.pictures[0]);
            for (int i = 0; i < w * h; i++) {
                const uint8_t *rgb = palette + 3 * indices[i];
                if (indices[i] != transparent)
                    picture[(top + i / w) * WIDTH + left + i % w] =
                        0xff000000u | (uint32_t)(rgb[0] << 16 | rgb[1] << 8 | rgb[2]);
            }
            gif.frames++;
            assert_true(gif.frames < MOST_FRAMES);
        }
    }
}

/* ---- Tests ---- */

/* Picture number i: stripes of the palette that move. */
static void paint(Canvas *canvas, const Color *colors, int count, int i) {
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++)
            canvas->pixels[y * WIDTH + x] = colors[(x / 3 + (y > 20 ? i * y : 0)) % count];
}

static void frames_come_back(void **state) {
    (void)state;
    Color colors[255];
    for (uint32_t i = 0; i < 255; i++)
        colors[i] = 0xff000000u | (i & 7) * 36 << 16 | (i >> 3 & 7) * 36 << 8 | (i >> 6) * 80;
    static const int COUNTS[] = {255, 254, 7, 2, 1};
    for (int run = 0; run < 5; run++) {
        int count = COUNTS[run];
        Canvas canvas = {0};
        assert_true(canvas_resize(&canvas, WIDTH, HEIGHT, &status));
        GifWriter *writer = gif_begin(path, true, WIDTH, HEIGHT, colors, (size_t)count, &status);
        assert_non_null(writer);
        for (int i = 0; i < 5; i++) {
            paint(&canvas, colors, count, i < 4 ? i : 3); /* the last one is as the one before */
            static uint32_t wider[HEIGHT][WIDTH + 5];
            for (int y = 0; y < HEIGHT; y++)
                memcpy(wider[y], canvas.pixels + y * WIDTH, sizeof *canvas.pixels * WIDTH);
            assert_true(gif_frame(writer, wider[0], WIDTH + 5, 10 + i, &status));
        }
        assert_true(gif_commit(writer, &status));
        decode();
        assert_int_equal(gif.frames, 5);
        assert_int_equal(gif.loops, 0); /* for ever */
        for (int i = 0; i < 5; i++) {
            assert_int_equal(gif.delays[i], 10 + i);
            paint(&canvas, colors, count, i < 4 ? i : 3);
            assert_memory_equal(gif.pictures[i], canvas.pixels, sizeof gif.pictures[i]);
        }
        assert_int_equal(files_in_folder(), 1);
        canvas_free(&canvas);
    }
}

static void colors_go_to_the_nearest(void **state) {
    (void)state;
    static const Color PALETTE[] = {0xff102030, 0xfff0f0f0, 0xff1f77b4, 0xff1f77b4,
                                    0xff1f77b4, 0xff1f77b4, 0xff1f77b4, 0xffff7f0e};
    static const Color GIVEN[] = {0xff0f2131, 0xffffffff, 0xff2a80b0, 0xffe08020, 0xff102030};
    static const Color SHOWN[] = {0xff102030, 0xfff0f0f0, 0xff1f77b4, 0xffff7f0e, 0xff102030};
    Canvas canvas = {0};
    assert_true(canvas_resize(&canvas, WIDTH, HEIGHT, &status));
    for (int i = 0; i < PIXELS; i++)
        canvas.pixels[i] = GIVEN[i % 5];
    GifWriter *writer = gif_begin(path, true, WIDTH, HEIGHT, PALETTE, 8, &status);
    assert_non_null(writer);
    assert_true(gif_frame(writer, canvas.pixels, WIDTH, 2, &status));
    assert_true(gif_commit(writer, &status));
    decode();
    assert_int_equal(gif.colors, 8); /* four different ones and the transparent one */
    for (int i = 0; i < PIXELS; i++)
        assert_int_equal(gif.pictures[0][i], SHOWN[i % 5]);
    canvas_free(&canvas);
}

/* Regions that move slowly over each other, in shades far finer than the palette's, and a mark that goes. */
static void paint_regions(Canvas *canvas, int i) {
    for (int y = 0; y < HEIGHT; y++)
        for (int x = 0; x < WIDTH; x++) {
            float side = (float)(x - WIDTH / 2) / 30.0f + 0.02f * (float)(i * (y - 10)) / 10.0f;
            float share = side < 0.0f ? -side : side;
            Color to = THEME_LIGHT.region[side < 0.0f ? 0 : 1];
            canvas->pixels[y * WIDTH + x] = color_mix(THEME_LIGHT.region_neutral, to, share < 1.0f ? share : 1.0f);
        }
    canvas_disc(canvas, 10.0f + 4.0f * (float)i, 20.0f, 5.0f, THEME_LIGHT.class_fill[0]);
}

/* Every pixel of every frame is the palette's nearest to what was drawn, to within half a step of a region's shades,
 * and what was there before leaves no trace: a frame in an animation is that frame alone. */
static void frames_do_not_depend_on_earlier_ones(void **state) {
    (void)state;
    enum { FRAMES = 12, HALF_STEP = 4 };
    static uint32_t kept[FRAMES][PIXELS];
    Color palette[PICTURE_PALETTE];
    Settings settings;
    settings_default(&settings);
    size_t count = picture_palette(&THEME_LIGHT, &settings, 2, PLOT_COLOR_CLASS, 1, palette);
    Canvas canvas = {0};
    assert_true(canvas_resize(&canvas, WIDTH, HEIGHT, &status));
    GifWriter *writer = gif_begin(path, true, WIDTH, HEIGHT, palette, count, &status);
    assert_non_null(writer);
    for (int i = 0; i < FRAMES; i++) {
        paint_regions(&canvas, i);
        assert_true(gif_frame(writer, canvas.pixels, WIDTH, 10, &status));
    }
    assert_true(gif_commit(writer, &status));
    decode();
    assert_int_equal(gif.frames, FRAMES);
    memcpy(kept, gif.pictures, sizeof kept);
    for (int i = 0; i < FRAMES; i++) {
        paint_regions(&canvas, i);
        for (int k = 0; k < PIXELS; k++) {
            if (abs(k / WIDTH - 20) <= 6) /* the mark's edges blend with what they lie on */
                continue;
            for (int shift = 0; shift < 24; shift += 8)
                assert_true(abs((int)(kept[i][k] >> shift & 255) - (int)(canvas.pixels[k] >> shift & 255)) <=
                            HALF_STEP);
        }
        writer = gif_begin(path, true, WIDTH, HEIGHT, palette, count, &status);
        assert_non_null(writer);
        assert_true(gif_frame(writer, canvas.pixels, WIDTH, 10, &status));
        assert_true(gif_commit(writer, &status));
        decode();
        assert_memory_equal(gif.pictures[0], kept[i], sizeof kept[i]);
    }
    canvas_free(&canvas);
}

static void write_text(const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void assert_text(const char *text) {
    size_t size;
    const uint8_t *bytes = read_file(&size);
    assert_int_equal(size, strlen(text));
    assert_memory_equal(bytes, text, size);
}

static void existing_file_stays(void **state) {
    (void)state;
    static const Color BLACK = 0xff000000;
    write_text("precious");
    assert_null(gif_begin(path, false, WIDTH, HEIGHT, &BLACK, 1, &status));
    assert_int_equal(status.code, STATUS_EXISTS);
    assert_non_null(strstr(status.message, path));
    assert_text("precious");
    assert_int_equal(files_in_folder(), 1);
}

static void abandon_leaves_nothing(void **state) {
    (void)state;
    static const Color BLACK = 0xff000000;
    Canvas canvas = {0};
    assert_true(canvas_resize(&canvas, WIDTH, HEIGHT, &status));
    canvas_fill(&canvas, BLACK);
    for (int frames = 0; frames < 4; frames++) {
        GifWriter *writer = gif_begin(path, false, WIDTH, HEIGHT, &BLACK, 1, &status);
        assert_non_null(writer);
        for (int i = 0; i < frames; i++)
            assert_true(gif_frame(writer, canvas.pixels, WIDTH, 50, &status));
        gif_abandon(writer);
        assert_int_equal(files_in_folder(), 0);
    }
    gif_abandon(NULL);
    write_text("precious"); /* and an old file stays, even when it was to be replaced */
    GifWriter *writer = gif_begin(path, true, WIDTH, HEIGHT, &BLACK, 1, &status);
    assert_non_null(writer);
    assert_true(gif_frame(writer, canvas.pixels, WIDTH, 50, &status));
    gif_abandon(writer);
    assert_text("precious");
    canvas_free(&canvas);
}

static void failures_name_the_path(void **state) {
    (void)state;
    static const Color BLACK = 0xff000000;
    assert_null(gif_begin("/nonexistent/a.gif", false, WIDTH, HEIGHT, &BLACK, 1, &status));
    assert_non_null(strstr(status.message, "/nonexistent/a.gif"));
    assert_null(gif_begin(path, false, 70000, HEIGHT, &BLACK, 1, &status));
    assert_non_null(strstr(status.message, path));
    assert_int_equal(files_in_folder(), 0);

    /* A full disk: written straight, so the first flush fails. */
    if (access("/dev/full", W_OK) != 0)
        return;
    Canvas canvas = {0};
    assert_true(canvas_resize(&canvas, WIDTH, HEIGHT, &status));
    Color colors[255];
    for (uint32_t i = 0; i < 255; i++)
        colors[i] = 0xff000000u | i * 65793u;
    GifWriter *writer = gif_begin("/dev/full", true, WIDTH, HEIGHT, colors, 255, &status);
    bool written = writer != NULL;
    for (int i = 0; i < 50 && written; i++) {
        for (int k = 0; k < PIXELS; k++)
            canvas.pixels[k] = colors[(k * 7919 + i * 31 + k / 3) % 255];
        written = gif_frame(writer, canvas.pixels, WIDTH, 2, &status);
    }
    if (written)
        written = gif_commit(writer, &status);
    else if (writer)
        gif_abandon(writer);
    assert_false(written);
    assert_non_null(strstr(status.message, "/dev/full"));
    assert_non_null(strstr(status.message, "No space"));
    canvas_free(&canvas);
}

#define in_folder(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)

int main(void) {
    const struct CMUnitTest tests[] = {
        in_folder(frames_come_back),         in_folder(frames_do_not_depend_on_earlier_ones),
        in_folder(colors_go_to_the_nearest), in_folder(existing_file_stays),
        in_folder(abandon_leaves_nothing),   in_folder(failures_name_the_path),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
