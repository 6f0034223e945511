/* Points from CSV files, in the forms that people have them in. */
#ifndef EASYFIRST_POINTS_CSV_H
#define EASYFIRST_POINTS_CSV_H

#include "app/io/points_format.h"
#include "core/dataset.h"

/* Reads the points of a file ("-": standard input); format NULL: the defaults, all zero. *data is overwritten, and
 * empty after a failure.
 *
 * Bytes. UTF-8, UTF-16 or UTF-32 with a byte order mark; without one UTF-8, or what the zeros in it tell; gzip is
 * unpacked. A NUL byte, an archive, a workbook and the like are refused, with what to do.
 *
 * Rows end with LF, CR or CRLF; quotes hold delimiters and line ends together. Rows of nothing but delimiters are
 * blank, those that begin with # or % comments (but not with a spreadsheet's #N/A), and lines of dashes no rows. The
 * delimiter is told, or is what a first line "sep=;" says, or the one of tab, semicolon, comma, | and blanks (any run
 * of them) under which a row names a label, or else the first rows have the most numbers. ARFF, KEEL's and Orange's
 * tables are read.
 *
 * Numbers may have decimal commas between other delimiters, and in quotes; 1,5 and 1.5 in one file are refused, and so
 * are commas that may all separate thousands, until `decimal` says what they are.
 *
 * Header. None, a row of names, the comment above the rows that has them, pandas' 0, 1, 2, ...; titles above it and
 * lines that count rows are left out; so are R's row names, a first cell more than the header has. Beyond the header's
 * columns (or the first row's) a cell that is not empty makes the row bad.
 *
 * Columns. A name matches exactly, or else regardless of the case of ASCII letters. Without `columns`: x, y and label
 * (or class, target, species ...) by name; else, without indexes and what a table sets aside, of three columns the two
 * of numbers, and the third as label: of three of numbers the last, or where that has fractions of many kinds, the only
 * one of whole numbers that come again. Else the columns that there are stand in the message.
 *
 * Labels. The kinds that occur are the classes, 2 to MAX_CLASSES of them, ordered by value if all are numbers (1 and
 * 1.0 are one kind) without leading zeros (01 is no 1, but a word), else by their bytes. They have the labels as
 * class_name, but for 0, 1, ... without a gap, which are the classes' numbers. A single kind is refused unless
 * `classes` says which there are. A label may be of any length; its control characters are
 * '?' in the name and stay in tables.
 *
 * Numbers become float32, which gives a value back if it is exact and below 1e9, or if the float32 in nine digits is
 * the value; or in 6, 7 or 8 digits, where it is below 2^24 and the error is at most 1e-4 of the axis's span. An axis
 * has an origin (dataset.h) if its values lie within a 16th of the largest magnitude among them (or within half of it,
 * and none below 2^23: float32 has no fractions there), and if of one of them neither it nor what is written of it with
 * the origin would be given back. The origin is the middle between the smallest and the largest, rounded to the power
 * of ten that goes into their distance. So Unix seconds, Excel's days or metres of UTM are shown and written as in the
 * file. A note says so, and how far they are rounded nevertheless.
 *
 * Without an origin a note says which values beyond 2^24 float32 does not give back in 6 to 9 digits, and how many
 * different ones of these, or of those below 1e-38, become one. A column is refused that has different values in the
 * file (be they whole numbers that are one as double), but one in float32. Files of other numbers are read as ever.
 *
 * Names. The axes have the names of their columns in the header, which must be UTF-8; none where they are called x
 * and y, or by their number. A table that export_points has written (its third to sixth columns are label, loss, v
 * and admitted) has x and y in its first two, whatever they are called.
 *
 * Clean points. A column `clean`, unless it is one of those, marks them (data->clean): 1, true or yes; the others have
 * 0, false or no, or nothing. Anything else is a bad cell; but where the first rows have more of that than of marks,
 * the column says something else: it is as any other, and a note says so. Where no point is marked there are no marks.
 *
 * What could be meant otherwise is said in `notes`. Messages are "FILE:LINE: what" or "FILE:LINE: column NAME: what",
 * with the line in which the cell begins. */
bool points_read(Dataset *data, const char *path, const PointsFormat *format, Status *status);

#endif
