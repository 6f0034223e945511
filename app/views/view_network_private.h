/* What the parts of the network's view share: view_network.c (the picture under the hand), network_buttons.c (layers
 * and units), network_edit.c (weights and biases under the hand), network_draw.c. */
#ifndef EASYFIRST_VIEW_NETWORK_PRIVATE_H
#define EASYFIRST_VIEW_NETWORK_PRIVATE_H

#include "app/ui/ui_widget.h"
#include "app/views/view_network.h"

/* "input x", "layer 1, unit 3", "score of class 0". */
/* What is said of a unit, cut as in sentences. */
#define NETWORK_NAME (CLASS_SHORT_BYTES + 32)
void network_unit_name(const Snapshot *snapshot, NetworkUnit unit, char name[NETWORK_NAME]);

/* Enlarges it, or takes it back, from the next frame on: the halves of this one have to agree. */
void network_turn(Ui *ui, NetworkState *state);

/* ---- network_buttons.c ---- */

/* The head and the buttons over the layers: what they ask for. */
void network_buttons(Ui *ui, NetworkState *state, const NetworkPlan *plan, const Snapshot *snapshot, Intents *intents);

/* ---- network_edit.c ---- */

/* Whether the picture has the focus, itself or by the card's value. */
bool network_has_focus(const Ui *ui);

/* The drag under way and the keys of the picked parameter. Before the picture's own keys. */
void network_edit(Ui *ui, NetworkState *state, const Snapshot *snapshot, Intents *intents);

/* A press at the pointer on a parameter. */
void network_press(Ui *ui, NetworkState *state, NetworkParameter parameter, const Snapshot *snapshot);

/* The keyboard goes to a parameter, and its card with it. */
void network_pick_by_key(Ui *ui, NetworkState *state, NetworkParameter parameter);

/* ---- network_draw.c ---- */

/* Weights are shown, and moved, against this one: the layer's largest, unless all are small. */
float network_largest(const Mlp *mlp, const float *parameters, int layer);

void network_draw(Ui *ui, NetworkState *state, const NetworkPlan *plan, const Camera *camera, const Snapshot *snapshot);

#endif
