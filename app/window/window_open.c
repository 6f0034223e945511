/* Opening: the desktop's chooser or a typed path, dropped and recent files, and the reading of what was chosen. */
#include "app/window/window_private.h"

#include "app/base/clock.h"
#include "app/base/file_write.h"
#include "app/base/format.h"
#include "app/io/path_list.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* Seconds from which on a chooser that has not come is explained, and after which a path is asked for instead. */
static const double PORTAL_EXPLAIN = 0.7, PORTAL_LONGEST = PORTAL_PATIENCE + 2.0;

static const char *name_of(const char *path) {
    return path + file_folder_length(path);
}

/* ---- what to open ---- */

/* The folder of the file that is open, or of the one opened last; malloc'd, NULL: none. */
static char *start_folder(const Window *w) {
    const char *path = w->experiment.source.path ? w->experiment.source.path
                       : w->recent.count > 0     ? w->recent.path[0]
                                                 : NULL;
    size_t length = path && path[0] == '/' ? file_folder_length(path) : 0;
    char *folder = length > 0 ? strndup(path, length > 1 ? length - 1 : 1) : NULL;
    if (folder && !path_is_folder(folder)) {
        free(folder);
        folder = NULL;
    }
    return folder;
}

static void type_path(Window *w, const char *message) {
    char *folder = start_folder(w);
    open_show(&w->screen.open, folder, message);
    free(folder);
    w->dirty = true;
}

static void end_portal(Window *w) {
    portal_free(w->portal);
    w->portal = NULL;
}

void window_ask_open(Window *w) {
    Status status = {0};
    char parent[32];
    if (w->screen.open.shown)
        return;
    if (w->portal) { /* asked again: it does not come, or lies behind other windows */
        end_portal(w);
        w->notice_until = 0.0;
        type_path(w, "");
        return;
    }
    char *folder = start_folder(w);
    present_name(&w->present, parent);
    w->portal = portal_open(parent, folder, &status);
    w->portal_since = clock_seconds();
    w->portal_explained = false;
    free(folder);
    if (!w->portal)
        type_path(w, status.message);
}

void window_follow_portal(Window *w) {
    if (!w->portal)
        return;
    PortalState state = portal_state(w->portal);
    double waited = clock_seconds() - w->portal_since;
    char *path = NULL;
    switch (state) {
    case PORTAL_ASKING:
        if (waited > PORTAL_LONGEST) {
            end_portal(w);
            type_path(w, "The desktop's file chooser does not answer: type the path here.");
        } else if (waited > PORTAL_EXPLAIN && !w->portal_explained) {
            w->portal_explained = true;
            window_say(w, "Waiting for the desktop's file chooser. Ctrl+O once more: type a path instead.");
        }
        return;
    case PORTAL_SHOWN:
        return;
    case PORTAL_CHOSEN:
        path = strdup(portal_text(w->portal));
        break;
    case PORTAL_CANCELLED:
        break;
    case PORTAL_FAILED:
        type_path(w, portal_text(w->portal));
        break;
    case PORTAL_NONE:
        type_path(w, "");
        break;
    }
    end_portal(w);
    if (w->portal_explained)
        w->notice_until = 0.0;
    w->dirty = true;
    if (path)
        window_open_path(w, path);
    free(path);
}

/* A recent file; one that is no longer there is said so and taken off the list. */
static void open_recent(Window *w, int i) {
    if (i < 0 || i >= w->recent.count)
        return;
    Status status = {0};
    char text[512];
    if (access(w->recent.path[i], F_OK) == 0 || (errno != ENOENT && errno != ENOTDIR)) {
        char *path = strdup(w->recent.path[i]);
        if (path)
            window_open_path(w, path);
        free(path);
        return;
    }
    char *shown = path_shown(w->recent.path[i]);
    snprintf(text, sizeof text, "%.400s is no longer there: it is taken off the list.", shown ? shown : "The file");
    free(shown);
    if (!recent_drop(&w->recent, w->recent.path[i], &status))
        snprintf(text, sizeof text, "%.500s", status.message);
    window_say(w, text);
}

static void show_export(Window *w) {
    if (w->screen.presenting)
        window_present(w, false);
    w->screen.panel.saving.open = true;
    w->screen.drawer = w->screen.layout.drawer;
    w->dirty = true;
}

