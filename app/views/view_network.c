#include "app/base/language.h"
#include "app/views/view_network_private.h"

#include "app/base/language.h"
#include "app/ui/ui_spoken.h"

#include <math.h>
#include <stdio.h>

void network_init(NetworkState *state) {
    *state = (NetworkState){.lit.layer = -1, .chosen.layer = -1};
}

void network_free(NetworkState *state) {
    network_picture_free(&state->picture);
    network_lines_free(&state->lines);
    network_init(state);
}

void network_fold(NetworkState *state) {
    if (state->large) /* the sheet has been made already */
        return;
    state->rect = (Rect){0};
    state->lit.layer = -1;
    state->hot.layer = 0;
}

void network_turn(Ui *ui, NetworkState *state) {
    state->turn = true;
    ui->wants_frame = true;
}

float network_height(const NetworkState *state, const Snapshot *snapshot) {
    return state->large ? CONTROL : network_panel_height(snapshot->mlp);
}

/* ---- the keyboard ---- */

/* The chosen unit is among those shown. */
static void bring_into_view(NetworkState *state, const NetworkPlan *plan, NetworkUnit of) {
    int shown = plan->layer[of.layer].shown, *first = &state->first[of.layer];
    *first = plan->layer[of.layer].first;
    if (of.unit < *first)
        *first = of.unit;
    if (of.unit >= *first + shown)
        *first = of.unit - shown + 1;
}

static void take_keys(Ui *ui, NetworkState *state, const Mlp *mlp) {
    int layer = state->chosen.layer, unit = state->chosen.unit;
    if (layer < 0) { /* by Tab: the first layer that has learnt something */
        if (!ui->focus_visible)
            return;
        bool enters = ui->focus_moved || ui_take_plain_key(ui, KEY_DOWN) || ui_take_plain_key(ui, KEY_RIGHT) ||
                      ui_take_plain_key(ui, KEY_ENTER);
        if (!enters)
            return;
        layer = 1;
        unit = 0;
    }
    while (ui_take_plain_key(ui, KEY_LEFT))
        layer -= layer > 0;
    while (ui_take_plain_key(ui, KEY_RIGHT))
        layer += layer < mlp->layers;
    unit = unit < mlp->sizes[layer] ? unit : mlp->sizes[layer] - 1;
    while (ui_take_plain_key(ui, KEY_UP))
        unit -= unit > 0;
    while (ui_take_plain_key(ui, KEY_DOWN))
        unit += unit + 1 < mlp->sizes[layer];
    if (ui_take_plain_key(ui, KEY_HOME))
        unit = 0;
    if (ui_take_plain_key(ui, KEY_END))
        unit = mlp->sizes[layer] - 1;
    if (layer > 0 && ui_take_plain_key(ui, KEY_ENTER))
        network_pick_by_key(ui, state, (NetworkParameter){layer, unit, 0});
    if (ui_take_plain_key(ui, KEY_ESCAPE))
        layer = -1;
    state->chosen = (NetworkUnit){layer, unit};
}

/* ---- the pointer ---- */

static void note_parts(Ui *ui, const NetworkPlan *plan) {
    char name[48];
    for (int l = 0; l < plan->layers; l++) {
        for (int u = plan->layer[l].first; u < plan->layer[l].first + plan->layer[l].shown; u++) {
            snprintf(name, sizeof name, "network-%d-%d", l, u);
            ui_note(ui, name, network_tile(plan, (NetworkUnit){l, u}));
        }
        if (plan->layer[l].shown < plan->layer[l].count) {
            snprintf(name, sizeof name, "network-more-%d", l);
            ui_note(ui, name, network_more(ui, plan, l));
        }
    }
}

/* The wheel, in the sheet: by units of the layer under the pointer. */
static void turn_by_wheel(Ui *ui, NetworkState *state, const NetworkPlan *plan) {
    for (int l = 0; l < plan->layers; l++) {
        Rect more = network_more(ui, plan, l);
        int last = plan->layer[l].count - plan->layer[l].shown;
        if (last == 0 || ui->input.mouse_x < more.x || ui->input.mouse_x >= more.x + more.w)
            continue;
        int to = plan->layer[l].first - (int)lroundf(2.0f * ui->input.wheel);
        state->first[l] = to < 0 ? 0 : to > last ? last : to;
        ui->wants_frame = true;
    }
}

/* A press on "1-8 of 64" shows the next ones, and at the end the first ones again. */
static void turn_page(Ui *ui, NetworkState *state, const NetworkPlan *plan, bool pressed) {
    float x = ui->input.mouse_x, y = ui->input.mouse_y;
    for (int l = 0; l < plan->layers; l++) {
        int first = plan->layer[l].first, shown = plan->layer[l].shown, count = plan->layer[l].count;
        Rect more = network_more(ui, plan, l);
        if (shown == count || !rect_has(more, x, y))
            continue;
        ui->cursor = CURSOR_HAND;
        if (pressed) {
            state->first[l] = first + shown >= count ? 0 : first + shown;
            ui->wants_frame = true;
        }
    }
}

