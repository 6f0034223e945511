/* EASYFIRST_DEBUG=1: what each frame costs, drawn over the window.
 *
 * In a box at the bottom left: milliseconds of the widgets' turn, of training, of drawing and of handing over the frame
 * before; how often each plot was drawn and how often its kept picture was copied; how many rects of how many pixels
 * had changed. Blue frames: the widgets, as --widgets writes them. Red frames: the rects that changed in this frame,
 * the overlay itself left out. */
#ifndef EASYFIRST_DEBUG_OVERLAY_H
#define EASYFIRST_DEBUG_OVERLAY_H

#include "app/window/screen.h"

typedef struct DebugTimes { /* seconds */
    double widgets, training, drawing, presenting;
} DebugTimes;

typedef struct DebugOverlay DebugOverlay;

/* NULL unless EASYFIRST_DEBUG is set to something other than "" and "0", or without memory. */
DebugOverlay *debug_overlay_new(void);
void debug_overlay_free(DebugOverlay *overlay); /* NULL is fine */

/* Over the finished picture of a frame, whose pixels it compares with those of the frame before. */
void debug_overlay_draw(DebugOverlay *overlay, Screen *screen, const DebugTimes *times);

#endif
