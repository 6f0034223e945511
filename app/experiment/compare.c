/* What people do to the runs beside the first: they begin and end, a curriculum is changed in mid-run as the first's
 * is, and one changes places with the first. */
#include "app/experiment/experiment_private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

int experiment_letter(const Command *command) {
    return command->run < 1 ? 1 : command->run;
}

static Undo *new_change(const Command *command) {
    char what[16] = "the comparison";
    if (command->compare || command->run > 0)
        snprintf(what, sizeof what, "run %c", 'A' + experiment_letter(command) % 26);
    return undo_new(UNDO_COMPARE, command->gesture, what);
}

static bool is_there(const Experiment *e, const OtherRun *run) {
    bool there = false;
    for (int i = 0; i < e->other_count; i++)
        there = there || e->others[i].trainer == run->trainer;
    return there;
}

/* The runs that there were are what the change leads back to; it owns those that are not there any more. change NULL:
 * they are gone. */
static void keep_others(const Experiment *e, OtherRun before[OTHER_RUNS], int count, Undo *change) {
    for (int i = 0; i < count; i++) {
        OtherRun run = before[i];
        if (is_there(e, &run))
            run = (OtherRun){.curriculum = run.curriculum, .number = run.number, .held = run.held};
        else
            past_samples_free(&run.past);
        if (change)
            change->others[i] = run;
        else
            other_run_close(&run);
    }
    if (change)
        change->other_count = count;
}

/* Of the run that is to begin: where that letter is, or behind those that are there. */
static int place_for(const Experiment *e, int letter) {
    int other = letter - 1 < e->other_count ? letter - 1 : e->other_count;
    return other < OTHER_RUNS ? other : OTHER_RUNS - 1;
}

void experiment_compare(Experiment *e, const Command *command) {
    OtherRun before[OTHER_RUNS];
    int count = e->other_count;
    memcpy(before, e->others, sizeof before);
    Undo *change = new_change(command);
    undo_clear(&e->redo);
    if (command->compare) {
        int other = place_for(e, experiment_letter(command));
        e->others[other] = (OtherRun){.curriculum = command->settings};
        e->other_count = other < count ? count : other + 1;
        experiment_renew_other(e, other);
    } else {
        e->other_count = 0;
        for (int i = 0; i < count; i++)
            if (command->run > 0 && command->run != i + 1)
                e->others[e->other_count++] = before[i];
        for (int i = e->other_count; i < OTHER_RUNS; i++)
            e->others[i] = (OtherRun){0};
    }
    keep_others(e, before, count, change);
    if (change)
        undo_push(&e->undo, change);
}

/* The run of that number among those, which it leaves; else the wanted one itself, if it is a whole run. */
static OtherRun take_wanted(OtherRun now[OTHER_RUNS], OtherRun *wanted, const Trainer *first) {
    OtherRun run = {0};
    for (int k = 0; !wanted->trainer && !run.trainer && k < OTHER_RUNS; k++)
        if (now[k].trainer && now[k].number == wanted->number)
            run = now[k];
    if (run.trainer)
        return run;
    if (wanted->trainer && wanted->trainer->data.count == first->data.count) {
        run = *wanted;
        *wanted = (OtherRun){0};
        return run;
    }
    run.curriculum = wanted->curriculum;
    run.held = wanted->held;
    other_run_close(wanted);
    return run;
}

/* One that was away goes on from where it was. */
static void come_back(const Experiment *e, OtherRun *run) {
    Status status = {0};
    Settings settings = other_run_settings(&e->trainer->settings, &run->trainer->settings);
    if (experiment_what_differs(&run->trainer->settings, &settings))
        trainer_set(run->trainer, &settings);
    run->behind = !other_run_follow(run, e->trainer, 0, &status);
}

