/* A CPU rasteriser into one buffer of 0xAARRGGBB pixels (alpha 255 once something is drawn).
 *
 * Coordinates are pixels, x to the right, y down, floating point: the centre of the top left pixel is (0.5,
 * 0.5). Everything is anti-aliased and clipped to the current clip rectangle; coordinates that are not finite
 * or far outside draw nothing and never reach memory. Colours are 0xAARRGGBB, not premultiplied; alpha
 * blends. No SDL.
 *
 * Blending is in integers, each channel rounded exactly: round((source a + target (255 - a)) / 255), a the
 * colour's alpha times the coverage. Coverage is exact area for rects and polygons and follows the distance
 * to the outline for what is round; it uses nothing but +, -, *, / and sqrt, so that a picture is the same to
 * the bit on every machine. */
#ifndef EASYFIRST_CANVAS_H
#define EASYFIRST_CANVAS_H

#include "core/status.h"

#include <stddef.h>
#include <stdint.h>

typedef uint32_t Color; /* 0xAARRGGBB */

typedef struct Rect {
    float x, y, w, h;
} Rect;

static inline bool rect_has(Rect r, float x, float y) {
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

#define CANVAS_MAX_SIDE 16384
#define CANVAS_CLIP_DEPTH 16

typedef struct Canvas {
    int width, height;
    uint32_t *pixels;  /* width * height, rows without padding; owned */
    uint8_t *coverage; /* scratch of one byte a pixel, for polylines; zero between calls; owned */
    float *row;        /* scratch of width + 2 floats, for polygons; zero between calls; owned */
    int *touched;      /* scratch of two ints a row, for polylines: the columns covered so far; owned */
    size_t capacity;   /* pixels allocated */
    int clip_depth;
    struct {
        int x0, y0, x1, y1;
    } clip[CANVAS_CLIP_DEPTH]; /* clip[clip_depth] is in force */
} Canvas;

/* A zeroed Canvas is a valid empty one. Keeps the old buffer on failure. Resets the clip; contents are
 * undefined. */
bool canvas_resize(Canvas *canvas, int width, int height, Status *status);
void canvas_free(Canvas *canvas);

void canvas_push_clip(Canvas *canvas, Rect rect); /* intersected with the clip in force; edges rounded to pixels */
void canvas_pop_clip(Canvas *canvas);

void canvas_fill(Canvas *canvas, Color color);            /* the whole clip */
void canvas_rect(Canvas *canvas, Rect rect, Color color); /* fractional edges are covered in part */
void canvas_rounded(Canvas *canvas, Rect rect, float radius, Color color);
/* The line of the given width lies inside the rect's edge. */
void canvas_rounded_frame(Canvas *canvas, Rect rect, float radius, float width, Color color);
void canvas_disc(Canvas *canvas, float x, float y, float radius, Color color);
void canvas_ring(Canvas *canvas, float x, float y, float radius, float width,
                 Color color); /* radius: middle of the line */
void canvas_line(Canvas *canvas, float x0, float y0, float x1, float y1, float width, Color color); /* round ends */
/* n points as x, y pairs; joined round; covered once, however the segments overlap. */
void canvas_polyline(Canvas *canvas, const float *points, size_t n, float width, Color color);
/* n corners as x, y pairs, closed by itself; convex or not, non-zero winding. */
void canvas_polygon(Canvas *canvas, const float *points, size_t n, Color color);

/* An 8-bit mask (coverage) in a colour: text. stride in bytes. */
void canvas_mask(Canvas *canvas, int x, int y, const uint8_t *mask, int width, int height, int stride, Color color);
/* Opaque pixels, copied. stride in pixels. */
void canvas_blit(Canvas *canvas, int x, int y, const uint32_t *pixels, int width, int height, int stride);

/* Premultiplied pixels, blended. stride in pixels; a width that is a multiple of 4 is fastest. */
void canvas_premultiplied(Canvas *canvas, int x, int y, const uint32_t *pixels, int width, int height, int stride);

/* The area, 0 to 1, that a polygon of n corners covers of each of the width pixels from (x0, y) on, in
 * row[0..width-1]. row has width + 2 floats, which must be zero before the call. Marks are made with it. */
void polygon_row_cover(const double *points, size_t n, int x0, int width, int y, float *row);

Color color_mix(Color a, Color b, float share); /* share 0: a, 1: b; alpha too */
Color color_alpha(Color color, float alpha);    /* alpha times */

#endif
