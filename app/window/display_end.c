#include <SDL_syswm.h>
#undef Status /* a macro of Xlib's */

#include "app/window/display_end.h"

#include "app/base/library.h"

/* An SDL may have been built without one of the displays, or both. */
#if defined(SDL_VIDEO_DRIVER_X11) || defined(SDL_VIDEO_DRIVER_WAYLAND)
static bool get_info(SDL_Window *window, SDL_SysWMinfo *info) {
    SDL_VERSION(&info->version);
    return SDL_GetWindowWMInfo(window, info);
}
#endif

#ifdef SDL_VIDEO_DRIVER_X11
static void (*to_call)(void *user);
static void *to_call_with;

static int broken(Display *display) {
    (void)display;
    void (*end)(void *) = to_call;
    to_call = NULL; /* what it does may come here again */
    if (end)
        end(to_call_with);
    return 0;
}

void display_end_call(SDL_Window *window, void (*end)(void *user), void *user) {
    SDL_SysWMinfo info;
    if (!get_info(window, &info) || info.subsystem != SDL_SYSWM_X11)
        return;
    static const LibraryName NAME = {"XSetIOErrorHandler", 0};
    void *library = SDL_LoadObject("libX11.so.6"); /* which SDL has loaded already: it stays */
    XIOErrorHandler (*set)(XIOErrorHandler);
    to_call = end;
    to_call_with = user;
    if (library_look_up(library, &NAME, 1, &set))
        set(broken);
}
#else
void display_end_call(SDL_Window *window, void (*end)(void *user), void *user) {
    (void)window, (void)end, (void)user;
}
#endif

#ifdef SDL_VIDEO_DRIVER_WAYLAND
bool display_has_ended(SDL_Window *window) {
    SDL_SysWMinfo info;
    if (!get_info(window, &info) || info.subsystem != SDL_SYSWM_WAYLAND)
        return false;
    static const LibraryName NAME = {"wl_display_get_error", 0};
    void *library = SDL_LoadObject("libwayland-client.so.0");
    int (*error)(struct wl_display *);
    bool ended = library_look_up(library, &NAME, 1, &error) && error(info.info.wl.display) != 0;
    SDL_UnloadObject(library);
    return ended;
}
#else
bool display_has_ended(SDL_Window *window) {
    (void)window;
    return false;
}
#endif
