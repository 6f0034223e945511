#include "app/experiment/experiment_private.h"

#include <stdio.h>
#include <string.h>

/* ---- changes that can be undone ---- */

bool experiment_gesture_goes_on(const Experiment *e, UndoKind kind, uint32_t gesture) {
    const Undo *top = undo_top(&e->undo);
    return gesture != 0 && top && top->kind == kind && top->gesture == gesture;
}

static bool same_threshold(const Undo *change, const Trainer *t) {
    bool same = change->threshold == t->threshold && change->by_class == t->by_class;
    for (int c = 0; same && t->by_class && c < t->data.classes; c++)
        same = change->class_threshold[c] == t->class_threshold[c];
    return same;
}

void experiment_note_change(Experiment *e, UndoKind kind, uint32_t gesture, const char *what) {
    undo_clear(&e->redo);
    if (experiment_gesture_goes_on(e, kind, gesture))
        return;
    Undo *change = undo_new(kind, gesture, what);
    if (!change)
        return;
    change->settings = e->trainer->settings;
    undo_keep_threshold(change, e->trainer);
    change->hold = e->trainer->hold;
    change->mark = experiment_mark_by_hand(e, kind, what);
    undo_push(&e->undo, change);
}

/* Whether the index is a bias. */
static bool is_bias(const Mlp *mlp, size_t index) {
    int layer = 0;
    while (layer + 1 < mlp->layers && index >= mlp->weights[layer + 1])
        layer++;
    return index >= mlp->biases[layer];
}

void experiment_note_parameter(Experiment *e, size_t index, uint32_t gesture) {
    const Trainer *t = e->trainer;
    undo_clear(&e->redo);
    if (experiment_gesture_goes_on(e, UNDO_PARAMETER, gesture) && undo_top(&e->undo)->parameter == index)
        return;
    Undo *change = undo_new(UNDO_PARAMETER, gesture, is_bias(&t->mlp, index) ? "Bias" : "Weight");
    if (!change)
        return;
    change->parameter = index;
    change->value = t->parameters[index];
    change->epoch = t->epoch;
    change->batch = t->batch;
    change->by_hand = e->by_hand;
    undo_push(&e->undo, change);
}

/* Whether nothing has been trained since the change: then taking it back leaves no trace of the hand. */
static bool untrained_since(const Undo *change, const Trainer *t) {
    return change->epoch == t->epoch && change->batch == t->batch;
}

void experiment_drop_unchanged(Experiment *e, uint32_t gesture) {
    const Undo *top = undo_top(&e->undo);
    const Trainer *t = e->trainer;
    if (experiment_gesture_goes_on(e, UNDO_THRESHOLD, gesture) && same_threshold(top, t)) {
        experiment_unmark(e, top->mark);
        undo_free(undo_pop(&e->undo));
    } else if (experiment_gesture_goes_on(e, UNDO_PARAMETER, gesture) && top->value == t->parameters[top->parameter] &&
               untrained_since(top, t)) {
        e->by_hand.parameters = top->by_hand.parameters;
        experiment_unmark(e, top->mark);
        undo_free(undo_pop(&e->undo));
    }
}

static void exchange_parameter(Experiment *e, Undo *c) {
    const Trainer *t = e->trainer;
    if (c->parameter >= t->mlp.parameters) /* a change of the model between them could not be kept */
        return;
    float value = t->parameters[c->parameter];
    ByHand by_hand = e->by_hand;
    bool untrained = untrained_since(c, t);
    experiment_set_parameter(e, c->parameter, c->value);
    if (untrained)
        e->by_hand.parameters = c->by_hand.parameters;
    c->value = value;
    c->by_hand = by_hand;
    c->epoch = t->epoch;
    c->batch = t->batch;
}

/* The runs beside it come back with their first, but for those that are not wanted now, or with another curriculum. */
static void exchange_others(Experiment *e, Undo *c) {
    OtherRun back[OTHER_RUNS];
    memcpy(back, c->others, sizeof back);
    memcpy(c->others, e->others, sizeof back);
    c->other_count = e->other_count;
    for (int i = 0; i < OTHER_RUNS; i++) {
        const OtherRun *now = &c->others[i];
        if (i < e->other_count && back[i].trainer && other_run_same_curriculum(&now->curriculum, &back[i].curriculum)) {
            e->others[i] = back[i];
            e->others[i].held = back[i].trainer->hold;
            e->others[i].behind = true; /* until it has been looked at */
        } else {
            other_run_close(&back[i]);
            e->others[i] = (OtherRun){.curriculum = now->curriculum, .held = now->held};
        }
    }
    for (int i = e->other_count - 1; i >= 0; i--)
        if (!e->others[i].trainer)
            experiment_renew_other(e, i);
}

