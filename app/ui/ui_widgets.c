#include "app/ui/ui_private.h"
#include "app/base/format.h"

#include <ctype.h>
#include <errno.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

static const float RADIUS = 6.0f, THUMB = 7.5f, TRACK = 3.0f; /* logical pixels */

/* ---- numbers ---- */

/* What stands beside a slider: three significant digits, zeros at the end as well, so that the width stays.
 */
static void shown_value(const UiRange *range, double value, char text[32]) {
    double size = fabs(value);
    if (range->integer)
        snprintf(text, 32, "%.0f", value);
    else if (size == 0.0)
        snprintf(text, 32, "0");
    else if (size < 1e-3 || size >= 1e6)
        format_number(value, 3, text);
    else
        snprintf(text, 32, "%.*f",
                 size >= 99.95      ? 0
                 : size >= 9.995    ? 1
                 : size >= 0.9995   ? 2
                 : size >= 0.09995  ? 3
                 : size >= 0.009995 ? 4
                                    : 5,
                 value);
}

static double clamp(double value, double low, double high) {
    return value < low ? low : value > high ? high : value;
}

/* Position on the track, 0 to 1, of a value, and back. A drag's values have three significant digits, so that
 * what is shown is what is in force. */
static double fraction_of(const UiRange *r, double value) {
    if (r->logarithmic)
        return value <= r->minimum ? 0.0 : clamp(log(value / r->minimum) / log(r->maximum / r->minimum), 0.0, 1.0);
    return clamp((value - r->minimum) / (r->maximum - r->minimum), 0.0, 1.0);
}

static double value_at(const UiRange *r, double fraction) {
    if (!(fraction > 0.0)) /* NaN of a track without width, too */
        return r->minimum;
    if (fraction >= 1.0)
        return r->maximum;
    double value = r->logarithmic ? r->minimum * pow(r->maximum / r->minimum, fraction)
                                  : r->minimum + fraction * (r->maximum - r->minimum);
    if (r->integer)
        return clamp(round(value), r->minimum, r->maximum);
    char text[32];
    snprintf(text, sizeof text, "%.3g", value);
    if (!r->logarithmic) { /* the same step everywhere: a thousandth of the range's size */
        double step = pow(10.0, floor(log10(r->maximum - r->minimum)) - 2.0);
        snprintf(text, sizeof text, "%.12g", round(value / step) * step);
    }
    return clamp(strtod(text, NULL), r->minimum, r->maximum);
}

/* A step by keyboard or wheel. It always moves, unless at the end, and never back: a typed value may lie
 * beyond the track. */
static double stepped(const UiRange *r, double value, double steps) {
    double to;
    if (r->integer) {
        double whole = steps < 0.0 ? floor(steps) : ceil(steps);
        to = clamp(round(value) + whole, r->minimum, r->maximum);
    } else {
        double fraction = clamp(fraction_of(r, value) + 0.01 * steps, 0.0, 1.0);
        to = value_at(r, fraction);
        if (to == value && fraction > 0.0 && fraction < 1.0)
            to = r->logarithmic ? r->minimum * pow(r->maximum / r->minimum, fraction)
                                : r->minimum + fraction * (r->maximum - r->minimum);
    }
    return (steps > 0.0) == (to > value) ? to : value;
}

/* The range that is accepted, in words. */
static void describe_range(const UiRange *r, char text[96]) {
    const double no_limit = 1e300;
    char low[32], high[32];
    format_number(r->accept_minimum, 6, low);
    format_number(r->accept_maximum, 10, high);
    if (r->accept_maximum >= no_limit)
        snprintf(text, 96, r->accept_minimum <= -no_limit ? "any number" : "%s or more", low);
    else
        snprintf(text, 96, r->accept_minimum <= -no_limit ? "up to %.0s%s" : "%s to %s", low, high);
}

/* The typed text for a message, cut with an ellipsis at a code point. */
static void quoted(const char *typed, char text[64]) {
    size_t length = strlen(typed), most = 48;
    if (length > most)
        for (length = most; utf8_continues(typed[length]); length--)
            ;
    snprintf(text, 64, "%.*s%s", (int)length, typed, typed[length] ? "…" : "");
}

