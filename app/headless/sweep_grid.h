/* A grid of settings, as --sweep SPEC writes it.
 *
 * SPEC is NAME=VALUES,NAME=VALUES,... Each NAME is a setting (core/config.h; `seeds` is `seed`, too) and an axis of the
 * grid; the last axis varies fastest. VALUES are one or more of these, separated by '|':
 *
 *   A..B       whole numbers from A to B, both included: seeds=1..20
 *   A:B:STEP   from A by STEP of either sign, and B too if it is hit within rounding: growing-factor=1.1:1.5:0.1;
 *              each rounded to nine digits, so that it is the number that `--growing-factor 1.3` gives
 *   VALUE      as the option takes it: regularizer=hard|linear|log
 *
 * Lists keep their commas, because a comma begins a new axis only where a name and '=' follow it:
 * hidden=|16|16,16,seeds=1..20 is three models by twenty seeds, centroids=-3,0,3,0|-1,0,1,0 two pairs of blobs. */
#ifndef EASYFIRST_SWEEP_GRID_H
#define EASYFIRST_SWEEP_GRID_H

#include "app/io/cli.h"

typedef struct SweepPiece {
    const char *text;       /* the value, if step is 0 */
    long double from, step; /* numbers: from + i step */
    size_t first, count;    /* the piece's values within the axis */
} SweepPiece;

typedef struct SweepAxis {
    const Property *property;
    SweepPiece *pieces; /* piece_count of them; owned */
    size_t piece_count;
    size_t count; /* values */
    bool words;   /* one or more of them are no numbers: words, lists, noise=auto */
} SweepAxis;

typedef struct Sweep {
    Settings base; /* of what is no axis */
    SweepAxis axes[PROPERTY_COUNT];
    size_t axis_count; /* 1 or more */
    size_t runs;       /* 1 to SWEEP_MAX_RUNS (cli.h) */
    char *spec;        /* owned; the pieces' texts lie in it */
} Sweep;

/* Reads SPEC and checks every value and every combination; *sweep is overwritten. The message of a refusal names the
 * axis and its value, or the combination; then there is nothing to free. */
bool sweep_parse(Sweep *sweep, const char *spec, const Settings *base, Status *status);
void sweep_free(Sweep *sweep); /* safe twice */

/* The settings of a run, 0 to runs - 1. */
void sweep_settings(const Sweep *sweep, size_t run, Settings *settings);

#endif
