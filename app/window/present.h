/* The window and the way a finished canvas reaches it: the window's surface, under X11 without acceleration (on
 * machines without a GPU by far the quickest way; see SDL_HINT_FRAMEBUFFER_ACCELERATION). All of SDL's start-up and
 * traps live here. */
#ifndef EASYFIRST_PRESENT_H
#define EASYFIRST_PRESENT_H

#include "app/draw/canvas.h"
#include "app/ui/ui.h"

#include <SDL.h>

typedef struct Present {
    SDL_Window *window;
    SDL_Cursor *cursors[7]; /* by UiCursor */
    UiCursor cursor;
    const void *shown; /* the surface's pixels that the display has, but for what changes from now on; NULL: none */
} Present;

/* Opens SDL and a hidden window of that size in pixels, cut to the screen if `fit`. Fails with "no display".
 */
bool present_open(Present *present, const char *title, int width, int height, Status *status);
/* Another size for the window, cut to what the screen has room for. */
void present_enlarge(Present *present, int width, int height);
void present_close(Present *present);
void present_title(Present *present, const char *title); /* of the window; the same as before costs nothing */
/* What other programs call the window, for a dialog of theirs to belong to: "x11:HEX"; "" where it has no such name. */
void present_name(const Present *present, char name[32]);
void present_show(Present *present); /* makes the window visible */
void present_icon(Present *present, const Canvas *icon);
/* Hands over what has changed of a canvas of the window's size (damage.h). */
bool present_canvas(Present *present, const Canvas *canvas, Status *status);
void present_stale(Present *present); /* the display may have lost the window's contents: all of it, next time */
void present_cursor(Present *present, UiCursor cursor);
/* Scale that the desktop asks for: on X11 the resource Xft.dpi / 96; else, or if it is not set, 1. */
float present_desktop_scale(const Present *present);

#endif
