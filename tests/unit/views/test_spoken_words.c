/* The words that are said: names and roles, signs as words, texts under the hand, where the run stands. */
#include "app/views/spoken_words.h"

#include "app/experiment/experiment.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static char text[SPOKEN_BYTES];

static void says(const char *written, const char *said) {
    snprintf(text, sizeof text, "%s", written);
    spoken_signs(text);
    assert_string_equal(text, said);
}

static void signs_are_words(void **state) {
    (void)state;
    says("plain words, with a comma.", "plain words, with a comma.");
    says("\u03bb is 0.5", "lambda is 0.5");
    says("Hold \u03bb", "Hold lambda");
    says("Hold \u03bb: it stays", "Hold lambda: it stays");
    says("\u00d7 1.35 per epoch", "times 1.35 per epoch");
    says("\u22120.5", "minus 0.5");
    says("75 % are easy", "75 percent are easy");
    says("75.5\u00a0%, 100%.", "75.5 percent, 100 percent.");
    says("%", "percent");
    says("Save\u2026", "Save");
    says("Arrows: next  \u00b7  Esc: back", "Arrows: next, Esc: back");
    says("\u7b80\u5355\u70b9 75 %", "\u7b80\u5355\u70b9 75 percent");
}

/* Whatever is there, it ends within its room. */
static void long_texts_end(void **state) {
    (void)state;
    for (size_t i = 0; i + 2 < sizeof text; i += 2)
        memcpy(text + i, "\u03bb", 2);
    text[sizeof text - 2] = '\0';
    spoken_signs(text);
    assert_true(strlen(text) < sizeof text);
    memset(text, '%', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    spoken_signs(text);
    assert_true(strlen(text) < sizeof text);
}

static UiSpoken spoken_of(UiRole role, const char *label, const char *value) {
    UiSpoken s = {.id = 1, .role = role};
    snprintf(s.label, sizeof s.label, "%s", label);
    snprintf(s.value, sizeof s.value, "%s", value);
    return s;
}

static void focused(const UiSpoken *s, const char *whole, const char *change) {
    spoken_focus(s, text);
    assert_string_equal(text, whole);
    spoken_change(s, text);
    assert_string_equal(text, change);
}

static void names_and_roles(void **state) {
    (void)state;
    UiSpoken s = {0};
    focused(&s, "", "");
    s = spoken_of(ROLE_SLIDER, "Growing factor", "\u00d7 1.35 per epoch");
    focused(&s, "Growing factor, slider, times 1.35 per epoch", "times 1.35 per epoch");
    s.dimmed = true;
    focused(&s, "Growing factor, slider, times 1.35 per epoch, dimmed", "times 1.35 per epoch, dimmed");
    s = spoken_of(ROLE_SWITCH_ON, "Anomaly", "");
    focused(&s, "Anomaly, switch, on", "on");
    s = spoken_of(ROLE_BUTTON, "", "");
    snprintf(s.help, sizeof s.help, "Train one batch");
    focused(&s, "Train one batch, button", "Train one batch");
    s = spoken_of(ROLE_LIST, "Colours", "class");
    s.position = 3;
    s.count = 9;
    focused(&s, "Colours, list, class, 3 of 9", "class, 3 of 9");
    s.role = ROLE_ENTRY;
    focused(&s, "Colours, class, 3 of 9", "Colours, class, 3 of 9");
    s = spoken_of(ROLE_SECTION_CLOSED, "Data", "post, 10,000");
    focused(&s, "Data, section, closed, post, 10,000", "closed");
    s = spoken_of(ROLE_SECTION_OPEN, "Data", "");
    focused(&s, "Data, section, open", "open");
    s = spoken_of(ROLE_SWITCH_OFF, "Anomaly", "");
    focused(&s, "Anomaly, switch, off", "off");
    s = spoken_of(ROLE_BUTTON_CHOSEN, "Light", "");
    focused(&s, "Light, button, chosen", "chosen");
    s = spoken_of(ROLE_BUTTON, "Reset", "");
    focused(&s, "Reset, button", "Reset");
    s = spoken_of(ROLE_SLIDER, "", "0.5"); /* nothing but a value */
    focused(&s, "slider, 0.5", "0.5");
    s = spoken_of(ROLE_SLIDER, "", "");
    focused(&s, "", "");
    s = spoken_of(ROLE_LIST, "Colours", "class"); /* of which the place is not known */
    s.count = 9;
    focused(&s, "Colours, list, class", "class");
}

static SpokenEdit before;

static EditSays edited(const char *was, size_t at, const char *is, size_t caret, size_t anchor) {
    UiSpoken now = {.id = 1, .role = ROLE_FIELD, .text = is, .caret = caret, .anchor = anchor};
    snprintf(before.text, sizeof before.text, "%s", was);
    before.caret = before.anchor = at;
    return spoken_edit(&before, &now, text);
}

static void texts_under_the_hand(void **state) {
    (void)state;
    assert_int_equal(edited("ab", 2, "ab", 2, 2), EDIT_SAYS_NOTHING);
    assert_int_equal(edited("ab", 2, "abc", 3, 3), EDIT_SAYS_CHARACTER);
    assert_string_equal(text, "c");
    assert_int_equal(edited("ab", 1, "aab", 2, 2), EDIT_SAYS_CHARACTER);
    assert_string_equal(text, "a");
    assert_int_equal(edited("one two", 7, "one two ", 8, 8), EDIT_SAYS_WORDS); /* the word that is ended */
    assert_string_equal(text, "two");
    assert_int_equal(edited("", 0, " ", 1, 1), EDIT_SAYS_CHARACTER);
    assert_string_equal(text, "space");
    assert_int_equal(edited("", 0, "pasted words", 12, 12), EDIT_SAYS_WORDS);
    assert_string_equal(text, "pasted words");
    assert_int_equal(edited("abc", 3, "ab", 2, 2), EDIT_SAYS_WORDS);
    assert_string_equal(text, "c deleted");
    assert_int_equal(edited("a b", 2, "ab", 1, 1), EDIT_SAYS_WORDS);
    assert_string_equal(text, "space deleted");
    assert_int_equal(edited("abc", 3, "abc", 1, 1), EDIT_SAYS_CHARACTER);
    assert_string_equal(text, "b");
    assert_int_equal(edited("abc", 1, "abc", 3, 3), EDIT_SAYS_WORDS);
    assert_string_equal(text, "end");
    assert_int_equal(edited("abc", 0, "abc", 2, 0), EDIT_SAYS_WORDS);
    assert_string_equal(text, "ab selected");
    assert_int_equal(edited("abc", 1, "abc", 1, 3), EDIT_SAYS_WORDS); /* from the other side */
    assert_string_equal(text, "bc selected");
    assert_int_equal(edited("", 0, ",", 1, 1), EDIT_SAYS_CHARACTER); /* no word before it */
    assert_string_equal(text, ",");
    assert_int_equal(edited("ab;cd", 5, "ab;cd/", 6, 6), EDIT_SAYS_WORDS);
    assert_string_equal(text, "cd");
}

/* Signs of several bytes are taken whole. */
static void signs_are_whole(void **state) {
    (void)state;
    assert_int_equal(edited("\u00e4", 2, "\u00e4\u00f6", 4, 4), EDIT_SAYS_CHARACTER);
    assert_string_equal(text, "\u00f6");
    assert_int_equal(edited("\u00e4", 2, "\u00f6", 2, 2), EDIT_SAYS_CHARACTER); /* the same first byte */
    assert_string_equal(text, "\u00f6");
    assert_int_equal(edited("\u7b80", 3, "\u7b80\u5355", 6, 6), EDIT_SAYS_CHARACTER);
    assert_string_equal(text, "\u5355");
    assert_int_equal(edited("\u5355", 3, "\u7b95", 3, 3), EDIT_SAYS_CHARACTER); /* the same last byte */
    assert_string_equal(text, "\u7b95");
    assert_int_equal(edited("\u7b80\u5355", 6, "\u5355", 0, 0), EDIT_SAYS_WORDS);
    assert_string_equal(text, "\u7b80 deleted");
    char many[2 + 3 * 300 + 1] = "ab";
    for (size_t i = 2; i + 3 < sizeof many; i += 3)
        memcpy(many + i, "\u5355", 3);
    assert_int_equal(edited(many, 1, many, 0, strlen(many)), EDIT_SAYS_WORDS); /* its beginning is said */
    assert_int_equal(strstr(text, " selected") - text, 2 + 3 * 169);
}

static double no_time(void) {
    return 0.0;
}

static void where_the_run_stands(void **state) {
    (void)state;
    Settings settings;
    Status status = {0};
    Experiment run;
    settings_default(&settings);
    settings.samples = 100;
    settings.epochs = 9;
    settings.batch = 20;
    assert_true(experiment_init(&run, &settings, NULL, NULL, &status));
    experiment_push(&run, (Command){.kind = COMMAND_EPOCH});
    experiment_advance(&run, 0.0, no_time, 1.0);
    experiment_evaluate(&run);
    Snapshot s = experiment_snapshot(&run);
    spoken_where(&s, text);
    const char *const parts[] = {
        "Epoch 1 of 9. ", "It is paused.", "lambda is ",          " percent of the points are easy.",
        "Accuracy ",      "mean loss ",    "class 0: mean loss ", "class 1: mean loss "};
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (!strstr(text, parts[i]))
            fail_msg("no '%s' in '%s'", parts[i], text);
    assert_null(strchr(text, '%'));
    spoken_epoch(&s, text);
    assert_memory_equal(text, "epoch 1, ", 9);
    experiment_free(&run);
}

/* Whatever a run is at, it is said by its own words, and nothing that is no number. */
static void each_state_of_a_run_is_said(void **state) {
    (void)state;
    static uint8_t label[] = {0, 0, 2}; /* of class 1 there are none */
    static float v[] = {1, 0, 1}, loss[] = {0.5f, 1.5f, 0.25f};
    Settings settings;
    settings_default(&settings);
    settings.epochs = 9;
    Dataset data = {.count = 3, .classes = 3, .label = label, .anomaly = -1};
    Snapshot s = {.settings = &settings,
                  .data = &data,
                  .v = v,
                  .loss = loss,
                  .epoch = 2,
                  .easy = 2,
                  .threshold = 0.75,
                  .accuracy = 0.5,
                  .mean_loss = 0.75,
                  .test_accuracy = NAN};
    spoken_where(&s, text);
    assert_string_equal(text, "Epoch 2 of 9. It is paused. lambda is 0.750. 66.7 percent of the points are easy. "
                              "Accuracy 50.0 percent, mean loss 0.750. class 0: mean loss 1.00, 50.0 percent easy. "
                              "class 2: mean loss 0.250, 100.0 percent easy.");
    s.finished = true;
    spoken_where(&s, text);
    assert_non_null(strstr(text, "It is at its end."));
    s.playing = true;
    spoken_where(&s, text);
    assert_non_null(strstr(text, "It plays."));
    s.looking_back = true;
    spoken_where(&s, text);
    assert_non_null(strstr(text, "An earlier epoch is on show."));
    s.diverged = true;
    spoken_where(&s, text);
    assert_non_null(strstr(text, "The model has diverged."));
    settings.order = ORDER_HARD;
    spoken_where(&s, text);
    assert_non_null(strstr(text, "66.7 percent of the points are in use."));
    settings.order = ORDER_ALL; /* in which the threshold plays no part */
    s.test_accuracy = 1;
    spoken_where(&s, text);
    assert_null(strstr(text, "lambda"));
    assert_non_null(strstr(text, "Test accuracy 100.0 percent, mean loss 0.750."));
    spoken_epoch(&s, text);
    assert_string_equal(text, "epoch 2, 66.7 % easy, accuracy 100.0 %, mean loss 0.750");
    data = (Dataset){.classes = 2, .anomaly = -1}; /* all points are gone */
    s.easy = 0;
    spoken_where(&s, text);
    assert_null(strstr(text, "class 0"));
    assert_null(strstr(text, "nan"));
    spoken_epoch(&s, text);
    assert_null(strstr(text, "nan"));
}

/* Of more classes than anybody would listen to, the first. */
static void many_classes_are_cut_short(void **state) {
    (void)state;
    static uint8_t label[12] = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11};
    static float v[12], loss[12];
    Settings settings;
    settings_default(&settings);
    Dataset data = {.count = 12, .classes = 12, .label = label, .anomaly = -1};
    Snapshot s = {.settings = &settings, .data = &data, .v = v, .loss = loss, .test_accuracy = NAN};
    spoken_where(&s, text);
    assert_non_null(strstr(text, "class 7: "));
    assert_null(strstr(text, "class 8: "));
}

static void how_long_it_takes(void **state) {
    (void)state;
    double words = spoken_seconds("Seventy-five percent are easy."), signs = spoken_seconds("\u7b80\u5355\u70b9");
    assert_true(words > 1.5 && words < 4.0);
    assert_true(signs > 0.6 && signs < 1.5);
    assert_true(spoken_seconds("") < 0.5);
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(signs_are_words),
        cmocka_unit_test(long_texts_end),
        cmocka_unit_test(names_and_roles),
        cmocka_unit_test(texts_under_the_hand),
        cmocka_unit_test(signs_are_whole),
        cmocka_unit_test(where_the_run_stands),
        cmocka_unit_test(each_state_of_a_run_is_said),
        cmocka_unit_test(many_classes_are_cut_short),
        cmocka_unit_test(how_long_it_takes),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
