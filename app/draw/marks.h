/* The marks of points: one shape a class, with a fill and an edge, as premultiplied sprites made once for
 * every size and colour at 4x4 sub-pixel positions; drawing one is a blend of a few pixels. */
#ifndef EASYFIRST_MARKS_H
#define EASYFIRST_MARKS_H

#include "app/draw/canvas.h"

/* square, triangle, disc, diamond, inverted triangle, plus, star, cross: apart at a radius of 3 pixels, where
 * a pentagon and a hexagon would pass for discs */
#define MARK_SHAPES 8

typedef struct MarkSprite {
    int width, height;      /* pixels of an image; the width is a multiple of 4 */
    int center_x, center_y; /* the pixel of the image that the mark's pixel falls on */
    uint32_t *pixels;       /* 16 premultiplied images of width * height, sub-pixel row by row; owned */
} MarkSprite;

/* radius: half the height of the square (other shapes have about its area), in pixels. A hollow mark is a
 * fill that differs from its class. The edge's line of edge_width lies just inside the outline; it leaves at
 * least some of the fill to be seen. The mock-ups' marks at scale 1: radius 2.75, edge_width 0.75. The mark's
 * centre of area is the point. *sprite is overwritten. */
bool mark_make(MarkSprite *sprite, int shape, float radius, float edge_width, Color fill, Color edge, Status *status);
void mark_free(MarkSprite *sprite);
/* The nearest of the 16 images is drawn: at most 1/8 pixel off in x and y. Not finite: nothing. */
void mark_draw(Canvas *canvas, const MarkSprite *sprite, float x, float y);

#endif
