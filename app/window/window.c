#include "app/window/window.h"

#include "app/io/repeat_command.h"
#include "app/experiment/experiment.h"
#include "app/io/tables_csv.h"
#include "app/io/export_job.h"
#include "app/io/png_writer.h"
#include "app/base/file_write.h"
#include "app/base/format.h"
#include "app/io/points_terminal.h"
#include "app/window/input.h"
#include "app/views/intents.h"
#include "app/base/resources.h"
#include "app/plot/picture.h"
#include "app/io/points_csv.h"
#include "app/window/present.h"
#include "app/io/preset.h"
#include "app/io/points_loading.h"
#include "app/window/remember.h"
#include "app/window/screen.h"

#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const double FRAME = 1.0 / 60.0;   /* seconds between frames while something moves */
static const double TRAINING_SHARE = 0.6; /* of a frame, at the most */
static const float SCALE_STEP = 1.1f;
enum { WAIT_MS = 500, DEFAULT_WIDTH = 1280, DEFAULT_HEIGHT = 720 };

typedef struct Window {
    const Cli *cli;
    Experiment experiment;
    Preset *presets;
    const char *preset_folder; /* the program's */
    const char **titles;       /* of the presets; with points from a file, that file's name before them */
    size_t preset_count;
    int own_titles; /* 1 if titles begin with the name of a file of points */
    char own_title[128];
    uint32_t gesture; /* of the commands that come now: grows with each press and key */
    double turned_at; /* seconds, when the wheel was turned last */

    Present present;
    Screen screen;
    UiInput input;

    bool quit, dirty, fullscreen;
    bool scaled;       /* the person has chosen a scale */
    char notice[1024]; /* of the window itself: what was saved, what failed */
    double notice_until;
    Remembered remembered;       /* as it stands in the file */
    double remember_at;          /* seconds, when to look whether that has changed; 0: not soon */
    ExportJob *job;              /* a file that is being written, or NULL */
    PointsLoading *reading;      /* a file of points that was dropped and is being read, or NULL */
    double points_loading_since; /* seconds */
    char *points_path;           /* of the command line's file, whole, or NULL; owned */
    PointsFormat points_format;  /* that it is read with */
    FILE *live_trace;
    unsigned trace_columns; /* of its header */
    char *widgets_text;     /* as last written */
    char *clipboard;        /* as last asked for; SDL's */
} Window;

static double now(void) {
    return (double)SDL_GetPerformanceCounter() / (double)SDL_GetPerformanceFrequency();
}

/* Some time after the last change, so that a window that is being dragged is not written for every size. What
 * there was to remember is thus written before an end that nobody announces. */
static void remember_soon(Window *w) {
    w->remember_at = now() + 1.0;
}

static void say(Window *w, const char *text) {
    snprintf(w->notice, sizeof w->notice, "%s", text);
    w->notice_until = now() + 6.0;
    w->dirty = true;
}

/* Points of one's own are the first of the runs to choose from, by their file's name. */
static void follow_source(Window *w) {
    const Source *source = &w->experiment.source;
    bool own = source->points.count > 0 || source->edited;
    if (!w->titles)
        return;
    if (own && w->own_titles == 0)
        memmove(w->titles + 1, w->titles, w->preset_count * sizeof *w->titles);
    else if (!own && w->own_titles == 1)
        memmove(w->titles, w->titles + 1, w->preset_count * sizeof *w->titles);
    w->own_titles = own;
    const char *slash = source->path ? strrchr(source->path, '/') : NULL;
    const char *name = slash ? slash + 1 : source->path;
    if (source->edited)
        snprintf(w->own_title, sizeof w->own_title, "%s%s", name ? name : "Points by hand", name ? ", edited" : "");
    else if (name)
        snprintf(w->own_title, sizeof w->own_title, "%s", name);
    if (own)
        w->titles[0] = w->own_title;
    w->screen.title_count = (int)w->preset_count + own;
    w->screen.gallery.presets = w->presets;
    w->screen.gallery.count = (int)w->preset_count;
    w->screen.gallery.own_title = own ? w->own_title : NULL;
    bool is_preset = source->preset >= 0 && preset_is(&w->presets[source->preset], &w->experiment.trainer->settings);
    w->screen.title = own ? 0 : is_preset ? source->preset : -1;
    w->screen.panel.own_points = own;
}

