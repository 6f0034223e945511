#include "app/views/network_plan.h"

#include <math.h>

/* Logical pixels. */
static const float HEAD = 28.0f, SHEET_HEAD = 36.0f, HEAD_GAP = 8.0f, CAPTION = 15.0f, BUTTON = 24.0f, GAP = 6.0f;
static const float TILE_MOST = 44.0f, SHEET_TILE_MOST = 132.0f, TILE_GAP = 4.0f, TILE_APART = 12.0f;
static const float PAGED_TILE =
    40.0f; /* least, in the sheet: where far from all can be shown, those that are may be large */
static const float LABEL = 13.0f, SHEET_LABEL = 30.0f, SHEET_NAMES = 96.0f, MORE = 24.0f, LEGEND = 20.0f;
static const float TILE_ASPECT = 1.4f; /* about that of the plot in a window */
static const float LINES_LEAST = 9.0f; /* between two columns of tiles */
static const float BIAS = 8.0f, REACH = 5.0f;

bool network_has_parameter(const Mlp *mlp, NetworkParameter p) {
    return p.layer > 0 && p.layer <= mlp->layers && p.unit >= 0 && p.unit < mlp->sizes[p.layer] &&
           p.from >= NETWORK_BIAS && p.from < mlp->sizes[p.layer - 1];
}

size_t network_index(const Mlp *mlp, NetworkParameter p) {
    int below = p.layer - 1;
    if (p.from == NETWORK_BIAS)
        return mlp->biases[below] + (size_t)p.unit;
    return mlp->weights[below] + (size_t)p.unit * (size_t)mlp->sizes[below] + (size_t)p.from;
}

static int largest_layer(const Mlp *mlp) {
    int largest = 0;
    for (int l = 0; l <= mlp->layers; l++)
        largest = mlp->sizes[l] > largest ? mlp->sizes[l] : largest;
    return largest;
}

float network_panel_height(const Mlp *mlp) {
    int largest = largest_layer(mlp), rows = largest < NETWORK_PANEL_ROWS ? largest : NETWORK_PANEL_ROWS;
    float buttons = mlp->layers == 1 ? 0.0f : (mlp->layers > 5 ? 2 * BUTTON + 2.0f : BUTTON) + GAP;
    float more = largest > NETWORK_PANEL_ROWS ? MORE : 0.0f;
    float pitch = rows <= 3 ? TILE_MOST : NETWORK_TILE_LEAST + TILE_GAP; /* few units: larger tiles */
    return HEAD + HEAD_GAP + CAPTION + buttons + pitch * (float)rows - TILE_GAP + more + LEGEND;
}

static int rows_in(const Ui *ui, float height, float tile) {
    float gap = ui_px(ui, TILE_GAP);
    int rows = (int)((height + gap + 0.5f) / (ui_px(ui, tile) + gap));
    return rows > 1 ? rows : 1;
}

/* The width of tiles in columns that leave room for the lines between them. */
static float widest_tile(const Ui *ui, float room, int layers) {
    return (room - ui_px(ui, LINES_LEAST) * (float)(layers - 1)) / (float)layers;
}

/* How many units each layer shows, and the tiles' size. */
static void plan_tiles(const Ui *ui, NetworkPlan *plan, const int *first, const Mlp *mlp) {
    Rect room = plan->tiles;
    float gap = ui_px(ui, TILE_GAP), most_high = ui_px(ui, plan->large ? SHEET_TILE_MOST : TILE_MOST);
    int limit = plan->large ? NETWORK_SHEET_ROWS : NETWORK_PANEL_ROWS, largest = largest_layer(mlp), most = 1;
    int rows = rows_in(ui, room.h, NETWORK_TILE_LEAST);
    rows = rows < limit ? rows : limit;
    plan->paged = largest > rows;
    if (plan->paged) { /* a line below the layers says what is left out */
        room.h = plan->tiles.h -= ui_px(ui, MORE);
        bool far_more = plan->large && largest > 2 * rows;
        rows = rows_in(ui, room.h, far_more ? PAGED_TILE : NETWORK_TILE_LEAST);
        rows = rows < limit ? rows : limit;
    }
    for (int l = 0; l < plan->layers; l++) {
        int count = mlp->sizes[l], shown = count < rows ? count : rows, last = count - shown;
        plan->layer[l].count = count;
        plan->layer[l].shown = shown;
        plan->layer[l].first = first[l] < last ? first[l] : last;
        most = shown > most ? shown : most;
    }
    float width = fmaxf(0.62f * room.w / (float)plan->layers,
                        fminf(ui_px(ui, NETWORK_TILE_LEAST), widest_tile(ui, room.w, plan->layers)));
    plan->tile_h = floorf(fminf((room.h + gap) / (float)most - gap, most_high));
    plan->tile_w = floorf(fminf(TILE_ASPECT * plan->tile_h, width));
    if (plan->large) /* not flatter than the plot: what is left is for the lines */
        plan->tile_h = floorf(fminf(plan->tile_h, fmaxf(plan->tile_w, ui_px(ui, NETWORK_TILE_LEAST))));
    for (int l = 0; l < plan->layers; l++) {
        int shown = plan->layer[l].shown;
        float pitch = plan->tile_h + ui_px(ui, TILE_APART);
        if (shown > 1)
            pitch = fminf(pitch, (room.h - plan->tile_h) / (float)(shown - 1));
        plan->layer[l].pitch = pitch;
        plan->layer[l].x = room.x + (room.w - plan->tile_w) * (float)l / (float)(plan->layers - 1);
        plan->layer[l].y = room.y + (room.h - plan->tile_h - pitch * (float)(shown - 1)) / 2;
    }
}

