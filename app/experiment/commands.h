/* What a person can do to a run, as values: commands, which wait in the experiment's queue (experiment.h), and edits
 * of its points, which are carried out at once. */
#ifndef EASYFIRST_COMMANDS_H
#define EASYFIRST_COMMANDS_H

#include "app/experiment/notes.h"
#include "core/config.h"

#include <stddef.h>

#define SPEED_MINIMUM 0.1    /* epochs a second */
#define SPEED_MAXIMUM 1000.0 /* and from here on: as fast as it goes */
#define SPEED_DEFAULT 1.0

typedef enum {
    COMMAND_PLAY, /* goes on beyond the settings' end if that is reached */
    COMMAND_PAUSE,
    COMMAND_EPOCH,     /* trains to the end of the epoch under way, or one whole one, then pauses */
    COMMAND_BATCH,     /* trains one batch, then pauses */
    COMMAND_RESET,     /* same points, same initial parameters, from epoch 0; goes on playing if it was. Undo brings
                        * back the run as it was */
    COMMAND_THRESHOLD, /* threshold: in force at once, every v decided anew. Before the first batch it is also the
                        * setting. of_class: of one class alone, where each has its own, and never a setting */
    COMMAND_PARAMETER, /* parameter: a weight or bias of the model, in force at once, every v decided anew. Nothing
                        * happens if there is no such parameter or its value is not finite */
    COMMAND_HOLD,      /* hold: whether the threshold stays as it is from epoch to epoch */
    COMMAND_SPEED,     /* speed */
    COMMAND_LOOK,      /* epoch: looks at it, pausing the run */
    COMMAND_REPLAY,   /* shows the recorded epochs, one after the other at the speed, from the one that is looked at (or
                          the first) until now, and pauses there; nothing is trained. Any other command ends it, but for
                          COMMAND_SPEED */
    COMMAND_GO_ON,    /* restarts the run from the epoch that is looked at; undo brings back what came after it */
    COMMAND_SETTINGS, /* settings: live ones are taken over, any other change rebuilds the run from epoch 0 */
    COMMAND_PRESET,   /* settings, preset: as above, but always rebuilds; generated points replace those from a file */
    COMMAND_CLEAN,    /* clean: draws that many points of each class to be the clean ones, or, with 0, makes all of
                       * them samples again; then the curriculum of settings is taken over (experiment_take_clean) */
    COMMAND_COMPARE,  /* compare: a run begins beside the first, as that letter or behind those that are there, with the
                       * curriculum of settings. Otherwise the run of that letter ends (0: all of them), and those
                       * behind it move up */
    COMMAND_SWAP,     /* the first run and that of the letter change places, trained as they are */
    COMMAND_UNDO,     /* takes back the last change: of the threshold, a parameter, a setting, hold, points, the run */
    COMMAND_REDO,
    COMMAND_STEPS,   /* steps: below 0 so many undos, above so many redos, as far as there are any */
    COMMAND_BRANCH,  /* branch: that run is on show again, as it was trained; undo brings back the one that was there.
                     * Fails if there is no such branch */
    COMMAND_NOTE,    /* note: its text stands at that epoch of the run from now on; an empty one takes it away */
    COMMAND_TO_NOTE, /* epoch: plays until the end of that epoch, or, with -1, of the next that has a note, and pauses
                      * there; asked for once more on the way, as fast as it goes. Nothing happens if there will be
                      * none */
    COMMAND_KINDS    /* how many there are; the log has a row for each (deed.c) */
} CommandKind;

/* Only what the kind names is read. */
typedef struct Command {
    CommandKind kind;
    uint32_t gesture; /* commands of one drag, or of one key held down, have the same: one step to undo. 0: a step of
                       * its own */
    int run;      /* letter of the run: 0 is A, the first, 1 B. COMMAND_THRESHOLD, _HOLD, _SETTINGS: of another run's
              * settings the curriculum counts. COMMAND_COMPARE, _SWAP: 0 stands for B unless something else is said */
    int of_class; /* COMMAND_THRESHOLD: the class + 1; 0: all of them */
    union {
        double threshold;
        double speed; /* epochs a second */
        bool hold, compare;
        int64_t epoch; /* from 0; -1: back to now; of COMMAND_TO_NOTE: the next */
        int preset;    /* its index, for the owner of the list; -1: none */
        int clean;
        int steps;
        int branch; /* its number (branches.h) */
        struct {
            int64_t epoch; /* from 0 */
            char text[NOTE_BYTES + 1];
        } note;
        struct {
            size_t index; /* in the model's block (core/mlp.h) */
            float value;
        } parameter;
    };
    Settings settings;
} Command;

/* Points changed by hand, in mid-run. */
typedef enum {
    EDIT_ADD,
    EDIT_ERASE,
    EDIT_FLIP,    /* to the next class */
    EDIT_LABEL,   /* to `labels` */
    EDIT_KEEP,    /* marks the labels as right; the run goes on as it is */
    EDIT_FORGET,  /* takes the marks away */
    EDIT_CLEAN,   /* samples become clean points */
    EDIT_UNCLEAN, /* and the other way round: `samples` are clean points, by their place among those */
    EDIT_KINDS    /* how many there are; the log has a row for each (deed.c) */
} EditKind;

typedef struct PointEdit {
    EditKind kind;
    size_t count;
    const float *x, *y;      /* EDIT_ADD: count each, finite */
    uint8_t label;           /* EDIT_ADD: below the number of classes */
    const uint32_t *samples; /* all others: count of them, ascending */
    const uint8_t *labels;   /* EDIT_LABEL: count, below the number of classes */
    uint64_t data_version;   /* the points that `samples` was made for: nothing happens if they have changed */
    uint32_t gesture;        /* as of a Command */
} PointEdit;

/* The seed that follows this one for "new seed": a fixed chain, so that what was seen can be seen again. */
static inline uint32_t next_seed(uint32_t seed) {
    return (uint32_t)((seed * UINT64_C(48271) + 11) % 1000000);
}

/* The command that begins anew with the next seed. */
static inline Command new_seed_command(const Settings *settings) {
    Command command = {.kind = COMMAND_SETTINGS, .settings = *settings};
    command.settings.seed = next_seed(command.settings.seed);
    return command;
}

#endif
