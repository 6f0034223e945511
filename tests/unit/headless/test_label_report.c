/* --suspects and --scores by the program itself: the field's smoke test (one wrong label in each class of blobs must be
 * exactly first, with default settings), a table by a person's hand, and the same run with and without. */
#include "app/headless/headless.h"

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

/* What the program says with these arguments, stderr first; the rows of the list, in order, in rows[]. */
static int list(const char *arguments, long rows[], int most, char doubt[512]) {
    char command[1024], line[512];
    snprintf(command, sizeof command, "'%s' --headless %s 2>'%s'", EASYFIRST_BINARY, arguments, path);
    FILE *out = popen(command, "r");
    assert_non_null(out);
    assert_non_null(fgets(line, sizeof line, out));
    assert_int_equal(strncmp(line, "row,x,y,label,loss,v,admitted", 29), 0);
    int count = 0;
    while (fgets(line, sizeof line, out) && count < most)
        rows[count++] = strtol(line, NULL, 10);
    assert_int_equal(pclose(out), 0);
    FILE *said = fopen(path, "r");
    assert_non_null(said);
    doubt[0] = '\0';
    if (!fgets(doubt, 512, said))
        doubt[0] = '\0';
    fclose(said);
    return count;
}

static bool among(long row, const long *rows, int count) {
    for (int i = 0; i < count; i++)
        if (rows[i] == row)
            return true;
    return false;
}

static void check_first(const char *arguments, const long *wrong, int count) {
    long rows[8];
    char doubt[512];
    assert_int_equal(list(arguments, rows, 8, doubt), count);
    for (int i = 0; i < count; i++)
        if (!among(wrong[i], rows, count))
            fail_msg("%s: row %ld is not among the first %d", arguments, wrong[i], count);
}

static void wrong_labels_of_blobs_come_first(void **state) {
    (void)state;
    static const long TWO[] = {82, 443}, FIVE[] = {200, 367, 643, 674, 686};
    static const char *const SETTINGS[] = {"",
                                           "--suspects-by aum",
                                           "--suspects-by loss",
                                           "--learning-rate 0.01 --epochs 100",
                                           "--order all --learning-rate 0.01 --epochs 100",
                                           "--learning-rate 0.01 --epochs 100 --suspects-by loss",
                                           "--learning-rate 0.01 --epochs 100 --suspects-by aum"};
    for (size_t i = 0; i < sizeof SETTINGS / sizeof *SETTINGS; i++) {
        char arguments[512];
        snprintf(arguments, sizeof arguments, "'%s/labels/blobs2_s1.csv.gz' --suspects 2 %s", TEST_SOURCE_DIR,
                 SETTINGS[i]);
        check_first(arguments, TWO, 2);
        snprintf(arguments, sizeof arguments, "'%s/labels/blobs5_s1.csv.gz' --suspects 5 %s", TEST_SOURCE_DIR,
                 SETTINGS[i]);
        check_first(arguments, FIVE, 5);
    }
}

/* Sixty points, with wrong labels in rows 5, 22 and 39: a default run learns nothing of them and says so; a better one
 * has two of them first. */
static void what_the_model_has_not_learned_is_said(void **state) {
    (void)state;
    long rows[3];
    char arguments[512], doubt[512];
    const char *file = TEST_SOURCE_DIR "/cases/17-wrong-labels-rows-5-22-39.csv";
    snprintf(arguments, sizeof arguments, "'%s' --suspects 3", file);
    assert_int_equal(list(arguments, rows, 3, doubt), 3);
    assert_int_equal(strncmp(doubt, "easyfirst: suspects: the model has not learned the points (accuracy 0.333;", 73),
                     0);
    assert_true(among(5, rows, 2) && among(22, rows, 2));
    snprintf(arguments, sizeof arguments,
             "'%s' --suspects 3 --order all --standardize on --epochs 100 --learning-rate 0.02", file);
    list(arguments, rows, 3, doubt);
    assert_true(among(5, rows, 2) && among(22, rows, 2));
    assert_string_equal(doubt, "");
}

/* The list of before: by admission. */
static void by_admission_as_ever(void **state) {
    (void)state;
    long rows[5];
    char doubt[512];
    assert_int_equal(list("--preset anomalies --suspects 5 --suspects-by admission", rows, 5, doubt), 5);
    static const long BEFORE[] = {4477, 4616, 2965, 4316, 317};
    for (int i = 0; i < 5; i++)
        assert_int_equal(rows[i], BEFORE[i]);
}

static char *read_all(const char *name) {
    FILE *file = fopen(name, "r");
    assert_non_null(file);
    char *text = calloc(1, 1 << 20);
    assert_non_null(text);
    assert_true(fread(text, 1, (1 << 20) - 1, file) > 0);
    fclose(file);
    return text;
}

/* The run's trace is the same to the byte whether labels are looked at or not; test points have empty cells. */
static void the_run_is_the_same_with_scores(void **state) {
    (void)state;
    Status status;
    char trace[128];
    snprintf(trace, sizeof trace, "%s/trace.csv", folder);
    Cli cli = {.headless = true, .force = true, .points_out = path, .trace = trace};
    settings_default(&cli.settings);
    cli.settings.samples = 200;
    cli.settings.test = 0.1;
    assert_true(headless_run(&cli, &status));
    char *without = read_all(trace);
    cli.scores = "on";
    assert_true(headless_run(&cli, &status));
    char *with = read_all(trace), *table = read_all(path);
    assert_string_equal(with, without);
    static const char HEAD[] = "x,y,label,loss,v,admitted,aum,confidence,variability,correctness,forgetting,tracin,knn,"
                               "held_out,agreement,test\n";
    assert_int_equal(strncmp(table, HEAD, sizeof HEAD - 1), 0);
    int tests = 0;
    for (char *line = strchr(table, '\n') + 1; *line; line = strchr(line, '\n') + 1) {
        char row[512];
        snprintf(row, sizeof row, "%.*s", (int)strcspn(line, "\n"), line);
        bool empty = strstr(row, ",,,,,,,,,,,1") != NULL;
        assert_int_equal(empty, row[strlen(row) - 1] == '1' && row[strlen(row) - 2] == ',');
        tests += empty;
    }
    assert_int_equal(tests, 20);
    free(without);
    free(with);
    free(table);
    unlink(trace);
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
    const struct CMUnitTest tests[] = {
        TEST(wrong_labels_of_blobs_come_first),
        TEST(what_the_model_has_not_learned_is_said),
        TEST(by_admission_as_ever),
        TEST(the_run_is_the_same_with_scores),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
