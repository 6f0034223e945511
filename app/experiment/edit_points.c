#include "app/experiment/experiment_private.h"

#include "app/base/copy.h"

#include <stdlib.h>
#include <string.h>

/* ---- other points for the runs ---- */

/* One of the runs that share the points. */
typedef struct Run {
    Trainer *trainer;
    History *history;
    uint32_t number; /* as of PointsKnown */
} Run;

static int run_count(const Experiment *e) {
    return 1 + e->other_count;
}

/* 0: the first. */
static Run run_of(Experiment *e, int k) {
    return k == 0 ? (Run){e->trainer, &e->history, 0}
                  : (Run){e->others[k - 1].trainer, &e->others[k - 1].history, e->others[k - 1].number};
}

/* What the change knows of that run, or NULL. */
static const PointsKnown *known_to(const Undo *c, Run run) {
    for (int k = 0; c && k < 1 + OTHER_RUNS; k++)
        if (c->known[k].slot && c->known[k].number == run.number)
            return &c->known[k];
    return NULL;
}

/* A change of a run's points that only has to be committed. */
typedef struct Prepared {
    uint32_t *slot;
    TrainerPoints *trainer;
    HistoryPoints *history;
} Prepared;

static void drop(Prepared *p) {
    free(p->slot);
    trainer_drop_points(p->trainer);
    history_drop_points(p->history);
}

/* Of each new point, its slot in the run's history. known: of the points that come back, or NULL: they are new. */
static uint32_t *slots_for(const History *h, const uint32_t *origin, size_t count, const PointsKnown *known) {
    uint32_t *slot = calloc(count, sizeof *slot), fresh = (uint32_t)h->slots;
    for (size_t i = 0; slot && i < count; i++)
        slot[i] = origin[i] != NEW_SAMPLE ? (uint32_t)history_slot(h, origin[i]) : known ? known->slot[i] : fresh++;
    return slot;
}

/* On failure the caller drops what was prepared. */
static bool prepare(Prepared *p, Run run, const Dataset *points, const Dataset *clean, const uint32_t *origin,
                    const PointsKnown *known, Status *status) {
    p->slot = slots_for(run.history, origin, points->count, known);
    if (!p->slot)
        return status_no_memory(status, "the points");
    p->trainer = trainer_prepare_points(run.trainer, points, clean, origin, status);
    if (!p->trainer)
        return false;
    p->history =
        history_prepare_points(run.history, p->slot, points->count, run.trainer->data.label, points->label, status);
    return p->history != NULL;
}

/* *points and *clean then hold the points that there were. */
static void commit(const Prepared *p, Run run, Dataset *points, Dataset *clean) {
    trainer_commit_points(run.trainer, p->trainer, points, clean);
    history_commit_points(run.history, p->history, p->slot);
}

static bool copy_clean(Dataset *copy, const Dataset *clean, Status *status) {
    *copy = (Dataset){.classes = clean->classes};
    return clean->count == 0 || dataset_copy(copy, clean, status);
}

/* Other points for all runs, or, on failure, for none. clean: other clean points, or NULL: they stay. back: the change
 * that some of them come back from, or NULL. *points, and *clean, then hold the points that there were. */
static bool use_points(Experiment *e, Dataset *points, Dataset *clean, const uint32_t *origin, const Undo *back,
                       Status *status) {
    Prepared prepared[1 + OTHER_RUNS] = {{0}};
    /* each run has points of its own; the first takes these */
    Dataset twins[1 + OTHER_RUNS] = {{0}}, clean_twins[1 + OTHER_RUNS] = {{0}};
    int runs = run_count(e);
    bool done = true;
    for (int k = 0; done && k < runs; k++)
        done = (k == 0 || dataset_copy(&twins[k], points, status)) &&
               (k == 0 || !clean || copy_clean(&clean_twins[k], clean, status)) &&
               prepare(&prepared[k], run_of(e, k), k == 0 ? points : &twins[k],
                       k == 0 || !clean ? clean : &clean_twins[k], origin, known_to(back, run_of(e, k)), status);
    for (int k = 0; k < runs; k++)
        if (!done)
            drop(&prepared[k]);
        else
            commit(&prepared[k], run_of(e, k), k == 0 ? points : &twins[k], k == 0 || !clean ? clean : &clean_twins[k]);
    for (int k = 1; k < runs; k++) {
        dataset_free(&twins[k]);
        dataset_free(&clean_twins[k]);
    }
    if (!done)
        return false;
    e->stale = false;
    e->look = -1;
    uint64_t was = e->data_version++ + e->run_version;
    if (e->watch)
        label_watch_map(e->watch, origin, e->trainer->data.count, was, e->data_version + e->run_version);
    e->version++;
    return true;
}

