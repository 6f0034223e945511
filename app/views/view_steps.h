/* The card of steps: all that can be undone and what was undone, by name, with the state that is on show marked; and
 * below it the runs that were left and are kept. A click or Enter goes there: to the state after a step, or back to a
 * run. Arrows, Page keys, Home and End move the mark within a list, Tab to the other list; Esc, U or a press elsewhere
 * closes the card. All other keys do what they do without it, so that undo can be watched in it. */
#ifndef EASYFIRST_VIEW_STEPS_H
#define EASYFIRST_VIEW_STEPS_H

#include "app/ui/ui.h"
#include "app/views/intents.h"

enum { STEPS_STEPS, STEPS_RUNS, STEPS_LISTS };

typedef struct StepsList {
    float scroll;
    int mark;         /* row, or -1 */
    int count, shown; /* rows, and those there is room for, as of the last frame */
    int taken;        /* row that Enter was pressed on, or -1 */
    bool bring;       /* the mark into view */
} StepsList;

typedef struct StepsCard { /* a zeroed one is closed */
    bool open;
    int list; /* that has the mark */
    StepsList lists[STEPS_LISTS];
    bool by_key;  /* the mark is where keys have moved it: a pointer at rest does not take it */
    int done;     /* as of the last frame, or asked for: the mark follows it */
    uint32_t run; /* number of the kept run under mark or pointer; 0: none */
    float x, y;   /* where the pointer was */
    Rect card;    /* as last drawn; empty: not yet */
} StepsCard;

/* Opens the card with the mark in a list, or closes it. */
void steps_toggle(StepsCard *card, const Ui *ui, int list);

/* Takes its keys and a press elsewhere out of the input while it is open. Before ui_begin, which takes Tab. Returns
 * whether there were keys. */
bool steps_touch(StepsCard *card, UiInput *input);

/* Draws it with its lower right corner at x, y, and asks for what was taken. With ui->on_top. */
void steps_draw(StepsCard *card, Ui *ui, float x, float y, const Snapshot *snapshot, Intents *late);

#endif
