/* The age path: its figures are those of the same sweep to the last bit, and it follows the run: begun, renewed, left
 * out, ended at any moment. */
#include "app/experiment/age_path.h"
#include "app/headless/sweep.h"

#include <math.h>
#include <pthread.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "tests/support/runs.h"

/* The time of a processor that the threads have had, and that each run has, as the test says. */
static _Atomic double threads_had, run_has;
double __wrap_clock_thread_seconds(pthread_t thread);
double __wrap_clock_thread_seconds(pthread_t thread) {
    static _Thread_local double own;
    return pthread_equal(thread, pthread_self()) ? own += run_has : threads_had;
}

static Settings small(void) {
    Settings s;
    settings_default(&s);
    s.samples = 400;
    s.epochs = 3;
    s.learning_rate = 0.05;
    return s;
}

/* As a window would, with a clock of its own. */
static void follow_to_the_end(AgePath *path, const Trainer *t, double time) {
    path->asked = true; /* however slow the machine */
    while (age_path_pending(path) || path->state == AGE_PATH_WAITS) {
        age_path_follow(path, t, 1, true, time);
        time += 1.0;
        usleep(500);
    }
}

/* All rows of the sweep that the header of age_path.h names. */
static char *rows_of_sweep(const Settings *base, const AgePath *path) {
    char *spec = NULL, *rows = NULL;
    size_t length;
    FILE *stream = open_memstream(&spec, &length);
    for (int i = 0; i < path->count; i++)
        fprintf(stream, "%s%.9g", i > 0 ? "|" : "threshold=", path->threshold[i]);
    fclose(stream);
    Sweep sweep;
    if (!sweep_parse(&sweep, spec, base, &status))
        fail_msg("%s", status.message);
    stream = open_memstream(&rows, &length);
    SweepJob job = {.shard = 1, .shards = 1, .threads = 2, .rows = stream};
    assert_true(sweep_work(&sweep, &job, &status));
    fclose(stream);
    sweep_free(&sweep);
    free(spec);
    return rows;
}

/* The path's figures as rows of that sweep. */
static char *rows_of_path(const Settings *base, const AgePath *path) {
    char *rows = NULL;
    size_t length;
    FILE *stream = open_memstream(&rows, &length);
    SweepAxis axis = {.property = &PROPERTIES[PROPERTY_THRESHOLD]};
    Sweep sweep = {.base = *base, .axis_count = 1, .runs = 1};
    sweep_header(stream, &(Sweep){.axes = {axis}, .axis_count = 1});
    for (int i = 0; i < path->count; i++) {
        char text[32];
        snprintf(text, sizeof text, "%.9g", path->threshold[i]);
        SweepPiece piece = {.text = text, .count = 1};
        sweep.axes[0] = (SweepAxis){.property = axis.property, .pieces = &piece, .piece_count = 1, .count = 1};
        char *row = NULL;
        FILE *one = open_memstream(&row, &length);
        sweep_row(one, &sweep, ROWS_CSV, 0, &path->at[i]);
        fclose(one);
        fprintf(stream, "%d%s", i, row + 1); /* its number in the sweep, in place of 0 */
        free(row);
    }
    fclose(stream);
    return rows;
}

static void it_is_the_same_sweep(void **state) {
    (void)state;
    for (int kind = 0; kind < 6; kind++) {
        Settings s = small();
        s.regularizer = kind == 1 ? REGULARIZER_LOG : kind == 2 ? REGULARIZER_SUPERLOSS : REGULARIZER_HARD;
        s.order = kind == 3 ? ORDER_HARD : ORDER_EASY;
        s.flip = kind == 4 ? 0.1 : 0.0;
        s.test = kind == 4 ? 0.25 : 0.0;
        s.hidden[0] = 4;
        s.hidden_count = kind == 5;
        s.warmup = kind == 5;
        Trainer *t = start(&s);
        trainer_run(t, 7); /* wherever the run is, the path is that of new ones */
        AgePath path = {0};
        follow_to_the_end(&path, t, 0.0);
        assert_int_equal(path.state, AGE_PATH_DONE);
        assert_int_equal(path.count, kind == 1 ? 36 : AGE_PATH_MOST); /* log: below 1 */
        for (int i = 0; i < path.count; i++)
            assert_true(path.known[i]);
        char *sweep = rows_of_sweep(&s, &path), *rows = rows_of_path(&s, &path);
        assert_string_equal(rows, sweep);
        free(sweep);
        free(rows);
        age_path_free(&path);
        trainer_free(t);
    }
}

