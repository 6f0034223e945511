#include "app/io/points_private.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { CHUNK = 64 << 10 };

void points_rows_free(PointsRows *rows) {
    if (rows->source)
        free(rows->text);
    free(rows->cells);
    rows->text = NULL;
    rows->cells = NULL;
}

/* Moves what is left to the front and reads a chunk behind it. */
bool points_rows_fill(PointsRows *r) {
    if (r->faults->failed)
        return false;
    if (!r->source) {
        r->ended = true;
        return true;
    }
    if (r->start > 0)
        memmove(r->text, r->text + r->start, r->end - r->start);
    r->end -= r->start;
    r->start = 0;
    if (r->end + CHUNK + 1 > r->capacity) {
        size_t capacity = r->end + 2 * (size_t)CHUNK;
        char *text = realloc(r->text, capacity + 1);
        if (!text) {
            r->faults->failed = true;
            return status_no_memory(r->faults->status, "a row of points");
        }
        r->text = text;
        r->capacity = capacity;
    }
    size_t got = points_source_read(r->source, r->text + r->end, r->capacity - r->end);
    r->has_nul = r->has_nul || memchr(r->text + r->end, '\0', got);
    r->end += got;
    r->ended = got == 0;
    r->fills++;
    return !r->faults->failed;
}

/* ---- one row, if all of it is there ---- */

typedef enum { ROW_WHOLE, ROW_SHORT, ROW_BAD } RowState;

typedef struct Scan {
    PointsRows *rows;
    char *at, *end; /* end: of what is there; a line feed stands at it */
    size_t line;
    PointsRow *row;
} Scan;

static PointsCell *next_cell(Scan *s) {
    PointsRows *r = s->rows;
    if (s->row->count == r->cell_capacity) {
        size_t capacity = r->cell_capacity ? 2 * r->cell_capacity : 16;
        PointsCell *cells = realloc(r->cells, capacity * sizeof *cells);
        if (!cells) {
            r->faults->failed = true;
            status_no_memory(r->faults->status, "a row of points");
            return NULL;
        }
        r->cells = cells;
        r->cell_capacity = capacity;
    }
    PointsCell *cell = &r->cells[s->row->count++];
    *cell = (PointsCell){.line = s->line};
    return cell;
}

static bool is_gap(const PointsRows *r, char c) {
    return (c == ' ' || c == '\t') && c != r->delimiter;
}

static bool ends_cell(const PointsRows *r, char c) {
    return c == '\n' || c == '\r' || c == r->delimiter || (r->delimiter == POINTS_BLANKS && c == '\t');
}

/* ARFF's \' within apostrophes. */
static bool is_escape(const PointsRows *r, char quote, const char *at, const char *end) {
    return r->apostrophes && *at == '\\' && at + 1 < end && at[1] == quote;
}

/* A quoted cell, whose quotes are taken off where it stands; behind it up to the cell's end. False: its end is not
 * there. */
static bool scan_quoted(Scan *s, PointsCell *cell) {
    char quote = *s->at, *from = s->at + 1, *to = from;
    cell->text = to;
    cell->quoted = true;
    for (;; from++) {
        if (from >= s->end)
            return false;
        if (*from == quote && from + 1 < s->end && from[1] == quote)
            from++; /* one of two */
        else if (is_escape(s->rows, quote, from, s->end))
            from++;
        else if (*from == quote)
            break;
        s->line += *from == '\n' || (*from == '\r' && !(from + 1 < s->end && from[1] == '\n'));
        *to++ = *from;
    }
    cell->length = (size_t)(to - cell->text);
    for (from++; from < s->end && !ends_cell(s->rows, *from); from++)
        if (!is_gap(s->rows, *from)) {
            cell->text[cell->length++] = *from;
            cell->behind++;
        }
    s->at = from;
    return from < s->end || s->rows->ended;
}

