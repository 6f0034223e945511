/* Rows of one height in a scroll area, one of which is marked by keys or the pointer, as in cards that open
 * at a place. */
#ifndef EASYFIRST_UI_ROWS_H
#define EASYFIRST_UI_ROWS_H

#include "app/ui/ui.h"

/* Whether a press of either button was beside the card, which is as last drawn (empty: not yet). The press is taken out
 * of the input then. */
bool ui_take_press_beside(UiInput *input, Rect card);

/* Moves a mark among `count` rows: Up and Down by one, the Page keys by what `shown` rows show, Home and End to the
 * ends; it stays within the rows, at 0 where there are none. Returns whether the key is one of these. */
bool ui_move_mark(const UiKey *key, int *mark, int count, int shown);

typedef struct UiRows {
    Rect rect;    /* of the list; without the scroll bar if there is one */
    float row;    /* height, pixels */
    float offset; /* pixels: the owner keeps it for the next frame */
} UiRows;

/* Scrolls `rows`, whose rect is the whole list's, with so many rows. bring: a row to bring into view with `beside` more
 * on each side, or -1. bar: room for the scroll bar, pixels. Ends with ui_scroll_end. */
void ui_rows_begin(Ui *ui, const char *name, UiRows *rows, int count, int bring, int beside, float bar);
Rect ui_rows_place(const UiRows *rows, int i);
/* Whether any of the row can be seen. */
bool ui_rows_sees(const UiRows *rows, int i);

#endif
