#include "app/io/points_peek.h"

#include "app/base/memory_watch.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

static void free_row(PeekRow *row) {
    for (size_t i = 0; i < row->count; i++)
        free(row->cell[i]);
    free(row->cell);
    free(row->quoted);
    *row = (PeekRow){0};
}

void peek_free(Peek *p) {
    for (size_t i = 0; i < p->rows; i++)
        free_row(&p->row[i]);
    p->rows = 0;
}

bool peek_is_number(const Peek *p, const char *text) {
    double value;
    return points_read_number(text, strlen(text), p->decimal, NULL, &value);
}

size_t peek_numbers(const Peek *p, const PeekRow *row) {
    size_t count = 0;
    for (size_t i = 0; i < row->count; i++)
        count += peek_is_number(p, row->cell[i]);
    return count;
}

/* Of a cell between blanks, "1," is half of "1, 2". */
static bool counts_as_number(const Peek *p, const char *text, char delimiter) {
    return peek_is_number(p, text) && !(delimiter == POINTS_BLANKS && text[strlen(text) - 1] == ',');
}

static bool copy_row(PeekRow *to, const PointsRow *row) {
    to->cell = calloc(row->count, sizeof *to->cell);
    to->quoted = calloc(row->count, sizeof *to->quoted);
    for (size_t i = 0; to->cell && to->quoted && i < row->count; i++) {
        to->cell[i] = strndup(row->cells[i].text, row->cells[i].length);
        if (!to->cell[i])
            return false;
        to->quoted[i] = row->cells[i].quoted;
        to->count++;
    }
    to->all = row->all;
    to->line = row->line;
    return to->cell && to->quoted;
}

/* How many rows have as many cells as this one, or one more, a name. */
static size_t rows_like(const Peek *p, const PeekRow *row) {
    size_t like = 0;
    for (size_t r = 0; r < p->rows; r++)
        like += &p->row[r] != row && (p->row[r].all == row->all || p->row[r].all == row->all + 1);
    return like;
}

/* Whether a row of names, as wide as most rows, has one of those that a label has. */
static bool has_names(const Peek *p) {
    for (size_t r = 0; r < p->rows && peek_numbers(p, &p->row[r]) < 2; r++) {
        const PeekRow *row = &p->row[r];
        for (size_t k = 0; k < row->count && row->count >= 3; k++)
            for (const char *const *name = POINTS_LABEL_NAMES; *name; name++)
                if (strcasecmp(*name, row->cell[k]) == 0)
                    return 2 * rows_like(p, row) >= p->rows - 1;
    }
    return false;
}

static void measure(Peek *p, char delimiter) {
    size_t most = 0;
    for (size_t i = 0; i < p->rows; i++) {
        const PeekRow *row = &p->row[i];
        size_t same = 0;
        for (size_t j = 0; j < p->rows; j++)
            same += p->row[j].count == row->count;
        if (same > most || (same == most && row->count > p->width)) {
            most = same;
            p->width = row->count;
        }
        p->alike += row->count == p->row[0].count;
        for (size_t k = 0; k < row->count; k++)
            p->numbers += counts_as_number(p, row->cell[k], delimiter);
    }
    p->named = has_names(p);
}

/* What decimal signs there are between these delimiters: as told, or else also a comma where it does not delimit, or
 * where quoted numbers have one that separates no thousands. */
static PointsDecimal find_decimal(const Peek *p, const Text *text, char delimiter) {
    if (text->decimal)
        return strcmp(text->decimal, "comma") == 0 ? POINTS_DECIMAL_COMMA : POINTS_DECIMAL_POINT;
    if (delimiter != ',')
        return POINTS_DECIMAL_EITHER;
    for (size_t r = 0; r < p->rows; r++)
        for (size_t k = 0; k < p->row[r].count; k++)
            if (p->row[r].quoted[k] && points_comma_is_decimal(p->row[r].cell[k], strlen(p->row[r].cell[k])))
                return POINTS_DECIMAL_EITHER;
    return POINTS_DECIMAL_POINT;
}

