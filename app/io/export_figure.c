/* A figure as an SVG, whose shapes are written step by step, or a PDF, which cairo writes in one piece, on a thread of
 * its own. */
#include "app/io/export_private.h"

#include "app/base/copy.h"
#include "app/base/file_write.h"
#include "app/io/plot_figure.h"
#include "core/parallel.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

/* What the thread reads, the figure's list besides, and, once it is over, what became of it. */
typedef struct PdfWork {
    FileWrite file;
    const char *path;
    PdfPage page;
    char *caption;
    pthread_t thread;
    bool running; /* to be joined */
    atomic_bool over;
    bool written;
    Status status;
} PdfWork;

/* A figure that is drawn in one step, and its shapes, which are written in the others. */
typedef struct FigureWork {
    PlotFigure figure;
    PlotOptions options;
    Camera view;
    bool has_view, replace;
    char *command;
    SvgWriter *svg;
    PdfWork pdf;
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

static void *write_pdf(void *of) {
    FigureWork *work = of;
    PdfWork *pdf = &work->pdf;
    if (pdf->running)
        parallel_begin_background();
    pdf->written = pdf_write(pdf->file.stream, pdf->path, &work->figure.list, &pdf->page, &pdf->status);
    atomic_store(&pdf->over, true);
    return NULL;
}

static bool begin_pdf(ExportJob *job, Status *status) {
    FigureWork *work = job->work;
    PdfWork *pdf = &work->pdf;
    pdf->path = job->path;
    if (!pdf_load(status) ||
        !plot_figure_page(&work->figure, &job->run.now, work->command, TEXT_AS_TEXT, &pdf->page, &pdf->caption,
                          status) ||
        !file_begin(&pdf->file, job->path, work->replace, status))
        return false;
    pdf->running = true;
    if (pthread_create(&pdf->thread, NULL, write_pdf, work) != 0) {
        pdf->running = false;
        write_pdf(work);
    }
    return true;
}

static void end_thread(PdfWork *pdf) {
    if (pdf->running)
        pthread_join(pdf->thread, NULL);
    pdf->running = false;
}

static bool pdf_step(ExportJob *job, Status *status) {
    FigureWork *work = job->work;
    PdfWork *pdf = &work->pdf;
    job->total = 3;
    if (job->done == 0)
        return draw_figure(job, status);
    if (job->done == 1) {
        job->done = 2;
        return begin_pdf(job, status);
    }
    if (!atomic_load(&pdf->over)) {
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
        return true;
    }
    end_thread(pdf);
    job->done = 3;
    if (!pdf->written)
        *status = pdf->status;
    return pdf->written;
}

static bool finish_pdf(ExportJob *job, Status *status) {
    FigureWork *work = job->work;
    return file_commit(&work->pdf.file, status);
}

static void figure_free(ExportJob *job) {
    FigureWork *work = job->work;
    if (!work)
        return;
    svg_abandon(work->svg);
    end_thread(&work->pdf);
    file_abandon(&work->pdf.file);
    free(work->pdf.caption);
    plot_figure_close(&work->figure);
    free(work->command);
    free(work);
}

const ExportFormat svg_export = {
    .label = N_("SVG of the plot"),
    .name = "easyfirst.svg",
    .ending = ".svg",
    .size = {FIGURE_SMALLEST, FIGURE_LARGEST, FIGURE_WIDTH, FIGURE_HEIGHT, N_("mm")},
    .keeps = KEEP_SETTINGS | KEEP_POINTS | KEEP_STATE | KEEP_OTHERS,
    .figures = true,
    .begin = figure_begin,
    .step = svg_step,
    .commit = finish_svg,
    .free = figure_free,
};

const ExportFormat pdf_export = {
    .label = N_("PDF of the plot"),
    .name = "easyfirst.pdf",
    .ending = ".pdf",
    .size = {FIGURE_SMALLEST, FIGURE_LARGEST, FIGURE_WIDTH, FIGURE_HEIGHT, N_("mm")},
    .keeps = KEEP_SETTINGS | KEEP_POINTS | KEEP_STATE | KEEP_OTHERS,
    .figures = true,
    .begin = figure_begin,
    .step = pdf_step,
    .commit = finish_pdf,
    .free = figure_free,
};
