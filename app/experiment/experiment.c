#include "app/experiment/experiment.h"

#include "app/base/copy.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const size_t EVALUATE_EACH_FRAME = 200000; /* points; with more, losses are renewed at intervals */
static const double EVALUATION_INTERVAL = 0.25;   /* seconds */

/* The second run anew, if there is to be one: it catches up as time allows. Without memory there is none. */
static void renew_second(Experiment *e) {
    Status status = {0};
    if (!e->comparing)
        return;
    e->behind = true;
    if (!second_run_open(&e->second, e->trainer, &e->second_curriculum, &status)) {
        e->comparing = e->behind = false;
        snprintf(e->notice, sizeof e->notice, "No second run: %.900s", status.message);
    }
}

/* The second run towards where the first is. */
static void follow(Experiment *e, size_t batches) {
    Status status = {0};
    if (!e->comparing)
        return;
    e->behind = !second_run_follow(&e->second, e->trainer, batches, &status);
    e->version++;
}

/* Common to every return to epoch 0: v's as the initial model and the threshold would have them. */
static void begin(Experiment *e) {
    trainer_redecide(e->trainer);
    history_clear(&e->history);
    e->beyond = false;
    e->batches_due = 0.0;
    e->stale = false;
    e->notice[0] = '\0';
    e->look = -1;
    e->version++;
    renew_second(e);
    if (e->on_restart)
        e->on_restart(e->user);
}

bool experiment_init(Experiment *e, const Settings *settings, Dataset *points, const char *path, Status *status) {
    *e = (Experiment){.speed = SPEED_DEFAULT, .look = -1, .source.preset = -1};
    e->trainer = trainer_new_copy(settings, points, status);
    if (!e->trainer)
        return false;
    e->source.path = path ? strdup(path) : NULL;
    if ((path && !e->source.path && !status_no_memory(status, "the points' name")) ||
        !history_init(&e->history, e->trainer->data.count, e->trainer->mlp.parameters, HISTORY_DEFAULT_BYTES, status)) {
        trainer_free(e->trainer);
        source_free(&e->source);
        return false;
    }
    if (points) {
        e->source.points = *points;
        memset(points, 0, sizeof *points);
    }
    begin(e);
    e->data_version = 1;
    return true;
}

void experiment_free(Experiment *e) {
    trainer_free(e->trainer);
    history_free(&e->history);
    source_free(&e->source);
    undo_clear(&e->undo);
    undo_clear(&e->redo);
    past_samples_free(&e->past);
    second_run_close(&e->second);
    memset(e, 0, sizeof *e);
}

bool experiment_push(Experiment *e, Command command) {
    if (e->queued == EXPERIMENT_QUEUE)
        return false;
    e->queue[e->queued++] = command;
    return true;
}

/* ---- going back and forward ---- */

/* Whether this gesture has already made the newest change. */
static bool goes_on(const Experiment *e, UndoKind kind, uint32_t gesture) {
    const Undo *top = undo_top(&e->undo);
    return gesture != 0 && top && top->kind == kind && top->gesture == gesture;
}

/* Notes a change of one of the small kinds that is about to be made. Without memory it can't be gone back
 * over. */
static void note_change(Experiment *e, UndoKind kind, uint32_t gesture, const char *what) {
    undo_clear(&e->redo);
    if (goes_on(e, kind, gesture))
        return;
    Undo *change = undo_new(kind, gesture, what);
    if (!change)
        return;
    change->settings = e->trainer->settings;
    change->threshold = e->trainer->threshold;
    change->hold = e->trainer->hold;
    undo_push(&e->undo, change);
}

/* A drag of the threshold that ends where it began is nothing to go back over. */
static void drop_if_nothing_changed(Experiment *e, uint32_t gesture) {
    if (goes_on(e, UNDO_THRESHOLD, gesture) && undo_top(&e->undo)->threshold == e->trainer->threshold)
        undo_free(undo_pop(&e->undo));
}

/* The old run stays if the new one can't be made. Takes *source over if it succeeds; the old run becomes what
 * can be gone back to. */
