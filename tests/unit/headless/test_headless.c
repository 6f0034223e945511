/* Whole runs without a window, through the files that they leave: test points, truths, standardisation,
 * paces. */
#include "app/headless/headless.h"
#include "app/draw/theme.h"
#include "core/trainer.h"

#include <math.h>
#include <png.h>
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

static char trace_path[128], in_path[128];
static Status status;
static Dataset no_clean;

static int set_up_all(void **state) {
    int failed = set_up(state);
    snprintf(trace_path, sizeof trace_path, "%s/trace.csv", folder);
    snprintf(in_path, sizeof in_path, "%s/in.csv", folder);
    return failed;
}

static int tear_down_all(void **state) {
    unlink(trace_path);
    unlink(in_path);
    return tear_down(state);
}

static Settings small(void) {
    Settings s;
    settings_default(&s);
    s.samples = 300;
    s.epochs = 4;
    s.threshold = 0.4;
    return s;
}

static void run(const Settings *settings, const char *points) {
    Cli cli = {.settings = *settings, .headless = true, .force = true, .points = points, .points_out = path};
    cli.trace = trace_path;
    if (!headless_run(&cli, &status))
        fail_msg("%s", status.message);
}

/* The same run with its figures at hand. */
static Trainer *same_run(const Settings *settings) {
    Trainer *t = trainer_new(settings, NULL, &status);
    assert_non_null(t);
    while (!trainer_finished(t))
        trainer_run(t, SIZE_MAX);
    trainer_evaluate(t);
    return t;
}

static void read_line(FILE *file, char line[256]) {
    assert_non_null(fgets(line, 256, file));
    line[strcspn(line, "\n")] = '\0';
}

static FILE *open_table(const char *name, const char *header) {
    char line[256];
    FILE *file = fopen(name, "r");
    assert_non_null(file);
    read_line(file, line);
    assert_string_equal(line, header);
    return file;
}

/* Without the settings that ask for them, there are no further columns: also with the post's one wrong label.
 */
static void plain_runs_have_the_plain_columns(void **state) {
    (void)state;
    Settings s = small();
    s.pace = PACE_CLASS_SHARE;
    s.standardize = true;
    run(&s, NULL);
    fclose(open_table(path, "x,y,label,loss,v,admitted"));
    fclose(open_table(trace_path, "epoch,threshold,easy,weight_sum,mean_batch_loss,mean_loss,accuracy"));
}

