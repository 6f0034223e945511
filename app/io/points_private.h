/* Reading points, in four parts, each with a file of its own: bytes become rows of cells (points_rows.c), the first row
 * tells which columns are read (points_columns.c), cells become numbers (points_cells.c) and labels classes
 * (points_labels.c). points_csv.c puts them together; what is wrong with a file is said through PointsFaults. */
#ifndef EASYFIRST_POINTS_PRIVATE_H
#define EASYFIRST_POINTS_PRIVATE_H

#include "core/dataset.h"

#include <stdint.h>

/* ---- what is wrong (points_faults.c) ---- */

typedef struct PointsFaults {
    const char *path;
    Status *status;
    bool failed;   /* the file is refused: nothing further is read */
    bool skip_bad; /* a bad cell does not refuse the file, but makes its row bad */
    bool bad_row;  /* which is cleared at the row's end */
} PointsFaults;

/* Refuses the file: "PATH:LINE: what", or "PATH: what" with line 0. */
void points_fault(PointsFaults *faults, size_t line, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Refuses a cell of a column: the file, or the row. */
void points_fault_cell(PointsFaults *faults, const char *column, size_t line, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#define POINTS_SHOWN_MAX 40
/* How many bytes of a text a message shows: whole characters, POINTS_SHOWN_MAX at most. */
int points_shown(const char *text, size_t length);

/* ---- cells (points_cells.c) ---- */

void points_trim(const char **text, size_t *length);   /* of blanks and line ends */
bool points_is_blank(const char *text, size_t length); /* nothing is left then */
bool points_is_digit(char c);

/* The whole text as float32, or as double if `wide` is given; false if it is no number. text[length] may be read and
 * must not continue the number. */
bool points_read_number(const char *text, size_t length, bool decimal_comma, float *value, double *wide);

/* ---- rows (points_rows.c) ---- */

/* Lines are physical ones, from 1. Nothing is called once faults->failed is set, by whomever. */
typedef struct PointsRows {
    PointsFaults *faults;
    void *user;
    /* A cell, `number` from 0, and the line in which it begins; a final 0 follows the text. */
    void (*cell)(void *user, size_t number, const char *text, size_t length, size_t line);
    /* The end of a row of so many cells that begins in that line. */
    void (*row)(void *user, size_t cells, size_t line);
    bool (*progress)(void *user, double share); /* as PointsFormat has it, or NULL */
    void *progress_user;
    char delimiter; /* ',', ';' or tab, found before the first cell */
} PointsRows;

/* Reads all of the file. */
void points_rows_read(PointsRows *rows);

/* ---- columns (points_columns.c) ---- */

#define POINTS_LABEL_MAX 255 /* bytes */
#define NO_COLUMN SIZE_MAX

enum { X, Y, LABEL, COLUMNS };

/* A column that is asked for. */
typedef struct PointsColumn {
    const char *name; /* not ended by 0 */
    size_t length;
    size_t number; /* from 1; 0: the name is no number */
    /* where the first row has it, or NO_COLUMN */
    size_t exact, loose; /* by name; by name but for the case */
    bool exact_twice, loose_twice;
    size_t at;                        /* settled, from 0 */
    char text[POINTS_SHOWN_MAX + 1];  /* what messages call it */
    char first[POINTS_LABEL_MAX + 2]; /* its cell in the first row, which may be no header; cut */
    size_t first_length, first_line;  /* first_line 0: there is no such cell */
} PointsColumn;

typedef struct PointsColumns {
    PointsColumn column[COLUMNS];
    bool chosen;       /* by PointsFormat.columns */
    bool has_header;   /* settled */
    char header[200];  /* the first row's text for a message, cut */
    bool header_plain; /* it is printable ASCII */
} PointsColumns;

/* From PointsFormat.columns; false and *status if that makes no sense. */
bool points_columns_choose(PointsColumns *columns, const char *text, Status *status);
/* A cell of the first row. */
void points_columns_note(PointsColumns *columns, size_t number, const char *text, size_t length, size_t line);
/* The end of the first row, of so many cells in that line: has_header and where the columns are, or a fault. */
void points_columns_settle(PointsColumns *columns, size_t cells, size_t line, bool decimal_comma, PointsFaults *faults);

/* ---- labels (points_labels.c) ---- */

/* Labels that are equal. */
typedef struct PointsKind {
    char text[POINTS_LABEL_MAX + 1];
    size_t length;
    bool is_number;
    double value;
} PointsKind;

typedef struct PointsLabels {
    const char *column; /* what messages call it */
    bool decimal_comma;
    PointsKind kinds[MAX_CLASSES];
    int count;
    PointsKind
        fresh; /* the label found last, if it is none of those: not among them before its row has turned out good */
} PointsLabels;

/* The kind of a label, from 0; count: `fresh` is new. -1 if it is bad, which is a fault of its cell. */
int points_labels_find(PointsLabels *labels, const char *text, size_t length, size_t line, PointsFaults *faults);
/* Makes `fresh` a kind; one too many is a fault. */
void points_labels_add(PointsLabels *labels, size_t line, PointsFaults *faults);
/* At the end, of one kind or more: how many classes there are, which is each kind's and the classes' names in `named`.
 * 0 after a fault. */
int points_labels_classes(const PointsLabels *labels, uint8_t class_of[MAX_CLASSES], Dataset *named,
                          PointsFaults *faults);

#endif
