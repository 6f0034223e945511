/* What can be undone and redone, as one list with names, the oldest first: what a person sees of the two stacks. */
#ifndef EASYFIRST_STEPS_H
#define EASYFIRST_STEPS_H

#include "app/experiment/undo.h"

typedef struct Step {
    const char *what; /* Undo.what */
    double made;      /* epochs completed when it was made, with the part of the one under way */
} Step;

/* The first `done` of them are in force, the others undone: COMMAND_STEPS leads from one to another. */
typedef struct Steps {
    Step steps[2 * UNDO_MAX];
    int count, done;
} Steps;

/* Valid as long as the stacks do not change. */
void steps_list(Steps *steps, const UndoStack *undo, const UndoStack *redo);

/* The newest change was made when so many epochs were completed, if it is new. */
void steps_note(UndoStack *undo, double made);

#endif
