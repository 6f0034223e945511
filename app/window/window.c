#include "app/window/window.h"

#include "app/base/clock.h"
#include "app/base/file_part.h"
#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/base/resources.h"
#include "app/base/signals.h"
#include "app/base/terminal.h"
#include "app/io/points_terminal.h"
#include "app/window/display_end.h"
#include "app/window/input.h"
#include "app/window/text_input.h"
#include "app/window/window_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const double FRAME = 1.0 / 60.0;   /* seconds between frames while something moves */
static const double TRAINING_SHARE = 0.6; /* of a frame, at the most; */
static const double AT_REST = 0.2;        /* seconds after the hand's last deed */
static const double HAND_SHARE = 0.15;    /* while a person drags or types: what he does is to be seen at once */
enum { LAST_FRAMES = 60 };                /* at most, for what a hand did right before a signal */
enum { WAIT_MS = 500, PORTAL_MS = 50, PATH_MS = 50, DEFAULT_WIDTH = 1280, DEFAULT_HEIGHT = 720 };

static void choose_preset(Window *w, int preset, bool paused) {
    if (w->presets[preset].group == PRESET_LESSON) {
        window_open_lesson(w, preset);
        return;
    }
    plot_hand_fit(&w->screen.hand);
    Command command = {.kind = COMMAND_PRESET, .preset = preset, .settings = w->presets[preset].settings};
    experiment_push(&w->experiment, command);
    window_push(w, (Command){.kind = COMMAND_SPEED, .speed = w->presets[preset].speed});
    if (!paused)
        window_push_kind(w, COMMAND_PLAY);
    w->own_watch[0] = '\0';
}

static void carry_out(Window *w, const Intents *intents, const Snapshot *snapshot) {
    for (int i = 0; i < intents->count; i++)
        window_push(w, intents->commands[i]);
    if (intents->edit.count > 0) {
        PointEdit edit = intents->edit;
        Status status = {0};
        edit.gesture = w->gesture;
        if (!experiment_edit_points(&w->experiment, &edit, &status))
            window_say(w, status.message);
    }
    if (intents->preset >= w->own_titles)
        choose_preset(w, intents->preset - w->own_titles, intents->paused);
    if (intents->notes != NOTES_ASK_NOTHING)
        window_notes(w, intents->notes, snapshot);
    window_file_intent(w, intents);
    if (intents->save)
        window_save_png(w);
    if (intents->save_suspects)
        window_save_suspects(w);
    if (intents->toggle_theme) {
        window_step_theme(w);
    }
    if (intents->language)
        window_choose_language(w, intents->language);
    if (intents->toggle_help)
        w->screen.help = !w->screen.help;
    if (intents->toggle_present)
        window_present(w, !w->screen.presenting);
    if (intents->toggle_panel) {
        w->screen.drawer = !w->screen.drawer;
        w->dirty = true;
    }
}

/* The path that was typed; naming: to save under. */
static void take_chosen(Window *w, bool naming) {
    char *path = w->screen.chosen;
    w->screen.chosen = NULL;
    if (naming && path)
        window_save_to(w, path, false);
    else if (path)
        window_open_path(w, path);
    else if (naming && !w->screen.open.shown)
        window_save_nowhere(w);
    free(path);
}

/* Letters that no font has, or that there was no memory for: those are drawn again in the next frame. */
static void say_what_is_missing(Window *w) {
    char missing[TEXT_MISSING_LINE];
    if (text_missing(missing))
        window_say(w, missing);
    if (!text_failed(w->screen.text))
        return;
    w->dirty = true;
    if (clock_seconds() >= w->notice_until)
        window_say(w, tr("not enough memory"));
}

