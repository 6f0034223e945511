/* The text form of settings, and when two are the same. */
#include "core/config_private.h"

#include <assert.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_whole(const Property *property) {
    return property->kind != KIND_REAL && property->kind != KIND_POINTS;
}

/* Values longer than this are cut in messages, where they are %.*s%s. */
#define SHOWN_MAX 60
#define SHOWN_ARGUMENTS(text, length)                                                                                  \
    (int)((length) > SHOWN_MAX ? SHOWN_MAX : (length)), (text), (length) > SHOWN_MAX ? "..." : ""

/* Shows the value as the person wrote it, so that a message about 1.0000000001 does not read "1 is above 1". */
static bool check_range(const Property *property, double value, const char *text, size_t length, Status *status) {
    if (is_whole(property) && value != floor(value))
        return status_fail(status, STATUS_USAGE, "%.*s%s is not a whole number", SHOWN_ARGUMENTS(text, length));
    if (value < property->minimum)
        return status_fail(status, STATUS_USAGE, "%.*s%s is below %.12g", SHOWN_ARGUMENTS(text, length),
                           property->minimum);
    if (value > property->maximum)
        return status_fail(status, STATUS_USAGE, "%.*s%s is above %.12g", SHOWN_ARGUMENTS(text, length),
                           property->maximum);
    return true;
}

/* ---- reading ---- */

static bool is_blank(char c) {
    return c == ' ' || c == '\t';
}

/* Takes blanks off both ends. */
static const char *trim(const char *text, size_t *length) {
    for (; *length > 0 && is_blank(text[0]); text++)
        (*length)--;
    while (*length > 0 && is_blank(text[*length - 1]))
        (*length)--;
    return text;
}

/* A number within the property's range from exactly these characters. */
static bool parse_number(const Property *property, const char *text, size_t length, double *number, Status *status) {
    text = trim(text, &length);
    if (length == 0)
        return status_fail(status, STATUS_USAGE, "a number is missing");
    /* strtod stops at the comma or the end, and beyond the text there are only blanks. */
    char *end;
    double value = strtod(text, &end);
    if (end != text + length || text[0] == '\n' || text[0] == '\r' || text[0] == '\v' || text[0] == '\f')
        return status_fail(status, STATUS_USAGE, "'%.*s%s' is not a number", SHOWN_ARGUMENTS(text, length));
    char first = text[text[0] == '-' || text[0] == '+' ? 1 : 0];
    if (isnan(value) || first == 'i' || first == 'I') /* 1e999 is out of range instead */
        return status_fail(status, STATUS_USAGE, "'%.*s%s' is not a finite number", SHOWN_ARGUMENTS(text, length));
    if (!check_range(property, value, text, length, status))
        return false;
    *number = value + 0.0;
    return true;
}

static bool parse_choice(const Property *property, const char *text, size_t length, double *number, Status *status) {
    char known[256] = "";
    size_t used = 0;
    for (size_t i = 0; property->choices[i]; i++) {
        const char *word = property->choices[i];
        if (strlen(word) == length && memcmp(word, text, length) == 0) {
            *number = (double)i;
            return true;
        }
        /* TRANSLATORS: before the last word of a list: "easy, hard or all" */
        const char *separator = i == 0 ? "" : !property->choices[i + 1] ? status_text(" or ") : ", ";
        int n = snprintf(known + used, sizeof known - used, "%s%s", separator, word);
        assert(n > 0 && (size_t)n < sizeof known - used);
        used += (size_t)n;
    }
    return status_fail(status, STATUS_USAGE, "'%.*s%s' is not one of %s", SHOWN_ARGUMENTS(text, length), known);
}

static bool parse_switch(const char *text, size_t length, double *number, Status *status) {
    bool on = length == 2 && memcmp(text, "on", 2) == 0;
    if (!on && !(length == 3 && memcmp(text, "off", 3) == 0))
        return status_fail(status, STATUS_USAGE, "'%.*s%s' is neither on nor off", SHOWN_ARGUMENTS(text, length));
    *number = on;
    return true;
}

/* Comma-separated numbers; the empty text is an empty list. */
static bool parse_list(const Property *property, const char *text, size_t length, double *numbers, size_t most,
                       size_t *count, Status *status) {
    *count = 0;
    while (length > 0) {
        const char *comma = memchr(text, ',', length);
        size_t item = comma ? (size_t)(comma - text) : length;
        double number;
        if (!parse_number(property, text, item, &number, status))
            return false;
        if (*count == most)
            return status_fail(status, STATUS_USAGE, "more than %zu numbers", most);
        numbers[(*count)++] = number;
        if (!comma)
            return true;
        text += item + 1;
        length -= item + 1;
        if (length == 0)
            return status_fail(status, STATUS_USAGE, "a number is missing after the last comma");
    }
    return true;
}

static bool parse_units(Settings *settings, const Property *property, const char *text, size_t length, Status *status) {
    double numbers[MAX_HIDDEN];
    size_t count;
    if (!parse_list(property, text, length, numbers, MAX_HIDDEN, &count, status))
        return false;
    memset(settings->hidden, 0, sizeof settings->hidden);
    for (size_t i = 0; i < count; i++)
        settings->hidden[i] = (int)numbers[i];
    settings->hidden_count = (int)count;
    return true;
}

