#include "app/views/view_network.h"
#include "app/base/format.h"

#include "app/ui/ui_widget.h"

#include <math.h>
#include <stdio.h>

/* Logical pixels of the picture. */
static const float TILE_LEAST = 11.0f, TILE_MOST = 26.0f, TILE_GAP = 3.0f, TILE_APART = 12.0f;
static const float LABEL = 13.0f, MORE = 13.0f, LEGEND = 20.0f;
static const float TILE_ASPECT = 1.4f; /* about that of the plot in a window */

void network_init(NetworkState *state) {
    *state = (NetworkState){.lit.layer = -1, .chosen.layer = -1};
}

void network_free(NetworkState *state) {
    network_picture_free(&state->picture);
    network_init(state);
}

void network_fold(NetworkState *state) {
    state->rect = (Rect){0};
    state->lit.layer = -1;
}

/* ---- where everything stands ---- */

typedef struct Plan {
    int layers; /* inputs, hidden layers, scores */
    float tile_w, tile_h;
    struct {
        float x, y, pitch; /* of the first tile shown */
        int first, shown, count;
    } layer[MLP_MAX_LAYERS + 1];
    Rect legend;
} Plan;

static int rows_in(const Ui *ui, float height) {
    float gap = ui_px(ui, TILE_GAP);
    int rows = (int)((height + gap) / (ui_px(ui, TILE_LEAST) + gap));
    return rows > 1 ? rows : 1;
}

static Plan make_plan(const Ui *ui, Rect rect, const NetworkState *state, const Mlp *mlp) {
    Plan plan = {.layers = mlp->layers + 1};
    float gap = ui_px(ui, TILE_GAP), label = ui_px(ui, LABEL), room = rect.h - ui_px(ui, LEGEND);
    int rows = rows_in(ui, room), largest = 0, most = 1;
    for (int l = 0; l < plan.layers; l++)
        largest = mlp->sizes[l] > largest ? mlp->sizes[l] : largest;
    if (largest > rows) { /* a line below the layer says how many are left out */
        room -= ui_px(ui, MORE);
        rows = rows_in(ui, room);
    }
    for (int l = 0; l < plan.layers; l++) {
        int count = mlp->sizes[l], shown = count < rows ? count : rows, last = count - shown;
        plan.layer[l].count = count;
        plan.layer[l].shown = shown;
        plan.layer[l].first = state->first[l] < last ? state->first[l] : last;
        most = shown > most ? shown : most;
    }
    float height = (room + gap) / (float)most - gap;
    height = floorf(fminf(fmaxf(height, ui_px(ui, TILE_LEAST)), ui_px(ui, TILE_MOST)));
    float across = rect.w - 2 * label, apart = across / (float)plan.layers;
    plan.tile_h = height;
    plan.tile_w = floorf(fminf(TILE_ASPECT * height, 0.6f * apart));
    for (int l = 0; l < plan.layers; l++) {
        int shown = plan.layer[l].shown;
        float pitch = height + ui_px(ui, TILE_APART);
        if (shown > 1)
            pitch = fminf(pitch, (room - height) / (float)(shown - 1));
        float used = height + pitch * (float)(shown - 1);
        plan.layer[l].pitch = pitch;
        plan.layer[l].x = rect.x + label + (across - plan.tile_w) * (float)l / (float)(plan.layers - 1);
        plan.layer[l].y = rect.y + (room - used) / 2;
    }
    plan.legend = (Rect){rect.x, rect.y + rect.h - ui_px(ui, LEGEND), rect.w, ui_px(ui, LEGEND)};
    return plan;
}

static bool is_shown(const Plan *plan, int layer, int unit) {
    return unit >= plan->layer[layer].first && unit < plan->layer[layer].first + plan->layer[layer].shown;
}

static Rect tile_of(const Plan *plan, int layer, int unit) { /* whole pixels */
    float y = plan->layer[layer].y + plan->layer[layer].pitch * (float)(unit - plan->layer[layer].first);
    return (Rect){roundf(plan->layer[layer].x), roundf(y), plan->tile_w, plan->tile_h};
}

static Rect more_of(const Ui *ui, const Plan *plan, int layer) {
    Rect last = tile_of(plan, layer, plan->layer[layer].first + plan->layer[layer].shown - 1);
    float wide = ui_px(ui, 32.0f);
    return (Rect){last.x + last.w / 2 - wide / 2, last.y + last.h, wide, ui_px(ui, MORE)};
}

/* ---- the hand ---- */

