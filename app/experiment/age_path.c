#include "app/experiment/age_path.h"

#include "app/base/clock.h"
#include "core/parallel.h"

#include <math.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 8 };
static const double STILL = 0.3; /* seconds without a change, before it begins */

/* The work, shared with its threads. */
typedef struct AgePathJob {
    Trainer *base; /* not run: what each run is a twin of */
    Settings settings;
    int count, threads;
    double threshold[AGE_PATH_MOST];
    bool asked;
    int order[AGE_PATH_MOST]; /* in which they are run */
    pthread_t thread[THREADS];
    atomic_bool stop;
    atomic_int running; /* threads */
    pthread_mutex_t lock;
    /* under the lock */
    int next;
    bool known[AGE_PATH_MOST], failed, costly;
    RunFigures at[AGE_PATH_MOST];
    double seconds;
} AgePathJob;

int age_path_thresholds(const Settings *s, double thresholds[AGE_PATH_MOST]) {
    int count = 0;
    if (!settings_use_threshold(s) || pace_by_share(s))
        return 0;
    for (int i = 0; i < AGE_PATH_MOST; i++) {
        char text[32];
        snprintf(text, sizeof text, "%.9g", 1e-6 * pow(10.0, (double)i / 6.0));
        Settings with = *s;
        with.threshold = strtod(text, NULL);
        if (settings_check(&with, &(Status){0}))
            thresholds[count++] = with.threshold;
    }
    return count;
}

double age_path_accuracy(const RunFigures *f) {
    return isnan(f->test_accuracy) ? f->accuracy : f->test_accuracy;
}

int age_path_near(const AgePath *path, double threshold) {
    int nearest = -1;
    double least = log(10.0) / 6.0;
    for (int i = 0; i < path->count && threshold > 0.0; i++) {
        double away = fabs(log(threshold / path->threshold[i]));
        if (path->known[i] && away <= least) {
            least = away;
            nearest = i;
        }
    }
    return nearest;
}

/* ---- the threads ---- */

/* False without memory. */
static bool run_one(AgePathJob *job, int i) {
    Settings settings = job->settings;
    settings.threshold = job->threshold[i];
    Status status = {0};
    double began = clock_thread_seconds(pthread_self());
    Trainer *t = trainer_twin(job->base, &settings, &status);
    if (!t)
        return false;
    RunFigures figures = run_to_end(t, &job->stop);
    trainer_free(t);
    double seconds = clock_thread_seconds(pthread_self()) - began;
    pthread_mutex_lock(&job->lock);
    if (!job->stop) {
        job->at[i] = figures;
        job->known[i] = true;
        job->seconds = seconds * job->count / job->threads;
        if (!job->asked && job->next <= job->threads && job->seconds > AGE_PATH_SECONDS) {
            job->costly = true;
            job->stop = true;
        }
    }
    pthread_mutex_unlock(&job->lock);
    return true;
}

static void *work(void *context) {
    AgePathJob *job = context;
    parallel_begin_background();
    for (bool done = true; done;) {
        pthread_mutex_lock(&job->lock);
        int i = job->next < job->count && !job->stop ? job->order[job->next++] : -1;
        pthread_mutex_unlock(&job->lock);
        if (i < 0)
            break;
        done = run_one(job, i);
        if (!done) {
            pthread_mutex_lock(&job->lock);
            job->failed = true;
            job->stop = true;
            pthread_mutex_unlock(&job->lock);
        }
    }
    atomic_fetch_sub(&job->running, 1);
    return NULL;
}

static void job_free(AgePathJob *job) {
    if (!job)
        return;
    job->stop = true;
    for (int i = 0; i < job->threads; i++)
        pthread_join(job->thread[i], NULL);
    pthread_mutex_destroy(&job->lock);
    trainer_free(job->base);
    free(job);
}

/* Every eighth first, then what lies between, so that the path is seen as a whole early. */
static void choose_order(AgePathJob *job) {
    bool taken[AGE_PATH_MOST] = {false};
    int count = 0;
    for (int step = 8; step >= 1; step /= 2)
        for (int i = 0; i < job->count; i += step)
            if (!taken[i]) {
                taken[i] = true;
                job->order[count++] = i;
            }
}

/* NULL if it cannot be begun. */
static AgePathJob *job_begin(const AgePath *path, const Trainer *run) {
    Status status = {0};
    AgePathJob *job = calloc(1, sizeof *job);
    if (!job)
        return NULL;
    job->settings = path->settings;
    job->asked = path->asked;
    job->count = path->count;
    memcpy(job->threshold, path->threshold, sizeof job->threshold);
    choose_order(job);
    int threads = parallel_background_threads(THREADS);
    Settings settings = path->settings;
    settings.threshold = path->threshold[0]; /* one that the regularizer can work with */
    job->base = trainer_twin(run, &settings, &status);
    if (!job->base || pthread_mutex_init(&job->lock, NULL) != 0) {
        trainer_free(job->base);
        free(job);
        return NULL;
    }
    for (int i = 0; i < threads; i++) {
        atomic_fetch_add(&job->running, 1);
        pthread_mutex_lock(&job->lock); /* threads: also read by those that run already */
        bool started = pthread_create(&job->thread[job->threads], NULL, work, job) == 0;
        job->threads += started;
        pthread_mutex_unlock(&job->lock);
        if (!started) {
            atomic_fetch_sub(&job->running, 1);
            break;
        }
    }
    if (job->threads > 0)
        return job;
    job_free(job);
    return NULL;
}

