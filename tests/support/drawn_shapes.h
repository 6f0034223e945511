/* Each shape that a canvas draws, as a list records them: also those that are nearly nothing or all line, and those
 * that let show through what is below. On a canvas of at least 900 by 700 pixels. */
#ifndef EASYFIRST_DRAWN_SHAPES_H
#define EASYFIRST_DRAWN_SHAPES_H

#include "app/draw/marks.h"

#include <cmocka.h>

static inline void draw_shapes(Canvas *canvas) {
    static const Color INK = 0xff2050a0, GLASS = 0x80c04010;
    static const float CORNERS[] = {600, 60, 760, 100, 700, 240, 620, 160}, DOT[] = {820, 80},
                       TURNS[] = {60, 500, 200, 560, 120, 620, 300, 660};
    canvas_rounded(canvas, (Rect){40, 40, 120, 90}, 20, INK);
    canvas_rounded_frame(canvas, (Rect){200, 40, 120, 90}, 20, 9, INK);
    canvas_rounded_frame(canvas, (Rect){360, 40, 60, 90}, 12, 100, INK); /* is all line */
    canvas_rounded_frame(canvas, (Rect){460, 40, 100, 90}, 0, 7, GLASS);
    canvas_polygon(canvas, CORNERS, 4, GLASS);
    canvas_polyline(canvas, DOT, 1, 40, INK);
    canvas_disc(canvas, 100, 220, 50, GLASS);
    canvas_ring(canvas, 260, 220, 50, 14, INK);
    canvas_ring(canvas, 400, 220, 20, 50, INK); /* has no hole */
    canvas_polyline(canvas, TURNS, 4, 12, INK);
    canvas_polyline(canvas, (const float[]){60, 480, 300, 480}, 2, 12, INK);
    canvas_polyline(canvas, (const float[]){60, 460, 300, 460}, 2, 5, INK);
    canvas_polyline(canvas, (const float[]){60, 440, 300, 440}, 2, 5, GLASS);
    static const struct {
        float edge_width;
        Color fill, edge;
    } LOOKS[] = {{6, INK, 0xff000000}, {-6, INK, 0xff000000}, {6, GLASS, 0xff000000}, {6, INK, GLASS}, {0, INK, 0}};
    for (int i = 0; i < 10; i++) { /* discs, and squares */
        MarkSprite mark;
        Status failure = {0};
        assert_true(mark_make(&mark, i % 2 ? 0 : 2, 30, LOOKS[i / 2].edge_width, LOOKS[i / 2].fill, LOOKS[i / 2].edge,
                              &failure));
        mark_draw(canvas, &mark, 400.0f + 90.0f * (float)(i / 2), i % 2 ? 480 : 600);
        mark_free(&mark);
    }
    enum { SIDE = 100 };
    static uint32_t pixels[SIDE * SIDE]; /* premultiplied: from nothing to all of it */
    for (uint32_t i = 0; i < SIDE * SIDE; i++) {
        uint32_t alpha = i % SIDE * 255 / (SIDE - 1);
        pixels[i] = alpha << 24 | (alpha * (i / SIDE) / SIDE) << 16 | (alpha / 2) << 8; /* of many colours */
    }
    canvas_premultiplied(canvas, 100, 300, pixels, SIDE, SIDE);
    canvas_push_clip(canvas, (Rect){600, 300, 90, 90});
    canvas_disc(canvas, 640, 340, 70, INK);
    canvas_pop_clip(canvas);
    canvas_push_clip(canvas, (Rect){700, 300, 90, 90});
    canvas_disc(canvas, 740, 340, 70, INK);
    canvas_pop_clip(canvas);
}

#endif
