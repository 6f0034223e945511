/* What has happened, in one calm sentence: a bold fact ("75 % are easy.") and a reason for it.
 *
 * A sentence is made in two steps. narration_facts.c measures: shares and who came in and left from the History's
 * records, where the hard points lie and what the boundary did from the model's answers, with the parameters of the
 * epoch and of the one before, on a sample of the points. narration.c has the sentences, as a table of rules: a rule
 * is a condition on the facts and texts with {places} for them (narration_words.c); the first rule whose condition
 * holds is the one said.
 *
 * Everything comes from the records, so that the sentence of any recorded epoch can be made again, on the timeline.
 * Epochs are counted from 0 here, as in the History, and from 1 in the sentences. */
#ifndef EASYFIRST_NARRATION_H
#define EASYFIRST_NARRATION_H

#include "app/experiment/snapshot.h"

/* Points whose answers are compared: so many of all, and so many of the hard ones. A sentence of a million points
 * costs a pass over their bits and these, some 2 ms. */
#define NARRATION_SAMPLE 4096
#define NARRATION_HARD_SAMPLE 1024

typedef enum {
    MOMENT_START,  /* nothing is trained */
    MOMENT_EPOCH,  /* an epoch is complete */
    MOMENT_DURING, /* paused within one */
    MOMENT_HAND,   /* paused after one, and the threshold has been set since */
    MOMENT_END,    /* the settings' end is reached */
    MOMENT_PAST,   /* an earlier epoch is looked at */
} Moment;

typedef enum { PLACE_UNKNOWN, PLACE_NEAR, PLACE_FAR, PLACE_EVERYWHERE } Place; /* as seen from the boundary */
typedef enum { BOUNDARY_UNKNOWN, BOUNDARY_STILL, BOUNDARY_MOVED, BOUNDARY_TURNED } BoundaryMove;

/* Numbers of points at the end of an epoch. */
typedef struct EasyCounts {
    size_t all, of_class[MAX_CLASSES];
} EasyCounts;

/* Of thresholds that learn themselves (pace meta). */
typedef struct NarrationMeta {
    bool learns, by_class;
    double threshold[MAX_CLASSES], threshold_before[MAX_CLASSES]; /* without classes the same for all */
    double clean_loss;                                            /* NaN: not known */
    int sunk; /* the class with most hard points among those whose λ is below where it began; -1: none, or hardly any */
    bool far_hurt; /* points of it that lie far off are all hard, and a step on them would hurt the clean points */
    double hurts;  /* share of its hard points on which a step would hurt the clean points; NaN: not known */
} NarrationMeta;

typedef struct NarrationFacts {
    Moment moment;
    const Snapshot *snapshot; /* for settings, points and the classes' names */
    uint32_t epoch;           /* epochs completed by then */
    EasyCounts easy;          /* v above 0 */
    double weighted;          /* sum of v over the points, as a share of them */
    double threshold, next;   /* next: of the coming epoch; NaN: not known */
    double accuracy;
    /* against the record before; `before` false: there is none, and nothing of this is known */
    bool before;
    EasyCounts easy_before;
    double threshold_before, accuracy_before;
    size_t came, left; /* became easy, became hard */
    uint32_t same_for; /* epochs in a row with the same easy points, this one included */
    /* from the sample */
    int lead;                     /* the class with the smallest share of easy points */
    double right[MAX_CLASSES];    /* share of a class that the model answers with it */
    int taken_for[MAX_CLASSES];   /* its most frequent other answer, or -1 */
    Place hard_place, lead_place; /* where the hard points, and those of `lead`, are */
    BoundaryMove boundary;        /* since the epoch before */
    NarrationMeta meta;
    int towards; /* BOUNDARY_MOVED: the class whose region has given way */
} NarrationFacts;

typedef struct Narration {
    const char *rule; /* its name in the table */
    char badge[64];   /* "Epoch 6" */
    char fact[128];   /* "75 % are easy." */
    char reason[400]; /* "All of class 1 is in; of class 0 the far half: near the boundary its loss is ..." */
    char brief[240];  /* the same in fewer words, for where that is too long; may be "" */
} Narration;

/* The facts of an epoch that has a record; false if it has none. */
bool narration_facts(const Snapshot *snapshot, uint32_t epoch, NarrationFacts *facts);

/* The sentence for these facts. */
void narration_say(const NarrationFacts *facts, Narration *narration);

/* The sentence of a recorded epoch. False, and an empty sentence, if it has no record (in long runs only every second,
 * fourth, eighth ... is kept). */
bool narration_of_epoch(const Snapshot *snapshot, uint32_t epoch, Narration *narration);

/* The sentence of the run as it is on show: its newest epoch, or what there is besides (Moment). */
void narration_of_now(const Snapshot *snapshot, Narration *narration);

/* Which of these it would be, cheaply. Not MOMENT_EPOCH, whose sentence stays until the next one's: each change of the
 * snapshot may change it. */
Moment narration_moment(const Snapshot *snapshot);

/* ---- the table, for its test ---- */

typedef struct NarrationRule {
    const char *name;
    bool (*holds)(const NarrationFacts *facts);
    const char *fact, *reason, *brief; /* in English; translated as a whole before the places are filled in */
} NarrationRule;

extern const NarrationRule NARRATION_RULES[];
extern const size_t NARRATION_RULE_COUNT;

#define NARRATION_PLACE 256 /* bytes of what stands in a place */

/* What a {place} stands for, in the language of the moment; false if there is no such place. */
bool narration_place(const NarrationFacts *facts, const char *name, char text[NARRATION_PLACE]);

#endif
