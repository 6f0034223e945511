#define _GNU_SOURCE /* asprintf */
#include "app/views/view_open.h"

#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const float WIDTH = 600.0f, HEIGHT = 460.0f, PAD = 24.0f, HEAD = 56.0f, FOOT = 60.0f, FIELD = 34.0f,
                   MESSAGE = 26.0f, ROW = 26.0f;

bool open_init(OpenState *state, Status *status) {
    *state = (OpenState){.shown = false};
    return sheet_init(&state->sheet, status);
}

void open_free(OpenState *state) {
    sheet_free(&state->sheet);
    path_list_free(&state->list);
    *state = (OpenState){.shown = false};
}

/* Another text in the field; frees it. Where it does not fit, or there was no memory for it, the message says so. */
static bool put(OpenState *st, char *text) {
    bool fits = text && strlen(text) < sizeof st->text;
    if (fits)
        memcpy(st->text, text, strlen(text) + 1);
    snprintf(st->message, sizeof st->message, "%s",
             fits   ? ""
             : text ? tr("The path is too long for this field.")
                    : tr("not enough memory"));
    free(text);
    return fits;
}

/* The names for what is in the field now. */
static void follow(OpenState *st) {
    Status status = {0};
    st->mark = (size_t)-1;
    st->first = 0;
    if (!path_list_follow(&st->list, st->text, &status))
        snprintf(st->message, sizeof st->message, "%.300s", status.message);
}

/* Takes the text over, which may be NULL. */
static void show(OpenState *st, char *text, const char *message) {
    st->shown = true;
    st->text[0] = '\0';
    path_list_forget(&st->list);
    put(st, text);
    follow(st);
    if (message[0])
        snprintf(st->message, sizeof st->message, "%s", message);
}

void open_show(OpenState *st, const char *folder, const char *message) {
    char current[UI_EDIT_MAX];
    char *shown = path_shown(folder ? folder : getcwd(current, sizeof current) ? current : "");
    size_t length = shown ? strlen(shown) : 0;
    char *text = NULL;
    if (!shown || asprintf(&text, "%s%s", shown, length > 0 && shown[length - 1] != '/' ? "/" : "") < 0)
        text = NULL;
    free(shown);
    st->saves = false;
    show(st, text, message);
}

void open_show_save(OpenState *st, const char *path, const char *message) {
    st->saves = true;
    show(st, path_shown(path), message);
}

void open_touch(OpenState *st, const UiInput *input) {
    st->sheet.input = *input;
}

/* ---- keys ---- */

static void move_mark(OpenState *st, int by) {
    long count = (long)st->list.matches, mark = st->mark < st->list.matches ? (long)st->mark : by > 0 ? -1 : count;
    mark += by;
    mark = mark < 0 ? 0 : mark >= count ? count - 1 : mark;
    st->mark = count > 0 ? (size_t)mark : (size_t)-1;
    if (count > 0 && st->mark < st->first)
        st->first = st->mark;
    if (count > 0 && st->rows > 0 && st->mark >= st->first + st->rows)
        st->first = st->mark - st->rows + 1;
}

/* A name to save under, in a folder that is there. Takes the path over. */
static char *choose_name(OpenState *st, char *path) {
    size_t length = path ? file_folder_length(path) : 0;
    char *folder = path ? strndup(path, length) : NULL;
    if (!folder)
        snprintf(st->message, sizeof st->message, tr("not enough memory"));
    else if (!path[length])
        snprintf(st->message, sizeof st->message, tr("Type the name of a file."));
    else if (length > 0 && !path_is_folder(folder))
        snprintf(st->message, sizeof st->message, tr("There is no folder %.300s"), folder);
    else
        st->shown = false;
    free(folder);
    if (!st->shown)
        return path;
    free(path);
    return NULL;
}

/* A folder is gone into; a file that is there is chosen. */
static char *choose(OpenState *st) {
    if (path_is_folder(st->text)) {
        if (st->text[0] && st->text[strlen(st->text) - 1] != '/' && strlen(st->text) + 1 < sizeof st->text)
            strcat(st->text, "/");
        st->message[0] = '\0';
        follow(st);
        return NULL;
    }
    char *path = path_expand(st->text);
    if (st->saves)
        return choose_name(st, path);
    if (path && access(path, R_OK) == 0) {
        st->shown = false;
        return path;
    }
    snprintf(st->message, sizeof st->message, "%.255s: %.140s", st->text + file_folder_length(st->text),
             !path             ? tr("not enough memory")
             : errno == ENOENT ? tr("there is no file of that name")
                               : tr_error(errno));
    free(path);
    return NULL;
}

