/* What trainer.c, trainer_points.c and trainer_threshold.c share. */
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

/* Zeroed arrays of count entries; on failure *each is empty. */
bool per_sample_init(PerSample *each, size_t count, Status *status);
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

/* As an epoch begins: moves the threshold if a growth is due and the pace moves it. */
void trainer_move_threshold(Trainer *trainer);

#endif
