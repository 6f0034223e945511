/* What a drawing is made with: where, in which letters and colours, how large. */
#ifndef EASYFIRST_PEN_H
#define EASYFIRST_PEN_H

#include "app/draw/canvas.h"
#include "app/draw/text.h"
#include "app/draw/theme.h"

typedef struct Pen {
    Canvas *canvas;
    Text *text;
    const Theme *theme;
    float scale;
    /* is told the names of parts and where they stand; NULL: nobody wants to know */
    void (*note)(void *owner, const char *name, Rect rect);
    void *owner;
} Pen;

/* Pixels of a logical measure. */
static inline float pen_px(const Pen *pen, float logical) {
    return logical * pen->scale;
}

static inline void pen_note(const Pen *pen, const char *name, Rect rect) {
    if (pen->note)
        pen->note(pen->owner, name, rect);
}

#endif
