/* The points that look mislabelled, as a list in the side panel: a row each, most suspect first; a click, or Enter on a
 * focused row, asks for the point to be pinned. */
#ifndef EASYFIRST_VIEW_SUSPECTS_H
#define EASYFIRST_VIEW_SUSPECTS_H

#include "app/ui/column.h"
#include "app/experiment/snapshot.h"

#define SUSPECTS_SHOWN 8
#define SUSPECTS_MOST 64 /* after "More" */

typedef struct SuspectsState { /* a zeroed one is valid */
    bool open, more;
    uint32_t samples[SUSPECTS_MOST];
    int count;
    size_t wrong;                   /* labels known to be wrong, among all points */
    uint64_t data_version, version; /* of the snapshot they were ranked for */
    uint32_t epoch;
    bool looking_back;
    double at; /* seconds, when they were ranked */
} SuspectsState;

/* Returns the point chosen, or -1. */
int64_t suspects_widgets(Column *column, SuspectsState *state, int64_t pinned, const Snapshot *snapshot);

#endif