static void thresholds_are_the_sliders(void **state) {
    (void)state;
    double thresholds[AGE_PATH_MOST];
    Settings s = small();
    assert_int_equal(age_path_thresholds(&s, thresholds), AGE_PATH_MOST);
    assert_true(thresholds[0] == 1e-6 && thresholds[AGE_PATH_MOST - 1] == 100.0);
    for (int i = 1; i < AGE_PATH_MOST; i++)
        assert_true(fabs(thresholds[i] / thresholds[i - 1] - pow(10.0, 1.0 / 6.0)) < 1e-7);
    s.order = ORDER_ALL;
    assert_int_equal(age_path_thresholds(&s, thresholds), 0);
    s.order = ORDER_EASY;
    s.pace = PACE_SHARE;
    assert_int_equal(age_path_thresholds(&s, thresholds), 0);
}

/* The best is the best of those that have not collapsed; what is near is near on a logarithmic scale. */
static void it_tells_where_it_works(void **state) {
    (void)state;
    Settings s = small();
    s.anomaly = false;
    Trainer *t = start(&s);
    AgePath path = {0};
    follow_to_the_end(&path, t, 0.0);
    double best = 0.0;
    int collapsed = 0;
    for (int i = 0; i < path.count; i++) {
        collapsed += path.at[i].status == RUN_COLLAPSED;
        if (path.at[i].status == RUN_OK)
            best = fmax(best, path.at[i].accuracy);
    }
    assert_true(path.best == best && best > 0.9);
    assert_true(collapsed > 0 && path.at[0].status == RUN_COLLAPSED); /* nothing is below 1e-6 */
    assert_int_equal(age_path_near(&path, 1.05e-6), 0);
    assert_int_equal(age_path_near(&path, 1.4e-6), 1);
    assert_int_equal(age_path_near(&path, 120.0), AGE_PATH_MOST - 1);
    assert_int_equal(age_path_near(&path, 1e4), -1);
    assert_int_equal(age_path_near(&path, 0.0), -1);
    age_path_free(&path);
    trainer_free(t);
}

/* Nothing begins while somebody is changing settings; another threshold changes nothing; other settings renew it. */
static void it_follows_the_run(void **state) {
    (void)state;
    Settings s = small();
    Trainer *t = start(&s);
    AgePath path = {.asked = true};
    for (int i = 0; i < 20; i++) {
        age_path_follow(&path, t, 1, false, i);
        assert_int_equal(path.state, AGE_PATH_WAITS);
        assert_null(path.job);
    }
    follow_to_the_end(&path, t, 20.0);
    assert_false(age_path_pending(&path));
    t->settings.threshold = 3.0;
    assert_false(age_path_follow(&path, t, 1, true, 500.0));
    assert_int_equal(path.state, AGE_PATH_DONE);
    RunFigures before = path.at[30];
    s = t->settings;
    s.growing_factor = 2.0;
    trainer_set(t, &s);
    assert_true(age_path_follow(&path, t, 1, true, 501.0));
    assert_int_equal(path.state, AGE_PATH_WAITS);
    assert_false(path.known[30]);
    follow_to_the_end(&path, t, 502.0);
    assert_true(before.threshold != path.at[30].threshold);
    assert_true(age_path_follow(&path, t, 2, true, 600.0)); /* other points */
    assert_int_equal(path.state, AGE_PATH_WAITS);
    s.order = ORDER_ALL; /* no threshold, no path */
    trainer_set(t, &s);
    age_path_follow(&path, t, 2, true, 601.0);
    age_path_follow(&path, t, 2, true, 602.0);
    assert_true(path.count == 0 && !age_path_pending(&path) && path.state == AGE_PATH_WAITS);
    age_path_free(&path);
    trainer_free(t);
}

/* Without the clean points that the pace learns from there is none, which is said; with some there is. */
static void it_wants_clean_points(void **state) {
    (void)state;
    Settings s = small();
    Trainer *t = start(&s);
    s.pace = PACE_META;
    s.regularizer = REGULARIZER_LINEAR;
    trainer_set(t, &s);
    AgePath path = {0};
    age_path_follow(&path, t, 1, true, 0.0);
    age_path_follow(&path, t, 1, true, 1.0);
    assert_int_equal(path.state, AGE_PATH_NO_CLEAN);
    assert_true(path.count > 0 && !age_path_pending(&path));
    trainer_free(t);
    s.clean = 20;
    t = start(&s);
    age_path_follow(&path, t, 2, true, 2.0);
    follow_to_the_end(&path, t, 3.0);
    assert_int_equal(path.state, AGE_PATH_DONE);
    age_path_free(&path);
    trainer_free(t);
}

