/* Sweeps: the grammar, the grid's order, and rows that neither threads nor shards change. */
#include "app/headless/sweep.h"
#include "core/parallel.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define SCRATCH_FILE "rows.csv"
#include "tests/support/scratch.h"

/* Small runs: a hundredth of a second for all of a test's. */
static Settings tiny(void) {
    Settings settings;
    settings_default(&settings);
    settings.samples = 40;
    settings.epochs = 2;
    settings.anomaly = false; /* a wrong label would bring precision and recall */
    return settings;
}

static Sweep parsed_over(const char *spec, const Settings *base) {
    Sweep sweep;
    Status status = {0};
    if (!sweep_parse(&sweep, spec, base, &status))
        fail_msg("%s: %s", spec, status.message);
    return sweep;
}

static Sweep parsed(const char *spec) {
    Settings base = tiny();
    return parsed_over(spec, &base);
}

/* ---- the grid ---- */

/* "0.1 0.2 ...": the values of the one setting that the grid has. */
static void has_values(const char *spec, const char *name, const char *values) {
    Sweep sweep = parsed(spec);
    const Property *property = property_find(name);
    assert_int_equal(sweep.axis_count, 1);
    assert_ptr_equal(sweep.axes[0].property, property);
    char found[1000] = "";
    for (size_t run = 0; run < sweep.runs; run++) {
        Settings settings;
        sweep_settings(&sweep, run, &settings);
        char text[SETTING_TEXT_MAX];
        property_format(&settings, property, text);
        size_t used = strlen(found);
        snprintf(found + used, sizeof found - used, "%s%s", run > 0 ? " " : "", text);
    }
    assert_string_equal(found, values);
    sweep_free(&sweep);
}

static void values_of_every_form(void **state) {
    (void)state;
    has_values("seeds=1..4", "seed", "1 2 3 4");
    has_values("seed=7..7", "seed", "7");
    has_values("seeds=4294967293..4294967295", "seed", "4294967293 4294967294 4294967295");
    has_values("seed=0:4294967295:1000000007", "seed", "0 1000000007 2000000014 3000000021 4000000028");
    has_values("until-hard=-1..1", "until-hard", "-1 0 1");
    has_values("growing-factor=1.1:1.5:0.1", "growing-factor", "1.1 1.2 1.3 1.4 1.5");
    has_values("growing-factor=1.5:1.1:-0.1", "growing-factor", "1.5 1.4 1.3 1.2 1.1");
    has_values("growing-factor=1.1:1.49:0.1", "growing-factor", "1.1 1.2 1.3 1.4");
    has_values("flip=0:0.3:0.1", "flip", "0 0.1 0.2 0.3");
    has_values("flip=0.3:0:-0.1", "flip", "0.3 0.2 0.1 0");
    has_values("flip=0.9:0:-0.1", "flip", "0.9 0.8 0.7 0.6 0.5 0.4 0.3 0.2 0.1 0"); /* not -5e-20 */
    has_values("flip=0.3:0.3:5", "flip", "0.3");
    has_values("threshold=1..3", "threshold", "1 2 3");
    has_values("threshold=0.1|1e-3|2:3:0.5|5..6", "threshold", "0.1 0.001 2 2.5 3 5 6");
    has_values("epochs=5:15:5", "epochs", "5 10 15");
    has_values("order=hard|easy", "order", "hard easy");
    has_values("anomaly=on|off", "anomaly", "on off");
    has_values("noise=auto|0.5", "noise", "auto 0.5");
    has_values("hidden=|16|16,8", "hidden", " 16 16,8");
    has_values("centroids=-1,0,1,-2|0,0,3,3", "centroids", "-1,0,1,-2 0,0,3,3");
}

/* A step's value is the very number that the option's text gives. */
static void steps_are_the_options_numbers(void **state) {
    (void)state;
    Sweep sweep = parsed("threshold=-0.000:1:0.001");
    assert_int_equal(sweep.runs, 1001);
    for (size_t run = 0; run < sweep.runs; run++) {
        char text[32];
        snprintf(text, sizeof text, "0.%03zu", run % 1000);
        Settings settings;
        sweep_settings(&sweep, run, &settings);
        assert_true(settings.threshold == (run == 1000 ? 1.0 : strtod(text, NULL)));
    }
    sweep_free(&sweep);
}

