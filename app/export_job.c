#include "export_job.h"

#include "copied.h"
#include "preset.h"

#include "export_csv.h"
#include "export_gif.h"
#include "png_writer.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static const int BAND_PIXELS = 1 << 20; /* drawn in a slice */
static const size_t TABLE_ROWS = 256;   /* written between looks at the clock */

struct ExportJob {
    ExportKind kind;
    char *path;
    bool replace, finished;
    size_t bytes;
    double began; /* seconds */
    size_t done, total;
    /* the run as it was, and what of it is kept here */
    Snapshot now;
    Settings settings;
    Dataset data;
    Mlp mlp;
    float *parameters, *loss, *v;
    uint32_t *admitted;
    HistoryRecord *records; /* without moments; their blocks are slices of the two below */
    size_t record_count;
    float *record_parameters;
    uint64_t *record_bits;
    uint32_t *record_slots;
    Dataset test;  /* of the points kept apart */
    PointsTable table;
    History kept; /* of those records */
    PastSamples past;
    /* pictures */
    Picture picture;
    PlotOptions options;
    Camera view;
    bool has_view;
    Canvas window;
    int drawn; /* rows of the picture under way */
    /* files, one of them open */
    GifWriter *gif;
    PngWriter *png;
    FileWrite file;
};

static double seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

bool export_has_size(ExportKind kind) {
    return kind == EXPORT_GIF || kind == EXPORT_PLOT;
}

int export_largest(ExportKind kind) {
    return kind == EXPORT_GIF ? EXPORT_GIF_LARGEST : kind == EXPORT_PLOT ? PICTURE_LARGEST : 0;
}