static bool scan_plain(Scan *s, PointsCell *cell) {
    char *from = s->at;
    char delimiter = s->rows->delimiter;
    cell->text = from;
    if (delimiter == POINTS_BLANKS)
        while (*from != '\n' && *from != '\r' && *from != ' ' && *from != '\t')
            from++;
    else
        while (*from != '\n' && *from != '\r' && *from != delimiter)
            from++;
    cell->length = (size_t)(from - cell->text);
    s->at = from;
    return from < s->end || s->rows->ended;
}

/* Between blanks: "# words" behind the cells. */
static bool is_remark(const Scan *s) {
    const char *at = s->at;
    return (*at == '#' || *at == '%') && at + 1 < s->end && (at[1] == ' ' || at[1] == '\t');
}

/* From the row's first byte, all of which is there (row_is_there). The cells' final 0s are set at the end, when
 * nothing is looked at any more. */
static RowState scan_row(Scan *s) {
    PointsRows *r = s->rows;
    for (;;) {
        while (s->at < s->end && (is_gap(r, *s->at) || (r->delimiter == POINTS_BLANKS && *s->at == ' ')))
            s->at++;
        if (s->at >= s->end && !r->ended)
            return ROW_SHORT;
        if (r->delimiter == POINTS_BLANKS && (s->at >= s->end || *s->at == '\n' || *s->at == '\r'))
            break;
        if (r->delimiter == POINTS_BLANKS && s->row->count > 0 && is_remark(s)) {
            while (*s->at != '\n' && *s->at != '\r')
                s->at++;
            break;
        }
        PointsCell *cell = next_cell(s);
        if (!cell)
            return ROW_BAD;
        bool quoted = s->at < s->end && (*s->at == '"' || (r->apostrophes && *s->at == '\''));
        size_t line = s->line;
        if (!(quoted ? scan_quoted(s, cell) : scan_plain(s, cell))) {
            if (!r->ended)
                return ROW_SHORT;
            points_fault(r->faults, line, "a quote is left open");
            return ROW_BAD;
        }
        if (s->at >= s->end || *s->at == '\n' || *s->at == '\r')
            break;
        s->at++; /* the delimiter */
    }
    if (s->at < s->end && *s->at == '\r' && s->at + 1 == s->end && !r->ended)
        return ROW_SHORT; /* a line feed may follow */
    if (s->at < s->end)
        s->at += *s->at == '\r' && s->at + 1 < s->end && s->at[1] == '\n' ? 2 : 1;
    s->line++;
    for (size_t i = 0; i < s->row->count; i++) {
        PointsCell *cell = &r->cells[i];
        if (r->has_nul && memchr(cell->text, '\0', cell->length)) {
            points_fault(r->faults, cell->line, "a NUL byte: this is no text, or it is damaged");
            return ROW_BAD;
        }
        bool plain = cell->length > 0 && cell->text[0] > ' ' && cell->text[cell->length - 1] > ' ';
        if (!plain) { /* blanks may be at an end: what is above 127 is negative here */
            const char *text = cell->text;
            size_t before = cell->length;
            points_trim(&text, &cell->length);
            size_t lead = (size_t)(text - cell->text), cut = before - cell->length - lead;
            cell->text += lead;
            cell->behind -= cell->behind < cut ? cell->behind : cut;
        }
        cell->text[cell->length] = '\0';
    }
    return ROW_WHOLE;
}

/* Whether all of the row that begins at `at` is there: its end is outside quotes. */
static bool row_is_there(const PointsRows *r, const char *at, const char *end) {
    const char *line_end = memchr(at, '\n', (size_t)(end - at));
    const char *cr = memchr(at, '\r', (size_t)((line_end ? line_end : end) - at));
    const char *first = cr ? cr : line_end;
    if (first && !memchr(at, '"', (size_t)(first - at)) && !r->apostrophes)
        return first + 1 < end || *first == '\n';
    bool cell_begins = true;
    char quote = 0;
    for (const char *c = at; c < end; c++) {
        if (quote && *c == quote) {
            if (c + 1 < end && c[1] == quote)
                c++;
            else
                quote = 0;
        } else if (quote && is_escape(r, quote, c, end)) {
            c++;
        } else if (!quote && cell_begins && (*c == '"' || (r->apostrophes && *c == '\'')))
            quote = *c;
        else if (!quote && (*c == '\n' || *c == '\r'))
            return *c == '\n' || c + 1 < end;
        cell_begins = !quote && (ends_cell(r, *c) || (cell_begins && (*c == ' ' || *c == '\t')));
    }
    return false;
}

