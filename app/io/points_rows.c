#include "app/io/points_private.h"

#include <csv.h>
#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>

#define CHUNK ((size_t)64 << 10)
#define CELL_MAX ((size_t)1 << 20) /* bytes of a cell; more is a quote left open or no CSV at all */

typedef struct Feeding {
    PointsRows *rows;
    PointsFaults *faults;
    size_t line;      /* of what is being fed to the parser */
    size_t row_line;  /* in which the row began */
    size_t cell_line; /* in which the cell began */
    bool row_begins;  /* the next thing read begins a row */
    bool after_cr;
    size_t pending; /* bytes fed since the last cell ended */
    size_t cell;    /* number of the next cell */
} Feeding;

/* libcsv calls this at the end of each cell; text has a final 0 (CSV_APPEND_NULL). */
static void on_cell(void *text, size_t length, void *user) {
    Feeding *f = user;
    if (f->faults->failed)
        return;
    f->rows->cell(f->rows->user, f->cell, text, length, f->cell_line);
    f->cell++;
    f->cell_line = f->line;
    f->pending = 0;
}

static void on_row(int terminator, void *user) {
    (void)terminator;
    Feeding *f = user;
    if (f->faults->failed)
        return;
    f->rows->row(f->rows->user, f->cell, f->row_line);
    f->cell = 0;
    f->row_begins = true;
}

/* Feeds what lies in one physical line, with its end or without: libcsv does not say where it is, so we count. */
static void feed(Feeding *f, struct csv_parser *parser, const char *text, size_t length) {
    if (f->after_cr && text[0] != '\n')
        f->line++;
    f->after_cr = false;
    if (f->row_begins) {
        f->row_line = f->cell_line = f->line;
        f->pending = 0;
        f->row_begins = points_is_blank(text, length);
    }
    if (csv_parse(parser, text, length, on_cell, on_row, f) != length) {
        f->faults->failed = true;
        status_no_memory(f->faults->status, "a row of points");
        return;
    }
    if (f->faults->failed)
        return;
    f->pending += length;
    if (f->pending > CELL_MAX) {
        points_fault(f->faults, f->cell_line, "a cell of more than %zu bytes: is a quote left open?", CELL_MAX);
        return;
    }
    if (text[length - 1] == '\n')
        f->line++;
    f->after_cr = text[length - 1] == '\r';
}

static void feed_chunk(Feeding *f, struct csv_parser *parser, const char *text, size_t size) {
    while (size > 0 && !f->faults->failed) {
        const char *end = memchr(text, '\n', size);
        size_t length = end ? (size_t)(end - text) + 1 : size;
        const char *cr = memchr(text, '\r', length); /* old files end their lines with these alone */
        if (cr)
            length = (size_t)(cr - text) + 1;
        feed(f, parser, text, length);
        text += length;
        size -= length;
    }
}

/* ---- the dialect, from the file's first bytes ---- */

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
        decimals += c == ',' && i > 0 && points_is_digit(text[i - 1]) && points_is_digit(next);
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

/* Before anything is fed. Returns how many bytes are no text. */
static size_t begin_text(Feeding *f, struct csv_parser *parser, const char *chunk, size_t size) {
    if (size >= 2 && (memcmp(chunk, "\xff\xfe", 2) == 0 || memcmp(chunk, "\xfe\xff", 2) == 0)) {
        points_fault(f->faults, 0, "is UTF-16; save it as UTF-8");
        return 0;
    }
    size_t skip = size >= 3 && memcmp(chunk, "\xef\xbb\xbf", 3) == 0 ? 3 : 0; /* BOM */
    f->rows->delimiter = find_delimiter(chunk + skip, size - skip);
    csv_set_delim(parser, (unsigned char)f->rows->delimiter);
    return skip;
}

/* ---- the file ---- */

static void read_chunks(Feeding *f, struct csv_parser *parser, FILE *file, double file_size) {
    const PointsRows *rows = f->rows;
    char chunk[CHUNK];
    double done = 0;
    size_t size;
    while (!f->faults->failed && (size = fread(chunk, 1, sizeof chunk, file)) > 0) {
        size_t skip = done == 0 ? begin_text(f, parser, chunk, size) : 0;
        if (!f->faults->failed)
            feed_chunk(f, parser, chunk + skip, size - skip);
        done += (double)size;
        double share = file_size > 0 ? fmin(done / file_size, 1) : 0;
        if (!f->faults->failed && rows->progress && !rows->progress(rows->progress_user, share)) {
            f->faults->failed = true;
            status_fail(f->faults->status, STATUS_FAILED, "reading %s was stopped", f->faults->path);
        }
    }
}

static void read_all(Feeding *f, struct csv_parser *parser, FILE *file, double file_size) {
    read_chunks(f, parser, file, file_size);
    if (f->faults->failed)
        return;
    if (ferror(file)) {
        f->faults->failed = true;
        status_fail(f->faults->status, STATUS_FAILED, "cannot read %s: %s", f->faults->path, strerror(errno));
        return;
    }
    csv_set_opts(parser, CSV_APPEND_NULL | CSV_STRICT | CSV_STRICT_FINI); /* an open quote is an error here */
    if (csv_fini(parser, on_cell, on_row, f) != 0 && !f->faults->failed)
        points_fault(f->faults, f->cell_line, "a quote is left open");
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

void points_rows_read(PointsRows *rows) {
    PointsFaults *faults = rows->faults;
    Feeding feeding = {.rows = rows, .faults = faults, .line = 1, .row_line = 1, .cell_line = 1, .row_begins = true};
    double file_size = 0;
    FILE *file = open_file(faults->path, &file_size, faults->status);
    if (!file) {
        faults->failed = true;
        return;
    }
    struct csv_parser parser;
    if (csv_init(&parser, CSV_APPEND_NULL) != 0) {
        fclose(file);
        faults->failed = true;
        status_no_memory(faults->status, "the points");
        return;
    }
    csv_set_blk_size(&parser, CHUNK); /* of 128 bytes, a cell of 1 MiB would be copied 8,192 times */
    read_all(&feeding, &parser, file, file_size);
    csv_free(&parser);
    fclose(file);
}
