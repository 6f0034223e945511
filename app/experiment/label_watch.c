#define _GNU_SOURCE
#include "app/experiment/label_watch.h"

#include "app/base/copy.h"
#include "app/experiment/label_points.h"
#include "core/mlp.h"
#include "core/parallel.h"

#include <math.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS_MOST = HELD_OUT_RUNS };
static const size_t QUEUE_BYTES = (size_t)32 << 20;

/* An epoch that is to be looked at. */
typedef struct Epoch {
    uint32_t number; /* from 0 */
    float *parameters;
    uint64_t *easy; /* a bit for each slot */
    struct Epoch *next;
} Epoch;

/* What scores are asked for: those after so many epochs. */
typedef struct Moment {
    uint32_t epochs, missed;
    Measure by;
    float *parameters;
    uint32_t *admitted;
} Moment;

/* A run being watched. */
typedef struct Pass {
    LabelPoints *points;
    LabelMeasures measures;
    uint32_t *slot;       /* of each point; NULL: its number */
    uint32_t *hard;       /* epochs in which each was */
    Epoch *first, **last; /* those to come */
    size_t queued;
    Moment *moment; /* waiting, or NULL */
    bool running, cancelled;
} Pass;

/* Scores and what they are of. */
typedef struct Made {
    LabelScores scores;
    LabelList list;
    Measure by;
    uint32_t epochs, missed;
    bool knn, held_out; /* were known */
} Made;

struct LabelWatch {
    pthread_mutex_t lock;
    pthread_cond_t more, less; /* to do */
    pthread_t thread[THREADS_MOST];
    int threads;
    bool quit;
    /* under the lock */
    Pass *pass;
    Made *ready;
    /* of the caller's thread alone */
    Made *shown;
    uint64_t of, shown_of;
    uint32_t next, missed; /* epoch that comes next; those that are not there */
    bool asked;            /* for this: */
    uint32_t asked_epochs;
    Measure asked_by, by;
    bool asked_knn, asked_held_out;
    LabelLook look;
};

/* ---- what threads share ---- */

static void free_moment(Moment *m) {
    if (!m)
        return;
    free(m->parameters);
    free(m->admitted);
    free(m);
}

static void free_made(Made *m) {
    if (m) {
        label_scores_free(&m->scores);
        label_list_free(&m->list);
    }
    free(m);
}

static void free_epoch(Epoch *e) {
    free(e->parameters);
    free(e->easy);
    free(e);
}

static void free_pass(Pass *p) {
    for (Epoch *e = p->first, *next; e; e = next) {
        next = e->next;
        free_epoch(e);
    }
    free_moment(p->moment);
    label_measures_free(&p->measures);
    free(p->slot);
    free(p->hard);
    label_points_let_go(p->points);
    free(p);
}

static void cancel(LabelWatch *w) {
    if (w->pass && w->pass->running)
        w->pass->cancelled = true; /* its thread frees it */
    else if (w->pass)
        free_pass(w->pass);
    w->pass = NULL;
}

/* ---- work ---- */

static void take_epoch(Pass *p, pthread_mutex_t *lock) {
    Epoch *e = p->first;
    p->first = e->next;
    p->queued--;
    if (!p->first)
        p->last = &p->first;
    pthread_mutex_unlock(lock);
    label_measures_add(&p->measures, &p->points->mlp, e->parameters, &p->points->data);
    for (size_t i = 0; i < p->points->data.count; i++) {
        size_t slot = p->slot ? p->slot[i] : i;
        p->hard[i] += !(e->easy[slot / 64] >> (slot % 64) & 1);
    }
    free_epoch(e);
    pthread_mutex_lock(lock);
}

static bool make(Made *made, const Pass *p, const Moment *m) {
    const LabelPoints *points = p->points;
    const Dataset *d = &points->data;
    float *loss = malloc(d->count * sizeof *loss);
    if (!loss)
        return false;
    LossSum sum = mlp_losses(&points->mlp, m->parameters, d->x, d->y, d->label, d->count, loss);
    free(loss);
    unsigned wanted = (1u << MEASURE_COUNT) - 1;
    LabelSources from = {.data = d,
                         .mlp = &points->mlp,
                         .parameters = m->parameters,
                         .admitted = m->admitted,
                         .accuracy = (double)sum.right / (double)d->count,
                         .mean_loss = sum.sum / (double)d->count,
                         .measures = p->measures.epochs > 0 ? &p->measures : NULL,
                         .held_out = made->held_out ? points->held_out : NULL,
                         .knn = made->knn ? points->knn : NULL,
                         .no_knn = !made->knn};
    Status status;
    if (!label_scores_make(&made->scores, &from, wanted, &status))
        return false;
    Mlp mlp = points->mlp;
    const float *model = made->scores.plain[MEASURE_LOSS] ? held_out_plain_model(points->held_out, &mlp) : NULL;
    return label_list_make(&made->list, &made->scores, p->hard, p->measures.epochs, d, model ? &mlp : &points->mlp,
                           model ? model : m->parameters, m->by, &status);
}

