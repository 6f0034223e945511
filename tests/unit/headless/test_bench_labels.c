/* --bench labels: a person's own points with their truth, another program's scores, and what is wrong with either. */
#include "app/headless/bench_labels.h"

#include "app/headless/bench_points.h"

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

static char scores_path[128], trace_path[128];
static Status status;

static int set_up_all(void **state) {
    int failed = set_up(state);
    snprintf(scores_path, sizeof scores_path, "%s/scores.csv", folder);
    snprintf(trace_path, sizeof trace_path, "%s/trace.csv", folder);
    return failed;
}

static int tear_down_all(void **state) {
    unlink(scores_path);
    unlink(trace_path);
    return tear_down(state);
}

static void write_file(const char *name, const char *text) {
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static Cli cli_of(const char *scores) {
    Cli cli = {.headless = true, .bench = BENCH_LABELS, .points = path, .scores = scores};
    settings_default(&cli.settings);
    return cli;
}

/* The classes of label and truth are the same by name, also where one of them has kinds that the other has not. */
static void points_with_their_truth(void **state) {
    (void)state;
    write_file(path, "x,y,label,truth\n1,1,ant,ant\n2,1,bee,ant\n3,1,cow,cow\n4,1,cow,bee\n5,2,ant,ant\n");
    write_file(scores_path, "name,score,more\na,0.1,9\nb,0.9,9\nc,-2,9\nd,7,9\ne,0,9\n");
    Cli cli = cli_of(scores_path);
    BenchPoints points;
    if (!bench_points_read(&points, &cli, &status))
        fail_msg("%s", status.message);
    static const uint8_t wrong[] = {0, 1, 0, 1, 0};
    static const float keys[] = {-0.1f, -0.9f, 2, -7, 0}; /* the larger score, the smaller key */
    assert_int_equal(points.data.count, 5);
    assert_memory_equal(points.is_wrong, wrong, sizeof wrong);
    for (int i = 0; i < 5; i++)
        assert_true(points.key[i] == keys[i]);
    assert_string_equal(points.scores_name, "score");
    bench_points_free(&points);
    write_file(scores_path, "label,label_quality\n1,0.1\n1,0.9\n1,0.5\n1,0.25\n1,0\n");
    assert_true(bench_points_read(&points, &cli, &status));
    assert_true(points.key[1] == 0.9f && points.key[4] == 0.0f); /* small is suspect */
    assert_string_equal(points.scores_name, "label_quality");
    bench_points_free(&points);
}

static void refused(const Cli *cli, const char *message) {
    BenchPoints points;
    assert_false(bench_points_read(&points, cli, &status));
    if (!strstr(status.message, message))
        fail_msg("%s", status.message);
    assert_null(points.is_wrong);
}

static void what_is_wrong_is_said(void **state) {
    (void)state;
    Cli cli = cli_of(scores_path);
    write_file(path, "x,y,label\n1,1,0\n2,1,1\n");
    refused(&cli, "--bench labels needs a column truth: ");
    write_file(path, "x,y,label,truth\n1,1,0,0\n2,1,1,0\n3,1,1,1\n");
    refused(&cli, "scores.csv: No such file or directory");
    write_file(scores_path, "");
    refused(&cli, "scores.csv: is empty");
    write_file(scores_path, "score\n1\n2\n");
    refused(&cli, "scores.csv: has scores for 2 of the 3 points");
    write_file(scores_path, "score\n1\nx\n3\n");
    refused(&cli, "scores.csv:3: column score: not a number");
    char row[5000];
    snprintf(row, sizeof row, "score\n1\n%04500d\n3\n", 2); /* it is one row, not two */
    write_file(scores_path, row);
    refused(&cli, "scores.csv:3: the line is longer than 4094 bytes, or no text");
    cli.points = "-";
    refused(&cli, "cannot come from a pipe");
}

/* Two clouds far apart with one wrong label, which every measure of a run that has learned them finds: a row for each
 * run and measure, and one for the other program. */
static void a_table_with_a_row_for_each_measure(void **state) {
    (void)state;
    FILE *file = fopen(path, "w"), *scores = fopen(scores_path, "w");
    assert_true(file && scores);
    fputs("x,y,label,truth\n", file);
    fputs("score\n", scores);
    for (int i = 0; i < 40; i++) {
        int class = i % 2;
        fprintf(file, "%g,%g,%d,%d\n", class * 6 - 3 + 0.05 * i, 0.1 * (i % 7), i == 12 ? 1 - class : class, class);
        fprintf(scores, "%d\n", i == 12);
    }
    fclose(file);
    fclose(scores);
    Cli cli = cli_of(scores_path);
    cli.trace = trace_path;
    if (!bench_labels_run(&cli, &status))
        fail_msg("%s", status.message);
    file = fopen(trace_path, "r");
    assert_non_null(file);
    char line[512], expected[64];
    int rows = 0, perfect = 0;
    assert_non_null(fgets(line, sizeof line, file));
    assert_int_equal(strncmp(line, "data,run,measure,seeds,auroc,auroc_deviation,", 45), 0);
    while (fgets(line, sizeof line, file)) {
        rows++;
        snprintf(expected, sizeof expected, ",plain,%s,10,1,0,1,0,1,0\n", rows == 1 ? "loss" : "agreement");
        perfect += strstr(line, expected) != NULL;
    }
    assert_non_null(strstr(line, ",scores,\"score\",1,1,,1,,1,\n"));
    assert_int_equal(rows, 3 * (MEASURE_COUNT - 1) + 1);
    assert_int_equal(perfect, 2);
    fclose(file);
    assert_false(bench_labels_run(&cli, &status)); /* the table exists */
    assert_non_null(strstr(status.message, "--force replaces it"));
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_all, tear_down_all)
    const struct CMUnitTest tests[] = {
        TEST(points_with_their_truth),
        TEST(what_is_wrong_is_said),
        TEST(a_table_with_a_row_for_each_measure),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
