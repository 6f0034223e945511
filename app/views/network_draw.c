#include "app/base/language.h"
#include "app/views/view_network_private.h"

#include "app/base/format.h"

#include <math.h>
#include <stdio.h>

/* ---- tiles ---- */

static void draw_tile(Ui *ui, Rect rect, const NetworkPicture *picture, const float *values,
                      const Color colors[NETWORK_HEAT]) {
    int width = (int)rect.w, height = (int)rect.h, columns = picture->columns, rows = picture->rows;
    uint32_t line[1024]; /* a tile is at most 185 logical pixels wide; of a wider one the rest is left out */
    width = width < (int)(sizeof line / sizeof *line) ? width : (int)(sizeof line / sizeof *line);
    for (int y = 0; y < height; y++) {
        float row = ((float)y + 0.5f) / (float)height * (float)(rows - 1);
        const float *above = values + (int)row * columns, *below = above + columns;
        float v = row - (float)(int)row;
        for (int x = 0; x < width; x++) {
            float column = ((float)x + 0.5f) / (float)width * (float)(columns - 1);
            int c = (int)column;
            float u = column - (float)c, a = above[c] + (above[c + 1] - above[c]) * u,
                  b = below[c] + (below[c + 1] - below[c]) * u;
            line[x] = network_heat(colors, a + (b - a) * v);
        }
        canvas_blit(ui->canvas, (int)rect.x, (int)rect.y + y, line, width, 1);
    }
}

/* What stands beside an input or a class. */
static void draw_name(Ui *ui, const NetworkPlan *plan, NetworkUnit of, Rect frame, const Snapshot *snapshot) {
    char name[DATASET_NAME_BYTES];
    bool input = of.layer == 0;
    float near = ui_px(ui, plan->large ? 8.0f : 4.0f);
    TextStyle style = plan->large ? TEXT_BODY : TEXT_CAPTION;
    if (input)
        snprintf(name, sizeof name, "%s", of.unit == 0 ? "x" : "y");
    else if (plan->large) {
        char class[32];
        snprintf(name, sizeof name, "%s", dataset_class_name(snapshot->data, of.unit, class));
    } else
        snprintf(name, sizeof name, "%d", of.unit);
    if (plan->names_inside) {
        float high = ui_px(ui, 12.0f),
              wide = fmaxf(text_width(ui->text, style, name) + ui_px(ui, 5.0f), ui_px(ui, 10.0f));
        Rect corner = {input ? frame.x : frame.x + frame.w - wide, frame.y, wide, high};
        canvas_rect(ui->canvas, rect_rounded(corner), ui->theme->card);
        text_draw_in(ui->text, ui->canvas, style, corner, ALIGN_CENTER, ui->theme->text, name);
        return;
    }
    float width = ui_px(ui, plan->large ? (input ? 22.0f : 88.0f) : 13.0f);
    Rect at = {input ? frame.x - near - width : frame.x + frame.w + near, frame.y, width, frame.h};
    text_draw_in(ui->text, ui->canvas, style, at, input ? ALIGN_RIGHT : ALIGN_LEFT,
                 plan->large ? ui->theme->text : ui->theme->muted, name);
}

static void draw_more(Ui *ui, const NetworkPlan *plan, int layer) {
    if (plan->layer[layer].shown == plan->layer[layer].count)
        return;
    char words[32];
    Rect rect = network_more(ui, plan, layer);
    int first = plan->layer[layer].first + 1, last = plan->layer[layer].first + plan->layer[layer].shown;
    snprintf(words, sizeof words, tr("%d–%d of %d"), first, last, plan->layer[layer].count);
    if (text_width(ui->text, TEXT_CAPTION, words) > rect.w)
        snprintf(words, sizeof words, "%d\u2013%d", first, last);
    bool over = rect_has(rect, ui->input.mouse_x, ui->input.mouse_y) && ui->hot == ui_id("network");
    float inset = ui_px(ui, 2.0f);
    canvas_rounded(ui->canvas, (Rect){rect.x, rect.y + inset, rect.w, rect.h - 2 * inset}, ui_px(ui, 5.0f),
                   over ? ui->theme->chip_hover : ui->theme->chip);
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, rect, ALIGN_CENTER, ui->theme->text, words);
}

/* ---- weights ---- */

float network_largest(const Mlp *mlp, const float *parameters, int layer) {
    float largest = 0.5f;
    for (size_t i = mlp->weights[layer - 1]; i < mlp->biases[layer - 1]; i++)
        if (isfinite(parameters[i]))
            largest = fmaxf(largest, fabsf(parameters[i]));
    return largest;
}

