#include "app/headless/sweep_rows.h"

#include "app/io/json_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Of a row; more than the longest lists of all axes. */
#define LINE_MAX_BYTES ((size_t)PROPERTY_COUNT * SETTING_TEXT_MAX)

static const char *const status_words[] = {[RUN_OK] = "ok", [RUN_COLLAPSED] = "collapsed", [RUN_DIVERGED] = "diverged"};
enum { STATUS_WORDS = sizeof status_words / sizeof *status_words };

/* The columns behind the axes. */
enum { EPOCHS, THRESHOLD, EASY, SHARE_EASY, MEAN_LOSS, ACCURACY, TEST_ACCURACY, PRECISION, RECALL, STATUS, COLUMNS };
static const char *const columns[COLUMNS] = {"epochs",       "threshold", "easy",          "share_easy",
                                             "mean_loss",    "accuracy",  "test_accuracy", "label_precision",
                                             "label_recall", "status"};

RowForm sweep_form(const char *path) {
    static const char ending[] = ".jsonl";
    size_t length = strlen(path), end = sizeof ending - 1;
    return length > end && strcmp(path + length - end, ending) == 0 ? ROWS_JSON : ROWS_CSV;
}

/* ---- writing ---- */

static bool is_axis(const Sweep *sweep, const char *name) {
    for (size_t a = 0; a < sweep->axis_count; a++)
        if (strcmp(sweep->axes[a].property->name, name) == 0)
            return true;
    return false;
}

static const char *ending_of(const Sweep *sweep, int column) {
    return is_axis(sweep, columns[column]) ? "_end" : "";
}

void sweep_header(FILE *stream, const Sweep *sweep) {
    fputs("run", stream);
    for (size_t a = 0; a < sweep->axis_count; a++)
        fprintf(stream, ",%s", sweep->axes[a].property->name);
    for (int c = 0; c < COLUMNS; c++)
        fprintf(stream, ",%s%s", columns[c], ending_of(sweep, c));
    fputc('\n', stream);
}

static void put_setting(FILE *stream, const SweepAxis *axis, RowForm form, const char *text) {
    if (form == ROWS_JSON) {
        fprintf(stream, ",\"%s\":", axis->property->name);
        if (axis->words)
            json_string(stream, text);
        else
            fputs(text, stream);
    } else {
        const char *quote = strchr(text, ',') ? "\"" : "";
        fprintf(stream, ",%s%s%s", quote, text, quote);
    }
}

/* What a row begins with: its number and its settings. */
static void put_head(FILE *stream, const Sweep *sweep, RowForm form, size_t run) {
    Settings settings;
    sweep_settings(sweep, run, &settings);
    fprintf(stream, form == ROWS_JSON ? "{\"run\":%zu" : "%zu", run);
    for (size_t a = 0; a < sweep->axis_count; a++) {
        char text[SETTING_TEXT_MAX];
        property_format(&settings, sweep->axes[a].property, text);
        put_setting(stream, &sweep->axes[a], form, text);
    }
}

static void put_key(FILE *stream, const Sweep *sweep, RowForm form, int column) {
    if (form == ROWS_JSON)
        fprintf(stream, ",\"%s%s\":", columns[column], ending_of(sweep, column));
    else
        fputc(',', stream);
}

static void put_figure(FILE *stream, RowForm form, double value) {
    if (form == ROWS_JSON && !isfinite(value))
        fputs("null", stream);
    else if (!isnan(value))
        fprintf(stream, "%.9g", value);
}

static double figure_of(const RunFigures *f, int column) {
    const double figures[COLUMNS] = {
        [EPOCHS] = f->epochs,
        [THRESHOLD] = f->threshold,
        [EASY] = (double)f->easy,
        [SHARE_EASY] = f->share_easy,
        [MEAN_LOSS] = f->mean_loss,
        [ACCURACY] = f->accuracy,
        [TEST_ACCURACY] = f->test_accuracy,
        [PRECISION] = f->label_precision,
        [RECALL] = f->label_recall,
    };
    return figures[column];
}

void sweep_row(FILE *stream, const Sweep *sweep, RowForm form, size_t run, const RunFigures *f) {
    put_head(stream, sweep, form, run);
    for (int c = 0; c < STATUS; c++) {
        put_key(stream, sweep, form, c);
        if (c == EPOCHS)
            fprintf(stream, "%" PRIu32, f->epochs);
        else if (c == EASY)
            fprintf(stream, "%zu", f->easy);
        else
            put_figure(stream, form, figure_of(f, c));
    }
    put_key(stream, sweep, form, STATUS);
    fprintf(stream, form == ROWS_JSON ? "\"%s\"}\n" : "%s\n", status_words[f->status]);
}

/* ---- lines ---- */

bool row_reader_init(RowReader *r, const Sweep *sweep, Status *status) {
    *r = (RowReader){.sweep = sweep, .line = malloc(LINE_MAX_BYTES + 1)};
    r->stream = open_memstream(&r->text, &r->size);
    return (r->line && r->stream) || status_no_memory(status, "the rows");
}

void row_reader_free(RowReader *r) {
    if (r->stream)
        fclose(r->stream);
    free(r->text);
    free(r->line);
    *r = (RowReader){0};
}