/* Those that say how points were made, for all runs. */
static void use_settings_of_points(Experiment *e, const Settings *settings) {
    for (int k = 0; k < run_count(e); k++) {
        Settings *its = &run_of(e, k).trainer->settings;
        its->flip = settings->flip;
        its->outliers = settings->outliers;
        its->clean = settings->clean;
    }
}

/* ---- undo ---- */

static bool keep_known(PointsKnown *known, Run run) {
    size_t count = run.trainer->data.count;
    known->number = run.number;
    known->slot = calloc(count, sizeof *known->slot);
    for (size_t i = 0; known->slot && i < count; i++)
        known->slot[i] = (uint32_t)history_slot(run.history, i);
    known->v = copy_of(run.trainer->each.v, count, sizeof *known->v);
    known->admitted = copy_of(run.trainer->each.admitted, count, sizeof *known->admitted);
    return trainer_keep_turns(run.trainer, &known->turns) && known->slot && known->v && known->admitted;
}

/* Puts what the runs know of their points now into the change; the points themselves follow when others are used. */
static bool keep_points(Undo *c, Experiment *e, Status *status) {
    c->settings = e->trainer->settings;
    c->edited = e->source.edited;
    bool kept = true;
    for (int k = 0; kept && k < run_count(e); k++)
        kept = keep_known(&c->known[k], run_of(e, k));
    return kept || status_no_memory(status, "what can be undone");
}

/* Where each of the change's points is among those of now, malloc'd. */
static uint32_t *origins_of(const Experiment *e, const Undo *c) {
    const History *h = &e->history;
    uint32_t *origin = calloc(c->points.count, sizeof *origin), *index_of = calloc(h->slots, sizeof *index_of);
    if (origin && index_of) {
        for (size_t i = 0; i < h->slots; i++)
            index_of[i] = NEW_SAMPLE;
        for (size_t i = 0; i < h->samples; i++)
            index_of[history_slot(h, i)] = (uint32_t)i;
        for (size_t i = 0; i < c->points.count; i++)
            origin[i] = c->known[0].slot[i] < h->slots ? index_of[c->known[0].slot[i]] : NEW_SAMPLE;
    } else {
        free(origin);
        origin = NULL;
    }
    free(index_of);
    return origin;
}

static bool is_untrained(const PointsKnown *known, const Trainer *t) {
    return !known->trained && known->epoch == t->epoch && known->batch == t->batch;
}

/* What the change knows of the runs is of right before where they are now. */
static void mark_places(Undo *c, Experiment *e) {
    for (int k = 0; k < run_count(e); k++)
        for (int i = 0; i < 1 + OTHER_RUNS; i++)
            if (c->known[i].slot && c->known[i].number == run_of(e, k).number) {
                c->known[i].epoch = run_of(e, k).trainer->epoch;
                c->known[i].batch = run_of(e, k).trainer->batch;
            }
}

/* Before another change of the same gesture: those that have been trained meanwhile. */
static void mark_trained(Undo *c, Experiment *e) {
    for (int k = 0; k < run_count(e); k++)
        for (int i = 0; i < 1 + OTHER_RUNS; i++)
            if (c->known[i].slot && c->known[i].number == run_of(e, k).number)
                c->known[i].trained = !is_untrained(&c->known[i], run_of(e, k).trainer);
}

/* Points that come back are as they were when they went. */
static void bring_back(Trainer *t, const uint32_t *origin, const PointsKnown *known, bool untrained) {
    for (size_t i = 0; i < t->data.count; i++)
        if (origin[i] == NEW_SAMPLE) {
            t->each.v[i] = known->v[i];
            t->each.admitted[i] = known->admitted[i];
        }
    t->epoch_easy = trainer_easy(t);
    if (untrained)
        trainer_put_turns(t, &known->turns);
}

/* Exchanges what the two know of the runs' points. */
static void exchange_known(Undo *a, Undo *b) {
    for (int k = 0; k < 1 + OTHER_RUNS; k++) {
        PointsKnown known = a->known[k];
        a->known[k] = b->known[k];
        b->known[k] = known;
    }
}

