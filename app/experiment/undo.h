/* What it takes to go back over something that a person has changed, and forward again.
 *
 * A Change holds the other side of a change: what was there before it, or, once it has been gone back over,
 * what was there after it. To undo or redo is to exchange what it holds with what is there now
 * (experiment.c). Commands of one gesture (a drag, a key held down) make one change. Memory is bounded: the
 * oldest changes are dropped when there are more than UNDO_MAX or when a stack holds more than
 * UNDO_BYTES; one that is larger by itself is not kept. */
#ifndef EASYFIRST_UNDO_H
#define EASYFIRST_UNDO_H

#include "core/history.h"
#include "core/trainer.h"

#define UNDO_MAX 100
#define UNDO_BYTES ((size_t)256 << 20)

typedef enum {
    UNDO_THRESHOLD, /* threshold */
    UNDO_SETTINGS,  /* settings: those with EFFECT_LIVE */
    UNDO_HOLD,      /* hold */
    UNDO_POINTS,    /* points, slot, v, admitted, settings.flip and .outliers, source.edited */
    UNDO_RUN,       /* trainer, history, source, beyond */
} UndoKind;

/* Where the points of a run come from. */
typedef struct Source {
    Dataset points; /* from a file or drawn by hand, before dataset_prepare; count 0: generated. Owned */
    char *path;     /* of the file, or NULL; owned */
    bool edited;    /* the run's points have been changed by hand since: they are what a rebuild begins with */
    int preset;     /* of the owner: which of his presets made the run, or -1 */
} Source;

void source_free(Source *source);

typedef struct Undo {
    UndoKind kind;
    uint32_t gesture; /* that made it; 0: none */
    char what[64];    /* "Threshold λ", "points added": for "Undo: ..." */
    Settings settings;
    double threshold;
    bool hold, beyond;
    Dataset points; /* owned, like all below */
    uint32_t *slot; /* points.count each: in the history, */
    float *v;       /* and as they were */
    uint32_t *admitted;
    Source source;
    Trainer *trainer;
    History history;
} Undo;

/* Zeroed but for what is told; NULL without memory. */
Undo *undo_new(UndoKind kind, uint32_t gesture, const char *what);
void undo_free(Undo *change); /* NULL is fine */

typedef struct UndoStack { /* a stack; a zeroed one is valid */
    Undo *items[UNDO_MAX];
    int count;
} UndoStack;

void undo_push(UndoStack *changes, Undo *change); /* takes it over */
Undo *undo_pop(UndoStack *changes);               /* the caller's; NULL if there is none */
const Undo *undo_top(const UndoStack *changes);   /* or NULL */
void undo_clear(UndoStack *changes);

#endif
