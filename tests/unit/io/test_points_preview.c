/* What the sheet of a file shows of it: as the reader reads it, and where it would not. */
#include "app/io/points_preview.h"

#include "app/io/points_csv.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define SCRATCH_FILE "points.csv"
#include "tests/support/scratch.h"

static PointsPreview preview;

static void put(const char *text) {
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_true(fputs(text, file) >= 0);
    fclose(file);
}

static void look_as(const char *text, const PointsFormat *format) {
    put(text);
    Status status = {0};
    if (!points_preview(&preview, path, format, &status))
        fail_msg("%s", status.message);
}

static void look(const char *text) {
    look_as(text, NULL);
}

static void assert_columns(size_t x, size_t y, size_t label) {
    assert_int_equal(preview.at[0], x);
    assert_int_equal(preview.at[1], y);
    assert_int_equal(preview.at[2], label);
}

static void what_was_found_is_told(void **state) {
    (void)state;
    look("My points\nlabel;y;x\nb;1,5;2\na;-1,25;3\nb;2;4\n");
    assert_string_equal(preview.problem, "");
    assert_int_equal(preview.delimiter, ';');
    assert_int_equal(preview.decimal, ',');
    assert_int_equal(preview.header_line, 2);
    assert_string_equal(preview.encoding, "UTF-8");
    assert_false(preview.packed || preview.row_names || preview.guessed);
    assert_int_equal(preview.notes.count, 1); /* the title */
    assert_int_equal(preview.columns, 3);
    assert_string_equal(preview.column[0].name, "label");
    assert_string_equal(preview.column[2].name, "x");
    assert_false(preview.column[0].numeric);
    assert_true(preview.column[1].numeric);
    assert_columns(2, 1, 0);
    assert_int_equal(preview.rows, 3);
    assert_string_equal(preview.row[1].cell[1], "-1,25");
    assert_int_equal(preview.row[1].line, 4);
    assert_int_equal(preview.kept, 3);
    assert_int_equal(preview.left_out, 0);
    assert_int_equal(preview.kinds, 2);
    assert_string_equal(preview.kind[0].name, "a");
    assert_int_equal(preview.kind[1].count, 2);
    assert_int_equal(preview.points, 3);
    assert_true(preview.x[1] == 3 && preview.y[1] == -1.25 && preview.label[1] == 0 && preview.label[2] == 1);
    points_preview_free(&preview);
}

static void guessed_columns_are_called_so(void **state) {
    (void)state;
    look("\"a\" \"b\" \"kind\"\n\"1\" 1 2 u\n\"2\" 3 4 v\n");
    assert_true(preview.guessed && preview.row_names);
    assert_columns(0, 1, 2);
    assert_string_equal(preview.row[0].cell[0], "1");
    assert_string_equal(preview.row[0].cell[2], "u");
    points_preview_free(&preview);
}

static void bad_rows_are_counted_by_reason(void **state) {
    (void)state;
    const char *text = "x,y,label\n1,2,0\n3,NA,1\n3,4,1,7\nabc,1,0\n1e99,1,0\n5,,1\n5,6,1\n,,1\n9,9\n";
    look(text);
    char problem[300];
    snprintf(problem, sizeof problem, "%s:3: column y: missing: 'NA'; --skip-bad leaves such rows out", path);
    assert_memory_equal(preview.problem, problem, strlen(problem)); /* which points_read fails with */
    Dataset data;
    Status status = {0};
    assert_false(points_read(&data, path, NULL, &status));
    assert_string_equal(status.message, preview.problem);
    for (int skip = 0; skip < 2; skip++) {
        assert_int_equal(preview.kept, 2);
        assert_int_equal(preview.left_out, 7);
        assert_int_equal(preview.bads, POINTS_PREVIEW_BAD);
        assert_int_equal(preview.bad_count[POINTS_MISSING_CELL], 4);
        assert_int_equal(preview.bad_count[POINTS_TOO_MANY_CELLS], 1);
        assert_int_equal(preview.bad_count[POINTS_NO_NUMBER], 1);
        assert_int_equal(preview.bad_count[POINTS_NOT_FINITE], 1);
        assert_int_equal(preview.bad[1].line, 4);
        assert_string_equal(preview.bad[1].column, "");
        assert_string_equal(preview.bad[1].what, "4 cells where the header has 3");
        assert_string_equal(preview.bad[2].column, "x");
        assert_int_equal(preview.bad[2].reason, POINTS_NO_NUMBER);
        assert_false(preview.row[0].bad);
        assert_true(preview.row[1].bad && preview.row[2].bad);
        points_preview_free(&preview);
        look_as(text, &(PointsFormat){.skip_bad = true});
        assert_string_equal(preview.problem, "");
    }
    points_preview_free(&preview);
}

