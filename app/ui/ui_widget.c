#include "app/ui/ui_widget.h"

#include "app/base/terminal.h"
#include "app/ui/ui_private.h"

#include <assert.h>
#include <math.h>
#include <string.h>

uint32_t ui_id(const char *name) {
    uint32_t hash = 2166136261u; /* FNV-1a */
    for (; *name; name++)
        hash = (hash ^ (unsigned char)*name) * 16777619u;
    return hash ? hash : 1;
}

/* ---- keys ---- */

static bool take_key(Ui *ui, UiKeyCode code, bool plain, UiKey *key) {
    UiInput *input = &ui->input;
    for (int i = 0; i < input->key_count; i++) {
        const UiKey *k = &input->keys[i];
        if (k->code != code || (plain && (k->shift || k->ctrl || k->alt)))
            continue;
        if (key)
            *key = *k;
        memmove(&input->keys[i], &input->keys[i + 1], (size_t)(input->key_count - i - 1) * sizeof *input->keys);
        input->key_count--;
        ui->keyboard_taken = true;
        return true;
    }
    return false;
}

bool ui_take_key(Ui *ui, UiKeyCode code, UiKey *key) {
    return take_key(ui, code, false, key);
}

bool ui_take_plain_key(Ui *ui, UiKeyCode code) {
    return take_key(ui, code, true, NULL);
}

bool ui_pressed_by_key(Ui *ui, const UiTouch *touch) {
    UiKey key;
    bool done = false;
    while (touch->keys && (ui_take_key(ui, KEY_ENTER, &key) || ui_take_key(ui, KEY_SPACE, &key)))
        done = done || !key.repeat;
    return done;
}

/* ---- rects and touch ---- */

static void add_widget(Ui *ui, const char *name, Rect rect, bool focusable) {
    assert(strlen(name) < sizeof ui->widgets[0].name);
    if (ui->widget_count == UI_MAX_WIDGETS) { /* the pointer still reaches it, Tab does not */
        if (!ui->state->full)
            terminal_print(stderr, "more than %d widgets: '%s' and what follows are not listed\n", UI_MAX_WIDGETS,
                           name);
        ui->state->full = true;
        return;
    }
    ui->state->areas[ui->widget_count] = ui->state->scroll;
    UiWidget *widget = &ui->widgets[ui->widget_count++];
    snprintf(widget->name, sizeof widget->name, "%s", name);
    widget->rect = widget->visible = rect;
    if (ui->state->scroll) {
        Rect area = ui->state->scroll_rect;
        float x0 = fmaxf(rect.x, area.x), y0 = fmaxf(rect.y, area.y);
        float x1 = fminf(rect.x + rect.w, area.x + area.w), y1 = fminf(rect.y + rect.h, area.y + area.h);
        widget->visible = (Rect){x0, y0, fmaxf(0.0f, x1 - x0), fmaxf(0.0f, y1 - y0)};
    }
    widget->on_top = ui->on_top;
    widget->focusable = focusable && ui->enabled;
}

void ui_note(Ui *ui, const char *name, Rect rect) {
    add_widget(ui, name, rect, false);
}

static void note(void *ui, const char *name, Rect rect) {
    ui_note(ui, name, rect);
}

Pen ui_pen(Ui *ui) {
    return (Pen){ui->canvas, ui->text, ui->theme, ui->scale, note, ui};
}

bool ui_is_covered(const Ui *ui, float x, float y) {
    const UiState *s = ui->state;
    for (int i = 0; i < s->before_count; i++)
        if (s->before[i].on_top && rect_has(s->before[i].rect, x, y))
            return true;
    return false;
}

/* At least 24 logical pixels each way, as far as the pointer goes. */
static Rect hit_rect(const Ui *ui, Rect rect) {
    float least = 24.0f * ui->scale;
    if (rect.h < least) {
        rect.y -= (least - rect.h) / 2;
        rect.h = least;
    }
    if (rect.w < least) {
        rect.x -= (least - rect.w) / 2;
        rect.w = least;
    }
    return rect;
}

void ui_let_go(Ui *ui, uint32_t id) {
    if (ui->focus != id)
        return;
    ui->state->tab_from = id;
    ui->focus = 0;
}

