/* The note of the epoch on show (experiment/notes.h) in a strip between the line and the plot, and in the presentation
 * in place of the line, in type for the back row: text at the left, at the right which of how many it is, and buttons
 * to the one before, to the next, and to change it. While the run plays the note passed last stays. There is a strip
 * as soon as the run has a note, or a lesson that is being played will have one. */
#ifndef EASYFIRST_VIEW_NOTES_H
#define EASYFIRST_VIEW_NOTES_H

#include "app/views/intents.h"
#include "app/ui/ui.h"

enum { NOTE_ROWS = 12 }; /* of a text, at most */

/* Where a run stands among its notes. */
typedef struct NotePlace {
    bool any;          /* there are notes at all */
    int shown;         /* index of the one on show in the snapshot's, or -1 */
    int number, count; /* of the one on show, from 1, and of all, those of a lesson's other runs included */
    int before, after; /* indices of the run's notes before and after the epoch on show, or -1 */
    bool back, on;     /* there is one to go back to, and one to come, in another run of a lesson maybe */
} NotePlace;

NotePlace note_place(const Snapshot *snapshot);

/* A lesson's as the reader's language has it; a person's own stands as it is. */
const char *note_words(const Note *note);

/* A text broken into rows: made anew when the text or its place is another. */
typedef struct NoteText {
    uint32_t sum;
    float width, scale;
    TextStyle style;
    int count;
    char rows[NOTE_ROWS][UI_LINE_BYTES];
} NoteText;

typedef struct NotesState { /* a zeroed one is valid */
    NoteText text;          /* on show */
    uint32_t sum;           /* of all texts, for which ... */
    float width, scale;
    bool large;
    int rows; /* ... so many are needed by the longest */
} NotesState;

/* Rows of text that the strip, or with `large` the presentation's place, of that width needs, so that it stays as high
 * as it is from note to note; 0: there is no strip. */
int notes_rows(NotesState *state, Ui *ui, float width, bool large, const Snapshot *snapshot);

/* Height of a strip with so many rows, logical pixels; of the presentation's place, in pixels of a window of
 * 1920x1080. */
float notes_height(int rows);
float notes_large_height(int rows);

/* In the first half of a frame: notes-back, notes-on and notes-edit, which ask for intents->notes. */
void notes_touch(Ui *ui, Rect rect, const Snapshot *snapshot, Intents *intents);
/* In the second half: the words. The widget list has `notes`, and notes-2-of-6 for the second, or notes-none. */
void notes_draw(Ui *ui, Rect rect, NotesState *state, const Snapshot *snapshot);
void notes_large_draw(Ui *ui, Rect rect, NotesState *state, const Snapshot *snapshot);

/* The flag that stands for a note: its pole's foot at x, y, `size` pixels high; hollow for one that is to come. */
void note_flag(Canvas *canvas, float x, float y, float size, Color color, bool hollow);

/* Breaks the text into rows of that width. */
void note_wrap(NoteText *broken, Ui *ui, TextStyle style, const char *text, float width);

#endif
