/* Sliders: a value on a track, with a thumb or as a line. */
#include "app/ui/ui_private.h"
#include "app/ui/ui_widget.h"

#include <math.h>

/* How large a track's parts are, logical pixels. */
typedef struct TrackLook {
    float thumb, line; /* radius; height */
    const char *help;
} TrackLook;

static const float THUMB = 7.5f, TRACK = 3.0f, LARGE_THUMB = 9.5f; /* logical pixels */
static const char *const TYPE_HELP = "Type a number (Enter, or Ctrl+click the slider)";

/* What pointer, wheel and keys do to a value between the ends of a track. Within `grip` pixels of the value's
 * place a press takes hold of it as it is, elsewhere it jumps there. */
static double operate(Ui *ui, const UiTouch *in, Rect track, float grip, const UiRange *r, double value, bool *edit) {
    UiState *st = ui->state;
    UiInput *input = &ui->input;
    float place = track.x + track.w * (float)ui_fraction_of(r, value);
    double initial = isfinite(r->initial) ? ui_clamp(r->initial, r->accept_minimum, r->accept_maximum) : value;
    *edit = false;
    if (in->pressed) {
        bool gripped = fabsf(input->mouse_x - place) <= grip;
        st->grab_value = value;
        st->grab_thumb = gripped;
        st->grab_offset = gripped ? input->mouse_x - place : 0.0f;
        if (input->ctrl) {
            *edit = true;
            ui->active = 0;
        } else if (input->clicks == 2) {
            ui->active = 0;
            value = initial;
        }
    }
    bool dragging = ui->active == in->id && track.w >= 1.0f;
    if (dragging && st->grab_thumb && input->mouse_x == st->grab_x) {
        if (st->grab_moved) /* back where it began: the value to the last bit */
            value = st->grab_value;
    } else if (dragging) {
        value = ui_value_at(r, (double)((input->mouse_x - st->grab_offset - track.x) / track.w));
    }
    if (dragging && ui_take_key(ui, KEY_ESCAPE, NULL)) {
        value = st->grab_value;
        ui->active = 0;
    }
    if (in->focused && in->hovered) {
        st->wheel_owner = in->id;
        if (input->wheel != 0.0f)
            value = ui_stepped(r, value, (double)input->wheel);
    }
    UiKey key;
    if (in->keys && !dragging && st->edit != in->id) { /* an edited text has the keys */
        while (ui_take_key(ui, KEY_RIGHT, &key) || ui_take_key(ui, KEY_UP, &key))
            value = ui_stepped(r, value, key.shift ? 10.0 : key.ctrl ? 0.1 : 1.0);
        while (ui_take_key(ui, KEY_LEFT, &key) || ui_take_key(ui, KEY_DOWN, &key))
            value = ui_stepped(r, value, key.shift ? -10.0 : key.ctrl ? -0.1 : -1.0);
        while (ui_take_key(ui, KEY_PAGE_UP, &key))
            value = ui_stepped(r, value, 10.0);
        while (ui_take_key(ui, KEY_PAGE_DOWN, &key))
            value = ui_stepped(r, value, -10.0);
        if (ui_take_key(ui, KEY_HOME, NULL))
            value = r->minimum;
        if (ui_take_key(ui, KEY_END, NULL))
            value = r->maximum;
        if (ui_take_key(ui, KEY_BACKSPACE, NULL))
            value = initial;
        if (ui_take_key(ui, KEY_ENTER, NULL))
            *edit = true;
    }
    return value;
}

/* A track with its thumb. The widget list's rect runs from the minimum's thumb centre to the maximum's. */
static double run_track(Ui *ui, const char *name, Rect track, const UiRange *r, double value, const TrackLook *look,
                        bool *edit) {
    float s = ui->scale, line = fmaxf(1.0f, roundf(look->line * s)), thumb_radius = look->thumb;
    float top = roundf(track.y + (track.h - line) / 2), middle = top + line / 2; /* whole pixels are sharp */
    UiTouch in = ui_widget_reaching(ui, name, track, thumb_radius * s, true, true, look->help);
    if (in.hovered || in.held)
        ui->cursor = CURSOR_HAND;
    value = operate(ui, &in, track, (thumb_radius + 1.5f) * s, r, value, edit);
    float thumb = track.x + track.w * (float)ui_fraction_of(r, value);
    Color full = ui->enabled ? ui->theme->accent : ui->theme->muted;
    canvas_rounded(ui->canvas, (Rect){track.x, top, track.w, line}, line / 2, ui->theme->track);
    canvas_rounded(ui->canvas, (Rect){track.x, top, thumb - track.x, line}, line / 2, full);
    float radius = thumb_radius * s * (ui->active == in.id ? 1.15f : in.hovered ? 1.08f : 1.0f);
    canvas_disc(ui->canvas, thumb, middle, radius, full);
    canvas_disc(ui->canvas, thumb, middle, radius - 3.0f * s, ui->theme->card);
    if (in.focused && ui->focus_visible)
        ui_focus_ring(ui, (Rect){thumb - radius, middle - radius, 2 * radius, 2 * radius}, radius);
    return value;
}

