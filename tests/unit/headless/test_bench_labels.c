/* --bench labels: a person's own points with their truth, another program's scores, and what is wrong with either. */
#include "app/headless/bench_labels.h"

#include "app/headless/bench_points.h"

#include <fcntl.h>
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

/* Runs as small as can be. */
static Cli small_cli(void) {
    Cli cli = {.headless = true, .bench = BENCH_LABELS};
    settings_default(&cli.settings);
    cli.settings.samples = 24;
    cli.settings.epochs = 1;
    cli.settings.hidden[0] = 1;
    cli.settings.seed = 5;
    cli.given[PROPERTY_SAMPLES] = cli.given[PROPERTY_EPOCHS] = cli.given[PROPERTY_HIDDEN] = true;
    cli.given[PROPERTY_SEED] = true;
    return cli;
}

/* What goes to standard output meanwhile; back to whoever had it. */
static bool runs_to(const char *name, const Cli *cli) {
    fflush(stdout);
    int before = dup(STDOUT_FILENO), file = open(name, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    assert_true(before >= 0 && file >= 0);
    dup2(file, STDOUT_FILENO);
    bool done = bench_labels_run(cli, &status);
    fflush(stdout);
    dup2(before, STDOUT_FILENO);
    close(before);
    close(file);
    return done;
}

/* Without points the program makes its own, of four kinds: a table of each, and rows. */
static void points_of_its_own(void **state) {
    (void)state;
    static const char *const DATA[] = {"moons, 20 % moved", "moons, 40 % moved", "blobs, 10 % far off",
                                       "blobs, 20 % far off"};
    Cli cli = small_cli();
    cli.trace = trace_path;
    if (!runs_to(scores_path, &cli))
        fail_msg("%s", status.message);
    char line[512], expected[64];
    FILE *table = fopen(scores_path, "r"), *trace = fopen(trace_path, "r");
    assert_true(table && trace && fgets(line, sizeof line, trace));
    for (int data = 0; data < 4; data++) {
        snprintf(expected, sizeof expected, "%s\n", DATA[data]);
        assert_non_null(fgets(line, sizeof line, table));
        assert_string_equal(line, expected);
        for (int i = 0; i < 2 + MEASURE_COUNT - 1 + (data < 3); i++) /* heads, measures, an empty line */
            assert_non_null(fgets(line, sizeof line, table));
        snprintf(expected, sizeof expected, "\"%s\",", DATA[data]);
        for (int row = 0; row < 3 * (MEASURE_COUNT - 1); row++) {
            assert_non_null(fgets(line, sizeof line, trace));
            assert_int_equal(strncmp(line, expected, strlen(expected)), 0);
            assert_non_null(strstr(line, ",10,"));
        }
    }
    assert_null(fgets(line, sizeof line, table));
    assert_null(fgets(line, sizeof line, trace));
    fclose(table);
    fclose(trace);
}

/* A name with quotes is one cell all the same; where the rows go to standard output, the table goes elsewhere. */
static void rows_for_another_program(void **state) {
    (void)state;
    char quoted[160], line[512], expected[256];
    snprintf(quoted, sizeof quoted, "%s/a \"b\".csv", folder);
    write_file(quoted, "x,y,label,truth\n1,1,0,0\n2,1,1,0\n3,1,1,1\n4,2,0,0\n5,3,1,1\n");
    Cli cli = small_cli();
    cli.points = quoted;
    cli.trace = "/dev/stdout";
    if (!runs_to(trace_path, &cli))
        fail_msg("%s", status.message);
    unlink(quoted);
    FILE *trace = fopen(trace_path, "r");
    assert_non_null(trace);
    assert_non_null(fgets(line, sizeof line, trace));
    assert_int_equal(strncmp(line, "data,run,measure,", 17), 0);
    snprintf(expected, sizeof expected, "\"%s/a \"\"b\"\".csv\",plain,loss,10,", folder);
    int rows = 0;
    for (; fgets(line, sizeof line, trace); rows++)
        assert_true(rows > 0 || strncmp(line, expected, strlen(expected)) == 0);
    assert_int_equal(rows, 3 * (MEASURE_COUNT - 1));
    fclose(trace);
}

/* Of all its runs one says why there is no table. */
static void runs_that_fail_leave_no_table(void **state) {
    (void)state;
    Cli cli = small_cli();
    cli.trace = trace_path;
    cli.settings.share_curve = SHARE_GEOMETRIC;
    cli.settings.share_start = 0;
    cli.given[PROPERTY_SHARE_CURVE] = cli.given[PROPERTY_SHARE_START] = true;
    assert_false(runs_to(scores_path, &cli));
    assert_non_null(strstr(status.message, "share-curve geometric needs share-start and share-end above 0"));
    cli = small_cli();
    cli.trace = trace_path;
    cli.settings.optimizer = OPTIMIZER_SGD;
    cli.settings.learning_rate = cli.settings.weight_decay = 1000.0;
    cli.settings.epochs = 100;
    cli.given[PROPERTY_OPTIMIZER] = cli.given[PROPERTY_LEARNING_RATE] = cli.given[PROPERTY_WEIGHT_DECAY] = true;
    assert_false(runs_to(scores_path, &cli));
    assert_non_null(strstr(status.message, "the model diverged in epoch "));
    assert_int_equal(access(trace_path, F_OK), -1);
}

/* A class's names decide, and the column of labels may have any name. */
static void rows_of_truth_are_those_of_the_labels(void **state) {
    (void)state;
    Cli cli = cli_of(NULL);
    BenchPoints points;
    cli.columns = "b,a,kind";
    write_file(path, "a,b,kind,truth\n1,1,0,0\n2,1,1,0\n3,1,1,1\n");
    if (!bench_points_read(&points, &cli, &status))
        fail_msg("%s", status.message);
    static const uint8_t wrong[] = {0, 1, 0};
    assert_memory_equal(points.is_wrong, wrong, sizeof wrong);
    assert_null(points.key);
    bench_points_free(&points);
    cli.columns = NULL;
    cli.skip_bad = true;
    write_file(path, "x,y,label,truth\n1,1,0,0\n2,1,1,\n3,1,,1\n4,1,1,1\n5,1,0,0\n");
    refused(&cli, "column truth is bad in other rows than the labels");
    write_file(path, "x,y,label,truth\n1,1,0,0\n2,1,1,\n4,1,1,1\n5,1,0,0\n");
    refused(&cli, "column truth is bad in other rows than the labels");
    write_file(path, "x,y,label,truth\n1,1,0,0\nx,1,1,1\n4,1,1,1\n5,1,0,1\n");
    write_file(scores_path, "margin\n1\nx\n3\n4\n");
    cli.scores = scores_path;
    if (!bench_points_read(&points, &cli, &status)) /* the bad row has no score that counts */
        fail_msg("%s", status.message);
    assert_int_equal(points.data.count, 3);
    assert_true(points.key[1] == 3.0f || points.key[1] == -3.0f);
    bench_points_free(&points);
    cli.scores = folder;
    refused(&cli, "Is a directory");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_all, tear_down_all)
    const struct CMUnitTest tests[] = {
        TEST(points_with_their_truth),
        TEST(what_is_wrong_is_said),
        TEST(a_table_with_a_row_for_each_measure),
        TEST(points_of_its_own),
        TEST(rows_for_another_program),
        TEST(runs_that_fail_leave_no_table),
        TEST(rows_of_truth_are_those_of_the_labels),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
