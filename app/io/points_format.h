/* How a file of points is to be read (points_csv.h). */
#ifndef EASYFIRST_POINTS_FORMAT_H
#define EASYFIRST_POINTS_FORMAT_H

#include "core/status.h"

#include <stddef.h>

#define POINTS_MISSING                                                                                                 \
    "NA,N/A,NaN,-NaN,null,none,?,#N/A,<NA>" /* the words that stand for a missing value, in any case */

/* How a file was read where it could be meant otherwise: one line each, without the file's name. */
#define POINTS_NOTES 4
typedef struct PointsNotes {
    char text[POINTS_NOTES][240];
    int count;
} PointsNotes;

/* Why a row is bad. */
typedef enum PointsReason {
    POINTS_MISSING_CELL,
    POINTS_NO_NUMBER,
    POINTS_NOT_FINITE,
    POINTS_TOO_MANY_CELLS,
    POINTS_REASONS
} PointsReason;

typedef struct PointsFormat {
    /* "x,y,label": the names of the three columns in the header or their numbers, from 1; valid by
     * points_columns_check. A number from 1 to that of the columns is one even where a column is named so (a note says
     * it); others are names. NULL: found, see below. */
    const char *columns;
    const char *delimiter; /* comma, semicolon, tab, space (any run of blanks), pipe or a character; NULL: found */
    const char *decimal;   /* "point" or "comma"; NULL: found */
    const char *missing;   /* words for missing values, separated by commas; NULL: POINTS_MISSING */
    const char *header;    /* "yes": the first row; "no"; or the number of its line; NULL: found */
    const char *encoding;  /* a name that iconv knows; NULL: UTF-8, or UTF-16 where that is certain */
    int classes;           /* the labels are the numbers 0 to classes - 1; 0: those that occur are the classes */
    /* Skip rows in which a needed cell is missing or no number, or that have more cells than others; otherwise they
     * fail the file. Dataset.row then has the numbers of the rest. */
    bool skip_bad;
    size_t *skipped;    /* set to how many were skipped, if the file could be read; may be NULL */
    PointsNotes *notes; /* to be zero before; may be NULL */
    /* Called after every 64 KiB with the share of the file that has been read, 0 to 1 (0 for a pipe); false stops the
     * reading. May be NULL. */
    bool (*progress)(void *user, double share);
    void *user;
} PointsFormat;

/* A copy of what is told to the reader, with strings of its own; no notes, no progress. *copy is overwritten, and empty
 * after a failure. */
bool points_format_copy(PointsFormat *copy, const PointsFormat *format, Status *status);
void points_format_free(PointsFormat *copy); /* safe on a zeroed one */
/* Whether both tell the reader the same. */
bool points_format_same(const PointsFormat *a, const PointsFormat *b);

/* What is told as texts: columns, delimiter, decimal, missing, header, encoding; named as the options are. */
#define POINTS_TEXTS 6
extern const char *const POINTS_TEXT_NAMES[POINTS_TEXTS];
const char *points_format_text(const PointsFormat *format, int text); /* NULL: not told */
/* A copy of the text into a copy. False if it is none that the reader takes, or without memory. */
bool points_format_tell(PointsFormat *copy, int text, const char *value);

/* Whether this is a delimiter as above; if not, STATUS_USAGE and a reason. */
bool points_delimiter_check(const char *delimiter, Status *status);

/* Whether iconv knows the encoding; if not, STATUS_USAGE and a reason. */
bool points_encoding_check(const char *name, Status *status);

/* Whether this is three different names or numbers separated by commas; if not, STATUS_USAGE and a reason. */
bool points_columns_check(const char *columns, Status *status);

/* Whether the text is one of the words, separated by commas, that stand for a missing value, in any case; blanks alone
 * are always. words NULL: those of POINTS_MISSING. */
bool points_is_missing(const char *words, const char *text, size_t length);

#endif
