/* A sheet to type the path of a file in, to open or to save, where the desktop has no file chooser: a field, and below
 * it what there is of that beginning, folders first. Tab completes, Up, Down and the pages move the mark, Enter goes
 * into a folder or opens a file, Esc and a press beside it close. What is wrong stands below the field, whose text
 * stays. */
#ifndef EASYFIRST_VIEW_OPEN_H
#define EASYFIRST_VIEW_OPEN_H

#include "app/io/path_list.h"
#include "app/views/sheet.h"

typedef struct OpenState { /* by open_init */
    Sheet sheet;
    bool shown;
    bool saves;             /* the file need not be there */
    char text[UI_EDIT_MAX]; /* as typed; ~ stands for HOME */
    PathList list;
    size_t mark;        /* of the matches; the list's `matches`: none */
    size_t first, rows; /* of those on show; how many there is room for */
    char message[400];  /* what is wrong, or "" */
} OpenState;

bool open_init(OpenState *state, Status *status);
void open_free(OpenState *state); /* safe on a zeroed one */

/* Shows it with the names of that folder (an absolute path; NULL: the current one), and a first word or "". */
void open_show(OpenState *state, const char *folder, const char *message);
/* The same to save a file, with that absolute path in the field. */
void open_show_save(OpenState *state, const char *path, const char *message);

/* While it is shown: keeps the frame's input for open_draw. */
void open_touch(OpenState *state, const UiInput *input);

/* Draws it on top of what `under` has drawn, after ui_end(under). Returns the path of the file that was chosen,
 * malloc'd, and closes; else NULL. */
char *open_draw(OpenState *state, Ui *under);

#endif