/* At any moment it is changed, left out or freed. */
static void it_can_be_ended_at_any_moment(void **state) {
    (void)state;
    Settings s = small();
    s.samples = 4000;
    s.epochs = 50;
    Trainer *t = start(&s);
    for (int round = 0; round < 12; round++) {
        AgePath path = {.asked = true};
        age_path_follow(&path, t, 1, true, 0.0);
        age_path_follow(&path, t, 1, true, 1.0);
        assert_int_equal(path.state, AGE_PATH_WORKS);
        usleep((unsigned)(1000 * round));
        if (round % 3 == 0) {
            path.off = true;
            assert_true(age_path_follow(&path, t, 1, true, 2.0));
            assert_null(path.job);
            assert_int_equal(path.state, AGE_PATH_WAITS);
            while (age_path_pending(&path))
                age_path_follow(&path, t, 1, true, 3.0);
        } else if (round % 3 == 1) {
            s.epochs = 51 + round;
            trainer_set(t, &s);
            for (int i = 0; i < 5; i++) /* the next job waits for the end of this one */
                age_path_follow(&path, t, 1, true, 3.0 + i);
        }
        age_path_free(&path);
        assert_null(path.job);
    }
    trainer_free(t);
}

/* With very many points it waits to be asked. */
static void what_is_costly_is_asked_for(void **state) {
    (void)state;
    Settings s = small();
    s.samples = AGE_PATH_POINTS + 1;
    Trainer *t = start(&s);
    AgePath path = {0};
    age_path_follow(&path, t, 1, true, 0.0);
    age_path_follow(&path, t, 1, true, 1.0);
    assert_int_equal(path.state, AGE_PATH_COSTLY);
    assert_false(age_path_pending(&path));
    path.asked = true;
    assert_true(age_path_pending(&path));
    age_path_follow(&path, t, 1, true, 2.0);
    assert_int_equal(path.state, AGE_PATH_WORKS);
    age_path_free(&path);
    trainer_free(t);
    s.samples = 400; /* few points, and a first run that is too long for as many as there are */
    t = start(&s);
    run_has = 5.0;
    path = (AgePath){0};
    age_path_follow(&path, t, 1, true, 0.0);
    age_path_follow(&path, t, 1, true, 1.0);
    while (age_path_pending(&path))
        age_path_follow(&path, t, 1, true, 2.0);
    assert_int_equal(path.state, AGE_PATH_COSTLY);
    assert_true(path.seconds >= 5.0 * path.count / 8 && path.seconds <= 5.0 * path.count);
    run_has = 0.0;
    age_path_free(&path);
    trainer_free(t);
    /* few points, and runs that would take hours: given up */
    s.epochs = 1000000000;
    t = start(&s);
    age_path_follow(&path, t, 1, true, 0.0);
    age_path_follow(&path, t, 1, true, 1.0);
    age_path_follow(&path, t, 1, true, 2.0);
    assert_int_equal(path.state, AGE_PATH_WORKS);
    age_path_follow(&path, t, 1, true, 60.0); /* it may have had no processor yet */
    assert_int_equal(path.state, AGE_PATH_WORKS);
    threads_had = 2.5;
    assert_true(age_path_follow(&path, t, 1, true, 61.0));
    assert_int_equal(path.state, AGE_PATH_COSTLY);
    while (age_path_pending(&path))
        age_path_follow(&path, t, 1, true, 62.0);
    assert_int_equal(path.state, AGE_PATH_COSTLY);
    threads_had = 0.0;
    age_path_free(&path);
    trainer_free(t);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(it_is_the_same_sweep),          cmocka_unit_test(thresholds_are_the_sliders),
        cmocka_unit_test(it_tells_where_it_works),       cmocka_unit_test(it_follows_the_run),
        cmocka_unit_test(it_can_be_ended_at_any_moment), cmocka_unit_test(what_is_costly_is_asked_for),
        cmocka_unit_test(it_wants_clean_points),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
