/* What is said of suspects: of a row, of the list, and of how many that are known to be wrong it finds. */
#include "app/views/suspects_words.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char text[SUSPECTS_WORDS];
static Dataset data = {.classes = 2, .anomaly = -1};
static LabelLook look;
static Snapshot snapshot = {.data = &data, .labels = &look, .run_version = 1};

static void row_is(const SuspectRow *row, bool truth, const char *words) {
    suspects_say_row(row, &snapshot, truth, text);
    assert_string_equal(text, words);
}

static void a_row_says_what_is_known_of_it(void **state) {
    (void)state;
    SuspectRow row = {.number = 1234, .given = 1};
    for (int k = 0; k < LABEL_BARS; k++)
        row.value[k] = row.bar[k] = NAN;
    row_is(&row, false, "Row 1,234.");
    row_is(&row, true, "Row 1,234, the label is right.");
    row.wrong = true;
    row_is(&row, true, "Row 1,234, the label is wrong.");
    row.value[BAR_LOSS] = 0.5f;
    row.value[BAR_MARGIN] = -2.0f;
    row.bar[BAR_LATE] = 0.25f;
    row_is(&row, false, "Row 1,234: loss 0.500, margin \u22122.00, hard in 25\u00a0% of the epochs.");
    row.value[BAR_MARGIN] = 2.0f;
    row.value[BAR_LATE] = INFINITY;
    row.value[BAR_NEAR] = 0.7f;
    row.value[BAR_HELD_OUT] = 0.13f;
    row_is(&row, false,
           "Row 1,234: loss 0.500, margin 2.00, never let in; 7 of 10 neighbours labelled otherwise; without it, "
           "models give class 1 13\u00a0%.");
}

static void what_the_list_is_of_is_said(void **state) {
    (void)state;
    snapshot.labels = NULL;
    suspects_say_state(&snapshot, text);
    assert_string_equal(text, "");
    snapshot.labels = &look;
    look = (LabelLook){.epochs = 7, .held_out_progress = 1.0};
    suspects_say_state(&snapshot, text);
    assert_memory_equal(text, "As of epoch 7. Keys on a row", 28);
    look.missed = 3;
    look.held_out_progress = 0.25;
    snapshot.looking_back = true;
    suspects_say_state(&snapshot, text);
    assert_non_null(strstr(text, "As of epoch 7, not the one that is looked at; 3 of its epochs are no longer known. "
                                 "Models that have not seen each point are being trained: 25\u00a0%."));
    snapshot.looking_back = false;
    suspects_say_term("loss", text);
    assert_memory_equal(text, "Loss: ", 6);
    suspects_say_term("nothing", text);
    assert_string_equal(text, "");
}

static LineWords words;

static void line_is(const SuspectRows *rows, bool truth, const char *fact, const char *reason) {
    suspects_say_line(rows, &snapshot, truth, &words);
    assert_string_equal(words.fact, fact);
    assert_string_equal(words.reason, reason);
}

static void the_line_says_how_many_and_why(void **state) {
    (void)state;
    SuspectRows rows = {.at_least = 2, .by = MEASURE_AGREEMENT, .run_version = 1};
    line_is(&rows, false, "", ""); /* not known yet */
    rows.look_version = 1;
    rows.run_version = 2;
    line_is(&rows, false, "", ""); /* another run's */
    rows.run_version = 1;
    line_is(&rows, false, "No label looks wrong.", "No label is doubted by as many as 2 measures.");
    rows.at_least = 1;
    line_is(&rows, false, "No label looks wrong.", "None of the 5 measures doubts any.");
    rows.at_least = LABEL_BARS;
    line_is(&rows, false, "No label looks wrong.", "No label is doubted by all 5 measures.");
    rows.asked = 1;
    line_is(&rows, false, "1 label looks wrong.", "All 5 measures say so of each.");
    rows.asked = 12;
    rows.at_least = 1;
    line_is(&rows, false, "12 labels look wrong.", "At least 1 of 5 measures says so of each.");
    rows.at_least = 2;
    line_is(&rows, true, "12 labels look wrong.", "At least 2 of 5 measures say so of each."); /* no truth is known */
    rows.by = MEASURE_KNN;
    suspects_say_line(&rows, &snapshot, false, &words);
    assert_string_equal(words.reason, "These come first: as many as at least 2 of 5 measures agree on.");
    rows.at_least = LABEL_BARS;
    suspects_say_line(&rows, &snapshot, false, &words);
    assert_string_equal(words.reason, "These come first: as many as all 5 of 5 measures agree on.");
}

static void what_is_found_is_told_in_numbers(void **state) {
    (void)state;
    static const struct {
        size_t wrong, found;
        const char *reason, *brief;
    } FOUND[] = {
        {0, 0, "None is known to be wrong.", "None known to be wrong."},
        {1, 0, "The one that is known to be wrong is not among them.", "0 of 1 found."},
        {1, 1, "The one that is known to be wrong is among them.", "1 of 1 found."},
        {4, 4, "All 4 that are known to be wrong are among them.", "4 of 4 found."},
        {2, 1, "Of the 2 that are known to be wrong, 1 is among them; 1 is missed.", "1 of 2 found."},
        {5, 1, "Of the 5 that are known to be wrong, 1 is among them; 4 are missed.", "1 of 5 found."},
        {5, 4, "Of the 5 that are known to be wrong, 4 are among them; 1 is missed.", "4 of 5 found."},
        {5, 0, "Of the 5 that are known to be wrong, 0 are among them; 5 are missed.", "0 of 5 found."},
    };
    SuspectRows rows = {.at_least = 2, .by = MEASURE_AGREEMENT, .run_version = 1, .look_version = 1, .asked = 9};
    for (size_t i = 0; i < sizeof FOUND / sizeof *FOUND; i++) {
        rows.truth = (SuspectsTruth){.known = true, .wrong = FOUND[i].wrong, .found = FOUND[i].found};
        line_is(&rows, true, "9 labels look wrong.", FOUND[i].reason);
        assert_string_equal(words.brief, FOUND[i].brief);
    }
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_row_says_what_is_known_of_it),
        cmocka_unit_test(what_the_list_is_of_is_said),
        cmocka_unit_test(the_line_says_how_many_and_why),
        cmocka_unit_test(what_is_found_is_told_in_numbers),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
