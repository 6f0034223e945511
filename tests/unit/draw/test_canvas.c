/* canvas, marks and theme: what lies on which pixel, to the exact byte where that is defined. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "app/draw/canvas.h"
#include "app/draw/marks.h"
#include "app/draw/theme.h"

#include <limits.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define BLACK 0xff000000u
#define WHITE 0xffffffffu

static Canvas make(int width, int height, Color color) {
    Canvas canvas = {0};
    Status status;
    assert_true(canvas_resize(&canvas, width, height, &status));
    canvas_fill(&canvas, color);
    return canvas;
}

static uint32_t at(const Canvas *canvas, int x, int y) {
    return canvas->pixels[y * canvas->width + x];
}

/* White on black: the coverage. */
static int cover(const Canvas *canvas, int x, int y) {
    uint32_t pixel = at(canvas, x, y);
    assert_int_equal(pixel >> 24, 255);
    assert_int_equal(pixel >> 16 & 255, pixel & 255);
    assert_int_equal(pixel >> 8 & 255, pixel & 255);
    return (int)(pixel & 255);
}

static double total_cover(const Canvas *canvas) {
    double sum = 0;
    for (int y = 0; y < canvas->height; y++)
        for (int x = 0; x < canvas->width; x++)
            sum += cover(canvas, x, y) / 255.0;
    return sum;
}

static void assert_all(const Canvas *canvas, Color color) {
    for (int i = 0; i < canvas->width * canvas->height; i++)
        assert_int_equal(canvas->pixels[i], color);
}

static void assert_same(const Canvas *a, const Canvas *b) {
    assert_memory_equal(a->pixels, b->pixels, (size_t)a->width * (size_t)a->height * sizeof *a->pixels);
}

/* ---- Resizing
 * ----------------------------------------------------------------------------------------------- */

static void test_resize(void **state) {
    (void)state;
    Status status;
    Canvas canvas = make(30, 20, 0xff123456);
    assert_false(canvas_resize(&canvas, 0, 10, &status));
    assert_false(canvas_resize(&canvas, 10, -1, &status));
    assert_false(canvas_resize(&canvas, CANVAS_MAX_SIDE + 1, 10, &status));
    assert_int_equal(status.code, STATUS_FAILED);
    assert_non_null(strstr(status.message, "16385"));
    assert_int_equal(canvas.width, 30);
    assert_all(&canvas, 0xff123456);
    canvas_push_clip(&canvas, (Rect){0, 0, 5, 5});
    int sizes[][2] = {{10, 10}, {1, 300}, {300, 1}, {64, 48}, {1, 1}, {30, 20}};
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        assert_true(canvas_resize(&canvas, sizes[i][0], sizes[i][1], &status));
        canvas_fill(&canvas, BLACK); /* the whole picture: the clip is reset */
        assert_all(&canvas, BLACK);
        canvas_line(&canvas, -5, -5, 400, 400, 3, WHITE);
        canvas_polygon(&canvas, (float[]){-5, -5, 400, 0, 0, 400}, 3, WHITE);
        assert_int_equal(cover(&canvas, 0, 0), 255);
    }
    canvas_free(&canvas);
    assert_null(canvas.pixels);
    canvas_free(&canvas);
}

/* ---- Blending
 * ----------------------------------------------------------------------------------------------- */

static uint32_t exact_channel(uint32_t source, uint32_t target, uint32_t alpha) {
    uint32_t sum = source * alpha + target * (255 - alpha);
    return (2 * sum + 255) / 510; /* halves can't occur: 255 is odd */
}

static Color exact_blend(Color source, uint32_t target, uint32_t alpha) {
    Color pixel = BLACK;
    for (int shift = 0; shift < 24; shift += 8)
        pixel |= exact_channel(source >> shift & 255, target >> shift & 255, alpha) << shift;
    return pixel;
}

/* Every alpha on every target, in the four-at-a-time part of a row and in its rest. */
static void test_blending_is_exact(void **state) {
    (void)state;
    const int width = 259;
    Canvas canvas = make(width, 1, BLACK);
    uint32_t target[259];
    uint8_t mask[259];
    for (int x = 0; x < width; x++)
        target[x] = BLACK | (uint32_t)(x & 255) << 16 | (uint32_t)((x * 7) & 255) << 8 | (uint32_t)(255 - (x & 255));
    const Color colors[] = {0x00ffffff, 0x00000000, 0x001f77b4, 0x00ff7f0e};
    for (size_t c = 0; c < sizeof colors / sizeof *colors; c++)
        for (uint32_t alpha = 0; alpha < 256; alpha++) {
            canvas_blit(&canvas, 0, 0, target, width, 1);
            canvas_fill(&canvas, colors[c] | alpha << 24);
            for (int x = 0; x < width; x++)
                assert_int_equal(at(&canvas, x, 0), exact_blend(colors[c], target[x], alpha));
            memset(mask, (int)alpha, sizeof mask);
            canvas_blit(&canvas, 0, 0, target, width, 1);
            canvas_mask(&canvas, 0, 0, mask, width, 1, colors[c] | BLACK);
            for (int x = 0; x < width; x++)
                assert_int_equal(at(&canvas, x, 0), exact_blend(colors[c], target[x], alpha));
            /* a mask in a colour with an alpha of its own: the product, rounded */
            canvas_blit(&canvas, 0, 0, target, width, 1);
            canvas_mask(&canvas, 0, 0, mask, width, 1, colors[c] | 0x9c000000u);
            for (int x = 0; x < width; x++)
                assert_int_equal(at(&canvas, x, 0), exact_blend(colors[c], target[x], (2 * alpha * 0x9c + 255) / 510));
        }
    canvas_free(&canvas);
}

