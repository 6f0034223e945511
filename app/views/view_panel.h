/* The side panel: the curriculum's controls, the histogram of losses, and sections that fold away: the other settings,
 * suspects, the second run, export. Every setting's widget comes from the property table. */
#ifndef EASYFIRST_VIEW_PANEL_H
#define EASYFIRST_VIEW_PANEL_H

#include "app/views/intents.h"
#include "app/views/plot_hand.h"
#include "app/ui/ui.h"
#include "app/views/view_compare.h"
#include "app/views/view_export.h"
#include "app/views/view_losses.h"
#include "app/views/view_network.h"
#include "app/views/view_suspects.h"

typedef enum { SECTION_DATA, SECTION_MODEL, SECTION_TRAINING, SECTION_RUN, SECTION_COUNT } PanelSection;

typedef struct PanelState {
    float scroll;         /* pixels */
    float content_height; /* pixels, of the last frame */
    bool open[SECTION_COUNT];
    bool own_points; /* they come from a file or were changed by hand */
    CompareState compare;
    bool pace_open;
    SuspectsState suspects;
    float suspects_height; /* pixels, of the last frame */
    LossesState losses;
    ViewExportState saving;
    ExportScene scene;          /* for it; settings, second and by_hand are the snapshot's */
    ExportIntent saving_intent; /* of this frame */
    Rect histogram;             /* where losses_draw is to draw; empty when scrolled out */
    Rect scrolled;              /* the panel's visible part, to clip that to */
    NetworkState network;       /* drawn later, by network_draw */
} PanelState;

/* hand: pins a suspect, and knows what the plot's colours show. */
void panel_widgets(Ui *ui, Rect rect, PanelState *state, PlotHand *hand, const Snapshot *snapshot, Intents *intents);

#endif
