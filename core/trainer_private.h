/* What trainer.c, trainer_pack.c, trainer_points.c and trainer_threshold.c share. */
#ifndef EASYFIRST_TRAINER_PRIVATE_H
#define EASYFIRST_TRAINER_PRIVATE_H

#include "core/trainer.h"

/* Quantiles of the losses by an evaluation, of all and, if by_class, of each class. The trainer has them behind a
 * pointer, so that asking what comes next can fill them in for a const Trainer. */
typedef struct Quantiles {
    uint64_t evaluation;
    double share;
    bool by_class;
    float all, of_class[MAX_CLASSES];
} Quantiles;

/* ---- trainer_points.c ---- */

/* Zeroed arrays of count entries, with influence if there are clean points; on failure *each is empty. */
bool per_sample_init(PerSample *each, size_t count, bool clean, Status *status);
void per_sample_free(PerSample *each);
/* Into arrays of as many entries; what lies in `scratch` is of no use later and stays behind. */
void per_sample_copy(PerSample *to, const PerSample *from, size_t count);

/* The samples as training reads them, from the data. */
void trainer_make_samples(Trainer *trainer);

/* ---- trainer_threshold.c ---- */

/* Whether the epoch under way, or the next one, is of the warm-up. */
bool trainer_warming(const Trainer *trainer);

/* One threshold for all classes, as it stands. */
void trainer_put_threshold(Trainer *trainer, double threshold);

/* The threshold of a run before its first batch. By share, the first epoch makes it once more, from the same losses. */
void trainer_put_first_threshold(Trainer *trainer);

/* Meta from here on, in the middle of a run: from the thresholds as they are. */
void trainer_begin_meta(Trainer *trainer);

/* None above what the settings allow (pace_limit). */
void trainer_limit_thresholds(Trainer *trainer);

/* Thresholds of meta within their bounds, and `threshold` as follows from them. */
void trainer_bound_thresholds(Trainer *trainer);

/* As an epoch begins: moves the threshold if a growth is due and the pace moves it. */
void trainer_move_threshold(Trainer *trainer);

/* ---- trainer.c ---- */

/* Zeroed arrays for the shape, the points and the settings that it has. On failure what there is is the caller's. */
bool trainer_allocate(Trainer *trainer, Status *status);

/* Each class's rule at its threshold. */
void trainer_class_rules(const Trainer *trainer, WeightRule rules[MAX_CLASSES]);

/* ---- trainer_meta.c ---- */

/* The room for meta steps with these clean points, none if there are none (count 0); on failure it is empty. samples:
 * how many there are. */
bool meta_room_init(MetaRoom *room, const Trainer *trainer, size_t samples, const Dataset *clean, Status *status);
void meta_room_free(MetaRoom *room);

/* As a run begins: no step yet. */
void trainer_reset_meta(Trainer *trainer);

/* Nothing is known of the samples' influence. */
void trainer_forget_influence(Trainer *trainer);

/* Whether the clean points have a part in the batches of the epoch under way. */
bool trainer_uses_clean(const Trainer *trainer);

/* Decides v of the batch order[0 .. count-1], and moves the thresholds, by the clean points; sets the gradient and
 * returns sum(v l) / count. */
double trainer_clean_batch(Trainer *trainer, const uint32_t *order, size_t count);

#endif