static void test_premultiplied(void **state) {
    (void)state;
    Canvas canvas = make(7, 2, 0xff204060);
    uint32_t source[7];
    for (uint32_t alpha = 0; alpha < 256; alpha++) {
        canvas_fill(&canvas, 0xff204060);
        for (int x = 0; x < 7; x++)
            source[x] = alpha * 0x01010101u; /* white */
        canvas_premultiplied(&canvas, 0, 1, source, 7, 1);
        for (int x = 0; x < 7; x++) {
            assert_int_equal(at(&canvas, x, 0), 0xff204060);
            assert_int_equal(at(&canvas, x, 1), exact_blend(WHITE, 0xff204060, alpha));
        }
    }
    canvas_free(&canvas);
}

static void test_colors(void **state) {
    (void)state;
    assert_int_equal(color_mix(0x11223344, 0xffeeddcc, 0), 0x11223344);
    assert_int_equal(color_mix(0x11223344, 0xffeeddcc, 1), 0xffeeddcc);
    assert_int_equal(color_mix(0x00000000, 0xffffffff, 0.5f), 0x80808080);
    assert_int_equal(color_mix(0x11223344, 0xffeeddcc, -3), 0x11223344);
    assert_int_equal(color_mix(0x11223344, 0xffeeddcc, 7), 0xffeeddcc);
    assert_int_equal(color_mix(0x11223344, 0xffeeddcc, NAN), 0x11223344);
    assert_int_equal(color_alpha(0xff123456, 0.5f), 0x80123456);
    assert_int_equal(color_alpha(0x80123456, 0.5f), 0x40123456);
    assert_int_equal(color_alpha(0xff123456, 1), 0xff123456);
    assert_int_equal(color_alpha(0xff123456, NAN), 0x00123456);
}

/* ---- Shapes
 * ------------------------------------------------------------------------------------------------- */

static void test_rect(void **state) {
    (void)state;
    Canvas canvas = make(8, 6, BLACK);
    canvas_rect(&canvas, (Rect){1.5f, 1, 4, 2.25f}, WHITE);
    const int expected[6][8] = {
        {0},
        {0, 128, 255, 255, 255, 128, 0, 0},
        {0, 128, 255, 255, 255, 128, 0, 0},
        {0, 32, 64, 64, 64, 32, 0, 0}, /* a quarter; an eighth at its ends */
    };
    for (int y = 0; y < 6; y++)
        for (int x = 0; x < 8; x++)
            assert_int_equal(cover(&canvas, x, y), expected[y][x]);
    canvas_fill(&canvas, BLACK);
    canvas_rect(&canvas, (Rect){3.25f, 2.25f, 0.5f, 0.5f}, WHITE); /* within one pixel */
    assert_int_equal(cover(&canvas, 3, 2), 64);
    assert_true(total_cover(&canvas) < 0.26);
    canvas_fill(&canvas, BLACK);
    canvas_rect(&canvas, (Rect){3, 2, 0, 2}, WHITE);
    canvas_rect(&canvas, (Rect){3, 2, -2, 2}, WHITE);
    assert_all(&canvas, BLACK);
    canvas_rect(&canvas, (Rect){-1e30f, -1e30f, 2e30f, 2e30f}, WHITE);
    assert_all(&canvas, WHITE);
    canvas_free(&canvas);
}

static void test_rounded(void **state) {
    (void)state;
    Canvas canvas = make(40, 30, BLACK);
    canvas_rounded(&canvas, (Rect){4, 5, 30, 20}, 8, WHITE);
    assert_int_equal(cover(&canvas, 4, 5), 0); /* the corners are gone */
    assert_int_equal(cover(&canvas, 33, 24), 0);
    for (int x = 12; x < 26; x++) { /* the sides are crisp */
        assert_int_equal(cover(&canvas, x, 4), 0);
        assert_int_equal(cover(&canvas, x, 5), 255);
        assert_int_equal(cover(&canvas, x, 24), 255);
        assert_int_equal(cover(&canvas, x, 25), 0);
    }
    assert_int_equal(cover(&canvas, 3, 15), 0);
    assert_int_equal(cover(&canvas, 4, 15), 255);
    for (int y = 0; y < 30; y++) /* the same from all sides */
        for (int x = 0; x < 38; x++) {
            assert_int_equal(cover(&canvas, x, y), cover(&canvas, 37 - x, y));
            assert_int_equal(cover(&canvas, x, y), cover(&canvas, x, 29 - y));
        }
    double area = 30 * 20 - 8 * 8 * (4 - M_PI);
    assert_true(fabs(total_cover(&canvas) - area) < 1.5);

    canvas_fill(&canvas, BLACK);
    canvas_rounded_frame(&canvas, (Rect){4, 5, 30, 20}, 8, 1, WHITE);
    for (int x = 12; x < 26; x++) {
        assert_int_equal(cover(&canvas, x, 5), 255);
        assert_int_equal(cover(&canvas, x, 6), 0);
        assert_int_equal(cover(&canvas, x, 15), 0); /* hollow */
        assert_int_equal(cover(&canvas, x, 24), 255);
    }
    assert_int_equal(cover(&canvas, 4, 15), 255);
    assert_int_equal(cover(&canvas, 5, 15), 0);
    double ring = area - (28 * 18 - 7 * 7 * (4 - M_PI));
    assert_true(fabs(total_cover(&canvas) - ring) < 1.5);

    /* A frame as thick as the rect is the whole rect; a radius that is too large makes a disc. */
    Canvas other = make(40, 30, BLACK);
    canvas_fill(&canvas, BLACK);
    canvas_rounded_frame(&canvas, (Rect){4, 5, 20, 20}, 100, 30, WHITE);
    canvas_rounded(&other, (Rect){4, 5, 20, 20}, 10, WHITE);
    assert_same(&canvas, &other);
    assert_true(fabs(total_cover(&canvas) - 100 * M_PI) < 1.5);
    canvas_fill(&canvas, BLACK);
    canvas_fill(&other, BLACK);
    canvas_rounded(&canvas, (Rect){4.5f, 5.25f, 20, 11}, 0, WHITE); /* no radius: a rect */
    canvas_rect(&other, (Rect){4.5f, 5.25f, 20, 11}, WHITE);
    assert_same(&canvas, &other);
    canvas_free(&canvas);
    canvas_free(&other);
}

