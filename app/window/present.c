#include <SDL_syswm.h>
#undef Status /* a macro of Xlib's */

#include "app/base/memory_watch.h"
#include "app/draw/damage.h"
#include "app/window/desktop_scale.h"
#include "app/window/present.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Opens SDL's display: the first of the environment's choice, Wayland, X11 that there is. */
static bool open_display(Status *status) {
    /* Asked before SDL is: it would try one driver after the other, down to one that shows nothing, and
     * libraries below it would write lines of their own. */
    const char *x11 = SDL_getenv("DISPLAY"), *wayland = SDL_getenv("WAYLAND_DISPLAY");
    bool has_x11 = x11 && x11[0], has_wayland = wayland && wayland[0];
    if (!SDL_getenv("SDL_VIDEODRIVER")) {
        if (!has_x11 && !has_wayland)
            return status_fail(status, STATUS_FAILED,
                               "no display: neither DISPLAY nor WAYLAND_DISPLAY is set (--headless works without one)");
        /* Where there are both, X11 is the compositor's XWayland: its windows are enlarged on a screen of scale 2. */
        SDL_SetHint(SDL_HINT_VIDEODRIVER, has_wayland && has_x11 ? "wayland,x11" : has_wayland ? "wayland" : "x11");
    }
    int before = memory_watch();
    if (SDL_InitSubSystem(SDL_INIT_VIDEO) == 0)
        return true;
    if (memory_failed(before))
        return status_fail(status, STATUS_FAILED, "not enough memory");
    return status_fail(status, STATUS_FAILED, "no display: cannot use %s: %s (--headless works without one)",
                       has_wayland ? wayland
                       : has_x11   ? x11
                                   : "it",
                       SDL_GetError());
}

static bool is_driver(const char *name) {
    const char *driver = SDL_GetCurrentVideoDriver();
    return driver && strcmp(driver, name) == 0;
}

/* Under Wayland the window's surface is not of its pixels but of its units, and enlarged: there a texture is drawn. */
static bool open_window(Present *p, const char *title, int width, int height) {
    bool wayland = is_driver("wayland");
    if (is_driver("x11"))
        SDL_SetHint(SDL_HINT_FRAMEBUFFER_ACCELERATION, "0");
    if (wayland && SDL_GL_LoadLibrary(NULL) != 0) /* SDL 2.32's SDL_CreateRenderer crashes where there is none */
        return false;
    p->window = SDL_CreateWindow(title, SDL_WINDOWPOS_CENTERED, SDL_WINDOWPOS_CENTERED, width, height,
                                 SDL_WINDOW_HIDDEN | SDL_WINDOW_RESIZABLE | SDL_WINDOW_ALLOW_HIGHDPI);
    if (p->window && wayland)
        p->renderer = SDL_CreateRenderer(p->window, -1, SDL_RENDERER_ACCELERATED);
    if (wayland)
        SDL_GL_UnloadLibrary(); /* the renderer's window has it loaded, too */
    return p->window && (p->renderer || !wayland);
}

