/* What was done to a run by hand that no command line repeats. Changes before the first batch are settings and do not
 * count; neither do those of an earlier life of the run, before a reset. */
#ifndef EASYFIRST_BY_HAND_H
#define EASYFIRST_BY_HAND_H

#include "core/config.h"

enum {
    BY_HAND_THRESHOLD = 1, /* moved */
    BY_HAND_SETTINGS = 2,  /* live ones changed, or the threshold held */
    BY_HAND_POINTS = 4,    /* added, removed, labelled anew */
    BY_HAND_PARAMETERS = 8 /* weights or biases set, even before the first batch: they are no settings */
};

#define BY_HAND_NEVER UINT32_MAX

/* When each was first changed: the number of epochs completed by then, or BY_HAND_NEVER. */
typedef struct ByHand {
    uint32_t threshold, hold, settings, parameters;
    Settings before; /* the settings before that change, if there was one */
} ByHand;

#endif
