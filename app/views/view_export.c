#define _GNU_SOURCE /* asprintf */
#include "app/views/view_export.h"

#include "app/base/file_write.h"
#include "app/base/format.h"
#include "app/base/language.h"
#include "app/ui/column.h"
#include "app/ui/ui_widget.h"
#include "app/views/export_frames.h"

#include "app/io/repeat_command.h"
#include "app/io/preset.h"

#include <limits.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { TEXT_LINES = 5, LINE_BYTES = 256 };

void view_export_free(ViewExportState *state) {
    free(state->folder);
    free(state->preset_folder);
    free(state->path);
    free(state->outcome);
    *state = (ViewExportState){0};
}

/* ---- words ---- */

void format_bytes(size_t bytes, char text[32]) {
    if (bytes < 1000)
        snprintf(text, 32, trn("%zu byte", "%zu bytes", bytes), bytes);
    else if (bytes < 999500)
        snprintf(text, 32, tr("%.0f kB"), (double)bytes / 1e3);
    else
        snprintf(text, 32, tr("%.1f MB"), (double)bytes / 1e6);
}

void format_duration(double seconds, char text[32]) {
    double whole = ceil(fmin(fmax(seconds, 1.0), 1e9));
    if (whole < 100.0)
        snprintf(text, 32, tr("%.0f s"), whole);
    else if (whole < 6000.0)
        snprintf(text, 32, tr("%.0f min"), ceil(whole / 60.0));
    else
        snprintf(text, 32, tr("%.0f h"), ceil(whole / 3600.0));
}

/* Puts the text in place of *old; without memory there is none. */
static void take(char **old, char *text) {
    free(*old);
    *old = text;
}

/* malloc'd; NULL without memory. */
__attribute__((format(printf, 1, 2))) static char *written(const char *format, ...) {
    va_list arguments;
    char *text = NULL;
    va_start(arguments, format);
    int length = vasprintf(&text, format, arguments);
    va_end(arguments);
    return length < 0 ? NULL : text;
}

static void say(ViewExportState *state, bool failed, char *text) {
    take(&state->outcome, text);
    state->failed = failed;
    state->asking = false;
}

void view_export_saved(ViewExportState *state, const ExportJob *job) {
    char bytes[32];
    format_bytes(export_job_bytes(job), bytes);
    say(state, false, written(tr("Saved %s, %s"), export_job_path(job), bytes));
}

void view_export_failed(ViewExportState *state, const char *message) {
    say(state, true, written("%s", message));
}

void view_export_cancelled(ViewExportState *state) {
    say(state, false, written("%s", tr("Cancelled; nothing was written.")));
}

/* ---- names ---- */

static const char *name_of(const ViewExportState *state) {
    const char *own = state->own_name[0] ? state->own_name : EXPORTS[state->kind]->name;
    return state->names[state->kind][0] ? state->names[state->kind] : own;
}

/* The name as typed, with the kind's ending if it has none. False, with a message at the field, if it names no file. */
static bool take_name(Ui *ui, ViewExportState *state, const char *typed) {
    const char *last = typed + file_folder_length(typed);
    const char *ending = strchr(last, '.') ? "" : EXPORTS[state->kind]->ending;
    char *name = state->names[state->kind];
    if (!typed[0]) { /* the kind's own again */
        name[0] = '\0';
        return true;
    }
    if (!last[0] || strcmp(last, ".") == 0 || strcmp(last, "..") == 0) {
        ui_message(ui, "export-name", tr("a file name is needed, not a folder"));
        return false;
    }
    if (strlen(typed) + strlen(ending) >= UI_EDIT_MAX) {
        ui_message(ui, "export-name", tr("the name is too long"));
        return false;
    }
    memcpy(name, typed, strlen(typed) + 1);
    strcat(name, ending);
    return true;
}

static void find_folder(ViewExportState *state) {
    if (state->folder)
        return;
    char folder[PATH_MAX];
    state->folder = written("%s", getcwd(folder, sizeof folder) ? folder : ".");
    Status none;
    free(state->preset_folder); /* without memory for the other this one may be there already */
    state->preset_folder = preset_own_folder(&none);
}

