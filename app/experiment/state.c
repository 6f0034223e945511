#include "app/experiment/experiment_private.h"

#include "app/base/file_write.h"
#include "app/base/language.h"
#include "core/utf8.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const ByHand NOTHING_BY_HAND = {
    .threshold = BY_HAND_NEVER, .hold = BY_HAND_NEVER, .settings = BY_HAND_NEVER, .parameters = BY_HAND_NEVER};

/* ---- beginnings ---- */

static bool renew(Experiment *e, int other) {
    Status status = {0};
    OtherRun *run = &e->others[other];
    run->behind = true;
    run->number = ++e->numbers;
    run->by_hand = NOTHING_BY_HAND;
    if (other_run_open(run, e->trainer, &run->curriculum, &status)) {
        trainer_set_hold(run->trainer, run->held);
        return true;
    }
    snprintf(e->notice, sizeof e->notice, tr("No run %c: %.900s"), 'B' + other, status.message);
    return false;
}

void experiment_drop_other(Experiment *e, int other) {
    other_run_close(&e->others[other]);
    e->other_count--;
    for (int i = other; i < e->other_count; i++)
        e->others[i] = e->others[i + 1];
    e->others[e->other_count] = (OtherRun){0};
}

void experiment_renew_other(Experiment *e, int other) {
    if (!renew(e, other))
        experiment_drop_other(e, other);
}

void experiment_renew_others(Experiment *e) {
    for (int i = e->other_count - 1; i >= 0; i--) /* those behind one that goes move up, renewed already */
        experiment_renew_other(e, i);
}

void experiment_begin(Experiment *e) {
    trainer_redecide(e->trainer);
    history_clear(&e->history);
    e->by_hand = NOTHING_BY_HAND;
    e->beyond = false;
    e->batches_due = 0.0;
    e->batch_seconds = -1.0;
    e->stale = false;
    e->notice[0] = '\0';
    e->look = -1;
    e->version++;
    e->run_version++;
    experiment_renew_others(e);
    if (e->on_restart)
        e->on_restart(e->user);
}

bool experiment_init(Experiment *e, const Settings *settings, Dataset *points, const char *path, Status *status) {
    *e = (Experiment){.speed = SPEED_DEFAULT, .look = -1, .source.preset = -1, .watch_by = MEASURE_AGREEMENT};
    e->branches = (Branches){.budget = BRANCH_BYTES, .numbers = 1};
    e->tag = (RunTag){.number = 1};
    const char *name = path ? path + file_folder_length(path) : "the first run";
    snprintf(e->tag.title, sizeof e->tag.title, "%.*s", (int)utf8_whole(name, sizeof e->tag.title - 1), name);
    e->trainer = trainer_new_copy(settings, points, status);
    if (!e->trainer)
        return false;
    e->source.path = path ? strdup(path) : NULL;
    if ((path && !e->source.path && !status_no_memory(status, "the points' name")) ||
        !history_init(&e->history, e->trainer->data.count, e->trainer->mlp.parameters, HISTORY_DEFAULT_BYTES, status)) {
        trainer_free(e->trainer);
        e->trainer = NULL; /* a failed one may be freed, too */
        source_free(&e->source);
        return false;
    }
    if (points) {
        e->source.points = *points;
        memset(points, 0, sizeof *points);
    }
    experiment_begin(e);
    e->data_version = 1;
    return true;
}

void experiment_free(Experiment *e) {
    label_watch_free(e->watch);
    trainer_free(e->trainer);
    history_free(&e->history);
    notes_free(&e->notes);
    source_free(&e->source);
    undo_clear(&e->undo);
    undo_clear(&e->redo);
    branches_free(&e->branches);
    past_samples_free(&e->past);
    for (int i = 0; i < OTHER_RUNS; i++)
        other_run_close(&e->others[i]);
    memset(e, 0, sizeof *e);
}

/* ---- another run ---- */

void experiment_begin_others(const Experiment *e, Branch *next) {
    next->other_count = e->other_count;
    for (int i = 0; i < e->other_count; i++)
        next->others[i] = (OtherRun){.curriculum = e->others[i].curriculum, .held = e->others[i].held};
}

