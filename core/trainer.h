/* A run: data, model, optimizer and curriculum together; one epoch exactly as tests/reference/README.md says.
 *
 * For each batch of the epoch's shuffled order: losses, v from the losses and the threshold, one optimizer step on
 * sum(v l) / batch size. The pace (pace.h) moves the threshold between epochs: it is applied when the next epoch
 * begins, so that between epochs `threshold` is still the one that the v's on show were decided with. A threshold set
 * by hand between epochs is used by the next epoch as it stands, for all classes; then the pace goes on.
 *
 * The paces by value (multiplicative, additive) leave the settings' threshold to the first epoch after the warm-up and
 * move it before each later one. Those by share make the threshold of every epoch after the warm-up from the losses of
 * all training points as the epoch begins. A held threshold does not move; none rises above the cap. With diversity
 * (SPLD) each sample has an offset to the threshold, also made from the losses as the epoch begins.
 *
 * Points are prepared by dataset_prepare: outliers, label flips, test points kept apart. Test points are used only for
 * test_accuracy and test_loss, which are measured against the true labels where those are known (Dataset.truth),
 * because a wrong label cannot score a model.
 *
 * Clean points are no samples: whatever the pace, they are not learned from by order, have no v, and count in no
 * accuracy. The paces that learn from them need some: `meta` moves the thresholds after each batch (meta.h; not while
 * they are held), `reweight` makes the v's by them and has no threshold, `clean-alone` takes for each batch one step
 * on all of the clean points, so that it takes as many steps as any other (all v's of the samples are then 0, and the
 * batch's loss is the clean points'); all three only after the warm-up. A threshold of meta that is set by hand is
 * where it goes on from, with the moments that there are.
 *
 * The result is the same however the batches are cut into calls, and for any number of threads. Fields are for
 * reading; only the functions below change them. */
#ifndef EASYFIRST_TRAINER_H
#define EASYFIRST_TRAINER_H

#include "core/config.h"
#include "core/curriculum.h"
#include "core/dataset.h"
#include "core/meta.h"
#include "core/mlp.h"
#include "core/optimizer.h"
#include "core/pace.h"
#include "core/rng.h"
#include "core/status.h"

#define NEW_SAMPLE UINT32_MAX /* an origin: the point is new */

/* Arrays with an entry for each sample; owned. */
typedef struct PerSample {
    float *loss;        /* of the model as it was at the last trainer_evaluate or trainer_redecide */
    float *v;           /* as decided when its batch was trained, or by trainer_redecide; 0 before that */
    uint32_t *admitted; /* first epoch at whose end v was above 0, or NEVER_ADMITTED */
    uint32_t *order;    /* the epoch's shuffled samples */
    Sample *samples;    /* the data as the training kernels read it */
    float *offset;      /* SPLD's, to the threshold; if diversity is on */
    uint8_t *group;     /* its grid cell, if those are SPLD's groups */
    float *influence;   /* G of meta.h in the batch in which it was last trained by meta or reweight; NaN before that.
                         * NULL without clean points */
    void *scratch;      /* room for floats or uint32_t */
} PerSample;

/* What a run with clean points has for its meta steps; owned, all NULL without clean points. */
typedef struct MetaRoom {
    float *ahead; /* the parameters that the look-ahead of the last batch came to; zeros before that */
    /* private */
    float *direction; /* grad L there */
    void *blocks;     /* of a MetaBatch (kernels.h), as are those of the next line */
    size_t kept;
    float *loss, *v, *slope, *influence;
    uint8_t *label;
    Sample *clean; /* the clean points as the kernels read them, their order and weights: 0, 1, ... and ones */
    uint32_t *order;
    float *one;
    struct MetaLinear *linear; /* where the kernels' short way can be gone; NULL otherwise */
    float *clean_lanes;        /* its arrays */
} MetaRoom;

typedef struct Meta {
    double lowest;                  /* the thresholds' lower bound (meta.h) */
    MetaAdam adam;                  /* of the thresholds; without classes of the first alone */
    double derivative[MAX_CLASSES]; /* dL/dt of the last batch, without classes the first alone */
    double ahead_loss;              /* L of the last batch; NaN before. The loss of the clean points before the step
                                     * follows from Trainer.before */
    MetaRoom room;
} Meta;

