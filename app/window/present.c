#include <SDL_syswm.h>
#undef Status /* a macro of Xlib's */

#include "app/draw/damage.h"
#include "app/window/present.h"

#include <stdio.h>
#include <string.h>

bool present_open(Present *p, const char *title, int width, int height, Status *status) {
    memset(p, 0, sizeof *p);
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0"); /* fingers are fingers (touch.h) */
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    /* Asked before SDL is: it would try one driver after the other, down to one that shows nothing, and
     * libraries below it would write lines of their own. */
    const char *x11 = SDL_getenv("DISPLAY"), *wayland = SDL_getenv("WAYLAND_DISPLAY");
    bool has_x11 = x11 && x11[0], has_wayland = wayland && wayland[0];
    if (!SDL_getenv("SDL_VIDEODRIVER")) {
        if (!has_x11 && !has_wayland)
            return status_fail(status, STATUS_FAILED,
                               "no display: neither DISPLAY nor WAYLAND_DISPLAY is set (--headless works without one)");
        if (!has_wayland)
            SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11");
    }
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) != 0)
        return status_fail(status, STATUS_FAILED, "no display: cannot use %s: %s (--headless works without one)",
                           has_x11       ? x11
                           : has_wayland ? wayland
                                         : "it",
                           SDL_GetError());
    /* Under X11 alone: elsewhere SDL has no window's surface but by a texture, and with "0" none at all (Wayland). */
    const char *driver = SDL_GetCurrentVideoDriver();
    if (driver && strcmp(driver, "x11") == 0)
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    p->window = SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width, height,
                                 SDL_WINDOW_HIDDEN | SDL_WINDOW_RESIZABLE);
    if (!p->window) {
        status_fail(status, STATUS_FAILED, "cannot open a window: %s", SDL_GetError());
        SDL_Quit();
        return false;
    }
    SDL_SetWindowMinimumSize(p->window, 640, 480);
    SDL_StopTextInput();
    static const SDL_SystemCursor shapes[] = {
        SDL_SYSTEM_CURSOR_ARROW,   SDL_SYSTEM_CURSOR_HAND,      SDL_SYSTEM_CURSOR_IBEAM, SDL_SYSTEM_CURSOR_SIZEWE,
        SDL_SYSTEM_CURSOR_SIZEALL, SDL_SYSTEM_CURSOR_CROSSHAIR, SDL_SYSTEM_CURSOR_SIZENS};
    for (size_t i = 0; i < sizeof shapes / sizeof *shapes; i++)
        p->cursors[i] = SDL_CreateSystemCursor(shapes[i]); /* NULL is fine: the cursor stays as it is */
    return true;
}

void present_close(Present *p) {
    for (size_t i = 0; i < sizeof p->cursors / sizeof *p->cursors; i++)
        if (p->cursors[i])
            SDL_FreeCursor(p->cursors[i]);
    if (p->window) {
        /* Under X11 SDL's waiting for events is ended by a message to the window over a second connection
         * (X11_SendWakeupEvent). One that comes after the window's end is an error which ends the program
         * with exit code 1; there is no way to wait for it. */
        SDL_Delay(20);
        SDL_DestroyWindow(p->window);
    }
    SDL_Quit();
    memset(p, 0, sizeof *p);
}

void present_enlarge(Present *p, int width, int height) {
    SDL_Rect screen;
    if (SDL_GetDisplayUsableBounds(SDL_GetWindowDisplayIndex(p->window), &screen) == 0) {
        width = width < screen.w ? width : screen.w;
        height = height < screen.h ? height : screen.h;
    }
    SDL_SetWindowSize(p->window, width, height);
    SDL_SetWindowPosition(p->window, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED);
}

void present_show(Present *p) {
    SDL_ShowWindow(p->window);
}

void present_title(Present *p, const char *title) {
    const char *now = p->window ? SDL_GetWindowTitle(p->window) : title;
    if (strcmp(now, title) != 0)
        SDL_SetWindowTitle(p->window, title);
}

void present_name(const Present *p, char name[32]) {
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    bool x11 = SDL_GetWindowWMInfo(p->window, &info) && info.subsystem == SDL_SYSWM_X11;
    name[0] = '\0';
    if (x11)
        snprintf(name, 32, "x11:%lx", (unsigned long)info.info.x11.window);
}

