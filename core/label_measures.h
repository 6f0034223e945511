/* How suspect each point's label is: the measures of the field, and what is kept of a run to know them.
 *
 * At the end of each epoch e = 1 .. E all training points are looked at with the model as it then is; z are the scores,
 * p the probabilities (softmax of z), y is the label:
 *
 *   loss         -ln p_y after the last epoch                               small-loss trick: Han et al. 2018
 *   aum          mean over epochs of z_y - max of the other scores          Pleiss et al. 2020; suspect where small
 *   confidence   mean over epochs of p_y                                    Swayamdipta et al. 2020; where small
 *   variability  population standard deviation over epochs of p_y           the same; how ambiguous, not how wrong
 *   correctness  share of the epochs in which the highest score is y's      the same; where small
 *   forgetting   how often right becomes wrong from one epoch to the next;
 *                E if it was never right                                    Toneva et al. 2019
 *   tracin       self-influence: sum over epochs of the squared norm of
 *                the gradient of -ln p_y (unweighted) over all parameters   Pruthi et al. 2020
 *   knn          share of the 10 nearest others, in what the model sees,
 *                with another label                                         Wilson 1972; neighbours.h
 *   held-out     p_y by a model that has not seen the point                 self-confidence: Northcutt et al. 2021;
 *                                                                           where small; held_out.h
 *   admission    first epoch at whose end v was above 0; never is latest    Kumar, Packer, Koller 2010
 *   agreement    median of the ranks by loss, aum, tracin, knn, held-out    label_scores.h; where small
 *
 * Kept is 24 bytes a point, however many epochs there are. An epoch costs a pass over all points that is little more
 * than the one for their losses (forward, and for tracin backward without sums over points): for 1,000,000 points 3 ms
 * of a core with a linear model, 31 ms with 2-16-16-2, where the epoch itself takes 19 and 205. Nothing is kept unless
 * somebody asks for it; a run is the same, to the bit, with and without. */
#ifndef EASYFIRST_LABEL_MEASURES_H
#define EASYFIRST_LABEL_MEASURES_H

#include "core/dataset.h"
#include "core/kernels/shapes.h"
#include "core/status.h"

typedef enum {
    MEASURE_LOSS,
    MEASURE_AUM,
    MEASURE_CONFIDENCE,
    MEASURE_VARIABILITY,
    MEASURE_CORRECTNESS,
    MEASURE_FORGETTING,
    MEASURE_TRACIN,
    MEASURE_KNN,
    MEASURE_HELD_OUT,
    MEASURE_ADMISSION,
    MEASURE_AGREEMENT,
    MEASURE_COUNT
} Measure;

typedef struct MeasureInfo {
    const char *name;   /* on the command line: "held-out" */
    const char *column; /* in tables: "held_out" */
    bool small;         /* suspect where small; else where large */
    bool of_run;        /* known from the run on show; else from the points, or from models of their own */
} MeasureInfo;

extern const MeasureInfo MEASURES[MEASURE_COUNT];
extern const char *const MEASURE_NAMES[MEASURE_COUNT + 1]; /* ended by NULL */

/* What is kept of the epochs so far. A zeroed one is empty and valid. */
typedef struct LabelMeasures {
    size_t count;    /* points */
    uint32_t epochs; /* looked at so far */
    struct LabelRows *rows;
} LabelMeasures;

/* *measures is overwritten; on failure it is empty. */
bool label_measures_init(LabelMeasures *measures, size_t count, Status *status);
void label_measures_free(LabelMeasures *measures);

/* One more epoch, with the parameters after it. The points are those of init, in number and order. In parallel; the
 * result does not depend on the number of threads. */
void label_measures_add(LabelMeasures *measures, const Mlp *mlp, const float *parameters, const Dataset *data);

/* value[i] of every point by a measure of aum to tracin; NaN if no epoch has been looked at. */
void label_measures_values(const LabelMeasures *measures, Measure measure, float *value);

/* The share of right answers, on average over the epochs; NaN if none has been looked at. */
double label_measures_accuracy(const LabelMeasures *measures);

/* value[i] = -ln p_y of every point, in double precision from the scores: exact for small ones, too. */
void label_losses(const Mlp *mlp, const float *parameters, const Dataset *data, float *value);

#endif
