/* Sliders: a value on a track, with a thumb or as a line. */
#include "app/ui/ui_private.h"
#include "app/base/language.h"
#include "app/ui/ui_spoken.h"
#include "app/ui/ui_widget.h"

#include <math.h>

static const float TRACK = 3.0f; /* logical pixels */
static const char *const TYPE_HELP = N_("Type a number (Enter, or Ctrl+click the slider)");

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
    float moved = fmaxf(fabsf(input->mouse_x - st->grab_x), fabsf(input->mouse_y - st->grab_y));
    if (in->held && moved > UI_NEAR * ui->scale)
        st->grab_dragged = true;
    if (in->released && st->grab_dragged && !ui->focus_visible)
        ui_let_go(ui, in->id); /* a drag does not keep the keys */
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
    if (in->keys && ui->focus == in->id && !dragging && st->edit != in->id) { /* an edited text has the keys */
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
static double run_track(Ui *ui, const char *name, Rect track, const UiSlider *slider, double value, bool *edit) {
    const UiRange *r = &slider->range;
    float s = ui->scale, line = fmaxf(1.0f, roundf(TRACK * s));
    float top = roundf(track.y + (track.h - line) / 2), middle = top + line / 2; /* whole pixels are sharp */
    float size = (slider->large ? UI_THUMB_LARGE : UI_THUMB) * s, edge = (slider->large ? 2.0f : 3.0f) * s;
    UiTouch in = ui_widget_reaching(ui, name, track, size, true, true, slider->help);
    if (in.hovered || in.held)
        ui->cursor = CURSOR_HAND;
    value = operate(ui, &in, track, size + 1.5f * s, r, value, edit);
    float thumb = track.x + track.w * (float)ui_fraction_of(r, value);
    Color full = ui->enabled ? ui->theme->accent : ui->theme->muted;
    canvas_rounded(ui->canvas, (Rect){track.x, top, track.w, line}, line / 2, ui->theme->track);
    canvas_rounded(ui->canvas, (Rect){track.x, top, thumb - track.x, line}, line / 2, full);
    if (slider->ghost && *slider->ghost != value) {
        float ghost = track.x + track.w * (float)ui_fraction_of(r, *slider->ghost);
        canvas_disc(ui->canvas, ghost, middle, size * 0.8f, ui->theme->card);
        canvas_ring(ui->canvas, ghost, middle, size * 0.8f - 0.75f * s, 1.5f * s, color_alpha(full, 0.75f));
    }
    float radius = size * (ui->active == in.id ? 1.15f : in.hovered ? 1.08f : 1.0f);
    canvas_disc(ui->canvas, thumb, middle, radius, full);
    canvas_disc(ui->canvas, thumb, middle, radius - edge, ui->theme->card);
    if (in.focused && ui->focus_visible)
        ui_focus_ring(ui, (Rect){thumb - radius, middle - radius, 2 * radius, 2 * radius}, radius);
    return value;
}

double ui_line(Ui *ui, const char *name, Rect area, const UiRange *range, double value, const char *help,
               UiTouch *touch) {
    const float reach = (ui->input.touch ? 18.0f : 6.0f) * ui->scale; /* the zone is wider than what is drawn */
    float x = area.x + area.w * (float)ui_fraction_of(range, value);
    UiTouch in = ui_widget(ui, name, (Rect){x - reach, area.y, 2 * reach, area.h}, false, false, help);
    bool edit; /* a line has no text to edit */
    if (in.hovered || in.held)
        ui->cursor = CURSOR_RESIZE_X;
    value = operate(ui, &in, area, 2 * reach, range, value, &edit);
    *touch = in;
    touch->held = ui->active == in.id;
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

static void shown_value(const UiSlider *slider, double value, char shown[96]) {
    const char *prefix = slider->prefix ? slider->prefix : "", *unit = slider->unit ? slider->unit : "";
    char text[32];
    ui_shown_value(&slider->range, value, text);
    if (unit[0])
        /* TRANSLATORS: a value with its sign and its unit: "× 1.35 per epoch" */
        snprintf(shown, 96, trc("value and unit", "%s%s %s"), prefix, text, unit);
    else
        snprintf(shown, 96, "%s%s", prefix, text);
}

/* In its chip; a large one at the chip's edge, as wide as the chip allows. */
static void draw_value(Ui *ui, Rect chip, bool large, const UiTouch *in, const char *shown) {
    float s = ui->scale;
    if (!large || in->hovered)
        canvas_rounded(ui->canvas, chip, UI_RADIUS * s, ui_chip_color(ui, in));
    Rect place = large ? chip : (Rect){chip.x + 6.0f * s, chip.y, chip.w - 14.0f * s, chip.h};
    TextStyle style = !large                                               ? TEXT_FIGURE
                      : text_width(ui->text, TEXT_LARGE, shown) <= place.w ? TEXT_LARGE
                                                                           : TEXT_TITLE;
    text_draw_in(ui->text, ui->canvas, style, place, ALIGN_RIGHT, ui_text_color(ui), shown);
}

/* Of the slider with its label; while its text is edited that is said (ui_edit_run). */
static void say_slider(Ui *ui, uint32_t id, bool edited, const char *label, const char *shown) {
    ui_say(ui, id, &(UiSay){.role = edited ? ROLE_FIELD : ROLE_SLIDER, .label = label, .value = shown});
}

double ui_slider_parts(Ui *ui, const char *name, const UiSliderParts *parts, const UiSlider *slider, double value) {
    bool edit;
    uint32_t id = ui_id(name);
    char value_name[64], shown[96];
    snprintf(value_name, sizeof value_name, "%s-value", name);
    bool editing = ui->state->edit == id;
    double changed = run_track(ui, name, parts->track, slider, value, &edit);
    shown_value(slider, changed, shown);
    say_slider(ui, id, editing, slider->label, shown);
    if (editing) {
        changed = edit_value(ui, value_name, parts->value, &slider->range, changed);
    } else {
        UiTouch in = ui_widget(ui, value_name, parts->value, false, false, tr(TYPE_HELP));
        if (in.hovered)
            ui->cursor = CURSOR_TEXT;
        draw_value(ui, parts->value, slider->large, &in, shown);
        edit = edit || in.clicked;
    }
    if (edit && !editing)
        begin_editing(ui, id, changed);
    return changed;
}

double ui_slider(Ui *ui, const char *name, Rect rect, const UiSlider *slider, double value) {
    const UiRange *range = &slider->range;
    float s = ui->scale;
    Rect head = {rect.x, rect.y, rect.w, 20.0f * s}, subject = ui->subject;
    Rect track = {rect.x, rect.y + 20.0f * s, rect.w - slider->room, 20.0f * s};
    bool edit;
    uint32_t id = ui_id(name);
    char value_name[64], shown[96];
    snprintf(value_name, sizeof value_name, "%s-value", name);
    bool editing = ui->state->edit == id;
    /* while its text is edited the keys are the text's */
    ui->subject = rect;
    double changed = run_track(ui, name, track, slider, value, &edit);
    shown_value(slider, changed, shown);
    float width = text_width(ui->text, TEXT_MEDIUM, shown);
    Rect field = {rect.x + rect.w - 120.0f * s, rect.y - 4.0f * s, 120.0f * s, 26.0f * s};
    Rect label_rect = {rect.x, rect.y, rect.w - width - 10.0f * s, head.h};
    if (editing) {
        label_rect.w = rect.w - field.w - 8.0f * s;
        changed = edit_value(ui, value_name, field, range, changed);
    } else {
        Rect hit = {rect.x + rect.w - width - 4.0f * s, rect.y - 2.0f * s, width + 6.0f * s, 24.0f * s};
        UiTouch in = ui_widget(ui, value_name, hit, false, false, tr(TYPE_HELP));
        if (in.hovered) {
            ui->cursor = CURSOR_TEXT;
            canvas_rounded(ui->canvas, hit, 4.0f * s, ui->theme->chip);
        }
        text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, head, ALIGN_RIGHT, ui_text_color(ui), shown);
        edit = edit || in.clicked;
    }
    ui->subject = subject;
    say_slider(ui, id, editing, slider->label, shown);
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, label_rect, ALIGN_LEFT, ui_text_color(ui), slider->label);
    if (edit && !editing)
        begin_editing(ui, id, changed);
    return changed;
}

