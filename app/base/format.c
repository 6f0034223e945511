#include "app/base/format.h"

#include <ctype.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void format_count(size_t count, char text[32]) {
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%zu", count), out = 0;
    for (int i = 0; i < length; i++) {
        if (i > 0 && (length - i) % 3 == 0)
            text[out++] = ',';
        text[out++] = digits[i];
    }
    text[out] = '\0';
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
        snprintf(text, 32, "%.1f %%", 100.0 * format_share(share));
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

void format_figure(double value, char text[32]) {
    double size = fabs(value);
    if (!isfinite(value))
        snprintf(text, 32, "%s", isnan(value) ? "undefined" : value > 0.0 ? "infinite" : "-infinite");
    else if (size != 0.0 && (size < 0.0005 || size >= 99950.0))
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

void format_number(double value, int digits, char text[32]) {
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

double round_by_hand(double value, double size, int digits) {
    double step = pow(10.0, floor(log10(size)) - (double)(digits - 1));
    char text[32];
    snprintf(text, sizeof text, "%.12g", round(value / step) * step);
    return strtod(text, NULL);
}

void format_shifted(double origin, float position, char text[32]) {
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

bool parse_number(const char *text, double *value) {
    double parsed;
    if (!read_all(text, &parsed) || !isfinite(parsed))
        return false;
    *value = parsed;
    return true;
}

bool is_beyond_numbers(const char *text) {
    double parsed;
    return read_all(text, &parsed) && isinf(parsed) && !strpbrk(text, "iI"); /* "inf" is a word */
}