/* What a committed text means for a number: the new value, or the old one and a line that says why. */
static double take_number(Ui *ui, const char *name, const UiRange *r, double value) {
    UiState *s = ui->state;
    double typed;
    char reason[256], text[64], range[96];
    if (strcmp(s->text, s->original) == 0)
        return value;
    quoted(s->text, text);
    if (!text[0]) {
        ui_message(ui, name, "a number is needed");
    } else if (!parse_number(s->text, &typed)) {
        snprintf(reason, sizeof reason, "'%s' is not a number", text);
        ui_message(ui, name, reason);
    } else if (typed < r->accept_minimum || typed > r->accept_maximum) {
        describe_range(r, range);
        snprintf(reason, sizeof reason, "%s is out of range: %s", text, range);
        ui_message(ui, name, reason);
    } else if (r->integer && typed != floor(typed)) {
        snprintf(reason, sizeof reason, "%s is not a whole number", text);
        ui_message(ui, name, reason);
    } else {
        return typed;
    }
    return value;
}

/* ---- buttons ---- */

/* A key that is held down presses once. */
static bool pressed_by_key(Ui *ui, const UiWidgetInput *in) {
    UiKey key;
    bool done = false;
    while (in->keys && (ui_take_key(ui, KEY_ENTER, &key) || ui_take_key(ui, KEY_SPACE, &key)))
        done = done || !key.repeat;
    return done;
}

bool ui_button(Ui *ui, const char *name, Rect rect, UiIcon icon, const char *label, UiButtonKind kind,
               const char *help) {
    UiWidgetInput in = ui_widget(ui, name, rect, true, false, help);
    bool done = pressed_by_key(ui, &in) || in.clicked;
    float s = ui->scale;
    Color ground = ui_chip_color(ui, &in), color = ui_text_color(ui);
    if (kind == BUTTON_PRIMARY) {
        float shade = in.held && in.hovered ? 0.25f : in.hovered ? 0.12f : 0.0f;
        ground = ui->enabled ? color_mix(ui->theme->accent, ui->theme->text, shade) : ui->theme->chip;
        color = ui->enabled ? ui->theme->on_accent : ui->theme->muted;
    }
    if (kind != BUTTON_QUIET)
        canvas_rounded(ui->canvas, rect, RADIUS * s, ground);
    else if (in.hovered) /* wider than its words, which stand at the column's edge */
        canvas_rounded(ui->canvas, (Rect){rect.x - 6.0f * s, rect.y + 2.0f * s, rect.w + 12.0f * s, rect.h - 4.0f * s},
                       RADIUS * s, ground);
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
        ui_focus_ring(ui, rect, RADIUS * s);
    return done;
}

bool ui_switch(Ui *ui, const char *name, Rect rect, const char *label, bool value, const char *help) {
    UiWidgetInput in = ui_widget(ui, name, rect, true, false, help);
    if (pressed_by_key(ui, &in) || in.clicked)
        value = !value;
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
    canvas_rounded(ui->canvas, rect, RADIUS * s, ui->theme->chip);
    /* one stop for the keyboard: arrows choose */
    UiWidgetInput whole = ui_widget(ui, name, (Rect){rect.x, rect.y, rect.w, rect.h}, true, true, help);
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
    if (whole.focused && ui->focus_visible)
        ui_focus_ring(ui, rect, RADIUS * s);
    return value;
}

/* The next item, behind the marked one, that begins with the letter typed. */
static void find_letter(UiState *s, const char *const *labels, int count) {
    uint32_t letter = s->list_letter;
    for (int k = 1; k <= count && letter < 128; k++) {
        int i = (s->list_mark + k) % count;
        unsigned char first = (unsigned char)labels[i][0];
        if (first < 128 && tolower(first) == tolower((int)letter)) {
            s->list_mark = i;
            if (i < s->list_first || i >= s->list_first + s->list_rows)
                s->list_first = i;
            return;
        }
    }
}