bool experiment_exchange_points(Experiment *e, Undo *c, Status *status) {
    Undo now = {0};
    uint32_t *origin = origins_of(e, c);
    bool untrained[1 + OTHER_RUNS] = {false};
    for (int k = 0; k < run_count(e); k++)
        untrained[k] = known_to(c, run_of(e, k)) && is_untrained(known_to(c, run_of(e, k)), run_of(e, k).trainer);
    bool done = (origin || status_no_memory(status, "the points")) && keep_points(&now, e, status) &&
                use_points(e, &c->points, c->with_clean ? &c->clean : NULL, origin, c, status);
    if (done) {
        for (int k = 0; k < run_count(e); k++) {
            const PointsKnown *known = known_to(c, run_of(e, k));
            if (known)
                bring_back(run_of(e, k).trainer, origin, known, untrained[k]);
        }
        use_settings_of_points(e, &c->settings);
        e->source.edited = c->edited;
        exchange_known(c, &now);
        mark_places(c, e);
        c->settings = now.settings;
        c->edited = now.edited;
    }
    for (int k = 0; k < 1 + OTHER_RUNS; k++)
        points_known_free(&now.known[k]);
    free(origin);
    return done;
}

/* ---- the hand's edits ---- */

static size_t last_row(const Trainer *t) {
    size_t train = dataset_row(&t->data, t->data.count - 1);
    size_t test = t->test.count > 0 ? dataset_row(&t->test, t->test.count - 1) : 0;
    size_t clean = t->clean.count > 0 ? dataset_row(&t->clean, t->clean.count - 1) : 0;
    size_t last = train > test ? train : test;
    return last > clean ? last : clean;
}

/* Of a sample that is meant by the edit, as its number `place`. */
static uint8_t label_after(const Dataset *data, size_t sample, const PointEdit *edit, size_t place) {
    if (edit->kind == EDIT_LABEL)
        return edit->labels[place];
    int next = edit->kind == EDIT_FLIP ? (data->label[sample] + 1) % data->classes : data->label[sample];
    return (uint8_t)next;
}

/* The points after the edit, and where each came from. */
static bool edited_points(const Trainer *t, const PointEdit *edit, Dataset *points, uint32_t **origin, Status *status) {
    const Dataset *old = &t->data;
    size_t n = edit->kind == EDIT_ADD     ? old->count + edit->count
               : edit->kind == EDIT_ERASE ? old->count - edit->count
                                          : old->count;
    if (n > MAX_SAMPLES)
        return status_fail(status, STATUS_USAGE, "More than %d points cannot be handled.", MAX_SAMPLES);
    if (!dataset_init(points, n, old->classes, status) || (old->truth && !dataset_add_truth(points, status)) ||
        (old->row && !dataset_add_rows(points, status)) || (old->kept && !dataset_add_kept(points, status)) ||
        !dataset_copy_names(points, old, status))
        return false;
    *origin = calloc(n, sizeof **origin);
    if (!*origin)
        return status_no_memory(status, "the points");
    size_t to = 0, next = 0;
    for (size_t i = 0; i < old->count; i++) {
        bool meant = edit->kind != EDIT_ADD && next < edit->count && edit->samples[next] == i;
        uint8_t label = meant ? label_after(old, i, edit, next) : old->label[i];
        next += meant;
        if (meant && edit->kind == EDIT_ERASE)
            continue;
        points->x[to] = old->x[i];
        points->y[to] = old->y[i];
        points->label[to] = label;
        if (old->truth)
            points->truth[to] = old->truth[i];
        if (old->row)
            points->row[to] = old->row[i];
        if (old->kept)
            points->kept[to] = old->kept[i] && label == old->label[i]; /* it was said of that label */
        if (old->anomaly == (int64_t)i)
            points->anomaly = (int64_t)to;
        (*origin)[to++] = (uint32_t)i;
    }
    for (size_t i = 0; to < n; i++, to++) {
        points->x[to] = edit->x[i];
        points->y[to] = edit->y[i];
        points->label[to] = edit->label;
        if (old->truth)
            points->truth[to] = edit->label;
        if (old->row) /* behind all others */
            points->row[to] = (uint32_t)(last_row(t) + 1 + i);
        (*origin)[to] = NEW_SAMPLE;
    }
    dataset_bounds(points);
    return true;
}

/* ---- labels that are right ---- */

/* Every run has points of its own. */
static bool make_kept(Experiment *e, Status *status) {
    for (int k = 0; k < run_count(e); k++) {
        Dataset *d = &run_of(e, k).trainer->data;
        if (!d->kept && !dataset_add_kept(d, status))
            return false;
    }
    return true;
}

