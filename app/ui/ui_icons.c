#include "app/ui/ui.h"

#include <math.h>

static const float PI = 3.14159265f;

/* What each shape's numbers are. Lengths are in halves of the icon's size, from its middle, x to the right and y
 * down. */
typedef enum {
    SHAPE_END,
    SHAPE_POLYGON, /* corners x, y */
    SHAPE_LINE,    /* points x, y, joined */
    SHAPE_ARC,     /* middle x, y; radius across, down; from, to in half turns (0: right, 0.5: up) */
    SHAPE_DISC,    /* middle x, y; radius */
    SHAPE_BOX,     /* left, top, width, height; filled */
    SHAPE_FRAME,   /* left, top, width, height, radius of the corners; outlined */
    SHAPE_BARS,    /* two upright bars: half the gap, width, half the height */
    SHAPE_RAYS,    /* eight lines: from and to, as distances from the middle */
    SHAPE_CRESCENT /* a disc without what a second one covers: both radii, the second's distance */
} ShapeKind;

enum { MOST_SHAPES = 9, MOST_POINTS = 7, MOST_CHORDS = 24 };

typedef struct Shape {
    ShapeKind kind;
    float line; /* width of its line, as a multiple of the icons' usual one */
    int count;  /* points of a polygon or line; chords of an arc */
    float at[2 * MOST_POINTS];
} Shape;

/* clang-format off */
#define POLYGON(n, ...) {SHAPE_POLYGON, 0.0f, n, {__VA_ARGS__}}
#define LINE(width, n, ...) {SHAPE_LINE, width, n, {__VA_ARGS__}}
#define ARC(width, chords, ...) {SHAPE_ARC, width, chords, {__VA_ARGS__}}
#define DISC(...) {SHAPE_DISC, 0.0f, 0, {__VA_ARGS__}}
#define BOX(...) {SHAPE_BOX, 0.0f, 0, {__VA_ARGS__}}
#define FRAME(...) {SHAPE_FRAME, 1.0f, 0, {__VA_ARGS__}}

#define UNDO_SHAPES { \
    ARC(1.1f, 16, 0.15f, 0.2f, 0.62f, 0.56f, 0.5f, -0.5f), \
    LINE(1.1f, 2, 0.15f, -0.36f, -0.5f, -0.36f), \
    LINE(1.1f, 2, 0.15f, 0.76f, -0.35f, 0.76f), \
    POLYGON(3, -0.42f, -0.84f, -0.98f, -0.36f, -0.42f, 0.12f)}

