/* Fields: a label and a value to type. */
#include "app/ui/ui_private.h"
#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include "app/base/format.h"

#include <math.h>
#include <string.h>

typedef struct Field {
    const char *label, *shown;
    const char *exact; /* the text that editing begins with */
    const char *help;
    float share; /* of the rect's width that the value's chip takes, at the right */
} Field;

/* Label left, the value in a chip right, which is edited after a click, Enter or a letter. Returns whether a
 * text was committed. */
static bool run_field(Ui *ui, const char *name, Rect rect, const Field *f, UiTouch *out) {
    float s = ui->scale;
    Rect field = {rect.x + rect.w * (1.0f - f->share), rect.y + 2.0f * s, rect.w * f->share, rect.h - 4.0f * s};
    Rect label_rect = {rect.x, rect.y, rect.w * (1.0f - f->share) - 8.0f * s, rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, label_rect, ALIGN_LEFT, ui_text_color(ui), f->label);
    if (ui->state->edit == ui_id(name)) {
        *out = (UiTouch){.id = ui_id(name)};
        UiEditResult result = ui_edit_run(ui, name, field);
        /* still a stop for Tab */
        if (ui->enabled && ui->widget_count > 0 && ui->widget_count < UI_MAX_WIDGETS)
            ui->widgets[ui->widget_count - 1].focusable = true;
        ui_say(ui, ui_id(name), &(UiSay){.role = ROLE_FIELD, .label = f->label});
        if (result == EDIT_GOES_ON)
            return false;
        ui_edit_end(ui);
        ui->wants_frame = true;
        return result == EDIT_COMMITTED;
    }
    Rect subject = ui->subject;
    ui->subject = rect;
    UiTouch in = ui_widget(ui, name, field, true, true, f->help);
    ui->subject = subject;
    *out = in;
    ui_say(ui, in.id, &(UiSay){.role = ROLE_FIELD, .label = f->label, .value = f->shown});
    canvas_rounded(ui->canvas, field, UI_RADIUS * s, ui_chip_color(ui, &in));
    Rect text = {field.x + 8.0f * s, field.y, field.w - 16.0f * s, field.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, text, ALIGN_RIGHT, ui_text_color(ui), f->shown);
    if (in.hovered)
        ui->cursor = CURSOR_TEXT;
    if (in.focused && ui->focus_visible)
        ui_focus_ring(ui, field, UI_RADIUS * s);
    if (in.clicked || (in.keys && ui_take_key(ui, KEY_ENTER, NULL)))
        ui_edit_begin(ui, in.id, f->exact);
    return false;
}

double ui_number(Ui *ui, const char *name, Rect rect, const char *label, const UiRange *range, double value,
                 const char *help) {
    char shown[32], exact[32];
    if (range->integer && range->plain)
        snprintf(shown, sizeof shown, "%.0f", value);
    else if (range->integer)
        ui_shown_integer(value, shown);
    else
        format_number(value, 3, shown);
    ui_exact(value, exact);
    if (range->integer)
        snprintf(exact, sizeof exact, "%.0f", value);
    Field field = {label, shown, exact, help, 0.42f};
    UiTouch in;
    if (run_field(ui, name, rect, &field, &in))
        return ui_take_number(ui, name, range, value);
    if (!in.keys)
        return value;
    UiKey key;
    double step = 0.0;
    while (range->integer && (ui_take_key(ui, KEY_UP, &key) || ui_take_key(ui, KEY_RIGHT, &key)))
        step += key.shift ? 10.0 : 1.0;
    while (range->integer && (ui_take_key(ui, KEY_DOWN, &key) || ui_take_key(ui, KEY_LEFT, &key)))
        step -= key.shift ? 10.0 : 1.0;
    if (step != 0.0)
        return ui_clamp(value + step, range->accept_minimum, range->accept_maximum);
    if (ui_take_key(ui, KEY_BACKSPACE, NULL) && isfinite(range->initial))
        return range->initial;
    return value;
}

bool ui_field(Ui *ui, const char *name, Rect rect, const char *label, const char *value, char edited[UI_EDIT_MAX],
              const char *help) {
    Field field = {label, value[0] ? value : tr("none"), value, help, 0.55f};
    UiTouch in;
    if (!run_field(ui, name, rect, &field, &in))
        return false;
    if (strcmp(ui->state->text, ui->state->original) == 0)
        return false;
    memcpy(edited, ui->state->text, UI_EDIT_MAX);
    return true;
}
