/* The window and the way a finished canvas reaches it: the window's surface, under X11 without acceleration (on
 * machines without a GPU by far the quickest way; see SDL_HINT_FRAMEBUFFER_ACCELERATION); under Wayland a texture. All
 * of SDL's start-up and traps live here.
 *
 * A canvas has the display's pixels. The window has units of its own, which are pixels but under Wayland, where a
 * screen's scale is the number of pixels that a unit has. SDL's sizes and its pointer are in units. */
#ifndef EASYFIRST_PRESENT_H
#define EASYFIRST_PRESENT_H

#include "app/draw/canvas.h"
#include "app/ui/ui.h"

#include <SDL.h>

typedef struct Present {
    SDL_Window *window;
    SDL_Cursor *cursors[7]; /* by UiCursor */
    UiCursor cursor;
    SDL_Renderer *renderer; /* under Wayland; else NULL */
    SDL_Texture *texture;
    uint32_t *copy;    /* of what the texture has; owned */
    int width, height; /* of both */
    /* the surface's or the copy's pixels that the display has, but for what changes from now on; NULL: none */
    const void *shown;
} Present;

/* Opens SDL and a hidden window of that size in its units. Under Wayland where there are both (XWayland's picture is
 * enlarged on a screen of scale 2), unless SDL_VIDEODRIVER says otherwise. Fails with "no display". */
bool present_open(Present *present, const char *title, int width, int height, Status *status);
/* Another size for the window, in its units, cut to what the screen has room for. */
void present_enlarge(Present *present, int width, int height);
void present_close(Present *present);
void present_size(const Present *present, int *width, int *height); /* of the canvas to hand over: pixels */
float present_pixels(const Present *present);                       /* of a unit */
bool present_is_wayland(const Present *present);
void present_title(Present *present, const char *title); /* of the window; the same as before costs nothing */
/* What other programs call the window, for a dialog of theirs to belong to: "x11:HEX"; "" where it has no such name. */
void present_name(const Present *present, char name[32]);
void present_show(Present *present); /* makes the window visible */
void present_icon(Present *present, const Canvas *icon);
/* Hands over what has changed of a canvas of the window's size (damage.h). */
bool present_canvas(Present *present, const Canvas *canvas, Status *status);
void present_stale(Present *present); /* the display may have lost the window's contents: all of it, next time */
void present_cursor(Present *present, UiCursor cursor);
/* Scale that the desktop asks for now: under X11 as in desktop_scale.h; else present_pixels. */
float present_desktop_scale(const Present *present);

#endif