static void point_at(Ui *ui, NetworkState *state, const NetworkPlan *plan, const UiTouch *touch,
                     const Snapshot *snapshot) {
    NetworkUnit at;
    NetworkParameter parameter;
    float x = ui->input.mouse_x, y = ui->input.mouse_y;
    bool square = network_parameter_at(ui, plan, x, y, &parameter) && parameter.from == NETWORK_BIAS;
    if (!square && network_unit_at(ui, plan, x, y, &at)) {
        bool again = state->chosen.layer == at.layer && state->chosen.unit == at.unit;
        state->lit = at;
        ui->cursor = CURSOR_HAND;
        if (touch->pressed) {
            state->picked.layer = 0;
            state->chosen = at;
            if (again)
                state->chosen.layer = -1;
        }
        return;
    }
    state->lit = state->chosen;
    if (network_parameter_at(ui, plan, x, y, &parameter)) {
        state->hot = parameter;
        ui->cursor = CURSOR_HAND;
        if (touch->pressed)
            network_press(ui, state, parameter, snapshot);
        return;
    }
    if (touch->pressed) {
        state->picked.layer = 0;
        state->chosen.layer = -1;
        state->lit.layer = -1;
    }
    turn_page(ui, state, plan, touch->pressed);
}

/* The picture itself: everything but the buttons. */
static void touch_picture(Ui *ui, NetworkState *state, const Snapshot *snapshot, Intents *intents) {
    const Mlp *mlp = snapshot->mlp;
    NetworkPlan plan = network_plan(ui, state->rect, state->large, state->first, mlp);
    Rect body = {state->rect.x, plan.tiles.y - ui_px(ui, 2.0f), state->rect.w, plan.legend.y - plan.tiles.y};
    UiTouch touch = ui_touch(ui, "network", body, true);
    bool in_clip = rect_has(state->clip, ui->input.mouse_x, ui->input.mouse_y);
    state->hot.layer = 0;
    network_edit(ui, state, snapshot, intents);
    if (!network_has_focus(ui) || !network_has_unit(mlp, state->chosen))
        state->chosen.layer = -1;
    if (touch.focused && state->picked.layer == 0)
        take_keys(ui, state, mlp);
    if (state->chosen.layer >= 0)
        bring_into_view(state, &plan, state->chosen);
    if (state->picked.layer > 0 && ui->focus_visible && state->picked.from != NETWORK_BIAS)
        bring_into_view(state, &plan, (NetworkUnit){state->picked.layer - 1, state->picked.from});
    plan = network_plan(ui, state->rect, state->large, state->first, mlp);
    state->lit = state->chosen;
    if (touch.hovered && in_clip && !state->dragging)
        point_at(ui, state, &plan, &touch, snapshot);
    if (touch.hovered && state->large && ui->input.wheel != 0.0f)
        turn_by_wheel(ui, state, &plan);
    char unit[NETWORK_NAME] = "";
    if (state->chosen.layer >= 0)
        network_unit_name(snapshot, state->chosen, unit);
    ui_say(ui, touch.id, &(UiSay){.role = ROLE_NETWORK, .label = tr("Units and weights"), .value = unit});
    state->focus_ring = network_has_focus(ui) && ui->focus_visible;
    note_parts(ui, &plan);
}

static void picture(Ui *ui, Rect rect, NetworkState *state, const Camera *camera, const Snapshot *snapshot,
                    Intents *intents) {
    int depth = ui->canvas->clip_depth, x0 = ui->canvas->clip[depth].x0, y0 = ui->canvas->clip[depth].y0;
    state->rect = rect;
    state->clip = (Rect){(float)x0, (float)y0, (float)(ui->canvas->clip[depth].x1 - x0),
                         (float)(ui->canvas->clip[depth].y1 - y0)};
    NetworkPlan plan = network_plan(ui, rect, state->large, state->first, snapshot->mlp);
    network_buttons(ui, state, &plan, snapshot, intents);
    touch_picture(ui, state, snapshot, intents);
    plan = network_plan(ui, rect, state->large, state->first, snapshot->mlp);
    network_draw(ui, state, &plan, camera, snapshot);
}

void network_panel(Ui *ui, Rect rect, NetworkState *state, const Camera *camera, const Snapshot *snapshot,
                   Intents *intents) {
    if (!state->large)
        picture(ui, rect, state, camera, snapshot, intents);
    else if (ui_button(ui, "network-back", rect, ICON_NONE, tr("Back into the panel"), BUTTON_PLAIN,
                       tr("The network is shown over the plot (Esc)")))
        network_turn(ui, state);
}

void network_sheet(Ui *ui, Rect rect, NetworkState *state, const Camera *camera, const Snapshot *snapshot,
                   Intents *intents) {
    if (state->turn)
        state->large = !state->large;
    state->turn = false;
    if (!state->large)
        return;
    float pad = ui_px(ui, 2 * UNIT), below = ui_px(ui, 12.0f);
    float line = fmaxf(1.0f, roundf(ui->scale)); /* of the card's frame, which stays */
    Rect ground = {rect.x + line, rect.y, rect.w - 2 * line, rect.h - line};
    canvas_rounded(ui->canvas, ground, ui_px(ui, CARD_RADIUS), ui->theme->card);
    ui_note(ui, "network-sheet", rect);
    canvas_push_clip(ui->canvas, rect);
    picture(ui, (Rect){rect.x + pad, rect.y + below, rect.w - 2 * pad, rect.h - 2 * below}, state, camera, snapshot,
            intents);
    canvas_pop_clip(ui->canvas);
    if (!ui->wants_text && ui_take_key(ui, KEY_ESCAPE, NULL))
        network_turn(ui, state);
}