static const Shape ICONS[][MOST_SHAPES] = {
    [ICON_NONE] = {{SHAPE_END, 0.0f, 0, {0.0f}}},
    [ICON_PLAY] = {POLYGON(3, -0.62f, -0.86f, 0.86f, 0.0f, -0.62f, 0.86f)},
    [ICON_PAUSE] = {{SHAPE_BARS, 0.0f, 0, {0.2f, 0.54f, 0.86f}}},
    [ICON_EPOCH] = { /* play up to a bar */
        POLYGON(3, -0.8f, -0.8f, 0.42f, 0.0f, -0.8f, 0.8f),
        BOX(0.5f, -0.8f, 0.3f, 1.6f)},
    [ICON_BATCH] = { /* a small step: a thin arrow head up to a dotted bar */
        POLYGON(3, -0.62f, -0.55f, 0.22f, 0.0f, -0.62f, 0.55f),
        DISC(0.55f, -0.58f, 0.17f),
        DISC(0.55f, 0.0f, 0.17f),
        DISC(0.55f, 0.58f, 0.17f)},
    [ICON_RESET] = {
        ARC(1.0f, 24, 0.0f, 0.06f, 0.72f, 0.72f, 0.62f, -1.12f),
        POLYGON(3, -0.62f, -0.62f, 0.06f, -1.06f, 0.06f, -0.18f)},
    [ICON_SEED] = { /* a die */
        FRAME(-0.85f, -0.85f, 1.7f, 1.7f, 0.4f),
        DISC(-0.42f, -0.42f, 0.17f),
        DISC(0.0f, 0.0f, 0.17f),
        DISC(0.42f, 0.42f, 0.17f),
        DISC(-0.42f, 0.42f, 0.17f),
        DISC(0.42f, -0.42f, 0.17f)},
    [ICON_HOLD] = { /* a padlock */
        FRAME(-0.6f, -0.1f, 1.2f, 0.95f, 0.2f),
        ARC(1.0f, 24, 0.0f, -0.1f, 0.4f, 0.4f, 1.0f, 0.0f)},
    [ICON_LIGHT] = {
        DISC(0.0f, 0.0f, 0.42f),
        {SHAPE_RAYS, 1.0f, 0, {0.68f, 0.92f}}},
    [ICON_DARK] = {{SHAPE_CRESCENT, 0.0f, 0, {0.84f, 0.68f, 0.5f}}},
    [ICON_LANGUAGE] = { /* a globe */
        ARC(0.9f, 24, 0.0f, 0.0f, 0.9f, 0.9f, 0.0f, 2.0f),
        ARC(0.9f, 24, 0.0f, 0.0f, 0.4f, 0.9f, 0.0f, 2.0f),
        LINE(0.9f, 2, -0.82f, -0.36f, 0.82f, -0.36f),
        LINE(0.9f, 2, -0.82f, 0.36f, 0.82f, 0.36f)},
    [ICON_LIGHT_DARK] = { /* a disc, half of it filled */
        ARC(1.0f, 24, 0.0f, 0.0f, 0.78f, 0.78f, 0.0f, 2.0f),
        POLYGON(7, 0.0f, -0.78f, 0.39f, -0.675f, 0.675f, -0.39f, 0.78f, 0.0f, 0.675f, 0.39f, 0.39f, 0.675f, 0.0f,
                0.78f)},
    [ICON_HELP] = { /* a question mark */
        ARC(1.1f, 24, 0.0f, -0.36f, 0.42f, 0.42f, 1.0f, -0.3f),
        LINE(1.1f, 2, 0.24f, -0.02f, 0.0f, 0.32f),
        DISC(0.0f, 0.78f, 0.208f)},
    [ICON_CHEVRON_DOWN] = {LINE(1.1f, 3, -0.6f, -0.3f, 0.0f, 0.3f, 0.6f, -0.3f)},
    [ICON_CHEVRON_RIGHT] = {LINE(1.1f, 3, -0.3f, -0.6f, 0.3f, 0.0f, -0.3f, 0.6f)},
    [ICON_MOVE] = { /* a pointer */
        POLYGON(7, -0.55f, -0.9f, 0.72f, 0.22f, 0.12f, 0.3f, 0.46f, 0.92f, 0.16f, 1.04f, -0.16f, 0.42f, -0.55f, 0.8f)},
    [ICON_BRUSH] = { /* a handle and a tip */
        LINE(1.9f, 2, 0.92f, -0.92f, -0.05f, 0.05f),
        POLYGON(5, -0.02f, -0.3f, 0.3f, 0.02f, 0.1f, 0.62f, -0.95f, 0.95f, -0.62f, -0.1f)},
    [ICON_ERASER] = { /* a slanted block, its rubber end filled, on a line */
        LINE(1.0f, 6, -0.95f, 0.15f, 0.1f, -0.9f, 0.95f, -0.05f, 0.1f, 0.8f, -0.3f, 0.8f, -0.95f, 0.15f),
        POLYGON(5, -0.95f, 0.15f, -0.42f, -0.38f, 0.43f, 0.47f, 0.1f, 0.8f, -0.3f, 0.8f),
        LINE(1.0f, 2, 0.1f, 0.85f, 0.95f, 0.85f)},
    [ICON_CHECK] = {LINE(1.2f, 3, -0.75f, 0.05f, -0.2f, 0.6f, 0.8f, -0.55f)},
    [ICON_STEPS] = { /* rows, each behind its disc */
        DISC(-0.72f, -0.6f, 0.19f),
        DISC(-0.72f, 0.0f, 0.19f),
        DISC(-0.72f, 0.6f, 0.19f),
        LINE(1.0f, 2, -0.25f, -0.6f, 0.85f, -0.6f),
        LINE(1.0f, 2, -0.25f, 0.0f, 0.85f, 0.0f),
        LINE(1.0f, 2, -0.25f, 0.6f, 0.85f, 0.6f)},
    [ICON_BIN] = { /* a lid with a handle on a can with two ribs */
        LINE(1.0f, 2, -0.85f, -0.6f, 0.85f, -0.6f),
        LINE(1.0f, 4, -0.3f, -0.6f, -0.3f, -0.92f, 0.3f, -0.92f, 0.3f, -0.6f),
        LINE(1.0f, 4, -0.65f, -0.6f, -0.5f, 0.9f, 0.5f, 0.9f, 0.65f, -0.6f),
        LINE(0.9f, 2, -0.2f, -0.15f, -0.2f, 0.5f),
        LINE(0.9f, 2, 0.2f, -0.15f, 0.2f, 0.5f)},
    [ICON_FLIP] = { /* two arrows past each other */
        LINE(1.0f, 2, 0.85f, 0.4f, -0.45f, 0.4f),
        POLYGON(3, -0.35f, 0.82f, -0.95f, 0.4f, -0.35f, -0.02f),
        LINE(1.0f, 2, -0.85f, -0.4f, 0.45f, -0.4f),
        POLYGON(3, 0.35f, -0.82f, 0.95f, -0.4f, 0.35f, 0.02f)},
    [ICON_UNDO] = UNDO_SHAPES, /* from the arrow's head round to below */
    [ICON_REDO] = UNDO_SHAPES, /* mirrored, below */
    [ICON_PLUS] = {
        LINE(1.1f, 2, 0.0f, -0.62f, 0.0f, 0.62f),
        LINE(1.1f, 2, -0.62f, 0.0f, 0.62f, 0.0f)},
    [ICON_MINUS] = {LINE(1.1f, 2, -0.62f, 0.0f, 0.62f, 0.0f)},
    [ICON_PRESENT] = { /* a screen on a stand, playing */
        FRAME(-0.95f, -0.85f, 1.9f, 1.3f, 0.2f),
        POLYGON(3, -0.2f, -0.55f, 0.42f, -0.2f, -0.2f, 0.15f),
        LINE(1.0f, 2, 0.0f, 0.45f, 0.0f, 0.85f),
        LINE(1.0f, 2, -0.45f, 0.85f, 0.45f, 0.85f)},
    [ICON_MENU] = {
        LINE(1.0f, 2, -0.8f, -0.58f, 0.8f, -0.58f),
        LINE(1.0f, 2, -0.8f, 0.0f, 0.8f, 0.0f),
        LINE(1.0f, 2, -0.8f, 0.58f, 0.8f, 0.58f)},
    [ICON_CLOSE] = {
        LINE(1.1f, 2, -0.6f, -0.6f, 0.6f, 0.6f),
        LINE(1.1f, 2, -0.6f, 0.6f, 0.6f, -0.6f)},
    [ICON_EXPAND] = { /* four corners */
        LINE(1.0f, 3, -0.85f, -0.35f, -0.85f, -0.85f, -0.35f, -0.85f),
        LINE(1.0f, 3, 0.35f, -0.85f, 0.85f, -0.85f, 0.85f, -0.35f),
        LINE(1.0f, 3, 0.85f, 0.35f, 0.85f, 0.85f, 0.35f, 0.85f),
        LINE(1.0f, 3, -0.35f, 0.85f, -0.85f, 0.85f, -0.85f, 0.35f)},
    [ICON_BACK] = { /* an arrow */
        LINE(1.0f, 2, 0.85f, 0.0f, -0.75f, 0.0f),
        LINE(1.0f, 3, -0.15f, -0.65f, -0.8f, 0.0f, -0.15f, 0.65f)},
    [ICON_FORTH] = {
        LINE(1.0f, 2, -0.85f, 0.0f, 0.75f, 0.0f),
        LINE(1.0f, 3, 0.15f, -0.65f, 0.8f, 0.0f, 0.15f, 0.65f)},
    [ICON_MORE] = {DISC(-0.65f, 0.0f, 0.18f), DISC(0.0f, 0.0f, 0.18f), DISC(0.65f, 0.0f, 0.18f)},
    [ICON_PIN] = { /* a head on a needle */
        DISC(0.0f, -0.4f, 0.42f),
        LINE(1.0f, 2, 0.0f, -0.1f, 0.0f, 0.9f)},
    [ICON_LARGER] = { /* a ring round a disc: the brush's circle */
        ARC(1.0f, 24, 0.0f, 0.0f, 0.8f, 0.8f, 0.0f, 2.0f),
        LINE(1.0f, 2, 0.0f, -0.38f, 0.0f, 0.38f),
        LINE(1.0f, 2, -0.38f, 0.0f, 0.38f, 0.0f)},
    [ICON_SMALLER] = {
        ARC(1.0f, 24, 0.0f, 0.0f, 0.8f, 0.8f, 0.0f, 2.0f),
        LINE(1.0f, 2, -0.38f, 0.0f, 0.38f, 0.0f)},
    [ICON_FOLDER] = {
        LINE(1.0f, 7, -0.9f, -0.6f, -0.25f, -0.6f, 0.0f, -0.3f, 0.9f, -0.3f, 0.9f, 0.75f, -0.9f, 0.75f, -0.9f, -0.6f)},
    [ICON_FILE] = { /* a sheet with a corner turned down */
        LINE(1.0f, 6, -0.65f, -0.9f, 0.15f, -0.9f, 0.65f, -0.4f, 0.65f, 0.9f, -0.65f, 0.9f, -0.65f, -0.9f),
        LINE(1.0f, 3, 0.15f, -0.9f, 0.15f, -0.4f, 0.65f, -0.4f)},
    [ICON_AXES] = { /* two, with their arrows */
        LINE(1.0f, 3, -0.65f, -0.8f, -0.65f, 0.65f, 0.8f, 0.65f),
        LINE(1.0f, 3, -0.97f, -0.45f, -0.65f, -0.85f, -0.33f, -0.45f),
        LINE(1.0f, 3, 0.45f, 0.33f, 0.85f, 0.65f, 0.45f, 0.97f)},
    [ICON_SELECT] = { /* a dashed box */
        LINE(1.0f, 3, -0.85f, -0.45f, -0.85f, -0.85f, -0.45f, -0.85f),
        LINE(1.0f, 3, 0.45f, -0.85f, 0.85f, -0.85f, 0.85f, -0.45f),
        LINE(1.0f, 3, 0.85f, 0.45f, 0.85f, 0.85f, 0.45f, 0.85f),
        LINE(1.0f, 3, -0.45f, 0.85f, -0.85f, 0.85f, -0.85f, 0.45f),
        LINE(1.0f, 2, -0.1f, -0.85f, 0.1f, -0.85f),
        LINE(1.0f, 2, -0.1f, 0.85f, 0.1f, 0.85f),
        LINE(1.0f, 2, -0.85f, -0.1f, -0.85f, 0.1f),
        LINE(1.0f, 2, 0.85f, -0.1f, 0.85f, 0.1f)},
    [ICON_LASSO] = { /* a loop, and the rope's end */
        ARC(1.0f, 24, 0.0f, -0.25f, 0.9f, 0.6f, 0.0f, 2.0f),
        LINE(1.0f, 4, -0.35f, 0.3f, -0.5f, 0.55f, -0.3f, 0.75f, -0.5f, 0.98f)},
    [ICON_FLAG] = { /* on a pole */
        LINE(1.0f, 2, -0.6f, -0.9f, -0.6f, 0.9f),
        POLYGON(5, -0.6f, -0.9f, 0.85f, -0.9f, 0.45f, -0.4f, 0.85f, 0.1f, -0.6f, 0.1f)},
    [ICON_MAP] = { /* axes, and points along the bow of a data map */
        LINE(1.0f, 3, -0.85f, -0.9f, -0.85f, 0.85f, 0.9f, 0.85f),
        DISC(-0.45f, -0.6f, 0.2f),
        DISC(0.2f, -0.5f, 0.2f),
        DISC(0.6f, 0.0f, 0.2f),
        DISC(-0.3f, 0.42f, 0.2f)},
};
/* clang-format on */

