#include "app/io/points_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* Bytes of the blank that the text begins with, 0: it begins with none. No-break and ideographic blanks count: they
 * come from web pages and office programs, and nobody sees them. */
static size_t blank_length(const char *text, size_t length) {
    unsigned char a = (unsigned char)text[0];
    if (a == ' ' || a == '\t' || a == '\r' || a == '\n' || a == 0x1a) /* DOS ended texts with 0x1a */
        return 1;
    if (a == 0xc2 && length >= 2 && (unsigned char)text[1] == 0xa0)
        return 2;
    if (length >= 3 && a == 0xe2 && (unsigned char)text[1] == 0x80) {
        unsigned char c = (unsigned char)text[2]; /* U+2000 to U+200B, U+202F */
        return (c >= 0x80 && c <= 0x8b) || c == 0xaf ? 3 : 0;
    }
    if (length >= 3 && a == 0xe3 && (unsigned char)text[1] == 0x80 && (unsigned char)text[2] == 0x80)
        return 3; /* U+3000 */
    return length >= 3 && a == 0xef && (unsigned char)text[1] == 0xbb && (unsigned char)text[2] == 0xbf ? 3 : 0;
}

void points_trim(const char **text, size_t *length) {
    size_t blank;
    while (*length > 0 && (blank = blank_length(*text, *length)) > 0) {
        *text += blank;
        *length -= blank;
    }
    while (*length > 0) {
        const char *end = *text + *length;
        if (blank_length(end - 1, 1) == 1)
            *length -= 1;
        else if (*length >= 2 && blank_length(end - 2, 2) == 2)
            *length -= 2;
        else if (*length >= 3 && blank_length(end - 3, 3) == 3)
            *length -= 3;
        else
            break;
    }
}

bool points_is_digit(char c) {
    return c >= '0' && c <= '9';
}

static bool is_decimal_sign(char c, PointsDecimal decimal) {
    return (c == '.' && decimal != POINTS_DECIMAL_COMMA) || (c == ',' && decimal != POINTS_DECIMAL_POINT);
}

/* A plain decimal number of up to 19 digits with an exponent within 22 is a double by one operation on two that are
 * exact (Clinger 1990), and rounds from there to float as it would by itself, but where the double lies just between
 * two floats. False: strtof is to decide. */
static bool read_plain(const char *text, size_t length, PointsDecimal decimal, double *value) {
    static const double TENS[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                  1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};
    const char *at = text, *end = text + length;
    bool negative = at < end && *at == '-';
    at += at < end && (*at == '-' || *at == '+');
    uint64_t digits = 0;
    int count = 0, behind = 0;
    for (; at < end && points_is_digit(*at); at++, count++)
        digits = 10 * digits + (uint64_t)(*at - '0');
    if (at < end && is_decimal_sign(*at, decimal))
        for (at++; at < end && points_is_digit(*at); at++, count++, behind++)
            digits = 10 * digits + (uint64_t)(*at - '0');
    if (count == 0 || count > 19)
        return false;
    int exponent = 0;
    if (at < end && (*at == 'e' || *at == 'E')) {
        bool down = ++at < end && *at == '-';
        at += at < end && (*at == '-' || *at == '+');
        if (at == end || end - at > 3)
            return false;
        for (; at < end && points_is_digit(*at); at++)
            exponent = 10 * exponent + (*at - '0');
        exponent = down ? -exponent : exponent;
    }
    exponent -= behind;
    if (at != end || digits > (uint64_t)1 << 53 || exponent < -22 || exponent > 22)
        return false;
    double d = exponent < 0 ? (double)digits / TENS[-exponent] : (double)digits * TENS[exponent];
    *value = negative ? -d : d;
    return true;
}

/* Whether rounding this double to float gives what rounding the number itself would: it is none of the doubles in the
 * middle between two floats, and a normal float. */
static bool rounds_once(double d) {
    uint64_t bits;
    memcpy(&bits, &d, sizeof bits);
    double size = fabs(d);
    return (bits & 0x1fffffff) != 0x10000000 && ((size > 1e-37 && size < 3e38) || size == 0.0);
}

#define MINUS_SIGN "\u2212" /* as people write it, and word processors */

