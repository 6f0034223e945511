#include "app/draw/canvas_private.h"

#include "core/large_pages.h"

#include <assert.h>
#include <stdlib.h>

/* ---- Colours ---- */

Color color_mix(Color a, Color b, float share) {
    uint32_t s = share >= 1 ? 65536 : share > 0 ? (uint32_t)(share * 65536 + 0.5f) : 0; /* NaN: 0 */
    Color mixed = 0;
    for (int shift = 0; shift < 32; shift += 8)
        mixed |= ((a >> shift & 255) * (65536 - s) + (b >> shift & 255) * s + 32768) >> 16 << shift;
    return mixed;
}

Color color_alpha(Color color, float alpha) {
    return (color & 0x00ffffffu) | over_255((color >> 24) * cover_byte(alpha)) << 24;
}

/* ---- The buffer and its clip ---- */

bool canvas_resize(Canvas *canvas, int width, int height, Status *status) {
    if (width < 1 || height < 1 || width > CANVAS_MAX_SIDE || height > CANVAS_MAX_SIDE)
        return status_fail(status, STATUS_FAILED, "a picture cannot have %d x %d pixels (1 to %d a side)", width,
                           height, CANVAS_MAX_SIDE);
    if (width != canvas->width || height != canvas->height) {
        size_t count = (size_t)width * (size_t)height;
        bool grows = count > canvas->capacity; /* a smaller picture keeps the memory */
        uint32_t *pixels = grows ? large_pages_alloc(count * sizeof *pixels) : canvas->pixels;
        uint8_t *coverage = grows ? calloc(count, sizeof *coverage) : canvas->coverage;
        float *row = calloc((size_t)width + 2, sizeof *row);
        int *touched = calloc(2 * (size_t)height, sizeof *touched);
        if (!pixels || !coverage || !row || !touched) {
            if (grows) {
                free(pixels);
                free(coverage);
            }
            free(row);
            free(touched);
            return status_no_memory(status, "the picture");
        }
        if (grows) {
            free(canvas->pixels);
            free(canvas->coverage);
            canvas->capacity = count;
        }
        free(canvas->row);
        free(canvas->touched);
        canvas->pixels = pixels;
        canvas->coverage = coverage;
        canvas->row = row;
        canvas->touched = touched;
        canvas->width = width;
        canvas->height = height;
    }
    canvas->clip_depth = 0;
    canvas->clip[0] = (Box){0, 0, width, height};
    return true;
}

void canvas_free(Canvas *canvas) {
    free(canvas->pixels);
    free(canvas->coverage);
    free(canvas->row);
    free(canvas->touched);
    *canvas = (Canvas){0};
}

void canvas_push_clip(Canvas *canvas, Rect rect) {
    assert(canvas->clip_depth + 1 < CANVAS_CLIP_DEPTH);
    Box clip = canvas_clip(canvas);
    Box next = {0, 0, 0, 0};
    double x1 = (double)rect.x + rect.w, y1 = (double)rect.y + rect.h;
    if (rect.x <= x1 && rect.y <= y1) {
        next.x0 = floor_within(rect.x + 0.5, clip.x0, clip.x1);
        next.y0 = floor_within(rect.y + 0.5, clip.y0, clip.y1);
        next.x1 = floor_within(x1 + 0.5, next.x0, clip.x1);
        next.y1 = floor_within(y1 + 0.5, next.y0, clip.y1);
    }
    canvas->clip[++canvas->clip_depth] = next;
}

void canvas_pop_clip(Canvas *canvas) {
    assert(canvas->clip_depth > 0);
    canvas->clip_depth--;
}

/* ---- Ready-made pixels ---- */

static bool is_uniform(const Canvas *canvas, Box box) {
    uint32_t first = *pixel_at(canvas, box.x0, box.y0);
    for (int y = box.y0; y < box.y1; y++)
        for (int x = box.x0; x < box.x1; x++)
            if (*pixel_at(canvas, x, y) != first)
                return false;
    return true;
}

void canvas_picture(const Canvas *canvas, Rect rect) {
    if (!canvas->record)
        return;
    Box box = touched_box(canvas, rect.x, rect.y, (double)rect.x + rect.w, (double)rect.y + rect.h);
    int width = box.x1 - box.x0, height = box.y1 - box.y0;
    if (box_is_empty(box))
        return;
    if (is_uniform(canvas, box)) {
        record_item(canvas, (DrawItem){.kind = DRAW_RECT,
                                       .color = *pixel_at(canvas, box.x0, box.y0),
                                       .rect = {(float)box.x0, (float)box.y0, (float)width, (float)height}});
        return;
    }
    uint32_t *copy = draw_list_picture(canvas->record, canvas_clip(canvas), box.x0, box.y0, width, height);
    for (int y = 0; copy && y < height; y++)
        for (int x = 0; x < width; x++)
            copy[(size_t)y * (size_t)width + (size_t)x] = *pixel_at(canvas, box.x0 + x, box.y0 + y) | OPAQUE;
}

