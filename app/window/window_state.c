#include "app/window/window_private.h"

#include "app/base/clock.h"
#include "app/base/language.h"
#include "app/base/memory_watch.h"
#include "app/base/terminal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void window_say(Window *w, const char *text) {
    snprintf(w->notice, sizeof w->notice, "%s", text);
    w->notice_until = clock_seconds() + 6.0;
    w->screen.line.saved[0] = '\0';
    w->dirty = true;
}

void window_say_saved(Window *w, const char *path) {
    char *whole = realpath(path, NULL);
    window_say(w, whole ? whole : path);
    w->notice_until = clock_seconds() + 4.0;
    snprintf(w->screen.line.saved, sizeof w->screen.line.saved, "%s", w->notice);
    free(whole);
}

/* Some time after the last change, so that a window that is being dragged is not written for every size. So it is
 * on disk even if the program is killed. */
void window_remember_soon(Window *w) {
    w->remember_at = clock_seconds() + 1.0;
}

/* Writes what has changed since; false if it cannot. */
static bool remember_now(Window *w, Status *status) {
    w->remember_at = 0.0;
    Remembered r = {.zoom = w->remembered.zoom};
    SDL_GetWindowSize(w->present.window, &r.width, &r.height);
    if (w->fullscreen) { /* that is the screen's size, not the window's */
        r.width = w->remembered.width;
        r.height = w->remembered.height;
    }
    r.tour = w->screen.tour.seen ? TOUR_SEEN : w->screen.tour.open || w->tour_waits ? TOUR_DUE : w->remembered.tour;
    r.timeline = w->screen.timeline_height;
    r.aspect = w->screen.hand.aspect;
    r.map = screen_map_is_chosen(&w->screen);
    r.speak = w->hearing.speak_kept;
    r.sound = w->hearing.sound_kept;
    snprintf(r.theme, sizeof r.theme, "%s", w->theme_chosen ? w->theme_choice : w->remembered.theme);
    window_desktop_theme(w, r.desktop_theme);
    snprintf(r.language, sizeof r.language, "%s", w->language);
    if (w->scaled || w->remembered.scale > 0.0f)
        r.zoom = w->zoom;
    const Remembered *old = &w->remembered;
    bool same = r.width == old->width && r.height == old->height && r.zoom == old->zoom && r.tour == old->tour &&
                r.timeline == old->timeline && r.aspect == old->aspect && r.map == old->map && r.speak == old->speak &&
                r.sound == old->sound && strcmp(r.theme, old->theme) == 0 &&
                strcmp(r.desktop_theme, old->desktop_theme) == 0 && strcmp(r.language, old->language) == 0;
    if (!same && !remember_save(&r, status))
        return false;
    w->remembered = r;
    return true;
}

void window_remember(Window *w) {
    Status status = {0};
    if (!remember_now(w, &status))
        window_say(w, status.message);
}

void window_remember_last(Window *w) {
    Status status = {0};
    if (!remember_now(w, &status))
        terminal_say(status.message);
}

void window_change_scale(Window *w, float wanted) {
    Status status = {0};
    if (!screen_set_scale(&w->screen, wanted, &status))
        window_say(w, status.message);
    w->scaled = true;
    w->zoom = w->screen.wanted_scale / w->desktop_scale;
    window_remember_soon(w);
    w->dirty = true;
}

bool window_is_first_start(const Window *w) {
    const Cli *cli = w->cli;
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (cli->given[i])
            return false;
    bool asked = cli->preset_option || cli->points || cli->replay || cli->compare_count > 0;
    return !asked && (!w->remembered.found || w->remembered.tour == TOUR_DUE);
}

void window_begin_tour(Window *w) {
    if (!w->tour_waits || w->keeping.offers)
        return;
    w->tour_waits = false;
    tour_start(&w->screen.tour);
    w->dirty = true;
}

void window_set_titles(Window *w) {
    for (size_t i = 0; i < w->preset_count; i++)
        w->titles[w->own_titles + (int)i] = preset_words(&w->presets[i], w->presets[i].title);
    w->screen.titles = w->titles;
}

bool window_open_titles(Window *w, Status *status) {
    Status lessons = {0};
    if (!preset_list_all(&w->presets, &w->preset_count, w->preset_folder, status))
        return false;
    int before = memory_watch();
    bool listed = window_list_lessons(w, &lessons);
    if (!listed && memory_failed(before)) {
        *status = lessons;
        return false;
    }
    if (!listed) /* a group of the gallery, no more */
        terminal_say(lessons.message);
    w->titles = calloc(w->preset_count + 1, sizeof *w->titles);
    if (!w->titles)
        return status_no_memory(status, "the presets");
    window_set_titles(w);
    return true;
}

/* Index of the run that the window begins with among the titles, or -1. */
int window_first_title(const Window *w) {
    for (size_t i = 0; i < w->preset_count; i++)
        if (w->presets[i].group != PRESET_LESSON && strcmp(w->presets[i].name, w->cli->preset) == 0)
            return (int)i;
    return -1;
}

void window_own_title(const Window *w, bool shown, char title[VIEW_TITLE]) {
    const Source *source = &w->experiment.source;
    const char *slash = source->path ? strrchr(source->path, '/') : NULL;
    const char *name = slash ? slash + 1 : source->path ? source->path : "";
    if (!source->edited)
        snprintf(title, VIEW_TITLE, "%s", name);
    else if (name[0])
        snprintf(title, VIEW_TITLE, shown ? tr("%.200s, edited") : "%.200s, edited", name);
    else
        snprintf(title, VIEW_TITLE, "%s", shown ? tr("Points by hand") : "Points by hand");
}

/* Points of one's own are the first of the runs to choose from, by their file's name. */
void window_follow_source(Window *w) {
    const Source *source = &w->experiment.source;
    bool own = source->points.count > 0 || source->edited;
    if (!w->titles)
        return;
    if (own && w->own_titles == 0)
        memmove(w->titles + 1, w->titles, w->preset_count * sizeof *w->titles);
    else if (!own && w->own_titles == 1)
        memmove(w->titles, w->titles + 1, w->preset_count * sizeof *w->titles);
    w->own_titles = own;
    window_own_title(w, true, w->own_title);
    if (own)
        w->titles[0] = w->own_title;
    w->screen.title_count = (int)w->preset_count + own;
    w->screen.gallery.presets = w->presets;
    w->screen.gallery.count = (int)w->preset_count;
    w->screen.gallery.own_title = own ? w->own_title : NULL;
    bool is_preset = source->preset >= 0 && preset_is(&w->presets[source->preset], &w->experiment.trainer->settings);
    int lesson = window_lesson_title(w);
    w->screen.title = own ? 0 : lesson >= 0 ? lesson : is_preset ? source->preset : -1;
    w->screen.panel.own_points = own;
    window_follow_title(w);
    const Preset *preset = is_preset && !own && lesson < 0 ? &w->presets[source->preset] : NULL;
    w->screen.line.watch = preset ? preset_words(preset, preset->watch) : w->own_watch;
}
