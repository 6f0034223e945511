#include "app/views/view_key_private.h"

#include "app/base/language.h"
#include "app/ui/ui_widget.h"

#include <math.h>

void key_touch(Ui *ui, Rect column, KeyState *state, PlotHand *hand, const Snapshot *snapshot) {
    Key key = {.ui = ui, .place = column, .state = state, .hand = hand, .s = snapshot};
    state->open = false;
    state->button = (Rect){0};
    key_rows_lay_out(&key, column.h / ui->scale);
    state->height = ui_px(ui, key.rows.height);
    state->scroll = ui_scroll_begin(ui, "key-column", column, state->height, state->scroll);
    key_rows_touch(&key);
    ui_scroll_end(ui);
}

void key_draw(Ui *ui, Rect column, KeyState *state, const Plot *plot, PlotHand *hand, const Snapshot *snapshot) {
    Key key = {.ui = ui, .place = column, .state = state, .plot = plot, .hand = hand, .s = snapshot};
    key_rows_lay_out(&key, column.h / ui->scale);
    canvas_push_clip(ui->canvas, column);
    key_rows_draw(&key);
    canvas_pop_clip(ui->canvas);
}

/* ---- behind a button ---- */

void key_escape(Ui *ui, KeyState *state) {
    if (state->open && ui_take_key(ui, KEY_ESCAPE, NULL))
        state->open = false;
}

void key_button(Ui *ui, Rect area, KeyState *state, const Plot *plot, PlotHand *hand, const Snapshot *snapshot) {
    float gap = ui_px(ui, 8.0f), line = fmaxf(1.0f, roundf(ui->scale));
    Key key = {.ui = ui, .state = state, .plot = plot, .hand = hand, .s = snapshot};
    state->button = (Rect){area.x + gap, area.y + gap, ui_px(ui, 76.0f), ui_px(ui, 26.0f)};
    if (state->button.w + 2 * gap > area.w || state->button.h + 2 * gap > area.h) {
        state->button = (Rect){0};
        state->open = false;
        return;
    }
    canvas_rounded(ui->canvas, state->button, ui_px(ui, 6.0f), ui->theme->card);
    if (ui_button(ui, "key", state->button, ICON_NONE, "", BUTTON_QUIET, tr("What colours, marks and lines mean")))
        state->open = !state->open;
    Rect inside = state->button;
    canvas_rounded_frame(ui->canvas, inside, ui_px(ui, 6.0f), line, ui->theme->line);
    key_count_easy(state, snapshot);
    plot_sign_draw(plot, ui->canvas, hand->color, PLOT_ENTRY_EASY, snapshot->data->label[0],
                   inside.x + ui_px(ui, 15.0f), floorf(inside.y + inside.h / 2) + 0.5f);
    Rect word = {inside.x + ui_px(ui, 27.0f), inside.y, ui_px(ui, 30.0f), inside.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, word, ALIGN_LEFT, ui->theme->text, tr("Key"));
    ui_icon(ui->canvas, ICON_CHEVRON_DOWN, inside.x + inside.w - ui_px(ui, 14.0f), inside.y + inside.h / 2,
            ui_px(ui, 10.0f), ui->theme->muted);
    if (!state->open)
        return;
    float top = inside.y + inside.h + ui_px(ui, 4.0f), room = (float)ui->canvas->height - top - gap;
    key_rows_lay_out(&key, room / ui->scale);
    state->height = ui_px(ui, key.rows.height);
    key.place = (Rect){inside.x, top, ui_px(ui, KEY_COLUMN), fminf(roundf(state->height), room)};
    bool elsewhere = !rect_has(key.place, ui->input.mouse_x, ui->input.mouse_y) &&
                     !rect_has(inside, ui->input.mouse_x, ui->input.mouse_y);
    if (ui->input.pressed && elsewhere) {
        state->open = false;
        return;
    }
    ui_card_ground(ui, key.place, CARD_RADIUS, ui->theme->line);
    state->scroll = ui_scroll_begin(ui, "key-card", key.place, state->height, state->scroll);
    key_rows_touch(&key);
    key_rows_draw(&key);
    ui_scroll_end(ui);
    ui_widget(ui, "key-ground", key.place, false, false, NULL); /* what lies below is not pressed */
}
