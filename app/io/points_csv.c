#include "app/io/points_csv.h"

#include "app/io/points_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { SNIFFED = 64 << 10 }; /* bytes from which the dialect is found */

typedef struct Reader {
    const PointsFormat *format;
    PointsFaults faults;
    PointsRows rows;
    PointsDialect dialect;
    PointsColumns columns;
    PointsLabels labels;
    /* the row */
    float values[2];
    double wide[2]; /* the same, of axes that may need an origin */
    int kind;       /* of its label; labels.count: labels.fresh */
    size_t label_line;
    /* lines with a number that has a decimal comma, or a point; 0: none yet */
    size_t comma_line, point_line;
    /* the points so far; labels are numbers of kinds */
    float *x, *y;
    uint8_t *label;
    uint32_t *row; /* NULL unless rows may be skipped */
    PointsAxis axes[2];
    size_t count, capacity, skipped;
} Reader;

/* ---- a row's cells ---- */

/* Decimal commas and decimal points in one file: one of them separates thousands, and which is not said. */
static void watch_signs(Reader *r, const PointsCell *cell) {
    size_t *line = memchr(cell->text, ',', cell->length)   ? &r->comma_line
                   : memchr(cell->text, '.', cell->length) ? &r->point_line
                                                           : NULL;
    if (!line || *line > 0)
        return;
    *line = cell->line;
    if (r->comma_line > 0 && r->point_line > 0)
        points_fault(&r->faults, cell->line,
                     "'%.*s' has another decimal sign than line %zu: write all numbers with one, and no thousands",
                     points_shown(cell->text, cell->length), cell->text,
                     *line == r->comma_line && r->point_line != cell->line ? r->point_line : r->comma_line);
}

static bool is_missing(const Reader *r, const PointsCell *cell) {
    return points_is_missing(r->format->missing, cell->text, cell->length);
}

static void fault_missing(Reader *r, int k, const PointsCell *cell) {
    if (cell->length == 0)
        points_fault_cell(&r->faults, r->columns.text[k], cell->line, "empty");
    else
        points_fault_cell(&r->faults, r->columns.text[k], cell->line, "missing: '%s'", cell->text);
}

static void read_number(Reader *r, int k, const PointsCell *cell) {
    float value;
    const char *column = r->columns.text[k];
    bool comma = r->dialect.decimal_comma;
    if (r->format->missing && is_missing(r, cell)) /* its words may be numbers */
        fault_missing(r, k, cell);
    else if (points_read_number(cell->text, cell->length, comma, &value, NULL)) {
        if (!isfinite(value))
            points_fault_cell(&r->faults, column, cell->line, "not a finite float32 number: '%.*s'",
                              points_shown(cell->text, cell->length), cell->text);
        else if (comma)
            watch_signs(r, cell);
        r->values[k] = value;
        if (!r->axes[k].wide)
            points_read_number(cell->text, cell->length, comma, NULL, &r->wide[k]);
    } else if (is_missing(r, cell))
        fault_missing(r, k, cell);
    else
        points_fault_cell(&r->faults, column, cell->line, "not a number: '%.*s'%s",
                          points_shown(cell->text, cell->length), cell->text,
                          strspn(cell->text, "0123456789.,-+") == cell->length
                              ? " (write numbers without thousands separators)"
                              : "");
}

static void read_label(Reader *r, const PointsCell *cell) {
    r->kind = points_labels_known(&r->labels, cell);
    if (r->kind >= 0)
        return;
    r->label_line = cell->line;
    if (is_missing(r, cell))
        fault_missing(r, LABEL, cell);
    else
        r->kind = points_labels_find(&r->labels, cell, &r->faults);
}

static void read_cell(Reader *r, int k, const PointsRow *row) {
    size_t at = r->columns.at[k] + r->dialect.row_names;
    if (at >= row->all)
        points_fault_cell(&r->faults, r->columns.text[k], row->line, "missing: the row ends after %zu cell%s", row->all,
                          row->all == 1 ? "" : "s");
    else if (k == LABEL)
        read_label(r, &row->cells[at]);
    else
        read_number(r, k, &row->cells[at]);
}

