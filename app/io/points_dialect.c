#include "app/io/points_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { PEEKED = 60 }; /* rows that are looked at */

typedef struct PeekRow {
    char **cell; /* owned, and each */
    size_t count, line;
    size_t end, end_line; /* bytes of the text up to the row's end, and the line that follows */
} PeekRow;

/* The first rows as one delimiter has them. */
typedef struct Peek {
    PeekRow row[PEEKED];
    size_t rows;
    size_t width;   /* the most common number of cells */
    size_t numbers; /* cells that are numbers */
    size_t alike;   /* rows of as many cells as the first */
} Peek;

static void free_row(PeekRow *row) {
    for (size_t i = 0; i < row->count; i++)
        free(row->cell[i]);
    free(row->cell);
    *row = (PeekRow){0};
}

static void peek_free(Peek *s) {
    for (size_t i = 0; i < s->rows; i++)
        free_row(&s->row[i]);
    s->rows = 0;
}

static bool is_number(const char *text, bool decimal_comma) {
    double value;
    return points_read_number(text, strlen(text), decimal_comma, NULL, &value);
}

/* Of a cell between blanks, "1," is half of "1, 2". */
static bool counts_as_number(const char *text, char delimiter) {
    size_t length = strlen(text);
    return is_number(text, delimiter != ',') && !(delimiter == POINTS_BLANKS && text[length - 1] == ',');
}

static bool copy_row(PeekRow *to, const PointsRow *row) {
    to->cell = calloc(row->count, sizeof *to->cell);
    for (size_t i = 0; to->cell && i < row->count; i++) {
        to->cell[i] = strndup(row->cells[i].text, row->cells[i].length);
        if (!to->cell[i])
            return false;
        to->count++;
    }
    to->line = row->line;
    return to->cell != NULL;
}

static void measure(Peek *s, char delimiter) {
    size_t most = 0;
    for (size_t i = 0; i < s->rows; i++) {
        const PeekRow *row = &s->row[i];
        size_t same = 0;
        for (size_t j = 0; j < s->rows; j++)
            same += s->row[j].count == row->count;
        if (same > most || (same == most && row->count > s->width)) {
            most = same;
            s->width = row->count;
        }
        s->alike += row->count == s->row[0].count;
        for (size_t k = 0; k < row->count; k++)
            s->numbers += counts_as_number(row->cell[k], delimiter);
    }
}

typedef struct Text { /* what the rows lie in */
    const char *bytes;
    size_t size;
    size_t skip, skip_lines; /* of them before the first row */
    bool apostrophes;
} Text;

/* False without memory. */
static bool peek_read(Peek *s, const Text *text, char delimiter) {
    Status status = {0};
    PointsFaults none = {.path = "", .status = &status}; /* what is wrong comes up when the rows are read in earnest */
    *s = (Peek){0};
    size_t size = text->size - text->skip;
    PointsRows rows = {.faults = &none,
                       .text = malloc(size + 1),
                       .end = size,
                       .ended = true,
                       .line = 1 + text->skip_lines,
                       .delimiter = delimiter,
                       .apostrophes = text->apostrophes};
    char *copy = rows.text;
    if (!copy)
        return false;
    memcpy(copy, text->bytes + text->skip, size);
    PointsRow row;
    bool done = true;
    while (done && s->rows < PEEKED && points_rows_next(&rows, &row)) {
        PeekRow *to = &s->row[s->rows++];
        done = copy_row(to, &row);
        to->end = text->skip + rows.start;
        to->end_line = rows.line;
    }
    points_rows_free(&rows);
    free(copy);
    if (done)
        measure(s, delimiter);
    else
        peek_free(s);
    return done;
}

/* Whether a is the better reading of the two: more numbers, then rows more alike, then more cells. */
static bool is_better(const Peek *a, const Peek *b) {
    if (a->numbers != b->numbers)
        return a->numbers > b->numbers;
    if (a->alike != b->alike)
        return a->alike > b->alike;
    return a->width > b->width;
}

