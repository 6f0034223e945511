#include "app/views/suspects_deeds.h"
#include "app/base/language.h"
#include "app/window/window_private.h"

#include "app/base/clock.h"
#include "app/base/file_hold.h"
#include "app/base/file_write.h"
#include "app/base/format.h"
#include "app/base/resources.h"
#include "app/io/png_writer.h"
#include "app/io/tables_csv.h"
#include "app/plot/picture.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* False and errno: not all of it could be written. */
static bool flush_trace(Window *w) {
    errno = 0;
    bool done = fflush(w->live_trace) == 0 && !ferror(w->live_trace);
    errno = errno != 0 ? errno : EIO;
    clearerr(w->live_trace);
    return done;
}

/* Once, until it can be written again. */
static void say_trace(Window *w, bool done) {
    if (!done && !w->trace_failed)
        window_say(w, tr("cannot write the live trace"));
    w->trace_failed = !done;
}

/* All of the run so far, in place of what is there. */
static bool write_trace(Window *w) {
    struct stat info;
    rewind(w->live_trace);
    if (fstat(fileno(w->live_trace), &info) == 0 && S_ISREG(info.st_mode) && ftruncate(fileno(w->live_trace), 0) != 0)
        return false;
    w->trace_columns = export_columns(&w->experiment.trainer->settings, w->experiment.trainer->data.classes,
                                      w->experiment.trainer->clean.count);
    export_trace_header(w->live_trace, w->trace_columns);
    const History *history =
        &w->experiment.history; /* where a run goes on from an epoch, those before it are still true */
    for (size_t i = 0; i < history->count; i++)
        export_trace_record(w->live_trace, w->trace_columns, &history->records[i], NULL);
    return flush_trace(w);
}

static void restart_trace(void *user) {
    Window *w = user;
    window_follow_source(w);
    if (w->live_trace)
        say_trace(w, write_trace(w));
}

static void trace_epoch(void *user, const Trainer *trainer) {
    Window *w = user;
    if (!w->live_trace)
        return;
    export_trace_row(w->live_trace, w->trace_columns, trainer, NULL);
    say_trace(w, flush_trace(w));
}

/* Held, so that nothing else of this program writes over it. */
static bool open_trace(Window *w, const char *path, Status *status) {
    char *held;
    int descriptor = file_hold(path, false, &held, status);
    free(held);
    if (descriptor < 0)
        return status_prefix(status, "--live-trace");
    w->live_trace = fdopen(descriptor, "w");
    if (!w->live_trace) {
        close(descriptor);
        return status_no_memory(status, "the live trace");
    }
    return write_trace(w) ||
           status_fail(status, STATUS_FAILED, "--live-trace: cannot write %s: %s", path, tr_error(errno));
}

bool window_open_live_trace(Window *w, Status *status) {
    if (w->cli->live_trace && !open_trace(w, w->cli->live_trace, status))
        return false;
    w->experiment.on_epoch = trace_epoch;
    w->experiment.on_restart = restart_trace;
    w->experiment.user = w;
    window_follow_source(w);
    return true;
}

bool window_check_outputs(const Cli *cli, Status *status) {
    const char *const option[] = {"live-trace", "widgets"}, *const path[] = {cli->live_trace, cli->widgets};
    for (int i = 0; i < 2 && !cli->force; i++)
        if (path[i] && !file_is_new(path[i], status)) {
            Status exists = *status;
            return status_fail(status, STATUS_FAILED, "--%s: %.900s (--force replaces it)", option[i], exists.message);
        }
    return true;
}

bool window_may_write(const Window *w, const char *path, Status *status) {
    bool held = file_is_held(path) || (w->cli->widgets && file_is_same(path, w->cli->widgets));
    return !held || status_fail(status, STATUS_FAILED, "%s is being written by another window", path);
}

/* Written whole and only when something has moved, so that a reader never sees half of it. */
void window_write_widgets(Window *w) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return;
    ui_write_widgets(&w->screen.ui, stream);
    if (fclose(stream) != 0 || !text) {
        free(text);
        return;
    }
    if (w->widgets_text && strcmp(text, w->widgets_text) == 0) {
        free(text);
        return;
    }
    FileWrite file;
    Status status = {0};
    if (file_begin(&file, w->cli->widgets, true, &status)) {
        fputs(text, file.stream);
        file_commit(&file, &status);
    }
    if (status.code != STATUS_OK)
        window_say(w, status.message);
    free(w->widgets_text);
    w->widgets_text = text;
}

