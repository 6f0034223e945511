/* The keyboard under the hand: SDL's key events into the keys of the UI, by the layout that the desktop has in force
 * (keys.h). SDL's key codes know of no Shift and no AltGr, stay those of the layout at the start when another is
 * chosen by a key, and text events come only with the IME, which would swallow letters: so the layout is asked itself,
 * by Xlib under X11, by a wl_keyboard of our own and libxkbcommon under Wayland. Where neither is, the layout is SDL's
 * key codes, with the US layout's Shift where they are the US layout's. */
#ifndef EASYFIRST_KEYBOARD_H
#define EASYFIRST_KEYBOARD_H

#include "app/ui/ui.h"

#include <SDL.h>

typedef struct Keyboard Keyboard;

/* Of the display that the window is on; NULL without memory, which keyboard_read takes as well. */
Keyboard *keyboard_open(SDL_Window *window);
/* Before the window is closed; NULL is fine. */
void keyboard_close(Keyboard *keyboard);

UiKey keyboard_read(Keyboard *keyboard, const SDL_KeyboardEvent *event);

#endif
