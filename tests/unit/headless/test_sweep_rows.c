/* A sweep's rows read back, the table made of them, and how far a sweep is. */
#include "app/headless/sweep.h"
#include "app/headless/sweep_tables.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SCRATCH_FILE "rows"
#include "tests/support/scratch.h"

static Status status;

static Sweep parsed(const char *spec) {
    Settings settings;
    Sweep sweep;
    settings_default(&settings);
    settings.samples = 30;
    settings.epochs = 2;
    if (!sweep_parse(&sweep, spec, &settings, &status))
        fail_msg("%s", status.message);
    return sweep;
}

static char *row_of(const Sweep *sweep, RowForm form, size_t run, const RunFigures *figures) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    assert_non_null(stream);
    sweep_row(stream, sweep, form, run, figures);
    assert_int_equal(fclose(stream), 0);
    assert_int_equal(text[size - 1], '\n');
    text[size - 1] = '\0';
    return text;
}

static bool read_text(RowReader *reader, const char *text, size_t *run, RunFigures *figures) {
    snprintf(reader->line, strlen(text) + 1, "%s", text);
    reader->length = strlen(text);
    return row_reader_row(reader, run, figures, &status);
}

static bool same(double a, double b) {
    return a == b || (isnan(a) && isnan(b));
}

static const RunFigures some = {7, 0.25, 12, 0.4, 0.5, 1.0, (double)NAN, 1.0 / 3.0, 0.0, RUN_COLLAPSED};

static void rows_have_both_forms(void **state) {
    (void)state;
    Sweep sweep = parsed("epochs=3|7,hidden=|4|4,3,noise=auto|0.5,centroids=0,0,1,1");
    char *csv = row_of(&sweep, ROWS_CSV, 10, &some), *json = row_of(&sweep, ROWS_JSON, 10, &some);
    assert_string_equal(csv, "10,7,\"4,3\",auto,\"0,0,1,1\",7,0.25,12,0.4,0.5,1,,0.333333333,0,collapsed");
    assert_string_equal(
        json,
        "{\"run\":10,\"epochs\":7,\"hidden\":\"4,3\",\"noise\":\"auto\",\"centroids\":\"0,0,1,1\",\"epochs_end\":7,"
        "\"threshold\":0.25,\"easy\":12,\"share_easy\":0.4,\"mean_loss\":0.5,\"accuracy\":1,\"test_accuracy\":null,"
        "\"label_precision\":0.333333333,\"label_recall\":0,\"status\":\"collapsed\"}");
    free(csv);
    free(json);
    json = row_of(&sweep, ROWS_JSON, 3, &some); /* beside words and lists a number is none */
    assert_non_null(strstr(json, "\"hidden\":\"4\",\"noise\":\"0.5\","));
    RowReader reader;
    RunFigures back;
    size_t run;
    assert_true(row_reader_init(&reader, &sweep, &status));
    assert_true(read_text(&reader, json, &run, &back) && run == 3);
    row_reader_free(&reader);
    free(json);
    sweep_free(&sweep);
    sweep = parsed("noise=0.1:0.3:0.1|1e-05,anomaly=on|off");
    json = row_of(&sweep, ROWS_JSON, 7, &some);
    assert_non_null(strstr(json, "\"noise\":1e-05,\"anomaly\":\"off\","));
    free(json);
    assert_int_equal(sweep_form("a.jsonl"), ROWS_JSON);
    assert_int_equal(sweep_form(".jsonl"), ROWS_CSV);
    assert_int_equal(sweep_form("a.jsonl.csv"), ROWS_CSV);
    sweep_free(&sweep);
}

/* Shares are read as the very doubles that were written with nine digits. */
static void shares_come_back_to_the_last_bit(void **state) {
    (void)state;
    Sweep sweep = parsed("seeds=1..9");
    RowReader reader;
    assert_true(row_reader_init(&reader, &sweep, &status));
    uint32_t random = 1;
    for (int i = 0; i < 3000; i++) {
        random = random * 1664525u + 1013904223u;
        unsigned all = 1 + random / 65536 % (i % 2 ? 20000 : 150);
        random = random * 1664525u + 1013904223u;
        unsigned part = random / 65536 % (all + 1);
        double share = (double)part / (double)all;
        RunFigures f = some, back;
        f.share_easy = f.accuracy = f.test_accuracy = f.label_precision = f.label_recall = share;
        size_t run;
        char *text = row_of(&sweep, (RowForm)(i % 3 == 0), 4, &f);
        assert_true(read_text(&reader, text, &run, &back));
        assert_int_equal(run, 4);
        if (!(back.share_easy == share && back.accuracy == share && back.test_accuracy == share &&
              back.label_precision == share && back.label_recall == share))
            fail_msg("%u of %u: %.17g is read as %.17g", part, all, share, back.accuracy);
        free(text);
    }
    RunFigures back;
    size_t run;
    for (int form = 0; form < 2; form++) {
        char *text = row_of(&sweep, (RowForm)form, 0, &some);
        assert_true(read_text(&reader, text, &run, &back));
        assert_true(back.epochs == 7 && back.threshold == 0.25 && back.easy == 12 && back.mean_loss == 0.5 &&
                    same(back.test_accuracy, some.test_accuracy) && back.status == RUN_COLLAPSED);
        for (size_t length = strlen(text); length-- > 0;) { /* cut anywhere it is no row */
            text[length] = '\0';
            assert_false(read_text(&reader, text, &run, &back));
        }
        free(text);
    }
    row_reader_free(&reader);
    sweep_free(&sweep);
}

