/* Values kept as differences from an origin, as texts. */
#include "app/base/format.h"
#include "tests/support/words_of.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void a_value_has_the_files_digits(void **state) {
    (void)state;
    static const struct {
        double origin, value;
        const char *text;
    } CASES[] = {
        {1700000010, 1700000000, "1700000000"},
        {1700000000, 1700000100.1, "1700000100.1"},
        {1e9, 1000000001.25, "1000000001.25"},
        {-2e6, -2000000.5, "-2000000.5"},
        {1e15, 1e15 + 3, "1000000000000003"},
        {1e18, 1e18 + 4096, "1.0000000000000041e+18"},
        {0.001, 0.00100001, "0.00100001"},
        {2e-9, 2.00001e-9, "2.00001e-09"},
        {5, 5, "5"},
    };
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[32];
        format_shifted(CASES[i].origin, (float)(CASES[i].value - CASES[i].origin), text);
        assert_string_equal(text, CASES[i].text);
    }
}

static void figures_have_three_digits(void **state) {
    (void)state;
    static const struct {
        double value;
        const char *text;
    } CASES[] = {{0.0, "0.000"},       {0.4478, "0.448"},  {0.09624, "0.0962"},     {0.009624, "0.00962"},
                 {0.0996, "0.0996"},   {0.09996, "0.100"}, {0.0006543, "0.000654"}, {0.0001, "1.00e-4"},
                 {1.349, "1.35"},      {12.34, "12.3"},    {123.4, "123"},          {2.45e7, "2.45e7"},
                 {-0.01234, "-0.0123"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[32];
        format_figure(CASES[i].value, text);
        assert_string_equal(text, CASES[i].text);
    }
}

/* None and all are said of none and all alone, and what is left adds up. */
static void shares_keep_none_and_all_apart(void **state) {
    (void)state;
    static const struct {
        double share;
        const char *text, *rest;
    } CASES[] = {{0.0, "0.0 %", "100.0 %"},   {1.0, "100.0 %", "0.0 %"},    {0.0001, "0.1 %", "99.9 %"},
                 {0.9999, "99.9 %", "0.1 %"}, {0.8425, "84.3 %", "15.7 %"}, {0.5, "50.0 %", "50.0 %"}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++) {
        char text[32];
        format_percent(CASES[i].share, text);
        assert_string_equal(text, CASES[i].text);
        format_percent(1.0 - format_share(CASES[i].share), text);
        assert_string_equal(text, CASES[i].rest);
    }
}

/* Whatever the origin, the text comes back to the same float32. */
static void it_comes_back(void **state) {
    (void)state;
    srand(7);
    for (int i = 0; i < 200000; i++) {
        double magnitude = pow(10, rand() % 30 - 12), origin = ((double)rand() / RAND_MAX - 0.5) * magnitude;
        float position = (float)(((double)rand() / RAND_MAX - 0.5) * fabs(origin) * pow(10, -(rand() % 9)));
        char text[32];
        format_shifted(origin, position, text);
        assert_true(strlen(text) < 32);
        double shown = strtod(text, NULL), whole = origin + (double)position;
        assert_true(fabs(shown - whole) <= fabs((double)position) * 1e-7 + fabs(whole) * 2.3e-16);
    }
}

static void a_hand_means_few_digits(void **state) {
    (void)state;
    static const struct {
        double value, size;
        int digits;
        double rounded;
    } CASES[] = {{0.763456, 0.763456, 3, 0.763}, {0.76345678, 1.0, 5, 0.7635},      {-1.23456, 0.0123, 2, -1.235},
                 {9.996, 9.996, 3, 10.0},        {123456.0, 200000.0, 3, 123000.0}, {0.0, 1e-30, 2, 0.0}};
    for (size_t i = 0; i < sizeof CASES / sizeof *CASES; i++)
        assert_true(round_by_hand(CASES[i].value, CASES[i].size, CASES[i].digits) == CASES[i].rounded);
}

static void assert_count(size_t count, const char *expected) {
    char text[32];
    format_count(count, text);
    assert_string_equal(text, expected);
}

static void assert_numbers_in_english(void) {
    char text[32];
    double value = 0.0;
    assert_count(1234567, "1,234,567");
    format_figure(0.4478, text);
    assert_string_equal(text, "0.448");
    format_percent(0.8173, text);
    assert_string_equal(text, "81.7 %");
    assert_true(parse_number("1.5", &value) && value == 1.5);
    assert_false(parse_number("1,5", &value));
}

/* Decimal comma, point for thousands, no blank before the per cent sign; what goes into files stays C's. */
static void numbers_follow_the_language(void **state) {
    (void)state;
    WordsOf words[] = {
        {"", "Content-Type: text/plain; charset=UTF-8\nPlural-Forms: nplurals=1; plural=0;\n"},
        {"decimal sign\4.", ","},
        {"thousands separator\4,", "."},
        {"percentage\4%s %%", "%s%%"},
        {"number\4infinite", "unendlich"},
    };
    char folder[] = "/tmp/easyfirst-format-XXXXXX", text[32];
    double value = 0.0;
    assert_non_null(mkdtemp(folder));
    assert_numbers_in_english();
    words_of(folder, "de", words, sizeof words / sizeof *words);
    assert_count(999, "999");
    assert_count(1234567, "1.234.567");
    assert_count(SIZE_MAX, "18.446.744.073.709.551.615");
    format_figure(0.4478, text);
    assert_string_equal(text, "0,448");
    format_figure(2.45e7, text);
    assert_string_equal(text, "2,45e7");
    format_figure((double)INFINITY, text);
    assert_string_equal(text, "unendlich");
    format_percent(0.8173, text);
    assert_string_equal(text, "81,7%");
    format_percentage_whole(75.2, text);
    assert_string_equal(text, "75%");
    format_number(1.5, 3, text);
    assert_string_equal(text, "1,5");
    format_shifted(5.0, 0.25f, text);
    assert_string_equal(text, "5,25");
    format_number_c(1.5, 3, text);
    assert_string_equal(text, "1.5");
    format_shifted_c(5.0, 0.25f, text);
    assert_string_equal(text, "5.25");

    assert_true(parse_number("1,5", &value) && value == 1.5);
    assert_true(parse_number(" -2.5e-3 ", &value) && value == -2.5e-3);
    value = 7.0;
    assert_false(parse_number("1,5,0", &value));
    assert_false(parse_number("1.234,5", &value)); /* maybe a thousand, maybe not: neither is guessed */
    assert_false(parse_number_c("1,5", &value));
    assert_true(value == 7.0);
    assert_true(is_beyond_numbers("1,5e999"));
    words_of_none(folder, "de");
    assert_numbers_in_english();
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(figures_have_three_digits),    cmocka_unit_test(shares_keep_none_and_all_apart),
        cmocka_unit_test(a_value_has_the_files_digits), cmocka_unit_test(it_comes_back),
        cmocka_unit_test(a_hand_means_few_digits),      cmocka_unit_test(numbers_follow_the_language),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
