/* What man page and completions are made of: nothing that the tables have is forgotten. */
#include "app/docs/words.h"
#include "app/io/points_format.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static Word words[WORDS_MAX];
static int count;

static const Word *word(const char *name) {
    for (int i = 0; i < count; i++)
        if (strcmp(words[i].name, name) == 0)
            return &words[i];
    fail_msg("no %s", name);
    return NULL;
}

static void every_option_is_there_once_with_the_text_of_help(void **state) {
    (void)state;
    assert_int_equal(count, PROPERTY_COUNT + OPTION_COUNT);
    Settings defaults;
    settings_default(&defaults);
    for (int i = 0; i < PROPERTY_COUNT; i++) {
        char text[CLI_HELP_TEXT];
        cli_describe_setting(&PROPERTIES[i], &defaults, text);
        assert_string_equal(word(PROPERTIES[i].name)->text, text);
    }
    for (int i = 0; i < count; i++) {
        assert_true(words[i].brief[0] != '\0' && words[i].brief[strlen(words[i].brief) - 1] != '.');
        assert_null(strchr(words[i].brief, '\n'));
        assert_true(i == 0 || words[i].part >= words[i - 1].part);
    }
}

static void files_have_an_ending(void **state) {
    (void)state;
    for (int i = 0; i < OPTION_COUNT; i++)
        if (OPTIONS[i].kind == OPTION_PATH || OPTIONS[i].kind == OPTION_OUTPUT)
            assert_non_null(word(OPTIONS[i].name)->endings);
}

static void choices_are_taken_by_the_command_line(void **state) {
    (void)state;
    Settings settings;
    settings_default(&settings);
    Status status = {0};
    int tried = 0;
    for (int i = 0; i < count; i++) {
        const Property *property = property_find(words[i].name);
        bool delimiter = strcmp(words[i].name, "delimiter") == 0;
        char choices[sizeof words[i].choices], *rest = choices;
        memcpy(choices, words[i].choices, sizeof choices);
        for (char *choice; (choice = strtok_r(rest, " ", &rest)); tried++)
            if (property)
                assert_true(property_parse(&settings, property, choice, &status));
            else if (delimiter)
                assert_true(points_delimiter_check(choice, &status));
    }
    assert_in_range(tried, 60, 200);
    assert_string_equal(word("delimiter")->choices, "comma semicolon tab space pipe");
    assert_string_equal(word("header")->choices, "yes no");
    assert_string_equal(word("compare")->choices, "plain");
    assert_true(word("compare")->again);
    assert_int_equal(word("seed")->value, VALUE_TEXT);
    assert_int_equal(word("headless")->value, VALUE_NONE);
    assert_int_equal(word("scores")->value, VALUE_FILE);
}

int main(void) {
    count = words_list(words);
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_option_is_there_once_with_the_text_of_help),
        cmocka_unit_test(files_have_an_ending),
        cmocka_unit_test(choices_are_taken_by_the_command_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
