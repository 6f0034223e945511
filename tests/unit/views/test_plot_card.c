/* What a point's card says of its history: first easy, easy again, how often it changed. */
#include "app/views/plot_card.h"

#include "tests/support/scripts.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { EPOCHS = 12 };

static HistoryRecord records[EPOCHS];
static uint64_t bits[EPOCHS];
static History history;
static Settings settings;
static Dataset data = {.count = 1};
static float v[1];
static uint32_t admitted[1];
static Snapshot snapshot;
static char lines[PLOT_CARD_SINCE][PLOT_CARD_LINE];

/* The point in each epoch so far: + easy, - hard. */
static int since(const char *course) {
    size_t count = strlen(course);
    admitted[0] = NEVER_ADMITTED;
    for (size_t i = 0; i < count; i++) {
        bits[i] = course[i] == '+';
        records[i] = (HistoryRecord){.epoch = (uint32_t)i, .easy_bits = &bits[i]};
        if (bits[i] && admitted[0] == NEVER_ADMITTED)
            admitted[0] = (uint32_t)i;
    }
    v[0] = course[count - 1] == '+';
    history = (History){.samples = 1, .stride = 1, .count = count, .records = records, .slots = 1, .words = 1};
    snapshot = (Snapshot){.settings = &settings,
                          .data = &data,
                          .v = v,
                          .admitted = admitted,
                          .history = &history,
                          .epoch = (uint32_t)count};
    memset(lines, 0, sizeof lines);
    return plot_card_since(&snapshot, 0, lines);
}

static void a_point_that_stayed_easy_says_since_when(void **state) {
    (void)state;
    settings.order = ORDER_EASY;
    assert_int_equal(since("-++++"), 1);
    assert_string_equal(lines[0], "easy since epoch 2");
    assert_int_equal(since("----"), 1);
    assert_string_equal(lines[0], "never easy so far");
    settings.order = ORDER_HARD;
    since("-++++");
    assert_string_equal(lines[0], "in use since epoch 2");
}

static void one_that_was_hard_again_says_so(void **state) {
    (void)state;
    settings.order = ORDER_EASY;
    assert_int_equal(since("-+---"), 2);
    assert_string_equal(lines[0], "first easy in epoch 2");
    assert_string_equal(lines[1], "hard again since epoch 3");
    assert_int_equal(since("-+---+-+++"), 3);
    assert_string_equal(lines[0], "first easy in epoch 2");
    assert_string_equal(lines[1], "easy again since epoch 8");
    assert_string_equal(lines[2], "changed 4 times");
    settings.order = ORDER_HARD;
    since("+-+");
    assert_string_equal(lines[1], "in use again since epoch 3");
}

static void what_came_later_is_not_told_of_an_earlier_epoch(void **state) {
    (void)state;
    settings.order = ORDER_EASY;
    since("-+---+-+++");
    snapshot.looking_back = true;
    snapshot.epoch = 4;
    v[0] = 0;
    assert_int_equal(plot_card_since(&snapshot, 0, lines), 2);
    assert_string_equal(lines[1], "hard again since epoch 3");
}

/* What happens within an epoch is told of it, not of one that is done. */
static void an_epoch_under_way_is_named_as_such(void **state) {
    (void)state;
    settings.order = ORDER_EASY;
    since("-++");
    v[0] = 0;
    snapshot.batch = 2;
    assert_int_equal(plot_card_since(&snapshot, 0, lines), 2);
    assert_string_equal(lines[1], "hard again in epoch 4, under way");
}

/* With records of some epochs alone, it is not said when, and "at least" how often. */
static void gaps_in_the_records_are_owned_up_to(void **state) {
    (void)state;
    settings.order = ORDER_EASY;
    since("-+---+-+++");
    history.stride = 2;
    assert_int_equal(plot_card_since(&snapshot, 0, lines), 3);
    assert_string_equal(lines[1], "now easy");
    assert_string_equal(lines[2], "changed at least 4 times");
    snapshot.history = NULL;
    assert_int_equal(plot_card_since(&snapshot, 0, lines), 1);
    assert_string_equal(lines[0], "first easy in epoch 2");
}

