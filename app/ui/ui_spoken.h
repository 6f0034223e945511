/* What the widgets are to somebody who hears them: of what has the keys its role, name and value, and what has come up.
 * Made anew in each frame, whether anybody listens or not; the words for it are others' (views/spoken_words.h).
 *
 * The widgets of ui.h say it themselves. Views that draw their own call ui_say for what takes the focus, ui_say_entry
 * for the marked row of a list or menu whose keys are not a widget's, and ui_announce for what a person must read. */
#ifndef EASYFIRST_UI_SPOKEN_H
#define EASYFIRST_UI_SPOKEN_H

#include "app/ui/ui.h"

#include "app/ui/ui_spoken.h"

/* The name under which the help of what has the focus comes up, when the focus has stayed. */
#define UI_HELP_SPOKEN "help-spoken"

/* What a widget says of itself; NULL: nothing. */
typedef struct UiSay {
    UiRole role;
    const char *label, *value;
    int position, count;
} UiSay;

/* Of the widget with that id, if it has the focus. After the widget has been made in this frame. */
void ui_say(Ui *ui, uint32_t id, const UiSay *say);
/* Its name, where the widget has no label of its own and its owner knows one. */
void ui_say_name(Ui *ui, const char *name, const char *label);
/* Of a button that is one of several: it is the chosen one. */
void ui_say_chosen(Ui *ui, const char *name, bool chosen);
/* Of what has the keys without being a widget with the focus. */
void ui_say_entry(Ui *ui, const char *name, const UiSay *say);
/* In each frame in which it is to be seen. */
void ui_announce(Ui *ui, const char *name, const char *text);
/* What a sheet's own widgets have said is said in place of what lies under it; what has come up there, too. */
void ui_say_over(Ui *under, const Ui *sheet);

/* As of the last frame. */
const UiSpoken *ui_spoken(const Ui *ui);
int ui_announced(const Ui *ui, const UiAnnounced **announced);

#endif