/* The colour of a weight or bias, of a size from 0 to 1. */
static Color sign_color(const Ui *ui, float size, bool negative, float alpha) {
    return color_alpha(negative ? ui->theme->class_fill[1] : ui->theme->accent, alpha * (0.2f + 0.8f * sqrtf(size)));
}

static void draw_weight(Ui *ui, const float *points, size_t n, float size, bool negative, float alpha) {
    float width = ui_px(ui, 0.6f + 2.6f * size);
    Color color = sign_color(ui, size, negative, alpha);
    if (negative)
        network_draw_dashed(ui->canvas, points, n, ui_px(ui, 3.0f) + width / 2, ui_px(ui, 2.5f) + width, width, color);
    else
        canvas_polyline(ui->canvas, points, n, width, color);
}

/* The parameter that the card is about. */
static NetworkParameter meant(const NetworkState *state) {
    return state->hot.layer > 0 && !state->dragging ? state->hot : state->picked;
}

static void draw_one(Ui *ui, const NetworkPlan *plan, NetworkParameter w, const float weight, float largest,
                     float alpha) {
    float points[2 * NETWORK_BEND];
    int count = network_line(plan, w, points);
    draw_weight(ui, points, (size_t)count, fminf(fabsf(weight) / largest, 1.0f), weight < 0.0f, alpha);
}

/* Of a linear model: there is room to say each weight beside its line. */
static void draw_figures(Ui *ui, const NetworkPlan *plan, const Snapshot *snapshot) {
    const Mlp *mlp = snapshot->mlp;
    float cap = text_cap_height(ui->text, TEXT_BODY);
    for (int u = 0; u < mlp->sizes[1]; u++)
        for (int f = 0; f < MLP_INPUTS; f++) {
            NetworkParameter w = {1, u, f};
            float weight = snapshot->parameters[network_index(mlp, w)], points[2 * NETWORK_BEND];
            char figure[32], text[64];
            format_figure(fabs((double)weight), figure);
            snprintf(text, sizeof text, "%s%s", weight < 0.0f ? MINUS : "",
                     isfinite(weight) ? figure : trc("number", "not finite"));
            int at = network_line(plan, w, points) * 3 / 10; /* the lines of an input have parted there */
            float pad = ui_px(ui, 4.0f), width = text_width(ui->text, TEXT_BODY, text);
            float x = points[2 * at], y = points[2 * at + 1];
            Rect ground = {x - width / 2 - pad, y - cap / 2 - pad, width + 2 * pad, cap + 2 * pad};
            canvas_rounded(ui->canvas, ground, pad, ui->theme->card);
            text_draw_in(ui->text, ui->canvas, TEXT_BODY, ground, ALIGN_CENTER, ui->theme->text, text);
        }
}

/* The lines that go into a layer. */
static void draw_gap(Ui *ui, const NetworkState *state, const NetworkPlan *plan, const Snapshot *snapshot, int l) {
    const Mlp *mlp = snapshot->mlp;
    NetworkUnit of = state->lit;
    bool lit = network_has_unit(mlp, of) && network_shows(plan, of);
    float largest = network_largest(mlp, snapshot->parameters, l);
    for (int pass = 0; pass < 2; pass++) /* those of the lit unit over the others */
        for (int u = plan->layer[l].first; u < plan->layer[l].first + plan->layer[l].shown; u++)
            for (int f = plan->layer[l - 1].first; f < plan->layer[l - 1].first + plan->layer[l - 1].shown; f++) {
                NetworkParameter w = {l, u, f};
                float weight = snapshot->parameters[network_index(mlp, w)];
                bool of_lit = lit && ((of.layer == l - 1 && of.unit == f) || (of.layer == l && of.unit == u));
                if (of_lit == (pass == 1) && isfinite(weight))
                    draw_one(ui, plan, w, weight, largest, lit && !of_lit ? 0.25f : 1.0f);
            }
}