/* Runs that are still there stay as they are; those that were away come back as they were, and catch up. */
void experiment_exchange_compare(Experiment *e, Undo *c) {
    OtherRun now[OTHER_RUNS];
    int count = e->other_count;
    memcpy(now, e->others, sizeof now);
    memset(e->others, 0, sizeof e->others);
    e->other_count = c->other_count;
    for (int i = 0; i < e->other_count; i++) {
        bool away = c->others[i].trainer != NULL;
        e->others[i] = take_wanted(now, &c->others[i], e->trainer);
        if (away && e->others[i].trainer)
            come_back(e, &e->others[i]);
    }
    memset(c->others, 0, sizeof c->others);
    keep_others(e, now, count, c);
    for (int i = e->other_count - 1; i >= 0; i--)
        if (!e->others[i].trainer)
            experiment_renew_other(e, i);
}

/* ---- a curriculum ---- */

static OtherRun *other_of(Experiment *e, int run) {
    return run >= 1 && run <= e->other_count ? &e->others[run - 1] : NULL;
}

static bool no_run(int run, Status *status) {
    return status_fail(status, STATUS_USAGE, "There is no run %c.", 'A' + run % 26);
}

static void note_other(Experiment *e, int run, uint32_t gesture, const char *what) {
    undo_clear(&e->redo);
    if (experiment_gesture_goes_on(e, UNDO_OTHER, gesture) && undo_top(&e->undo)->run == run)
        return;
    Undo *change = undo_new(UNDO_OTHER, gesture, what);
    if (!change)
        return;
    change->run = run;
    undo_keep_side(change, e->others[run - 1].trainer, &e->others[run - 1].by_hand);
    undo_push(&e->undo, change);
}

/* In force; before the first batch also the setting. */
static void set_threshold(OtherRun *other, double threshold) {
    Trainer *t = other->trainer;
    experiment_note_by_hand(t, &other->by_hand.threshold);
    trainer_set_threshold(t, threshold);
    if (t->epoch == 0 && t->batch == 0)
        other->curriculum.threshold = t->settings.threshold = t->threshold;
    trainer_redecide(t);
    other->stale = false;
}

static void set_class_threshold(OtherRun *other, int class, double threshold) {
    Trainer *t = other->trainer;
    if (class >= t->data.classes || !t->by_class || !isfinite(threshold))
        return;
    if (other->by_hand.threshold == BY_HAND_NEVER) /* it is no setting */
        other->by_hand.threshold = t->epoch;
    trainer_set_class_threshold(t, class, threshold);
    trainer_redecide(t);
    other->stale = false;
}

static void set_hold(OtherRun *other, bool hold) {
    other->held = hold;
    experiment_note_by_hand(other->trainer, &other->by_hand.hold);
    trainer_set_hold(other->trainer, hold);
}

/* From here on; while the run is still catching up, from its beginning, so that what it becomes does not depend on how
 * far it has come. False if it could not begin anew: it is compared no longer. */
static bool use_settings(Experiment *e, int run, const Settings *settings) {
    OtherRun *other = &e->others[run - 1];
    int count = e->other_count;
    other->curriculum = *settings;
    if (other->behind) {
        experiment_renew_other(e, run - 1);
        return e->other_count == count;
    }
    Trainer *t = other->trainer;
    if (other->by_hand.settings == BY_HAND_NEVER)
        other->by_hand.before = t->settings;
    experiment_note_by_hand(t, &other->by_hand.settings);
    bool decides = experiment_other_decision(&t->settings, settings);
    TrainerThresholds before = trainer_thresholds(t);
    trainer_set(t, settings);
    t->settings.threshold = settings->threshold; /* where a reset begins; the one in force stays */
    if (decides || undo_other_thresholds(&before, t)) {
        trainer_redecide(t);
        other->stale = false;
    }
    return true;
}

static bool take_settings(Experiment *e, const Command *command, Status *status) {
    OtherRun *other = &e->others[command->run - 1];
    Settings settings = other_run_settings(&e->trainer->settings, &command->settings);
    if (!settings_check(&settings, status) || !trainer_has_clean(other->trainer, &settings, status))
        return false;
    const Settings before = other->trainer->settings;
    const char *what = experiment_what_differs(&before, &settings);
    if (!what)
        return true;
    note_other(e, command->run, command->gesture, what);
    if (use_settings(e, command->run, &settings) && settings.threshold != before.threshold && !other->behind)
        set_threshold(other, settings.threshold);
    return true;
}

