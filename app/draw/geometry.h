/* Colours and places on a canvas. */
#ifndef EASYFIRST_GEOMETRY_H
#define EASYFIRST_GEOMETRY_H

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

typedef uint32_t Color; /* 0xAARRGGBB */

typedef struct Rect {
    float x, y, w, h;
} Rect;

static inline bool rect_has(Rect r, float x, float y) {
    return x >= r.x && y >= r.y && x < r.x + r.w && y < r.y + r.h;
}

/* The area, in square pixels, that both cover; 0: they do not meet. */
static inline float rect_overlap(Rect a, Rect b) {
    float w = fminf(a.x + a.w, b.x + b.w) - fmaxf(a.x, b.x), h = fminf(a.y + a.h, b.y + b.h) - fmaxf(a.y, b.y);
    return w > 0.0f && h > 0.0f ? w * h : 0.0f;
}

/* The least rect round both. */
static inline Rect rect_united(Rect a, Rect b) {
    float x = fminf(a.x, b.x), y = fminf(a.y, b.y);
    return (Rect){x, y, fmaxf(a.x + a.w, b.x + b.w) - x, fmaxf(a.y + a.h, b.y + b.h) - y};
}

/* Each edge on the nearest pixel's edge: neighbours stay neighbours. */
static inline Rect rect_rounded(Rect r) {
    float x1 = roundf(r.x + r.w), y1 = roundf(r.y + r.h);
    r.x = roundf(r.x);
    r.y = roundf(r.y);
    return (Rect){r.x, r.y, x1 - r.x, y1 - r.y};
}

typedef struct Box { /* whole pixels, from x0, y0 up to but not including x1, y1 */
    int x0, y0, x1, y1;
} Box;

static inline bool box_is_empty(Box box) {
    return box.x1 <= box.x0 || box.y1 <= box.y0;
}

#endif
