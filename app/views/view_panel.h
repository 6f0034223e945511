/* The side panel: the threshold, its growth, the order and the regularizer; then sections that fold away, each a row
 * with its name and what it is now: suspects, the runs that are compared, the pace, data, model, training, export.
 * Every setting's widget comes from the property table. With all folded it fits 648 logical pixels of height, as a
 * window of 720 has.
 *
 * Nothing moves under the hand: the upper part is of one height whatever is chosen in it (what has no effect leaves its
 * place empty), and while the pointer is over the panel what grows or shrinks below leaves the scroll where it is. A
 * section that is opened is scrolled into view. */
#ifndef EASYFIRST_VIEW_PANEL_H
#define EASYFIRST_VIEW_PANEL_H

#include "app/views/intents.h"
#include "app/views/plot_hand.h"
#include "app/ui/ui.h"
#include "app/views/view_compare.h"
#include "app/views/view_export.h"
#include "app/views/view_meta.h"
#include "app/views/view_network.h"
#include "app/views/view_suspects.h"
#include "app/views/view_threshold.h"

typedef enum { SECTION_DATA, SECTION_MODEL, SECTION_TRAINING, SECTION_COUNT } PanelSection;

/* A section that has been opened and is to be seen whole, or as much of it as there is room for. */
typedef struct PanelReveal {
    int row;      /* its place among the sections, from 1; 0: none */
    float height; /* pixels, of the last frame */
    int frames;   /* since it was opened */
} PanelReveal;

enum { PANEL_CHOICES = 16 };             /* of a setting, at most */
enum { PANEL_ROWS = SECTION_COUNT + 4 }; /* sections, with 1 to spare since they count from 1 */

typedef struct PanelState {
    float scroll;         /* pixels */
    float content_height; /* pixels, of the last frame */
    bool open[SECTION_COUNT];
    bool own_points; /* they come from a file or were changed by hand */
    CompareState compare;
    bool pace_open;
    MetaState meta;
    const char *choices[PROPERTY_COUNT][PANEL_CHOICES]; /* labels of menus as shown: Ui holds on to them */
    bool colors_here; /* "Colour by" is in the section Data, since there is no key beside the plot */
    SuspectsState suspects;
    bool was_open[PANEL_ROWS]; /* each section, in the last frame */
    PanelReveal reveal;
    ThresholdState threshold;
    double power; /* of the polynomial regularizer: for the pictures in its menu */
    bool turned;  /* the same: hard first */
    ViewExportState saving;
    ExportScene scene;          /* for it; settings, others and by_hand are the snapshot's */
    ExportIntent saving_intent; /* of this frame */
    Rect scrolled;              /* the panel's visible part, to clip to what is drawn later: threshold_draw */
    NetworkState network;       /* drawn later, by network_draw */
} PanelState;

/* hand: pins a suspect, and knows what the plot's colours show. */
void panel_widgets(Ui *ui, Rect rect, PanelState *state, PlotHand *hand, const Snapshot *snapshot, Intents *intents);

#endif