static double length_within(double low, double high, int pixel) {
    return fmax(0, fmin(high, pixel + 1) - fmax(low, pixel));
}

/* What a rounded rect covers of a pixel: its area beside straight edges, by the distance at a corner. */
static double plain_cover(Rect r, double radius, int x, int y) {
    double x0 = (double)r.x, y0 = (double)r.y, x1 = x0 + (double)r.w, y1 = y0 + (double)r.h, px = x + 0.5, py = y + 0.5;
    if (!(r.w > 0 && r.h > 0))
        return 0;
    radius = fmin(fmax(radius, 0), fmin((double)r.w, (double)r.h) / 2);
    double cx = fmin(fmax(px, x0 + radius), x1 - radius), cy = fmin(fmax(py, y0 + radius), y1 - radius);
    if (cx == px || cy == py)
        return length_within(x0, x1, x) * length_within(y0, y1, y);
    return fmin(1, fmax(0, radius + 0.5 - hypot(px - cx, py - cy)));
}

/* Rounded rects and frames of all sorts, pixel by pixel. */
static void rounded_ones_are_as_drawn_plainly(void **state) {
    (void)state;
    uint32_t random = 3;
    Canvas canvas = make(40, 30, BLACK);
    for (int i = 0; i < 3000; i++) {
        float part[6]; /* half of them whole pixels, as most of a window's are */
        for (int k = 0; k < 6; k++) {
            random = random * 1664525u + 1013904223u;
            part[k] = (float)(random >> 8) / (1 << 24);
        }
        Rect r = {part[0] * 30 - 6, part[1] * 20 - 6, part[2] * 40, part[3] * 30};
        float radius = part[4] * 12, width = 0.5f + 3 * part[5];
        if (i % 2)
            r = (Rect){floorf(r.x), floorf(r.y), ceilf(r.w), ceilf(r.h)};
        bool frame = i % 4 >= 2 && r.w - 2 * width > 1 && r.h - 2 * width > 1; /* a hole to speak of */
        Rect hole = {r.x + width, r.y + width, r.w - 2 * width, r.h - 2 * width};
        canvas_fill(&canvas, BLACK);
        if (frame)
            canvas_rounded_frame(&canvas, r, radius, width, WHITE);
        else
            canvas_rounded(&canvas, r, radius, WHITE);
        double whole_radius = fmin((double)radius, fmin((double)r.w, (double)r.h) / 2);
        for (int y = 0; y < 30; y++)
            for (int x = 0; x < 40; x++) {
                double expected = plain_cover(r, whole_radius, x, y);
                if (frame)
                    expected -= plain_cover(hole, whole_radius - (double)width, x, y);
                if (fabs(cover(&canvas, x, y) - 255 * fmax(0, expected)) > 1)
                    fail_msg("%d: pixel %d, %d: %d, not %g", i, x, y, cover(&canvas, x, y), 255 * expected);
            }
    }
    canvas_free(&canvas);
}

static void test_discs_and_rings(void **state) {
    (void)state;
    Canvas canvas = make(40, 40, BLACK);
    for (float radius = 1.5f; radius < 18; radius += 1.25f) {
        canvas_fill(&canvas, BLACK);
        canvas_disc(&canvas, 20, 20, radius, WHITE);
        double area = M_PI * radius * radius;
        assert_true(fabs(total_cover(&canvas) - area) < 0.05 * area);
        assert_int_equal(cover(&canvas, 19, 19), cover(&canvas, 20, 20));
        assert_int_equal(cover(&canvas, 20, (int)(20 + radius + 1.5f)), 0);
    }
    canvas_fill(&canvas, BLACK);
    canvas_disc(&canvas, 20.5f, 20.5f, 0.1f, WHITE); /* next to nothing, not a pixel */
    assert_in_range(cover(&canvas, 20, 20), 1, 30);
    canvas_fill(&canvas, BLACK);
    canvas_ring(&canvas, 20, 20, 10, 2, WHITE);
    assert_int_equal(cover(&canvas, 20, 20), 0);
    assert_true(cover(&canvas, 29, 20) > 250); /* 9.5 and 10.5 from the centre: the line's two pixels */
    assert_true(cover(&canvas, 30, 20) > 250);
    assert_true(fabs(total_cover(&canvas) - 40 * M_PI) < 2);
    canvas_free(&canvas);
}