static bool all_folds_done(const LabelPoints *p) {
    for (int f = 0; f < HELD_OUT_RUNS; f++)
        if (p->fold_state[f] != TASK_DONE)
            return false;
    return !p->failed;
}

static void answer(LabelWatch *w, Pass *p) {
    Moment *m = p->moment;
    p->moment = NULL;
    Made *made = calloc(1, sizeof *made);
    if (made) {
        *made = (Made){.epochs = m->epochs,
                       .by = m->by,
                       .missed = m->missed,
                       .knn = p->points->knn_state == TASK_DONE && !p->points->failed,
                       .held_out = all_folds_done(p->points)};
        pthread_mutex_unlock(&w->lock);
        bool done = make(made, p, m);
        pthread_mutex_lock(&w->lock);
        if (done && !p->cancelled) {
            free_made(w->ready);
            w->ready = made;
            made = NULL;
        }
    }
    free_made(made);
    free_moment(m);
}

/* The measures of the run, one step. */
static bool work_on_run(LabelWatch *w) {
    Pass *p = w->pass;
    if (!p || p->running || !p->moment)
        return false;
    p->running = true;
    if (p->first && p->first->number < p->moment->epochs)
        take_epoch(p, &w->lock);
    else
        answer(w, p);
    p->running = false;
    if (p->cancelled)
        free_pass(p);
    return true;
}

static void prepare(LabelWatch *w, LabelPoints *p) {
    p->knn_state = TASK_RUNS;
    pthread_mutex_unlock(&w->lock);
    bool done = label_points_prepare(p);
    pthread_mutex_lock(&w->lock);
    p->failed = !done;
    p->knn_state = TASK_DONE;
    pthread_cond_broadcast(&w->more);
}

static void train_fold(LabelWatch *w, LabelPoints *p, int fold) {
    p->fold_state[fold] = TASK_RUNS;
    pthread_mutex_unlock(&w->lock);
    bool goes_on = held_out_step(p->held_out, fold);
    atomic_store(&p->epochs[fold], held_out_epochs(p->held_out, fold));
    pthread_mutex_lock(&w->lock);
    p->fold_state[fold] = goes_on ? TASK_WAITS : TASK_DONE;
    if (all_folds_done(p))
        p->failed = !held_out_done(p->held_out);
}

/* knn and held-out, one step. */
static bool work_on_points(LabelWatch *w) {
    LabelPoints *p = w->pass ? w->pass->points : NULL;
    int fold = 0;
    if (!p || p->failed || p->knn_state == TASK_RUNS)
        return false;
    while (fold < HELD_OUT_RUNS && p->fold_state[fold] != TASK_WAITS)
        fold++;
    if (fold == HELD_OUT_RUNS)
        return false;
    label_points_hold(p);
    if (p->knn_state == TASK_WAITS)
        prepare(w, p);
    else
        train_fold(w, p, fold);
    label_points_let_go(p);
    return true;
}

static void *work(void *context) {
    LabelWatch *w = context;
    parallel_begin_background();
    pthread_mutex_lock(&w->lock);
    while (!w->quit) {
        if (work_on_run(w) || work_on_points(w)) {
            pthread_cond_broadcast(&w->less);
            continue;
        }
        pthread_cond_wait(&w->more, &w->lock);
    }
    pthread_mutex_unlock(&w->lock);
    return NULL;
}

/* ---- beginning and end ---- */

LabelWatch *label_watch_new(Status *status) {
    LabelWatch *w = calloc(1, sizeof *w);
    if (!w) {
        status_no_memory(status, "the measures of the labels");
        return NULL;
    }
    pthread_mutex_init(&w->lock, NULL);
    pthread_cond_init(&w->more, NULL);
    pthread_cond_init(&w->less, NULL);
    int wanted = parallel_background_threads(THREADS_MOST);
    while (w->threads < wanted && pthread_create(&w->thread[w->threads], NULL, work, w) == 0)
        w->threads++;
    if (w->threads > 0)
        return w;
    label_watch_free(w);
    status_no_memory(status, "the measures of the labels");
    return NULL;
}

void label_watch_clear(LabelWatch *w) {
    pthread_mutex_lock(&w->lock);
    cancel(w);
    free_made(w->ready);
    w->ready = NULL;
    pthread_mutex_unlock(&w->lock);
    free_made(w->shown);
    w->shown = NULL;
}