/* Labels that a person has said to be right stay marked, if the points are the same. */
static bool carry_kept(Dataset *to, const Dataset *from, Status *status) {
    size_t n = from->count;
    if (!from->kept || to->kept || to->count != n || memcmp(to->x, from->x, n * sizeof *to->x) != 0 ||
        memcmp(to->y, from->y, n * sizeof *to->y) != 0 || memcmp(to->label, from->label, n) != 0)
        return true;
    if (!dataset_add_kept(to, status))
        return false;
    memcpy(to->kept, from->kept, n);
    return true;
}

/* What the run is called that begins anew, and why the old one is left. */
typedef struct Naming {
    const char *what;   /* of the step of undo */
    const char *title;  /* of the new run; NULL: by the settings that are others, and so is the rest */
    const char *before; /* the old one is left for: "the preset" */
} Naming;

static void name_runs(const Experiment *e, const Naming *naming, Leave *leave) {
    RunTag *next = &leave->next->tag;
    leave->names_settings = !naming->title;
    if (naming->title) {
        snprintf(next->title, sizeof next->title, "%.60s", naming->title);
        experiment_name_left(e, naming->before, &leave->left);
    } else {
        experiment_name_rebuilt(&e->trainer->settings, &leave->next->trainer->settings, &leave->left, next);
    }
}

/* The old run stays if the new one cannot be made; otherwise it is a branch, and *source is taken over. */
static bool rebuild(Experiment *e, const Settings *settings, Source *source, uint32_t gesture, const Naming *naming,
                    Status *status) {
    Leave leave;
    if (!experiment_prepare_run(e, &leave, gesture, naming->what, status))
        return false;
    Branch *next = leave.next;
    next->trainer = trainer_new_copy(settings, &source->points, status);
    Trainer *t = next->trainer;
    if (!t || !carry_kept(&t->data, &e->trainer->data, status) ||
        !history_init(&next->history, t->data.count, t->mlp.parameters, HISTORY_DEFAULT_BYTES, status)) {
        experiment_drop_leave(&leave);
        return false;
    }
    t->hold = e->trainer->hold;
    next->source = *source;
    *source = (Source){.preset = -1};
    experiment_begin_others(e, next);
    name_runs(e, naming, &leave);
    experiment_leave(e, &leave);
    experiment_begin(e);
    return true;
}

/* The source of another run with the same points. Points that were changed by hand are the run's own; the test points
 * are drawn anew from all of them. */
static bool same_source(const Experiment *e, Source *copy, Status *status) {
    const Trainer *t = e->trainer;
    if (!e->source.edited)
        return source_copy(copy, &e->source, status);
    Source named = e->source;
    named.points = (Dataset){0};
    if (!source_copy(copy, &named, status))
        return false;
    if (dataset_join(&copy->points, &t->data, &t->test, &t->clean, status))
        return true;
    source_free(copy);
    return false;
}

static bool open_points(Experiment *e, const Settings *settings, Dataset *points, const OpenedPoints *opened,
                        Status *status) {
    const char *path = opened->path;
    Source source = {.preset = -1, .path = path ? strdup(path) : NULL, .reading = opened->reading};
    if (path && !source.path)
        return status_no_memory(status, "the points' name");
    source.points = *points;
    const char *name = path ? path + file_folder_length(path) : "the opened points";
    const Naming naming = {.what = "the opened points", .title = name, .before = name};
    if (!rebuild(e, settings, &source, 0, &naming, status)) {
        source.points = (Dataset){0}; /* still the caller's */
        source_free(&source);
        return false;
    }
    memset(points, 0, sizeof *points);
    e->mode = MODE_PAUSED;
    return true;
}

bool experiment_open_points(Experiment *e, Dataset *points, const OpenedPoints *opened, Status *status) {
    Settings settings = opened->settings ? *opened->settings : e->trainer->settings;
    tape_leave(e);
    if (e->log)
        run_log_note_open(e->log, e, &settings, opened->path);
    double made = experiment_epochs(e);
    bool done = open_points(e, &settings, points, opened, status);
    steps_note(&e->undo, made);
    if (e->log)
        run_log_settle(e->log, e, done);
    experiment_settle_room(e);
    return done;
}

