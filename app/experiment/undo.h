/* What it takes to undo something that a person has changed, and to redo it.
 *
 * An Undo holds the other side of a change: what was there before it, or, once it has been undone, what was there
 * after it. To undo or redo is to exchange what it holds with what is there now (go_back.c). Commands of one gesture
 * (a drag, a key held down) make one change. The oldest changes are dropped when there are more than UNDO_MAX, or by
 * their bytes (branches.h). Another run is no part of a change, which has only the number of its branch. */
#ifndef EASYFIRST_UNDO_H
#define EASYFIRST_UNDO_H

#include "core/history.h"
#include "core/trainer.h"
#include "app/experiment/by_hand.h"
#include "app/experiment/notes.h"
#include "app/experiment/other_run.h"

#define UNDO_MAX 100

typedef enum {
    UNDO_THRESHOLD, /* the run's side; settings: those with EFFECT_LIVE */
    UNDO_PARAMETER, /* parameter, value; the run's side */
    UNDO_SETTINGS,  /* the run's side; thresholds, if undo_changes_thresholds */
    UNDO_HOLD,      /* hold; the run's side */
    UNDO_POINTS,    /* points, known, settings.flip, .outliers and .clean, edited; clean, if with_clean */
    UNDO_KEPT,      /* kept */
    UNDO_RUN,       /* branch: to undo it is to put that one on show (branches.h) */
    UNDO_OTHER,     /* run; that one's side */
    UNDO_COMPARE,   /* others, other_count: as trained; those that are there on both sides by number alone */
    UNDO_SWAP,      /* run: to undo it is to swap again */
    UNDO_NOTE,      /* epoch (from 0), note */
} UndoKind;

/* What a run knows of its points, each array of as many as there are points; owned. A zeroed one is valid. */
typedef struct PointsKnown {
    uint32_t number; /* of the run: OtherRun.number; 0: the first */
    uint32_t *slot;  /* in the history */
    float *v;
    uint32_t *admitted;
    TrainerTurns turns;
    uint32_t epoch; /* where the run was right behind the change: while it is still there, turns count; */
    size_t batch;
    bool trained; /* between two changes of one gesture: they do not */
} PointsKnown;

void points_known_free(PointsKnown *known);

typedef struct Undo {
    UndoKind kind;
    uint32_t gesture; /* that made it; 0: none */
    int run;          /* letter, as of a Command */
    uint32_t mark;    /* name of the HandMark that this has left, or 0 */
    char what[64];    /* "Threshold λ", "points added": for "Undo: ..." */
    bool dated;       /* `made` is known: */
    double made;      /* epochs completed when it was made, with the part of the one under way (steps.h) */

    /* a run's side of a change: where nothing has been trained since, it comes back to the last bit */
    Settings settings;
    bool hold;
    TrainerDecisions decided; /* owned */
    ByHand by_hand;           /* but for its marks */
    uint32_t epoch;           /* completed then, ... */
    size_t batch;             /* ... and batches of the one under way */

    size_t parameter; /* its index */
    float value;
    uint32_t branch; /* its number */
    bool edited;     /* the points are others than the source's */
    bool with_clean;
    Dataset points, clean; /* owned, like all below */
    uint8_t *kept;         /* of each point; */
    size_t kept_count;
    PointsKnown known[1 + OTHER_RUNS]; /* first the first run's, then the others', zeroed where there were none */
    char *note;                        /* a text, or NULL: none */
    OtherRun others[OTHER_RUNS];
    int other_count;
} Undo;

/* Zeroed but for what is given; NULL without memory. */
Undo *undo_new(UndoKind kind, uint32_t gesture, const char *what);
void undo_free(Undo *change); /* NULL is fine */

/* Puts the side of the run, as it is now, into the change, which has none. */
void undo_keep_side(Undo *change, const Trainer *trainer, const ByHand *by_hand);
/* Moves it from another change. */
void undo_take_side(Undo *change, Undo *from);
/* Whether nothing has been trained since. */
bool undo_is_untrained(const Undo *change, const Trainer *trainer);
/* If so, puts back what was decided, and when what was done by hand; settings, hold and parameters are for the caller,
 * before it. */
void undo_put_side(const Undo *change, Trainer *trainer, ByHand *by_hand);
/* Whether a run has other thresholds now. */
bool undo_other_thresholds(const TrainerThresholds *then, const Trainer *trainer);

/* Whether a change between these settings makes other thresholds of those that there are, as meta begins or ends or
 * learns one for all instead of one a class: to undo it brings those back. */
bool undo_changes_thresholds(const Settings *before, const Settings *now);

/* Puts thresholds of classes into a run in which each has its own. */
void undo_put_class_thresholds(const TrainerThresholds *then, Trainer *trainer);

typedef struct UndoStack { /* a stack; a zeroed one is valid */
    Undo *items[UNDO_MAX];
    int count;
} UndoStack;

void undo_push(UndoStack *stack, Undo *change); /* takes it over */
Undo *undo_pop(UndoStack *stack);               /* the caller's; NULL if there is none */
const Undo *undo_top(const UndoStack *stack);   /* or NULL */
void undo_clear(UndoStack *stack);
void undo_drop_oldest(UndoStack *stack, int count); /* so many of them */

/* What the stack takes, or a change, about; the large parts are right. */
size_t undo_bytes(const UndoStack *stack);
size_t undo_change_bytes(const Undo *change);

/* Of a point of a data set, and of a run with its history; the runs are what they are, however they came there. */
#define POINT_BYTES (3 * sizeof(float) + 2)                            /* with truth and row */
size_t undo_run_bytes(const Trainer *trainer, const History *history); /* trainer NULL: 0 */

#endif
