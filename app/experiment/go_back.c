#include "app/experiment/experiment_private.h"

#include <stdio.h>
#include <string.h>

/* ---- changes that can be undone ---- */

bool experiment_gesture_goes_on(const Experiment *e, UndoKind kind, uint32_t gesture) {
    const Undo *top = undo_top(&e->undo);
    return gesture != 0 && top && top->kind == kind && top->gesture == gesture;
}

void experiment_note_change(Experiment *e, UndoKind kind, uint32_t gesture, const char *what) {
    undo_clear(&e->redo);
    if (experiment_gesture_goes_on(e, kind, gesture))
        return;
    Undo *change = undo_new(kind, gesture, what);
    if (!change)
        return;
    undo_keep_side(change, e->trainer, &e->by_hand);
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
    undo_keep_side(change, t, &e->by_hand);
    undo_push(&e->undo, change);
}

/* The change turns out to be none. */
static void drop_change(Experiment *e) {
    Undo *change = undo_pop(&e->undo);
    experiment_set_first_threshold(e, change->settings.threshold);
    undo_put_side(change, e->trainer, &e->by_hand);
    experiment_unmark(e, change->mark);
    undo_free(change);
}

void experiment_drop_unchanged(Experiment *e, uint32_t gesture) {
    const Undo *top = undo_top(&e->undo);
    const Trainer *t = e->trainer;
    if (experiment_gesture_goes_on(e, UNDO_THRESHOLD, gesture)) {
        if (!undo_other_thresholds(&top->decided.thresholds, t))
            drop_change(e);
    } else if (experiment_gesture_goes_on(e, UNDO_PARAMETER, gesture) && top->value == t->parameters[top->parameter] &&
               undo_is_untrained(top, t))
        drop_change(e);
}

static void exchange_parameter(Experiment *e, Undo *c) {
    const Trainer *t = e->trainer;
    if (c->parameter >= t->mlp.parameters) /* a change of the model between them could not be kept */
        return;
    float value = t->parameters[c->parameter];
    experiment_set_parameter(e, c->parameter, c->value);
    c->value = value;
}

static void exchange_threshold(Experiment *e, const Undo *c) {
    Settings others = c->settings;
    const TrainerThresholds *then = &c->decided.thresholds;
    others.threshold = e->trainer->settings.threshold;
    if (experiment_what_differs(&others, &e->trainer->settings)) /* set together with it */
        experiment_use_live_settings(e, &others);
    experiment_set_threshold(e, then->threshold);
    if (then->by_class && e->trainer->settings.pace == PACE_META)
        experiment_set_class_thresholds(e, then->class_threshold);
    experiment_set_first_threshold(e, c->settings.threshold); /* last: the mean of the classes is no setting */
}

static void exchange_settings(Experiment *e, const Undo *c) {
    Trainer *t = e->trainer;
    bool thresholds = undo_changes_thresholds(&t->settings, &c->settings);
    const TrainerThresholds *then = &c->decided.thresholds;
    experiment_use_live_settings(e, &c->settings);
    if (!thresholds)
        return;
    trainer_put_thresholds(t, then);
    trainer_redecide(t);
    e->stale = false;
}

/* Changes of one of the small kinds: it then holds the run's side as it was. */
static void exchange_side(Experiment *e, Undo *c) {
    Undo now = {0};
    undo_keep_side(&now, e->trainer, &e->by_hand);
    if (c->kind == UNDO_THRESHOLD)
        exchange_threshold(e, c);
    else if (c->kind == UNDO_PARAMETER)
        exchange_parameter(e, c);
    else if (c->kind == UNDO_SETTINGS)
        exchange_settings(e, c);
    else
        experiment_set_hold(e, c->hold);
    undo_put_side(c, e->trainer, &e->by_hand);
    undo_take_side(c, &now);
}

/* Puts what the change holds in place of what is there now; it then holds that. */
static bool exchange(Experiment *e, Undo *c, Status *status) {
    switch (c->kind) {
    case UNDO_THRESHOLD:
    case UNDO_PARAMETER:
    case UNDO_SETTINGS:
    case UNDO_HOLD:
        exchange_side(e, c);
        break;
    case UNDO_POINTS:
        return experiment_exchange_points(e, c, status);
    case UNDO_KEPT:
        return experiment_exchange_kept(e, c, status);
    case UNDO_RUN:
        experiment_exchange_run(e, c);
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
    bool done = exchange(e, change, status);
    if (done)
        experiment_mark_undo(e, change, to == &e->undo);
    undo_push(done ? to : from, change);
    e->look = -1;
    return done;
}

bool experiment_undo(Experiment *e, Status *status) {
    return go_back(e, &e->undo, &e->redo, status);
}

bool experiment_redo(Experiment *e, Status *status) {
    return go_back(e, &e->redo, &e->undo, status);
}

bool experiment_steps(Experiment *e, int steps, Status *status) {
    int done = 0, wanted = steps < 0 ? -steps : steps;
    bool good = true;
    while (good && done < wanted && undo_top(steps < 0 ? &e->undo : &e->redo)) {
        good = steps < 0 ? experiment_undo(e, status) : experiment_redo(e, status);
        done += good;
    }
    if (good || status->code == STATUS_USAGE || done == 0)
        return good;
    snprintf(e->notice, sizeof e->notice, "%s", status->message);
    if (e->log) /* the rest was not done */
        run_log_note_steps(e->log, steps < 0 ? -done : done);
    return true;
}

/* ---- earlier epochs ---- */

void experiment_look(Experiment *e, int64_t epoch) {
    const HistoryRecord *record = epoch < 0 ? NULL : history_find(&e->history, (uint32_t)epoch);
    e->look = record ? (int64_t)record->epoch : -1;
    if (record)
        e->mode = MODE_PAUSED;
}
