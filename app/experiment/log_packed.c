#include "app/experiment/log_packed.h"

#include <string.h>

_Static_assert(__BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__, "packed numbers are as they are in memory");

static const char DIGITS[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/* ---- writing ---- */

void log_put_packed(LogText *text, const void *bytes, size_t size) {
    const unsigned char *b = bytes;
    char *to = log_put_room(text, log_packed_length(size));
    if (!to)
        return;
    for (; size >= 3; size -= 3, b += 3, to += 4) {
        uint32_t three = (uint32_t)b[0] << 16 | (uint32_t)b[1] << 8 | b[2];
        to[0] = DIGITS[three >> 18];
        to[1] = DIGITS[three >> 12 & 63];
        to[2] = DIGITS[three >> 6 & 63];
        to[3] = DIGITS[three & 63];
    }
    if (size == 0)
        return;
    uint32_t three = (uint32_t)b[0] << 16 | (size > 1 ? (uint32_t)b[1] << 8 : 0);
    to[0] = DIGITS[three >> 18];
    to[1] = DIGITS[three >> 12 & 63];
    to[2] = size > 1 ? DIGITS[three >> 6 & 63] : '=';
    to[3] = '=';
}

/* The parts as one row of bytes, of which the next ones are taken. */
typedef struct Walk {
    const PackedPart *part;
    size_t at; /* in it */
} Walk;

/* Copies the next `size` bytes from the parts, or, with `in`, into them. */
static void walk(Walk *w, unsigned char *bytes, size_t size, bool in) {
    while (size > 0) {
        size_t left = w->part->size - w->at, piece = left < size ? left : size;
        unsigned char *there = (unsigned char *)w->part->bytes + w->at;
        if (piece > 0)
            memcpy(in ? there : bytes, in ? bytes : there, piece);
        bytes += piece;
        size -= piece;
        w->at += piece;
        if (w->at == w->part->size)
            *w = (Walk){w->part + 1, 0};
    }
}

static size_t sum_of(const PackedPart *parts, int count) {
    size_t sum = 0;
    for (int i = 0; i < count; i++)
        sum += parts[i].size;
    return sum;
}

size_t log_packed_lines(size_t bytes) {
    return (bytes + LOG_PACKED_BYTES - 1) / LOG_PACKED_BYTES;
}

static size_t in_line(size_t left) {
    return left < LOG_PACKED_BYTES ? left : LOG_PACKED_BYTES;
}

void log_put_packed_lines(LogText *text, const PackedPart *parts, int count) {
    unsigned char bytes[LOG_PACKED_BYTES];
    Walk w = {parts, 0};
    const char begins = LOG_PACKED;
    for (size_t left = sum_of(parts, count), size; left > 0; left -= size) {
        size = in_line(left);
        walk(&w, bytes, size, false);
        log_put_bytes(text, &begins, 1);
        log_put_packed(text, bytes, size);
        log_put_bytes(text, "\n", 1);
    }
}

/* ---- reading ---- */

/* What a digit stands for; 64: it is none. */
static unsigned value_of(unsigned char c) {
    static const unsigned char VALUES[256] = {
        /* each is one more than its value, so that those that are not told are none */
        ['A'] = 1, 2,  3,  4,  5,          6,  7,  8,  9,  10, 11,         12, 13, 14, 15,         16,
        17,        18, 19, 20, 21,         22, 23, 24, 25, 26, ['a'] = 27, 28, 29, 30, 31,         32,
        33,        34, 35, 36, 37,         38, 39, 40, 41, 42, 43,         44, 45, 46, 47,         48,
        49,        50, 51, 52, ['0'] = 53, 54, 55, 56, 57, 58, 59,         60, 61, 62, ['+'] = 63, ['/'] = 64,
    };
    return (VALUES[c] - 1u) & 0xffu;
}

static bool take_four(const char *c, uint32_t *three) {
    unsigned a = value_of((unsigned char)c[0]), b = value_of((unsigned char)c[1]), d = value_of((unsigned char)c[2]),
             e = value_of((unsigned char)c[3]);
    *three = a << 18 | b << 12 | d << 6 | e;
    return (a | b | d | e) < 64;
}

/* The last one or two bytes: "QQ==" or "QUI=". */
static bool take_last(const char *c, unsigned char *bytes, size_t size) {
    char whole[4];
    memcpy(whole, c, 4);
    uint32_t three;
    bool good = whole[3] == '=' && (size > 1 || whole[2] == '=');
    whole[3] = 'A';
    whole[2] = size > 1 ? whole[2] : 'A';
    good = good && take_four(whole, &three);
    if (!good || (three & (size > 1 ? 0xffu : 0xffffu)) != 0)
        return false;
    bytes[0] = (unsigned char)(three >> 16);
    if (size > 1)
        bytes[1] = (unsigned char)(three >> 8);
    return true;
}

bool log_take_packed(const char **c, void *bytes, size_t size) {
    unsigned char *b = bytes;
    const char *from = *c;
    size_t length = log_packed_length(size);
    if (strnlen(from, length) < length)
        return false;
    uint32_t three;
    for (; size >= 3; size -= 3, from += 4, b += 3) {
        if (!take_four(from, &three))
            return false;
        b[0] = (unsigned char)(three >> 16);
        b[1] = (unsigned char)(three >> 8);
        b[2] = (unsigned char)three;
    }
    if (size > 0 && !take_last(from, b, size))
        return false;
    *c += length;
    return true;
}

bool log_take_packed_lines(const PackedPart *parts, int count, char *const *lines, size_t line_count, size_t *used) {
    unsigned char bytes[LOG_PACKED_BYTES];
    Walk w = {parts, 0};
    size_t left = sum_of(parts, count);
    for (*used = 0; left > 0; ++*used) {
        size_t size = in_line(left);
        const char *c = *used < line_count ? lines[*used] : "";
        if (*c != LOG_PACKED)
            return false;
        c++;
        if (!log_take_packed(&c, bytes, size) || *c != '\0')
            return false;
        walk(&w, bytes, size, true);
        left -= size;
    }
    return true;
}
