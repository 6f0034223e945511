/* Reading points, in parts with a file each: bytes of a file, a pipe or an archive become UTF-8 (points_source.c),
 * which becomes rows of cells (points_rows.c); the first rows tell the dialect: delimiter, header, what is no row of
 * points (points_dialect.c), and with it which columns are read (points_columns.c); cells become numbers
 * (points_cells.c) and labels classes (points_labels.c). points_csv.c puts them together; what is wrong with a file
 * is said through PointsFaults, what may be wrong with its reading through its notes. */
#ifndef EASYFIRST_POINTS_PRIVATE_H
#define EASYFIRST_POINTS_PRIVATE_H

#include "app/base/language.h"
#include "app/io/points_format.h"
#include "core/dataset.h"

#include <stdint.h>

/* ---- what is wrong (points_faults.c) ---- */

typedef struct PointsFaults {
    const char *path; /* as messages name it */
    Status *status;
    PointsNotes *notes;
    bool failed;   /* the file is refused: nothing further is read */
    bool skip_bad; /* a bad cell does not refuse the file, but makes its row bad */
    bool bad_row;  /* which is cleared at the row's end */
    /* Hears of each that makes a row bad; column NULL: the row as a whole. May be NULL. */
    void (*hear)(void *user, PointsReason reason, const char *column, size_t line, const char *what);
    void *user;
} PointsFaults;