/* ---- settings ---- */

const Property *experiment_what_rebuilds(const Settings *old, const Settings *new) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (PROPERTIES[i].effect == EFFECT_REBUILD && !property_same(old, new, &PROPERTIES[i]))
            return &PROPERTIES[i];
    return NULL;
}

bool experiment_begins_anew(const Settings *old, const Settings *new) {
    return experiment_what_rebuilds(old, new) != NULL;
}

void experiment_note_by_hand(const Trainer *t, uint32_t *since) {
    if (*since == BY_HAND_NEVER && (t->epoch > 0 || t->batch > 0))
        *since = t->epoch;
}

static void note_settings_by_hand(Experiment *e) {
    if (e->by_hand.settings == BY_HAND_NEVER)
        e->by_hand.before = e->trainer->settings;
    experiment_note_by_hand(e->trainer, &e->by_hand.settings);
}

void experiment_set_threshold(Experiment *e, double threshold) {
    Trainer *t = e->trainer;
    experiment_note_by_hand(e->trainer, &e->by_hand.threshold);
    trainer_set_threshold(t, threshold);
    if (t->epoch == 0 && t->batch == 0)
        t->settings.threshold = t->threshold;
    trainer_redecide(t);
    e->stale = false;
}

void experiment_set_class_thresholds(Experiment *e, const double *thresholds) {
    Trainer *t = e->trainer;
    if (e->by_hand.threshold == BY_HAND_NEVER) /* it is no setting, not even before the first batch */
        e->by_hand.threshold = t->epoch;
    for (int c = 0; c < t->data.classes; c++)
        if (t->class_threshold[c] != thresholds[c])
            trainer_set_class_threshold(t, c, thresholds[c]);
    trainer_redecide(t);
    e->stale = false;
}

void experiment_take_class_threshold(Experiment *e, const Command *command) {
    int class = command->of_class - 1;
    if (class < 0 || class >= e->trainer->data.classes || !e->trainer->by_class || !isfinite(command->threshold))
        return;
    double thresholds[MAX_CLASSES];
    memcpy(thresholds, e->trainer->class_threshold, sizeof thresholds);
    thresholds[class] = command->threshold;
    e->look = -1; /* the threshold is that of now */
    experiment_note_change(e, UNDO_THRESHOLD, command->gesture, PROPERTIES[PROPERTY_THRESHOLD].label);
    experiment_set_class_thresholds(e, thresholds);
    experiment_drop_unchanged(e, command->gesture);
}

void experiment_set_first_threshold(Experiment *e, double threshold) {
    if (e->trainer->settings.threshold == threshold)
        return;
    note_settings_by_hand(e);
    e->trainer->settings.threshold = threshold;
}

void experiment_set_parameter(Experiment *e, size_t index, float value) {
    if (e->by_hand.parameters == BY_HAND_NEVER)
        e->by_hand.parameters = e->trainer->epoch;
    trainer_set_parameter(e->trainer, index, value);
    trainer_redecide(e->trainer);
    e->stale = false;
}

void experiment_set_hold(Experiment *e, bool hold) {
    experiment_note_by_hand(e->trainer, &e->by_hand.hold);
    trainer_set_hold(e->trainer, hold);
}

void experiment_take_parameter(Experiment *e, const Command *command) {
    size_t index = command->parameter.index;
    float value = command->parameter.value;
    if (index >= e->trainer->mlp.parameters || !isfinite(value))
        return;
    e->look = -1; /* the model is that of now */
    experiment_note_parameter(e, index, command->gesture);
    experiment_set_parameter(e, index, value);
    experiment_drop_unchanged(e, command->gesture);
}

const char *experiment_what_differs(const Settings *old, const Settings *new) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (!property_same(old, new, &PROPERTIES[i]))
            return PROPERTIES[i].label;
    return NULL;
}

bool experiment_other_decision(const Settings *before, const Settings *now) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (PROPERTIES[i].decides && !property_same(before, now, &PROPERTIES[i]))
            return true;
    return false;
}

