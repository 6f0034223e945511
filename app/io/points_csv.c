#include "app/io/points_csv.h"

#include "app/io/points_private.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

enum { SNIFFED = 64 << 10, SNIFFED_MOST = 1 << 20 }; /* bytes from which the dialect is found */
enum { BAD_ROWS_MAX = 2 * MAX_SAMPLES };

/* ---- a row's cells ---- */

/* Decimal commas and decimal points in one file: one of them separates thousands, and which is not said. Commas alone
 * may separate thousands, too, unless one of them cannot. */
static void watch_signs(PointsReader *r, const PointsCell *cell) {
    bool comma = memchr(cell->text, ',', cell->length);
    size_t *line = comma ? &r->comma_line : memchr(cell->text, '.', cell->length) ? &r->point_line : NULL;
    if (comma && !r->comma_decimal)
        r->comma_decimal = points_comma_is_decimal(cell->text, cell->length);
    if (!line || *line > 0)
        return;
    *line = cell->line;
    if (comma)
        snprintf(r->comma_text, sizeof r->comma_text, "%.*s", points_shown(cell->text, cell->length), cell->text);
    if (r->comma_line > 0 && r->point_line > 0)
        points_fault(&r->faults, cell->line,
                     "'%.*s' has another decimal sign than line %zu: write all numbers with one, and no thousands",
                     points_shown(cell->text, cell->length), cell->text,
                     *line == r->comma_line && r->point_line != cell->line ? r->point_line : r->comma_line);
}

static bool is_missing(const PointsReader *r, const PointsCell *cell) {
    return points_is_missing(r->format->missing, cell->text, cell->length);
}

static void fault_missing(PointsReader *r, int k, const PointsCell *cell) {
    if (cell->length == 0)
        points_fault_cell(&r->faults, POINTS_MISSING_CELL, r->columns.text[k], cell->line, "empty");
    else
        points_fault_cell(&r->faults, POINTS_MISSING_CELL, r->columns.text[k], cell->line, "missing: '%s'", cell->text);
}

static void read_number(PointsReader *r, int k, const PointsCell *cell) {
    float value;
    const char *column = r->columns.text[k];
    PointsDecimal decimal = r->dialect.decimal;
    if (r->format->missing && is_missing(r, cell)) /* its words may be numbers */
        fault_missing(r, k, cell);
    else if (points_read_number(cell->text, cell->length, decimal, &value, NULL)) {
        if (!isfinite(value))
            points_fault_cell(&r->faults, POINTS_NOT_FINITE, column, cell->line, "not a finite float32 number: '%.*s'",
                              points_shown(cell->text, cell->length), cell->text);
        else if (decimal == POINTS_DECIMAL_EITHER)
            watch_signs(r, cell);
        r->values[k] = value;
        r->wide[k] = (double)value;
        if (points_axis_wants(&r->axes[k], value))
            points_read_number(cell->text, cell->length, decimal, NULL, &r->wide[k]);
    } else if (is_missing(r, cell))
        fault_missing(r, k, cell);
    else
        points_fault_cell(&r->faults, POINTS_NO_NUMBER, column, cell->line, "not a number: '%.*s'%s",
                          points_shown(cell->text, cell->length), cell->text,
                          points_number_hint(cell->text, cell->length));
}

/* "0 # first": a number with a remark behind it, which would be a kind of its own. */
static bool has_remark(const PointsCell *cell) {
    const char *sign = memchr(cell->text, '#', cell->length);
    size_t length = sign ? (size_t)(sign - cell->text) : 0;
    const char *text = cell->text;
    double value;
    points_trim(&text, &length);
    return sign && text + length < sign && length > 0 &&
           points_read_number(text, length, POINTS_DECIMAL_POINT, NULL, &value);
}

/* A word for a missing value that is a class's name, as export_points has quoted it. */
static bool is_own_name(const PointsReader *r, const PointsCell *cell) {
    return cell->quoted && cell->length > 0 && !r->format->missing &&
           points_own_table(r->dialect.header.name, r->dialect.header.count);
}

/* "0;": a number with another program's end of line behind it, which is taken off. */
static PointsCell without_end(const PointsReader *r, const PointsCell *cell) {
    PointsCell plain = *cell;
    double value;
    if (plain.length > 1 && plain.text[plain.length - 1] == ';' &&
        points_read_number(plain.text, plain.length - 1, r->dialect.decimal, NULL, &value))
        plain.text[--plain.length] = '\0';
    return plain;
}