static void test_points_stand_in_their_rows(void **state) {
    (void)state;
    Settings s = small();
    s.test = 0.3;
    s.flip = 0.2;
    s.outliers = 0.1;
    s.standardize = true; /* undone in what is written */
    run(&s, NULL);
    Trainer *t = same_run(&s);
    Dataset whole, part, apart;
    assert_true(dataset_generate(&part, &s, &status) && dataset_prepare(&part, &s, &apart, &no_clean, &status));
    assert_true(dataset_join(&whole, &part, &apart, &no_clean, &status));
    dataset_free(&part);
    dataset_free(&apart);
    FILE *file = open_table(path, "x,y,label,loss,v,admitted,test,truth");
    char line[256], expected[256], admitted[32];
    size_t tests = 0, trained = 0, wrong = 0;
    for (size_t row = 0; row < 300; row++) {
        bool test = tests < t->test.count && t->test.row[tests] == row;
        double x = (double)whole.x[row], y = (double)whole.y[row];
        read_line(file, line);
        if (test) { /* a loss of its label, by the model's scores */
            float z[2];
            mlp_scores(&t->mlp, t->parameters, &whole.x[row], &whole.y[row], 1, z, 1);
            int label = whole.label[row];
            double loss = log1p(exp((double)z[1 - label] - (double)z[label])), written;
            snprintf(expected, sizeof expected, "%.9g,%.9g,%d,", x, y, label);
            assert_memory_equal(line, expected, strlen(expected));
            char *end;
            written = strtod(line + strlen(expected), &end);
            assert_true(fabs(written - loss) < 1e-5 * (1.0 + loss));
            snprintf(expected, sizeof expected, ",,,1,%d", whole.truth[row]);
            assert_string_equal(end, expected);
            tests++;
        } else {
            assert_int_equal(t->data.row[trained], row);
            snprintf(admitted, sizeof admitted, "%u", t->each.admitted[trained] + 1);
            snprintf(expected, sizeof expected, "%.9g,%.9g,%d,%.9g,%.9g,%s,0,%d", x, y, whole.label[row],
                     (double)t->each.loss[trained], (double)t->each.v[trained],
                     t->each.admitted[trained] == NEVER_ADMITTED ? "" : admitted, whole.truth[row]);
            assert_string_equal(line, expected);
            trained++;
        }
        wrong += whole.truth[row] != whole.label[row];
    }
    assert_null(fgets(line, sizeof line, file));
    fclose(file);
    assert_int_equal(tests, 90);
    assert_true(wrong > 40);

    file = open_table(trace_path, "epoch,threshold,easy,weight_sum,mean_batch_loss,mean_loss,accuracy,test_accuracy,"
                                  "test_loss,label_precision,label_recall");
    for (int i = 0; i < 4; i++)
        read_line(file, line);
    fclose(file);
    snprintf(expected, sizeof expected, "4,%.9g,%zu,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g,%.9g", t->epoch_threshold,
             t->epoch_easy, t->epoch_weight_sum, t->epoch_mean_batch_loss, t->mean_loss, t->accuracy, t->test_accuracy,
             t->test_loss, t->label_precision, t->label_recall);
    assert_string_equal(line, expected);
    dataset_free(&whole);
    trainer_free(t);
}

/* v of each point that is learned from, in the row that it has among the points; the others' cells are empty. */
static void weights_stand_in_the_rows_of_points(void **state) {
    (void)state;
    Settings s = small();
    s.test = 0.3;
    s.clean = 20;
    for (s.epochs = 1; s.epochs <= 2; s.epochs++) {
        Cli cli = {.settings = s, .headless = true, .force = true, .points_out = path, .weights = trace_path};
        assert_true(headless_run(&cli, &status));
        FILE *points = open_table(path, "x,y,label,loss,v,admitted,test,clean");
        FILE *weights = open_table(trace_path, s.epochs == 1 ? "epoch1" : "epoch1,epoch2");
        int apart = 0;
        for (int row = 0; row < 300; row++) {
            char point[256], v[256], cell[8];
            read_line(points, point);
            read_line(weights, v);
            const char *flags = point + strlen(point) - 3; /* test, clean */
            if (strcmp(flags, "0,0") != 0) {
                assert_string_equal(v, s.epochs == 1 ? "\"\"" : ",");
                apart++;
                continue;
            }
            int field = 0;
            const char *at = point;
            while (field < 4 && (at = strchr(at, ',') + 1))
                field++;
            snprintf(cell, sizeof cell, "%.*s", (int)strcspn(at, ","), at);
            assert_string_equal(s.epochs == 1 ? v : strchr(v, ',') + 1, cell);
        }
        assert_int_equal(apart, 110);
        char line[256];
        assert_null(fgets(line, sizeof line, weights));
        fclose(points);
        fclose(weights);
    }
}

/* Figures that are not defined are empty cells. */
static void undefined_figures_are_empty(void **state) {
    (void)state;
    Settings s = small();
    s.flip = 0.1;
    s.threshold = 1e6; /* nobody is hard */
    run(&s, NULL);
    char line[256];
    FILE *file = open_table(
        trace_path, "epoch,threshold,easy,weight_sum,mean_batch_loss,mean_loss,accuracy,label_precision,label_recall");
    read_line(file, line);
    fclose(file);
    assert_string_equal(line + strlen(line) - 3, ",,0");
    fclose(open_table(path, "x,y,label,loss,v,admitted,truth"));
    s.flip = 0.0;
    s.test = 0.5;
    run(&s, NULL);
    fclose(open_table(path, "x,y,label,loss,v,admitted,test"));
}

