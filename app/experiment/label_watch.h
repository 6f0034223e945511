/* The measures of all labels of the run on show, epoch by epoch, while somebody looks at them.
 *
 * All the work is done in the background, on the processors but one (one at least) at a lower priority: what is kept
 * of each epoch (label_measures.h), the agreement, knn and held-out. To the run an epoch costs a copy of its
 * parameters. The epochs before the watch began come from the history's records, so that the values are those of a run
 * that was watched from its beginning, as `--scores on` writes them; records that the history has dropped are missing.
 * When the points are changed by hand, the epochs are looked at anew with the points as they are.
 *
 * Memory: about 200 bytes a point (the points once more, 52 of the epochs, 4 for each measure and 11 of the list, both
 * twice, 57 for each fold of held-out under way), and 32 MB of parameters at most. Without a watch nothing is kept and
 * nothing is done. */
#ifndef EASYFIRST_LABEL_WATCH_H
#define EASYFIRST_LABEL_WATCH_H

#include "core/history.h"
#include "app/experiment/label_list.h"

/* What views are shown of it (snapshot.h). */
typedef struct LabelLook {
    size_t count;                      /* points */
    const float *value[MEASURE_COUNT]; /* count each, as label_scores.h has them; NULL: not known (yet). NaN: of a point
                                        * that has been added since */
    const LabelScores *scores;         /* the same, with what the measures are worth */
    const LabelList *list;             /* NULL: not known, or not of these points */
    Measure by;                        /* what the list goes by */
    double held_out_progress;          /* 0 to 1: known */
    uint32_t epochs;                   /* completed, that the values are of: those of now also when an earlier epoch is
                                        * looked at */
    uint32_t missed;                   /* of those, not in the values */
    uint64_t version;                  /* changes whenever a value or the progress has changed */
} LabelLook;

typedef struct LabelWatch LabelWatch;

/* NULL and *status without memory, or without threads. */
LabelWatch *label_watch_new(Status *status);
void label_watch_free(
    LabelWatch *watch); /* waits for what is under way: a second with 1,000,000 points; NULL is fine */

/* The run to be watched: `of` names the trainer, its points and its past, and changes when one of them becomes another.
 * The trainer's history has the epochs so far. */
typedef struct LabelRun {
    const Trainer *trainer;
    const History *history;
    uint64_t of;
    Measure by; /* that the list is to go by */
} LabelRun;

/* The run has just completed an epoch. */
void label_watch_epoch(LabelWatch *watch, const LabelRun *run);

/* The run's points are others now: origin as of trainer_prepare_points, `was` the run's name before and `of` from now
 * on. Values that are those of that run stay with their points until the new ones are known. */
void label_watch_map(LabelWatch *watch, const uint32_t *origin, size_t count, uint64_t was, uint64_t of);

/* Takes what is done, and, if `now`, asks for what is to be done. Returns whether the look has changed. */
bool label_watch_follow(LabelWatch *watch, const LabelRun *run, bool now);

/* Forgets all values, and all work to do. */
void label_watch_clear(LabelWatch *watch);

/* Whether something is under way, so that label_watch_follow should be called again. */
bool label_watch_is_busy(LabelWatch *watch);

/* Until nothing is under way. */
void label_watch_finish(LabelWatch *watch, const LabelRun *run);

/* NULL: nothing is known yet of the run of that name (LabelRun.of). Until the next call of the above. */
const LabelLook *label_watch_look(const LabelWatch *watch, uint64_t of);

#endif