static void exchange_run(Experiment *e, Undo *c) {
    Trainer *trainer = e->trainer;
    History history = e->history;
    bool beyond = e->beyond;
    ByHand by_hand = e->by_hand;
    Notes notes = e->notes;
    e->trainer = c->trainer;
    e->history = c->history;
    e->beyond = c->beyond;
    e->by_hand = c->by_hand;
    e->notes = c->notes;
    c->trainer = trainer;
    c->history = history;
    c->beyond = beyond;
    c->by_hand = by_hand;
    c->notes = notes;
    if (!c->same_source) {
        Source source = e->source;
        e->source = c->source;
        c->source = source;
    }
    trainer_evaluate(e->trainer);
    e->stale = false;
    e->batches_due = 0.0;
    e->batch_seconds = -1.0;
    e->data_version++;
    e->run_version++;
    if (trainer_finished(e->trainer) && !e->beyond) /* it comes back as it was, and goes no further by itself */
        e->mode = MODE_PAUSED;
    exchange_others(e, c);
}

static void exchange_threshold(Experiment *e, Undo *c) {
    Undo now = {0};
    undo_keep_threshold(&now, e->trainer);
    experiment_set_threshold(e, c->threshold);
    if (c->by_class && e->trainer->settings.pace == PACE_META)
        experiment_set_class_thresholds(e, c->class_threshold);
    experiment_set_first_threshold(e, c->settings.threshold); /* last: the mean of the classes is no setting */
    undo_copy_threshold(c, &now);
}

/* Puts what the change holds in place of what is there now; it then holds that. */
static bool exchange(Experiment *e, Undo *c, Status *status) {
    Trainer *t = e->trainer;
    Settings settings = t->settings;
    switch (c->kind) {
    case UNDO_THRESHOLD:
        exchange_threshold(e, c);
        c->settings = settings;
        break;
    case UNDO_PARAMETER:
        exchange_parameter(e, c);
        break;
    case UNDO_SETTINGS:
        experiment_use_live_settings(e, &c->settings);
        c->settings = settings;
        break;
    case UNDO_HOLD: {
        bool hold = t->hold;
        experiment_set_hold(e, c->hold);
        c->hold = hold;
        break;
    }
    case UNDO_POINTS:
        return experiment_exchange_points(e, c, status);
    case UNDO_KEPT:
        return experiment_exchange_kept(e, c, status);
    case UNDO_RUN:
        exchange_run(e, c);
        break;
    case UNDO_OTHER:
        return experiment_exchange_other(e, c, status);
    case UNDO_COMPARE:
        experiment_exchange_compare(e, c);
        break;
    case UNDO_SWAP:
        return experiment_swap(e, c->run, status);
    case UNDO_NOTE:
        return notes_exchange(&e->notes, c->epoch, &c->note, status);
    }
    return true;
}

static bool go_back(Experiment *e, UndoStack *from, UndoStack *to, Status *status) {
    Undo *change = undo_pop(from);
    if (!change)
        return true;
    change->gesture = 0; /* what comes now is another change */
    bool done = exchange(e, change, status), other_run = done && change->kind == UNDO_RUN;
    if (done)
        experiment_mark_undo(e, change, to == &e->undo);
    undo_push(done ? to : from, change);
    e->look = -1;
    if (other_run)
        e->notice[0] = '\0';
    if (other_run && e->on_restart)
        e->on_restart(e->user);
    return done;
}

bool experiment_undo(Experiment *e, Status *status) {
    return go_back(e, &e->undo, &e->redo, status);
}

bool experiment_redo(Experiment *e, Status *status) {
    return go_back(e, &e->redo, &e->undo, status);
}

/* ---- earlier epochs ---- */