static void the_last_axis_varies_fastest(void **state) {
    (void)state;
    Sweep sweep = parsed("order=easy|all,hidden=3,2|,seeds=5..7,threshold=0.5");
    assert_int_equal(sweep.axis_count, 4);
    assert_int_equal(sweep.runs, 12);
    for (size_t run = 0; run < sweep.runs; run++) {
        Settings settings, base = tiny();
        sweep_settings(&sweep, run, &settings);
        assert_int_equal(settings.seed, 5 + run % 3);
        assert_int_equal(settings.hidden_count, run / 3 % 2 == 0 ? 2 : 0);
        assert_int_equal(settings.order, run < 6 ? ORDER_EASY : ORDER_ALL);
        assert_true(settings.threshold == 0.5);
        assert_int_equal(settings.samples, base.samples);
    }
    sweep_free(&sweep);
}

static void refuses(const char *spec, const char *message) {
    Sweep sweep;
    Status status = {0};
    Settings base = tiny();
    assert_false(sweep_parse(&sweep, spec, &base, &status));
    assert_string_equal(status.message, message);
    assert_int_equal(status.code, STATUS_USAGE);
    sweep_free(&sweep);
}

static void what_makes_no_sense_is_refused(void **state) {
    (void)state;
    refuses("", "--sweep: '' is not NAME=VALUES");
    refuses("seeds", "--sweep: 'seeds' is not NAME=VALUES");
    refuses("seeds,flip=0.1", "--sweep: 'seeds,flip=0.1' is not NAME=VALUES");
    refuses("=1", "--sweep: '' is not a setting; --help lists them");
    refuses("growing=1", "--sweep: 'growing' is not a setting; --help lists them");
    refuses("seeds=1..3,flip=0,seed=4", "--sweep: seed is given twice");
    refuses("seeds=1,2,3", "--sweep: '2,3' is not NAME=VALUES (the values of seed are separated by |)");
    refuses("seeds=1..3,", "--sweep: '' is not NAME=VALUES (the values of seed are separated by |)");
    refuses("seeds=1..3,=2", "--sweep: '' is not a setting; --help lists them");
    refuses("hidden=16,", "--sweep: hidden=16,: a number is missing after the last comma");
    refuses("threshold=", "--sweep: threshold=: a number is missing");
    refuses("threshold=0.1|", "--sweep: threshold=: a number is missing");
    refuses("threshold=abc", "--sweep: threshold=abc: 'abc' is not a number");
    refuses("threshold=nan", "--sweep: threshold=nan: 'nan' is not a finite number");
    refuses("order=easy|soft", "--sweep: order=soft: 'soft' is not one of easy, hard or all");
    refuses("centroids=1..3", "--sweep: centroids=1..3: '1..3' is not a number");
    refuses("seeds=5..1", "--sweep: seed=5..1: 1 is below 5");
    refuses("seeds=1...5", "--sweep: seed=1...5: not A..B with whole numbers");
    refuses("seeds=..5", "--sweep: seed=..5: not A..B with whole numbers");
    refuses("seeds=1..", "--sweep: seed=1..: not A..B with whole numbers");
    refuses("threshold=0.5..2", "--sweep: threshold=0.5..2: not A..B with whole numbers");
    refuses("seeds=-1..3", "--sweep: seed=-1..3: -1 is below 0");
    refuses("seeds=1..99999999999999999999", "--sweep: seed=1..99999999999999999999: too large a number");
    refuses("epochs=-9223372036854775808..9223372036854775807",
            "--sweep: epochs=-9223372036854775808..9223372036854775807: too large a number");
    refuses("flip=0:1", "--sweep: flip=0:1: not A:B:STEP with three numbers");
    refuses("flip=0:1:0.1:2", "--sweep: flip=0:1:0.1:2: not A:B:STEP with three numbers");
    refuses("flip=0:x:0.1", "--sweep: flip=0:x:0.1: not A:B:STEP with three numbers");
    refuses("flip=0:inf:0.1", "--sweep: flip=0:inf:0.1: not A:B:STEP with three numbers");
    refuses("flip=0:1:0", "--sweep: flip=0:1:0: the step is 0");
    refuses("flip=0:1:-0.1", "--sweep: flip=0:1:-0.1: the step leads away from the end");
    refuses("flip=0:2:0.5", "--sweep: flip=0:2:0.5: 1.5 is above 1");
    refuses("warmup=0:2:0.5", "--sweep: warmup=0:2:0.5: 0.5 is not a whole number");
    refuses("flip=1:1.00000001:1e-10", "--sweep: flip=1:1.00000001:1e-10: the step is too small for nine digits");
    refuses("flip=0:1:1e-300", "--sweep: flip=0:1:1e-300: more than 10000000 values");
    refuses("seeds=0..10000000", "--sweep: seed=0..10000000: more than 10000000 values");
    refuses("seeds=1..4000,warmup=1..4000", "--sweep: more than 10000000 runs");
    /* 2^64 and more runs: no product wraps round to a small one */
    refuses("seeds=1..65536,warmup=1..65536,epochs=1..65536,until-hard=1..65536", "--sweep: more than 10000000 runs");
    refuses("regularizer=hard|log,threshold=0.5|2", "--sweep: regularizer=log: threshold=2: regularizer "
                                                    "log needs a threshold below 1 (its weights are "
                                                    "made with the logarithm of 1 - threshold), not 2");
    refuses("seeds=3,samples=2,centroids=0,0,1,1|0,0,1,1,2,2",
            "--sweep: seed=3: samples=2: centroids=0,0,1,1,2,2: samples 2 is fewer than the 3 classes of "
            "centroids");
}

