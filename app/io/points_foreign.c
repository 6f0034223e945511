#include "app/io/points_peek.h"

#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* ---- ARFF and KEEL ---- */

/* Of "@attribute NAME type": the name. */
static const char *attribute_name(const char *at, const char *stop, size_t *length, const char **behind) {
    at = text_skip_blanks(at + strlen("@attribute"), stop);
    char quote = at < stop && (*at == '\'' || *at == '"') ? *at++ : 0;
    const char *end = at;
    while (end < stop && (quote ? *end != quote : *end != ' ' && *end != '\t' && *end != '{' && *end != '['))
        end++;
    *length = (size_t)(end - at);
    *behind = text_skip_blanks(end + (quote && end < stop), stop);
    return at;
}

static bool add_attribute(PointsDialect *d, const char *at, const char *stop, PointsFaults *faults) {
    size_t length;
    const char *type, *name = attribute_name(at, stop, &length, &type);
    PointsRole *role = realloc(d->role, (d->header.count + 1) * sizeof *role);
    if (!role) {
        faults->failed = true;
        return status_no_memory(faults->status, "the header");
    }
    d->role = role;
    bool aside = text_starts_with(type, stop, "string") || text_starts_with(type, stop, "date") ||
                 text_starts_with(type, stop, "relational");
    role[d->header.count] = aside ? POINTS_ROLE_ASIDE : POINTS_ROLE_NONE;
    return points_header_add(d, name, length, faults);
}

/* KEEL's "@outputs NAME". */
static void take_output(PointsDialect *d, const char *at, const char *stop) {
    at += strlen("@output");
    at = text_skip_blanks(at + (at < stop && (*at == 's' || *at == 'S')), stop);
    size_t length = (size_t)(stop - at);
    points_trim(&at, &length);
    for (size_t k = 0; k < d->header.count; k++)
        if (strlen(d->header.name[k]) == length && strncasecmp(d->header.name[k], at, length) == 0)
            d->role[k] = POINTS_ROLE_LABEL;
}

/* The first line that is neither blank nor a comment. */
static const char *first_line(const char *at, const char *end) {
    while (at < end) {
        const char *text = text_skip_blanks(at, end);
        if (text < end && *text != '%' && *text != '#' && *text != '\n' && *text != '\r')
            return text;
        at = text_next_line(at, end);
    }
    return end;
}

bool points_arff_read(PointsDialect *d, Text *text, bool whole, PointsFaults *faults) {
    const char *end = text->bytes + text->size;
    if (!text_starts_with(first_line(text->bytes, end), end, "@relation"))
        return true;
    size_t line = 1;
    for (const char *next = text->bytes; next < end; next = text_next_line(next, end), line++) {
        const char *at = text_skip_blanks(next, end), *stop = text_line_end(at, end);
        if (text_starts_with(at, stop, "@data")) {
            const char *row = first_line(text_next_line(at, end), end);
            if (row < end && *row == '{') {
                points_fault(faults, line + 1,
                             "is a sparse ARFF file; write it with all its values (SparseToNonSparse)");
                return false;
            }
            text->skip = (size_t)(text_next_line(at, end) - text->bytes);
            text->skip_lines = line;
            text->apostrophes = true;
            d->header.line = line;
            return true;
        }
        if (text_starts_with(at, stop, "@attribute") && !add_attribute(d, at, stop, faults))
            return false;
        if (text_starts_with(at, stop, "@output"))
            take_output(d, at, stop);
    }
    d->wants_more = !whole;
    if (whole)
        points_fault(faults, 0, "is an ARFF file without a line @data");
    return false;
}

/* ---- Orange ---- */

static bool is_word_of(const char *text, size_t length, const char *const *words) {
    for (; *words; words++)
        if (strlen(*words) == length && strncasecmp(*words, text, length) == 0)
            return true;
    return false;
}

/* A second row of the kinds of columns: two or more by their words, the rest empty or a list of values. */
static bool tells_types(const Peek *p, const PeekRow *row) {
    static const char *const TYPES[] = {"continuous", "c", "numeric", "n",    "discrete", "d",      "categorical",
                                        "string",     "s", "text",    "time", "t",        "basket", NULL};
    size_t told = 0;
    for (size_t i = 0; i < row->count; i++) {
        bool known = is_word_of(row->cell[i], strlen(row->cell[i]), TYPES);
        if (!known && row->cell[i][0] && !strchr(row->cell[i], ' '))
            return false;
        told += known;
    }
    return told >= 2 && peek_numbers(p, row) == 0;
}

/* A third row of roles, with attributes "key=value" beside them. */
static bool tells_roles(const PeekRow *row) {
    static const char *const ROLES[] = {"class", "c", "meta", "m", "i", "ignore", "weight", "w", NULL};
    for (size_t i = 0; i < row->count; i++)
        for (const char *at = row->cell[i]; *at;) {
            size_t length = strcspn(at, " ");
            if (!is_word_of(at, length, ROLES) && !memchr(at, '=', length))
                return false;
            at += length + (at[length] == ' ');
        }
    return true;
}

static void set_role(PointsDialect *d, size_t column, char letter) {
    if (column < d->header.count && letter == 'c')
        d->role[column] = POINTS_ROLE_LABEL;
    else if (column < d->header.count && letter && strchr("miwST", letter))
        d->role[column] = POINTS_ROLE_ASIDE;
}

/* "cD#kind" is the class kind. */
static void take_prefix(PointsDialect *d, size_t column) {
    char *name = d->header.name[column], *mark = strchr(name, '#');
    size_t letters = mark ? (size_t)(mark - name) : 0;
    if (letters == 0 || letters > 2 || !mark[1] || strspn(name, "mciwCDSTNB") != letters)
        return;
    for (size_t i = letters; i-- > 0;)
        set_role(d, column, name[i]);
    memmove(name, mark + 1, strlen(mark));
}

size_t points_orange_read(PointsDialect *d, const Peek *p, size_t first) {
    for (size_t k = 0; k < d->header.count; k++)
        take_prefix(d, k);
    if (p->rows <= first + 1 || !tells_types(p, &p->row[first]))
        return 0;
    for (size_t k = 0; k < p->row[first].count; k++)
        if (p->row[first].cell[k][0] == 's' || p->row[first].cell[k][0] == 't')
            set_role(d, k, 'S');
    if (!tells_roles(&p->row[first + 1]))
        return 1;
    for (size_t k = 0; k < p->row[first + 1].count; k++)
        set_role(d, k, p->row[first + 1].cell[k][0]);
    return 2;
}

/* ---- svmlight ---- */

bool points_is_svmlight(const Peek *p) {
    size_t pairs = 0, cells = 0;
    for (size_t r = 0; r < p->rows; r++)
        for (size_t k = 1; k < p->row[r].count; k++) {
            const char *text = p->row[r].cell[k];
            size_t digits = strspn(text, "0123456789");
            cells++;
            pairs += (digits > 0 && text[digits] == ':' && peek_is_number(p, text + digits + 1)) ||
                     strncmp(text, "qid:", 4) == 0;
        }
    return cells > 0 && pairs == cells;
}
