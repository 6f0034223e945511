/* The points and the trace as CSV, the model as JSON, the settings as a preset: text, written line by line. */
#include "app/io/export_private.h"

#include "app/base/copy.h"
#include "app/base/file_write.h"
#include "app/experiment/commands.h"
#include "app/io/model_json.h"
#include "app/io/preset.h"
#include "app/io/tables_csv.h"

#include <stdlib.h>
#include <string.h>

static const size_t TABLE_ROWS = 256; /* written between looks at the clock */

typedef struct TableWork {
    FileWrite file;
    PointsTable points;
    ModelLook model;
    char *command; /* owned; or NULL */
} TableWork;

static bool open_file(ExportJob *job, const ExportRequest *r, Status *status) {
    TableWork *work = job->work = calloc(1, sizeof *work);
    if (!work)
        return status_no_memory(status, "what is to be saved");
    return file_begin(&work->file, r->path, r->replace, status);
}

static size_t rows_now(const ExportJob *job) {
    size_t left = job->total - job->done;
    return left < TABLE_ROWS ? left : TABLE_ROWS;
}

/* So many rows are written, or the file is given up early: the commit reports why. */
static bool count_rows(ExportJob *job, size_t rows) {
    TableWork *work = job->work;
    job->done = ferror(work->file.stream) ? job->total : job->done + rows;
    return true;
}

static bool table_commit(ExportJob *job, Status *status) {
    TableWork *work = job->work;
    return file_commit(&work->file, status);
}

static void table_free(ExportJob *job) {
    TableWork *work = job->work;
    if (!work)
        return;
    file_abandon(&work->file);
    free(work->command);
    free(work);
}

/* ---- points ---- */

static bool points_begin(ExportJob *job, const ExportRequest *r, Status *status) {
    if (!open_file(job, r, status))
        return false;
    TableWork *work = job->work;
    const KeptRun *run = &job->run;
    work->points = (PointsTable){.data = &run->data,
                                 .test = &run->test,
                                 .clean = &run->clean,
                                 .mlp = &run->mlp,
                                 .parameters = run->parameters,
                                 .loss = run->loss,
                                 .v = run->v,
                                 .admitted = run->admitted,
                                 .epochs = run->now.epoch,
                                 .columns = export_columns(&run->settings, run->data.classes, run->clean.count)};
    job->total = run->data.count + run->test.count + run->clean.count;
    points_table_header(work->file.stream, &work->points);
    return true;
}

static bool points_step(ExportJob *job, Status *status) {
    (void)status;
    TableWork *work = job->work;
    size_t rows = rows_now(job);
    points_table_rows(work->file.stream, &work->points, rows);
    return count_rows(job, rows);
}

const ExportFormat points_export = {
    .label = N_("CSV of the points"),
    .name = "points.csv",
    .ending = ".csv",
    .keeps = KEEP_SETTINGS | KEEP_POINTS | KEEP_STATE,
    .begin = points_begin,
    .step = points_step,
    .commit = table_commit,
    .free = table_free,
};

/* ---- trace ---- */

static unsigned trace_columns(const ExportJob *job) {
    int classes = job->run.mlp.sizes[job->run.mlp.layers];
    unsigned columns = export_columns(&job->run.settings, classes, 0);
    for (int i = 0; i < job->other_count; i++)
        columns |= export_columns(&job->others[i].settings, classes, 0);
    return columns | EXPORT_OTHER * (unsigned)job->other_count;
}

static bool trace_begin(ExportJob *job, const ExportRequest *r, Status *status) {
    if (!open_file(job, r, status))
        return false;
    TableWork *work = job->work;
    job->total = job->run.kept.count;
    export_trace_header(work->file.stream, trace_columns(job));
    return true;
}

static bool trace_step(ExportJob *job, Status *status) {
    (void)status;
    TableWork *work = job->work;
    size_t rows = rows_now(job);
    for (size_t i = job->done; i < job->done + rows; i++) {
        const HistoryRecord *record = &job->run.kept.records[i];
        const HistoryRecord *others[OTHER_RUNS] = {NULL};
        for (int k = 0; k < job->other_count; k++)
            others[k] = history_find(&job->others[k].kept, record->epoch);
        export_trace_record(work->file.stream, trace_columns(job), record, others);
    }
    return count_rows(job, rows);
}

const ExportFormat trace_export = {
    .label = N_("CSV of the trace"),
    .name = "trace.csv",
    .ending = ".csv",
    .keeps = KEEP_SETTINGS | KEEP_RECORDS | KEEP_OTHERS,
    .begin = trace_begin,
    .step = trace_step,
    .commit = table_commit,
    .free = table_free,
};

/* ---- model ---- */

static bool model_begin(ExportJob *job, const ExportRequest *r, Status *status) {
    const KeptRun *run = &job->run;
    ModelLook model = {.settings = &run->settings,
                       .data = &run->data,
                       .mlp = &run->mlp,
                       .parameters = run->parameters,
                       .epoch = run->now.epoch,
                       .batch = run->now.batch,
                       .batches = run->now.batches,
                       .own_points = r->own_points};
    if (!model_is_finite(&model, status) || !open_file(job, r, status))
        return false;
    TableWork *work = job->work;
    job->total = 1;
    work->model = model;
    work->model.command = work->command = r->command ? copy_of(r->command, strlen(r->command) + 1, 1) : NULL;
    return !r->command || work->command || status_no_memory(status, "what is to be saved");
}

static bool model_step(ExportJob *job, Status *status) {
    (void)status;
    TableWork *work = job->work;
    model_write(work->file.stream, &work->model);
    return count_rows(job, 1);
}

const ExportFormat model_export = {
    .label = N_("Model as JSON"),
    .name = "model.json",
    .ending = ".json",
    .keeps = KEEP_SETTINGS | KEEP_POINTS | KEEP_STATE,
    .begin = model_begin,
    .step = model_step,
    .commit = table_commit,
    .free = table_free,
};

/* ---- preset ---- */

static bool preset_begin(ExportJob *job, const ExportRequest *r, Status *status) {
    job->total = 1;
    job->speed = r->speed > 0.0 ? r->speed : SPEED_DEFAULT;
    return open_file(job, r, status);
}

static bool preset_step(ExportJob *job, Status *status) {
    (void)status;
    TableWork *work = job->work;
    preset_write(work->file.stream, job->path, &job->run.settings, job->speed);
    return count_rows(job, 1);
}

const ExportFormat preset_export = {
    .label = N_("Preset of the settings"),
    .name = "my-run.ini",
    .ending = ".ini",
    .keeps = KEEP_SETTINGS,
    .begin = preset_begin,
    .step = preset_step,
    .commit = table_commit,
    .free = table_free,
};