void label_watch_free(LabelWatch *w) {
    if (!w)
        return;
    pthread_mutex_lock(&w->lock);
    w->quit = true;
    pthread_cond_broadcast(&w->more);
    pthread_mutex_unlock(&w->lock);
    for (int i = 0; i < w->threads; i++)
        pthread_join(w->thread[i], NULL);
    label_watch_clear(w);
    pthread_cond_destroy(&w->less);
    pthread_cond_destroy(&w->more);
    pthread_mutex_destroy(&w->lock);
    free(w);
}

/* ---- the run ---- */

static size_t most_queued(const LabelPoints *p) {
    size_t most = QUEUE_BYTES / (p->mlp.padded * sizeof(float) + p->data.count / 8 + 1);
    return most > HISTORY_MAX_RECORDS ? HISTORY_MAX_RECORDS : most < 4 ? 4 : most;
}

/* With the lock. */
static bool put_epoch(LabelWatch *w, const History *h, const HistoryRecord *record) {
    Pass *p = w->pass;
    const Mlp *mlp = &p->points->mlp;
    Epoch *e = calloc(1, sizeof *e);
    float *copy = aligned_alloc(64, mlp->padded * sizeof *copy);
    uint64_t *easy = copy_of(record->easy_bits, h->words, sizeof *easy);
    if (!e || !copy || !easy) {
        free(e);
        free(copy);
        free(easy);
        return false;
    }
    memset(copy, 0, mlp->padded * sizeof *copy);
    memcpy(copy, record->parameters, mlp->parameters * sizeof *copy);
    *e = (Epoch){.number = record->epoch, .parameters = copy, .easy = easy};
    *p->last = e;
    p->last = &e->next;
    p->queued++;
    return true;
}

/* Takes the hold on the points over; NULL without memory. */
static Pass *new_pass(LabelPoints *points, const History *h) {
    Status status;
    Pass *p = calloc(1, sizeof *p);
    if (!p) {
        label_points_let_go(points);
        return NULL;
    }
    size_t count = points->data.count;
    p->points = points;
    p->last = &p->first;
    p->hard = calloc(count, sizeof *p->hard);
    p->slot = h->slot ? copy_of(h->slot, count, sizeof *p->slot) : NULL;
    if (p->hard && (p->slot || !h->slot) && label_measures_init(&p->measures, count, &status))
        return p;
    free_pass(p);
    return NULL;
}

static void begin_anew(LabelWatch *w, const LabelRun *run) {
    const Trainer *t = run->trainer;
    LabelPoints *points = NULL;
    Status status;
    pthread_mutex_lock(&w->lock);
    if (w->pass && label_points_same(w->pass->points, t)) {
        points = w->pass->points;
        label_points_hold(points);
    }
    cancel(w);
    free_made(w->ready);
    w->ready = NULL;
    points = points ? points : label_points_new(t, &status);
    w->pass = points ? new_pass(points, run->history) : NULL;
    w->next = 0;
    w->missed = t->epoch;
    for (size_t i = 0; w->pass && i < run->history->count; i++) {
        const HistoryRecord *record = &run->history->records[i];
        w->missed -= record->epoch < t->epoch && put_epoch(w, run->history, record);
    }
    w->next = t->epoch;
    w->of = run->of;
    w->asked = false;
    pthread_cond_broadcast(&w->more);
    pthread_mutex_unlock(&w->lock);
    if (w->shown && w->shown_of != run->of) {
        free_made(w->shown);
        w->shown = NULL;
    }
}

/* The scores after the last completed epoch. With the lock. */
static void ask(LabelWatch *w, const LabelRun *run) {
    const Trainer *t = run->trainer;
    const LabelPoints *points = w->pass->points;
    const Mlp *mlp = &points->mlp;
    const HistoryRecord *newest = w->next > 0 ? history_find(run->history, w->next - 1) : NULL;
    Moment *m = calloc(1, sizeof *m);
    if (m) {
        *m = (Moment){.epochs = w->next, .missed = w->missed, .by = run->by};
        m->parameters = aligned_alloc(64, mlp->padded * sizeof *m->parameters);
        m->admitted = copy_of(t->each.admitted, t->data.count, sizeof *m->admitted);
    }
    w->asked = true; /* also without memory: again when there is more to be asked */
    w->asked_epochs = w->next;
    w->asked_by = run->by;
    w->asked_knn = points->knn_state == TASK_DONE;
    w->asked_held_out = all_folds_done(points);
    if (!m || !m->parameters || !m->admitted) {
        free_moment(m);
        return;
    }
    memset(m->parameters, 0, mlp->padded * sizeof *m->parameters);
    memcpy(m->parameters, newest ? newest->parameters : t->parameters, mlp->parameters * sizeof *m->parameters);
    free_moment(w->pass->moment);
    w->pass->moment = m;
    pthread_cond_broadcast(&w->more);
}