/* The path that the name stands for; malloc'd. */
static char *path_of(const ViewExportState *state) {
    const char *name = name_of(state), *folder = state->folder ? state->folder : ".";
    /* a preset's bare name goes to the user's presets; a path is a file like any other */
    if (state->kind == EXPORT_PRESET && state->preset_folder && !strchr(name, '/'))
        folder = state->preset_folder;
    if (name[0] == '/')
        return written("%s", name);
    return written("%s%s%s", folder, strcmp(folder, "/") == 0 ? "" : "/", name);
}

/* ---- sizes ---- */

static bool read_side(const char **text, int *side) {
    while (**text == ' ')
        (*text)++;
    char *end;
    if (**text < '0' || **text > '9')
        return false;
    long value = strtol(*text, &end, 10);
    *side = value > 1000000 ? 1000000 : (int)value;
    while (*end == ' ')
        end++;
    *text = end;
    return true;
}

/* "640x480", "640 × 480" */
static bool read_size(const char *text, const char *unit, int *width, int *height) {
    static const char *const times[] = {"x", "X", "*", "×"};
    if (!read_side(&text, width))
        return false;
    size_t length = 0;
    for (size_t i = 0; i < sizeof times / sizeof *times && length == 0; i++)
        if (strncmp(text, times[i], strlen(times[i])) == 0)
            length = strlen(times[i]);
    text += length;
    if (length == 0 || !read_side(&text, height))
        return false;
    return *text == '\0' || strcmp(text, unit) == 0;
}

/* The size as typed, or the format's own. */
static void size_of(const ViewExportState *state, int *width, int *height) {
    ExportSize has = EXPORTS[state->kind]->size;
    bool typed = state->width[state->kind] > 0;
    *width = typed ? state->width[state->kind] : has.width;
    *height = typed ? state->height[state->kind] : has.height;
}

static void take_size(Ui *ui, ViewExportState *state, const char *typed) {
    int width, height;
    ExportSize has = EXPORTS[state->kind]->size;
    char message[128];
    if (!read_size(typed, has.unit, &width, &height)) {
        snprintf(message, sizeof message, tr("a size is WIDTHxHEIGHT, as in %dx%d"), 2 * has.width, 3 * has.height / 2);
        ui_message(ui, "export-size", message);
    } else if (width < has.smallest || height < has.smallest || width > has.largest || height > has.largest) {
        snprintf(message, sizeof message, tr("%dx%d is out of range: %dx%d to %dx%d"), width, height, has.smallest,
                 has.smallest, has.largest, has.largest);
        ui_message(ui, "export-size", message);
    } else {
        state->width[state->kind] = width;
        state->height[state->kind] = height;
    }
}

/* ---- drawing ---- */

/* A text within the rect, cut at the left with an ellipsis: a folder's end tells more than its beginning. */
static void draw_end(Ui *ui, TextStyle style, Rect rect, Color color, const char *text) {
    char cut[TEXT_LONGEST];
    size_t length = strlen(text), most = sizeof cut - sizeof "…";
    const char *from = length > most ? text + length - most : text;
    bool whole = from == text;
    while (utf8_continues(*from))
        from++;
    snprintf(cut, sizeof cut, "%s%s", whole ? "" : "…", from);
    while (*from && text_width(ui->text, style, cut) > rect.w) {
        do
            from++;
        while (utf8_continues(*from));
        snprintf(cut, sizeof cut, "…%s", from);
    }
    text_draw_in(ui->text, ui->canvas, style, rect, ALIGN_LEFT, color, cut);
}

/* Bytes of the text that go into a line: up to a space or behind a slash if there is one, else what fits. */
static size_t line_length(Ui *ui, const char *text, float width) {
    char piece[LINE_BYTES];
    size_t fits = 0, broken = 0;
    for (size_t end = 1; end < sizeof piece; end++) {
        if (utf8_continues(text[end]))
            continue;
        memcpy(piece, text, end);
        piece[end] = '\0';
        if (fits > 0 && text_width(ui->text, TEXT_CAPTION, piece) > width)
            return broken > 0 ? broken : fits;
        fits = end;
        if (!text[end])
            return end;
        if (text[end] == ' ' || (text[end - 1] == '/' && text[end] != ' '))
            broken = end;
    }
    return broken > 0 ? broken : fits;
}

