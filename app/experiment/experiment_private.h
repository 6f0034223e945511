/* What the parts of the experiment share: experiment.c (queue and clock), state.c (the run and its settings), go_back.c
 * (undo, and earlier epochs), leave_run.c and branch_room.c (branches), edit_points.c, compare.c (the runs beside
 * it). */
#ifndef EASYFIRST_EXPERIMENT_PRIVATE_H
#define EASYFIRST_EXPERIMENT_PRIVATE_H

#include "app/experiment/experiment.h"

/* ---- experiment.c ---- */

/* Does what the command says. On failure nothing has changed. */
bool experiment_carry_out(Experiment *experiment, const Command *command, Status *status);

/* How many are completed, with the part of the one under way. */
double experiment_epochs(const Experiment *experiment);

/* Trains up to so many batches of the epoch under way, the first run and those beside it; tells about its end. */
void experiment_train(Experiment *experiment, size_t batches);

/* ---- state.c ---- */

/* Common to every return to epoch 0: v's as the initial model and the threshold would have them. */
void experiment_begin(Experiment *experiment);

/* The runs beside it anew, or the one with that index: they catch up as time allows. What there is no memory for is
 * compared no longer. */
void experiment_renew_others(Experiment *experiment);
void experiment_renew_other(Experiment *experiment, int other);

/* The run with that index is there no more; those behind it move up. */
void experiment_drop_other(Experiment *experiment, int other);

/* The runs beside the one that is to begin anew: those that there are. */
void experiment_begin_others(const Experiment *experiment, Branch *next);

/* In force; before the first batch also the setting. */
void experiment_set_threshold(Experiment *experiment, double threshold);
/* One for each class, where they have their own; by hand from here on. */
void experiment_set_class_thresholds(Experiment *experiment, const double *thresholds);
/* COMMAND_THRESHOLD with of_class. */
void experiment_take_class_threshold(Experiment *experiment, const Command *command);
/* The setting alone. */
void experiment_set_first_threshold(Experiment *experiment, double threshold);
void experiment_set_hold(Experiment *experiment, bool hold);
/* index is below mlp.parameters, value is finite. */
void experiment_set_parameter(Experiment *experiment, size_t index, float value);
void experiment_take_parameter(Experiment *experiment, const Command *command);
void experiment_use_live_settings(Experiment *experiment, const Settings *settings);

/* Live settings are taken over; any other change rebuilds the run. On failure nothing has changed. */
bool experiment_take_settings(Experiment *experiment, const Settings *settings, uint32_t gesture, Status *status);
bool experiment_take_preset(Experiment *experiment, const Command *command, Status *status);

/* Whether settings that differ make another run, from epoch 0. */
/* The first setting in which they differ and with which a run begins anew, or NULL. */
const Property *experiment_what_rebuilds(const Settings *before, const Settings *now);
bool experiment_begins_anew(const Settings *before, const Settings *now);

/* What the window calls the first setting that differs, or NULL. */
const char *experiment_what_differs(const Settings *before, const Settings *now);

/* Whether one of the settings that differ decides which points count. */
bool experiment_other_decision(const Settings *before, const Settings *now);

/* Notes when the hand first changed something that a run has been trained with; before that it is a setting. */
void experiment_note_by_hand(const Trainer *run, uint32_t *since);

/* BY_HAND_* of the runs as they are now. */
unsigned experiment_by_hand(const Experiment *experiment);

/* Forgets what was done by hand after that epoch (from 0), which the run goes on from. */
void experiment_by_hand_until(Experiment *experiment, uint32_t epoch);

/* ---- go_back.c ---- */

/* Whether this gesture has already made the newest change. */
bool experiment_gesture_goes_on(const Experiment *experiment, UndoKind kind, uint32_t gesture);

/* Notes a change of one of the small kinds that is about to be made. Without memory it cannot be undone. */
void experiment_note_change(Experiment *experiment, UndoKind kind, uint32_t gesture, const char *what);

/* The same for a parameter that is about to be set. */
void experiment_note_parameter(Experiment *experiment, size_t index, uint32_t gesture);

