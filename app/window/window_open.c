/* Opening: the desktop's chooser or a typed path, dropped and recent files, and the reading of what was chosen. */
#include "app/window/window_private.h"

#include "app/base/clock.h"
#include "app/base/file_write.h"
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/io/path_list.h"
#include "core/utf8.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
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

static void type_path(Window *w, bool saves, const char *message) {
    char *folder = saves ? window_propose(w) : start_folder(w);
    if (saves)
        open_show_save(&w->screen.open, folder ? folder : "", message);
    else
        open_show(&w->screen.open, folder, message);
    free(folder);
    w->dirty = true;
}

static void end_portal(Window *w) {
    portal_free(w->portal);
    w->portal = NULL;
}

static Portal *ask_portal(Window *w, bool saves, Status *status) {
    char parent[32];
    present_name(&w->present, parent);
    char *path = saves ? window_propose(w) : start_folder(w);
    size_t length = saves && path ? file_folder_length(path) : 0;
    char *folder = saves && path ? strndup(path, length > 1 ? length - 1 : 1) : NULL;
    Portal *portal = saves ? portal_save(parent, folder, path ? path + length : "run" SESSION_ENDING, status)
                           : portal_open(parent, path, status);
    free(folder);
    free(path);
    return portal;
}

void window_ask_path(Window *w, bool saves) {
    Status status = {0};
    if (w->screen.open.shown)
        return;
    if (w->portal) { /* asked again: it does not come, or lies behind other windows */
        if (portal_saves(w->portal) && !saves)
            window_save_nowhere(w);
        end_portal(w);
        w->notice_until = 0.0;
        type_path(w, saves, "");
        return;
    }
    w->portal = ask_portal(w, saves, &status);
    w->portal_since = clock_seconds();
    w->portal_explained = false;
    if (!w->portal)
        type_path(w, saves, status.message);
}

/* The chooser has come to an end, with that path or with none. */
static void take_choice(Window *w, bool saves, const char *path) {
    if (!saves && path)
        window_open_path(w, path);
    else if (saves && path)
        window_save_to(w, path, true);
    else if (saves && !w->screen.open.shown)
        window_save_nowhere(w);
}

void window_follow_portal(Window *w) {
    if (!w->portal)
        return;
    PortalState state = portal_state(w->portal);
    double waited = clock_seconds() - w->portal_since;
    bool saves = portal_saves(w->portal);
    char *path = NULL;
    switch (state) {
    case PORTAL_ASKING:
        if (waited > PORTAL_LONGEST) {
            end_portal(w);
            type_path(w, saves, tr("The desktop's file chooser does not answer: type the path here."));
        } else if (waited > PORTAL_EXPLAIN && !w->portal_explained) {
            w->portal_explained = true;
            window_say(w, saves ? tr("Waiting for the desktop's file chooser. Ctrl+S once more: type a path instead.")
                                : tr("Waiting for the desktop's file chooser. Ctrl+O once more: type a path instead."));
        }
        return;
    case PORTAL_SHOWN:
        if (w->portal_explained)
            w->notice_until = 0.0;
        w->portal_explained = false;
        return;
    case PORTAL_CHOSEN:
        path = strdup(portal_text(w->portal));
        break;
    case PORTAL_CANCELLED:
        break;
    case PORTAL_FAILED:
        type_path(w, saves, portal_text(w->portal));
        break;
    case PORTAL_NONE:
        type_path(w, saves, "");
        break;
    }
    end_portal(w);
    if (w->portal_explained)
        w->notice_until = 0.0;
    w->dirty = true;
    take_choice(w, saves, path);
    free(path);
}

/* What was opened comes first in the list next time. */
void window_note_recent(Window *w, const char *path) {
    Status status = {0};
    if (path && path[0] == '/' && !recent_add(&w->recent, path, &status))
        window_say(w, status.message);
}

/* ---- how files are read ---- */

/* The number of this way to read this file, for Source.reading; 0: no memory for it. */
static int note_reading(Window *w, const char *path, const PointsFormat *format) {
    Status status = {0};
    for (int i = 0; i < w->reading_count; i++)
        if (strcmp(w->readings[i].path, path) == 0 && points_format_same(&w->readings[i].format, format)) {
            w->readings[i].used = ++w->readings_used;
            return i + 1;
        }
    Reading *readings = realloc(w->readings, (size_t)(w->reading_count + 1) * sizeof *readings);
    if (!readings)
        return 0;
    w->readings = readings;
    Reading *r = &readings[w->reading_count];
    *r = (Reading){.path = strdup(path), .used = ++w->readings_used};
    if (!r->path || !points_format_copy(&r->format, format, &status)) {
        free(r->path);
        return 0;
    }
    return ++w->reading_count;
}

const PointsFormat *window_format(const Window *w) {
    int reading = w->experiment.source.reading;
    return reading > 0 && w->experiment.source.path ? &w->readings[reading - 1].format : NULL;
}