NetworkPlan network_plan(const Ui *ui, Rect rect, bool large, const int *first, const Mlp *mlp) {
    NetworkPlan plan = {.layers = mlp->layers + 1, .large = large};
    float left = ui_px(ui, large ? SHEET_LABEL : LABEL), right = ui_px(ui, large ? SHEET_NAMES : LABEL);
    plan.head = (Rect){rect.x, rect.y, rect.w, ui_px(ui, large ? SHEET_HEAD : HEAD)};
    plan.legend = (Rect){rect.x, rect.y + rect.h - ui_px(ui, LEGEND), rect.w, ui_px(ui, LEGEND)};
    float y = plan.head.y + plan.head.h + ui_px(ui, HEAD_GAP);
    plan.captions = y;
    y += ui_px(ui, CAPTION);
    plan.buttons = y;
    plan.names_inside = !large && widest_tile(ui, rect.w - left - right, plan.layers) < ui_px(ui, NETWORK_TILE_LEAST);
    if (plan.names_inside)
        left = right = 0.0f;
    plan.tiles.x = rect.x + left;
    plan.tiles.w = rect.w - left - right;
    float apart = plan.tiles.w / (float)plan.layers;
    plan.stacked = apart < ui_px(ui, 2 * 20.0f + 4.0f);
    plan.button_w = floorf(plan.stacked ? fminf(ui_px(ui, BUTTON), apart - ui_px(ui, 4.0f))
                                        : fminf(ui_px(ui, BUTTON), (apart - ui_px(ui, 4.0f)) / 2));
    if (plan.layers > 2)
        y += ui_px(ui, plan.stacked ? 2 * BUTTON + 2.0f + GAP : BUTTON + GAP);
    plan.tiles.y = y;
    plan.tiles.h = plan.legend.y - y;
    plan_tiles(ui, &plan, first, mlp);
    return plan;
}

bool network_shows(const NetworkPlan *plan, NetworkUnit of) {
    return of.layer >= 0 && of.layer < plan->layers && of.unit >= plan->layer[of.layer].first &&
           of.unit < plan->layer[of.layer].first + plan->layer[of.layer].shown;
}

Rect network_tile(const NetworkPlan *plan, NetworkUnit of) {
    float y = plan->layer[of.layer].y + plan->layer[of.layer].pitch * (float)(of.unit - plan->layer[of.layer].first);
    return (Rect){roundf(plan->layer[of.layer].x), roundf(y), plan->tile_w, plan->tile_h};
}

Rect network_bias(const Ui *ui, const NetworkPlan *plan, NetworkUnit of) {
    Rect tile = network_tile(plan, of);
    float side = roundf(ui_px(ui, BIAS) * (plan->large ? 1.25f : 1.0f));
    return (Rect){tile.x - roundf(side / 2), tile.y + tile.h - side, side, side};
}

Rect network_more(const Ui *ui, const NetworkPlan *plan, int layer) {
    float middle = plan->layer[layer].x + plan->tile_w / 2;
    float wide = fminf(ui_px(ui, 96.0f), (plan->tiles.w - plan->tile_w) / (float)(plan->layers - 1) - ui_px(ui, 2.0f));
    return (Rect){middle - wide / 2, plan->tiles.y + plan->tiles.h, wide, ui_px(ui, MORE)};
}

