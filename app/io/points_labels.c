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
    if (!points_is_utf8(text, length)) {
        points_fault(faults, cell->line, "column %s: not UTF-8; %s", l->column, tr(POINTS_NAME_ENCODING));
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
    free(fresh->text);
    fresh->text = strndup(text, length);
    fresh->length = length;
    if (!fresh->text) {
        faults->failed = true;
        status_no_memory(faults->status, "the labels");
        return -1;
    }
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
    else {
        l->kinds[l->count++] = l->fresh;
        l->fresh.text = NULL;
    }
}

void points_labels_free(PointsLabels *l) {
    for (int i = 0; i < l->count; i++)
        free(l->kinds[i].text);
    free(l->fresh.text);
    *l = (PointsLabels){0};
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

/* What names a kind: a number in as few digits as it takes, whatever its form in the file. */
typedef struct KindName {
    const char *text;
    size_t length;
    char digits[32];
} KindName;

static void name_kind(const PointsKind *kind, bool numbers, KindName *name) {
    *name = (KindName){.text = kind->text, .length = kind->length};
    if (!numbers)
        return;
    double value = kind->value + 0.0; /* no -0 */
    int length = snprintf(name->digits, sizeof name->digits, "%.9g", value);
    if (strtod(name->digits, NULL) != value)
        length = snprintf(name->digits, sizeof name->digits, "%.17g", value);
    name->text = name->digits;
    name->length = (size_t)length;
}

/* Those that are the same as far as they are shown: their numbers tell them apart, unless they would then be alike to
 * the last letter. */
static bool tell_apart(const PointsLabels *l, Dataset *names, PointsFaults *faults) {
    bool alike[MAX_CLASSES] = {false};
    for (int k = 0; k < l->count; k++)
        for (int other = 0; other < k; other++) {
            if (strcmp(names->class_name[k], names->class_name[other]) != 0)
                continue;
            if (strlen(dataset_class_whole(names, k)) < DATASET_NAME_BYTES) {
                points_fault(faults, 0, "column %s: two kinds of labels look alike: '%s'", l->column,
                             names->class_name[k]);
                return false;
            }
            alike[k] = alike[other] = true;
        }
    for (int k = 0; k < l->count; k++)
        if (alike[k])
            dataset_number_class(names, k);
    return true;
}

/* Names classes after the kinds, in order, and says which kind is which class. */
static bool order_kinds(const PointsLabels *l, Dataset *names, uint8_t class_of[MAX_CLASSES], PointsFaults *faults) {
    bool numbers = are_numbers(l);
    KindName name[MAX_CLASSES];
    for (int i = 0; i < l->count; i++)
        name_kind(&l->kinds[i], numbers, &name[i]);
    for (int i = 0; i < l->count; i++) {
        int before = 0;
        for (int j = 0; j < l->count; j++)
            before += numbers ? l->kinds[j].value < l->kinds[i].value : strcmp(name[j].text, name[i].text) < 0;
        class_of[i] = (uint8_t)before;
        if (!dataset_name_class(names, before, name[i].text, name[i].length)) {
            faults->failed = true;
            return status_no_memory(faults->status, "the labels");
        }
    }
    return tell_apart(l, names, faults);
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
        points_fault(faults, 0,
                     l->kinds[0].is_number ? N_("column %s: every label is '%.*s'; 2 to %d kinds are needed (--classes "
                                                "N takes the numbers 0 to N - 1)")
                                           : N_("column %s: every label is '%.*s'; 2 to %d kinds are needed"),
                     l->column, points_shown(l->kinds[0].text, l->kinds[0].length), l->kinds[0].text, MAX_CLASSES);
        return 0;
    }
    return order_kinds(l, named, class_of, faults) ? l->count : 0;
}
