/* Shared by the canvas's own files: blending, and the pixels that a shape touches. Static inline, because drawing
 * spends its time here. */
#ifndef EASYFIRST_CANVAS_PRIVATE_H
#define EASYFIRST_CANVAS_PRIVATE_H

#include "app/draw/canvas.h"
#include "app/draw/draw_list.h"

#include <math.h>
#include <string.h>

/* ---- Blending ---- */

/* Four pixels as 32-bit words, and two of their channels as eight 16-bit lanes. Generic vectors, because 16-bit
 * products are four times as cheap as 32-bit ones without AVX, and compilers do not find that by themselves. */
typedef uint32_t Quad __attribute__((vector_size(16)));
typedef uint16_t Lanes __attribute__((vector_size(16)));

#define CHANNELS 0x00ff00ffu /* red and blue; of a word shifted down by 8: alpha and green */
#define OPAQUE 0xff000000u

/* round(x / 255), exact for 0 <= x <= 255 * 255. */
static inline uint32_t over_255(uint32_t x) {
    x += 128;
    return (x + (x >> 8)) >> 8;
}

static inline Lanes lanes_over_255(Lanes x) {
    x += 128;
    return (x + (x >> 8)) >> 8;
}

static inline Quad quad_of(uint32_t value) {
    return (Quad){value, value, value, value};
}

static inline uint32_t blend(uint32_t target, Color color, uint32_t alpha) {
    uint32_t rest = 255 - alpha;
    uint32_t r = over_255((target >> 16 & 255) * rest + (color >> 16 & 255) * alpha);
    uint32_t g = over_255((target >> 8 & 255) * rest + (color >> 8 & 255) * alpha);
    uint32_t b = over_255((target & 255) * rest + (color & 255) * alpha);
    return OPAQUE | r << 16 | g << 8 | b;
}

/* blend() of four pixels; rb and ag: the colour's channels, alpha: one in each word. */
static inline Quad blend_quad(Quad target, Lanes rb, Lanes ag, Quad alpha) {
    Lanes a = (Lanes)(alpha | alpha << 16);
    Lanes rest = 255 - a;
    Lanes target_rb = (Lanes)(target & CHANNELS), target_ag = (Lanes)(target >> 8 & CHANNELS);
    target_rb = lanes_over_255(target_rb * rest + rb * a);
    target_ag = lanes_over_255(target_ag * rest + ag * a);
    return (Quad)target_rb | (Quad)target_ag << 8 | OPAQUE;
}

/* n pixels, all with the same coverage (0 to 255). */
static inline void blend_span(uint32_t *pixels, int n, Color color, uint32_t coverage) {
    uint32_t alpha = over_255((color >> 24) * coverage);
    int i = 0;
    if (alpha == 0)
        return;
    if (alpha == 255) {
        uint32_t opaque = color | OPAQUE;
        for (i = 0; i < n; i++)
            pixels[i] = opaque;
        return;
    }
    Lanes rb = (Lanes)quad_of(color & CHANNELS), ag = (Lanes)quad_of(color >> 8 & CHANNELS);
    for (; i + 4 <= n; i += 4) {
        Quad target;
        memcpy(&target, pixels + i, sizeof target);
        target = blend_quad(target, rb, ag, quad_of(alpha));
        memcpy(pixels + i, &target, sizeof target);
    }
    for (; i < n; i++)
        pixels[i] = blend(pixels[i], color, alpha);
}

/* n pixels, each with its own coverage. */
static inline void blend_mask(uint32_t *restrict pixels, const uint8_t *restrict mask, int n, Color color) {
    uint32_t opacity = color >> 24;
    int i = 0;
    if (opacity == 0)
        return;
    Lanes rb = (Lanes)quad_of(color & CHANNELS), ag = (Lanes)quad_of(color >> 8 & CHANNELS);
    for (; i + 4 <= n; i += 4) {
        uint32_t four;
        memcpy(&four, mask + i, sizeof four);
        if (four == 0) /* most of a text's mask */
            continue;
        Quad target, alpha = {mask[i], mask[i + 1], mask[i + 2], mask[i + 3]};
        alpha = (Quad)lanes_over_255((Lanes)alpha * (Lanes)quad_of(opacity));
        memcpy(&target, pixels + i, sizeof target);
        target = blend_quad(target, rb, ag, alpha);
        memcpy(pixels + i, &target, sizeof target);
    }
    for (; i < n; i++)
        if (mask[i] != 0)
            pixels[i] = blend(pixels[i], color, over_255(mask[i] * opacity));
}

static inline uint32_t cover_byte(float cover) {
    return cover <= 0 ? 0 : cover >= 1 ? 255 : (uint32_t)(cover * 255 + 0.5f);
}

/* One pixel; cover: 0 to 1. */
static inline void blend_cover(uint32_t *pixel, Color color, float cover) {
    uint32_t alpha = over_255((color >> 24) * cover_byte(cover));
    if (alpha != 0)
        *pixel = blend(*pixel, color, alpha);
}

/* ---- What is recorded ---- */

static inline void record_item(const Canvas *canvas, DrawItem item) {
    if (canvas->record)
        draw_list_add(canvas->record, canvas_clip(canvas), item);
}

/* ---- The pixels that a shape touches ---- */

/* floor and ceil as an int within [low, high]; NaN gives low. */
static inline int floor_within(double value, int low, int high) {
    if (!(value > low))
        return low;
    return value >= high ? high : (int)floor(value);
}

static inline int ceil_within(double value, int low, int high) {
    if (!(value > low))
        return low;
    return value >= high ? high : (int)ceil(value);
}

/* The pixels that an area touches, within the clip; empty if there are none. */
static inline Box touched_box(const Canvas *canvas, double x0, double y0, double x1, double y1) {
    Box clip = canvas_clip(canvas);
    if (!(x0 < x1 && y0 < y1)) /* NaN too */
        return (Box){0, 0, 0, 0};
    return (Box){floor_within(x0, clip.x0, clip.x1), floor_within(y0, clip.y0, clip.y1),
                 ceil_within(x1, clip.x0, clip.x1), ceil_within(y1, clip.y0, clip.y1)};
}

static inline uint32_t *pixel_at(const Canvas *canvas, int x, int y) {
    return canvas->pixels + (size_t)y * (size_t)canvas->width + (size_t)x;
}

/* Whether all numbers are within what floats are exact enough for; what lies beyond cannot be seen anyway. */
static inline bool is_drawable(const float *numbers, size_t n) {
    for (size_t i = 0; i < n; i++)
        if (!(fabsf(numbers[i]) <= 1e6f))
            return false;
    return true;
}

#endif
