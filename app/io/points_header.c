#include "app/io/points_peek.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool points_header_add(PointsDialect *d, const char *text, size_t length, PointsFaults *faults) {
    PointsHeader *header = &d->header;
    char **name = realloc(header->name, (header->count + 1) * sizeof *name);
    if (name) {
        header->name = name;
        header->name[header->count] = strndup(text, length);
    }
    if (name && header->name[header->count]) {
        header->count++;
        return true;
    }
    faults->failed = true;
    return status_no_memory(faults->status, "the header");
}

void points_header_free(PointsHeader *header) {
    for (size_t i = 0; i < header->count; i++)
        free(header->name[i]);
    free(header->name);
    *header = (PointsHeader){0};
}

bool points_header_take(PointsDialect *d, const PeekRow *row, PointsFaults *faults) {
    d->header.line = row->line;
    for (size_t i = 0; i < row->count; i++)
        if (!points_header_add(d, row->cell[i], strlen(row->cell[i]), faults))
            return false;
    return true;
}

/* ---- a row of names ---- */

static bool has_name(const PeekRow *row, const char *name, size_t length) {
    for (size_t i = 0; i < row->count; i++)
        if (strlen(row->cell[i]) == length && strncasecmp(row->cell[i], name, length) == 0)
            return true;
    return false;
}

static bool has_label_name(const PeekRow *row) {
    for (const char *const *name = POINTS_LABEL_NAMES; *name; name++)
        if (has_name(row, *name, strlen(*name)))
            return true;
    return false;
}

/* Whether the row has each of the wanted columns by its name; NULL: x, y and a label's. Names that are numbers of its
 * columns are no names. */
static bool names_columns(const PeekRow *row, const char *wanted) {
    if (!wanted)
        return has_name(row, "x", 1) && has_name(row, "y", 1) && has_label_name(row);
    bool numbers = true;
    for (const char *at = wanted; numbers && *at; at += strcspn(at, ",") + (at[strcspn(at, ",")] == ',')) {
        size_t number = strtoul(at, NULL, 10);
        double value;
        numbers = number >= 1 && number <= row->count &&
                  points_read_number(row->cell[number - 1], strlen(row->cell[number - 1]), POINTS_DECIMAL_POINT, NULL,
                                     &value);
    }
    if (numbers)
        return false;
    for (const char *at = wanted;;) {
        size_t own = strcspn(at, ","), length = own;
        const char *name = at;
        points_trim(&name, &length);
        if (!has_name(row, name, length))
            return false;
        if (!at[own])
            return true;
        at += own + 1;
    }
}

/* The row that names the wanted columns, below titles alone; NO_HEADER: none does. */
static size_t find_names(const Peek *p, const PointsFormat *format) {
    for (size_t at = 0; at < p->rows; at++) {
        if (names_columns(&p->row[at], format->columns))
            return at;
        if (peek_numbers(p, &p->row[at]) >= 2)
            break;
    }
    return NO_HEADER;
}

/* ---- rows that count ---- */

static bool is_count(const char *text, size_t number) {
    char expected[32];
    snprintf(expected, sizeof expected, "%zu", number);
    return strcmp(text, expected) == 0;
}

static bool is_whole(const char *text) {
    return text[0] && strspn(text, "0123456789") == strlen(text);
}

/* Whether the first cells are from, from + 1, ...; how many. */
static size_t count_up(const PeekRow *row, size_t begin, size_t from) {
    size_t i = begin;
    while (i < row->count && is_count(row->cell[i], from + i - begin))
        i++;
    return i - begin;
}

/* Whether another of the rows has this text as its last cell. */
static bool is_last_elsewhere(const Peek *p, size_t at) {
    const PeekRow *row = &p->row[at];
    for (size_t r = 0; r < p->rows; r++)
        if (r != at && p->row[r].count == row->count &&
            strcmp(p->row[r].cell[row->count - 1], row->cell[row->count - 1]) == 0)
            return true;
    return false;
}

/* The header of a table without names: pandas' 0, 1, 2, ..., whose index has none; or 1, 2, 3, ..., where no other row
 * has that label. */
static bool counts_columns(const Peek *p, size_t at) {
    const PeekRow *row = &p->row[at];
    size_t first = row->count > 0 && !row->cell[0][0], columns = row->count - first;
    if (columns < 3)
        return false;
    return count_up(row, first, 0) == columns ||
           (count_up(row, first, 1) == columns && p->rows > at + 5 && !is_last_elsewhere(p, at));
}