/* The chosen unit is among those shown. */
static void bring_into_view(NetworkState *state, const Plan *plan) {
    int l = state->chosen.layer, unit = state->chosen.unit, shown = plan->layer[l].shown;
    state->first[l] = plan->layer[l].first;
    if (unit < state->first[l])
        state->first[l] = unit;
    if (unit >= state->first[l] + shown)
        state->first[l] = unit - shown + 1;
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
    if (ui_take_plain_key(ui, KEY_ESCAPE))
        layer = -1;
    state->chosen = (NetworkUnit){layer, unit};
}

/* The unit under the pointer; its tile reaches half way to its neighbours. */
static bool unit_at(const Ui *ui, const Plan *plan, NetworkUnit *at) {
    float second = ui_px(ui, 4.0f);
    for (int l = 0; l < plan->layers; l++) {
        float around = fminf((plan->layer[l].pitch - plan->tile_h) / 2, second);
        for (int u = plan->layer[l].first; u < plan->layer[l].first + plan->layer[l].shown; u++) {
            Rect r = tile_of(plan, l, u);
            r = (Rect){r.x - second, r.y - around, r.w + 2 * second, r.h + 2 * around};
            if (!rect_has(r, ui->input.mouse_x, ui->input.mouse_y))
                continue;
            *at = (NetworkUnit){l, u};
            return true;
        }
    }
    return false;
}

static void note_parts(Ui *ui, const Plan *plan) {
    char name[48];
    for (int l = 0; l < plan->layers; l++) {
        for (int u = plan->layer[l].first; u < plan->layer[l].first + plan->layer[l].shown; u++) {
            snprintf(name, sizeof name, "network-%d-%d", l, u);
            ui_note(ui, name, tile_of(plan, l, u));
        }
        if (plan->layer[l].shown < plan->layer[l].count) {
            snprintf(name, sizeof name, "network-more-%d", l);
            ui_note(ui, name, more_of(ui, plan, l));
        }
    }
}

/* A press on "+ 40" shows the next ones, and at the end the first ones again. */
static bool turn_page(Ui *ui, NetworkState *state, const Plan *plan, bool pressed) {
    for (int l = 0; l < plan->layers; l++) {
        int first = plan->layer[l].first, shown = plan->layer[l].shown, count = plan->layer[l].count;
        if (shown == count || !rect_has(more_of(ui, plan, l), ui->input.mouse_x, ui->input.mouse_y))
            continue;
        ui->cursor = CURSOR_HAND;
        if (pressed) {
            state->first[l] = first + shown >= count ? 0 : first + shown;
            ui->wants_frame = true;
        }
        return true;
    }
    return false;
}

void network_touch(Ui *ui, Rect rect, NetworkState *state, const Snapshot *snapshot) {
    const Mlp *mlp = snapshot->mlp;
    int depth = ui->canvas->clip_depth, x0 = ui->canvas->clip[depth].x0, y0 = ui->canvas->clip[depth].y0;
    state->rect = rect;
    state->clip = (Rect){(float)x0, (float)y0, (float)(ui->canvas->clip[depth].x1 - x0),
                         (float)(ui->canvas->clip[depth].y1 - y0)};
    state->lit.layer = -1;
    UiTouch touch = ui_touch(ui, "network", rect, true);
    bool in_clip = rect_has(state->clip, ui->input.mouse_x, ui->input.mouse_y);
    if (!touch.focused || !network_has_unit(mlp, state->chosen))
        state->chosen.layer = -1;
    if (touch.focused)
        take_keys(ui, state, mlp);
    Plan plan = make_plan(ui, rect, state, mlp);
    if (state->chosen.layer >= 0) {
        bring_into_view(state, &plan);
        plan = make_plan(ui, rect, state, mlp);
    }
    NetworkUnit at;
    if (touch.hovered && in_clip && unit_at(ui, &plan, &at)) {
        bool again = state->chosen.layer == at.layer && state->chosen.unit == at.unit;
        state->lit = at;
        ui->cursor = CURSOR_HAND;
        if (touch.pressed) {
            state->chosen = at;
            if (again)
                state->chosen.layer = -1;
        }
    } else {
        if (touch.pressed)
            state->chosen.layer = -1;
        if (touch.hovered && in_clip && turn_page(ui, state, &plan, touch.pressed))
            plan = make_plan(ui, rect, state, mlp);
        state->lit = state->chosen;
    }
    state->focus_ring = touch.focused && ui->focus_visible;
    note_parts(ui, &plan);
}

/* ---- the plot's heat picture ---- */

