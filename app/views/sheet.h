/* A sheet over the whole window, which takes all input while it is open: what help, Open and the import have in common.
 * It has widgets of its own, so that nothing under it has a focus or a pointer meanwhile. */
#ifndef EASYFIRST_SHEET_H
#define EASYFIRST_SHEET_H

#include "app/ui/ui.h"

typedef struct Sheet {
    Ui ui;
    UiInput input; /* of this frame */
    Rect rect;     /* as drawn last */
} Sheet;

bool sheet_init(Sheet *sheet, Status *status);
void sheet_free(Sheet *sheet); /* safe on a zeroed one */

/* In the middle of the window: at most so large, in logical pixels, with an edge of 8 left free. */
Rect sheet_place(const Ui *under, float width, float height);

/* Darkens what `under` has drawn, after ui_end(under), and begins the sheet's own frame with `input`. *outside: there
 * was a press beside it. */
Ui *sheet_begin(Sheet *sheet, Ui *under, Rect rect, bool *outside);
/* Ends the frame: `under` gets the sheet's widgets in its list, with `name` for the sheet itself, and its wishes. */
void sheet_end(Sheet *sheet, Ui *under, const char *name);

#endif