/* How the file was read the last time. */
static const PointsFormat *last_format(const Window *w, const char *path) {
    static const PointsFormat defaults;
    const Reading *last = NULL;
    for (int i = 0; i < w->reading_count; i++)
        if (strcmp(w->readings[i].path, path) == 0 && (!last || w->readings[i].used > last->used))
            last = &w->readings[i];
    return last ? &last->format : &defaults;
}

void window_note_first(Window *w) {
    if (w->points_path)
        w->experiment.source.reading = note_reading(w, w->points_path, &w->points_format);
}

void window_note_format(Window *w, const PointsFormat *format) {
    Experiment *e = &w->experiment;
    static const PointsFormat nothing;
    int reading = e->source.path && !points_format_same(format, &nothing) ? note_reading(w, e->source.path, format) : 0;
    e->source.reading = reading;
    for (int i = 0; reading > 0 && i < e->branches.count; i++) {
        Source *source = &e->branches.items[i]->source;
        if (source->path && strcmp(source->path, e->source.path) == 0)
            source->reading = reading;
    }
}

void window_close_reading(Window *w) {
    points_loading_free(w->reading);
    points_loading_free(w->summing);
    for (int i = 0; i < w->reading_count; i++) {
        free(w->readings[i].path);
        points_format_free(&w->readings[i].format);
    }
    free(w->readings);
    free(w->failed_path);
}

/* ---- reading ---- */

void window_stop_reading(Window *w) {
    points_loading_free(w->reading);
    w->reading = NULL;
    window_say(w, tr("The file was not opened."));
}

/* What was left out of a file. */
static void say_skipped(Window *w, size_t skipped) {
    char some[32], all[32], text[128];
    if (skipped == 0)
        return;
    format_count(skipped, some);
    format_count(w->experiment.source.points.count + skipped, all);
    snprintf(text, sizeof text, tr("%s of %s rows skipped: a cell was missing or no number."), some, all);
    window_say(w, text);
}