/* The delimiter under which the first rows have the most numbers; the earlier of those that are alike. */
static bool find_delimiter(Peek *best, const Text *text, char *delimiter) {
    static const char CANDIDATES[] = {'\t', ';', ',', '|', POINTS_BLANKS};
    *best = (Peek){0};
    *delimiter = ',';
    for (size_t i = 0; i < sizeof CANDIDATES; i++) {
        Peek s;
        if (!peek_read(&s, text, CANDIDATES[i])) {
            peek_free(best);
            return false;
        }
        if (best->rows == 0 || is_better(&s, best)) {
            peek_free(best);
            *best = s;
            *delimiter = CANDIDATES[i];
        } else {
            peek_free(&s);
        }
    }
    if (best->width < 2) /* one column: it does not matter */
        *delimiter = ',';
    return true;
}

/* ---- what stands above the rows ---- */

static const char *line_end(const char *at, const char *end) {
    while (at < end && *at != '\n' && *at != '\r')
        at++;
    return at;
}

static const char *next_line(const char *at, const char *end) {
    at = line_end(at, end);
    if (at < end)
        at += *at == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1;
    return at;
}

/* Excel's line "sep=;": the delimiter, or 0. */
static char find_sep(Text *text) {
    const char *at = text->bytes, *end = line_end(at, at + text->size);
    size_t length = (size_t)(end - at);
    points_trim(&at, &length);
    if (length >= 2 && at[0] == '"' && at[length - 1] == '"') {
        at++;
        length -= 2;
    }
    if (length < 4 || length > 5 || strncasecmp(at, "sep=", 4) != 0)
        return 0;
    text->skip = (size_t)(next_line(end, text->bytes + text->size) - text->bytes);
    text->skip_lines = 1;
    return length == 5 ? at[4] : '\t';
}

static bool add_name(PointsHeader *header, const char *text, size_t length) {
    char **name = realloc(header->name, (header->count + 1) * sizeof *name);
    if (!name)
        return false;
    header->name = name;
    header->name[header->count] = strndup(text, length);
    return header->name[header->count] && ++header->count;
}

static bool starts_with(const char *at, const char *end, const char *word) {
    size_t length = strlen(word);
    return (size_t)(end - at) >= length && strncasecmp(at, word, length) == 0;
}

/* ARFF (Weka): the names of its attributes, up to the line @data. */
static bool read_arff(PointsDialect *d, Text *text, PointsFaults *faults) {
    const char *end = text->bytes + text->size;
    size_t line = 1;
    for (const char *at = text->bytes; at < end; at = next_line(at, end), line++) {
        if (starts_with(at, end, "@data")) {
            text->skip = (size_t)(next_line(at, end) - text->bytes);
            text->skip_lines = line;
            text->apostrophes = true;
            d->header.line = line;
            return true;
        }
        if (!starts_with(at, end, "@attribute"))
            continue;
        const char *name = at + strlen("@attribute"), *stop = line_end(at, end);
        while (name < stop && (*name == ' ' || *name == '\t'))
            name++;
        char quote = name < stop && (*name == '\'' || *name == '"') ? *name++ : 0;
        const char *after = name;
        while (after < stop && (quote ? *after != quote : *after != ' ' && *after != '\t'))
            after++;
        if (!add_name(&d->header, name, (size_t)(after - name))) {
            faults->failed = true;
            return status_no_memory(faults->status, "the header");
        }
    }
    points_fault(faults, 0, "is an ARFF file without a line @data");
    return false;
}

/* ---- the header ---- */

static bool take_names(PointsDialect *d, const PeekRow *row, PointsFaults *faults) {
    d->header.line = row->line;
    for (size_t i = 0; i < row->count; i++)
        if (!add_name(&d->header, row->cell[i], strlen(row->cell[i]))) {
            faults->failed = true;
            return status_no_memory(faults->status, "the header");
        }
    return true;
}

static size_t numbers_in(const PeekRow *row, bool decimal_comma) {
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++)
        count += is_number(row->cell[i], decimal_comma);
    return count;
}