void experiment_use_live_settings(Experiment *e, const Settings *settings) {
    bool decides = experiment_other_decision(&e->trainer->settings, settings);
    TrainerThresholds before = trainer_thresholds(e->trainer);
    note_settings_by_hand(e);
    trainer_set(e->trainer, settings);
    for (int i = 0; i < e->other_count; i++) { /* what is not of the curriculum is common to all */
        Settings other = other_run_settings(settings, &e->others[i].curriculum);
        trainer_set(e->others[i].trainer, &other);
    }
    if (decides || undo_other_thresholds(&before, e->trainer)) { /* by a cap, by meta, or before the first batch */
        trainer_redecide(e->trainer);
        e->stale = false;
    }
}

bool experiment_take_settings(Experiment *e, const Settings *settings, uint32_t gesture, Status *status) {
    if (!settings_check(settings, status))
        return false;
    const char *what = experiment_what_differs(&e->trainer->settings, settings);
    if (!what)
        return true;
    if (experiment_begins_anew(&e->trainer->settings, settings)) {
        Source source;
        if (!same_source(e, &source, status))
            return false;
        bool done = rebuild(e, settings, &source, gesture, &(Naming){.what = what}, status);
        source_free(&source);
        return done || experiment_ask_for_clean(e, settings);
    }
    if (experiment_ask_for_clean(e, settings))
        return true;
    experiment_note_change(e, settings->threshold != e->trainer->settings.threshold ? UNDO_THRESHOLD : UNDO_SETTINGS,
                           gesture, what);
    experiment_use_live_settings(e, settings);
    if (settings->threshold != e->trainer->settings.threshold) {
        experiment_set_first_threshold(e, settings->threshold);
        experiment_set_threshold(e, settings->threshold);
    }
    return true;
}

bool experiment_take_preset(Experiment *e, const Command *command, Status *status) {
    Source source = {.preset = command->preset};
    const Naming naming = {.what = "the preset", .title = "the preset’s run", .before = "the preset"};
    return settings_check(&command->settings, status) && rebuild(e, &command->settings, &source, 0, &naming, status);
}

/* ---- what was done by hand ---- */

static unsigned by_hand_of(const Trainer *t, const ByHand *by_hand) {
    bool held = t->hold && (t->epoch > 0 || t->batch > 0); /* maybe from the beginning: it is no setting */
    bool settings = by_hand->settings != BY_HAND_NEVER || by_hand->hold != BY_HAND_NEVER || held;
    return (by_hand->threshold != BY_HAND_NEVER ? BY_HAND_THRESHOLD : 0) | (settings ? BY_HAND_SETTINGS : 0) |
           (by_hand->parameters != BY_HAND_NEVER ? BY_HAND_PARAMETERS : 0);
}

unsigned experiment_by_hand(const Experiment *e) {
    unsigned all = by_hand_of(e->trainer, &e->by_hand) | (e->source.edited ? BY_HAND_POINTS : 0);
    for (int i = 0; i < e->other_count; i++)
        all |= by_hand_of(e->others[i].trainer, &e->others[i].by_hand);
    return all;
}

static void by_hand_until(ByHand *b, const Trainer *t, uint32_t epoch) {
    if (b->threshold > epoch)
        b->threshold = BY_HAND_NEVER;
    if (b->hold > epoch)
        b->hold = BY_HAND_NEVER;
    if (b->parameters > epoch)
        b->parameters = BY_HAND_NEVER;
    if (b->settings != BY_HAND_NEVER &&
        b->settings > epoch) /* unlike the threshold, settings stay: changed from here on */
        b->settings = experiment_what_differs(&b->before, &t->settings) ? epoch + 1 : BY_HAND_NEVER;
}

void experiment_by_hand_until(Experiment *e, uint32_t epoch) {
    experiment_marks_until(e, epoch);
    by_hand_until(&e->by_hand, e->trainer, epoch);
    for (int i = 0; i < e->other_count; i++)
        by_hand_until(&e->others[i].by_hand, e->others[i].trainer, epoch);
}