/* The part of a picture at (x, y) that lies within the clip; false if there is none. */
static bool visible_part(const Canvas *canvas, int x, int y, int width, int height, Box *part) {
    Box clip = canvas_clip(canvas);
    if (width <= 0 || height <= 0 || x >= clip.x1 || y >= clip.y1)
        return false;
    int64_t right = (int64_t)x + width, bottom = (int64_t)y + height;
    *part = (Box){x > clip.x0 ? x : clip.x0, y > clip.y0 ? y : clip.y0, right < clip.x1 ? (int)right : clip.x1,
                  bottom < clip.y1 ? (int)bottom : clip.y1};
    return !box_is_empty(*part);
}

static void record_mask(const Canvas *canvas, int x, int y, const uint8_t *mask, int width, int height, Color color) {
    uint32_t *pixels = draw_list_picture(canvas->record, canvas_clip(canvas), x, y, width, height);
    for (size_t i = 0; pixels && i < (size_t)width * (size_t)height; i++)
        pixels[i] = over_255((color >> 24) * mask[i]) << 24 | (color & ~OPAQUE);
}

void canvas_mask(Canvas *canvas, int x, int y, const uint8_t *mask, int width, int height, Color color) {
    Box part;
    if (canvas->record)
        record_mask(canvas, x, y, mask, width, height, color);
    if (!visible_part(canvas, x, y, width, height, &part))
        return;
    for (int row = part.y0; row < part.y1; row++) {
        const uint8_t *source = mask + ((ptrdiff_t)row - y) * width + ((ptrdiff_t)part.x0 - x);
        blend_mask(pixel_at(canvas, part.x0, row), source, part.x1 - part.x0, color);
    }
}

void canvas_blit(Canvas *canvas, int x, int y, const uint32_t *pixels, int width, int height) {
    Box part;
    if (!visible_part(canvas, x, y, width, height, &part))
        return;
    for (int row = part.y0; row < part.y1; row++) {
        const uint32_t *source = pixels + ((ptrdiff_t)row - y) * width + ((ptrdiff_t)part.x0 - x);
        memcpy(pixel_at(canvas, part.x0, row), source, (size_t)(part.x1 - part.x0) * sizeof *source);
    }
    canvas_picture(canvas,
                   (Rect){(float)part.x0, (float)part.y0, (float)(part.x1 - part.x0), (float)(part.y1 - part.y0)});
}

static void blend_premultiplied(uint32_t *restrict pixels, const uint32_t *restrict source, int n) {
    int i = 0;
    for (; i + 4 <= n; i += 4) {
        Quad over, target;
        memcpy(&over, source + i, sizeof over);
        memcpy(&target, pixels + i, sizeof target);
        Quad alpha = over >> 24;
        Lanes rest = 255 - (Lanes)(alpha | alpha << 16);
        Lanes rb = lanes_over_255((Lanes)(target & CHANNELS) * rest);
        Lanes ag = lanes_over_255((Lanes)(target >> 8 & CHANNELS) * rest);
        target = (over + ((Quad)rb | (Quad)ag << 8)) | OPAQUE;
        memcpy(pixels + i, &target, sizeof target);
    }
    for (; i < n; i++) {
        uint32_t rest = 255 - (source[i] >> 24), target = pixels[i];
        uint32_t r = over_255((target >> 16 & 255) * rest), g = over_255((target >> 8 & 255) * rest);
        pixels[i] = (source[i] + (r << 16 | g << 8 | over_255((target & 255) * rest))) | OPAQUE;
    }
}

void canvas_premultiplied(Canvas *canvas, int x, int y, const uint32_t *pixels, int width, int height) {
    Box part;
    if (canvas->record)
        draw_list_pixels(canvas->record, canvas_clip(canvas), x, y, pixels, width, height);
    if (!visible_part(canvas, x, y, width, height, &part))
        return;
    for (int row = part.y0; row < part.y1; row++) {
        const uint32_t *source = pixels + ((ptrdiff_t)row - y) * width + ((ptrdiff_t)part.x0 - x);
        blend_premultiplied(pixel_at(canvas, part.x0, row), source, part.x1 - part.x0);
    }
}
