#include "app/base/language.h"
#include "app/experiment/experiment_private.h"
#include "app/experiment/deed.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* With more points, or more work for them, losses are renewed at intervals. */
static const size_t EVALUATE_EACH_FRAME = 200000;
static const double EVALUATE_EACH_FRAME_WORK = 4e8; /* multiplications */
static const double EVALUATION_INTERVAL = 0.25;     /* seconds; of the measures of labels, too */

/* Training is cut into chunks of about this long, so that it ends when it is told to. */
static const double CHUNK_SECONDS = 0.001;
static const double BEGINNING = 0.125; /* of trainer_batches_between_looks, as long as no chunk has been timed */

/* ---- the queue ---- */

bool experiment_push(Experiment *e, Command command) {
    if (e->queued == EXPERIMENT_QUEUE) {
        e->dropped = true;
        return false;
    }
    e->queue[e->queued++] = command;
    return true;
}

/* ---- training ---- */

/* Trains the runs beside it towards where the first is. */
static void follow(Experiment *e, size_t batches) {
    Status status = {0};
    if (e->tape) {
        tape_follow(e, batches);
        return;
    }
    for (int i = 0; i < e->other_count; i++) {
        e->others[i].behind = !other_run_follow(&e->others[i], e->trainer, batches, &status);
        e->version++;
    }
}

static LabelRun label_run(const Experiment *e) {
    return (LabelRun){e->trainer, &e->history, e->data_version + e->run_version, e->watch_by};
}

static void complete_epoch(Experiment *e) {
    trainer_evaluate(e->trainer);
    e->stale = false;
    Status status = {0};
    if (!history_add(&e->history, e->trainer, &status))
        snprintf(e->notice, sizeof e->notice, "%s", status.message);
    if (e->watch_labels && e->watch) {
        LabelRun run = label_run(e);
        label_watch_epoch(e->watch, &run);
    }
    if (e->on_epoch)
        e->on_epoch(e->user, e->trainer);
    experiment_warn_of_room(e);
}

void experiment_train(Experiment *e, size_t batches) {
    if (trainer_run(e->trainer, batches) == 0)
        return;
    e->stale = true;
    e->version++;
    e->meter.trained += (double)batches / (double)e->trainer->batches;
    follow(e, 2 * batches);
    if (e->trainer->batch == 0)
        complete_epoch(e);
}

/* What one batch is: on tape, with all that was done before it. */
static void train_one(Experiment *e) {
    if (e->tape && tape_room(e) == 0)
        tape_end(e);
    else
        experiment_train(e, 1);
}

static void play(Experiment *e, ExperimentMode mode) {
    e->mode = mode;
    e->batches_due = 0.0;
    e->beyond = e->beyond || trainer_finished(e->trainer);
    e->look = -1;
    e->to_note = false;
    e->notice[0] = '\0';
}

/* After training: whether the run has come to an end, and which. */
static void see_end(Experiment *e) {
    if (e->trainer->diverged && !e->tape) {
        e->mode = MODE_PAUSED;
    } else if (e->trainer->batch == 0) {
        if (e->mode == MODE_TO_EPOCH_END)
            e->mode = MODE_PAUSED;
        if (trainer_finished(e->trainer) && !e->beyond && !e->tape)
            e->mode = MODE_PAUSED;
        if (experiment_comes_to_note(e))
            e->mode = MODE_PAUSED;
    }
}

/* ---- commands ---- */