/* ---- the rows ---- */

typedef struct Output {
    char *rows, *summary;
} Output;

static Output output_of(const char *spec, const Settings *base, const Dataset *points, size_t shard, size_t shards,
                        int threads) {
    Output out;
    size_t rows_size, summary_size;
    FILE *rows = open_memstream(&out.rows, &rows_size);
    FILE *summary = open_memstream(&out.summary, &summary_size);
    assert_non_null(rows);
    assert_non_null(summary);
    Sweep sweep = parsed_over(spec, base);
    SweepJob job = {
        .points = points, .shard = shard, .shards = shards, .threads = threads, .rows = rows, .summary = summary};
    Status status = {0};
    if (!sweep_work(&sweep, &job, &status))
        fail_msg("%s", status.message);
    sweep_free(&sweep);
    fclose(rows);
    fclose(summary);
    return out;
}

static Output output(const char *spec, int threads) {
    Settings base = tiny();
    return output_of(spec, &base, NULL, 1, 1, threads);
}

static void output_free(Output *out) {
    free(out->rows);
    free(out->summary);
}

/* The text after so many line ends. */
static const char *line_at(const char *text, size_t line) {
    for (; line > 0; line--) {
        text = strchr(text, '\n');
        assert_non_null(text);
        text++;
    }
    return text;
}

static void is_line(const char *text, size_t line, const char *expected) {
    const char *at = line_at(text, line);
    char found[500];
    snprintf(found, sizeof found, "%.*s", (int)strcspn(at, "\n"), at);
    assert_string_equal(found, expected);
}

/* The cells of a table's line, whose widths follow from what is in them: with single spaces. */
static void is_table_line(const char *text, size_t line, const char *expected) {
    char found[500];
    size_t used = 0;
    for (const char *c = line_at(text, line); *c != '\n' && *c != '\0' && used < sizeof found - 1; c++) {
        if (*c != ' ' || (used > 0 && found[used - 1] != ' '))
            found[used++] = *c;
    }
    found[used] = '\0';
    assert_string_equal(found, expected);
}

static void is_aligned(const char *table) {
    size_t width = strcspn(table, "\n");
    for (; *table != '\0'; table += width + 1)
        assert_int_equal(strcspn(table, "\n"), width);
}

static void threads_make_no_difference(void **state) {
    (void)state;
    static const char spec[] = "hidden=|5,seeds=1..5,order=easy|hard|all";
    Output one = output(spec, 1), three = output(spec, 3), many = output(spec, 0);
    assert_int_equal(strncmp(line_at(one.rows, 30), "29,5,5,all,2,", 13), 0);
    assert_string_equal(one.rows, three.rows);
    assert_string_equal(one.summary, three.summary);
    assert_string_equal(one.rows, many.rows);
    output_free(&one);
    output_free(&three);
    output_free(&many);
}

/* More runs than may wait for their turn. */
static void rows_stay_in_order_however_many(void **state) {
    (void)state;
    Settings base = tiny();
    base.samples = 2;
    base.epochs = 1;
    Output out = output_of("seeds=1..9000", &base, NULL, 1, 1, 3);
    const char *at = line_at(out.rows, 1);
    for (unsigned run = 0; run < 9000; run++) {
        char begin[40];
        snprintf(begin, sizeof begin, "%u,%u,1,", run, run + 1);
        assert_int_equal(strncmp(at, begin, strlen(begin)), 0);
        at = line_at(at, 1);
    }
    assert_string_equal(at, "");
    output_free(&out);
}

