/* What a plot shows: colours, what is left out, and how large all is drawn. Set by views and pictures. */
#ifndef EASYFIRST_PLOT_OPTIONS_H
#define EASYFIRST_PLOT_OPTIONS_H

#include "app/experiment/snapshot.h"
#include "app/plot/camera.h"

/* What the points' colours show. The shape shows the class in all of them. */
typedef enum {
    PLOT_COLOR_CLASS,    /* class, and easy or hard */
    PLOT_COLOR_LOSS,     /* loss, on a ramp from PLOT_LOSS_LOW to PLOT_LOSS_HIGH; easy points have a dark edge */
    PLOT_COLOR_ADMITTED, /* epoch of admission, on a ramp; hollow: not admitted yet */
    /* further measures of the labels (core/label_measures.h), on ramps; hollow: not known (yet) */
    PLOT_COLOR_AUM,
    PLOT_COLOR_CONFIDENCE,
    PLOT_COLOR_VARIABILITY,
    PLOT_COLOR_CORRECTNESS,
    PLOT_COLOR_FORGETTING,
    PLOT_COLOR_TRACIN,
    PLOT_COLOR_KNN,
    PLOT_COLOR_HELD_OUT,
    PLOT_COLOR_AGREEMENT,
    PLOT_COLOR_INFLUENCE, /* G of core/meta.h, in colours of its own: filled helps, hollow hurts the clean points */
    PLOT_COLORS
} PlotColor;

/* Points whose labels' measures are shown, and not their admission: every mark has a colour of the ramp. */
static inline bool plot_color_by_value(PlotColor color) {
    return color != PLOT_COLOR_CLASS && color != PLOT_COLOR_ADMITTED && color != PLOT_COLOR_INFLUENCE;
}

#define PLOT_LOSS_LOW 1e-3
#define PLOT_LOSS_HIGH 10.0

/* What is left out of the picture; a zeroed one leaves out nothing. */
typedef struct PlotHidden {
    bool easy[MAX_CLASSES]; /* the easy points of a class */
    bool hard, test, clean, boundary, regions;
    bool differ, other; /* beside other runs: hatching where they differ; the others' boundaries */
} PlotHidden;

#define PLOT_RING_MAX 50
#define PLOT_MOST_SHAPES 20000 /* points that a figure has as shapes; of more it has a picture */
#define PLOT_MAX_STEP 64

typedef struct PlotOptions {
    float scale;    /* of lines, marks and text */
    bool caption;   /* epoch, threshold and the like above the plotted area (GIF, PNG of the plot) */
    bool ring_hard; /* ring the points that are still hard, if there are at most PLOT_RING_MAX */
    bool legend;
    float legend_room; /* pixels kept free for it on the right (plot_legend_room); 0: it lies over the plot */
    bool axis_letters; /* x and y stand at the ends of axes that have no name */
    bool name_row;     /* the name of y has a row of its own above the plotted area, under the caption */
    Aspect aspect;     /* of a picture of all points */
    bool beside;       /* something stands close to the right, so that no room is left there */
    int field_step;    /* pixels between field nodes, 1 to PLOT_MAX_STEP; 1 is exact */
    PlotColor color;
    PlotHidden hidden;
    /* the plots of other models with the same view, after plot_prepare: hatched where not all answer the same, with
     * their boundaries dashed in those colours (0: as a boundary); NULL: none, and none behind it */
    const struct Plot *others[OTHER_RUNS];
    Color other_colors[OTHER_RUNS];
    /* points that are lit, a bit each from the lowest of each word on (NULL: none), and a number that changes whenever
     * they do */
    const uint64_t *lit;
    uint64_t lit_version;
    const uint32_t *ground; /* opaque pixels of the plotted area's size in place of the regions; NULL: the regions */
} PlotOptions;

/* Whether a point is in the picture, as far as `hidden` goes. */
static inline bool plot_shows(const PlotHidden *hidden, const Snapshot *snapshot, size_t sample) {
    return snapshot->v[sample] > 0 ? !hidden->easy[snapshot->data->label[sample]] : !hidden->hard;
}

/* Whether a point had been admitted by the epoch on show. */
static inline bool plot_admitted(const Snapshot *snapshot, size_t sample) {
    return snapshot->admitted[sample] < snapshot->epoch;
}

#endif
