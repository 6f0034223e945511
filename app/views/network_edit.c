#include "app/base/language.h"
#include "app/views/view_network_private.h"

#include "app/base/format.h"
#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const float CLICK = 3.0f;      /* logical pixels that a click may move */
static const float DRAG = 100.0f;     /* logical pixels that are worth the layer's largest weight */
static const double VALUE_MOST = 1e6; /* that can be typed, positive or negative */
static const float CARD = 224.0f;     /* logical pixels across */

static float value_of(const Snapshot *snapshot, NetworkParameter p) {
    return snapshot->parameters[network_index(snapshot->mlp, p)];
}

/* A float as the double of its shortest text, so that what is typed over reads as people write it. */
static double plainly(float value) {
    char text[32];
    for (int digits = 6; digits <= 9; digits++) {
        snprintf(text, sizeof text, "%.*g", digits, (double)value);
        if (strtof(text, NULL) == value)
            break;
    }
    return strtod(text, NULL);
}

/* Of a drag or a key: in steps of a thousandth of the layer's largest weight, or a little more. */
static float rounded_to(float value, float largest) {
    return (float)round_by_hand((double)value, (double)largest, 4);
}

static void ask(const Snapshot *snapshot, NetworkParameter p, float value, Intents *intents) {
    if (value != value_of(snapshot, p) && isfinite(value))
        intend(intents, (Command){.kind = COMMAND_PARAMETER, .parameter = {network_index(snapshot->mlp, p), value}});
}

static bool can_change(const Snapshot *snapshot, NetworkParameter p) {
    return !snapshot->looking_back && isfinite(value_of(snapshot, p));
}

/* ---- pick ---- */

bool network_has_focus(const Ui *ui) {
    return ui->focus == ui_id("network") || ui->focus == ui_id("network-value");
}

void network_press(Ui *ui, NetworkState *state, NetworkParameter p, const Snapshot *snapshot) {
    if (!network_same_parameter(state->picked, p)) {
        state->card_x = ui->input.mouse_x - state->rect.x;
        state->card_y = ui->input.mouse_y - state->rect.y;
    }
    state->picked = p;
    state->pressed = can_change(snapshot, p);
    state->dragging = false;
    state->press_y = state->drag_y = ui->input.mouse_y;
    state->before = state->value = value_of(snapshot, p);
    state->scale = network_largest(snapshot->mlp, snapshot->parameters, p.layer); /* it may be the largest itself */
}

void network_pick_by_key(Ui *ui, NetworkState *state, NetworkParameter p) {
    state->picked = p;
    state->card_x = -1.0f; /* network_card finds its place */
    ui->focus = ui_id("network-value");
    ui->focus_visible = true;
}

/* ---- by pointer ---- */

static void drag(Ui *ui, NetworkState *state, const Snapshot *snapshot, Intents *intents) {
    const UiInput *input = &ui->input;
    NetworkParameter p = state->picked;
    if (!network_has_parameter(snapshot->mlp, p) || !can_change(snapshot, p)) {
        state->pressed = state->dragging = false;
        return;
    }
    if (!state->dragging && fabsf(input->mouse_y - state->press_y) > ui_px(ui, CLICK)) {
        state->dragging = true;
        ui->active = 0; /* the button that goes up at its end is no click on the value */
    }
    if (state->dragging) {
        float factor = input->shift ? 10.0f : input->ctrl ? 0.1f : 1.0f;
        state->value += (state->drag_y - input->mouse_y) / ui_px(ui, DRAG) * state->scale * factor;
        if (input->mouse_y == state->press_y) /* back where it began: the value to the last bit */
            state->value = state->before;
        bool cancelled = ui_take_key(ui, KEY_ESCAPE, NULL);
        bool same = cancelled || state->value == state->before;
        ask(snapshot, p, same ? state->before : rounded_to(state->value, state->scale), intents);
        ui->cursor = CURSOR_MOVE;
        if (cancelled)
            state->pressed = state->dragging = false;
    }
    if (state->dragging)
        state->drag_y = input->mouse_y;
    if (input->released || !input->down)
        state->pressed = state->dragging = false;
}

/* ---- by key ---- */

