/* A figure as an SVG or a PDF. */
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
    bool opened = plot_figure_open(&work->figure, r->font_folder, r->theme, r->width, r->height,
                                   r->scale > 0.0f ? r->scale : 1.0f, status);
    work->figure.picture.figure = r->figure;
    return opened;
}

static bool draw_figure(ExportJob *job, Status *status) {
    FigureWork *work = job->work;
    job->done = 1;
    return plot_figure_draw(&work->figure, &job->run.now, &work->options, work->has_view ? &work->view : NULL, status);
}

static bool svg_step(ExportJob *job, Status *status) {
    FigureWork *work = job->work;
    if (job->done == 0) {
        bool drawn = draw_figure(job, status);
        job->total = 2 + work->figure.list.count;
        return drawn;
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

static bool finish_svg(ExportJob *job, Status *status) {
    FigureWork *work = job->work;
    SvgWriter *svg = work->svg;
    work->svg = NULL;
    return svg_commit(svg, status);
}

static bool pdf_step(ExportJob *job, Status *status) {
    job->total = 1;
    return draw_figure(job, status);
}

/* In one piece. */
static bool write_pdf(ExportJob *job, Status *status) {
    FigureWork *work = job->work;
    return plot_figure_pdf(&work->figure, job->path, work->replace, &job->run.now, work->command, TEXT_AS_TEXT, status);
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
    .figures = true,
    .begin = figure_begin,
    .step = svg_step,
    .commit = finish_svg,
    .free = figure_free,
};

const ExportFormat pdf_export = {
    .label = "PDF of the plot",
    .name = "easyfirst.pdf",
    .ending = ".pdf",
    .size = {FIGURE_SMALLEST, FIGURE_LARGEST, FIGURE_WIDTH, FIGURE_HEIGHT, "mm"},
    .keeps = KEEP_SETTINGS | KEEP_POINTS | KEEP_STATE | KEEP_OTHERS,
    .figures = true,
    .begin = figure_begin,
    .step = pdf_step,
    .commit = write_pdf,
    .free = figure_free,
};
