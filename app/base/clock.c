#include "app/base/clock.h"

#include <time.h>

static double seconds_of(struct timespec t) {
    return (double)t.tv_sec + 1e-9 * (double)t.tv_nsec;
}

double clock_seconds(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return seconds_of(t);
}

double clock_thread_seconds(pthread_t thread) {
    struct timespec t;
    clockid_t clock;
    return pthread_getcpuclockid(thread, &clock) == 0 && clock_gettime(clock, &t) == 0 ? seconds_of(t) : 0.0;
}