/* scikit-learn's first line: the numbers of rows and columns, then the classes' names, over nothing but numbers. */
static bool counts_rows(const Peek *p, size_t at) {
    const PeekRow *row = &p->row[at];
    if (row->count < 3 || at + 1 >= p->rows || !is_whole(row->cell[0]) || !is_whole(row->cell[1]))
        return false;
    for (size_t i = 2; i < row->count; i++)
        if (peek_is_number(p, row->cell[i]))
            return false;
    for (size_t r = at + 1; r < p->rows; r++)
        if (peek_numbers(p, &p->row[r]) < p->row[r].count)
            return false;
    size_t rows = strtoul(row->cell[0], NULL, 10), below = p->rows - at - 1;
    return p->whole ? rows == below : rows >= below;
}

/* A first line with the number of rows, and perhaps that of columns and of classes, and nothing else. */
static bool counts_table(const Peek *p, size_t at) {
    const PeekRow *row = &p->row[at];
    if (at + 1 >= p->rows || row->count > p->width || row->count > 3 || !is_whole(row->cell[0]) ||
        (row->count == p->width && !(p->whole && row->count == 3 && is_whole(row->cell[2]))))
        return false;
    size_t rows = strtoul(row->cell[0], NULL, 10), below = p->rows - at - 1;
    if (below < 3 || (p->whole ? rows != below : rows < below))
        return false;
    return row->count == 1 || is_count(row->cell[1], p->width) || is_count(row->cell[1], p->width - 1);
}

/* ---- titles ---- */

/* A title: words alone, fewer than a row has cells, above a row of names or of points. */
static bool is_title(const Peek *p, size_t at) {
    const PeekRow *row = &p->row[at];
    if (at + 1 >= p->rows || row->count >= p->width || peek_numbers(p, row) > 0)
        return false;
    return p->row[at + 1].count == p->width ? peek_numbers(p, &p->row[at + 1]) == 0 || row->count == 1
                                            : is_title(p, at + 1);
}

/* ---- a row that may be a header or a point ---- */

/* Cells that are words where all rows below have numbers. */
static size_t strange_words(const Peek *p, size_t at, size_t *last) {
    const PeekRow *row = &p->row[at];
    size_t words = 0;
    for (size_t k = 0; k < row->count; k++) {
        size_t numbers = 0, others = 0;
        for (size_t r = at + 1; r < p->rows; r++) {
            const char *text = k < p->row[r].count ? p->row[r].cell[k] : "";
            bool number = peek_is_number(p, text);
            numbers += number;
            others += !number && !points_is_missing(NULL, text, strlen(text));
        }
        const char *own = row->cell[k];
        if (numbers >= 2 && others == 0 && !points_is_missing(NULL, own, strlen(own)) && !peek_is_number(p, own)) {
            words++;
            *last = k;
        }
    }
    return words;
}

/* Missing values for numbers, and perhaps a label: no names. */
static bool is_missing_row(const PeekRow *row, const PointsFormat *format) {
    size_t missing = 0;
    for (size_t k = 0; k < row->count; k++)
        missing += row->cell[k][0] && points_is_missing(format->missing, row->cell[k], strlen(row->cell[k]));
    return missing >= 2;
}

/* One word and behind it whole numbers that count up: id,2,3,4 or place,2019,2020. */
static bool counts_behind_word(const PeekRow *row) {
    if (row->count < 3 || !is_whole(row->cell[1]))
        return false;
    return count_up(row, 1, strtoul(row->cell[1], NULL, 10)) == row->count - 1;
}

/* A row with numbers in it, above points. */
static bool is_header_with_numbers(const Peek *p, size_t at, const PointsFormat *format, PointsFaults *faults) {
    const PeekRow *row = &p->row[at];
    size_t last = 0, words = strange_words(p, at, &last);
    if (names_columns(row, NULL) || has_label_name(row) || 2 * words > row->count ||
        (words > 0 && count_up(row, 0, 0) >= 2) || (words == 1 && last == 0 && counts_behind_word(row)))
        return true;
    size_t label = format->columns ? SIZE_MAX : row->count - 1;
    if (words > 0 && last == label)
        points_fault(faults, row->line, "'%.*s' among numbers: say --header yes if this line names columns, else no",
                     points_shown(row->cell[last], strlen(row->cell[last])), row->cell[last]);
    return false;
}

/* Says it where the first row's label is a word that no other row has, while theirs come again and again. */
static void watch_first_label(const Peek *p, size_t at, PointsFaults *faults) {
    const PeekRow *row = &p->row[at];
    if (row->count < 3 || p->rows < at + 5 || peek_is_number(p, row->cell[row->count - 1]) || is_last_elsewhere(p, at))
        return;
    for (size_t r = at + 1; r < p->rows; r++)
        if (!is_last_elsewhere(p, r))
            return;
    const char *label = row->cell[row->count - 1];
    points_note(faults,
                "line %zu taken as a point, though no other has its label '%.*s' (--header yes if it names columns)",
                row->line, points_shown(label, strlen(label)), label);
}

