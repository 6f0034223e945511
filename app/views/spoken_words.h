/* What is said of the window and the run to somebody who hears it: whole sentences in the window's language, with signs
 * as words ("lambda", "times", "minus", "percent"). Who says it, when and how urgently: window/voice.h. */
#ifndef EASYFIRST_SPOKEN_WORDS_H
#define EASYFIRST_SPOKEN_WORDS_H

#include "app/experiment/snapshot.h"
#include "app/ui/ui_spoken.h"

#define SPOKEN_BYTES 2560

/* What has the keys now: name, role, value, place among its like. "" for nothing. */
void spoken_focus(const UiSpoken *spoken, char text[SPOKEN_BYTES]);
/* What has changed of it: its value alone; of a row of a list the row. */
void spoken_change(const UiSpoken *spoken, char text[SPOKEN_BYTES]);

/* A text under the hand, as it was said last. */
typedef struct SpokenEdit {
    char text[UI_EDIT_MAX];
    size_t caret, anchor;
} SpokenEdit;

typedef enum { EDIT_SAYS_NOTHING, EDIT_SAYS_CHARACTER, EDIT_SAYS_WORDS } EditSays;

/* What has been done to it since: typed (after a blank the word that it ends), taken away, selected, or where the caret
 * has come to. A character: one, or "space". */
EditSays spoken_edit(const SpokenEdit *before, const UiSpoken *now, char text[SPOKEN_BYTES]);

/* Where the run stands: epoch, λ, share of easy points, accuracy, losses, of each class too. */
void spoken_where(const Snapshot *snapshot, char text[SPOKEN_BYTES]);

/* The epoch on show, for the timeline: shorter. */
void spoken_epoch(const Snapshot *snapshot, char text[SPOKEN_BYTES]);

/* Signs as words, in place. */
void spoken_signs(char text[SPOKEN_BYTES]);

/* Seconds that it takes to say, about: at a usual rate. */
double spoken_seconds(const char *text);

#endif
