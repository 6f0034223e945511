#include "app/draw/line_break.h"

#include "core/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

static uint32_t letter_at(const char *utf8, size_t *bytes) {
    static const unsigned char FIRST[] = {0, 0x7f, 0x1f, 0x0f, 0x07}; /* bits of the first byte, by length */
    size_t length = utf8_length(utf8, UTF8_LONGEST);
    *bytes = length > 0 ? length : 1;
    uint32_t letter = length > 0 ? (unsigned char)utf8[0] & FIRST[length] : 0;
    for (size_t i = 1; i < length; i++)
        letter = letter << 6 | ((unsigned char)utf8[i] & 0x3f);
    return letter;
}

/* Han, kana and full-width forms; not Hangul, since Korean sets blanks between words. */
static bool stands_alone(uint32_t letter) {
    return (letter >= 0x2e80 && letter < 0xac00) || (letter >= 0xf900 && letter < 0xfb00) ||
           (letter >= 0xfe30 && letter < 0xfe70) || (letter >= 0xff00 && letter < 0xff61) ||
           (letter >= 0x20000 && letter < 0x40000);
}

static bool is_in(const char *letters, const char *utf8, size_t bytes) {
    for (size_t has; *letters; letters += has) {
        letter_at(letters, &has);
        if (has == bytes && memcmp(letters, utf8, bytes) == 0)
            return true;
    }
    return false;
}

static bool may_part(const char *before, size_t before_bytes, const char *behind, size_t behind_bytes) {
    static const char begins[] = "（《〈「『【〔［｛“‘([{",
                      ends[] = "）》〉」』】〕］｝”’)]}，。、：；？！…—·ー々％%,.:;?!";
    size_t bytes;
    if (!stands_alone(letter_at(before, &bytes)) && !stands_alone(letter_at(behind, &bytes)))
        return false;
    return !is_in(begins, before, before_bytes) && !is_in(ends, behind, behind_bytes);
}

size_t line_break_next(const char *utf8, size_t at) {
    while (utf8[at]) {
        size_t bytes, more;
        letter_at(utf8 + at, &bytes);
        size_t next = at + bytes;
        if ((utf8[next] == ' ' && utf8[at] != ' ') || utf8[next] == '\0')
            return next;
        letter_at(utf8 + next, &more);
        if (utf8[at] != ' ' && may_part(utf8 + at, bytes, utf8 + next, more))
            return next;
        at = next;
    }
    return at;
}
