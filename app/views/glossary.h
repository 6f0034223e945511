/* The words of self-paced learning, in plain English: what stands on the card behind each of them, and in the help
 * sheet. Use: glossary_word(ui, "word-lambda", rect, "lambda") wherever such a word is on the screen. */
#ifndef EASYFIRST_GLOSSARY_H
#define EASYFIRST_GLOSSARY_H

#include "app/ui/ui_widget.h"

typedef struct GlossaryTerm {
    const char *key;     /* for code, and for translations one day: "lambda" */
    const char *word;    /* as it stands on the screen: "Threshold λ" */
    const char *words;   /* one or two plain sentences */
    const char *formula; /* in one line, or NULL: there is none */
} GlossaryTerm;

extern const GlossaryTerm GLOSSARY[]; /* in the order in which they explain each other */
extern const int GLOSSARY_COUNT;

const GlossaryTerm *glossary_find(const char *key); /* NULL: there is none */

/* The word at rect (pixels) shows its card after 0.4 s under the pointer, or with the focus by Tab. name: the widget's,
 * its own in the window. key: of a term; one that is not in the table is a programmer's mistake (assert). */
UiTouch glossary_hint(Ui *ui, const char *name, Rect rect, const char *key);

/* The same for a word that is no stop of Tab: the help sheet has all of them for the keyboard. */
void glossary_word(Ui *ui, const char *name, Rect rect, const char *key);

/* The same for a widget that there is (ui_card_over). */
void glossary_over(Ui *ui, const char *name, const char *owner, Rect rect, const char *key);
/* A term's card with what a click there does below its words. */
typedef struct GlossaryCard {
    const GlossaryTerm *term;
    const char *click;
} GlossaryCard;

/* Such a card for a widget that there is; *card stays as it is until ui_end. */
void glossary_card_over(Ui *ui, const char *name, Rect rect, const GlossaryCard *card);

/* A term's block of text, as the card and the help sheet have it: its height within so many pixels, and the drawing. */
float glossary_height(Ui *ui, const GlossaryTerm *term, float width);
void glossary_draw(Ui *ui, const GlossaryTerm *term, Rect rect);

#endif
