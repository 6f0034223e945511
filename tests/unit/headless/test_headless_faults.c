/* Runs and sweeps that cannot go on: a model that diverges, threads that do not start, memory that is refused. One line
 * says so, and no output is touched. Allocators and pthread_create are replaced by the linker (--wrap). */
#include "app/headless/headless.h"
#include "app/headless/sweep.h"
#include "core/parallel.h"
#include "tests/support/failing_memory.h"
#include "tests/support/file_texts.h"

#include <errno.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#define SCRATCH_FILE "trace.csv"
#include "tests/support/scratch.h"

static Status status;

/* ---- a run ---- */

static void a_model_that_diverges_ends_the_run(void **state) {
    (void)state;
    put(path, "old");
    Cli cli = {.headless = true, .force = true, .trace = path};
    settings_default(&cli.settings);
    cli.settings.samples = 100;
    cli.settings.optimizer = OPTIMIZER_SGD;
    cli.settings.learning_rate = 1000.0;
    cli.settings.weight_decay = 1000.0;
    assert_false(headless_run(&cli, &status));
    assert_non_null(strstr(status.message, "the model diverged in epoch "));
    assert_non_null(strstr(status.message, ": a parameter is not finite; try a lower --learning-rate"));
    assert_int_equal(status.code, STATUS_FAILED);
    holds(path, "old");
}

/* ---- a sweep ---- */

static int threads_left = -1; /* that start; -1: all do */

int __real_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context);
int __wrap_pthread_create(pthread_t *thread, const pthread_attr_t *attributes, void *(*run)(void *), void *context) {
    if (threads_left == 0)
        return EAGAIN;
    threads_left -= threads_left > 0;
    return __real_pthread_create(thread, attributes, run, context);
}

static long refuse_after = -1; /* so many allocations of the work */

static bool sweep(int threads, char *rows, size_t room) {
    Settings s;
    Sweep grid;
    settings_default(&s);
    s.samples = 30;
    s.epochs = 1;
    assert_true(sweep_parse(&grid, "seeds=1..3", &s, &status));
    FILE *stream = fmemopen(rows, room, "w");
    assert_non_null(stream);
    SweepJob job = {.shard = 1, .shards = 1, .threads = threads, .rows = stream};
    left = refuse_after;
    bool done = sweep_work(&grid, &job, &status);
    left = refuse_after = threads_left = -1;
    fclose(stream);
    sweep_free(&grid);
    return done;
}

static void fewer_threads_give_the_same_rows(void **state) {
    (void)state;
    char all[4000] = "", one[4000] = "", none[4000] = "";
    assert_true(sweep(3, all, sizeof all));
    assert_non_null(strchr(all, '\n'));
    threads_left = 1;
    assert_true(sweep(3, one, sizeof one));
    assert_string_equal(one, all);
    threads_left = 0;
    assert_false(sweep(3, none, sizeof none));
    assert_string_equal(status.message, "cannot start a thread");
}

/* The first, second ... allocation of the sweep, in whatever thread. */
static void memory_that_is_refused_ends_the_sweep(void **state) {
    (void)state;
    char all[4000] = "", rows[4000];
    assert_true(sweep(1, all, sizeof all));
    long n = -1;
    for (bool done = false; !done;) {
        status = (Status){0};
        memset(rows, 0, sizeof rows);
        refuse_after = ++n;
        done = sweep(1, rows, sizeof rows);
        if (!done) {
            assert_int_equal(strncmp(status.message, "not enough memory for ", 22), 0);
            assert_int_equal(strncmp(rows, all, strlen(rows)), 0); /* what there is of them is right */
        }
    }
    assert_in_range(n, 60, 1000); /* all of three runs */
    assert_string_equal(rows, all);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(a_model_that_diverges_ends_the_run),
        TEST(fewer_threads_give_the_same_rows),
        TEST(memory_that_is_refused_ends_the_sweep),
    };
    parallel_set_threads(1);
    return cmocka_run_group_tests(tests, NULL, NULL);
}
