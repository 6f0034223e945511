/* A sheet with the sessions that were left unsaved, newest first: each can be continued, or discarded, which is asked
 * once more. Arrows, Page keys, Home and End move the mark, Enter continues, Delete discards; Esc, and a press beside
 * it, close. */
#ifndef EASYFIRST_VIEW_KEPT_H
#define EASYFIRST_VIEW_KEPT_H

#include "app/views/sheet.h"

typedef struct KeptRow {
    char title[128], words[320];
} KeptRow;

typedef struct KeptState { /* by kept_sheet_init */
    Sheet sheet;
    bool shown;
    const KeptRow *rows; /* the owner's, for each frame */
    int count;
    int seen;        /* rows there is room for, as of the last frame */
    int mark, asked; /* rows; asked: whether it is to be discarded, or -1 */
    float scroll;    /* pixels */
    bool bring;      /* the mark is to be brought into view */
    bool enter;      /* the marked row has been taken by a key */
} KeptState;

typedef struct KeptWish {
    bool goes_on, discard;
    int row; /* that it is about */
} KeptWish;

bool kept_sheet_init(KeptState *state, Status *status);
void kept_sheet_free(KeptState *state); /* safe on a zeroed one */
void kept_sheet_show(KeptState *state);

/* While it is shown: keeps the frame's input for kept_sheet_draw. */
void kept_sheet_touch(KeptState *state, const UiInput *input);

/* Draws it on top of what `under` has drawn, after ui_end(under). To go on closes it. Widgets: kept-sheet, kept-0 ...,
 * kept-continue-0 ..., kept-discard-0 ...; of the row that is asked about kept-yes and kept-no; kept-close. */
KeptWish kept_sheet_draw(KeptState *state, Ui *under);

#endif