static void test_lines(void **state) {
    (void)state;
    Canvas canvas = make(30, 12, BLACK);
    canvas_line(&canvas, 5, 5, 25, 5, 2, WHITE); /* on the border of two rows: both, and no others */
    for (int x = 6; x < 24; x++) {
        assert_int_equal(cover(&canvas, x, 3), 0);
        assert_int_equal(cover(&canvas, x, 4), 255);
        assert_int_equal(cover(&canvas, x, 5), 255);
        assert_int_equal(cover(&canvas, x, 6), 0);
    }
    canvas_fill(&canvas, BLACK);
    canvas_line(&canvas, 5, 5.5f, 25, 5.5f, 1, WHITE); /* in the middle of a row: crisp */
    assert_int_equal(cover(&canvas, 15, 4), 0);
    assert_int_equal(cover(&canvas, 15, 5), 255);
    assert_int_equal(cover(&canvas, 15, 6), 0);
    canvas_fill(&canvas, BLACK);
    canvas_line(&canvas, 5, 5, 25, 5, 1, WHITE); /* half and half */
    assert_int_equal(cover(&canvas, 15, 4), 128);
    assert_int_equal(cover(&canvas, 15, 5), 128);
    canvas_fill(&canvas, BLACK);
    canvas_line(&canvas, 5, 5.5f, 25, 5.5f, 0.25f, WHITE); /* thinner than a pixel: paler */
    assert_int_equal(cover(&canvas, 15, 5), 64);
    canvas_fill(&canvas, BLACK);
    canvas_line(&canvas, 15.5f, 2, 15.5f, 10, 3, WHITE); /* upright */
    for (int x = 13; x < 19; x++)
        assert_int_equal(cover(&canvas, x, 6), x >= 14 && x <= 16 ? 255 : 0);
    canvas_fill(&canvas, BLACK);
    canvas_line(&canvas, 4, 3, 24, 9, 2, WHITE); /* slanted: its area and its round ends */
    assert_true(fabs(total_cover(&canvas) - (2 * sqrt(400 + 36) + M_PI)) < 0.8);
    /* From both ends the same. */
    Canvas other = make(30, 12, BLACK);
    canvas_line(&other, 24, 9, 4, 3, 2, WHITE);
    for (int y = 0; y < 12; y++)
        for (int x = 0; x < 30; x++)
            assert_true(abs(cover(&other, x, y) - cover(&canvas, x, y)) <= 1);
    /* Far beyond both borders. */
    canvas_fill(&canvas, BLACK);
    canvas_line(&canvas, -1e9f, 5, 1e9f, 5, 2, WHITE);
    for (int x = 0; x < 30; x++) {
        assert_int_equal(cover(&canvas, x, 3), 0);
        assert_int_equal(cover(&canvas, x, 4), 255);
        assert_int_equal(cover(&canvas, x, 5), 255);
    }
    canvas_free(&canvas);
    canvas_free(&other);
}

static void test_polyline_covers_once(void **state) {
    (void)state;
    Canvas once = make(40, 40, 0xff405060), often = make(40, 40, 0xff405060);
    const float line[] = {5, 6, 33, 30}, there_and_back[] = {5, 6, 33, 30, 5, 6, 33, 30};
    canvas_polyline(&once, line, 2, 5, 0x80ffffff);
    canvas_polyline(&often, there_and_back, 4, 5, 0x80ffffff);
    for (int i = 0; i < 1600; i++) /* back is drawn from the other end: a step of rounding */
        for (int shift = 0; shift < 24; shift += 8)
            assert_true(abs((int)(once.pixels[i] >> shift & 255) - (int)(often.pixels[i] >> shift & 255)) <= 1);
    const uint32_t half = exact_blend(WHITE, 0xff405060, 0x80);
    assert_int_equal(at(&often, 19, 18), half);
    canvas_fill(&often, 0xff405060);
    const float crossing[] = {5, 5, 35, 35, 35, 5, 5, 35, 5, 5};
    canvas_polyline(&often, crossing, 5, 4, 0x80ffffff);
    assert_int_equal(at(&often, 20, 20), half); /* the crossing */
    assert_int_equal(at(&often, 34, 34), half); /* a corner */
    assert_int_equal(at(&often, 5, 20), half);
    for (int i = 0; i < 1600; i++)
        assert_int_equal(often.coverage[i], 0); /* the scratch is left clean */
    /* Where a line's soft edge lies on another's middle, the middle stays. */
    canvas_fill(&often, BLACK);
    const float edge_on_middle[] = {5, 20, 35, 20, 35, 38, 20, 38, 20, 5};
    canvas_polyline(&often, edge_on_middle, 5, 3, WHITE);
    assert_int_equal(cover(&often, 18, 30), 128);
    assert_int_equal(cover(&often, 18, 19), 255);
    assert_int_equal(cover(&often, 21, 20), 255);
    /* A point that is not finite leaves a gap; a single point is a dot. */
    canvas_fill(&often, BLACK);
    const float broken[] = {2, 10, 10, 10, NAN, 10, 30, 10, 38, 10};
    canvas_polyline(&often, broken, 5, 2, WHITE);
    assert_int_equal(cover(&often, 6, 10), 255);
    assert_int_equal(cover(&often, 20, 10), 0);
    assert_int_equal(cover(&often, 34, 10), 255);
    canvas_fill(&often, BLACK);
    canvas_polyline(&often, line, 1, 4, WHITE);
    assert_true(fabs(total_cover(&often) - 4 * M_PI) < 1);
    canvas_polyline(&often, line, 0, 4, WHITE);
    canvas_free(&once);
    canvas_free(&often);
}

