/* What the files of the export formats share. */
#ifndef EASYFIRST_EXPORT_PRIVATE_H
#define EASYFIRST_EXPORT_PRIVATE_H

#include "app/io/export_formats.h"
#include "core/history.h"

/* A copy of a run as it was, as far as the format keeps it. */
typedef struct KeptRun {
    Snapshot now; /* points at what follows */
    Settings settings;
    Dataset data, test, clean;
    Mlp mlp;
    float *parameters, *loss, *v;
    double class_threshold[MAX_CLASSES];
    uint32_t *admitted;
    LabelLook labels;            /* the measures that pictures show, if they are known; */
    float *shown[MEASURE_COUNT]; /* their values */
    History kept;                /* its records have no moments; their blocks are slices of the next two */
    float *record_parameters;
    uint64_t *record_bits;
    PastSamples past;
    Snapshot then; /* of the last record asked for */
} KeptRun;

struct ExportJob {
    const ExportFormat *format;
    char *path;
    bool finished;
    size_t bytes;
    double began; /* seconds */
    size_t done, total;
    KeptRun run, others[OTHER_RUNS];
    int other_count;
    double speed; /* epochs a second */
    void *work;   /* the format's */
};

/* Copies what job->format keeps of the snapshot, and of the runs beside it, and what the request's figure shows. */
bool export_keep_runs(ExportJob *job, const ExportRequest *request, Status *status);

/* Makes run.then what the run was at the end of a record's epoch, and so with the others, up to the first of them that
 * has no such epoch. */
bool export_runs_then(ExportJob *job, const HistoryRecord *record, Status *status);

void export_free_runs(ExportJob *job);

#endif
