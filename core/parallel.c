#define _GNU_SOURCE /* sched_getaffinity */
#include "core/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <sys/resource.h>
#include <unistd.h>

typedef struct Loop {
    void (*body)(void *context, size_t index);
    void *context;
    size_t count;
    atomic_size_t next; /* index that nobody has taken yet */
} Loop;

static pthread_mutex_t busy = PTHREAD_MUTEX_INITIALIZER; /* held by the caller of the loop under way */
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER; /* guards what follows */
static pthread_cond_t begun = PTHREAD_COND_INITIALIZER, left = PTHREAD_COND_INITIALIZER;
static Loop *loop;               /* under way, or NULL */
static unsigned long generation; /* counts loops, so that a thread takes part once in each */
static int wanted;               /* threads besides the caller that may still join the loop */
static int working;              /* threads besides the caller that are in it */
static int started;              /* threads running */
static int told;                 /* parallel_set_threads; 0: one a processor */
static int processors;           /* 0: not asked yet */

static _Thread_local bool alone; /* parallel_begin_background */

void parallel_begin_background(void) {
    enum { NICE = 10 };
    alone = true;
    setpriority(PRIO_PROCESS, 0, NICE);
}

int parallel_background_threads(int most) {
    int threads = parallel_processors() - 1;
    return threads < 1 ? 1 : threads > most ? most : threads;
}

static void take_indices(Loop *l) {
    for (;;) {
        size_t i = atomic_fetch_add_explicit(&l->next, 1, memory_order_relaxed);
        if (i >= l->count)
            return;
        l->body(l->context, i);
    }
}

static void *work(void *unused) {
    (void)unused;
    unsigned long seen = 0;
    pthread_mutex_lock(&lock);
    for (;;) {
        while (!loop || seen == generation || wanted == 0)
            pthread_cond_wait(&begun, &lock);
        seen = generation;
        wanted--;
        working++;
        Loop *mine = loop;
        pthread_mutex_unlock(&lock);
        take_indices(mine);
        pthread_mutex_lock(&lock);
        if (--working == 0)
            pthread_cond_signal(&left);
    }
    return NULL;
}

/* Threads besides the caller; starts those that are missing. Called with the lock held. */
static int helpers(void) {
    if (told == 0 && processors == 0)
        processors = parallel_processors();
    int want = (told > 0 ? told : processors) - 1;
    while (started < want) {
        pthread_t thread;
        if (pthread_create(&thread, NULL, work, NULL) != 0)
            break; /* fewer will do */
        pthread_detach(thread);
        started++;
    }
    return want < started ? want : started;
}

void parallel_for(size_t count, void (*body)(void *context, size_t index), void *context) {
    Loop mine = {.body = body, .context = context, .count = count};
    if (count < 2 || alone || pthread_mutex_trylock(&busy) != 0) {
        take_indices(&mine);
        return;
    }
    pthread_mutex_lock(&lock);
    int want = helpers();
    if (want > 0) {
        loop = &mine;
        generation++;
        wanted = want;
        pthread_cond_broadcast(&begun);
    }
    pthread_mutex_unlock(&lock);
    take_indices(&mine);
    pthread_mutex_lock(&lock);
    loop = NULL; /* nobody joins any more */
    while (working > 0)
        pthread_cond_wait(&left, &lock);
    pthread_mutex_unlock(&lock);
    pthread_mutex_unlock(&busy);
}

int parallel_set_threads(int threads) {
    pthread_mutex_lock(&lock);
    int before = told;
    told = threads < 0 ? 0 : threads > THREADS_MAX ? THREADS_MAX : threads;
    pthread_mutex_unlock(&lock);
    return before;
}

int parallel_processors(void) {
    cpu_set_t set;
    long count = sched_getaffinity(0, sizeof set, &set) == 0 ? CPU_COUNT(&set) : sysconf(_SC_NPROCESSORS_ONLN);
    return count < 1 ? 1 : count > THREADS_MAX ? THREADS_MAX : (int)count;
}