/* Points from a file go the same way: the split, outliers, flips. What is written can be read again. */
static void points_from_a_file(void **state) {
    (void)state;
    Settings s = small(), plain = s;
    plain.epochs = 1;
    run(&plain, NULL);
    assert_int_equal(rename(path, in_path), 0);
    s.anomaly = false; /* is in the file */
    s.flip = 0.2;
    s.outliers = 0.1;
    s.test = 0.25;
    run(&s, in_path);
    FILE *file = open_table(path, "x,y,label,loss,v,admitted,test,truth");
    Dataset whole, part, apart;
    assert_true(dataset_generate(&part, &plain, &status));
    free(part.truth); /* the file does not tell it */
    part.truth = NULL;
    assert_true(dataset_prepare(&part, &s, &apart, &no_clean, &status));
    assert_true(dataset_join(&whole, &part, &apart, &no_clean, &status));
    dataset_free(&part);
    dataset_free(&apart);
    char line[256];
    int tests = 0;
    for (size_t row = 0; row < 300; row++) {
        float x, y;
        int label, test, truth;
        read_line(file, line);
        assert_int_equal(sscanf(line, "%f,%f,%d", &x, &y, &label), 3);
        assert_int_equal(sscanf(line + strlen(line) - 3, "%d,%d", &test, &truth), 2);
        assert_true(x == whole.x[row] && y == whole.y[row]);
        assert_true(label == whole.label[row] && truth == whole.truth[row]);
        tests += test;
    }
    assert_int_equal(tests, 75);
    fclose(file);
    dataset_free(&whole);
    assert_int_equal(rename(path, in_path), 0);
    run(&plain, in_path); /* with its further columns */
}

/* What a run says on stderr; NULL: nothing is to be written. */
static const char *said_by(const Cli *cli) {
    static char said[1000];
    FILE *log = tmpfile();
    assert_non_null(log);
    fflush(stderr);
    int before = dup(STDERR_FILENO);
    assert_true(before >= 0 && dup2(fileno(log), STDERR_FILENO) >= 0);
    bool done = headless_run(cli, &status);
    fflush(stderr);
    dup2(before, STDERR_FILENO);
    close(before);
    ssize_t length = pread(fileno(log), said, sizeof said - 1, 0);
    fclose(log);
    if (!done)
        fail_msg("%s", status.message);
    said[length > 0 ? length : 0] = '\0';
    return said;
}

/* Where the scale of a file's points stops learning, it is said once; not of those that learn, nor of those that the
 * program makes. */
static void a_scale_that_stops_learning_is_said(void **state) {
    (void)state;
    char units[300], penguins[300];
    snprintf(units, sizeof units, "%s/cases/14-unscaled-run.csv", TEST_SOURCE_DIR);
    snprintf(penguins, sizeof penguins, "%s/cases/17-wrong-labels-rows-5-22-39.csv", TEST_SOURCE_DIR);
    Cli cli = {.headless = true, .force = true, .trace = trace_path, .points = units};
    cli.columns = "age,salary,bought";
    settings_default(&cli.settings);
    cli.settings.order = ORDER_ALL;
    cli.settings.hidden[0] = 8;
    cli.settings.hidden_count = 1;
    cli.settings.learning_rate = 0.05;
    cli.settings.epochs = 200;
    assert_string_equal(said_by(&cli), "easyfirst: accuracy 0.5, and the scale of the points stops learning: salary "
                                       "varies by about 28000, far from 1. --standardize on helps\n");
    cli.settings.standardize = true;
    assert_string_equal(said_by(&cli), "");
    settings_default(&cli.settings);
    cli.points = penguins;
    cli.columns = NULL;
    assert_non_null(strstr(said_by(&cli), "--standardize on helps"));
    cli.points = NULL;
    cli.settings = small();
    assert_string_equal(said_by(&cli), "");
}