void label_watch_epoch(LabelWatch *w, const LabelRun *run) {
    const Trainer *t = run->trainer;
    if (w->of != run->of || !w->pass || t->epoch != w->next + 1)
        return; /* it begins anew with all of them */
    pthread_mutex_lock(&w->lock);
    w->by = run->by;
    while (w->pass->queued >= most_queued(w->pass->points)) { /* work that nobody has asked for yet: it is asked for */
        if (!w->pass->moment)
            ask(w, run);
        if (!w->pass->moment) /* without memory: the queue grows */
            break;
        pthread_cond_wait(&w->less, &w->lock);
    }
    const HistoryRecord *newest = history_find(run->history, t->epoch - 1);
    if (newest && newest->epoch == t->epoch - 1 && put_epoch(w, run->history, newest))
        w->next = t->epoch;
    else
        cancel(w);
    pthread_mutex_unlock(&w->lock);
}

/* ---- what is shown ---- */

static void show(LabelWatch *w, Made *made, uint64_t of) {
    free_made(w->shown);
    w->shown = made;
    w->shown_of = of;
    w->look.count = made->scores.count;
    w->look.scores = &made->scores;
    w->look.list = made->list.count > 0 ? &made->list : NULL;
    w->look.by = made->by;
    w->look.epochs = made->epochs;
    w->look.missed = made->missed;
    for (int m = 0; m < MEASURE_COUNT; m++)
        w->look.value[m] = made->scores.value[m];
    w->look.version++;
}

/* Whether what was last asked for is not what there is now. */
static bool is_due(const LabelWatch *w) {
    const LabelPoints *p = w->pass->points;
    return !w->asked || w->asked_epochs != w->next || w->asked_by != w->by ||
           w->asked_knn != (p->knn_state == TASK_DONE) || w->asked_held_out != all_folds_done(p);
}

bool label_watch_follow(LabelWatch *w, const LabelRun *run, bool now) {
    uint64_t before = w->look.version;
    bool was_shown = w->shown != NULL;
    w->by = run->by;
    if (w->of != run->of || !w->pass || run->trainer->epoch != w->next ||
        !held_out_same_models(&w->pass->points->settings, &run->trainer->settings))
        begin_anew(w, run);
    pthread_mutex_lock(&w->lock);
    Made *ready = w->ready;
    w->ready = NULL;
    double progress = w->look.held_out_progress;
    if (w->pass) {
        progress = floor(100.0 * label_points_progress(w->pass->points)) / 100.0;
        if (now && is_due(w) && !w->pass->moment)
            ask(w, run);
    }
    pthread_mutex_unlock(&w->lock);
    if (ready)
        show(w, ready, w->of);
    w->look.version += progress != w->look.held_out_progress;
    w->look.held_out_progress = progress;
    return before != w->look.version || was_shown != (w->shown != NULL);
}

static bool is_busy(const LabelWatch *w) {
    const Pass *p = w->pass;
    return w->ready || (p && (p->moment || p->running || is_due(w) || !label_points_done(p->points)));
}

bool label_watch_is_busy(LabelWatch *w) {
    pthread_mutex_lock(&w->lock);
    bool busy = is_busy(w);
    pthread_mutex_unlock(&w->lock);
    return busy;
}

void label_watch_finish(LabelWatch *w, const LabelRun *run) {
    do {
        label_watch_follow(w, run, true);
        pthread_mutex_lock(&w->lock);
        while (w->pass && !w->ready && (w->pass->moment || w->pass->running || !label_points_done(w->pass->points)))
            pthread_cond_wait(&w->less, &w->lock);
        pthread_mutex_unlock(&w->lock);
    } while (label_watch_is_busy(w));
}

const LabelLook *label_watch_look(const LabelWatch *w, uint64_t of) {
    return w->shown && w->shown_of == of ? &w->look : NULL;
}

static bool map_values(float **value, const float *old, const uint32_t *origin, size_t count) {
    *value = old ? malloc(count * sizeof **value) : NULL;
    for (size_t i = 0; *value && i < count; i++)
        (*value)[i] = origin[i] == NEW_SAMPLE ? NAN : old[origin[i]];
    return *value || !old;
}

void label_watch_map(LabelWatch *w, const uint32_t *origin, size_t count, uint64_t was, uint64_t of) {
    Made *made = w->shown && w->shown_of == was ? calloc(1, sizeof *made) : NULL;
    if (!made)
        return;
    *made = *w->shown;
    made->scores.count = count;
    made->list = (LabelList){0};
    bool done = true;
    for (int m = 0; m < MEASURE_COUNT; m++) {
        const LabelScores *old = &w->shown->scores;
        done = map_values(&made->scores.value[m], old->value[m], origin, count) && done;
        done = map_values(&made->scores.plain[m], old->plain[m], origin, count) && done;
    }
    if (done)
        show(w, made, of);
    else
        free_made(made);
}
