#include "app/io/points_preview.h"

#include "app/io/points_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

const char *const POINTS_REASON_TEXT[POINTS_REASONS] = {
    [POINTS_MISSING_CELL] = N_("missing cells"),
    [POINTS_NO_NUMBER] = N_("cells that are no numbers"),
    [POINTS_NOT_FINITE] = N_("numbers too large"),
    [POINTS_TOO_MANY_CELLS] = N_("rows with too many cells"),
};

typedef struct Look {
    PointsPreview *preview;
    PointsReader reader;
    Status fault; /* of the reader */
    /* of each column the first numbers */
    double **values; /* preview->columns; owned, and each */
    size_t value_limit, looked;
    size_t stride; /* one point in so many is kept */
} Look;

static void cut(char *text, size_t size, const char *from, size_t length) {
    if (length > size - 1)
        for (length = size - 1; length > 0 && ((unsigned char)from[length] & 0xc0) == 0x80; length--)
            ;
    memcpy(text, from, length);
    text[length] = '\0';
}

/* Keeps the first fault as what is wrong, and lets the reading go on. */
static void note_problem(Look *l) {
    if (!l->preview->problem[0])
        snprintf(l->preview->problem, sizeof l->preview->problem, "%s", l->fault.message);
    l->reader.faults.failed = false;
}

static void hear_bad(void *user, PointsReason reason, const char *column, size_t line, const char *what) {
    Look *l = user;
    PointsPreview *p = l->preview;
    p->bad_count[reason]++;
    if (p->bads < POINTS_PREVIEW_BAD) {
        PointsPreviewBad *bad = &p->bad[p->bads++];
        *bad = (PointsPreviewBad){.line = line, .reason = reason};
        cut(bad->column, sizeof bad->column, column ? column : "", column ? strlen(column) : 0);
        cut(bad->what, sizeof bad->what, what, strlen(what));
    }
    if (l->reader.format->skip_bad || p->problem[0])
        return;
    points_fault_bad(&l->reader.faults, column, line, what);
    note_problem(l);
}

/* ---- what the columns hold ---- */

static bool make_columns(Look *l) {
    PointsPreview *p = l->preview;
    const PointsDialect *d = &l->reader.dialect;
    p->columns = d->width < POINTS_PREVIEW_COLUMNS ? d->width : POINTS_PREVIEW_COLUMNS;
    p->columns_more = d->width - p->columns;
    p->column = calloc(p->columns ? p->columns : 1, sizeof *p->column);
    l->values = calloc(p->columns ? p->columns : 1, sizeof *l->values);
    if (!p->column || !l->values)
        return false;
    size_t share = (size_t)64 * POINTS_PREVIEW_VALUES / (p->columns ? p->columns : 1);
    l->value_limit = share < POINTS_PREVIEW_VALUES ? share : POINTS_PREVIEW_VALUES;
    for (size_t k = 0; k < p->columns; k++) {
        PointsPreviewColumn *column = &p->column[k];
        column->numeric = d->holds[k] > POINTS_HOLDS_WORDS;
        if (k < d->header.count)
            cut(column->name, sizeof column->name, d->header.name[k], strlen(d->header.name[k]));
    }
    return true;
}

static const PointsCell *cell_at(const Look *l, const PointsRow *row, size_t column) {
    static char none[1];
    static const PointsCell empty = {.text = none};
    size_t at = column + l->reader.dialect.row_names;
    return at < row->count ? &row->cells[at] : &empty;
}

static bool look_at_values(Look *l, const PointsRow *row) {
    for (size_t k = 0; k < l->preview->columns && l->looked < l->value_limit; k++) {
        PointsPreviewColumn *column = &l->preview->column[k];
        const PointsCell *cell = cell_at(l, row, k);
        double value;
        if (points_is_missing(l->reader.format->missing, cell->text, cell->length))
            column->missing++;
        else if (!points_read_number(cell->text, cell->length, l->reader.dialect.decimal, NULL, &value))
            column->others++;
        else {
            if (!l->values[k] && !(l->values[k] = calloc(l->value_limit, sizeof **l->values)))
                return false;
            l->values[k][column->numbers++] = value;
        }
    }
    l->looked++;
    return true;
}

