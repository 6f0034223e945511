/* The help sheet, over the whole window: all keys, the words (glossary.h), and what to try, each thing with a button
 * that does it; and the tour. It takes all input while it is open, but for shortcuts with Ctrl, F and Q.
 *
 * Keys: Left and Right change the tab, Up, Down, Page Up, Page Down, Home and End scroll, Tab walks through the
 * buttons; Esc, F1 or ? closes, as does a press outside the sheet. */
#ifndef EASYFIRST_VIEW_HELP_H
#define EASYFIRST_VIEW_HELP_H

#include "app/io/preset.h"
#include "app/views/intents.h"
#include "app/views/sheet.h"

typedef enum { HELP_KEYS, HELP_WORDS, HELP_TRY, HELP_TABS } HelpTab;

typedef struct HelpState {
    Sheet sheet;
    HelpTab tab;
    float scroll;            /* pixels */
    float height[HELP_TABS]; /* of each tab, pixels, as drawn last */
    bool speaks, sounds;     /* set by the owner; as its switches have set them where `asked` */
    bool asked;
} HelpState;

bool help_init(HelpState *help, Status *status);
void help_free(HelpState *help); /* safe on a zeroed one */

/* While it is open: keeps the frame's input for help_draw. Returns whether the keys are the sheet's. */
bool help_touch(HelpState *help, const UiInput *input);

typedef struct HelpScene {
    const Preset *presets;
    int count;
    int own; /* how many cards of the gallery come before them: 1 with points of one's own, else 0 */
} HelpScene;

typedef struct HelpWish {
    bool close, tour;
} HelpWish;

/* Draws it on top of what `under` has drawn, after ui_end(under), whose widget list gets the sheet's widgets. What a
 * button asks for goes to *late. */
HelpWish help_draw(HelpState *help, Ui *under, const HelpScene *scene, Intents *late);

#endif
