/* The tables that a run leaves; README.md, "Command line", describes the columns. All through file_write; numbers as
 * %.9g. Epochs are counted from 1, as in the window: `epoch`, `admitted`, the heads of the weights. */
#ifndef EASYFIRST_TABLES_CSV_H
#define EASYFIRST_TABLES_CSV_H

#include "core/history.h"
#include "core/label_scores.h"
#include "core/trainer.h"
#include "app/base/file_write.h"

/* Columns that only some runs have, after the others. */
#define EXPORT_TEST 1u  /* test points are kept apart. Points: test (0 or 1); trace: test_accuracy, test_loss */
#define EXPORT_TRUTH 2u /* outliers or flips. Points: truth; trace: label_precision, label_recall */
#define EXPORT_CLEAN 4u /* clean points. Points: clean (0 or 1) */
#define EXPORT_CLASSES                                                                                                 \
    8u /* times the number of classes, by pace meta. Trace: threshold_0, threshold_1, ... behind threshold */
#define EXPORT_OTHER                                                                                                   \
    512u /* times the number of runs beside the first: B's figures follow the first's in the same row of
                          * the trace, named beside_..., then C's, named beside_2_... */

/* Those of a run with these settings and so many clean points, alone. */
unsigned export_columns(const Settings *settings, int classes, size_t clean);

/* x,y,label,loss,v,admitted and further columns, a row for each point; the trainer's losses must be up to date. Test
 * points and clean points have rows, too: all points are in the order of the file, or in which they were made. They are
 * no samples, so they have a loss (for their label), but no v, and are not admitted. Labels and truths are class names
 * if there are any, and the axes' names stand for x and y in the header. points_read gives the same points again, to
 * the last bit, with names, origins and marks of clean points; but where points were added so far away that by its rule
 * an axis has no origin any more, float32 takes what it takes. scores: NULL, or all measures, of which the table then
 * has further columns behind admitted, aum to agreement (loss and admission are columns already), empty for points that
 * are no samples; losses are then the exact ones. */
bool export_points(const char *path, bool replace, const Trainer *trainer, const LabelScores *scores, Status *status);

/* The same table in pieces, from the arrays given: the header, then rows until all are written. */
typedef struct PointsTable {
    const Dataset *data, *test, *clean; /* test, clean: NULL, or count 0, if there are none */
    const Mlp *mlp;
    const float *parameters, *loss, *v; /* loss and v of each training point */
    const uint32_t *admitted;
    uint32_t epochs;               /* admissions after so many epochs are left out */
    unsigned columns;              /* EXPORT_TEST, EXPORT_TRUTH, EXPORT_CLEAN */
    const LabelScores *scores;     /* or NULL */
    size_t trained, tests, cleans; /* rows written so far */
} PointsTable;

void points_table_header(FILE *stream, const PointsTable *table);
void points_table_rows(FILE *stream, PointsTable *table, size_t rows);

/* Trace and parameters are written as the run goes: header, a row after each epoch and trainer_evaluate, commit. */
/* columns: the header's in every row, whatever the settings have become since; what is not defined is an empty cell.
 * others: as many as columns says. */
void export_trace_header(FILE *stream, unsigned columns);
void export_trace_row(FILE *stream, unsigned columns, const Trainer *trainer, const Trainer *const *others);
/* Of a past epoch. others: the other runs' records; NULL where one has none of that epoch (empty cells). */
void export_trace_record(FILE *stream, unsigned columns, const HistoryRecord *record,
                         const HistoryRecord *const *others);
void export_parameters_header(FILE *stream, const Trainer *trainer); /* with row 0: the initial ones */
void export_parameters_row(FILE *stream, const Trainer *trainer);

/* Every v of every epoch, kept to the end because the file has a column for each epoch. A hard v takes one bit. */
#define WEIGHT_LOG_BYTES ((size_t)1 << 30) /* at most */

typedef struct WeightLog {
    size_t samples, epochs, capacity;
    bool soft;
    void **columns; /* one for each epoch; owned */
} WeightLog;

/* epochs: how many there will be, refused at once if that is too much; 0: not known, so that weight_log_add is the one
 * that fails. Nothing is to be freed after a failure. */
bool weight_log_begin(WeightLog *log, size_t samples, bool soft, size_t epochs, Status *status);
bool weight_log_add(WeightLog *log, const float *v, Status *status);
void weight_log_free(WeightLog *log);
/* trainer: whose points have the rows, in the order of export_points; those of test points and clean points are empty
 * cells, and with one epoch "", as an empty line is none to many readers. NULL: the samples alone. */
bool export_weights(const char *path, bool replace, const WeightLog *log, const Trainer *trainer, Status *status);

/* Writes row, then x to admitted as export_points does, and the measure (unless it is one of those) of the `count`
 * points that it makes the most suspect, in order, equally suspect ones by loss. Rows are numbered as by
 * dataset_row. */
bool export_suspects(FILE *stream, const Trainer *trainer, const LabelScores *scores, Measure by, size_t count,
                     Status *status);

/* A label of the list in the window. */
typedef struct SuspectLine {
    size_t row;
    float x, y;
    uint8_t given, says; /* classes */
    float p;             /* of `says` */
    int votes;
    const char *done; /* "", "kept", "flipped", "removed" */
    int64_t sample;   /* now, for its measures; -1: it is there no more */
} SuspectLine;

/* row,x,y,given,model,p,agree,done and all measures (values: of each sample, NULL where not known), in that order. */
bool export_suspect_lines(const char *path, const Dataset *data, const float *const values[MEASURE_COUNT],
                          const SuspectLine *lines, size_t count, Status *status);

#endif