static void draw_weights(Ui *ui, NetworkState *state, const NetworkPlan *plan, const Snapshot *snapshot) {
    const Mlp *mlp = snapshot->mlp;
    NetworkParameter marked = meant(state);
    if (plan->large)
        network_lines_begin(&state->lines, ui, plan, state->rect, state->lit, snapshot,
                            snapshot->playing && !state->dragging);
    for (int l = 1; l <= mlp->layers; l++) {
        if (plan->large && network_lines_show(&state->lines, ui, plan, l))
            continue;
        draw_gap(ui, state, plan, snapshot, l);
        if (plan->large)
            network_lines_keep(&state->lines, ui, plan, l, snapshot);
    }
    if (!network_has_parameter(mlp, marked) || marked.from == NETWORK_BIAS ||
        !network_shows(plan, (NetworkUnit){marked.layer, marked.unit}) ||
        !network_shows(plan, (NetworkUnit){marked.layer - 1, marked.from}))
        return;
    float points[2 * NETWORK_BEND], weight = snapshot->parameters[network_index(mlp, marked)];
    float largest = network_largest(mlp, snapshot->parameters, marked.layer);
    size_t count = (size_t)network_line(plan, marked, points); /* in a casing, over all others */
    float width = ui_px(ui, 0.6f + 2.6f * fminf(fabsf(weight) / largest, 1.0f));
    canvas_polyline(ui->canvas, points, count, width + ui_px(ui, 5.0f), ui->theme->text);
    canvas_polyline(ui->canvas, points, count, width + ui_px(ui, 2.5f), ui->theme->card);
    if (isfinite(weight))
        draw_weight(ui, points, count, fminf(fabsf(weight) / largest, 1.0f), weight < 0.0f, 1.0f);
}

/* A bias as a square: filled where it is positive, hollow where it is negative, the stronger the larger. */
static void draw_bias(Ui *ui, const NetworkState *state, const NetworkPlan *plan, NetworkUnit of, float largest,
                      const Snapshot *snapshot) {
    NetworkParameter p = {of.layer, of.unit, NETWORK_BIAS};
    float bias = snapshot->parameters[network_index(snapshot->mlp, p)], line = fmaxf(1.0f, roundf(ui->scale));
    Rect r = network_bias(ui, plan, of);
    bool marked = network_same_parameter(meant(state), p);
    Rect around = {r.x - line, r.y - line, r.w + 2 * line, r.h + 2 * line};
    canvas_rect(ui->canvas, around, marked ? ui->theme->text : ui->theme->hard_edge);
    canvas_rect(ui->canvas, r, ui->theme->card);
    if (!isfinite(bias))
        return;
    Color color = sign_color(ui, fminf(fabsf(bias) / largest, 1.0f), bias < 0.0f, 1.0f);
    if (bias < 0.0f)
        canvas_rounded_frame(ui->canvas, r, 0, ui_px(ui, 2.0f), color);
    else
        canvas_rect(ui->canvas, r, color);
}

/* ---- all of it ---- */

static void draw_tiles(Ui *ui, const NetworkState *state, const NetworkPlan *plan, const float *values,
                       const Snapshot *snapshot) {
    const Mlp *mlp = snapshot->mlp;
    float line = fmaxf(1.0f, roundf(ui->scale)), radius = ui_px(ui, 2.0f);
    size_t nodes = (size_t)state->picture.columns * (size_t)state->picture.rows;
    Color colors[NETWORK_HEAT];
    network_heat_colors(ui->theme, mlp, (NetworkUnit){0, 0}, 1.0f, colors);
    for (int l = 0; l < plan->layers; l++) {
        float largest = l > 0 ? network_largest(mlp, snapshot->parameters, l) : 0.0f;
        for (int u = 0; u < mlp->sizes[l]; u++, values += nodes) {
            NetworkUnit of = {l, u};
            if (!network_shows(plan, of))
                continue;
            Rect tile = network_tile(plan, of);
            bool lit = state->lit.layer == l && state->lit.unit == u;
            if (l == mlp->layers)
                network_heat_colors(ui->theme, mlp, of, 1.0f, colors);
            draw_tile(ui, tile, &state->picture, values, colors);
            Rect frame = {tile.x - line, tile.y - line, tile.w + 2 * line, tile.h + 2 * line};
            canvas_rounded_frame(ui->canvas, frame, radius, line, ui->theme->hard_edge);
            if (lit) {
                Rect around = {frame.x - line, frame.y - line, frame.w + 2 * line, frame.h + 2 * line};
                canvas_rounded_frame(ui->canvas, around, radius + line, 2 * line, ui->theme->text);
                if (state->focus_ring)
                    ui_focus_ring(ui, around, radius + line);
            }
            if (l > 0)
                draw_bias(ui, state, plan, of, largest, snapshot);
            if (l == 0 || l == mlp->layers)
                draw_name(ui, plan, of, frame, snapshot);
        }
        draw_more(ui, plan, l);
    }
}