/* A text in as many lines as it needs, at most TEXT_LINES. */
static void draw_lines(Column *column, Color color, const char *text) {
    Ui *ui = column->ui;
    for (int i = 0; i < TEXT_LINES && *text; i++) {
        char line[LINE_BYTES];
        size_t length = line_length(ui, text, column->w), rest = strlen(text);
        if (i == TEXT_LINES - 1 && rest > length) /* with an ellipsis at its end */
            length = rest < sizeof line ? rest : sizeof line - 1;
        while (length > 0 && utf8_continues(text[length]))
            length--;
        memcpy(line, text, length);
        line[length] = '\0';
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, column_next(column, 15.0f, 0.0f), ALIGN_LEFT, color, line);
        text += length;
        while (*text == ' ')
            text++;
    }
    column->y += ui_px(ui, UNIT);
}

static bool header(Column *column, ViewExportState *state, const ExportScene *scene) {
    char text[128];
    snprintf(text, sizeof text, "%s", tr("GIF, PNG, CSV, command"));
    if (scene->job) { /* folded or not, it goes on */
        ExportProgress p = export_job_progress(scene->job);
        char percent[32];
        format_percentage(floor(100.0 * (double)p.done / (double)p.total), 0, percent);
        snprintf(text, sizeof text, tr("saving, %s"), percent);
    }
    return column_section(column, "section-export", tr("Export"), text, &state->open);
}

static FigureKind figure_of(const ViewExportState *state) {
    return EXPORTS[state->kind]->figures ? state->figure : FIGURE_PLOT;
}

/* "PDF of the timeline" */
static void name_kinds(ViewExportState *state) {
    for (int i = 0; i < EXPORT_KINDS; i++) {
        state->labels[i] = tr(EXPORTS[i]->label);
        if (state->figure == FIGURE_PLOT || !EXPORTS[i]->figures)
            continue;
        snprintf(state->of_figure[i], sizeof state->of_figure[i],
                 state->figure == FIGURE_HISTOGRAM  ? tr("%.3s of the histogram of losses")
                 : state->figure == FIGURE_TIMELINE ? tr("%.3s of the timeline")
                                                    : tr("%.3s of the data map"),
                 EXPORTS[i]->label);
        state->labels[i] = state->of_figure[i];
    }
}

static void choose_figure(Column *column, ViewExportState *state) {
    if (EXPORTS[state->kind]->figures) {
        for (int i = 0; i < FIGURE_KINDS; i++)
            state->figures[i] = tr(figure_title((FigureKind)i));
        int figure = ui_select(column->ui, "export-figure", column_next(column, 28.0f, UNIT), state->figures,
                               FIGURE_KINDS, (int)state->figure, tr("What it shows"));
        state->asking = state->asking && figure == (int)state->figure;
        state->figure = (FigureKind)figure;
    }
    state->own_name[0] = '\0';
    if (figure_of(state) != FIGURE_PLOT)
        snprintf(state->own_name, sizeof state->own_name, "easyfirst-%s%s", FIGURE_NAMES[state->figure],
                 EXPORTS[state->kind]->ending);
}