static void read_label(PointsReader *r, const PointsCell *given) {
    const PointsCell plain = without_end(r, given), *cell = &plain;
    r->kind = points_labels_known(&r->labels, cell);
    if (r->kind >= 0)
        return;
    r->label_line = cell->line;
    if (is_missing(r, cell) && !is_own_name(r, cell))
        fault_missing(r, LABEL, cell);
    else if (has_remark(cell))
        points_fault_cell(&r->faults, POINTS_NO_NUMBER, r->columns.text[LABEL], cell->line,
                          "a label with a remark behind it: '%.*s'", points_shown(cell->text, cell->length),
                          cell->text);
    else
        r->kind = points_labels_find(&r->labels, cell, &r->faults);
}

static const char *behind_quote(const PointsCell *cell) {
    return cell->text + cell->length - cell->behind;
}

/* Whether the point is a clean one. */
static void read_mark(PointsReader *r, const PointsRow *row) {
    size_t at = r->columns.clean + r->dialect.row_names;
    r->clean = false;
    if (at >= row->all) {
        points_fault_cell(
            &r->faults, POINTS_MISSING_CELL, "clean", row->line,
            trn("missing: the row ends after %zu cell", "missing: the row ends after %zu cells", row->all), row->all);
        return;
    }
    const PointsCell *cell = &row->cells[at];
    int mark = points_read_mark(cell->text, cell->length, r->format->missing);
    r->clean = mark == 1;
    if (mark >= 0)
        return;
    points_fault_cell(&r->faults, POINTS_NO_NUMBER, "clean", cell->line,
                      "neither 0 nor 1: '%.*s'; it marks clean points: rename it if it says something else",
                      points_shown(cell->text, cell->length), cell->text);
}

static void read_cell(PointsReader *r, int k, const PointsRow *row) {
    size_t at = r->columns.at[k] + r->dialect.row_names;
    if (at >= row->all)
        points_fault_cell(
            &r->faults, POINTS_MISSING_CELL, r->columns.text[k], row->line,
            trn("missing: the row ends after %zu cell", "missing: the row ends after %zu cells", row->all), row->all);
    else if (row->cells[at].behind > 0)
        points_fault_cell(&r->faults, POINTS_NO_NUMBER, r->columns.text[k], row->cells[at].line,
                          "text behind the closing quote: '%.*s' (within quotes, a quote is written twice)",
                          points_shown(behind_quote(&row->cells[at]), row->cells[at].behind),
                          behind_quote(&row->cells[at]));
    else if (k == LABEL)
        read_label(r, &row->cells[at]);
    else
        read_number(r, k, &row->cells[at]);
}

/* ---- rows ---- */

static PointsRowState read_row(PointsReader *r, const PointsRow *row) {
    size_t width = r->dialect.width + r->dialect.row_names;
    r->faults.bad_row = false;
    if (row->count > width)
        points_fault_cell(&r->faults, POINTS_TOO_MANY_CELLS, NULL, row->line,
                          r->dialect.header.count ? N_("%zu cells where the header has %zu")
                                                  : N_("%zu cells where the first row has %zu"),
                          row->count, width);
    for (int k = 0; r->has_columns && k < COLUMNS && !r->faults.bad_row && !r->faults.failed; k++)
        read_cell(r, k, row);
    if (r->has_columns && r->columns.clean != SIZE_MAX && !r->faults.bad_row && !r->faults.failed)
        read_mark(r, row);
    if (r->faults.bad_row && r->skipped == BAD_ROWS_MAX)
        points_fault(&r->faults, row->line, "more than %d bad rows", BAD_ROWS_MAX);
    if (r->faults.failed)
        return POINTS_ROW_BAD;
    r->skipped += r->faults.bad_row;
    return r->faults.bad_row ? POINTS_ROW_BAD : POINTS_ROW_GOOD;
}

bool points_reader_keep(PointsReader *r, const PointsRow *row) {
    if (r->count == MAX_SAMPLES)
        points_fault(&r->faults, row->line, "more than %d points", MAX_SAMPLES);
    else if (r->kind == r->labels.count)
        points_labels_add(&r->labels, r->label_line, &r->faults);
    for (int k = 0; k < 2 && !r->faults.failed; k++) {
        const char *text = row->cells[r->columns.at[k] + r->dialect.row_names].text;
        r->faults.failed = !points_axis_add(&r->axes[k], r->wide[k], text, r->faults.status);
    }
    r->count += !r->faults.failed;
    r->marked += !r->faults.failed && r->clean;
    return !r->faults.failed;
}

static bool has_line(const PointsRows *rows) {
    return memchr(rows->text, '\n', rows->end) || memchr(rows->text, '\r', rows->end);
}

