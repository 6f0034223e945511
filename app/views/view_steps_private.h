/* What the parts of the card of steps share (view_steps.h): view_steps.c is the card, steps_rows.c its rows. */
#ifndef EASYFIRST_VIEW_STEPS_PRIVATE_H
#define EASYFIRST_VIEW_STEPS_PRIVATE_H

#include "app/views/view_steps.h"

/* Heights, logical pixels: of a step, of a run, and of the words where no run is kept. */
#define STEPS_ROW 26.0f
#define STEPS_RUN 42.0f
#define STEPS_NONE 40.0f

typedef struct StepsRows {
    const Snapshot *snapshot;
    int steps, done; /* row i is the state after so many steps; `done`: that on show */
    int runs;
    char memory[96]; /* that the runs take */
} StepsRows;

StepsRows steps_rows(const Snapshot *snapshot);

/* Each list in its place, scrolled; marks move with the pointer, and what is taken is asked for. */
void steps_draw_steps(StepsCard *card, Ui *ui, Rect list, const StepsRows *rows, Intents *late);
void steps_draw_runs(StepsCard *card, Ui *ui, Rect list, const StepsRows *rows, Intents *late);

#endif
