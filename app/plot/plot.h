/* A snapshot as a picture: decision regions, boundary, points, axes, legend, caption. The window, the PNG and the
 * GIF are all drawn by this. */
#ifndef EASYFIRST_PLOT_H
#define EASYFIRST_PLOT_H

#include "app/draw/pen.h"
#include "app/plot/camera.h"
#include "app/plot/plot_options.h"

typedef struct Plot Plot; /* what is kept from frame to frame: sprites, field, contour, the finished picture */

Plot *plot_new(Status *status); /* NULL without memory */
void plot_free(Plot *plot);     /* NULL: nothing */

/* What a picture shows, and where. */
typedef struct PlotScene {
    Rect outer;           /* the whole plot, axes included */
    const Camera *camera; /* its view is plot_area(options, outer) */
    const Snapshot *snapshot;
    const PlotOptions *options;
} PlotScene;

/* Where the plotted area lies inside the outer rect: room is left for tick labels on the left and below. */
Rect plot_area(const PlotOptions *options, Rect outer);

/* More classes than this are many: the palette of a picture has fewer shades of each, and the legend is another. */
#define PLOT_MANY_CLASSES 8

/* The PlotOptions.legend_room that a picture needs: where the legend of the scene, over the plot, would hide points,
 * as that of many classes does, it stands beside them. The same for all epochs of a run, for one Plot and view.
 * 0: no need, or no room for it. */
float plot_legend_room(Plot *plot, Text *text, const PlotScene *scene);

/* Draws the whole plot. The ground around the plotted area is the caller's: outer is to be filled with theme->card
 * before. A model that is not finite leaves a plain ground. From the third time on that the same picture is asked
 * for in a row it is copied, not drawn: what is the same is known from the snapshot's versions, so one Plot serves
 * one run. */
bool plot_draw(Plot *plot, Canvas *canvas, Text *text, const Theme *theme, const PlotScene *scene, Status *status);

/* Makes the field of a scene's model without drawing anything: what another plot's PlotOptions.others need. */
bool plot_prepare(Plot *plot, const PlotScene *scene, Status *status);

/* How often plot_draw has drawn its picture anew, and how often it has copied the one that was kept. */
typedef struct PlotCounts {
    uint64_t drawn, copied;
} PlotCounts;
PlotCounts plot_counts(const Plot *plot);

/* ---- What a legend or a key names ---- */

typedef enum {
    PLOT_ENTRY_EASY,
    PLOT_ENTRY_SOFT, /* v between 0 and 1: goes with the easy points */
    PLOT_ENTRY_HARD,
    PLOT_ENTRY_RING, /* goes with the hard points that it flags; cannot be left out by itself */
    PLOT_ENTRY_TEST,
    PLOT_ENTRY_CLEAN,
    PLOT_ENTRY_HELPS, /* with PLOT_COLOR_INFLUENCE; neither can be left out by itself */
    PLOT_ENTRY_HURTS,
    PLOT_ENTRY_BOUNDARY,
    PLOT_ENTRY_REGIONS,
    PLOT_ENTRY_DIFFER, /* with PlotOptions.others: hatching, ... */
    PLOT_ENTRY_OTHER   /* ... and the others' boundaries */
} PlotEntryKind;

/* The field of *hidden that leaves out what an entry names. class: of PLOT_ENTRY_EASY. */
bool *plot_hidden(PlotHidden *hidden, PlotEntryKind kind, int class);

/* Draws the mark that stands for the points of a class, as the plot was last drawn; nothing before that. kind: EASY to
 * HURTS. x, y: its middle, in pixels. */
void plot_sign_draw(const Plot *plot, Canvas *canvas, PlotColor color, PlotEntryKind kind, int class, float x, float y);

/* The marks of a class between hollow and full, from little weight to much; nothing while weights are hard. */
enum { PLOT_SOFT_SIGNS = 3 };
void plot_soft_sign_draw(const Plot *plot, Canvas *canvas, int class, int sign, float x, float y);

/* A stretch of hatching as in the plot: a patch for a legend, or for what else is to be told apart. */
void plot_hatch(Canvas *canvas, Color color, Rect rect, float scale);

/* Whether the last few hard points are ringed. */
bool plot_rings(const Snapshot *snapshot, const PlotOptions *options);

/* What a colour shows: MEASURE_COUNT for the class. */
Measure plot_color_measure(PlotColor color);
const char *plot_color_help(PlotColor color); /* in a sentence */

/* A measure of the snapshot's labels, per sample; NULL: not known. */
const float *plot_measure(const Snapshot *snapshot, Measure measure);

/* How a number of each point is shown in the ramp's colours. */
typedef struct PlotRamp {
    const char *name;   /* the measure's; "": of colours that show the class */
    const float *value; /* per sample; NULL: not known, or an epoch of admission */
    double low, high;   /* values of its ends; beyond them colours stay as they are there */
    bool logarithmic;
    bool diverging;   /* plot_influence_color's colours */
    bool falling;     /* the low end has the colour farthest from the ground: small values are suspect */
    char ends[2][40]; /* as words; "": not known */
} PlotRamp;

/* The colour of the points' influence at a place from -1 (hurts most) to 1 (helps most). */
Color plot_influence_color(const Theme *theme, float at);
/* Of its mark's edge, which is all that is seen of one that hurts. */
Color plot_influence_edge(const Theme *theme, float at);

/* O(count) for the measures whose ends are found from the values; those go in steps, so that colours mostly stand
 * still. */
PlotRamp plot_ramp_of(const Snapshot *snapshot, PlotColor color);
/* The value at a share of the ramp's way from its low end, and the colour there. */
float plot_ramp_end(const PlotRamp *ramp, float share);
Color plot_ramp_color(const Theme *theme, const PlotRamp *ramp, float share);

/* The epoch at the end of the ramp, which begins at epoch 1, when colours show admission. It grows in steps, so that
 * colours mostly stand still. */
uint32_t plot_admitted_top(const Snapshot *snapshot);

/* The line over a picture of the run: epoch, threshold, easy points, accuracy, from x on, as many as there is room for
 * up to the right. */
void caption_draw(const Pen *pen, const Snapshot *snapshot, float x, float right, float baseline);

/* ---- Colours and sizes ---- */

/* Perceptually uniform and safe for all common kinds of colour vision; the higher the share (0 to 1), the farther
 * from the theme's ground. */
Color plot_ramp(const Theme *theme, float share);

/* Half the height of a point's mark in pixels, as last drawn; 0 before that. */
float plot_mark_radius(const Plot *plot);

/* Writes at most `most` of the colours that a plot of so many classes consists of, as ramps from one colour to
 * another, for a fixed palette, and returns how many. soft: weights between 0 and 1 occur. Plots are drawn in these and
 * their near neighbours. */
size_t plot_palette(const Theme *theme, int classes, bool soft, Color *colors, size_t most);

#endif