static void fill_bins(PointsPreviewColumn *column, const double *values) {
    if (column->numbers == 0)
        return;
    column->least = column->most = values[0];
    for (size_t i = 1; i < column->numbers; i++) {
        column->least = values[i] < column->least ? values[i] : column->least;
        column->most = values[i] > column->most ? values[i] : column->most;
    }
    double least = column->least / POINTS_PREVIEW_BINS; /* divided first: the span may be beyond double's */
    double step = column->most / POINTS_PREVIEW_BINS - least;
    for (size_t i = 0; i < column->numbers; i++) {
        double at = step > 0.0 ? (values[i] / POINTS_PREVIEW_BINS - least) / step * POINTS_PREVIEW_BINS : 0.0;
        size_t bin = at > 0.0 ? (size_t)at : 0;
        column->bin[bin < POINTS_PREVIEW_BINS ? bin : POINTS_PREVIEW_BINS - 1]++;
    }
}

/* ---- rows ---- */

static bool show_row(Look *l, const PointsRow *row, bool bad) {
    PointsPreview *p = l->preview;
    if (p->rows == POINTS_PREVIEW_ROWS)
        return true;
    PointsPreviewRow *shown = &p->row[p->rows++];
    *shown = (PointsPreviewRow){.line = row->line, .bad = bad};
    shown->cell = calloc(p->columns ? p->columns : 1, sizeof *shown->cell);
    for (size_t k = 0; shown->cell && k < p->columns; k++) {
        char text[POINTS_PREVIEW_CELL + 1];
        const PointsCell *cell = cell_at(l, row, k);
        cut(text, sizeof text, cell->text, cell->length);
        if (!(shown->cell[k] = strdup(text)))
            return false;
    }
    return shown->cell != NULL;
}

/* Every so many of the points: when there is no room for one more, every other one goes. */
static void keep_point(Look *l, int kind) {
    PointsPreview *p = l->preview;
    if ((p->kept - 1) % l->stride != 0)
        return;
    if (p->points == POINTS_PREVIEW_POINTS) {
        p->points /= 2;
        for (size_t i = 0; i < p->points; i++) {
            p->x[i] = p->x[2 * i];
            p->y[i] = p->y[2 * i];
            p->label[i] = p->label[2 * i];
        }
        l->stride *= 2;
        if ((p->kept - 1) % l->stride != 0)
            return;
    }
    p->x[p->points] = l->reader.wide[X];
    p->y[p->points] = l->reader.wide[Y];
    p->label[p->points++] = kind;
}

static void keep_row(Look *l, const PointsRow *row) {
    PointsPreview *p = l->preview;
    int kind = -1;
    p->kept++;
    if (!l->reader.has_columns)
        return;
    if (points_reader_keep(&l->reader, row)) {
        kind = l->reader.kind;
        p->kind[kind].count++;
    } else {
        note_problem(l);
    }
    keep_point(l, kind);
}

/* False without memory. */
static bool read_rows(Look *l) {
    PointsReader *r = &l->reader;
    PointsRow row;
    PointsRowState state;
    while (l->preview->kept <= MAX_SAMPLES && (state = points_reader_next(r, &row)) != POINTS_ROWS_END) {
        bool bad = state == POINTS_ROW_BAD;
        if (r->faults.failed)
            note_problem(l);
        if (!show_row(l, &row, bad) || !look_at_values(l, &row))
            return false;
        if (bad)
            l->preview->left_out++;
        else
            keep_row(l, &row);
    }
    return true;
}

/* ---- all of it ---- */

/* Puts the kinds in the order of the classes that they become, if they do. */
static void order_kinds(Look *l) {
    PointsPreview *p = l->preview;
    const PointsLabels *labels = &l->reader.labels;
    uint8_t class_of[MAX_CLASSES] = {0};
    Dataset named = {0};
    PointsPreviewKind kind[MAX_CLASSES] = {0};
    int classes = labels->count > 0 && !p->problem[0]
                      ? points_labels_classes(labels, l->reader.format->classes, class_of, &named, &l->reader.faults)
                      : 0;
    if (l->reader.faults.failed)
        note_problem(l);
    for (int i = 0; i < labels->count; i++) {
        int at = classes > 0 ? class_of[i] : i;
        kind[at].count = p->kind[i].count;
        cut(kind[at].name, sizeof kind[at].name, labels->kinds[i].text, labels->kinds[i].length);
    }
    for (int k = 0; k < classes; k++) {
        char name[32];
        snprintf(kind[k].name, sizeof kind[k].name, "%s", dataset_class_name(&named, k, name));
    }
    dataset_free(&named);
    for (size_t i = 0; i < p->points && classes > 0; i++)
        p->label[i] = p->label[i] >= 0 ? class_of[p->label[i]] : -1;
    p->kinds = classes > 0 ? classes : labels->count;
    memcpy(p->kind, kind, sizeof kind);
}