/* ---- rows ---- */

static bool grow(Reader *r) {
    size_t capacity = r->capacity == 0 ? 4096 : 2 * r->capacity; /* below 2 MAX_SAMPLES: no overflow */
    float *x = realloc(r->x, capacity * sizeof *x);
    if (x)
        r->x = x;
    float *y = realloc(r->y, capacity * sizeof *y);
    if (y)
        r->y = y;
    uint8_t *label = realloc(r->label, capacity * sizeof *label);
    if (label)
        r->label = label;
    uint32_t *row = r->faults.skip_bad ? realloc(r->row, capacity * sizeof *row) : NULL;
    if (row)
        r->row = row;
    if (!x || !y || !label || (!row && r->faults.skip_bad)) {
        r->faults.failed = true;
        status_no_memory(r->faults.status, "the points");
        return false;
    }
    r->capacity = capacity;
    return true;
}

static void keep_row(Reader *r, size_t line) {
    if (r->count == MAX_SAMPLES) {
        points_fault(&r->faults, line, "more than %d points", MAX_SAMPLES);
        return;
    }
    if (r->count == r->capacity && !grow(r))
        return;
    if (r->kind == r->labels.count) {
        points_labels_add(&r->labels, r->label_line, &r->faults);
        if (r->faults.failed)
            return;
    }
    for (int k = 0; k < 2; k++)
        if (!points_axis_add(&r->axes[k], r->wide[k], r->faults.status)) {
            r->faults.failed = true;
            return;
        }
    r->x[r->count] = r->values[X];
    r->y[r->count] = r->values[Y];
    r->label[r->count] = (uint8_t)r->kind;
    if (r->row)
        r->row[r->count] = (uint32_t)(r->count + r->skipped);
    r->count++;
}

static void read_row(Reader *r, const PointsRow *row) {
    size_t width = r->dialect.width + r->dialect.row_names;
    if (row->count > width)
        points_fault_row(&r->faults, row->line, "%zu cells where %s %zu", row->count,
                         r->dialect.header.count ? "the header has" : "the first row has", width);
    for (int k = 0; k < COLUMNS && !r->faults.bad_row && !r->faults.failed; k++)
        read_cell(r, k, row);
    if (r->faults.failed)
        return;
    if (r->faults.bad_row && r->count + r->skipped == UINT32_MAX)
        points_fault(&r->faults, row->line, "too many bad rows");
    else if (r->faults.bad_row)
        r->skipped++;
    else
        keep_row(r, row->line);
    r->faults.bad_row = false;
}

/* Whether a line's end is there, or the line is too long for one. */
static bool has_line(const PointsRows *rows) {
    return rows->end > POINTS_ROW_MAX || memchr(rows->text, '\n', rows->end) || memchr(rows->text, '\r', rows->end);
}

/* The dialect from the first bytes, and where the columns are. */
static bool begin(Reader *r) {
    PointsRows *rows = &r->rows;
    while (!rows->ended && (rows->end < SNIFFED || !has_line(rows)))
        if (!points_rows_fill(rows))
            return false;
    if (!points_dialect_find(&r->dialect, rows->text, rows->end, rows->ended, r->format, &r->faults))
        return false;
    rows->delimiter = r->dialect.delimiter;
    rows->apostrophes = r->dialect.apostrophes;
    rows->start = r->dialect.skip;
    rows->line = r->dialect.skip_lines + 1;
    r->labels.decimal_comma = r->dialect.decimal_comma;
    if (r->dialect.width == 0 && rows->end > POINTS_ROW_MAX) {
        points_fault(&r->faults, 1, "a row of more than %zu bytes: is this a table?", POINTS_ROW_MAX);
        return false;
    }
    if (r->dialect.width == 0) {
        points_fault(&r->faults, 0, "is empty; columns x, y and label are needed");
        return false;
    }
    r->labels.column = r->columns.text[LABEL];
    return points_columns_find(&r->columns, &r->dialect, r->format->columns, &r->faults);
}

