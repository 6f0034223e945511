/* What the files of the narration share: narration_facts.c (what has happened), narration_words.c (phrases for it),
 * narration.c (sentences). */
#ifndef EASYFIRST_NARRATION_PRIVATE_H
#define EASYFIRST_NARRATION_PRIVATE_H

#include "app/experiment/narration.h"

#include <math.h>

/* Shares of a class: so many are all of it, so few hardly any. */
#define NARRATION_ALL_OF 0.95
#define NARRATION_HARDLY 0.05

/* The share of class k that is easy; NaN: it has no points. */
static inline double class_share(const NarrationFacts *f, const EasyCounts *counts, int k) {
    size_t all = f->snapshot->data->class_count[k];
    return all > 0 ? (double)counts->of_class[k] / (double)all : NAN;
}

/* narration_meta.c */
void narration_meta_facts(const Snapshot *snapshot, const HistoryRecord *record, const HistoryRecord *before,
                          NarrationFacts *facts);
void narration_say_sunk(const NarrationFacts *facts, char text[NARRATION_PLACE]);
void narration_say_clean_loss(const NarrationFacts *facts, char text[NARRATION_PLACE]);
void narration_say_lambdas(const NarrationFacts *facts, char text[NARRATION_PLACE]);

static inline bool all_easy(const NarrationFacts *f) {
    return f->easy.all == f->snapshot->data->count;
}

static inline size_t hard_points(const NarrationFacts *f) {
    return f->snapshot->data->count - f->easy.all;
}

#endif