bool present_open(Present *p, const char *title, int width, int height, Status *status) {
    memset(p, 0, sizeof *p);
    SDL_SetHint(SDL_HINT_VIDEO_ALLOW_SCREENSAVER, "1");
    SDL_SetHint(SDL_HINT_MOUSE_FOCUS_CLICKTHROUGH, "1");
    SDL_SetHint(SDL_HINT_IME_SHOW_UI, "1");               /* the list of what an input method offers is its own, */
    SDL_SetHint(SDL_HINT_IME_SUPPORT_EXTENDED_TEXT, "1"); /* what it composes is shown in the field */
    SDL_SetHint(SDL_HINT_TOUCH_MOUSE_EVENTS, "0");        /* fingers are fingers (touch.h) */
    SDL_SetHint(SDL_HINT_VIDEO_X11_NET_WM_BYPASS_COMPOSITOR, "0");
    /* By which the desktop finds the program's .desktop file: easyfirst, whatever the binary's name is. */
    SDL_setenv("SDL_VIDEO_WAYLAND_WMCLASS", "easyfirst", 0);
    SDL_setenv("SDL_VIDEO_X11_WMCLASS", "easyfirst", 0);
    if (!open_display(status))
        return false;
    int before = memory_watch();
    bool done = open_window(p, title, width, height);
    if (!done && is_driver("wayland") && SDL_getenv("DISPLAY") && !SDL_getenv("SDL_VIDEODRIVER")) { /* without OpenGL */
        if (p->window)
            SDL_DestroyWindow(p->window);
        p->window = NULL;
        SDL_QuitSubSystem(SDL_INIT_VIDEO); /* not SDL_Quit, which forgets the hints */
        SDL_SetHint(SDL_HINT_VIDEODRIVER, "x11");
        done = SDL_InitSubSystem(SDL_INIT_VIDEO) == 0 && open_window(p, title, width, height);
    }
    if (!done) {
        if (memory_failed(before))
            status_fail(status, STATUS_FAILED, "not enough memory");
        else
            status_fail(status, STATUS_FAILED, "cannot open a window: %s", SDL_GetError());
        present_close(p);
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
    if (p->renderer)
        SDL_DestroyRenderer(p->renderer); /* with its texture */
    free(p->copy);
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

void present_size(const Present *p, int *width, int *height) {
    SDL_GetWindowSizeInPixels(p->window, width, height);
}

bool present_is_wayland(const Present *p) {
    return p->renderer != NULL;
}

float present_pixels(const Present *p) {
    int width, height, pixels, unused;
    SDL_GetWindowSize(p->window, &width, &height);
    present_size(p, &pixels, &unused);
    return width > 0 && pixels > 0 ? (float)pixels / (float)width : 1.0f;
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
    const SDL_PixelFormat *f = surface->format; /* of four bytes with red there, green and blue follow */
    return f->BytesPerPixel == 4 && f->Rmask == 0xff0000 && surface->pitch % 4 == 0;
}

/* The damaged parts of a window that is drawn by a texture. */
static bool draw_texture(Present *p, const Canvas *canvas) {
    if (!p->texture || p->width != canvas->width || p->height != canvas->height) {
        if (p->texture)
            SDL_DestroyTexture(p->texture);
        free(p->copy);
        p->copy = NULL;
        p->texture = SDL_CreateTexture(p->renderer, SDL_PIXELFORMAT_RGB888, SDL_TEXTUREACCESS_STREAMING, canvas->width,
                                       canvas->height);
        p->copy = calloc((size_t)canvas->width * (size_t)canvas->height, sizeof *p->copy);
        p->width = canvas->width;
        p->height = canvas->height;
        p->shown = NULL;
    }
    if (!p->texture)
        return false;
    if (!p->copy)
        return SDL_OutOfMemory() == 0;
    DamageRect damaged[DAMAGE_MOST];
    size_t stride = (size_t)canvas->width,
           count = damage_repair(canvas, p->copy, canvas->width, canvas->height, stride, damaged);
    if (!p->shown) {
        damaged[0] = (DamageRect){0, 0, canvas->width, canvas->height};
        count = 1;
    }
    if (count == 0)
        return true;
    for (size_t i = 0; i < count; i++) {
        SDL_Rect rect = {damaged[i].x, damaged[i].y, damaged[i].w, damaged[i].h};
        const uint32_t *pixels = canvas->pixels + (size_t)rect.y * stride + rect.x;
        if (SDL_UpdateTexture(p->texture, &rect, pixels, canvas->width * 4) != 0)
            return false;
    }
    SDL_Rect whole = {0, 0, canvas->width,
                      canvas->height}; /* pixel for pixel, even while the window has another size */
    if (SDL_RenderClear(p->renderer) != 0 || SDL_RenderCopy(p->renderer, p->texture, NULL, &whole) != 0)
        return false;
    SDL_RenderPresent(p->renderer);
    p->shown = p->copy;
    return true;
}

static bool draw_surface(Present *p, const Canvas *canvas) {
    SDL_Surface *surface = SDL_GetWindowSurface(p->window);
    if (!surface)
        return false;
    int width = canvas->width < surface->w ? canvas->width : surface->w;
    int height = canvas->height < surface->h ? canvas->height : surface->h;
    DamageRect damaged[DAMAGE_MOST];
    size_t count = 0;
    bool alike = is_alike(surface);
    if (alike)
        count = damage_repair(canvas, surface->pixels, width, height, (size_t)surface->pitch / 4, damaged);
    else if (SDL_ConvertPixels(width, height, SDL_PIXELFORMAT_ARGB8888, canvas->pixels, canvas->width * 4,
                               surface->format->format, surface->pixels, surface->pitch) != 0)
        return false;
    if (p->shown != surface->pixels || !alike) { /* all of it */
        damaged[0] = (DamageRect){0, 0, surface->w, surface->h};
        count = 1;
    }
    p->shown = surface->pixels;
    SDL_Rect rects[DAMAGE_MOST];
    for (size_t i = 0; i < count; i++)
        rects[i] = (SDL_Rect){damaged[i].x, damaged[i].y, damaged[i].w, damaged[i].h};
    return count == 0 || SDL_UpdateWindowSurfaceRects(p->window, rects, (int)count) == 0;
}

bool present_canvas(Present *p, const Canvas *canvas, Status *status) {
    return (p->renderer ? draw_texture(p, canvas) : draw_surface(p, canvas)) ||
           status_fail(status, STATUS_FAILED, "cannot draw into the window: %s", SDL_GetError());
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
    if (SDL_GetWindowWMInfo(p->window, &info) && info.subsystem == SDL_SYSWM_X11)
        return desktop_scale_x11(info.info.x11.display);
    return present_pixels(p);
}
