/* The strip of tools at the right edge of the plot's card: move, add, erase, flip; the class to add; the view: larger,
 * smaller, all points, back and forth; the brush's size; undo and redo. Where the strip is short the
 * classes share one button, and what finds no room stands in a menu behind the button "tools-more". */
#ifndef EASYFIRST_VIEW_TOOLS_H
#define EASYFIRST_VIEW_TOOLS_H

#include "app/views/brush.h"
#include "app/views/intents.h"
#include "app/draw/marks.h"
#include "app/views/menu_card.h"
#include "app/views/plot_hand.h"

#define TOOL_STRIP 44.0f /* logical pixels */

typedef struct ToolsState { /* a zeroed one is valid */
    char class_help[MAX_CLASSES][CLASS_NAME_BYTES + 32];
    MarkSprite sprites[MAX_CLASSES]; /* of the classes, for this theme and scale */
    const Theme *theme;
    float scale;
    MenuCard more;
    unsigned left_out; /* a bit for each button that finds no room */
    char help[16][96]; /* tooltips */
} ToolsState;

void tools_free(ToolsState *state);

void tools_widgets(Ui *ui, Rect strip, ToolsState *state, Brush *brush, PlotHand *hand, const Snapshot *snapshot,
                   Intents *intents);

/* The menu, while it is open. With ui->on_top. */
void tools_more_draw(Ui *ui, ToolsState *state, Brush *brush, PlotHand *hand, const Snapshot *snapshot,
                     Intents *intents);

#endif
