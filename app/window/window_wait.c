/* The points of the command line where they may be long in coming, as through a pipe: they are read on a thread, and a
 * window that says so is there meanwhile. */
#include "app/window/window_private.h"

#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/io/points_terminal.h"
#include "app/window/input.h"

#include <math.h>
#include <string.h>
#include <unistd.h>

/* Milliseconds: what comes within them needs no such window; between two looks. */
enum { SOON_MS = 100, STEP_MS = 5, LOOK_MS = 50 };

bool window_may_wait(const char *path) {
    struct stat info;
    int found = strcmp(path, "-") == 0 ? fstat(STDIN_FILENO, &info) : stat(path, &info);
    return found == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

static bool draw(Window *w, Status *status) {
    Screen *s = &w->screen;
    Canvas *canvas = &s->canvas;
    float width = (float)canvas->width, row = roundf(28.0f * s->scale), middle = (float)canvas->height / 2.0f;
    const char *path = w->cli->points;
    char text[400];
    snprintf(text, sizeof text, tr("Waiting for points from %.300s"),
             strcmp(path, "-") == 0 ? tr("standard input") : file_base_name(path));
    ui_begin(&s->ui, &w->input, canvas, s->text, s->theme, s->scale);
    canvas_fill(canvas, s->theme->ground);
    Rect line = {row, middle - row, fmaxf(width - 2.0f * row, 0.0f), row};
    ui_note(&s->ui, "waiting", line);
    text_draw_in(s->text, canvas, TEXT_TITLE, line, ALIGN_CENTER, s->theme->text, text);
    line.y += row;
    text_draw_in(s->text, canvas, TEXT_WORDS, line, ALIGN_CENTER, s->theme->muted,
                 tr("The run begins when all have come. Esc or Q gives up."));
    ui_end(&s->ui);
    present_stale(&w->present);
    return present_canvas(&w->present, canvas, status);
}

static bool gives_up(const UiInput *input) {
    for (int i = 0; i < input->key_count; i++)
        if (input->keys[i].code == KEY_ESCAPE ||
            (input->keys[i].code == KEY_CHARACTER && input->keys[i].character == 'q'))
            return true;
    return false;
}

/* Until the points are there, or the window is closed. */
static bool wait(Window *w, const PointsLoading *reading, Status *status) {
    bool shown = false;
    w->devices.width = w->screen.canvas.width;
    w->devices.height = w->screen.canvas.height;
    w->devices.pixels = present_pixels(&w->present);
    while (!w->quit && !points_loading_done(reading)) {
        InputEvents events = input_collect(&w->devices, &w->input, shown ? LOOK_MS : 0);
        SDL_free(events.dropped);
        w->quit = events.quit || gives_up(&w->input);
        window_follow_desktop(w, events.focused);
        if (events.resized && !window_follow_size(w, status))
            return false;
        if ((!shown || events.any || w->dirty) && !draw(w, status))
            return false;
        w->dirty = false;
        if (!shown)
            present_show(&w->present);
        shown = true;
        if (w->cli->widgets)
            window_write_widgets(w);
    }
    return true;
}

bool window_wait_points(Window *w, Dataset *points, Status *status) {
    points_ask_terminal(w->cli);
    PointsLoading *reading = points_loading_begin(w->cli->points, &w->points_format, status);
    if (!reading)
        return false;
    for (int i = 0; i < SOON_MS && !points_loading_done(reading); i += STEP_MS)
        SDL_Delay(STEP_MS);
    size_t skipped = 0;
    PointsNotes notes;
    bool done = points_loading_done(reading) || (window_open_display(w, status) && wait(w, reading, status));
    if (done && !w->quit)
        done = points_loading_take(reading, points, &skipped, &notes, status);
    if (done && !w->quit)
        points_say_terminal(w->cli, points, skipped, &notes);
    points_loading_free(reading);
    return done;
}
