/* The plot in the hand: the view of the points, what the pointer is over, which point is pinned, what the key has
 * switched off, what the colours show. It changes nothing of a run.
 *
 * A frame: plot_hand_touch among the widgets; then plot_hand_camera and plot_hand_options for plot_draw; then
 * plot_hand_draw for what lies on top of the plot. Behaviour:
 *   wheel           zooms at the cursor, 10 % a notch, between 1e-6 and 1e6 of what shows all points
 *   left drag       pans (up to 3 pixels it is still a click); Esc puts the view back
 *   wheel over the numbers of an axis   zooms that axis alone; a double click there shows all points
 *   a button where the axes meet        both axes alike, or each to fill
 *   right drag      zooms to a box, which axes with scales of their own fill; Esc cancels
 *   two fingers     zoom about their middle, and drag
 *   right click, Menu key, Shift+F10    ask for a menu (plot_menu.h)
 *   double click, Home, 0      all points; the view then follows data and size until the next zoom or pan
 *   Backspace       back a view (PLOT_HAND_VIEWS are kept; one turn of the wheel is one view); a button goes forth
 *   arrows          pan (Ctrl: less) while the plot has the focus; + and - zoom
 *   click           pins the point within PLOT_HAND_REACH; on it again, or on nothing: none is pinned
 * Home, 0, Backspace, + and - also work while nothing has the focus, and with the pointer over the plot while the focus
 * is where it was clicked. Shift and an arrow belong to the timeline. */
#ifndef EASYFIRST_PLOT_HAND_H
#define EASYFIRST_PLOT_HAND_H

#include "app/plot/camera.h"
#include "app/plot/point_grid.h"
#include "app/experiment/snapshot.h"
#include "app/ui/ui_widget.h"
#include "app/plot/plot.h"

#define PLOT_HAND_VIEWS 50
#define PLOT_HAND_REACH 8.0f      /* logical pixels from the pointer to the point it means */
#define PLOT_HAND_CLICK 3.0f      /* logical pixels that a click may move */
#define PLOT_HAND_POINT_AFTER 0.1 /* seconds of rest before a point's card appears, and ... */
#define PLOT_HAND_MODEL_AFTER 0.4 /* ... the one of the model's probabilities */
#define PLOT_HAND_GLIDE 0.18      /* seconds from one view to another */
#define PLOT_HAND_STILL 0.15      /* seconds without a change before the field becomes exact */

typedef struct PlotView {
    double x, y, width, height; /* world: the middle, and the extent to show around it */
    double stretch;             /* of the camera */
    bool follows;               /* shows all points, whatever they are; the rest is unused then */
} PlotView;

typedef enum {
    PLOT_DRAG_NONE,
    PLOT_DRAG_PRESS, /* not yet more than a click */
    PLOT_DRAG_PAN,
    PLOT_DRAG_BOX,
    PLOT_DRAG_SPENT /* ended before the button was released */
} PlotDrag;

/* A menu that has been asked for: where, and the point there, or -1. */
typedef struct PlotAsked {
    bool asked, by_key;
    float x, y; /* pixels */
    int64_t sample;
    uint64_t data_version; /* that the point is one of */
} PlotAsked;

typedef struct PlotHand {
    PlotView view;
    PlotView views[PLOT_HAND_VIEWS]; /* to go back to, the newest last */
    PlotView forth[PLOT_HAND_VIEWS]; /* that one has gone back from, likewise */
    int view_count, forth_count;
    int merged;         /* kind of the change that the newest one was kept for ... */
    double merged_at;   /* ... and when: more of the same belongs to it */
    Camera camera;      /* of `view` and the area, as of the last plot_hand_camera */
    Camera fit;         /* of all points */
    Aspect aspect;      /* of that; plot_hand_set_aspect */
    bool motion;        /* set by the owner: fit, back and box glide there */
    Camera glide_from;  /* the view before such a change, ... */
    double glide_since; /* ... and when it was; PLOT_HAND_GLIDE later it is over */
    double now;         /* of the frame */

    PlotDrag drag;
    Camera drag_camera;                 /* when it began */
    float drag_x, drag_y, box_x, box_y; /* where it began; where the box's other corner is */

    int64_t pinned, hovered;  /* points, or -1. Valid for the data of the last plot_hand_camera */
    int64_t pinned_before;    /* what was pinned before the last click, which may be the first of two */
    float pinned_x, pinned_y; /* where the pinned one is, to find it again when points change */
    PlotHidden hidden;
    PlotColor color;
    const char *name; /* of the plot's widget, set by the owner; NULL: "plot" */
    const Snapshot
        *duel;         /* set by the owner: the first of the runs that share the hand, whose card has all; or NULL. */
    Rect duel_room;    /* ... in which that card stays: all plots */
    bool twin_focused; /* set by the owner: another run's plot has the keyboard, for all */
    bool no_aspect;    /* set by the owner: no button where the axes meet */
    Rect axes;         /* set by the owner: the plot, axes included, that has the button; empty: the one in the hand */
    bool selects;      /* set by the owner: the left button selects points (select_drag.h); no panning or pinning */
    bool tool;         /* set by the owner: a brush has the left button; no panning, pinning or cards */

    /* the rest of the pointer */
    bool over; /* the pointer is over the plot and free */
    float rest_x, rest_y;
    double rest_since;
    bool card_open;
    bool focused; /* by keyboard: show it */
    Rect aspect_button;
    UiTouch aspect_touch;
    PlotAsked menu; /* the owner opens it and takes `asked` away */
    int64_t told;   /* the point whose card stays until the hand does something, or -1 */

    uint64_t drawn; /* checksum of what the field depends on, and since when it has held */
    double drawn_since;

    PointGrid grid;           /* made when first needed */
    const Dataset *grid_data; /* its points, or NULL, and their version */
    uint64_t grid_version;
    const Dataset *seen_data; /* the points that pinned and hovered index */
    uint64_t seen_version;
} PlotHand;