/* One frame: widgets first, so that what they ask for is carried out and shown in the same picture. */
static bool frame(Window *w, double elapsed, DebugTimes *times, Status *status) {
    double began = clock_seconds();
    bool touched_on = touch_frame(&w->devices.touch, &w->input, began, w->screen.scale);
    UiInput input = w->input;
    input.time = began;
    Snapshot snapshot = experiment_snapshot(&w->experiment);
    uint64_t version = snapshot.version;
    w->screen.panel.scene =
        (ExportScene){.points_path = w->experiment.source.path, .job = w->job, .aspect = w->screen.hand.aspect};
    w->screen.panel.scene.points_format = window_format(w);
    w->screen.panel.scene.record = w->log.path;
    w->screen.panel.scene.lesson = window_lesson(w);
    w->screen.panel.scene.session = window_is_unsaved(w) ? NULL : w->session.path;
    Intents intents = {.preset = -1};
    window_follow_gesture(w, &input);
    window_take_hearing_keys(w, &input);
    window_follow_source(w);
    w->screen.toolbar.files.recent = (const char *const *)w->recent.path;
    w->screen.toolbar.files.recent_count = w->recent.count;
    w->screen.toolbar.files.has_columns = window_has_columns(w);
    float timeline = w->screen.timeline_height;
    Aspect aspect = w->screen.hand.aspect;
    bool map = w->screen.map.open;
    bool presenting = w->screen.presenting;
    float scale = w->screen.scale;
    screen_widgets(&w->screen, &input, &snapshot, w->experiment.speed, &intents);
    if (w->screen.timeline_height != timeline)
        window_remember_soon(w);
    if (!w->screen.ui.keyboard_taken)
        window_shortcuts(w, &input, &snapshot, &intents);
    carry_out(w, &intents, &snapshot);
    /* The widgets of the other view or size, so that no frame has some of both. */
    if (w->screen.presenting != presenting || w->screen.scale != scale) {
        UiInput still = {.mouse_x = input.mouse_x, .mouse_y = input.mouse_y, .time = input.time};
        screen_widgets(&w->screen, &still, &snapshot, w->experiment.speed, &(Intents){.preset = -1});
    }
    double touched = clock_seconds();
    ExperimentMode mode = w->experiment.mode;
    w->experiment.hand = window_under_hand(w, &input);
    window_check_gives_way(w);
    if (!w->screen.import.shown && !w->reopening && !window_is_checking(w)) { /* under them the run stands still */
        experiment_advance(&w->experiment, elapsed, clock_seconds,
                           w->experiment.hand ? touched + FRAME * HAND_SHARE : began + FRAME * TRAINING_SHARE);
        experiment_evaluate_soon(&w->experiment, began);
        w->experiment.watch_labels = screen_wants_labels(&w->screen);
        w->experiment.watch_by = suspects_by(&w->screen.panel.suspects);
        experiment_watch_soon(&w->experiment, began);
    }
    window_follow_leave(w);
    double trained = clock_seconds();
    if (mode != MODE_PAUSED)
        w->session.trained += trained - touched;
    snapshot = experiment_snapshot(&w->experiment);
    w->dirty = w->dirty || snapshot.version != version; /* widgets show it one frame later */
    Intents late = {.preset = -1};
    const char *notice = clock_seconds() < w->notice_until ? w->notice : w->experiment.notice;
    bool naming = w->screen.open.shown && w->screen.open.saves;
    if (!screen_draw(&w->screen, &snapshot, notice, &late, status))
        return false;
    touch_draw(&w->devices.touch, &w->screen.ui, began);
    w->dirty = w->dirty || touched_on;
    say_what_is_missing(w);
    *times = (DebugTimes){touched - began, trained - touched, clock_seconds() - trained, times->presenting};
    if (w->debug)
        debug_overlay_draw(w->debug, &w->screen, times);
    carry_out(w, &late, &snapshot);
    w->dirty = w->dirty || late.count > 0 || late.preset >= 0 || late.file != FILE_ASKS_NOTHING;
    if (w->screen.tour.seen && w->remembered.tour != TOUR_SEEN && w->remember_at <= 0.0)
        window_remember_soon(w);
    if (w->screen.hand.aspect != aspect || w->screen.map.open != map)
        window_remember_soon(w);
    window_follow_hearing(w, &snapshot);
    window_take_export(w, &snapshot);
    window_go_on_writing(w);
    take_chosen(w, naming);
    window_follow_answer(w);
    window_follow_kept(w);
    window_follow_import(w);
    return true;
}

/* SDL wants its text freed, the UI wants it to last until the next call. Under Wayland SDL gives the program that has
 * it 14 ms to hand it over, which a busy one may miss: it is asked again, for half a second at most. */
