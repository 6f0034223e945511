#include "app/window/window_private.h"

#include "app/base/language.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static const double PORTAL_FIRST = 0.01; /* seconds that the first picture waits for the desktop's colours */

/* ---- theme and motion ---- */

static bool follows_theme(const Window *w) {
    return strcmp(w->theme_choice, THEME_AUTO) == 0;
}

/* The theme that the desktop asks for: as last heard until it is heard again. */
static const Theme *desktop_theme(const Window *w) {
    if (!w->wishes.known)
        return theme_of(w->remembered.desktop_theme);
    return w->wishes.colors == DESKTOP_DARK ? &THEME_DARK : &THEME_LIGHT;
}

static void show_theme(Window *w) {
    const Theme *theme = follows_theme(w) ? desktop_theme(w) : theme_of(w->theme_choice);
    bool light = theme == &THEME_LIGHT;
    w->dirty = w->dirty || theme != w->screen.theme;
    w->screen.ui.wants_frame = w->screen.ui.wants_frame || theme != w->screen.theme;
    w->screen.theme = theme;
    ThemeStep other = light ? THEME_TO_DARK : THEME_TO_LIGHT;
    w->screen.toolbar.theme = w->wishes.known && !follows_theme(w) && theme == desktop_theme(w) ? THEME_TO_AUTO : other;
}

/* From following the desktop to the other theme, from there to the desktop's own, and from that to following it. */
void window_step_theme(Window *w) {
    static const char *const choices[] = {
        [THEME_TO_DARK] = "dark", [THEME_TO_LIGHT] = "light", [THEME_TO_AUTO] = THEME_AUTO};
    w->theme_choice = choices[w->screen.toolbar.theme];
    w->theme_chosen = true;
    if (follows_theme(w))
        window_say(w, tr("Light or dark as the desktop's settings have it."));
    show_theme(w);
    window_remember_soon(w);
}

static void show_motion(Window *w) {
    const Cli *cli = w->cli;
    bool reduced = cli->reduced_motion || cli->motion == MOTION_REDUCED ||
                   (cli->motion == MOTION_AUTO && w->wishes.reduced_motion);
    w->screen.ui.motion = w->screen.hand.motion = !reduced;
}

void window_desktop_theme(const Window *w, char name[16]) {
    snprintf(name, 16, "%s", w->wishes.known ? desktop_theme(w)->name : w->remembered.desktop_theme);
}

/* ---- scale ---- */

float window_desktop_scale(const Window *w) {
    float scale = present_desktop_scale(&w->present);
    /* under X11 the desktop has put it into Xft.dpi */
    return present_is_wayland(&w->present) && w->wishes.text_scale > 0.0f ? scale * w->wishes.text_scale : scale;
}

/* Of the desktop, times what the person has chosen; --scale is not moved by it. */
static void follow_scale(Window *w) {
    float now = window_desktop_scale(w);
    if (now == w->desktop_scale)
        return;
    w->desktop_scale = now;
    Status status = {0};
    if (w->cli->scale > 0.0f && !w->scaled)
        return;
    if (!screen_set_scale(&w->screen, fminf(fmaxf(now * w->zoom, SCALE_MINIMUM), SCALE_MAXIMUM), &status))
        window_say(w, status.message);
    w->dirty = true;
}

/* ---- the window's ---- */

void window_meet_desktop(Window *w) {
    w->theme_choice = w->cli->theme ? w->cli->theme : w->remembered.theme[0] ? w->remembered.theme : THEME_AUTO;
    if (follows_theme(w))
        desktop_wait(w->desktop, PORTAL_FIRST);
    window_follow_desktop(w, false);
    show_theme(w);
    show_motion(w);
}

void window_follow_desktop(Window *w, bool focused) {
    if (focused) /* it may have been changed meanwhile */
        follow_scale(w);
    if (!w->desktop || !desktop_look(w->desktop, &w->desktop_version, &w->wishes))
        return;
    show_theme(w);
    show_motion(w);
    follow_scale(w);
    if (w->wishes.known && strcmp(w->remembered.desktop_theme, desktop_theme(w)->name) != 0)
        window_remember_soon(w);
}

bool window_follow_size(Window *w, Status *status) {
    int width, height;
    present_size(&w->present, &width, &height);
    if (!screen_resize(&w->screen, width, height, status))
        return false;
    follow_scale(w);
    return true;
}