bool peek_read(Peek *p, const Text *text, char delimiter) {
    Status status = {0};
    PointsFaults none = {.path = "", .status = &status}; /* what is wrong comes up when the rows are read in earnest */
    *p = (Peek){0};
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
    rows.has_nul = memchr(copy, '\0', size) != NULL;
    PointsRow row;
    int before = memory_watch();
    bool done = true, more = true;
    while (done && p->rows < PEEKED && (more = points_rows_next(&rows, &row))) {
        PeekRow *to = &p->row[p->rows++];
        done = copy_row(to, &row);
        to->end = text->skip + rows.start;
        to->end_line = rows.line;
    }
    p->whole = !more;
    done = !memory_failed(before) && done;
    points_rows_free(&rows);
    free(copy);
    if (!done) {
        peek_free(p);
        return false;
    }
    p->decimal = find_decimal(p, text, delimiter);
    measure(p, delimiter);
    return true;
}

/* Whether a is the better reading of the two: names among them, more numbers, then rows more alike, then more cells. */
static bool is_better(const Peek *a, const Peek *b) {
    if (a->named != b->named)
        return a->named;
    if (a->numbers != b->numbers)
        return a->numbers > b->numbers;
    if (a->alike != b->alike)
        return a->alike > b->alike;
    return a->width > b->width;
}

/* Whether some column has no cell that is not empty. */
static bool has_empty_column(const Peek *p) {
    for (size_t k = 0; k < p->width; k++) {
        bool empty = true;
        for (size_t r = 0; r < p->rows && empty; r++)
            empty = k >= p->row[r].count || !p->row[r].cell[k][0];
        if (empty)
            return true;
    }
    return false;
}

/* Whether it is a table of three columns or more, of as many cells in each row, two of which are numbers somewhere:
 * between tabs, no chance. */
static bool is_regular(const Peek *p) {
    bool numbers = false;
    for (size_t r = 0; r < p->rows; r++) {
        if (p->row[r].all != p->row[0].all || p->row[r].all < 3)
            return false;
        numbers = numbers || peek_numbers(p, &p->row[r]) >= 2;
    }
    return numbers && !has_empty_column(p);
}

bool peek_find_delimiter(Peek *best, const Text *text, char *delimiter) {
    static const char CANDIDATES[] = {'\t', ';', ',', '|', POINTS_BLANKS};
    *best = (Peek){0};
    *delimiter = ',';
    for (size_t i = 0; i < sizeof CANDIDATES; i++) {
        Peek p;
        if (!peek_read(&p, text, CANDIDATES[i])) {
            peek_free(best);
            return false;
        }
        bool within = *delimiter == '\t' && CANDIDATES[i] == POINTS_BLANKS && is_regular(best); /* the cells */
        if (best->rows == 0 || (!within && is_better(&p, best))) {
            peek_free(best);
            *best = p;
            *delimiter = CANDIDATES[i];
        } else {
            peek_free(&p);
        }
    }
    if (best->width < 2) /* one column: it does not matter */
        *delimiter = ',';
    return true;
}

/* ---- lines ---- */

const char *text_line_end(const char *at, const char *end) {
    while (at < end && *at != '\n' && *at != '\r')
        at++;
    return at;
}

const char *text_next_line(const char *at, const char *end) {
    at = text_line_end(at, end);
    if (at < end)
        at += *at == '\r' && at + 1 < end && at[1] == '\n' ? 2 : 1;
    return at;
}

const char *text_skip_blanks(const char *at, const char *end) {
    while (at < end && (*at == ' ' || *at == '\t'))
        at++;
    return at;
}

bool text_starts_with(const char *at, const char *end, const char *word) {
    size_t length = strlen(word);
    return (size_t)(end - at) >= length && strncasecmp(at, word, length) == 0;
}
