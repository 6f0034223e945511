/* Where everything of the network's picture stands: its layers as columns of tiles, the buttons over them, the lines of
 * the weights between them. Only places; nothing is drawn or changed here.
 *
 *   head                              28 high: the number of layers, enlarge (in the sheet: activation, close)
 *   captions, buttons                 what a layer is, and + and - for its units; none for a linear model
 *   tiles                             28 high or more; a layer with more units than there are rows for is paged
 *   more                              24 high, if any layer is paged
 *   legend                            20 high
 *
 * All in logical pixels, times the scale. */
#ifndef EASYFIRST_NETWORK_PLAN_H
#define EASYFIRST_NETWORK_PLAN_H

#include "app/ui/ui.h"
#include "app/views/network_picture.h"

/* A weight or a bias: what goes into unit `unit` of layer `layer` (1 to mlp->layers) from unit `from` of the layer
 * before; from NETWORK_BIAS: its bias. Layer 0: none. */
typedef struct NetworkParameter {
    int layer, unit, from;
} NetworkParameter;

#define NETWORK_BIAS (-1)

bool network_has_parameter(const Mlp *mlp, NetworkParameter parameter);

static inline bool network_same_parameter(NetworkParameter a, NetworkParameter b) {
    return a.layer == b.layer && a.unit == b.unit && a.from == b.from;
}

/* Its place in the model's block; it is one of the model's. */
size_t network_index(const Mlp *mlp, NetworkParameter parameter);

#define NETWORK_TILE_LEAST 28.0f /* logical pixels of a tile's height; its width where there is room */
#define NETWORK_PANEL_ROWS 8     /* at the most, in the panel ... */
#define NETWORK_SHEET_ROWS 12    /* ... and in the sheet */

typedef struct NetworkPlan {
    bool large; /* the sheet */
    int layers; /* inputs, hidden layers, scores */
    Rect head, tiles, legend;
    float captions, buttons; /* y of these rows */
    float button_w;
    bool stacked; /* + over -, where layers are too close for both side by side */
    bool paged;
    bool names_inside; /* inputs and scores are named on their tiles: there is no room beside them */
    float tile_w, tile_h;
    struct {
        float x, y, pitch; /* of the first tile shown */
        int first, shown, count;
    } layer[MLP_MAX_LAYERS + 1];
} NetworkPlan;

/* first: the first unit that each layer shows, as far as it has to be paged. */
NetworkPlan network_plan(const Ui *ui, Rect rect, bool large, const int *first, const Mlp *mlp);

/* What the picture needs in the panel, logical pixels. */
float network_panel_height(const Mlp *mlp);

bool network_shows(const NetworkPlan *plan, NetworkUnit unit);
Rect network_tile(const NetworkPlan *plan, NetworkUnit unit);               /* whole pixels */
Rect network_bias(const Ui *ui, const NetworkPlan *plan, NetworkUnit unit); /* the square at the tile's lower left */
Rect network_more(const Ui *ui, const NetworkPlan *plan, int layer);        /* turns the page of a layer */
/* A hidden layer's + and -. */
Rect network_button(const Ui *ui, const NetworkPlan *plan, int layer, bool plus);

#define NETWORK_BEND 25 /* points of a weight's line at the most, an odd number */

/* The line of a weight, level at both ends, as x, y pairs. Returns how many, an odd number. */
int network_line(const NetworkPlan *plan, NetworkParameter weight, float points[2 * NETWORK_BEND]);

/* The unit, or the weight or bias, at a place. A tile reaches half way to its neighbours, a line `reach` pixels; of
 * several lines it is the nearest. */
bool network_unit_at(const Ui *ui, const NetworkPlan *plan, float x, float y, NetworkUnit *at);
bool network_parameter_at(const Ui *ui, const NetworkPlan *plan, float x, float y, NetworkParameter *at);

#endif
