/* Grids of settings, as --sweep has them, and rows of one, read back: the grid, then the rows. */
#include "tests/fuzzers/fuzzer.h"

#include "app/headless/sweep_rows.h"
#include "app/headless/sweep_tables.h"

#include <stdlib.h>
#include <string.h>

/* A row may have as many bytes as the longest lists of all axes. */
const size_t FUZZ_ROOM = 512 << 10, FUZZ_ROOM_EACH = 128;

/* A row that was read, written and read again is the same. */
static void check_row(const Sweep *sweep, size_t run, const RunFigures *figures) {
    RowReader reader = {0};
    Status status = {0};
    size_t run_again;
    RunFigures again;
    for (int form = ROWS_CSV; form <= ROWS_JSON; form++) {
        FILE *stream = fuzz_file_stream(1);
        sweep_row(stream, sweep, (RowForm)form, run, figures);
        fclose(stream);
        size_t size;
        char *bytes = fuzz_file_bytes(1, &size);
        if (!row_reader_init(&reader, sweep, &status))
            abort();
        reader.file = fopen(fuzz_file(1, bytes, size), "r");
        if (row_reader_line(&reader) != LINE_WHOLE || !row_reader_row(&reader, &run_again, &again, &status) ||
            run_again != run || again.epochs != figures->epochs || again.easy != figures->easy ||
            again.status != figures->status)
            fuzz_violation("a row is read otherwise: %s: %s", status.message, bytes);
        fclose(reader.file);
        row_reader_free(&reader);
        free(bytes);
    }
}

static void try_rows(const Sweep *sweep, const char *rows) {
    RowReader reader;
    Status status = {0};
    const char *path = fuzz_file(0, rows, strlen(rows));
    if (!row_reader_init(&reader, sweep, &status))
        abort();
    reader.file = fopen(path, "r");
    for (RowLine line; (line = row_reader_line(&reader)) != LINE_NONE;) {
        size_t run;
        RunFigures figures;
        if (line != LINE_WHOLE)
            continue;
        if (!row_reader_row(&reader, &run, &figures, &status))
            fuzz_refused(&status);
        else if (run >= sweep->runs)
            fuzz_violation("run %zu of %zu", run, sweep->runs);
        else
            check_row(sweep, run, &figures);
    }
    fclose(reader.file);
    row_reader_free(&reader);
    if (sweep->runs > 1000)
        return;
    FILE *summary = fuzz_file_stream(2);
    if (!sweep_tables(sweep, 0, sweep->runs, (const char *const[]){path}, 1, summary, &status))
        fuzz_refused(&status);
    fclose(summary);
}

static void check_runs(const Sweep *sweep) {
    Status status = {0};
    if (sweep->runs < 1 || sweep->runs > SWEEP_MAX_RUNS)
        fuzz_violation("%zu runs", sweep->runs);
    size_t step = sweep->runs < 60 ? 1 : sweep->runs / 59;
    for (size_t run = 0; run < sweep->runs; run += step) {
        Settings settings;
        sweep_settings(sweep, run, &settings);
        if (!settings_check(&settings, &status))
            fuzz_violation("run %zu is refused: %s", run, status.message);
    }
}

void fuzz_one(const uint8_t *data, size_t size) {
    if (size > 4000)
        return;
    char *spec = fuzz_text(data, size), *rows = strchr(spec, '\n');
    if (rows)
        *rows++ = '\0';
    Settings base;
    Sweep sweep;
    Status status = {0};
    settings_default(&base);
    if (sweep_parse(&sweep, spec, &base, &status)) {
        check_runs(&sweep);
        if (rows)
            try_rows(&sweep, rows);
        sweep_free(&sweep);
        sweep_free(&sweep);
    } else {
        fuzz_refused(&status);
    }
    free(spec);
}
