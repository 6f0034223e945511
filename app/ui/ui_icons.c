#include "app/ui/ui.h"

#include <math.h>

/* A circle's arc, from angle a to b in radians (0: right, upwards positive). */
static void arc(Canvas *canvas, float x, float y, float radius, float a, float b, float width, Color color) {
    enum { STEPS = 24 };
    float points[2 * (STEPS + 1)];
    for (int i = 0; i <= STEPS; i++) {
        float t = a + (b - a) * (float)i / STEPS;
        points[2 * i] = x + radius * cosf(t);
        points[2 * i + 1] = y - radius * sinf(t);
    }
    canvas_polyline(canvas, points, STEPS + 1, width, color);
}

static void triangle(Canvas *canvas, float x0, float y0, float x1, float y1, float x2, float y2, Color color) {
    float points[] = {x0, y0, x1, y1, x2, y2};
    canvas_polygon(canvas, points, 3, color);
}

/* Drawn in a square of `size` around the centre. */
void ui_icon(Canvas *canvas, UiIcon icon, float x, float y, float size, Color color) {
    const float pi = 3.14159265f;
    float h = size / 2, line = size * 0.13f;
    switch (icon) {
    case ICON_NONE:
        break;
    case ICON_PLAY:
        triangle(canvas, x - h * 0.62f, y - h * 0.86f, x + h * 0.86f, y, x - h * 0.62f, y + h * 0.86f, color);
        break;
    case ICON_PAUSE:
        /* on whole pixels: upright edges show every fraction */
        for (int side = 0; side < 2; side++) {
            float bar = roundf(h * 0.54f), left = roundf(x) + (side ? roundf(h * 0.2f) : -roundf(h * 0.2f) - bar);
            canvas_rect(canvas, (Rect){left, roundf(y - h * 0.86f), bar, roundf(h * 1.72f)}, color);
        }
        break;
    case ICON_EPOCH: /* play to a bar */
        triangle(canvas, x - h * 0.8f, y - h * 0.8f, x + h * 0.42f, y, x - h * 0.8f, y + h * 0.8f, color);
        canvas_rect(canvas, (Rect){x + h * 0.5f, y - h * 0.8f, h * 0.3f, h * 1.6f}, color);
        break;
    case ICON_BATCH: /* a small step: a thin arrow head to a dotted bar */
        triangle(canvas, x - h * 0.62f, y - h * 0.55f, x + h * 0.22f, y, x - h * 0.62f, y + h * 0.55f, color);
        for (int i = -1; i <= 1; i++)
            canvas_disc(canvas, x + h * 0.55f, y + (float)i * h * 0.58f, h * 0.17f, color);
        break;
    case ICON_RESET:
        arc(canvas, x, y + h * 0.06f, h * 0.72f, 0.62f * pi, -1.12f * pi, line, color);
        triangle(canvas, x - h * 0.62f, y - h * 0.62f, x + h * 0.06f, y - h * 1.06f, x + h * 0.06f, y - h * 0.18f,
                 color);
        break;
    case ICON_SEED: { /* a die */
        float side = h * 1.7f;
        canvas_rounded_frame(canvas, (Rect){x - side / 2, y - side / 2, side, side}, h * 0.4f, line, color);
        for (int i = -1; i <= 1; i++)
            canvas_disc(canvas, x + (float)i * h * 0.42f, y + (float)i * h * 0.42f, h * 0.17f, color);
        canvas_disc(canvas, x - h * 0.42f, y + h * 0.42f, h * 0.17f, color);
        canvas_disc(canvas, x + h * 0.42f, y - h * 0.42f, h * 0.17f, color);
        break;
    }
    case ICON_HOLD:
        canvas_rounded_frame(canvas, (Rect){x - h * 0.6f, y - h * 0.1f, h * 1.2f, h * 0.95f}, h * 0.2f, line, color);
        arc(canvas, x, y - h * 0.1f, h * 0.4f, pi, 0.0f, line, color);
        break;
    case ICON_LIGHT:
        canvas_disc(canvas, x, y, h * 0.42f, color);
        for (int i = 0; i < 8; i++) {
            float c = cosf((float)i * pi / 4), s = sinf((float)i * pi / 4);
            canvas_line(canvas, x + c * h * 0.68f, y + s * h * 0.68f, x + c * h * 0.92f, y + s * h * 0.92f, line,
                        color);
        }
        break;
    case ICON_DARK: { /* a crescent: a disc without the part that a second disc, up and to the right, covers
                       */
        enum { STEPS = 20 };
        float points[4 * (STEPS + 1)], big = h * 0.84f, small = h * 0.68f, distance = h * 0.5f, turn = 0.25f * pi;
        float alpha = acosf((big * big + distance * distance - small * small) / (2 * big * distance));
        float beta = acosf((distance * distance + small * small - big * big) / (2 * distance * small));
        float cx = x + distance * cosf(turn), cy = y - distance * sinf(turn);
        for (int i = 0; i <= STEPS; i++) {
            float t = (float)i / STEPS, outer = turn + alpha + (2 * pi - 2 * alpha) * t,
                  inner = turn + pi + beta - 2 * beta * t;
            points[2 * i] = x + big * cosf(outer);
            points[2 * i + 1] = y - big * sinf(outer);
            points[2 * (STEPS + 1 + i)] = cx + small * cosf(inner);
            points[2 * (STEPS + 1 + i) + 1] = cy - small * sinf(inner);
        }
        canvas_polygon(canvas, points, 2 * (STEPS + 1), color);
        break;
    }
    case ICON_HELP:
        arc(canvas, x, y - h * 0.36f, h * 0.42f, pi, -0.3f * pi, line * 1.1f, color);
        canvas_line(canvas, x + h * 0.24f, y - h * 0.02f, x, y + h * 0.32f, line * 1.1f, color);
        canvas_disc(canvas, x, y + h * 0.78f, line * 0.8f, color);
        break;
    case ICON_CHEVRON_DOWN: {
        float points[] = {x - h * 0.6f, y - h * 0.3f, x, y + h * 0.3f, x + h * 0.6f, y - h * 0.3f};
        canvas_polyline(canvas, points, 3, line * 1.1f, color);
        break;
    }
    case ICON_CHEVRON_RIGHT: {
        float points[] = {x - h * 0.3f, y - h * 0.6f, x + h * 0.3f, y, x - h * 0.3f, y + h * 0.6f};
        canvas_polyline(canvas, points, 3, line * 1.1f, color);
        break;
    }
    case ICON_MOVE: /* a pointer */
    {
        float points[] = {x - h * 0.55f, y - h * 0.9f,  x + h * 0.72f, y + h * 0.22f, x + h * 0.12f,
                          y + h * 0.3f,  x + h * 0.46f, y + h * 0.92f, x + h * 0.16f, y + h * 1.04f,
                          x - h * 0.16f, y + h * 0.42f, x - h * 0.55f, y + h * 0.8f};
        canvas_polygon(canvas, points, 7, color);
        break;
    }
    case ICON_BRUSH: { /* a handle and a tip */
        canvas_line(canvas, x + h * 0.92f, y - h * 0.92f, x - h * 0.05f, y + h * 0.05f, line * 1.9f, color);
        float tip[] = {x - h * 0.02f, y - h * 0.3f,  x + h * 0.3f,  y + h * 0.02f, x + h * 0.1f,
                       y + h * 0.62f, x - h * 0.95f, y + h * 0.95f, x - h * 0.62f, y - h * 0.1f};
        canvas_polygon(canvas, tip, 5, color);
        break;
    }
    case ICON_ERASER: { /* a slanted block on a line */
        float block[] = {x - h * 0.95f, y + h * 0.15f, x + h * 0.1f, y - h * 0.9f, x + h * 0.95f, y - h * 0.05f,
                         x + h * 0.1f,  y + h * 0.8f,  x - h * 0.3f, y + h * 0.8f, x - h * 0.95f, y + h * 0.15f};
        canvas_polyline(canvas, block, 6, line, color);
        float rubber[] = {x - h * 0.95f, y + h * 0.15f, x - h * 0.42f, y - h * 0.38f, x + h * 0.43f,
                          y + h * 0.47f, x + h * 0.1f,  y + h * 0.8f,  x - h * 0.3f,  y + h * 0.8f};
        canvas_polygon(canvas, rubber, 5, color);
        canvas_line(canvas, x + h * 0.1f, y + h * 0.85f, x + h * 0.95f, y + h * 0.85f, line, color);
        break;
    }
    case ICON_FLIP: /* two arrows past each other */
        for (int side = -1; side <= 1; side += 2) {
            float d = (float)side;
            canvas_line(canvas, x - d * h * 0.85f, y - d * h * 0.4f, x + d * h * 0.45f, y - d * h * 0.4f, line, color);
            triangle(canvas, x + d * h * 0.35f, y - d * h * 0.82f, x + d * h * 0.95f, y - d * h * 0.4f,
                     x + d * h * 0.35f, y + d * h * 0.02f, color);
        }
        break;
    case ICON_UNDO:
    case ICON_REDO: {
        float d = icon == ICON_UNDO ? 1.0f : -1.0f, points[2 * 17];
        for (int i = 0; i <= 16; i++) { /* from the arrow's head round to below */
            float t = -0.5f * pi + 1.0f * pi * (float)i / 16;
            points[2 * i] = x + d * (h * 0.15f + h * 0.62f * cosf(t));
            points[2 * i + 1] = y + h * 0.2f + h * 0.56f * sinf(t);
        }
        canvas_polyline(canvas, points, 17, line * 1.1f, color);
        canvas_line(canvas, x + d * h * 0.15f, y - h * 0.36f, x - d * h * 0.5f, y - h * 0.36f, line * 1.1f, color);
        canvas_line(canvas, x + d * h * 0.15f, y + h * 0.76f, x - d * h * 0.35f, y + h * 0.76f, line * 1.1f, color);
        triangle(canvas, x - d * h * 0.42f, y - h * 0.84f, x - d * h * 0.98f, y - h * 0.36f, x - d * h * 0.42f,
                 y + h * 0.12f, color);
        break;
    }
    case ICON_PLUS:
        canvas_line(canvas, x, y - h * 0.62f, x, y + h * 0.62f, line * 1.1f, color);
        /* fall through */
    case ICON_MINUS:
        canvas_line(canvas, x - h * 0.62f, y, x + h * 0.62f, y, line * 1.1f, color);
        break;
    }
}
