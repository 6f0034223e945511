/* Points from CSV files, in the forms that people have them in. */
#ifndef EASYFIRST_POINTS_CSV_H
#define EASYFIRST_POINTS_CSV_H

#include "core/dataset.h"

typedef struct PointsFormat {
    /* "x,y,label": the names of the three columns in the header or their numbers, from 1; valid by
     * points_columns_check. NULL: x, y and label by name, or without a header the first three. */
    const char *columns;
    /* Skip rows in which a needed cell is missing or no number; otherwise they fail the file. Dataset.row then has the
     * numbers of the rest. */
    bool skip_bad;
    size_t *skipped; /* set to how many were skipped, if the file could be read; may be NULL */
    /* Called after every 64 KiB with the share of the file that has been read, 0 to 1 (0 for a pipe); false stops the
     * reading. May be NULL. */
    bool (*progress)(void *user, double share);
    void *user;
} PointsFormat;

/* Reads the points of a file; format NULL: the defaults, all zero. *data is overwritten, and empty after a failure.
 *
 * Cells. The delimiter is the one of comma, semicolon and tab that gives the first line the most cells (if it has two
 * semicolons or tabs, commas between digits do not count). With a semicolon or a tab, numbers may have a decimal comma.
 * Quotes, CRLF, CR, a BOM and blank lines are understood (libcsv); blanks around a cell and further columns are
 * ignored.
 *
 * Columns. A name matches exactly, or else regardless of the case of ASCII letters. Without `columns` the first row is
 * no header if it lacks the names and x or y is a number in it. If `columns` gives numbers for x and y, it is none if
 * both are numbers in it, or if one is and the names are missing. So a bad cell in the first row is reported as one.
 *
 * Labels. Whole numbers 0 to MAX_CLASSES - 1 are the classes themselves: `classes` is the highest + 1, at least 2, and
 * there are no names. Other labels, and whole numbers from 1 on without a gap (1, 2), are kinds: 2 to MAX_CLASSES of
 * them, ordered by value if all are numbers (1 and 1.0 are one kind), else by their bytes; they become classes 0, 1,
 * ... with the labels as class_name. A label has at most 255 bytes.
 *
 * Refused: an empty file, a folder, UTF-16, more than MAX_SAMPLES rows, a cell of more than 1 MiB, a quote left open, a
 * header without the columns, kinds that are too few, too many or equal in their first 31 bytes, and (without skip_bad)
 * needed cells that are missing, empty, not numbers or not finite as float32. The message is "FILE:LINE: what" or
 * "FILE:LINE: column NAME: what", with the line in which the cell begins. */
bool points_read(Dataset *data, const char *path, const PointsFormat *format, Status *status);

/* Whether this is three different names or numbers separated by commas; if not, STATUS_USAGE and a reason. */
bool points_columns_check(const char *columns, Status *status);

#endif
