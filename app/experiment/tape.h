/* A recording that is being played: the experiment trains up to where the next deed was done, and does it again. What
 * comes out is what was recorded, to the last bit, however it is cut into frames.
 *
 * While experiment->tape is there, commands that change the run, and edits, end it: from then on the run is the
 * person's. Play, pause, speed and looks do not: they are how it is watched.
 *
 * A log that is attached while a tape plays (experiment->log) gets each deed as it is done again: at any time it is the
 * whole log of what has been played so far, with checks of this machine's own, and after a takeover it goes on with
 * what the person does. Where there was none, run_log_go_on makes one at the tape's end, of the recording's text. */
#ifndef EASYFIRST_TAPE_H
#define EASYFIRST_TAPE_H

#include "app/experiment/recording.h"

struct Experiment;

typedef struct Tape {
    const Recording *recording; /* the owner's: it stays as long as the tape */
    size_t line;                /* index of the next one to be read */
    Deed next, before;
    RunPlace at;     /* where next was done */
    bool loaded;     /* next is one that is to be done */
    bool acts;       /* it is doing a deed: what comes now is not the person's */
    unsigned stands; /* runs whose place lines have told before the deed that comes, as bits of their letters */
    int notes;       /* that have been told, of all runs */
    int deeds;       /* that undo takes back, from the beginning on */
    bool over;       /* all is done, or it has failed */
    bool failed;     /* the log does not fit the run; */
    size_t parted;   /* line, from 1, of the first check at which the models are others than those recorded; 0: none */
    Status status;   /* why it has failed: "FILE:41: what" */
} Tape;

/* experiment_init with the recording's beginning, and the tape in it. */
bool tape_begin(Tape *tape, struct Experiment *experiment, const Recording *recording, Status *status);
/* The tape in an experiment that stands where the log was sealed after so many of its bytes (checkpoint_read), so that
 * it plays what follows. False if it does not stand there: "FILE: what"; both are then as they were. */
bool tape_go_on(Tape *tape, struct Experiment *experiment, const Recording *recording, size_t log_bytes,
                Status *status);

/* The same in an experiment that there is, which has no tape: as deeds, which undo takes back. preset: index of the run
 * for the owner of the list, or -1. On failure there is no tape, and maybe a part of those deeds. */
bool tape_begin_here(Tape *tape, struct Experiment *experiment, const Recording *recording, int preset, Status *status);
/* The same for a tape that is being played there: what it has done so far is undone first, so that it leaves nothing
 * behind. */
bool tape_begin_again(Tape *tape, struct Experiment *experiment, Status *status);
void tape_free(Tape *tape); /* a zeroed one is fine; experiment->tape is to be NULL then */

/* Plays at most so many batches, to the epoch's end at the most. Returns how many; 0: the tape is over. */
size_t tape_play(struct Experiment *experiment, size_t batches);

/* Plays on to the end of the next epoch that has a note. False: the tape is over. */
bool tape_play_to_note(struct Experiment *experiment);

/* What speaks against what was played: that it has failed, or parted from what was recorded, as a line that names file,
 * line and both kinds of kernels; "": nothing. */
void tape_complaint(const Tape *tape, const struct Experiment *experiment, char text[1024]);

#endif
