/* A question over the window: a title, what it means, and up to three answers; or the progress of something that can be
 * stopped. Enter gives the first answer, its letter (or Alt and it) the second, Esc the last; Tab goes through the
 * buttons. A press beside the card does nothing. */
#ifndef EASYFIRST_VIEW_ASK_H
#define EASYFIRST_VIEW_ASK_H

#include "app/views/sheet.h"

typedef enum { ASK_NOTHING, ASK_YES, ASK_NO, ASK_CANCEL } AskAnswer;

typedef struct AskQuestion { /* texts are copied; NULL: none */
    const char *title, *words;
    const char *yes, *no, *cancel; /* labels of the buttons */
    char no_key;                   /* a small letter */
} AskQuestion;

typedef struct AskState { /* by ask_init */
    Sheet sheet;
    bool shown;
    char title[256], words[640];
    char yes[40], no[40], cancel[40];
    char no_key;
    char trouble[480]; /* why the last answer could not be carried out, or "" */
    double share;      /* how much of it is done, 0 to 1; negative: it is a question */
    AskAnswer pressed; /* by a key, in this frame */
} AskState;

bool ask_init(AskState *state, Status *status);
void ask_free(AskState *state); /* safe on a zeroed one */

void ask_show(AskState *state, const AskQuestion *question);

/* While it is shown: keeps the frame's input for ask_draw, and takes its keys. */
void ask_touch(AskState *state, const UiInput *input);

/* Draws it on top of what `under` has drawn, after ui_end(under). The answer closes it. Widgets: ask-sheet, ask-yes,
 * ask-no, ask-cancel, ask-trouble, ask-progress. */
AskAnswer ask_draw(AskState *state, Ui *under);

#endif