RowLine row_reader_line(RowReader *r) {
    size_t length = 0;
    int c;
    while ((c = getc_unlocked(r->file)) != EOF && c != '\n' && length < LINE_MAX_BYTES)
        r->line[length++] = (char)c;
    r->line[length] = '\0';
    r->length = length;
    if (c == EOF && length == 0)
        return LINE_NONE;
    r->number++;
    return c == '\n' && strlen(r->line) == length ? LINE_WHOLE : LINE_TORN;
}

/* ---- reading ---- */

/* The ratio of counts that nine digits are of: the simplest fraction within half of their last one. Fractions with
 * denominators up to n lie 1 / n^2 apart, so it is the one that was written if n is below 1e9^(1/2), some 30,000;
 * otherwise the number itself. */
static double ratio_of(double value) {
    if (!(value > 0.0 && value < 1.0))
        return value;
    double last = 0.5 * pow(10.0, floor(log10(value)) - 8.0);
    double rest = value, p0 = 0.0, q0 = 1.0, p1 = 1.0, q1 = 0.0; /* convergents of its continued fraction */
    for (int i = 0; i < 20; i++) {
        double whole = floor(rest), p = whole * p1 + p0, q = whole * q1 + q0;
        if (fabs(p / q - value) <= last)
            return p / q;
        p0 = p1, q0 = q1, p1 = p, q1 = q;
        rest = 1.0 / (rest - whole);
    }
    return value;
}

static bool number_of(const char *cell, size_t length, RowForm form, double *value) {
    char text[32], *end;
    *value = (double)NAN;
    if (form == ROWS_JSON ? length == 4 && memcmp(cell, "null", 4) == 0 : length == 0)
        return true;
    if (length == 0 || length >= sizeof text)
        return false;
    memcpy(text, cell, length);
    text[length] = '\0';
    *value = strtod(text, &end);
    return *end == '\0' && !isnan(*value);
}

static bool status_of(const char *cell, size_t length, RunStatus *status) {
    for (int s = 0; s < STATUS_WORDS; s++)
        if (strlen(status_words[s]) == length && memcmp(cell, status_words[s], length) == 0) {
            *status = (RunStatus)s;
            return true;
        }
    return false;
}

/* The cell of a column, behind its comma or key, and what is behind it; NULL: it is not there. */
static const char *cell_at(const RowReader *r, RowForm form, int column, const char **at, size_t *length) {
    char key[64];
    snprintf(key, sizeof key, form == ROWS_JSON ? ",\"%s%s\":" : ",", columns[column], ending_of(r->sweep, column));
    if (strncmp(*at, key, strlen(key)) != 0)
        return NULL;
    const char *cell = *at + strlen(key);
    *length = strcspn(cell, ",}");
    *at = cell + *length;
    if (form == ROWS_JSON && column == STATUS) {
        if (*length < 2 || cell[0] != '"' || cell[*length - 1] != '"')
            return NULL;
        cell++;
        *length -= 2;
    }
    return cell;
}

static bool read_figures(const RowReader *r, RowForm form, const char *at, RunFigures *f) {
    double values[COLUMNS];
    size_t length;
    for (int c = 0; c < STATUS; c++) {
        const char *cell = cell_at(r, form, c, &at, &length);
        if (!cell || !number_of(cell, length, form, &values[c]))
            return false;
    }
    const char *word = cell_at(r, form, STATUS, &at, &length);
    if (!word || !status_of(word, length, &f->status) || strcmp(at, form == ROWS_JSON ? "}" : "") != 0)
        return false;
    if (!(values[EPOCHS] >= 0.0 && values[EPOCHS] <= UINT32_MAX && values[EASY] >= 0.0 && values[EASY] <= MAX_SAMPLES))
        return false;
    f->epochs = (uint32_t)values[EPOCHS];
    f->threshold = values[THRESHOLD];
    f->easy = (size_t)values[EASY];
    f->share_easy = ratio_of(values[SHARE_EASY]);
    f->mean_loss = values[MEAN_LOSS];
    f->accuracy = ratio_of(values[ACCURACY]);
    f->test_accuracy = ratio_of(values[TEST_ACCURACY]);
    f->label_precision = ratio_of(values[PRECISION]);
    f->label_recall = ratio_of(values[RECALL]);
    return true;
}

bool row_reader_row(const RowReader *r, size_t *run, RunFigures *figures, Status *status) {
    static const char json[] = "{\"run\":";
    RowForm form = r->line[0] == '{' ? ROWS_JSON : ROWS_CSV;
    const char *digits = r->line;
    if (form == ROWS_JSON && strncmp(r->line, json, sizeof json - 1) == 0)
        digits += sizeof json - 1;
    size_t count = strspn(digits, "0123456789");
    if (count == 0 || count > 9 || digits[count] != ',')
        return status_fail(status, STATUS_FAILED, "no row of a sweep");
    *run = (size_t)strtoul(digits, NULL, 10);
    if (*run >= r->sweep->runs)
        return status_fail(status, STATUS_FAILED, "run %zu of another grid: this one has %zu, from 0", *run,
                           r->sweep->runs);
    rewind(r->stream);
    put_head(r->stream, r->sweep, form, *run);
    if (fflush(r->stream) != 0)
        return status_no_memory(status, "a row");
    if (strncmp(r->line, r->text, r->size) != 0)
        return status_fail(status, STATUS_FAILED, "run %zu has other settings than in this grid", *run);
    return read_figures(r, form, r->line + r->size, figures) ||
           status_fail(status, STATUS_FAILED, "run %zu's figures are not whole", *run);
}
