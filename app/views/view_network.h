/* The network in the panel: inputs, hidden layers and classes as columns of small tiles, each showing what its unit
 * answers over the plot's area; weights as lines between them. A unit under the pointer or the keyboard takes the place
 * of the decision regions in the plot.
 *
 * A line's width is the weight's size; positive ones are solid, negative ones dashed and of another colour. Line and
 * heat colours: the theme's accent is positive, class 1's orange negative (every common kind of colour vision tells
 * blue from orange). A class's tile shows where its score is above all the others', in its own colour.
 *
 * A frame: network_touch among the widgets; then network_ground, plot_draw and network_caption_draw; network_draw
 * last, in the rect given to network_touch. By keyboard the picture is one stop of Tab: Left and Right go through
 * the layers, Up and Down through the units, Esc leaves them; a click chooses the unit until the focus goes
 * elsewhere. */
#ifndef EASYFIRST_VIEW_NETWORK_H
#define EASYFIRST_VIEW_NETWORK_H

#include "app/views/network_picture.h"
#include "app/ui/ui.h"

#define NETWORK_HEIGHT 164.0f /* logical pixels */

typedef struct NetworkState {
    NetworkUnit lit;               /* hovered or focused in this frame; layer -1: none */
    NetworkUnit chosen;            /* by key or click, while the picture has the focus; layer -1: none */
    int first[MLP_MAX_LAYERS + 1]; /* shown unit of a layer that has more than there is room for */
    Rect rect, clip;               /* where network_draw draws; an empty rect: nowhere */
    bool focus_ring;
    NetworkPicture picture; /* owned */
} NetworkState;

void network_init(NetworkState *state);
void network_free(NetworkState *state); /* safe on a zeroed one */

/* No unit, nothing to draw: for frames in which the picture is folded away. */
void network_fold(NetworkState *state);

/* Finds the unit under the pointer or the keyboard. In the widget list: network, network-LAYER-UNIT for each tile,
 * network-more-LAYER for "+ 40", which shows the next units when pressed. */
void network_touch(Ui *ui, Rect rect, NetworkState *state, const Snapshot *snapshot);

/* The heat picture of the lit unit for PlotOptions.ground: see network_ground_picture. */
const uint32_t *network_ground(NetworkState *state, const Ui *ui, const Camera *camera, const Snapshot *snapshot);

/* Says in a corner of the plotted area which unit it is and what the colours mean. avoid: the plot's legend. */
void network_caption_draw(const NetworkState *state, Ui *ui, Rect area, Rect avoid, const Snapshot *snapshot);

/* Draws it in the rect given to network_touch, or nothing. */
void network_draw(Ui *ui, NetworkState *state, const Camera *camera, const Snapshot *snapshot);

#endif
