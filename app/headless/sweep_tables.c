#include "app/headless/sweep_tables.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

typedef struct Table {
    const char *path;
    size_t first; /* its first run; SIZE_MAX: it has none */
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

static bool open_table(Tables *t, const char *path) {
    t->reader.number = 0;
    t->reader.file = strcmp(path, "-") == 0 ? stdin : fopen(path, "r");
    return t->reader.file || status_fail(t->status, STATUS_FAILED, "cannot read %s: %s", path, strerror(errno));
}

static void close_table(Tables *t) {
    if (t->reader.file && t->reader.file != stdin)
        fclose(t->reader.file);
    t->reader.file = NULL;
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
               status_fail(t->status, STATUS_FAILED, "cannot read %s: %s", path, strerror(errno));
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
    return status_fail(t->status, STATUS_FAILED, "%s:%zu: run %zu is there twice%s%s", path, t->reader.number, run,
                       other ? ", also in " : "", other ? t->before : "");
}

static bool add_table(Tables *t, const char *path) {
    if (!open_table(t, path))
        return false;
    size_t run;
    RunFigures figures;
    bool ended = false, good = true;
    while (good && (good = next_row(t, path, &run, &figures, &ended)) && !ended) {
        good = check_place(t, path, run);
        if (good) {
            sweep_summary_add(t->summary, run, &figures);
            t->next = run + 1;
            t->before = path;
        }
    }
    close_table(t);
    return good;
}

static int by_first(const void *a, const void *b) {
    const Table *one = a, *other = b;
    return (one->first > other->first) - (one->first < other->first);
}

/* The files by their first runs. A single one is not looked at twice: it may be a pipe. */
static bool sort_tables(Tables *t, Table *tables, size_t count) {
    for (size_t i = 0; i < count && count > 1; i++) {
        RunFigures figures;
        bool ended;
        if (!open_table(t, tables[i].path))
            return false;
        bool good = next_row(t, tables[i].path, &tables[i].first, &figures, &ended);
        close_table(t);
        if (!good)
            return false;
        if (ended)
            tables[i].first = SIZE_MAX;
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
    if (fclose(stream) != 0) {
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
    for (size_t i = 0; done && i < count; i++)
        done = add_table(&t, tables[i].path);
    if (done && t.next < end)
        done = fail_missing(&t, t.next, end);
    if (done)
        sweep_summary_print(&sums, summary);
    close_table(&t);
    row_reader_free(&t.reader);
    sweep_summary_free(&sums);
    free(t.header);
    free(tables);
    return done;
}
