#include "app/io/points_format.h"

#include <stdlib.h>
#include <string.h>

/* The fields that are texts. */
static const size_t TEXTS[] = {offsetof(PointsFormat, columns), offsetof(PointsFormat, delimiter),
                               offsetof(PointsFormat, decimal), offsetof(PointsFormat, missing),
                               offsetof(PointsFormat, header),  offsetof(PointsFormat, encoding)};
enum { TEXT_COUNT = sizeof TEXTS / sizeof *TEXTS };

static const char *text_of(const PointsFormat *format, int i) {
    const char *text;
    memcpy(&text, (const char *)format + TEXTS[i], sizeof text);
    return text;
}

void points_format_free(PointsFormat *copy) {
    for (int i = 0; i < TEXT_COUNT; i++) {
        char *text;
        memcpy(&text, (char *)copy + TEXTS[i], sizeof text);
        free(text);
    }
    *copy = (PointsFormat){0};
}

bool points_format_copy(PointsFormat *copy, const PointsFormat *format, Status *status) {
    *copy = (PointsFormat){.classes = format->classes, .skip_bad = format->skip_bad};
    for (int i = 0; i < TEXT_COUNT; i++) {
        const char *told = text_of(format, i);
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
    for (int i = 0; i < TEXT_COUNT; i++) {
        const char *x = text_of(a, i), *y = text_of(b, i);
        if ((x == NULL) != (y == NULL) || (x && strcmp(x, y) != 0))
            return false;
    }
    return a->classes == b->classes && a->skip_bad == b->skip_bad;
}