/* ---- the files that follow the window ---- */

static void restart_trace(void *user) {
    Window *w = user;
    follow_source(w);
    if (!w->live_trace)
        return;
    rewind(w->live_trace);
    if (ftruncate(fileno(w->live_trace), 0) != 0)
        say(w, "cannot empty the live trace");
    w->trace_columns = export_columns(&w->experiment.trainer->settings);
    export_trace_header(w->live_trace, w->trace_columns);
    const History *history =
        &w->experiment.history; /* where a run goes on from an epoch, those before it are still true */
    for (size_t i = 0; i < history->count; i++)
        export_trace_record(w->live_trace, w->trace_columns, &history->records[i], NULL);
    fflush(w->live_trace);
}

static void trace_epoch(void *user, const Trainer *trainer) {
    Window *w = user;
    if (!w->live_trace)
        return;
    export_trace_row(w->live_trace, w->trace_columns, trainer, NULL);
    if (fflush(w->live_trace) != 0)
        say(w, "cannot write the live trace");
}

/* Written whole and only when something has moved, so that a reader never sees half of it. */
static void write_widgets(Window *w) {
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
        say(w, status.message);
    free(w->widgets_text);
    w->widgets_text = text;
}

static void change_scale(Window *w, float wanted) {
    Status status = {0};
    if (!screen_set_scale(&w->screen, wanted, &status))
        say(w, status.message);
    w->scaled = true;
    remember_soon(w);
    w->dirty = true;
}

/* ---- saving ---- */

/* The first of easyfirst-epoch-7.png, easyfirst-epoch-7-2.png ... that is not there yet, in the current
 * folder. */
static void unused_name(uint32_t epoch, char path[64]) {
    struct stat info;
    snprintf(path, 64, "easyfirst-epoch-%u.png", epoch);
    for (int i = 2; i < 1000 && lstat(path, &info) == 0; i++)
        snprintf(path, 64, "easyfirst-epoch-%u-%d.png", epoch, i);
}

/* The plot as it is on show. */
static void save_png(Window *w) {
    Snapshot snapshot = experiment_snapshot(&w->experiment);
    Status status = {0};
    Picture picture = {0};
    float scale = w->screen.scale;
    int width = (int)(800.0f * scale), height = (int)(600.0f * scale);
    PlotOptions options = {.ring_hard = true, .color = w->screen.hand.color, .hidden = w->screen.hand.hidden};
    options.field_step = picture_field_step(width, height, snapshot.mlp);
    const Camera *view = w->screen.hand.view.follows ? NULL : &w->screen.hand.camera;
    char path[64], text[128], *fonts = resource_path("fonts", &status);
    unused_name(snapshot.epoch, path);
    bool saved = fonts && picture_open(&picture, fonts, w->screen.theme, scale, width, height, &status) &&
                 picture_draw(&picture, &snapshot, &options, view, 0, height, &status) &&
                 png_save(path, false, picture.canvas.pixels, picture.canvas.width, picture.canvas.height,
                          (size_t)picture.canvas.width, &status);
    picture_close(&picture);
    free(fonts);
    snprintf(text, sizeof text, "Saved %s in the current folder.", path);
    say(w, saved ? text : status.message);
}

/* ---- keys ---- */

/* The experiment says so if there are too many. */
static void push(Window *w, Command command) {
    command.gesture = w->gesture;
    experiment_push(&w->experiment, command);
}

static void push_kind(Window *w, CommandKind kind) {
    push(w, (Command){.kind = kind});
}

static void toggle_fullscreen(Window *w) {
    w->fullscreen = !w->fullscreen;
    SDL_SetWindowFullscreen(w->present.window, w->fullscreen ? SDL_WINDOW_FULLSCREEN_DESKTOP : 0);
}