static bool has_name(const PeekRow *row, const char *name, size_t length) {
    for (size_t i = 0; i < row->count; i++)
        if (strlen(row->cell[i]) == length && strncasecmp(row->cell[i], name, length) == 0)
            return true;
    return false;
}

/* Whether the row has each of the wanted columns by its name. Names that are numbers of its columns are no names. */
static bool names_columns(const PeekRow *row, const char *wanted) {
    bool numbers = wanted != NULL;
    for (const char *at = wanted; numbers && *at; at += strcspn(at, ",") + (at[strcspn(at, ",")] == ',')) {
        size_t number = strtoul(at, NULL, 10);
        numbers = number >= 1 && number <= row->count && is_number(row->cell[number - 1], false);
    }
    if (numbers)
        return false;
    for (const char *at = wanted ? wanted : "x,y,label";;) {
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

/* pandas' header of a table without names: 0, 1, 2, ...; its index has none. */
static bool counts_columns(const PeekRow *row) {
    size_t first = row->count > 0 && !row->cell[0][0];
    for (size_t i = first; i < row->count; i++) {
        char number[32];
        snprintf(number, sizeof number, "%zu", i - first);
        if (strcmp(row->cell[i], number) != 0)
            return false;
    }
    return row->count - first >= 3;
}

/* scikit-learn's first line: the numbers of rows and columns, then the classes' names, over nothing but numbers. */
static bool counts_rows(const Peek *s, size_t at, bool decimal_comma) {
    const PeekRow *row = &s->row[at];
    if (row->count < 3 || at + 1 >= s->rows || strspn(row->cell[0], "0123456789") != strlen(row->cell[0]) ||
        strspn(row->cell[1], "0123456789") != strlen(row->cell[1]))
        return false;
    for (size_t i = 2; i < row->count; i++)
        if (is_number(row->cell[i], decimal_comma))
            return false;
    for (size_t r = at + 1; r < s->rows; r++)
        if (numbers_in(&s->row[r], decimal_comma) < s->row[r].count)
            return false;
    return true;
}

/* Orange's second and third rows: kinds of the columns, and their roles. */
static bool tells_types(const PeekRow *row, bool roles) {
    static const char *const TYPES[] = {"continuous", "c", "discrete", "d", "string", "s", "time", "t", NULL};
    static const char *const ROLES[] = {"class", "meta", "m", "i", "ignore", "weight", "", NULL};
    size_t told = 0;
    for (size_t i = 0; i < row->count; i++) {
        bool known = false;
        for (const char *const *word = roles ? ROLES : TYPES; *word && !known; word++)
            known = strcasecmp(row->cell[i], *word) == 0;
        if (!known && (roles || row->cell[i][0]))
            return false;
        told += row->cell[i][0] != '\0';
    }
    return told > 0;
}

/* R's row names: every row has one cell more than the header, and the first cells count or are words, each its own. */
static bool has_row_names(const Peek *s, size_t header, bool decimal_comma) {
    if (header + 1 >= s->rows)
        return false;
    for (size_t r = header + 1; r < s->rows; r++) {
        const PeekRow *row = &s->row[r];
        char number[32];
        snprintf(number, sizeof number, "%zu", r - header);
        if (row->count != s->row[header].count + 1 ||
            (strcmp(row->cell[0], number) != 0 && is_number(row->cell[0], decimal_comma)))
            return false;
        for (size_t other = header + 1; other < r; other++)
            if (strcmp(s->row[other].cell[0], row->cell[0]) == 0)
                return false;
    }
    return true;
}

/* A comment above the first row that names as many columns as it has cells: "# x,y,label". */
static bool find_comment_header(PointsDialect *d, const Text *text, const Peek *s, PointsFaults *faults) {
    const char *end = text->bytes + text->size, *comment = NULL;
    size_t line = 1 + text->skip_lines, found = 0;
    for (const char *at = text->bytes + text->skip; at < end && s->rows > 0 && line < s->row[0].line;
         at = next_line(at, end), line++)
        if (*at == '#' || *at == '%') {
            comment = at;
            found = line;
        }
    if (!comment)
        return true;
    size_t length = (size_t)(line_end(comment, end) - comment);
    while (length > 0 && (*comment == '#' || *comment == '%')) {
        comment++;
        length--;
    }
    points_trim(&comment, &length);
    Peek names;
    if (!peek_read(&names, &(Text){.bytes = comment, .size = length}, d->delimiter)) {
        faults->failed = true;
        return status_no_memory(faults->status, "the header");
    }
    bool done = true;
    if (names.rows == 1 && names.row[0].count == s->width && numbers_in(&names.row[0], d->decimal_comma) == 0) {
        names.row[0].line = found;
        done = take_names(d, &names.row[0], faults);
    }
    peek_free(&names);
    return done;
}

/* ---- which row is the header ---- */

enum { NO_HEADER = SIZE_MAX };

/* A title: words alone, fewer than a row has cells, above a row of names. */
static bool is_title(const Peek *s, size_t at, bool decimal_comma) {
    const PeekRow *row = &s->row[at];
    if (at + 1 >= s->rows || row->count >= s->width || numbers_in(row, decimal_comma) > 0)
        return false;
    return s->row[at + 1].count == s->width ? numbers_in(&s->row[at + 1], decimal_comma) == 0 || row->count == 1
                                            : is_title(s, at + 1, decimal_comma);
}

static size_t find_header(const Peek *s, const PointsDialect *d, const PointsFormat *format, size_t *first,
                          PointsFaults *faults) {
    size_t at = 0;
    bool comma = d->decimal_comma;
    *first = 0;
    while (at < s->rows && !names_columns(&s->row[at], format->columns) && !has_row_names(s, at, comma) &&
           is_title(s, at, comma))
        at++;
    if (at > 0)
        points_note(faults, "%zu line%s above the table left out", at, at == 1 ? "" : "s");
    *first = at;
    const PeekRow *row = &s->row[at];
    if (at == s->rows)
        return NO_HEADER;
    if (names_columns(row, format->columns) || numbers_in(row, comma) == 0 || points_own_table(row->cell, row->count))
        return at;
    if (counts_columns(row)) {
        points_note(faults, "line %zu counts the columns: taken as a header, not as a point", row->line);
        *first = at + 1; /* which are told by their numbers from 1, as everywhere */
        return NO_HEADER;
    }
    if (counts_rows(s, at, comma)) {
        points_note(faults, "line %zu counts the rows: taken as a header, not as a point", row->line);
        *first = at + 1; /* it names classes, not columns */
        return NO_HEADER;
    }
    return NO_HEADER;
}

/* --header yes, no or a line. */
static bool told_header(const Peek *s, const char *told, size_t *header, size_t *first, PointsFaults *faults) {
    *header = NO_HEADER;
    *first = 0;
    if (strcmp(told, "no") == 0)
        return true;
    if (strcmp(told, "yes") == 0) {
        *header = s->rows > 0 ? 0 : NO_HEADER;
        return true;
    }
    size_t line = strtoul(told, NULL, 10);
    for (size_t i = 0; i < s->rows; i++)
        if (s->row[i].line == line) {
            *header = *first = i;
            return true;
        }
    points_fault(faults, 0, "no row begins in line %zu, which --header names; a header is among the first %d rows",
                 line, PEEKED);
    return false;
}

/* Which columns hold numbers, but for what is missing, from row `first` on. */
static bool find_numeric(PointsDialect *d, const Peek *s, size_t first, const char *missing) {
    d->numeric = calloc(d->width ? d->width : 1, sizeof *d->numeric);
    if (!d->numeric)
        return false;
    for (size_t k = 0; k < d->width; k++) {
        size_t numbers = 0, others = 0;
        for (size_t r = first; r < s->rows; r++) {
            size_t at = k + d->row_names;
            const char *text = at < s->row[r].count ? s->row[r].cell[at] : "";
            bool number = is_number(text, d->decimal_comma);
            numbers += number;
            others += !number && !points_is_missing(missing, text, strlen(text));
        }
        d->numeric[k] = numbers > others; /* some may be bad */
    }
    return true;
}

/* The header and what is above the first point, with the delimiter known. */
static bool settle(PointsDialect *d, const Text *text, Peek *s, const PointsFormat *format, PointsFaults *faults) {
    size_t header = NO_HEADER, first = 0;
    bool arff = d->header.count > 0;
    d->skip = text->skip;
    d->skip_lines = text->skip_lines;
    if (!arff && format->header && !told_header(s, format->header, &header, &first, faults))
        return false;
    if (!arff && !format->header) {
        header = find_header(s, d, format, &first, faults);
        if (header == NO_HEADER && !find_comment_header(d, text, s, faults))
            return false;
    }
    if (header != NO_HEADER) {
        if (!take_names(d, &s->row[header], faults))
            return false;
        d->row_names = has_row_names(s, header, d->decimal_comma);
        if (d->row_names)
            points_note(faults, "every row has one cell more than the header: the first is taken as a row name");
        first = header + 1;
        if (s->rows > first + 1 && tells_types(&s->row[first], false) && tells_types(&s->row[first + 1], true))
            first += 2; /* Orange */
    }
    if (first > 0) {
        d->skip = s->row[first - 1].end;
        d->skip_lines = s->row[first - 1].end_line - 1;
    }
    d->width = d->header.count ? d->header.count : first < s->rows ? s->row[first].count : 0;
    if (d->header.count == 0)
        for (size_t r = first; r < s->rows; r++) /* a first row may lack a cell; the rest says how many there are */
            d->width = s->row[r].count > d->width && s->row[r].count == s->width ? s->width : d->width;
    return find_numeric(d, s, first, format->missing) || status_no_memory(faults->status, "the header");
}

/* "1 3:0.5 7:1": a label, then numbers of columns with their values. */
static bool is_svmlight(const Peek *s) {
    size_t pairs = 0, cells = 0;
    for (size_t r = 0; r < s->rows; r++)
        for (size_t k = 1; k < s->row[r].count; k++) {
            size_t digits = strspn(s->row[r].cell[k], "0123456789");
            cells++;
            pairs += digits > 0 && s->row[r].cell[k][digits] == ':';
        }
    return cells > 0 && pairs == cells;
}

bool points_dialect_find(PointsDialect *d, const char *bytes, size_t size, bool whole, const PointsFormat *format,
                         PointsFaults *faults) {
    *d = (PointsDialect){.delimiter = ','};
    if (!whole) /* the last line may be cut */
        while (size > 0 && bytes[size - 1] != '\n' && bytes[size - 1] != '\r')
            size--;
    Text text = {.bytes = bytes, .size = size};
    const char *at = bytes, *end = bytes + size;
    while (at < end && (*at == '%' || *at == '\n' || *at == '\r'))
        at = next_line(at, end);
    char sep = find_sep(&text);
    if (starts_with(at, end, "@relation") && !read_arff(d, &text, faults))
        return false;
    Peek sample;
    d->delimiter = sep;
    bool read = sep ? peek_read(&sample, &text, sep) : find_delimiter(&sample, &text, &d->delimiter);
    if (!read) {
        faults->failed = true;
        return status_no_memory(faults->status, "the points");
    }
    d->apostrophes = text.apostrophes;
    d->decimal_comma = d->delimiter != ',';
    bool done = true;
    if (d->delimiter == POINTS_BLANKS && is_svmlight(&sample)) {
        points_fault(faults, 0, "is in svmlight's format; write its points as CSV: x,y,label");
        done = false;
    } else {
        done = settle(d, &text, &sample, format, faults);
        faults->failed = faults->failed || !done;
    }
    peek_free(&sample);
    return done;
}

void points_dialect_free(PointsDialect *d) {
    for (size_t i = 0; i < d->header.count; i++)
        free(d->header.name[i]);
    free(d->header.name);
    free(d->numeric);
    *d = (PointsDialect){0};
}
