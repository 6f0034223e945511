/* Where the answers of two runs that are compared differ. */
#ifndef EASYFIRST_DIFFERENCES_H
#define EASYFIRST_DIFFERENCES_H

#include "app/experiment/snapshot.h"

/* So many points are asked at the most; of more, evenly spaced ones. */
#define DIFFERENCES_MOST 40000

typedef struct Differences {
    size_t points;                  /* asked; 0: nothing is known (a model that is not finite) */
    size_t total;                   /* of which they were taken */
    bool of_test;                   /* test points; there are none: the run's own */
    size_t differ;                  /* that get another answer from each model */
    size_t only_first, only_second; /* that only one of them has right (test points: by their true label) */
} Differences;

/* Of the first run's look and the second's that stands beside it (snapshot->second, not NULL). */
Differences differences_of(const Snapshot *first);

/* The same as of the last call, for as long as both looks are the same. A zeroed one is valid. */
typedef struct DifferencesKept {
    Differences found;
    const float *first, *second; /* the models' parameters: they tell an epoch looked back at from now */
    uint64_t version;
    uint32_t epoch;
} DifferencesKept;
const Differences *differences_keep(DifferencesKept *kept, const Snapshot *first);

/* "A and B differ on 37.2 % of 120 test points", or what else is to be said. */
void differences_say(const Differences *differences, char text[96]);

#endif
