/* A record per epoch, bounded, for looking back.
 *
 * Kept of an epoch: its figures, the parameters after it with the optimizer's moments (so that the run can go on from
 * there), and every v as a bit (v > 0). When the budget of bytes or HISTORY_MAX_RECORDS would be exceeded, every second
 * record is dropped and from then on only every 2nd, 4th, 8th ... epoch is kept, so that the records always span the
 * whole run evenly; the newest epoch is always there as well. */
#ifndef EASYFIRST_HISTORY_H
#define EASYFIRST_HISTORY_H

#include "core/status.h"
#include "core/trainer.h"

#define HISTORY_MAX_RECORDS 4096
#define HISTORY_DEFAULT_BYTES ((size_t)32 << 20)

typedef struct HistoryRecord {
    uint32_t epoch; /* from 0 */
    double threshold;
    size_t easy;
    double weight_sum, mean_batch_loss, mean_loss, accuracy;
    double test_accuracy, test_loss, label_precision, label_recall; /* NaN: not defined (trainer.h) */
    double clean_loss;                                              /* likewise */
    bool by_class;
    double class_threshold[MAX_CLASSES]; /* thresholds of the classes, if by_class */
    uint32_t class_easy[MAX_CLASSES];    /* easy samples of each class */
    float *parameters;                   /* history->parameters floats */
    float *first, *second;               /* the optimizer's moments, as many each */
    double beta1_power, beta2_power;
    MetaAdam *meta;      /* those of the thresholds, by pace meta; else NULL */
    uint64_t *easy_bits; /* see history_was_easy */
} HistoryRecord;

typedef struct History {
    size_t samples, parameters; /* of each record */
    size_t limit;               /* records that fit the budget, 4 to HISTORY_MAX_RECORDS */
    uint32_t stride;            /* an epoch is kept if its number is a multiple of this */
    size_t count;
    size_t room;            /* of `records`: what a few epochs take is little */
    HistoryRecord *records; /* by epoch, ascending; owned with what they point to; adding one may move them */
    size_t slots;           /* bits in use of each record: of the samples and of those that have been taken away */
    size_t words;           /* of each record's bits */
    uint32_t *slot;         /* samples: the bit of each; NULL: its number. Owned */
} History;

bool history_init(History *history, size_t samples, size_t parameters, size_t budget_bytes, Status *status);
void history_free(History *history);
/* *copy is overwritten with the records of the epochs up to that one (from 0), for the same samples. On failure it is
 * empty. */
bool history_copy(History *copy, const History *history, uint32_t epoch, Status *status);
void history_clear(History *history);

/* Records the epoch that the trainer has just completed; trainer_evaluate must have been called after it. */
bool history_add(History *history, const Trainer *trainer, Status *status);

/* The bit of a sample in every record. */
static inline size_t history_slot(const History *history, size_t sample) {
    return history->slot ? history->slot[sample] : sample;
}

/* Whether the sample was easy in that epoch. */
static inline bool history_was_easy(const History *history, const HistoryRecord *record, size_t sample) {
    size_t slot = history_slot(history, sample);
    return record->easy_bits[slot / 64] >> (slot % 64) & 1;
}

/* v[i] of each sample in that epoch. Hard weights (and those of a warm-up) are the recorded bits. Of soft ones the
 * record has the bits and the sum alone: whether a point counted is as recorded; how much, is what the regularizer of
 * `settings` gives for loss[i], that of the record's parameters, at the record's thresholds. So v is that of the
 * epoch's end, not of the batch within it in which it was decided; with a regularizer that has been changed since, it
 * is that one's. It costs what deciding all v's does, and the history stays at a bit a point: a byte would leave it an
 * eighth of the epochs within its budget. label: of the samples. */
void history_weights(const History *history, const HistoryRecord *record, const Settings *settings,
                     const uint8_t *label, const float *loss, float *v);

/* Replaces the samples: `count` of them, labelled `label`; `before` holds the old labels. slot[i] is the slot that
 * sample i had before, so that what is known of it stays known (also of one that has been away for a while), or, for
 * new samples, history->slots and upwards. The records' numbers of easy samples are then those among the new
 * samples; their other figures stay.
 *
 * In two steps, as trainer_prepare_points: preparing changes nothing that can be seen (NULL and *status without
 * memory), committing cannot fail, frees what was prepared and takes slot over (malloc'd). */
typedef struct HistoryPoints HistoryPoints;
HistoryPoints *history_prepare_points(History *history, const uint32_t *slot, size_t count, const uint8_t *before,
                                      const uint8_t *label, Status *status);
void history_commit_points(History *history, HistoryPoints *prepared, uint32_t *slot);
void history_drop_points(HistoryPoints *prepared); /* instead of committing them; NULL is fine */

/* Puts the trainer back to just after the record's epoch: from there on it does what it did (or, with other settings or
 * another threshold, would have done) the first time. v's are those of history_weights until their batch is trained,
 * and so long nothing is known of its influence. The records of later epochs are forgotten. */
void history_restore(History *history, const HistoryRecord *record, Trainer *trainer);

/* The record of that epoch, or the nearest earlier one that is kept; NULL if there is none. */
const HistoryRecord *history_find(const History *history, uint32_t epoch);

#endif
