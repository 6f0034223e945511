#include "app/headless/sweep.h"

#include "app/base/clock.h"
#include "core/parallel.h"

#include <assert.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <time.h>

/* A run that is done. */
typedef struct DoneRun {
    bool waits; /* for an earlier one */
    size_t run;
    RunFigures figures;
} DoneRun;

/* Rows that may wait for an earlier one: bounds the memory when one run takes much longer than those after it. */
#define WINDOW SWEEP_WINDOW

typedef struct Crew {
    const Sweep *sweep;
    const SweepJob *job;
    SweepSummary *summary; /* or NULL */
    size_t first, end;     /* the part's runs */
    pthread_mutex_t lock;
    pthread_cond_t row, room; /* a run is done, or all is over; runs may begin */
    size_t next;              /* run that nobody has taken yet */
    size_t front;             /* all runs before this one are done and written */
    size_t done;              /* runs, in whatever order */
    bool failed;
    Status failure;
    size_t queued, taken;  /* of the queue: put in, and taken out by the collector */
    DoneRun queue[WINDOW]; /* as they are done: the i-th at i % WINDOW */
    DoneRun rows[WINDOW];  /* taken out: run r at r % WINDOW, for front <= r < front + WINDOW */
    atomic_bool stop;      /* also ends the runs under way */
} Crew;

/* Whether there is nothing to do for a run, because its row is in the store. */
static bool is_there(const Crew *crew, size_t run) {
    return crew->job->store && store_has(crew->job->store, run);
}

/* The next run, or `end`. */
static size_t next_run(Crew *crew) {
    while (crew->next < crew->end && is_there(crew, crew->next))
        crew->next++;
    return crew->next;
}

/* False if it failed. If it was stopped, the figures are of no use. */
static bool run_one(Crew *crew, size_t run, RunFigures *figures, Status *status) {
    Settings settings;
    sweep_settings(crew->sweep, run, &settings);
    Trainer *t = trainer_new_copy(&settings, crew->job->points, status);
    if (!t)
        return false;
    *figures = run_to_end(t, &crew->stop);
    trainer_free(t);
    return true;
}

static void *work(void *context) {
    Crew *crew = context;
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        while (!crew->stop && next_run(crew) < crew->end && crew->next - crew->front >= WINDOW)
            pthread_cond_wait(&crew->room, &crew->lock);
        if (crew->stop || crew->next == crew->end)
            break;
        size_t run = crew->next++;
        pthread_mutex_unlock(&crew->lock);
        RunFigures figures;
        Status status = {0};
        bool done = run_one(crew, run, &figures, &status);
        pthread_mutex_lock(&crew->lock);
        if (!done) {
            if (!crew->failed)
                crew->failure = status;
            crew->failed = true;
            crew->stop = true;
            pthread_cond_signal(&crew->row);
            break;
        }
        if (crew->stop) /* it was ended early */
            break;
        crew->done++;
        crew->queue[crew->queued++ % WINDOW] = (DoneRun){true, run, figures};
        pthread_cond_signal(&crew->row);
    }
    pthread_cond_broadcast(&crew->room); /* so that the others that wait see the end */
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

/* A moment from now, for pthread_cond_timedwait. */
static struct timespec moment(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_nsec += 200000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_nsec -= 1000000000;
        t.tv_sec++;
    }
    return t;
}

/* Moves the front past what is done, writing on the way. The lock is held, and given away meanwhile. */
static void advance(Crew *crew) {
    const SweepJob *job = crew->job;
    for (; crew->front < crew->end; crew->front++) {
        DoneRun *row = &crew->rows[crew->front % WINDOW];
        if (row->waits) {
            const DoneRun done = *row;
            row->waits = false;
            pthread_mutex_unlock(&crew->lock);
            if (job->rows)
                sweep_row(job->rows, crew->sweep, job->form, done.run, &done.figures);
            if (job->rows && fflush(job->rows) != 0)
                crew->stop = true;
            if (crew->summary)
                sweep_summary_add(crew->summary, done.run, &done.figures);
            pthread_mutex_lock(&crew->lock);
        } else if (!is_there(crew, crew->front)) {
            break;
        }
    }
    pthread_cond_broadcast(&crew->room);
}

