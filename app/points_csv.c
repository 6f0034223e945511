#include "points_csv.h"

#include <csv.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define CHUNK ((size_t)64 << 10)
#define CELL_MAX ((size_t)1 << 20) /* bytes of a cell; more is a quote left open or no CSV at all */
#define SHOWN_MAX 40               /* characters of a cell shown in a message */

enum { X, Y, LABEL, COLUMNS };
static const char *const column_names[COLUMNS] = {"x", "y", "label"};
#define NO_COLUMN SIZE_MAX

typedef struct Reader {
    const char *path;
    Status *status;
    bool failed;
    /* where we are: physical lines, from 1 */
    size_t line;      /* of what is being fed to the parser */
    size_t row_line;  /* in which the row began */
    size_t cell_line; /* in which the cell began */
    bool row_begins;  /* the next thing read begins a row */
    bool after_cr;
    size_t pending; /* bytes fed since the last cell ended */
    /* the header */
    bool header_read;
    size_t column_of[COLUMNS];
    char header[200];  /* its text for a message, cut */
    bool header_plain; /* printable ASCII */
    /* the row */
    size_t cell; /* number of the next cell */
    float values[COLUMNS];
    bool has[COLUMNS];
    /* the points so far */
    float *x, *y;
    uint8_t *label;
    size_t count, capacity;
    int highest_label;
} Reader;

__attribute__((format(printf, 3, 4))) static void fail_at(Reader *r, size_t line, const char *format, ...) {
    char what[sizeof r->status->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    r->failed = true;
    status_fail(r->status, STATUS_FAILED, "%s:%zu: %s", r->path, line, what);
}

static void read_header_cell(Reader *r, const char *text, size_t length) {
    const size_t used = strlen(r->header);
    snprintf(r->header + used, sizeof r->header - used, "%s%.*s", r->cell > 0 ? "," : "", SHOWN_MAX, text);
    for (size_t i = 0; i < length; i++) {
        r->header_plain = r->header_plain && text[i] >= ' ' && text[i] <= '~';
    }
    for (int k = 0; k < COLUMNS; k++) {
        if (length == strlen(column_names[k]) && memcmp(text, column_names[k], length) == 0) {
            if (r->column_of[k] != NO_COLUMN) {
                fail_at(r, r->cell_line, "two columns are named %s", column_names[k]);
                return;
            }
            r->column_of[k] = r->cell;
        }
    }
}

static void end_header(Reader *r) {
    r->header_read = true;
    for (int k = 0; k < COLUMNS; k++) {
        if (r->column_of[k] == NO_COLUMN) {
            if (r->header_plain) {
                fail_at(r, r->row_line, "the header names no column %s: '%s'", column_names[k], r->header);
            } else {
                fail_at(r, r->row_line, "the header names no column %s", column_names[k]);
            }
            return;
        }
    }
}

/* Straight to float32: by way of double the text would be rounded twice. */
static void read_number(Reader *r, int k, const char *text, size_t length) {
    const char *name = column_names[k];
    if (length == 0) {
        fail_at(r, r->cell_line, "%s is empty", name);
        return;
    }
    char *end;
    const float value = strtof(text, &end);
    if (end != text + length) {
        fail_at(r, r->cell_line, "%s is not a number: '%.*s'", name, SHOWN_MAX, text);
        return;
    }
    if (!isfinite(value)) {
        fail_at(r, r->cell_line, "%s is not a finite float32 number: '%.*s'", name, SHOWN_MAX, text);
        return;
    }
    if (k == LABEL && value != floorf(value)) {
        fail_at(r, r->cell_line, "label is not a whole number: '%.*s'", SHOWN_MAX, text);
        return;
    }
    if (k == LABEL && (value < 0 || value > MAX_CLASSES - 1)) {
        fail_at(r, r->cell_line, "label is not within 0 to %d: '%.*s'", MAX_CLASSES - 1, SHOWN_MAX, text);
        return;
    }
    r->values[k] = value;
    r->has[k] = true;
}

static bool grow(Reader *r) {
    const size_t capacity = r->capacity == 0 ? 4096 : 2 * r->capacity; /* below 2 MAX_SAMPLES: no overflow */
    float *x = realloc(r->x, capacity * sizeof *x);
    if (x != NULL) {
        r->x = x;
    }
    float *y = realloc(r->y, capacity * sizeof *y);
    if (y != NULL) {
        r->y = y;
    }
    uint8_t *label = realloc(r->label, capacity * sizeof *label);
    if (label != NULL) {
        r->label = label;
    }
    if (x == NULL || y == NULL || label == NULL) {
        r->failed = true;
        status_no_memory(r->status, "the points");
        return false;
    }
    r->capacity = capacity;
    return true;
}

static void end_row(Reader *r) {
    for (int k = 0; k < COLUMNS; k++) {
        if (!r->has[k]) {
            fail_at(r, r->row_line, "%s is missing: the row ends after %zu cell%s", column_names[k], r->cell,
                    r->cell == 1 ? "" : "s");
            return;
        }
    }
    if (r->count == MAX_SAMPLES) {
        fail_at(r, r->row_line, "more than %d points", MAX_SAMPLES);
        return;
    }
    if (r->count == r->capacity && !grow(r)) {
        return;
    }
    const int label = (int)r->values[LABEL];
    r->x[r->count] = r->values[X];
    r->y[r->count] = r->values[Y];
    r->label[r->count] = (uint8_t)label;
    r->count++;
    if (label > r->highest_label) {
        r->highest_label = label;
    }
    memset(r->has, 0, sizeof r->has);
}

/* libcsv calls this at the end of each cell; text has a final 0 (CSV_APPEND_NULL). */
static void on_cell(void *cell, size_t length, void *user) {
    Reader *r = user;
    const char *text = cell;
    if (r->failed) {
        return;
    }
    if (!r->header_read) {
        read_header_cell(r, text, length);
    } else {
        for (int k = 0; k < COLUMNS; k++) {
            if (r->column_of[k] == r->cell) {
                read_number(r, k, text, length);
                break;
            }
        }
    }
    r->cell++;
    r->cell_line = r->line;
    r->pending = 0;
}

static void on_row(int terminator, void *user) {
    (void)terminator;
    Reader *r = user;
    if (r->failed) {
        return;
    }
    if (!r->header_read) {
        end_header(r);
    } else {
        end_row(r);
    }
    r->cell = 0;
    r->row_begins = true;
}

static bool is_blank(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++) {
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' && text[i] != '\n') {
            return false;
        }
    }
    return true;
}

