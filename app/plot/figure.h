/* The figures of a run besides its plot, as for a paper: axes with names and numbers, a key of what is drawn below, the
 * line that says epoch, threshold, easy points and accuracy above; nothing of a hand. */
#ifndef EASYFIRST_FIGURE_H
#define EASYFIRST_FIGURE_H

#include "app/plot/loss_bars.h"
#include "app/plot/map_points.h"
#include "app/plot/timeline_paths.h"

typedef enum {
    FIGURE_PLOT,
    FIGURE_HISTOGRAM, /* of the losses, with λ */
    FIGURE_TIMELINE,  /* the run over its epochs; needs a history */
    FIGURE_MAP,       /* the data map; needs the measures variability and confidence */
    FIGURE_KINDS
} FigureKind;

extern const char *const FIGURE_NAMES[]; /* plot, histogram, timeline, map; NULL ends them */

/* "Histogram of losses" */
const char *figure_title(FigureKind figure);

/* Each fills `outer`, whose ground is theme->card already. What is kept between figures is the caller's, zeroed at
 * first. */
void figure_histogram_draw(const Pen *pen, Rect outer, LossCount *count, const Snapshot *snapshot);
void figure_timeline_draw(const Pen *pen, Rect outer, TimelineMarkSprites *sprites, const Snapshot *snapshot);
/* options: the colours. The points are those of map_points_make. */
bool figure_map_draw(const Pen *pen, Rect outer, Plot *plot, const MapPoints *map, const Snapshot *snapshot,
                     const PlotOptions *options, Status *status);

/* Whether the snapshot has what the figure needs; if not, *status says what is missing. */
bool figure_check(FigureKind figure, const Snapshot *snapshot, Status *status);

#endif
