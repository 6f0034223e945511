/* The figures of a run: what their keys, axes and captions say, and in which colours it is drawn. */
#include "app/experiment/experiment.h"
#include "app/plot/picture.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { W = 640, H = 480 };

static Status status;
static Experiment run;
static Settings settings;
static Picture picture;
static char words[8192]; /* all that is drawn, each text between two bars */

static void see_words(void *user, const char *utf8, bool cut, bool clipped) {
    size_t length = strlen(words);
    (void)user;
    (void)cut;
    (void)clipped;
    snprintf(words + length, sizeof words - length, "|%s|", utf8);
}

static bool shows(const char *text) {
    char whole[256];
    snprintf(whole, sizeof whole, "|%s|", text);
    return strstr(words, whole) != NULL;
}

static size_t count_color(Color color) {
    size_t count = 0;
    for (int i = 0; i < picture.canvas.width * picture.canvas.height; i++)
        count += picture.canvas.pixels[i] == color;
    return count;
}

static double no_time(void) {
    return 0.0;
}

static void push(Command command) {
    experiment_push(&run, command);
    experiment_advance(&run, 0.0, no_time, 1.0);
}

/* So many points of so many classes, or (0) those of the settings; of class `without` there are none. */
static void begin(int classes, int without, int epochs) {
    Dataset points;
    size_t count = (size_t)(10 * classes);
    if (classes > 0) {
        assert_true(dataset_init(&points, count, classes, &status));
        for (size_t i = 0; i < count; i++) {
            int label = (int)i % classes;
            points.label[i] = (uint8_t)(label == without ? 0 : label);
            points.x[i] = cosf((float)i) + 3.0f * (float)points.label[i];
            points.y[i] = sinf(3.0f * (float)i);
        }
        dataset_bounds(&points);
    }
    if (!experiment_init(&run, &settings, classes > 0 ? &points : NULL, NULL, &status))
        fail_msg("%s", status.message);
    run.watch_labels = true;
    for (int i = 0; i < epochs; i++)
        push((Command){.kind = COMMAND_EPOCH});
    experiment_evaluate(&run);
    experiment_watch_now(&run);
}

static bool try_figure(FigureKind figure, PlotColor color) {
    Snapshot snapshot = experiment_snapshot(&run);
    PlotOptions options = {.color = color, .field_step = 4};
    picture.figure = figure;
    words[0] = '\0';
    text_watch(picture.text, see_words, NULL);
    status = (Status){0};
    bool done = picture_draw(&picture, &snapshot, &options, NULL, 0, picture.canvas.height, &status);
    text_watch(picture.text, NULL, NULL);
    return done;
}

static void draw(FigureKind figure, PlotColor color) {
    if (!try_figure(figure, color))
        fail_msg("%s", status.message);
}

static int set_up(void **state) {
    (void)state;
    settings_default(&settings);
    settings.samples = 120;
    settings.hidden[0] = 4;
    settings.hidden_count = 1;
    return !picture_open(&picture, FONT_DIR, &THEME_LIGHT, 1, W, H, &status);
}

static int tear_down(void **state) {
    (void)state;
    picture_close(&picture);
    experiment_free(&run);
    return 0;
}

/* ---- keys ---- */

static void few_classes_have_an_entry_each(void **state) {
    (void)state;
    settings.threshold = 5;
    begin(5, 3, 3);
    for (int figure = FIGURE_HISTOGRAM; figure <= FIGURE_MAP; figure += FIGURE_MAP - FIGURE_HISTOGRAM) {
        draw((FigureKind)figure, PLOT_COLOR_CLASS);
        assert_true(shows("easy, class 0") && shows("easy, class 4"));
        assert_false(shows("easy, class 3")); /* there are none */
        for (int k = 0; k < 5; k++)
            assert_true((count_color(THEME_LIGHT.class_fill[k]) > 0) == (k != 3));
    }
}

static void many_classes_have_one_together(void **state) {
    (void)state;
    settings.threshold = 5;
    begin(12, -1, 3);
    draw(FIGURE_HISTOGRAM, PLOT_COLOR_CLASS);
    assert_true(shows("easy, in the class's colour"));
    assert_false(shows("easy, class 0"));
    draw(FIGURE_MAP, PLOT_COLOR_CLASS);
    assert_true(shows("easy, the mark of the class"));
    draw(FIGURE_TIMELINE, PLOT_COLOR_CLASS);
    assert_true(shows("easy, each class"));
    assert_false(shows("easy, class 0"));
}

