#include "app/io/page_pen.h"

#include "core/config.h"
#include "core/utf8.h"

#include <math.h>
#include <string.h>

/* ---- JSON ---- */

/* Whether a character of so many bytes is U+2028 or U+2029. */
static bool ends_line(const char *text, size_t length) {
    return length == 3 && memcmp(text, "\xe2\x80", 2) == 0 && ((unsigned char)text[2] & 0xfe) == 0xa8;
}

void page_put_text(FILE *stream, const char *text) {
    if (!text) {
        fputs("null", stream);
        return;
    }
    putc('"', stream);
    for (size_t left = strlen(text), length; left > 0; text += length, left -= length) {
        length = utf8_length(text, left);
        unsigned char c = (unsigned char)text[0];
        if (length == 0) {
            fputs("\\ufffd", stream);
            length = 1;
        } else if (length == 1 && (c < 0x20 || c == 0x7f || strchr("\"\\<>&", c))) {
            fprintf(stream, "\\u%04x", c);
        } else if (ends_line(text, length)) {
            fprintf(stream, "\\u202%c", (text[2] & 1) ? '9' : '8');
        } else {
            fwrite(text, 1, length, stream);
        }
    }
    putc('"', stream);
}

void page_put_number(FILE *stream, double value) {
    char text[REAL_TEXT_MAX];
    if (!isfinite(value)) {
        fputs("null", stream);
        return;
    }
    real_format(value, text);
    fputs(text, stream);
}

/* ---- base64 ---- */

enum { CHUNK = 3 * 256 }; /* bytes that are written at a time */

/* Three bytes, or with fewer the end of the stream, as four characters. */
static void encode(const uint8_t bytes[3], int count, char out[4]) {
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    uint32_t word = (uint32_t)bytes[0] << 16 | (uint32_t)bytes[1] << 8 | bytes[2];
    for (int i = 0; i < 4; i++)
        out[i] = i <= count ? letters[word >> (18 - 6 * i) & 63] : '=';
}

void base64_put(FILE *stream, Base64 *base64, const void *bytes, size_t count) {
    const uint8_t *from = bytes, *end = from + count;
    char out[CHUNK / 3 * 4];
    while (from < end) {
        size_t used = 0;
        while (from < end && used < sizeof out) {
            base64->rest[base64->count++] = *from++;
            if (base64->count < 3)
                continue;
            encode(base64->rest, 3, out + used);
            base64->count = 0;
            used += 4;
        }
        fwrite(out, 1, used, stream);
    }
}

void base64_put_words(FILE *stream, Base64 *base64, const void *words, size_t count) {
    const uint8_t *from = words;
    uint8_t bytes[CHUNK];
    while (count > 0) {
        size_t n = count < CHUNK / 4 ? count : CHUNK / 4;
        for (size_t i = 0; i < n; i++) {
            uint32_t word;
            memcpy(&word, from + 4 * i, sizeof word);
            for (int k = 0; k < 4; k++)
                bytes[4 * i + (size_t)k] = (uint8_t)(word >> 8 * k);
        }
        base64_put(stream, base64, bytes, 4 * n);
        from += 4 * n;
        count -= n;
    }
}

void base64_end(FILE *stream, Base64 *base64) {
    char out[4];
    if (base64->count > 0) {
        memset(base64->rest + base64->count, 0, sizeof base64->rest - (size_t)base64->count);
        encode(base64->rest, base64->count, out);
        fwrite(out, 1, sizeof out, stream);
    }
    *base64 = (Base64){0};
}