/* The first of NAME-epoch-7.png, NAME-epoch-7-2.png ... that is not there yet, in the current folder. */
static void unused_name(const char *name, uint32_t epoch, const char *ending, char path[64]) {
    struct stat info;
    snprintf(path, 64, "%s-epoch-%u%s", name, epoch, ending);
    for (int i = 2; i < 1000 && lstat(path, &info) == 0; i++)
        snprintf(path, 64, "%s-epoch-%u-%d%s", name, epoch, i, ending);
}

void window_save_suspects(Window *w) {
    Snapshot snapshot = experiment_snapshot(&w->experiment);
    Status status = {0};
    char path[64];
    unused_name("easyfirst-suspects", snapshot.epoch, ".csv", path);
    if (suspects_save(&w->screen.panel.suspects, path, &snapshot, &status))
        window_say_saved(w, path);
    else
        window_say(w, status.message);
}

/* The name within a path that is one of a person's own presets, without its ending, malloc'd; NULL: it is
 * none. */
static char *own_preset_name(const char *path) {
    Status none;
    char *folder = preset_own_folder(&none), *name = NULL;
    size_t length = folder ? strlen(folder) : 0, whole = strlen(path);
    if (folder && whole > length + 5 && strncmp(path, folder, length) == 0 && path[length] == '/' &&
        !strchr(path + length + 1, '/') && strcmp(path + whole - 4, ".ini") == 0)
        name = strndup(path + length + 1, whole - length - 5);
    free(folder);
    return name;
}

/* Before one's own preset is saved: its name is good, and its folder is there. */
static bool prepare_preset(const Window *w, const char *path, Status *status) {
    char *name = own_preset_name(path);
    bool ready = !name || (preset_check_name(name, w->preset_folder, status) && file_make_folders(path, status));
    free(name);
    return ready;
}

/* A preset that has just been saved can be chosen: in place of the one of its name, or as the last, so that
 * the run's own, known by its place, stays where it is. */
static void list_preset(Window *w, const char *path) {
    char *name = own_preset_name(path);
    Preset preset;
    Status status = {0};
    if (name && preset_open(&preset, path, &status)) {
        size_t place = 0;
        while (place < w->preset_count &&
               (w->presets[place].group == PRESET_LESSON || strcmp(w->presets[place].name, name) != 0))
            place++;
        if (place == w->preset_count) {
            Preset *presets = realloc(w->presets, (place + 1) * sizeof *presets);
            w->presets = presets ? presets : w->presets;
            const char **titles = realloc(w->titles, (place + 2) * sizeof *titles);
            w->titles = titles ? titles : w->titles;
            w->preset_count += presets && titles;
        }
        if (place < w->preset_count) {
            w->presets[place] = preset;
            if (preset_is(&preset, &w->experiment.trainer->settings))
                w->experiment.source.preset = (int)place;
        }
        window_set_titles(w);
        gallery_renew(&w->screen.gallery);
    }
    if (status.code != STATUS_OK)
        window_say(w, status.message);
    free(name);
}

/* Points of standard input: they are nowhere else, so no command line repeats them. */
static bool points_were_piped(const Window *w) {
    const Source *source = &w->experiment.source;
    return source->points.count > 0 && !source->path && !source->edited;
}

/* Makes the line that repeats what a format keeps of the run; malloc'd, NULL if there is none. */
static bool command_for(const Window *w, ExportKind kind, char **command, Status *status) {
    ExportScene scene = w->screen.panel.scene;
    *command = NULL;
    if (points_were_piped(w))
        return true;
    if (kind == EXPORT_PAGE) /* of the first run */
        scene.other_count = 0;
    *command = view_export_command_for_file(&scene);
    return *command || status_no_memory(status, "the command");
}

/* A picture of what is on show. */
static ExportRequest request_of(const Window *w, const Snapshot *snapshot, const char *fonts) {
    return (ExportRequest){
        .snapshot = snapshot,
        .theme = w->screen.theme,
        .font_folder = fonts,
        .options = {.color = w->screen.hand.color,
                    .hidden = w->screen.hand.hidden,
                    .ring_hard = true,
                    .aspect = w->screen.hand.aspect},
        /* a view that follows the points is made anew for the picture's shape */
        .view = w->screen.hand.view.follows ? NULL : &w->screen.hand.camera,
    };
}

