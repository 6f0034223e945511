#include "app/io/points_csv.h"
#include "app/io/points_private.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

/* ---- what is asked for ---- */

/* Takes "x,y,label" apart; false: it has another form. */
static bool split_columns(const char *columns, PointsColumn parts[COLUMNS]) {
    for (int k = 0; k < COLUMNS; k++) {
        size_t length = strcspn(columns, ",");
        const char *name = columns;
        size_t name_length = length;
        points_trim(&name, &name_length);
        if (name_length == 0 || (k + 1 < COLUMNS) != (columns[length] == ','))
            return false;
        parts[k] = (PointsColumn){.name = name, .length = name_length, .exact = NO_COLUMN, .loose = NO_COLUMN};
        parts[k].at = NO_COLUMN;
        snprintf(parts[k].text, sizeof parts[k].text, "%.*s", points_shown(name, name_length), name);
        size_t number = 0, digits = 0;
        while (digits < name_length && digits < 9 && points_is_digit(name[digits]))
            number = 10 * number + (size_t)(name[digits++] - '0');
        parts[k].number = digits == name_length ? number : 0;
        columns += length + 1;
    }
    return true;
}

bool points_columns_check(const char *columns, Status *status) {
    PointsColumn parts[COLUMNS];
    if (!split_columns(columns, parts))
        return status_fail(status, STATUS_USAGE, "'%.60s' is not three names or numbers, as in x,y,label", columns);
    for (int k = 1; k < COLUMNS; k++)
        for (int other = 0; other < k; other++)
            if (parts[k].length == parts[other].length &&
                memcmp(parts[k].name, parts[other].name, parts[k].length) == 0)
                return status_fail(status, STATUS_USAGE, "'%.60s' names %s twice", columns, parts[k].text);
    return true;
}

bool points_columns_choose(PointsColumns *c, const char *text, Status *status) {
    *c = (PointsColumns){.chosen = text, .header_plain = true};
    if (text)
        return points_columns_check(text, status) && split_columns(text, c->column);
    split_columns("x,y,label", c->column);
    for (int k = 0; k < COLUMNS; k++)
        c->column[k].number = (size_t)k + 1;
    return true;
}

/* ---- the first row ---- */

static void note_place(size_t *place, bool *twice, size_t cell) {
    *twice = *place != NO_COLUMN;
    *place = cell;
}

void points_columns_note(PointsColumns *c, size_t number, const char *text, size_t length, size_t line) {
    size_t used = strlen(c->header);
    snprintf(c->header + used, sizeof c->header - used, "%s%.*s", number > 0 ? "," : "", points_shown(text, length),
             text);
    for (size_t i = 0; i < length; i++)
        c->header_plain = c->header_plain && text[i] >= ' ' && text[i] <= '~';
    const char *name = text;
    size_t name_length = length;
    points_trim(&name, &name_length);
    for (int k = 0; k < COLUMNS; k++) {
        PointsColumn *column = &c->column[k];
        if (name_length == column->length && strncasecmp(name, column->name, name_length) == 0) {
            if (memcmp(name, column->name, name_length) == 0)
                note_place(&column->exact, &column->exact_twice, number);
            else
                note_place(&column->loose, &column->loose_twice, number);
        }
        if (number + 1 == column->number) {
            column->first_length = length < sizeof column->first ? length : sizeof column->first - 1;
            memcpy(column->first, text, column->first_length); /* the rest is zero */
            column->first_line = line;
        }
    }
}

static bool first_is_number(const PointsColumn *column, bool decimal_comma) {
    const char *text = column->first;
    size_t length = column->first_length;
    float value;
    points_trim(&text, &length);
    return length > 0 && points_read_number(text, length, decimal_comma, &value, NULL);
}

static bool first_row_is_header(const PointsColumns *c, bool decimal_comma) {
    bool named = true;
    for (int k = 0; k < COLUMNS; k++)
        named = named && (c->column[k].exact != NO_COLUMN || c->column[k].loose != NO_COLUMN);
    if (c->column[X].number == 0 || c->column[Y].number == 0)
        return true;
    int numbers = first_is_number(&c->column[X], decimal_comma) + first_is_number(&c->column[Y], decimal_comma);
    if (numbers == 2 && c->chosen)
        return false; /* even if these numbers happen to be those that were asked for */
    return named || numbers == 0;
}

/* Finds a column by the header. */
static void find_column(PointsColumns *c, int k, size_t cells, size_t line, PointsFaults *faults) {
    PointsColumn *column = &c->column[k];
    bool exact = column->exact != NO_COLUMN;
    if (exact ? column->exact_twice : column->loose_twice) {
        points_fault(faults, line, "two columns are named %s", column->text);
    } else if (exact || column->loose != NO_COLUMN) {
        column->at = exact ? column->exact : column->loose;
    } else if (c->chosen && column->number != 0) {
        column->at = column->number - 1;
        if (column->at >= cells)
            points_fault(faults, line, "there is no column %zu: the header has %zu", column->number, cells);
    } else if (c->header_plain) {
        points_fault(faults, line, "the header names no column %s: '%s'", column->text, c->header);
    } else {
        points_fault(faults, line, "the header names no column %s", column->text);
    }
}

void points_columns_settle(PointsColumns *c, size_t cells, size_t line, bool decimal_comma, PointsFaults *faults) {
    c->has_header = first_row_is_header(c, decimal_comma);
    for (int k = 0; k < COLUMNS && !faults->failed; k++) {
        PointsColumn *column = &c->column[k];
        if (c->has_header) {
            find_column(c, k, cells, line, faults);
        } else if (column->number == 0) {
            points_fault(faults, line, "there is no header to find column %s in: give its number", column->text);
        } else {
            column->at = column->number - 1;
            snprintf(column->text, sizeof column->text, "%zu", column->number);
        }
        for (int other = 0; other < k && !faults->failed; other++)
            if (c->column[other].at == column->at)
                points_fault(faults, line, "%s and %s are the same column", c->column[other].text, column->text);
    }
}
