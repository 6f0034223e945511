/* The plot: decision regions, boundary, points, axes, legend. One drawing code for the window, the PNG and the GIF. */
#ifndef EASYFIRST_PLOT_H
#define EASYFIRST_PLOT_H

#include "app/plot/camera.h"
#include "app/draw/canvas.h"
#include "app/draw/marks.h"
#include "app/experiment/snapshot.h"
#include "app/draw/text.h"
#include "app/draw/theme.h"
#include "core/contour.h"
#include "core/field.h"

/* What the points' colours show. Shape is the class in all of them. */
typedef enum {
    PLOT_COLOR_CLASS,    /* class and easy or hard */
    PLOT_COLOR_LOSS,     /* loss on a ramp from PLOT_LOSS_LOW to PLOT_LOSS_HIGH; easy ones have a dark edge */
    PLOT_COLOR_ADMITTED, /* the epoch of admission on a ramp; hollow: never yet */
    PLOT_COLORS
} PlotColor;

#define PLOT_LOSS_LOW 1e-3
#define PLOT_LOSS_HIGH 10.0

/* What is left out of the picture; a zeroed one leaves out nothing. */
typedef struct PlotHidden {
    bool easy[MAX_CLASSES]; /* easy points of a class */
    bool hard, test, boundary, regions;
} PlotHidden;

typedef struct PlotOptions {
    float scale;    /* of lines, marks and text */
    bool caption;   /* write epoch and threshold into the picture (GIF, PNG of the plot) */
    bool ring_hard; /* ring the samples that are still hard, if at most PLOT_RING_MAX are */
    bool legend;
    bool roomy_legend; /* rows high enough to be pressed, where there is room */
    int field_step;    /* pixels between field nodes, 1 to PLOT_MAX_STEP; 1 is exact */
    PlotColor color;
    PlotHidden hidden;
    const uint32_t *ground; /* opaque pixels of the plotted area's size in place of the regions; NULL: the regions */
} PlotOptions;

#define PLOT_RING_MAX 50
#define PLOT_MAX_STEP 64

typedef struct Plot Plot; /* sprites, field, contour, the finished picture: what is kept between frames */

Plot *plot_new(Status *status);
void plot_free(Plot *plot);

/* Where the plotted area lies inside the outer rect (room for tick labels on the left and below). */
Rect plot_area(const PlotOptions *options, Text *text, Rect outer);

/* Draws the whole plot into outer. camera->view must be plot_area(...). The ground round the plotted area is the
 * caller's: outer is to be filled with theme->card before. A model that is not finite is shown as a plain ground.
 * Asked for a third time in a row, the same picture is copied, not drawn: what is the same is known by the snapshot's
 * versions, so one Plot is for one run. */
bool plot_draw(Plot *plot, Canvas *canvas, Text *text, const Theme *theme, Rect outer, const Camera *camera,
               const Snapshot *snapshot, const PlotOptions *options, Status *status);

/* A title at the top of the plotted area, where several plots stand side by side. After plot_draw. */
void plot_title(Canvas *canvas, Text *text, const Theme *theme, Rect area, float scale, const char *title);

/* What the legend names. */
typedef enum {
    PLOT_ENTRY_EASY,
    PLOT_ENTRY_HARD,
    PLOT_ENTRY_RING, /* goes with the hard ones that it flags: not to be left out by itself */
    PLOT_ENTRY_TEST,
    PLOT_ENTRY_BOUNDARY,
    PLOT_ENTRY_REGIONS
} PlotEntryKind;

/* Where it stands in *hidden that an entry (class: of PLOT_ENTRY_EASY) is left out. */
bool *plot_hidden(PlotHidden *hidden, PlotEntryKind kind, int class);

/* Entries of the legend that can be left out, as plot_draw would place them: what can be pressed. */
typedef struct PlotEntry {
    PlotEntryKind kind;
    int class; /* of PLOT_ENTRY_EASY */
    Rect rect; /* its row */
} PlotEntry;

#define PLOT_MOST_ENTRIES (MAX_CLASSES + 4)

/* Writes them to `entries`, the legend's card to *card (empty: there is no legend), and returns how many there are. */
int plot_legend(Plot *plot, Text *text, Rect outer, const Camera *camera, const Snapshot *snapshot,
                const PlotOptions *options, PlotEntry entries[PLOT_MOST_ENTRIES], Rect *card);

/* Whether a sample is in the picture at all, as far as `hidden` goes. */
static inline bool plot_shows(const PlotHidden *hidden, const Snapshot *snapshot, size_t sample) {
    return snapshot->v[sample] > 0 ? !hidden->easy[snapshot->data->label[sample]] : !hidden->hard;
}

/* Whether a sample has been admitted as far as the epoch on show knows. */
static inline bool plot_admitted(const Snapshot *snapshot, size_t sample) {
    return snapshot->admitted[sample] < snapshot->epoch;
}

/* Perceptual and safe for all common kinds of colour vision; the more (0 to 1), the farther from the theme's ground. */
Color plot_ramp(const Theme *theme, float share);

/* Half the height of a point's mark in pixels, as drawn last; 0 before that. */
float plot_mark_radius(const Plot *plot);

/* The colours that a plot of so many classes consists of, as ramps from one colour to another, for a fixed palette.
 * Writes at most `most` colours and returns how many; plots are drawn from these and their near neighbours. */
size_t plot_palette(const Theme *theme, int classes, Color *colors, size_t most);

#endif