const uint32_t *network_ground(NetworkState *state, const Ui *ui, const Camera *camera, const Snapshot *snapshot) {
    return network_ground_picture(&state->picture, state->lit, ui->theme, ui->scale, camera, snapshot);
}

static void unit_name(const Snapshot *snapshot, NetworkUnit of, char name[48]) {
    char class[32];
    if (of.layer == 0)
        snprintf(name, 48, "input %s", of.unit == 0 ? "x" : "y");
    else if (of.layer == snapshot->mlp->layers)
        snprintf(name, 48, "score of %.32s", dataset_class_name(snapshot->data, of.unit, class));
    else
        snprintf(name, 48, "layer %d, unit %d", of.layer, of.unit + 1);
}

static bool overlap(Rect a, Rect b) {
    return a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h;
}

void network_caption_draw(const NetworkState *state, Ui *ui, Rect area, Rect avoid, const Snapshot *snapshot) {
    const Mlp *mlp = snapshot->mlp;
    int layer = state->lit.layer, unit = state->lit.unit;
    if (!network_has_unit(mlp, state->lit))
        return;
    char name[48], low[32] = "others", high[32];
    unit_name(snapshot, state->lit, name);
    if (layer == mlp->layers) {
        char class[32];
        snprintf(high, sizeof high, "%.31s", dataset_class_name(snapshot->data, unit, class));
    } else {
        char top[32];
        format_number((double)state->picture.ground_top, 2, top);
        bool relu = layer > 0 && mlp->activation == ACTIVATION_RELU;
        snprintf(low, sizeof low, "%s%.20s", relu ? "" : MINUS, relu ? "0" : top);
        snprintf(high, sizeof high, "%.20s", top);
    }
    float pad = ui_px(ui, 10.0f), gap = ui_px(ui, 6.0f), bar = ui_px(ui, 64.0f), height = ui_px(ui, 26.0f);
    float name_w = text_width(ui->text, TEXT_MEDIUM, name), low_w = text_width(ui->text, TEXT_CAPTION, low);
    float high_w = text_width(ui->text, TEXT_CAPTION, high), margin = ui_px(ui, UNIT);
    float width = ceilf(2 * pad + name_w + 2 * gap + low_w + gap + bar + gap + high_w);
    Rect card = {roundf(area.x + margin), roundf(area.y + area.h - height - margin), width, roundf(height)};
    if (overlap(card, avoid))
        card.x = roundf(fmaxf(area.x + margin, area.x + area.w - width - margin));
    canvas_push_clip(ui->canvas, area); /* a small one may not have room for all of it */
    canvas_rounded(ui->canvas, card, height / 2, color_alpha(ui->theme->card, 0.94f));
    canvas_rounded_frame(ui->canvas, card, height / 2, fmaxf(1.0f, roundf(ui->scale)), ui->theme->line);
    ui_note(ui, "network-caption", card);
    Rect at = {card.x + pad, card.y, name_w + 1.0f, card.h};
    text_draw_in(ui->text, ui->canvas, TEXT_MEDIUM, at, ALIGN_LEFT, ui->theme->text, name);
    at = (Rect){at.x + name_w + 2 * gap, card.y, low_w + 1.0f, card.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, at, ALIGN_LEFT, ui->theme->muted, low);
    at.x += low_w + gap;
    Color colors[NETWORK_HEAT];
    network_heat_colors(ui->theme, mlp, state->lit, NETWORK_GROUND_STRENGTH, colors);
    bool relu = layer > 0 && layer < mlp->layers && mlp->activation == ACTIVATION_RELU;
    float left = roundf(at.x), high_bar = ui_px(ui, 8.0f), top = roundf(card.y + (card.h - high_bar) / 2);
    int columns = (int)bar;
    for (int i = 0; i < columns; i++) {
        float share = (float)i / (float)(columns > 1 ? columns - 1 : 1);
        canvas_rect(ui->canvas, (Rect){left + (float)i, top, 1.0f, high_bar},
                    network_heat(colors, relu ? share : 2 * share - 1));
    }
    at = (Rect){left + bar + gap, card.y, high_w + 1.0f, card.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, at, ALIGN_LEFT, ui->theme->muted, high);
    canvas_pop_clip(ui->canvas);
}

/* ---- the picture ---- */