static bool change(Experiment *e, const Command *command, Status *status) {
    bool of_any = command->kind == COMMAND_COMPARE || command->kind == COMMAND_SWAP, hurry;
    if (command->run > 0 && !of_any)
        return experiment_change_other(e, command, status);
    switch (command->kind) {
    case COMMAND_PLAY:
        play(e, MODE_PLAYING);
        break;
    case COMMAND_PAUSE:
        e->mode = MODE_PAUSED;
        break;
    case COMMAND_EPOCH:
        play(e, MODE_TO_EPOCH_END);
        break;
    case COMMAND_BATCH:
        play(e, MODE_PAUSED);
        train_one(e);
        see_end(e);
        break;
    case COMMAND_RESET:
        return experiment_reset(e, status);
    case COMMAND_THRESHOLD:
        if (command->of_class > 0) {
            experiment_take_class_threshold(e, command);
            break;
        }
        e->look = -1; /* the threshold is that of now */
        experiment_note_change(e, UNDO_THRESHOLD, command->gesture, PROPERTIES[PROPERTY_THRESHOLD].label);
        experiment_set_threshold(e, command->threshold);
        experiment_drop_unchanged(e, command->gesture);
        break;
    case COMMAND_PARAMETER:
        experiment_take_parameter(e, command);
        break;
    case COMMAND_HOLD:
        experiment_note_change(e, UNDO_HOLD, command->gesture, "Hold the threshold");
        experiment_set_hold(e, command->hold);
        break;
    case COMMAND_SPEED:
        e->speed = command->speed;
        break;
    case COMMAND_LOOK:
        experiment_look(e, command->epoch);
        break;
    case COMMAND_REPLAY:
        experiment_replay(e);
        break;
    case COMMAND_GO_ON:
        return experiment_go_on_from_look(e, status);
    case COMMAND_SETTINGS:
        return experiment_take_settings(e, &command->settings, command->gesture, status);
    case COMMAND_PRESET:
        return experiment_take_preset(e, command, status);
    case COMMAND_CLEAN:
        return experiment_take_clean(e, command, status);
    case COMMAND_COMPARE:
        experiment_compare(e, command);
        break;
    case COMMAND_SWAP:
        if (!experiment_swap(e, experiment_letter(command), status))
            return false;
        experiment_note_swap(e, experiment_letter(command));
        break;
    case COMMAND_UNDO:
        return experiment_undo(e, status);
    case COMMAND_REDO:
        return experiment_redo(e, status);
    case COMMAND_STEPS:
        return experiment_steps(e, command->steps, status);
    case COMMAND_BRANCH:
        return experiment_take_branch(e, command, status);
    case COMMAND_NOTE:
        return experiment_take_note(e, command, status);
    case COMMAND_TO_NOTE:
        if (!experiment_has_note_ahead(e, command->epoch))
            break;
        hurry = e->to_note && e->mode == MODE_PLAYING; /* asked for once more on the way */
        play(e, MODE_PLAYING);
        e->note_hurry = hurry;
        e->to_note = true;
        e->note_epoch = command->epoch;
        break;
    case COMMAND_KINDS:
        break;
    }
    return true;
}

double experiment_epochs(const Experiment *e) {
    return (double)e->trainer->epoch + (double)e->trainer->batch / (double)e->trainer->batches;
}

bool experiment_carry_out(Experiment *e, const Command *command, Status *status) {
    if (e->mode == MODE_REPLAY && command->kind != COMMAND_SPEED)
        e->mode = MODE_PAUSED;
    if (command->kind != COMMAND_SPEED)
        e->asks_for_clean = false;
    if (DEED_FORMS[command->kind].name)
        tape_leave(e);
    if (e->log)
        run_log_note_command(e->log, e, command);
    double made = experiment_epochs(e);
    bool done = change(e, command, status);
    steps_note(&e->undo, made);
    /* an undo that is refused ends a gesture all the same */
    bool gone_back = command->run == 0 &&
                     (command->kind == COMMAND_UNDO || command->kind == COMMAND_REDO || command->kind == COMMAND_STEPS);
    if (e->log)
        run_log_settle(e->log, e, done || (gone_back && status->code == STATUS_USAGE));
    if (!done)
        snprintf(e->notice, sizeof e->notice, "%s", status->message);
    experiment_settle_room(e);
    e->version++;
    return done;
}

/* How many batches to train before the next look at the clock; 0: none, for a person's hand. Else a frame whose time is
 * up before it trains does so for a chunk's time all the same. */
static size_t chunk_of(const Experiment *e, double time, double deadline) {
    size_t most = trainer_batches_between_looks(e->trainer);
    bool late = time >= deadline && !e->hand;
    double seconds = late ? CHUNK_SECONDS : fmin(deadline - time, CHUNK_SECONDS);
    double fit = e->batch_seconds < 0.0    ? BEGINNING * (double)most
                 : e->batch_seconds == 0.0 ? (double)most
                                           : seconds / e->batch_seconds;
    return fit >= (double)most ? most : fit >= 1.0 ? (size_t)fit : e->hand ? 0 : 1;
}