static bool rebuild(Experiment *e, const Settings *settings, Source *source, uint32_t gesture, const char *what,
                    Status *status) {
    Trainer *trainer = trainer_new_copy(settings, &source->points, status);
    if (!trainer)
        return false;
    History history;
    Undo *change = undo_new(UNDO_RUN, gesture, what);
    if (!change)
        status_no_memory(status, "the run");
    if (!change ||
        !history_init(&history, trainer->data.count, trainer->mlp.parameters, HISTORY_DEFAULT_BYTES, status)) {
        trainer_free(trainer);
        undo_free(change);
        return false;
    }
    trainer->hold = e->trainer->hold;
    change->trainer = e->trainer;
    change->history = e->history;
    change->source = e->source;
    change->beyond = e->beyond;
    e->trainer = trainer;
    e->history = history;
    e->source = *source;
    *source = (Source){.preset = -1};
    undo_clear(&e->redo);
    if (goes_on(e, UNDO_RUN, gesture)) /* a drag: what was there before it is kept already */
        undo_free(change);
    else
        undo_push(&e->undo, change);
    e->data_version++;
    begin(e);
    return true;
}

/* A source of its own for a run with the same points. What has been changed by hand is the run's own points,
 * from which the test points are drawn anew. */
static bool same_source(const Experiment *e, Source *copy, Status *status) {
    *copy = (Source){.preset = e->source.preset, .edited = e->source.edited};
    const Dataset *points = &e->source.points;
    if (e->source.edited && !dataset_join(&copy->points, &e->trainer->data, &e->trainer->test, status))
        return false;
    if (!e->source.edited && points->count > 0 && !dataset_copy(&copy->points, points, status))
        return false;
    if (e->source.path) {
        copy->path = strdup(e->source.path);
        if (!copy->path) {
            source_free(copy);
            return status_no_memory(status, "the points' name");
        }
    }
    return true;
}

bool experiment_open_points(Experiment *e, Dataset *points, const char *path, Status *status) {
    Settings settings = e->trainer->settings;
    Source source = {.preset = -1, .path = path ? strdup(path) : NULL};
    if (path && !source.path)
        return status_no_memory(status, "the points' name");
    source.points = *points;
    if (!rebuild(e, &settings, &source, 0, "the opened points", status)) {
        source.points = (Dataset){0}; /* still the caller's */
        source_free(&source);
        return false;
    }
    memset(points, 0, sizeof *points);
    e->mode = MODE_PAUSED;
    return true;
}

/* ---- points changed by hand ---- */

static uint32_t *slots_now(const Experiment *e) {
    uint32_t *slot = calloc(e->trainer->data.count, sizeof *slot);
    for (size_t i = 0; slot && i < e->trainer->data.count; i++)
        slot[i] = (uint32_t)history_slot(&e->history, i);
    return slot;
}

/* Puts what the run's points are now into the change. */
static bool keep_points(Undo *c, const Experiment *e, Status *status) {
    const Trainer *t = e->trainer;
    c->settings = t->settings;
    c->source.edited = e->source.edited;
    if (!dataset_copy(&c->points, &t->data, status))
        return false;
    c->slot = slots_now(e);
    c->v = copy_of(t->each.v, t->data.count, sizeof *c->v);
    c->admitted = copy_of(t->each.admitted, t->data.count, sizeof *c->admitted);
    return (c->slot && c->v && c->admitted) || status_no_memory(status, "what can be undone");
}

/* The same points for the second run. */
static bool second_points(SecondRun *second, const Dataset *points, const uint32_t *origin, const uint32_t *slot) {
    Status status = {0};
    Dataset copy;
    uint32_t *slots = copy_of(slot, points->count, sizeof *slots);
    if (!slots || !dataset_copy(&copy, points, &status)) {
        free(slots);
        return false;
    }
    bool done = trainer_replace_points(second->trainer, &copy, origin, &status) &&
                history_set_points(&second->history, slots, points->count, copy.label, points->label, &status);
    dataset_free(&copy);
    if (!done)
        free(slots);
    return done;
}

/* Other points for the run: trainer and history together. Takes *points and slot over if it succeeds. */
static bool use_points(Experiment *e, Dataset *points, const uint32_t *origin, uint32_t *slot, Status *status) {
    Trainer *t = e->trainer;
    size_t count = points->count;
    if (e->comparing && !second_points(&e->second, points, origin, slot)) {
        e->comparing = false;
        second_run_close(&e->second);
    }
    if (!trainer_replace_points(t, points, origin, status))
        return false;
    Status lost = {0};
    if (!history_set_points(&e->history, slot, count, points->label, t->data.label, &lost)) {
        history_clear(&e->history); /* the run is right; only its past is gone */
        free(e->history.slot);
        e->history.slot = slot;
        e->history.samples = count;
        snprintf(e->notice, sizeof e->notice, "%s", lost.message);
    }
    dataset_free(points); /* those that there were */
    e->stale = false;
    e->look = -1;
    e->data_version++;
    e->version++;
    return true;
}

