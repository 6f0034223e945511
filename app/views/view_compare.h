/* The comparison of two runs in the side panel: which run's curriculum it shows and changes, in what the two differ,
 * and how they begin, change places and end. A is the first run, B the second. */
#ifndef EASYFIRST_VIEW_COMPARE_H
#define EASYFIRST_VIEW_COMPARE_H

#include "app/ui/column.h"
#include "app/views/intents.h"

/* The second runs that are always offered; the command line's stands after them, then one that is none of these. */
#define COMPARE_RUNS 6

typedef struct CompareState { /* a zeroed one is valid */
    bool open;                /* the section is unfolded */
    bool beside;              /* B's curriculum is on show, not A's */
    const char *told;         /* --compare as given, or NULL; the owner's */
    const char *labels[COMPARE_RUNS + 2];
    char switch_labels[2][32]; /* of the switch between the runs */
} CompareState;

/* The run whose curriculum is on show: the snapshot's own or its second. */
const Snapshot *compare_shown(const CompareState *state, const Snapshot *first);

/* "Curriculum of [A Plain | B By share]" while there are two runs, and the run that it says. Widgets that change it:
 * curriculum-of. */
const Snapshot *compare_switch(Column *column, CompareState *state, const Snapshot *first);

/* Commands from that index on, asked for by the curriculum's widgets, are for the run on show. */
void compare_route(const CompareState *state, const Snapshot *first, Intents *intents, int from);

/* The section: the second run to choose; while there is one, what differs, swap-runs and end-compare. */
void compare_section(Column *column, CompareState *state, const Snapshot *first, Intents *intents);

#endif