static void draw_legend(Ui *ui, const NetworkState *state, Rect rect) {
    static const char *const names[] = {N_("positive"), N_("negative weight")};
    float x = rect.x, y = rect.y + ui_px(ui, 4.0f), h = rect.h - ui_px(ui, 4.0f), wide = ui_px(ui, 20.0f);
    for (int i = 0; i < 2; i++) {
        float line[] = {x, y + h / 2, x + wide, y + h / 2};
        draw_weight(ui, line, 2, 0.45f, i == 1, 1.0f);
        x += wide + ui_px(ui, 5.0f);
        Rect text = {x, y, text_width(ui->text, TEXT_CAPTION, tr(names[i])) + 1.0f, h};
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, text, ALIGN_LEFT, ui->theme->muted, tr(names[i]));
        x += text.w + ui_px(ui, 12.0f);
    }
    const char *words = state->large
                            ? tr("Square: bias. Point at a unit, a line or a square; drag a line or a square up "
                                 "or down to change it.")
                            : tr("square: bias");
    Rect rest = {x, y, rect.x + rect.w - x, h};
    if (text_width(ui->text, TEXT_CAPTION, words) > rest.w)
        words = tr("square: bias");
    if (text_width(ui->text, TEXT_CAPTION, words) <= rest.w)
        text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, rest, ALIGN_RIGHT, ui->theme->muted, words);
}

void network_draw(Ui *ui, NetworkState *state, const NetworkPlan *plan, const Camera *camera,
                  const Snapshot *snapshot) {
    const float *tiles = network_tiles(&state->picture, camera, snapshot, plan->large);
    if (!tiles)
        return;
    float second = ui_px(ui, UNIT); /* rings reach beyond the rect */
    canvas_push_clip(ui->canvas, (Rect){state->rect.x - second, state->rect.y - second, state->rect.w + 2 * second,
                                        state->rect.h + 2 * second});
    draw_weights(ui, state, plan, snapshot);
    if (plan->large && snapshot->mlp->layers == 1 && mlp_classes(snapshot->mlp) <= 3)
        draw_figures(ui, plan, snapshot);
    draw_tiles(ui, state, plan, tiles, snapshot);
    draw_legend(ui, state, plan->legend);
    canvas_pop_clip(ui->canvas);
}

/* ---- over the plot ---- */

const uint32_t *network_ground(NetworkState *state, const Ui *ui, const Camera *camera, const Snapshot *snapshot) {
    return network_ground_picture(&state->picture, state->lit, ui->theme, ui->scale, camera, snapshot);
}

void network_unit_name(const Snapshot *snapshot, NetworkUnit of, char name[NETWORK_NAME]) {
    char class[CLASS_SHORT_BYTES];
    if (of.layer == 0)
        snprintf(name, NETWORK_NAME, tr("input %s"), of.unit == 0 ? "x" : "y");
    else if (of.layer == snapshot->mlp->layers)
        snprintf(name, NETWORK_NAME, tr("score of %s"), dataset_class_short(snapshot->data, of.unit, class));
    else
        snprintf(name, NETWORK_NAME, tr("layer %d, unit %d"), of.layer, of.unit + 1);
}

void network_caption_draw(const NetworkState *state, Ui *ui, Rect area, Rect avoid, const Snapshot *snapshot) {
    const Mlp *mlp = snapshot->mlp;
    int layer = state->lit.layer, unit = state->lit.unit;
    if (!network_has_unit(mlp, state->lit))
        return;
    char name[NETWORK_NAME], low[64], high[CLASS_SHORT_BYTES];
    network_unit_name(snapshot, state->lit, name);
    if (layer == mlp->layers) {
        snprintf(low, sizeof low, "%s", trc("classes", "others"));
        dataset_class_short(snapshot->data, unit, high);
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
    if (rect_overlap(card, avoid) > 0.0f)
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
        float share = (float)i / (float)(columns - 1);
        canvas_rect(ui->canvas, (Rect){left + (float)i, top, 1.0f, high_bar},
                    network_heat(colors, relu ? share : 2 * share - 1));
    }
    at = (Rect){left + bar + gap, card.y, high_w + 1.0f, card.h};
    text_draw_in(ui->text, ui->canvas, TEXT_CAPTION, at, ALIGN_LEFT, ui->theme->muted, high);
    canvas_pop_clip(ui->canvas);
}
