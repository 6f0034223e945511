/* What people do to the second run: it begins and ends, its curriculum is changed in mid-run as the first's is, and the
 * two change places. */
#include "app/experiment/experiment_private.h"

void experiment_compare(Experiment *e, const Command *command) {
    undo_clear(&e->redo);
    Undo *change = undo_new(UNDO_COMPARE, command->gesture, "the second run");
    if (change) {
        change->comparing = e->comparing;
        change->settings = e->second_curriculum;
        undo_push(&e->undo, change);
    }
    second_run_close(&e->second);
    e->second_held = false; /* another second run: it is held no more */
    e->comparing = command->compare;
    e->behind = false;
    e->second_curriculum = command->settings;
    experiment_renew_second(e);
}

void experiment_exchange_compare(Experiment *e, Undo *c) {
    Settings curriculum = e->second_curriculum;
    bool comparing = e->comparing;
    second_run_close(&e->second);
    e->comparing = c->comparing;
    e->behind = false;
    e->second_curriculum = c->settings;
    c->comparing = comparing;
    c->settings = curriculum;
    experiment_renew_second(e); /* it catches up again */
}

/* ---- its curriculum ---- */

static void note_second(Experiment *e, uint32_t gesture, const char *what) {
    const Trainer *t = e->second.trainer;
    undo_clear(&e->redo);
    if (experiment_gesture_goes_on(e, UNDO_SECOND, gesture))
        return;
    Undo *change = undo_new(UNDO_SECOND, gesture, what);
    if (!change)
        return;
    change->settings = t->settings;
    change->threshold = t->threshold;
    change->hold = t->hold;
    undo_push(&e->undo, change);
}

/* In force; before the first batch also the setting. */
static void set_threshold(Experiment *e, double threshold) {
    Trainer *t = e->second.trainer;
    experiment_note_by_hand(t, &e->second_by_hand.threshold);
    trainer_set_threshold(t, threshold);
    if (t->epoch == 0 && t->batch == 0)
        e->second_curriculum.threshold = t->settings.threshold = t->threshold;
    trainer_redecide(t);
    e->second.stale = false;
}

static void set_hold(Experiment *e, bool hold) {
    e->second_held = hold;
    experiment_note_by_hand(e->second.trainer, &e->second_by_hand.hold);
    trainer_set_hold(e->second.trainer, hold);
}

/* From here on; while the run is still catching up, from its beginning, so that what it becomes does not depend on how
 * far it has come. */
static void use_settings(Experiment *e, const Settings *settings) {
    Trainer *t = e->second.trainer;
    e->second_curriculum = *settings;
    if (e->behind) {
        experiment_renew_second(e);
        return;
    }
    if (e->second_by_hand.settings == BY_HAND_NEVER)
        e->second_by_hand.before = t->settings;
    experiment_note_by_hand(t, &e->second_by_hand.settings);
    bool decides = experiment_other_decision(&t->settings, settings);
    double before = t->threshold;
    trainer_set(t, settings);
    t->settings.threshold = settings->threshold; /* where a reset begins; the one in force stays */
    if (decides || t->threshold != before) {
        trainer_redecide(t);
        e->second.stale = false;
    }
}

static bool take_settings(Experiment *e, const Command *command, Status *status) {
    Settings settings = second_run_settings(&e->trainer->settings, &command->settings);
    if (!settings_check(&settings, status))
        return false;
    const Settings before = e->second.trainer->settings;
    const char *what = experiment_what_differs(&before, &settings);
    if (!what)
        return true;
    note_second(e, command->gesture, what);
    use_settings(e, &settings);
    if (settings.threshold != before.threshold && !e->behind)
        set_threshold(e, settings.threshold);
    return true;
}

bool experiment_change_second(Experiment *e, const Command *command, Status *status) {
    if (!e->comparing)
        return status_fail(status, STATUS_USAGE, "There is no second run.");
    switch (command->kind) {
    case COMMAND_THRESHOLD:
        e->look = -1;
        note_second(e, command->gesture, PROPERTIES[PROPERTY_THRESHOLD].label);
        set_threshold(e, command->threshold);
        break;
    case COMMAND_HOLD:
        note_second(e, command->gesture, "Hold the threshold");
        set_hold(e, command->hold);
        break;
    case COMMAND_SETTINGS:
        return take_settings(e, command, status);
    default:
        return status_fail(status, STATUS_USAGE, "That is for the first run alone.");
    }
    return true;
}

bool experiment_exchange_second(Experiment *e, Undo *c, Status *status) {
    if (!e->comparing)
        return status_fail(status, STATUS_USAGE, "There is no second run.");
    const Trainer *t = e->second.trainer;
    Settings settings = t->settings, wanted = second_run_settings(&e->trainer->settings, &c->settings);
    double threshold = t->threshold;
    bool hold = t->hold;
    use_settings(e, &wanted);
    set_hold(e, c->hold);
    if (!e->behind && c->threshold != e->second.trainer->threshold)
        set_threshold(e, c->threshold);
    c->settings = settings;
    c->threshold = threshold;
    c->hold = hold;
    return true;
}

/* ---- the runs change places ---- */

bool experiment_swap(Experiment *e, Status *status) {
    if (!e->comparing)
        return status_fail(status, STATUS_USAGE, "There is no second run to swap with.");
    if (e->behind)
        return status_fail(status, STATUS_USAGE, "The second run is still catching up: swap the two once it is there.");
    Trainer *first = e->trainer, *second = e->second.trainer;
    History history = e->history;
    ByHand by_hand = e->by_hand;
    bool stale = e->stale;
    /* what is no part of the curriculum is the first's, whichever it is */
    Settings shared = first->settings;
    second->settings = second_run_settings(&shared, &second->settings);
    e->trainer = second;
    e->history = e->second.history;
    e->by_hand = e->second_by_hand;
    e->stale = e->second.stale;
    e->second.trainer = first;
    e->second.history = history;
    e->second.stale = stale;
    e->second_by_hand = by_hand;
    e->second_curriculum = first->settings;
    e->second_held = first->hold;
    e->past.valid = e->second.past.valid = false;
    if (e->on_restart)
        e->on_restart(e->user);
    return true;
}

void experiment_note_swap(Experiment *e) {
    undo_clear(&e->redo);
    Undo *change = undo_new(UNDO_SWAP, 0, "Swap A and B");
    if (change)
        undo_push(&e->undo, change);
}