static void each_order_has_its_words(void **state) {
    (void)state;
    static const char *const WORDS[] = {"easy, class 0", "in use, class 0", "class 0"};
    for (int order = ORDER_EASY; order <= ORDER_ALL; order++) {
        settings.order = order;
        begin(0, -1, 2);
        draw(FIGURE_HISTOGRAM, PLOT_COLOR_CLASS);
        assert_true(shows(WORDS[order]));
        assert_true((strstr(words, "threshold \u03bb = ") != NULL) == (order != ORDER_ALL));
        draw(FIGURE_MAP, PLOT_COLOR_CLASS);
        assert_true(shows(WORDS[order]));
        draw(FIGURE_TIMELINE, PLOT_COLOR_CLASS);
        assert_true(shows(order == ORDER_ALL ? "loss (logarithmic)" : "loss and threshold \u03bb (logarithmic)"));
        if (order != ORDER_ALL)
            experiment_free(&run);
    }
}

/* Weights between 0 and 1, or to e, are told by curves. */
static void soft_weights_are_explained(void **state) {
    (void)state;
    settings.regularizer = REGULARIZER_LINEAR;
    settings.threshold = 0.5;
    begin(0, -1, 2);
    draw(FIGURE_HISTOGRAM, PLOT_COLOR_CLASS);
    assert_true(shows("not counted: what v lacks") && shows("v: weight of a loss, 0 to 1") && shows("F: latent loss"));
    experiment_free(&run);
    settings.regularizer = REGULARIZER_SUPERLOSS;
    begin(0, -1, 2);
    draw(FIGURE_HISTOGRAM, PLOT_COLOR_CLASS);
    assert_true(shows("v: weight of a loss, 0 to e"));
}

/* A threshold for each class, all learned: a line in each class's colour, and none for all. */
static void each_class_has_its_threshold(void **state) {
    (void)state;
    settings.dataset = DATASET_BLOBS;
    settings.pace = PACE_META;
    settings.regularizer = REGULARIZER_LINEAR;
    settings.meta_classes = true;
    settings.clean = 20;
    settings.threshold = 1;
    begin(0, -1, 3);
    draw(FIGURE_HISTOGRAM, PLOT_COLOR_CLASS);
    assert_true(shows("thresholds \u03bb of the classes"));
    assert_null(strstr(words, "threshold \u03bb = "));
    assert_false(shows("F: latent loss"));
    for (int k = 0; k < 2; k++)
        assert_true(count_color(THEME_LIGHT.class_line[k]) > H / 4);
    experiment_free(&run);
    settings.meta_classes = false;
    begin(0, -1, 3);
    draw(FIGURE_HISTOGRAM, PLOT_COLOR_CLASS);
    assert_non_null(strstr(words, "threshold \u03bb = "));
}

/* ---- of the map: colours by a value have a bar that explains them ---- */

static void a_ramp_of_the_map_is_explained(void **state) {
    (void)state;
    begin(0, -1, 4);
    draw(FIGURE_MAP, PLOT_COLOR_CLASS);
    size_t plain = strlen(words);
    assert_true(shows("variability") && shows("confidence"));
    for (int color = PLOT_COLOR_LOSS; color < PLOT_COLORS; color++)
        if (color == PLOT_COLOR_LOSS || color == PLOT_COLOR_ADMITTED || color == PLOT_COLOR_CONFIDENCE) {
            draw(FIGURE_MAP, (PlotColor)color);
            assert_true(strlen(words) > plain);
            assert_int_equal(count_color(THEME_LIGHT.class_fill[0]), 0);
        }
}

/* ---- of the timeline ---- */

static void an_epoch_looked_back_at_is_marked(void **state) {
    (void)state;
    begin(0, -1, 8);
    draw(FIGURE_TIMELINE, PLOT_COLOR_CLASS);
    assert_true(shows("share of points"));
    size_t before = count_color(THEME_LIGHT.accent);
    push((Command){.kind = COMMAND_LOOK, .epoch = 3});
    draw(FIGURE_TIMELINE, PLOT_COLOR_CLASS);
    assert_true(shows("4"));
    assert_true(count_color(THEME_LIGHT.accent) > before + H / 4);
}