Rect network_button(const Ui *ui, const NetworkPlan *plan, int layer, bool plus) {
    float middle = roundf(plan->layer[layer].x + plan->tile_w / 2), w = plan->button_w, gap = ui_px(ui, 2.0f);
    float height = ui_px(ui, BUTTON);
    if (plan->stacked)
        return (Rect){middle - w / 2, plan->buttons + (plus ? 0 : height + gap), w, height};
    return (Rect){plus ? middle + gap / 2 : middle - w - gap / 2, plan->buttons, w, height};
}

int network_line(const NetworkPlan *plan, NetworkParameter weight, float points[2 * NETWORK_BEND]) {
    Rect a = network_tile(plan, (NetworkUnit){weight.layer - 1, weight.from});
    Rect b = network_tile(plan, (NetworkUnit){weight.layer, weight.unit});
    float x0 = a.x + a.w, y0 = a.y + a.h / 2, x1 = b.x, y1 = b.y + b.h / 2;
    int count = plan->large ? NETWORK_BEND : (NETWORK_BEND + 1) / 2;
    for (int p = 0; p < count; p++) {
        float t = (float)p / (float)(count - 1);
        points[2 * p] = x0 + (x1 - x0) * (1.5f * t - 1.5f * t * t + t * t * t);
        points[2 * p + 1] = y0 + (y1 - y0) * t * t * (3 - 2 * t);
    }
    return count;
}

/* ---- what is at a place ---- */

bool network_unit_at(const Ui *ui, const NetworkPlan *plan, float x, float y, NetworkUnit *at) {
    float second = ui_px(ui, 4.0f);
    for (int l = 0; l < plan->layers; l++) {
        float around = fminf((plan->layer[l].pitch - plan->tile_h) / 2, second);
        for (int u = plan->layer[l].first; u < plan->layer[l].first + plan->layer[l].shown; u++) {
            Rect r = network_tile(plan, (NetworkUnit){l, u});
            if (!rect_has((Rect){r.x, r.y - around, r.w, r.h + 2 * around}, x, y))
                continue;
            *at = (NetworkUnit){l, u};
            return true;
        }
    }
    return false;
}

/* Square of the distance to a line of points. */
static float distance_to(const float *points, int n, float x, float y) {
    float best = INFINITY;
    for (int i = 0; i + 1 < n; i++) {
        float dx = points[2 * i + 2] - points[2 * i], dy = points[2 * i + 3] - points[2 * i + 1];
        float length = dx * dx + dy * dy;
        float t = length > 0.0f ? ((x - points[2 * i]) * dx + (y - points[2 * i + 1]) * dy) / length : 0.0f;
        t = fminf(1.0f, fmaxf(0.0f, t));
        float ex = x - points[2 * i] - t * dx, ey = y - points[2 * i + 1] - t * dy;
        best = fminf(best, ex * ex + ey * ey);
    }
    return best;
}

static bool bias_at(const Ui *ui, const NetworkPlan *plan, float x, float y, NetworkParameter *at) {
    float second = ui_px(ui, 3.0f);
    for (int l = 1; l < plan->layers; l++)
        for (int u = plan->layer[l].first; u < plan->layer[l].first + plan->layer[l].shown; u++) {
            Rect r = network_bias(ui, plan, (NetworkUnit){l, u});
            if (!rect_has((Rect){r.x - second, r.y - second, r.w + 2 * second, r.h + 2 * second}, x, y))
                continue;
            *at = (NetworkParameter){l, u, NETWORK_BIAS};
            return true;
        }
    return false;
}

bool network_parameter_at(const Ui *ui, const NetworkPlan *plan, float x, float y, NetworkParameter *at) {
    if (bias_at(ui, plan, x, y, at))
        return true;
    float reach = ui_px(ui, REACH), best = reach * reach;
    bool found = false;
    for (int l = 1; l < plan->layers; l++) {
        float left = plan->layer[l - 1].x + plan->tile_w - reach, right = plan->layer[l].x + reach;
        if (x < left || x > right)
            continue;
        for (int u = plan->layer[l].first; u < plan->layer[l].first + plan->layer[l].shown; u++)
            for (int f = plan->layer[l - 1].first; f < plan->layer[l - 1].first + plan->layer[l - 1].shown; f++) {
                float points[2 * NETWORK_BEND];
                int count = network_line(plan, (NetworkParameter){l, u, f}, points);
                float distance = distance_to(points, count, x, y);
                if (distance >= best)
                    continue;
                best = distance;
                *at = (NetworkParameter){l, u, f};
                found = true;
            }
    }
    return found;
}
