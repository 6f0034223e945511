#include "app/draw/marks.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define STEPS 4 /* sub-pixel positions in each direction */
#define DISC_CORNERS MARK_CORNERS
#define DISC_RADIUS 1.1283791670955126 /* of the square's area: sqrt(4 / pi) */

/* Corners for a square of half height 1, clockwise on the screen (y down), centre of area at the origin. Numbers
 * instead of sines, so that pictures do not depend on a machine's libm. */
typedef struct Shape {
    size_t corners; /* 0: a disc */
    float slimmest; /* times the radius: the widest edge that still leaves some fill */
    double points[24];
} Shape;

/* Arms thick enough for their fill to show, long enough not to pass for a diamond. */
#define PLUS_IN 0.45
#define PLUS_OUT 1.4
/* A plus of 0.42 and 1.5 turned by 45 degrees: (out - in, out + in, 2 in) / sqrt 2. */
#define CROSS_A 0.7636753236814714
#define CROSS_B 1.3576450198781713
#define CROSS_C 0.5939696961966999
/* A bar of half 1.7 by half 0.62, and turned by 45 degrees: (1.7 - 0.62, 1.7 + 0.62) / sqrt 2. */
#define BAR_LONG 1.7
#define BAR_WIDE 0.62
#define SLASH_A 0.7636753236814714
#define SLASH_B 1.6404877323527902
/* An hourglass: half its height, half its ends and half its waist. */
#define GLASS_LONG 1.35
#define GLASS_WIDE 1.25
#define GLASS_WAIST 0.4

/* clang-format off */
static const Shape SHAPES[MARK_SHAPES + 1] = {
    {4, 0.8f, {-1, -1, 1, -1, 1, 1, -1, 1}},
    {3, 0.6f, {0, -1.7, 1.28, 0.85, -1.28, 0.85}},
    {0, 0.9f, {0}},
    {4, 0.75f, {0, -1.36, 1.36, 0, 0, 1.36, -1.36, 0}},
    {3, 0.6f, {0, 1.7, -1.28, -0.85, 1.28, -0.85}},
    {12, 0.35f, {-PLUS_IN, -PLUS_OUT, PLUS_IN,   -PLUS_OUT, PLUS_IN,   -PLUS_IN, PLUS_OUT, -PLUS_IN,
                 PLUS_OUT, PLUS_IN,   PLUS_IN,   PLUS_IN,   PLUS_IN,   PLUS_OUT, -PLUS_IN, PLUS_OUT,
                 -PLUS_IN, PLUS_IN,   -PLUS_OUT, PLUS_IN,   -PLUS_OUT, -PLUS_IN, -PLUS_IN, -PLUS_IN}},
    /* a star of radius 1.6, its inner corners at 0.48 of that */
    {10, 0.45f, {0, -1.6, 0.4514190830, -0.6213250649, 1.5216904261, -0.4944271910, 0.7304113854, 0.2373250517,
                 0.9404564037, 1.2944271910, 0, 0.768, -0.9404564037, 1.2944271910, -0.7304113854, 0.2373250517,
                 -1.5216904261, -0.4944271910, -0.4514190830, -0.6213250649}},
    {12, 0.35f, {-CROSS_B, -CROSS_A, -CROSS_A, -CROSS_B, 0,        -CROSS_C, CROSS_A,  -CROSS_B,
                 CROSS_B,  -CROSS_A, CROSS_C,  0,        CROSS_B,  CROSS_A,  CROSS_A,  CROSS_B,
                 0,        CROSS_C,  -CROSS_A, CROSS_B,  -CROSS_B, CROSS_A,  -CROSS_C, 0}},
    {3, 0.6f, {-1.7, 0, 0.85, -1.28, 0.85, 1.28}},
    {3, 0.6f, {1.7, 0, -0.85, 1.28, -0.85, -1.28}},
    {4, 0.45f, {-BAR_LONG, -BAR_WIDE, BAR_LONG, -BAR_WIDE, BAR_LONG, BAR_WIDE, -BAR_LONG, BAR_WIDE}},
    {4, 0.45f, {-BAR_WIDE, -BAR_LONG, BAR_WIDE, -BAR_LONG, BAR_WIDE, BAR_LONG, -BAR_WIDE, BAR_LONG}},
    {6, 0.3f, {-GLASS_WIDE, -GLASS_LONG, GLASS_WIDE, -GLASS_LONG, GLASS_WAIST, 0,
               GLASS_WIDE, GLASS_LONG, -GLASS_WIDE, GLASS_LONG, -GLASS_WAIST, 0}},
    {6, 0.3f, {GLASS_LONG, -GLASS_WIDE, GLASS_LONG, GLASS_WIDE, 0, GLASS_WAIST,
               -GLASS_LONG, GLASS_WIDE, -GLASS_LONG, -GLASS_WIDE, 0, -GLASS_WAIST}},
    {4, 0.45f, {SLASH_A, -SLASH_B, SLASH_B, -SLASH_A, -SLASH_A, SLASH_B, -SLASH_B, SLASH_A}},
    {4, 0.45f, {-SLASH_A, -SLASH_B, SLASH_B, SLASH_A, SLASH_A, SLASH_B, -SLASH_B, -SLASH_A}},
    {7, 0.1f, {-0.2, 0, -0.2, -4, 2.6, -4, 1.9, -3.1, 2.6, -2.2, 0.2, -2.2, 0.2, 0}},
};
/* clang-format on */