double ui_slider_inline(Ui *ui, const char *name, Rect rect, const UiRange *range, double value, const char *shown,
                        const char *help) {
    float s = ui->scale, text_room = (rect.w < UI_INLINE_SHORT * s ? 46.0f : 100.0f) * s;
    Rect track = {rect.x + UI_THUMB * s, rect.y, rect.w - text_room - 2 * UI_THUMB * s, rect.h};
    Rect text = {rect.x + rect.w - text_room + 4.0f * s, rect.y, text_room - 4.0f * s, rect.h};
    bool edit;
    uint32_t id = ui_id(name);
    char value_name[64];
    snprintf(value_name, sizeof value_name, "%s-value", name);
    bool editing = ui->state->edit == id;
    double changed = run_track(ui, name, track, &(UiSlider){.range = *range, .help = help}, value, &edit);
    if (editing) {
        Rect field = {text.x, rect.y + 3.0f * s, text.w, rect.h - 6.0f * s};
        changed = edit_value(ui, value_name, field, range, changed);
    } else {
        UiTouch in = ui_widget(ui, value_name, text, false, false, tr(TYPE_HELP));
        if (in.hovered)
            ui->cursor = CURSOR_TEXT;
        text_draw_in(ui->text, ui->canvas, TEXT_BODY, text, ALIGN_LEFT,
                     in.hovered ? ui_text_color(ui) : ui->theme->muted, shown);
        edit = edit || in.clicked;
    }
    say_slider(ui, id, editing, NULL, shown);
    if (edit && !editing)
        begin_editing(ui, id, changed);
    return changed;
}