/* Each state of a point in the words of either order. */
static void each_state_has_its_words(void **state) {
    (void)state;
    static const struct {
        const char *course;
        bool now; /* by what the model says within the epoch under way */
        const char *easy, *in_use;
    } STATES[] = {{"---", true, "easy, not yet trained", "in use, not yet trained"},
                  {"---", false, "never easy so far", "never in use so far"},
                  {"-+--", true, "easy again in epoch 5, under way", "in use again in epoch 5, under way"},
                  {"-+++", false, "hard again in epoch 5, under way", "left out again in epoch 5, under way"},
                  {"-+-", false, "hard again since epoch 3", "left out again since epoch 3"},
                  {"-+-+", true, "easy again since epoch 4", "in use again since epoch 4"}};
    for (size_t i = 0; i < sizeof STATES / sizeof *STATES; i++)
        for (int turned = 0; turned < 2; turned++) {
            settings.order = turned ? ORDER_HARD : ORDER_EASY;
            since(STATES[i].course);
            v[0] = STATES[i].now;
            snapshot.batch = 1;
            int count = plot_card_since(&snapshot, 0, lines);
            assert_string_equal(lines[count > 1], turned ? STATES[i].in_use : STATES[i].easy);
        }
    static const char *const NOW[2][2] = {{"now hard", "now left out"}, {"now easy", "now in use"}};
    for (int turned = 0; turned < 2; turned++)
        for (int now = 0; now < 2; now++) { /* where it is not known since when */
            settings.order = turned ? ORDER_HARD : ORDER_EASY;
            since(now ? "-+-+" : "-++-");
            history.stride = 2;
            plot_card_since(&snapshot, 0, lines);
            assert_string_equal(lines[1], NOW[now][turned]);
        }
}

/* By another threshold a point is hard at once, in an epoch that is done. */
static void another_threshold_changes_an_epoch_that_is_done(void **state) {
    (void)state;
    settings.order = ORDER_EASY;
    since("-++");
    v[0] = 0;
    assert_int_equal(plot_card_since(&snapshot, 0, lines), 2);
    assert_string_equal(lines[1], "hard again since epoch 3");
    snapshot.batch = 2;
    snapshot.looking_back = true;
    assert_int_equal(plot_card_since(&snapshot, 0, lines), 2);
    assert_string_equal(lines[1], "hard again since epoch 3");
}

/* A place under its columns' names, in the data's own numbers, an origin included. */
static void a_place_is_told_in_the_datas_words(void **state) {
    (void)state;
    static const Camera camera = {.scale = 20, .view = {0, 0, 400, 300}};
    Dataset set = {0};
    PlotCardLine told[2];
    const double at[2] = {(double)41.2f, -3.0};
    assert_int_equal(plot_card_position(&camera, &set, at, true, told), 1);
    assert_string_equal(told[0].name, "x, y");
    assert_string_equal(told[0].value, "41.2, \u22123");
    dataset_name_axis(&set, 0, "age", 3);
    assert_int_equal(plot_card_position(&camera, &set, at, true, told), 2);
    assert_string_equal(told[0].name, "age");
    assert_string_equal(told[0].value, "41.2");
    assert_string_equal(told[1].name, "y");
    assert_string_equal(told[1].value, "\u22123");
    set.origin[0] = 1700000000;
    set.origin[1] = -5e12;
    plot_card_position(&camera, &set, at, true, told);
    assert_string_equal(told[0].value, "1700000041.2");
    assert_string_equal(told[1].value, "\u22125000000000003");
    plot_card_position(&camera, &set, (const double[]){0.123456, 0.5}, false, told); /* as fine as pixels are */
    assert_string_equal(told[0].value, "1700000000.12");
}

