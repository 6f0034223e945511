/* The marks of points: sixteen shapes with a fill and an edge, as premultiplied sprites made once for each size and
 * colour at 4x4 sub-pixel positions; drawing one blends a few pixels. */
#ifndef EASYFIRST_MARKS_H
#define EASYFIRST_MARKS_H

#include "app/draw/canvas.h"
#include "app/draw/draw_list.h"

/* Square, triangle, disc, diamond, inverted triangle, plus, star, cross; triangles that point left and right, a bar
 * lying and one standing, an hourglass standing and one lying, a slash and a backslash: distinct at a radius of 3
 * pixels, where a pentagon or a hexagon would pass for a disc. */
#define MARK_SHAPES 16
/* A flag on a pole whose foot is the point; of no class. It is four radii high. */
#define MARK_FLAG MARK_SHAPES

/* The shape of a class. Classes that share one are far apart in colour (theme.c). */
static inline int mark_shape(int class) {
    return class % MARK_SHAPES;
}

#define MARK_CORNERS 64 /* of an outline at the most */

/* Writes the corners of a shape for a radius (mark_make), as x, y pairs from the point, y down; returns how many. A
 * disc has MARK_CORNERS. */
size_t mark_polygon(int shape, double radius, double corners[2 * MARK_CORNERS]);
/* The widest edge that still leaves some fill, as a share of the radius. */
float mark_widest_edge(int shape);

typedef struct MarkSprite {
    MarkLook look;
    int width, height;      /* pixels of an image; the width is a multiple of 4 */
    int center_x, center_y; /* the image's pixel that holds the mark's centre */
    uint32_t *pixels;       /* 16 premultiplied images of width * height, by sub-pixel row; owned */
} MarkSprite;

/* radius: half the height of the square in pixels; other shapes have about its area, and their centre of area is the
 * point. The edge, of edge_width, lies just inside the outline and is cut down where it would hide all of the fill;
 * below 0 it is as wide and lies just outside.
 * *sprite is overwritten. */
bool mark_make(MarkSprite *sprite, int shape, float radius, float edge_width, Color fill, Color edge, Status *status);
void mark_free(MarkSprite *sprite);

/* Writes the corners of a mark's outline, or of the fill inside its edge, as x, y pairs from the point; returns how
 * many. A disc has none: *radius is its radius, which is 0 for others. */
size_t mark_outline(const MarkLook *look, bool fill, double corners[2 * MARK_CORNERS], double *radius);

/* Draws the nearest of the 16 images, at most 1/8 pixel off in x and y; nothing if x or y is not finite. */
void mark_draw(Canvas *canvas, const MarkSprite *sprite, float x, float y);

#endif
