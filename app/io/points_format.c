#include "app/io/points_format.h"

#include <stdlib.h>
#include <string.h>

const char *const POINTS_TEXT_NAMES[POINTS_TEXTS] = {"columns", "delimiter", "decimal",
                                                     "missing", "header",    "encoding"};
static const size_t TEXTS[POINTS_TEXTS] = {offsetof(PointsFormat, columns), offsetof(PointsFormat, delimiter),
                                           offsetof(PointsFormat, decimal), offsetof(PointsFormat, missing),
                                           offsetof(PointsFormat, header),  offsetof(PointsFormat, encoding)};

const char *points_format_text(const PointsFormat *format, int i) {
    const char *text;
    memcpy(&text, (const char *)format + TEXTS[i], sizeof text);
    return text;
}

static bool is_header(const char *text) {
    size_t digits = strspn(text, "0123456789");
    return strcmp(text, "yes") == 0 || strcmp(text, "no") == 0 || (digits > 0 && digits < 10 && text[digits] == '\0');
}

static bool is_text(int i, const char *text) {
    Status status;
    switch (TEXTS[i]) {
    case offsetof(PointsFormat, columns):
        return points_columns_check(text, &status);
    case offsetof(PointsFormat, delimiter):
        return points_delimiter_check(text, &status);
    case offsetof(PointsFormat, decimal):
        return strcmp(text, "point") == 0 || strcmp(text, "comma") == 0;
    case offsetof(PointsFormat, header):
        return is_header(text);
    case offsetof(PointsFormat, encoding):
        return points_encoding_check(text, &status);
    default:
        return true;
    }
}

bool points_format_tell(PointsFormat *copy, int i, const char *value) {
    char *text = is_text(i, value) ? strdup(value) : NULL, *before = (char *)points_format_text(copy, i);
    if (!text)
        return false;
    free(before);
    memcpy((char *)copy + TEXTS[i], &text, sizeof text);
    return true;
}

void points_format_free(PointsFormat *copy) {
    for (int i = 0; i < POINTS_TEXTS; i++) {
        char *text;
        memcpy(&text, (char *)copy + TEXTS[i], sizeof text);
        free(text);
    }
    *copy = (PointsFormat){0};
}

bool points_format_copy(PointsFormat *copy, const PointsFormat *format, Status *status) {
    *copy = (PointsFormat){.classes = format->classes, .skip_bad = format->skip_bad};
    for (int i = 0; i < POINTS_TEXTS; i++) {
        const char *told = points_format_text(format, i);
        char *text = told ? strdup(told) : NULL;
        if (told && !text) {
            points_format_free(copy);
            return status_no_memory(status, "how the file is read");
        }
        memcpy((char *)copy + TEXTS[i], &text, sizeof text);
    }
    return true;
}

bool points_format_same(const PointsFormat *a, const PointsFormat *b) {
    for (int i = 0; i < POINTS_TEXTS; i++) {
        const char *x = points_format_text(a, i), *y = points_format_text(b, i);
        if ((x == NULL) != (y == NULL) || (x && strcmp(x, y) != 0))
            return false;
    }
    return a->classes == b->classes && a->skip_bad == b->skip_bad;
}