static bool parse_points(Settings *settings, const Property *property, const char *text, size_t length,
                         Status *status) {
    double numbers[2 * MAX_CLASSES];
    size_t count;
    if (!parse_list(property, text, length, numbers, 2 * MAX_CLASSES, &count, status))
        return false;
    if (count % 2 != 0)
        return status_fail(status, STATUS_USAGE, "%zu numbers are no pairs x,y", count);
    if (count < 4)
        return status_fail(status, STATUS_USAGE, "at least 2 pairs x,y are needed");
    memset(settings->centroids, 0, sizeof settings->centroids);
    memcpy(settings->centroids, numbers, count * sizeof *numbers);
    settings->centroid_count = (int)count / 2;
    return true;
}

bool property_parse(Settings *settings, const Property *property, const char *text, Status *status) {
    size_t length = strlen(text);
    text = trim(text, &length);
    double number = 0;
    bool good = true;
    switch (property->kind) {
    case KIND_UNITS:
        return parse_units(settings, property, text, length, status);
    case KIND_POINTS:
        return parse_points(settings, property, text, length, status);
    case KIND_CHOICE:
        good = parse_choice(property, text, length, &number, status);
        break;
    case KIND_SWITCH:
        good = parse_switch(text, length, &number, status);
        break;
    case KIND_REAL:
    case KIND_INTEGER:
    case KIND_SEED:
        if (property->id == PROPERTY_NOISE && (length == 0 || (length == 4 && memcmp(text, "auto", 4) == 0)))
            number = NAN;
        else
            good = parse_number(property, text, length, &number, status);
        break;
    }
    if (good)
        property_store(settings, property, number);
    return good;
}

bool property_set(Settings *settings, const Property *property, double value, Status *status) {
    assert(!property_is_list(property));
    if (!isfinite(value))
        return status_fail(status, STATUS_USAGE, "not a finite number");
    char text[REAL_TEXT_MAX];
    real_format(value, text);
    if (!check_range(property, value, text, strlen(text), status))
        return false;
    property_store(settings, property, value);
    return true;
}

/* ---- writing ---- */

void real_format(double value, char text[REAL_TEXT_MAX]) {
    for (int digits = 9; digits <= 17; digits++) { /* with 17 every number reads back */
        snprintf(text, REAL_TEXT_MAX, "%.*g", digits, value);
        if (strtod(text, NULL) == value)
            return;
    }
}

/* Separated by commas. */
static void format_list(const double *numbers, int count, char text[SETTING_TEXT_MAX]) {
    static_assert(2 * MAX_CLASSES * REAL_TEXT_MAX <= SETTING_TEXT_MAX, "the longest list has room");
    size_t used = 0;
    text[0] = '\0';
    for (int i = 0; i < count; i++) {
        char number[REAL_TEXT_MAX];
        real_format(numbers[i], number);
        used += (size_t)snprintf(text + used, SETTING_TEXT_MAX - used, "%s%s", i > 0 ? "," : "", number);
    }
}

void property_format(const Settings *settings, const Property *property, char text[SETTING_TEXT_MAX]) {
    double value = property_is_list(property) ? 0 : property_get(settings, property), units[MAX_HIDDEN];
    switch (property->kind) {
    case KIND_UNITS:
        for (int i = 0; i < settings->hidden_count; i++)
            units[i] = settings->hidden[i];
        format_list(units, settings->hidden_count, text);
        break;
    case KIND_POINTS:
        format_list(settings->centroids, 2 * settings->centroid_count, text);
        break;
    case KIND_CHOICE:
        snprintf(text, SETTING_TEXT_MAX, "%s", property->choices[(int)value]);
        break;
    case KIND_SWITCH:
        snprintf(text, SETTING_TEXT_MAX, "%s", value != 0 ? "on" : "off");
        break;
    case KIND_REAL:
        if (isnan(value)) /* noise: the data set's own */
            snprintf(text, SETTING_TEXT_MAX, "auto");
        else
            format_list(&value, 1, text);
        break;
    case KIND_INTEGER:
    case KIND_SEED:
        snprintf(text, SETTING_TEXT_MAX, "%.0f", value); /* up to 10 digits */
        break;
    }
}

/* ---- comparing ---- */

static bool same_reals(const double *a, const double *b, int count) {
    for (int i = 0; i < count; i++)
        if (a[i] != b[i] && !(isnan(a[i]) && isnan(b[i]))) /* noise may be NaN */
            return false;
    return true;
}

bool property_same(const Settings *a, const Settings *b, const Property *property) {
    switch (property->kind) {
    case KIND_UNITS:
        return a->hidden_count == b->hidden_count &&
               memcmp(a->hidden, b->hidden, (size_t)a->hidden_count * sizeof *a->hidden) == 0;
    case KIND_POINTS:
        return a->centroid_count == b->centroid_count && same_reals(a->centroids, b->centroids, 2 * a->centroid_count);
    default: {
        double x = property_get(a, property), y = property_get(b, property);
        return same_reals(&x, &y, 1);
    }
    }
}