/* The next or previous of what goes into the unit: its weights, then its bias. */
static NetworkParameter neighbour(const Mlp *mlp, NetworkParameter p, int by) {
    int count = mlp->sizes[p.layer - 1], at = (p.from == NETWORK_BIAS ? count : p.from) + by;
    at = at < 0 ? 0 : at > count ? count : at;
    p.from = at == count ? NETWORK_BIAS : at;
    return p;
}

static void use_keys(Ui *ui, NetworkState *state, const Snapshot *snapshot, Intents *intents) {
    NetworkParameter p = state->picked;
    const Mlp *mlp = snapshot->mlp;
    if (ui_take_key(ui, KEY_ESCAPE, NULL)) {
        state->picked.layer = 0;
        ui->focus = ui_id("network");
        return;
    }
    while (ui_take_plain_key(ui, KEY_UP))
        p = neighbour(mlp, p, -1);
    while (ui_take_plain_key(ui, KEY_DOWN))
        p = neighbour(mlp, p, 1);
    if (!network_same_parameter(p, state->picked))
        network_pick_by_key(ui, state, p);
    float steps = 0.0f;
    UiKey key;
    while (ui_take_key(ui, KEY_RIGHT, &key))
        steps += key.shift ? 10.0f : key.ctrl ? 0.1f : 1.0f;
    while (ui_take_key(ui, KEY_LEFT, &key))
        steps -= key.shift ? 10.0f : key.ctrl ? 0.1f : 1.0f;
    if (steps == 0.0f || !can_change(snapshot, p))
        return;
    float largest = network_largest(mlp, snapshot->parameters, p.layer);
    ask(snapshot, p, rounded_to(value_of(snapshot, p) + steps * largest / 100.0f, largest), intents);
}

void network_edit(Ui *ui, NetworkState *state, const Snapshot *snapshot, Intents *intents) {
    if (!network_has_parameter(snapshot->mlp, state->picked) || !network_has_focus(ui)) {
        state->picked.layer = 0;
        state->pressed = state->dragging = false;
    }
    if (state->pressed)
        drag(ui, state, snapshot, intents);
    else if (state->picked.layer > 0 && !ui->wants_text && ui->focus == ui_id("network-value") && ui->focus_visible)
        use_keys(ui, state, snapshot, intents);
}

/* ---- the card ---- */

static void describe(const Snapshot *snapshot, NetworkParameter p, char title[2 * NETWORK_NAME]) {
    char unit[NETWORK_NAME], from[NETWORK_NAME];
    network_unit_name(snapshot, (NetworkUnit){p.layer, p.unit}, unit);
    if (p.from == NETWORK_BIAS) {
        snprintf(title, 2 * NETWORK_NAME, tr("Bias of %s"), unit);
        return;
    }
    network_unit_name(snapshot, (NetworkUnit){p.layer - 1, p.from}, from);
    if (p.layer - 1 > 0) /* "unit 2 to layer 2, unit 3": the layer before is clear */
        snprintf(from, sizeof from, tr("unit %d"), p.from + 1);
    /* TRANSLATORS: a weight, from one unit or input to another */
    snprintf(title, 2 * NETWORK_NAME, trc("weight", "%.60s to %s"), from, unit); /* of an input or a unit, short */
    title[0] = (char)(title[0] >= 'a' && title[0] <= 'z' ? title[0] - 'a' + 'A' : title[0]);
}

/* Below what it is about, or above where there is no room; within what is drawn of the picture. */
static Rect place(const Ui *ui, Rect room, float x, float y, float width, float height) {
    float away = ui_px(ui, 16.0f), edge = ui_px(ui, 4.0f);
    float left = fmaxf(room.x + edge, fminf(x - width / 2, room.x + room.w - edge - width));
    float top = y + away + height > room.y + room.h - edge ? y - away - height : y + away;
    return (Rect){roundf(left), roundf(fmaxf(edge, top)), width, height};
}

/* Where the parameter is: for a card that the keyboard has opened. */
static void find_place(const Ui *ui, NetworkState *state, const Mlp *mlp) {
    NetworkParameter p = state->picked;
    NetworkPlan plan = network_plan(ui, state->rect, state->large, state->first, mlp);
    NetworkUnit to = {p.layer, p.unit}, from = {p.layer - 1, p.from};
    Rect tile = network_tile(&plan, to);
    state->card_x = tile.x - state->rect.x;
    state->card_y = tile.y + tile.h - state->rect.y;
    if (p.from == NETWORK_BIAS || !network_shows(&plan, from))
        return;
    float points[2 * NETWORK_BEND];
    int count = network_line(&plan, p, points);
    state->card_x = points[count - 1] - state->rect.x; /* its middle */
    state->card_y = points[count] - state->rect.y;
}