static size_t outline(const Shape *shape, double radius, double corners[2 * DISC_CORNERS]) {
    if (shape->corners > 0) {
        for (size_t i = 0; i < 2 * shape->corners; i++)
            corners[i] = shape->points[i] * radius;
        return shape->corners;
    }
    /* So many corners that it looks like a disc. */
    const double cosine = 0.9951847266721969, sine = 0.0980171403295606; /* of 2 pi / 64 */
    double x = 0, y = -DISC_RADIUS * radius;
    for (size_t i = 0; i < DISC_CORNERS; i++) {
        corners[2 * i] = x;
        corners[2 * i + 1] = y;
        double turned = x * cosine - y * sine;
        y = x * sine + y * cosine;
        x = turned;
    }
    return DISC_CORNERS;
}

/* Moves each of the n sides inwards by `distance` (below 0: outwards). */
static void shrink(const double *corners, size_t n, double distance, double *inner) {
    for (size_t i = 0; i < n; i++) {
        const double *before = corners + 2 * ((i + n - 1) % n), *here = corners + 2 * i;
        const double *after = corners + 2 * ((i + 1) % n);
        double ax = here[0] - before[0], ay = here[1] - before[1], bx = after[0] - here[0], by = after[1] - here[1];
        double a = sqrt(ax * ax + ay * ay), b = sqrt(bx * bx + by * by);
        double nx = -ay / a, ny = ax / a, mx = -by / b, my = bx / b; /* inward normals of the two sides */
        double scale = distance / (1 + nx * mx + ny * my);
        inner[2 * i] = here[0] + (nx + mx) * scale;
        inner[2 * i + 1] = here[1] + (ny + my) * scale;
    }
}

static uint32_t premultiplied(Color fill, Color edge, double fill_cover, double edge_cover) {
    double fill_alpha = fill_cover * (fill >> 24) / 255, edge_alpha = edge_cover * (edge >> 24) / 255;
    uint32_t pixel = (uint32_t)((fill_alpha + edge_alpha) * 255 + 0.5) << 24;
    for (int shift = 0; shift < 24; shift += 8)
        pixel |= (uint32_t)((fill >> shift & 255) * fill_alpha + (edge >> shift & 255) * edge_alpha + 0.5) << shift;
    return pixel;
}

/* How wide the edge is inside the outline, and outside of it. */
static double edge_inside(const Shape *shape, float radius, float edge_width) {
    return fminf(fmaxf(edge_width, 0), shape->slimmest * radius);
}

static double edge_outside(float edge_width) {
    return edge_width < 0 ? -edge_width : 0;
}

size_t mark_polygon(int shape, double radius, double corners[2 * MARK_CORNERS]) {
    return outline(&SHAPES[shape], radius, corners);
}

float mark_widest_edge(int shape) {
    return SHAPES[shape].slimmest;
}

size_t mark_outline(const MarkLook *look, bool fill, double corners[2 * MARK_CORNERS], double *radius) {
    const Shape *shape = &SHAPES[look->shape];
    double inwards = fill ? edge_inside(shape, look->radius, look->edge_width) : -edge_outside(look->edge_width),
           plain[2 * MARK_CORNERS];
    if (shape->corners == 0) {
        *radius = DISC_RADIUS * look->radius - inwards;
        return 0;
    }
    *radius = 0;
    size_t n = outline(shape, look->radius, plain);
    shrink(plain, n, inwards, corners);
    return n;
}

