/* The class that the brush adds, among the tools: a button for each class, or one for all. With up to PLOT_MANY_CLASSES
 * classes that one goes on to the next; with more it opens a card with all of them, where arrows, Enter and Esc do what
 * they do in a menu. Widgets: "class-K" for class K, from 0; in the card "pick-class-K", and "pick-class", the card. */
#ifndef EASYFIRST_TOOLS_CLASSES_H
#define EASYFIRST_TOOLS_CLASSES_H

#include "app/draw/marks.h"
#include "app/views/brush.h"
#include "app/views/menu_card.h"

typedef struct ToolsClasses { /* a zeroed one is valid */
    char help[MAX_CLASSES][DATASET_NAME_BYTES + 64];
    MarkSprite sprites[MAX_CLASSES]; /* for this theme and scale */
    const Theme *theme;
    float scale;
    MenuCard picker; /* its place, mark and keys */
} ToolsClasses;

void tools_classes_free(ToolsClasses *classes);

/* Of class k; chosen, it is the brush's. */
void tools_class_button(Ui *ui, Rect rect, ToolsClasses *classes, Brush *brush, const Dataset *data, int k);
/* The one for all. */
void tools_one_class(Ui *ui, Rect rect, ToolsClasses *classes, Brush *brush, const Dataset *data);

/* Keys and a press elsewhere while the card is open. Before all widgets. */
void tools_classes_touch(ToolsClasses *classes, Ui *ui);
/* The card while it is open. With ui->on_top. */
void tools_classes_draw(ToolsClasses *classes, Ui *ui, Brush *brush, const Dataset *data);

#endif