/* A first run so long that its followers have to wait for room. */
static void a_long_run_holds_the_others_back(void **state) {
    (void)state;
    enum { FOLLOWERS = 5000 };
    Settings base = tiny();
    base.samples = 2;
    static const char first[] = "epochs=100000";
    char *spec = malloc(sizeof first + 2 * FOLLOWERS);
    assert_non_null(spec);
    memcpy(spec, first, sizeof first);
    for (size_t i = 0; i < FOLLOWERS; i++)
        memcpy(spec + sizeof first - 1 + 2 * i, "|1", 3);
    Output out = output_of(spec, &base, NULL, 1, 1, 3);
    free(spec);
    const char *at = line_at(out.rows, 1);
    for (unsigned run = 0; run <= FOLLOWERS; run++) {
        char begin[40];
        int epochs = run == 0 ? 100000 : 1;
        snprintf(begin, sizeof begin, "%u,%d,%d,", run, epochs, epochs);
        assert_int_equal(strncmp(at, begin, strlen(begin)), 0);
        at = line_at(at, 1);
    }
    assert_string_equal(at, "");
    output_free(&out);
}

/* The runs use a thread each; afterwards loops have as many as before. */
static void the_number_of_threads_comes_back(void **state) {
    (void)state;
    parallel_set_threads(2);
    Output out = output("seeds=1..2", 2);
    assert_int_equal(parallel_set_threads(0), 2);
    output_free(&out);
}

static void shards_concatenate(void **state) {
    (void)state;
    static const char spec[] = "seeds=1..5,threshold=0.1|0.5";
    Settings base = tiny();
    Output whole = output(spec, 2);
    for (size_t shards = 1; shards <= 13; shards += 2) { /* also more than there are runs */
        char joined[4000] = "";
        for (size_t shard = 1; shard <= shards; shard++) {
            Output part = output_of(spec, &base, NULL, shard, shards, 2);
            assert_true(strlen(joined) + strlen(part.rows) < sizeof joined);
            strcat(joined, part.rows);
            output_free(&part);
        }
        assert_string_equal(joined, whole.rows);
    }
    output_free(&whole);
}

/* The run as headless makes it: evaluated after every epoch. */
static Trainer *single_run(const Settings *settings, Dataset *points) {
    Status status = {0};
    Trainer *t = trainer_new(settings, points, &status);
    assert_non_null(t);
    while (!trainer_finished(t) && !t->diverged) {
        trainer_run(t, 1);
        if (t->batch == 0)
            trainer_evaluate(t);
    }
    return t;
}

static void rows_are_those_of_single_runs(void **state) {
    (void)state;
    Settings base = tiny();
    Output out = output("seeds=1..3,hidden=|6,4,regularizer=hard|linear,epochs=1|7", 3);
    is_line(out.rows, 0,
            "run,seed,hidden,regularizer,epochs,epochs_end,threshold,easy,share_easy,mean_loss,accuracy,"
            "test_accuracy,label_precision,label_recall,status");
    for (size_t run = 0; run < 24; run++) {
        Settings settings = base;
        settings.seed = (uint32_t)(1 + run / 8);
        settings.hidden_count = run / 4 % 2 == 0 ? 0 : 2;
        settings.hidden[0] = run / 4 % 2 == 0 ? 0 : 6;
        settings.hidden[1] = run / 4 % 2 == 0 ? 0 : 4;
        settings.regularizer = run / 2 % 2 == 0 ? REGULARIZER_HARD : REGULARIZER_LINEAR;
        settings.epochs = run % 2 == 0 ? 1 : 7;
        Trainer *t = single_run(&settings, NULL);
        char expected[400];
        snprintf(expected, sizeof expected, "%zu,%u,%s,%s,%d,%d,%.9g,%zu,%.9g,%.9g,%.9g,", run, settings.seed,
                 settings.hidden_count == 0 ? "" : "\"6,4\"", run / 2 % 2 == 0 ? "hard" : "linear", settings.epochs,
                 settings.epochs, t->epoch_threshold, t->epoch_easy, (double)t->epoch_easy / 40.0, t->mean_loss,
                 t->accuracy);
        assert_int_equal(strncmp(line_at(out.rows, run + 1), expected, strlen(expected)), 0);
        trainer_free(t);
    }
    output_free(&out);
}

