/* The network: inputs, hidden layers and classes as columns of small tiles, each showing what its unit answers over the
 * plot's area; weights as lines between them, biases as squares at the tiles' lower left. In the panel, or, enlarged,
 * as a sheet over the plot's card. A unit under the pointer or the keyboard takes the place of the decision regions in
 * the plot (not under the sheet, which hides it).
 *
 * A line's width is the weight's size; positive ones are solid, negative ones dashed and of another colour. Line and
 * heat colours: the theme's accent is positive, class 1's orange negative (every common kind of colour vision tells
 * blue from orange). A class's tile shows where its score is above all the others', in its own colour.
 *
 * The hand on it:
 *   + and -         at "Hidden layers" and over each layer: other settings, checked, and so a run from its beginning;
 *                   at a limit the button says which
 *   point at        a unit: it takes over the plot; a weight or a bias: a card says its value
 *   click           keeps that unit, weight or bias until the focus goes elsewhere
 *   drag            a weight's line, a bias's square or the value in the card, up or down: COMMAND_PARAMETER with each
 *                   step (100 pixels: the layer's largest weight; Shift: 10 times, Ctrl: a tenth); Esc puts it back
 *   the value       typed in the card
 * By keyboard the picture is one stop of Tab: Left and Right go through the layers, Up and Down through the units,
 * Enter to the weights of one, where Up and Down go from one to the next, Left and Right change it (Shift: 10 times,
 * Ctrl: a tenth) and Enter types; Esc goes back a step, and closes the sheet.
 *
 * A frame: network_panel or network_sheet, then, when all else of the widgets is there, network_card; in the other half
 * network_ground, plot_draw and network_caption_draw. While an earlier epoch is on show nothing can be changed. */
#ifndef EASYFIRST_VIEW_NETWORK_H
#define EASYFIRST_VIEW_NETWORK_H

#include "app/ui/ui.h"
#include "app/views/intents.h"
#include "app/views/network_lines.h"
#include "app/views/network_plan.h"

typedef struct NetworkState {
    bool large;                    /* it is a sheet, in this frame; ... */
    bool turn;                     /* ... in the next one it is the other */
    NetworkUnit lit;               /* hovered or focused in this frame; layer -1: none */
    NetworkUnit chosen;            /* by key or click, while the picture has the focus; layer -1: none */
    NetworkParameter hot;          /* under the pointer in this frame; layer 0: none */
    NetworkParameter picked;       /* by key or click, while the picture has the focus; layer 0: none */
    bool pressed, dragging;        /* the button is down on a value; and has moved */
    float press_y, drag_y;         /* pixels: where it went down, and was in the last frame */
    float before, value;           /* the parameter at the press, and as the drag would have it */
    float scale;                   /* what 100 logical pixels of the drag are worth */
    float card_x, card_y;          /* pixels from the rect's corner: what the card is about */
    int first[MLP_MAX_LAYERS + 1]; /* shown unit of a layer that has more than there is room for */
    Rect rect, clip;               /* where it was drawn in this frame; an empty rect: nowhere */
    bool focus_ring;
    char help[MAX_HIDDEN][2][256]; /* tooltips of the layers' - and + */
    NetworkPicture picture;        /* owned */
    NetworkLines lines;            /* of the sheet; owned */
} NetworkState;

void network_init(NetworkState *state);
void network_free(NetworkState *state); /* safe on a zeroed one */

/* No unit, nothing to draw: for frames in which the picture is folded away. Leaves the sheet as it is. */
void network_fold(NetworkState *state);

/* What network_panel needs, logical pixels. */
float network_height(const NetworkState *state, const Snapshot *snapshot);

/* In the panel; while it is enlarged, a button to take it back. In the widget list: network, network-LAYER-UNIT for
 * each tile, network-more-LAYER to turn a layer's page, layers-more, layers-less, units-more-LAYER, units-less-LAYER,
 * network-enlarge, network-back. camera: the plot's. */
void network_panel(Ui *ui, Rect rect, NetworkState *state, const Camera *camera, const Snapshot *snapshot,
                   Intents *intents);

/* The same over the plot's card, if it is enlarged. In the widget list also: network-sheet, network-close. */
void network_sheet(Ui *ui, Rect rect, NetworkState *state, const Camera *camera, const Snapshot *snapshot,
                   Intents *intents);

/* The card of the weight or bias that is picked or under the pointer. In the widget list: network-card and, if its
 * value can be changed, network-value. */
void network_card(Ui *ui, NetworkState *state, const Snapshot *snapshot, Intents *intents);

/* The heat picture of the lit unit for PlotOptions.ground: see network_ground_picture. */
const uint32_t *network_ground(NetworkState *state, const Ui *ui, const Camera *camera, const Snapshot *snapshot);

/* Says in a corner of the plotted area which unit it is and what the colours mean. avoid: the plot's legend. */
void network_caption_draw(const NetworkState *state, Ui *ui, Rect area, Rect avoid, const Snapshot *snapshot);

#endif
