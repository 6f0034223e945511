#include "app/headless/sweep_tables.h"

#include "app/base/language.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct Table {
    const char *path;
    size_t first; /* its first run; SIZE_MAX: it has none */
    /* Of what cannot be read twice, as a pipe: it stays open behind its first row until its turn. */
    FILE *file;    /* or NULL */
    size_t number; /* that row's line, and its figures */
    RunFigures figures;
} Table;

typedef struct Tables {
    const Sweep *sweep;
    RowReader reader;
    char *header; /* of the grid; owned */
    SweepSummary *summary;
    size_t next; /* run */
    size_t end;
    const char *before; /* file of the run before that, or NULL */
    Status *status;
} Tables;

static bool fail_row(const Tables *t, const char *path) {
    return status_prefix(t->status, "%s:%zu", path, t->reader.number);
}

static bool is_stdin(const char *path) {
    return strcmp(path, "-") == 0;
}

static bool open_table(Tables *t, const char *path) {
    t->reader.number = 0;
    t->reader.file = is_stdin(path) ? stdin : fopen(path, "r");
    return t->reader.file || status_fail(t->status, STATUS_FAILED, "cannot read %s: %s", path, tr_error(errno));
}

static void close_file(FILE **file) {
    if (*file && *file != stdin)
        fclose(*file);
    *file = NULL;
}

/* The next row; *ended: there is none. A header is passed over. */
static bool next_row(Tables *t, const char *path, size_t *run, RunFigures *figures, bool *ended) {
    RowLine line = row_reader_line(&t->reader);
    if (line == LINE_WHOLE && strncmp(t->reader.line, "run,", 4) == 0) {
        if (strcmp(t->reader.line, t->header) != 0) {
            status_fail(t->status, STATUS_FAILED, "the header of another grid: %.200s; this one's is %.200s",
                        t->reader.line, t->header);
            return fail_row(t, path);
        }
        line = row_reader_line(&t->reader);
    }
    *ended = line == LINE_NONE;
    if (*ended)
        return !ferror(t->reader.file) ||
               status_fail(t->status, STATUS_FAILED, "cannot read %s: %s", path, tr_error(errno));
    if (line == LINE_TORN) {
        status_fail(t->status, STATUS_FAILED, "the row is cut; the sweep that writes it has not ended");
        return fail_row(t, path);
    }
    return row_reader_row(&t->reader, run, figures, t->status) || fail_row(t, path);
}

static bool fail_missing(const Tables *t, size_t from, size_t to) {
    if (to - from == 1)
        return status_fail(t->status, STATUS_FAILED, "--summarize: run %zu is missing (of runs 0 to %zu)", from,
                           t->sweep->runs - 1);
    return status_fail(t->status, STATUS_FAILED, "--summarize: runs %zu to %zu are missing (of runs 0 to %zu)", from,
                       to - 1, t->sweep->runs - 1);
}

static bool check_place(Tables *t, const char *path, size_t run) {
    if (run >= t->end)
        return status_fail(t->status, STATUS_FAILED, "%s:%zu: run %zu is of another shard", path, t->reader.number,
                           run);
    if (run > t->next)
        return fail_missing(t, t->next, run);
    if (run == t->next)
        return true;
    bool other = t->before && strcmp(t->before, path) != 0;
    if (other)
        return status_fail(t->status, STATUS_FAILED, "%s:%zu: run %zu is there twice, also in %s", path,
                           t->reader.number, run, t->before);
    return status_fail(t->status, STATUS_FAILED, "%s:%zu: run %zu is there twice", path, t->reader.number, run);
}

static bool add_row(Tables *t, const char *path, size_t run, const RunFigures *figures) {
    if (!check_place(t, path, run))
        return false;
    sweep_summary_add(t->summary, run, figures);
    t->next = run + 1;
    t->before = path;
    return true;
}

static bool add_table(Tables *t, Table *table) {
    const char *path = table->path;
    bool ended = false, good;
    if (table->file) {
        t->reader.file = table->file;
        t->reader.number = table->number;
        table->file = NULL;
        good = add_row(t, path, table->first, &table->figures);
    } else {
        good = open_table(t, path);
    }
    size_t run;
    RunFigures figures;
    while (good && (good = next_row(t, path, &run, &figures, &ended)) && !ended)
        good = add_row(t, path, run, &figures);
    close_file(&t->reader.file);
    return good;
}

static int by_first(const void *a, const void *b) {
    const Table *one = a, *other = b;
    return (one->first > other->first) - (one->first < other->first);
}

/* Files with a name are opened anew when it is their turn, so that any number of them will do. */
static bool reads_again(FILE *file) {
    struct stat info;
    return file != stdin && fstat(fileno(file), &info) == 0 && S_ISREG(info.st_mode);
}

static bool look_at_first(Tables *t, Table *table) {
    bool ended = false;
    bool good = open_table(t, table->path) && next_row(t, table->path, &table->first, &table->figures, &ended);
    if (good && ended)
        table->first = SIZE_MAX;
    if (good && !ended && !reads_again(t->reader.file)) {
        table->file = t->reader.file;
        table->number = t->reader.number;
        t->reader.file = NULL;
    }
    close_file(&t->reader.file);
    return good;
}

/* The files by their first runs, those without any last. */
static bool sort_tables(Tables *t, Table *tables, size_t count) {
    size_t stdins = 0;
    for (size_t i = 0; i < count; i++) {
        stdins += is_stdin(tables[i].path);
        if (stdins > 1)
            return status_fail(t->status, STATUS_USAGE, "--summarize: -, standard input, is named twice");
        if (!look_at_first(t, &tables[i]))
            return false;
    }
    qsort(tables, count, sizeof *tables, by_first);
    return true;
}

static char *header_of(const Sweep *sweep) {
    char *text = NULL;
    size_t size = 0;
    FILE *stream = open_memstream(&text, &size);
    if (!stream)
        return NULL;
    sweep_header(stream, sweep);
    bool whole = fflush(stream) == 0 && !ferror(stream);
    if (fclose(stream) != 0 || !whole || !text) {
        free(text);
        return NULL;
    }
    text[strcspn(text, "\n")] = '\0';
    return text;
}

bool sweep_tables(const Sweep *sweep, size_t first, size_t end, const char *const *files, size_t count, FILE *summary,
                  Status *status) {
    SweepSummary sums = {0};
    Tables t = {.sweep = sweep, .summary = &sums, .next = first, .end = end, .status = status};
    Table *tables = calloc(count, sizeof *tables);
    t.header = header_of(sweep);
    bool done = (tables && t.header) || status_no_memory(status, "the tables");
    done = done && sweep_summary_init(&sums, sweep, status) && row_reader_init(&t.reader, sweep, status);
    for (size_t i = 0; done && i < count; i++)
        tables[i].path = files[i];
    done = done && sort_tables(&t, tables, count);
    for (size_t i = 0; done && i < count && tables[i].first < SIZE_MAX; i++)
        done = add_table(&t, &tables[i]);
    if (done && t.next < end)
        done = fail_missing(&t, t.next, end);
    if (done)
        sweep_summary_print(&sums, summary);
    for (size_t i = 0; tables && i < count; i++)
        close_file(&tables[i].file);
    row_reader_free(&t.reader);
    sweep_summary_free(&sums);
    free(t.header);
    free(tables);
    return done;
}
