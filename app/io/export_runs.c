#include "app/io/export_private.h"

#include "app/base/copy.h"

#include <stdlib.h>
#include <string.h>

static bool keep_records(KeptRun *run, unsigned keeps, const History *history) {
    size_t n = history->count, words = history->words;
    HistoryRecord *records = copy_of(history->records, n, sizeof *records);
    run->kept = (History){.samples = history->samples, .count = n, .records = records};
    if (!records)
        return false;
    for (size_t i = 0; i < n; i++)
        records[i].meta = NULL;
    for (size_t i = 0; i < n; i++)
        records[i].parameters = records[i].first = records[i].second = NULL;
    if (!(keeps & KEEP_MODELS))
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

static bool keep_points(KeptRun *run, const Snapshot *snapshot, Status *status) {
    bool apart = snapshot->test && snapshot->test->count > 0, clean = snapshot->clean && snapshot->clean->count > 0;
    if (!dataset_copy(&run->data, snapshot->data, status) ||
        (apart && !dataset_copy(&run->test, snapshot->test, status)) ||
        (clean && !dataset_copy(&run->clean, snapshot->clean, status)))
        return false;
    run->admitted = copy_of(snapshot->admitted, snapshot->data->count, sizeof *run->admitted);
    return run->admitted || status_no_memory(status, "what is to be saved");
}

static bool keep_state(KeptRun *run, const Snapshot *snapshot) {
    size_t n = snapshot->data->count;
    run->parameters = copy_of(snapshot->parameters, snapshot->mlp->parameters, sizeof *run->parameters);
    run->loss = copy_of(snapshot->loss, n, sizeof *run->loss);
    run->v = copy_of(snapshot->v, n, sizeof *run->v);
    return run->parameters && run->loss && run->v;
}

static bool keep_measure(KeptRun *run, const Snapshot *snapshot, Measure measure) {
    const float *value = measure < MEASURE_COUNT ? plot_measure(snapshot, measure) : NULL;
    if (!value || run->shown[measure])
        return true;
    run->shown[measure] = copy_of(value, snapshot->data->count, sizeof *value);
    run->labels.value[measure] = run->shown[measure];
    run->now.labels = &run->labels;
    return run->shown[measure] != NULL;
}

/* What colours show, as it is now, for pictures of earlier epochs, too; and what the data map does. */
static bool keep_measures(KeptRun *run, const Snapshot *snapshot, const ExportRequest *r) {
    run->labels = (LabelLook){.count = snapshot->data->count};
    run->now.labels = NULL;
    return keep_measure(run, snapshot, plot_color_measure(r->options.color)) &&
           (r->figure != FIGURE_MAP ||
            (keep_measure(run, snapshot, MEASURE_VARIABILITY) && keep_measure(run, snapshot, MEASURE_CONFIDENCE)));
}

/* The run as the snapshot has it, without pointers into it. */
static bool keep_run(KeptRun *run, unsigned keeps, const Snapshot *snapshot, const ExportRequest *r, Status *status) {
    run->now = *snapshot;
    run->settings = *snapshot->settings;
    run->mlp = *snapshot->mlp;
    if ((keeps & KEEP_RECORDS) && !keep_records(run, keeps, snapshot->history))
        return status_no_memory(status, "what is to be saved");
    if ((keeps & KEEP_POINTS) && !keep_points(run, snapshot, status))
        return false;
    if (!keep_measures(run, snapshot, r) || ((keeps & KEEP_STATE) && !keep_state(run, snapshot)))
        return status_no_memory(status, "what is to be saved");
    run->now.history = r->figure == FIGURE_TIMELINE ? &run->kept : NULL;
    run->now.other_count = 0;
    memset(run->now.others, 0, sizeof run->now.others);
    run->now.test = &run->test;
    run->now.clean = &run->clean;
    run->now.influence = NULL;
    if (snapshot->class_threshold)
        memcpy(run->class_threshold, snapshot->class_threshold, sizeof run->class_threshold);
    run->now.class_threshold = run->class_threshold;
    run->now.undo = run->now.redo = NULL;
    run->now.trainer = NULL;
    run->now.wanted = NULL;
    run->now.hand_marks = NULL;
    run->now.branches = NULL;
    run->now.branch_count = 0;
    run->now.run_title = NULL;
    run->now.settings = &run->settings;
    run->now.data = &run->data;
    run->now.mlp = &run->mlp;
    run->now.parameters = run->parameters;
    run->now.loss = run->loss;
    run->now.v = run->v;
    run->now.admitted = run->admitted;
    return true;
}

bool export_keep_runs(ExportJob *job, const ExportRequest *r, Status *status) {
    const Snapshot *snapshot = r->snapshot;
    unsigned keeps = job->format->keeps;
    if (!keeps)
        return true;
    if (r->figure == FIGURE_TIMELINE)
        keeps |= KEEP_RECORDS;
    if (!keep_run(&job->run, keeps, snapshot, r, status))
        return false;
    int others = keeps & KEEP_OTHERS ? snapshot->other_count : 0;
    for (int i = 0; i < others; i++) {
        job->run.now.others[i] = &job->others[i].now;
        job->run.now.other_count = ++job->other_count;
        if (!keep_run(&job->others[i], keeps, snapshot->others[i], r, status))
            return false;
    }
    return true;
}

static bool run_then(KeptRun *run, const HistoryRecord *record, Status *status) {
    Snapshot *then = &run->then;
    if (!snapshot_of_record(&run->now, &run->kept, record, &run->past, then, status))
        return false;
    const Settings *s = &run->settings;
    size_t hard = run->data.count - record->easy;
    then->finished = then->epoch >= (uint32_t)s->epochs || (s->until_hard >= 0 && hard <= (size_t)s->until_hard);
    return true;
}

bool export_runs_then(ExportJob *job, const HistoryRecord *record, Status *status) {
    if (!run_then(&job->run, record, status))
        return false;
    Snapshot *first = &job->run.then;
    first->other_count = 0;
    for (int i = 0; i < job->other_count; i++) {
        const HistoryRecord *other = history_find(&job->others[i].kept, record->epoch);
        if (!other)
            break;
        if (!run_then(&job->others[i], other, status))
            return false;
        first->others[first->other_count++] = &job->others[i].then;
    }
    return true;
}

static void free_run(KeptRun *run) {
    dataset_free(&run->data);
    dataset_free(&run->test);
    dataset_free(&run->clean);
    past_samples_free(&run->past);
    free(run->parameters);
    free(run->loss);
    free(run->v);
    free(run->admitted);
    for (int m = 0; m < MEASURE_COUNT; m++)
        free(run->shown[m]);
    free(run->kept.records);
    free(run->kept.slot);
    free(run->record_parameters);
    free(run->record_bits);
}

void export_free_runs(ExportJob *job) {
    free_run(&job->run);
    for (int i = 0; i < OTHER_RUNS; i++)
        free_run(&job->others[i]);
}
