/* The language of the window: a button with a globe, and the menu behind it, which names every language in itself,
 * after "as the desktop". Widgets: language, language-menu, language-desktop, language-CODE. */
#ifndef EASYFIRST_VIEW_LANGUAGE_H
#define EASYFIRST_VIEW_LANGUAGE_H

#include "app/base/language.h"
#include "app/views/intents.h"
#include "app/views/menu_card.h"

typedef struct LanguageState { /* a zeroed one is valid */
    const char *chosen;        /* code, or NULL or "": as the desktop; the owner's */
    MenuCard menu;
    Language list[LANGUAGE_MOST]; /* looked up when the menu opens */
    size_t count;
} LanguageState;

/* words: with its label. Returns whether it was pressed. */
bool language_button(Ui *ui, Rect place, LanguageState *state, bool words);

/* The menu, if it is open: on top of what has been drawn. */
void language_menu(Ui *ui, LanguageState *state, Intents *late);

#endif