/* Of the epoch under way, or until something on the tape is due. */
static size_t batches_left(Experiment *e) {
    size_t room = e->tape ? tape_room(e) : 0;
    if (e->tape && room == 0)
        tape_end(e);
    return e->tape ? room : e->mode == MODE_PAUSED ? 0 : e->trainer->batches - e->trainer->batch;
}

static void train_while_due(Experiment *e, double due, double (*now)(void), double deadline) {
    double time = now();
    while (e->mode != MODE_PAUSED && due >= 1.0) {
        size_t left = batches_left(e), chunk = chunk_of(e, time, deadline);
        size_t batches = left < chunk ? left : chunk;
        if ((double)batches > due)
            batches = (size_t)due;
        if (batches == 0)
            break;
        experiment_train(e, batches);
        due -= (double)batches;
        see_end(e);
        double began = time;
        time = now();
        e->batch_seconds = (time - began) / (double)batches;
        if (time >= deadline)
            break;
    }
    e->batches_due = e->mode == MODE_PLAYING ? due : 0.0;
}

static void advance(Experiment *e, double elapsed, double (*now)(void), double deadline) {
    int done = 0;
    while (done < e->queued) {
        Status status = {0};
        experiment_carry_out(e, &e->queue[done++], &status);
        if (e->mode == MODE_TO_EPOCH_END && done < e->queued) { /* what comes after it is for after it */
            train_while_due(e, 1e300, now, deadline);
            if (e->mode == MODE_TO_EPOCH_END)
                break; /* no time left: the rest has its turn in the next frame, done or not */
        }
    }
    e->queued -= done;
    memmove(e->queue, e->queue + done, (size_t)e->queued * sizeof *e->queue);
    if (e->dropped) { /* said last, as many a command clears the notice */
        snprintf(e->notice, sizeof e->notice, tr("Too many commands at once: the last ones were not carried out."));
        e->dropped = false;
        e->version++;
    }
    if (e->mode == MODE_REPLAY)
        experiment_replay_on(e, elapsed);
    if (e->mode == MODE_PAUSED || e->mode == MODE_REPLAY)
        return;
    bool hurry = e->to_note && e->note_hurry;
    if (e->mode == MODE_TO_EPOCH_END || e->speed >= SPEED_MAXIMUM || hurry) {
        train_while_due(e, 1e300, now, deadline);
        e->batches_due = 0.0;
        return;
    }
    double rate = e->speed * (double)e->trainer->batches;
    double due = e->batches_due + rate * elapsed;
    /* what cannot be done in time is dropped */
    train_while_due(e, fmin(due, rate + 1.0), now, deadline);
    e->batches_due = fmin(e->batches_due, rate * 0.1 + 1.0);
}

bool experiment_is_behind(const Experiment *e) {
    bool behind = false;
    for (int i = 0; i < e->other_count; i++)
        behind = behind || e->others[i].behind;
    return behind;
}

/* Runs that began later train as fast as it goes. */
static void catch_up(Experiment *e, double (*now)(void), double deadline) {
    double time = experiment_is_behind(e) ? now() : 0.0;
    while (experiment_is_behind(e) && !e->tape) { /* on tape they follow with the first */
        size_t chunk = chunk_of(e, time, deadline);
        if (chunk == 0)
            break;
        follow(e, chunk);
        double began = time;
        time = now();
        e->batch_seconds = (time - began) / (double)chunk;
        if (time >= deadline)
            break;
    }
}

void experiment_advance(Experiment *e, double elapsed, double (*now)(void), double deadline) {
    double asked = e->speed;
    advance(e, elapsed, now, deadline);
    if (e->mode != MODE_PLAYING || e->speed != asked)
        e->meter = (SpeedMeter){0};
    else
        speed_meter_look(&e->meter, now(), e->speed >= SPEED_MAXIMUM ? (double)INFINITY : e->speed,
                         1.0 / (double)e->trainer->batches);
    catch_up(e, now, deadline);
}

void experiment_evaluate(Experiment *e) {
    if (!e->stale)
        return;
    trainer_evaluate(e->trainer);
    e->stale = false;
    e->version++;
}

