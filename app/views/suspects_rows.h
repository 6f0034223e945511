/* The rows of the list of suspects: which labels look wrong, as of when the list was made, and what a person has done
 * about each since.
 *
 * The rows stand still while one works on them: they are made anew when the run has trained on, or is another, or when
 * something else is asked for; not when a label has been changed. What has been done about a row is seen in the points,
 * so that undo, wherever it is pressed, is seen as well. */
#ifndef EASYFIRST_SUSPECTS_ROWS_H
#define EASYFIRST_SUSPECTS_ROWS_H

#include "app/experiment/snapshot.h"

#define SUSPECTS_MOST 100000 /* rows */
#define SUSPECTS_STEPS 120   /* of the curve */

typedef enum { ROW_OPEN, ROW_KEPT, ROW_FLIPPED, ROW_REMOVED } RowState;

#define SUSPECTS_WORDS 768 /* bytes of what is said about a row */

typedef struct SuspectRow {
    uint32_t slot; /* in the history: the point, whatever comes and goes */
    uint8_t votes, given, says, other;
    bool wrong; /* known to be */
    bool kept;  /* it was, when the list was made: such rows come last */
    float p;    /* of `says` */
    float bar[LABEL_BARS];
    float value[LABEL_BARS]; /* of the measures, in words */
    float x, y;
    size_t number; /* in the file */
} SuspectRow;

/* How well the list finds what is known to be wrong. */
typedef struct SuspectsTruth {
    bool known;
    size_t wrong, found, taken; /* labels; of the list's */
    size_t steps;               /* of the curve: the first taken[i] of all labels in order */
    size_t at[SUSPECTS_STEPS];  /* taken */
    float precision[SUSPECTS_STEPS], recall[SUSPECTS_STEPS];
} SuspectsTruth;

typedef struct SuspectRows { /* a zeroed one is empty and valid */
    SuspectRow *rows;
    size_t count, capacity;
    size_t asked; /* labels with so many votes; more than `count` only beyond SUSPECTS_MOST */
    bool counts[LABEL_BARS];
    int at_least; /* votes */
    Measure by;
    uint32_t epochs;
    uint64_t run_version, look_version, made_for; /* made_for: points */
    SuspectsTruth truth;
    uint32_t *sample_of; /* by slot: the sample, or NEW_SAMPLE; for: */
    size_t slots;
    uint64_t indexed;
    uint32_t *missed; /* samples known to be wrong that are not in the list, the first SUSPECTS_MOST */
    size_t missed_count;
} SuspectRows;

void suspect_rows_free(SuspectRows *rows);

/* Brings the rows up to date with what is known, unless `still` (they are under the pointer). without memory they are
 * empty. Returns whether they have changed. */
bool suspect_rows_follow(SuspectRows *rows, const Snapshot *snapshot, int at_least, Measure by, bool still);

/* The row's sample now, or -1: it has been removed. */
int64_t suspect_rows_sample(const SuspectRows *rows, const SuspectRow *row);
RowState suspect_rows_state(const SuspectRows *rows, const SuspectRow *row, const Snapshot *snapshot);

#endif
