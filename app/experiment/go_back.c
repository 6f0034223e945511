#include "app/experiment/experiment_private.h"

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
    change->settings = e->trainer->settings;
    change->threshold = e->trainer->threshold;
    change->hold = e->trainer->hold;
    undo_push(&e->undo, change);
}

void experiment_drop_unchanged(Experiment *e, uint32_t gesture) {
    if (experiment_gesture_goes_on(e, UNDO_THRESHOLD, gesture) &&
        undo_top(&e->undo)->threshold == e->trainer->threshold)
        undo_free(undo_pop(&e->undo));
}

static void exchange_run(Experiment *e, Undo *c) {
    Trainer *trainer = e->trainer;
    History history = e->history;
    Source source = e->source;
    bool beyond = e->beyond;
    ByHand by_hand = e->by_hand;
    e->trainer = c->trainer;
    e->history = c->history;
    e->source = c->source;
    e->beyond = c->beyond;
    e->by_hand = c->by_hand;
    c->trainer = trainer;
    c->history = history;
    c->source = source;
    c->beyond = beyond;
    c->by_hand = by_hand;
    trainer_evaluate(e->trainer);
    e->stale = false;
    e->batches_due = 0.0;
    e->data_version++;
    experiment_renew_second(e);
}

/* Puts what the change holds in place of what is there now; it then holds that. */
static bool exchange(Experiment *e, Undo *c, Status *status) {
    Trainer *t = e->trainer;
    Settings settings = t->settings;
    double threshold = t->threshold;
    switch (c->kind) {
    case UNDO_THRESHOLD:
        experiment_set_first_threshold(e, c->settings.threshold);
        experiment_set_threshold(e, c->threshold);
        c->threshold = threshold;
        c->settings = settings;
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
    case UNDO_RUN:
        exchange_run(e, c);
        break;
    case UNDO_SECOND:
        return experiment_exchange_second(e, c, status);
    case UNDO_COMPARE:
        experiment_exchange_compare(e, c);
        break;
    case UNDO_SWAP:
        return experiment_swap(e, status);
    }
    return true;
}

static bool go_back(Experiment *e, UndoStack *from, UndoStack *to, Status *status) {
    Undo *change = undo_pop(from);
    if (!change)
        return true;
    change->gesture = 0; /* what comes now is another change */
    bool done = exchange(e, change, status), other_run = done && change->kind == UNDO_RUN;
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

void experiment_go_on_from_look(Experiment *e) {
    const HistoryRecord *record = e->look < 0 ? NULL : history_find(&e->history, (uint32_t)e->look);
    if (!record)
        return;
    experiment_by_hand_until(e, record->epoch);
    history_restore(&e->history, record, e->trainer);
    if (e->comparing)
        second_run_restore(&e->second, record->epoch);
    e->look = -1;
    e->stale = false;
    e->beyond = false;
    e->notice[0] = '\0';
    if (e->on_restart)
        e->on_restart(e->user);
}