double ui_line(Ui *ui, const char *name, Rect area, const UiRange *range, double value, const char *help,
               UiTouch *touch) {
    const float reach = 6.0f * ui->scale; /* the zone is wider than what is drawn */
    float x = area.x + area.w * (float)ui_fraction_of(range, value);
    UiTouch in = ui_widget(ui, name, (Rect){x - reach, area.y, 2 * reach, area.h}, true, true, help);
    bool edit; /* a line has no text to edit */
    if (in.hovered || in.held)
        ui->cursor = CURSOR_RESIZE_X;
    value = operate(ui, &in, area, 2 * reach, range, value, &edit);
    *touch = in;
    touch->held = ui->active == in.id;
    touch->focused = in.focused && ui->focus_visible;
    return value;
}

static void begin_editing(Ui *ui, uint32_t id, double value) {
    char exact[32];
    ui_exact(value, exact);
    ui_edit_begin(ui, id, exact);
}

/* The value's text under the hand; the value as it is afterwards. */
static double edit_value(Ui *ui, const char *value_name, Rect field, const UiRange *range, double value) {
    UiEditResult result = ui_edit_run(ui, value_name, field);
    if (result == EDIT_COMMITTED)
        value = ui_take_number(ui, value_name, range, value);
    if (result != EDIT_GOES_ON) {
        ui_edit_end(ui);
        ui->wants_frame = true;
    }
    return value;
}

double ui_slider(Ui *ui, const char *name, Rect rect, const UiSlider *slider, double value) {
    const UiRange *range = &slider->range;
    const char *prefix = slider->prefix ? slider->prefix : "", *unit = slider->unit ? slider->unit : "";
    float s = ui->scale;
    Rect head = {rect.x, rect.y, rect.w, 20.0f * s};
    Rect track = {rect.x, rect.y + 20.0f * s, rect.w, 20.0f * s};
    bool edit;
    uint32_t id = ui_id(name);
    char value_name[64], text[32], shown[96];
    snprintf(value_name, sizeof value_name, "%s-value", name);
    bool editing = ui->state->edit == id;
    /* while its text is edited the keys are the text's */
    TrackLook look = {THUMB, TRACK, slider->help};
    double changed = run_track(ui, name, track, range, value, &look, &edit);
    ui_shown_value(range, changed, text);
    snprintf(shown, sizeof shown, "%s%s%s%s", prefix, text, unit[0] ? " " : "", unit);
    float width = text_width(ui->text, TEXT_MEDIUM, shown);
    Rect field = {rect.x + rect.w - 120.0f * s, rect.y - 4.0f * s, 120.0f * s, 26.0f * s};
    Rect label_rect = {rect.x, rect.y, rect.w - width - 10.0f * s, head.h};
    if (editing) {
        label_rect.w = rect.w - field.w - 8.0f * s;
        changed = edit_value(ui, value_name, field, range, changed);
    } else {
        Rect hit = {rect.x + rect.w - width - 4.0f * s, rect.y - 2.0f * s, width + 6.0f * s, 24.0f * s};
        UiTouch in = ui_widget(ui, value_name, hit, false, false, TYPE_HELP);
        if (in.hovered) {
            ui->cursor = CURSOR_TEXT;
            canvas_rounded(ui->canvas, hit, 4.0f * s, ui->theme->chip);
        }
        text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, head, ALIGN_RIGHT, ui_text_color(ui), shown);
        edit = edit || in.clicked;
    }
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, label_rect, ALIGN_LEFT, ui_text_color(ui), slider->label);
    if (edit && !editing)
        begin_editing(ui, id, changed);
    return changed;
}

double ui_slider_inline(Ui *ui, const char *name, Rect rect, const UiRange *range, double value, const char *shown,
                        const char *help) {
    float s = ui->scale, text_room = 100.0f * s;
    Rect track = {rect.x + THUMB * s, rect.y, rect.w - text_room - 2 * THUMB * s, rect.h};
    Rect text = {rect.x + rect.w - text_room + 4.0f * s, rect.y, text_room - 4.0f * s, rect.h};
    bool edit;
    uint32_t id = ui_id(name);
    char value_name[64];
    snprintf(value_name, sizeof value_name, "%s-value", name);
    bool editing = ui->state->edit == id;
    TrackLook look = {THUMB, TRACK, help};
    double changed = run_track(ui, name, track, range, value, &look, &edit);
    if (editing) {
        Rect field = {text.x, rect.y + 3.0f * s, text.w, rect.h - 6.0f * s};
        changed = edit_value(ui, value_name, field, range, changed);
    } else {
        UiTouch in = ui_widget(ui, value_name, text, false, false, TYPE_HELP);
        if (in.hovered)
            ui->cursor = CURSOR_TEXT;
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, text, ALIGN_LEFT,
                     in.hovered ? ui_text_color(ui) : ui->theme->muted, shown);
        edit = edit || in.clicked;
    }
    if (edit && !editing)
        begin_editing(ui, id, changed);
    return changed;
}

double ui_slider_large(Ui *ui, const char *name, Rect rect, const UiRange *range, double value, const char *help) {
    bool edit; /* there is no text to edit */
    TrackLook look = {LARGE_THUMB, TRACK, help};
    return run_track(ui, name, rect, range, value, &look, &edit);
}