/* The icon that is being drawn. */
typedef struct IconPen {
    Canvas *canvas;
    float x, y, half; /* its middle, and half its size */
    float side;       /* -1: mirrored, left and right */
    Color color;
} IconPen;

static float across(const IconPen *pen, float x) {
    return pen->x + pen->side * (pen->half * x);
}

static float down(const IconPen *pen, float y) {
    return pen->y + pen->half * y;
}

static void draw_arc(const IconPen *pen, const float at[6], int chords, float width) {
    float points[2 * (MOST_CHORDS + 1)];
    for (int i = 0; i <= chords; i++) {
        float t = at[4] * PI + (at[5] * PI - at[4] * PI) * (float)i / (float)chords;
        points[2 * i] = pen->x + pen->side * (pen->half * at[0] + pen->half * at[2] * cosf(t));
        points[2 * i + 1] = down(pen, at[1]) - pen->half * at[3] * sinf(t);
    }
    canvas_polyline(pen->canvas, points, (size_t)chords + 1, width, pen->color);
}

/* On whole pixels: upright edges show every fraction. */
static void draw_bars(const IconPen *pen, const float at[3]) {
    float gap = roundf(pen->half * at[0]), width = roundf(pen->half * at[1]), top = roundf(pen->y - pen->half * at[2]);
    for (int right = 0; right < 2; right++) {
        float left = roundf(pen->x) + (right ? gap : -gap - width);
        canvas_rect(pen->canvas, (Rect){left, top, width, roundf(pen->half * (2 * at[2]))}, pen->color);
    }
}