typedef struct Trainer {
    const struct Kernels *kernels; /* inner loops in use: the best that the processor can run */
    Settings settings;             /* as in force now: live settings change with trainer_set */
    Dataset data;                  /* the training points; owned */
    Dataset test;                  /* points kept apart for checking, count 0: none; owned */
    Dataset clean;                 /* the clean points, count 0: none; owned */
    Mlp mlp;
    float *initial; /* initial parameters, mlp.parameters of them; owned, like all pointers below */
    float *parameters;
    float *gradient;
    float *before; /* the parameters before the batch under way: put back if they diverge */
    Optimizer optimizer;

    PerSample each;      /* data.count entries */
    float *test_losses;  /* of each test point's true label where known, else of its label */
    float *clean_losses; /* of each clean point */
    Meta meta;
    struct Quantiles *quantiles; /* of the losses, as last asked for */

    Mt19937 torch;
    double threshold; /* in force */
    bool by_class;    /* each class has its own, class_threshold; `threshold` is then that of all, for show (by meta:
                       * their mean) */
    double class_threshold[MAX_CLASSES]; /* in force; otherwise all are `threshold` */
    double share;                        /* that the pace made the threshold in force for; NaN: it is not by share */
    bool growth_due;                     /* the pace moves the threshold before the next batch */
    bool offsets_due;                    /* SPLD's offsets are made before the next batch */
    bool evaluated;                      /* the losses are those of the parameters as they are */
    uint64_t evaluations;                /* trainer_evaluate's calls */
    bool hold;                           /* the threshold does not grow */
    uint32_t epoch;                      /* epochs completed */
    size_t batch;                        /* batches trained in the epoch under way; 0 between epochs */
    size_t batches;                      /* batches in an epoch */
    double batch_loss_sum;               /* of the epoch under way */
    bool diverged; /* a batch made a parameter infinite or NaN: those before it are back, and trainer_run does nothing
                    * until trainer_reset */

    /* of the last completed epoch */
    double epoch_threshold;       /* as used in its last batch */
    size_t epoch_easy;            /* samples with v > 0 at its end */
    double epoch_weight_sum;      /* sum of v at its end */
    double epoch_mean_batch_loss; /* mean over its batches of sum(v l) / batch size */
    /* of those still hard at its end (v = 0), how many have a wrong label, and of the wrong labels, how many are still
     * hard; 0 to 1. NaN where there is nothing to divide by, or the truth is not known */
    double label_precision, label_recall;
    /* of the model as it was at the last trainer_evaluate */
    double mean_loss;                /* over all points, plain (not weighted) */
    double accuracy;                 /* share of points whose highest score is their label's */
    double test_accuracy, test_loss; /* the same of the test points and their true labels; NaN without test points */
    double clean_loss;               /* mean loss of the clean points; NaN without any */
} Trainer;

/* Thresholds as they are in force at some time. */
typedef struct TrainerThresholds {
    double threshold;
    bool by_class, by_meta; /* by_meta: moved by meta, with these moments */
    double class_threshold[MAX_CLASSES];
    MetaAdam adam;
} TrainerThresholds;

/* A run from its beginning. Takes *data over if data is not NULL and the call succeeds (points from a file, before
 * dataset_prepare); otherwise generates the points. NULL and *status on failure; *data is then still the caller's, but
 * may have been prepared already unless it was the settings that were refused. A pace that learns from clean points is
 * refused without any (trainer_has_clean). */
Trainer *trainer_new(const Settings *settings, Dataset *data, Status *status);

/* The same with a copy of *data, which stays as it is; generates the points if data is NULL or empty. */
Trainer *trainer_new_copy(const Settings *settings, const Dataset *data, Status *status);

/* Whether these settings find the clean points that they need; else a message about what to do. To be asked before
 * live settings are set: a run without clean points trains as if its pace moved nothing. */
bool trainer_has_clean(const Trainer *trainer, const Settings *settings, Status *status);

/* Another run from its beginning with the points of this one as they are now: training, test and clean points.
 * settings: those of this one, except the curriculum. */
Trainer *trainer_twin(const Trainer *trainer, const Settings *settings, Status *status);

/* The same run once more, as it stands, with points and arrays of its own: both go on alike. */
Trainer *trainer_copy(const Trainer *trainer, Status *status);
void trainer_free(Trainer *trainer); /* NULL is fine */

/* Back to epoch 0: same points, same initial parameters and batch orders, threshold back to the settings'. */
void trainer_reset(Trainer *trainer);

/* Goes to just after this many epochs (1 or more), the last of them trained with these thresholds: the random stream,
 * the thresholds (trainer_put_thresholds) and their growth. The caller puts back parameters and moments before it, v's
 * after it (history_restore). */
void trainer_rewind(Trainer *trainer, uint32_t epochs, const TrainerThresholds *then);

/* The thresholds in force; and the same put back into a run with these classes, from where it goes on as its settings
 * now say: meta with the moments that there were if it was meta that moved them, a threshold a class or one for all as
 * it does now; otherwise meta begins from where they stand. They are cut to the limits of now. v's stay. */
TrainerThresholds trainer_thresholds(const Trainer *trainer);
void trainer_put_thresholds(Trainer *trainer, const TrainerThresholds *then);

/* Trains up to `batches` batches, but not past the end of the epoch under way. Returns how many it trained; an epoch
 * has just been completed when that is more than 0 and trainer->batch is 0. */
size_t trainer_run(Trainer *trainer, size_t batches);

/* The name of the inner loops in use: "base", "avx2" or "avx512". The last two, and base on arm64, give the same to the
 * last bit; base on x86-64, which has no fused multiply-add, rounds otherwise. */
const char *trainer_kernels(const Trainer *trainer);

/* How many batches to train between two looks at a clock or a flag: some 20,000 samples, fewer with a large model;
 * about a millisecond. */
size_t trainer_batches_between_looks(const Trainer *trainer);