/* How many columns and rows of a picture have pixels of a class's colour. */
typedef struct Marks {
    int columns, rows;
} Marks;

static Marks marks_in(const char *file, const char *columns, const char *aspect) {
    char command[1000];
    snprintf(command, sizeof command,
             "'%s' --headless --force --order all --standardize on --epochs 3 --png '%s' --columns %s --aspect %s "
             "'%s/cases/%s' 2>/dev/null",
             EASYFIRST_BINARY, path, columns, aspect, TEST_SOURCE_DIR, file);
    assert_int_equal(system(command), 0);
    png_image image = {.version = PNG_IMAGE_VERSION};
    assert_true(png_image_begin_read_from_file(&image, path));
    image.format = PNG_FORMAT_RGB;
    uint8_t *rgb = malloc(PNG_IMAGE_SIZE(image));
    assert_true(rgb && png_image_finish_read(&image, NULL, rgb, 0, NULL));
    bool column[640] = {0}, row[480] = {0};
    for (int i = 0; i < 640 * 480; i++) {
        uint32_t color = (uint32_t)rgb[3 * i] << 16 | (uint32_t)rgb[3 * i + 1] << 8 | rgb[3 * i + 2];
        bool mark = color == (THEME_LIGHT.class_fill[0] & 0xffffff) || color == (THEME_LIGHT.class_fill[1] & 0xffffff);
        column[i % 640] |= mark;
        row[i / 640] |= mark;
    }
    Marks m = {0};
    for (int i = 0; i < 640; i++) {
        m.columns += column[i];
        m.rows += i < 480 && row[i];
    }
    free(rgb);
    return m;
}

/* Of units that differ the points fill the picture, unless both scales are to be alike; numbers near the end of float32
 * are drawn. */
static void pictures_show_points_of_every_scale(void **state) {
    (void)state;
    static const struct {
        const char *file, *columns, *aspect;
    } FILES[] = {{"13-units-that-differ.csv", "age,salary,bought", "auto"},
                 {"16-values-near-1e37.csv", "x,y,label", "auto"},
                 {"08-unix-seconds.csv", "x,y,label", "auto"}};
    for (size_t i = 0; i < sizeof FILES / sizeof *FILES; i++) {
        Marks m = marks_in(FILES[i].file, FILES[i].columns, FILES[i].aspect);
        if (m.columns < 60 || m.rows < 40)
            fail_msg("%s: marks in %d columns, %d rows", FILES[i].file, m.columns, m.rows);
    }
    assert_true(marks_in(FILES[0].file, FILES[0].columns, "equal").columns < 25);
}

/* base/file_write refuses; the option that would help is named here. */
static void a_file_that_exists_stays_and_the_option_to_replace_it_is_named(void **state) {
    (void)state;
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs("kept", file);
    fclose(file);
    Cli cli = {.settings = small(), .headless = true, .points_out = path};
    char message[300], text[10] = "";
    snprintf(message, sizeof message, "%s: exists already (--force replaces it)", path);
    assert_false(headless_run(&cli, &status));
    assert_string_equal(status.message, message);
    assert_int_equal(status.code, STATUS_FAILED);
    file = fopen(path, "r");
    assert_non_null(fgets(text, sizeof text, file));
    fclose(file);
    assert_string_equal(text, "kept");
}

int main(void) {
#define TEST(name) cmocka_unit_test_setup_teardown(name, set_up_all, tear_down_all)
    const struct CMUnitTest tests[] = {
        TEST(plain_runs_have_the_plain_columns),
        TEST(test_points_stand_in_their_rows),
        TEST(weights_stand_in_the_rows_of_points),
        TEST(undefined_figures_are_empty),
        TEST(points_from_a_file),
        TEST(a_scale_that_stops_learning_is_said),
        TEST(pictures_show_points_of_every_scale),
        TEST(a_file_that_exists_stays_and_the_option_to_replace_it_is_named),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
