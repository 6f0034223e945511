/* The File button of the top bar and its menu: Open, the files opened last (as many as there is room for), what was
 * left unsaved, the columns of the file that is open, and what is saved. */
#ifndef EASYFIRST_VIEW_FILE_H
#define EASYFIRST_VIEW_FILE_H

#include "app/ui/ui.h"
#include "app/views/intents.h"
#include "app/views/menu_card.h"

#define FILE_RECENT_MOST 8

typedef struct FileState { /* a zeroed one is valid */
    /* the owner's, for each frame */
    const char *const *recent; /* paths, newest first; */
    int recent_count;          /* FILE_RECENT_MOST at most */
    int kept_count;            /* sessions that were left unsaved */
    bool has_columns;          /* points of a file are open, or a file of points was last tried */
    /* its own */
    MenuCard menu;
    Rect button;
} FileState;

/* The button; words: it has room for its name. */
void file_widgets(Ui *ui, Rect rect, FileState *state, bool words);

/* The menu, if it is open: on top of what has been drawn. */
void file_menu(Ui *ui, FileState *state, Intents *late);

#endif
