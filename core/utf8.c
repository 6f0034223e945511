#include "core/utf8.h"

#include <string.h>

size_t utf8_length(const char *text, size_t left) {
    const unsigned char *c = (const unsigned char *)text;
    size_t length = c[0] < 0x80 ? 1 : c[0] < 0xc2 ? 0 : c[0] < 0xe0 ? 2 : c[0] < 0xf0 ? 3 : c[0] < 0xf5 ? 4 : 0;
    if (length > left)
        return 0;
    for (size_t i = 1; i < length; i++)
        if ((c[i] & 0xc0) != 0x80)
            return 0;
    unsigned char lowest = c[0] == 0xe0 ? 0xa0 : c[0] == 0xf0 ? 0x90 : 0x80;
    unsigned char highest = c[0] == 0xed ? 0x9f : c[0] == 0xf4 ? 0x8f : 0xbf;
    return length > 1 && (c[1] < lowest || c[1] > highest) ? 0 : length;
}

uint32_t utf8_letter(const char *text, size_t left, size_t *bytes) {
    const unsigned char *c = (const unsigned char *)text;
    size_t length = utf8_length(text, left);
    *bytes = length > 0 ? length : 1;
    uint32_t letter = length > 1 ? c[0] & (0xffu >> (length + 1)) : c[0];
    for (size_t i = 1; i < length; i++)
        letter = letter << 6 | (c[i] & 0x3f);
    return letter;
}

size_t utf8_whole(const char *text, size_t most) {
    size_t length = strnlen(text, most + 1);
    if (length <= most)
        return length;
    while (most > 0 && ((unsigned char)text[most] & 0xc0) == 0x80)
        most--;
    return most;
}
