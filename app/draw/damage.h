/* Which parts of a window have changed since they were shown: the canvas is compared with what the display has, tile by
 * tile, so that only the changed parts are handed over, whatever changed them. No SDL. */
#ifndef EASYFIRST_DAMAGE_H
#define EASYFIRST_DAMAGE_H

#include "app/draw/canvas.h"

enum { DAMAGE_TILE = 64, DAMAGE_MOST = 256 };

typedef struct DamageRect { /* pixels */
    int x, y, w, h;
} DamageRect;

/* Copies what differs in the canvas's first `height` rows of `width` pixels to `shown` (rows `stride` pixels apart;
 * all 32 bits of a pixel count) and returns the number of rects that this took: they do not overlap and cover all
 * that differed. */
size_t damage_repair(const Canvas *canvas, uint32_t *shown, int width, int height, size_t stride,
                     DamageRect rects[DAMAGE_MOST]);

#endif
