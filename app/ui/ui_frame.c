/* A frame's beginning and end. */
#include "app/ui/ui_private.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

bool ui_init(Ui *ui, Status *status) {
    memset(ui, 0, sizeof *ui);
    ui->enabled = true;
    ui->state = calloc(1, sizeof *ui->state);
    return ui->state || status_no_memory(status, "the widgets");
}

void ui_free(Ui *ui) {
    free(ui->state);
    ui->state = NULL;
}

void ui_forget_focus(Ui *ui) {
    ui->focus = ui->state->tab_from = 0;
    ui->focus_visible = false;
}

/* The focus moves on to the next or previous focusable widget of the last frame, round the ends. */
static void move_focus(Ui *ui, bool back) {
    UiState *s = ui->state;
    int focusable[UI_MAX_WIDGETS], count = 0, now = -1;
    for (int i = 0; i < s->before_count; i++) {
        if (!s->before[i].focusable)
            continue;
        if (ui_id(s->before[i].name) == (ui->focus ? ui->focus : s->tab_from))
            now = count;
        focusable[count++] = i;
    }
    if (count == 0)
        return;
    s->tab_from = 0;
    int next = now < 0 ? (back ? count - 1 : 0) : (now + (back ? count - 1 : 1)) % count;
    ui->focus = ui_id(s->before[focusable[next]].name);
    ui->focus_visible = true;
    ui->focus_moved = true;
}

/* The press that begins in this frame. The system counts clicks within a wide circle as a series; two presses
 * at two places of a track are not a double click. */
static void begin_press(Ui *ui) {
    UiState *s = ui->state;
    UiInput *input = &ui->input;
    float near = UI_NEAR * ui->scale;
    if (input->clicks <= 1)
        s->clicks_elsewhere = 0;
    else if (s->pressed_before &&
             (fabsf(input->mouse_x - s->grab_x) > near || fabsf(input->mouse_y - s->grab_y) > near))
        s->clicks_elsewhere = input->clicks - 1;
    input->clicks -= s->clicks_elsewhere;
    input->clicks = input->clicks < 1 ? 1 : input->clicks;
    s->grab_x = input->mouse_x;
    s->grab_y = input->mouse_y;
    s->grab_clicks = input->clicks;
    s->grab_moved = s->grab_dragged = s->grab_thumb = false;
    s->pressed_before = true;
    s->tip_spent = true;
    ui->active = 0; /* a press that is still held has lost its release */
}

void ui_begin(Ui *ui, const UiInput *input, Canvas *canvas, Text *text, const Theme *theme, float scale) {
    UiState *s = ui->state;
    ui->input = *input;
    ui->canvas = canvas;
    ui->text = text;
    ui->theme = theme;
    ui->scale = scale;
    ui->cursor = CURSOR_ARROW;
    ui->wants_frame = ui->keyboard_taken = false;
    s->frame++;
    ui->hot = 0;
    ui->enabled = true;
    ui->on_top = false;
    ui->subject = (Rect){0};
    ui->clear_count = 0;
    memcpy(s->before, ui->widgets, (size_t)ui->widget_count * sizeof *s->before);
    memcpy(s->areas_before, s->areas, (size_t)ui->widget_count * sizeof *s->areas);
    s->before_count = ui->widget_count;
    ui->widget_count = 0;
    ui->focus_moved = s->message_seen = s->list_seen = s->edit_seen = s->press_taken = false;
    s->scroll = 0;
    ui_spoken_begin(ui);
    ui_touch_reach(ui);
    s->wheel_owner_before = s->wheel_owner;
    s->wheel_owner = 0;
    s->list_choice = UI_NO_CHOICE;
    s->list_letter = 0;
    s->mouse_moved = ui->input.mouse_x != s->mouse_x || ui->input.mouse_y != s->mouse_y;
    s->mouse_x = ui->input.mouse_x;
    s->mouse_y = ui->input.mouse_y;
    if (s->mouse_moved)
        s->help_spent = true; /* the pointer's own tooltips from here on */
    for (int i = 0; i < input->key_count; i++)
        if (input->keys[i].code == KEY_ESCAPE)
            s->help_spent = true;

    if (ui->input.pressed)
        begin_press(ui);
    if (ui->input.mouse_x != s->grab_x || ui->input.mouse_y != s->grab_y)
        s->grab_moved = true;
    s->list_took = s->list != 0;
    if (s->list)
        ui_list_touch(ui);
    UiKey tab;
    while (ui_take_key(ui, KEY_TAB, &tab)) {
        s->commit = s->edit != 0; /* the field takes its text when its turn comes in this frame */
        move_focus(ui, tab.shift);
    }
    if (ui->active && !ui->input.down && !ui->input.released)
        ui->active = 0; /* the release was lost */
}

static bool is_among(const UiWidget *widgets, int count, uint32_t id) {
    for (int i = 0; i < count; i++)
        if (ui_id(widgets[i].name) == id)
            return true;
    return false;
}

/* A widget that is gone has the keys no longer: else they would be nobody's, and its again when it comes back. One that
 * is to have them may be made in the next frame. */
static void follow_focus(Ui *ui) {
    UiState *s = ui->state;
    if (ui->input.pressed && !s->press_taken) /* on nothing */
        ui->focus = s->tab_from = 0;
    bool gone = ui->focus && !is_among(ui->widgets, ui->widget_count, ui->focus);
    if (gone && ui->focus == s->missing)
        ui_let_go(ui, ui->focus);
    s->missing = gone ? ui->focus : 0;
}

void ui_end(Ui *ui) {
    UiState *s = ui->state;
    follow_focus(ui);
    if (s->edit && !s->edit_seen) /* its widget is gone */
        ui_edit_end(ui);
    if (s->waiting && !s->edit) {
        uint32_t id = s->waiting;
        s->waiting = 0;
        ui_edit_begin(ui, id, s->waiting_text);
    }
    if (ui->input.released)
        ui->active = 0;
    ui_spoken_end(ui);
    ui_list_draw(ui);
    ui_popups_draw(ui);
    ui_card_draw(ui);
    ui->wants_text = s->edit != 0;
}

void ui_write_widgets(const Ui *ui, FILE *stream) {
    for (int i = 0; i < ui->widget_count; i++) {
        Rect r = ui->widgets[i].visible;
        if (r.w >= 1.0f && r.h >= 1.0f)
            fprintf(stream, "%s %.0f %.0f %.0f %.0f\n", ui->widgets[i].name, (double)r.x, (double)r.y, (double)r.w,
                    (double)r.h);
    }
}
