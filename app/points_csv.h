/* Reading points: a CSV file with a header that names x, y and label (any order, further columns ignored). */
#ifndef EASYFIRST_POINTS_CSV_H
#define EASYFIRST_POINTS_CSV_H

#include "../core/dataset.h"

/* Labels are whole numbers 0 to MAX_CLASSES - 1; classes is the highest label + 1, at least 2. Quotes, CRLF and a BOM
 * are understood (libcsv). A missing or non-numeric or not finite cell, or a label out of range, is refused with
 * "FILE:LINE: what"; so is an empty file, a directory, or more than MAX_SAMPLES rows. *data is overwritten. */
bool points_read(Dataset *data, const char *path, Status *status);

#endif