/* Takes a run out of the queue. The lock is held, and given away meanwhile. */
static void take(Crew *crew) {
    const DoneRun done = crew->queue[crew->taken++ % WINDOW];
    if (crew->job->store) {
        pthread_mutex_unlock(&crew->lock);
        if (!store_add(crew->job->store, done.run, &done.figures))
            crew->stop = true;
        pthread_mutex_lock(&crew->lock);
    }
    crew->rows[done.run % WINDOW] = done;
    if (done.run == crew->front)
        advance(crew);
}

/* Takes the runs as they are done, until all are written or it is over. */
static void collect(Crew *crew) {
    SweepProgress *progress = crew->job->progress;
    pthread_mutex_lock(&crew->lock);
    advance(crew); /* past those that were there before */
    while (crew->front < crew->end && !crew->stop) {
        if (crew->taken < crew->queued) {
            take(crew);
        } else if (progress) {
            struct timespec until = moment();
            pthread_cond_timedwait(&crew->row, &crew->lock, &until);
        } else {
            pthread_cond_wait(&crew->row, &crew->lock);
        }
        if (progress)
            sweep_progress_show(progress, progress->before + crew->done, clock_seconds());
    }
    pthread_cond_broadcast(&crew->room); /* so that those that wait for room see `stop` */
    pthread_mutex_unlock(&crew->lock);
    if (progress)
        sweep_progress_end(progress);
}

static bool crew_init(Crew *crew) {
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    bool done =
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 && pthread_cond_init(&crew->row, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    return done && pthread_cond_init(&crew->room, NULL) == 0 && pthread_mutex_init(&crew->lock, NULL) == 0;
}

static void crew_end(Crew *crew) {
    pthread_cond_destroy(&crew->row);
    pthread_cond_destroy(&crew->room);
    pthread_mutex_destroy(&crew->lock);
}

static bool run_crew(Crew *crew, Status *status) {
    size_t threads = (size_t)(crew->job->threads > 0 ? crew->job->threads : parallel_processors());
    size_t runs = crew->end - crew->first;
    threads = threads < runs ? threads : runs;
    threads = threads < THREADS_MAX ? threads : THREADS_MAX;
    pthread_t workers[THREADS_MAX];
    size_t started = 0;
    while (started < threads && pthread_create(&workers[started], NULL, work, crew) == 0)
        started++; /* fewer will do */
    if (started == 0 && runs > 0)
        return status_fail(status, STATUS_FAILED, "cannot start a thread");
    collect(crew);
    for (size_t i = 0; i < started; i++)
        pthread_join(workers[i], NULL);
    if (crew->failed)
        *status = crew->failure;
    return !crew->failed;
}

/* The runs of the part, on all threads. */
static bool run_part(Crew *crew, Status *status) {
    const SweepJob *job = crew->job;
    size_t before = job->store ? job->store->count : 0;
    if (job->progress)
        sweep_progress_begin(job->progress, before, crew->end - crew->first, clock_seconds());
    if (job->rows && job->shard == 1 && job->form == ROWS_CSV)
        sweep_header(job->rows, crew->sweep);
    int threads = parallel_set_threads(1);
    bool done = run_crew(crew, status);
    parallel_set_threads(threads);
    return done;
}

bool sweep_work(const Sweep *sweep, const SweepJob *job, Status *status) {
    assert(job->shard >= 1 && job->shard <= job->shards && job->shards <= SWEEP_MAX_RUNS);
    Crew *crew = calloc(1, sizeof *crew);
    SweepSummary summary = {0};
    bool done = (crew && crew_init(crew)) || status_no_memory(status, "the sweep");
    done = done && sweep_summary_init(&summary, sweep, status);
    if (done) {
        bool went_on = job->store && job->store->count > 0; /* then the rows alone know all runs */
        crew->sweep = sweep;
        crew->job = job;
        crew->summary = job->summary && !went_on ? &summary : NULL;
        crew->first = crew->next = crew->front = shard_first(sweep, job->shard, job->shards);
        crew->end = shard_end(sweep, job->shard, job->shards);
        done = run_part(crew, status);
        crew_end(crew);
        if (done && job->store)
            done = store_settle(job->store, job->summary && went_on ? &summary : NULL, status);
        if (done && job->summary && !(job->rows && ferror(job->rows)))
            sweep_summary_print(&summary, job->summary);
    }
    sweep_summary_free(&summary);
    free(crew);
    return done;
}