static char *choose_entry(OpenState *st, size_t match) {
    return put(st, path_list_take(&st->list, st->text, match)) ? choose(st) : NULL;
}

static char *take_key(OpenState *st, const UiKey *key, bool *taken) {
    int page = st->rows > 1 ? (int)st->rows - 1 : 1;
    *taken = true;
    switch (key->code) {
    case KEY_TAB:
        if (put(st, path_list_complete(&st->list, st->text)))
            follow(st);
        return NULL;
    case KEY_UP:
    case KEY_DOWN:
        move_mark(st, key->code == KEY_UP ? -1 : 1);
        return NULL;
    case KEY_PAGE_UP:
    case KEY_PAGE_DOWN:
        move_mark(st, key->code == KEY_PAGE_UP ? -page : page);
        return NULL;
    case KEY_ENTER:
        return st->mark < st->list.matches ? choose_entry(st, st->mark) : choose(st);
    case KEY_ESCAPE:
        st->shown = false;
        return NULL;
    default:
        *taken = false;
        return NULL;
    }
}

static char *first_of(char *path, char *other) {
    if (path)
        free(other);
    return path ? path : other;
}

/* The keys that are the sheet's own are taken out of the input; what is typed is left for the field. */
static char *take_keys(OpenState *st) {
    UiInput *input = &st->sheet.input;
    char *path = NULL;
    int left = 0;
    for (int i = 0; i < input->key_count; i++) {
        bool taken;
        UiKey key = input->keys[i];
        char *chosen = take_key(st, &key, &taken);
        path = first_of(path, chosen);
        if (!taken)
            input->keys[left++] = key;
    }
    input->key_count = left;
    return path;
}

/* ---- drawing ---- */

/* The names; returns the path chosen by a click. */
static char *draw_list(OpenState *st, Ui *ui, Rect rect) {
    float line = fmaxf(1.0f, roundf(ui->scale)), row = ui_px(ui, ROW), pad = ui_px(ui, 4.0f);
    char *path = NULL;
    canvas_rounded_frame(ui->canvas, rect, ui_px(ui, 6.0f), line, ui->theme->line);
    Rect inner = {rect.x + pad, rect.y + pad, rect.w - 2 * pad, rect.h - 2 * pad};
    st->rows = (size_t)fmaxf(1.0f, floorf(inner.h / row));
    size_t most = st->list.matches > st->rows ? st->list.matches - st->rows : 0;
    float content = (float)st->list.matches * row + (inner.h - (float)st->rows * row);
    st->first = st->first < most ? st->first : most;
    float offset = ui_scroll_begin(ui, "open-list", inner, content, (float)st->first * row);
    st->first = (size_t)fmaxf(0.0f, roundf(offset / row));
    for (size_t i = 0; i < st->rows && st->first + i < st->list.matches; i++) {
        size_t match = st->first + i;
        const PathEntry *entry = &st->list.entries[st->list.match[match]];
        Rect place = {inner.x, inner.y + (float)i * row, inner.w - ui_px(ui, 12.0f), row};
        char name[32];
        snprintf(name, sizeof name, "open-%zu", i);
        UiTouch touch = ui_widget_reaching(ui, name, place, -1.0f, false, false, NULL);
        if (match == st->mark || touch.hovered)
            canvas_rounded(ui->canvas, place, ui_px(ui, 5.0f),
                           touch.hovered ? ui->theme->chip_hover : ui->theme->accent_strip);
        if (touch.hovered)
            ui->cursor = CURSOR_HAND;
        ui_icon(ui->canvas, entry->folder ? ICON_FOLDER : ICON_FILE, place.x + ui_px(ui, 16.0f), place.y + row / 2,
                ui_px(ui, 13.0f), entry->folder ? ui->theme->accent : ui->theme->muted);
        Rect words = {place.x + ui_px(ui, 32.0f), place.y, place.w - ui_px(ui, 40.0f), row};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, words, ALIGN_LEFT, ui->theme->text, entry->name);
        if (touch.clicked && !path) {
            path = choose_entry(st, match);
            ui->wants_frame = true;
            break; /* the names may be another folder's now */
        }
    }
    ui_scroll_end(ui);
    if (st->list.matches == 0)
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, inner, ALIGN_CENTER, ui->theme->muted,
                     st->list.count ? tr("Nothing here begins like that.") : tr("Nothing here."));
    return path;
}

