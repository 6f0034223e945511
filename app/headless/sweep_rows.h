/* The rows that a sweep leaves, as text and back.
 *
 * A row, in the grid's order:
 *
 *   run                                           number in the grid, from 0, whatever the shard
 *   each axis of the grid                         by its name, in the order of SPEC; in CSV quoted if it has commas
 *   epochs                                        completed
 *   threshold, easy, share_easy                   used in the last of them; points with v > 0 at its end; their share
 *   mean_loss, accuracy                           of the model at the end
 *   test_accuracy, label_precision, label_recall  as in trainer.h; where undefined empty, in JSON null
 *   status                                        ok, collapsed or diverged (run_figures.h)
 *
 * Where an axis has the name of a figure (epochs, threshold), the figure's column ends in _end. JSON lines have an
 * object a row with the columns as its keys, in the same order, with the same digits. An axis's values are all
 * numbers, or all strings where one of them is a word or a list, as in noise=auto|0.5. */
#ifndef EASYFIRST_SWEEP_ROWS_H
#define EASYFIRST_SWEEP_ROWS_H

#include "app/experiment/run_figures.h"
#include "app/headless/sweep_grid.h"

typedef enum { ROWS_CSV, ROWS_JSON } RowForm;

RowForm sweep_form(const char *path); /* JSON lines where it ends in .jsonl */

void sweep_header(FILE *stream, const Sweep *sweep); /* of CSV */
void sweep_row(FILE *stream, const Sweep *sweep, RowForm form, size_t run, const RunFigures *figures);

/* Reads rows back. Zeroed it is valid; free it. */
typedef struct RowReader {
    const Sweep *sweep;
    FILE *file;    /* the caller's */
    char *line;    /* the last one, without its end; owned */
    size_t number; /* its, from 1 */
    size_t length;
    FILE *stream; /* for what a row has to begin with: private */
    char *text;
    size_t size;
} RowReader;

typedef enum {
    LINE_WHOLE,
    LINE_TORN, /* it has no end, or a 0 in it, or is longer than any row */
    LINE_NONE, /* the file has ended, or cannot be read (ferror) */
} RowLine;

bool row_reader_init(RowReader *reader, const Sweep *sweep, Status *status);
void row_reader_free(RowReader *reader);
RowLine row_reader_line(RowReader *reader);

/* What the last line says, in either form. False, with what is wrong, unless it is a whole row with the settings of
 * its run in this grid. Shares are those that were written, to the last bit, if they are of at most 20,000 points. */
bool row_reader_row(const RowReader *reader, size_t *run, RunFigures *figures, Status *status);

#endif
