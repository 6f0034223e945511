#include "app/io/plot_figure.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/plot/duel.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static const double POINTS_AN_INCH = 72, MILLIMETRES_AN_INCH = 25.4;
static const double SMALLEST_TEXT = 7; /* points, of TEXT_CAPTION, which has 11 pixels at a scale of 1 */

bool plot_figure_open(PlotFigure *figure, const char *font_folder, const Theme *theme, double width, double height,
                      float scale, Status *status) {
    double pixels = FIGURE_DPI / MILLIMETRES_AN_INCH, unit = SMALLEST_TEXT / 11 * FIGURE_DPI / POINTS_AN_INCH;
    *figure = (PlotFigure){.millimetres = width};
    return picture_open(&figure->picture, font_folder, theme, (float)(unit * (double)scale),
                        (int)lround(width * pixels), (int)lround(height * pixels), status);
}

void plot_figure_close(PlotFigure *figure) {
    picture_close(&figure->picture);
    draw_list_free(&figure->list);
}

bool plot_figure_draw(PlotFigure *figure, const Snapshot *snapshot, const PlotOptions *options, const Camera *view,
                      Status *status) {
    Canvas *canvas = &figure->picture.canvas;
    PlotOptions own = *options;
    own.field_step = picture_field_step(canvas->width, canvas->height, snapshot->mlp);
    draw_list_free(&figure->list);
    canvas->record = &figure->list;
    bool drawn = picture_draw(&figure->picture, snapshot, &own, view, 0, canvas->height, status);
    canvas->record = NULL;
    return drawn && (!figure->list.failed || status_no_memory(status, "the figure"));
}

static void put_run(FILE *stream, const Snapshot *run) {
    char easy[32], count[32], accuracy[32], test_accuracy[32], threshold[32];
    format_count(run->easy, easy);
    format_count(run->data->count, count);
    format_percent(run->accuracy, accuracy);
    format_number(run->threshold, 3, threshold);
    bool easy_first = run->settings->order == ORDER_EASY;
    if (run->diverged) {
        fprintf(stream,
                easy_first ? tr("epoch %u, threshold %s, %s of %s points easy, diverged.")
                           : tr("epoch %u, threshold %s, %s of %s points in use, diverged."),
                (unsigned)run->epoch, threshold, easy, count);
    } else if (run->test && run->test->count > 0 && isfinite(run->test_accuracy)) {
        format_percent(run->test_accuracy, test_accuracy);
        fprintf(stream,
                easy_first ? tr("epoch %u, threshold %s, %s of %s points easy, accuracy %s, on test points %s.")
                           : tr("epoch %u, threshold %s, %s of %s points in use, accuracy %s, on test points %s."),
                (unsigned)run->epoch, threshold, easy, count, accuracy, test_accuracy);
    } else {
        fprintf(stream,
                easy_first ? tr("epoch %u, threshold %s, %s of %s points easy, accuracy %s.")
                           : tr("epoch %u, threshold %s, %s of %s points in use, accuracy %s."),
                (unsigned)run->epoch, threshold, easy, count, accuracy);
    }
}

char *plot_figure_caption(const Snapshot *snapshot) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return NULL;
    int runs = snapshot_runs(snapshot);
    DuelHead heads[DUEL_RUNS];
    Differences differences = {0};
    if (runs > 1) {
        differences = differences_of(snapshot);
        duel_heads(snapshot, &differences, heads);
    }
    for (int k = 0; k < runs; k++) {
        if (runs > 1)
            fprintf(stream, "%s%c, %s: ", k ? " " : "", 'A' + k, heads[k].name);
        put_run(stream, snapshot_run(snapshot, k));
    }
    bool complete = !ferror(stream);
    if (fclose(stream) != 0 || !complete) {
        free(text);
        return NULL;
    }
    return text;
}

static const char *title_of(const PlotFigure *figure) {
    static const char *const TITLES[] = {N_("Self-paced learning"), N_("Self-paced learning: histogram of losses"),
                                         N_("Self-paced learning: timeline"), N_("Self-paced learning: data map")};
    return tr(TITLES[figure->picture.figure]);
}

SvgWriter *plot_figure_svg(const PlotFigure *figure, const char *path, bool replace, const Snapshot *snapshot,
                           const char *command, TextAs text_as, Status *status) {
    char *caption = plot_figure_caption(snapshot);
    if (!caption) {
        status_no_memory(status, "the figure");
        return NULL;
    }
    const Canvas *canvas = &figure->picture.canvas;
    SvgPage page = {canvas->width, canvas->height, figure->millimetres, title_of(figure), caption, command, text_as};
    SvgWriter *svg = svg_begin(path, replace, &figure->list, &page, status);
    free(caption);
    return svg;
}

bool plot_figure_page(const PlotFigure *figure, const Snapshot *snapshot, const char *command, TextAs text_as,
                      PdfPage *page, char **caption, Status *status) {
    *caption = plot_figure_caption(snapshot);
    const Canvas *canvas = &figure->picture.canvas;
    *page = (PdfPage){.width = canvas->width,
                      .height = canvas->height,
                      .millimetres = figure->millimetres,
                      .title = title_of(figure),
                      .caption = *caption,
                      .command = command,
                      .outlines = text_as == TEXT_AS_OUTLINES};
    return *caption || status_no_memory(status, "the figure");
}

bool plot_figure_pdf(const PlotFigure *figure, const char *path, bool replace, const Snapshot *snapshot,
                     const char *command, TextAs text_as, Status *status) {
    char *caption;
    PdfPage page;
    bool saved = plot_figure_page(figure, snapshot, command, text_as, &page, &caption, status) &&
                 pdf_save(path, replace, &figure->list, &page, status);
    free(caption);
    return saved;
}