static void test_polygons(void **state) {
    (void)state;
    Canvas canvas = make(20, 20, BLACK), other = make(20, 20, BLACK);
    /* A rect as a polygon is the rect, wherever its edges are. */
    for (float shift = 0; shift < 1; shift += 0.0625f) {
        canvas_fill(&canvas, BLACK);
        canvas_fill(&other, BLACK);
        float x0 = 3 + shift, y0 = 4 + shift / 2, x1 = 11.5f, y1 = 13.25f;
        canvas_polygon(&canvas, (float[]){x0, y0, x1, y0, x1, y1, x0, y1}, 4, WHITE);
        canvas_rect(&other, (Rect){x0, y0, x1 - x0, y1 - y0}, WHITE);
        assert_same(&canvas, &other);
    }
    canvas_fill(&canvas, BLACK);
    canvas_polygon(&canvas, (float[]){2, 2, 12, 12, 2, 12}, 3, WHITE); /* its long side halves pixels */
    for (int i = 2; i < 12; i++) {
        assert_int_equal(cover(&canvas, i, i), 128);
        assert_int_equal(cover(&canvas, 2, i), i == 2 ? 128 : 255);
        assert_int_equal(cover(&canvas, i + 1, i), 0);
    }
    canvas_fill(&canvas, BLACK); /* turned the other way round: the same */
    canvas_polygon(&canvas, (float[]){2, 12, 12, 12, 2, 2}, 3, WHITE);
    assert_int_equal(cover(&canvas, 7, 7), 128);
    assert_true(fabs(total_cover(&canvas) - 50) < 0.1);
    canvas_fill(&canvas, BLACK); /* a notch */
    canvas_polygon(&canvas, (float[]){2, 2, 18, 2, 18, 18, 10, 6, 2, 18}, 5, WHITE);
    assert_int_equal(cover(&canvas, 10, 16), 0);
    assert_int_equal(cover(&canvas, 3, 10), 255);
    assert_true(fabs(total_cover(&canvas) - (256 - 96)) < 0.3);
    canvas_fill(&canvas, BLACK); /* a pentagram: by winding its middle is filled, and once */
    float star[10];
    for (int i = 0; i < 5; i++) {
        star[2 * i] = 10 + 9 * (float)sin(i * 4 * M_PI / 5);
        star[2 * i + 1] = 10 - 9 * (float)cos(i * 4 * M_PI / 5);
    }
    canvas_polygon(&canvas, star, 5, 0x80ffffff);
    assert_int_equal(cover(&canvas, 10, 10), 128);
    assert_int_equal(cover(&canvas, 10, 4), 128);
    canvas_fill(&canvas, BLACK); /* far beyond the picture: what is seen of it is right */
    canvas_polygon(&canvas, (float[]){-1e30f, 5, 1e30f, 5, 1e30f, 1e30f, -1e30f, 1e30f}, 4, WHITE);
    for (int y = 0; y < 20; y++)
        for (int x = 0; x < 20; x++)
            assert_int_equal(cover(&canvas, x, y), y < 5 ? 0 : 255);
    canvas_fill(&canvas, BLACK);
    canvas_polygon(&canvas, (float[]){1, 1, 9, 9}, 2, WHITE);
    assert_all(&canvas, BLACK);
    float *many = malloc(2000 * sizeof *many); /* more corners than fit the stack */
    assert_non_null(many);
    for (int i = 0; i < 1000; i++) {
        many[2 * i] = 10 + 8 * (float)cos(i * 2 * M_PI / 1000);
        many[2 * i + 1] = 10 + 8 * (float)sin(i * 2 * M_PI / 1000);
    }
    canvas_polygon(&canvas, many, 1000, WHITE);
    assert_true(fabs(total_cover(&canvas) - 64 * M_PI) < 0.3);
    free(many);
    canvas_free(&canvas);
    canvas_free(&other);
}

/* ---- Clip and harm
 * ------------------------------------------------------------------------------------------ */

static void draw_everything(Canvas *canvas, const MarkSprite *mark) {
    static const uint8_t mask[64] = {255, 128, 255, 1, 2, 200, 255, 9, 255, 255, 0, 0, 255, 44, 55, 66};
    static const uint32_t pixels[64] = {0xff112233, 0xff445566, 0xff778899};
    canvas_rect(canvas, (Rect){3.3f, 4.6f, 20.2f, 9.9f}, 0xc0ff7f0e);
    canvas_rounded(canvas, (Rect){12.5f, 2, 24, 31}, 7, 0x801f77b4);
    canvas_rounded_frame(canvas, (Rect){1, 1, 37, 38}, 9, 2.5f, 0xff009e73);
    canvas_disc(canvas, 9, 28, 8.7f, 0x90cc79a7);
    canvas_ring(canvas, 22, 20, 15, 3, 0xff000000);
    canvas_line(canvas, -3, 40, 39, -2, 3, 0xd0ffffff);
    canvas_polyline(canvas, (float[]){0, 0, 20, 39, 25, 3, 38, 20}, 4, 2, 0xff802010);
    canvas_polygon(canvas, (float[]){20, 1, 39.5f, 38, 0.5f, 20}, 3, 0x70123456);
    canvas_mask(canvas, 8, 9, mask, 8, 8, 0xffffffff);
    canvas_blit(canvas, 17, 17, pixels, 8, 8);
    for (int i = 0; i < 20; i++)
        mark_draw(canvas, mark, (float)i * 2.1f - 1, 11.3f + (float)i);
}

static void test_clip(void **state) {
    (void)state;
    Status status;
    MarkSprite mark;
    assert_true(mark_make(&mark, 6, 4, 1, 0xff1f77b4, 0xff0a2a43, &status));
    Canvas whole = make(40, 40, 0xfff4f5f7), part = make(40, 40, 0xfff4f5f7);
    draw_everything(&whole, &mark);
    const Rect clips[] = {{0, 0, 40, 40}, {11, 7, 18, 21}, {20, 20, 1, 1}, {-5, 15, 12, 100}, {13, -9, 90, 14}};
    for (size_t i = 0; i < sizeof clips / sizeof *clips; i++) {
        Rect clip = clips[i];
        canvas_fill(&part, 0xfff4f5f7);
        canvas_push_clip(&part, clip);
        draw_everything(&part, &mark);
        canvas_pop_clip(&part);
        for (int y = 0; y < 40; y++)
            for (int x = 0; x < 40; x++) {
                bool inside = (float)x >= clip.x && (float)x < clip.x + clip.w && (float)y >= clip.y &&
                              (float)y < clip.y + clip.h;
                uint32_t expected = inside ? at(&whole, x, y) : 0xfff4f5f7;
                for (int shift = 0; shift < 32; shift += 8) /* lines are cut to the clip first: a step of rounding */
                    assert_true(abs((int)(at(&part, x, y) >> shift & 255) - (int)(expected >> shift & 255)) <=
                                (inside ? 2 : 0));
            }
    }
    canvas_fill(&part, BLACK); /* nested: the intersection; popped: the outer one again */
    canvas_push_clip(&part, (Rect){2, 2, 10, 10});
    canvas_push_clip(&part, (Rect){8.4f, 8.6f, 20, 20});
    canvas_fill(&part, WHITE);
    assert_true(total_cover(&part) == 4 * 3);
    assert_int_equal(cover(&part, 8, 9), 255);
    canvas_pop_clip(&part);
    canvas_fill(&part, WHITE);
    assert_true(total_cover(&part) == 100);
    canvas_pop_clip(&part);
    canvas_fill(&part, BLACK);
    const Rect empty[] = {{50, 50, 9, 9}, {5, 5, 0, 9},   {5, 5, -9, 9},
                          {NAN, 0, 9, 9}, {0, 0, NAN, 9}, {-90, -90, 9, 9}};
    for (size_t i = 0; i < sizeof empty / sizeof *empty; i++) {
        canvas_push_clip(&part, empty[i]);
        canvas_fill(&part, WHITE);
        draw_everything(&part, &mark);
        canvas_pop_clip(&part);
        assert_all(&part, BLACK);
    }
    mark_free(&mark);
    canvas_free(&whole);
    canvas_free(&part);
}

