#include "app/io/points_peek.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

static const struct {
    const char *name;
    char delimiter;
} DELIMITERS[] = {{"comma", ','}, {"semicolon", ';'},       {"tab", '\t'},
                  {"\\t", '\t'},  {"space", POINTS_BLANKS}, {"pipe", '|'}};

char points_delimiter_of(const char *name) {
    for (size_t i = 0; i < sizeof DELIMITERS / sizeof *DELIMITERS; i++)
        if (strcmp(name, DELIMITERS[i].name) == 0)
            return DELIMITERS[i].delimiter;
    bool one = name[0] && !name[1];
    return one && strchr(",;|:!$&*/<=>?@^_~\t ", name[0]) ? name[0] : '\0';
}

bool points_delimiter_check(const char *name, Status *status) {
    return points_delimiter_of(name) ||
           status_fail(
               status, STATUS_USAGE,
               "'%.60s' is neither comma, semicolon, tab, space, pipe nor another sign that numbers do not have", name);
}

/* Excel's line "sep=;", which it may have padded with delimiters: the delimiter, or 0. */
static char find_sep(Text *text) {
    const char *at = text->bytes, *end = text_line_end(at, at + text->size);
    bool quoted = at < end && *at == '"';
    const char *sign = at + quoted + strlen("sep=");
    if (!text_starts_with(at + quoted, end, "sep="))
        return 0;
    char sep = sign < end ? *sign : '\0';
    for (const char *rest = sign; rest < end; rest++)
        if (*rest != sep && *rest != '"' && *rest != ' ' && *rest != '\t')
            return 0; /* a header, of one column */
    text->skip = (size_t)(text_next_line(end, text->bytes + text->size) - text->bytes);
    text->skip_lines = 1;
    return sep == '"' || (unsigned char)sep >= 0x80 ? '\0' : sep;
}

/* ---- a first column that is none of the points ---- */

static bool is_whole(const char *text) {
    return text[0] && strspn(text, "0123456789") == strlen(text);
}

/* Whether the first cells of the rows from `first` on, two or more unless `one` will do, can be names of rows: each its
 * own, and a word, a number in quotes, or a whole number; between commas, where it may be half of a number with a
 * decimal comma, only one that is larger than that above. */
static bool are_row_names(const Peek *p, size_t first, char delimiter) {
    for (size_t r = first; r < p->rows; r++) {
        const char *name = p->row[r].cell[0];
        if (!name[0])
            return false;
        bool number = peek_is_number(p, name) && !p->row[r].quoted[0];
        if (number && (!is_whole(name) || (delimiter == ',' && r > first && is_whole(p->row[r - 1].cell[0]) &&
                                           strtod(p->row[r - 1].cell[0], NULL) >= strtod(name, NULL))))
            return false;
        for (size_t other = first; other < r; other++)
            if (strcmp(p->row[other].cell[0], name) == 0)
                return false;
    }
    return p->rows > first;
}

/* R's row names: every row has one cell more than the header. */
static bool has_row_names(const Peek *p, size_t header, char delimiter) {
    size_t width = p->row[header].count + 1, full = 0;
    for (size_t r = header + 1; r < p->rows; r++) {
        full += p->row[r].count == width;
        if (p->row[r].count > width || p->row[r].all != width)
            return false;
    }
    return full > 0 && are_row_names(p, header + 1, delimiter);
}

/* Whether the first cells count the rows, from any number on. */
static bool counts_rows(const Peek *p, size_t first) {
    for (size_t r = first; r < p->rows; r++) {
        const char *text = p->row[r].cell[0];
        if (!is_whole(text) || (r > first && strtod(text, NULL) != strtod(p->row[r - 1].cell[0], NULL) + 1.0))
            return false;
    }
    return p->rows >= first + 3;
}

/* Names of a column that numbers the rows: pandas' and R's for sure, others where they count. */
static bool is_index_name(const char *name, bool counts) {
    static const char *const NAMES[] = {"id", "index", "row", "no", "no.", "nr", "nr.", "rowid", "row_id", "#", NULL};
    if (!name[0] || strcasecmp(name, "rownames") == 0 || strncmp(name, "Unnamed: ", 9) == 0)
        return true;
    for (const char *const *known = NAMES; counts && *known; known++)
        if (strcasecmp(name, *known) == 0)
            return true;
    return false;
}

