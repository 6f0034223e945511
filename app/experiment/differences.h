/* Where the answers of runs that are compared differ, and who is right. */
#ifndef EASYFIRST_DIFFERENCES_H
#define EASYFIRST_DIFFERENCES_H

#include "app/experiment/snapshot.h"

/* So many points are asked at the most; of more, evenly spaced ones. */
#define DIFFERENCES_MOST 40000

typedef struct Differences {
    int runs;
    size_t points;                /* asked; 0: nothing is known (a model that is not finite) */
    size_t total;                 /* of which they were taken */
    bool of_test;                 /* test points; there are none: the run's own */
    size_t differ;                /* that do not get the same answer from all models */
    size_t right[1 + OTHER_RUNS]; /* that each run has right (test points: by their true label) */
} Differences;

/* Of the first run's look and those that stand beside it. */
Differences differences_of(const Snapshot *first);

/* The same as of the last call, for as long as all looks are the same. A zeroed one is valid. */
typedef struct DifferencesKept {
    Differences found;
    const float *parameters[1 + OTHER_RUNS]; /* they tell an epoch looked back at from now */
    uint64_t version;
    uint32_t epoch;
} DifferencesKept;
const Differences *differences_keep(DifferencesKept *kept, const Snapshot *first);

typedef enum { LEAD_SIGN, LEAD_SHORT, LEAD_WORDS, LEAD_WHOLE, LEAD_LENGTHS } LeadLength;

/* How many more or fewer than the first a run beside it has right: "+14", "14 more", "14 more right", "14 more right than A"; "" if
 * nothing is known. run: 1 is B. */
void differences_lead(const Differences *differences, int run, LeadLength length, char text[96]);

#endif
