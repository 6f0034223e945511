#include "app/views/timeline_grip.h"

#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <math.h>

/* Logical pixels. */
static const float WIDE = 32.0f, HIGH = 3.0f, REACH = 24.0f, STEP = 8.0f, LARGE_STEP = 32.0f;

static float by_keys(Ui *ui, const TimelineGrip *grip, float now, float wanted) {
    UiKey key;
    float change = 0.0f;
    while (ui_take_key(ui, KEY_UP, &key))
        change += key.shift ? LARGE_STEP : STEP;
    while (ui_take_key(ui, KEY_DOWN, &key))
        change -= key.shift ? LARGE_STEP : STEP;
    if (ui_take_plain_key(ui, KEY_BACKSPACE))
        return 0.0f;
    return change != 0.0f ? fminf(fmaxf(now + change, grip->least), grip->most) : wanted;
}

float timeline_grip(Ui *ui, Rect rect, TimelineGrip *grip, float now, float wanted) {
    float wide = ui_px(ui, WIDE), high = fmaxf(2.0f, roundf(ui_px(ui, HIGH)));
    Rect bar = {roundf(rect.x + (rect.w - wide) / 2), roundf(rect.y + (rect.h - high) / 2), wide, high};
    Rect hit = {bar.x - ui_px(ui, 8.0f), rect.y + (rect.h - ui_px(ui, REACH)) / 2, wide + ui_px(ui, 16.0f),
                ui_px(ui, REACH)};
    UiTouch in = ui_widget(ui, "timeline-grip", hit, true, true,
                           tr("Drag to make the timeline higher or lower; double click: its usual height"));
    if (in.hovered || in.held)
        ui->cursor = CURSOR_RESIZE_Y;
    float before = wanted;
    if (in.pressed) {
        grip->grabbed = now;
        grip->wanted = wanted;
        grip->cancelled = false;
        if (ui->input.clicks == 2) {
            wanted = 0.0f;
            grip->cancelled = true; /* what is left of this press moves nothing */
        }
    }
    if (in.held && !grip->cancelled && ui_take_key(ui, KEY_ESCAPE, NULL)) {
        wanted = grip->wanted;
        grip->cancelled = true;
    } else if (in.held && !grip->cancelled && ui->input.mouse_y != in.grab_y) {
        float height = grip->grabbed + (in.grab_y - ui->input.mouse_y) / ui->scale;
        wanted = roundf(fminf(fmaxf(height, grip->least), grip->most));
    }
    if (in.keys && !in.held)
        wanted = by_keys(ui, grip, now, wanted);
    ui->wants_frame = ui->wants_frame || wanted != before; /* what is laid out already follows in the next frame */
    char height[16];
    snprintf(height, sizeof height, "%.0f", (double)now);
    ui_say(ui, in.id, &(UiSay){.role = ROLE_SLIDER, .label = tr("Height of the timeline"), .value = height});
    Color color = in.hovered || in.held ? ui->theme->text : ui->theme->muted;
    canvas_rounded(ui->canvas, bar, high / 2, color);
    if (in.focused && ui->focus_visible)
        ui_focus_ring(ui, bar, high / 2);
    return wanted;
}