/* What a spreadsheet writes where a formula failed is no comment. */
static bool is_formula_error(const char *at, const char *end) {
    static const char *const ERRORS[] = {"#N/A", "#DIV/0!", "#REF!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!", NULL};
    for (const char *const *error = ERRORS; *error; error++)
        if ((size_t)(end - at) >= strlen(*error) && strncasecmp(at, *error, strlen(*error)) == 0)
            return true;
    return false;
}

/* A line of a printed table: dashes, and what stands where they meet. */
static bool is_rule(const char *at, const char *end) {
    bool dashes = false;
    for (; at < end && *at != '\n' && *at != '\r'; at++) {
        if (!strchr("-=+|: \t", *at))
            return false;
        dashes = dashes || ((*at == '-' || *at == '=') && at[1] == *at);
    }
    return dashes;
}

/* Whether the line that begins at `at` is none of the table. */
static bool is_aside(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    if (at < end && (*at == '#' || *at == '%'))
        return !is_formula_error(at, end);
    return at < end && strchr("-=+|:", *at) && is_rule(at, end);
}

/* Counts a comment that would be a point: two numbers or more, and at most one word; above the first row, where sizes
 * stand, three cells. */
static void watch_comment(PointsRows *r, const char *at, const char *end) {
    size_t numbers = 0, cells = 0;
    while (at < end && strchr("#% \t", *at))
        at++;
    while (at < end) {
        const char *stop = at;
        while (stop < end && !ends_cell(r, *stop))
            stop++;
        const char *text = at;
        size_t length = (size_t)(stop - at);
        double value;
        points_trim(&text, &length);
        cells += length > 0;
        numbers += length > 0 && points_read_number(text, length, POINTS_DECIMAL_EITHER, NULL, &value);
        at = stop + 1;
    }
    if (numbers >= 2 && numbers + 1 >= cells && (r->begun || cells >= 3) && r->like_points++ == 0)
        r->like_point_line = r->line;
}

/* From the comment's first byte to the next line's. */
static void skip_aside(Scan *s) {
    const char *from = s->at;
    while (*s->at != '\n' && *s->at != '\r')
        s->at++;
    watch_comment(s->rows, from, s->at);
    if (s->at < s->end)
        s->at += *s->at == '\r' && s->at + 1 < s->end && s->at[1] == '\n' ? 2 : 1;
    s->line++;
}

bool points_rows_next(PointsRows *r, PointsRow *row) {
    for (;;) {
        if (r->faults->failed)
            return false;
        while (!r->ended && !(r->start < r->end && row_is_there(r, r->text + r->start, r->text + r->end))) {
            if (r->end - r->start > POINTS_ROW_MAX) {
                points_fault(r->faults, r->line, "a row of more than %zu bytes: is a quote left open?", POINTS_ROW_MAX);
                return false;
            }
            if (!points_rows_fill(r))
                return false;
        }
        if (r->start == r->end)
            return false;
        *row = (PointsRow){.line = r->line};
        Scan s = {.rows = r, .at = r->text + r->start, .end = r->text + r->end, .line = r->line, .row = row};
        *s.end = '\n';
        if (is_aside(s.at, s.end))
            skip_aside(&s);
        else if (scan_row(&s) != ROW_WHOLE)
            return false;
        if (s.line > POINTS_LINES_MAX) {
            points_fault(r->faults, 0, "more than %zu lines", POINTS_LINES_MAX);
            return false;
        }
        r->start = (size_t)(s.at - r->text);
        r->line = s.line;
        row->cells = r->cells;
        row->all = row->count;
        while (row->count > 0 && row->cells[row->count - 1].length == 0)
            row->count--;
        r->begun = r->begun || row->count > 0;
        if (row->count > 0)
            return true;
    }
}