void present_icon(Present *p, const Canvas *icon) {
    SDL_Surface *surface = SDL_CreateRGBSurfaceWithFormatFrom(icon->pixels, icon->width, icon->height, 32,
                                                              icon->width * 4, SDL_PIXELFORMAT_ARGB8888);
    if (!surface)
        return;
    SDL_SetWindowIcon(p->window, surface);
    SDL_FreeSurface(surface);
}

void present_stale(Present *p) {
    p->shown = NULL;
}

/* Whether the surface's pixels are the canvas's, but for what stands in their upper eight bits. */
static bool is_alike(const SDL_Surface *surface) {
    const SDL_PixelFormat *f = surface->format;
    return f->BytesPerPixel == 4 && f->Rmask == 0xff0000 && f->Gmask == 0xff00 && f->Bmask == 0xff &&
           surface->pitch % 4 == 0;
}

bool present_canvas(Present *p, const Canvas *canvas, Status *status) {
    SDL_Surface *surface = SDL_GetWindowSurface(p->window);
    if (!surface)
        return status_fail(status, STATUS_FAILED, "cannot draw into the window: %s", SDL_GetError());
    int width = canvas->width < surface->w ? canvas->width : surface->w;
    int height = canvas->height < surface->h ? canvas->height : surface->h;
    DamageRect damaged[DAMAGE_MOST];
    size_t count = 0;
    bool alike = is_alike(surface);
    if (alike)
        count = damage_repair(canvas, surface->pixels, width, height, (size_t)surface->pitch / 4, damaged);
    else if (SDL_ConvertPixels(width, height, SDL_PIXELFORMAT_ARGB8888, canvas->pixels, canvas->width * 4,
                               surface->format->format, surface->pixels, surface->pitch) != 0)
        return status_fail(status, STATUS_FAILED, "cannot draw into the window: %s", SDL_GetError());
    if (p->shown != surface->pixels || !alike) { /* all of it */
        damaged[0] = (DamageRect){0, 0, surface->w, surface->h};
        count = 1;
    }
    p->shown = surface->pixels;
    SDL_Rect rects[DAMAGE_MOST];
    for (size_t i = 0; i < count; i++)
        rects[i] = (SDL_Rect){damaged[i].x, damaged[i].y, damaged[i].w, damaged[i].h};
    if (count > 0 && SDL_UpdateWindowSurfaceRects(p->window, rects, (int)count) != 0)
        return status_fail(status, STATUS_FAILED, "cannot draw into the window: %s", SDL_GetError());
    return true;
}

void present_cursor(Present *p, UiCursor cursor) {
    if (cursor == p->cursor)
        return;
    if (cursor == CURSOR_NONE || p->cursor == CURSOR_NONE)
        SDL_ShowCursor(cursor == CURSOR_NONE ? SDL_DISABLE : SDL_ENABLE);
    if (cursor != CURSOR_NONE && p->cursors[cursor])
        SDL_SetCursor(p->cursors[cursor]);
    p->cursor = cursor;
}

float present_desktop_scale(const Present *p) {
    SDL_SysWMinfo info;
    SDL_VERSION(&info.version);
    if (!SDL_GetWindowWMInfo(p->window, &info) || info.subsystem != SDL_SYSWM_X11)
        return 1.0f;
    /* SDL has libX11 loaded already; it does not hand on what stands in the resources */
    void *library = SDL_LoadObject("libX11.so.6");
    if (!library)
        return 1.0f;
    float dpi = 96.0f;
    void *found = SDL_LoadFunction(library, "XResourceManagerString");
    char *(*resources)(void *);
    memcpy(&resources, &found, sizeof found);
    const char *text = found ? resources(info.info.x11.display) : NULL;
    const char *line = text ? strstr(text, "Xft.dpi:") : NULL;
    if (line)
        dpi = (float)SDL_atof(line + strlen("Xft.dpi:"));
    SDL_UnloadObject(library);
    return dpi >= 48.0f && dpi <= 960.0f ? dpi / 96.0f : 1.0f;
}
