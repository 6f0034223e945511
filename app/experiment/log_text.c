#include "app/experiment/log_text.h"

#include "core/config.h"

#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* ---- writing ---- */

void log_text_free(LogText *text) {
    free(text->text);
    *text = (LogText){0};
}

static bool make_place(LogText *t, size_t more) {
    if (t->failed)
        return false;
    if (more <= t->capacity - t->size)
        return true;
    size_t capacity = 2 * (t->size + more) + 256;
    char *longer = realloc(t->text, capacity);
    if (!longer) {
        t->failed = true;
        return false;
    }
    t->text = longer;
    t->capacity = capacity;
    return true;
}

char *log_put_room(LogText *t, size_t count) {
    if (!make_place(t, count))
        return NULL;
    t->size += count;
    return t->text + t->size - count;
}

void log_put_bytes(LogText *t, const char *bytes, size_t count) {
    if (count == 0 || !make_place(t, count))
        return;
    memcpy(t->text + t->size, bytes, count);
    t->size += count;
}

void log_put(LogText *t, const char *format, ...) {
    char piece[SETTING_TEXT_MAX + 64];
    va_list arguments;
    va_start(arguments, format);
    int length = vsnprintf(piece, sizeof piece, format, arguments);
    va_end(arguments);
    if (length < 0 || (size_t)length >= sizeof piece)
        t->failed = true;
    else
        log_put_bytes(t, piece, (size_t)length);
}

void log_put_whole(LogText *t, uint64_t value) {
    char digits[20], *first = digits + sizeof digits;
    do
        *--first = (char)('0' + value % 10);
    while ((value /= 10) > 0);
    log_put_bytes(t, first, (size_t)(digits + sizeof digits - first));
}

void log_put_float(LogText *t, float value) {
    char text[REAL_TEXT_MAX];
    for (int digits = 6; digits <= 9; digits++) { /* with 9 every float reads back */
        snprintf(text, sizeof text, "%.*g", digits, (double)value);
        if (strtof(text, NULL) == value)
            break;
    }
    log_put_bytes(t, text, strlen(text));
}

void log_put_double(LogText *t, double value) {
    char text[REAL_TEXT_MAX];
    real_format(value, text);
    log_put_bytes(t, text, strlen(text));
}

void log_put_name(LogText *t, const char *name) {
    for (; *name; name++) {
        unsigned char byte = (unsigned char)*name;
        bool like_sum = strncmp(name, LOG_SUM_WORD, strlen(LOG_SUM_WORD)) == 0; /* it must not end a line */
        if (byte < 0x20 || byte == 0x7f || byte == '%' || like_sum)
            log_put(t, "%%%02x", byte);
        else
            log_put_bytes(t, name, 1);
    }
}

/* ---- reading ---- */

bool log_take(const char **c, const char *characters) {
    size_t length = strlen(characters);
    if (strncmp(*c, characters, length) != 0)
        return false;
    *c += length;
    return true;
}

bool log_take_word(const char **c, const char *word) {
    const char *at = *c;
    if (!log_take(&at, word) || (*at != ' ' && *at != '\0'))
        return false;
    *c = *at == ' ' ? at + 1 : at;
    return true;
}

bool log_take_whole(const char **c, uint64_t most, uint64_t *value) {
    const char *at = *c;
    uint64_t number = 0;
    for (; *at >= '0' && *at <= '9'; at++) {
        uint64_t digit = (uint64_t)(*at - '0');
        if (number > (most - digit) / 10 || digit > most)
            return false;
        number = 10 * number + digit;
    }
    if (at == *c)
        return false;
    *c = at;
    *value = number;
    return true;
}

/* Whether a number begins there as it is written here: strtod reads blanks, infinity and hexadecimal as well. */
static bool begins_number(const char *c) {
    c += *c == '-';
    return *c >= '0' && *c <= '9' && c[1] != 'x' && c[1] != 'X';
}

bool log_take_double(const char **c, double *value) {
    char *end;
    double number = begins_number(*c) ? strtod(*c, &end) : (double)NAN;
    if (!isfinite(number))
        return false;
    *c = end;
    *value = number;
    return true;
}

bool log_take_float(const char **c, float *value) {
    char *end;
    float number = begins_number(*c) ? strtof(*c, &end) : NAN;
    if (!isfinite(number))
        return false;
    *c = end;
    *value = number;
    return true;
}

static int digit_of(char c) {
    return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool log_take_hex(const char **c, uint32_t *value) {
    uint32_t number = 0;
    for (int i = 0; i < 8; i++) {
        int digit = digit_of((*c)[i]);
        if (digit < 0)
            return false;
        number = number << 4 | (uint32_t)digit;
    }
    *c += 8;
    *value = number;
    return true;
}

char *log_take_name(const char **c, size_t *length) {
    char *name = malloc(strlen(*c) + 1), *to = name;
    for (const char *at = *c; name && *at; at++) {
        if (*at != '%') {
            *to++ = *at;
            continue;
        }
        int high = digit_of(at[1]), low = high < 0 ? -1 : digit_of(at[2]);
        if (low < 0 || high + low == 0) {
            free(name);
            return NULL;
        }
        *to++ = (char)(16 * high + low);
        at += 2;
    }
    if (!name)
        return NULL;
    *to = '\0';
    *length = (size_t)(to - name);
    *c += strlen(*c);
    return name;
}

uint32_t log_sum(uint32_t sum, const void *bytes, size_t count) {
    const unsigned char *b = bytes;
    for (size_t i = 0; i < count; i++)
        sum = (sum ^ b[i]) * UINT32_C(16777619);
    return sum;
}

/* As it is done for a line of packed bytes: four at a time, the last ones alone. */
static uint32_t sum_by_fours(uint32_t sum, const char *line, size_t count) {
    size_t fours = count / 4;
    for (size_t i = 0; i < fours; i++) {
        const unsigned char *b = (const unsigned char *)line + 4 * i;
        uint32_t four = (uint32_t)b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
        sum = (sum ^ four) * UINT32_C(16777619);
    }
    return log_sum(sum, line + 4 * fours, count - 4 * fours);
}

uint32_t log_sum_lines(uint32_t sum, const char *lines, size_t count) {
    for (size_t at = 0, next; at < count; at = next) {
        const char *end = memchr(lines + at, '\n', count - at);
        next = end ? (size_t)(end - lines) + 1 : count;
        sum = lines[at] == LOG_PACKED ? sum_by_fours(sum, lines + at, next - at) : log_sum(sum, lines + at, next - at);
    }
    return sum;
}

size_t log_summed_part(const char *line, size_t length, uint32_t *sum) {
    size_t tail = strlen(LOG_SUM_WORD) + 8;
    if (length < tail || memcmp(line + length - tail, LOG_SUM_WORD, strlen(LOG_SUM_WORD)) != 0)
        return 0;
    const char *c = line + length - 8;
    return log_take_hex(&c, sum) ? length - tail : 0;
}
