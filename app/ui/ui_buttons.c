/* Buttons, switches and segments. */
#include "app/ui/ui_private.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <math.h>

bool ui_button(Ui *ui, const char *name, Rect rect, UiIcon icon, const char *label, UiButtonKind kind,
               const char *help) {
    UiTouch in = ui_widget(ui, name, rect, true, false, help);
    bool done = ui_pressed_by_key(ui, &in) || in.clicked;
    ui_say(ui, in.id, &(UiSay){.role = ROLE_BUTTON, .label = label});
    float s = ui->scale;
    Color ground = ui_chip_color(ui, &in), color = ui_text_color(ui);
    if (kind == BUTTON_PRIMARY) {
        float shade = in.held && in.hovered ? 0.25f : in.hovered ? 0.12f : 0.0f;
        ground = ui->enabled ? color_mix(ui->theme->accent, ui->theme->text, shade) : ui->theme->chip;
        color = ui->enabled ? ui->theme->on_accent : ui->theme->muted;
    }
    if (kind != BUTTON_QUIET)
        canvas_rounded(ui->canvas, rect, UI_RADIUS * s, ground);
    else if (in.hovered) /* wider than its words, which stand at the column's edge */
        canvas_rounded(ui->canvas, (Rect){rect.x - 6.0f * s, rect.y + 2.0f * s, rect.w + 12.0f * s, rect.h - 4.0f * s},
                       UI_RADIUS * s, ground);
    if (in.hovered)
        ui->cursor = CURSOR_HAND;
    float middle = rect.y + rect.h / 2, size = 14.0f * s;
    if (icon && !label[0]) {
        ui_icon(ui->canvas, icon, rect.x + rect.w / 2, middle, size, color);
    } else if (icon) {
        float width = size + 7.0f * s + text_width(ui->text, TEXT_BODY, label),
              x = rect.x + fmaxf(6.0f * s, (rect.w - width) / 2);
        ui_icon(ui->canvas, icon, x + size / 2, middle, size, color);
        Rect text = {x + size + 7.0f * s, rect.y, rect.x + rect.w - x - size - 8.0f * s, rect.h};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, text, ALIGN_LEFT, color, label);
    } else if (label[0]) {
        Rect text = {rect.x + 6.0f * s, rect.y, rect.w - 12.0f * s, rect.h};
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, text, ALIGN_CENTER, color, label);
    }
    if (in.focused && ui->focus_visible)
        ui_focus_ring(ui, rect, UI_RADIUS * s);
    return done;
}

bool ui_switch(Ui *ui, const char *name, Rect rect, const char *label, bool value, const char *help) {
    UiTouch in = ui_widget(ui, name, rect, true, false, help);
    if (ui_pressed_by_key(ui, &in) || in.clicked)
        value = !value;
    ui_say(ui, in.id, &(UiSay){.role = value ? ROLE_SWITCH_ON : ROLE_SWITCH_OFF, .label = label});
    float s = ui->scale;
    Rect body = {rect.x + rect.w - 34.0f * s, rect.y + rect.h / 2 - 9.0f * s, 34.0f * s, 18.0f * s};
    Color on = ui->enabled ? ui->theme->accent : ui->theme->muted;
    if (in.hovered && ui->enabled)
        on = color_mix(on, ui->theme->text, in.held ? 0.25f : 0.12f);
    float part = ui_glide(ui, name, value ? 1.0f : 0.0f, 0.12);
    float knob = body.x + 9.0f * s + part * (body.w - 18.0f * s);
    if (value) {
        canvas_rounded(ui->canvas, body, body.h / 2, on);
        canvas_disc(ui->canvas, knob, body.y + 9.0f * s, 6.5f * s,
                    ui->enabled ? ui->theme->on_accent : ui->theme->card);
    } else { /* an outline: the track's pale colour alone would hardly be seen on the card */
        canvas_rounded(ui->canvas, body, body.h / 2, ui_chip_color(ui, &in));
        canvas_rounded_frame(ui->canvas, body, body.h / 2, 1.5f * s, ui->theme->muted);
        canvas_disc(ui->canvas, knob, body.y + 9.0f * s, 5.0f * s, ui->theme->muted);
    }
    Rect text = {rect.x, rect.y, rect.w - body.w - 8.0f * s, rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, text, ALIGN_LEFT, ui_text_color(ui), label);
    if (in.hovered)
        ui->cursor = CURSOR_HAND;
    if (in.focused && ui->focus_visible)
        ui_focus_ring(ui, body, body.h / 2);
    return value;
}

int ui_segments(Ui *ui, const char *name, Rect rect, const char *const *labels, int count, int value,
                const char *help) {
    float s = ui->scale, pad = 2.0f * s, width = (rect.w - 2 * pad) / (float)count;
    canvas_rounded(ui->canvas, rect, UI_RADIUS * s, ui->theme->chip);
    /* one stop for the keyboard: arrows choose */
    UiTouch whole = ui_widget(ui, name, (Rect){rect.x, rect.y, rect.w, rect.h}, true, true, help);
    if (whole.keys) {
        while (ui_take_plain_key(ui, KEY_LEFT) || ui_take_plain_key(ui, KEY_UP))
            value = value > 0 ? value - 1 : 0;
        while (ui_take_plain_key(ui, KEY_RIGHT) || ui_take_plain_key(ui, KEY_DOWN))
            value = value + 1 < count ? value + 1 : count - 1;
        if (ui->focus_visible && ui_take_plain_key(ui, KEY_HOME))
            value = 0;
        if (ui->focus_visible && ui_take_plain_key(ui, KEY_END))
            value = count - 1;
    }
    for (int i = 0; i < count; i++) {
        Rect part = {rect.x + pad + width * (float)i, rect.y + pad, width, rect.h - 2 * pad};
        char part_name[64];
        snprintf(part_name, sizeof part_name, "%s-%d", name, i);
        ui_note(ui, part_name, part);
        bool over = whole.hovered && rect_has(part, ui->input.mouse_x, ui->input.mouse_y);
        bool began_here = rect_has(part, ui->state->grab_x, ui->state->grab_y);
        if (over && whole.clicked && began_here)
            value = i;
        if (over)
            ui->cursor = CURSOR_HAND;
        if (i == value) {
            canvas_rounded(ui->canvas, (Rect){part.x, part.y + s, part.w, part.h}, 5.0f * s,
                           color_alpha(0xff000000, 0.10f));
            canvas_rounded(ui->canvas, part, 5.0f * s, ui->theme->card);
            canvas_rounded_frame(ui->canvas, part, 5.0f * s, fmaxf(1.0f, roundf(s)), ui->theme->line);
        } else if (over) {
            bool down = whole.held && began_here;
            canvas_rounded(ui->canvas, part, 5.0f * s, down ? ui->theme->chip_pressed : ui->theme->chip_hover);
        }
        Color color = i == value || over ? ui_text_color(ui) : ui->theme->muted;
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, part, ALIGN_CENTER, color, labels[i]);
    }
    ui_say(ui, whole.id, &(UiSay){.role = ROLE_CHOICE, .value = labels[value], .position = value + 1, .count = count});
    if (whole.focused && ui->focus_visible)
        ui_focus_ring(ui, rect, UI_RADIUS * s);
    return value;
}