/* Tells how far the reading is after each part of the file. */
static void tell(Reader *r, size_t *told) {
    if (!r->format->progress || *told == r->rows.fills || r->faults.failed)
        return;
    *told = r->rows.fills;
    if (r->format->progress(r->format->user, points_source_share(r->rows.source)))
        return;
    r->faults.failed = true;
    status_fail(r->faults.status, STATUS_FAILED, "reading %s was stopped", r->faults.path);
}

static void read_all(Reader *r) {
    PointsRow row;
    size_t told = 0;
    if (!begin(r))
        return;
    tell(r, &told);
    while (points_rows_next(&r->rows, &row)) {
        read_row(r, &row);
        tell(r, &told);
    }
}

/* ---- all of it ---- */

static void check_any(Reader *r) {
    if (r->count == 0 && r->skipped > 0)
        points_fault(&r->faults, 0, "has no points: %zu bad row%s skipped", r->skipped, r->skipped == 1 ? "" : "s");
    else if (r->count == 0)
        points_fault(&r->faults, 0, "has a header, but no points");
}

/* Takes its origin from an axis that needs one. */
static bool shift_axis(Reader *r, Dataset *data, int k) {
    const PointsAxis *axis = &r->axes[k];
    float *positions = k == X ? data->x : data->y;
    if (!points_axis_origin(axis, &data->origin[k], r->faults.status))
        return false;
    if (data->origin[k] == 0.0)
        return true;
    for (size_t i = 0; i < data->count; i++)
        positions[i] = (float)(axis->values[i] - data->origin[k]);
    points_note(&r->faults, "column %s: kept as its differences from %.15g, which float32 would lose",
                r->columns.text[k], data->origin[k]);
    return true;
}

static bool make_data(Reader *r, Dataset *data) {
    Dataset named = {0}; /* the names alone, until it is clear that all goes well */
    uint8_t class_of[MAX_CLASSES] = {0};
    int classes = points_labels_classes(&r->labels, r->format->classes, class_of, &named, &r->faults);
    if (classes == 0 || !dataset_init(data, r->count, classes, r->faults.status))
        return false;
    points_columns_name(&r->columns, &r->dialect, &named);
    dataset_copy_names(data, &named);
    memcpy(data->x, r->x, r->count * sizeof *data->x);
    memcpy(data->y, r->y, r->count * sizeof *data->y);
    for (size_t i = 0; i < r->count; i++)
        data->label[i] = class_of[r->label[i]];
    if (r->skipped > 0) {
        if (!dataset_add_rows(data, r->faults.status)) {
            dataset_free(data);
            return false;
        }
        memcpy(data->row, r->row, r->count * sizeof *data->row);
    }
    if (!shift_axis(r, data, X) || !shift_axis(r, data, Y)) {
        dataset_free(data);
        return false;
    }
    dataset_bounds(data);
    return true;
}

bool points_read(Dataset *data, const char *path, const PointsFormat *format, Status *status) {
    static const PointsFormat defaults = {0};
    memset(data, 0, sizeof *data);
    Reader r = {.format = format ? format : &defaults};
    r.faults = (PointsFaults){.path = strcmp(path, "-") == 0 ? "standard input" : path,
                              .status = status,
                              .notes = r.format->notes,
                              .skip_bad = r.format->skip_bad};
    r.rows = (PointsRows){.faults = &r.faults, .line = 1};
    r.rows.source = points_source_open(path, r.format->encoding, &r.faults);
    if (r.rows.source)
        read_all(&r);
    if (!r.faults.failed)
        check_any(&r);
    bool done = !r.faults.failed && make_data(&r, data);
    if (done && r.format->skipped)
        *r.format->skipped = r.skipped;
    points_rows_free(&r.rows);
    points_source_close(r.rows.source);
    points_dialect_free(&r.dialect);
    free(r.x);
    free(r.y);
    free(r.label);
    free(r.row);
    points_axis_free(&r.axes[X]);
    points_axis_free(&r.axes[Y]);
    return done;
}
