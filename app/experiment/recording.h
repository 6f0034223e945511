/* A log that has been read: checked line by line, to be played (tape.h). */
#ifndef EASYFIRST_RECORDING_H
#define EASYFIRST_RECORDING_H

#include "app/experiment/run_log.h"

#define KERNELS_ANY "any" /* a log without fingerprints: what it says holds for all kernels */

/* Of a lesson, in lines before the settings: `lesson 3 Wrong labels found`, `watch Moons, a fifth of the ...`,
 * `speed 5`. */
typedef struct LessonHead {
    int order;      /* among the lessons, from 1; 0: this log is none */
    char title[64]; /* ended by a 0, like `watch` */
    char watch[256];
    double speed; /* epochs a second, SPEED_MINIMUM to SPEED_MAXIMUM */
} LessonHead;

typedef struct Recording {
    char *name;   /* of the file, for messages; owned, like all below */
    char *text;   /* its lines, each ended by a 0 */
    char **lines; /* into text; those that are sound */
    size_t count;
    size_t first;   /* index of the first line of a deed */
    size_t sound;   /* bytes of these lines in the text that was read */
    RunPlace until; /* where the run is behind them */
    Settings settings;
    Dataset *blocks; /* of points */
    size_t block_count;
    uint64_t points;  /* the block that the run begins with, or 0: generated */
    char *path;       /* of those points' file, or NULL */
    char kernels[16]; /* that trained it, or KERNELS_ANY */
    LessonHead lesson;
    int notes;     /* that its deeds tell */
    bool ends;     /* its last line is its end. Otherwise it was cut, or is still being written */
    bool damaged;  /* what follows the sound lines is not as it was written; */
    Status damage; /* where, and why: "FILE:41: what"; also where it merely breaks off */
    bool trails;   /* something follows the last checksum */
} Recording;

/* Takes the text over (malloc'd, size bytes and room for one more), also on failure. What is sound up to its last
 * checksum can be played; where something follows that is not, `damaged` or, if it merely breaks off, `ends` says so.
 * False and "FILE:LINE: what" if not even the beginning is, or if it is of another version. */
bool recording_read(Recording *recording, char *text, size_t size, const char *name, Status *status);
void recording_free(Recording *recording);

#endif
