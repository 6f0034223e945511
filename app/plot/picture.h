/* The plot as a picture of its own: the PNG and the frames of the GIF, with or without a window. */
#ifndef EASYFIRST_PICTURE_H
#define EASYFIRST_PICTURE_H

#include "app/plot/plot.h"

#define PICTURE_WIDTH 640 /* unless told */
#define PICTURE_HEIGHT 480
#define PICTURE_SMALLEST 64 /* pixels a side */
#define PICTURE_LARGEST 8192
#define PICTURE_PALETTE 255 /* colours of a GIF */

enum { GIF_FRAME_CENTISECONDS = 60, GIF_LAST_CENTISECONDS = 250 };

/* What is kept from picture to picture. A zeroed one can be closed. */
typedef struct Picture {
    const Theme *theme;
    float scale; /* of lines, marks and text */
    Text *text;
    Plot *plot, *second; /* the other: of a second run, made when first needed */
    Canvas canvas;
} Picture;

/* On failure what has been made is still there to be closed. */
bool picture_open(Picture *picture, const char *font_folder, const Theme *theme, float scale, int width, int height,
                  Status *status);
void picture_close(Picture *picture);

/* Lines, marks and text of a picture are this much larger than those of one of 640x480: 0.75 to 4. */
float picture_scale(int width, int height);

/* The finest field that a picture can have without taking too much time and memory: PlotOptions.field_step.
 */
int picture_field_step(int width, int height, const Mlp *mlp);

/* With a second run in the snapshot (snapshot->beside) the two stand side by side.
 * Draws the rows from first to before first + rows onto the picture's canvas; all of them make the picture,
 * whatever the pieces. Scale, caption and legend are the picture's; colours, what is hidden, rings and the
 * field's step those of `options`. view: whose middle and extent are shown; NULL: all points. */
bool picture_draw(Picture *picture, const Snapshot *snapshot, const PlotOptions *options, const Camera *view, int first,
                  int rows, Status *status);

/* Whether the last few hard samples are ringed in a picture of a run by itself: at the end of one that goes
 * on until few are hard. */
bool picture_rings(const Snapshot *snapshot);

/* The colours of such pictures, for a GIF. Returns how many, at most PICTURE_PALETTE. */
size_t picture_palette(const Theme *theme, int classes, PlotColor color, Color colors[PICTURE_PALETTE]);

#endif