/* ---- tables ---- */

typedef struct Made {
    char *rows, *summary;
} Made;

static Made made(const char *spec, size_t shard, size_t shards) {
    Made out;
    size_t a, b;
    FILE *rows = open_memstream(&out.rows, &a), *summary = open_memstream(&out.summary, &b);
    Sweep sweep = parsed(spec);
    SweepJob job = {.shard = shard, .shards = shards, .threads = 2, .rows = rows, .summary = summary};
    assert_true(sweep_work(&sweep, &job, &status));
    sweep_free(&sweep);
    fclose(rows);
    fclose(summary);
    return out;
}

static char paths[4][160];
static const char *const files[4] = {paths[0], paths[1], paths[2], paths[3]};

static void put(int file, const char *text) {
    snprintf(paths[file], sizeof paths[file], "%s/rows-%d", folder, file);
    FILE *stream = fopen(paths[file], "w");
    assert_non_null(stream);
    fputs(text, stream);
    assert_int_equal(fclose(stream), 0);
}

static int tear_down_files(void **state) {
    for (int i = 0; i < 4; i++)
        unlink(paths[i]);
    return tear_down(state);
}

static char *table_of(const char *spec, size_t count) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    Sweep sweep = parsed(spec);
    status = (Status){0};
    bool done = sweep_tables(&sweep, 0, sweep.runs, files, count, stream, &status);
    sweep_free(&sweep);
    fclose(stream);
    if (done)
        return text;
    free(text);
    return NULL;
}

/* message: with %s for the folder. */
static void refuses(const char *spec, size_t count, const char *before, const char *after) {
    char expected[1024];
    char *text = table_of(spec, count);
    assert_null(text);
    snprintf(expected, sizeof expected, "%s%s%s", before[0] ? folder : "", before, after);
    assert_string_equal(status.message, expected);
}

static const char grid[] = "flip=0|0.2,test=0.3,seeds=1..16,threshold=0.2|0.5";

static void a_table_of_shards_is_the_sweeps_own(void **state) {
    (void)state;
    Made whole = made(grid, 1, 1);
    static const int order[4] = {2, 0, 3, 1};
    for (size_t shard = 1; shard <= 4; shard++) {
        Made part = made(grid, shard, 4);
        put(order[shard - 1], part.rows);
        free(part.rows);
        free(part.summary);
    }
    char *table = table_of(grid, 4);
    assert_non_null(table);
    assert_string_equal(table, whole.summary);
    free(table);
    put(0, whole.rows);
    table = table_of(grid, 1);
    assert_string_equal(table, whole.summary);
    free(table);
    put(1, ""); /* a shard without runs */
    table = table_of(grid, 2);
    assert_string_equal(table, whole.summary);
    free(table);
    free(whole.rows);
    free(whole.summary);
}

static void what_is_wrong_with_tables_is_said(void **state) {
    (void)state;
    static const char spec[] = "seeds=1..8,order=easy|all";
    Made parts[3];
    for (size_t i = 0; i < 3; i++) {
        parts[i] = made(spec, i + 1, 3);
        put((int)i, parts[i].rows);
    }
    free(table_of(spec, 3));
    assert_int_equal(status.code, STATUS_OK);
    refuses(spec, 2, "", "--summarize: runs 10 to 15 are missing (of runs 0 to 15)");
    put(1, parts[2].rows);
    refuses(spec, 2, "", "--summarize: runs 5 to 9 are missing (of runs 0 to 15)");
    put(1, parts[0].rows);
    assert_null(table_of(spec, 3));
    char other[300];
    snprintf(other, sizeof other, "%s:2: run 0 is there twice, also in %s", paths[1], paths[0]);
    char turned[300]; /* which of them comes first is open */
    snprintf(turned, sizeof turned, "%s:2: run 0 is there twice, also in %s", paths[0], paths[1]);
    if (strcmp(status.message, turned) != 0)
        assert_string_equal(status.message, other);
    for (size_t i = 0; i < 3; i++) {
        free(parts[i].rows);
        free(parts[i].summary);
    }
}