static void draw_rays(const IconPen *pen, const float at[2], float width) {
    for (int i = 0; i < 8; i++) {
        float c = cosf((float)i * PI / 4) * pen->half, s = sinf((float)i * PI / 4) * pen->half;
        canvas_line(pen->canvas, pen->x + c * at[0], pen->y + s * at[0], pen->x + c * at[1], pen->y + s * at[1], width,
                    pen->color);
    }
}

/* The disc that covers a part lies up and to the right. */
static void draw_crescent(const IconPen *pen, const float at[3]) {
    enum { STEPS = 20 };
    float points[4 * (STEPS + 1)], turn = 0.25f * PI;
    float big = pen->half * at[0], small = pen->half * at[1], distance = pen->half * at[2];
    float alpha = acosf((big * big + distance * distance - small * small) / (2 * big * distance));
    float beta = acosf((distance * distance + small * small - big * big) / (2 * distance * small));
    float x = pen->x + distance * cosf(turn), y = pen->y - distance * sinf(turn);
    for (int i = 0; i <= STEPS; i++) {
        float t = (float)i / (float)STEPS;
        float outer = turn + alpha + (2 * PI - 2 * alpha) * t, inner = turn + PI + beta - 2 * beta * t;
        points[2 * i] = pen->x + big * cosf(outer);
        points[2 * i + 1] = pen->y - big * sinf(outer);
        points[2 * (STEPS + 1 + i)] = x + small * cosf(inner);
        points[2 * (STEPS + 1 + i) + 1] = y - small * sinf(inner);
    }
    canvas_polygon(pen->canvas, points, 2 * (STEPS + 1), pen->color);
}