void window_file_intent(Window *w, const Intents *intents) {
    switch (intents->file) {
    case FILE_ASKS_NOTHING:
        break;
    case FILE_OPEN:
        window_ask_open(w);
        break;
    case FILE_RECENT:
        open_recent(w, intents->recent);
        break;
    case FILE_COLUMNS:
        break;
    case FILE_EXPORT:
        show_export(w);
        break;
    }
}

/* What was opened comes first in the list next time. */
void window_note_recent(Window *w, const char *path) {
    Status status = {0};
    if (path && path[0] == '/' && !recent_add(&w->recent, path, &status))
        window_say(w, status.message);
}

/* ---- reading ---- */

/* How the file of that name is read: as the command line says if it is the command line's. */
const PointsFormat *window_format_of(const Window *w, const char *path) {
    bool its = path && w->points_path && strcmp(path, w->points_path) == 0;
    return its ? &w->points_format : NULL;
}

void window_stop_reading(Window *w) {
    points_loading_free(w->reading);
    w->reading = NULL;
    window_say(w, "The file was not opened.");
}

/* What was left out of a file. */
static void say_skipped(Window *w, size_t skipped) {
    char some[32], all[32], text[128];
    if (skipped == 0)
        return;
    format_count(skipped, some);
    format_count(w->experiment.source.points.count + skipped, all);
    snprintf(text, sizeof text, "%s of %s rows skipped: a cell was missing or no number.", some, all);
    window_say(w, text);
}

/* A preset file is a run to start. */
static bool open_preset(Window *w, const char *path) {
    Preset preset;
    Status status = {0};
    if (!preset_load(&preset, path, "", &status)) {
        window_say(w, status.message);
        return false;
    }
    plot_hand_fit(&w->screen.hand);
    experiment_push(&w->experiment, (Command){.kind = COMMAND_PRESET, .preset = -1, .settings = preset.settings});
    window_push(w, (Command){.kind = COMMAND_SPEED, .speed = preset.speed});
    window_push_kind(w, COMMAND_PLAY);
    snprintf(w->own_watch, sizeof w->own_watch, "%s", preset.watch);
    return true;
}

void window_open_path(Window *w, const char *path) {
    Status status = {0};
    char *whole = realpath(path, NULL);
    const char *name = whole ? whole : path;
    w->dirty = true;
    if (preset_is_file(path)) {
        if (open_preset(w, path))
            window_note_recent(w, name);
        free(whole);
        return;
    }
    const PointsFormat *told = window_format_of(w, whole);
    points_loading_free(w->reading); /* of an earlier file, which is wanted no more */
    w->reading = points_loading_begin(name, told ? told : &(PointsFormat){0}, &status);
    w->reading_since = clock_seconds();
    if (!w->reading)
        window_say(w, status.message);
    free(whole);
}

/* A file that is being read: what is there of it is said once it takes time; its points begin a run. */
void window_go_on_reading(Window *w) {
    PointsLoading *r = w->reading;
    if (!r)
        return;
    w->dirty = true;
    if (!points_loading_done(r)) {
        char text[256];
        snprintf(text, sizeof text, "Reading %.160s: %.0f %%. Esc stops.", name_of(points_loading_path(r)),
                 100.0 * points_loading_share(r));
        if (clock_seconds() - w->reading_since > 0.2)
            window_say(w, text);
        return;
    }
    Status status = {0};
    Dataset points;
    size_t skipped;
    PointsNotes notes;
    w->notice_until = 0.0;
    if (!points_loading_take(r, &points, &skipped, &notes, &status) ||
        !experiment_open_points(&w->experiment, &points, points_loading_path(r), &status)) {
        dataset_free(&points);
        window_say(w, status.message);
    } else {
        plot_hand_fit(&w->screen.hand);
        w->own_watch[0] = '\0';
        window_push_kind(w, COMMAND_PLAY);
        if (notes.count > 0)
            window_say(w, notes.text[0]);
        say_skipped(w, skipped);
        window_note_recent(w, points_loading_path(r));
    }
    points_loading_free(r);
    w->reading = NULL;
}
