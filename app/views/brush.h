/* The tools that change points by hand: which one is chosen, and what it does under the pointer. It changes nothing
 * itself: it says what to do as a PointEdit, for experiment_edit_points.
 *
 *   select  nothing here: select_drag.h
 *   add     points of the chosen class, normally distributed within the circle: some at a press, more while it is held
 *   erase   the points shown within the circle
 *   flip    moves the labels of those to the next class, each once in a stroke
 *   clean   those become clean points; with Shift, or where a stroke begins on nothing but clean ones, they become
 *           samples again
 *
 * A fast stroke leaves no gaps: the circle sweeps from where it was in the last frame. */
#ifndef EASYFIRST_BRUSH_H
#define EASYFIRST_BRUSH_H

#include "app/experiment/experiment.h"
#include "app/views/plot_hand.h"
#include "app/ui/ui_widget.h"

#define BRUSH_RADIUS 28.0f /* logical pixels; from BRUSH_LEAST to BRUSH_MOST */
#define BRUSH_LEAST 6.0f
#define BRUSH_MOST 160.0f
#define BRUSH_PRESS 12     /* points of a press */
#define BRUSH_SECOND 120.0 /* points a second while it is held */

typedef enum { TOOL_MOVE, TOOL_SELECT, TOOL_ADD, TOOL_ERASE, TOOL_FLIP, TOOL_CLEAN, TOOL_COUNT } Tool;

typedef struct Brush {
    Tool tool;
    bool lasso;   /* TOOL_SELECT: by a lasso instead of a box */
    int class;    /* of added points */
    float radius; /* logical pixels */
    bool painting;
    bool unmarks;   /* TOOL_CLEAN: this stroke makes samples of clean points */
    bool over;      /* the circle is shown */
    float x, y;     /* pixels: where it is */
    double at, due; /* seconds of the last frame; fraction of a point carried over to the next frame */
    NumpyRng rng;
    uint32_t *samples; /* owned, like those below; `room` each */
    float *xs, *ys;
    size_t room;
    uint8_t *flipped; /* one byte a sample: flipped in this stroke */
    size_t flipped_count;
} Brush;

void brush_init(Brush *brush);
void brush_free(Brush *brush); /* safe on a zeroed one */

/* Whether the tool paints: the pointer is a circle. */
static inline bool tool_paints(Tool tool) {
    return tool >= TOOL_ADD;
}

/* After plot_hand_touch, with what it returned. Returns the edit to make (count 0: none); its arrays stay valid
 * until the next call. Without memory there is no edit. */
PointEdit brush_touch(Brush *brush, Ui *ui, const UiTouch *touch, const PlotHand *hand, const Snapshot *snapshot);

/* Class of the keys 1 to 9 and, with ten classes or more, 0: the tenth; -1: the key is of no class. */
#define BRUSH_LAST_KEY 9
int brush_class_of(uint32_t character, int classes);

/* v: move; l: select, and again: by a lasso, by a box; b: add, e: erase, x: flip, c: clean, [ and ]: size; a class's
 * key: that class. Returns whether the key was for the brush. */
bool brush_key(Brush *brush, uint32_t character, int classes);

/* With the brush in the hand 0 is the key of the tenth class, if there is one, and not the plot's. Before the plot's
 * keys. */
void brush_take_tenth(Brush *brush, Ui *ui, int classes);

/* The circle. After plot_draw, before what lies on top. */
void brush_draw(const Brush *brush, Ui *ui, Rect area);

#endif
