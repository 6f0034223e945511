/* The strip of tools at the right edge of the plot's card: move, add, erase, flip; the class to add; the brush's size;
 * undo and redo. Where the strip is short the classes share one button, and the size has keys alone. */
#ifndef EASYFIRST_VIEW_TOOLS_H
#define EASYFIRST_VIEW_TOOLS_H

#include "app/views/brush.h"
#include "app/views/intents.h"
#include "app/draw/marks.h"

#define TOOL_STRIP 44.0f /* logical pixels */

typedef struct ToolsState {            /* a zeroed one is valid */
    char undo_help[96], redo_help[96]; /* tooltips */
    char class_help[MAX_CLASSES][64];
    MarkSprite sprites[MAX_CLASSES]; /* of the classes, for this theme and scale */
    const Theme *theme;
    float scale;
} ToolsState;

void tools_free(ToolsState *state);

void tools_widgets(Ui *ui, Rect rect, ToolsState *state, Brush *brush, const Snapshot *snapshot, Intents *intents);

#endif