/* What is to be saved, its name and size. */
static void fields(Column *column, ViewExportState *state, const History *history) {
    Ui *ui = column->ui;
    char edited[UI_EDIT_MAX];
    name_kinds(state);
    int kind = ui_select(ui, "export-kind", column_next(column, 28.0f, UNIT), state->labels, EXPORT_KINDS,
                         (int)state->kind, tr("What to save"));
    if (kind != (int)state->kind) {
        state->kind = (ExportKind)kind;
        state->asking = false;
        take(&state->outcome, NULL);
    }
    choose_figure(column, state);
    if (ui_field(ui, "export-name", column_next(column, CONTROL, 0.0f), tr("Name"), name_of(state), edited,
                 tr("File name or full path"))) {
        if (take_name(ui, state, edited))
            state->asking = false;
        ui->wants_frame = true;
    }
    char *path = path_of(state);
    if (path) {
        size_t folder = file_folder_length(path);
        path[folder > 1 ? folder - 1 : folder] = '\0';
        Rect rect = column_next(column, 16.0f, UNIT);
        /* TRANSLATORS: before a folder: "in /home/ann" */
        const char *before = trc("a folder", "in");
        float in = text_width(ui->text, TEXT_CAPTION, before) + text_width(ui->text, TEXT_CAPTION, " ");
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, rect, ALIGN_LEFT, ui->theme->muted, before);
        ui_note(ui, "export-folder", rect);
        rect.x += in;
        rect.w -= in;
        draw_end(ui, TEXT_CAPTION, rect, ui->theme->muted, path);
        free(path);
    }
    ExportSize has = EXPORTS[state->kind]->size;
    if (has.largest == 0)
        return;
    char size[32];
    int w, h;
    size_of(state, &w, &h);
    bool mm = strcmp(has.unit, "mm") == 0;
    snprintf(state->size_help, sizeof state->size_help,
             mm ? tr("Width and height in mm, %dx%d to %dx%d") : tr("Width and height in pixels, %dx%d to %dx%d"),
             has.smallest, has.smallest, has.largest, has.largest);
    snprintf(size, sizeof size, mm ? tr("%dx%d mm") : "%dx%d", w, h);
    if (ui_field(ui, "export-size", column_next(column, CONTROL, UNIT), tr("Size"), size, edited, state->size_help)) {
        take_size(ui, state, edited);
        ui->wants_frame = true;
    }
    if (EXPORTS[state->kind]->moves)
        export_frames(column, &state->frames, state->kind == EXPORT_GIF, history);
}

static void begin(ViewExportState *state, bool replace, ExportIntent *intent) {
    int w, h;
    size_of(state, &w, &h);
    *intent = (ExportIntent){.ask = EXPORT_BEGIN,
                             .kind = state->kind,
                             .path = state->path,
                             .replace = replace,
                             .figure = figure_of(state),
                             .width = w,
                             .height = h,
                             .frames = state->frames};
    state->asking = false;
    take(&state->outcome, NULL);
}

static void save(ViewExportState *state, ExportIntent *intent) {
    take(&state->path, path_of(state));
    if (!state->path)
        view_export_failed(state, tr("not enough memory for the file name"));
    else if (file_exists(state->path))
        state->asking = true;
    else
        begin(state, false, intent);
}

/* The file that holds what a hand has done, or NULL. */
static const char *replay_of(const ExportScene *scene) {
    return scene->session ? scene->session : scene->record;
}

/* Under the buttons, of a run that no settings repeat. */
static void say_by_hand(Column *column, const ExportScene *scene) {
    const char *path = replay_of(scene), *name = path ? path + file_folder_length(path) : NULL;
    char *text = scene->lesson ? written(tr("By hand: the command opens the lesson %s"), scene->lesson)
                 : path
                     ? written(tr("By hand: the command replays %s"), name)
                     : written("%s", tr("By hand: the command repeats the settings alone, until the session is saved"));
    if (text)
        draw_lines(column, column->ui->theme->muted, text);
    free(text);
}

char *view_export_command(const ExportScene *scene) {
    if (scene->lesson)
        return repeat_command_of_lesson(scene->lesson, scene->aspect);
    return repeat_command_of(scene->settings, scene->others, scene->other_count, scene->points_path,
                             scene->points_format, scene->aspect, scene->by_hand, replay_of(scene));
}

char *view_export_command_for_file(const ExportScene *scene) {
    ExportScene named = *scene;
    named.points_path = file_base_name(scene->points_path);
    named.session = file_base_name(scene->session);
    named.record = file_base_name(scene->record);
    return view_export_command(&named);
}

static void copy_command(Ui *ui, ViewExportState *state, const ExportScene *scene) {
    char *command = view_export_command(scene);
    if (!command) {
        view_export_failed(state, tr("not enough memory for the command"));
        return;
    }
    bool asking = state->asking;
    if (ui->clipboard_set) {
        ui->clipboard_set(ui->user, command);
        say(state, false, written(tr("Copied: %s"), command));
    }
    state->asking = asking;
    free(command);
}

