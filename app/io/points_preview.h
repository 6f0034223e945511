/* What the reader (points_csv.h) sees in a file of points, for a sheet in which people overrule it. The texts are the
 * file's: not all of them need be UTF-8, or without control characters. */
#ifndef EASYFIRST_POINTS_PREVIEW_H
#define EASYFIRST_POINTS_PREVIEW_H

#include "app/io/points_format.h"
#include "core/config.h"

#include <stddef.h>
#include <stdint.h>

#define POINTS_PREVIEW_ROWS 12
#define POINTS_PREVIEW_COLUMNS 1024 /* of a wider table only these are seen */
#define POINTS_PREVIEW_BINS 24
#define POINTS_PREVIEW_VALUES 10000 /* of a column, that its histogram is of; fewer in a wide table */
#define POINTS_PREVIEW_BAD 6
#define POINTS_PREVIEW_POINTS 1000
#define POINTS_PREVIEW_CELL 255 /* bytes of a text, at most */

typedef struct PointsPreviewColumn {
    char name[POINTS_PREVIEW_CELL + 1]; /* "": it has none */
    bool numeric;                       /* taken as numbers, but for some that may be bad */
    /* of its first cells */
    size_t numbers, missing, others;
    double least, most;                /* of the numbers; 0 if there are none */
    uint32_t bin[POINTS_PREVIEW_BINS]; /* numbers in equal parts of least to most */
} PointsPreviewColumn;

typedef struct PointsPreviewRow {
    size_t line; /* in which it begins, from 1 */
    bool bad;    /* left out */
    char **cell; /* `columns` of them, none NULL */
} PointsPreviewRow;

typedef struct PointsPreviewBad {
    size_t line;
    char column[48]; /* "": the row as a whole */
    PointsReason reason;
    char what[160]; /* "not a number: '1.5 cm'" */
} PointsPreviewBad;

typedef struct PointsPreviewKind {
    char name[POINTS_PREVIEW_CELL + 1]; /* as the class will be called, or as in the file where no classes came of it */
    size_t count;                       /* of its points */
} PointsPreviewKind;

typedef struct PointsPreview {
    char delimiter;     /* ' ': any run of blanks */
    char decimal;       /* '.' or ',' */
    size_t header_line; /* of the names; 0: there are none */
    char encoding[40];  /* "UTF-8" */
    bool packed;        /* with gzip */
    bool row_names;     /* a first cell more than there are columns, which is left out */
    PointsNotes notes;  /* what may be meant otherwise */

    PointsPreviewColumn *column;  /* `columns` of them */
    size_t columns, columns_more; /* those seen, and further ones */
    /* The columns of x, y and label, from 0, by number as in PointsFormat.columns less 1; SIZE_MAX: not found. */
    size_t at[3];
    bool guessed; /* others may be meant */

    PointsPreviewRow row[POINTS_PREVIEW_ROWS]; /* the first below the header */
    size_t rows;

    size_t kept, left_out;                    /* rows; all are kept where the columns are not found */
    PointsPreviewBad bad[POINTS_PREVIEW_BAD]; /* the first left out */
    size_t bads, bad_count[POINTS_REASONS];   /* how many of these there are; rows left out by reason */

    PointsPreviewKind kind[MAX_CLASSES]; /* of labels, in the order of classes */
    int kinds;

    /* Some of the points, evenly over the file, with the number of their kind; -1: one too many. */
    double x[POINTS_PREVIEW_POINTS], y[POINTS_PREVIEW_POINTS];
    int label[POINTS_PREVIEW_POINTS];
    size_t points;

    char problem[1024]; /* what points_read would fail with; "": nothing */
} PointsPreview;

/* A few words for each reason, in its plural: "missing cells". */
extern const char *const POINTS_REASON_TEXT[POINTS_REASONS];

/* Reads the whole file as points_read does with this format (NULL: the defaults), but keeps only what is above; its
 * `progress` is told. Bad rows are counted whether skip_bad is set or not. Where points_read would fail, `problem`
 * says so, and the rest is as far as it could be seen. False, with *status, if there is nothing to see: the file
 * cannot be opened or is no text, there is no memory, progress stopped it. *preview is overwritten; it is large
 * (some 30 KiB). A pipe, and "-", are used up. */
bool points_preview(PointsPreview *preview, const char *path, const PointsFormat *format, Status *status);
void points_preview_free(PointsPreview *preview); /* safe on one that is zeroed, or has failed */

/* PointsFormat.columns for these three columns: their names where they have one that no other has, else their
 * numbers. False: longer than `size`. */
bool points_preview_columns(const PointsPreview *preview, const size_t at[3], char *text, size_t size);

#endif