int ui_select(Ui *ui, const char *name, Rect rect, const char *const *labels, int count, int value, const char *help) {
    UiState *st = ui->state;
    UiWidgetInput in = ui_widget(ui, name, rect, true, false, help);
    float s = ui->scale;
    bool open = st->list == in.id;
    if (open && (!ui->enabled || count <= 0)) {
        st->list = 0;
        open = false;
    }
    if (open && st->list_choice != UI_NO_CHOICE) {
        value = st->list_choice < count ? st->list_choice : value;
        st->list = 0;
        open = false;
        ui->wants_frame = true;
    } else if (!open && count > 0 &&
               (in.pressed || pressed_by_key(ui, &in) || (in.keys && ui_take_key(ui, KEY_DOWN, NULL)))) {
        open = true;
        st->list = in.id;
        st->list_mark = value < 0 ? 0 : value;
        st->list_first = st->list_rows = 0;
        st->list_pressed = false;
        snprintf(st->list_name, sizeof st->list_name, "%s", name);
        ui->wants_frame = true;
    }
    if (open) {
        if (st->list_letter)
            find_letter(st, labels, count);
        st->list_mark = st->list_mark < count ? st->list_mark : count - 1;
        st->list_labels = labels;
        st->list_count = count;
        st->list_value = value;
        st->list_anchor = rect;
        st->list_seen = true;
    }
    canvas_rounded(ui->canvas, rect, RADIUS * s, open ? ui->theme->chip_pressed : ui_chip_color(ui, &in));
    Rect text = {rect.x + 10.0f * s, rect.y, rect.w - 34.0f * s, rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, text, ALIGN_LEFT, ui_text_color(ui),
                 value >= 0 && value < count ? labels[value] : "own settings");
    ui_icon(ui->canvas, ICON_CHEVRON_DOWN, rect.x + rect.w - 14.0f * s, rect.y + rect.h / 2, 12.0f * s,
            ui->theme->muted);
    if (in.hovered)
        ui->cursor = CURSOR_HAND;
    if (in.focused && ui->focus_visible)
        ui_focus_ring(ui, rect, RADIUS * s);
    return value;
}

/* ---- sliders ---- */

/* What pointer, wheel and keys do to a value between the ends of a track. Within `grip` pixels of the value's
 * place a press takes hold of it as it is, elsewhere it jumps there. */