void experiment_look(Experiment *e, int64_t epoch) {
    const HistoryRecord *record = epoch < 0 ? NULL : history_find(&e->history, (uint32_t)epoch);
    e->look = record ? (int64_t)record->epoch : -1;
    if (record)
        e->mode = MODE_PAUSED;
}

/* Whether a copy of the run can be kept for undo. */
static bool can_be_kept(const Experiment *e) {
    return undo_bytes_of_run(e->trainer, &e->history, e->others) <= UNDO_BYTES;
}

/* The run itself has been changed: what can be undone was done to another one. */
static void forget_changes(Experiment *e) {
    undo_clear(&e->undo);
    undo_clear(&e->redo);
    snprintf(e->notice, sizeof e->notice, "This run is too large to be kept: there is no way back by undo.");
}

bool experiment_reset(Experiment *e, Status *status) {
    bool trained = e->trainer->epoch > 0 || e->trainer->batch > 0, kept = trained && can_be_kept(e);
    if (kept) {
        History history = {0};
        Notes notes = {0};
        Trainer *trainer = trainer_copy(e->trainer, status);
        Undo *change = trainer ? undo_new(UNDO_RUN, 0, "reset") : NULL;
        if (trainer && !change)
            status_no_memory(status, "what can be undone");
        if (!change || !notes_copy(&notes, &e->notes, UINT32_MAX, status) ||
            !history_init(&history, trainer->data.count, trainer->mlp.parameters, HISTORY_DEFAULT_BYTES, status)) {
            notes_free(&notes);
            trainer_free(trainer);
            undo_free(change);
            return false;
        }
        experiment_replace_run(e, trainer, &history, NULL, change);
        e->notes = notes;
        e->data_version++; /* the points are others in memory */
    }
    trainer_reset(e->trainer);
    experiment_begin(e);
    if (trained && !kept)
        forget_changes(e);
    return true;
}

/* Copies of all runs, without what came after an epoch. */
typedef struct Branch {
    Trainer *trainer;
    History history;
    Notes notes;
    OtherRun others[OTHER_RUNS];
} Branch;

static void drop_branch(Branch *b) {
    trainer_free(b->trainer);
    history_free(&b->history);
    notes_free(&b->notes);
    for (int i = 0; i < OTHER_RUNS; i++)
        other_run_close(&b->others[i]);
}

static bool make_branch(Branch *b, const Experiment *e, uint32_t epoch, Status *status) {
    *b = (Branch){0};
    b->trainer = trainer_copy(e->trainer, status);
    bool done = b->trainer && history_copy(&b->history, &e->history, epoch, status) &&
                notes_copy(&b->notes, &e->notes, epoch, status);
    for (int i = 0; done && i < e->other_count; i++)
        done = other_run_copy(&b->others[i], &e->others[i], epoch, status);
    return done;
}

bool experiment_go_on_from_look(Experiment *e, Status *status) {
    const HistoryRecord *record = e->look < 0 ? NULL : history_find(&e->history, (uint32_t)e->look);
    if (!record)
        return true;
    uint32_t epoch = record->epoch;
    bool kept = can_be_kept(e);
    if (kept) {
        Branch branch;
        char what[64];
        snprintf(what, sizeof what, "going on from epoch %u", epoch + 1);
        Undo *change = undo_new(UNDO_RUN, 0, what);
        bool room = change || status_no_memory(status, "what can be undone");
        if (!room || !make_branch(&branch, e, epoch, status)) {
            if (room)
                drop_branch(&branch);
            undo_free(change);
            return false;
        }
        experiment_replace_run(e, branch.trainer, &branch.history, NULL, change);
        e->notes = branch.notes;
        for (int i = 0; i < e->other_count; i++) {
            e->others[i] = branch.others[i];
            e->others[i].number = ++e->numbers;
        }
        e->data_version++; /* the points are others in memory */
    }
    experiment_by_hand_until(e, epoch);
    notes_cut(&e->notes, epoch);
    history_restore(&e->history, history_find(&e->history, epoch), e->trainer);
    for (int i = 0; i < e->other_count; i++)
        other_run_restore(&e->others[i], epoch);
    e->look = -1;
    e->run_version++;
    e->stale = false;
    e->beyond = false;
    e->notice[0] = '\0';
    if (!kept)
        forget_changes(e);
    if (e->on_restart)
        e->on_restart(e->user);
    return true;
}