static void tell_dialect(Look *l) {
    PointsPreview *p = l->preview;
    const PointsReader *r = &l->reader;
    bool comma = r->dialect.decimal == POINTS_DECIMAL_COMMA || r->comma_line > 0;
    p->delimiter = r->dialect.delimiter;
    p->decimal = comma ? ',' : '.';
    p->header_line = r->dialect.header.count > 0 ? r->dialect.header.line : 0;
    p->row_names = r->dialect.row_names;
    snprintf(p->encoding, sizeof p->encoding, "%s", points_source_encoding(r->rows.source));
    p->packed = points_source_packed(r->rows.source);
}

static bool look(Look *l) {
    PointsPreview *p = l->preview;
    PointsReader *r = &l->reader;
    r->faults.hear = hear_bad;
    r->faults.user = l;
    r->faults.skip_bad = true;
    if (!points_reader_columns(r))
        note_problem(l);
    for (int k = 0; k < COLUMNS; k++)
        p->at[k] = r->has_columns ? r->columns.at[k] : SIZE_MAX;
    p->guessed = r->columns.guessed;
    if (!make_columns(l) || !read_rows(l))
        return status_no_memory(&l->fault, "the first rows");
    if (r->stopped)
        return false;
    if (!r->faults.failed && r->has_columns && !p->problem[0])
        points_reader_check(r);
    if (r->faults.failed)
        note_problem(l);
    order_kinds(l);
    for (size_t k = 0; k < p->columns; k++)
        fill_bins(&p->column[k], l->values[k]);
    tell_dialect(l);
    return true;
}

bool points_preview(PointsPreview *preview, const char *path, const PointsFormat *format, Status *status) {
    memset(preview, 0, sizeof *preview);
    PointsFormat own = format ? *format : (PointsFormat){0};
    own.notes = &preview->notes;
    Look *l = calloc(1, sizeof *l);
    if (!l)
        return status_no_memory(status, "the first rows");
    l->preview = preview;
    l->stride = 1;
    bool done = points_reader_open(&l->reader, path, &own, &l->fault) && look(l);
    for (size_t k = 0; l->values && k < preview->columns; k++)
        free(l->values[k]);
    free(l->values);
    points_reader_close(&l->reader);
    if (!done) {
        *status = l->fault;
        points_preview_free(preview);
    }
    free(l);
    return done;
}

void points_preview_free(PointsPreview *p) {
    for (size_t i = 0; i < p->rows; i++) {
        for (size_t k = 0; p->row[i].cell && k < p->columns; k++)
            free(p->row[i].cell[k]);
        free(p->row[i].cell);
    }
    free(p->column);
    memset(p, 0, sizeof *p);
}

/* Whether a name will find this column alone, and --columns can hold it. */
static bool is_telling(const PointsPreview *p, size_t at) {
    const char *name = p->column[at].name, *trimmed = name;
    size_t length = strlen(name), own = length;
    points_trim(&trimmed, &own);
    if (length == 0 || own != length || strspn(name, "0123456789") == length || length == POINTS_PREVIEW_CELL ||
        strchr(name, ',') || p->columns_more > 0)
        return false;
    for (size_t k = 0; k < p->columns; k++)
        if (k != at && strcasecmp(p->column[k].name, name) == 0)
            return false;
    return true;
}

bool points_preview_columns(const PointsPreview *p, const size_t at[3], char *text, size_t size) {
    size_t used = 0;
    for (int k = 0; k < COLUMNS && used < size; k++) {
        const char *before = k ? "," : "";
        int length = at[k] < p->columns && is_telling(p, at[k])
                         ? snprintf(text + used, size - used, "%s%s", before, p->column[at[k]].name)
                         : snprintf(text + used, size - used, "%s%zu", before, at[k] + 1);
        used += (size_t)length;
    }
    return used < size;
}
