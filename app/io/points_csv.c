#include "app/io/points_csv.h"

#include "app/io/points_private.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

typedef struct Reader {
    PointsFaults faults;
    PointsRows rows;
    PointsColumns columns;
    PointsLabels labels;
    bool first_read; /* the first row */
    /* the row */
    float values[2];
    int kind; /* of its label; labels.count: labels.fresh */
    size_t label_line;
    bool has[COLUMNS];
    /* the points so far; labels are numbers of kinds */
    float *x, *y;
    uint8_t *label;
    uint32_t *row; /* NULL unless rows may be skipped */
    size_t count, capacity, skipped;
} Reader;

/* ---- a row's cells ---- */

static void read_number(Reader *r, int k, const char *text, size_t length, size_t line) {
    const char *column = r->columns.column[k].text;
    float value;
    if (!points_read_number(text, length, r->labels.decimal_comma, &value, NULL)) {
        points_fault_cell(&r->faults, column, line, "not a number: '%.*s'", points_shown(text, length), text);
    } else if (!isfinite(value)) {
        points_fault_cell(&r->faults, column, line, "not a finite float32 number: '%.*s'", points_shown(text, length),
                          text);
    } else {
        r->values[k] = value;
        r->has[k] = true;
    }
}

static void read_cell(Reader *r, int k, const char *text, size_t length, size_t line) {
    if (r->faults.bad_row)
        return;
    points_trim(&text, &length);
    if (length == 0) {
        points_fault_cell(&r->faults, r->columns.column[k].text, line, "empty");
    } else if (k == LABEL) {
        r->label_line = line;
        r->kind = points_labels_find(&r->labels, text, length, line, &r->faults);
        r->has[LABEL] = r->kind >= 0;
    } else {
        read_number(r, k, text, length, line);
    }
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
    r->x[r->count] = r->values[X];
    r->y[r->count] = r->values[Y];
    r->label[r->count] = (uint8_t)r->kind;
    if (r->row)
        r->row[r->count] = (uint32_t)(r->count + r->skipped);
    r->count++;
}

static void end_row(Reader *r, size_t cells, size_t line) {
    for (int k = 0; k < COLUMNS && !r->faults.bad_row; k++)
        if (!r->has[k]) {
            points_fault_cell(&r->faults, r->columns.column[k].text, line, "missing: the row ends after %zu cell%s",
                              cells, cells == 1 ? "" : "s");
            if (r->faults.failed)
                return;
        }
    if (r->faults.bad_row && r->count + r->skipped == UINT32_MAX)
        points_fault(&r->faults, line, "too many bad rows");
    else if (r->faults.bad_row)
        r->skipped++;
    else
        keep_row(r, line);
    r->faults.bad_row = false;
    memset(r->has, 0, sizeof r->has);
}

/* The columns are found; a first row that is no header is a row of points. */
static void end_first_row(Reader *r, size_t cells, size_t line) {
    r->first_read = true;
    r->labels.decimal_comma = r->rows.delimiter != ',';
    points_columns_settle(&r->columns, cells, line, r->labels.decimal_comma, &r->faults);
    if (r->faults.failed || r->columns.has_header)
        return;
    for (int k = 0; k < COLUMNS && !r->faults.failed; k++) {
        const PointsColumn *column = &r->columns.column[k];
        if (column->first_line > 0)
            read_cell(r, k, column->first, column->first_length, column->first_line);
    }
    if (!r->faults.failed)
        end_row(r, cells, line);
}

static void on_cell(void *user, size_t number, const char *text, size_t length, size_t line) {
    Reader *r = user;
    if (!r->first_read) {
        points_columns_note(&r->columns, number, text, length, line);
        return;
    }
    for (int k = 0; k < COLUMNS; k++)
        if (r->columns.column[k].at == number) {
            read_cell(r, k, text, length, line);
            return;
        }
}

static void on_row(void *user, size_t cells, size_t line) {
    Reader *r = user;
    if (r->first_read)
        end_row(r, cells, line);
    else
        end_first_row(r, cells, line);
}

/* ---- all of it ---- */

static void check_any(Reader *r) {
    if (!r->first_read)
        points_fault(&r->faults, 0, "is empty; columns x, y and label are needed");
    else if (r->count == 0 && r->skipped > 0)
        points_fault(&r->faults, 0, "has no points: %zu bad row%s skipped", r->skipped, r->skipped == 1 ? "" : "s");
    else if (r->count == 0)
        points_fault(&r->faults, 0, "has a header, but no points");
}

static bool make_data(Reader *r, Dataset *data) {
    Dataset named = {0}; /* the names alone, until it is clear that all goes well */
    uint8_t class_of[MAX_CLASSES] = {0};
    int classes = points_labels_classes(&r->labels, class_of, &named, &r->faults);
    if (classes == 0 || !dataset_init(data, r->count, classes, r->faults.status))
        return false;
    memcpy(data->class_name, named.class_name, sizeof data->class_name);
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
    dataset_bounds(data);
    return true;
}

bool points_read(Dataset *data, const char *path, const PointsFormat *format, Status *status) {
    static const PointsFormat defaults = {0};
    if (!format)
        format = &defaults;
    memset(data, 0, sizeof *data);
    Reader r = {.faults = {.path = path, .status = status, .skip_bad = format->skip_bad}};
    if (!points_columns_choose(&r.columns, format->columns, status))
        return false;
    r.labels.column = r.columns.column[LABEL].text;
    r.rows = (PointsRows){.faults = &r.faults,
                          .user = &r,
                          .cell = on_cell,
                          .row = on_row,
                          .progress = format->progress,
                          .progress_user = format->user};
    points_rows_read(&r.rows);
    if (!r.faults.failed)
        check_any(&r);
    bool done = !r.faults.failed && make_data(&r, data);
    if (done && format->skipped)
        *format->skipped = r.skipped;
    free(r.x);
    free(r.y);
    free(r.label);
    free(r.row);
    return done;
}
