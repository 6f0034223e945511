#include "app/base/format.h"

#include "app/base/language.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void format_decimal_sign(char *text, size_t size) {
    /* TRANSLATORS: what stands between the whole and the decimals of a number: "." or "," */
    const char *sign = trc("decimal sign", ".");
    char *point = strchr(text, '.');
    size_t length = strlen(sign), behind = point ? strlen(point + 1) + 1 : 0;
    if (!point || (size_t)(point - text) + length + behind > size)
        return;
    memmove(point + length, point + 1, behind);
    memcpy(point, sign, length);
}

static void put_decimal_sign(char text[32]) {
    format_decimal_sign(text, 32);
}

void format_count(size_t count, char text[32]) {
    /* TRANSLATORS: what stands between each three digits of a large number: "," or "." or a narrow blank */
    const char *sign = trc("thousands separator", ",");
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%zu", count), out = 0;
    if (length + (length - 1) / 3 * (int)strlen(sign) >= 32)
        sign = "";
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            out += snprintf(text + out, (size_t)(32 - out), "%s", sign);
        text[out++] = digits[i];
    }
    text[out] = '\0';
}

void format_digits(double value, int digits, char text[32]) {
    snprintf(text, 32, "%.*g", digits, value);
    put_decimal_sign(text);
}

void format_decimals(double value, int decimals, char text[32]) {
    snprintf(text, 32, "%.*f", decimals, value);
    put_decimal_sign(text);
}

void format_percentage(double percent, int decimals, char text[32]) {
    char number[32];
    format_decimals(percent, decimals, number);
    /* TRANSLATORS: a percentage, "81.7 %" */
    snprintf(text, 32, trc("percentage", "%s %%"), number);
}

void format_percentage_whole(double percent, char text[32]) {
    char with_blank[32];
    format_percentage(percent, 0, with_blank);
    const char *blank = strchr(with_blank, ' ');
    if (blank)
        snprintf(text, 32, "%.*s\u00a0%s", (int)(blank - with_blank), with_blank, blank + 1);
    else
        snprintf(text, 32, "%s", with_blank);
}

double format_share(double share) {
    double tenths = round(1000.0 * share);
    if (share > 0.0 && share < 1.0)
        tenths = fmin(fmax(tenths, 1.0), 999.0);
    return tenths / 1000.0;
}

void format_percent(double share, char text[32]) {
    if (isnan(share))
        snprintf(text, 32, "\u2013");
    else
        format_percentage(100.0 * format_share(share), 1, text);
}

/* 1.25e-5, 2.45e7: without the plus and the zeros that C puts into exponents */
static void shorten_power(char text[32]) {
    char *digits = strchr(text, 'e');
    if (!digits)
        return;
    digits += digits[1] == '-' ? 2 : 1;
    char *from = digits;
    while ((*from == '+' || *from == '0') && from[1])
        from++;
    memmove(digits, from, strlen(from) + 1);
}

static void format_power(double value, char text[32]) {
    snprintf(text, 32, "%.2e", value);
    shorten_power(text);
}

/* A number of more digits than that, with zeros in place of the others. */
static double rounded_to(double value, int digits) {
    double unit = value != 0.0 ? pow(10.0, floor(log10(fabs(value))) + 1.0 - digits) : 1.0;
    return unit > 1.0 ? round(value / unit) * unit : value;
}

static void write_figure(double value, char text[32]) {
    double size = fabs(value);
    if (size != 0.0 && (size < 0.0005 || size >= 99950.0))
        format_power(value, text);
    else if (size >= 99.95)
        snprintf(text, 32, "%.0f", rounded_to(value, 3));
    else if (size >= 9.995)
        snprintf(text, 32, "%.1f", value);
    else if (size >= 0.9995)
        snprintf(text, 32, "%.2f", value);
    else
        snprintf(text, 32, "%.*f",
                 size == 0.0 || size >= 0.09995 ? 3
                 : size >= 0.009995             ? 4
                 : size >= 0.0009995            ? 5
                                                : 6,
                 value);
}