static void press_character(Window *w, const UiKey *key) {
    Experiment *e = &w->experiment;
    switch (key->character) {
    case '.':
        push_kind(w, COMMAND_EPOCH);
        break;
    case ',':
        push_kind(w, COMMAND_BATCH);
        break;
    case 'r':
        if (key->repeat)
            break;
        if (key->shift) {
            experiment_push(e, new_seed_command(&e->trainer->settings));
        } else {
            push_kind(w, COMMAND_RESET);
        }
        break;
    case 'h':
        push(w, (Command){.kind = COMMAND_HOLD, .hold = !e->trainer->hold});
        break;
    case 's':
        save_png(w);
        break;
    case 'f':
        toggle_fullscreen(w);
        break;
    case '?':
        w->screen.help = !w->screen.help;
        break;
    case 'q':
        w->quit = true;
        break;
    default:
        brush_key(&w->screen.brush, key->character, e->trainer->data.classes);
        break;
    }
}

static void press_ctrl(Window *w, const UiKey *key) {
    if (key->character == 'z' || key->character == 'y')
        push_kind(w, key->shift || key->character == 'y' ? COMMAND_REDO : COMMAND_UNDO);
    else if (key->character == '+' || key->character == '=')
        change_scale(w, w->screen.scale * SCALE_STEP);
    else if (key->character == '-')
        change_scale(w, w->screen.scale / SCALE_STEP);
    else if (key->character == '0')
        change_scale(w, w->cli->scale > 0.0f ? w->cli->scale : present_desktop_scale(&w->present));
    else if (key->character == 's')
        save_png(w);
    else if (key->character == 'q')
        w->quit = true;
}

static void stop_reading(Window *w) {
    points_loading_free(w->reading);
    w->reading = NULL;
    say(w, "The file was not opened.");
}

/* Keys that no widget has taken. */
static void shortcuts(Window *w, const UiInput *input, const Snapshot *snapshot) {
    for (int i = 0; i < input->key_count; i++) {
        const UiKey *key = &input->keys[i];
        if (key->alt)
            continue;
        if (key->code == KEY_F1)
            w->screen.help = !w->screen.help;
        else if (key->code == KEY_ESCAPE && w->screen.help)
            w->screen.help = false;
        else if (key->code == KEY_ESCAPE && w->reading)
            stop_reading(w);
        else if (key->code == KEY_ESCAPE && w->screen.brush.tool != TOOL_MOVE)
            w->screen.brush.tool = TOOL_MOVE;
        else if (key->code == KEY_ESCAPE || key->code == KEY_END)
            push(w, (Command){.kind = COMMAND_LOOK, .epoch = -1});
        else if (key->shift && (key->code == KEY_LEFT || key->code == KEY_RIGHT))
            push(w, (Command){.kind = COMMAND_LOOK, .epoch = timeline_step(snapshot, key->code == KEY_LEFT ? -1 : 1)});
        else if (key->code == KEY_SPACE && !key->repeat)
            push_kind(w, w->experiment.mode == MODE_PAUSED ? COMMAND_PLAY : COMMAND_PAUSE);
        else if (key->code == KEY_CHARACTER && key->ctrl)
            press_ctrl(w, key);
        else if (key->code == KEY_CHARACTER)
            press_character(w, key);
    }
}

/* ---- a frame ---- */

/* Whether what the person does now is something new: a press, a key (but not its repetition), the wheel after
 * a rest. */
static void follow_gesture(Window *w, const UiInput *input) {
    bool begins = input->pressed || input->right_pressed || (input->wheel != 0.0f && input->time - w->turned_at > 0.6);
    for (int i = 0; i < input->key_count; i++)
        begins = begins || (!input->keys[i].repeat && input->keys[i].code != KEY_NONE && !input->down);
    if (input->wheel != 0.0f)
        w->turned_at = input->time;
    w->gesture += begins;
}