/* The dialect from the first bytes; more of them while there is no row in these. */
static bool find_dialect(PointsReader *r) {
    PointsRows *rows = &r->rows;
    for (size_t wanted = SNIFFED;; wanted *= 2) {
        while (!rows->ended && (rows->end < wanted || (rows->end <= POINTS_ROW_MAX && !has_line(rows))))
            if (!points_rows_fill(rows))
                return false;
        if (!points_dialect_find(&r->dialect, rows->text, rows->end, rows->ended, r->format, &r->faults))
            return false;
        if (!r->dialect.wants_more || rows->end > SNIFFED_MOST || !has_line(rows))
            return true;
        points_dialect_free(&r->dialect);
    }
}

static bool begin(PointsReader *r) {
    PointsRows *rows = &r->rows;
    if (!find_dialect(r))
        return false;
    const PointsDialect *d = &r->dialect;
    const char *nul = rows->has_nul ? memchr(rows->text, '\0', d->width > 0 ? d->skip : rows->end) : NULL;
    rows->delimiter = d->delimiter;
    rows->apostrophes = d->apostrophes;
    rows->start = d->skip;
    rows->line = d->skip_lines + 1;
    rows->begun = d->header.count > 0;
    bool either = d->decimal == POINTS_DECIMAL_COMMA || (d->decimal == POINTS_DECIMAL_EITHER && d->delimiter != ',');
    r->labels.decimal =
        either ? POINTS_DECIMAL_EITHER : POINTS_DECIMAL_POINT; /* "1,5" in a table with commas is a word */
    if (nul)
        points_fault(&r->faults, 0, "has a NUL byte in its first line: this is no text, or it is damaged");
    else if (d->wants_more && rows->end > SNIFFED_MOST && has_line(rows))
        points_fault(&r->faults, 0, "has no rows in its first %d MB", SNIFFED_MOST >> 20);
    else if (d->width == 0 && rows->end > POINTS_ROW_MAX)
        points_fault(&r->faults, 1, "a row of more than %zu bytes: is this a table?", POINTS_ROW_MAX);
    else if (d->width == 0)
        points_fault(&r->faults, 0, "is empty; columns x, y and label are needed");
    return !r->faults.failed;
}

bool points_reader_open(PointsReader *r, const char *path, const PointsFormat *format, Status *status) {
    static const PointsFormat defaults = {0};
    *r = (PointsReader){.format = format ? format : &defaults};
    r->faults = (PointsFaults){.path = strcmp(path, "-") == 0 ? tr("standard input") : path,
                               .status = status,
                               .notes = r->format->notes,
                               .skip_bad = r->format->skip_bad};
    r->rows = (PointsRows){.faults = &r->faults, .line = 1};
    r->rows.source = points_source_open(path, r->format->encoding, &r->faults);
    return r->rows.source && begin(r);
}

bool points_reader_columns(PointsReader *r) {
    r->labels.column = r->columns.text[LABEL];
    r->has_columns = points_columns_find(&r->columns, &r->dialect, r->format->columns, &r->faults);
    return r->has_columns;
}

/* Tells how far the reading is after each part of the file. */
static void tell(PointsReader *r) {
    if (!r->format->progress || r->told == r->rows.fills || r->faults.failed)
        return;
    r->told = r->rows.fills;
    if (r->format->progress(r->format->user, points_source_share(r->rows.source)))
        return;
    r->stopped = r->faults.failed = true;
    status_fail(r->faults.status, STATUS_FAILED, "reading %s was stopped", r->faults.path);
}

PointsRowState points_reader_next(PointsReader *r, PointsRow *row) {
    tell(r);
    return points_rows_next(&r->rows, row) ? read_row(r, row) : POINTS_ROWS_END;
}

void points_reader_close(PointsReader *r) {
    points_rows_free(&r->rows);
    points_source_close(r->rows.source);
    points_dialect_free(&r->dialect);
    points_axis_free(&r->axes[X]);
    points_axis_free(&r->axes[Y]);
    points_labels_free(&r->labels);
}

/* ---- all of it ---- */

typedef struct Points { /* so far */
    float *x, *y;
    uint8_t *label; /* numbers of kinds */
    uint8_t *clean; /* marks; NULL unless there is a column of them */
    uint32_t *row;  /* NULL unless rows may be skipped */
    size_t capacity;
} Points;

static bool grow(Points *p, bool clean, PointsFaults *faults) {
    size_t capacity = p->capacity == 0 ? 4096 : 2 * p->capacity; /* below 2 MAX_SAMPLES: no overflow */
    float *x = realloc(p->x, capacity * sizeof *x);
    if (x)
        p->x = x;
    float *y = realloc(p->y, capacity * sizeof *y);
    if (y)
        p->y = y;
    uint8_t *label = realloc(p->label, capacity * sizeof *label);
    if (label)
        p->label = label;
    uint32_t *row = faults->skip_bad ? realloc(p->row, capacity * sizeof *row) : NULL;
    if (row)
        p->row = row;
    uint8_t *marks = clean ? realloc(p->clean, capacity * sizeof *marks) : NULL;
    if (marks)
        p->clean = marks;
    if (!x || !y || !label || (!row && faults->skip_bad) || (!marks && clean)) {
        faults->failed = true;
        return status_no_memory(faults->status, "the points");
    }
    p->capacity = capacity;
    return true;
}

