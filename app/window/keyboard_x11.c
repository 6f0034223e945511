/* The layout under X11: SDL has Xlib loaded already. */
#include "app/base/library.h"
#include "app/window/keyboard_private.h"

#include <SDL.h>
#include <X11/XKBlib.h>
#undef Status /* a macro of Xlib's */

#include <stdlib.h>

enum { X_OFFSET = 8 }; /* of X's key codes */

typedef struct X11Layout {
    void *library;
    Display *display;
    unsigned group;
    int (*lookup)(Display *, KeyCode, unsigned, unsigned *, KeySym *);
    int (*state)(Display *, unsigned, XkbStatePtr);
} X11Layout;

static uint32_t symbol(void *context, unsigned key, unsigned modifiers) {
    X11Layout *x = context;
    unsigned state = x->group << 13, used = 0; /* the group as key events have it */
    state |= modifiers & KEYS_SHIFT ? ShiftMask : 0u;
    state |= modifiers & KEYS_CAPS ? LockMask : 0u;
    state |= modifiers & KEYS_THIRD ? Mod5Mask : 0u; /* as all of xkb-data's layouts have it */
    state |= modifiers & KEYS_NUM ? Mod2Mask : 0u;
    KeySym found = NoSymbol;
    return x->lookup(x->display, (KeyCode)(key + X_OFFSET), state, &used, &found) ? (uint32_t)found : 0;
}

static bool update(void *context, bool *third) {
    X11Layout *x = context;
    XkbStateRec state;
    if (x->state(x->display, XkbUseCoreKbd, &state) != 0)
        return false;
    x->group = state.group & 3u;
    *third = (state.mods & Mod5Mask) != 0;
    return true;
}

static void close_library(void *context) {
    X11Layout *x = context;
    SDL_UnloadObject(x->library);
    free(x);
}

bool keyboard_x11(void *display, KeyboardSource *source) {
    static const LibraryName NAMES[] = {{"XkbLookupKeySym", offsetof(X11Layout, lookup)},
                                        {"XkbGetState", offsetof(X11Layout, state)}};
    X11Layout *x = calloc(1, sizeof *x);
    if (!x)
        return false;
    x->library = SDL_LoadObject("libX11.so.6");
    x->display = display;
    if (!library_look_up(x->library, NAMES, sizeof NAMES / sizeof *NAMES, x)) {
        close_library(x);
        return false;
    }
    *source = (KeyboardSource){x, symbol, update, close_library};
    return true;
}
