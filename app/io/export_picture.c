/* The run as a GIF, the plot and the window as a PNG. */
#include "app/io/export_private.h"

#include "app/io/gif_writer.h"
#include "app/io/png_writer.h"

#include <stdlib.h>
#include <string.h>

static const int BAND_PIXELS = 1 << 20; /* drawn in a piece of a step */

/* A picture, drawn or copied into its canvas, and the file that it goes into, one of the two. */
typedef struct PictureWork {
    Picture picture;
    PlotOptions options;
    Camera view;
    bool has_view;
    int drawn; /* rows of the picture that is being drawn */
    GifWriter *gif;
    PngWriter *png;
} PictureWork;

static bool open_picture(ExportJob *job, const ExportRequest *r, Status *status) {
    PictureWork *work = job->work = calloc(1, sizeof *work);
    if (!work)
        return status_no_memory(status, "what is to be saved");
    work->options = r->options;
    work->options.field_step = picture_field_step(r->width, r->height, &job->run.mlp);
    work->has_view = r->view != NULL;
    if (r->view)
        work->view = *r->view;
    float scale = r->scale > 0.0f ? r->scale : picture_scale(r->width, r->height);
    bool opened = picture_open(&work->picture, r->font_folder, r->theme, scale, r->width, r->height, status);
    work->picture.figure = r->figure;
    return opened;
}

/* The next band of the picture. */
static bool draw_band(PictureWork *work, const Snapshot *snapshot, Status *status) {
    const Canvas *canvas = &work->picture.canvas;
    int rows = BAND_PIXELS / canvas->width, left = canvas->height - work->drawn;
    rows = rows < left ? rows : left;
    if (!picture_draw(&work->picture, snapshot, &work->options, work->has_view ? &work->view : NULL, work->drawn, rows,
                      status))
        return false;
    work->drawn += rows;
    return true;
}

static void picture_work_free(ExportJob *job) {
    PictureWork *work = job->work;
    if (!work)
        return;
    gif_abandon(work->gif);
    png_abandon(work->png);
    picture_close(&work->picture);
    free(work);
}

/* ---- the GIF: a step is a frame ---- */

static bool gif_export_begin(ExportJob *job, const ExportRequest *r, Status *status) {
    if (!open_picture(job, r, status))
        return false;
    PictureWork *work = job->work;
    Color colors[PICTURE_PALETTE];
    size_t count = picture_palette(r->theme, &job->run.settings, job->run.data.classes, r->options.color,
                                   1 + job->other_count, colors);
    work->gif = gif_begin(r->path, r->replace, r->width, r->height, colors, count, status);
    job->total = job->run.kept.count;
    return work->gif != NULL;
}

/* A band of a frame, or, once all are drawn, the frame's way into the file. */
static bool gif_export_step(ExportJob *job, Status *status) {
    PictureWork *work = job->work;
    const Canvas *canvas = &work->picture.canvas;
    if (work->drawn < canvas->height) {
        if (!export_runs_then(job, &job->run.kept.records[job->done], status))
            return false;
        work->options.ring_hard = picture_rings(&job->run.then);
        return draw_band(work, &job->run.then, status);
    }
    bool last = job->done + 1 == job->total;
    if (!gif_frame(work->gif, canvas->pixels, (size_t)canvas->width,
                   last ? GIF_LAST_CENTISECONDS : GIF_FRAME_CENTISECONDS, status))
        return false;
    work->drawn = 0;
    job->done++;
    return true;
}

static bool gif_export_commit(ExportJob *job, Status *status) {
    PictureWork *work = job->work;
    GifWriter *gif = work->gif;
    work->gif = NULL;
    return gif_commit(gif, status);
}

const ExportFormat gif_export = {
    .label = "GIF of the run so far",
    .name = "easyfirst.gif",
    .ending = ".gif",
    .size = EXPORT_PIXELS(2048), /* a frame of more takes too long for a slice */
    .keeps = KEEP_SETTINGS | KEEP_POINTS | KEEP_RECORDS | KEEP_MODELS | KEEP_OTHERS,
    .one_a_slice = true,
    .begin = gif_export_begin,
    .step = gif_export_step,
    .commit = gif_export_commit,
    .free = picture_work_free,
};

/* ---- PNGs ---- */

static bool open_png(ExportJob *job, const ExportRequest *r, Status *status) {
    PictureWork *work = job->work;
    const Canvas *canvas = &work->picture.canvas;
    work->png = png_begin(r->path, r->replace, canvas->width, canvas->height, status);
    return work->png != NULL;
}

static bool write_row(ExportJob *job, size_t row, Status *status) {
    PictureWork *work = job->work;
    const Canvas *canvas = &work->picture.canvas;
    if (!png_row(work->png, canvas->pixels + row * (size_t)canvas->width, status))
        return false;
    job->done++;
    return true;
}

static bool png_export_commit(ExportJob *job, Status *status) {
    PictureWork *work = job->work;
    PngWriter *png = work->png;
    work->png = NULL;
    return png_commit(png, status);
}

/* Of the plot: steps are rows, each drawn and then written. */
static bool plot_export_begin(ExportJob *job, const ExportRequest *r, Status *status) {
    job->total = 2 * (size_t)r->height;
    return open_picture(job, r, status) && open_png(job, r, status);
}

static bool plot_export_step(ExportJob *job, Status *status) {
    PictureWork *work = job->work;
    size_t height = (size_t)work->picture.canvas.height;
    if (job->done >= height)
        return write_row(job, job->done - height, status);
    if (!draw_band(work, &job->run.now, status))
        return false;
    job->done = (size_t)work->drawn;
    return true;
}

const ExportFormat plot_export = {
    .label = "PNG of the plot",
    .name = "easyfirst.png",
    .ending = ".png",
    .size = EXPORT_PIXELS(PICTURE_LARGEST),
    .keeps = KEEP_SETTINGS | KEEP_POINTS | KEEP_STATE | KEEP_OTHERS,
    .figures = true,
    .begin = plot_export_begin,
    .step = plot_export_step,
    .commit = png_export_commit,
    .free = picture_work_free,
};

/* Of the window, whose canvas is copied: steps are rows. */
static bool window_export_begin(ExportJob *job, const ExportRequest *r, Status *status) {
    PictureWork *work = job->work = calloc(1, sizeof *work);
    if (!work)
        return status_no_memory(status, "what is to be saved");
    Canvas *copy = &work->picture.canvas;
    size_t pixels = (size_t)r->canvas->width * (size_t)r->canvas->height;
    if (!canvas_resize(copy, r->canvas->width, r->canvas->height, status))
        return false;
    memcpy(copy->pixels, r->canvas->pixels, pixels * sizeof *copy->pixels);
    job->total = (size_t)copy->height;
    return open_png(job, r, status);
}

static bool window_export_step(ExportJob *job, Status *status) {
    return write_row(job, job->done, status);
}

const ExportFormat window_export = {
    .label = "PNG of the window",
    .name = "easyfirst-window.png",
    .ending = ".png",
    .begin = window_export_begin,
    .step = window_export_step,
    .commit = png_export_commit,
    .free = picture_work_free,
};