bool experiment_change_other(Experiment *e, const Command *command, Status *status) {
    OtherRun *other = other_of(e, command->run);
    if (!other)
        return no_run(command->run, status);
    switch (command->kind) {
    case COMMAND_THRESHOLD:
        e->look = -1;
        note_other(e, command->run, command->gesture, PROPERTIES[PROPERTY_THRESHOLD].label);
        if (command->of_class > 0)
            set_class_threshold(other, command->of_class - 1, command->threshold);
        else
            set_threshold(other, command->threshold);
        break;
    case COMMAND_HOLD:
        note_other(e, command->run, command->gesture, "Hold the threshold");
        set_hold(other, command->hold);
        break;
    case COMMAND_SETTINGS:
        return take_settings(e, command, status);
    default:
        return status_fail(status, STATUS_USAGE, "That is for the first run alone.");
    }
    return true;
}

/* Thresholds that were in force, back as if set by hand. */
static void put_thresholds(OtherRun *other, const TrainerThresholds *then) {
    if (then->threshold != other->trainer->threshold)
        set_threshold(other, then->threshold);
    if (!then->by_class)
        return;
    undo_put_class_thresholds(then, other->trainer);
    trainer_redecide(other->trainer);
}

bool experiment_exchange_other(Experiment *e, Undo *c, Status *status) {
    OtherRun *other = other_of(e, c->run);
    if (!other)
        return no_run(c->run, status);
    Settings wanted = other_run_settings(&e->trainer->settings, &c->settings);
    const TrainerThresholds *then = &c->decided.thresholds;
    Undo now = {0};
    undo_keep_side(&now, other->trainer, &other->by_hand);
    if (!use_settings(e, c->run, &wanted)) {
        trainer_free_decisions(&now.decided);
        return true;
    }
    set_hold(other, c->hold);
    if (!other->behind && undo_changes_thresholds(&now.settings, &wanted)) {
        trainer_put_thresholds(other->trainer, then);
        trainer_redecide(other->trainer);
        other->stale = false;
    } else if (!other->behind) {
        put_thresholds(other, then);
    }
    /* that of now may be another than what it begins with, as the mean of classes is */
    other->curriculum.threshold = other->trainer->settings.threshold = wanted.threshold;
    if (!other->behind)
        undo_put_side(c, other->trainer, &other->by_hand);
    undo_take_side(c, &now);
    return true;
}

/* ---- two runs change places ---- */

bool experiment_swap(Experiment *e, int run, Status *status) {
    OtherRun *other = other_of(e, run);
    if (!other)
        return status_fail(status, STATUS_USAGE, "There is no run %c to swap with.", 'A' + run % 26);
    if (other->behind)
        return status_fail(status, STATUS_USAGE, "Run %c is still catching up: swap the two once it is there.",
                           'A' + run);
    Trainer *first = e->trainer, *second = other->trainer;
    History history = e->history;
    ByHand by_hand = e->by_hand;
    bool stale = e->stale;
    /* what is no part of the curriculum is the first's, whichever it is */
    Settings shared = first->settings;
    second->settings = other_run_settings(&shared, &second->settings);
    e->trainer = second;
    e->history = other->history;
    e->by_hand = other->by_hand;
    e->stale = other->stale;
    other->trainer = first;
    other->history = history;
    other->stale = stale;
    other->by_hand = by_hand;
    other->curriculum = first->settings;
    other->held = first->hold;
    e->past.valid = other->past.valid = false;
    e->run_version++;
    if (e->on_restart)
        e->on_restart(e->user);
    return true;
}

void experiment_note_swap(Experiment *e, int run) {
    char what[16];
    snprintf(what, sizeof what, "Swap A and %c", 'A' + run);
    undo_clear(&e->redo);
    Undo *change = undo_new(UNDO_SWAP, 0, what);
    if (!change)
        return;
    change->run = run;
    undo_push(&e->undo, change);
}
