#include "app/draw/damage.h"

#include <assert.h>
#include <string.h>

static int least(int a, int b) {
    return a < b ? a : b;
}

/* Copies a tile from the first row that differs; false if none does. */
static bool repair_tile(const Canvas *canvas, uint32_t *shown, size_t stride, DamageRect tile) {
    size_t bytes = (size_t)tile.w * sizeof *shown;
    bool differs = false;
    for (int y = tile.y; y < tile.y + tile.h; y++) {
        const uint32_t *from = canvas->pixels + (size_t)y * (size_t)canvas->width + tile.x;
        uint32_t *to = shown + (size_t)y * stride + tile.x;
        differs = differs || memcmp(from, to, bytes) != 0;
        if (differs)
            memcpy(to, from, bytes);
    }
    return differs;
}

/* Adds a rect, or extends the one of the same width right above it. */
static size_t add(DamageRect *rects, size_t count, DamageRect rect) {
    for (size_t i = 0; i < count; i++)
        if (rects[i].x == rect.x && rects[i].w == rect.w && rects[i].y + rects[i].h == rect.y) {
            rects[i].h += rect.h;
            return count;
        }
    rects[count] = rect;
    return count + 1;
}

size_t damage_repair(const Canvas *canvas, uint32_t *shown, int width, int height, size_t stride,
                     DamageRect rects[DAMAGE_MOST]) {
    assert(width <= canvas->width && height <= canvas->height && (size_t)width <= stride);
    size_t count = 0;
    bool all = false; /* too many rects: one for everything */
    for (int y = 0; y < height; y += DAMAGE_TILE) {
        DamageRect span = {0, y, 0, least(DAMAGE_TILE, height - y)}; /* tiles side by side that differ */
        for (int x = 0; x < width; x += DAMAGE_TILE) {
            DamageRect tile = {x, y, least(DAMAGE_TILE, width - x), span.h};
            bool differs = repair_tile(canvas, shown, stride, tile);
            if (differs) {
                span.x = span.w > 0 ? span.x : x;
                span.w = x + tile.w - span.x;
            }
            if (span.w > 0 && (!differs || x + tile.w == width)) {
                if (!all)
                    count = add(rects, count, span);
                all = all || count == DAMAGE_MOST;
                span.w = 0;
            }
        }
    }
    if (all)
        rects[0] = (DamageRect){0, 0, width, height};
    return all ? 1 : count;
}
