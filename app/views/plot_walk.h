/* The points by keyboard alone, while the plot has the focus by Tab (its ring shows). It changes nothing itself: it
 * pins, moves the view and says what to do to points as a PointEdit, for experiment_edit_points.
 *
 *   arrows           to the nearest point in that direction (point_grid_step); the first press comes to the pinned
 *                    point, or to the one nearest to the plot's middle. The view follows
 *   Page Down, Up    to the next, the previous point by its number: every one has its turn
 *   Enter            pins the point, or lets it go; F flips its label to the next class; Delete erases it
 *   M                a crosshair instead: arrows move it (Shift: faster, Ctrl: slower), 1 to 9, 0, Page Down and Up
 *                    choose a class, Enter or Insert add a point of it; M or Esc: back to the points
 *   Esc              leaves the points; the keys are the plot's again
 * Ctrl and an arrow move the view, Shift and an arrow go through epochs, +, -, Home, 0 and Backspace are the plot's as
 * ever. F, Delete and the classes are taken only where they mean something here; without the focus no key is. */
#ifndef EASYFIRST_PLOT_WALK_H
#define EASYFIRST_PLOT_WALK_H

#include "app/views/brush.h"
#include "app/views/plot_hand.h"

#define PLOT_WALK_STEP 8.0f /* logical pixels of the crosshair's step; with Shift 6 times, with Ctrl an eighth */

typedef struct PlotWalk { /* a zeroed one is valid: nobody walks */
    bool focused;         /* the plot has the focus by keyboard, as of this frame */
    bool walking, crosshair;
    uint32_t sample;         /* where it stands, while `walking` */
    float x, y;              /* and its place, to find it again when points change */
    double cross_x, cross_y; /* world */
    int class;               /* of what the crosshair adds */
    bool card;               /* shown: until the pointer moves over the plot */
    float mouse_x, mouse_y;  /* where the pointer was at the last key */
    uint32_t edited;         /* storage of the edit returned */
    float edited_x, edited_y;
} PlotWalk;

/* Before plot_hand_touch in the same frame, which has the keys that are left. brush: whose class the crosshair adds,
 * and gets. Returns the edit to make (count 0: none), whose arrays stay valid until the next call. */
PointEdit plot_walk_touch(PlotWalk *walk, Ui *ui, PlotHand *hand, Brush *brush, const Snapshot *snapshot);

/* The ring, the card, the crosshair and what the keys do. After plot_hand_draw. In the widget list: plot-walk,
 * plot-crosshair, plot-keys. */
void plot_walk_draw(const PlotWalk *walk, Ui *ui, PlotHand *hand, Rect area, const Snapshot *snapshot);

#endif