static void carry_out(Window *w, const Intents *intents) {
    for (int i = 0; i < intents->count; i++)
        push(w, intents->commands[i]);
    if (intents->edit.count > 0) {
        PointEdit edit = intents->edit;
        Status status = {0};
        edit.gesture = w->gesture;
        if (!experiment_edit_points(&w->experiment, &edit, &status))
            say(w, status.message);
    }
    if (intents->preset >= w->own_titles) {
        int preset = intents->preset - w->own_titles;
        plot_hand_fit(&w->screen.hand);
        Command command = {.kind = COMMAND_PRESET, .preset = preset, .settings = w->presets[preset].settings};
        experiment_push(&w->experiment, command);
        push_kind(w, COMMAND_PLAY);
        say(w, w->presets[preset].watch);
    }
    if (intents->toggle_theme) {
        w->screen.theme = w->screen.theme == &THEME_LIGHT ? &THEME_DARK : &THEME_LIGHT;
        w->screen.ui.wants_frame = true;
        remember_soon(w);
    }
    if (intents->toggle_help)
        w->screen.help = !w->screen.help;
}

/* ---- files that are written while the window goes on ---- */

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

static void set_titles(Window *w) {
    for (size_t i = 0; i < w->preset_count; i++)
        w->titles[w->own_titles + (int)i] = w->presets[i].title;
    w->screen.titles = w->titles;
}

/* A preset that has just been saved can be chosen: in place of the one of its name, or as the last, so that
 * the run's own, known by its place, stays where it is. */
static void list_preset(Window *w, const char *path) {
    char *name = own_preset_name(path);
    Preset preset;
    Status status = {0};
    if (name && preset_load(&preset, path, "", &status)) {
        size_t place = 0;
        while (place < w->preset_count && strcmp(w->presets[place].name, name) != 0)
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
        set_titles(w);
        gallery_renew(&w->screen.gallery);
    }
    if (status.code != STATUS_OK)
        say(w, status.message);
    free(name);
}

static ExportJob *begin_job(Window *w, const ExportIntent *intent, const Snapshot *snapshot, Status *status) {
    if (intent->kind == EXPORT_PRESET && !prepare_preset(w, intent->path, status))
        return NULL;
    char *fonts = resource_path("fonts", status);
    if (!fonts)
        return NULL;
    ExportRequest request = {
        .kind = intent->kind,
        .path = intent->path,
        .replace = intent->replace,
        .snapshot = snapshot,
        .width = intent->width,
        .height = intent->height,
        .theme = w->screen.theme,
        .font_folder = fonts,
        .options = {.color = w->screen.hand.color, .hidden = w->screen.hand.hidden, .ring_hard = true},
        /* a view that follows the points is made anew for the picture's shape */
        .view = intent->kind == EXPORT_PLOT && !w->screen.hand.view.follows ? &w->screen.hand.camera : NULL,
        .canvas = &w->screen.canvas,
    };
    ExportJob *job = export_job_begin(&request, status);
    free(fonts);
    return job;
}

