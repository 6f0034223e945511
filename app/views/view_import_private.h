/* The parts of the import sheet (view_import.h). */
#ifndef EASYFIRST_VIEW_IMPORT_PRIVATE_H
#define EASYFIRST_VIEW_IMPORT_PRIVATE_H

#include "app/ui/column.h"
#include "app/views/view_import.h"

enum { SLOT_X, SLOT_Y, SLOT_LABEL, SLOTS };

/* ---- view_import.c ---- */

/* Puts a column into a slot, which another slot's column makes room for, and lights the next. True: all are full, and
 * another look is wanted. */
bool import_assign(ImportState *state, int slot, size_t column);
/* The mark of a class, or NULL without memory. */
const MarkSprite *import_mark(ImportState *state, const Ui *ui, int kind);

/* ---- import_table.c ---- */

/* The slots, in a row; returns whether another look is wanted. */
void import_slots(ImportState *state, Ui *ui, Column *column);
/* Heads, rows, and what is left out. */
bool import_table(ImportState *state, Ui *ui, Rect rect);
/* The height that a table with all its rows needs. */
float import_table_height(const ImportState *state, const Ui *ui);

/* ---- import_look.c ---- */

/* What the points would look like: scatter, classes, scale, standardizing; height: that there is for it, pixels. */
void import_outlook(ImportState *state, Ui *ui, Column *column, float height);
/* What suits the points of a new look, where nobody has said otherwise. */
void import_advise(ImportState *state);

#endif
