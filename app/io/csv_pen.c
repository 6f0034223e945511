#include "app/io/csv_pen_private.h"

#include "app/io/points_format.h"

#include <math.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#define NUMBER_MAX 32 /* characters of a number in a table, with the final 0 */

/* 10^0 to 10^22: exact in double. */
static const double powers_of_ten[] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,  1e8,  1e9,  1e10, 1e11,
                                       1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

/* |value| * 10^(8 - exponent): the nine digits as a number, rounded once. */
static double nine_digits(double value, int exponent) {
    int power = 8 - exponent;
    return power >= 0 ? value * powers_of_ten[power] : value / powers_of_ten[-power];
}

/* Writes value as %.9g does, several times as fast: a file of a million points has millions of them. The
 * digits are value times an exact power of ten, rounded once, so they can be wrong only if they lie within a
 * millionth of a tie; then, and for what is too large or small, printf decides. Returns the length. */
static size_t format_float(char text[NUMBER_MAX], float value) {
    if (value == 0 && !signbit(value)) {
        memcpy(text, "0", 2);
        return 1;
    }
    double magnitude = fabs((double)value);
    if (!(magnitude >= 1e-13 && magnitude < 1e15))
        return (size_t)snprintf(text, NUMBER_MAX, "%.9g", (double)value);
    int exponent = (int)floor(log10(magnitude));
    double scaled = nine_digits(magnitude, exponent);
    if (scaled < 1e8) { /* log10 rounded up to the next whole number */
        exponent--;
        scaled = nine_digits(magnitude, exponent);
    }
    double whole = floor(scaled), rest = scaled - whole;
    if (fabs(rest - 0.5) < 1e-6)
        return (size_t)snprintf(text, NUMBER_MAX, "%.9g", (double)value);
    uint32_t number = (uint32_t)whole + (rest > 0.5);
    if (number >= 1000000000) { /* 999999999.7, or log10 rounded down */
        number = 100000000;
        exponent++;
    }
    char digits[9];
    for (int i = 8; i >= 0; i--) {
        digits[i] = (char)('0' + number % 10);
        number /= 10;
    }
    int count = 9;
    while (count > 1 && digits[count - 1] == '0')
        count--;
    char *out = text;
    if (value < 0)
        *out++ = '-';
    if (exponent < -4 || exponent >= 9) { /* d.ddde-05 */
        *out++ = digits[0];
        if (count > 1) {
            *out++ = '.';
            memcpy(out, digits + 1, (size_t)count - 1);
            out += count - 1;
        }
        *out++ = 'e';
        *out++ = exponent < 0 ? '-' : '+';
        int absolute = abs(exponent);
        *out++ = (char)('0' + absolute / 10);
        *out++ = (char)('0' + absolute % 10);
    } else if (exponent < 0) { /* 0.00ddd */
        *out++ = '0';
        *out++ = '.';
        for (int i = -1; i > exponent; i--)
            *out++ = '0';
        memcpy(out, digits, (size_t)count);
        out += count;
    } else { /* ddd.ddd, or ddd with its zeros */
        for (int i = 0; i < count || i <= exponent; i++) {
            if (i == exponent + 1)
                *out++ = '.';
            *out++ = i < count ? digits[i] : '0';
        }
    }
    *out = '\0';
    return (size_t)(out - text);
}

void pen_flush(Pen *pen) {
    fwrite(pen->data, 1, pen->used, pen->stream); /* errors are sticky: the commit reports them */
    pen->used = 0;
}

void pen_float(Pen *pen, float value) {
    pen->used += format_float(pen_room(pen, NUMBER_MAX), value);
}

void pen_count(Pen *pen, const char *prefix, size_t value) {
    pen->used += (size_t)snprintf(pen_room(pen, NUMBER_MAX), NUMBER_MAX, "%s%zu", prefix, value);
}

void pen_text(Pen *pen, const char *text) {
    for (size_t length = strlen(text); length > 0;) {
        size_t piece = length < sizeof pen->data ? length : sizeof pen->data;
        memcpy(pen_room(pen, piece), text, piece);
        pen->used += piece;
        text += piece;
        length -= piece;
    }
}

static bool has_controls(const char *name) {
    for (; *name; name++)
        if ((unsigned char)*name < 0x20 || *name == 0x7f)
            return true;
    return false;
}

void pen_cell(Pen *pen, const char *name) {
    /* what a line that begins with these could be taken for: a comment, a quote, another program's file */
    bool plain = name[0] != '\0' && !strchr("#%'[{<@", name[0]);
    if (plain && name[strcspn(name, ",;\"")] == '\0' && !has_controls(name) &&
        !points_is_missing(NULL, name, strlen(name))) {
        pen_text(pen, name);
        return;
    }
    pen_char(pen, '"');
    for (; *name != '\0'; name++) {
        if (*name == '"')
            pen_char(pen, '"');
        pen_char(pen, *name);
    }
    pen_char(pen, '"');
}