bool experiment_exchange_kept(Experiment *e, Undo *c, Status *status) {
    if (!make_kept(e, status))
        return false;
    for (int k = run_count(e) - 1; k >= 0; k--) {
        Dataset *d = &run_of(e, k).trainer->data;
        if (k > 0)
            memcpy(d->kept, c->kept, d->count);
        for (size_t i = 0; k == 0 && i < d->count; i++) {
            uint8_t kept = d->kept[i];
            d->kept[i] = c->kept[i];
            c->kept[i] = kept;
        }
    }
    e->version++;
    return true;
}

static bool keep_labels(Experiment *e, const PointEdit *edit, Status *status) {
    bool kept = edit->kind == EDIT_KEEP;
    if (!make_kept(e, status))
        return false;
    Undo *change = undo_new(UNDO_KEPT, 0, kept ? "labels kept" : "labels not kept");
    const Dataset *first = &e->trainer->data;
    if (change)
        change->kept = copy_of(first->kept, change->kept_count = first->count, 1);
    if (!change || !change->kept) {
        undo_free(change);
        return status_no_memory(status, "what can be undone");
    }
    for (int k = 0; k < run_count(e); k++)
        for (size_t i = 0; i < edit->count; i++)
            run_of(e, k).trainer->data.kept[edit->samples[i]] = kept;
    undo_clear(&e->redo);
    undo_push(&e->undo, change);
    e->version++;
    return true;
}

bool experiment_change_points(Experiment *e, const PointEdit *edit, Status *status) {
    static const char *const WHAT[] = {[EDIT_ADD] = "points added",          [EDIT_ERASE] = "points erased",
                                       [EDIT_FLIP] = "labels changed",       [EDIT_LABEL] = "labels changed",
                                       [EDIT_CLEAN] = "clean points marked", [EDIT_UNCLEAN] = "clean points unmarked"};
    if (edit->kind == EDIT_KEEP || edit->kind == EDIT_FORGET)
        return keep_labels(e, edit, status);
    bool of_clean = edit->kind == EDIT_CLEAN || edit->kind == EDIT_UNCLEAN;
    if ((edit->kind == EDIT_ERASE || edit->kind == EDIT_CLEAN) && edit->count >= e->trainer->data.count)
        return status_fail(status, STATUS_USAGE, "At least one point has to stay.");
    Dataset points = {0}, clean = {0};
    uint32_t *origin = NULL;
    Undo *change = NULL;
    bool goes_on = experiment_gesture_goes_on(e, UNDO_POINTS, edit->gesture);
    bool done = of_clean ? clean_edited_points(e->trainer, edit, &points, &clean, &origin, status)
                         : edited_points(e->trainer, edit, &points, &origin, status);
    if (done && !goes_on) {
        change = undo_new(UNDO_POINTS, edit->gesture, WHAT[edit->kind]);
        done = change ? keep_points(change, e, status) : status_no_memory(status, "what can be undone");
    }
    Undo *first = goes_on ? e->undo.items[e->undo.count - 1] : change;
    if (done && goes_on)
        mark_trained(first, e);
    done = done && use_points(e, &points, of_clean ? &clean : NULL, origin, NULL, status);
    if (done)
        mark_places(first, e);
    free(origin);
    if (!done) {
        dataset_free(&points);
        dataset_free(&clean);
        undo_free(change);
        return false;
    }
    e->source.edited = true;
    Settings settings = e->trainer->settings;
    settings.flip = 0.0; /* the labels are what they are */
    settings.outliers = 0.0;
    settings.clean = of_clean ? 0 : settings.clean; /* they are what they are marked as */
    use_settings_of_points(e, &settings);
    undo_clear(&e->redo);
    if (change) {
        change->mark = experiment_mark_by_hand(e, UNDO_POINTS, WHAT[edit->kind]);
        change->points = points;
        change->clean = clean;
        change->with_clean = of_clean;
        undo_push(&e->undo, change);
    } else {
        dataset_free(&points); /* the stroke's first edit has kept those before it */
        dataset_free(&clean);
    }
    return true;
}

bool experiment_edit_points(Experiment *e, const PointEdit *edit, Status *status) {
    if (edit->count == 0 || (edit->kind != EDIT_ADD && edit->data_version != e->data_version))
        return true;
    tape_leave(e);
    if (e->log)
        run_log_note_edit(e->log, e, edit);
    double made = experiment_epochs(e);
    bool done = experiment_change_points(e, edit, status);
    steps_note(&e->undo, made);
    if (e->log)
        run_log_settle(e->log, e, done);
    experiment_settle_room(e);
    return done;
}
