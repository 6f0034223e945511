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

bool utf8_is_control(const char *text, size_t bytes) {
    const unsigned char *c = (const unsigned char *)text;
    if (bytes == 1)
        return c[0] < 0x20 || c[0] == 0x7f;
    if (bytes == 2)
        return (c[0] == 0xc2 && c[1] < 0xa0) || (c[0] == 0xd8 && c[1] == 0x9c); /* U+061C */
    if (bytes != 3 || c[0] != 0xe2)
        return false;
    return (c[1] == 0x80 && (c[2] == 0x8e || c[2] == 0x8f || (c[2] >= 0xa8 && c[2] <= 0xae))) || /* U+200E, U+2028 */
           (c[1] == 0x81 && c[2] >= 0xa6 && c[2] <= 0xa9);                                       /* U+2066 */
}

/* Bytes of what is no character: the beginning of one, as far as it is there, or a byte. */
static size_t broken_length(const char *text, size_t left) {
    const unsigned char *c = (const unsigned char *)text;
    size_t most = c[0] < 0xc2 || c[0] > 0xf4 ? 1 : c[0] < 0xe0 ? 2 : c[0] < 0xf0 ? 3 : 4, length = 1;
    while (length < most && length < left && (c[length] & 0xc0) == 0x80)
        length++;
    return length;
}

static size_t clean(char *text, size_t size, const char *kept) {
    size_t used = 0;
    for (size_t at = 0, bytes; at < size; at += bytes) {
        bytes = utf8_length(text + at, size - at);
        bool keeps = bytes == 1 && text[at] != '\0' && strchr(kept, text[at]);
        if (bytes == 0 || (utf8_is_control(text + at, bytes) && !keeps)) {
            bytes = bytes > 0 ? bytes : broken_length(text + at, size - at);
            text[used++] = '?';
        } else {
            memmove(text + used, text + at, bytes);
            used += bytes;
        }
    }
    return used;
}

void utf8_clean(char *text) {
    text[clean(text, strlen(text), "")] = '\0';
}

size_t utf8_clean_lines(char *text, size_t size) {
    return clean(text, size, "\n\t");
}