/* Losses of all points for the model as it is now, mean_loss and accuracy, and the same of the test points. Does not
 * touch v. */
void trainer_evaluate(Trainer *trainer);

/* trainer_evaluate, then every v decided anew from those losses and the threshold in force (with SPLD, from offsets
 * made anew from them, which the rest of the epoch under way keeps). */
void trainer_redecide(Trainer *trainer);

/* Samples with v > 0 now. */
size_t trainer_easy(const Trainer *trainer);

/* Sum of the v's now. Where they are all 0 or 1 it is trainer_easy. */
double trainer_weight_sum(const Trainer *trainer);

/* The threshold in force from the next batch on; cancels a growth that is due. */
void trainer_set_threshold(Trainer *trainer, double threshold);
/* The same of one class, for a pace by class; by meta with one threshold for all, of all. */
void trainer_set_class_threshold(Trainer *trainer, int class, double threshold);
/* Takes the settings that are live (EFFECT_LIVE), except the threshold, which is set as above. Before the first batch,
 * those that are marked `begins` in the table also make the first threshold anew. */
void trainer_set(Trainer *trainer, const Settings *settings);
void trainer_set_hold(Trainer *trainer, bool hold);
/* One weight or bias, by its place in the block (mlp.h), in force from the next batch on; the optimizer's moments stay.
 * index is below mlp.parameters, value is finite. The losses are older than the parameters until they are evaluated. */
void trainer_set_parameter(Trainer *trainer, size_t index, float value);

/* What a threshold, a setting or a parameter that is set changes besides itself: it can be put back as long as nothing
 * has been trained since. A zeroed one is valid. */
typedef struct TrainerDecisions {
    TrainerThresholds thresholds;
    double share;
    bool growth_due, offsets_due;
    size_t count;      /* of the samples; 0: there was no memory for v's, and they are decided anew */
    float *v, *offset; /* owned */
} TrainerDecisions;

void trainer_keep_decisions(const Trainer *trainer, TrainerDecisions *decisions); /* *decisions is overwritten */
void trainer_put_decisions(Trainer *trainer, const TrainerDecisions *decisions);
void trainer_free_decisions(TrainerDecisions *decisions); /* leaves it zeroed */

/* The threshold that the next epoch will begin with (after growth, warm-up, hold, the cap and the regularizer's limit).
 * By share, it is made from the losses of the last trainer_evaluate, between epochs; within one they are not known yet,
 * and it is the threshold in force. Costs nothing when asked again after the same evaluation. */
double trainer_next_threshold(const Trainer *trainer);

/* What the pace will do: ahead[i] is the threshold of epoch trainer->epoch + i (the first is the one under way, or
 * the next to begin); with the paces by share instead the share of the points (1 during the warm-up; where the
 * threshold was set by hand or is held, the share that lies below it, as far as known). Always finite. */
void trainer_pace_ahead(const Trainer *trainer, double *ahead, size_t epochs);

/* Other points in the middle of a run, which goes on with them: origin[i] is the sample that point i of *data was
 * before (each at most once) and whose v and admission it keeps, or NEW_SAMPLE: hard and never admitted. In an epoch
 * under way those that have had their turn are not trained again (fewer than a batch may be), new ones come last.
 * data->classes are those of the model, data->count is 1 or more. clean (NULL: they stay) takes the place of the clean
 * points, with these classes; its count may be 0.
 *
 * In two steps, so that several runs can be prepared before any of them changes. Preparing takes all the memory and
 * changes nothing; NULL and *status without memory. Committing cannot fail and frees what was prepared: losses and
 * figures are up to date afterwards, and *data (and *clean) holds the points that there were, to be freed by the
 * caller. Between the two, trainer, *data, *clean and origin stay as they are. */
typedef struct TrainerPoints TrainerPoints;
TrainerPoints *trainer_prepare_points(const Trainer *trainer, const Dataset *data, const Dataset *clean,
                                      const uint32_t *origin, Status *status);
void trainer_commit_points(Trainer *trainer, TrainerPoints *prepared, Dataset *data, Dataset *clean);
void trainer_drop_points(TrainerPoints *prepared); /* instead of committing them; NULL is fine */

/* What a change of points changes in a run besides them: which have had their turn in the epoch under way, and what was
 * decided for it. With the points that there were it can be put back as long as nothing has been trained since. A
 * zeroed one is valid. */
typedef struct TrainerTurns {
    size_t count; /* of the samples */
    size_t batch, easy;
    double batch_loss_sum;
    bool offsets_due;
    uint32_t *order; /* owned, like all below */
    float *offset;
    float *influence; /* or NULL */
} TrainerTurns;

bool trainer_keep_turns(const Trainer *trainer, TrainerTurns *turns); /* *turns is overwritten; false without memory */
void trainer_put_turns(Trainer *trainer, const TrainerTurns *turns);  /* nothing happens if they do not fit */
void trainer_free_turns(TrainerTurns *turns);                         /* leaves it zeroed */

/* Whether the settings' end is reached: `epochs` epochs done, or at most `until_hard` samples hard after one. */
bool trainer_finished(const Trainer *trainer);

#endif