static double operate(Ui *ui, const UiWidgetInput *in, Rect track, float grip, const UiRange *r, double value,
                      bool *edit) {
    UiState *st = ui->state;
    UiInput *input = &ui->input;
    float place = track.x + track.w * (float)fraction_of(r, value);
    double initial = isfinite(r->initial) ? clamp(r->initial, r->accept_minimum, r->accept_maximum) : value;
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
        value = value_at(r, (double)((input->mouse_x - st->grab_offset - track.x) / track.w));
    }
    if (dragging && ui_take_key(ui, KEY_ESCAPE, NULL)) {
        value = st->grab_value;
        ui->active = 0;
    }
    if (in->focused && in->hovered) {
        st->wheel_owner = in->id;
        if (input->wheel != 0.0f)
            value = stepped(r, value, (double)input->wheel);
    }
    UiKey key;
    if (in->keys && !dragging && st->edit != in->id) { /* an edited text has the keys */
        while (ui_take_key(ui, KEY_RIGHT, &key) || ui_take_key(ui, KEY_UP, &key))
            value = stepped(r, value, key.shift ? 10.0 : key.ctrl ? 0.1 : 1.0);
        while (ui_take_key(ui, KEY_LEFT, &key) || ui_take_key(ui, KEY_DOWN, &key))
            value = stepped(r, value, key.shift ? -10.0 : key.ctrl ? -0.1 : -1.0);
        while (ui_take_key(ui, KEY_PAGE_UP, &key))
            value = stepped(r, value, 10.0);
        while (ui_take_key(ui, KEY_PAGE_DOWN, &key))
            value = stepped(r, value, -10.0);
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
static double run_track(Ui *ui, const char *name, Rect track, const UiRange *r, double value, const char *help,
                        bool *edit) {
    float s = ui->scale, line = fmaxf(1.0f, roundf(TRACK * s));
    float top = roundf(track.y + (track.h - line) / 2), middle = top + line / 2; /* whole pixels are sharp */
    UiWidgetInput in = ui_widget_reaching(ui, name, track, THUMB * s, true, true, help);
    if (in.hovered || in.held)
        ui->cursor = CURSOR_HAND;
    value = operate(ui, &in, track, (THUMB + 1.5f) * s, r, value, edit);
    float thumb = track.x + track.w * (float)fraction_of(r, value);
    Color full = ui->enabled ? ui->theme->accent : ui->theme->muted;
    canvas_rounded(ui->canvas, (Rect){track.x, top, track.w, line}, line / 2, ui->theme->track);
    canvas_rounded(ui->canvas, (Rect){track.x, top, thumb - track.x, line}, line / 2, full);
    float radius = THUMB * s * (ui->active == in.id ? 1.15f : in.hovered ? 1.08f : 1.0f);
    canvas_disc(ui->canvas, thumb, middle, radius, full);
    canvas_disc(ui->canvas, thumb, middle, radius - 3.0f * s, ui->theme->card);
    if (in.focused && ui->focus_visible)
        ui_focus_ring(ui, (Rect){thumb - radius, middle - radius, 2 * radius, 2 * radius}, radius);
    return value;
}

double ui_line(Ui *ui, const char *name, Rect area, const UiRange *range, double value, const char *help,
               UiTouch *touch) {
    const float reach = 6.0f * ui->scale; /* the zone is wider than what is drawn */
    float x = area.x + area.w * (float)fraction_of(range, value);
    UiWidgetInput in = ui_widget(ui, name, (Rect){x - reach, area.y, 2 * reach, area.h}, true, true, help);
    bool edit; /* a line has no text to edit */
    if (in.hovered || in.held)
        ui->cursor = CURSOR_RESIZE_X;
    value = operate(ui, &in, area, 2 * reach, range, value, &edit);
    bool held = ui->active == in.id;
    *touch = (UiTouch){in.hovered,        in.pressed,       held, in.released, in.focused && ui->focus_visible,
                       ui->state->grab_x, ui->state->grab_y};
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
        value = take_number(ui, value_name, range, value);
    if (result != EDIT_GOES_ON) {
        ui_edit_end(ui);
        ui->wants_frame = true;
    }
    return value;
}

double ui_slider(Ui *ui, const char *name, Rect rect, const char *label, const UiRange *range, double value,
                 const char *value_prefix, const char *unit, const char *help) {
    UiState *st = ui->state;
    float s = ui->scale;
    Rect head = {rect.x, rect.y, rect.w, 20.0f * s};
    Rect track = {rect.x, rect.y + 20.0f * s, rect.w, 20.0f * s};
    bool edit;
    uint32_t id = ui_id(name);
    char value_name[64], text[32], shown[96];
    snprintf(value_name, sizeof value_name, "%s-value", name);
    bool editing = st->edit == id;
    /* while its text is edited the keys are the text's */
    double changed = run_track(ui, name, track, range, value, help, &edit);
    shown_value(range, changed, text);
    snprintf(shown, sizeof shown, "%s%s%s%s", value_prefix, text, unit[0] ? " " : "", unit);
    float width = text_width(ui->text, TEXT_MEDIUM, shown);
    Rect field = {rect.x + rect.w - 120.0f * s, rect.y - 4.0f * s, 120.0f * s, 26.0f * s};
    Rect label_rect = {rect.x, rect.y, rect.w - width - 10.0f * s, head.h};
    if (editing) {
        label_rect.w = rect.w - field.w - 8.0f * s;
        changed = edit_value(ui, value_name, field, range, changed);
    } else {
        Rect hit = {rect.x + rect.w - width - 4.0f * s, rect.y - 2.0f * s, width + 6.0f * s, 24.0f * s};
        UiWidgetInput in =
            ui_widget(ui, value_name, hit, false, false, "Type a number (Enter, or Ctrl+click on the slider)");
        if (in.hovered) {
            ui->cursor = CURSOR_TEXT;
            canvas_rounded(ui->canvas, hit, 4.0f * s, ui->theme->chip);
        }
        text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, head, ALIGN_RIGHT, ui_text_color(ui), shown);
        edit = edit || in.clicked;
    }
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, label_rect, ALIGN_LEFT, ui_text_color(ui), label);
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
    double changed = run_track(ui, name, track, range, value, help, &edit);
    if (editing) {
        Rect field = {text.x, rect.y + 3.0f * s, text.w, rect.h - 6.0f * s};
        changed = edit_value(ui, value_name, field, range, changed);
    } else {
        UiWidgetInput in =
            ui_widget(ui, value_name, text, false, false, "Type a number (Enter, or Ctrl+click on the slider)");
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

/* ---- fields ---- */

/* Label left, the value in a chip right, which is edited after a click, Enter or a letter. Returns whether a
 * text was committed. */
static bool run_field(Ui *ui, const char *name, Rect rect, const char *label, const char *shown, const char *exact,
                      float share, const char *help, UiWidgetInput *out) {
    float s = ui->scale;
    Rect field = {rect.x + rect.w * (1.0f - share), rect.y + 2.0f * s, rect.w * share, rect.h - 4.0f * s};
    Rect label_rect = {rect.x, rect.y, rect.w * (1.0f - share) - 8.0f * s, rect.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, label_rect, ALIGN_LEFT, ui_text_color(ui), label);
    if (ui->state->edit == ui_id(name)) {
        *out = (UiWidgetInput){.id = ui_id(name)};
        UiEditResult result = ui_edit_run(ui, name, field);
        /* still a stop for Tab */
        if (ui->enabled && ui->widget_count > 0 && ui->widget_count < UI_MAX_WIDGETS)
            ui->widgets[ui->widget_count - 1].focusable = true;
        if (result == EDIT_GOES_ON)
            return false;
        ui_edit_end(ui);
        ui->wants_frame = true;
        return result == EDIT_COMMITTED;
    }
    UiWidgetInput in = ui_widget(ui, name, field, true, true, help);
    *out = in;
    canvas_rounded(ui->canvas, field, RADIUS * s, ui_chip_color(ui, &in));
    Rect text = {field.x + 8.0f * s, field.y, field.w - 16.0f * s, field.h};
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, text, ALIGN_RIGHT, ui_text_color(ui), shown);
    if (in.hovered)
        ui->cursor = CURSOR_TEXT;
    if (in.focused && ui->focus_visible)
        ui_focus_ring(ui, field, RADIUS * s);
    if (in.clicked || (in.keys && ui_take_key(ui, KEY_ENTER, NULL)))
        ui_edit_begin(ui, in.id, exact);
    return false;
}

