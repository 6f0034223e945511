/* A column of widgets from top to bottom, as the side panel's sections are made of. */
#ifndef EASYFIRST_COLUMN_H
#define EASYFIRST_COLUMN_H

#include "app/ui/ui.h"

typedef struct Column {
    Ui *ui;
    float x, y, w; /* pixels; y is where the next widget goes */
    float top;     /* of the section that is being made */
} Column;

/* The place of the next widget, of a height and with a gap behind it in logical pixels. */
static inline Rect column_next(Column *column, float height, float gap) {
    Rect rect = {column->x, column->y, column->w, ui_px(column->ui, height)};
    column->y += rect.h + ui_px(column->ui, gap);
    return rect;
}

/* A section that folds: a line across, the label, and while it is folded what it says of itself. Returns whether any of
 * its content is to be seen; it is then made, and column_section_end called. Not within each other. */
bool column_section(Column *column, const char *name, const char *label, const char *summary, bool *open);
void column_section_end(Column *column);

#endif