static void test_wild_coordinates(void **state) {
    (void)state;
    Status status;
    MarkSprite mark;
    assert_true(mark_make(&mark, 1, 3, 1, WHITE, WHITE, &status));
    Canvas canvas = make(24, 24, BLACK);
    const float wild[] = {NAN,           INFINITY, -INFINITY, 3.4e38f, -3.4e38f, 1e10f, -1e10f,
                          2147483648.0f, 1e6f,     -1e6f,     70000,   -70000,   0,     1e-40f};
    const int count = sizeof wild / sizeof *wild;
    const uint8_t mask[4] = {255, 255, 255, 255};
    const uint32_t pixels[4] = {WHITE, WHITE, WHITE, WHITE};
    for (int a = 0; a < count; a++)
        for (int b = 0; b < count; b++) {
            bool finite = isfinite(wild[a]) && isfinite(wild[b]);
            float u = wild[a], w = wild[b];
            for (int turn = 0; turn < 2; turn++, u = wild[b], w = wild[a]) {
                canvas_rect(&canvas, (Rect){u, w, 5, 5}, WHITE);
                canvas_rect(&canvas, (Rect){2, 2, u, w}, WHITE);
                canvas_rounded(&canvas, (Rect){u, 3, w, 9}, 3, WHITE);
                canvas_rounded_frame(&canvas, (Rect){3, u, 9, w}, 3, 2, WHITE);
                canvas_disc(&canvas, u, w, 5, WHITE);
                canvas_ring(&canvas, u, w, 5, 2, WHITE);
                canvas_line(&canvas, u, 3, 9, w, 2, WHITE);
                canvas_polyline(&canvas, (float[]){u, w, w, u}, 2, 2, WHITE);
                canvas_polygon(&canvas, (float[]){u, 3, 9, w, 4, 9}, 3, WHITE);
                mark_draw(&canvas, &mark, u, w);
            }
            if (!finite)
                assert_all(&canvas, BLACK);
            canvas_rounded(&canvas, (Rect){3, 3, 9, 9}, u, WHITE);
            canvas_rounded_frame(&canvas, (Rect){3, 3, 9, 9}, u, w, WHITE);
            canvas_disc(&canvas, 9, 9, fabsf(u) < 1e5f ? u : NAN, WHITE);
            canvas_ring(&canvas, 9, 9, u, w, WHITE);
            canvas_line(&canvas, 3, 3, 9, 9, u, WHITE);
            canvas_fill(&canvas, BLACK);
        }
    const int ints[] = {INT_MIN, INT_MIN + 1, -3, 23, INT_MAX - 1, INT_MAX};
    for (size_t a = 0; a < sizeof ints / sizeof *ints; a++)
        for (size_t b = 0; b < sizeof ints / sizeof *ints; b++) {
            canvas_mask(&canvas, ints[a], ints[b], mask, 2, 2, WHITE);
            canvas_blit(&canvas, ints[a], ints[b], pixels, 2, 2);
            canvas_premultiplied(&canvas, ints[a], ints[b], pixels, 2, 2);
        }
    assert_true(total_cover(&canvas) == 1); /* (23, 23) alone lies inside */
    mark_free(&mark);
    canvas_free(&canvas);
}

static void test_mask_and_blit_are_cut(void **state) {
    (void)state;
    Canvas canvas = make(10, 8, BLACK);
    uint8_t mask[6 * 5];
    uint32_t pixels[6 * 5];
    for (int i = 0; i < 6 * 5; i++) {
        mask[i] = (uint8_t)(i + 1);
        pixels[i] = BLACK | (uint32_t)(i + 1) * 0x010101u;
    }
    const int offsets[][2] = {{2, 1}, {-2, -3}, {7, 5}, {-4, 5}};
    for (int i = 0; i < 4; i++)
        for (int kind = 0; kind < 2; kind++) {
            canvas_fill(&canvas, BLACK);
            if (kind == 0)
                canvas_mask(&canvas, offsets[i][0], offsets[i][1], mask, 5, 6, WHITE);
            else
                canvas_blit(&canvas, offsets[i][0], offsets[i][1], pixels, 5, 6);
            for (int y = 0; y < 8; y++)
                for (int x = 0; x < 10; x++) {
                    int u = x - offsets[i][0], w = y - offsets[i][1];
                    bool inside = u >= 0 && u < 5 && w >= 0 && w < 6;
                    assert_int_equal(cover(&canvas, x, y), inside ? w * 5 + u + 1 : 0);
                }
        }
    canvas_free(&canvas);
}

/* ---- Marks
 * -------------------------------------------------------------------------------------------------- */

