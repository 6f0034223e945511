/* What is selected, and what can be done with it: in the place of the line (view_line.h) while there is a selection.
 * Widgets: "selection" all of it, and "selection-keep", "selection-flip", "selection-label" (to a class), "selection-remove" and
 * "selection-clear". */
#ifndef EASYFIRST_SELECTION_BAR_H
#define EASYFIRST_SELECTION_BAR_H

#include "app/views/intents.h"
#include "app/views/selection.h"

typedef struct SelectionBar { /* a zeroed one is valid */
    size_t of_class[MAX_CLASSES];
    uint64_t version, data_version; /* of what they are of */
    char label_words[MAX_CLASSES][DATASET_NAME_BYTES];
    const char *labels[MAX_CLASSES + 1];
} SelectionBar;

void selection_bar(Ui *ui, Rect rect, SelectionBar *bar, Selection *selection, const Snapshot *snapshot,
                   Intents *intents);

#endif
