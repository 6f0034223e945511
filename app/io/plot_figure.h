/* A figure for print: what --png shows, recorded as shapes (draw_list.h), with a size in millimetres, text
 * of 7 to 9 points whatever that size is, and a caption in words. */
#ifndef EASYFIRST_PLOT_FIGURE_H
#define EASYFIRST_PLOT_FIGURE_H

#include "app/draw/draw_list.h"
#include "app/io/pdf_writer.h"
#include "app/io/svg_writer.h"
#include "app/plot/picture.h"

#define FIGURE_WIDTH 120 /* millimetres, unless another is given */
#define FIGURE_HEIGHT 90
#define FIGURE_SMALLEST 30 /* a side */
#define FIGURE_LARGEST 300
#define FIGURE_DPI 300 /* of pictures in it */

/* A zeroed one can be closed. */
typedef struct PlotFigure {
    Picture picture; /* whose canvas shows what is recorded */
    DrawList list;
    double millimetres; /* its width */
} PlotFigure;

/* Width and height in millimetres; scale: of text, lines and marks, 1 unless another is wanted. */
bool plot_figure_open(PlotFigure *figure, const char *font_folder, const Theme *theme, double width, double height,
                      float scale, Status *status);
void plot_figure_close(PlotFigure *figure);

/* Draws the run, as picture_draw does, with the finest field in place of the options'. */
bool plot_figure_draw(PlotFigure *figure, const Snapshot *snapshot, const PlotOptions *options, const Camera *view,
                      Status *status);

/* What the figure shows, in a sentence for each run; to be freed, NULL without memory. */
char *plot_figure_caption(const Snapshot *snapshot);

/* Begins an SVG of what was drawn; the figure has to stay. command: that repeats the run, or NULL. NULL and *status on
 * failure. */
SvgWriter *plot_figure_svg(const PlotFigure *figure, const char *path, bool replace, const Snapshot *snapshot,
                           const char *command, TextAs text_as, Status *status);

/* The page of a PDF of it: *caption is its own, to be freed after the page. */
bool plot_figure_page(const PlotFigure *figure, const Snapshot *snapshot, const char *command, TextAs text_as,
                      PdfPage *page, char **caption, Status *status);
/* Writes a PDF of it. */
bool plot_figure_pdf(const PlotFigure *figure, const char *path, bool replace, const Snapshot *snapshot,
                     const char *command, TextAs text_as, Status *status);

#endif
