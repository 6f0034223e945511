/* The gesture that selects points in a plot: a box, or a lasso drawn round them. Shift adds to what is selected, Ctrl
 * takes from it; a click selects the point there, with Shift or Ctrl adds or leaves it, and on nothing clears. Esc in a
 * drag: what was selected before. Up to SELECT_AT_ONCE points are lit while the hand draws, more when it lets go. */
#ifndef EASYFIRST_SELECT_DRAG_H
#define EASYFIRST_SELECT_DRAG_H

#include "app/plot/camera.h"
#include "app/ui/ui_widget.h"
#include "app/views/selection.h"

#define SELECT_AT_ONCE 100000
#define SELECT_PATH 1024 /* corners of a lasso; a longer way is drawn with fewer */

typedef struct SelectDrag { /* a zeroed one is valid: nothing is drawn */
    uint32_t plot;          /* id of the widget that it is on; 0: there is none */
    bool moved, lasso;
    SelectMode mode;
    float path[2 * SELECT_PATH]; /* pixels; of a box: the corner that it began at, and the other */
    size_t count;
    float spacing;    /* pixels between corners */
    uint64_t *before; /* what was selected; owned */
    size_t before_room;
    uint64_t *bits; /* scratch; owned */
    size_t bits_room;
} SelectDrag;

/* Where it happens. */
typedef struct SelectScene {
    const Camera *camera;
    const Dataset *data; /* places of the points, in the camera's world */
    const Snapshot *snapshot;
    const PlotHidden *hidden;
    int64_t nearest; /* the point under the pointer, or -1 */
    bool no_click;   /* a click is the owner's */
} SelectScene;

void select_drag_free(SelectDrag *drag);

/* With the plot's touch of this frame. begins: a press that it has begins one. Returns whether the hand draws. */
bool select_drag_touch(SelectDrag *drag, Ui *ui, const UiTouch *touch, bool begins, bool lasso,
                       const SelectScene *scene, Selection *selection);

/* What is being drawn on that plot; "select-box" or "select-lasso" in the widget list. */
void select_drag_draw(const SelectDrag *drag, Ui *ui, const char *plot, Rect area);

#endif
