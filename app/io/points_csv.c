#include "app/io/points_csv.h"

#include <csv.h>
#include <errno.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>

#define CHUNK ((size_t)64 << 10)
#define CELL_MAX ((size_t)1 << 20) /* bytes of a cell; more is a quote left open or no CSV at all */
#define LABEL_MAX 255              /* bytes of a label */
#define SHOWN_MAX 40               /* bytes of a cell shown in a message */

enum { X, Y, LABEL, COLUMNS };
#define NO_COLUMN SIZE_MAX

/* A column that is asked for. */
typedef struct Column {
    const char *name; /* not ended by 0 */
    size_t length;
    size_t number; /* from 1; 0: the name is no number */
    /* found in the first row, or NO_COLUMN */
    size_t exact, loose; /* by name, and but for the case */
    bool exact_twice, loose_twice;
    size_t at;                       /* settled, from 0 */
    char text[SHOWN_MAX + 1];        /* what messages call it */
    char first[LABEL_MAX + 2];       /* its cell in the first row, which may be no header; cut */
    size_t first_length, first_line; /* 0: no such cell */
} Column;

/* Labels that are equal. */
typedef struct Kind {
    char text[LABEL_MAX + 1];
    size_t length;
    bool is_number;
    double value;
} Kind;

typedef struct Reader {
    const char *path;
    const PointsFormat *format;
    Status *status;
    bool failed;
    bool decimal_comma;
    /* where we are: physical lines, from 1 */
    size_t line;      /* of what is being fed to the parser */
    size_t row_line;  /* in which the row began */
    size_t cell_line; /* in which the cell began */
    bool row_begins;  /* the next thing read begins a row */
    bool after_cr;
    size_t pending; /* bytes fed since the last cell ended */
    /* the first row */
    bool first_read, has_header;
    Column columns[COLUMNS];
    char header[200];  /* its text for a message, cut */
    bool header_plain; /* printable ASCII */
    /* the row */
    size_t cell; /* number of the next cell */
    float values[2];
    int kind; /* of its label; kind_count: new_kind, not seen before */
    Kind new_kind;
    size_t label_line;
    bool has[COLUMNS];
    bool bad; /* to be skipped */
    /* the points so far; labels are numbers of kinds */
    float *x, *y;
    uint8_t *label;
    uint32_t *row; /* NULL unless rows may be skipped */
    size_t count, capacity, skipped;
    Kind kinds[MAX_CLASSES];
    int kind_count;
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

/* What is wrong with the row's cell of a column: the file is refused, or the row skipped. */
__attribute__((format(printf, 4, 5))) static void bad_cell(Reader *r, int k, size_t line, const char *format, ...) {
    if (r->format->skip_bad) { /* without the cost of a message */
        r->bad = true;
        return;
    }
    char what[sizeof r->status->message];
    va_list arguments;
    va_start(arguments, format);
    vsnprintf(what, sizeof what, format, arguments);
    va_end(arguments);
    fail_at(r, line, "column %s: %s", r->columns[k].text, what);
}

/* Bytes of a text that a message shows: whole characters. */
static int shown(const char *text, size_t length) {
    if (length <= SHOWN_MAX)
        return (int)length;
    int cut = SHOWN_MAX;
    while (cut > 0 && ((unsigned char)text[cut] & 0xc0) == 0x80)
        cut--;
    return cut;
}

static void trim(const char **text, size_t *length) {
    static const char blanks[] = " \t\r\n";
    while (*length > 0 && (*text)[0] != '\0' && strchr(blanks, (*text)[0])) {
        (*text)++;
        (*length)--;
    }
    while (*length > 0 && (*text)[*length - 1] != '\0' && strchr(blanks, (*text)[*length - 1]))
        (*length)--;
}

/* ---- numbers ---- */

static bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

/* The whole text as float32, or as double if `wide` is given; false: it is no number. Straight to float32: by
 * way of double a text would be rounded twice. text[length] may be read and must not go on with the number.
 */
static bool read_float(const Reader *r, const char *text, size_t length, float *value, double *wide) {
    char copy[LABEL_MAX + 1];
    const char *comma = r->decimal_comma ? memchr(text, ',', length) : NULL;
    if (comma) {
        if (length > LABEL_MAX || memchr(text, '.', length))
            return false;
        memcpy(copy, text, length);
        copy[length] = '\0';
        copy[comma - text] = '.';
        text = copy;
    }
    char *end;
    if (wide) {
        *wide = strtod(text, &end);
        return end == text + length;
    }
    *value = strtof(text, &end);
    return end == text + length;
}

static void read_number(Reader *r, int k, const char *text, size_t length, size_t line) {
    float value;
    if (!read_float(r, text, length, &value, NULL)) {
        bad_cell(r, k, line, "not a number: '%.*s'", shown(text, length), text);
    } else if (!isfinite(value)) {
        bad_cell(r, k, line, "not a finite float32 number: '%.*s'", shown(text, length), text);
    } else {
        r->values[k] = value;
        r->has[k] = true;
    }
}

/* ---- labels ---- */

static void read_label(Reader *r, const char *text, size_t length, size_t line) {
    r->label_line = line;
    for (int i = 0; i < r->kind_count; i++)
        if (length == r->kinds[i].length && memcmp(text, r->kinds[i].text, length) == 0) {
            r->kind = i;
            r->has[LABEL] = true;
            return;
        }
    if (length > LABEL_MAX) {
        bad_cell(r, LABEL, line, "longer than %d bytes: '%.*s'", LABEL_MAX, shown(text, length), text);
        return;
    }
    Kind *kind = &r->new_kind; /* not among the kinds before the row has turned out to be good */
    kind->is_number = read_float(r, text, length, NULL, &kind->value);
    if (kind->is_number && !isfinite(kind->value)) {
        bad_cell(r, LABEL, line, "not a finite number: '%.*s'", shown(text, length), text);
        return;
    }
    r->kind = r->kind_count;
    for (int i = 0; kind->is_number && i < r->kind_count; i++)
        if (r->kinds[i].is_number && r->kinds[i].value == kind->value)
            r->kind = i;
    memcpy(kind->text, text, length);
    kind->text[length] = '\0';
    kind->length = length;
    r->has[LABEL] = true;
}

/* Gives the row's label a kind of its own. */
static void add_kind(Reader *r) {
    if (r->kind_count == MAX_CLASSES) {
        fail_at(r, r->label_line, "column %s: more than %d kinds of labels: '%.*s' is one too many",
                r->columns[LABEL].text, MAX_CLASSES, shown(r->new_kind.text, r->new_kind.length), r->new_kind.text);
        return;
    }
    r->kinds[r->kind_count++] = r->new_kind;
}

static void read_cell(Reader *r, int k, const char *text, size_t length, size_t line) {
    if (r->bad)
        return;
    trim(&text, &length);
    if (length == 0)
        bad_cell(r, k, line, "empty");
    else if (k == LABEL)
        read_label(r, text, length, line);
    else
        read_number(r, k, text, length, line);
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
    uint32_t *row = r->format->skip_bad ? realloc(r->row, capacity * sizeof *row) : NULL;
    if (row)
        r->row = row;
    if (!x || !y || !label || (!row && r->format->skip_bad)) {
        r->failed = true;
        status_no_memory(r->status, "the points");
        return false;
    }
    r->capacity = capacity;
    return true;
}

static void keep_row(Reader *r) {
    if (r->count == MAX_SAMPLES) {
        fail_at(r, r->row_line, "more than %d points", MAX_SAMPLES);
        return;
    }
    if (r->count == r->capacity && !grow(r))
        return;
    if (r->kind == r->kind_count) {
        add_kind(r);
        if (r->failed)
            return;
    }
    r->x[r->count] = r->values[X];
    r->y[r->count] = r->values[Y];
    r->label[r->count] = (uint8_t)r->kind;
    if (r->row)
        r->row[r->count] = (uint32_t)(r->count + r->skipped);
    r->count++;
}

static void end_row(Reader *r) {
    for (int k = 0; k < COLUMNS && !r->bad; k++)
        if (!r->has[k]) {
            bad_cell(r, k, r->row_line, "missing: the row ends after %zu cell%s", r->cell, r->cell == 1 ? "" : "s");
            if (r->failed)
                return;
        }
    if (r->bad && r->count + r->skipped == UINT32_MAX)
        fail_at(r, r->row_line, "too many bad rows");
    else if (r->bad)
        r->skipped++;
    else
        keep_row(r);
    r->bad = false;
    memset(r->has, 0, sizeof r->has);
}

/* ---- the first row ---- */

static void note_place(size_t *place, bool *twice, size_t cell) {
    *twice = *place != NO_COLUMN;
    *place = cell;
}

static void read_first_cell(Reader *r, const char *text, size_t length) {
    size_t used = strlen(r->header);
    snprintf(r->header + used, sizeof r->header - used, "%s%.*s", r->cell > 0 ? "," : "", shown(text, length), text);
    for (size_t i = 0; i < length; i++)
        r->header_plain = r->header_plain && text[i] >= ' ' && text[i] <= '~';
    const char *name = text;
    size_t name_length = length;
    trim(&name, &name_length);
    for (int k = 0; k < COLUMNS; k++) {
        Column *column = &r->columns[k];
        if (name_length == column->length && strncasecmp(name, column->name, name_length) == 0) {
            if (memcmp(name, column->name, name_length) == 0)
                note_place(&column->exact, &column->exact_twice, r->cell);
            else
                note_place(&column->loose, &column->loose_twice, r->cell);
        }
        if (r->cell + 1 == column->number) {
            column->first_length = length < sizeof column->first ? length : sizeof column->first - 1;
            memcpy(column->first, text, column->first_length); /* the rest is zero */
            column->first_line = r->cell_line;
        }
    }
}

static bool first_is_number(const Reader *r, int k) {
    const char *text = r->columns[k].first;
    size_t length = r->columns[k].first_length;
    float value;
    trim(&text, &length);
    return length > 0 && read_float(r, text, length, &value, NULL);
}

static bool first_row_is_header(const Reader *r) {
    bool named = true;
    for (int k = 0; k < COLUMNS; k++)
        named = named && (r->columns[k].exact != NO_COLUMN || r->columns[k].loose != NO_COLUMN);
    if (r->columns[X].number == 0 || r->columns[Y].number == 0)
        return true;
    int numbers = first_is_number(r, X) + first_is_number(r, Y);
    if (numbers == 2 && r->format->columns)
        return false; /* even if these numbers happen to be those that were asked for */
    return named || numbers == 0;
}

/* Finds a column by the header. */
static void find_column(Reader *r, int k) {
    Column *column = &r->columns[k];
    bool exact = column->exact != NO_COLUMN;
    if (exact ? column->exact_twice : column->loose_twice) {
        fail_at(r, r->row_line, "two columns are named %s", column->text);
    } else if (exact || column->loose != NO_COLUMN) {
        column->at = exact ? column->exact : column->loose;
    } else if (r->format->columns && column->number != 0) {
        column->at = column->number - 1;
        if (column->at >= r->cell)
            fail_at(r, r->row_line, "there is no column %zu: the header has %zu", column->number, r->cell);
    } else if (r->header_plain) {
        fail_at(r, r->row_line, "the header names no column %s: '%s'", column->text, r->header);
    } else {
        fail_at(r, r->row_line, "the header names no column %s", column->text);
    }
}

static void end_first_row(Reader *r) {
    r->first_read = true;
    r->has_header = first_row_is_header(r);
    for (int k = 0; k < COLUMNS; k++) {
        Column *column = &r->columns[k];
        if (r->has_header) {
            find_column(r, k);
        } else if (column->number == 0) {
            fail_at(r, r->row_line, "there is no header to find column %s in: give its number", column->text);
        } else {
            column->at = column->number - 1;
            snprintf(column->text, sizeof column->text, "%zu", column->number);
        }
        for (int other = 0; other < k && !r->failed; other++)
            if (r->columns[other].at == column->at)
                fail_at(r, r->row_line, "%s and %s are the same column", r->columns[other].text, column->text);
        if (r->failed)
            return;
    }
    if (!r->has_header) {
        for (int k = 0; k < COLUMNS && !r->failed; k++)
            if (r->columns[k].first_line > 0)
                read_cell(r, k, r->columns[k].first, r->columns[k].first_length, r->columns[k].first_line);
        if (!r->failed)
            end_row(r);
    }
}

/* libcsv calls this at the end of each cell; text has a final 0 (CSV_APPEND_NULL). */
static void on_cell(void *cell, size_t length, void *user) {
    Reader *r = user;
    const char *text = cell;
    if (r->failed)
        return;
    if (!r->first_read)
        read_first_cell(r, text, length);
    else
        for (int k = 0; k < COLUMNS; k++)
            if (r->columns[k].at == r->cell) {
                read_cell(r, k, text, length, r->cell_line);
                break;
            }
    r->cell++;
    r->cell_line = r->line;
    r->pending = 0;
}

static void on_row(int terminator, void *user) {
    (void)terminator;
    Reader *r = user;
    if (r->failed)
        return;
    if (!r->first_read)
        end_first_row(r);
    else
        end_row(r);
    r->cell = 0;
    r->row_begins = true;
}

/* ---- the file ---- */

static bool is_blank(const char *text, size_t length) {
    for (size_t i = 0; i < length; i++)
        if (text[i] != ' ' && text[i] != '\t' && text[i] != '\r' && text[i] != '\n')
            return false;
    return true;
}

/* Feeds what lies in one physical line, with its end or without: libcsv does not say where it is, so we do.
 */
static void feed(Reader *r, struct csv_parser *parser, const char *text, size_t length) {
    if (r->after_cr && text[0] != '\n')
        r->line++;
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
    if (r->failed)
        return;
    r->pending += length;
    if (r->pending > CELL_MAX) {
        fail_at(r, r->cell_line, "a cell of more than %zu bytes: is a quote left open?", CELL_MAX);
        return;
    }
    if (text[length - 1] == '\n')
        r->line++;
    r->after_cr = text[length - 1] == '\r';
}

static void feed_chunk(Reader *r, struct csv_parser *parser, const char *text, size_t size) {
    while (size > 0 && !r->failed) {
        const char *end = memchr(text, '\n', size);
        size_t length = end ? (size_t)(end - text) + 1 : size;
        const char *cr = memchr(text, '\r', length); /* old files end their lines with these alone */
        if (cr)
            length = (size_t)(cr - text) + 1;
        feed(r, parser, text, length);
        text += length;
        size -= length;
    }
}

/* The delimiter that gives the first line that is not blank most cells: ',', ';' or '\t'. Where there are two
 * semicolons or tabs, commas between digits are decimal signs. */
static char find_delimiter(const char *text, size_t size) {
    size_t commas = 0, decimals = 0, semicolons = 0, tabs = 0;
    bool quoted = false, cell_begins = true, blank = true;
    for (size_t i = 0; i < size; i++) {
        char c = text[i], next = i + 1 < size ? text[i + 1] : '\0';
        if (quoted) {
            if (c == '"' && next == '"')
                i++;
            else if (c == '"')
                quoted = false;
            continue;
        }
        if (c == '\n' || c == '\r') {
            if (!blank)
                break;
            commas = decimals = semicolons = tabs = 0;
            continue;
        }
        quoted = c == '"' && cell_begins;
        commas += c == ',';
        decimals += c == ',' && i > 0 && is_digit(text[i - 1]) && is_digit(next);
        semicolons += c == ';';
        tabs += c == '\t';
        blank = blank && (c == ' ' || c == '\t');
        cell_begins = c == ',' || c == ';' || c == '\t' || (cell_begins && c == ' ');
    }
    if (semicolons >= 2 || tabs >= 2)
        commas -= decimals;
    if (commas >= semicolons && commas >= tabs)
        return ',';
    return semicolons >= tabs ? ';' : '\t';
}

/* Before anything is fed: what the file's first bytes tell. Returns how many are no text. */
static size_t begin_text(Reader *r, struct csv_parser *parser, const char *chunk, size_t size) {
    if (size >= 2 && (memcmp(chunk, "\xff\xfe", 2) == 0 || memcmp(chunk, "\xfe\xff", 2) == 0)) {
        r->failed = true;
        status_fail(r->status, STATUS_FAILED, "%s: is UTF-16; save it as UTF-8", r->path);
        return 0;
    }
    size_t skip = size >= 3 && memcmp(chunk, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* BOM */
    char delimiter = find_delimiter(chunk + skip, size - skip);
    csv_set_delim(parser, (unsigned char)delimiter);
    r->decimal_comma = delimiter != ',';
    return skip;
}

static void read_chunks(Reader *r, struct csv_parser *parser, FILE *file, double file_size) {
    char chunk[CHUNK];
    double done = 0;
    size_t size;
    while (!r->failed && (size = fread(chunk, 1, sizeof chunk, file)) > 0) {
        size_t skip = done == 0 ? begin_text(r, parser, chunk, size) : 0;
        if (!r->failed)
            feed_chunk(r, parser, chunk + skip, size - skip);
        done += (double)size;
        double share = file_size > 0 ? fmin(done / file_size, 1) : 0;
        if (!r->failed && r->format->progress && !r->format->progress(r->format->user, share)) {
            r->failed = true;
            status_fail(r->status, STATUS_FAILED, "reading %s was stopped", r->path);
        }
    }
}

static void read_all(Reader *r, struct csv_parser *parser, FILE *file, double file_size) {
    read_chunks(r, parser, file, file_size);
    if (r->failed)
        return;
    if (ferror(file)) {
        r->failed = true;
        status_fail(r->status, STATUS_FAILED, "cannot read %s: %s", r->path, strerror(errno));
        return;
    }
    csv_set_opts(parser, CSV_APPEND_NULL | CSV_STRICT | CSV_STRICT_FINI); /* an open quote is an error here */
    if (csv_fini(parser, on_cell, on_row, r) != 0 && !r->failed)
        fail_at(r, r->cell_line, "a quote is left open");
    if (r->failed)
        return;
    if (!r->first_read) {
        r->failed = true;
        status_fail(r->status, STATUS_FAILED, "%s: is empty; columns x, y and label are needed", r->path);
    } else if (r->count == 0) {
        r->failed = true;
        if (r->skipped > 0)
            status_fail(r->status, STATUS_FAILED, "%s: has no points: %zu bad row%s skipped", r->path, r->skipped,
                        r->skipped == 1 ? "" : "s");
        else
            status_fail(r->status, STATUS_FAILED, "%s: has a header, but no points", r->path);
    }
}

static FILE *open_file(const char *path, double *size, Status *status) {
    FILE *file = fopen(path, "rb");
    if (!file) {
        status_fail(status, STATUS_FAILED, "cannot read %s: %s", path, strerror(errno));
        return NULL;
    }
    struct stat info;
    bool known = fstat(fileno(file), &info) == 0;
    if (known && S_ISDIR(info.st_mode)) {
        status_fail(status, STATUS_FAILED, "cannot read %s: it is a folder", path);
        fclose(file);
        return NULL;
    }
    *size = known && S_ISREG(info.st_mode) ? (double)info.st_size : 0;
    return file;
}

/* ---- from kinds to classes ---- */

/* Whether the labels are class numbers, and which is the highest. */
static bool kinds_are_classes(const Reader *r, int *highest) {
    double least = INFINITY, most = -INFINITY;
    for (int i = 0; i < r->kind_count; i++) {
        const Kind *kind = &r->kinds[i];
        if (!kind->is_number || kind->value != floor(kind->value) || kind->value < 0 || kind->value > MAX_CLASSES - 1)
            return false;
        least = fmin(least, kind->value);
        most = fmax(most, kind->value);
    }
    *highest = (int)most;
    return !(r->kind_count >= 2 && least == 1 && most == r->kind_count); /* 1, 2: there is no class 0 */
}

/* The name of a kind: a number in as few digits as it takes, whatever its form in the file. */
static void name_kind(const Reader *r, int kind, bool numbers, Dataset *names, int class) {
    const Kind *k = &r->kinds[kind];
    if (!numbers) {
        dataset_name_class(names, class, k->text, k->length);
        return;
    }
    char text[32];
    double value = k->value + 0.0; /* no -0 */
    int length = snprintf(text, sizeof text, "%.9g", value);
    if (strtod(text, NULL) != value)
        length = snprintf(text, sizeof text, "%.17g", value);
    dataset_name_class(names, class, text, (size_t)length);
}

/* Names classes after the kinds, in order, and says which kind is which class. */
static bool order_kinds(const Reader *r, Dataset *names, uint8_t class_of[MAX_CLASSES]) {
    bool numbers = true;
    for (int i = 0; i < r->kind_count; i++)
        numbers = numbers && r->kinds[i].is_number;
    Dataset *unordered = &(Dataset){0};
    for (int i = 0; i < r->kind_count; i++)
        name_kind(r, i, numbers, unordered, i);
    for (int i = 0; i < r->kind_count; i++) {
        int before = 0;
        for (int j = 0; j < r->kind_count; j++) {
            int order = strcmp(unordered->class_name[j], unordered->class_name[i]);
            if (j != i && order == 0)
                return status_fail(r->status, STATUS_FAILED,
                                   "%s: column %s: two kinds of labels are alike in their first %zu bytes: '%s'",
                                   r->path, r->columns[LABEL].text, sizeof unordered->class_name[i] - 1,
                                   unordered->class_name[i]);
            before += numbers ? r->kinds[j].value < r->kinds[i].value : order < 0;
        }
        class_of[i] = (uint8_t)before;
        memcpy(names->class_name[before], unordered->class_name[i], sizeof unordered->class_name[i]);
    }
    return true;
}

static bool make_data(const Reader *r, Dataset *data) {
    Dataset named = {0}; /* the names alone, until it is clear that all goes well */
    uint8_t class_of[MAX_CLASSES] = {0};
    int classes = r->kind_count, highest = 0;
    if (kinds_are_classes(r, &highest)) {
        classes = highest + 1 > 2 ? highest + 1 : 2;
        for (int i = 0; i < r->kind_count; i++)
            class_of[i] = (uint8_t)r->kinds[i].value;
    } else if (r->kind_count < 2) {
        return status_fail(r->status, STATUS_FAILED, "%s: column %s: every label is '%.*s'; 2 to %d kinds are needed",
                           r->path, r->columns[LABEL].text, shown(r->kinds[0].text, r->kinds[0].length),
                           r->kinds[0].text, MAX_CLASSES);
    } else if (!order_kinds(r, &named, class_of)) {
        return false;
    }
    if (!dataset_init(data, r->count, classes, r->status))
        return false;
    memcpy(data->class_name, named.class_name, sizeof data->class_name);
    memcpy(data->x, r->x, r->count * sizeof *data->x);
    memcpy(data->y, r->y, r->count * sizeof *data->y);
    for (size_t i = 0; i < r->count; i++)
        data->label[i] = class_of[r->label[i]];
    if (r->skipped > 0) {
        if (!dataset_add_rows(data, r->status)) {
            dataset_free(data);
            return false;
        }
        memcpy(data->row, r->row, r->count * sizeof *data->row);
    }
    dataset_bounds(data);
    return true;
}

/* ---- columns ---- */

/* Takes "x,y,label" apart; false: it has another form. */
static bool split_columns(const char *columns, Column parts[COLUMNS]) {
    for (int k = 0; k < COLUMNS; k++) {
        size_t length = strcspn(columns, ",");
        const char *name = columns;
        size_t name_length = length;
        trim(&name, &name_length);
        if (name_length == 0 || (k + 1 < COLUMNS) != (columns[length] == ','))
            return false;
        parts[k] = (Column){.name = name, .length = name_length, .exact = NO_COLUMN, .loose = NO_COLUMN};
        parts[k].at = NO_COLUMN;
        snprintf(parts[k].text, sizeof parts[k].text, "%.*s", shown(name, name_length), name);
        size_t number = 0, digits = 0;
        while (digits < name_length && digits < 9 && is_digit(name[digits]))
            number = 10 * number + (size_t)(name[digits++] - '0');
        parts[k].number = digits == name_length ? number : 0;
        columns += length + 1;
    }
    return true;
}

bool points_columns_check(const char *columns, Status *status) {
    Column parts[COLUMNS];
    if (!split_columns(columns, parts))
        return status_fail(status, STATUS_USAGE, "'%.60s' is not three names or numbers, as in x,y,label", columns);
    for (int k = 1; k < COLUMNS; k++)
        for (int other = 0; other < k; other++)
            if (parts[k].length == parts[other].length &&
                memcmp(parts[k].name, parts[other].name, parts[k].length) == 0)
                return status_fail(status, STATUS_USAGE, "'%.60s' names %s twice", columns, parts[k].text);
    return true;
}

static bool choose_columns(Reader *r) {
    const char *columns = r->format->columns;
    if (columns)
        return points_columns_check(columns, r->status) && split_columns(columns, r->columns);
    split_columns("x,y,label", r->columns);
    for (int k = 0; k < COLUMNS; k++)
        r->columns[k].number = (size_t)k + 1;
    return true;
}

bool points_read(Dataset *data, const char *path, const PointsFormat *format, Status *status) {
    static const PointsFormat defaults = {0};
    memset(data, 0, sizeof *data);
    Reader reader = {.path = path,
                     .format = format ? format : &defaults,
                     .status = status,
                     .line = 1,
                     .row_line = 1,
                     .cell_line = 1,
                     .row_begins = true,
                     .header_plain = true};
    if (!choose_columns(&reader))
        return false;
    double file_size = 0;
    FILE *file = open_file(path, &file_size, status);
    if (!file)
        return false;
    struct csv_parser parser;
    if (csv_init(&parser, CSV_APPEND_NULL) != 0) {
        fclose(file);
        return status_no_memory(status, "the points");
    }
    csv_set_blk_size(&parser, CHUNK); /* of 128 bytes, a cell of 1 MiB would be copied 8,192 times */
    read_all(&reader, &parser, file, file_size);
    csv_free(&parser);
    fclose(file);
    bool done = !reader.failed && make_data(&reader, data);
    if (done && reader.format->skipped)
        *reader.format->skipped = reader.skipped;
    free(reader.x);
    free(reader.y);
    free(reader.label);
    free(reader.row);
    return done;
}
