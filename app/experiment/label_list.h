/* The labels that look wrong, as a list: by how many of five bars say so, and by the agreement, or by one measure.
 *
 * A bar is a measure on a scale from 0 to 1 on which more is more suspect, with the same cut for all, LABEL_BAR_CUT:
 *   loss      1 - p of the label
 *   margin    sigmoid(-aum)
 *   late      share of the epochs as hard
 *   near      knn: share of the nearest others with another label
 *   held out  1 - p of the label by models that have not seen the point
 * A bar past the cut says that the label is wrong, and counts, if who it comes from does (label_scores.h). */
#ifndef EASYFIRST_LABEL_LIST_H
#define EASYFIRST_LABEL_LIST_H

#include "core/label_scores.h"

#define LABEL_BARS 5
#define LABEL_BAR_CUT 0.5f

typedef enum { BAR_LOSS, BAR_MARGIN, BAR_LATE, BAR_NEAR, BAR_HELD_OUT } LabelBar;

extern const Measure LABEL_BAR_MEASURES[LABEL_BARS];

typedef struct LabelList { /* a zeroed one is empty and valid; owned, count entries each */
    size_t count;
    uint32_t *order;                 /* the most suspect first */
    uint8_t *votes;                  /* bars that say that the label is wrong */
    uint8_t *says, *other;           /* the likeliest class, and the likeliest but for the label, by the model whose
                                      * loss the list goes by */
    float *p;                        /* of `says` */
    float *late;                     /* share of the epochs as hard; NaN: there are none */
    size_t at_least[LABEL_BARS + 1]; /* labels with so many votes or more */
} LabelList;

/* How far a bar reaches, 0 to 1; NaN: not known. late: of each point, as in a list. */
float label_bar(const LabelScores *scores, const float *late, LabelBar bar, size_t sample);
/* Whether it may say that a label is wrong. */
bool label_bar_counts(const LabelScores *scores, LabelBar bar);

/* *list is overwritten. By agreement: most votes first, then by agreement; by another measure: by that alone, if it is
 * known, else by loss. hard: in how many of the epochs each point was. The model is that of `says`. On failure *list is
 * empty. */
bool label_list_make(LabelList *list, const LabelScores *scores, const uint32_t *hard, uint32_t epochs,
                     const Dataset *data, const Mlp *mlp, const float *parameters, Measure by, Status *status);
void label_list_free(LabelList *list);

#endif