/* Straight to float32: by way of double a text would be rounded twice. */
bool points_read_number(const char *text, size_t length, PointsDecimal decimal, float *value, double *wide) {
    double plain;
    if (read_plain(text, length, decimal, &plain) && (wide || rounds_once(plain))) {
        if (wide)
            *wide = plain;
        else
            *value = (float)plain;
        return true;
    }
    if (length >= sizeof MINUS_SIGN && memcmp(text, MINUS_SIGN, sizeof MINUS_SIGN - 1) == 0 &&
        (points_is_digit(text[3]) || is_decimal_sign(text[3], decimal))) {
        if (!points_read_number(text + 3, length - 3, decimal, value, wide))
            return false;
        if (wide)
            *wide = -*wide;
        else
            *value = -*value;
        return true;
    }
    char copy[POINTS_NUMBER_MAX + 1];
    const char *comma = decimal != POINTS_DECIMAL_POINT ? memchr(text, ',', length) : NULL;
    if (length > POINTS_NUMBER_MAX || length == 0 ||
        ((comma || decimal == POINTS_DECIMAL_COMMA) && memchr(text, '.', length)))
        return false;
    for (size_t i = 0; i < length; i++) /* strtof knows hexadecimal numbers and names for NaN: nobody means those */
        if (!points_is_digit(text[i]) && !strchr("+-.eE", text[i]) && text + i != comma)
            return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    if (comma)
        copy[comma - text] = '.';
    char *end;
    if (wide)
        *wide = strtod(copy, &end);
    else
        *value = strtof(copy, &end);
    return end == copy + length;
}

/* ---- what is none ---- */

static size_t skip_digits(const char *text, size_t length, size_t at) {
    while (at < length && points_is_digit(text[at]))
        at++;
    return at;
}

static size_t skip_sign(const char *text, size_t length) {
    return length > 0 && (text[0] == '-' || text[0] == '+');
}

bool points_comma_is_decimal(const char *text, size_t length) {
    size_t begin = skip_sign(text, length), comma = skip_digits(text, length, begin);
    if (comma == length || text[comma] != ',')
        return false;
    size_t end = skip_digits(text, length, comma + 1), before = comma - begin, behind = end - comma - 1;
    if (behind == 0)
        return false;
    bool exponent = end < length && (text[end] == 'e' || text[end] == 'E');
    if (end < length && !exponent)
        return false;
    return exponent || before == 0 || before > 3 || text[begin] == '0' || behind != 3;
}

/* Bytes of what may stand between thousands at text[at]. */
static size_t thousands_mark(const char *text, size_t length, size_t at) {
    static const char *const MARKS[] = {",", ".", " ", "'", "_", "\u2019", "\u00a0", "\u202f", "\u2009", NULL};
    for (const char *const *mark = MARKS; *mark; mark++)
        if (length - at > strlen(*mark) && memcmp(text + at, *mark, strlen(*mark)) == 0)
            return strlen(*mark);
    return 0;
}

/* 1,234 or 1.234,5 or 1 234 567: groups of three digits behind one to three. */
static bool has_thousands(const char *text, size_t length) {
    size_t begin = skip_sign(text, length), at = skip_digits(text, length, begin), groups = 0;
    if (at == begin || at - begin > 3)
        return false;
    for (; at < length; groups++) {
        size_t mark = thousands_mark(text, length, at);
        if (mark == 0 || skip_digits(text, length, at + mark) != at + mark + 3)
            break;
        at += mark + 3;
    }
    return groups > 0 && (at == length || text[at] == '.' || text[at] == ',');
}

/* 1,23,456: groups of two digits behind one or two, and three at the end. */
static bool has_lakhs(const char *text, size_t length) {
    size_t at = skip_digits(text, length, skip_sign(text, length)), groups = 0;
    while (at < length && text[at] == ',' && skip_digits(text, length, at + 1) == at + 3) {
        at += 3;
        groups++;
    }
    return groups > 0 && at < length && text[at] == ',' && skip_digits(text, length, at + 1) == at + 4;
}

