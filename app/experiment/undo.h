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
#include "app/experiment/notes.h"
#include "app/experiment/other_run.h"

#define UNDO_MAX 100
#define UNDO_BYTES ((size_t)256 << 20)

typedef enum {
    UNDO_THRESHOLD, /* threshold; class_threshold, if by_class */
    UNDO_PARAMETER, /* parameter, value; by_hand, epoch, batch: when and with what noted it was made */
    UNDO_SETTINGS,  /* settings: those with EFFECT_LIVE */
    UNDO_HOLD,      /* hold */
    UNDO_POINTS,    /* points, known, settings.flip, .outliers and .clean, source.edited; clean, if with_clean */
    UNDO_KEPT,      /* kept */
    UNDO_RUN,       /* trainer, history, notes, others, other_count, beyond, by_hand; source, unless both runs have the
                     * same */
    UNDO_OTHER,     /* run; settings, threshold, hold: of that one */
    UNDO_COMPARE,   /* other_count; of the others curriculum, number and held alone */
    UNDO_SWAP,      /* run: to undo it is to swap again */
    UNDO_NOTE,      /* epoch (from 0), note */
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
    uint32_t number; /* of the run: OtherRun.number; 0: the first */
    uint32_t *slot;  /* in the history */
    float *v;
    uint32_t *admitted;
} PointsKnown;

void points_known_free(PointsKnown *known);

typedef struct Undo {
    UndoKind kind;
    uint32_t gesture; /* that made it; 0: none */
    int run;          /* letter, as of a Command */
    uint32_t mark;    /* name of the HandMark that this has left, or 0 */
    char what[64];    /* "Threshold λ", "points added": for "Undo: ..." */
    Settings settings;
    double threshold;
    bool by_class, with_clean;
    double class_threshold[MAX_CLASSES];
    size_t parameter; /* its index */
    float value;
    uint32_t epoch; /* completed then, ... */
    size_t batch;   /* ... and batches of the one under way */
    bool hold, beyond;
    ByHand by_hand;
    Dataset points, clean; /* owned, like all below */
    uint8_t *kept;         /* of each point; */
    size_t kept_count;
    PointsKnown known[1 + OTHER_RUNS]; /* first the first run's, then the others', zeroed where there were none */
    Source source;
    bool same_source; /* the run was begun anew or went on from an earlier epoch: `source` is not used */
    Trainer *trainer;
    History history;
    Notes notes;
    char *note; /* a text, or NULL: none */
    OtherRun others[OTHER_RUNS];
    int other_count;
} Undo;

/* What a whole run takes with those beside it (zeroed where there are none), about; the large parts are right. */
size_t undo_bytes_of_run(const Trainer *trainer, const History *history, const OtherRun others[OTHER_RUNS]);

/* Zeroed but for what is given; NULL without memory. */
Undo *undo_new(UndoKind kind, uint32_t gesture, const char *what);
void undo_free(Undo *change); /* NULL is fine */

/* Puts the run's thresholds into the change; and theirs, of classes, into a run in which each has its own. */
void undo_keep_threshold(Undo *change, const Trainer *trainer);
void undo_copy_threshold(Undo *change, const Undo *from); /* from another change */
void undo_put_class_thresholds(const Undo *change, Trainer *trainer);

typedef struct UndoStack { /* a stack; a zeroed one is valid */
    Undo *items[UNDO_MAX];
    int count;
} UndoStack;

void undo_push(UndoStack *stack, Undo *change); /* takes it over */
Undo *undo_pop(UndoStack *stack);               /* the caller's; NULL if there is none */
const Undo *undo_top(const UndoStack *stack);   /* or NULL */
void undo_clear(UndoStack *stack);

#endif
