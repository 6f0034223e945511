#include "app/headless/sweep.h"

#include "app/base/clock.h"
#include "app/base/file_write.h"
#include "app/headless/headless.h"
#include "app/io/points_terminal.h"
#include "core/parallel.h"

#include <assert.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- the crew: runs on several threads ---- */

/* Rows that may wait for an earlier one: bounds the memory when one run takes much longer than those after it. */
#define WINDOW 4096

typedef struct Waiting {
    bool ended;
    RunFigures figures;
} Waiting;

typedef struct Crew {
    const Sweep *sweep;
    const SweepJob *job;
    size_t first, end; /* the part's runs */
    pthread_mutex_t lock;
    pthread_cond_t row, room; /* the next row is there, or all is over; runs may begin */
    size_t next;              /* run that nobody has taken yet */
    size_t written;           /* runs before this one are written */
    size_t ended;             /* runs, in whatever order */
    bool failed;
    Status failure;
    Waiting rows[WINDOW]; /* of run r at r % WINDOW, for written <= r < written + WINDOW */
    atomic_bool stop;     /* also ends the runs under way */
} Crew;

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
        while (!crew->stop && crew->next < crew->end && crew->next - crew->written >= WINDOW)
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
        crew->ended++;
        crew->rows[run % WINDOW] = (Waiting){true, figures};
        if (run == crew->written)
            pthread_cond_signal(&crew->row);
    }
    pthread_cond_broadcast(&crew->room); /* so that the others that wait see the end */
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

static void show_progress(size_t ended, size_t runs, double began, double *last) {
    double now = clock_seconds(), passed = now - began;
    if (passed < 0.5 || now - *last < 0.2)
        return;
    *last = now;
    fprintf(stderr, "\r%zu of %zu runs", ended, runs);
    if (ended > 0) {
        double left = ceil(passed / (double)ended * (double)(runs - ended));
        if (left < 120.0)
            fprintf(stderr, ", %.0f s left", left);
        else if (left < 7200.0)
            fprintf(stderr, ", %.0f min left", left / 60.0);
        else
            fprintf(stderr, ", %.1f h left", left / 3600.0);
    }
    fputs("\033[K", stderr);
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

/* Takes the rows in order as they are completed. */
static void collect(Crew *crew, SweepSummary *summary) {
    const SweepJob *job = crew->job;
    double began = clock_seconds(), last = 0.0;
    pthread_mutex_lock(&crew->lock);
    while (crew->written < crew->end && !crew->stop) {
        Waiting *waiting = &crew->rows[crew->written % WINDOW];
        size_t run = crew->written, ended = crew->ended;
        RunFigures figures = waiting->figures;
        bool complete = waiting->ended;
        if (complete) {
            waiting->ended = false;
            crew->written++;
            pthread_cond_signal(&crew->room);
        } else if (job->progress) {
            struct timespec until = moment();
            pthread_cond_timedwait(&crew->row, &crew->lock, &until);
        } else {
            pthread_cond_wait(&crew->row, &crew->lock);
        }
        pthread_mutex_unlock(&crew->lock);
        if (complete) {
            if (job->rows)
                sweep_row(job->rows, crew->sweep, run, &figures);
            if (job->summary)
                sweep_summary_add(summary, run, &figures);
        }
        if (job->progress)
            show_progress(ended, crew->end - crew->first, began, &last);
        pthread_mutex_lock(&crew->lock);
        if (job->rows && ferror(job->rows))
            crew->stop = true;
    }
    pthread_cond_broadcast(&crew->room); /* so that those that wait for room see `stop` */
    pthread_mutex_unlock(&crew->lock);
    if (last > 0.0)
        fputs("\r\033[K", stderr);
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

static bool run_crew(Crew *crew, SweepSummary *summary, Status *status) {
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
    collect(crew, summary);
    for (size_t i = 0; i < started; i++)
        pthread_join(workers[i], NULL);
    if (crew->failed)
        *status = crew->failure;
    return !crew->failed;
}

bool sweep_work(const Sweep *sweep, const SweepJob *job, Status *status) {
    assert(job->shard >= 1 && job->shard <= job->shards && job->shards <= SWEEP_MAX_RUNS);
    Crew *crew = calloc(1, sizeof *crew);
    SweepSummary summary = {0};
    bool done = (crew && crew_init(crew)) || status_no_memory(status, "the sweep");
    done = done && sweep_summary_init(&summary, sweep, status);
    if (done) {
        crew->sweep = sweep;
        crew->job = job;
        crew->first = crew->next = crew->written = (job->shard - 1) * sweep->runs / job->shards; /* at most 10^14 */
        crew->end = job->shard * sweep->runs / job->shards;
        if (job->rows && job->shard == 1)
            sweep_header(job->rows, sweep);
        int threads = parallel_set_threads(1);
        done = run_crew(crew, &summary, status);
        parallel_set_threads(threads);
        crew_end(crew);
        if (done && job->summary && !(job->rows && (fflush(job->rows) != 0 || ferror(job->rows))))
            sweep_summary_print(&summary, job->summary);
    }
    sweep_summary_free(&summary);
    free(crew);
    return done;
}

/* Options that contradict the grid. */
static bool check_line(const Cli *cli, const Sweep *sweep, Status *status) {
    for (size_t a = 0; a < sweep->axis_count; a++) {
        const Property *property = sweep->axes[a].property;
        if (cli->given[property->id])
            return status_fail(status, STATUS_USAGE, "--%s: is an axis of --sweep already", property->name);
        if (cli->points && property_makes_points(property->id))
            return status_fail(status, STATUS_USAGE, "--sweep: %s is for generated points, so it excludes the file %s",
                               property->name, cli->points);
    }
    return true;
}

bool sweep_run(const Cli *cli, Status *status) {
    Sweep sweep;
    if (!sweep_parse(&sweep, cli->sweep, &cli->settings, status))
        return false;
    Dataset points = {0};
    FileWrite trace = {0};
    bool done = check_line(cli, &sweep, status);
    if (done && cli->points)
        done = points_read_terminal(cli, &points, status);
    if (done && cli->trace)
        done = file_begin(&trace, cli->trace, cli->force, status);
    if (done) {
        bool rows_on_stdout = cli->trace && strcmp(cli->trace, "/dev/stdout") == 0;
        SweepJob job = {
            .points = cli->points ? &points : NULL,
            .shard = cli->shards > 0 ? cli->shard : 1,
            .shards = cli->shards > 0 ? cli->shards : 1,
            .threads = cli->threads,
            .rows = trace.stream,
            .summary = rows_on_stdout ? NULL : stdout,
            .progress = isatty(STDERR_FILENO),
        };
        done = sweep_work(&sweep, &job, status);
    }
    if (done && cli->trace)
        done = file_commit(&trace, status);
    file_abandon(&trace);
    dataset_free(&points);
    sweep_free(&sweep);
    return headless_end(done, status);
}