static void messages(void **state) {
    (void)state;
    static const char spec[] = "seeds=1..2,order=easy|all";
    Made whole = made(spec, 1, 1);
    char text[2000];
    put(0, whole.rows);
    refuses("seeds=1..3,order=easy|all", 1, "", "--summarize: runs 4 to 5 are missing (of runs 0 to 5)");
    refuses(
        "seeds=1..2", 1, "/rows-0:1",
        ": the header of another grid: run,seed,order,epochs,threshold,easy,share_easy,mean_loss,accuracy,"
        "test_accuracy,label_precision,label_recall,status; this one's is run,seed,epochs,threshold,easy,share_easy,"
        "mean_loss,accuracy,test_accuracy,label_precision,label_recall,status");
    refuses("seeds=2..3,order=easy|all", 1, "/rows-0:2", ": run 0 has other settings than in this grid");
    refuses("seeds=1,order=easy|all", 1, "/rows-0:4", ": run 2 of another grid: this one has 2, from 0");
    put(1, whole.rows);
    char *last = strrchr(whole.rows, ',');
    *last = '\0';
    put(0, whole.rows);
    refuses(spec, 1, "/rows-0:5", ": the row is cut; the sweep that writes it has not ended");
    snprintf(text, sizeof text, "%s\n", whole.rows);
    put(0, text);
    refuses(spec, 1, "/rows-0:5", ": run 3's figures are not whole");
    put(0, "x,y,label\n1,2,a\n");
    refuses(spec, 1, "/rows-0:1", ": no row of a sweep");
    put(0, "0,1,easy,2\n");
    refuses(spec, 1, "/rows-0:1", ": run 0's figures are not whole");
    unlink(paths[0]);
    Sweep sweep = parsed(spec);
    assert_false(sweep_tables(&sweep, 0, sweep.runs, files, 1, stdout, &status));
    snprintf(text, sizeof text, "cannot read %s: No such file or directory", paths[0]);
    assert_string_equal(status.message, text);
    sweep_free(&sweep);
    free(whole.rows);
    free(whole.summary);
}

/* ---- progress ---- */

static void is_text(size_t before, size_t done, size_t total, double seconds, const char *expected) {
    char text[PROGRESS_TEXT];
    sweep_progress_text(before, done, total, seconds, text);
    assert_string_equal(text, expected);
}

static void progress_in_words(void **state) {
    (void)state;
    is_text(0, 0, 1000, 10, "0 of 1000 runs");
    is_text(0, 100, 1000, 10, "100 of 1000 runs, 10 a second, 90 s left");
    is_text(50, 100, 1000, 100, "100 of 1000 runs, 0.5 a second, 30 min left");
    is_text(0, 1, 1000, 100, "1 of 1000 runs, 0.01 a second, 27.8 h left");
    is_text(0, 400000, 1000000, 10, "400000 of 1000000 runs, 40000 a second, 15 s left");
    is_text(0, 1000, 1000, 10, "1000 of 1000 runs, 100 a second");
    is_text(7, 7, 1000, 10, "7 of 1000 runs");
}

static void lines_come_now_and_then(void **state) {
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    SweepProgress p = {.stream = stream, .every = PROGRESS_EVERY};
    sweep_progress_begin(&p, 0, 100, 1000.0);
    for (int i = 1; i <= 25; i++)
        sweep_progress_show(&p, (size_t)i, 1000.0 + i);
    sweep_progress_end(&p);
    fflush(stream);
    assert_string_equal(text, "easyfirst: 10 of 100 runs, 1 a second, 90 s left\n"
                              "easyfirst: 20 of 100 runs, 1 a second, 80 s left\n");
    rewind(stream);
    p.terminal = true;
    sweep_progress_begin(&p, 40, 100, 1000.0);
    sweep_progress_show(&p, 45, 1000.4);
    sweep_progress_show(&p, 50, 1001.0);
    sweep_progress_show(&p, 55, 1001.1);
    sweep_progress_end(&p);
    fflush(stream);
    static const char line[] = "\r50 of 100 runs, 5 s left\033[K\r\033[K";
    assert_int_equal(size, sizeof line - 1); /* of the stream's text from its beginning */
    assert_memory_equal(text, line, size);
    fclose(stream);
    free(text);
}

/* Through a sweep, with a line at every look. */
static void a_sweep_shows_how_far_it_is(void **state) {
    (void)state;
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    SweepProgress progress = {.stream = stream, .every = 0.0};
    Sweep sweep = parsed("seeds=1..20");
    SweepJob job = {.shard = 1, .shards = 1, .threads = 2, .progress = &progress};
    assert_true(sweep_work(&sweep, &job, &status));
    sweep_free(&sweep);
    fclose(stream);
    assert_non_null(strstr(text, "easyfirst: 20 of 20 runs, "));
    for (const char *line = text; *line; line = strchr(line, '\n') + 1)
        assert_int_equal(strncmp(line, "easyfirst: ", 11), 0);
    free(text);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_have_both_forms),
        cmocka_unit_test(shares_come_back_to_the_last_bit),
        cmocka_unit_test_setup_teardown(a_table_of_shards_is_the_sweeps_own, set_up, tear_down_files),
        cmocka_unit_test_setup_teardown(what_is_wrong_with_tables_is_said, set_up, tear_down_files),
        cmocka_unit_test_setup_teardown(messages, set_up, tear_down_files),
        cmocka_unit_test(progress_in_words),
        cmocka_unit_test(lines_come_now_and_then),
        cmocka_unit_test(a_sweep_shows_how_far_it_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
