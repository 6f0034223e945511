/* The top bar: controls of the run, speed, preset, theme and help, and the run's figures. */
#ifndef EASYFIRST_VIEW_TOOLBAR_H
#define EASYFIRST_VIEW_TOOLBAR_H

#include "app/views/intents.h"
#include "app/ui/ui.h"

typedef struct ToolbarState {
    const char *const *presets; /* titles */
    int preset_count, preset;   /* preset: index of the one chosen last, or -1 */
    double speed;
} ToolbarState;

/* The bar's controls; the figures are drawn later, when the frame's commands have been carried out. Returns where the
 * controls on the left end, in pixels. */
float toolbar_widgets(Ui *ui, Rect rect, const ToolbarState *state, const Snapshot *snapshot, Intents *intents);

/* The figures, right-aligned in rect; with the accuracy on test points, if there are any and there is room; of
 * two runs the epoch and how well each does. */
void status_draw(Ui *ui, Rect rect, const Snapshot *snapshot);

#endif
