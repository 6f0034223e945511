/* The tables that a run leaves: formats in README.md, "Files". All through file_write; numbers with %.9g. */
#ifndef EASYFIRST_EXPORT_CSV_H
#define EASYFIRST_EXPORT_CSV_H

#include "../core/history.h"
#include "../core/trainer.h"
#include "file_write.h"

/* x,y,label,loss,v,admitted, a row a sample; the trainer's losses must be up to date. */
bool export_points(const char *path, bool replace, const Trainer *trainer, Status *status);

/* Trace and parameters are written as the run goes: begin, a row after each epoch (trainer_evaluate called), commit. */
void export_trace_header(FILE *stream);
void export_trace_row(FILE *stream, const Trainer *trainer);
void export_trace_record(FILE *stream, const HistoryRecord *record); /* the same of an epoch that was */
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
 * stream: row,x,y,label,loss,v,admitted. */
bool export_suspects(FILE *stream, const Trainer *trainer, size_t count, Status *status);

#endif
