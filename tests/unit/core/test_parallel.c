/* How many threads take part in a loop. */
#define _GNU_SOURCE /* sched_setaffinity */
#include "core/parallel.h"

#include <pthread.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <time.h>

#include <cmocka.h>

enum { COUNT = 20 };

static pthread_t ran[COUNT];

/* Long enough for any other thread to take part. */
static void note_thread(void *context, size_t index) {
    (void)context;
    nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
    ran[index] = pthread_self();
}

static bool on_caller_alone(void) {
    parallel_for(COUNT, note_thread, NULL);
    for (size_t i = 0; i < COUNT; i++)
        if (!pthread_equal(ran[i], pthread_self()))
            return false;
    return true;
}

/* First of all: the processors that there are by default are asked for once. */
static void test_processor_set(void **state) {
    (void)state;
    cpu_set_t all, one;
    assert_int_equal(sched_getaffinity(0, sizeof all, &all), 0);
    assert_int_equal(parallel_processors(), CPU_COUNT(&all));
    CPU_ZERO(&one);
    for (size_t cpu = 0; CPU_COUNT(&one) == 0; cpu++)
        if (CPU_ISSET(cpu, &all))
            CPU_SET(cpu, &one);
    assert_int_equal(sched_setaffinity(0, sizeof one, &one), 0);
    assert_int_equal(parallel_processors(), 1);
    assert_true(on_caller_alone());
    assert_int_equal(sched_setaffinity(0, sizeof all, &all), 0);
}

static void test_set_threads(void **state) {
    (void)state;
    assert_int_equal(parallel_set_threads(3), 0);
    assert_int_equal(parallel_set_threads(1), 3);
    assert_true(on_caller_alone());
    parallel_set_threads(2);
    assert_false(on_caller_alone());
    parallel_set_threads(1);
    assert_int_equal(parallel_set_threads(THREADS_MAX + 1), 1);
    assert_int_equal(parallel_set_threads(-1), THREADS_MAX);
    assert_int_equal(parallel_set_threads(0), 0);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_processor_set),
        cmocka_unit_test(test_set_threads),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