static void draw_tile(Ui *ui, Rect rect, const float *values, const Color colors[NETWORK_HEAT]) {
    int width = (int)rect.w, height = (int)rect.h;
    uint32_t line[256]; /* a tile is at most 37 logical pixels wide; of a wider one the rest is left out */
    width = width < (int)(sizeof line / sizeof *line) ? width : (int)(sizeof line / sizeof *line);
    for (int y = 0; y < height; y++) {
        float row = ((float)y + 0.5f) / (float)height * (NETWORK_ROWS - 1);
        const float *above = values + (int)row * NETWORK_COLUMNS, *below = above + NETWORK_COLUMNS;
        float v = row - (float)(int)row;
        for (int x = 0; x < width; x++) {
            float column = ((float)x + 0.5f) / (float)width * (NETWORK_COLUMNS - 1);
            int c = (int)column;
            float u = column - (float)c, a = above[c] + (above[c + 1] - above[c]) * u,
                  b = below[c] + (below[c + 1] - below[c]) * u;
            line[x] = network_heat(colors, a + (b - a) * v);
        }
        canvas_blit(ui->canvas, (int)rect.x, (int)rect.y + y, line, width, 1);
    }
}

/* Weights are shown against this one: the layer's largest, unless all are small. */
static float largest_weight(const Mlp *mlp, const float *parameters, int layer) {
    float largest = 0.5f;
    for (size_t i = mlp->weights[layer]; i < mlp->biases[layer]; i++)
        if (isfinite(parameters[i]))
            largest = fmaxf(largest, fabsf(parameters[i]));
    return largest;
}

/* A line of a weight, of a size from 0 to 1. */
static void draw_weight(Ui *ui, const float *points, size_t n, float size, bool negative, float alpha) {
    float width = ui_px(ui, 0.6f + 2.6f * size);
    Color color =
        color_alpha(negative ? ui->theme->class_fill[1] : ui->theme->accent, alpha * (0.2f + 0.8f * sqrtf(size)));
    if (negative)
        network_draw_dashed(ui->canvas, points, n, ui_px(ui, 3.0f) + width / 2, ui_px(ui, 2.5f) + width, width, color);
    else
        canvas_polyline(ui->canvas, points, n, width, color);
}

enum { BEND = 13 }; /* points of a line */

static void draw_weights(Ui *ui, const NetworkState *state, const Plan *plan, const Snapshot *snapshot) {
    const Mlp *mlp = snapshot->mlp;
    bool lit = network_has_unit(mlp, state->lit) && is_shown(plan, state->lit.layer, state->lit.unit);
    for (int pass = 0; pass < 2; pass++) /* those of the lit unit over the others */
        for (int l = 0; l < mlp->layers; l++) {
            const float *weights = snapshot->parameters + mlp->weights[l];
            float largest = largest_weight(mlp, snapshot->parameters, l);
            for (int o = plan->layer[l + 1].first; o < plan->layer[l + 1].first + plan->layer[l + 1].shown; o++)
                for (int i = plan->layer[l].first; i < plan->layer[l].first + plan->layer[l].shown; i++) {
                    float weight = weights[o * mlp->sizes[l] + i];
                    bool of_lit = lit && ((state->lit.layer == l && state->lit.unit == i) ||
                                          (state->lit.layer == l + 1 && state->lit.unit == o));
                    if (of_lit != (pass == 1) || !isfinite(weight))
                        continue;
                    Rect a = tile_of(plan, l, i), b = tile_of(plan, l + 1, o);
                    float x0 = a.x + a.w, y0 = a.y + a.h / 2, x1 = b.x, y1 = b.y + b.h / 2;
                    float points[2 * BEND];
                    for (int p = 0; p < BEND; p++) { /* level at both ends */
                        float t = (float)p / (BEND - 1);
                        points[2 * p] = x0 + (x1 - x0) * (1.5f * t - 1.5f * t * t + t * t * t);
                        points[2 * p + 1] = y0 + (y1 - y0) * t * t * (3 - 2 * t);
                    }
                    draw_weight(ui, points, BEND, fabsf(weight) / largest, weight < 0.0f,
                                lit && !of_lit ? 0.25f : 1.0f);
                }
        }
}