static void centroid(const Canvas *canvas, double *x, double *y) {
    double sum = 0;
    *x = *y = 0;
    for (int row = 0; row < canvas->height; row++)
        for (int column = 0; column < canvas->width; column++) {
            double c = cover(canvas, column, row);
            sum += c;
            *x += c * (column + 0.5);
            *y += c * (row + 0.5);
        }
    *x /= sum;
    *y /= sum;
}

static void test_marks_lie_on_their_point(void **state) {
    (void)state;
    Status status;
    Canvas canvas = make(24, 24, BLACK);
    for (int shape = 0; shape < MARK_SHAPES; shape++) {
        MarkSprite mark;
        assert_true(mark_make(&mark, shape, 2.75f, 0.75f, WHITE, WHITE, &status));
        for (int step = 0; step < 16; step++) {
            float x = 12 + 0.25f * (float)(step % 4), y = 11 + 0.25f * (float)(step / 4);
            double cx, cy;
            canvas_fill(&canvas, BLACK);
            mark_draw(&canvas, &mark, x, y);
            centroid(&canvas, &cx, &cy);
            assert_true(fabs(cx - x) < 0.03);
            assert_true(fabs(cy - y) < 0.03);
            double area = total_cover(&canvas);
            assert_in_range((int)area, 22, 36); /* about the square's 30.25 */
        }
        /* In between: the nearest quarter, on both sides of 0. */
        const float places[] = {12.13f, 12.37f, 11.88f, -0.13f, -0.12f}, nearest[] = {12.25f, 12.25f, 12, -0.25f, 0};
        Canvas other = make(24, 24, BLACK);
        for (int i = 0; i < 5; i++) {
            canvas_fill(&canvas, BLACK);
            canvas_fill(&other, BLACK);
            mark_draw(&canvas, &mark, places[i], places[4 - i]);
            mark_draw(&other, &mark, nearest[i], nearest[4 - i]);
            assert_same(&canvas, &other);
        }
        canvas_free(&other);
        mark_free(&mark);
    }
    canvas_free(&canvas);
}

static void test_mark_colors(void **state) {
    (void)state;
    Status status;
    MarkSprite mark;
    Canvas canvas = make(24, 24, 0xffd3e4f1);
    assert_true(mark_make(&mark, 0, 4, 1, 0xff1f77b4, 0xff0a2a43, &status));
    mark_draw(&canvas, &mark, 12, 12); /* a square of 8 pixels, its outermost ones the edge */
    for (int y = 0; y < 24; y++)
        for (int x = 0; x < 24; x++) {
            bool inside = x >= 8 && x < 16 && y >= 8 && y < 16, fill = x >= 9 && x < 15 && y >= 9 && y < 15;
            assert_int_equal(at(&canvas, x, y), fill ? 0xff1f77b4 : inside ? 0xff0a2a43 : 0xffd3e4f1);
        }
    canvas_fill(&canvas, WHITE);
    mark_draw(&canvas, &mark, 12.5f, 12); /* half a pixel on: half the edge */
    assert_int_equal(at(&canvas, 8, 12), exact_blend(0xff0a2a43, WHITE, 128));
    assert_int_equal(at(&canvas, 16, 12), exact_blend(0xff0a2a43, WHITE, 128));
    canvas_fill(&canvas, WHITE);
    mark_draw(&canvas, &mark, -1, -0.9f); /* across the corner */
    assert_int_equal(at(&canvas, 2, 0), 0xff0a2a43);
    assert_int_equal(at(&canvas, 0, 0), 0xff1f77b4);
    assert_int_equal(at(&canvas, 3, 3), WHITE);
    mark_free(&mark);
    for (int shape = 0; shape < MARK_SHAPES; shape++) { /* however thick the edge, some fill is seen */
        assert_true(mark_make(&mark, shape, 8, 100, WHITE, BLACK, &status));
        canvas_fill(&canvas, BLACK);
        mark_draw(&canvas, &mark, 12, 12);
        assert_true(total_cover(&canvas) > 1);
        mark_free(&mark);
    }
    canvas_free(&canvas);
}

/* At a radius of 3, filled, without any help by colour: the best overlap of two shapes still leaves a clear
 * difference. */
static void test_mark_shapes_differ(void **state) {
    (void)state;
    Status status;
    Canvas a = make(20, 20, BLACK), b = make(20, 20, BLACK);
    for (int first = 0; first < MARK_SHAPES; first++)
        for (int second = first + 1; second < MARK_SHAPES; second++) {
            MarkSprite one, two;
            assert_true(mark_make(&one, first, 3, 0.75f, WHITE, WHITE, &status));
            assert_true(mark_make(&two, second, 3, 0.75f, WHITE, WHITE, &status));
            canvas_fill(&a, BLACK);
            mark_draw(&a, &one, 10, 10);
            double least = 1e9;
            for (int step = 0; step < 49; step++) {
                canvas_fill(&b, BLACK);
                mark_draw(&b, &two, 9.25f + 0.25f * (float)(step % 7), 9.25f + 0.25f * (float)(step / 7));
                double difference = 0;
                for (int y = 0; y < 20; y++)
                    for (int x = 0; x < 20; x++)
                        difference += abs(cover(&a, x, y) - cover(&b, x, y)) / 255.0;
                least = difference < least ? difference : least;
            }
            assert_true(least > 5); /* pixels, of about 33 each; a disc and a hexagon differ by 3 */
            mark_free(&one);
            mark_free(&two);
        }
    canvas_free(&a);
    canvas_free(&b);
}

/* ---- Themes
 * ------------------------------------------------------------------------------------------------- */

static double luminance(Color color) {
    double sum = 0;
    const double weight[3] = {0.0722, 0.7152, 0.2126};
    for (int i = 0; i < 3; i++) {
        double c = (color >> 8 * i & 255) / 255.0;
        sum += weight[i] * (c <= 0.04045 ? c / 12.92 : pow((c + 0.055) / 1.055, 2.4));
    }
    return sum;
}