bool export_exists(const char *path) {
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

/* ---- what a job keeps ---- */

static bool keep_records(ExportJob *job, const History *history) {
    size_t n = job->record_count = history->count, words = history->words;
    job->records = copied(history->records, n, sizeof *job->records);
    if (!job->records)
        return false;
    for (size_t i = 0; i < n; i++)
        job->records[i].parameters = job->records[i].first = job->records[i].second = NULL;
    if (job->kind == EXPORT_TRACE)
        return true;
    /* the history holds as much and more, so the sizes fit */
    job->record_parameters = calloc(n * history->parameters, sizeof *job->record_parameters);
    job->record_bits = calloc(n * words, sizeof *job->record_bits);
    if (history->slot)
        job->record_slots = copied(history->slot, history->samples, sizeof *job->record_slots);
    if (!job->record_parameters || !job->record_bits || (history->slot && !job->record_slots))
        return false;
    job->kept = (History){.samples = history->samples, .slot = job->record_slots};
    for (size_t i = 0; i < n; i++) {
        HistoryRecord *record = &job->records[i];
        record->parameters = job->record_parameters + i * history->parameters;
        record->easy_bits = job->record_bits + i * words;
        memcpy(record->parameters, history->records[i].parameters,
               history->parameters * sizeof *record->parameters);
        memcpy(record->easy_bits, history->records[i].easy_bits, words * sizeof *record->easy_bits);
    }
    return true;
}

/* The run as the snapshot has it, without pointers into it. */
static bool keep_run(ExportJob *job, const Snapshot *snapshot, Status *status) {
    job->now = *snapshot;
    job->settings = *snapshot->settings;
    job->mlp = *snapshot->mlp;
    job->now.history = NULL;
    bool kept = true;
    if (job->kind == EXPORT_GIF || job->kind == EXPORT_TRACE)
        kept = keep_records(job, snapshot->history);
    if (kept && job->kind != EXPORT_TRACE && job->kind != EXPORT_PRESET) {
        size_t n = snapshot->data->count;
        if (!dataset_copy(&job->data, snapshot->data, status))
            return false;
        bool apart = snapshot->test && snapshot->test->count > 0;
        if (apart && !dataset_copy(&job->test, snapshot->test, status))
            return false;
        job->admitted = copied(snapshot->admitted, n, sizeof *job->admitted);
        kept = job->admitted != NULL;
        if (kept && job->kind != EXPORT_GIF) {
            job->parameters =
                copied(snapshot->parameters, snapshot->mlp->parameters, sizeof *job->parameters);
            job->loss = copied(snapshot->loss, n, sizeof *job->loss);
            job->v = copied(snapshot->v, n, sizeof *job->v);
            kept = job->parameters && job->loss && job->v;
        }
    }
    job->now.beside = NULL; /* a second run is not in the files that the window writes */
    job->now.test = &job->test;
    job->now.undo = job->now.redo = NULL;
    job->now.settings = &job->settings;
    job->now.data = &job->data;
    job->now.mlp = &job->mlp;
    job->now.parameters = job->parameters;
    job->now.loss = job->loss;
    job->now.v = job->v;
    job->now.admitted = job->admitted;
    return kept || status_no_memory(status, "what is to be saved");
}

static bool keep_canvas(ExportJob *job, const Canvas *canvas, Status *status) {
    if (!canvas_resize(&job->window, canvas->width, canvas->height, status))
        return false;
    memcpy(job->window.pixels, canvas->pixels,
           (size_t)canvas->width * (size_t)canvas->height * sizeof *canvas->pixels);
    return true;
}

/* ---- begin ---- */

static bool check(const ExportRequest *r, Status *status) {
    if (!r->path[0])
        return status_fail(status, STATUS_FAILED, "a name for the file is needed");
    if (!r->replace && export_exists(r->path))
        return status_fail(status, STATUS_FAILED, "%s exists already", r->path);
    bool of_records = r->kind == EXPORT_GIF || r->kind == EXPORT_TRACE;
    if (of_records && (!r->snapshot->history || r->snapshot->history->count == 0))
        return status_fail(status, STATUS_FAILED, "no epoch is done yet, so there is nothing to save");
    int largest = export_largest(r->kind);
    if (export_has_size(r->kind) && (r->width < PICTURE_SMALLEST || r->height < PICTURE_SMALLEST ||
                                     r->width > largest || r->height > largest))
        return status_fail(status, STATUS_FAILED, "%dx%d is not within %dx%d to %dx%d", r->width, r->height,
                           PICTURE_SMALLEST, PICTURE_SMALLEST, largest, largest);
    return true;
}

static bool open_picture(ExportJob *job, const ExportRequest *r, Status *status) {
    float scale = r->scale > 0.0f ? r->scale : picture_scale(r->width, r->height);
    job->options = r->options;
    job->options.field_step = picture_field_step(r->width, r->height, &job->mlp);
    job->has_view = r->view != NULL;
    if (r->view)
        job->view = *r->view;
    return picture_open(&job->picture, r->font_folder, r->theme, scale, r->width, r->height, status);
}

static bool open_file(ExportJob *job, const ExportRequest *r, Status *status) {
    switch (job->kind) {
    case EXPORT_GIF: {
        Color colors[PICTURE_PALETTE];
        size_t count = picture_palette(r->theme, job->data.classes, r->options.color, colors);
        job->gif = gif_begin(r->path, r->replace, r->width, r->height, colors, count, status);
        job->total = job->record_count;
        return job->gif != NULL;
    }
    case EXPORT_PLOT:
        job->png = png_begin(r->path, r->replace, r->width, r->height, status);
        job->total = 2 * (size_t)r->height; /* each row is drawn and written */
        return job->png != NULL;
    case EXPORT_WINDOW:
        job->png = png_begin(r->path, r->replace, job->window.width, job->window.height, status);
        job->total = (size_t)job->window.height;
        return job->png != NULL;
    case EXPORT_POINTS:
        job->total = job->data.count + job->test.count;
        job->table = (PointsTable){.data = &job->data,
                                   .test = &job->test,
                                   .mlp = &job->mlp,
                                   .parameters = job->parameters,
                                   .loss = job->loss,
                                   .v = job->v,
                                   .admitted = job->admitted,
                                   .epochs = job->now.epoch,
                                   .columns = export_columns(&job->settings)};
        break;
    case EXPORT_PRESET:
        job->total = 1;
        break;
    default:
        job->total = job->record_count;
        break;
    }
    if (!file_begin(&job->file, r->path, r->replace, status))
        return false;
    if (job->kind == EXPORT_POINTS)
        points_table_header(job->file.stream, &job->table);
    else if (job->kind == EXPORT_TRACE)
        export_trace_header(job->file.stream, export_columns(&job->settings));
    return true;
}

ExportJob *export_job_begin(const ExportRequest *r, Status *status) {
    assert(r->kind >= 0 && r->kind < EXPORT_KINDS);
    if (!check(r, status))
        return NULL;
    ExportJob *job = calloc(1, sizeof *job);
    if (!job) {
        status_no_memory(status, "what is to be saved");
        return NULL;
    }
    job->kind = r->kind;
    job->replace = r->replace;
    job->began = seconds();
    job->path = copied(r->path, strlen(r->path) + 1, 1);
    bool begun = job->path || status_no_memory(status, "what is to be saved");
    if (r->kind == EXPORT_WINDOW)
        begun = begun && keep_canvas(job, r->canvas, status);
    else
        begun = begun && keep_run(job, r->snapshot, status);
    if (export_has_size(r->kind))
        begun = begun && open_picture(job, r, status);
    if (!begun || !open_file(job, r, status)) {
        export_job_cancel(job);
        return NULL;
    }
    return job;
}

/* ---- slices ---- */

/* The next band of the picture. */
static bool draw_band(ExportJob *job, const Snapshot *snapshot, Status *status) {
    const Canvas *canvas = &job->picture.canvas;
    int rows = BAND_PIXELS / canvas->width, left = canvas->height - job->drawn;
    rows = rows < left ? rows : left;
    if (!picture_draw(&job->picture, snapshot, &job->options, job->has_view ? &job->view : NULL, job->drawn,
                      rows, status))
        return false;
    job->drawn += rows;
    return true;
}

/* The run as it was at the end of the record's epoch. */
static bool snapshot_then(ExportJob *job, const HistoryRecord *record, Snapshot *then, Status *status) {
    if (!snapshot_of_record(&job->now, &job->kept, record, &job->past, then, status))
        return false;
    const Settings *s = &job->settings;
    size_t hard = job->data.count - record->easy;
    then->finished =
        then->epoch >= (uint32_t)s->epochs || (s->until_hard >= 0 && hard <= (size_t)s->until_hard);
    return true;
}

/* A band of a frame, or, once all are drawn, the frame's way into the file. */
static bool gif_slice(ExportJob *job, Status *status) {
    if (job->drawn < job->picture.canvas.height) {
        Snapshot then;
        if (!snapshot_then(job, &job->records[job->done], &then, status))
            return false;
        job->options.ring_hard = picture_rings(&then);
        return draw_band(job, &then, status);
    }
    bool last = job->done + 1 == job->record_count;
    if (!gif_frame(job->gif, &job->picture.canvas, last ? GIF_LAST_CENTISECONDS : GIF_FRAME_CENTISECONDS,
                   status))
        return false;
    job->drawn = 0;
    job->done++;
    return true;
}

static bool png_slice(ExportJob *job, const Canvas *canvas, size_t row, Status *status) {
    if (!png_row(job->png, canvas->pixels + row * (size_t)canvas->width, status))
        return false;
    job->done++;
    return true;
}

static bool plot_slice(ExportJob *job, Status *status) {
    const Canvas *canvas = &job->picture.canvas;
    size_t height = (size_t)canvas->height;
    if (job->done >= height)
        return png_slice(job, canvas, job->done - height, status);
    if (!draw_band(job, &job->now, status))
        return false;
    job->done = (size_t)job->drawn;
    return true;
}

static void table_slice(ExportJob *job) {
    FILE *stream = job->file.stream;
    size_t left = job->total - job->done, rows = left < TABLE_ROWS ? left : TABLE_ROWS;
    if (job->kind == EXPORT_POINTS)
        points_table_rows(stream, &job->table, rows);
    else if (job->kind == EXPORT_PRESET)
        preset_write(stream, job->path, &job->settings);
    else
        for (size_t i = job->done; i < job->done + rows; i++)
            export_trace_record(stream, export_columns(&job->settings), &job->records[i]);
    job->done += rows;
    if (ferror(stream)) /* the commit tells */
        job->done = job->total;
}

static bool slice(ExportJob *job, Status *status) {
    switch (job->kind) {
    case EXPORT_GIF:
        return gif_slice(job, status);
    case EXPORT_PLOT:
        return plot_slice(job, status);
    case EXPORT_WINDOW:
        return png_slice(job, &job->window, job->done, status);
    default:
        table_slice(job);
        return true;
    }
}

static bool commit(ExportJob *job, Status *status) {
    GifWriter *gif = job->gif;
    PngWriter *png = job->png;
    job->gif = NULL;
    job->png = NULL;
    bool committed = gif   ? gif_commit(gif, status)
                     : png ? png_commit(png, status)
                           : file_commit(&job->file, status);
    struct stat info;
    if (committed && stat(job->path, &info) == 0 && info.st_size > 0)
        job->bytes = (size_t)info.st_size;
    job->finished = committed;
    return committed;
}

ExportResult export_job_step(ExportJob *job, double budget, Status *status) {
    assert(!job->finished);
    if (job->done == job->total)
        return commit(job, status) ? EXPORT_DONE : EXPORT_FAILED;
    double deadline = seconds() + budget;
    size_t frames = job->done;
    do {
        if (!slice(job, status))
            return EXPORT_FAILED;
        if (job->kind == EXPORT_GIF && job->done > frames)
            break;
    } while (job->done < job->total && seconds() < deadline);
    return EXPORT_RUNNING;
}

/* ---- progress and end ---- */

ExportProgress export_job_progress(const ExportJob *job) {
    ExportProgress progress = {job->done, job->total, -1.0};
    if (job->done > 0)
        progress.seconds_left =
            (seconds() - job->began) / (double)job->done * (double)(job->total - job->done);
    return progress;
}

const char *export_job_path(const ExportJob *job) {
    return job->path;
}

size_t export_job_bytes(const ExportJob *job) {
    return job->bytes;
}

void export_job_cancel(ExportJob *job) {
    if (!job)
        return;
    gif_abandon(job->gif);
    png_abandon(job->png);
    file_abandon(&job->file);
    picture_close(&job->picture);
    canvas_free(&job->window);
    dataset_free(&job->data);
    past_samples_free(&job->past);
    free(job->parameters);
    free(job->loss);
    free(job->v);
    free(job->admitted);
    free(job->records);
    free(job->record_parameters);
    free(job->record_bits);
    free(job->record_slots);
    dataset_free(&job->test);
    free(job->path);
    free(job);
}