static void draw_shape(const IconPen *pen, const Shape *shape) {
    const float *at = shape->at;
    float h = pen->half, line = 2 * h * 0.13f * shape->line, points[2 * MOST_POINTS];
    for (int i = 0; i < MOST_POINTS; i++) { /* of a polygon or a line */
        points[2 * i] = across(pen, at[2 * i]);
        points[2 * i + 1] = down(pen, at[2 * i + 1]);
    }
    switch (shape->kind) {
    case SHAPE_END:
        break;
    case SHAPE_POLYGON:
        canvas_polygon(pen->canvas, points, (size_t)shape->count, pen->color);
        break;
    case SHAPE_LINE:
        canvas_polyline(pen->canvas, points, (size_t)shape->count, line, pen->color);
        break;
    case SHAPE_ARC:
        draw_arc(pen, at, shape->count, line);
        break;
    case SHAPE_DISC:
        canvas_disc(pen->canvas, across(pen, at[0]), down(pen, at[1]), h * at[2], pen->color);
        break;
    case SHAPE_BOX:
        canvas_rect(pen->canvas, (Rect){across(pen, at[0]), down(pen, at[1]), h * at[2], h * at[3]}, pen->color);
        break;
    case SHAPE_FRAME:
        canvas_rounded_frame(pen->canvas, (Rect){across(pen, at[0]), down(pen, at[1]), h * at[2], h * at[3]}, h * at[4],
                             line, pen->color);
        break;
    case SHAPE_BARS:
        draw_bars(pen, at);
        break;
    case SHAPE_RAYS:
        draw_rays(pen, at, line);
        break;
    case SHAPE_CRESCENT:
        draw_crescent(pen, at);
        break;
    }
}

void ui_icon(Canvas *canvas, UiIcon icon, float x, float y, float size, Color color) {
    IconPen pen = {canvas, x, y, size / 2, icon == ICON_REDO ? -1.0f : 1.0f, color};
    for (const Shape *shape = ICONS[icon]; shape->kind != SHAPE_END; shape++)
        draw_shape(&pen, shape);
}