/* Too low for two strips: that of shares alone, without the key where it would take too much. */
static void a_low_timeline_has_one_strip(void **state) {
    (void)state;
    begin(0, -1, 3);
    for (int height = H; height >= 60; height -= 60) {
        assert_true(canvas_resize(&picture.canvas, W, height, &status));
        draw(FIGURE_TIMELINE, PLOT_COLOR_CLASS);
        assert_true(shows("share of points"));
    }
    assert_null(strstr(words, "(logarithmic)"));
}

/* ---- what a figure lacks is said ---- */

static void what_is_missing_is_said(void **state) {
    (void)state;
    begin(0, -1, 0);
    assert_false(try_figure(FIGURE_TIMELINE, PLOT_COLOR_CLASS));
    assert_string_equal(status.message, "a timeline needs an epoch that is done");
    assert_false(try_figure(FIGURE_MAP, PLOT_COLOR_CLASS));
    assert_non_null(strstr(status.message, "the data map is not known yet"));
    Snapshot snapshot = experiment_snapshot(&run);
    snapshot.history = NULL;
    assert_false(figure_check(FIGURE_TIMELINE, &snapshot, &status));
    draw(FIGURE_HISTOGRAM, PLOT_COLOR_CLASS);
}

/* ---- captions: three digits, or a word where there is no number ---- */

static void captions_have_numbers_that_read_well(void **state) {
    (void)state;
    static const struct {
        double threshold;
        const char *text;
    } NUMBERS[] = {{0.605, "0.605"},       {123.4, "123"}, {12345.6, "12346"}, {1e-7, "1.00e-07"},
                   {12345678, "1.23e+07"}, {0, "0"},       {INFINITY, "inf"},  {9.999999999999999, "10.0"}};
    begin(0, -1, 1);
    Snapshot snapshot = experiment_snapshot(&run);
    PlotOptions options = {.field_step = 4};
    picture.figure = FIGURE_HISTOGRAM;
    text_watch(picture.text, see_words, NULL);
    for (size_t i = 0; i < sizeof NUMBERS / sizeof *NUMBERS; i++) {
        snapshot.threshold = NUMBERS[i].threshold;
        words[0] = '\0';
        assert_true(picture_draw(&picture, &snapshot, &options, NULL, 0, H, &status));
        assert_true(shows(NUMBERS[i].text));
    }
    snapshot.accuracy = 1;
    words[0] = '\0';
    assert_true(picture_draw(&picture, &snapshot, &options, NULL, 0, H, &status));
    assert_true(shows("100.0 %"));
    snapshot.accuracy = 0.99999; /* not all are right */
    words[0] = '\0';
    assert_true(picture_draw(&picture, &snapshot, &options, NULL, 0, H, &status));
    assert_true(shows("99.9 %"));
    snapshot.accuracy = NAN;
    words[0] = '\0';
    assert_true(picture_draw(&picture, &snapshot, &options, NULL, 0, H, &status));
    assert_true(shows("\u2013"));
    snapshot.diverged = true;
    words[0] = '\0';
    assert_true(picture_draw(&picture, &snapshot, &options, NULL, 0, H, &status));
    assert_true(shows("diverged"));
    text_watch(picture.text, NULL, NULL);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(few_classes_have_an_entry_each, set_up, tear_down),
        cmocka_unit_test_setup_teardown(many_classes_have_one_together, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_order_has_its_words, set_up, tear_down),
        cmocka_unit_test_setup_teardown(soft_weights_are_explained, set_up, tear_down),
        cmocka_unit_test_setup_teardown(each_class_has_its_threshold, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_ramp_of_the_map_is_explained, set_up, tear_down),
        cmocka_unit_test_setup_teardown(an_epoch_looked_back_at_is_marked, set_up, tear_down),
        cmocka_unit_test_setup_teardown(a_low_timeline_has_one_strip, set_up, tear_down),
        cmocka_unit_test_setup_teardown(what_is_missing_is_said, set_up, tear_down),
        cmocka_unit_test_setup_teardown(captions_have_numbers_that_read_well, set_up, tear_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
