/* Reading points: CSV files as people have them. */
#ifndef EASYFIRST_POINTS_CSV_H
#define EASYFIRST_POINTS_CSV_H

#include "core/dataset.h"

typedef struct PointsFormat {
    /* "x,y,label": the names of the three columns in the header or their numbers, from 1; valid by
     * points_columns_check. NULL: x, y and label by name, or without a header the first three. */
    const char *columns;
    /* Leave out rows whose needed cells are missing or no numbers; else they fail the file. Dataset.row then has
     * the others' numbers. */
    bool skip_bad;
    size_t *skipped; /* set to how many were left out whenever the file was read; NULL: not asked for */
    /* Called after every 64 KiB with the share of the file that is read, 0 to 1 (0 for a pipe); false: stop.
     * NULL: not asked for. */
    bool (*progress)(void *user, double share);
    void *user;
} PointsFormat;

/* Reads the points of a file; format NULL: all of it zero. *data is overwritten, and empty after a failure.
 *
 * Cells. The delimiter is a comma, a semicolon or a tab: what gives the first line most cells (where it has two
 * semicolons or tabs, commas between digits do not count). With a semicolon or a tab, numbers may have a
 * decimal comma. Quotes, CRLF, CR, a BOM and blank lines are understood (libcsv); blanks around a cell do not
 * count, further columns are ignored.
 *
 * Columns. Names fit exactly, or else but for the case of ASCII letters. Without `columns` the first row is no
 * header if it lacks the names and x or y is a number in it. With numbers for x and y it is none if both are
 * numbers in it, or if one is and the names are not there. So a bad cell in the first row is told as such.
 *
 * Labels. Whole numbers 0 to MAX_CLASSES - 1 are the classes themselves: `classes` is the highest + 1, at least
 * 2, and there are no names. Other labels, and whole numbers from 1 on without a gap (1, 2), are kinds: 2 to
 * MAX_CLASSES of them, in the order of their values if all are numbers (1 and 1.0 are one kind), else of their
 * bytes; they become classes 0, 1, ... with the labels as class_name. A label has at most 255 bytes.
 *
 * Refused: an empty file, a folder, UTF-16, more than MAX_SAMPLES rows, a cell of more than 1 MiB, a quote left
 * open, a header without the columns, kinds that are too few, too many or alike in their first 31 bytes, and
 * (but for skip_bad) needed cells that are missing, empty, not numbers or not finite as float32. The message is
 * "FILE:LINE: what" or "FILE:LINE: column NAME: what", of the line where the cell begins. */
bool points_read(Dataset *data, const char *path, const PointsFormat *format, Status *status);

/* Whether these are three different names or numbers with commas between; if not, a STATUS_USAGE says why. */
bool points_columns_check(const char *columns, Status *status);

#endif
