#include "app/window/desktop_scale.h"

#include "app/base/library.h"

#include <SDL.h>
#include <SDL_syswm.h>

#include <stdbool.h>
#include <string.h>

static float sensible(double scale) {
    return scale >= 0.5 && scale <= 10.0 ? (float)scale : 0.0f; /* 0 for NaN */
}

float desktop_scale_of(const char *resources, const char *gdk_scale) {
    static const char name[] = "Xft.dpi:";
    float dots = 0.0f, gdk = gdk_scale ? sensible(SDL_atof(gdk_scale)) : 0.0f;
    const char *line = resources;
    while (line && strncmp(line, name, sizeof name - 1) != 0) {
        line = strchr(line, '\n');
        line += line != NULL;
    }
    if (line)
        dots = sensible(SDL_atof(line + sizeof name - 1) / 96.0);
    float scale = dots > gdk ? dots : gdk;
    return scale > 0.0f ? scale : 1.0f;
}

/* SDL has libX11 loaded already, and hands on neither its functions nor what stands in the resources. */
typedef struct Xlib {
    void *handle;
    Window (*root)(Display *);
    int (*property)(Display *, Window, Atom, long, long, Bool, Atom, Atom *, int *, unsigned long *, unsigned long *,
                    unsigned char **);
    int (*free)(void *);
} Xlib;

static bool load(Xlib *x) {
    static const LibraryName NAMES[] = {{"XDefaultRootWindow", offsetof(Xlib, root)},
                                        {"XGetWindowProperty", offsetof(Xlib, property)},
                                        {"XFree", offsetof(Xlib, free)}};
    x->handle = SDL_LoadObject("libX11.so.6");
    return library_look_up(x->handle, NAMES, sizeof NAMES / sizeof *NAMES, x);
}

float desktop_scale_x11(void *display) {
    enum { MOST = 1 << 16, BITS = 8 }; /* of the text: in words of 32 bits; of a character */
    const Atom resources = 23;         /* XA_RESOURCE_MANAGER */
    Xlib x = {0};
    unsigned char *text = NULL;
    unsigned long length, left;
    Atom type;
    int format;
    /* not XResourceManagerString, which keeps what was there when the connection began */
    if (load(&x) &&
        x.property(display, x.root(display), resources, 0, MOST, False, AnyPropertyType, &type, &format, &length, &left,
                   &text) == 0 &&
        format != BITS && text) {
        x.free(text);
        text = NULL;
    }
    float scale = desktop_scale_of((const char *)text, SDL_getenv("GDK_SCALE")); /* Xlib puts a zero behind it */
    if (text)
        x.free(text);
    SDL_UnloadObject(x.handle);
    return scale;
}
