/* 2D points with labels, as separate arrays: x[], y[] (float32), label[] (0 to classes - 1).
 * Values of a file that float32 would take for one another (Unix seconds: 1.7e9 and 1.7e9 + 1) are kept as what they
 * are more than the axis's origin (points_csv.h says when): all that calculates and draws works on x[] and y[], all
 * that shows or writes a value adds the origin again (dataset_value).
 * The generators follow the post and scikit-learn 1.2 to the last float32 for the same seed (tests/reference/README.md
 * has the rules). */
#ifndef EASYFIRST_DATASET_H
#define EASYFIRST_DATASET_H

#include "core/config.h"
#include "core/status.h"

#include <stddef.h>
#include <stdint.h>

#define DATASET_NAME_BYTES 256 /* of a name as it is shown */
#define CLASS_SHORT_BYTES 48

typedef struct Dataset {
    size_t count;    /* 1 to MAX_SAMPLES */
    int classes;     /* 2 to MAX_CLASSES */
    float *x, *y;    /* count each, finite; owned */
    uint8_t *label;  /* count; owned */
    uint8_t *truth;  /* count: the labels before the post's anomaly, outliers and flips; NULL: none were made; owned */
    uint8_t *clean;  /* count: 1 where a point is marked as a clean one, for dataset_prepare; NULL: none is; owned */
    uint32_t *row;   /* count, ascending: each point's row in its file, or as generated; NULL: its index; owned */
    uint8_t *kept;   /* count: 1: a person has said that the label is right; NULL: of none; owned */
    int64_t anomaly; /* the point whose label the post flips, or -1 */
    /* set by dataset_bounds */
    float x_minimum, x_maximum, y_minimum, y_maximum;
    size_t class_count[MAX_CLASSES]; /* points of each class */
    /* Names as they are shown, UTF-8: without control characters, long ones cut. Of classes: different from each other,
     * "": it has only its number. Of x and y: their columns', "": x and y themselves. As they are written: NULL where
     * that is the same; owned */
    char class_name[MAX_CLASSES][DATASET_NAME_BYTES], axis_name[2][DATASET_NAME_BYTES];
    char *class_written[MAX_CLASSES], *axis_written[2];
    double origin[2]; /* of x and y: x[] and y[] are the values less these; 0 but for such files */
} Dataset;

/* A set of count points with x, y and label allocated and zeroed. *data is overwritten; on failure it is empty. */
bool dataset_init(Dataset *data, size_t count, int classes, Status *status);
void dataset_free(Dataset *data); /* safe on a zeroed Dataset; leaves it zeroed */

/* Add the array truth, clean, row or kept, zeroed, to a set that has none yet. */
bool dataset_add_truth(Dataset *data, Status *status);
bool dataset_add_clean(Dataset *data, Status *status);
bool dataset_add_rows(Dataset *data, Status *status);
bool dataset_add_kept(Dataset *data, Status *status);

/* Remembers the labels as they are, unless that is done already: they are about to be changed on purpose. */
bool dataset_keep_truth(Dataset *data, Status *status);

/* How many of `count` go to a part, from 0: the first (count mod parts) get one more than the rest. */
static inline size_t dataset_share_of(size_t count, int parts, int part) {
    size_t p = (size_t)parts;
    return count / p + ((size_t)part < count % p);
}

/* *copy is overwritten; it gets truth, marks, rows, kept, bounds, names and origins, too. */
bool dataset_copy(Dataset *copy, const Dataset *data, Status *status);

/* The names of classes and axes, and the origins, in place of those that *to has. */
bool dataset_copy_names(Dataset *to, const Dataset *from, Status *status);

/* The points of these settings (dataset, samples, noise, centroids, anomaly, seed), before dataset_prepare. *data is
 * overwritten. */
bool dataset_generate(Dataset *data, const Settings *settings, Status *status);