static void draw_tiles(Ui *ui, const NetworkState *state, const Plan *plan, const Mlp *mlp, const float *values) {
    float line = fmaxf(1.0f, roundf(ui->scale)), radius = ui_px(ui, 2.0f), near = ui_px(ui, 4.0f);
    Color colors[NETWORK_HEAT];
    network_heat_colors(ui->theme, mlp, (NetworkUnit){0, 0}, 1.0f, colors);
    for (int l = 0; l < plan->layers; l++) {
        for (int u = 0; u < mlp->sizes[l]; u++, values += NETWORK_NODES) {
            if (!is_shown(plan, l, u))
                continue;
            Rect tile = tile_of(plan, l, u);
            bool lit = state->lit.layer == l && state->lit.unit == u;
            if (l == mlp->layers)
                network_heat_colors(ui->theme, mlp, (NetworkUnit){l, u}, 1.0f, colors);
            draw_tile(ui, tile, values, colors);
            Rect frame = {tile.x - line, tile.y - line, tile.w + 2 * line, tile.h + 2 * line};
            canvas_rounded_frame(ui->canvas, frame, radius, line, ui->theme->hard_edge);
            if (lit) {
                Rect around = {frame.x - line, frame.y - line, frame.w + 2 * line, frame.h + 2 * line};
                canvas_rounded_frame(ui->canvas, around, radius + line, 2 * line, ui->theme->text);
                if (state->focus_ring)
                    ui_focus_ring(ui, around, radius + line);
            }
            char name[16] = "x";
            if (l == 0)
                name[0] = u == 0 ? 'x' : 'y';
            else if (l == mlp->layers)
                snprintf(name, sizeof name, "%d", u);
            else
                continue;
            float baseline = tile.y + tile.h / 2 + text_cap_height(ui->text, TEXT_CAPTION) / 2;
            text_draw(ui->text, ui->canvas, TEXT_CAPTION,
                      (TextAnchor){l == 0 ? frame.x - near : frame.x + frame.w + near, baseline,
                                   l == 0 ? ALIGN_RIGHT : ALIGN_LEFT},
                      ui->theme->muted, name);
        }
        if (plan->layer[l].shown == plan->layer[l].count)
            continue;
        char more[16];
        snprintf(more, sizeof more, "+ %d", plan->layer[l].count - plan->layer[l].shown);
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, more_of(ui, plan, l), ALIGN_CENTER, ui->theme->muted, more);
    }
}

static void draw_legend(Ui *ui, const NetworkState *state, Rect rect, const Snapshot *snapshot) {
    const Mlp *mlp = snapshot->mlp;
    float x = rect.x, y = rect.y + ui_px(ui, 4.0f), h = rect.h - ui_px(ui, 4.0f), wide = ui_px(ui, 20.0f);
    static const char *const names[] = {"positive", "negative weight"};
    for (int i = 0; i < 2; i++) {
        float line[] = {x, y + h / 2, x + wide, y + h / 2};
        draw_weight(ui, line, 2, 0.45f, i == 1, 1.0f);
        x += wide + ui_px(ui, 5.0f);
        Rect text = {x, y, text_width(ui->text, TEXT_CAPTION, names[i]) + 1.0f, h};
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, text, ALIGN_LEFT, ui->theme->muted, names[i]);
        x += text.w + ui_px(ui, 12.0f);
    }
    char figure[32], text[64] = "point at a unit";
    if (network_has_unit(mlp, state->lit)) {
        text[0] = '\0';
        if (state->lit.layer > 0) {
            float bias = snapshot->parameters[mlp->biases[state->lit.layer - 1] + (size_t)state->lit.unit];
            format_number(fabs((double)bias), 3, figure);
            snprintf(text, sizeof text, "bias %s%s", bias < 0.0f ? MINUS : "", figure);
        }
    }
    if (x + text_width(ui->text, TEXT_CAPTION, text) <= rect.x + rect.w)
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, (Rect){x, y, rect.x + rect.w - x, h}, ALIGN_RIGHT,
                     ui->theme->muted, text);
}

void network_draw(Ui *ui, NetworkState *state, const Camera *camera, const Snapshot *snapshot) {
    if (!(state->rect.w > 0.0f && state->rect.h > 0.0f))
        return;
    const float *tiles = network_tiles(&state->picture, camera, snapshot);
    if (!tiles)
        return;
    Plan plan = make_plan(ui, state->rect, state, snapshot->mlp);
    canvas_push_clip(ui->canvas, state->clip);
    float second = ui_px(ui, UNIT); /* rings reach beyond the rect */
    canvas_push_clip(ui->canvas, (Rect){state->rect.x - second, state->rect.y - second, state->rect.w + 2 * second,
                                        state->rect.h + 2 * second});
    draw_weights(ui, state, &plan, snapshot);
    draw_tiles(ui, state, &plan, snapshot->mlp, tiles);
    draw_legend(ui, state, plan.legend, snapshot);
    canvas_pop_clip(ui->canvas);
    canvas_pop_clip(ui->canvas);
}
