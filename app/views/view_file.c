#include "app/views/view_file.h"

#include "app/base/file_write.h"
#include "app/io/path_list.h"
#include "app/ui/ui_widget.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const float NAME_MOST = 230.0f, FOLDER_MOST = 190.0f; /* logical pixels */

void file_widgets(Ui *ui, Rect rect, FileState *state, bool words) {
    float middle = rect.y + rect.h / 2;
    if (ui_button(ui, "file", rect, words ? ICON_NONE : ICON_FOLDER, "", BUTTON_PLAIN,
                  "Open points or a preset, choose columns, save and export"))
        menu_card_open(&state->menu, ui, (Rect){rect.x, rect.y, rect.w, rect.h + ui_px(ui, UNIT / 2)},
                       ui->focus_visible && !ui->input.released);
    state->button = rect;
    if (!words)
        return;
    ui_icon(ui->canvas, ICON_FOLDER, rect.x + ui_px(ui, 15.0f), middle, ui_px(ui, 13.0f), ui_text_color(ui));
    Rect name = {rect.x + ui_px(ui, 26.0f), rect.y, rect.w - ui_px(ui, 26.0f), rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, name, ALIGN_LEFT, ui_text_color(ui), "File");
    ui_icon(ui->canvas, ICON_CHEVRON_DOWN, rect.x + rect.w - ui_px(ui, 11.0f), middle, ui_px(ui, 10.0f),
            ui->theme->muted);
}

typedef enum { TAKE_OPEN, TAKE_COLUMNS, TAKE_PICTURE, TAKE_EXPORT, TAKE_COUNT } Take;

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

void file_menu(Ui *ui, FileState *state, Intents *late) {
    static const char *const names[FILE_RECENT_MOST] = {"recent-0", "recent-1", "recent-2", "recent-3",
                                                        "recent-4", "recent-5", "recent-6", "recent-7"};
    char labels[FILE_RECENT_MOST][UI_LINE_BYTES], folders[FILE_RECENT_MOST][UI_LINE_BYTES];
    MenuRow rows[TAKE_COUNT + FILE_RECENT_MOST];
    int count = 0, recent = state->recent_count < FILE_RECENT_MOST ? state->recent_count : FILE_RECENT_MOST;
    if (!state->menu.open)
        return;
    rows[count++] = (MenuRow){"file-open", "Open points or a preset…", "Ctrl+O", ICON_NONE, false, false};
    for (int i = 0; i < recent; i++) {
        recent_row(ui, state->recent[i], labels[i], folders[i]);
        rows[count++] = (MenuRow){names[i], labels[i], folders[i], ICON_NONE, false, i == 0};
    }
    rows[count++] = (MenuRow){"file-columns", "Columns…", NULL, ICON_NONE, !state->has_columns, true};
    rows[count++] = (MenuRow){"file-picture", "Save this picture", "S", ICON_NONE, false, true};
    rows[count++] = (MenuRow){"file-export", "Export…", "Ctrl+E", ICON_NONE, false, false};
    int taken = menu_card_draw(&state->menu, ui, "file-menu", rows, count);
    if (taken < 0)
        return;
    if (taken > 0 && taken <= recent) {
        late->file = FILE_RECENT;
        late->recent = taken - 1;
        return;
    }
    Take take = (Take)(taken > 0 ? taken - recent : 0);
    late->file = take == TAKE_OPEN ? FILE_OPEN : take == TAKE_COLUMNS ? FILE_COLUMNS : late->file;
    late->save = late->save || take == TAKE_PICTURE;
    late->file = take == TAKE_EXPORT ? FILE_EXPORT : late->file;
}