/* WCAG 2.2's contrast ratio. */
static double contrast(Color a, Color b) {
    double x = luminance(a), y = luminance(b);
    return x > y ? (x + 0.05) / (y + 0.05) : (y + 0.05) / (x + 0.05);
}

static void assert_contrast(const Theme *theme, const char *what, Color a, Color b, double least) {
    if (contrast(a, b) < least)
        fail_msg("%s: %s: #%06x on #%06x is %.2f:1", theme->name, what, (unsigned)(a & 0xffffff),
                 (unsigned)(b & 0xffffff), contrast(a, b));
}

static void test_theme_contrast(void **state) {
    (void)state;
    const Theme *themes[] = {&THEME_LIGHT, &THEME_DARK};
    for (int t = 0; t < 2; t++) {
        const Theme *theme = themes[t];
        const Color grounds[] = {theme->card, theme->ground, theme->chip};
        for (int g = 0; g < 3; g++) {
            assert_contrast(theme, "text", theme->text, grounds[g], 4.5);
            assert_contrast(theme, "muted", theme->muted, grounds[g], 4.5);
            assert_contrast(theme, "danger", theme->danger, grounds[g], 4.5);
            assert_contrast(theme, "accent", theme->accent, grounds[g], 3);
            assert_contrast(theme, "focus", theme->focus_outer, grounds[g], 3);
        }
        assert_contrast(theme, "text", theme->text, theme->chip_hover, 4.5);
        assert_contrast(theme, "text", theme->text, theme->chip_pressed, 4.5);
        assert_contrast(theme, "on accent", theme->on_accent, theme->accent, 4.5);
        /* the line: words on its strips, badges on them, words on the badges */
        const Color strips[] = {theme->card, theme->accent_strip, theme->warn_strip};
        const Color badges[] = {theme->danger, theme->accent, theme->warn};
        for (int i = 0; i < 3; i++) {
            assert_contrast(theme, "words", theme->text, strips[i], 4.5);
            assert_contrast(theme, "badge", badges[i], strips[i], 3);
            assert_contrast(theme, "words on a badge", theme->on_accent, badges[i], 4.5);
            assert_contrast(theme, "button", theme->hard_edge, strips[i], i > 0 ? 2.6 : 0);
        }
        assert_contrast(theme, "focus ring", theme->focus_outer, theme->focus_inner, 3);
        const Color curves[] = {theme->curve_easy, theme->curve_accuracy, theme->curve_loss, theme->curve_threshold};
        for (int c = 0; c < 4; c++)
            assert_contrast(theme, "curve", curves[c], theme->card, 3);
        for (int c = 0; c < MAX_CLASSES; c++) {
            /* A mark stands out by its edge from the region (light), or by its fill from the edge (dark). */
            if (theme == &THEME_LIGHT)
                for (int r = 0; r < MAX_CLASSES; r++)
                    assert_contrast(theme, "mark", theme->class_edge[c], theme->region[r], 3);
            else
                assert_contrast(theme, "mark", theme->class_fill[c], theme->class_edge[c], 3);
            assert_contrast(theme, "ring", theme->ring, theme->region[c], 3);
            assert_contrast(theme, "boundary", theme->boundary, theme->region[c], 4.5);
        }
        assert_contrast(theme, "hard mark", theme->hard_edge, theme->hard_fill, 3);
        for (int a = 0; a < MAX_CLASSES; a++) /* no two classes of one colour, nor of the hard ones' */
            for (int b = a + 1; b < MAX_CLASSES; b++) {
                assert_int_not_equal(theme->class_fill[a], theme->class_fill[b]);
                assert_int_not_equal(theme->region[a], theme->region[b]);
                assert_int_not_equal(theme->class_fill[a], theme->hard_fill);
            }
    }
}

static void test_theme_post_colors(void **state) {
    (void)state;
    assert_int_equal(THEME_LIGHT.class_fill[0], 0xff1f77b4);
    assert_int_equal(THEME_LIGHT.class_fill[1], 0xffff7f0e);
    assert_int_equal(THEME_LIGHT.class_edge[0], 0xff0a2a43);
    assert_int_equal(THEME_LIGHT.class_edge[1], 0xff5a2c04);
    assert_int_equal(THEME_LIGHT.hard_fill, WHITE);
    assert_ptr_equal(theme_find("light"), &THEME_LIGHT);
    assert_ptr_equal(theme_find("dark"), &THEME_DARK);
    assert_null(theme_find("Light"));
    assert_null(theme_find(""));
    assert_ptr_equal(theme_of("dark"), &THEME_DARK);
    assert_ptr_equal(theme_of(THEME_AUTO), &THEME_LIGHT);
    assert_ptr_equal(theme_of(NULL), &THEME_LIGHT);
    assert_true(theme_is_choice("light") && theme_is_choice(THEME_AUTO) && !theme_is_choice("grey"));
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_resize),
        cmocka_unit_test(test_blending_is_exact),
        cmocka_unit_test(test_premultiplied),
        cmocka_unit_test(test_colors),
        cmocka_unit_test(test_rect),
        cmocka_unit_test(test_rounded),
        cmocka_unit_test(rounded_ones_are_as_drawn_plainly),
        cmocka_unit_test(test_discs_and_rings),
        cmocka_unit_test(test_lines),
        cmocka_unit_test(test_polyline_covers_once),
        cmocka_unit_test(test_polygons),
        cmocka_unit_test(test_clip),
        cmocka_unit_test(test_wild_coordinates),
        cmocka_unit_test(test_mask_and_blit_are_cut),
        cmocka_unit_test(test_marks_lie_on_their_point),
        cmocka_unit_test(test_mark_colors),
        cmocka_unit_test(test_mark_shapes_differ),
        cmocka_unit_test(test_theme_contrast),
        cmocka_unit_test(test_theme_post_colors),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
