/* A run and the queue of what people do to it: the only code that changes a run.
 *
 * Views return intents; the window turns them into commands and pushes them; experiment_advance carries them out in
 * order, between batches, and then trains. The clock decides how many batches, never what a batch does: pushing the
 * same commands at the same batch counts gives the same run again. A rebuild makes the new run first and swaps, and
 * an edit of the points prepares every run before it changes one, so that a failure leaves everything as it was and
 * says why. */
#ifndef EASYFIRST_EXPERIMENT_H
#define EASYFIRST_EXPERIMENT_H

#include "core/history.h"
#include "core/trainer.h"
#include "app/experiment/branches.h"
#include "app/experiment/commands.h"
#include "app/experiment/label_watch.h"
#include "app/experiment/notes.h"
#include "app/experiment/other_run.h"
#include "app/experiment/snapshot.h"
#include "app/experiment/speed_meter.h"
#include "app/experiment/steps.h"
#include "app/experiment/undo.h"

#define EXPERIMENT_QUEUE 64

typedef enum { MODE_PAUSED, MODE_PLAYING, MODE_TO_EPOCH_END, MODE_REPLAY } ExperimentMode;

typedef struct Experiment {
    Trainer *trainer;
    History history;
    Source source;
    ByHand by_hand;
    RunTag tag;
    Branches branches; /* runs that were left */
    Notes notes;
    UndoStack undo, redo;
    Steps steps;                 /* both as one list, as of the last snapshot */
    double evaluated_at;         /* seconds */
    OtherRun others[OTHER_RUNS]; /* runs that are compared with it: B and C */
    int other_count;
    uint32_t numbers; /* of runs beside the first that have begun */
    ExperimentMode mode;
    bool beyond;  /* plays on although the settings' end is reached */
    bool to_note; /* plays until the end of note_epoch (from 0), or, with -1, of one that has a note */
    int64_t note_epoch;
    bool note_hurry;      /* as fast as it goes */
    double speed;         /* epochs a second; SPEED_MAXIMUM: no limit */
    double batches_due;   /* fraction of a batch carried over to the next frame */
    bool hand;            /* the owner's to set: a person is dragging or typing, and training gives way: no batch begins
                         * that would not be done by the deadline */
    double batch_seconds; /* that a batch takes, as last measured; negative: not known yet */
    SpeedMeter meter;
    bool stale;          /* losses are older than the parameters */
    int64_t look;        /* epoch from 0 that is looked at, or -1: now */
    double replayed;     /* epochs, of MODE_REPLAY: `look` is the newest recorded one up to it */
    uint32_t hand_marks; /* made so far: their names */
    PastSamples past;    /* of that epoch */
    char notice[1024];   /* what a person should know now, or "" */
    bool asks_for_clean; /* for want of clean points, these settings were not taken over */
    Settings wanted;
    uint64_t version, data_version;
    uint64_t run_version; /* changes whenever another run, or this one with another past, is there */
    bool watch_labels;    /* the owner's to set: somebody looks at the measures of the first run's labels */
    Measure watch_by;     /* the owner's to set: what the list of suspects goes by */
    LabelWatch *watch;    /* NULL: nobody has yet */
    double watched_at;    /* seconds: when measures were last asked for */
    Command queue[EXPERIMENT_QUEUE];
    int queued;
    bool dropped;       /* a command has found the queue full */
    struct RunLog *log; /* what is done is written there (run_log.h); the owner's, or NULL */
    struct Tape *tape;  /* a recording that is being played (tape.h); the owner's, or NULL */
    /* called after each completed epoch, losses up to date; may be NULL */
    void (*on_epoch)(void *user, const Trainer *trainer);
    void (*on_restart)(void *user); /* another run, or this one back at an earlier epoch; may be NULL */
    void *user;
} Experiment;

/* Takes *points over if it is not NULL and the call succeeds; path is the file's (NULL: none). The run is paused at
 * epoch 0. */
bool experiment_init(Experiment *experiment, const Settings *settings, Dataset *points, const char *path,
                     Status *status);
void experiment_free(Experiment *experiment);

/* What is opened besides the points. */
typedef struct OpenedPoints {
    const char *path;         /* of the file, or NULL */
    int reading;              /* how it was read: the owner's number, as `source` has it then */
    const Settings *settings; /* of the run; NULL: those that there are */
} OpenedPoints;

/* Begins anew with points from a file, in place of those that were there, paused. Takes *points over if it succeeds;
 * otherwise the old run stays. */
bool experiment_open_points(Experiment *experiment, Dataset *points, const OpenedPoints *opened, Status *status);

/* The run goes on with the changed points, and the runs beside it; new samples start hard. At least one point
 * stays. On failure nothing has changed. */
bool experiment_edit_points(Experiment *experiment, const PointEdit *edit, Status *status);

/* False when the queue is full: the command is dropped, and `notice` will say so. */
bool experiment_push(Experiment *experiment, Command command);

/* Carries out the queue; then, playing, trains the batches that `elapsed` seconds are worth at the speed, until now()
 * passes `deadline` (seconds on the same clock; at least one batch is trained when one is due, unless `hand` is set).
 * It looks at the clock about every millisecond, however large the model is. */
void experiment_advance(Experiment *experiment, double elapsed, double (*now)(void), double deadline);

/* Brings losses, accuracy and mean loss up to date with the parameters. */
void experiment_evaluate(Experiment *experiment);

/* The same, but where it takes long, only four times a second while the run goes on, and not under a person's hand.
 * time: seconds. */
void experiment_evaluate_soon(Experiment *experiment, double time);

/* Takes what is new of the labels' measures if they are watched, and asks for them to be renewed: four times a second
 * while the run goes on. time: seconds. */
void experiment_watch_soon(Experiment *experiment, double time);

/* Whether measures are under way, so that experiment_watch_soon should be called again. */
bool experiment_is_watching(const Experiment *experiment);

/* Waits until the measures of the run as it is now are all there. */
void experiment_watch_now(Experiment *experiment);

/* Whether a run beside it has not caught up yet. */
bool experiment_is_behind(const Experiment *experiment);

/* The run as it is now, or the epoch that is looked back at. */
Snapshot experiment_snapshot(Experiment *experiment);

#endif