void experiment_evaluate_soon(Experiment *e, double time) {
    size_t points = e->trainer->data.count;
    bool few = points <= EVALUATE_EACH_FRAME &&
               (double)points * (double)e->trainer->mlp.parameters <= EVALUATE_EACH_FRAME_WORK;
    if (!few && e->mode != MODE_PAUSED && (e->hand || time - e->evaluated_at < EVALUATION_INTERVAL))
        return;
    experiment_evaluate(e);
    e->evaluated_at = time;
}

/* False without memory, or if nobody looks. */
static bool is_watched(Experiment *e) {
    if (!e->watch_labels && e->watch)
        label_watch_clear(e->watch);
    Status status = {0};
    if (e->watch_labels && !e->watch && !(e->watch = label_watch_new(&status))) {
        snprintf(e->notice, sizeof e->notice, "%s", status.message);
        e->watch_labels = false;
    }
    return e->watch_labels;
}

void experiment_watch_soon(Experiment *e, double time) {
    if (!is_watched(e))
        return;
    LabelRun run = label_run(e);
    bool now =
        e->mode == MODE_PAUSED || !label_watch_look(e->watch, run.of) || time - e->watched_at >= EVALUATION_INTERVAL;
    if (label_watch_follow(e->watch, &run, now))
        e->version++;
    if (now)
        e->watched_at = time;
}

bool experiment_is_watching(const Experiment *e) {
    return e->watch_labels && e->watch && label_watch_is_busy(e->watch);
}

void experiment_watch_now(Experiment *e) {
    if (!is_watched(e))
        return;
    LabelRun run = label_run(e);
    label_watch_finish(e->watch, &run);
    e->version++;
}

/* Those of its points; NULL: not known. */
static const LabelLook *labels_of(const Experiment *e) {
    const LabelLook *look = e->watch_labels && e->watch ? label_watch_look(e->watch, label_run(e).of) : NULL;
    return look && look->count == e->trainer->data.count ? look : NULL;
}

static void look_at_branches(Experiment *e, Snapshot *snapshot) {
    branches_look(&e->branches, &e->tag);
    snapshot->run_number = e->tag.number;
    snapshot->run_title = e->tag.title;
    snapshot->branches = e->branches.looks;
    snapshot->branch_count = e->branches.look_count;
    snapshot->branch_bytes = branches_bytes(&e->branches) + undo_bytes(&e->undo) + undo_bytes(&e->redo);
    snapshot->branch_budget = e->branches.budget;
}

Snapshot experiment_snapshot(Experiment *e) {
    Snapshot snapshot = snapshot_of(e->trainer);
    snapshot.history = &e->history;
    snapshot.wanted = e->asks_for_clean ? &e->wanted : NULL;
    snapshot.playing = e->mode != MODE_PAUSED && e->mode != MODE_REPLAY;
    snapshot.replaying = e->mode == MODE_REPLAY;
    snapshot.speed_reached = e->meter.reached;
    snapshot.version = e->version;
    snapshot.data_version = e->data_version;
    snapshot.run_version = e->run_version;
    snapshot.by_hand = experiment_by_hand(e);
    snapshot.hand_marks = &e->by_hand.marks;
    snapshot.notes = &e->notes;
    snapshot.notes_earlier = e->tape ? tape_notes_earlier(e) : 0;
    snapshot.notes_later = e->tape ? tape_notes_later(e) : 0;
    snapshot.undo = undo_top(&e->undo) ? undo_top(&e->undo)->what : NULL;
    look_at_branches(e, &snapshot);
    steps_list(&e->steps, &e->undo, &e->redo);
    snapshot.steps = &e->steps;
    snapshot.labels = labels_of(e);
    snapshot.redo = undo_top(&e->redo) ? undo_top(&e->redo)->what : NULL;
    const HistoryRecord *record = e->look < 0 ? NULL : history_find(&e->history, (uint32_t)e->look);
    Status status = {0};
    Snapshot then;
    if (record && snapshot_of_record(&snapshot, &e->history, record, &e->past, &then, &status)) {
        snapshot = then;
    } else if (record) {
        snprintf(e->notice, sizeof e->notice, "%s", status.message);
        e->look = -1;
    }
    other_runs_look(e->others, e->other_count, &snapshot);
    return snapshot;
}