/* Names of 255 bytes, of words and without any blank: nothing is lost, and no line is wider than the card. */
static void a_name_is_whole_in_its_lines(void **state) {
    (void)state;
    Status status;
    static char rows[PLOT_CARD_ROWS][UI_LINE_BYTES];
    Ui ui = {.text = text_new(FONT_DIR, 1, &status), .scale = 1};
    assert_non_null(ui.text);
    for (int i = -1; i < SCRIPT_NAME_COUNT; i++) {
        const char *piece = i < 0 ? "WWWWWWWW" : SCRIPT_NAMES[i];
        char name[256] = "", joined[512] = "";
        while (strlen(name) + strlen(piece) < sizeof name)
            strcat(name, piece);
        int count = plot_card_wrap(&ui, TEXT_BODY, name, rows);
        assert_in_range(count, 2, PLOT_CARD_ROWS);
        for (int k = 0; k < count; k++) {
            assert_true(text_width(ui.text, TEXT_BODY, rows[k]) <= 220);
            size_t used = strlen(joined), length = strlen(rows[k]);
            bool blank = name[used] == ' ' && rows[k][0] != ' ';
            if (blank)
                joined[used++] = ' ';
            memcpy(joined + used, rows[k], length + 1);
        }
        assert_string_equal(joined, name);
    }
    assert_int_equal(plot_card_wrap(&ui, TEXT_BODY, "cat", rows), 1);
    assert_string_equal(rows[0], "cat");
    text_free(ui.text);
}

/* ---- cards as they are drawn ---- */

enum { WIDTH = 500, HEIGHT = 400 };

static struct {
    Ui ui;
    Canvas canvas;
    UiInput input;
    char words[4096]; /* all that is drawn, each text between two bars */
    Rect card;
} drawn;

static void see_words(void *user, const char *utf8, bool cut, bool clipped) {
    size_t length = strlen(drawn.words);
    (void)user;
    (void)cut;
    (void)clipped;
    snprintf(drawn.words + length, sizeof drawn.words - length, "|%s|", utf8);
}

static bool shows(const char *words) {
    char whole[256];
    snprintf(whole, sizeof whole, "|%s|", words);
    return strstr(drawn.words, whole) != NULL;
}

/* The card of a point, of a clean point, of the model at that place of the canvas. */
static void draw_card_of(char kind, float x, float y) {
    static const Rect area = {40, 40, WIDTH - 60, HEIGHT - 60};
    Camera camera = {.scale = 20, .stretch = 1, .view = area};
    const float at[2] = {x, y};
    camera_update(&camera);
    drawn.input.mouse_x = x;
    drawn.input.mouse_y = y;
    drawn.input.mouse_inside = true;
    drawn.words[0] = '\0';
    drawn.card = (Rect){0};
    ui_begin(&drawn.ui, &drawn.input, &drawn.canvas, drawn.ui.text, &THEME_LIGHT, 1);
    text_watch(drawn.ui.text, see_words, NULL);
    if (kind == 'p')
        plot_card_draw_point(&drawn.ui, area, at, &camera, &snapshot, 0);
    else if (kind == 'c')
        plot_card_draw_clean(&drawn.ui, area, at, &camera, &snapshot, 0);
    else
        plot_card_draw_model(&drawn.ui, area, &camera, &snapshot);
    text_watch(drawn.ui.text, NULL, NULL);
    ui_end(&drawn.ui);
    for (int i = 0; i < drawn.ui.widget_count; i++)
        if (strcmp(drawn.ui.widgets[i].name, "plot-card") == 0)
            drawn.card = drawn.ui.widgets[i].rect;
}

static float px = 1, py = 2, parameters[4096], losses[1] = {0.25f}, influences[1];
static uint8_t label;
static Mlp mlp;

/* A model that scores class 0 by the first of these, the others 0; a point of class 0. */
static void open_cards(int classes, float score) {
    Status status;
    memset(&drawn, 0, sizeof drawn);
    assert_true(ui_init(&drawn.ui, &status));
    drawn.ui.text = text_new(FONT_DIR, 1, &status);
    assert_true(drawn.ui.text && canvas_resize(&drawn.canvas, WIDTH, HEIGHT, &status));
    settings_default(&settings);
    settings.order = ORDER_EASY;
    since("-++");
    mlp_shape(&mlp, NULL, 0, classes, ACTIVATION_TANH);
    memset(parameters, 0, sizeof parameters);
    parameters[mlp.biases[0]] = score;
    data = (Dataset){.count = 1, .classes = classes, .x = &px, .y = &py, .label = &label, .anomaly = -1};
    snapshot.mlp = &mlp;
    snapshot.parameters = parameters;
    snapshot.loss = losses;
}

static void close_cards(void) {
    text_free(drawn.ui.text);
    ui_free(&drawn.ui);
    canvas_free(&drawn.canvas);
    data = (Dataset){.count = 1};
}