/* Refuses the file: "PATH:LINE: what", or "PATH: what" with line 0. */
void points_fault(PointsFaults *faults, size_t line, const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Refuses a cell of a column, or with column NULL a row as a whole: the file, or with skip_bad the row. */
void points_fault_cell(PointsFaults *faults, PointsReason reason, const char *column, size_t line, const char *format,
                       ...) __attribute__((format(printf, 5, 6)));
/* Refuses the file for what is wrong with a row that could have been left out. */
void points_fault_bad(PointsFaults *faults, const char *column, size_t line, const char *what);
/* Says how something was read that could be meant otherwise. */
void points_note(PointsFaults *faults, const char *format, ...) __attribute__((format(printf, 2, 3)));

#define POINTS_NAME_ENCODING N_("name the encoding, as in --encoding LATIN1, GB18030 or SHIFT-JIS")
bool points_is_utf8(const char *text, size_t length);

#define POINTS_NUMBER_MAX 255 /* bytes; what is longer is not read as a number */
#define POINTS_SHOWN_MAX 40
/* How many bytes of a text a message shows: whole characters, POINTS_SHOWN_MAX at most. */
int points_shown(const char *text, size_t length);

/* ---- bytes (points_source.c) ---- */

typedef struct PointsSource PointsSource;

/* What a file that begins like this is, and what to do about it (points_kinds.c); NULL: it may be text, or a table. */
const char *points_binary_kind(const char *bytes, size_t size);
const char *points_text_kind(const char *bytes, size_t size); /* in UTF-8 */

/* Opens path ("-": standard input; gzip is unpacked). encoding: a name that iconv knows, or NULL: UTF-8, or UTF-16
 * or UTF-32 with a byte order mark or where the zeros in its beginning tell. NULL and a fault on failure. */
PointsSource *points_source_open(const char *path, const char *encoding, PointsFaults *faults);
/* Up to `size` (4 KiB or more) further bytes of UTF-8, without a byte order mark; 0 at the end or after a fault. */
size_t points_source_read(PointsSource *source, char *buffer, size_t size);
/* The share that has been read, 0 to 1; 0 where the size is not known. */
double points_source_share(const PointsSource *source);
const char *points_source_encoding(const PointsSource *source);
bool points_source_packed(const PointsSource *source); /* with gzip */
void points_source_close(PointsSource *source);        /* NULL is fine */

/* ---- cells (points_cells.c) ---- */

void points_trim(const char **text, size_t *length); /* of blanks of every width, and line ends */
bool points_is_digit(char c);

typedef enum PointsDecimal { POINTS_DECIMAL_POINT, POINTS_DECIMAL_COMMA, POINTS_DECIMAL_EITHER } PointsDecimal;

/* The whole text as float32, rounded once, or as double if `wide` is given; false if it is no number. text[length] may
 * be read and must not continue the number. */
bool points_read_number(const char *text, size_t length, PointsDecimal decimal, float *value, double *wide);

/* Whether it is a number whose comma cannot separate thousands. */
bool points_comma_is_decimal(const char *text, size_t length);
/* Why a text is no number and what to do, in brackets behind a blank; "": nothing to say. */
const char *points_number_hint(const char *text, size_t length);

/* What a cell of a column `clean` says of its point: 1 a clean one (1, true, yes), 0 none (0, false, no, or missing);
 * -1: it is no mark. missing: as points_is_missing has it. */
int points_read_mark(const char *text, size_t length, const char *missing);

/* ---- rows (points_rows.c) ---- */

#define POINTS_ROW_MAX ((size_t)1 << 20) /* bytes of a row; more is a quote left open or no table at all */
#define POINTS_LINES_MAX ((size_t)10 * MAX_SAMPLES)
#define POINTS_BLANKS ' ' /* the delimiter that is any run of blanks and tabs */

typedef struct PointsCell {
    char *text; /* trimmed, quotes taken off; ended by 0 */
    size_t length;
    size_t line; /* the physical one in which it begins, from 1 */
    bool quoted;
    size_t behind; /* bytes of the text that follow the closing quote */
} PointsCell;

typedef struct PointsRow {
    PointsCell *cells; /* valid until the next row is read */
    size_t count;      /* without empty cells at the end; */
    size_t all;        /* with them */
    size_t line;       /* in which the row begins */
} PointsRow;

typedef struct PointsRows {
    PointsFaults *faults;
    PointsSource *source; /* NULL: the text is all there is */
    char delimiter;
    bool apostrophes; /* quote a cell as well (ARFF) */
    /* private */
    char *text; /* [start, end) is still to be read; text[end] may be written; owned if there is a source */
    size_t start, end, capacity;
    bool ended; /* the source has no more */
    size_t fills;
    bool has_nul; /* somewhere in the text */
    bool begun;   /* there has been a row, or a header */
    size_t like_points,
        like_point_line; /* comments behind the first row that would be points, and where the first is */
    size_t line;
    PointsCell *cells; /* owned */
    size_t cell_capacity;
} PointsRows;

/* The next row that is neither blank (nothing but delimiters) nor a comment (beginning with # or %); false at the end
 * or after a fault. */
bool points_rows_next(PointsRows *rows, PointsRow *row);
/* Reads what is in the buffer as it would be read, up to `most` rows, from a copy; used to find the dialect. */
void points_rows_free(PointsRows *rows);
/* Fills the buffer; false after a fault. */
bool points_rows_fill(PointsRows *rows);

/* ---- the dialect (points_dialect.c) ---- */

typedef struct PointsHeader { /* names of the columns; count 0: there are none */
    char **name;              /* owned, and each */
    size_t count;
    size_t line;
} PointsHeader;

/* What a table says of a column. */
typedef enum PointsRole { POINTS_ROLE_NONE, POINTS_ROLE_LABEL, POINTS_ROLE_ASIDE } PointsRole;

/* What the first rows have in a column. */
typedef enum PointsHolds {
    POINTS_HOLDS_NOTHING, /* every cell is missing, of two or more */
    POINTS_HOLDS_WORDS,
    POINTS_HOLDS_MEASURES, /* numbers with fractions, too many of them for kinds of labels */
    POINTS_HOLDS_NUMBERS,
    POINTS_HOLDS_KINDS /* whole numbers, 2 to MAX_CLASSES of them, that come again */
} PointsHolds;

#define POINTS_LIST_MAX 600 /* bytes of a list of columns in a message */

typedef struct PointsDialect {
    char delimiter;
    bool apostrophes;
    PointsDecimal decimal;
    size_t skip;       /* bytes before the first row that is wanted: titles, the header, rows of types */
    size_t skip_lines; /* the lines in them */
    PointsHeader header;
    bool row_names;   /* every row has one cell more than the header: its first is a name, left out */
    size_t width;     /* cells that a row may have, row names left out */
    PointsRole *role; /* header.count, or width without a header; ASIDE: nothing of a point, such as an index; owned */
    bool wants_more;  /* there is no row yet in what was looked at: look again with more */
    PointsHolds *holds; /* width; owned */
    bool *marks;        /* width: it is called clean, and half of the cells there or more are marks; owned */
    char first_row[POINTS_LIST_MAX]; /* "1 (5.1), 2 (setosa)": columns by their numbers, with their first cells */
} PointsDialect;

/* The delimiter of PointsFormat; 0: it is none. */
char points_delimiter_of(const char *name);

/* From the first bytes, which begin with the file's first line; `whole`: they are all of it. False after a fault. */
bool points_dialect_find(PointsDialect *dialect, const char *text, size_t size, bool whole, const PointsFormat *format,
                         PointsFaults *faults);
void points_dialect_free(PointsDialect *dialect);

/* ---- columns (points_columns.c) ---- */

enum { X, Y, LABEL, COLUMNS };

extern const char *const POINTS_LABEL_NAMES[]; /* what people call a label; NULL ends them */

typedef struct PointsColumns {
    size_t at[COLUMNS];                       /* from 0, row names left out */
    char text[COLUMNS][POINTS_SHOWN_MAX + 1]; /* what messages call them */
    size_t clean;                             /* the column that marks clean points; SIZE_MAX: there is none */
    bool guessed;                             /* others may be meant, which a note says */
} PointsColumns;

/* Which columns of the dialect are read: `wanted` as PointsFormat.columns has it. False after a fault. */
bool points_columns_find(PointsColumns *columns, const PointsDialect *dialect, const char *wanted,
                         PointsFaults *faults);

/* Whether these are the heads of a table that export_points has written: x and y, whatever they are called, then label,
 * loss, v and admitted. */
bool points_own_table(char *const *names, size_t count);
/* The names of two of them, as they are in the header. False without memory. */
bool points_columns_name(const PointsColumns *columns, const PointsDialect *dialect, Dataset *named);

/* ---- origins (points_origin.c) ---- */

/* An axis's values, as far as they may need an origin or a note (points_csv.h). A zeroed one is valid. */
typedef struct PointsAxis {
    size_t count;     /* values so far */
    double low, high; /* of them */
    bool wide;        /* too far from each other for an origin: kept are only those that float32 notably rounds */
    double *values;   /* `kept` of them; owned */
    size_t kept, capacity;
    long double exact; /* of whole numbers beyond double's, all the same double: the first; 0: none yet; */
    bool differs;      /* another is not the same */
} PointsAxis;

/* Whether of a value that is this float32 the double is needed. */
bool points_axis_wants(const PointsAxis *axis, float value);
/* A further value, and its cell's text. False without memory. */
bool points_axis_add(PointsAxis *axis, double value, const char *text, Status *status);
/* At the end, of one value or more: the origin that the axis needs, or 0. What float32 loses is noted, or a fault. */
double points_axis_origin(PointsAxis *axis, const char *column, PointsFaults *faults);
void points_axis_free(PointsAxis *axis);

/* ---- labels (points_labels.c) ---- */

/* Labels that are equal. */
typedef struct PointsKind {
    char *text; /* owned */
    size_t length;
    bool is_number;
    bool is_padded; /* a number with leading zeros: with one of these, all labels are words */
    double value;
} PointsKind;

typedef struct PointsLabels {
    const char *column; /* what messages call it */
    PointsDecimal decimal;
    PointsKind kinds[MAX_CLASSES];
    int count;
    int last; /* the kind found last: labels come in runs */
    /* the label found last if it is none of those: not among them before its row has turned out good */
    PointsKind fresh;
} PointsLabels;

void points_labels_free(PointsLabels *labels);

/* The kind of a label that has come before in the same form; -1: it is new. */
int points_labels_known(PointsLabels *labels, const PointsCell *cell);
/* The kind of a label, from 0; count: `fresh` is new. -1 if it is bad, which is a fault of its cell. */
int points_labels_find(PointsLabels *labels, const PointsCell *cell, PointsFaults *faults);
/* Makes `fresh` a kind; one too many is a fault. */
void points_labels_add(PointsLabels *labels, size_t line, PointsFaults *faults);
/* At the end, of one kind or more: how many classes there are, which is each kind's and the classes' names in `named`.
 * classes: as PointsFormat has it. 0 after a fault. */
int points_labels_classes(const PointsLabels *labels, int classes, uint8_t class_of[MAX_CLASSES], Dataset *named,
                          PointsFaults *faults);

/* ---- one row after another (points_csv.c) ---- */

typedef enum PointsRowState { POINTS_ROWS_END, POINTS_ROW_GOOD, POINTS_ROW_BAD } PointsRowState;

typedef struct PointsReader {
    const PointsFormat *format;
    PointsFaults faults;
    PointsRows rows;
    PointsDialect dialect;
    PointsColumns columns;
    bool has_columns; /* they are found: without, a row's cells are only counted */
    PointsLabels labels;
    bool stopped;          /* by format->progress */
    size_t count, skipped; /* rows so far */
    size_t marked;         /* clean points among them */
    /* the row read last */
    float values[2];
    double wide[2];     /* the same, as double where the axis wants it */
    bool clean;         /* it is marked as a clean point */
    int kind;           /* of its label; labels.count: labels.fresh, before it is kept */
    PointsAxis axes[2]; /* of the rows that were kept */
    double origin[2];   /* of the axes, at the end */
    /* private */
    size_t label_line;
    size_t comma_line, point_line;         /* with a number that has a decimal comma, or a point; 0: none yet */
    bool comma_decimal;                    /* one such comma cannot separate thousands */
    char comma_text[POINTS_SHOWN_MAX + 1]; /* of the first that can */
    size_t told;
} PointsReader;

/* Opens the file and finds the dialect from its first bytes. False after a fault. */
bool points_reader_open(PointsReader *reader, const char *path, const PointsFormat *format, Status *status);
/* Finds the columns. False after a fault. */
bool points_reader_columns(PointsReader *reader);
/* The next row, read; progress is told. POINTS_ROWS_END at the end or after a fault, POINTS_ROW_BAD also with a fault
 * of this row that refuses the file. */
PointsRowState points_reader_next(PointsReader *reader, PointsRow *row);
/* Counts the good row just read, whose label becomes a kind. False after a fault. */
bool points_reader_keep(PointsReader *reader, const PointsRow *row);
/* At the end: whether there were any points, or a fault; and the origins. */
void points_reader_check(PointsReader *reader);
void points_reader_close(PointsReader *reader);

#endif