/* A drag of the threshold or of a parameter that ends where it began leaves nothing to undo. */
void experiment_drop_unchanged(Experiment *experiment, uint32_t gesture);

bool experiment_undo(Experiment *experiment, Status *status); /* nothing to undo is no failure */
bool experiment_redo(Experiment *experiment, Status *status);
/* COMMAND_STEPS. Where one of them is refused, those before it are done. */
bool experiment_steps(Experiment *experiment, int steps, Status *status);

/* Looks at the newest recorded epoch up to that one, or, with -1, at now. */
void experiment_look(Experiment *experiment, int64_t epoch);

/* ---- leave_run.c ---- */

/* What a branch has of the run on show: the same pointers. And a run in its place, which is not freed. */
Branch experiment_run(const Experiment *experiment);
void experiment_put_run(Experiment *experiment, const Branch *run);

/* A run that is to take the place of the one on show; prepared, so that nothing can fail then. */
typedef struct Leave {
    uint32_t gesture;
    Branch *next; /* the run that comes: the preparer's to fill */
    Undo *change;
    RunTag left;         /* of the run on show, with its name as a branch */
    bool names_settings; /* both names are by the settings that are others */
} Leave;

/* what: of the step of undo. On failure there is nothing to drop. */
bool experiment_prepare_run(Experiment *experiment, Leave *leave, uint32_t gesture, const char *what, Status *status);
void experiment_drop_leave(Leave *leave);

/* The run that comes is on show, and the one that was is a branch; or, if the gesture has left one before, it is gone.
 * Redo is cleared. The caller goes on with experiment_begin, or tells of the restart itself. */
void experiment_leave(Experiment *experiment, Leave *leave);

/* "before the reset at epoch 10": names the run on show, as one that is left for `what`. */
void experiment_name_left(const Experiment *experiment, const char *what, RunTag *left);
/* "seed 7 before seed 8", and "seed 8". */
void experiment_name_rebuilt(const Settings *before, const Settings *now, RunTag *left, RunTag *next);

bool experiment_is_worth_keeping(const Experiment *experiment); /* the run on show (branches.h) */
size_t experiment_run_bytes(const Experiment *experiment);      /* as a branch */

/* Undo and redo of UNDO_RUN, whose branch is there. */
void experiment_exchange_run(Experiment *experiment, Undo *change);

bool experiment_take_branch(Experiment *experiment, const Command *command, Status *status); /* COMMAND_BRANCH */

/* Both leave a branch; a run that is too large for that is changed itself, and the notice says so. On failure nothing
 * has changed. */
bool experiment_go_on_from_look(Experiment *experiment, Status *status);
bool experiment_reset(Experiment *experiment, Status *status);

/* ---- branch_room.c ---- */

/* After everything that is done: drops what there is no room for, and says so. */
void experiment_settle_room(Experiment *experiment);
/* Says which branch will go, while there is time. */
void experiment_warn_of_room(Experiment *experiment);

/* ---- take_note.c ---- */

bool experiment_take_note(Experiment *experiment, const Command *command, Status *status);

/* Whether the note at that epoch is this text already; "": there is none. */
bool experiment_says_note(const Experiment *experiment, int64_t epoch, const char *text);

/* COMMAND_TO_NOTE: whether there will be one; and, at the end of an epoch, whether this is it. */
bool experiment_has_note_ahead(const Experiment *experiment, int64_t epoch);
bool experiment_comes_to_note(const Experiment *experiment);

/* ---- hand_marks.c ---- */

/* Marks a change of that kind that is about to be made in mid-run, for the timeline; returns the mark's name, 0 before
 * the first batch, when all are settings. */
uint32_t experiment_mark_by_hand(Experiment *experiment, UndoKind kind, const char *what);

/* A change has turned out to be none. */
void experiment_unmark(Experiment *experiment, uint32_t name);

/* A change has just been undone, or redone: its mark goes if nothing has been trained since, or else that is another
 * change by hand, with a mark of its own. */
void experiment_mark_undo(Experiment *experiment, Undo *change, bool redone);

/* The run goes on from just after that epoch (from 0): later changes have not been, or, where they stay in force, are
 * made there. */
