/* The plot: decision regions, boundary, points, axes, legend. One drawing code for the window, the PNG and the GIF. */
#ifndef EASYFIRST_VIEW_PLOT_H
#define EASYFIRST_VIEW_PLOT_H

#include "camera.h"
#include "canvas.h"
#include "marks.h"
#include "snapshot.h"
#include "text.h"
#include "theme.h"
#include "../core/contour.h"
#include "../core/field.h"

typedef struct PlotOptions {
    float scale;       /* of lines, marks and text */
    bool caption;      /* write epoch and threshold into the picture (GIF, PNG of the plot) */
    bool ring_hard;    /* ring the samples that are still hard, if at most PLOT_RING_MAX are */
    bool legend;
    int field_step;    /* pixels between field nodes, 1 to PLOT_MAX_STEP; 1 is exact */
} PlotOptions;

#define PLOT_RING_MAX 50
#define PLOT_MAX_STEP 64

typedef struct Plot Plot; /* sprites, field, contour: what is kept between frames */

Plot *plot_new(Status *status);
void plot_free(Plot *plot);

/* Where the plotted area lies inside the outer rect (room for tick labels on the left and below). */
Rect plot_area(const PlotOptions *options, Text *text, Rect outer);

/* Draws the whole plot into outer. camera->view must be plot_area(...). The ground round the plotted area is the
 * caller's: outer is to be filled with theme->card before. A model that is not finite is shown as a plain ground. */
bool plot_draw(Plot *plot, Canvas *canvas, Text *text, const Theme *theme, Rect outer, const Camera *camera,
               const Snapshot *snapshot, const PlotOptions *options, Status *status);

/* The colours that a plot of so many classes consists of, as ramps from one colour to another, for a fixed palette.
 * Writes at most `most` colours and returns how many; plots are drawn from these and their near neighbours. */
size_t plot_palette(const Theme *theme, int classes, Color *colors, size_t most);

#endif