double ui_number(Ui *ui, const char *name, Rect rect, const char *label, const UiRange *range, double value,
                 const char *help) {
    char shown[32], exact[32];
    if (range->integer)
        snprintf(shown, sizeof shown, "%.0f", value);
    else
        format_number(value, 6, shown);
    ui_exact(value, exact);
    if (range->integer)
        snprintf(exact, sizeof exact, "%.0f", value);
    UiWidgetInput in;
    if (run_field(ui, name, rect, label, shown, exact, 0.42f, help, &in))
        return take_number(ui, name, range, value);
    if (!in.keys)
        return value;
    UiKey key;
    double step = 0.0;
    while (range->integer && (ui_take_key(ui, KEY_UP, &key) || ui_take_key(ui, KEY_RIGHT, &key)))
        step += key.shift ? 10.0 : 1.0;
    while (range->integer && (ui_take_key(ui, KEY_DOWN, &key) || ui_take_key(ui, KEY_LEFT, &key)))
        step -= key.shift ? 10.0 : 1.0;
    if (step != 0.0)
        return clamp(value + step, range->accept_minimum, range->accept_maximum);
    if (ui_take_key(ui, KEY_BACKSPACE, NULL) && isfinite(range->initial))
        return range->initial;
    return value;
}

bool ui_field(Ui *ui, const char *name, Rect rect, const char *label, const char *value, char edited[UI_EDIT_MAX],
              const char *help) {
    UiWidgetInput in;
    if (!run_field(ui, name, rect, label, value[0] ? value : "none", value, 0.55f, help, &in))
        return false;
    if (strcmp(ui->state->text, ui->state->original) == 0)
        return false;
    memcpy(edited, ui->state->text, UI_EDIT_MAX);
    return true;
}