static bool exchange_points(Experiment *e, Undo *c, Status *status) {
    Trainer *t = e->trainer;
    Undo now = {0};
    size_t count = c->points.count;
    uint32_t *origin = calloc(count, sizeof *origin), *index_of = calloc(e->history.slots, sizeof *index_of);
    bool done = keep_points(&now, e, status);
    if (done && (!origin || !index_of))
        done = status_no_memory(status, "the points");
    if (done) {
        for (size_t i = 0; i < e->history.slots; i++)
            index_of[i] = NEW_SAMPLE;
        for (size_t i = 0; i < t->data.count; i++)
            index_of[history_slot(&e->history, i)] = (uint32_t)i;
        for (size_t i = 0; i < count; i++)
            origin[i] = index_of[c->slot[i]];
        done = use_points(e, &c->points, origin, c->slot, status);
    }
    for (size_t i = 0; done && i < count; i++)
        if (origin[i] == NEW_SAMPLE) { /* it comes back as it was */
            t->each.v[i] = c->v[i];
            t->each.admitted[i] = c->admitted[i];
        }
    free(origin);
    free(index_of);
    Undo unused = now; /* on failure: nobody wants what there was */
    if (done) {
        t->epoch_easy = trainer_easy(t);
        t->settings.flip = c->settings.flip;
        t->settings.outliers = c->settings.outliers;
        e->source.edited = c->source.edited;
        unused = (Undo){.v = c->v, .admitted = c->admitted}; /* its points and slots are in use now */
        c->points = now.points;
        c->slot = now.slot;
        c->v = now.v;
        c->admitted = now.admitted;
        c->settings = now.settings;
        c->source.edited = now.source.edited;
    }
    dataset_free(&unused.points);
    free(unused.slot);
    free(unused.v);
    free(unused.admitted);
    return done;
}

static size_t last_row(const Trainer *t) {
    size_t train = dataset_row(&t->data, t->data.count - 1);
    size_t test = t->test.count > 0 ? dataset_row(&t->test, t->test.count - 1) : 0;
    return train > test ? train : test;
}

/* The points after the edit: *points, where each came from, and its slot. */
static bool edited_points(const Experiment *e, const PointEdit *edit, Dataset *points, uint32_t **origin,
                          uint32_t **slot, Status *status) {
    const Dataset *old = &e->trainer->data;
    size_t n = edit->kind == EDIT_ADD     ? old->count + edit->count
               : edit->kind == EDIT_ERASE ? old->count - edit->count
                                          : old->count;
    if (n > MAX_SAMPLES)
        return status_fail(status, STATUS_USAGE, "More than %d points can't be handled.", MAX_SAMPLES);
    if (!dataset_init(points, n, old->classes, status) || (old->truth && !dataset_add_truth(points, status)) ||
        (old->row && !dataset_add_rows(points, status)))
        return false;
    memcpy(points->class_name, old->class_name, sizeof points->class_name);
    *origin = calloc(n, sizeof **origin);
    *slot = calloc(n, sizeof **slot);
    if (!*origin || !*slot)
        return status_no_memory(status, "the points");
    size_t to = 0, next = 0;
    for (size_t i = 0; i < old->count; i++) {
        bool meant = edit->kind != EDIT_ADD && next < edit->count && edit->samples[next] == i;
        next += meant;
        if (meant && edit->kind == EDIT_ERASE)
            continue;
        points->x[to] = old->x[i];
        points->y[to] = old->y[i];
        points->label[to] = (uint8_t)((old->label[i] + meant) % old->classes);
        if (old->truth)
            points->truth[to] = old->truth[i];
        if (old->row)
            points->row[to] = old->row[i];
        if (old->anomaly == (int64_t)i)
            points->anomaly = (int64_t)to;
        (*origin)[to] = (uint32_t)i;
        (*slot)[to++] = (uint32_t)history_slot(&e->history, i);
    }
    for (size_t i = 0; to < n; i++, to++) {
        points->x[to] = edit->x[i];
        points->y[to] = edit->y[i];
        points->label[to] = edit->label;
        if (old->truth)
            points->truth[to] = edit->label;
        if (old->row) /* behind all others */
            points->row[to] = (uint32_t)(last_row(e->trainer) + 1 + i);
        (*origin)[to] = NEW_SAMPLE;
        (*slot)[to] = (uint32_t)(e->history.slots + i);
    }
    dataset_bounds(points);
    return true;
}

