/* The side panel: the curriculum's controls, the histogram of losses, and the rarely changed settings in
 * sections that fold away. Every setting's widget comes from the property table. */
#ifndef EASYFIRST_VIEW_PANEL_H
#define EASYFIRST_VIEW_PANEL_H

#include "app/views/intents.h"
#include "app/views/plot_hand.h"
#include "app/ui/ui.h"
#include "app/views/view_export.h"
#include "app/views/view_losses.h"
#include "app/views/view_network.h"
#include "app/views/view_suspects.h"

typedef enum { SECTION_DATA, SECTION_MODEL, SECTION_TRAINING, SECTION_RUN, SECTION_COUNT } PanelSection;

#define PANEL_COMPARE_TOLD                                                                                             \
    6 /* in the list of second runs: the one of the command line, after those that are always there */

typedef struct PanelState {
    float scroll;         /* pixels */
    float content_height; /* pixels, of the last frame */
    bool open[SECTION_COUNT];
    bool own_points;                                    /* the points come from a file, ... */
    bool by_hand;                                       /* ... or were changed by hand */
    const char *compare;                                /* as told on the command line, or NULL */
    int second;                                         /* which second run was chosen last, of the list; 0: none */
    const char *compare_labels[PANEL_COMPARE_TOLD + 1]; /* of the list, which is drawn last */
    bool compare_open, pace_open;
    SuspectsState suspects;
    float suspects_height; /* pixels, of the last frame */
    LossesState losses;
    ViewExportState saving;
    ExportScene scene;          /* for it; the settings are the snapshot's */
    ExportIntent saving_intent; /* of this frame */
    Rect histogram;             /* where losses_draw is to draw; empty when scrolled out */
    Rect scrolled;              /* the panel's visible part, which it has to be clipped to */
    NetworkState network;       /* drawn later, by network_draw */
} PanelState;

/* hand: for what the plot's colours show. */
void panel_widgets(Ui *ui, Rect rect, PanelState *state, PlotHand *hand, const Snapshot *snapshot, Intents *intents);

#endif
