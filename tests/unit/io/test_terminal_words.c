/* Columns that letters take on a terminal. */
#define _GNU_SOURCE /* wcwidth */
#include "app/io/terminal_words.h"

#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

#include <cmocka.h>

/* Judge: the system's wcwidth, over the blocks that a translation is likely to use. */
static void widths_are_the_systems(void **state) {
    (void)state;
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
    static const struct {
        wchar_t first, last;
    } BLOCKS[] = {{0x20, 0x7e},     {0xa1, 0x36f},    {0x370, 0x482},    {0x48a, 0x52f},
                  {0x3001, 0x3029}, {0x3041, 0x3096}, {0x30a0, 0x30ff},  {0x4e00, 0x9fa5},
                  {0xac00, 0xd7a3}, {0xff01, 0xff60}, {0x20000, 0x200ff}};
    for (size_t b = 0; b < sizeof BLOCKS / sizeof *BLOCKS; b++)
        for (wchar_t letter = BLOCKS[b].first; letter <= BLOCKS[b].last; letter++) {
            char text[16];
            int width = wcwidth(letter);
            if (width < 0 || letter == 0xad) /* not assigned; a soft hyphen, on which terminals differ */
                continue;
            snprintf(text, sizeof text, "%lc", (wint_t)letter);
            if (words_width(text) != width)
                fail_msg("U+%04X: %d, not %d", (unsigned)letter, words_width(text), width);
        }
    setlocale(LC_CTYPE, "C");
}

static void fields_are_padded_by_columns(void **state) {
    (void)state;
    char text[64];
    snprintf(text, sizeof text, "%-*s|", words_field("阈值 λ", 8), "阈值 λ");
    assert_string_equal(text, "阈值 λ  |");
    assert_int_equal(words_width("\xff阈\xe9"), 4); /* bytes that are no UTF-8 take a column each */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(widths_are_the_systems),
        cmocka_unit_test(fields_are_padded_by_columns),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
