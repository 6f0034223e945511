/* The first rows of a file, as one delimiter has them: from these the dialect is found. */
#ifndef EASYFIRST_POINTS_PEEK_H
#define EASYFIRST_POINTS_PEEK_H

#include "app/io/points_private.h"

enum { PEEKED = 60 }; /* rows that are looked at */

typedef struct Text { /* what the rows lie in */
    const char *bytes;
    size_t size;
    size_t skip, skip_lines; /* of them before the first row */
    bool apostrophes;
    const char *decimal; /* as PointsFormat has it */
} Text;

typedef struct PeekRow {
    char **cell; /* owned, and each */
    bool *quoted;
    size_t count; /* without empty cells at the end; */
    size_t all;   /* with them */
    size_t line;
    size_t end, end_line; /* bytes of the text up to the row's end, and the line that follows */
} PeekRow;

typedef struct Peek {
    PeekRow row[PEEKED];
    size_t rows;
    bool whole;            /* there are no further rows */
    size_t width;          /* the most common number of cells */
    size_t numbers;        /* cells that are numbers */
    bool named;            /* a row above them names a label, and other columns */
    size_t alike;          /* rows of as many cells as the first */
    PointsDecimal decimal; /* what they are read with */
} Peek;

/* The first rows under a delimiter. False without memory. */
bool peek_read(Peek *peek, const Text *text, char delimiter);
/* The delimiter under which they have names, or else the most numbers; the earlier of those that are alike. False
 * without memory. */
bool peek_find_delimiter(Peek *best, const Text *text, char *delimiter);
void peek_free(Peek *peek);

bool peek_is_number(const Peek *peek, const char *text);
size_t peek_numbers(const Peek *peek, const PeekRow *row); /* cells of a row that are numbers */

/* Lines of a text, up to `end`; the next one begins behind LF, CR or CRLF. */
const char *text_line_end(const char *at, const char *end);
const char *text_next_line(const char *at, const char *end);
const char *text_skip_blanks(const char *at, const char *end);
/* Whether it begins so, in any case. */
bool text_starts_with(const char *at, const char *end, const char *word);

/* Both false after a fault: without memory. */
bool points_header_add(PointsDialect *dialect, const char *text, size_t length, PointsFaults *faults);
bool points_header_take(PointsDialect *dialect, const PeekRow *row, PointsFaults *faults);
void points_header_free(PointsHeader *header);

/* ---- which row is the header (points_header.c) ---- */

#define NO_HEADER SIZE_MAX

/* The row that names the columns, or NO_HEADER; *first: the first row that is neither left out above the table nor
 * told to be. Faults stand in `faults`. */
size_t points_header_find(const Peek *peek, const PointsFormat *format, size_t *first, PointsFaults *faults);
/* A comment above the first row that names as many columns as it has cells: "# x,y,label"; in line `only`, 0: the
 * last of them. False after a fault. */
bool points_header_in_comment(PointsDialect *dialect, const Text *text, const Peek *peek, size_t only,
                              PointsFaults *faults);

/* ---- tables of other programs (points_foreign.c) ---- */

/* Where the text is ARFF (Weka) or KEEL's: the names and roles of its attributes, and what is before its rows. False
 * after a fault. */
bool points_arff_read(PointsDialect *dialect, Text *text, bool whole, PointsFaults *faults);
/* Orange's rows of types and roles below the header, from row `first` on, and prefixes of names; roles are noted.
 * How many rows these are. */
size_t points_orange_read(PointsDialect *dialect, const Peek *peek, size_t first);
/* "1 3:0.5 7:1": a label, then numbers of columns with their values. */
bool points_is_svmlight(const Peek *peek);

#endif
