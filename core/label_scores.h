/* All measures of all labels at one moment (label_measures.h has their definitions), their agreement, and the order of
 * suspects by any of them.
 *
 * The agreement is the median of the ranks (1 is the most suspect; equal ones share the mean of theirs) by loss, aum,
 * tracin, knn and held-out, of those that count (median rank aggregation: Fagin, Kumar, Sivakumar 2003). Measures of a
 * judge that is no better than a guess count for nothing; those of the run neither if it is clearly worse than the
 * models of held-out, which have not seen the points that they are asked about.
 *
 * A list by measures of a run that does not count goes by the same measures of another run: the plain one of
 * held_out.h, which has settled. If the run was clearly worse than the models of held-out on average over its epochs,
 * so do lists by what is taken over epochs (all but the loss). So does the agreement. The values of the run on show
 * stay what they are.
 *
 * The median, and not the mean: where one measure is blind (knn to a cloud of wrong labels, tracin among several
 * classes), the mean follows it. 1,000 points in blobs, a wrong label in each class, 100 seeds; how often the wrong
 * ones are exactly first (the last column: by the true densities; with some seeds the blobs lie on one another), when
 * no other run stood in yet:
 *
 *                                            mean  median  held-out  best
 *   2 classes, default settings                92      97        95    96
 *   5 classes, default settings                29      64        64    67
 *   2 classes, 100 epochs at rate 0.01         89      94        95    96
 *   5 classes, 100 epochs at rate 0.01         18      56        64    67
 *
 * On moons with 20 and 40 % of the labels moved and on blobs with far points the two are alike within 0.03 of AUROC.
 *
 * While the agreement is made, 36 bytes a point are in use beside the values, 4 bytes a point for each measure. */
#ifndef EASYFIRST_LABEL_SCORES_H
#define EASYFIRST_LABEL_SCORES_H

#include "core/held_out.h"
#include "core/label_measures.h"
#include "core/trainer.h"

#define MEASURE_BIT(measure) (1u << (measure))

/* Who measures come from. */
typedef enum { JUDGE_RUN, JUDGE_KNN, JUDGE_HELD_OUT, JUDGE_PLAIN, JUDGES } Judge;

typedef struct LabelScores {
    size_t count;
    float *value
        [MEASURE_COUNT]; /* count each; NULL: not asked for, or not known; owned. admission: from 1, INFINITY: never */
    float *plain[MEASURE_COUNT]; /* of the plain run, where the list goes by it; else NULL; owned */
    double accuracy[JUDGES];     /* share of points whose label a judge says; NaN: not asked */
    double guess;                /* the commonest label's share: what always saying it gets right */
    bool learned[JUDGES];        /* is better than a guess */
    bool behind;                 /* the run is clearly worse than the models of held-out; */
    bool late;                   /* it was, on average over its epochs, */
    double average;              /* in which it was right in this share. NaN: not known */
    bool counts[JUDGES];         /* in the agreement: has learned and is not behind */
} LabelScores;

/* What the scores are made of. Nothing is owned. */
typedef struct LabelSources {
    const Dataset *data;
    const Mlp *mlp;
    const float *parameters;
    const uint32_t *admitted; /* of each point, as Trainer.each */
    double accuracy, mean_loss;
    const LabelMeasures *measures; /* of the run, its last epoch looked at; NULL: not known, like those that follow */
    const HeldOut *held_out;       /* done */
    const float *knn;              /* of each point; NULL: to be looked for now, unless: */
    bool no_knn;
} LabelSources;

/* Of a trainer whose losses are up to date. */
LabelSources label_sources(const Trainer *trainer, const LabelMeasures *measures, const HeldOut *held_out);

/* What has to be known for a list by these measures (MEASURE_BITs): they, what they are made of, and held-out as the
 * judge of a run that they come from. */
unsigned label_scores_needs(unsigned measures);

/* *scores is overwritten with those measures (as label_scores_needs gives them; loss and admission are always there),
 * but for those whose source is not known: they are missing in the agreement, too. On failure *scores is empty. */
bool label_scores_make(LabelScores *scores, const LabelSources *from, unsigned wanted, Status *status);
void label_scores_free(LabelScores *scores);

/* key[i] of every point: the smaller, the more suspect by that measure; a value that is NaN is the most suspect. */
void label_scores_keys(const LabelScores *scores, Measure measure, float *key);

/* The values that a list by that measure goes by: of the run, or of the plain one. NULL: not known. */
const float *label_scores_ranking(const LabelScores *scores, Measure measure);

/* order[0 .. count - 1]: all points, the most suspect by that measure first; equally suspect ones by loss, largest
 * first, then by index. O(count). */
bool label_scores_order(const LabelScores *scores, Measure measure, uint32_t *order, Status *status);

/* Whether `right` of `count` answers and their mean loss are better than those of who always answers with the shares
 * of the labels: more right than the commonest label explains by two standard deviations of a guess, or a loss below
 * the labels' entropy by more than a hundredth of it. */
bool better_than_guess(const Dataset *data, size_t right, size_t count, double mean_loss);

#endif
