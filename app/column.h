/* A column of widgets from top to bottom, as the side panel's sections are made of. */
#ifndef EASYFIRST_COLUMN_H
#define EASYFIRST_COLUMN_H

#include "ui.h"

typedef struct Column {
    Ui *ui;
    float x, y, w; /* pixels; y is where the next widget goes */
} Column;

/* The place of the next widget, of a height and with a gap behind it in logical pixels. */
static inline Rect column_next(Column *column, float height, float gap) {
    Rect rect = {column->x, column->y, column->w, ui_px(column->ui, height)};
    column->y += rect.h + ui_px(column->ui, gap);
    return rect;
}

#endif
