/* The age path of a run: what a new run with the same points and settings comes to for every first threshold, in the
 * background, so that one sees where a threshold works before setting it (the path over the "age parameter"; name:
 * Gu, Zhai, Li, Huang 2021, "Finding Age Path of Self-Paced Learning"). Its figures are those of
 *
 *   easyfirst ... --headless --sweep 'threshold=1e-06|1.46779927e-06|...'
 *
 * to the last bit: the same runs, one on each thread. With a pace by share the first threshold decides nothing, and
 * with order all no threshold does: there is no path.
 *
 * It begins by itself where it is cheap: if all runs are expected within AGE_PATH_SECONDS, by what the first of them
 * takes; if not even half of them are done by then, it stops. Otherwise, only once it is asked for. What counts is its
 * threads' time, so that another program's work doesn't make it a costly one. It begins anew when points or settings
 * have changed, as soon as they stand still, also while the run is paused; done, it takes no time. Its threads leave
 * the processor to all else that wants it (nice 10), one fewer than there are processors. Memory: the points once, and
 * again for each thread. */
#ifndef EASYFIRST_AGE_PATH_H
#define EASYFIRST_AGE_PATH_H

#include "app/experiment/run_figures.h"

#define AGE_PATH_MOST 49       /* thresholds from 1e-6 to 100, six to a decade, as numbers of nine digits */
#define AGE_PATH_SECONDS 2.0   /* of all runs, begun by itself */
#define AGE_PATH_POINTS 100000 /* more are only looked at when asked for: even the first run would be felt */

typedef enum {
    AGE_PATH_WAITS, /* nothing is known yet, or there is no path */
    AGE_PATH_WORKS,
    AGE_PATH_DONE,
    AGE_PATH_COSTLY,   /* not begun by itself */
    AGE_PATH_NO_CLEAN, /* the pace learns from clean points, and there are none */
    AGE_PATH_FAILED,   /* without memory or threads */
} AgePathState;

typedef struct AgePath { /* a zeroed one is valid */
    AgePathState state;
    bool off, asked; /* set by the owner: it is not wanted; it is, whatever it costs */
    int count;       /* thresholds, upwards */
    double threshold[AGE_PATH_MOST];
    bool known[AGE_PATH_MOST]; /* those that have been run */
    RunFigures at[AGE_PATH_MOST];
    double best;    /* highest accuracy among those known that have not collapsed, or NaN */
    double seconds; /* that all runs are expected to take; 0: not known */

    /* private: what it is of, and the work under way */
    Settings settings;
    uint64_t data_version;
    double changed_at; /* seconds */
    bool begun;
    struct AgePathJob *job, *ending;
} AgePath;

/* The thresholds for these settings; returns how many, 0 where there is no path. */
int age_path_thresholds(const Settings *settings, double thresholds[AGE_PATH_MOST]);

/* Test accuracy where there are test points, else accuracy. */
double age_path_accuracy(const RunFigures *figures);

/* The known point nearest to a threshold, on a logarithmic scale and at most one step away; -1: none. */
int age_path_near(const AgePath *path, double threshold);

/* Now and then, at least once a frame: takes what has been worked out since, and begins, ends or renews the work. run:
 * the run, whose points and settings it takes; data_version: changes with its points; still: nobody is changing
 * settings just now. time: seconds. Returns whether there is something new to show. */
bool age_path_follow(AgePath *path, const Trainer *run, uint64_t data_version, bool still, double time);

/* Whether it has to be followed although nothing else moves. */
bool age_path_pending(const AgePath *path);

/* Ends the work, and waits until it has ended. */
void age_path_free(AgePath *path);

#endif