/* Feeds what lies in one physical line, with its end or without: libcsv does not say where it is, so we do.
 */
static void feed(Reader *r, struct csv_parser *parser, const char *text, size_t length) {
    if (r->after_cr && text[0] != '\n') {
        r->line++;
    }
    r->after_cr = false;
    if (r->row_begins) {
        r->row_line = r->cell_line = r->line;
        r->pending = 0;
        r->row_begins = is_blank(text, length);
    }
    if (csv_parse(parser, text, length, on_cell, on_row, r) != length) {
        r->failed = true;
        status_no_memory(r->status, "a row of points");
        return;
    }
    if (r->failed) {
        return;
    }
    r->pending += length;
    if (r->pending > CELL_MAX) {
        fail_at(r, r->cell_line, "a cell of more than %zu bytes: is a quote left open?", CELL_MAX);
        return;
    }
    if (text[length - 1] == '\n') {
        r->line++;
    }
    r->after_cr = text[length - 1] == '\r';
}

static void feed_chunk(Reader *r, struct csv_parser *parser, const char *text, size_t size) {
    while (size > 0 && !r->failed) {
        const char *end = memchr(text, '\n', size);
        size_t length = end != NULL ? (size_t)(end - text) + 1 : size;
        const char *cr = memchr(text, '\r', length); /* old files end their lines with these alone */
        if (cr != NULL) {
            length = (size_t)(cr - text) + 1;
        }
        feed(r, parser, text, length);
        text += length;
        size -= length;
    }
}

static void read_all(Reader *r, struct csv_parser *parser, FILE *file) {
    char chunk[CHUNK];
    bool first = true;
    size_t size;
    while (!r->failed && (size = fread(chunk, 1, sizeof chunk, file)) > 0) {
        const size_t skip = first && size >= 3 && memcmp(chunk, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* BOM */
        first = false;
        feed_chunk(r, parser, chunk + skip, size - skip);
    }
    if (r->failed) {
        return;
    }
    if (ferror(file)) {
        r->failed = true;
        status_fail(r->status, STATUS_FAILED, "cannot read %s: %s", r->path, strerror(errno));
        return;
    }
    csv_set_opts(parser, CSV_APPEND_NULL | CSV_STRICT | CSV_STRICT_FINI); /* an open quote is an error here */
    if (csv_fini(parser, on_cell, on_row, r) != 0 && !r->failed) {
        fail_at(r, r->cell_line, "a quote is left open");
    }
    if (r->failed) {
        return;
    }
    if (!r->header_read) {
        r->failed = true;
        status_fail(r->status, STATUS_FAILED, "%s: is empty; a header naming x, y and label is needed",
                    r->path);
    } else if (r->count == 0) {
        r->failed = true;
        status_fail(r->status, STATUS_FAILED, "%s: has a header, but no points", r->path);
    }
}

static FILE *open_file(const char *path, Status *status) {
    FILE *file = fopen(path, "rb");
    if (file == NULL) {
        status_fail(status, STATUS_FAILED, "cannot read %s: %s", path, strerror(errno));
        return NULL;
    }
    struct stat info;
    if (fstat(fileno(file), &info) == 0 && S_ISDIR(info.st_mode)) {
        status_fail(status, STATUS_FAILED, "cannot read %s: it is a folder", path);
        fclose(file);
        return NULL;
    }
    return file;
}

bool points_read(Dataset *data, const char *path, Status *status) {
    memset(data, 0, sizeof *data);
    FILE *file = open_file(path, status);
    if (file == NULL) {
        return false;
    }
    struct csv_parser parser;
    if (csv_init(&parser, CSV_APPEND_NULL) != 0) {
        fclose(file);
        return status_no_memory(status, "the points");
    }
    Reader reader = {.path = path,
                     .status = status,
                     .line = 1,
                     .row_line = 1,
                     .cell_line = 1,
                     .row_begins = true,
                     .column_of = {NO_COLUMN, NO_COLUMN, NO_COLUMN},
                     .header_plain = true};
    read_all(&reader, &parser, file);
    csv_free(&parser);
    fclose(file);
    bool done = !reader.failed;
    if (done) {
        const int classes = reader.highest_label + 1 > 2 ? reader.highest_label + 1 : 2;
        done = dataset_init(data, reader.count, classes, status);
    }
    if (done) {
        memcpy(data->x, reader.x, reader.count * sizeof *data->x);
        memcpy(data->y, reader.y, reader.count * sizeof *data->y);
        memcpy(data->label, reader.label, reader.count * sizeof *data->label);
        data->anomaly = -1;
        dataset_bounds(data);
    }
    free(reader.x);
    free(reader.y);
    free(reader.label);
    return done;
}
