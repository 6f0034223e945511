/* The card beside the pointer or a point: what a point is, or what the model says about a place. Only drawn;
 * plot_hand.h decides which, and when. In the widget list: plot-card. */
#ifndef EASYFIRST_PLOT_CARD_H
#define EASYFIRST_PLOT_CARD_H

#include "app/experiment/snapshot.h"
#include "app/plot/camera.h"
#include "app/ui/ui.h"

/* Position, class, loss, weight v, when a point was first easy and how often it changed since. area: the plotted one,
 * in which the card stays if it is small enough; at: what it stands beside, in pixels. */
void plot_card_draw_point(Ui *ui, Rect area, const float at[2], const Camera *camera, const Snapshot *snapshot,
                          size_t sample);

/* The same in words, to be heard: whether it is easy first. */
void plot_card_say_point(const Camera *camera, const Snapshot *snapshot, size_t sample, char words[640]);

/* Of a clean point: position, class, loss, and what it is. */
void plot_card_draw_clean(Ui *ui, Rect area, const float at[2], const Camera *camera, const Snapshot *snapshot,
                          size_t point);

/* When a point was first easy and, if that did not last, what became of it, in the words of the order: "first easy in
 * epoch 2", "easy again since epoch 9", "changed 3 times". Epochs count from 1. Returns how many lines there are. */
#define PLOT_CARD_SINCE 3
#define PLOT_CARD_LINE 96 /* bytes */
int plot_card_since(const Snapshot *snapshot, size_t sample, char lines[PLOT_CARD_SINCE][PLOT_CARD_LINE]);

/* The classes' probabilities under the pointer; nothing if the model has none (it has diverged). */
void plot_card_draw_model(Ui *ui, Rect area, const Camera *camera, const Snapshot *snapshot);

/* Of a point that several runs share: loss, weight v and when it was first easy, a column for each run. */
void plot_card_draw_pair(Ui *ui, Rect area, const float at[2], const Snapshot *first, size_t sample);

/* For cards: a name in as many lines as it needs to be whole, of the width that a card has for names at the most.
 * Returns how many. */
enum { PLOT_CARD_ROWS = 16 };
int plot_card_wrap(Ui *ui, TextStyle style, const char *name, char rows[PLOT_CARD_ROWS][UI_LINE_BYTES]);

/* For cards: the place of one of that size beside a place, off it and off ui->clear as far as there is room. */
Rect plot_card_place(const Ui *ui, Rect area, const float at[2], float width, float height);

/* What a card says of a place: on one line, or each value under its column's name. Returns how many lines. exact: it is
 * a point's, so that a value less an origin shows all that is known of it. */
typedef struct PlotCardLine {
    char name[256], value[64];
} PlotCardLine;
int plot_card_position(const Camera *camera, const Dataset *data, const double at[2], bool exact,
                       PlotCardLine lines[2]);

#endif
