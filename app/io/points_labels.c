#include "app/io/points_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static bool is_kind(const PointsKind *kind, const char *text, size_t length) {
    return length == kind->length && text[0] == kind->text[0] && memcmp(text, kind->text, length) == 0;
}

/* Whether a label is a number, and not one of so many digits that others would be the same number. */
static bool is_number(const PointsLabels *l, const char *text, size_t length, double *value) {
    return points_read_number(text, length, l->decimal, NULL, value) &&
           (fabs(*value) < 9007199254740992.0 || !isfinite(*value) || strspn(text, "+-0123456789") != length);
}

/* 007 and 00, but not 0 and 0.5. */
static bool has_leading_zero(const char *text, size_t length) {
    size_t sign = length > 0 && (text[0] == '-' || text[0] == '+');
    return length > sign + 1 && text[sign] == '0' && points_is_digit(text[sign + 1]);
}

int points_labels_known(PointsLabels *l, const PointsCell *cell) {
    if (l->last < l->count && is_kind(&l->kinds[l->last], cell->text, cell->length))
        return l->last;
    for (int i = 0; i < l->count; i++)
        if (is_kind(&l->kinds[i], cell->text, cell->length))
            return l->last = i;
    return -1;
}

/* Whether there is nothing in it that is seen. */
static bool is_control(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        unsigned char c = (unsigned char)text[i];
        if (c == 0xc2 && i + 1 < length && (unsigned char)text[i + 1] < 0xa0)
            i++;
        else if (c >= 0x20 && c != 0x7f)
            return false;
    }
    return true;
}

int points_labels_find(PointsLabels *l, const PointsCell *cell, PointsFaults *faults) {
    const char *text = cell->text;
    size_t length = cell->length;
    if (length > POINTS_LABEL_MAX) {
        points_fault_cell(faults, POINTS_LABEL_TOO_LONG, l->column, cell->line, "longer than %d bytes: '%.*s'",
                          POINTS_LABEL_MAX, points_shown(text, length), text);
        return -1;
    }
    if (!points_is_utf8(text, length)) {
        points_fault(faults, cell->line, "column %s: not UTF-8; " POINTS_NAME_ENCODING, l->column);
        return -1;
    }
    if (is_control(text, length)) {
        points_fault_cell(faults, POINTS_NO_NUMBER, l->column, cell->line, "a label of control characters alone");
        return -1;
    }
    PointsKind *fresh = &l->fresh;
    fresh->is_number = is_number(l, text, length, &fresh->value);
    if (fresh->is_number && !isfinite(fresh->value)) {
        points_fault_cell(faults, POINTS_NOT_FINITE, l->column, cell->line, "not a finite number: '%.*s'",
                          points_shown(text, length), text);
        return -1;
    }
    fresh->is_padded = fresh->is_number && has_leading_zero(text, length);
    memcpy(fresh->text, text, length);
    fresh->text[length] = '\0';
    fresh->length = length;
    for (int i = 0; fresh->is_number && !fresh->is_padded && i < l->count; i++)
        if (l->kinds[i].is_number && !l->kinds[i].is_padded && l->kinds[i].value == fresh->value)
            return i;
    return l->count;
}

void points_labels_add(PointsLabels *l, size_t line, PointsFaults *faults) {
    if (l->count == MAX_CLASSES)
        points_fault(
            faults, line,
            "column %s: more than %d kinds of labels: '%.*s' is one too many; if another column has the labels, "
            "name it with --columns X,Y,LABEL",
            l->column, MAX_CLASSES, points_shown(l->fresh.text, l->fresh.length), l->fresh.text);
    else
        l->kinds[l->count++] = l->fresh;
}

/* ---- from kinds to classes ---- */

static bool are_numbers(const PointsLabels *l) {
    for (int i = 0; i < l->count; i++)
        if (!l->kinds[i].is_number || l->kinds[i].is_padded)
            return false;
    return true;
}

/* Whether the labels are the numbers 0 to classes - 1 themselves. */
static bool kinds_are_classes(const PointsLabels *l, int classes) {
    for (int i = 0; i < l->count; i++) {
        const PointsKind *kind = &l->kinds[i];
        if (!kind->is_number || kind->value != floor(kind->value) || kind->value < 0 || kind->value > classes - 1)
            return false;
    }
    return true;
}

/* The name of a kind: a number in as few digits as it takes, whatever its form in the file. */
static void name_kind(const PointsLabels *l, int kind, bool numbers, Dataset *names, int class) {
    const PointsKind *k = &l->kinds[kind];
    if (!numbers) {
        dataset_name_class(names, class, k->text, k->length);
        return;
    }
    char text[32];
    double value = k->value + 0.0; /* no -0 */
    int length = snprintf(text, sizeof text, "%.9g", value);
    if (strtod(text, NULL) != value)
        length = snprintf(text, sizeof text, "%.17g", value);
    dataset_name_class(names, class, text, (size_t)length);
}

/* Names classes after the kinds, in order, and says which kind is which class. */
static bool order_kinds(const PointsLabels *l, Dataset *names, uint8_t class_of[MAX_CLASSES], PointsFaults *faults) {
    bool numbers = are_numbers(l);
    Dataset *unordered = &(Dataset){0};
    for (int i = 0; i < l->count; i++)
        name_kind(l, i, numbers, unordered, i);
    for (int i = 0; i < l->count; i++) {
        int before = 0;
        for (int j = 0; j < l->count; j++) {
            int order = strcmp(unordered->class_name[j], unordered->class_name[i]);
            if (j != i && order == 0) {
                points_fault(faults, 0, "column %s: two kinds of labels look alike: '%s'", l->column,
                             unordered->class_name[i]);
                return false;
            }
            before += numbers ? l->kinds[j].value < l->kinds[i].value : order < 0;
        }
        class_of[i] = (uint8_t)before;
        memcpy(names->class_name[before], unordered->class_name[i], sizeof unordered->class_name[i]);
        memcpy(names->class_written[before], unordered->class_written[i], sizeof unordered->class_written[i]);
    }
    return true;
}

int points_labels_classes(const PointsLabels *l, int classes, uint8_t class_of[MAX_CLASSES], Dataset *named,
                          PointsFaults *faults) {
    int wanted = classes > 0 ? classes : l->count;
    if ((classes > 0 || (l->count > 1 && are_numbers(l))) && kinds_are_classes(l, wanted)) {
        for (int i = 0; i < l->count; i++)
            class_of[i] = (uint8_t)l->kinds[i].value;
        return wanted;
    }
    if (classes > 0) {
        points_fault(faults, 0, "column %s: with --classes %d the labels are the numbers 0 to %d", l->column, classes,
                     classes - 1);
        return 0;
    }
    if (l->count < 2) {
        points_fault(faults, 0, "column %s: every label is '%.*s'; 2 to %d kinds are needed%s", l->column,
                     points_shown(l->kinds[0].text, l->kinds[0].length), l->kinds[0].text, MAX_CLASSES,
                     l->kinds[0].is_number ? " (--classes N takes the numbers 0 to N - 1)" : "");
        return 0;
    }
    return order_kinds(l, named, class_of, faults) ? l->count : 0;
}