bool mark_make(MarkSprite *sprite, int shape, float radius, float edge_width, Color fill, Color edge, Status *status) {
    assert(shape >= 0 && shape <= MARK_FLAG);
    assert(radius > 0 && radius <= 1024 && edge_width >= -1024);
    const Shape *kind = &SHAPES[shape];
    *sprite = (MarkSprite){0};
    double outer[2 * DISC_CORNERS], inner[2 * DISC_CORNERS], grown[2 * DISC_CORNERS];
    size_t n = outline(kind, radius, outer);
    double outside = edge_outside(edge_width), inside_width = edge_inside(kind, radius, edge_width);
    if (outside > 0) {
        shrink(outer, n, -outside, grown);
        memcpy(outer, grown, 2 * n * sizeof *outer);
    }
    double low[2] = {0, 0}, high[2] = {0, 0};
    for (size_t i = 0; i < 2 * n; i++) {
        low[i % 2] = fmin(low[i % 2], outer[i]);
        high[i % 2] = fmax(high[i % 2], outer[i]);
    }
    const double farthest_step = (STEPS - 1.0) / STEPS;
    int left = (int)ceil(-low[0]), top = (int)ceil(-low[1]);
    int width = (left + (int)ceil(high[0] + farthest_step) + 3) / 4 * 4,
        height = top + (int)ceil(high[1] + farthest_step);
    size_t area = (size_t)width * (size_t)height, row_size = (size_t)width + 2;
    uint32_t *pixels = calloc(STEPS * STEPS * area, sizeof *pixels);
    float *rows = calloc(2 * row_size, sizeof *rows);
    if (!pixels || !rows) {
        free(pixels);
        free(rows);
        return status_no_memory(status, "marks");
    }
    for (int step = 0; step < STEPS * STEPS; step++) {
        n = outline(kind, radius, outer);
        for (size_t i = 0; i < n; i++) {
            outer[2 * i] += left + (step % STEPS) / (double)STEPS;
            outer[2 * i + 1] += top + step / STEPS / (double)STEPS;
        }
        shrink(outer, n, inside_width, inner);
        if (outside > 0) {
            shrink(outer, n, -outside, grown);
            memcpy(outer, grown, 2 * n * sizeof *outer);
        }
        for (int y = 0; y < height; y++) {
            float *whole = rows, *inside = rows + row_size;
            polygon_row_cover(outer, n, 0, width, y, whole);
            polygon_row_cover(inner, n, 0, width, y, inside);
            for (int x = 0; x < width; x++) {
                float edge_cover = whole[x] > inside[x] ? whole[x] - inside[x] : 0;
                pixels[(size_t)step * area + (size_t)y * (size_t)width + (size_t)x] =
                    premultiplied(fill, edge, inside[x], edge_cover);
            }
            memset(rows, 0, 2 * row_size * sizeof *rows);
        }
    }
    free(rows);
    *sprite = (MarkSprite){.look = {shape, radius, edge_width, fill, edge},
                           .width = width,
                           .height = height,
                           .center_x = left,
                           .center_y = top,
                           .pixels = pixels};
    return true;
}

void mark_free(MarkSprite *sprite) {
    free(sprite->pixels);
    *sprite = (MarkSprite){0};
}

void mark_draw(Canvas *canvas, const MarkSprite *sprite, float x, float y) {
    assert(sprite->pixels);
    if (!(fabsf(x) <= 1e6f && fabsf(y) <= 1e6f))
        return;
    if (canvas->record) {
        draw_list_mark(canvas->record, canvas_clip(canvas), &sprite->look, x, y);
        DrawList *list = canvas_pause(canvas);
        mark_draw(canvas, sprite, x, y);
        canvas_resume(canvas, list);
        return;
    }
    /* to the nearest quarter, rounding down for negative ones, too */
    const int64_t away = 1 << 21;
    int64_t column = (int64_t)((double)x * STEPS + 0.5 + (double)(away * STEPS)) - away * STEPS;
    int64_t row = (int64_t)((double)y * STEPS + 0.5 + (double)(away * STEPS)) - away * STEPS;
    size_t step = (size_t)((row & (STEPS - 1)) * STEPS + (column & (STEPS - 1)));
    canvas_premultiplied(canvas, (int)(column >> 2) - sprite->center_x, (int)(row >> 2) - sprite->center_y,
                         sprite->pixels + step * (size_t)sprite->width * (size_t)sprite->height, sprite->width,
                         sprite->height);
}
