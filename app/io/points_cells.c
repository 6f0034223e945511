#include "app/io/points_private.h"

#include <stdlib.h>
#include <string.h>

static bool is_blank(char c) {
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

void points_trim(const char **text, size_t *length) {
    while (*length > 0 && is_blank((*text)[0])) {
        (*text)++;
        (*length)--;
    }
    while (*length > 0 && is_blank((*text)[*length - 1]))
        (*length)--;
}

bool points_is_blank(const char *text, size_t length) {
    points_trim(&text, &length);
    return length == 0;
}

bool points_is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* Straight to float32: by way of double a text would be rounded twice. */
bool points_read_number(const char *text, size_t length, bool decimal_comma, float *value, double *wide) {
    char copy[POINTS_LABEL_MAX + 1];
    const char *comma = decimal_comma ? memchr(text, ',', length) : NULL;
    if (comma) {
        if (length > POINTS_LABEL_MAX || memchr(text, '.', length))
            return false;
        memcpy(copy, text, length);
        copy[length] = '\0';
        copy[comma - text] = '.';
        text = copy;
    }
    char *end;
    if (wide)
        *wide = strtod(text, &end);
    else
        *value = strtof(text, &end);
    return end == text + length;
}