static void points_of_a_file_are_copied_for_each_run(void **state) {
    (void)state;
    Settings base = tiny(), other = tiny();
    other.seed = 99;
    other.samples = 30;
    Status status = {0};
    Dataset points, before;
    assert_true(dataset_generate(&points, &other, &status));
    assert_true(dataset_copy(&before, &points, &status));
    Output out = output_of("flip=0|0.5,seeds=1..3", &base, &points, 1, 1, 3);
    assert_memory_equal(points.label, before.label, points.count);
    for (size_t run = 0; run < 6; run++) {
        Settings settings = base;
        settings.seed = (uint32_t)(1 + run % 3);
        settings.flip = run < 3 ? 0.0 : 0.5;
        Dataset mine;
        assert_true(dataset_copy(&mine, &points, &status));
        Trainer *t = single_run(&settings, &mine);
        char expected[400];
        snprintf(expected, sizeof expected, "%zu,%s,%u,2,%.9g,%zu,%.9g,%.9g,%.9g,", run, run < 3 ? "0" : "0.5",
                 settings.seed, t->epoch_threshold, t->epoch_easy, (double)t->epoch_easy / 30.0, t->mean_loss,
                 t->accuracy);
        assert_int_equal(strncmp(line_at(out.rows, run + 1), expected, strlen(expected)), 0);
        trainer_free(t);
    }
    output_free(&out);
    dataset_free(&points);
    dataset_free(&before);
}

static void test_points_and_wrong_labels_have_their_figures(void **state) {
    (void)state;
    Settings base = tiny();
    Output out = output_of("flip=0|0.2,test=0|0.25,seeds=3..4", &base, NULL, 1, 1, 2);
    is_table_line(out.summary, 0, "flip test runs accuracy % test accuracy % easy % precision % recall % collapsed");
    char expected[400], expected_cells[100];
    double test_accuracy[2];
    for (size_t run = 0; run < 8; run++) {
        Settings settings = base;
        settings.flip = run < 4 ? 0.0 : 0.2;
        settings.test = run / 2 % 2 == 0 ? 0.0 : 0.25;
        settings.seed = (uint32_t)(3 + run % 2);
        Trainer *t = single_run(&settings, NULL);
        char cells[3][40] = {"", "", ""};
        assert_int_equal(t->test.count, run / 2 % 2 == 0 ? 0 : 10);
        assert_int_equal(isnan(t->test_accuracy), run / 2 % 2 == 0);
        assert_int_equal(isnan(t->label_recall), run < 4);
        const double figures[3] = {t->test_accuracy, t->label_precision, t->label_recall};
        for (int i = 0; i < 3; i++)
            if (!isnan(figures[i]))
                snprintf(cells[i], sizeof cells[i], "%.9g", figures[i]);
        snprintf(expected, sizeof expected, "%.9g,%s,%s,%s,%s", t->accuracy, cells[0], cells[1], cells[2],
                 run_figures(t).status == RUN_OK ? "ok" : "collapsed");
        const char *line = line_at(out.rows, run + 1), *end = strchr(line, '\n');
        assert_true((size_t)(end - line) > strlen(expected));
        assert_int_equal(strncmp(end - strlen(expected), expected, strlen(expected)), 0);
        test_accuracy[run % 2] = 100.0 * t->test_accuracy;
        trainer_free(t);
    }
    double mean = (test_accuracy[0] + test_accuracy[1]) / 2.0;
    snprintf(expected_cells, sizeof expected_cells, " %.2f +- %5.2f ", mean,
             fabs(test_accuracy[0] - test_accuracy[1]) / sqrt(2.0));
    assert_non_null(strstr(line_at(out.summary, 4), expected_cells));
    assert_non_null(strstr(line_at(out.summary, 1), "  -  "));
    is_aligned(out.summary);
    output_free(&out);
}

/* ---- how a run ended ---- */

static void a_run_that_diverges_has_a_row(void **state) {
    (void)state;
    Settings base = tiny();
    base.optimizer = OPTIMIZER_SGD;
    base.weight_decay = 1000;
    base.batch = 4;
    Output out = output_of("learning-rate=0.001|1000,seeds=1..2", &base, NULL, 1, 1, 2);
    for (size_t run = 0; run < 4; run++) {
        const char *line = line_at(out.rows, run + 1);
        const char *end = strchr(line, '\n');
        assert_int_equal(strncmp(end - 9, ",diverged", 9) == 0, run >= 2);
    }
    /* it counts, but not into the means */
    is_table_line(out.summary, 0, "learning-rate runs accuracy % easy % collapsed diverged");
    is_table_line(out.summary, 2, "1000 2 - - 0 2");
    is_aligned(out.summary);
    output_free(&out);
}

