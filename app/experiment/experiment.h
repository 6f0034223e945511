/* A run and the queue of what people do to it: the only code that changes a run.
 *
 * Views return intents; the window turns them into commands and pushes them; experiment_advance carries them
 * out in order, between batches, and then trains. The clock decides how many batches, never what a batch
 * does: pushing the same commands at the same batch counts gives the same run again. A rebuild makes the new
 * run first and swaps, so that a failure leaves the old one going and says why in `notice`. */
#ifndef EASYFIRST_EXPERIMENT_H
#define EASYFIRST_EXPERIMENT_H

#include "core/history.h"
#include "core/trainer.h"
#include "app/experiment/second_run.h"
#include "app/experiment/undo.h"
#include "app/experiment/snapshot.h"

#define SPEED_MINIMUM 0.1    /* epochs a second */
#define SPEED_MAXIMUM 1000.0 /* and from here on: as fast as it goes */
#define SPEED_DEFAULT 1.0

typedef enum {
    COMMAND_PLAY, /* goes on beyond the settings' end if that is reached */
    COMMAND_PAUSE,
    COMMAND_EPOCH,     /* trains to the end of the epoch under way, or one whole one, then pauses */
    COMMAND_BATCH,     /* trains one batch, then pauses */
    COMMAND_RESET,     /* same points, same initial parameters, from epoch 0; goes on playing if it was */
    COMMAND_THRESHOLD, /* value: in force at once, every v decided anew. Before the first batch it is also the
                          setting */
    COMMAND_HOLD,      /* value 0 or 1 */
    COMMAND_SPEED,     /* value: epochs a second */
    COMMAND_LOOK,      /* value: epoch from 0 to look at, pausing the run; -1: back to now */
    COMMAND_GO_ON,     /* restarts the run from the epoch that is looked at; what came after it is forgotten */
    COMMAND_SETTINGS,  /* settings: live ones are taken over, any other change rebuilds the run from epoch 0 */
    COMMAND_PRESET,    /* settings: as above, but always rebuilds; generated points replace those from a file.
                       value: which preset it is, for the owner */
    COMMAND_COMPARE,   /* value 1: a second run beside this one, with the curriculum of settings; 0: none */
    COMMAND_UNDO,      /* goes back over the last change: of the threshold, a setting, hold, points, the run */
    COMMAND_REDO,
} CommandKind;

typedef struct Command {
    CommandKind kind;
    double value;
    Settings settings;
    uint32_t gesture; /* commands of one drag, or of one key held down, have the same: one step to undo. 0: a
                         step of its own */
} Command;

/* Points changed by hand, in mid-run. */
typedef enum { EDIT_ADD, EDIT_ERASE, EDIT_FLIP } EditKind;

typedef struct PointEdit {
    EditKind kind;
    size_t count;
    const float *x, *y;      /* EDIT_ADD: count each, finite */
    uint8_t label;           /* EDIT_ADD: below the number of classes */
    const uint32_t *samples; /* EDIT_ERASE, EDIT_FLIP (to the next class): count of them, ascending */
    uint64_t data_version;   /* for which points `samples` was made: nothing happens if they are others now */
    uint32_t gesture;        /* as of a Command */
} PointEdit;

#define EXPERIMENT_QUEUE 64

typedef enum { MODE_PAUSED, MODE_PLAYING, MODE_TO_EPOCH_END } ExperimentMode;

typedef struct Experiment {
    Trainer *trainer;
    History history;
    Source source;
    UndoStack undo, redo;
    double evaluated_at;    /* seconds */
    SecondRun second;       /* the second run, if `comparing` */
    bool comparing, behind; /* behind: it has not caught up yet */
    Settings second_curriculum;
    ExperimentMode mode;
    bool beyond;        /* plays on although the settings' end is reached */
    double speed;       /* epochs a second; SPEED_MAXIMUM: no limit */
    double batches_due; /* fraction of a batch carried to the next frame */
    bool stale;         /* losses are older than the parameters */
    int64_t look;       /* epoch from 0 that is looked at, or -1: now */
    PastSamples past;   /* of that epoch */
    char notice[1024];  /* what a person should know now, or "" */
    uint64_t version, data_version;
    Command queue[EXPERIMENT_QUEUE];
    int queued;
    /* called after each completed epoch, losses up to date; may be NULL */
    void (*on_epoch)(void *user, const Trainer *trainer);
    void (*on_restart)(void *user); /* back at epoch 0; may be NULL */
    void *user;
} Experiment;

/* Takes *points over if it is not NULL and the call succeeds; path is the file's (NULL: none). The run is paused
 * at epoch 0. */
bool experiment_init(Experiment *experiment, const Settings *settings, Dataset *points, const char *path,
                     Status *status);
void experiment_free(Experiment *experiment);

/* Begins anew with points from a file, in place of those that were there, paused. Takes *points over if it
 * succeeds; otherwise the old run stays. */
bool experiment_open_points(Experiment *experiment, Dataset *points, const char *path, Status *status);

/* The run goes on with the changed points; new samples start hard. At least one point stays. */
bool experiment_edit_points(Experiment *experiment, const PointEdit *edit, Status *status);

/* False, and nothing is queued, when the queue is full. */
bool experiment_push(Experiment *experiment, Command command);

/* Carries out the queue; then, playing, trains the batches that `elapsed` seconds are worth at the speed,
 * until now() passes `deadline` (seconds on the same clock; at least one batch is trained when one is due).
 */
void experiment_advance(Experiment *experiment, double elapsed, double (*now)(void), double deadline);

/* Brings losses, accuracy and mean loss up to date with the parameters. */
void experiment_evaluate(Experiment *experiment);

/* The same, but while many points are trained only four times a second; time in seconds. */
void experiment_evaluate_soon(Experiment *experiment, double time);

/* The run as it is now, or the epoch that is looked back at. */
Snapshot experiment_snapshot(Experiment *experiment);

/* The seed that follows this one for "new seed": a fixed chain, so that what was seen can be seen again. */
uint32_t next_seed(uint32_t seed);

/* The command that begins anew with the next seed. */
Command new_seed_command(const Settings *settings);

#endif
