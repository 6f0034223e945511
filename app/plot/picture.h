/* The plot as a picture of its own: the PNG and the frames of the GIF, with or without a window. */
#ifndef EASYFIRST_PICTURE_H
#define EASYFIRST_PICTURE_H

#include "app/plot/figure.h"
#include "app/plot/plot.h"

#define PICTURE_WIDTH 640 /* unless another size is given */
#define PICTURE_HEIGHT 480
#define PICTURE_SMALLEST 64 /* pixels per side */
#define PICTURE_LARGEST 8192
#define PICTURE_PALETTE 255 /* colours of a GIF */

/* What is kept from picture to picture; owned. A zeroed one can be closed. */
typedef struct Picture {
    const Theme *theme;
    float scale; /* of lines, marks and text */
    Text *text;
    Plot *plots[1 + OTHER_RUNS]; /* of the run, and of those beside it, made when first needed */
    Canvas canvas;
    FigureKind figure; /* what it shows; the owner's to set */
    /* of the figures */
    LossCount losses;
    Plot *map_plot; /* made when first needed */
    MapPoints map;
    TimelineMarkSprites sprites;
} Picture;

/* On failure, too, the picture is to be closed. font_folder: as of text_new. */
bool picture_open(Picture *picture, const char *font_folder, const Theme *theme, float scale, int width, int height,
                  Status *status);
void picture_close(Picture *picture);

/* The scale of lines, marks and text that suits a size: 1 for 640x480; SCALE_MINIMUM to SCALE_MAXIMUM (theme.h). */
float picture_scale(int width, int height);

/* PlotOptions.field_step for the finest field that does not take too much time and memory. */
int picture_field_step(int width, int height, const Mlp *mlp);

/* Draws the rows from `first` to first + rows - 1 onto the picture's canvas; the pieces make the same picture
 * whatever their sizes. Runs beside the first (snapshot->others) stand beside it, with heads and a row (duel.h) in
 * place of caption and legend. Colours, what is hidden, rings and the field's step are those of `options`; scale,
 * caption and legend are the picture's own. view: whose centre and extent are shown; NULL: all points. The first piece
 * is that of row 0. A figure that lacks something (figure_check) is refused, and so is a picture that lacks
 * something for want of memory. */
bool picture_draw(Picture *picture, const Snapshot *snapshot, const PlotOptions *options, const Camera *view, int first,
                  int rows, Status *status);

/* Whether a picture of a run rings the last few hard points by default: at the end of a run that goes on until few
 * are hard. */
bool picture_rings(const Snapshot *snapshot);

/* Writes the colours of such pictures for a GIF, and returns how many, at most PICTURE_PALETTE. runs: how many. */
size_t picture_palette(const Theme *theme, const Settings *settings, int classes, PlotColor color, int runs,
                       Color colors[PICTURE_PALETTE]);

#endif