/* ---- its owner ---- */

/* The threshold that is set is no part of what the path is of. */
static bool same_path(const AgePath *path, const Settings *settings, uint64_t data_version) {
    if (path->data_version != data_version)
        return false;
    if (memcmp(&path->settings, settings, sizeof *settings) == 0)
        return true;
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (i != PROPERTY_THRESHOLD && !property_same(&path->settings, settings, &PROPERTIES[i]))
            return false;
    return true;
}

static void retire(AgePath *path) {
    if (path->job) {
        path->job->stop = true;
        path->ending = path->job; /* `begin` waits until there is none */
        path->job = NULL;
    }
    path->begun = false;
    path->state = AGE_PATH_WAITS;
}

static void renew(AgePath *path, const Settings *settings, uint64_t data_version, double time) {
    retire(path);
    path->settings = *settings;
    path->data_version = data_version;
    path->changed_at = time;
    path->count = age_path_thresholds(settings, path->threshold);
    memset(path->known, 0, sizeof path->known);
    path->best = (double)NAN;
    path->seconds = 0.0;
}

static void begin(AgePath *path, const Trainer *run) {
    path->begun = true;
    if (!trainer_has_clean(run, &path->settings, &(Status){0})) {
        path->state = AGE_PATH_NO_CLEAN;
        return;
    }
    if (!path->asked && run->data.count > AGE_PATH_POINTS) {
        path->state = AGE_PATH_COSTLY;
        return;
    }
    path->job = job_begin(path, run);
    path->state = path->job ? AGE_PATH_WORKS : AGE_PATH_FAILED;
}

/* Begun by itself, and not half done when it should be, by the time that it had of processors: it is no cheap one. */
static bool is_late(const AgePath *path) {
    double had = 0.0;
    int known = 0;
    for (int i = 0; i < path->job->threads; i++)
        had += clock_thread_seconds(path->job->thread[i]) / path->job->threads;
    for (int i = 0; i < path->count; i++)
        known += path->known[i];
    return !path->asked && had > AGE_PATH_SECONDS && 2 * known < path->count;
}

/* What the job has come to. */
static bool take_results(AgePath *path) {
    AgePathJob *job = path->job;
    bool news = false, ended = atomic_load(&job->running) == 0;
    pthread_mutex_lock(&job->lock);
    for (int i = 0; i < path->count; i++) {
        if (!job->known[i] || path->known[i])
            continue;
        news = path->known[i] = true;
        path->at[i] = job->at[i];
        if (path->at[i].status == RUN_OK)
            path->best = fmax(isnan(path->best) ? 0.0 : path->best, age_path_accuracy(&path->at[i]));
    }
    path->seconds = job->seconds;
    AgePathState state = job->failed ? AGE_PATH_FAILED : job->costly ? AGE_PATH_COSTLY : AGE_PATH_DONE;
    pthread_mutex_unlock(&job->lock);
    if (!ended)
        return news;
    path->state = state;
    path->job = NULL;
    job_free(job);
    return true;
}

bool age_path_follow(AgePath *path, const Trainer *run, uint64_t data_version, bool still, double time) {
    const Settings *settings = &run->settings;
    bool news = false;
    if (path->ending && atomic_load(&path->ending->running) == 0) {
        job_free(path->ending);
        path->ending = NULL;
    }
    if (!same_path(path, settings, data_version)) {
        renew(path, settings, data_version, time);
        news = true;
    }
    if (path->job && path->off) {
        retire(path);
        news = true;
    }
    if (!still)
        path->changed_at = time;
    if (path->job) {
        news |= take_results(path);
        if (path->job && is_late(path)) {
            retire(path);
            path->begun = news = true;
            path->state = AGE_PATH_COSTLY;
        }
        return news;
    }
    bool wanted = path->count > 0 && !path->off && (!path->begun || (path->asked && path->state == AGE_PATH_COSTLY));
    if (wanted && !path->ending && time - path->changed_at >= STILL) {
        begin(path, run);
        news = true;
    }
    return news;
}

bool age_path_pending(const AgePath *path) {
    return path->job || path->ending ||
           (path->count > 0 && !path->off && (!path->begun || (path->asked && path->state == AGE_PATH_COSTLY)));
}

void age_path_free(AgePath *path) {
    job_free(path->job);
    job_free(path->ending);
    *path = (AgePath){0};
}
