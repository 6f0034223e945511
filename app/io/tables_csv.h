/* The tables that a run leaves: formats in README.md, "Files". All through file_write; numbers with %.9g. */
#ifndef EASYFIRST_TABLES_CSV_H
#define EASYFIRST_TABLES_CSV_H

#include "core/history.h"
#include "core/trainer.h"
#include "app/base/file_write.h"

/* Columns that are there only for runs that they say something about, behind the others. */
#define EXPORT_TEST 1u   /* test points are kept apart. Points: test (0 or 1); trace: test_accuracy, test_loss */
#define EXPORT_SECOND 4u /* a second run: its figures follow the first's in the same row, named beside_... */
#define EXPORT_TRUTH 2u  /* outliers or flips. Points: truth; trace: label_precision, label_recall */

/* Those of a run with these settings. */
unsigned export_columns(const Settings *settings);

/* x,y,label,loss,v,admitted and further columns, a row a sample; the trainer's losses must be up to date. If test
 * points are kept apart, they are among the rows: all are in the order of the file or of making. A test point has a
 * loss (of its label), but no v, and is not admitted. Labels and truths are the classes' names where they have some:
 * points_read gives the same points again. */
bool export_points(const char *path, bool replace, const Trainer *trainer, Status *status);

/* The same table in pieces, of what it points to: the header, then rows until all are written. */
typedef struct PointsTable {
    const Dataset *data, *test; /* test: count 0 if there are none */
    const Mlp *mlp;
    const float *parameters, *loss, *v; /* loss and v of each training point */
    const uint32_t *admitted;
    uint32_t epochs;       /* an admission in a later epoch than the first so many is not told */
    unsigned columns;      /* EXPORT_TEST, EXPORT_TRUTH */
    size_t trained, tests; /* rows that are written */
} PointsTable;

void points_table_header(FILE *stream, const PointsTable *table);
void points_table_rows(FILE *stream, PointsTable *table, size_t rows);

/* Trace and parameters are written as the run goes: begin, a row after each epoch (trainer_evaluate called), commit. */
/* columns: the header's, in every row, whatever the settings have become since; what is not defined is an empty
 * cell. */
void export_trace_header(FILE *stream, unsigned columns);
void export_trace_row(FILE *stream, unsigned columns, const Trainer *trainer,
                      const Trainer *second); /* second: NULL without EXPORT_SECOND */
/* Of an epoch that was. second: the second run's, NULL without EXPORT_SECOND or where it has none (empty cells). */
void export_trace_record(FILE *stream, unsigned columns, const HistoryRecord *record, const HistoryRecord *second);
void export_parameters_header(FILE *stream, const Trainer *trainer); /* and the row `initial` */
void export_parameters_row(FILE *stream, const Trainer *trainer);

/* Every v of every epoch, kept until the end because the file has a column an epoch. Hard v's take a bit each. */
typedef struct WeightLog {
    size_t samples, epochs, capacity;
    bool soft;
    void **columns; /* one an epoch; owned */
} WeightLog;

void weight_log_init(WeightLog *log, size_t samples, bool soft);
bool weight_log_add(WeightLog *log, const float *v, Status *status);
void weight_log_free(WeightLog *log);
bool export_weights(const char *path, bool replace, const WeightLog *log, Status *status);

/* The count samples that were never admitted or latest, largest loss first among equals, ties by row number; a table on
 * stream: row,x,y,label,loss,v,admitted, row as dataset_row has it. */
bool export_suspects(FILE *stream, const Trainer *trainer, size_t count, Status *status);

#endif
