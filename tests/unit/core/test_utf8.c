/* UTF-8 against the definition (RFC 3629): every character there is, and what is none. */
#include "core/utf8.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { LAST = 0x10ffff };

/* Its bytes; returns how many. */
static size_t encode(uint32_t letter, unsigned char bytes[UTF8_LONGEST]) {
    if (letter < 0x80) {
        bytes[0] = (unsigned char)letter;
        return 1;
    }
    size_t count = letter < 0x800 ? 2 : letter < 0x10000 ? 3 : 4;
    for (size_t i = count; i-- > 1; letter >>= 6)
        bytes[i] = (unsigned char)(0x80 | (letter & 0x3f));
    bytes[0] = (unsigned char)(0xf00 >> count | letter);
    return count;
}

static void every_character_is_read(void **state) {
    (void)state;
    for (uint32_t letter = 0; letter <= LAST; letter++) {
        unsigned char bytes[UTF8_LONGEST];
        size_t count = encode(letter, bytes), read = 0;
        bool half = letter >= 0xd800 && letter < 0xe000; /* of a surrogate pair */
        size_t length = utf8_length((const char *)bytes, count);
        if (length != (half ? 0 : count))
            fail_msg("U+%04X: %zu bytes", letter, length);
        uint32_t same = utf8_letter((const char *)bytes, count, &read);
        if (same != (half ? bytes[0] : letter) || read != (half ? 1 : count))
            fail_msg("U+%04X is read as U+%04X", letter, same);
        if (count > 1)
            assert_int_equal(utf8_length((const char *)bytes, count - 1), 0); /* cut */
    }
}

/* All pairs of bytes, with ends that continue: what is accepted is what the definition's table has. */
static void nothing_else_is(void **state) {
    (void)state;
    for (unsigned first = 0; first < 256; first++) {
        for (unsigned second = 0; second < 256; second++) {
            char bytes[] = {(char)first, (char)second, '\x80', '\xbf'};
            bool continues = second >= 0x80 && second < 0xc0;
            size_t expected = first < 0x80                                                  ? 1
                              : first >= 0xc2 && first < 0xe0 && continues                  ? 2
                              : first == 0xe0 && continues && second >= 0xa0                ? 3
                              : first == 0xed && continues && second < 0xa0                 ? 3
                              : first >= 0xe1 && first < 0xf0 && continues && first != 0xed ? 3
                              : first == 0xf0 && continues && second >= 0x90                ? 4
                              : first == 0xf4 && continues && second < 0x90                 ? 4
                              : first >= 0xf1 && first < 0xf4 && continues                  ? 4
                                                                                            : 0;
            if (utf8_length(bytes, sizeof bytes) != expected)
                fail_msg("%02x %02x: %zu bytes, not %zu", first, second, utf8_length(bytes, sizeof bytes), expected);
        }
    }
    assert_int_equal(utf8_length("\xe2\x82"
                                 "a",
                                 3),
                     0);
    assert_int_equal(utf8_length("\xf0\x90\x80"
                                 "a",
                                 4),
                     0);
}

static void cuts_leave_characters_whole(void **state) {
    (void)state;
    static const char text[] = "a\u00fc\u20ac\U0001f408";
    static const size_t whole[] = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 10, 10};
    for (size_t most = 0; most < sizeof whole / sizeof *whole; most++)
        assert_int_equal(utf8_whole(text, most), whole[most]);
    assert_int_equal(utf8_whole("\x80\x80\x80\x80", 2), 0); /* nothing that could be kept */
}

int main(void) {
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_character_is_read),
        cmocka_unit_test(nothing_else_is),
        cmocka_unit_test(cuts_leave_characters_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
