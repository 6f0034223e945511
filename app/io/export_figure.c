/* The plot as an SVG. */
#include "app/io/export_private.h"

#include "app/base/copy.h"
#include "app/io/plot_figure.h"
#include "app/io/svg_writer.h"

#include <stdlib.h>
#include <string.h>

/* A figure that is drawn in one step, and its shapes, which are written in the others. */
typedef struct FigureWork {
    PlotFigure figure;
    PlotOptions options;
    Camera view;
    bool has_view, replace;
    char *command;
    SvgWriter *svg;
} FigureWork;

static bool figure_begin(ExportJob *job, const ExportRequest *r, Status *status) {
    FigureWork *work = job->work = calloc(1, sizeof *work);
    if (!work)
        return status_no_memory(status, "what is to be saved");
    work->options = r->options;
    work->replace = r->replace;
    work->has_view = r->view != NULL;
    if (r->view)
        work->view = *r->view;
    if (r->command && !(work->command = copy_of(r->command, strlen(r->command) + 1, 1)))
        return status_no_memory(status, "what is to be saved");
    job->total = 2;
    return plot_figure_open(&work->figure, r->font_folder, r->theme, r->width, r->height,
                            r->scale > 0.0f ? r->scale : 1.0f, status);
}

static bool figure_step(ExportJob *job, Status *status) {
    FigureWork *work = job->work;
    if (job->done == 0) {
        if (!plot_figure_draw(&work->figure, &job->run.now, &work->options, work->has_view ? &work->view : NULL,
                              status))
            return false;
        job->total = 2 + work->figure.list.count;
        job->done = 1;
        return true;
    }
    if (job->done == 1) {
        work->svg = plot_figure_svg(&work->figure, job->path, work->replace, &job->run.now, work->command, TEXT_AS_TEXT,
                                    status);
        job->done = 2;
        return work->svg != NULL;
    }
    bool written = svg_piece(work->svg, status);
    job->done = job->total - svg_left(work->svg);
    return written;
}

static bool figure_commit(ExportJob *job, Status *status) {
    FigureWork *work = job->work;
    SvgWriter *svg = work->svg;
    work->svg = NULL;
    return svg_commit(svg, status);
}

static void figure_free(ExportJob *job) {
    FigureWork *work = job->work;
    if (!work)
        return;
    svg_abandon(work->svg);
    plot_figure_close(&work->figure);
    free(work->command);
    free(work);
}

const ExportFormat svg_export = {
    .label = "SVG of the plot",
    .name = "easyfirst.svg",
    .ending = ".svg",
    .size = {FIGURE_SMALLEST, FIGURE_LARGEST, FIGURE_WIDTH, FIGURE_HEIGHT, "mm"},
    .keeps = KEEP_SETTINGS | KEEP_POINTS | KEEP_STATE | KEEP_OTHERS,
    .begin = figure_begin,
    .step = figure_step,
    .commit = figure_commit,
    .free = figure_free,
};
