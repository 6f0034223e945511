#include "app/experiment/steps.h"

static Step step_of(const Undo *change) {
    return (Step){change->what, change->made};
}

void steps_list(Steps *steps, const UndoStack *undo, const UndoStack *redo) {
    steps->count = 0;
    for (int i = 0; i < undo->count; i++)
        steps->steps[steps->count++] = step_of(undo->items[i]);
    steps->done = steps->count;
    for (int i = redo->count - 1; i >= 0; i--)
        steps->steps[steps->count++] = step_of(redo->items[i]);
}

void steps_note(UndoStack *undo, double made) {
    Undo *top = undo->count > 0 ? undo->items[undo->count - 1] : NULL;
    if (!top || top->dated)
        return;
    top->dated = true;
    top->made = made;
}