static size_t leave_out_titles(const Peek *p, const PointsFormat *format, PointsFaults *faults) {
    size_t at = find_names(p, format);
    if (at == NO_HEADER)
        for (at = 0; at < p->rows && is_title(p, at);)
            at++;
    if (at > 0)
        points_note(faults, trn("%zu line above the table left out", "%zu lines above the table left out", at), at);
    return at;
}

/* --header yes, no or a line. */
static size_t told_header(const Peek *p, const char *told, size_t *first, PointsFaults *faults) {
    *first = 0;
    if (strcmp(told, "no") == 0)
        return NO_HEADER;
    if (strcmp(told, "yes") == 0)
        return p->rows > 0 ? 0 : NO_HEADER;
    size_t line = strtoul(told, NULL, 10);
    for (size_t i = 0; i < p->rows; i++)
        if (p->row[i].line == line)
            return *first = i;
    points_fault(faults, 0, "no row begins in line %zu, which --header names; a header is among the first %d rows",
                 line, PEEKED);
    return NO_HEADER;
}

static void note_counts(const PeekRow *row, bool columns, const PointsFormat *format, PointsFaults *faults) {
    if (format->columns)
        points_note(faults,
                    columns ? N_("line %zu counts the columns: taken as a header, not as a point; --columns has the "
                                 "columns' numbers from 1")
                            : N_("line %zu counts the rows: taken as a header, not as a point; --columns has the "
                                 "columns' numbers from 1"),
                    row->line);
    else
        points_note(faults,
                    columns ? N_("line %zu counts the columns: taken as a header, not as a point")
                            : N_("line %zu counts the rows: taken as a header, not as a point"),
                    row->line);
}

size_t points_header_find(const Peek *p, const PointsFormat *format, size_t *first, PointsFaults *faults) {
    if (format->header)
        return told_header(p, format->header, first, faults);
    size_t at = leave_out_titles(p, format, faults);
    *first = at;
    if (at == p->rows)
        return NO_HEADER;
    const PeekRow *row = &p->row[at];
    if (names_columns(row, format->columns) || points_own_table(row->cell, row->count))
        return at;
    if (peek_numbers(p, row) == 0)
        return is_missing_row(row, format) && at + 1 < p->rows ? NO_HEADER : at;
    bool columns = counts_columns(p, at);
    if (columns || counts_rows(p, at) ||
        counts_table(
            p,
            at)) { /* columns are told by their numbers from 1, as everywhere; classes are named there, not columns */
        note_counts(row, columns, format, faults);
        *first = at + 1;
        return NO_HEADER;
    }
    if (is_header_with_numbers(p, at, format, faults))
        return at;
    if (!format->columns)
        watch_first_label(p, at, faults);
    return NO_HEADER;
}

/* ---- a comment ---- */

/* Takes the names from a comment, if it has as many as there are columns. */
static bool take_comment(PointsDialect *d, const char *comment, size_t length, size_t line, const Peek *p,
                         PointsFaults *faults) {
    while (length > 0 && strchr("#% \t", *comment)) {
        comment++;
        length--;
    }
    Peek names;
    if (!peek_read(&names, &(Text){.bytes = comment, .size = length}, d->delimiter)) {
        faults->failed = true;
        return status_no_memory(faults->status, "the header");
    }
    bool done = true;
    if (names.rows == 1 && names.row[0].count == p->width && peek_numbers(&names, &names.row[0]) == 0) {
        names.row[0].line = line;
        done = points_header_take(d, &names.row[0], faults);
    }
    peek_free(&names);
    return done;
}

bool points_header_in_comment(PointsDialect *d, const Text *text, const Peek *p, size_t only, PointsFaults *faults) {
    const char *end = text->bytes + text->size;
    size_t line = 1 + text->skip_lines;
    for (const char *at = text->bytes + text->skip; at < end && p->rows > 0 && line < p->row[0].line;
         at = text_next_line(at, end), line++) {
        const char *comment = text_skip_blanks(at, end);
        if (comment == end || (*comment != '#' && *comment != '%') || (only > 0 && line != only))
            continue;
        PointsHeader before = d->header;
        d->header = (PointsHeader){0};
        if (!take_comment(d, comment, (size_t)(text_line_end(comment, end) - comment), line, p, faults)) {
            points_header_free(&before);
            return false;
        }
        if (d->header.count == 0)
            d->header = before; /* the last that will do */
        else
            points_header_free(&before);
    }
    return true;
}
