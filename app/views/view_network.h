/* The network's picture: inputs, hidden layers and classes as columns of small tiles, each showing what its
 * unit answers over the plot's area; weights as lines between them. A unit under the pointer or the keyboard
 * takes the place of the decision regions in the plot.
 *
 * A line's width is the weight's size; positive ones are solid, negative ones dashed and of another colour.
 * Line and heat colours: the theme's accent is positive, class 1's orange negative (blue and orange are apart
 * for every common kind of colour vision). A class's tile shows where its score is above all the others', in
 * its own colour.
 *
 * A frame: network_touch among the widgets; then network_ground, plot_draw and network_caption; view_network
 * last of all, where network_touch was told. By keyboard the picture is one stop of Tab: Left and Right go
 * through the layers, Up and Down through the units, Esc leaves them; a click chooses the unit until the
 * focus goes elsewhere. */
#ifndef EASYFIRST_VIEW_NETWORK_H
#define EASYFIRST_VIEW_NETWORK_H

#include "core/contour.h"
#include "core/field.h"
#include "app/plot/camera.h"
#include "app/experiment/snapshot.h"
#include "app/ui/ui.h"

#define NETWORK_HEIGHT 164.0f /* logical pixels */

/* Pictures are kept until what they show changes. */
typedef struct NetworkKey {
    Mlp mlp;
    double center_x, center_y, world_scale;
    Rect view;
    int layer, unit;
    const Theme *theme;
    float scale;
} NetworkKey;

typedef struct NetworkCache {
    bool valid;
    NetworkKey key;
    float *parameters; /* a copy; owned */
    size_t capacity;
} NetworkCache;

typedef struct NetworkState {
    int layer, unit; /* hovered or focused in this frame. Layer 0: inputs, mlp->layers: scores; -1: none */
    int chosen_layer, chosen_unit; /* by key or click, while the picture has the focus; layer -1: none */
    int first[MLP_MAX_LAYERS + 1]; /* shown unit of a layer that has more than there is room for */
    Rect rect, clip;               /* where view_network draws; an empty rect: nowhere */
    bool focus_ring;
    /* private; owned */
    NetworkCache tiles_of, ground_of;
    float *tiles; /* -1 to 1; inputs and units in order, NETWORK_NODES each */
    Field field;
    Contour contour;
    Canvas ground;
    float ground_top; /* activation of the strongest colour */
} NetworkState;

#define NETWORK_COLUMNS 16 /* nodes of a tile */
#define NETWORK_ROWS 12
#define NETWORK_NODES (NETWORK_COLUMNS * NETWORK_ROWS)

void network_init(NetworkState *state);
void network_free(NetworkState *state); /* safe on a zeroed one */

/* No unit, nothing to draw: for frames in which the picture is folded away. */
void network_fold(NetworkState *state);

/* Finds the unit under the pointer or the keyboard. Names in the widget list: network, network-LAYER-UNIT for
 * each tile, network-more-LAYER for "+ 40", which shows the next units when pressed. */
void network_touch(Ui *ui, Rect rect, NetworkState *state, const Snapshot *snapshot);

/* The heat picture of state's unit for PlotOptions.ground: camera->view.w by camera->view.h opaque pixels,
 * valid until the next call. The dashed line is where the sum that goes into the unit is 0. NULL if there is
 * no such unit, the model is not finite or there is no memory. */
const uint32_t *network_ground(NetworkState *state, const Ui *ui, const Camera *camera, const Snapshot *snapshot);

/* Says in a corner of the plotted area which unit it is and what the colours mean. avoid: the plot's legend.
 */
void network_caption(const NetworkState *state, Ui *ui, Rect area, Rect avoid, const Snapshot *snapshot);

/* Draws the picture where network_touch was told, or nothing. */
void view_network(Ui *ui, NetworkState *state, const Camera *camera, const Snapshot *snapshot);

#endif