/* Without a header: a fourth column, before three, of quoted numbers, of words, or of 0 or 1 and so on. */
static bool is_index(const Peek *p, size_t first, char delimiter) {
    if (p->width != 4 || first >= p->rows)
        return false;
    if (first > 0 && p->row[first - 1].count == p->width && !p->row[first - 1].cell[0][0])
        return true; /* pandas' header has no name for it */
    const char *top = p->row[first].cell[0];
    bool quoted = p->row[first].quoted[0] && p->row[first].count > 1 && !p->row[first].quoted[1];
    if (!quoted && peek_is_number(p, top))
        return counts_rows(p, first) && (strcmp(top, "0") == 0 || strcmp(top, "1") == 0);
    return p->rows >= first + 2 && are_row_names(p, first, delimiter);
}

/* What of the columns is no part of a point. */
static void set_aside(PointsDialect *d, const Peek *p, size_t first) {
    if (d->header.count == 0) {
        if (d->width > 0 && is_index(p, first, d->delimiter))
            d->role[0] = POINTS_ROLE_ASIDE;
        return;
    }
    for (size_t k = 0; k < d->header.count; k++)
        if (is_index_name(d->header.name[k], k == 0 && !d->row_names && counts_rows(p, first)))
            d->role[k] = POINTS_ROLE_ASIDE;
}

/* ---- all of it ---- */

/* What numbers are, of which `kinds` differ. */
static PointsHolds holds_numbers(size_t numbers, size_t kinds, bool fractions) {
    if (fractions)
        return kinds > 4 || (kinds > 2 && kinds == numbers) ? POINTS_HOLDS_MEASURES : POINTS_HOLDS_NUMBERS;
    return kinds >= 2 && kinds <= MAX_CLASSES && kinds < numbers ? POINTS_HOLDS_KINDS : POINTS_HOLDS_NUMBERS;
}

/* What a column holds from row `first` on, but for what is missing. */
static PointsHolds find_holds(const Peek *p, size_t first, size_t at, const char *missing) {
    double kind[PEEKED];
    size_t kinds = 0, numbers = 0, others = 0;
    bool fractions = false;
    for (size_t r = first; r < p->rows; r++) {
        const char *text = at < p->row[r].count ? p->row[r].cell[at] : "";
        double value;
        if (!points_read_number(text, strlen(text), p->decimal, NULL, &value)) {
            others += !points_is_missing(missing, text, strlen(text));
            continue;
        }
        numbers++;
        fractions = fractions || value != floor(value);
        size_t i = 0;
        while (i < kinds && kind[i] != value)
            i++;
        if (i == kinds)
            kind[kinds++] = value;
    }
    if (numbers + others == 0 && p->rows > first + 1)
        return POINTS_HOLDS_NOTHING;
    return numbers > others ? holds_numbers(numbers, kinds, fractions) : POINTS_HOLDS_WORDS; /* some may be bad */
}

/* Whether a column may mark clean points, but for single bad cells. */
static bool find_marks(const Peek *p, size_t first, size_t at, const char *missing) {
    size_t marks = 0, others = 0;
    for (size_t r = first; r < p->rows; r++) {
        const char *text = at < p->row[r].count ? p->row[r].cell[at] : "";
        bool mark = points_read_mark(text, strlen(text), missing) >= 0;
        marks += mark && !points_is_missing(missing, text, strlen(text));
        others += !mark;
    }
    return marks >= others;
}

static void list_first_row(PointsDialect *d, const Peek *p, size_t first) {
    size_t used = 0, size = sizeof d->first_row;
    for (size_t k = 0; k < d->width && first < p->rows; k++) {
        size_t at = k + d->row_names;
        const char *text = at < p->row[first].count ? p->row[first].cell[at] : "";
        if (used + POINTS_SHOWN_MAX + 40 > size) {
            snprintf(d->first_row + used, size - used, tr(", and %zu more"), d->width - k);
            return;
        }
        used += (size_t)snprintf(d->first_row + used, size - used, "%s%zu (%.*s)", k ? ", " : "", k + 1,
                                 points_shown(text, strlen(text)), text);
    }
}

/* Room for what is known of each column. */
static bool make_columns(PointsDialect *d, PointsFaults *faults) {
    size_t count = d->width ? d->width : 1;
    d->holds = calloc(count, sizeof *d->holds);
    d->marks = calloc(count, sizeof *d->marks);
    if (!d->role)
        d->role = calloc(count, sizeof *d->role);
    return (d->holds && d->marks && d->role) || status_no_memory(faults->status, "the header");
}

static bool take_header(PointsDialect *d, const Peek *p, size_t header, PointsFaults *faults) {
    if (!points_header_take(d, &p->row[header], faults))
        return false;
    d->row_names = has_row_names(p, header, d->delimiter);
    if (d->row_names)
        points_note(faults, "every row has one cell more than the header: the first is taken as a row name");
    return true;
}