static char *draw_foot(OpenState *st, Ui *ui, Rect sheet) {
    float pad = ui_px(ui, PAD), control = ui_px(ui, CONTROL), y = sheet.y + sheet.h - ui_px(ui, FOOT) / 2 - control / 2;
    Rect open = {sheet.x + sheet.w - pad - ui_px(ui, 88.0f), y, ui_px(ui, 88.0f), control};
    Rect cancel = {open.x - ui_px(ui, UNIT + 88.0f), y, open.w, control};
    Rect words = {sheet.x + pad, y, cancel.x - sheet.x - pad - ui_px(ui, UNIT), control};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, words, ALIGN_LEFT, ui->theme->muted,
                 st->saves ? tr("Tab completes, arrows choose, Enter saves.")
                           : tr("Tab completes, arrows choose, Enter opens."));
    if (ui_button(ui, "open-cancel", cancel, ICON_NONE, tr("Cancel"), BUTTON_PLAIN, NULL))
        st->shown = false;
    bool pressed =
        ui_button(ui, "open-open", open, ICON_NONE, st->saves ? tr("Save") : tr("Open"), BUTTON_PRIMARY, NULL);
    return !pressed ? NULL : st->mark < st->list.matches ? choose_entry(st, st->mark) : choose(st);
}

static void say_marked(const OpenState *st, Ui *ui) {
    char name[32];
    if (st->mark >= st->list.matches)
        return;
    snprintf(name, sizeof name, "open-entry-%zu", st->mark);
    const PathEntry *entry = &st->list.entries[st->list.match[st->mark]];
    ui_say_entry(
        ui, name,
        &(UiSay){ROLE_ENTRY, entry->name, entry->folder ? tr("folder") : "", (int)st->mark + 1, (int)st->list.matches});
}

char *open_draw(OpenState *st, Ui *under) {
    bool outside;
    Rect sheet = sheet_place(under, WIDTH, HEIGHT);
    char *path = take_keys(st);
    Ui *ui = sheet_begin(&st->sheet, under, sheet, &outside);
    float pad = ui_px(ui, PAD), head = ui_px(ui, HEAD), control = ui_px(ui, CONTROL);
    text_draw_in(ui->text, ui->canvas, TEXT_TITLE, (Rect){sheet.x + pad, sheet.y, sheet.w - 2 * pad, head}, ALIGN_LEFT,
                 ui->theme->text, st->saves ? tr("Save the session as") : tr("Open points, a preset or a session"));
    Rect close = {sheet.x + sheet.w - pad - control + ui_px(ui, UNIT), sheet.y + (head - control) / 2, control,
                  control};
    if (ui_button(ui, "open-close", close, ICON_CLOSE, "", BUTTON_QUIET, tr("Close (Esc)")) || outside)
        st->shown = false;
    Rect field = {sheet.x + pad, sheet.y + head, sheet.w - 2 * pad, ui_px(ui, FIELD)};
    if (st->shown && ui_entry(ui, "open-path", field, st->text)) {
        st->message[0] = '\0';
        follow(st);
    }
    ui_announce(ui, "open-sheet", st->saves ? tr("Save the session as") : tr("Open points, a preset or a session"));
    ui_announce(ui, "open-message", st->message);
    ui_say(ui, ui_id("open-path"), &(UiSay){.role = ROLE_FIELD, .label = tr("Path"), .value = st->text});
    say_marked(st, ui);
    Rect message = {field.x, field.y + field.h, field.w, ui_px(ui, MESSAGE)};
    text_draw_in(ui->text, ui->canvas, TEXT_LABEL, message, ALIGN_LEFT, ui->theme->danger, st->message);
    if (st->message[0])
        ui_note(ui, "open-message", message);
    Rect list = {field.x, message.y + message.h, field.w, sheet.y + sheet.h - ui_px(ui, FOOT) - message.y - message.h};
    char *clicked = draw_list(st, ui, list), *pressed = draw_foot(st, ui, sheet);
    path = first_of(path, first_of(clicked, pressed));
    sheet_end(&st->sheet, under, "open-sheet");
    if (!st->shown || path)
        under->wants_frame = true;
    return path;
}
