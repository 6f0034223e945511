/* What a person must do something about, with a button where one helps. The rest of what there is to say is narration
 * (narration.h).
 *
 * In order of importance (the first that applies is the one said), and what the button does:
 *
 *   diverged        a parameter is not finite: Reset
 *   no clean        a pace that learns from clean points has none, or was not taken over for want of them: takes
 *                   FEEDBACK_CLEAN of each class
 *   scale           the points' scale stops learning (scale_advice.h): standardize, which begins the run anew
 *   nothing easy    every loss is above the threshold, no gradient: the threshold goes to the 10 % quantile
 *   class left out  a class with more than 10 % of all points has had less than 2 % of the easy ones (3 % to be
 *                   forgotten again) in this epoch and the FEEDBACK_PATIENCE before it: many a healthy run begins so.
 *                   The threshold goes to the 10 % quantile of that class
 *   stuck           the set of easy points has not changed for 5 epochs: the growing factor times 1.2
 *
 * All but the first three are said only of the order `easy`, where a threshold decides, and not before the first epoch
 * after the warm-up is complete, and none while an earlier epoch is looked at.
 *
 * Calm: a line appears when its cause has lasted FEEDBACK_AFTER, stays for FEEDBACK_STAYS at least, and
 * renews its figures as seldom; a restart of the run, a press of its button and a diverged model come through
 * at once. Nothing here changes a run: the button's press is an intent. */
#ifndef EASYFIRST_FEEDBACK_H
#define EASYFIRST_FEEDBACK_H

#include "app/experiment/experiment.h"
#include "app/experiment/scale_advice.h"

#define FEEDBACK_AFTER 0.25        /* seconds */
#define FEEDBACK_STAYS 1.0         /* seconds */
#define FEEDBACK_STUCK_EPOCHS 5    /* without a change */
#define FEEDBACK_CLEAN 10          /* points of each class that its button takes */
#define FEEDBACK_PATIENCE 3        /* epochs that a class may have been left out before it is said */
#define FEEDBACK_EACH_FRAME 200000 /* points; with more, they are looked at when an epoch is complete */

typedef enum {
    FEEDBACK_NONE,
    FEEDBACK_DIVERGED,
    FEEDBACK_NO_CLEAN,
    FEEDBACK_SCALE,
    FEEDBACK_NOTHING_EASY,
    FEEDBACK_CLASS_LEFT_OUT,
    FEEDBACK_STUCK,
    FEEDBACK_TOO_FAST,   /* on the timeline alone: an epoch made more than 20 % of all points easy */
    FEEDBACK_EVERYTHING, /* the same: the threshold is above every loss, plain training from here on */
} FeedbackKind;

typedef struct Feedback {
    FeedbackKind kind;               /* FEEDBACK_NONE: nothing to say, and nothing below is of use */
    int class;                       /* that is left out, or -1 */
    char badge[48];                  /* one or two words: "Left out" */
    char text[240];                  /* the fact, a sentence */
    char reason[SCALE_REASON_BYTES]; /* a sentence more, or "" */
    char label[160];                 /* of the button, or "": none */
    Command command;                 /* that the button pushes */
} Feedback;

/* When a class counts as left out of the easy points, as shares; the sweep has limits of its own (sweep.c). */
typedef struct LeftOut {
    double of_all;   /* the class has more than this of all points: a smaller one may well be rare */
    double of_easy;  /* and less than this of the easy ones */
    double expected; /* although so many of those at least would be its own, were they drawn at random */
} LeftOut;

/* all_easy above 0. */
bool class_left_out(size_t of_class, size_t all, size_t easy_of_class, size_t all_easy, const LeftOut *limits);

/* A zeroed one is valid. */
typedef struct FeedbackState {
    Feedback shown;                                /* what the person sees */
    Feedback found;                                /* what there would be to say */
    double shown_since, found_since, figures_from; /* seconds */
    bool settling;                                 /* `shown` will change by itself soon: draw another frame */
    bool held;                                     /* set by the owner: its button is held down, so its words stay */
    bool acted;                                    /* set by feedback_acted: no need to wait */
    /* what `found` was found in */
    bool seen;
    uint64_t version, data_version;
    uint32_t epoch;
    bool diverged, looking_back, nothing_easy, hold, finished, wants_clean;
    ScaleAdvice scale; /* of the points of that version, once it is known */
    uint64_t scale_of;
    bool scale_known;
    /* epochs, from 0: the newest recorded one, the first with its easy samples, and when next to say so */
    bool set_known;
    uint32_t set_newest, set_since, stuck_from;
} FeedbackState;

/* The line at that time (seconds). Cheap in each frame: samples are looked at when the version has changed.
 * Valid until the next call with the same state. */
const Feedback *feedback_of(const Snapshot *snapshot, FeedbackState *state, double time);

/* The line's button has been pressed: what comes of it is said at once, and "stuck" is given time to show an effect. */
void feedback_acted(FeedbackState *state);

typedef struct FeedbackMark {
    uint32_t epoch;    /* from 0 */
    FeedbackKind kind; /* FEEDBACK_TOO_FAST or FEEDBACK_EVERYTHING */
} FeedbackMark;

#define FEEDBACK_MARKS 64

/* Recorded epochs that admitted too fast, and those in which everything became admitted, ascending; the
 * newest of them if there are more than fit. Returns how many. The order, regularizer and warm-up are those
 * of now. */
size_t feedback_marks(const History *history, const Settings *settings, FeedbackMark marks[FEEDBACK_MARKS]);

#endif