void format_figure(double value, char text[32]) {
    if (!isfinite(value)) {
        const char *words = isnan(value)  ? trc("number", "undefined")
                            : value > 0.0 ? trc("number", "infinite")
                                          : trc("number", "-infinite");
        snprintf(text, 32, "%s", words);
        return;
    }
    write_figure(value, text);
    put_decimal_sign(text);
}

void format_number_c(double value, int digits, char text[32]) {
    double size = fabs(value);
    if (!isfinite(value) || (size != 0.0 && size < 1e-4) || size >= 1e15 || (digits <= 3 && size >= 99950.0)) {
        snprintf(text, 32, "%.*g", digits < 17 ? digits : 17, value);
        shorten_power(text);
        return;
    }
    value = rounded_to(value, digits);
    /* as many decimals as the digits ask for, none behind a large number, and no zeros at the end */
    int whole = size > 0.0 ? (int)floor(log10(size)) + 1 : 1, decimals = digits - whole;
    decimals = decimals < 0 ? 0 : decimals > 15 ? 15 : decimals;
    snprintf(text, 32, "%.*f", decimals, value);
    if (strchr(text, '.') && !strchr(text, 'e')) {
        char *end = text + strlen(text);
        while (end[-1] == '0')
            *--end = '\0';
        if (end[-1] == '.')
            *--end = '\0';
    }
}

void format_number(double value, int digits, char text[32]) {
    format_number_c(value, digits, text);
    put_decimal_sign(text);
}

double round_by_hand(double value, double size, int digits) {
    double step = pow(10.0, floor(log10(size)) - (double)(digits - 1));
    char text[32];
    snprintf(text, sizeof text, "%.12g", round(value / step) * step);
    return strtod(text, NULL);
}

void format_shifted_c(double origin, float position, char text[32]) {
    double value = origin + (double)position, size = fabs(value);
    bool plain = size == 0.0 || (size >= 1e-4 && size < 1e15);
    int whole = plain && size > 0.0 ? (int)floor(log10(size)) + 1 : 1;
    for (int digits = whole > 1 ? whole : 1; digits <= 17; digits++) {
        if (plain)
            snprintf(text, 32, "%.*f", digits - whole, value);
        else
            snprintf(text, 32, "%.*g", digits, value);
        if ((float)(strtod(text, NULL) - origin) == position)
            return;
    }
}

void format_shifted(double origin, float position, char text[32]) {
    format_shifted_c(origin, position, text);
    put_decimal_sign(text);
}

/* All of the text, blanks around it aside; infinite for "inf" and for what no double can hold. */
static bool read_all(const char *text, double *value) {
    char *end;
    *value = strtod(text, &end); /* skips the blanks before it */
    if (end == text)
        return false;
    while (isspace((unsigned char)*end))
        end++;
    return !*end;
}

bool parse_number_c(const char *text, double *value) {
    double parsed;
    if (!read_all(text, &parsed) || !isfinite(parsed))
        return false;
    *value = parsed;
    return true;
}

enum { TYPED_MOST = 256 }; /* bytes of a number; longer ones are none in another language than C's */

/* The number with C's decimal sign for the language's, if that stands in it once and no other does. */
static const char *with_point(const char *text, char c[TYPED_MOST]) {
    const char *sign = trc("decimal sign", "."), *at = strstr(text, sign);
    size_t length = strlen(sign);
    if (!at || length == 0 || strcmp(sign, ".") == 0 || strchr(text, '.') || strstr(at + length, sign) ||
        strlen(text) >= TYPED_MOST)
        return text;
    snprintf(c, TYPED_MOST, "%.*s.%s", (int)(at - text), text, at + length);
    return c;
}

bool parse_number(const char *text, double *value) {
    char c[TYPED_MOST];
    return parse_number_c(with_point(text, c), value);
}

bool is_beyond_numbers(const char *text) {
    char c[TYPED_MOST];
    double parsed;
    text = with_point(text, c);
    return read_all(text, &parsed) && isinf(parsed) && !strpbrk(text, "iI"); /* "inf" is a word */
}
