/* The top bar: what makes the run go, the preset, the speed, and the run's figures. */
#ifndef EASYFIRST_VIEW_TOOLBAR_H
#define EASYFIRST_VIEW_TOOLBAR_H

#include "app/views/intents.h"
#include "app/ui/ui.h"

typedef struct ToolbarState {
    const char *const *presets; /* titles */
    int preset_count, preset;   /* preset: the one chosen last, or -1 */
    double speed;
} ToolbarState;

/* Draws the bar's controls; the figures are drawn afterwards, when the frame's commands have been carried
 * out. Returns where the controls at its left end, in pixels. */
float toolbar_widgets(Ui *ui, Rect rect, const ToolbarState *state, const Snapshot *snapshot, Intents *intents);

/* Whether the figures fit into a bar of that width; if not, they want a strip of their own of STATUS_STRIP
 * height. */
bool toolbar_has_room_for_status(const Ui *ui, float width);
#define STATUS_STRIP 40.0f
/* Figures, right-aligned in rect; the accuracy on test points, too, if there are any and there is room. */
void status_draw(Ui *ui, Rect rect, const Snapshot *snapshot);

#endif
