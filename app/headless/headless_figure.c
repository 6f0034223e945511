/* What --figure shows after the last epoch, as a figure for print, of a run without a window. */
#include "app/headless/headless_private.h"

#include "app/base/resources.h"
#include "app/io/plot_figure.h"

#include <stdlib.h>

static bool open_figure(const Headless *h, PlotFigure *figure, Status *status) {
    const Cli *cli = h->cli;
    double width = cli_figure_width(cli), height = width * cli->image_height / cli->image_width;
    char *fonts = resource_path("fonts", status);
    bool opened = fonts && plot_figure_open(figure, fonts, theme_of(cli->theme), width, height,
                                            cli->scale > 0.0f ? cli->scale : 1.0f, status);
    free(fonts);
    figure->picture.figure = (FigureKind)cli->figure;
    return opened;
}

/* path: of the one format or the other. */
static bool write_figure(Headless *h, const char *path, bool as_pdf, Status *status) {
    const Cli *cli = h->cli;
    PlotFigure figure = {0};
    Snapshot snapshot;
    PlotOptions options;
    headless_look(h, &snapshot, &options);
    char *command;
    bool done = headless_command(h, cli->compare_count, &command, status);
    done = done && open_figure(h, &figure, status) && plot_figure_draw(&figure, &snapshot, &options, NULL, status);
    if (done && as_pdf) {
        done = plot_figure_pdf(&figure, path, cli->force, &snapshot, command, (TextAs)cli->text_as, status);
    } else if (done) {
        SvgWriter *svg = plot_figure_svg(&figure, path, cli->force, &snapshot, command, (TextAs)cli->text_as, status);
        done = svg && svg_finish(svg, status);
    }
    plot_figure_close(&figure);
    free(command);
    return done;
}

bool headless_finish_svg(Headless *h, Status *status) {
    return !h->cli->svg || write_figure(h, h->cli->svg, false, status);
}

bool headless_finish_pdf(Headless *h, Status *status) {
    return !h->cli->pdf || write_figure(h, h->cli->pdf, true, status);
}