static RunStatus ended(Trainer *t, size_t class_1, size_t easy_0, size_t easy_1) {
    Dataset *data = &t->data;
    assert_true(easy_0 <= data->count - class_1 && easy_1 <= class_1);
    for (size_t i = 0; i < data->count; i++) {
        size_t of_1 = i - (data->count - class_1);
        data->label[i] = i >= data->count - class_1;
        t->each.v[i] = data->label[i] ? (of_1 < easy_1 ? 0.25f : 0.0f) : (i < easy_0 ? 1.0f : 0.0f);
    }
    dataset_bounds(data);
    t->epoch_easy = easy_0 + easy_1;
    return run_figures(t).status;
}

static void a_class_that_is_left_out_is_a_collapse(void **state) {
    (void)state;
    Settings settings = tiny();
    settings.samples = 1000;
    Status status = {0};
    Trainer *t = trainer_new(&settings, NULL, &status);
    assert_non_null(t);
    assert_int_equal(ended(t, 500, 500, 500), RUN_OK);
    assert_int_equal(ended(t, 500, 0, 0), RUN_COLLAPSED);
    assert_int_equal(ended(t, 500, 500, 0), RUN_COLLAPSED);
    assert_int_equal(ended(t, 500, 0, 1), RUN_COLLAPSED);
    assert_int_equal(ended(t, 500, 495, 5), RUN_OK); /* 1 % is not less than 1 % */
    assert_int_equal(ended(t, 500, 496, 5), RUN_COLLAPSED);
    assert_int_equal(ended(t, 50, 950, 0), RUN_OK); /* 5 % is not more than 5 % */
    assert_int_equal(ended(t, 51, 949, 0), RUN_COLLAPSED);
    assert_true(run_figures(t).share_easy == 0.949);
    t->diverged = true;
    assert_int_equal(ended(t, 500, 500, 0), RUN_DIVERGED);
    trainer_free(t);
}

/* ---- the summary ---- */

static void the_summary_is_over_the_seeds(void **state) {
    (void)state;
    Settings base = tiny();
    base.samples = 37; /* so that no mean lies between two texts */
    /* the seeds' axis may stand anywhere; a line a combination of the others */
    Output out = output_of("threshold=0.3|0.9,seeds=11..14,hidden=|3", &base, NULL, 1, 1, 2);
    is_table_line(out.summary, 0, "threshold hidden runs accuracy % easy % collapsed");
    is_aligned(out.summary);
    for (size_t line = 0; line < 4; line++) {
        double accuracy[4], easy[4], means[2] = {0}, squares[2] = {0};
        size_t collapsed = 0;
        for (size_t i = 0; i < 4; i++) {
            Settings settings = base;
            settings.threshold = line < 2 ? 0.3 : 0.9;
            settings.hidden_count = line % 2 == 0 ? 0 : 1;
            settings.hidden[0] = line % 2 == 0 ? 0 : 3;
            settings.seed = (uint32_t)(11 + i);
            Trainer *t = single_run(&settings, NULL);
            RunFigures figures = run_figures(t);
            accuracy[i] = 100.0 * t->accuracy;
            easy[i] = 100.0 * (double)t->epoch_easy / 37.0;
            collapsed += figures.status == RUN_COLLAPSED;
            means[0] += accuracy[i] / 4.0;
            means[1] += easy[i] / 4.0;
            trainer_free(t);
        }
        for (size_t i = 0; i < 4; i++) {
            squares[0] += (accuracy[i] - means[0]) * (accuracy[i] - means[0]);
            squares[1] += (easy[i] - means[1]) * (easy[i] - means[1]);
        }
        char cells[2][40], expected[200];
        for (int i = 0; i < 2; i++)
            snprintf(cells[i], sizeof cells[i], "%.2f +- %.2f", means[i], sqrt(squares[i] / 3.0));
        snprintf(expected, sizeof expected, "%s %s 4 %s %s %zu", line < 2 ? "0.3" : "0.9", line % 2 == 0 ? "\"\"" : "3",
                 cells[0], cells[1], collapsed);
        is_table_line(out.summary, line + 1, expected);
    }
    output_free(&out);
}

static void without_seeds_every_run_is_a_line(void **state) {
    (void)state;
    Settings base = tiny();
    base.samples = 4;
    base.epochs = 1;
    Output out = output("order=easy|all", 1);
    assert_int_equal(strncmp(out.summary, "order  runs  accuracy %  easy %  collapsed\neasy      1  ", 53), 0);
    output_free(&out);
    out = output_of("growing-factor=1:2:0.001,warmup=0|1", &base, NULL, 1, 1, 3); /* 2002 of them */
    assert_int_equal(strncmp(line_at(out.summary, 1000), "1.499 ", 6), 0);
    assert_string_equal(line_at(out.summary, 1001), "... and 1002 more; see the trace\n");
    output_free(&out);
}

