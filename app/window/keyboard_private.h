/* What a display has to say of its keyboard: keyboard.c alone uses it. */
#ifndef EASYFIRST_KEYBOARD_PRIVATE_H
#define EASYFIRST_KEYBOARD_PRIVATE_H

#include "app/window/keys.h"

typedef struct KeyboardSource {
    void *context;
    /* As in KeyLayout, of the layout in force. */
    uint32_t (*symbol)(void *context, unsigned key, unsigned modifiers);
    /* Before the first symbol of a press: what is in force now. *third: whether AltGr is held, by whichever key. false:
     * nothing is known. */
    bool (*update)(void *context, bool *third);
    void (*close)(void *context);
} KeyboardSource;

/* false: no such display, library or memory. display: Display *, struct wl_display *. */
bool keyboard_x11(void *display, KeyboardSource *source);
bool keyboard_wayland(void *display, KeyboardSource *source);

#endif
