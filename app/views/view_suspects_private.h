/* The parts of the page of suspects (view_suspects.h): view_suspects.c is the row in the panel and the page around the
 * list, suspects_list.c the groups of rows, suspects_row_touch.c a row under the hand, suspects_row_draw.c what it
 * shows. */
#ifndef EASYFIRST_VIEW_SUSPECTS_PRIVATE_H
#define EASYFIRST_VIEW_SUSPECTS_PRIVATE_H

#include "app/views/suspects_deeds.h"
#include "app/views/view_suspects.h"

typedef struct SuspectsColumns { /* of a row: left edges, pixels */
    float number, given, model, bars, deeds;
    float bar, step; /* width of a bar, and from one to the next */
    bool narrow;     /* no room for the model's probability */
} SuspectsColumns;

typedef struct SuspectsPage { /* of one frame */
    Ui *ui;
    SuspectsState *st;
    PlotHand *hand;
    const Snapshot *s;
    Intents *intents;
    Rect list;
    bool over_list; /* the pointer is */
    SuspectsColumns columns;
    float y;
    int64_t before, focused, after; /* rows shown around the one with the focus; -1: none */
    int64_t last;                   /* shown so far */
} SuspectsPage;

/* ---- suspects_list.c ---- */

/* The groups with their rows, scrolled, in page->list; what is not known yet, in their place. */
void suspects_list(SuspectsPage *page);

/* ---- suspects_row_touch.c ---- */

/* What can be done with a row, and with all of a group: in the order of the buttons, from left to right. */
typedef struct SuspectButton {
    const char *name, *help, *help_all;
    UiIcon icon;
    SuspectDeed deed;
} SuspectButton;

enum { SUSPECT_BUTTON_COUNT = 3 };
extern const SuspectButton SUSPECT_BUTTONS[SUSPECT_BUTTON_COUNT];

/* The widget of row i. */
void suspects_row_name(size_t i, char name[32]);

/* Row i, drawn and under the hand: its buttons and keys. */
void suspects_row_touch(SuspectsPage *page, size_t i, Rect rect);

/* ---- suspects_row_draw.c ---- */

SuspectsColumns suspects_columns(const Ui *ui, Rect list);
/* The heads of the columns; under the pointer they are widgets that say their term. */
void suspects_heads(SuspectsState *state, Ui *ui, Rect rect, const SuspectsColumns *columns);
/* done: something has been done about the row, which is paler then. */
void suspects_row_draw(SuspectsState *state, Ui *ui, Rect rect, const SuspectsColumns *columns, const SuspectRow *row,
                       bool done);

#endif
