#include "app/window/debug_overlay.h"

#include "app/draw/damage.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const Color WIDGET = 0x600060ff, DAMAGE = 0xc0e00000, BOX = 0xd0000000, WORDS = 0xffffffff;

struct DebugOverlay {
    uint32_t *before; /* the last frame's picture, without the overlay */
    int width, height;
};

DebugOverlay *debug_overlay_new(void) {
    const char *wish = getenv("EASYFIRST_DEBUG");
    return wish && wish[0] && strcmp(wish, "0") != 0 ? calloc(1, sizeof(DebugOverlay)) : NULL;
}

void debug_overlay_free(DebugOverlay *o) {
    if (!o)
        return;
    free(o->before);
    free(o);
}

/* A picture to compare with, of the canvas's size; false without memory. */
static bool fit(DebugOverlay *o, const Canvas *canvas) {
    if (o->before && o->width == canvas->width && o->height == canvas->height)
        return true;
    free(o->before);
    o->width = canvas->width;
    o->height = canvas->height;
    o->before = calloc((size_t)o->width * (size_t)o->height, sizeof *o->before);
    return o->before != NULL;
}

static void frame_rect(Canvas *canvas, Rect r, Color color) {
    canvas_rounded_frame(canvas, r, 0.0f, 1.0f, color);
}

void debug_overlay_draw(DebugOverlay *o, Screen *screen, const DebugTimes *times) {
    Canvas *canvas = &screen->canvas;
    if (!fit(o, canvas))
        return;
    DamageRect damaged[DAMAGE_MOST];
    size_t count = damage_repair(canvas, o->before, o->width, o->height, (size_t)o->width, damaged);
    size_t pixels = 0;
    for (int i = 0; i < screen->ui.widget_count; i++)
        frame_rect(canvas, screen->ui.widgets[i].visible, WIDGET);
    for (size_t i = 0; i < count; i++) {
        const DamageRect *d = &damaged[i];
        pixels += (size_t)d->w * (size_t)d->h;
        frame_rect(canvas, (Rect){(float)d->x, (float)d->y, (float)d->w, (float)d->h}, DAMAGE);
    }
    PlotCounts first = plot_counts(screen->plots[0]), others = {0};
    for (int k = 1; k < DUEL_RUNS; k++) {
        PlotCounts counts = plot_counts(screen->plots[k]);
        others.drawn += counts.drawn;
        others.copied += counts.copied;
    }
    char lines[3][128];
    snprintf(lines[0], sizeof lines[0], "ms: widgets %.2f, training %.2f, drawing %.2f, presenting %.2f",
             1e3 * times->widgets, 1e3 * times->training, 1e3 * times->drawing, 1e3 * times->presenting);
    snprintf(lines[1], sizeof lines[1], "plot drawn %llu, copied %llu; others %llu, %llu",
             (unsigned long long)first.drawn, (unsigned long long)first.copied, (unsigned long long)others.drawn,
             (unsigned long long)others.copied);
    snprintf(lines[2], sizeof lines[2], "damage: %zu rects, %zu pixels; %d widgets", count, pixels,
             screen->ui.widget_count);
    float s = screen->scale, row = 18.0f * s;
    Rect box = {0.0f, (float)canvas->height - 3 * row - 8.0f * s, 420.0f * s, 3 * row + 8.0f * s};
    canvas_rect(canvas, box, BOX);
    for (int i = 0; i < 3; i++) {
        Rect line = {box.x + 8.0f * s, box.y + 4.0f * s + row * (float)i, box.w - 16.0f * s, row};
        text_draw_in(screen->text, canvas, TEXT_BODY, line, ALIGN_LEFT, WORDS, lines[i]);
    }
}
