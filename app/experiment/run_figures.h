/* What a run has come to at its end: the figures of a sweep's row and of the age path. */
#ifndef EASYFIRST_RUN_FIGURES_H
#define EASYFIRST_RUN_FIGURES_H

#include "core/trainer.h"

#include <stdatomic.h>

typedef enum {
    RUN_OK,
    RUN_COLLAPSED, /* no point is easy at the end, or a class with more than 5 % of all points has less than 1 % of the
                    * easy ones */
    RUN_DIVERGED,  /* a parameter became infinite or NaN, which ended the run; the figures are those of the model before
                    * that batch */
} RunStatus;

/* What is undefined is NaN. */
typedef struct RunFigures {
    uint32_t epochs;  /* completed */
    double threshold; /* used in the last of them */
    size_t easy;      /* points with v > 0 at its end */
    double share_easy, mean_loss, accuracy, test_accuracy, label_precision, label_recall;
    RunStatus status;
} RunFigures;

/* Of a run that has ended and been evaluated. */
RunFigures run_figures(const Trainer *trainer);

/* Trains to the settings' end, evaluates and returns the figures. Looks at *stop about every millisecond; once it is
 * set, it comes back soon, with figures that are of no use. */
RunFigures run_to_end(Trainer *trainer, const atomic_bool *stop);

#endif