static const char *text_of(Window *w, char *(*get)(void), SDL_bool (*has)(void)) {
    const int most = 36;
    for (int i = 0; i < most; i++) {
        SDL_free(w->clipboard);
        w->clipboard = get();
        if ((w->clipboard && w->clipboard[0] != '\0') || !has())
            break;
    }
    return w->clipboard;
}

static const char *clipboard_get(void *user) {
    return text_of(user, SDL_GetClipboardText, SDL_HasClipboardText);
}

static void clipboard_set(void *user, const char *text) {
    (void)user;
    SDL_SetClipboardText(text);
}

static const char *primary_get(void *user) {
    return text_of(user, SDL_GetPrimarySelectionText, SDL_HasPrimarySelectionText);
}

static void primary_set(void *user, const char *text) {
    (void)user;
    SDL_SetPrimarySelectionText(text);
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

static bool open_experiment(Window *w, Status *status) {
    const Cli *cli = w->cli;
    Dataset points = {0};
    if (cli->session && !window_open_session(w, status))
        return false;
    if (cli->replay && !cli->session)
        return window_open_replay(w, status);
    w->points_format = points_format_of(cli);
    bool waits = cli->points && window_may_wait(cli->points); /* else: progress on the terminal */
    if (waits && (!window_wait_points(w, &points, status) || w->quit))
        return w->quit;
    if (!waits && cli->points && !points_read_terminal(cli, &points, status))
        return false;
    /* a copied command works from any folder */
    w->points_path = cli->points ? realpath(cli->points, NULL) : NULL;
    bool done = experiment_init(&w->experiment, &cli->settings, cli->points ? &points : NULL, w->points_path, status);
    dataset_free(&points);
    w->experiment.source.preset = cli->points ? -1 : window_first_title(w);
    if (done && w->experiment.source.preset >= 0)
        w->experiment.speed = w->presets[w->experiment.source.preset].speed;
    return done;
}

bool window_open_display(Window *w, Status *status) {
    const Cli *cli = w->cli;
    Remembered *r = &w->remembered;
    bool told = cli->window_width > 0 || r->width > 0;
    int width = cli->window_width > 0 ? cli->window_width : r->width > 0 ? r->width : DEFAULT_WIDTH;
    int height = cli->window_width > 0 ? cli->window_height : r->width > 0 ? r->height : DEFAULT_HEIGHT;
    if (!present_open(&w->present, "easyfirst", width, height, status))
        return false;
    w->desktop_scale = window_desktop_scale(w);
    w->zoom = r->zoom > 0.0f ? r->zoom : r->scale > 0.0f ? r->scale / w->desktop_scale : 1.0f;
    float scale = cli->scale > 0.0f ? cli->scale : w->desktop_scale * w->zoom, pixels = present_pixels(&w->present);
    if (!told && scale > pixels)
        present_enlarge(&w->present, (int)((float)width * scale / pixels), (int)((float)height * scale / pixels));
    present_size(&w->present, &width, &height);
    char *fonts = resource_path("fonts", status);
    bool done = fonts && screen_init(&w->screen, fonts, width, height, scale, &THEME_LIGHT, status);
    free(fonts);
    if (!done)
        return false;
    window_meet_desktop(w);
    draw_icon(w, status);
    return true;
}

static bool open_screen(Window *w, Status *status) {
    const Cli *cli = w->cli;
    Remembered *r = &w->remembered;
    if (!w->present.window && !window_open_display(w, status))
        return false;
    w->screen.timeline_height = r->timeline;
    w->screen.map.open = r->map;
    w->screen.hand.aspect = cli_aspect(cli, r->aspect);
    /* options are for this time; only what is changed in the window is remembered */
    SDL_GetWindowSize(w->present.window, &r->width, &r->height);
    r->aspect = w->screen.hand.aspect;
    w->tour_waits = window_is_first_start(w);
    w->screen.tour.seen = r->tour == TOUR_SEEN;
    w->screen.titles = w->titles;
    w->screen.toolbar.language.chosen = w->cli->language ? language_now() : w->language;
    w->screen.title_count = (int)w->preset_count;
    window_follow_source(w);
    for (int i = 0; i < cli->compare_count; i++) {
        w->screen.panel.compare.told[i] = strcmp(cli->compare[i], "plain") == 0 ? NULL : cli->compare[i];
        w->screen.panel.compare.open = true;
        experiment_push(&w->experiment, (Command){
                                            .kind = COMMAND_COMPARE,
                                            .run = i + 1,
                                            .compare = true,
                                            .settings = cli->others[i],
                                        });
    }
    w->screen.ui.user = w;
    w->screen.ui.clipboard_get = clipboard_get;
    w->screen.ui.clipboard_set = clipboard_set;
    w->screen.ui.primary_get = primary_get;
    w->screen.ui.primary_set = primary_set;
    return true;
}

static void close_all(Window *w) {
    window_close_hearing(w);
    export_job_free(w->job);
    picture_copy_free(&w->copy);
    portal_free(w->portal);
    desktop_free(w->desktop);
    window_close_reading(w);
    window_close_reopening(w);
    window_close_keeping(w);
    window_close_session(w);
    recent_free(&w->recent);
    if (w->live_trace)
        fclose(w->live_trace);
    debug_overlay_free(w->debug);
    free(w->widgets_text);
    SDL_free(w->clipboard);
    screen_free(&w->screen);
    keyboard_close(w->devices.keyboard);
    present_close(&w->present);
    free(w->titles);
    free(w->presets);
    age_path_free(&w->path);
    window_close_log(w);
    w->experiment.tape = NULL;
    experiment_free(&w->experiment);
    tape_free(&w->tape);
    recording_free(&w->recording);
    free(w->points_path);
}

/* Sleeps until the next frame is due. */
static void pace(double next) {
    double left = next - clock_seconds();
    if (left > 0.0005)
        SDL_Delay((Uint32)(left * 1000.0));
}

/* How long nothing can change but by an event, or by the desktop's file chooser. */
static int wait_ms(const Window *w) {
    double at = w->screen.presenting ? w->screen.present.wake_at : 0.0, left = 1000.0 * (at - clock_seconds());
    bool works = w->portal || experiment_is_watching(&w->experiment);
    int most = window_is_checking(w) ? 0 : works ? PORTAL_MS : age_path_pending(&w->path) ? PATH_MS : WAIT_MS;
    return at > 0.0 && left < most ? left > 1.0 ? (int)left + 1 : 1 : most;
}

/* Measures of labels that have been found while nothing else goes on. */
static void follow_labels(Window *w) {
    if (!experiment_is_watching(&w->experiment))
        return;
    uint64_t version = w->experiment.version;
    experiment_watch_soon(&w->experiment, clock_seconds());
    w->dirty = w->dirty || w->experiment.version != version;
}

/* What has been worked out of the path since. With several runs there is one threshold for each, and no path. */
static void follow_path(Window *w) {
    const Experiment *e = &w->experiment;
    double time = clock_seconds();
    bool still = time - w->acted_at > AT_REST && !w->screen.import.shown && e->other_count == 0;
    w->screen.panel.threshold.path = &w->path;
    if (age_path_follow(&w->path, e->trainer, e->data_version, still, time))
        w->dirty = true;
}

/* At the end, whatever its reason. */
static void keep_all(Window *w) {
    Status kept = {0};
    if (!window_keep_last(w, &kept))
        terminal_say(kept.message);
    window_remember_last(w);
}

static bool display_has_gone(Status *status) {
    return status_fail(status, STATUS_FAILED, "the display has gone; what was unsaved is kept");
}

/* Nothing of the window is to be freed here: who knows what SDL is at. */
static void end_without_display(void *window) {
    Status status;
    keep_all(window);
    display_has_gone(&status);
    terminal_say(status.message);
    file_part_remove_all();
    _exit(1);
}

static bool loop(Window *w, Status *status) {
    double last = clock_seconds();
    DebugTimes times = {0};
    bool shown = false;
    int left = LAST_FRAMES;
    w->dirty = true;
    while (!w->quit) {
        window_go_on_reopening(w);
        bool trains =
            !w->screen.import.shown && (w->experiment.mode != MODE_PAUSED || experiment_is_behind(&w->experiment));
        bool moving = trains || w->screen.ui.wants_frame || w->dirty || w->reading || w->reopening;
        w->devices.width = w->screen.canvas.width;
        w->devices.height = w->screen.canvas.height;
        w->devices.pixels = present_pixels(&w->present);
        InputEvents events = input_collect(&w->devices, &w->input, moving || signals_noted() ? 0 : wait_ms(w));
        if (events.dropped)
            window_open_path(w, events.dropped);
        SDL_free(events.dropped);
        window_follow_desktop(w, events.focused);
        window_follow_portal(w);
        window_go_on_reading(w);
        window_go_on_summing(w);
        if (events.resized && !window_follow_size(w, status))
            return false;
        if (signals_noted() && ((!events.any && w->experiment.queued == 0) || left-- == 0))
            break;
        if (events.quit && display_has_ended(w->present.window))
            return display_has_gone(status);
        if (events.quit)
            window_leave(w, THEN_QUIT, NULL);
        if (events.resized || events.exposed)
            present_stale(&w->present);
        if (events.resized)
            window_remember_soon(w);
        if (w->remember_at > 0.0 && clock_seconds() >= w->remember_at)
            window_remember(w);
        window_follow_log(w);
        window_keep(w);
        window_look_after_hearing(w);
        if (w->notice_until > 0.0 && clock_seconds() >= w->notice_until) {
            w->notice_until = 0.0;
            w->dirty = true;
        }
        if (w->screen.presenting && w->screen.present.wake_at > 0.0 && clock_seconds() >= w->screen.present.wake_at)
            w->dirty = true;
        follow_path(w);
        if (!moving)
            follow_labels(w);
        if (!moving && !events.any && !w->dirty)
            continue;
        double began = clock_seconds();
        w->dirty = false;
        /* time spent waiting for events is not training time */
        double elapsed = moving ? fmin(began - last, 0.1) : 0.0;
        last = began;
        if (!frame(w, elapsed, &times, status))
            return false;
        double drawn = clock_seconds();
        if (!present_canvas(&w->present, &w->screen.canvas, status))
            return false;
        times.presenting = clock_seconds() - drawn;
        if (!shown) {
            present_show(&w->present);
            if (w->desktop)
                desktop_wakes(w->desktop);
            w->devices.keyboard = keyboard_open(w->present.window);
            /* which read and write files: not before the window is there */
            window_note_recent(w, w->points_path);
            if (!w->session.source.path)
                window_sum_source(w, w->points_path, false);
            window_find_kept(w);
            window_begin_tour(w);
            window_open_hearing(w);
            w->dirty = w->dirty || w->hearing.speech;
        }
        shown = true;
        present_cursor(&w->present, w->screen.ui.cursor);
        text_input_follow(&w->screen.ui, &w->input, present_pixels(&w->present));
        if (w->cli->widgets)
            window_write_widgets(w);
        if (!events.more)
            pace(began + FRAME);
    }
    return true;
}

bool window_run(const Cli *cli, const char *preset_folder, Status *status) {
    Window w = {.cli = cli,
                .preset_folder = preset_folder,
                .debug = debug_overlay_new(),
                .log.descriptor = -1,
                .desktop = desktop_ask()};
    SDL_SetHint(SDL_HINT_NO_SIGNAL_HANDLERS, "1"); /* they would be the close button's */
    remember_load(&w.remembered);
    window_begin_language(&w);
    file_never_wait();
    bool done = window_check_outputs(cli, status) && window_open_titles(&w, status) && open_experiment(&w, status);
    if (w.quit) { /* before there was a run */
        close_all(&w);
        return true;
    }
    done = done && window_open_log(&w, status) && open_screen(&w, status) && window_open_live_trace(&w, status);
    if (done) {
        recent_load(&w.recent);
        window_note_first(&w);
        if (cli->lesson)
            window_note_lesson(&w, cli->lesson);
        if (w.recording.lesson.order > 0)
            window_play_lesson(&w);
        else if (!w.tour_waits && !cli->session)
            window_push_kind(&w, COMMAND_PLAY);
        signals_note();
        display_end_call(w.present.window, end_without_display, &w);
        done = loop(&w, status);
        keep_all(&w);
    }
    close_all(&w);
    return done;
}
