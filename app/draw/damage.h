/* What of a window is no longer as it is shown: the canvas is compared with what the display has, in tiles,
 * so that only what has changed is handed over, whatever it was that changed it. Without SDL. */
#ifndef EASYFIRST_DAMAGE_H
#define EASYFIRST_DAMAGE_H

#include "app/draw/canvas.h"

enum { DAMAGE_TILE = 64, DAMAGE_MOST = 256 };

typedef struct DamageRect { /* pixels */
    int x, y, w, h;
} DamageRect;

/* Copies what differs from the canvas's first `height` rows of `width` pixels to `shown` (rows `stride`
 * pixels apart; the upper eight bits of a pixel count, too) and returns in how many rects that was: they do
 * not overlap and cover all that differed. */
size_t damage_repair(const Canvas *canvas, uint32_t *shown, int width, int height, size_t stride,
                     DamageRect rects[DAMAGE_MOST]);

#endif
