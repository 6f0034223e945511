/* The card beside the pointer: what a point is, or what the model says about a place. Only drawn; plot_hand.h decides
 * which, and when. In the widget list: plot-card. */
#ifndef EASYFIRST_PLOT_CARD_H
#define EASYFIRST_PLOT_CARD_H

#include "app/experiment/snapshot.h"
#include "app/plot/camera.h"
#include "app/ui/ui.h"

/* Position, class, loss, weight v and since when a point is easy. area: the plotted one, in which the card stays if it
 * is small enough. */
void plot_card_draw_point(Ui *ui, Rect area, const Camera *camera, const Snapshot *snapshot, size_t sample);

/* The classes' probabilities under the pointer; nothing if the model has none (it has diverged). */
void plot_card_draw_model(Ui *ui, Rect area, const Camera *camera, const Snapshot *snapshot);

/* Of a point that two runs share: loss, weight v and when it was first easy, a column for each run. */
void plot_card_draw_pair(Ui *ui, Rect area, const Snapshot *first, size_t sample);

/* For cards: the place of one of that size beside the pointer, and its ground there. */
Rect plot_card_place(const Ui *ui, Rect area, float width, float height);
void plot_card_ground(Ui *ui, Rect box);

#endif
