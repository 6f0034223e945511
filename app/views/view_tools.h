/* The strip of tools at the right edge of the plot's card: move, select, add, erase, flip; the class to add; the view:
 * larger, smaller, all points, back and forth; the brush's size; undo, redo and the list of steps. Where the strip is
 * short the classes share one button (tools_classes.h), and what finds no room stands in a menu behind the button
 * "tools-more". */
#ifndef EASYFIRST_VIEW_TOOLS_H
#define EASYFIRST_VIEW_TOOLS_H

#include "app/views/brush.h"
#include "app/views/intents.h"
#include "app/views/menu_card.h"
#include "app/views/plot_hand.h"
#include "app/views/tools_classes.h"

#define TOOL_STRIP 44.0f /* logical pixels */

typedef struct ToolsState { /* a zeroed one is valid */
    ToolsClasses classes;
    MenuCard more;
    unsigned left_out;  /* a bit for each button that finds no room */
    char help[16][256]; /* tooltips */
} ToolsState;

void tools_free(ToolsState *state);

void tools_widgets(Ui *ui, Rect strip, ToolsState *state, Brush *brush, PlotHand *hand, const Snapshot *snapshot,
                   Intents *intents);

/* Keys and presses elsewhere of what is open. Before all widgets. */
void tools_touch(ToolsState *state, Ui *ui);

/* The menu, or the classes to choose from, while they are open. With ui->on_top. */
void tools_more_draw(Ui *ui, ToolsState *state, Brush *brush, PlotHand *hand, const Snapshot *snapshot,
                     Intents *intents);

#endif
