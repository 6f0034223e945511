/* A display that goes away: its server is killed, or the connection to it breaks. */
#ifndef EASYFIRST_DISPLAY_END_H
#define EASYFIRST_DISPLAY_END_H

#include <SDL.h>
#include <stdbool.h>

/* Under X11 Xlib ends the program then, somewhere within SDL: `end` is called before, and may end it itself. */
void display_end_call(SDL_Window *window, void (*end)(void *user), void *user);

/* Under Wayland SDL asks to quit then: whether that is why. */
bool display_has_ended(SDL_Window *window);

#endif
