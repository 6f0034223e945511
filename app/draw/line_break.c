#include "app/draw/line_break.h"

#include "core/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

/* Han, kana and full-width forms; not Hangul, since Korean sets blanks between words. */
static bool stands_alone(uint32_t letter) {
    return (letter >= 0x2e80 && letter < 0xac00) || (letter >= 0xf900 && letter < 0xfb00) ||
           (letter >= 0xfe30 && letter < 0xfe70) || (letter >= 0xff00 && letter < 0xff61) ||
           (letter >= 0x20000 && letter < 0x40000);
}

static bool is_in(const char *letters, const char *utf8, size_t bytes) {
    for (size_t has; *letters; letters += has) {
        utf8_letter(letters, UTF8_LONGEST, &has);
        if (has == bytes && memcmp(letters, utf8, bytes) == 0)
            return true;
    }
    return false;
}

static bool may_part(const char *before, size_t before_bytes, const char *behind, size_t behind_bytes) {
    static const char begins[] = "（《〈「『【〔［｛“‘([{",
                      ends[] = "）》〉」』】〕］｝”’)]}，。、：；？！…—·ー々％%,.:;?!";
    size_t bytes;
    if (!stands_alone(utf8_letter(before, UTF8_LONGEST, &bytes)) &&
        !stands_alone(utf8_letter(behind, UTF8_LONGEST, &bytes)))
        return false;
    return !is_in(begins, before, before_bytes) && !is_in(ends, behind, behind_bytes);
}

size_t line_break_next(const char *utf8, size_t at) {
    while (utf8[at]) {
        size_t bytes, more;
        utf8_letter(utf8 + at, UTF8_LONGEST, &bytes);
        size_t next = at + bytes;
        if ((utf8[next] == ' ' && utf8[at] != ' ') || utf8[next] == '\0')
            return next;
        utf8_letter(utf8 + next, UTF8_LONGEST, &more);
        if (utf8[at] != ' ' && may_part(utf8 + at, bytes, utf8 + next, more))
            return next;
        at = next;
    }
    return at;
}