bool experiment_edit_points(Experiment *e, const PointEdit *edit, Status *status) {
    static const char *const WHAT[] = {"points added", "points erased", "labels changed"};
    if (edit->count == 0 || (edit->kind != EDIT_ADD && edit->data_version != e->data_version))
        return true;
    if (edit->kind == EDIT_ERASE && edit->count >= e->trainer->data.count)
        return status_fail(status, STATUS_USAGE, "At least one point has to stay.");
    Dataset points = {0};
    uint32_t *origin = NULL, *slot = NULL;
    Undo *change = NULL;
    bool done = edited_points(e, edit, &points, &origin, &slot, status);
    if (done && !goes_on(e, UNDO_POINTS, edit->gesture)) {
        change = undo_new(UNDO_POINTS, edit->gesture, WHAT[edit->kind]);
        done = change ? keep_points(change, e, status) : status_no_memory(status, "what can be undone");
    }
    done = done && use_points(e, &points, origin, slot, status);
    free(origin);
    if (!done) {
        free(slot);
        dataset_free(&points);
        undo_free(change);
        return false;
    }
    e->source.edited = true;
    e->trainer->settings.flip = 0.0; /* the labels are what they are */
    e->trainer->settings.outliers = 0.0;
    undo_clear(&e->redo);
    if (change)
        undo_push(&e->undo, change);
    return true;
}

static bool needs_rebuild(const Settings *old, const Settings *new) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (PROPERTIES[i].effect == EFFECT_REBUILD && !property_same(old, new, &PROPERTIES[i]))
            return true;

    return false;
}

static void set_threshold(Experiment *e, double threshold) {
    Trainer *t = e->trainer;
    trainer_set_threshold(t, threshold);
    if (t->epoch == 0 && t->batch == 0)
        t->settings.threshold = t->threshold;
    trainer_redecide(t);
    e->stale = false;
}

/* What the window calls the first setting that differs. */
static const char *what_differs(const Settings *old, const Settings *new) {
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (!property_same(old, new, &PROPERTIES[i]))
            return PROPERTIES[i].label;
    return NULL;
}

static void use_live_settings(Experiment *e, const Settings *settings) {
    bool decides = false;
    for (int i = 0; i < PROPERTY_COUNT; i++)
        decides |= PROPERTIES[i].decides && !property_same(settings, &e->trainer->settings, &PROPERTIES[i]);
    double before = e->trainer->threshold;
    trainer_set(e->trainer, settings);
    if (e->comparing) { /* what is not of the curriculum is common to both */
        Settings other = second_run_settings(settings, &e->second_curriculum);
        trainer_set(e->second.trainer, &other);
    }
    decides |= e->trainer->threshold != before; /* by a cap, or another pace before the first batch */
    if (decides) {
        trainer_redecide(e->trainer);
        e->stale = false;
    }
}

static bool take_settings(Experiment *e, const Settings *settings, uint32_t gesture, Status *status) {
    if (!settings_check(settings, status))
        return false;
    const char *what = what_differs(&e->trainer->settings, settings);
    if (!what)
        return true;
    if (needs_rebuild(&e->trainer->settings, settings)) {
        Source source;
        if (!same_source(e, &source, status))
            return false;
        bool done = rebuild(e, settings, &source, gesture, what, status);
        source_free(&source);
        return done;
    }
    note_change(e, settings->threshold != e->trainer->settings.threshold ? UNDO_THRESHOLD : UNDO_SETTINGS, gesture,
                what);
    use_live_settings(e, settings);
    if (settings->threshold != e->trainer->settings.threshold) {
        e->trainer->settings.threshold = settings->threshold;
        set_threshold(e, settings->threshold);
    }
    return true;
}

static bool take_preset(Experiment *e, const Command *command, Status *status) {
    Source source = {.preset = (int)command->value};
    return settings_check(&command->settings, status) &&
           rebuild(e, &command->settings, &source, 0, "the preset", status);
}

static void exchange_run(Experiment *e, Undo *c) {
    Trainer *trainer = e->trainer;
    History history = e->history;
    Source source = e->source;
    bool beyond = e->beyond;
    e->trainer = c->trainer;
    e->history = c->history;
    e->source = c->source;
    e->beyond = c->beyond;
    c->trainer = trainer;
    c->history = history;
    c->source = source;
    c->beyond = beyond;
    trainer_evaluate(e->trainer);
    e->stale = false;
    e->batches_due = 0.0;
    e->data_version++;
    renew_second(e);
}

