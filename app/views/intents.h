/* What views ask for in a frame: commands for the window to push into the experiment, in the order given, and what
 * concerns the window alone. */
#ifndef EASYFIRST_INTENTS_H
#define EASYFIRST_INTENTS_H

#include "app/experiment/commands.h"
#include "app/experiment/snapshot.h"
#include "app/ui/ui.h"

#include <assert.h>

/* A frame's keys make a command each at the most; the pointer, which presses or lets go of one widget and may end
 * what was typed into another, and the wheel a few more. */
#define INTENTS_MAX (UI_MAX_KEYS + 16)

/* Which list of the card of steps (view_steps.h) is asked for. */
typedef enum { STEPS_ASK_NOTHING, STEPS_ASK_STEPS, STEPS_ASK_RUNS } StepsAsk;

typedef enum {
    FILE_ASKS_NOTHING,
    FILE_OPEN,
    FILE_RECENT,
    FILE_KEPT, /* the list of sessions that were left unsaved */
    FILE_COLUMNS,
    FILE_SAVE,
    FILE_SAVE_AS,
    FILE_EXPORT,
    FILE_COPY_PICTURE,
    FILE_CONTINUE, /* the newest of those that were left unsaved; */
    FILE_NOT_NOW   /* it is offered no longer */
} FileAsk;

typedef enum { NOTES_ASK_NOTHING, NOTES_BACK, NOTES_ON, NOTES_EDIT } NotesAsk; /* the note before, the next one */

typedef struct Intents {
    Command commands[INTENTS_MAX];
    int count;
    bool toggle_theme, toggle_help, toggle_presets, save;
    bool toggle_present; /* the presentation */
    bool toggle_panel;   /* the panel in it */
    PointEdit edit;      /* of points by hand; count 0: none. Its arrays are the brush's */
    int preset;          /* index of the preset chosen, or -1 */
    bool paused;         /* the preset chosen begins paused */
    bool save_suspects;  /* the list of suspects */
    StepsAsk steps;      /* the card of steps, or its end */
    NotesAsk notes;
    const char *language; /* code of the language chosen, "": as the desktop; NULL: none. The toolbar's */
    FileAsk file;         /* of the File menu; */
    int recent;           /* which, for FILE_RECENT */
} Intents;

static inline void intend(Intents *intents, Command command) {
    assert(intents->count < INTENTS_MAX);
    intents->commands[intents->count++] = command;
}

/* A command that needs nothing but its kind. */
static inline void intend_kind(Intents *intents, CommandKind kind) {
    intend(intents, (Command){.kind = kind});
}

#endif
