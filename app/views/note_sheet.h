/* The sheet in which the note of an epoch is written: a field, how it will read below it, and Save, Remove, Cancel.
 * Enter saves, Esc and a press beside it leave the note as it was. */
#ifndef EASYFIRST_NOTE_SHEET_H
#define EASYFIRST_NOTE_SHEET_H

#include "app/views/intents.h"
#include "app/views/sheet.h"
#include "app/views/view_notes.h"

typedef struct NoteSheet { /* by note_sheet_init */
    Sheet sheet;
    bool shown;
    int64_t epoch; /* from 0 */
    bool was;      /* there is a note already */
    char text[UI_EDIT_MAX];
    NoteText read; /* as it will read */
} NoteSheet;

bool note_sheet_init(NoteSheet *state, Status *status);
void note_sheet_free(NoteSheet *state); /* safe on a zeroed one */

/* Shows it for the epoch on show, which has been completed. */
void note_sheet_show(NoteSheet *state, const Snapshot *snapshot);

/* While it is shown: keeps the frame's input for note_sheet_draw. */
void note_sheet_touch(NoteSheet *state, const UiInput *input);

/* Draws it on top of what `under` has drawn, after ui_end(under). Widgets: note-sheet, note-text, note-save,
 * note-remove, note-cancel. */
void note_sheet_draw(NoteSheet *state, Ui *under, Intents *intents);

#endif