/* What the change holds, in place of what is there now; it then holds that. */
static bool exchange(Experiment *e, Undo *c, Status *status) {
    Trainer *t = e->trainer;
    Settings settings = t->settings;
    double threshold = t->threshold;
    switch (c->kind) {
    case UNDO_THRESHOLD:
        t->settings.threshold = c->settings.threshold;
        set_threshold(e, c->threshold);
        c->threshold = threshold;
        c->settings = settings;
        break;
    case UNDO_SETTINGS:
        use_live_settings(e, &c->settings);
        c->settings = settings;
        break;
    case UNDO_HOLD: {
        bool hold = t->hold;
        trainer_set_hold(t, c->hold);
        c->hold = hold;
        break;
    }
    case UNDO_POINTS:
        return exchange_points(e, c, status);
    case UNDO_RUN:
        exchange_run(e, c);
        break;
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

static void complete_epoch(Experiment *e) {
    trainer_evaluate(e->trainer);
    e->stale = false;
    Status status = {0};
    if (!history_add(&e->history, e->trainer, &status))
        snprintf(e->notice, sizeof e->notice, "%s", status.message);
    if (e->on_epoch)
        e->on_epoch(e->user, e->trainer);
}

/* Trains up to so many batches; tells about epochs that end. */
static void train(Experiment *e, size_t batches) {
    if (trainer_run(e->trainer, batches) == 0)
        return;
    e->stale = true;
    e->version++;
    follow(e, 2 * batches);
    if (e->trainer->batch == 0)
        complete_epoch(e);
}

static void play(Experiment *e, ExperimentMode mode) {
    e->mode = mode;
    e->batches_due = 0.0;
    e->beyond = e->beyond || trainer_finished(e->trainer);
    e->look = -1;
    e->notice[0] = '\0';
}

static void say_finished(Experiment *e) {
    size_t hard = e->trainer->data.count - e->trainer->epoch_easy;
    if (e->trainer->settings.epochs == 1)
        snprintf(e->notice, sizeof e->notice, "The epoch is done. Play goes on beyond.");
    else if (e->trainer->epoch >= (uint32_t)e->trainer->settings.epochs)
        snprintf(e->notice, sizeof e->notice, "All %d epochs are done. Play goes on beyond.",
                 e->trainer->settings.epochs);
    else
        snprintf(e->notice, sizeof e->notice, "Only %zu %s still hard. Play goes on beyond.", hard,
                 hard == 1 ? "sample is" : "samples are");
}

/* After training: whether the run has come to an end, and which. */
static void see_end(Experiment *e) {
    if (e->trainer->diverged) {
        e->mode = MODE_PAUSED;
        snprintf(e->notice, sizeof e->notice,
                 "The model has diverged: a parameter is not finite. Reset, or lower the learning rate.");
    } else if (e->trainer->batch == 0) {
        if (e->mode == MODE_TO_EPOCH_END)
            e->mode = MODE_PAUSED;
        if (trainer_finished(e->trainer) && !e->beyond) {
            e->mode = MODE_PAUSED;
            say_finished(e);
        }
    }
}

static void look(Experiment *e, double epoch) {
    const HistoryRecord *record = epoch < 0.0 ? NULL : history_find(&e->history, (uint32_t)epoch);
    e->look = record ? (int64_t)record->epoch : -1;
    if (record)
        e->mode = MODE_PAUSED;
}

static void go_on_from_look(Experiment *e) {
    const HistoryRecord *record = e->look < 0 ? NULL : history_find(&e->history, (uint32_t)e->look);
    if (!record)
        return;
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

static void carry_out(Experiment *e, const Command *command) {
    Status status = {0};
    bool done = true;
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
        train(e, 1);
        see_end(e);
        break;
    case COMMAND_RESET:
        trainer_reset(e->trainer);
        begin(e);
        break;
    case COMMAND_THRESHOLD:
        e->look = -1; /* the threshold is that of now */
        note_change(e, UNDO_THRESHOLD, command->gesture, PROPERTIES[PROPERTY_THRESHOLD].label);
        set_threshold(e, command->value);
        drop_if_nothing_changed(e, command->gesture);
        break;
    case COMMAND_HOLD:
        note_change(e, UNDO_HOLD, command->gesture, "Hold the threshold");
        trainer_set_hold(e->trainer, command->value != 0.0);
        break;
    case COMMAND_SPEED:
        e->speed = command->value;
        break;
    case COMMAND_LOOK:
        look(e, command->value);
        break;
    case COMMAND_GO_ON:
        go_on_from_look(e);
        break;
    case COMMAND_SETTINGS:
        done = take_settings(e, &command->settings, command->gesture, &status);
        break;
    case COMMAND_PRESET:
        done = take_preset(e, command, &status);
        break;
    case COMMAND_COMPARE:
        e->comparing = command->value != 0.0;
        e->second_curriculum = command->settings;
        e->behind = false;
        if (e->comparing)
            renew_second(e);
        else
            second_run_close(&e->second);
        break;
    case COMMAND_UNDO:
        done = go_back(e, &e->undo, &e->redo, &status);
        break;
    case COMMAND_REDO:
        done = go_back(e, &e->redo, &e->undo, &status);
        break;
    }
    if (!done)
        snprintf(e->notice, sizeof e->notice, "%s", status.message);
    e->version++;
}

static void train_while_due(Experiment *e, double due, double (*now)(void), double deadline) {
    size_t chunk = trainer_batches_between_looks(e->trainer); /* at the clock */
    while (e->mode != MODE_PAUSED && due >= 1.0) {
        size_t left = e->trainer->batches - e->trainer->batch;
        size_t batches = left < chunk ? left : chunk;
        if ((double)batches > due)
            batches = (size_t)due;
        train(e, batches);
        due -= (double)batches;
        see_end(e);
        if (now() >= deadline)
            break;
    }
    e->batches_due = e->mode == MODE_PLAYING ? due : 0.0;
}

static void advance(Experiment *e, double elapsed, double (*now)(void), double deadline) {
    int done = 0;
    while (done < e->queued) {
        carry_out(e, &e->queue[done++]);
        if (e->mode == MODE_TO_EPOCH_END && done < e->queued) { /* what comes after it is for after it */
            train_while_due(e, 1e300, now, deadline);
            if (e->mode == MODE_TO_EPOCH_END)
                break; /* no time left: the rest has its turn in the next frame, done or not */
        }
    }
    e->queued -= done;
    memmove(e->queue, e->queue + done, (size_t)e->queued * sizeof *e->queue);
    if (e->mode == MODE_PAUSED)
        return;
    if (e->mode == MODE_TO_EPOCH_END || e->speed >= SPEED_MAXIMUM) {
        train_while_due(e, 1e300, now, deadline);
        e->batches_due = 0.0;
        return;
    }
    double rate = e->speed * (double)e->trainer->batches;
    double due = e->batches_due + rate * elapsed;
    /* what could not be done in time is not owed for ever */
    train_while_due(e, fmin(due, rate + 1.0), now, deadline);
    e->batches_due = fmin(e->batches_due, rate * 0.1 + 1.0);
}

void experiment_advance(Experiment *e, double elapsed, double (*now)(void), double deadline) {
    advance(e, elapsed, now, deadline);
    size_t chunk = trainer_batches_between_looks(e->trainer);
    while (e->comparing && e->behind) {
        follow(e, chunk);
        if (now() >= deadline)
            break;
    }
}

void experiment_evaluate(Experiment *e) {
    if (!e->stale)
        return;
    trainer_evaluate(e->trainer);
    e->stale = false;
    e->version++;
}

void experiment_evaluate_soon(Experiment *e, double time) {
    bool few = e->trainer->data.count <= EVALUATE_EACH_FRAME;
    if (!few && e->mode != MODE_PAUSED && time - e->evaluated_at < EVALUATION_INTERVAL)
        return;
    experiment_evaluate(e);
    e->evaluated_at = time;
}

Snapshot experiment_snapshot(Experiment *e) {
    Snapshot snapshot = snapshot_of(e->trainer);
    snapshot.history = &e->history;
    snapshot.playing = e->mode != MODE_PAUSED;
    snapshot.version = e->version;
    snapshot.data_version = e->data_version;
    snapshot.undo = undo_top(&e->undo) ? undo_top(&e->undo)->what : NULL;
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
    snapshot.second = e->comparing ? second_run_snapshot(&e->second, &snapshot) : NULL;
    return snapshot;
}

uint32_t next_seed(uint32_t seed) {
    return (uint32_t)((seed * UINT64_C(48271) + 11) % 1000000);
}

Command new_seed_command(const Settings *settings) {
    Command command = {.kind = COMMAND_SETTINGS, .settings = *settings};
    command.settings.seed = next_seed(command.settings.seed);
    return command;
}