/* Whether to replace the file that is there. */
static void question(Column *column, ViewExportState *state, ExportIntent *intent) {
    Ui *ui = column->ui;
    Rect left, right;
    char *text = written(tr("%s exists."), state->path + file_folder_length(state->path));
    if (text)
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, column_next(column, 20.0f, 4.0f), ALIGN_LEFT, ui->theme->text,
                     text);
    free(text);
    column_halves(column, &left, &right);
    if (ui_button(ui, "export-replace", left, ICON_NONE, tr("Replace"), BUTTON_PLAIN, tr("Overwrite the old file")))
        begin(state, true, intent);
    if (ui_button(ui, "export-keep", right, ICON_NONE, tr("Keep"), BUTTON_PLAIN, tr("Keep the old file")))
        state->asking = false;
}

static void progress(Column *column, const ExportJob *job, ExportIntent *intent) {
    Ui *ui = column->ui;
    ExportProgress p = export_job_progress(job);
    double share = p.total > 0 ? (double)p.done / (double)p.total : 0.0;
    char text[96], percent[32], left[32];
    format_percentage(floor(100.0 * share), 0, percent);
    snprintf(text, sizeof text, "%s", percent);
    if (p.seconds_left >= 0.0) {
        format_duration(p.seconds_left, left);
        snprintf(text, sizeof text, tr("%s, %s left"), percent, left);
    }
    Rect row = column_next(column, CONTROL, UNIT);
    float button = ui_px(ui, 72.0f), bar = ui_px(ui, 4.0f), unit = ui_px(ui, UNIT);
    Rect words = {row.x, row.y, row.w - button - unit, row.h - unit - bar};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->text, text);
    Rect track = {row.x, row.y + row.h - unit / 2 - bar, words.w, bar};
    canvas_rounded(ui->canvas, track, bar / 2, ui->theme->track);
    if (share > 0.0)
        canvas_rounded(ui->canvas, (Rect){track.x, track.y, fmaxf(bar, track.w * (float)share), bar}, bar / 2,
                       ui->theme->accent);
    ui_note(ui, "export-progress", track);
    Rect place = {row.x + row.w - button, row.y, button, row.h};
    if (ui_button(ui, "export-cancel", place, ICON_NONE, tr("Cancel"), BUTTON_PLAIN, tr("Stop without writing a file")))
        intent->ask = EXPORT_CANCEL;
}

ExportIntent view_export_widgets(Ui *ui, float x, float *y, float width, ViewExportState *state,
                                 const ExportScene *scene) {
    ExportIntent intent = {.ask = EXPORT_ASKS_NOTHING};
    Column column = {.ui = ui, .x = x, .y = *y, .w = width};
    bool enabled = ui->enabled, running = scene->job != NULL;
    if (header(&column, state, scene)) {
        find_folder(state);
        ui->enabled = enabled && !running;
        fields(&column, state, scene->history);
        if (state->kind == EXPORT_MODEL && scene->other_count > 0)
            draw_lines(&column, ui->theme->muted, tr("Of A, the first run."));
        Rect left, right;
        column_halves(&column, &left, &right);
        if (ui_button(ui, "export-save", left, ICON_NONE, tr("Save"), BUTTON_PRIMARY, NULL))
            save(state, &intent);
        ui->enabled = enabled;
        if (ui_button(ui, "export-copy", right, ICON_NONE, tr("Copy command"), BUTTON_PLAIN,
                      tr("Copy the command line that repeats this run")))
            copy_command(ui, state, scene);
        if (scene->by_hand && !state->outcome)
            say_by_hand(&column, scene);
        if (running)
            progress(&column, scene->job, &intent);
        else if (state->asking)
            question(&column, state, &intent);
        if (state->outcome && !state->asking)
            draw_lines(&column, state->failed ? ui->theme->danger : ui->theme->muted, state->outcome);
        column_section_end(&column);
    }
    if (running || intent.ask != EXPORT_ASKS_NOTHING)
        ui->wants_frame = true;
    *y = column.y;
    return intent;
}
