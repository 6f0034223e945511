/* The truth about suspects, where it is known: figures and a curve at the foot of the list, outlines in the plot. */
#ifndef EASYFIRST_SUSPECTS_REVEAL_H
#define EASYFIRST_SUSPECTS_REVEAL_H

#include "app/plot/camera.h"
#include "app/ui/ui.h"
#include "app/views/suspects_state.h"

/* All marks, of rows too, are made anew for another theme or scale. Before any row. */
void suspects_use_marks(SuspectsState *state, const Ui *ui);

/* Pixels, in a page of that height. */
float suspects_reveal_height(const Ui *ui, const SuspectsState *state, float page);

/* The switch and, when it is on, figures and curve. */
void suspects_reveal(Ui *ui, Rect rect, SuspectsState *state);

/* Over the points, right after the plot (0, or 1: the data map): the point of the row under the pointer; with the truth
 * shown, found ones have a ring, false alarms one with a stroke, missed ones a dashed square. drawn: how often the
 * plot's picture has been drawn (plot_counts): while it is the same, the one with its outlines is copied. */
void suspects_draw(Ui *ui, SuspectsState *state, int plot, uint64_t drawn, const Camera *camera,
                   const Snapshot *snapshot);

#endif