void plot_hand_init(PlotHand *hand);
void plot_hand_free(PlotHand *hand); /* safe on a zeroed one */

/* Widgets "plot", "axis-x", "axis-y" and "axes-aspect", and all behaviour. outer and options are plot_draw's. Returns how "plot" was
 * touched, for a brush. */
UiTouch plot_hand_touch(PlotHand *hand, Ui *ui, Rect outer, const PlotOptions *options, const Snapshot *snapshot);

/* The view for an area and the current points. When points change, the pin stays if its point is still there; when none
 * is left in view, the view follows them again. */
const Camera *plot_hand_camera(PlotHand *hand, Rect area, const Snapshot *snapshot);

/* The owner's options with the hand's own: colours, what is hidden, and the field as exact as there is time for. Asks
 * the ui for another frame while it will soon be more exact. */
PlotOptions plot_hand_options(PlotHand *hand, Ui *ui, PlotOptions options, const Snapshot *snapshot);

/* Focus, box, pin and card. After plot_draw, before ui_end. */
void plot_hand_draw(PlotHand *hand, Ui *ui, Rect area, const Snapshot *snapshot);

/* The same on another run's plot: the rings of the points that are pinned and pointed at (twin-pin, twin-hovered; of a
 * third plot, twin 1, twin-pin-2 ...), and the focus if that plot has it. Its view is the hand's in that area. Leaves
 * the hand's camera in the area that it is in. */
void plot_hand_draw_twin(const PlotHand *hand, Ui *ui, Rect area, const Snapshot *snapshot, int twin, bool focused);

/* Keeps the view as it is while points come and go (it may have followed them). */
void plot_hand_keep(PlotHand *hand);

/* Pins a point, or none (-1). One out of view is brought into its middle. */
void plot_hand_pin(PlotHand *hand, const Dataset *data, int64_t sample);

/* A view and a pin (or -1) of these points that were kept with them: nothing is left of the hand's others. */
void plot_hand_recall(PlotHand *hand, const Dataset *data, uint64_t data_version, const PlotView *view, int64_t pinned);

/* Brings a place into view, in its middle, unless it is there already. */
void plot_hand_show(PlotHand *hand, float x, float y);

/* Shows all points: for a new set of points, or a button. Back leads to the view before. */
void plot_hand_fit(PlotHand *hand);

/* How the axes' scales go together; shows all points. */
void plot_hand_set_aspect(PlotHand *hand, Aspect aspect);
/* The other way for these points: both alike, or each to fill; `auto` where that is what it does. Nothing happens where
 * there is nothing to fill. */
void plot_hand_toggle_aspect(PlotHand *hand, const Dataset *data);
/* What that does, in words. */
const char *plot_hand_aspect_help(const PlotHand *hand, const Dataset *data);

/* For buttons: back a view, forth again (nothing happens where there is none), magnify about the middle. */
void plot_hand_back(PlotHand *hand);
void plot_hand_forth(PlotHand *hand);
void plot_hand_zoom(PlotHand *hand, double factor);
#define PLOT_HAND_ZOOM 1.21 /* the factor of + and -: two notches of the wheel */

/* The shown point nearest to a pixel of the last camera, within PLOT_HAND_REACH, or -1. */
int64_t plot_hand_nearest(PlotHand *hand, const Snapshot *snapshot, float scale, float x, float y);
/* The clean point there that is nearer than that sample (-1: none), or -1. */
int64_t plot_hand_nearest_clean(const PlotHand *hand, const Snapshot *snapshot, float scale, float x, float y,
                                int64_t sample);
/* The same by a place in the data's units, reach in units of x (INFINITY: however far). */
int64_t plot_hand_nearest_to(PlotHand *hand, const Snapshot *snapshot, double x, double y, double reach);
/* The shown point next to a point in that direction as seen (point_grid_step), or -1. */
int64_t plot_hand_step(PlotHand *hand, const Snapshot *snapshot, size_t sample, PointDirection direction);

/* A dark line within a light one, or the other way round: it stands out from every mark and region. at, radius and
 * width: pixels. */
void plot_hand_ring(Ui *ui, const float at[2], float radius, float width);

/* The zoom box that is being drawn, pixels. */
Rect plot_hand_box(const PlotHand *hand);

#endif