static void a_card_says_what_a_point_is(void **state) {
    (void)state;
    open_cards(2, 0);
    draw_card_of('p', 200, 200);
    assert_true(shows("Point 0") && shows("loss") && shows("0.250") && shows("1, 2"));
    assert_true(shows("easy since epoch 2"));
    assert_null(strstr(drawn.words, "clean"));
    influences[0] = -0.5f; /* which is said where the clean points are asked */
    snapshot.influence = influences;
    draw_card_of('p', 200, 200);
    assert_null(strstr(drawn.words, "clean"));
    settings.pace = PACE_META;
    draw_card_of('p', 200, 200);
    assert_true(shows("hurts the clean") && shows("G \u22120.5"));
    influences[0] = 0.5f;
    draw_card_of('p', 200, 200);
    assert_true(shows("helps the clean") && shows("G 0.5"));
    influences[0] = NAN;
    draw_card_of('p', 200, 200);
    assert_null(strstr(drawn.words, "clean"));
    snapshot.clean = &data;
    draw_card_of('c', 200, 200);
    assert_true(shows("Clean point") && shows("0.693") && shows("taken to be right; no sample"));
    close_cards();
}

static void the_model_names_the_likeliest_classes(void **state) {
    (void)state;
    open_cards(2, 1e4f);
    draw_card_of('m', 200, 200);
    assert_true(shows("The model here") && shows("100.0 %") && shows("0.0 %"));
    parameters[mlp.biases[0]] = 9;
    draw_card_of('m', 200, 200);
    assert_true(shows("> 99.9 %") && shows("< 0.1 %"));
    parameters[mlp.biases[0]] = NAN; /* no probabilities: no card */
    draw_card_of('m', 200, 200);
    assert_string_equal(drawn.words, "");
    parameters[mlp.biases[0]] = 0;
    snapshot.diverged = true;
    draw_card_of('m', 200, 200);
    assert_string_equal(drawn.words, "");
    close_cards();
    open_cards(20, 3); /* of many the first six, and the rest together: e^3 / (e^3 + 19), 1 / (e^3 + 19) */
    draw_card_of('m', 200, 200);
    assert_true(shows("51.4 %") && shows("2.6 %") && shows("14 others") && shows("35.8 %"));
    close_cards();
}

/* Whichever side there is room on, off the place that it is about, and above a finger. */
static void a_card_keeps_off_its_place(void **state) {
    (void)state;
    open_cards(2, 0);
    for (int touch = 0; touch < 2; touch++)
        for (int i = 0; i < 9; i++) {
            float x = 45.0f + (float)(WIDTH - 70) * (float)(i % 3) / 2,
                  y = 45.0f + (float)(HEIGHT - 70) * (float)(i / 3) / 2;
            drawn.input.touch = touch;
            draw_card_of('p', x, y);
            Rect c = drawn.card;
            assert_true(c.w > 100 && c.x >= 0 && c.y >= 0 && c.x + c.w <= WIDTH && c.y + c.h <= HEIGHT);
            assert_false(rect_has(c, x, y));
            assert_true(!touch || c.y + c.h <= y || c.x > x || c.x + c.w < x);
        }
    close_cards();
}

int main(void) {
    setenv("FONTCONFIG_FILE", TEST_SOURCE_DIR "/support/fonts.conf", 1);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_point_that_stayed_easy_says_since_when),
        cmocka_unit_test(one_that_was_hard_again_says_so),
        cmocka_unit_test(what_came_later_is_not_told_of_an_earlier_epoch),
        cmocka_unit_test(an_epoch_under_way_is_named_as_such),
        cmocka_unit_test(a_place_is_told_in_the_datas_words),
        cmocka_unit_test(gaps_in_the_records_are_owned_up_to),
        cmocka_unit_test(a_name_is_whole_in_its_lines),
        cmocka_unit_test(each_state_has_its_words),
        cmocka_unit_test(another_threshold_changes_an_epoch_that_is_done),
        cmocka_unit_test(a_card_says_what_a_point_is),
        cmocka_unit_test(the_model_names_the_likeliest_classes),
        cmocka_unit_test(a_card_keeps_off_its_place),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