/* What the settings (outliers, flip, test, clean, seed) make of points, generated or from a file: the split, then
 * outliers and flips among the training points, then the clean points, which are taken out of them; those kept apart
 * for checking stay as they were. Clean points are those that are marked (data->clean), or, if none is,
 * settings->clean that are drawn. Marked ones are neither kept apart for checking nor moved nor flipped. *data keeps
 * the training points, in their order; *test and *clean are overwritten with those kept apart, in theirs (count 0 if
 * there are none), with no marks left. With these settings at 0, and without marks, *data stays as it is. On failure
 * *test and *clean are empty, and *data may have been changed. */
bool dataset_prepare(Dataset *data, const Settings *settings, Dataset *test, Dataset *clean, Status *status);

/* Of arrays that were read: whether all labels are below `end`; whether numbers of rows ascend. */
bool dataset_labels_below(const uint8_t *labels, size_t count, int end);
bool dataset_rows_ascend(const uint32_t *rows, size_t count);

/* The steps of dataset_prepare. Each takes the first round(share * count) points (halves to even) of a permutation
 * that are not marked as clean. dataset_flip moves their labels to the next class; the permutation is numpy's
 * RandomState(seed + 1).permutation. */
bool dataset_flip(Dataset *data, double share, uint32_t seed, Status *status);

/* Moves them to the values (9, 9) with standard deviation 0.5, labelled 0. RandomState(seed + 3): first the
 * permutation, then x and y of each point in turn. */
bool dataset_outliers(Dataset *data, double share, uint32_t seed, Status *status);

/* Moves them from *data to *test, which is overwritten; at least one point stays. RandomState(seed + 2).permutation. */
bool dataset_split(Dataset *data, double share, uint32_t seed, Dataset *test, Status *status);

/* Marks so many points as clean: RandomState(seed + 4).permutation is walked, and a point whose label is right and
 * that is not `moved` (NULL: none is) is taken while its class has room; each class has count / classes, the first ones
 * one more. Refuses more than there are, and all of the points. */
bool dataset_draw_clean(Dataset *data, int count, uint32_t seed, const uint8_t *moved, Status *status);

/* Moves the points that are marked as clean from *data to *clean, which is overwritten; one at least has to stay. */
bool dataset_take_clean(Dataset *data, Dataset *clean, Status *status);

/* The reverse: *all is overwritten with the points of the parts, by row; those of `clean` are marked. The parts may
 * have changed since; *clean, and *data or *test, may be empty (count 0). */
bool dataset_join(Dataset *all, const Dataset *data, const Dataset *test, const Dataset *clean, Status *status);

/* Row of point i in the file, or in the order of making. */
static inline size_t dataset_row(const Dataset *data, size_t i) {
    return data->row ? data->row[i] : i;
}

/* Bounds and class counts, after the points have changed. */
void dataset_bounds(Dataset *data);

/* Names class k, or axis 0 or 1, by a text of any length, without blanks at its end. As it is shown, control characters
 * are '?', bytes that are not UTF-8 the characters that they are in Latin-1, and what does not fit is an ellipsis.
 * Tables keep all of it, but for control characters of an axis. An axis that is called x or y, as it is, has no name.
 * False without memory. */
bool dataset_name_class(Dataset *data, int k, const char *text, size_t length);
bool dataset_name_axis(Dataset *data, int axis, const char *text, size_t length);

/* Ends the name of a class, as it is shown, with its number, for those that are alike as far as they are shown. */
void dataset_number_class(Dataset *data, int k);

/* The whole name, as tables have it: class k's, "" if it has only its number, or the axis's, or x or y. */
const char *dataset_class_whole(const Dataset *data, int k);
const char *dataset_axis_whole(const Dataset *data, int axis);

/* Class k as people see it: its name, or "class 0", which is put into text. */
const char *dataset_class_name(const Dataset *data, int k, char text[32]);
/* The same for a sentence: at most CLASS_SHORT_BYTES - 1 bytes; longer names are cut behind a code point, with an
 * ellipsis. */
const char *dataset_class_short(const Dataset *data, int k, char text[CLASS_SHORT_BYTES]);

/* Axis 0 or 1 as people see it: its name, or x or y. */
const char *dataset_axis_name(const Dataset *data, int axis);

/* The value that a position on an axis (0: x, 1: y) stands for. */
static inline double dataset_value(const Dataset *data, int axis, double position) {
    return data->origin[axis] + position;
}

#endif
