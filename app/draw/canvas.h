/* A CPU rasteriser into one buffer of 0xAARRGGBB pixels (alpha 255 once something is drawn). No SDL.
 *
 * Coordinates are pixels, x to the right, y down, floating point: the centre of the top left pixel is (0.5, 0.5).
 * Everything is anti-aliased and clipped to the clip in force; coordinates that are not finite or far outside draw
 * nothing and never reach memory. Colours are 0xAARRGGBB, not premultiplied; alpha blends.
 *
 * Blending is in integers, each channel rounded exactly: round((source a + target (255 - a)) / 255), where a is the
 * colour's alpha times the coverage. Coverage is the exact area for rects and polygons and follows the distance to
 * the outline for round shapes; it uses only +, -, *, / and sqrt, so that a picture is the same to the bit on every
 * machine. */
#ifndef EASYFIRST_CANVAS_H
#define EASYFIRST_CANVAS_H

#include "app/draw/geometry.h"
#include "core/status.h"

#include <stddef.h>
#include <stdint.h>

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
    Box clip[CANVAS_CLIP_DEPTH]; /* clip[clip_depth] is in force */
    struct DrawList *record;     /* what is drawn is appended to it (draw_list.h); usually NULL. Not owned */
} Canvas;

/* A zeroed Canvas is a valid empty one. Resets the clip; the contents are undefined. On failure (no memory, no such
 * size) the old buffer is kept. */
bool canvas_resize(Canvas *canvas, int width, int height, Status *status);
void canvas_free(Canvas *canvas);

void canvas_push_clip(Canvas *canvas, Rect rect); /* intersected with the clip in force; edges rounded to pixels */
void canvas_pop_clip(Canvas *canvas);

static inline Box canvas_clip(const Canvas *canvas) {
    return canvas->clip[canvas->clip_depth];
}

void canvas_fill(Canvas *canvas, Color color);            /* the whole clip */
void canvas_rect(Canvas *canvas, Rect rect, Color color); /* pixels at fractional edges are covered in part */
void canvas_rounded(Canvas *canvas, Rect rect, float radius, Color color);
/* The line of the given width lies inside the rect's edge. */
void canvas_rounded_frame(Canvas *canvas, Rect rect, float radius, float width, Color color);
/* The soft shadow of a rounded rect that lies over the rest, to be drawn before it. scale: of the interface. */
void canvas_shadow(Canvas *canvas, Rect rect, float radius, float scale);
void canvas_disc(Canvas *canvas, float x, float y, float radius, Color color);
/* radius: to the middle of the line. */
void canvas_ring(Canvas *canvas, float x, float y, float radius, float width, Color color);
void canvas_line(Canvas *canvas, float x0, float y0, float x1, float y1, float width, Color color); /* round ends */
/* n points as x, y pairs; round joins; each pixel is blended once, however the segments overlap. */
void canvas_polyline(Canvas *canvas, const float *points, size_t n, float width, Color color);
/* n corners as x, y pairs, closed implicitly; convex or not, non-zero winding. */
void canvas_polygon(Canvas *canvas, const float *points, size_t n, Color color);

/* width x height values or pixels, rows without padding, their top left one at pixel (x, y). */
void canvas_mask(Canvas *canvas, int x, int y, const uint8_t *mask, int width, int height, Color color); /* coverage */
void canvas_blit(Canvas *canvas, int x, int y, const uint32_t *pixels, int width, int height); /* opaque: copied */
/* Premultiplied, blended; fastest if the width is a multiple of 4. */
void canvas_premultiplied(Canvas *canvas, int x, int y, const uint32_t *pixels, int width, int height);

/* Writes to row[0..width-1] the share (0 to 1) that a polygon of n corners covers of each of the width pixels from
 * (x0, y) on. row has width + 2 floats, which must be zero before the call. Marks are made with it. */
void polygon_row_cover(const double *points, size_t n, int x0, int width, int y, float *row);

/* What a figure records instead of pixels (draw_list.h). Nothing is recorded from canvas_pause until canvas_resume with
 * what it returned, which may be NULL. */
static inline struct DrawList *canvas_pause(Canvas *canvas) {
    struct DrawList *list = canvas->record;
    canvas->record = NULL;
    return list;
}

static inline void canvas_resume(Canvas *canvas, struct DrawList *list) {
    canvas->record = list;
}

/* Records the pixels of a place, within the clip, as they are now, as an opaque picture; if anything is recorded. */
void canvas_picture(const Canvas *canvas, Rect rect);

Color color_mix(Color a, Color b, float share); /* share 0: a, 1: b; mixes alpha, too */
Color color_alpha(Color color, float alpha);    /* the colour's alpha times this one, 0 to 1 */

#endif
