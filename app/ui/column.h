/* A column of widgets from top to bottom, such as the side panel's sections. */
#ifndef EASYFIRST_COLUMN_H
#define EASYFIRST_COLUMN_H

#include "app/ui/ui.h"

typedef struct Column {
    Ui *ui;
    float x, y, w; /* pixels; y: where the next widget goes */
    float top;     /* of the section being made */
} Column;

/* The place of the next widget; its height, and the gap after it, in logical pixels. */
static inline Rect column_next(Column *column, float height, float gap) {
    Rect rect = {column->x, column->y, column->w, ui_px(column->ui, height)};
    column->y += rect.h + ui_px(column->ui, gap);
    return rect;
}

/* Two halves of a row of controls, a gap between them. */
static inline void column_halves(Column *column, Rect *left, Rect *right) {
    Rect row = column_next(column, CONTROL, UNIT);
    float gap = ui_px(column->ui, UNIT);
    *left = (Rect){row.x, row.y, (row.w - gap) / 2, row.h};
    *right = (Rect){row.x + left->w + gap, row.y, row.w - left->w - gap, row.h};
}

#define COLUMN_SECTION 33.0f /* logical pixels of a section's row */

/* A section that folds: a line across, the label and, while it is folded, its summary. Returns whether any of its
 * content can be seen; if so, make it and call column_section_end. Sections do not nest. */
bool column_section(Column *column, const char *name, const char *label, const char *summary, bool *open);
void column_section_end(Column *column);

#endif
