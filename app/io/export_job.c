#include "app/io/export_job.h"

#include "app/base/clock.h"
#include "app/base/copy.h"
#include "app/io/preset.h"

#include "app/io/tables_csv.h"
#include "app/io/gif_writer.h"
#include "app/io/png_writer.h"

#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

static const int BAND_PIXELS = 1 << 20; /* drawn in a slice */
static const size_t TABLE_ROWS = 256;   /* written between looks at the clock */

/* A run as it was, and what of it is kept for that. */
typedef struct KeptRun {
    Snapshot now;
    Settings settings;
    Dataset data, test;
    Mlp mlp;
    float *parameters, *loss, *v;
    uint32_t *admitted;
    History kept; /* its records are without moments; the blocks of them are slices of the two below */
    float *record_parameters;
    uint64_t *record_bits;
    PastSamples past;
    Snapshot then; /* of the last record asked for */
} KeptRun;

struct ExportJob {
    ExportKind kind;
    char *path;
    bool replace, finished;
    size_t bytes;
    double began; /* seconds */
    size_t done, total;
    KeptRun run, second; /* beside: only if compared */
    bool compared;
    PointsTable table;
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

static bool keep_records(KeptRun *run, ExportKind kind, const History *history) {
    size_t n = history->count, words = history->words;
    HistoryRecord *records = copy_of(history->records, n, sizeof *records);
    run->kept = (History){.samples = history->samples, .count = n, .records = records};
    if (!records)
        return false;
    for (size_t i = 0; i < n; i++)
        records[i].parameters = records[i].first = records[i].second = NULL;
    if (kind == EXPORT_TRACE)
        return true;
    /* the history holds as much and more, so the sizes fit */
    run->record_parameters = calloc(n * history->parameters, sizeof *run->record_parameters);
    run->record_bits = calloc(n * words, sizeof *run->record_bits);
    if (history->slot)
        run->kept.slot = copy_of(history->slot, history->samples, sizeof *run->kept.slot);
    if (!run->record_parameters || !run->record_bits || (history->slot && !run->kept.slot))
        return false;
    for (size_t i = 0; i < n; i++) {
        const HistoryRecord *record = &history->records[i];
        records[i].parameters = run->record_parameters + i * history->parameters;
        records[i].easy_bits = run->record_bits + i * words;
        memcpy(records[i].parameters, record->parameters, history->parameters * sizeof *record->parameters);
        memcpy(records[i].easy_bits, record->easy_bits, words * sizeof *record->easy_bits);
    }
    return true;
}

/* The run as the snapshot has it, without pointers into it. */
static bool keep_run(KeptRun *run, ExportKind kind, const Snapshot *snapshot, Status *status) {
    run->now = *snapshot;
    run->settings = *snapshot->settings;
    run->mlp = *snapshot->mlp;
    bool kept = true;
    if (kind == EXPORT_GIF || kind == EXPORT_TRACE)
        kept = keep_records(run, kind, snapshot->history);
    if (kept && kind != EXPORT_TRACE && kind != EXPORT_PRESET) {
        size_t n = snapshot->data->count;
        if (!dataset_copy(&run->data, snapshot->data, status))
            return false;
        bool apart = snapshot->test && snapshot->test->count > 0;
        if (apart && !dataset_copy(&run->test, snapshot->test, status))
            return false;
        run->admitted = copy_of(snapshot->admitted, n, sizeof *run->admitted);
        kept = run->admitted != NULL;
        if (kept && kind != EXPORT_GIF) {
            run->parameters = copy_of(snapshot->parameters, snapshot->mlp->parameters, sizeof *run->parameters);
            run->loss = copy_of(snapshot->loss, n, sizeof *run->loss);
            run->v = copy_of(snapshot->v, n, sizeof *run->v);
            kept = run->parameters && run->loss && run->v;
        }
    }
    run->now.history = NULL;
    run->now.second = NULL;
    run->now.test = &run->test;
    run->now.undo = run->now.redo = NULL;
    run->now.settings = &run->settings;
    run->now.data = &run->data;
    run->now.mlp = &run->mlp;
    run->now.parameters = run->parameters;
    run->now.loss = run->loss;
    run->now.v = run->v;
    run->now.admitted = run->admitted;
    return kept || status_no_memory(status, "what is to be saved");
}

static void run_free(KeptRun *run) {
    dataset_free(&run->data);
    dataset_free(&run->test);
    past_samples_free(&run->past);
    free(run->parameters);
    free(run->loss);
    free(run->v);
    free(run->admitted);
    free(run->kept.records);
    free(run->kept.slot);
    free(run->record_parameters);
    free(run->record_bits);
}

/* The run, and the second one where the file shows it. */
static bool keep_runs(ExportJob *job, const Snapshot *snapshot, Status *status) {
    if (!keep_run(&job->run, job->kind, snapshot, status))
        return false;
    job->compared = snapshot->second != NULL && job->kind != EXPORT_POINTS && job->kind != EXPORT_PRESET;
    if (!job->compared)
        return true;
    job->run.now.second = &job->second.now;
    return keep_run(&job->second, job->kind, snapshot->second, status);
}

static bool keep_canvas(ExportJob *job, const Canvas *canvas, Status *status) {
    if (!canvas_resize(&job->window, canvas->width, canvas->height, status))
        return false;
    memcpy(job->window.pixels, canvas->pixels, (size_t)canvas->width * (size_t)canvas->height * sizeof *canvas->pixels);
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
    if (export_has_size(r->kind) &&
        (r->width < PICTURE_SMALLEST || r->height < PICTURE_SMALLEST || r->width > largest || r->height > largest))
        return status_fail(status, STATUS_FAILED, "%dx%d is not within %dx%d to %dx%d", r->width, r->height,
                           PICTURE_SMALLEST, PICTURE_SMALLEST, largest, largest);
    return true;
}

static bool open_picture(ExportJob *job, const ExportRequest *r, Status *status) {
    float scale = r->scale > 0.0f ? r->scale : picture_scale(r->width, r->height);
    job->options = r->options;
    job->options.field_step = picture_field_step(r->width, r->height, &job->run.mlp);
    job->has_view = r->view != NULL;
    if (r->view)
        job->view = *r->view;
    return picture_open(&job->picture, r->font_folder, r->theme, scale, r->width, r->height, status);
}

static unsigned trace_columns(const ExportJob *job) {
    return export_columns(&job->run.settings) | (job->compared ? EXPORT_SECOND : 0);
}

static bool open_file(ExportJob *job, const ExportRequest *r, Status *status) {
    switch (job->kind) {
    case EXPORT_GIF: {
        Color colors[PICTURE_PALETTE];
        size_t count = picture_palette(r->theme, job->run.data.classes, r->options.color, colors);
        job->gif = gif_begin(r->path, r->replace, r->width, r->height, colors, count, status);
        job->total = job->run.kept.count;
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
        job->total = job->run.data.count + job->run.test.count;
        job->table = (PointsTable){.data = &job->run.data,
                                   .test = &job->run.test,
                                   .mlp = &job->run.mlp,
                                   .parameters = job->run.parameters,
                                   .loss = job->run.loss,
                                   .v = job->run.v,
                                   .admitted = job->run.admitted,
                                   .epochs = job->run.now.epoch,
                                   .columns = export_columns(&job->run.settings)};
        break;
    case EXPORT_PRESET:
        job->total = 1;
        break;
    default:
        job->total = job->run.kept.count;
        break;
    }
    if (!file_begin(&job->file, r->path, r->replace, status))
        return false;
    if (job->kind == EXPORT_POINTS)
        points_table_header(job->file.stream, &job->table);
    else if (job->kind == EXPORT_TRACE)
        export_trace_header(job->file.stream, trace_columns(job));
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
    job->began = clock_seconds();
    job->path = copy_of(r->path, strlen(r->path) + 1, 1);
    bool begun = job->path || status_no_memory(status, "what is to be saved");
    if (r->kind == EXPORT_WINDOW)
        begun = begun && keep_canvas(job, r->canvas, status);
    else
        begun = begun && keep_runs(job, r->snapshot, status);
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
    if (!picture_draw(&job->picture, snapshot, &job->options, job->has_view ? &job->view : NULL, job->drawn, rows,
                      status))
        return false;
    job->drawn += rows;
    return true;
}

/* The run as it was at the end of the record's epoch: run->then. */
static bool run_then(KeptRun *run, const HistoryRecord *record, Status *status) {
    Snapshot *then = &run->then;
    if (!snapshot_of_record(&run->now, &run->kept, record, &run->past, then, status))
        return false;
    const Settings *s = &run->settings;
    size_t hard = run->data.count - record->easy;
    then->finished = then->epoch >= (uint32_t)s->epochs || (s->until_hard >= 0 && hard <= (size_t)s->until_hard);
    return true;
}

/* The same of both runs; the second has nothing to show where it has no such epoch. */
static bool runs_then(ExportJob *job, const HistoryRecord *record, Status *status) {
    if (!run_then(&job->run, record, status))
        return false;
    const HistoryRecord *second = job->compared ? history_find(&job->second.kept, record->epoch) : NULL;
    job->run.then.second = second ? &job->second.then : NULL;
    return !second || run_then(&job->second, second, status);
}

/* A band of a frame, or, once all are drawn, the frame's way into the file. */
static bool gif_slice(ExportJob *job, Status *status) {
    if (job->drawn < job->picture.canvas.height) {
        if (!runs_then(job, &job->run.kept.records[job->done], status))
            return false;
        job->options.ring_hard = picture_rings(&job->run.then);
        return draw_band(job, &job->run.then, status);
    }
    bool last = job->done + 1 == job->total;
    if (!gif_frame(job->gif, &job->picture.canvas, last ? GIF_LAST_CENTISECONDS : GIF_FRAME_CENTISECONDS, status))
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
    if (!draw_band(job, &job->run.now, status))
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
        preset_write(stream, job->path, &job->run.settings);
    else
        for (size_t i = job->done; i < job->done + rows; i++) {
            const HistoryRecord *record = &job->run.kept.records[i];
            export_trace_record(stream, trace_columns(job), record, history_find(&job->second.kept, record->epoch));
        }
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
    bool committed = gif ? gif_commit(gif, status) : png ? png_commit(png, status) : file_commit(&job->file, status);
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
    double deadline = clock_seconds() + budget;
    size_t frames = job->done;
    do {
        if (!slice(job, status))
            return EXPORT_FAILED;
        if (job->kind == EXPORT_GIF && job->done > frames)
            break;
    } while (job->done < job->total && clock_seconds() < deadline);
    return EXPORT_RUNNING;
}

/* ---- progress and end ---- */

ExportProgress export_job_progress(const ExportJob *job) {
    ExportProgress progress = {job->done, job->total, -1.0};
    if (job->done > 0)
        progress.seconds_left = (clock_seconds() - job->began) / (double)job->done * (double)(job->total - job->done);
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
    run_free(&job->run);
    run_free(&job->second);
    free(job->path);
    free(job);
}