static void columns_that_are_not_found_are_a_problem(void **state) {
    (void)state;
    look("a,b,c,d\n1,2,3,u\n4,5,6,v\n");
    assert_non_null(strstr(preview.problem, "there are: a, b, c, d"));
    assert_columns(SIZE_MAX, SIZE_MAX, SIZE_MAX);
    assert_int_equal(preview.rows, 2);
    assert_int_equal(preview.kept, 2);
    assert_string_equal(preview.row[1].cell[3], "v");
    assert_true(preview.column[2].numeric && !preview.column[3].numeric);
    char columns[100];
    assert_true(points_preview_columns(&preview, (size_t[]){0, 2, 3}, columns, sizeof columns));
    assert_string_equal(columns, "a,c,d");
    assert_false(points_preview_columns(&preview, (size_t[]){0, 2, 3}, (char[5]){0}, 5));
    points_preview_free(&preview);
    look_as("a,b,c,d\n1,2,3,u\n4,5,6,v\n", &(PointsFormat){.columns = columns});
    assert_string_equal(preview.problem, "");
    assert_false(preview.guessed);
    points_preview_free(&preview);
    look("a,a,\"b,c\",d\n1,2,3,u\n4,5,6,v\n");
    assert_true(points_preview_columns(&preview, (size_t[]){1, 2, 3}, columns, sizeof columns));
    assert_string_equal(columns, "2,3,d");
    points_preview_free(&preview);
}

static void too_many_kinds_are_a_problem_and_the_rest_is_seen(void **state) {
    (void)state;
    char text[8000] = "x,y,label\n";
    for (int i = 0; i < 100; i++)
        sprintf(text + strlen(text), "%d,%d,k%d\n", i, i * i, i);
    look(text);
    assert_non_null(strstr(preview.problem, "kinds of labels"));
    assert_int_equal(preview.kept, 100);
    assert_int_equal(preview.kinds, MAX_CLASSES);
    assert_int_equal(preview.points, 100);
    assert_int_equal(preview.label[99], -1);
    assert_true(preview.column[1].least == 0 && preview.column[1].most == 99 * 99);
    points_preview_free(&preview);
    look("x,y,label\n1,2,a\n3,4,a\n");
    assert_non_null(strstr(preview.problem, "every label is 'a'"));
    assert_int_equal(preview.kinds, 1);
    assert_int_equal(preview.kind[0].count, 2);
    points_preview_free(&preview);
}

static void histograms_count_what_there_is(void **state) {
    (void)state;
    look("x,y,label\n0,-1e308,0\n24,1e308,1\n1,0,1\n1,?,0\n12,5,u\n23.5,1,0\n");
    const PointsPreviewColumn *x = &preview.column[0], *y = &preview.column[1];
    assert_int_equal(x->numbers, 6);
    assert_int_equal(x->bin[0], 1);
    assert_int_equal(x->bin[1], 2);
    assert_int_equal(x->bin[12], 1);
    assert_int_equal(x->bin[23], 2);
    assert_int_equal(y->missing, 1);
    assert_int_equal(y->bin[0], 1);
    assert_int_equal(y->bin[23], 1);
    assert_int_equal(preview.column[2].others, 1);
    points_preview_free(&preview);
}