static ExportJob *begin_job(Window *w, const ExportIntent *intent, const Snapshot *snapshot, Status *status) {
    if (!window_may_write(w, intent->path, status) ||
        (intent->kind == EXPORT_PRESET && !prepare_preset(w, intent->path, status)))
        return NULL;
    ExportJob *job = NULL;
    bool is_page = intent->kind == EXPORT_PAGE;
    char *fonts = resource_path("fonts", status), *page = is_page ? resource_path("page", status) : NULL,
         *command = NULL;
    if (fonts && (page || !is_page) && command_for(w, intent->kind, &command, status)) {
        ExportRequest request = request_of(w, snapshot, fonts);
        request.kind = intent->kind;
        request.path = intent->path;
        request.replace = intent->replace;
        request.figure = intent->figure;
        request.speed = w->experiment.speed;
        request.command = command;
        request.own_points = w->screen.panel.scene.points_path || points_were_piped(w);
        request.points_path = w->screen.panel.scene.points_path;
        request.page_folder = page;
        request.width = intent->width;
        request.height = intent->height;
        request.frames = intent->frames;
        request.canvas = &w->screen.canvas;
        if (EXPORTS[intent->kind]->moves) /* of the whole run */
            request.view = NULL;
        job = export_job_begin(&request, status);
    }
    free(command);
    free(page);
    free(fonts);
    return job;
}

/* Pixels of the pictures that a key or a menu makes. */
static void picture_size(const Window *w, int *width, int *height) {
    *width = (int)(800.0f * w->screen.scale);
    *height = (int)(600.0f * w->screen.scale);
}

void window_save_png(Window *w) {
    Snapshot snapshot = experiment_snapshot(&w->experiment);
    Status status = {0};
    Picture picture = {0};
    int width, height;
    picture_size(w, &width, &height);
    char path[64], *fonts = resource_path("fonts", &status);
    ExportRequest r = request_of(w, &snapshot, fonts);
    r.options.field_step = picture_field_step(width, height, snapshot.mlp);
    unused_name("easyfirst", snapshot.epoch, ".png", path);
    bool saved = fonts && picture_open(&picture, fonts, r.theme, w->screen.scale, width, height, &status) &&
                 picture_draw(&picture, &snapshot, &r.options, r.view, 0, height, &status) &&
                 png_save(path, false, picture.canvas.pixels, picture.canvas.width, picture.canvas.height,
                          (size_t)picture.canvas.width, &status);
    picture_close(&picture);
    free(fonts);
    if (saved)
        window_say_saved(w, path);
    else
        window_say(w, status.message);
}

void window_copy_picture(Window *w) {
    if (w->copy.busy)
        return;
    Snapshot snapshot = experiment_snapshot(&w->experiment);
    Status status = {0};
    char *fonts = resource_path("fonts", &status);
    ExportRequest request = request_of(w, &snapshot, fonts);
    picture_size(w, &request.width, &request.height);
    request.scale = w->screen.scale;
    const char *driver = SDL_GetCurrentVideoDriver();
    bool wayland = driver && strcmp(driver, "wayland") == 0;
    if (!fonts || !picture_copy_begin(&w->copy, &request, wayland, &status))
        window_say(w, status.message);
    free(fonts);
    w->dirty = true;
}

static void go_on_copying(Window *w) {
    if (!w->copy.busy)
        return;
    Status status = {0};
    ExportResult result = picture_copy_step(&w->copy, 0.004, &status);
    if (result != EXPORT_RUNNING)
        window_say(w, result == EXPORT_DONE ? tr("The picture is on the clipboard.") : status.message);
    w->dirty = true;
}

/* What the panel's section asked for, once the frame's picture is complete. */
void window_take_export(Window *w, const Snapshot *snapshot) {
    ViewExportState *state = &w->screen.panel.saving;
    const ExportIntent *intent = &w->screen.panel.saving_intent;
    Status status = {0};
    if (intent->ask == EXPORT_CANCEL && w->job) {
        export_job_free(w->job);
        w->job = NULL;
        view_export_cancelled(state);
    } else if (intent->ask == EXPORT_BEGIN && !w->job) {
        w->job = begin_job(w, intent, snapshot, &status);
        if (!w->job)
            view_export_failed(state, status.message);
    } else {
        return;
    }
    w->dirty = true;
}

/* A slice of the file that is being written. */
void window_go_on_writing(Window *w) {
    go_on_copying(w);
    if (!w->job)
        return;
    Status status = {0};
    ExportResult result = export_job_step(w->job, 0.004, &status);
    if (result == EXPORT_DONE) {
        view_export_saved(&w->screen.panel.saving, w->job);
        list_preset(w, export_job_path(w->job));
        window_say_saved(w, export_job_path(w->job));
    } else if (result == EXPORT_FAILED) {
        view_export_failed(&w->screen.panel.saving, status.message);
    }
    if (result != EXPORT_RUNNING) {
        export_job_free(w->job);
        w->job = NULL;
    }
    w->dirty = true;
}