/* ---- files ---- */

static Cli line_of(const char *spec) {
    return (Cli){.settings = tiny(), .headless = true, .sweep = spec, .trace = path};
}

static void refuses_line(const Cli *cli, StatusCode code, const char *message) {
    Status status = {0};
    assert_false(sweep_run(cli, &status));
    assert_string_equal(status.message, message);
    assert_int_equal(status.code, code);
}

static void files_are_kept(void **state) {
    (void)state;
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("kept", file);
    fclose(file);
    char message[300], text[10] = "";
    Cli cli = line_of("seeds=1..3");
    snprintf(message, sizeof message, "%s: exists already (--force replaces it)", path);
    refuses_line(&cli, STATUS_FAILED, message);
    file = fopen(path, "r");
    assert_non_null(file);
    assert_non_null(fgets(text, sizeof text, file));
    fclose(file);
    assert_string_equal(text, "kept");

    char missing[200];
    snprintf(missing, sizeof missing, "%s/no/rows.csv", folder);
    cli.trace = missing;
    snprintf(message, sizeof message, "cannot write %s: No such file or directory", missing);
    refuses_line(&cli, STATUS_FAILED, message);
    cli.trace = "/dev/full";
    refuses_line(&cli, STATUS_FAILED, "cannot write /dev/full: No space left on device, after 0 bytes");
}

static void the_line_and_the_grid_agree(void **state) {
    (void)state;
    Cli cli = line_of("seeds=1..3,threshold=0.1");
    cli.given[PROPERTY_THRESHOLD] = true;
    refuses_line(&cli, STATUS_USAGE, "--threshold: is an axis of --sweep already");
    cli = line_of("flip=0|0.1,samples=10|20");
    cli.points = "points.csv";
    refuses_line(&cli, STATUS_USAGE, "--sweep: samples is for generated points, so it excludes the file points.csv");
}

/* ---- large grids ---- */

static atomic_size_t tried; /* values and combinations */
bool __real_property_parse(Settings *settings, const Property *property, const char *text, Status *status);
bool __wrap_property_parse(Settings *settings, const Property *property, const char *text, Status *status);
bool __real_settings_check(const Settings *settings, Status *status);
bool __wrap_settings_check(const Settings *settings, Status *status);

bool __wrap_property_parse(Settings *settings, const Property *property, const char *text, Status *status) {
    tried++;
    return __real_property_parse(settings, property, text, status);
}

bool __wrap_settings_check(const Settings *settings, Status *status) {
    tried++;
    return __real_settings_check(settings, status);
}

/* A grid of ten million runs is not gone through, nor one of 23 axes. */
static void large_grids_take_no_time(void **state) {
    (void)state;
    char many[400] = "seeds=1..2";
    size_t axes = 1;
    for (int i = 0; i < PROPERTY_COUNT && axes < 23; i++)
        if (PROPERTIES[i].kind == KIND_REAL && ++axes > 0)
            snprintf(many + strlen(many), sizeof many - strlen(many), ",%s=0.4|0.5", PROPERTIES[i].name);
    const char *const SPECS[] = {"seeds=0..9999999", "threshold=0.0001:1000:0.0001",
                                 "regularizer=hard|linear|log,threshold=0:0.9:0.0000003",
                                 "epochs=1:9999999:1.0000000001", many};
    for (size_t i = 0; i < sizeof SPECS / sizeof *SPECS; i++) {
        Settings base = tiny();
        Sweep sweep;
        Status status = {0};
        tried = 0;
        if (sweep_parse(&sweep, SPECS[i], &base, &status))
            sweep_free(&sweep);
        if (tried > 5000)
            fail_msg("%s: %zu values and combinations were tried", SPECS[i], tried);
    }
}

static uint32_t below(uint32_t *random, uint32_t limit) {
    *random = *random * 1664525u + 1013904223u;
    return (uint32_t)((uint64_t)*random * limit >> 32);
}

enum { AXES = 4, VALUES = 5 };

/* Whether all combinations from that axis on make sense. */
static bool all_make_sense(Settings settings, const Property *const *axes, const Settings *values, int axis) {
    Status status = {0};
    if (axis == AXES)
        return __real_settings_check(&settings, &status);
    for (int i = 0; i < VALUES; i++) {
        property_copy(&settings, &values[i], axes[axis]);
        if (!all_make_sense(settings, axes, values, axis + 1))
            return false;
    }
    return true;
}