static void draw_value(Ui *ui, Rect row, const char *label, float value) {
    char figure[32], text[64];
    format_figure(fabs((double)value), figure);
    snprintf(text, sizeof text, "%s%s", value < 0.0f ? MINUS : "",
             isfinite(value) ? figure : trc("number", "not finite"));
    text_draw_in(ui->text, ui->canvas, TEXT_BODY, row, ALIGN_LEFT, ui->theme->muted, label);
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, row, ALIGN_RIGHT, ui->theme->text, text);
}

/* The value under the hand, as a field; a drag of it is one of the line. */
static void edit_value(Ui *ui, Rect row, const char *label, NetworkState *state, const Snapshot *snapshot,
                       Intents *intents) {
    UiRange range = {.minimum = -VALUE_MOST,
                     .maximum = VALUE_MOST,
                     .accept_minimum = -VALUE_MOST,
                     .accept_maximum = VALUE_MOST,
                     .initial = NAN};
    double now = plainly(value_of(snapshot, state->picked));
    double changed = ui_number(ui, "network-value", row, label, &range, now, NULL);
    if (changed != now)
        ask(snapshot, state->picked, (float)changed, intents);
    if (ui->active == ui_id("network-value") && ui->input.pressed && !ui->wants_text)
        network_press(ui, state, state->picked, snapshot);
}

void network_card(Ui *ui, NetworkState *state, const Snapshot *snapshot, Intents *intents) {
    bool picked = state->picked.layer > 0 &&
                  (state->dragging || state->hot.layer == 0 || network_same_parameter(state->hot, state->picked));
    NetworkParameter p = picked ? state->picked : state->hot;
    if (!network_has_parameter(snapshot->mlp, p) || !(state->rect.w > 0.0f))
        return;
    if (picked && state->card_x < 0.0f)
        find_place(ui, state, snapshot->mlp);
    float x = picked ? state->rect.x + state->card_x : ui->input.mouse_x;
    float y = picked ? state->rect.y + state->card_y : ui->input.mouse_y;
    if (!rect_has(state->clip, x, y)) /* scrolled out */
        return;
    bool change = can_change(snapshot, p), field = picked && change;
    const char *label = p.from == NETWORK_BIAS ? tr("bias") : tr("weight");
    const char *hint = snapshot->looking_back ? tr("As it was: only now can it be changed")
                       : !change              ? tr("The model has diverged")
                       : !field               ? tr("Drag up or down to change; click: type")
                       : ui->focus_visible    ? tr("Left, Right: change. Up, Down: next one")
                                              : tr("Drag up or down to change; Esc: back");
    char title[2 * NETWORK_NAME];
    describe(snapshot, p, title);
    float pad = ui_px(ui, 10.0f), row = ui_px(ui, 18.0f), middle = ui_px(ui, field ? 32.0f : 20.0f);
    Rect box = place(ui, state->clip, x, y, ui_px(ui, CARD), 2 * row + middle + 2 * pad - ui_px(ui, 6.0f));
    ui_card_ground(ui, box, UI_RADIUS, picked ? ui->theme->accent : ui->theme->line);
    Rect at = {box.x + pad, box.y + pad - ui_px(ui, 4.0f), box.w - 2 * pad, row};
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, at, ALIGN_LEFT, ui->theme->text, title);
    at.y += row;
    at.h = middle;
    bool on_top = ui->on_top;
    ui->on_top = picked;
    if (field)
        edit_value(ui, at, label, state, snapshot, intents);
    else
        draw_value(ui, at, label, value_of(snapshot, p));
    if (picked)
        ui_touch(ui, "network-card", box, false); /* a press beside the value is none on what lies below */
    else
        ui_note(ui, "network-card", box);
    ui->on_top = on_top;
    at.y += middle;
    at.h = row;
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, at, ALIGN_LEFT, ui->theme->muted, hint);
}
