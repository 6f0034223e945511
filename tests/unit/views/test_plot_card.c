/* What a point's card says of its history: first easy, easy again, how often it changed. */
#include "app/views/plot_card.h"

#include "tests/support/scripts.h"

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
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