void experiment_marks_until(Experiment *experiment, uint32_t epoch);

/* ---- replay.c ---- */

void experiment_replay(Experiment *experiment);
/* Shows what `elapsed` seconds are worth; at now it pauses. */
void experiment_replay_on(Experiment *experiment, double elapsed);

/* ---- compare.c ---- */

/* The letter that a command names, 0 standing for B. */
int experiment_letter(const Command *command);

/* COMMAND_COMPARE. */
void experiment_compare(Experiment *experiment, const Command *command);

/* COMMAND_THRESHOLD, _HOLD, _SETTINGS of a run beside the first. On failure nothing has changed. */
bool experiment_change_other(Experiment *experiment, const Command *command, Status *status);

/* The first run and that of the letter change places. Fails if there is none, and while it has not caught up. */
bool experiment_swap(Experiment *experiment, int run, Status *status);
/* Notes for undo that they have. */
void experiment_note_swap(Experiment *experiment, int run);

/* Undo and redo of UNDO_COMPARE and UNDO_OTHER. */
void experiment_exchange_compare(Experiment *experiment, Undo *change);
bool experiment_exchange_other(Experiment *experiment, Undo *change, Status *status);

/* ---- clean_points.c ---- */

/* COMMAND_CLEAN. Before the first batch, and where another set of points is to be made, of points that no hand has
 * changed, the number is a setting: the run begins anew, and a command line repeats it. Otherwise they are taken from
 * the samples as they are now, and the run goes on: right ones where the truth is known, never points that were moved,
 * and of no class more than half. Without a truth the notice says that labels are taken as they stand. */
bool experiment_take_clean(Experiment *experiment, const Command *command, Status *status);

/* Whether these settings learn from clean points and there are none; they are then kept, for the line to ask for some
 * (Snapshot.wanted). */
bool experiment_ask_for_clean(Experiment *experiment, const Settings *settings);

/* The samples and the clean points after an edit of kind EDIT_CLEAN or EDIT_UNCLEAN, by row, and where each sample came
 * from: malloc'd, like the points, which are the caller's also on failure. */
bool clean_edited_points(const Trainer *trainer, const PointEdit *edit, Dataset *points, Dataset *clean,
                         uint32_t **origin, Status *status);

/* ---- edit_points.c: an edit of the points that there are, as a part of a command, which is what the log has ---- */

bool experiment_change_points(Experiment *experiment, const PointEdit *edit, Status *status);

/* ---- run_log.c: what is about to be done, and then what has become of it ---- */

void run_log_note_command(struct RunLog *log, const Experiment *experiment, const Command *command);
void run_log_note_edit(struct RunLog *log, const Experiment *experiment, const PointEdit *edit);
void run_log_note_open(struct RunLog *log, const Experiment *experiment, const Settings *settings, const char *path);
/* Of COMMAND_STEPS, how many were done. */
void run_log_note_steps(struct RunLog *log, int steps);
/* done: it has changed something. */
void run_log_settle(struct RunLog *log, const Experiment *experiment, bool done);

/* ---- tape.c ---- */

/* The person does something: the tape ends here, if there is one and this is not its own doing; the notice says so. */
void tape_leave(Experiment *experiment);

/* All of it has been played, or it does not fit: the notice says so. */
void tape_end(Experiment *experiment);

/* Does what is due where the run stands. Returns how many batches there are until something else is due; 0: the tape is
 * over. */
size_t tape_room(Experiment *experiment);

/* How many notes are of runs before this one; and how many the tape has not told yet. */
int tape_notes_earlier(const Experiment *experiment);
int tape_notes_later(const Experiment *experiment);

/* Trains the runs beside the first, at most so many batches each, as far as the tape lets them. Returns whether they
 * are there. */
bool tape_follow(Experiment *experiment, size_t batches);

/* ---- edit_points.c ---- */

/* Exchanges the run's points with those that the change holds. On failure neither has changed. */
bool experiment_exchange_points(Experiment *experiment, Undo *change, Status *status);
/* The same for which labels a person has said to be right. */
bool experiment_exchange_kept(Experiment *experiment, Undo *change, Status *status);

#endif