static void read_all(PointsReader *r, Points *p) {
    PointsRow row;
    PointsRowState state;
    while ((state = points_reader_next(r, &row)) != POINTS_ROWS_END) {
        size_t i = r->count;
        if (state == POINTS_ROW_BAD)
            continue;
        if (!points_reader_keep(r, &row) || (i == p->capacity && !grow(p, r->columns.clean != SIZE_MAX, &r->faults)))
            return;
        p->x[i] = r->values[X];
        p->y[i] = r->values[Y];
        p->label[i] = (uint8_t)r->kind;
        if (p->clean)
            p->clean[i] = r->clean;
        if (p->row)
            p->row[i] = (uint32_t)(i + r->skipped);
    }
}

void points_reader_check(PointsReader *r) {
    if (r->comma_line > 0 && !r->comma_decimal)
        points_fault(&r->faults, r->comma_line,
                     "'%s' may have a decimal comma or separate thousands: say --decimal comma, or point",
                     r->comma_text);
    else if (r->count == 0 && r->skipped > 0)
        points_fault(&r->faults, 0,
                     trn("has no points: %zu bad row skipped", "has no points: %zu bad rows skipped", r->skipped),
                     r->skipped);
    else if (r->count == 0)
        points_fault(&r->faults, 0, "has a header, but no points");
    else if (r->rows.like_points > 0)
        points_note(&r->faults,
                    trn("%zu line of numbers behind # or %% left out as comments, from line %zu on",
                        "%zu lines of numbers behind # or %% left out as comments, from line %zu on",
                        r->rows.like_points),
                    r->rows.like_points, r->rows.like_point_line);
    if (r->marked > 0)
        points_note(&r->faults,
                    trn("%zu clean point, as column clean says: not learned from but by the paces that need it",
                        "%zu clean points, as column clean says: not learned from but by the paces that need them",
                        r->marked),
                    r->marked);
    for (int k = 0; k < 2 && !r->faults.failed; k++)
        r->origin[k] = points_axis_origin(&r->axes[k], r->columns.text[k], &r->faults);
}

/* Takes its origin from an axis that has one. */
static void shift_axis(const PointsReader *r, Dataset *data, int k) {
    float *positions = k == X ? data->x : data->y;
    data->origin[k] = r->origin[k];
    if (r->origin[k] == 0.0)
        return;
    for (size_t i = 0; i < data->count; i++)
        positions[i] = (float)(r->axes[k].values[i] - r->origin[k]);
}

static bool make_data(PointsReader *r, const Points *p, Dataset *data) {
    Dataset named = {0}; /* the names alone, until it is clear that all goes well */
    uint8_t class_of[MAX_CLASSES] = {0};
    int classes = points_labels_classes(&r->labels, r->format->classes, class_of, &named, &r->faults);
    bool done =
        classes > 0 && dataset_init(data, r->count, classes, r->faults.status) &&
        (points_columns_name(&r->columns, &r->dialect, &named) || status_no_memory(r->faults.status, "the names")) &&
        dataset_copy_names(data, &named, r->faults.status) &&
        (r->skipped == 0 || dataset_add_rows(data, r->faults.status)) &&
        (r->marked == 0 || dataset_add_clean(data, r->faults.status));
    dataset_free(&named);
    if (!done) {
        dataset_free(data);
        return false;
    }
    memcpy(data->x, p->x, r->count * sizeof *data->x);
    memcpy(data->y, p->y, r->count * sizeof *data->y);
    for (size_t i = 0; i < r->count; i++)
        data->label[i] = class_of[p->label[i]];
    if (data->row)
        memcpy(data->row, p->row, r->count * sizeof *data->row);
    if (data->clean)
        memcpy(data->clean, p->clean, r->count);
    shift_axis(r, data, X);
    shift_axis(r, data, Y);
    dataset_bounds(data);
    return true;
}

bool points_read(Dataset *data, const char *path, const PointsFormat *format, Status *status) {
    memset(data, 0, sizeof *data);
    PointsReader r;
    Points points = {0};
    if (points_reader_open(&r, path, format, status) && points_reader_columns(&r))
        read_all(&r, &points);
    if (!r.faults.failed)
        points_reader_check(&r);
    bool done = !r.faults.failed && make_data(&r, &points, data);
    if (done && r.format->skipped)
        *r.format->skipped = r.skipped;
    points_reader_close(&r);
    free(points.x);
    free(points.y);
    free(points.label);
    free(points.clean);
    free(points.row);
    return done;
}
