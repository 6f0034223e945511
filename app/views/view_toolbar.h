/* The top bar: play, step and begin again; which run and how fast; three figures; presentation, theme, language, help.
 *
 *   File v | Play  Epoch  batch  Reset  seed   run v   speed --o--  ...  6 of 10   74.7 %   81.7 %   present theme
 *                                                                       epoch     easy    accuracy  language ?
 *
 * Below 1180 logical pixels buttons lose their words; below 980 speed, presentation, theme, language and help are
 * behind a menu button, and the share of easy points goes where there is no room for three figures. The accuracy is
 * that on test points where there are any. Of several runs there is the accuracy of each in place of the share.
 * Figures have the glossary's cards. */
#ifndef EASYFIRST_VIEW_TOOLBAR_H
#define EASYFIRST_VIEW_TOOLBAR_H

#include "app/views/intents.h"
#include "app/ui/ui.h"
#include "app/views/view_file.h"
#include "app/views/view_language.h"

/* What the theme's button does. */
typedef enum { THEME_TO_DARK, THEME_TO_LIGHT, THEME_TO_AUTO } ThemeStep;

typedef struct ToolbarState { /* a zeroed one is valid */
    /* the owner's, for each frame */
    const char *const *presets; /* titles */
    int preset_count, preset;   /* preset: index of the one chosen last, or -1 */
    const char *watch;          /* of that one: the menu's tooltip; NULL: none */
    double speed;               /* epochs a second */
    double speed_reached;       /* what comes of it where that is less; 0: not known */
    ThemeStep theme;
    bool file;              /* there is the File menu; */
    LanguageState language; /* its choice is the owner's */
    FileState files;        /* its recent files and has_columns are the owner's */
    /* the bar's own */
    bool menu;                    /* the small window's menu is open */
    Rect file_place;              /* of the File menu, empty without `file`; pixels, as of toolbar_widgets */
    Rect menu_place, figures_row; /* of the menu's button; of the figures */
} ToolbarState;

/* The bar's controls. */
void toolbar_widgets(Ui *ui, Rect rect, ToolbarState *state, const Snapshot *snapshot, Intents *intents);

/* The figures, when the frame's commands have been carried out. */
void toolbar_figures(Ui *ui, const ToolbarState *state, const Snapshot *snapshot);

/* The small window's menu, if it is open: on top of what has been drawn. */
void toolbar_menu(Ui *ui, ToolbarState *state, Intents *late);

#endif
