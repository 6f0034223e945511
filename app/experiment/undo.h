/* What it takes to undo something that a person has changed, and to redo it.
 *
 * An Undo holds the other side of a change: what was there before it, or, once it has been undone, what was there
 * after it. To undo or redo is to exchange what it holds with what is there now (go_back.c). Commands of one gesture
 * (a drag, a key held down) make one change. Memory is bounded: the oldest changes are dropped when there are more
 * than UNDO_MAX or when a stack holds more than UNDO_BYTES; one that is larger by itself is not kept. */
#ifndef EASYFIRST_UNDO_H
#define EASYFIRST_UNDO_H

#include "core/history.h"
#include "core/trainer.h"
#include "app/experiment/by_hand.h"
#include "app/experiment/second_run.h"

#define UNDO_MAX 100
#define UNDO_BYTES ((size_t)256 << 20)

typedef enum {
    UNDO_THRESHOLD, /* threshold */
    UNDO_PARAMETER, /* parameter, value; by_hand, epoch, batch: when and with what noted it was made */
    UNDO_SETTINGS,  /* settings: those with EFFECT_LIVE */
    UNDO_HOLD,      /* hold */
    UNDO_POINTS,    /* points, first, second, second_number, settings.flip and .outliers, source.edited */
    UNDO_RUN,       /* trainer, history, second_run, second_number, second_curriculum, beyond, by_hand; source, unless
                     * both runs have the same */
    UNDO_SECOND,    /* settings, threshold, hold: of the second run */
    UNDO_COMPARE,   /* comparing; settings: the second run's curriculum */
    UNDO_SWAP,      /* nothing: to undo it is to swap again */
} UndoKind;

/* Where the points of a run come from. */
typedef struct Source {
    Dataset points; /* from a file or drawn by hand, before dataset_prepare; count 0: generated. Owned */
    char *path;     /* of the file, or NULL; owned */
    bool edited;    /* the run's points have been changed by hand since: they are what a rebuild begins with */
    int preset;     /* index of the preset that made the run, or -1 */
    int reading;    /* how the file was read: the owner's number */
} Source;

void source_free(Source *source);

/* What a run knows of its points, each array of as many as there are points; owned. A zeroed one is valid. */
typedef struct PointsKnown {
    uint32_t *slot; /* in the history */
    float *v;
    uint32_t *admitted;
} PointsKnown;

void points_known_free(PointsKnown *known);

typedef struct Undo {
    UndoKind kind;
    uint32_t gesture; /* that made it; 0: none */
    uint32_t mark;    /* name of the HandMark that this has left, or 0 */
    char what[64];    /* "Threshold λ", "points added": for "Undo: ..." */
    Settings settings;
    double threshold;
    size_t parameter; /* its index */
    float value;
    uint32_t epoch; /* completed then, ... */
    size_t batch;   /* ... and batches of the one under way */
    bool hold, beyond, comparing;
    ByHand by_hand;
    Dataset points;            /* owned, like all below */
    PointsKnown first, second; /* second: zeroed if there was no second run */
    uint32_t second_number;    /* the Experiment's, of the run that `second` is of, or of second_run */
    Source source;
    bool same_source; /* the run was begun anew or went on from an earlier epoch: `source` is not used */
    Trainer *trainer;
    History history;
    ByHand second_by_hand;
    SecondRun second_run; /* zeroed if there was none */
    Settings second_curriculum;
} Undo;

/* What a whole run takes, about; the large parts are right. */
size_t undo_bytes_of_run(const Trainer *trainer, const History *history, const SecondRun *second);

/* Zeroed but for what is given; NULL without memory. */
Undo *undo_new(UndoKind kind, uint32_t gesture, const char *what);
void undo_free(Undo *change); /* NULL is fine */

typedef struct UndoStack { /* a stack; a zeroed one is valid */
    Undo *items[UNDO_MAX];
    int count;
} UndoStack;

void undo_push(UndoStack *stack, Undo *change); /* takes it over */
Undo *undo_pop(UndoStack *stack);               /* the caller's; NULL if there is none */
const Undo *undo_top(const UndoStack *stack);   /* or NULL */
void undo_clear(UndoStack *stack);

#endif