/* Fortran's 1.5D+00. */
static bool has_double_exponent(const char *text, size_t length) {
    const char *sign = memchr(text, 'D', length) ? memchr(text, 'D', length) : memchr(text, 'd', length);
    char copy[64];
    double value;
    if (!sign || length >= sizeof copy)
        return false;
    memcpy(copy, text, length);
    copy[length] = '\0';
    copy[sign - text] = 'e';
    return points_read_number(copy, length, POINTS_DECIMAL_EITHER, NULL, &value);
}

static bool is_date_or_time(const char *text, size_t length) {
    size_t first = skip_digits(text, length, 0);
    if (first == 0 || first > 4 || first + 1 >= length || !strchr("-/.:", text[first]))
        return false;
    size_t second = skip_digits(text, length, first + 1);
    if (second == first + 1 || second > first + 3)
        return false;
    return text[first] == ':' ||
           (second + 1 < length && text[second] == text[first] && points_is_digit(text[second + 1]));
}

/* A number and something behind or before it: a unit, a currency, a sign of percent. */
static bool has_unit(const char *text, size_t length) {
    const char *end = text + length;
    size_t begin = 0;
    while (begin < length && !points_is_digit(text[begin]))
        begin++;
    while (end > text + begin && !points_is_digit(end[-1]))
        end--;
    double value;
    return begin < length && !memchr(text, '#', length) && (size_t)(end - text) - begin < length &&
           points_read_number(text + begin, (size_t)(end - text) - begin, POINTS_DECIMAL_EITHER, NULL, &value) &&
           begin + length - (size_t)(end - text) <= 8;
}

const char *points_number_hint(const char *text, size_t length) {
    size_t begin = skip_sign(text, length);
    if (length > POINTS_NUMBER_MAX)
        return tr(" (write it in fewer digits)");
    if (has_thousands(text, length) || has_lakhs(text, length))
        return tr(" (write numbers without thousands separators)");
    if (points_comma_is_decimal(text, length))
        return tr(" (--decimal comma reads it)");
    if (has_double_exponent(text, length))
        return tr(" (write its exponent with e, as in 1.5e+00)");
    if (is_date_or_time(text, length))
        return tr(" (a date or time: write it as a number, such as days or seconds)");
    if (length > begin + 2 && text[begin] == '0' && (text[begin + 1] == 'x' || text[begin + 1] == 'X'))
        return tr(" (write it in decimal digits)");
    static const char *const ENDLESS[] = {"inf", "infinity", NULL};
    for (const char *const *word = ENDLESS; *word; word++)
        if (strlen(*word) == length - begin && strncasecmp(*word, text + begin, length - begin) == 0)
            return tr(" (only finite numbers can be drawn)");
    return has_unit(text, length) ? tr(" (write the number alone, without a unit or sign)") : "";
}

/* ---- missing values ---- */

/* Whether a word is the same number: -999 is -999.0, too. */
static bool is_same_number(const char *word, size_t word_length, const char *text, size_t length) {
    double a, b;
    return points_read_number(word, word_length, POINTS_DECIMAL_POINT, NULL, &a) &&
           points_read_number(text, length, POINTS_DECIMAL_EITHER, NULL, &b) && a == b;
}

bool points_is_missing(const char *words, const char *text, size_t length) {
    if (length == 0)
        return true;
    if (!words && length > 5) /* longer than each of them */
        return false;
    for (const char *word = words ? words : POINTS_MISSING;;) {
        size_t own = strcspn(word, ",");
        const char *name = word;
        size_t name_length = own;
        points_trim(&name, &name_length);
        if (name_length == length && strncasecmp(name, text, length) == 0)
            return true;
        if (words && is_same_number(name, name_length, text, length))
            return true;
        if (!word[own])
            return false;
        word += own + 1;
    }
}

int points_read_mark(const char *text, size_t length, const char *missing) {
    static const char *const WORDS[] = {"0", "1", "false", "true", "no", "yes"};
    double value;
    for (int w = 0; w < 6; w++)
        if (strcasecmp(text, WORDS[w]) == 0)
            return w % 2;
    if (points_is_missing(missing, text, length))
        return 0;
    bool number = points_read_number(text, length, POINTS_DECIMAL_EITHER, NULL, &value); /* 1.0, as of pandas */
    return number && (value == 0.0 || value == 1.0) ? (int)value : -1;
}