/* A preset file is a run to start. */
static bool open_preset(Window *w, const char *path) {
    Preset preset;
    Status status = {0};
    if (!preset_open(&preset, path, &status)) {
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

/* Begins to read a file, or to look at it first, in place of what is being read. The path may be the reading's own. */
static void begin_reading(Window *w, const char *path, const PointsFormat *format, bool look) {
    Status status = {0};
    PointsFormat looking = *format;
    looking.skip_bad = true; /* a look counts bad rows in any case */
    PointsLoading *reading =
        look ? points_loading_look(path, &looking, &status) : points_loading_begin(path, format, &status);
    points_loading_free(w->reading);
    w->reading = reading;
    w->reading_since = clock_seconds();
    w->dirty = true;
    if (!reading && w->screen.import.shown)
        import_update(&w->screen.import, NULL, status.message);
    else if (!reading)
        window_say(w, status.message);
}

static void look_at(Window *w, const char *path, bool sheet) {
    struct stat info;
    bool file = stat(path, &info) == 0 && S_ISREG(info.st_mode);
    import_hide(&w->screen.import);
    w->opening = (Opening){.sheet = sheet, .bytes = file ? (size_t)info.st_size : 0};
    begin_reading(w, path, last_format(w, path), file); /* a look would use up what is no file */
}

void window_open_path(Window *w, const char *path) {
    char *whole = realpath(path, NULL);
    const char *name = whole ? whole : path;
    w->dirty = true;
    w->screen.open.shown = false;
    if (session_is_file(path))
        window_leave(w, THEN_OPEN, name);
    else if (!preset_is_file(path))
        look_at(w, name, false);
    else if (open_preset(w, path))
        window_note_recent(w, name);
    free(whole);
}

/* The file whose columns can be chosen: the one that could not be opened, or the one that is open. */
static const char *columns_path(const Window *w) {
    return w->failed_path ? w->failed_path : w->experiment.source.path;
}

bool window_has_columns(const Window *w) {
    return columns_path(w) != NULL;
}

static void show_columns(Window *w) {
    char *path = columns_path(w) ? strdup(columns_path(w)) : NULL;
    if (path)
        look_at(w, path, true);
    free(path);
}

static void note_failure(Window *w, const char *path, const char *message) {
    free(w->failed_path);
    w->failed_path = path ? strdup(path) : NULL;
    if (message)
        window_say(w, message);
}

/* Whether a person is to see how it is read before it is: the columns may be others, or rows are left out. */
static bool is_uncertain(const PointsPreview *look, const PointsFormat *format) {
    bool found = true;
    for (int k = 0; k < 3; k++)
        found = found && look->at[k] != SIZE_MAX;
    if (look->columns < 3)
        return false; /* nothing to choose: points_read says what is wrong */
    return !found || look->guessed || (!look->problem[0] && look->left_out > 0 && look->kept > 0 && !format->skip_bad);
}

/* A look has come: for the sheet, or to decide whether there has to be one. */
static void take_look(Window *w) {
    PointsLoading *r = w->reading;
    Status status = {0};
    char *path = strdup(points_loading_path(r));
    PointsPreview *look = points_loading_take_look(r, &status);
    ImportState *sheet = &w->screen.import;
    points_loading_free(r);
    w->reading = NULL;
    if (sheet->shown) {
        import_update(sheet, look, status.message);
    } else if (!look || !path) {
        note_failure(w, path, status.message);
    } else if (w->opening.sheet || is_uncertain(look, last_format(w, path))) {
        const ImportScene scene = {.path = path,
                                   .bytes = w->opening.bytes,
                                   .format = last_format(w, path),
                                   .standardize = w->experiment.trainer->settings.standardize,
                                   .aspect = w->screen.hand.aspect};
        if (import_show(sheet, &scene, look, &status))
            look = NULL;
        else
            window_say(w, status.message);
    } else {
        begin_reading(w, path, last_format(w, path), false);
    }
    if (look && !sheet->shown) {
        points_preview_free(look);
        free(look);
    }
    free(path);
}

/* The points are there: a run of their own begins with them. */
static void take_points(Window *w) {
    PointsLoading *r = w->reading;
    Status status = {0};
    Dataset points;
    size_t skipped;
    PointsNotes notes;
    SessionSource source = {0};
    const char *path = points_loading_path(r);
    Settings settings = w->experiment.trainer->settings;
    if (w->opening.by_hand)
        settings.standardize = w->opening.standardize;
    OpenedPoints opened = {path, note_reading(w, path, points_loading_format(r)), &settings};
    if (!points_loading_take(r, &points, &skipped, &notes, &status) ||
        !experiment_open_points(&w->experiment, &points, &opened, &status)) {
        dataset_free(&points);
        note_failure(w, path, status.message);
    } else {
        note_failure(w, NULL, NULL);
        points_loading_take_source(r, &source);
        window_note_source(w, &source);
        if (w->opening.by_hand && w->opening.fills_told) {
            plot_hand_set_aspect(&w->screen.hand, w->opening.fills ? ASPECT_FILL : ASPECT_EQUAL);
            window_remember_soon(w);
        }
        plot_hand_fit(&w->screen.hand);
        w->own_watch[0] = '\0';
        window_push_kind(w, COMMAND_PLAY);
        if (notes.count > 0 && !w->opening.by_hand)
            window_say(w, notes.text[0]);
        say_skipped(w, skipped);
        window_note_recent(w, path);
    }
    points_loading_free(r);
    w->reading = NULL;
}

/* What is there of a file is said once it takes time. */
void window_go_on_reading(Window *w) {
    PointsLoading *r = w->reading;
    ImportState *sheet = &w->screen.import;
    sheet->looking = r && sheet->shown ? points_loading_share(r) : -1.0;
    if (!r)
        return;
    w->dirty = true;
    if (points_loading_done(r)) {
        w->notice_until = 0.0;
        sheet->looking = -1.0;
        if (points_loading_looks(r))
            take_look(w);
        else
            take_points(w);
    } else if (!sheet->shown && clock_seconds() - w->reading_since > 0.2) {
        char text[256], name[161], percent[32];
        snprintf(name, sizeof name, "%s", name_of(points_loading_path(r)));
        name[utf8_whole(name_of(points_loading_path(r)), sizeof name - 1)] = '\0';
        format_percentage(100.0 * points_loading_share(r), 0, percent);
        snprintf(text, sizeof text, tr("Reading %s: %s. Esc stops."), name, percent);
        window_say(w, text);
    }
}

void window_follow_import(Window *w) {
    ImportState *sheet = &w->screen.import;
    ImportWish wish = w->screen.import_wish;
    w->screen.import_wish = (ImportWish){0};
    if (!sheet->shown)
        return;
    PointsFormat format = import_format(sheet);
    if (wish.again) {
        begin_reading(w, sheet->path, &format, true);
    } else if (wish.open) {
        format.skip_bad = sheet->look->left_out > 0;
        w->opening = (Opening){
            .by_hand = true, .standardize = sheet->standardize, .fills = sheet->fills, .fills_told = sheet->fills_told};
        begin_reading(w, sheet->path, &format, false);
        if (w->reading)
            import_hide(sheet);
    } else if (wish.cancel) {
        points_loading_free(w->reading);
        w->reading = NULL;
        import_hide(sheet);
    }
    w->dirty = w->dirty || wish.again || wish.open || wish.cancel;
}

/* ---- the File menu ---- */

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
    snprintf(text, sizeof text, tr("%.400s is no longer there: it is taken off the list."),
             shown ? shown : w->recent.path[i]);
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
        window_ask_path(w, false);
        break;
    case FILE_RECENT:
        open_recent(w, intents->recent);
        break;
    case FILE_COLUMNS:
        show_columns(w);
        break;
    case FILE_EXPORT:
        show_export(w);
        break;
    case FILE_COPY_PICTURE:
        window_copy_picture(w);
        break;
    case FILE_SAVE:
        window_save(w);
        break;
    case FILE_SAVE_AS:
        window_save_as(w);
        break;
    case FILE_KEPT:
        window_show_kept(w);
        break;
    case FILE_CONTINUE:
        window_continue(w, 0);
        break;
    case FILE_NOT_NOW:
        window_offer_no_more(w);
        window_begin_tour(w);
        break;
    }
}
