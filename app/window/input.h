/* SDL's events into the UI's input of one frame. */
#ifndef EASYFIRST_INPUT_H
#define EASYFIRST_INPUT_H

#include "app/window/keyboard.h"
#include "app/window/touch.h"

#include <SDL.h>

typedef struct InputEvents { /* what concerns the window rather than its widgets */
    bool any;                /* something happened: draw a frame */
    bool more;               /* events are left for the next frame at once */
    bool quit, resized, exposed;
    bool focused;  /* the window has got the keyboard */
    char *dropped; /* path of a dropped file, or NULL; to be freed with SDL_free */
} InputEvents;

typedef struct InputDevices {
    Keyboard *keyboard; /* NULL: by SDL's key codes; owned by who opened it */
    Touch touch;
    int width, height; /* pixels of the picture that fingers are on */
    float pixels;      /* of a unit that the pointer's places are in (present.h) */
} InputDevices;

/* What an input method composes: UTF-8, and how many letters of it stand before the caret. What is too long is left out
 * at its end. */
void input_compose(UiInput *input, const char *text, int caret);

/* Takes waiting events into *input, whose per-frame fields are cleared first, but not past the point where
 * two of them could not be told apart within one frame (a second press, a motion after a press). Waits up to
 * wait_ms for one. */
InputEvents input_collect(InputDevices *devices, UiInput *input, int wait_ms);

#endif
