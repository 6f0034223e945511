#include "experiment.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* A run for these settings: points from the source if there are any, with the settings' label flips. */
static Trainer *build(const Settings *settings, const Dataset *source, Status *status) {
    if (source->count == 0)
        return trainer_new(settings, NULL, status);
    Dataset points;
    if (!dataset_copy(&points, source, status))
        return NULL;
    Trainer *trainer = NULL;
    if (dataset_flip(&points, settings->flip, settings->seed, status))
        trainer = trainer_new(settings, &points, status);
    dataset_free(&points);
    return trainer;
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
    if (e->on_restart)
        e->on_restart(e->user);
}

bool experiment_init(Experiment *e, const Settings *settings, Dataset *source, Status *status) {
    *e = (Experiment){.speed = SPEED_DEFAULT, .look = -1};
    Dataset none = {0};
    e->trainer = build(settings, source ? source : &none, status);
    if (!e->trainer)
        return false;
    if (!history_init(&e->history, e->trainer->data.count, e->trainer->mlp.parameters, HISTORY_DEFAULT_BYTES,
                      status)) {
        trainer_free(e->trainer);
        return false;
    }
    if (source) {
        e->source = *source;
        memset(source, 0, sizeof *source);
    }
    begin(e);
    e->data_version = 1;
    return true;
}

void experiment_free(Experiment *e) {
    trainer_free(e->trainer);
    history_free(&e->history);
    dataset_free(&e->source);
    past_samples_free(&e->past);
    memset(e, 0, sizeof *e);
}

bool experiment_push(Experiment *e, Command command) {
    if (e->queued == EXPERIMENT_QUEUE)
        return false;
    e->queue[e->queued++] = command;
    return true;
}

/* The old run stays if the new one can't be made. */
static bool rebuild(Experiment *e, const Settings *settings, const Dataset *source, Status *status) {
    Trainer *trainer = build(settings, source, status);
    if (!trainer)
        return false;
    History history;
    if (!history_init(&history, trainer->data.count, trainer->mlp.parameters, HISTORY_DEFAULT_BYTES,
                      status)) {
        trainer_free(trainer);
        return false;
    }
    trainer->hold = e->trainer->hold;
    trainer_free(e->trainer);
    history_free(&e->history);
    e->trainer = trainer;
    e->history = history;
    e->data_version++;
    begin(e);
    return true;
}

bool experiment_open_points(Experiment *e, Dataset *points, Status *status) {
    Settings settings = e->trainer->settings;
    if (!rebuild(e, &settings, points, status))
        return false;
    dataset_free(&e->source);
    e->source = *points;
    memset(points, 0, sizeof *points);
    e->mode = MODE_PAUSED;
    return true;
}

static bool needs_rebuild(const Settings *old, const Settings *new) {
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        char a[SETTING_TEXT_MAX], b[SETTING_TEXT_MAX];
        property_format(old, &PROPERTIES[i], a);
        property_format(new, &PROPERTIES[i], b);
        if (PROPERTIES[i].effect == EFFECT_REBUILD && strcmp(a, b) != 0)
            return true;
    }
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

static bool take_settings(Experiment *e, const Settings *settings, Status *status) {
    if (!settings_check(settings, status))
        return false;
    if (needs_rebuild(&e->trainer->settings, settings))
        return rebuild(e, settings, &e->source, status);
    bool decides = settings->order != e->trainer->settings.order ||
                   settings->regularizer != e->trainer->settings.regularizer;
    trainer_set(e->trainer, settings);
    if (settings->threshold != e->trainer->settings.threshold) {
        e->trainer->settings.threshold = settings->threshold;
        set_threshold(e, settings->threshold);
    } else if (decides) {
        trainer_redecide(e->trainer);
        e->stale = false;
    }
    return true;
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
        set_threshold(e, command->value);
        break;
    case COMMAND_HOLD:
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
        done = take_settings(e, &command->settings, &status);
        break;
    case COMMAND_PRESET: {
        Dataset none = {0};
        done = settings_check(&command->settings, &status) && rebuild(e, &command->settings, &none, &status);
        if (done)
            dataset_free(&e->source);
        break;
    }
    }
    if (!done)
        snprintf(e->notice, sizeof e->notice, "%s", status.message);
    e->version++;
}

static void train_while_due(Experiment *e, double due, double (*now)(void), double deadline) {
    /* The clock is looked at after so many samples: often enough for a deadline, too seldom to cost anything.
     */
    const double samples_between_looks = 20000.0;
    size_t chunk = (size_t)fmax(1.0, samples_between_looks / (double)e->trainer->settings.batch);
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

void experiment_advance(Experiment *e, double elapsed, double (*now)(void), double deadline) {
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

void experiment_evaluate(Experiment *e) {
    if (!e->stale)
        return;
    trainer_evaluate(e->trainer);
    e->stale = false;
    e->version++;
}

Snapshot experiment_snapshot(Experiment *e) {
    Snapshot snapshot = snapshot_of(e->trainer);
    snapshot.history = &e->history;
    snapshot.playing = e->mode != MODE_PAUSED;
    snapshot.version = e->version;
    snapshot.data_version = e->data_version;
    const HistoryRecord *record = e->look < 0 ? NULL : history_find(&e->history, (uint32_t)e->look);
    Status status = {0};
    Snapshot then;
    if (!record)
        return snapshot;
    if (snapshot_of_record(&snapshot, record, &e->past, &then, &status))
        return then;
    snprintf(e->notice, sizeof e->notice, "%s", status.message);
    e->look = -1;
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
