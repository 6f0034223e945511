/* Values kept as differences from an origin, as texts. */
#include "app/base/format.h"

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

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_value_has_the_files_digits),
        cmocka_unit_test(it_comes_back),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