static void a_large_file_leaves_an_even_sample(void **state) {
    (void)state;
    FILE *file = fopen(path, "wb");
    fputs("x,y,label\n", file);
    for (int i = 0; i < 30000; i++)
        fprintf(file, "%d,%d,%d\n", i, -i, i % 2);
    fclose(file);
    Status status = {0};
    assert_true(points_preview(&preview, path, NULL, &status));
    assert_int_equal(preview.kept, 30000);
    assert_int_equal(preview.rows, POINTS_PREVIEW_ROWS);
    assert_in_range(preview.points, POINTS_PREVIEW_POINTS / 2, POINTS_PREVIEW_POINTS);
    for (size_t i = 1; i < preview.points; i++)
        assert_true(preview.x[i] - preview.x[i - 1] == preview.x[1]);
    assert_true(preview.x[preview.points - 1] > 29900);
    assert_int_equal(preview.column[0].numbers, POINTS_PREVIEW_VALUES);
    points_preview_free(&preview);
}

static bool stop(void *user, double share) {
    (void)user;
    (void)share;
    return false;
}

static void what_is_nothing_to_see_is_a_failure(void **state) {
    (void)state;
    Status status = {0};
    assert_false(points_preview(&preview, "/no/such/file", NULL, &status));
    assert_string_equal(status.message, "cannot read /no/such/file: No such file or directory");
    points_preview_free(&preview);
    put("PK\3\4");
    assert_false(points_preview(&preview, path, NULL, &status));
    put("x,y,label\n1,2,0\n3,4,1\n");
    assert_false(points_preview(&preview, path, &(PointsFormat){.progress = stop}, &status));
    assert_non_null(strstr(status.message, "was stopped"));
}

static void told_signs_overrule_what_is_found(void **state) {
    (void)state;
    look_as("x,y,label\n\"1,5\",\"2,25\",0\n\"3,5\",4,1\n", &(PointsFormat){.decimal = "comma"});
    assert_string_equal(preview.problem, "");
    assert_int_equal(preview.delimiter, ',');
    assert_int_equal(preview.decimal, ',');
    assert_true(preview.x[0] == 1.5 && preview.y[0] == 2.25);
    points_preview_free(&preview);
    look_as("1,2;0,5;a\n3,4;1,5;b\n", &(PointsFormat){.delimiter = "comma", .header = "no"});
    assert_int_equal(preview.delimiter, ',');
    assert_non_null(strstr(preview.problem, "not a number: '2;0'"));
    points_preview_free(&preview);
    look_as("1.5 2.5 0\n3 4 1\n", &(PointsFormat){.decimal = "comma"});
    assert_non_null(strstr(preview.problem, "not a number: '1.5'"));
    points_preview_free(&preview);
    look_as("1:2:a\n3:4:b\n", &(PointsFormat){.delimiter = ":"});
    assert_int_equal(preview.kept, 2);
    assert_string_equal(preview.problem, "");
    points_preview_free(&preview);
}

/* The points are the file's where float32 would bend them, and what becomes of them is said. */
static void values_with_an_origin_are_exact(void **state) {
    (void)state;
    look("when,y,label\n1700000000,1,a\n1700003600,2,b\n1700007200,3,b\n");
    assert_true(preview.x[1] == 1700003600 && preview.x[2] == 1700007200 && preview.points == 3);
    assert_int_equal(preview.notes.count, 2); /* the first: of the columns */
    assert_non_null(strstr(preview.notes.text[1], "column when: kept as its differences from 170000"));
    points_preview_free(&preview);
    look("x,y,label\n1e-50,1,a\n2e-50,2,b\n");
    assert_non_null(strstr(preview.problem, "column x: float32 holds no numbers as small as"));
    points_preview_free(&preview);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(what_was_found_is_told),
        TEST(values_with_an_origin_are_exact),
        TEST(guessed_columns_are_called_so),
        TEST(bad_rows_are_counted_by_reason),
        TEST(columns_that_are_not_found_are_a_problem),
        TEST(too_many_kinds_are_a_problem_and_the_rest_is_seen),
        TEST(histograms_count_what_there_is),
        TEST(a_large_file_leaves_an_even_sample),
        TEST(what_is_nothing_to_see_is_a_failure),
        TEST(told_signs_overrule_what_is_found),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