/* The help of the widget under the pointer, and of the one that Tab has come to. */
static void offer_help(Ui *ui, const UiTouch *in, Rect rect, const char *help) {
    UiState *s = ui->state;
    Rect subject = ui->subject.w > 0.0f ? ui->subject : rect;
    if (in->hovered) {
        if (s->tip != in->id) {
            s->tip = in->id;
            s->tip_since = ui->input.time;
            s->tip_spent = ui->input.pressed;
        }
        s->tip_text = help;
        s->tip_rect = subject;
    }
    if (in->focused && ui->focus_visible) {
        if (s->help != in->id || ui->focus_moved) {
            s->help = in->id;
            s->help_since = ui->input.time;
            s->help_spent = false;
        }
        s->help_text = help;
        s->help_rect = subject;
    }
}

UiTouch ui_widget_reaching(Ui *ui, const char *name, Rect rect, float reach, bool focusable, bool takes_keys_by_pointer,
                           const char *help) {
    UiState *s = ui->state;
    const UiInput *input = &ui->input;
    UiTouch in = {.id = ui_id(name), .grab_x = s->grab_x, .grab_y = s->grab_y};
    add_widget(ui, name, rect, focusable);
    if (in.id == s->message_id) {
        s->message_rect = rect;
        s->message_seen = true;
    }
    if (!ui->enabled)
        return in;
    Rect hit = reach < 0.0f ? rect : hit_rect(ui, (Rect){rect.x - reach, rect.y, rect.w + 2 * reach, rect.h});
    bool over = rect_has(hit, input->mouse_x, input->mouse_y);
    if (s->scroll && !rect_has(s->scroll_rect, input->mouse_x, input->mouse_y))
        over = false;
    if (!ui->on_top && ui_is_covered(ui, input->mouse_x, input->mouse_y))
        over = false;
    if (!input->mouse_inside && !input->down && !input->released)
        over = false; /* the position is where the pointer left the window */
    if (ui->hot && ui->hot != in.id)
        over = false; /* of two that overlap the first has the pointer */
    /* a button pressed elsewhere and still down means nothing to a widget */
    in.hovered = over && (ui->active == in.id || (ui->active == 0 && (!input->down || input->pressed)));
    if (in.hovered)
        ui->hot = in.id;
    bool scrolls = s->scroll && input->drag == UI_DRAG_DOWN; /* the finger drags the area that it lies in */
    if (over && input->pressed && ui->active == 0 && !scrolls) {
        in.pressed = s->press_taken = true;
        ui->active = in.id;
        if (focusable) {
            ui->focus = in.id;
            ui->focus_visible = false;
        }
    }
    in.held = ui->active == in.id;
    in.released = in.held && input->released;
    in.clicked = in.released && over;
    /* a focus that came by pointer goes with it: else the plot's keys would change what was pressed last */
    if (!ui->focus_visible && !over && !in.held && s->edit != in.id && !s->list_took && !s->keeps_keys)
        ui_let_go(ui, in.id);
    in.focused = focusable && ui->focus == in.id;
    in.keys = in.focused && (ui->focus_visible || takes_keys_by_pointer);
    if (help)
        offer_help(ui, &in, rect, help);
    return in;
}

UiTouch ui_widget(Ui *ui, const char *name, Rect rect, bool focusable, bool takes_keys_by_pointer, const char *help) {
    return ui_widget_reaching(ui, name, rect, 0.0f, focusable, takes_keys_by_pointer, help);
}

UiTouch ui_touch(Ui *ui, const char *name, Rect rect, bool focusable) {
    ui->state->keeps_keys = true;
    UiTouch in = ui_widget(ui, name, rect, focusable, true, NULL);
    ui->state->keeps_keys = false;
    return in;
}

/* ---- looks that all share ---- */

void ui_focus_ring(Ui *ui, Rect rect, float radius) {
    float line = 2.0f * ui->scale;
    Rect outer = {rect.x - 2 * line, rect.y - 2 * line, rect.w + 4 * line, rect.h + 4 * line};
    Rect inner = {rect.x - line, rect.y - line, rect.w + 2 * line, rect.h + 2 * line};
    canvas_rounded_frame(ui->canvas, outer, radius + 2 * line, line, ui->theme->focus_outer);
    canvas_rounded_frame(ui->canvas, inner, radius + line, line, ui->theme->focus_inner);
}

Color ui_chip_color(const Ui *ui, const UiTouch *in) {
    if (in->held && in->hovered)
        return ui->theme->chip_pressed;
    return in->hovered ? ui->theme->chip_hover : ui->theme->chip;
}

Color ui_text_color(const Ui *ui) {
    return ui->enabled ? ui->theme->text : ui->theme->muted;
}
