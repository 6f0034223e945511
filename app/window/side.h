/* The panel at the window's side; in a small window the threshold's row, and the panel as a drawer over card and
 * timeline.
 *
 * The drawer's widgets are made in a frame's first half, as all others are, so that keys typed into it are its own;
 * but the plot is drawn over them in the second half. So the drawer is kept as a picture and put back on top. It
 * closes with Esc, with a press outside, which does nothing else, and when Tab leaves it. */
#ifndef EASYFIRST_SIDE_H
#define EASYFIRST_SIDE_H

#include "app/views/view_panel.h"
#include "app/window/layout.h"

typedef struct SideState { /* a zeroed one is valid */
    uint32_t *picture;     /* of the drawer, or of what lies under it; owned */
    size_t capacity;       /* pixels */
    bool opened;           /* in the last frame */
} SideState;

typedef struct Side { /* what it works with; nothing of it is owned */
    Ui *ui;
    const Layout *layout;
    PanelState *panel;
    PlotHand *hand;
    SideState *state;
    bool *drawer; /* open, where the panel is one */
} Side;

void side_free(SideState *state);

/* Before the frame's widgets: takes a press outside the drawer out of the input. */
void side_press(const Side *side, UiInput *input);
/* Among the widgets; in the second half, on top of all but overlays: what shows the run as it is then. */
void side_widgets(const Side *side, const Snapshot *snapshot, Intents *intents);
void side_draw(const Side *side, const Snapshot *snapshot);

#endif
