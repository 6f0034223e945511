/* The comparison of runs in the side panel: which run's curriculum it shows and changes, in what they differ, and how
 * runs begin, change places and end. A is the first run, B and C stand beside it. */
#ifndef EASYFIRST_VIEW_COMPARE_H
#define EASYFIRST_VIEW_COMPARE_H

#include "app/ui/column.h"
#include "app/views/intents.h"

/* The runs that are always offered; the command line's stand after them, then one that is none of these. */
#define COMPARE_OFFERS 6
#define COMPARE_LABELS (COMPARE_OFFERS + OTHER_RUNS + 1)

typedef struct CompareState {     /* a zeroed one is valid */
    bool open;                    /* the section is unfolded */
    int run;                      /* whose curriculum is on show: 0 is A's */
    const char *told[OTHER_RUNS]; /* what --compare said, or NULL; the owner's */
    const char *labels[OTHER_RUNS][COMPARE_LABELS];
    char switch_labels[1 + OTHER_RUNS][64]; /* of the switch between the runs */
    char swap_label[64];
} CompareState;

/* The run whose curriculum is on show: the snapshot's own or one beside it. */
const Snapshot *compare_shown(const CompareState *state, const Snapshot *first);

/* "Curriculum of [A Plain | B By share]" while there are several runs, and the run that it says. Widgets that change it:
 * curriculum-of. */
const Snapshot *compare_switch(Column *column, CompareState *state, const Snapshot *first);

/* Commands from that index on, asked for by the curriculum's widgets, are for the run on show. */
void compare_route(const CompareState *state, const Snapshot *first, Intents *intents, int from);

/* The section: the run to choose beside the first, then one more (compare, compare-c; remove-b and remove-c); while
 * there are some, what differs, swap-runs and end-compare. */
void compare_section(Column *column, CompareState *state, const Snapshot *first, Intents *intents);

#endif
