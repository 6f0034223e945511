/* A file of points read, or looked at, on a thread of its own, with a copy of what was told of it. */
#include "app/io/points_loading.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRATCH_FILE "points.csv"
#include "tests/support/scratch.h"

static Status status;

static void put(const char *text) {
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    fclose(file);
}

static void wait_for(const PointsLoading *reading) {
    while (!points_loading_done(reading))
        nanosleep(&(struct timespec){.tv_nsec = 1000000}, NULL);
}

static void test_format(void **state) {
    (void)state;
    char columns[] = "a,b,c", decimal[] = "comma";
    PointsFormat told = {.columns = columns, .decimal = decimal, .classes = 3, .skip_bad = true}, copy, none = {0};
    assert_true(points_format_copy(&copy, &told, &status));
    assert_true(points_format_same(&copy, &told));
    assert_false(points_format_same(&copy, &none));
    columns[0] = 'x'; /* the copy has texts of its own */
    assert_string_equal(copy.columns, "a,b,c");
    assert_false(points_format_same(&copy, &told));
    columns[0] = 'a';
    told.classes = 4;
    assert_false(points_format_same(&copy, &told));
    points_format_free(&copy);
    assert_true(points_format_same(&copy, &none));
}

static void test_points(void **state) {
    (void)state;
    put("p,q,kind\n1,2,a\n3,4,b\nx,5,a\n");
    char columns[] = "q,p,kind";
    PointsFormat format = {.columns = columns, .skip_bad = true};
    PointsLoading *r = points_loading_begin(path, &format, &status);
    assert_non_null(r);
    memset(columns, '?', sizeof columns - 1); /* no longer needed */
    wait_for(r);
    assert_false(points_loading_looks(r));
    assert_string_equal(points_loading_format(r)->columns, "q,p,kind");
    Dataset points;
    size_t skipped;
    PointsNotes notes;
    assert_true(points_loading_take(r, &points, &skipped, &notes, &status));
    assert_int_equal(points.count, 2);
    assert_int_equal(skipped, 1);
    assert_true(points.x[1] == 4.0f);
    dataset_free(&points);
    SessionSource source, sum; /* has been made by then, so that nobody waits for it */
    points_loading_take_source(r, &source);
    assert_int_equal(source.size, 27);
    points_loading_free(r);
    r = points_loading_sum(path, &status);
    wait_for(r);
    points_loading_take_source(r, &sum);
    assert_true(sum.size == 27 && sum.sum == source.sum && sum.path[0] == '/');
    session_source_free(&source);
    session_source_free(&sum);
    points_loading_free(r);
}

static void test_look(void **state) {
    (void)state;
    put("p,q,kind\n1,2,a\n3,4,b\n");
    PointsLoading *r = points_loading_look(path, &(PointsFormat){0}, &status);
    assert_non_null(r);
    wait_for(r);
    assert_true(points_loading_looks(r));
    PointsPreview *look = points_loading_take_look(r, &status);
    assert_non_null(look);
    assert_int_equal(look->columns, 3);
    assert_true(points_loading_looks(r));
    points_loading_free(r);
    points_preview_free(look);
    free(look);
    r = points_loading_look(path, &(PointsFormat){0}, &status); /* nobody takes it */
    wait_for(r);
    points_loading_free(r);
    unlink(path);
    r = points_loading_look(path, &(PointsFormat){0}, &status);
    wait_for(r);
    assert_null(points_loading_take_look(r, &status));
    assert_non_null(strstr(status.message, path));
    points_loading_free(r);
    put("");
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_format),
        cmocka_unit_test_setup_teardown(test_points, set_up, tear_down),
        cmocka_unit_test_setup_teardown(test_look, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