/* What the panel's section asked for, once the frame's picture is complete. */
static void take_export(Window *w, const Snapshot *snapshot) {
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
static void go_on_writing(Window *w) {
    if (!w->job)
        return;
    Status status = {0};
    ExportResult result = export_job_step(w->job, 0.004, &status);
    if (result == EXPORT_DONE) {
        view_export_saved(&w->screen.panel.saving, w->job);
        list_preset(w, export_job_path(w->job));
    } else if (result == EXPORT_FAILED) {
        view_export_failed(&w->screen.panel.saving, status.message);
    }
    if (result != EXPORT_RUNNING) {
        export_job_free(w->job);
        w->job = NULL;
    }
    w->dirty = true;
}

/* How the file of that name is read: as the command line says if it is the command line's. */
static const PointsFormat *format_of(const Window *w, const char *path) {
    bool its = path && w->points_path && strcmp(path, w->points_path) == 0;
    return its ? &w->points_format : NULL;
}

/* One frame: widgets first, so that what they ask for is carried out and shown in the same picture. */
static bool frame(Window *w, double elapsed, Status *status) {
    double began = now();
    UiInput input = w->input;
    input.time = began;
    Snapshot snapshot = experiment_snapshot(&w->experiment);
    uint64_t version = snapshot.version;
    w->screen.panel.scene = (ExportScene){.points_path = w->experiment.source.path, .job = w->job};
    w->screen.panel.scene.points_format = format_of(w, w->experiment.source.path);
    Intents intents = {.preset = -1};
    follow_gesture(w, &input);
    follow_source(w);
    screen_widgets(&w->screen, &input, &snapshot, w->experiment.speed, &intents);
    if (!w->screen.ui.keyboard_taken)
        shortcuts(w, &input, &snapshot);
    if (w->screen.help && input.pressed)
        w->screen.help = false;
    carry_out(w, &intents);
    experiment_advance(&w->experiment, elapsed, now, began + FRAME * TRAINING_SHARE);
    experiment_evaluate_soon(&w->experiment, began);
    snapshot = experiment_snapshot(&w->experiment);
    w->dirty = w->dirty || snapshot.version != version; /* widgets show it one frame later */
    Intents late = {.preset = -1};
    const char *notice = now() < w->notice_until ? w->notice : w->experiment.notice;
    if (!screen_draw(&w->screen, &snapshot, notice, &late, status))
        return false;
    carry_out(w, &late);
    w->dirty = w->dirty || late.count > 0;
    take_export(w, &snapshot);
    go_on_writing(w);
    return true;
}

/* ---- start, loop, end ---- */

/* SDL wants its text freed, the UI wants it to last until the next call. */
static const char *clipboard_get(void *user) {
    Window *w = user;
    SDL_free(w->clipboard);
    w->clipboard = SDL_GetClipboardText();
    return w->clipboard;
}

static void clipboard_set(void *user, const char *text) {
    (void)user;
    SDL_SetClipboardText(text);
}

/* Two clouds and the boundary between them. */
static void draw_icon(Window *w, Status *status) {
    Canvas icon = {0};
    if (!canvas_resize(&icon, 64, 64, status))
        return;
    memset(icon.pixels, 0, sizeof *icon.pixels * 64 * 64);
    canvas_rounded(&icon, (Rect){2.0f, 2.0f, 60.0f, 60.0f}, 14.0f, 0xffd3e4f1);
    canvas_disc(&icon, 42.0f, 23.0f, 12.0f, THEME_LIGHT.class_fill[1]);
    canvas_disc(&icon, 21.0f, 43.0f, 12.0f, THEME_LIGHT.class_fill[0]);
    canvas_line(&icon, 13.0f, 15.0f, 51.0f, 51.0f, 3.5f, THEME_LIGHT.boundary);
    present_icon(&w->present, &icon);
    canvas_free(&icon);
}

/* Index of the run that the window begins with among the titles, or -1. */
static int first_title(const Window *w) {
    for (size_t i = 0; i < w->preset_count; i++)
        if (strcmp(w->presets[i].name, w->cli->preset) == 0)
            return (int)i;
    return -1;
}

static bool open_experiment(Window *w, Status *status) {
    const Cli *cli = w->cli;
    Dataset points = {0};
    w->points_format = (PointsFormat){.columns = cli->columns, .skip_bad = cli->skip_bad};
    if (cli->points && !points_read_terminal(cli, &points, status)) /* progress and what is skipped: on the terminal */
        return false;
    /* a copied command works from any folder */
    w->points_path = cli->points ? realpath(cli->points, NULL) : NULL;
    bool done = experiment_init(&w->experiment, &cli->settings, cli->points ? &points : NULL, w->points_path, status);
    dataset_free(&points);
    w->experiment.source.preset = cli->points ? -1 : first_title(w);
    return done;
}

static bool open_titles(Window *w, Status *status) {
    if (!preset_list_all(&w->presets, &w->preset_count, w->preset_folder, status))
        return false;
    w->titles = calloc(w->preset_count + 1, sizeof *w->titles);
    if (!w->titles)
        return status_no_memory(status, "the presets");
    set_titles(w);
    return true;
}

static bool open_screen(Window *w, Status *status) {
    const Cli *cli = w->cli;
    Remembered *r = &w->remembered;
    remember_load(r);
    bool told = cli->window_width > 0 || r->width > 0;
    int width = cli->window_width > 0 ? cli->window_width : r->width > 0 ? r->width : DEFAULT_WIDTH;
    int height = cli->window_width > 0 ? cli->window_height : r->width > 0 ? r->height : DEFAULT_HEIGHT;
    if (!present_open(&w->present, "easyfirst", width, height, status))
        return false;
    float scale = cli->scale > 0.0f ? cli->scale : r->scale > 0.0f ? r->scale : present_desktop_scale(&w->present);
    if (!told && scale > 1.0f)
        present_enlarge(&w->present, (int)((float)width * scale), (int)((float)height * scale));
    SDL_GetWindowSize(w->present.window, &width, &height);
    char *fonts = resource_path("fonts", status);
    const Theme *theme = theme_find(cli->theme ? cli->theme : r->theme[0] ? r->theme : "light");
    bool done = fonts && screen_init(&w->screen, fonts, width, height, scale, theme, status);
    free(fonts);
    if (!done)
        return false;
    /* options are for this time; only what is changed in the window is remembered */
    r->width = width;
    r->height = height;
    snprintf(r->theme, sizeof r->theme, "%s", theme->name);
    w->screen.titles = w->titles;
    w->screen.title_count = (int)w->preset_count;
    follow_source(w);
    if (cli->compare) {
        w->screen.panel.compare = cli->compare;
        w->screen.panel.second = strcmp(cli->compare, "plain") == 0 ? 1 : PANEL_COMPARE_TOLD;
        experiment_push(&w->experiment, (Command){.kind = COMMAND_COMPARE, .compare = true, .settings = cli->second});
    }
    w->screen.ui.motion = w->screen.hand.motion = !cli->reduced_motion;
    w->screen.ui.user = w;
    w->screen.ui.clipboard_get = clipboard_get;
    w->screen.ui.clipboard_set = clipboard_set;
    draw_icon(w, status);
    return true;
}

static bool open_live_trace(Window *w, Status *status) {
    if (w->cli->live_trace) {
        w->live_trace = fopen(w->cli->live_trace, "w");
        if (!w->live_trace)
            return status_fail(status, STATUS_FAILED, "--live-trace: cannot write %s: %s", w->cli->live_trace,
                               strerror(errno));
    }
    w->experiment.on_epoch = trace_epoch;
    w->experiment.on_restart = restart_trace;
    w->experiment.user = w;
    restart_trace(w);
    return true;
}

static void close_all(Window *w) {
    export_job_free(w->job);
    points_loading_free(w->reading);
    if (w->live_trace)
        fclose(w->live_trace);
    free(w->widgets_text);
    SDL_free(w->clipboard);
    screen_free(&w->screen);
    present_close(&w->present);
    free(w->titles);
    free(w->presets);
    experiment_free(&w->experiment);
    free(w->points_path);
}

/* What was left out of a file. */
static void say_skipped(Window *w, size_t skipped) {
    char some[32], all[32], text[128];
    if (skipped == 0)
        return;
    format_count(skipped, some);
    format_count(w->experiment.source.points.count + skipped, all);
    snprintf(text, sizeof text, "%s of %s rows skipped: a cell was missing or no number.", some, all);
    say(w, text);
}

/* A preset file is a run to start. */
static void open_preset(Window *w, const char *path) {
    Preset preset;
    Status status = {0};
    if (!preset_load(&preset, path, "", &status)) {
        say(w, status.message);
        return;
    }
    plot_hand_fit(&w->screen.hand);
    experiment_push(&w->experiment, (Command){.kind = COMMAND_PRESET, .preset = -1, .settings = preset.settings});
    push_kind(w, COMMAND_PLAY);
    say(w, preset.watch);
}

static void open_dropped(Window *w, char *path) {
    if (preset_is_file(path)) {
        open_preset(w, path);
        SDL_free(path);
        w->dirty = true;
        return;
    }
    Status status = {0};
    char *whole = realpath(path, NULL);
    const PointsFormat *told = format_of(w, whole);
    points_loading_free(w->reading); /* of an earlier file, which is wanted no more */
    w->reading = points_loading_begin(whole ? whole : path, told ? told : &(PointsFormat){0}, &status);
    w->points_loading_since = now();
    if (!w->reading)
        say(w, status.message);
    free(whole);
    SDL_free(path);
    w->dirty = true;
}

/* A file that is being read: what is there of it is said once it takes time; its points begin a run. */
static void go_on_reading(Window *w) {
    PointsLoading *r = w->reading;
    if (!r)
        return;
    w->dirty = true;
    if (!points_loading_done(r)) {
        const char *slash = strrchr(points_loading_path(r), '/');
        char text[256];
        snprintf(text, sizeof text, "Reading %.160s: %.0f %%. Esc stops.", slash ? slash + 1 : points_loading_path(r),
                 100.0 * points_loading_share(r));
        if (now() - w->points_loading_since > 0.2)
            say(w, text);
        return;
    }
    Status status = {0};
    Dataset points;
    size_t skipped;
    w->notice_until = 0.0;
    if (!points_loading_take(r, &points, &skipped, &status) ||
        !experiment_open_points(&w->experiment, &points, points_loading_path(r), &status)) {
        dataset_free(&points);
        say(w, status.message);
    } else {
        plot_hand_fit(&w->screen.hand);
        push_kind(w, COMMAND_PLAY);
        say_skipped(w, skipped);
    }
    points_loading_free(r);
    w->reading = NULL;
}

static void remember_window(Window *w) {
    w->remember_at = 0.0;
    if (w->fullscreen)
        return;
    Remembered r = {.width = w->screen.canvas.width, .height = w->screen.canvas.height, .scale = w->remembered.scale};
    snprintf(r.theme, sizeof r.theme, "%s", w->screen.theme->name);
    if (w->scaled)
        r.scale = w->screen.wanted_scale;
    const Remembered *old = &w->remembered;
    Status status = {0};
    bool same =
        r.width == old->width && r.height == old->height && r.scale == old->scale && strcmp(r.theme, old->theme) == 0;
    if (!same && !remember_save(&r, &status))
        say(w, status.message);
    else
        w->remembered = r;
}

/* Sleeps until the next frame is due. */
static void pace(double next) {
    double left = next - now();
    if (left > 0.0005)
        SDL_Delay((Uint32)(left * 1000.0));
}

static bool follow_size(Window *w, Status *status) {
    int width, height;
    SDL_GetWindowSize(w->present.window, &width, &height);
    return screen_resize(&w->screen, width, height, status);
}

static bool loop(Window *w, Status *status) {
    double last = now();
    bool shown = false;
    w->dirty = true;
    while (!w->quit) {
        bool moving = w->experiment.mode != MODE_PAUSED || w->screen.ui.wants_frame || w->dirty || w->reading;
        InputEvents events = input_collect(&w->input, moving ? 0 : WAIT_MS);
        if (events.dropped)
            open_dropped(w, events.dropped);
        go_on_reading(w);
        if (events.quit)
            break;
        if (events.resized && !follow_size(w, status))
            return false;
        if (events.resized || events.exposed)
            present_stale(&w->present);
        if (events.resized)
            remember_soon(w);
        if (w->remember_at > 0.0 && now() >= w->remember_at)
            remember_window(w);
        if (w->notice_until > 0.0 && now() >= w->notice_until) {
            w->notice_until = 0.0;
            w->dirty = true;
        }
        if (!moving && !events.any && !w->dirty)
            continue;
        double began = now();
        w->dirty = false;
        /* time spent waiting for events is not training time */
        double elapsed = moving ? fmin(began - last, 0.1) : 0.0;
        last = began;
        if (!frame(w, elapsed, status) || !present_canvas(&w->present, &w->screen.canvas, status))
            return false;
        if (!shown)
            present_show(&w->present);
        shown = true;
        present_cursor(&w->present, w->screen.ui.cursor);
        if (w->screen.ui.wants_text != (SDL_IsTextInputActive() == SDL_TRUE)) {
            if (w->screen.ui.wants_text)
                SDL_StartTextInput();
            else
                SDL_StopTextInput();
        }
        if (w->cli->widgets)
            write_widgets(w);
        if (!events.more)
            pace(began + FRAME);
    }
    return true;
}

bool window_run(const Cli *cli, const char *preset_folder, Status *status) {
    Window w = {.cli = cli, .preset_folder = preset_folder};
    bool done = open_titles(&w, status) && open_experiment(&w, status) && open_screen(&w, status) &&
                open_live_trace(&w, status);
    if (done) {
        push_kind(&w, COMMAND_PLAY);
        done = loop(&w, status);
    }
    close_all(&w);
    return done;
}