/* Values of AXES settings that exclude each other here and there; the spec, and whether all combinations make sense. */
static bool random_grid(uint32_t *random, char spec[2000]) {
    static const char *const FORMS[][VALUES + 1] = {
        {"dataset", "post", "moons", "blobs", "xor", "circles"},
        {"samples", "2", "3", "40", "4", "100"},
        {"centroids", "0,0,1,1", "0,0,1,1,2,2", "0,0,1,1,2,2,3,3", "1,0,0,1", "0,0,1,1,2,2,3,3,4,4"},
        {"order", "easy", "hard", "all", "easy", "all"},
        {"regularizer", "hard", "linear", "log", "superloss", "mixture"},
        {"threshold", "0.5", "0.99999999", "1", "0.2", "3"},
        {"pace", "share", "class-share", "meta", "reweight", "multiplicative"},
        {"share-start", "0", "0.1", "0.5", "0.7", "1"},
        {"share-end", "1", "0", "0.3", "0.2", "0.9"},
        {"share-curve", "linear", "geometric", "root", "linear", "root"},
        {"diversity", "0", "0.5", "0", "1", "0"},
        {"epochs", "1", "2", "3", "4", "5"}};
    enum { FORM_COUNT = sizeof FORMS / sizeof *FORMS };
    const Property *axes[AXES];
    Settings values[VALUES];
    Status status = {0};
    uint32_t first = below(random, FORM_COUNT), step = 1 + 2 * below(random, 2) * 2; /* 1 or 5, prime to 12 */
    spec[0] = '\0';
    for (int a = 0; a < AXES; a++) {
        const char *const *form = FORMS[(first + (uint32_t)a * step) % FORM_COUNT];
        axes[a] = property_find(form[0]);
        snprintf(spec + strlen(spec), 2000 - strlen(spec), "%s%s=", a ? "," : "", form[0]);
        uint32_t narrow = 1 + below(random, VALUES); /* of how many values */
        for (int i = 0; i < VALUES; i++) {
            const char *value = form[1 + below(random, narrow)];
            assert_true(__real_property_parse(&values[i], axes[a], value, &status));
            snprintf(spec + strlen(spec), 2000 - strlen(spec), "%s%s", i ? "|" : "", value);
        }
    }
    return all_make_sense(tiny(), axes, values, 0);
}

/* Though not all combinations are tried. */
static void a_grid_is_refused_where_a_run_is(void **state) {
    (void)state;
    uint32_t random = 1;
    int accepted = 0;
    for (int i = 0; i < 2000; i++) {
        char spec[2000];
        bool good = random_grid(&random, spec);
        Settings base = tiny();
        Sweep sweep;
        Status status = {0};
        if (sweep_parse(&sweep, spec, &base, &status) != good)
            fail_msg("%s: %s", spec, good ? status.message : "is accepted");
        if (good)
            sweep_free(&sweep);
        accepted += good;
    }
    assert_in_range(accepted, 200, 1800);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(large_grids_take_no_time),
        cmocka_unit_test(a_grid_is_refused_where_a_run_is),
        cmocka_unit_test(values_of_every_form),
        cmocka_unit_test(steps_are_the_options_numbers),
        cmocka_unit_test(the_last_axis_varies_fastest),
        cmocka_unit_test(what_makes_no_sense_is_refused),
        cmocka_unit_test(threads_make_no_difference),
        cmocka_unit_test(rows_stay_in_order_however_many),
        cmocka_unit_test(a_long_run_holds_the_others_back),
        cmocka_unit_test(the_number_of_threads_comes_back),
        cmocka_unit_test(shards_concatenate),
        cmocka_unit_test(rows_are_those_of_single_runs),
        cmocka_unit_test(points_of_a_file_are_copied_for_each_run),
        cmocka_unit_test(test_points_and_wrong_labels_have_their_figures),
        cmocka_unit_test(a_run_that_diverges_has_a_row),
        cmocka_unit_test(a_class_that_is_left_out_is_a_collapse),
        cmocka_unit_test(the_summary_is_over_the_seeds),
        cmocka_unit_test(without_seeds_every_run_is_a_line),
        cmocka_unit_test_setup_teardown(files_are_kept, set_up, tear_down),
        cmocka_unit_test_setup_teardown(the_line_and_the_grid_agree, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
