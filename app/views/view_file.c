#include "app/views/view_file.h"

#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/io/path_list.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const float NAME_MOST = 230.0f, FOLDER_MOST = 190.0f; /* logical pixels */

void file_widgets(Ui *ui, Rect rect, FileState *state, bool words) {
    float middle = rect.y + rect.h / 2;
    if (ui_button(ui, "file", rect, words ? ICON_NONE : ICON_FOLDER, "", BUTTON_PLAIN,
                  tr("Open, choose columns, save and export")))
        menu_card_open(&state->menu, ui, (Rect){rect.x, rect.y, rect.w, rect.h + ui_px(ui, UNIT / 2)},
                       ui->focus_visible && !ui->input.released);
    ui_say_name(ui, "file", tr("File"));
    state->button = rect;
    if (!words)
        return;
    ui_icon(ui->canvas, ICON_FOLDER, rect.x + ui_px(ui, 15.0f), middle, ui_px(ui, 13.0f), ui_text_color(ui));
    Rect name = {rect.x + ui_px(ui, 26.0f), rect.y, rect.w - ui_px(ui, 26.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, name, ALIGN_LEFT, ui_text_color(ui), tr("File"));
    ui_icon(ui->canvas, ICON_CHEVRON_DOWN, rect.x + rect.w - ui_px(ui, 11.0f), middle, ui_px(ui, 10.0f),
            ui->theme->muted);
}

/* The text, cut at its end or (from the front) at its beginning to that width. */
static void fit(Ui *ui, const char *text, float width, bool front, char out[UI_LINE_BYTES]) {
    size_t length = strlen(text), cut = 0, most = UI_LINE_BYTES - sizeof "…";
    if (length > most)
        cut = length - most;
    for (;; cut++) {
        if (cut < length && utf8_continues(front ? text[cut] : text[length - cut]))
            continue;
        if (cut == 0)
            snprintf(out, UI_LINE_BYTES, "%s", text);
        else if (front)
            snprintf(out, UI_LINE_BYTES, "…%.*s", (int)most, text + cut);
        else
            snprintf(out, UI_LINE_BYTES, "%.*s…", (int)(length - cut), text);
        if (cut >= length || text_width(ui->text, TEXT_BODY, out) <= width)
            return;
    }
}

static void recent_row(Ui *ui, const char *path, char label[UI_LINE_BYTES], char folder[UI_LINE_BYTES]) {
    size_t length = file_folder_length(path);
    char *whole = strndup(path, length > 1 ? length - 1 : length), *shown = whole ? path_shown(whole) : NULL;
    fit(ui, path + length, ui_px(ui, NAME_MOST), false, label);
    fit(ui, shown ? shown : "", ui_px(ui, FOLDER_MOST), true, folder);
    free(whole);
    free(shown);
}

/* The rows besides recent files, and how many there is room for in all. */
enum { OTHER_ROWS = 8 };
static int all_room(const Ui *ui, const FileState *state) {
    float room = ((float)ui->canvas->height - state->button.y - state->button.h) / ui->scale;
    return (int)((room - MENU_CARD_EDGE) / MENU_CARD_ROW);
}

/* A small window has no row to copy the picture: the plot's menu has it, too. */
static bool has_copy(const Ui *ui, const FileState *state) {
    return all_room(ui, state) > OTHER_ROWS;
}

static int recent_room(const Ui *ui, const FileState *state) {
    int rows = all_room(ui, state) - OTHER_ROWS + !has_copy(ui, state);
    int most = state->recent_count < FILE_RECENT_MOST ? state->recent_count : FILE_RECENT_MOST;
    rows = rows > 1 ? rows : 1;
    return rows < most ? rows : most;
}

typedef struct FileRows {
    MenuRow rows[OTHER_ROWS + FILE_RECENT_MOST];
    FileAsk asks[OTHER_ROWS + FILE_RECENT_MOST]; /* FILE_ASKS_NOTHING: to save the picture */
    int count;
} FileRows;

static void add(FileRows *all, FileAsk ask, MenuRow row) {
    all->asks[all->count] = ask;
    all->rows[all->count++] = row;
}

void file_menu(Ui *ui, FileState *state, Intents *late) {
    static const char *const names[FILE_RECENT_MOST] = {"recent-0", "recent-1", "recent-2", "recent-3",
                                                        "recent-4", "recent-5", "recent-6", "recent-7"};
    char labels[FILE_RECENT_MOST][UI_LINE_BYTES], folders[FILE_RECENT_MOST][UI_LINE_BYTES], kept[64];
    FileRows all = {.count = 0};
    if (!state->menu.open)
        return;
    add(&all, FILE_OPEN, (MenuRow){"file-open", tr("Open…"), "Ctrl+O", ICON_NONE, false, false});
    for (int i = 0; i < recent_room(ui, state); i++) {
        recent_row(ui, state->recent[i], labels[i], folders[i]);
        add(&all, FILE_RECENT, (MenuRow){names[i], labels[i], folders[i], ICON_NONE, false, i == 0});
    }
    snprintf(kept, sizeof kept, tr("Unsaved sessions (%d)…"), state->kept_count);
    if (state->kept_count > 0)
        add(&all, FILE_KEPT, (MenuRow){"file-kept", kept, "Ctrl+Shift+O", ICON_NONE, false, true});
    add(&all, FILE_COLUMNS, (MenuRow){"file-columns", tr("Columns…"), NULL, ICON_NONE, !state->has_columns, true});
    add(&all, FILE_SAVE, (MenuRow){"file-save", tr("Save the session"), "Ctrl+S", ICON_NONE, false, true});
    add(&all, FILE_SAVE_AS, (MenuRow){"file-save-as", tr("Save as…"), "Ctrl+Shift+S", ICON_NONE, false, false});
    add(&all, FILE_ASKS_NOTHING, (MenuRow){"file-picture", tr("Save this picture"), "S", ICON_NONE, false, true});
    if (has_copy(ui, state))
        add(&all, FILE_COPY_PICTURE,
            (MenuRow){"file-copy-picture", tr("Copy the picture"), "Ctrl+C", ICON_NONE, false, false});
    add(&all, FILE_EXPORT, (MenuRow){"file-export", tr("Export…"), "Ctrl+E", ICON_NONE, false, false});
    int taken = menu_card_draw(&state->menu, ui, "file-menu", all.rows, all.count);
    if (taken < 0)
        return;
    late->file = all.asks[taken];
    late->recent = late->file == FILE_RECENT ? taken - 1 : 0; /* they come right behind Open */
    late->save = late->save || late->file == FILE_ASKS_NOTHING;
}
