/* What was done to a run by hand that no command line repeats. Changes before the first batch are settings and do not
 * count; neither do those of an earlier life of the run, before a reset. */
#ifndef EASYFIRST_BY_HAND_H
#define EASYFIRST_BY_HAND_H

#include "core/config.h"

#include <stdint.h>

enum {
    BY_HAND_THRESHOLD = 1, /* moved */
    BY_HAND_SETTINGS = 2,  /* live ones changed, or the threshold held */
    BY_HAND_POINTS = 4,    /* added, removed, labelled anew */
    BY_HAND_PARAMETERS = 8 /* weights or biases set, even before the first batch: they are no settings */
};

#define BY_HAND_NEVER UINT32_MAX

/* A change by hand in mid-run, to be marked on the timeline. One drag is one change. */
typedef struct HandMark {
    double done;   /* epochs completed by then, with the part of the one under way */
    uint32_t name; /* no two of a run have the same; never 0 */
    bool stays;    /* in force although the run goes on from an earlier epoch: of settings and points */
    char what[64]; /* "Threshold λ", "points added", "undone: Threshold λ" */
} HandMark;

#define HAND_MARKS 64

/* The newest of them, in the order in which they were made, which is that of the epochs. */
typedef struct HandMarks {
    HandMark marks[HAND_MARKS];
    int count;
} HandMarks;

/* When each was first changed: the number of epochs completed by then, or BY_HAND_NEVER. */
typedef struct ByHand {
    uint32_t threshold, hold, settings, parameters;
    Settings before; /* the settings before that change, if there was one */
    HandMarks marks;
} ByHand;

#endif