/* The header and what is above the first point, with the delimiter known. */
static bool settle(PointsDialect *d, const Text *text, const Peek *p, const PointsFormat *format,
                   PointsFaults *faults) {
    size_t header = NO_HEADER, first = 0, told = format->header ? strtoul(format->header, NULL, 10) : 0;
    bool arff = d->header.count > 0;
    d->skip = text->skip;
    d->skip_lines = text->skip_lines;
    if (!arff && told > 0 && !points_header_in_comment(d, text, p, told, faults))
        return false;
    if (!arff && d->header.count == 0) {
        header = points_header_find(p, format, &first, faults);
        if (faults->failed ||
            (header == NO_HEADER && !format->header && !points_header_in_comment(d, text, p, 0, faults)))
            return false;
    }
    if (header != NO_HEADER && !take_header(d, p, header, faults))
        return false;
    first = header != NO_HEADER ? header + 1 : first;
    d->width = d->header.count ? d->header.count : first < p->rows ? p->row[first].count : 0;
    if (d->header.count == 0)
        for (size_t r = first; r < p->rows; r++) /* a first row may lack a cell; the rest says how many there are */
            d->width = p->row[r].count > d->width && p->row[r].count == p->width ? p->width : d->width;
    if (!make_columns(d, faults))
        return false;
    if (header != NO_HEADER)
        first += points_orange_read(d, p, first);
    if (first > 0) {
        d->skip = p->row[first - 1].end;
        d->skip_lines = p->row[first - 1].end_line - 1;
    }
    set_aside(d, p, first);
    for (size_t k = 0; k < d->width; k++) {
        d->holds[k] = find_holds(p, first, k + d->row_names, format->missing);
        d->marks[k] = k < d->header.count && strcasecmp(d->header.name[k], "clean") == 0 &&
                      find_marks(p, first, k + d->row_names, format->missing);
    }
    list_first_row(d, p, first);
    return true;
}

/* Whether every row has a cell in apostrophes, in a column that no row has without. */
static bool has_apostrophes(const Peek *p) {
    for (size_t k = 0; k < p->width; k++) {
        size_t quoted = 0;
        for (size_t r = 0; r < p->rows; r++) {
            const char *text = k < p->row[r].count ? p->row[r].cell[k] : "";
            size_t length = strlen(text);
            quoted += length >= 2 && !p->row[r].quoted[k] && text[0] == '\'' && text[length - 1] == '\'';
        }
        if (quoted > 1 && quoted == p->rows)
            return true;
    }
    return false;
}

static bool read_first_rows(PointsDialect *d, Text *text, char delimiter, Peek *p, PointsFaults *faults) {
    d->delimiter = delimiter;
    bool read = delimiter ? peek_read(p, text, delimiter) : peek_find_delimiter(p, text, &d->delimiter);
    if (read && !text->apostrophes && has_apostrophes(p)) {
        peek_free(p);
        text->apostrophes = true;
        read = delimiter ? peek_read(p, text, delimiter) : peek_find_delimiter(p, text, &d->delimiter);
    }
    if (read)
        return true;
    faults->failed = true;
    return status_no_memory(faults->status, "the points");
}

bool points_dialect_find(PointsDialect *d, const char *bytes, size_t size, bool whole, const PointsFormat *format,
                         PointsFaults *faults) {
    *d = (PointsDialect){.delimiter = ','};
    if (!whole) /* the last line may be cut */
        while (size > 0 && bytes[size - 1] != '\n' && bytes[size - 1] != '\r')
            size--;
    Text text = {.bytes = bytes, .size = size, .decimal = format->decimal};
    char told = find_sep(&text);
    if (format->delimiter)
        told = points_delimiter_of(format->delimiter);
    if (!points_arff_read(d, &text, whole, faults))
        return d->wants_more;
    if (d->header.count > 0 && !told && memchr(bytes + text.skip, ',', size - text.skip))
        told = ',';
    Peek peek;
    if (!read_first_rows(d, &text, told, &peek, faults))
        return false;
    d->apostrophes = text.apostrophes;
    d->decimal = peek.decimal;
    d->wants_more = !whole && peek.rows == 0;
    bool done = true;
    if (points_is_svmlight(&peek)) {
        points_fault(faults, 0, "is in svmlight's format; write its points as CSV: x,y,label");
        done = false;
    } else {
        done = settle(d, &text, &peek, format, faults);
        faults->failed = faults->failed || !done;
    }
    peek_free(&peek);
    return done;
}

void points_dialect_free(PointsDialect *d) {
    points_header_free(&d->header);
    free(d->role);
    free(d->holds);
    free(d->marks);
    *d = (PointsDialect){0};
}
