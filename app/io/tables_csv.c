#include "app/io/tables_csv.h"

#include "app/base/format.h"
#include "app/base/language.h"
#include "app/experiment/snapshot.h"
#include "app/io/csv_pen_private.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

unsigned export_columns(const Settings *settings, int classes, size_t clean) {
    return (settings->test > 0 ? EXPORT_TEST : 0) | (settings->outliers > 0 || settings->flip > 0 ? EXPORT_TRUTH : 0) |
           (clean > 0 ? EXPORT_CLEAN : 0) |
           (settings->pace == PACE_META && settings_use_threshold(settings) ? EXPORT_CLASSES * (unsigned)classes : 0);
}

/* Class k as a cell: its name or its number. */
static void pen_class(Pen *pen, const Dataset *data, int k) {
    if (data->class_name[k][0] == '\0')
        pen_count(pen, "", (size_t)k);
    else
        pen_cell(pen, dataset_class_whole(data, k));
}

static void pen_value(Pen *pen, const Dataset *data, int axis, float position) {
    if (data->origin[axis] == 0.0) {
        pen_float(pen, position);
        return;
    }
    char text[32];
    format_shifted_c(data->origin[axis], position, text);
    pen_text(pen, text);
}

/* The heads of a point's columns, from x to admitted. */
static void pen_heads(Pen *pen, const Dataset *data) {
    for (int axis = 0; axis < 2; axis++) {
        pen_cell(pen, dataset_axis_whole(data, axis));
        pen_char(pen, ',');
    }
    pen_text(pen, "label,loss,v,admitted");
}

/* x,y,label,loss and a comma. */
static void pen_point(Pen *pen, const Dataset *data, size_t i, float loss) {
    pen_value(pen, data, 0, data->x[i]);
    pen_char(pen, ',');
    pen_value(pen, data, 1, data->y[i]);
    pen_char(pen, ',');
    pen_class(pen, data, data->label[i]);
    pen_char(pen, ',');
    pen_float(pen, loss);
    pen_char(pen, ',');
}

/* The further columns, and the line's end. part: whose point it is. */
static void pen_end(Pen *pen, const PointsTable *table, const Dataset *part, size_t i) {
    unsigned columns = table->columns;
    const Dataset *data = part;
    if (columns & EXPORT_TEST)
        pen_text(pen, part == table->test ? ",1" : ",0");
    if (columns & EXPORT_TRUTH) {
        pen_char(pen, ',');
        pen_class(pen, data, data->truth ? data->truth[i] : data->label[i]);
    }
    if (columns & EXPORT_CLEAN)
        pen_text(pen, part == table->clean ? ",1" : ",0");
    pen_char(pen, '\n');
}

static PointsTable table_of(const Trainer *trainer) {
    return (PointsTable){.data = &trainer->data,
                         .test = &trainer->test,
                         .clean = &trainer->clean,
                         .mlp = &trainer->mlp,
                         .parameters = trainer->parameters,
                         .loss = trainer->each.loss,
                         .v = trainer->each.v,
                         .admitted = trainer->each.admitted,
                         .epochs = NEVER_ADMITTED,
                         .columns = export_columns(&trainer->settings, trainer->data.classes, trainer->clean.count)};
}

/* In files as in the window the first epoch is 1; the run itself counts from 0. */
static uint32_t from_1(uint32_t epoch) {
    return epoch + 1;
}

/* x,y,label,loss,v,admitted of one training point. */
static void pen_sample(Pen *pen, const PointsTable *table, size_t i) {
    pen_point(pen, table->data, i, table->loss[i]);
    pen_float(pen, table->v[i]);
    pen_char(pen, ',');
    if (table->admitted[i] < table->epochs)
        pen_count(pen, "", from_1(table->admitted[i]));
}

/* Measures that have columns of their own. */
static bool has_column(int measure) {
    return measure != MEASURE_LOSS && measure != MEASURE_ADMISSION;
}

/* A comma and the value; the comma alone if there is none. */
static void pen_score(Pen *pen, float value) {
    pen_char(pen, ',');
    if (!isnan(value))
        pen_float(pen, value);
}

/* The measures of a training point; of one that is no sample (NULL) empty cells. */
static void pen_scores(Pen *pen, const LabelScores *scores, const size_t *i) {
    for (int m = 0; m < MEASURE_COUNT; m++) {
        if (!has_column(m))
            continue;
        pen_score(pen, i ? scores->value[m][*i] : NAN);
    }
}

/* The same of a point that is no sample, whose loss must be computed: a trainer's test_losses are for the true labels.
 */
static void pen_point_apart(Pen *pen, const PointsTable *table, const Dataset *part, size_t i) {
    float loss;
    mlp_losses(table->mlp, table->parameters, &part->x[i], &part->y[i], &part->label[i], 1, &loss);
    pen_point(pen, part, i, loss);
    pen_char(pen, ',');
}

void points_table_header(FILE *stream, const PointsTable *table) {
    Pen pen = {.stream = stream};
    pen_heads(&pen, table->data);
    for (int m = 0; table->scores && m < MEASURE_COUNT; m++)
        if (has_column(m)) {
            pen_char(&pen, ',');
            pen_text(&pen, MEASURES[m].column);
        }
    pen_text(&pen, table->columns & EXPORT_TEST ? ",test" : "");
    pen_text(&pen, table->columns & EXPORT_TRUTH ? ",truth" : "");
    pen_text(&pen, table->columns & EXPORT_CLEAN ? ",clean\n" : "\n");
    pen_flush(&pen);
}

/* The part whose next point has the lowest row, and its index, which is then passed; NULL: all are written. */
static const Dataset *next_point(PointsTable *t, size_t *i) {
    const Dataset *parts[] = {t->data, t->test, t->clean}, *first = NULL;
    size_t *next[] = {&t->trained, &t->tests, &t->cleans}, *passed = NULL;
    for (int k = 0; k < 3; k++)
        if (parts[k] && *next[k] < parts[k]->count &&
            (!first || dataset_row(parts[k], *next[k]) < dataset_row(first, *passed))) {
            first = parts[k];
            passed = next[k];
        }
    if (first)
        *i = (*passed)++;
    return first;
}

void points_table_rows(FILE *stream, PointsTable *table, size_t rows) {
    Pen pen = {.stream = stream};
    const Dataset *part;
    for (size_t i; rows > 0 && !ferror(stream) && (part = next_point(table, &i)); rows--) {
        bool sample = part == table->data;
        if (sample)
            pen_sample(&pen, table, i);
        else
            pen_point_apart(&pen, table, part, i);
        if (table->scores)
            pen_scores(&pen, table->scores, sample ? &i : NULL);
        pen_end(&pen, table, part, i);
    }
    pen_flush(&pen);
}

bool export_points(const char *path, bool replace, const Trainer *trainer, const LabelScores *scores, Status *status) {
    FileWrite file;
    if (!file_begin(&file, path, replace, status))
        return false;
    PointsTable table = table_of(trainer);
    table.scores = scores;
    if (scores)
        table.loss = scores->value[MEASURE_LOSS];
    points_table_header(file.stream, &table);
    points_table_rows(file.stream, &table, SIZE_MAX);
    return file_commit(&file, status);
}

static unsigned others_of(unsigned columns) {
    return columns / EXPORT_OTHER;
}

static unsigned classes_of(unsigned columns) {
    return columns % EXPORT_OTHER / EXPORT_CLASSES;
}

void export_trace_header(FILE *stream, unsigned columns) {
    static const char *const figures[] = {"threshold",       "easy",      "weight_sum",
                                          "mean_batch_loss", "mean_loss", "accuracy"};
    fputs("epoch", stream);
    for (unsigned run = 0; run <= others_of(columns); run++) {
        char prefix[32] = "";
        if (run == 1)
            snprintf(prefix, sizeof prefix, "beside_");
        else if (run > 1)
            snprintf(prefix, sizeof prefix, "beside_%u_", run);
        fprintf(stream, ",%s%s", prefix, figures[0]);
        for (unsigned c = 0; c < classes_of(columns); c++)
            fprintf(stream, ",%s%s_%u", prefix, figures[0], c);
        for (size_t i = 1; i < sizeof figures / sizeof *figures; i++)
            fprintf(stream, ",%s%s", prefix, figures[i]);
        if (columns & EXPORT_TEST)
            fprintf(stream, ",%stest_accuracy,%stest_loss", prefix, prefix);
        if (columns & EXPORT_TRUTH)
            fprintf(stream, ",%slabel_precision,%slabel_recall", prefix, prefix);
    }
    fputc('\n', stream);
}

/* A comma and the figure; the comma alone if the figure is not defined. */
static void trace_figure(FILE *stream, double figure) {
    if (isnan(figure))
        fputc(',', stream);
    else
        fprintf(stream, ",%.9g", figure);
}

/* Empty cells if there is no record (NULL). */
static void trace_figures(FILE *stream, unsigned columns, const HistoryRecord *r) {
    trace_figure(stream, r ? r->threshold : NAN);
    for (unsigned c = 0; c < classes_of(columns); c++)
        trace_figure(stream, r ? r->class_threshold[c] : NAN);
    if (r)
        fprintf(stream, ",%zu,%.9g,%.9g,%.9g,%.9g", r->easy, r->weight_sum, r->mean_batch_loss, r->mean_loss,
                r->accuracy);
    else
        fputs(",,,,,", stream);
    if (columns & EXPORT_TEST) {
        trace_figure(stream, r ? r->test_accuracy : NAN);
        trace_figure(stream, r ? r->test_loss : NAN);
    }
    if (columns & EXPORT_TRUTH) {
        trace_figure(stream, r ? r->label_precision : NAN);
        trace_figure(stream, r ? r->label_recall : NAN);
    }
}

void export_trace_record(FILE *stream, unsigned columns, const HistoryRecord *record,
                         const HistoryRecord *const *others) {
    fprintf(stream, "%" PRIu32, from_1(record->epoch));
    trace_figures(stream, columns, record);
    for (unsigned i = 0; i < others_of(columns); i++)
        trace_figures(stream, columns, others[i]);
    fputc('\n', stream);
}

static HistoryRecord figures_of(const Trainer *trainer) {
    HistoryRecord figures = {
        .epoch = trainer->epoch - 1,
        .threshold = trainer->epoch_threshold,
        .easy = trainer->epoch_easy,
        .weight_sum = trainer->epoch_weight_sum,
        .mean_batch_loss = trainer->epoch_mean_batch_loss,
        .mean_loss = trainer->mean_loss,
        .accuracy = trainer->accuracy,
        .test_accuracy = trainer->test_accuracy,
        .test_loss = trainer->test_loss,
        .label_precision = trainer->label_precision,
        .label_recall = trainer->label_recall,
    };
    memcpy(figures.class_threshold, trainer->class_threshold, sizeof figures.class_threshold);
    return figures;
}

void export_trace_row(FILE *stream, unsigned columns, const Trainer *trainer, const Trainer *const *others) {
    assert(trainer->epoch > 0);
    HistoryRecord first = figures_of(trainer), kept[OTHER_RUNS];
    const HistoryRecord *records[OTHER_RUNS] = {NULL};
    for (unsigned i = 0; i < others_of(columns); i++) {
        kept[i] = figures_of(others[i]);
        records[i] = &kept[i];
    }
    export_trace_record(stream, columns, &first, records);
}

static void parameters_row(Pen *pen, const float *parameters, size_t count) {
    for (size_t i = 0; i < count; i++) {
        pen_char(pen, ',');
        pen_float(pen, parameters[i]);
    }
    pen_char(pen, '\n');
    pen_flush(pen);
}

void export_parameters_header(FILE *stream, const Trainer *trainer) {
    Pen pen = {.stream = stream};
    pen_text(&pen, "epoch");
    for (size_t i = 0; i < trainer->mlp.parameters; i++)
        pen_count(&pen, ",p", i);
    pen_text(&pen, "\n0");
    parameters_row(&pen, trainer->initial, trainer->mlp.parameters);
}

void export_parameters_row(FILE *stream, const Trainer *trainer) {
    assert(trainer->epoch > 0);
    Pen pen = {.stream = stream};
    pen_count(&pen, "", trainer->epoch);
    parameters_row(&pen, trainer->parameters, trainer->mlp.parameters);
}

/* Bytes of an epoch's column. */
static size_t column_bytes(const WeightLog *log) {
    return log->soft ? log->samples * sizeof(float) : (log->samples / 64 + 1) * sizeof(uint64_t);
}

static bool has_room(const WeightLog *log, size_t epochs, Status *status) {
    return epochs <= WEIGHT_LOG_BYTES / column_bytes(log) ||
           status_fail(status, STATUS_FAILED,
                       "--weights: %zu epochs of %zu points take more than %zu MB, which are kept to the end; fewer "
                       "--epochs",
                       epochs, log->samples, WEIGHT_LOG_BYTES >> 20);
}

bool weight_log_begin(WeightLog *log, size_t samples, bool soft, size_t epochs, Status *status) {
    *log = (WeightLog){.samples = samples, .soft = soft};
    return has_room(log, epochs, status);
}

static void *soft_column(const float *v, size_t samples) {
    float *column = malloc(samples * sizeof *column);
    if (column)
        memcpy(column, v, samples * sizeof *column);
    return column;
}

static void *hard_column(const float *v, size_t samples) {
    uint64_t *column = calloc(samples / 64 + 1, sizeof *column);
    if (column)
        for (size_t i = 0; i < samples; i++)
            column[i / 64] |= (uint64_t)(v[i] > 0) << i % 64;
    return column;
}

bool weight_log_add(WeightLog *log, const float *v, Status *status) {
    if (!has_room(log, log->epochs + 1, status))
        return false;
    if (log->epochs == log->capacity) {
        size_t capacity = log->capacity == 0 ? 64 : 2 * log->capacity;
        void **columns =
            capacity <= SIZE_MAX / sizeof *columns ? realloc(log->columns, capacity * sizeof *columns) : NULL;
        if (!columns)
            return status_no_memory(status, "the weights of every epoch");
        log->columns = columns;
        log->capacity = capacity;
    }
    void *column = log->soft ? soft_column(v, log->samples) : hard_column(v, log->samples);
    if (!column)
        return status_no_memory(status, "the weights of every epoch");
    log->columns[log->epochs++] = column;
    return true;
}

void weight_log_free(WeightLog *log) {
    for (size_t e = 0; e < log->epochs; e++)
        free(log->columns[e]);
    free(log->columns);
    *log = (WeightLog){0};
}

static void pen_weight(Pen *pen, const WeightLog *log, size_t epoch, size_t i) {
    if (log->soft) {
        pen_float(pen, ((const float *)log->columns[epoch])[i]);
    } else {
        uint64_t word = ((const uint64_t *)log->columns[epoch])[i / 64];
        pen_char(pen, (char)('0' + (word >> i % 64 & 1)));
    }
}

/* A row; of a point that is no sample (NULL) empty cells. */
static void pen_weights(Pen *pen, const WeightLog *log, const size_t *sample) {
    if (!sample && log->epochs == 1)
        pen_text(pen, "\"\"");
    for (size_t e = 0; e < log->epochs; e++) {
        if (e > 0)
            pen_char(pen, ',');
        if (sample)
            pen_weight(pen, log, e, *sample);
    }
    pen_char(pen, '\n');
}

bool export_weights(const char *path, bool replace, const WeightLog *log, const Trainer *trainer, Status *status) {
    FileWrite file;
    if (!file_begin(&file, path, replace, status))
        return false;
    Pen pen = {.stream = file.stream};
    for (size_t e = 0; e < log->epochs; e++)
        pen_count(&pen, e > 0 ? ",epoch" : "epoch", from_1((uint32_t)e));
    pen_char(&pen, '\n');
    if (trainer) {
        PointsTable table = table_of(trainer);
        const Dataset *part;
        for (size_t i; !ferror(file.stream) && (part = next_point(&table, &i));)
            pen_weights(&pen, log, part == table.data ? &i : NULL);
    } else {
        for (size_t i = 0; i < log->samples && !ferror(file.stream); i++)
            pen_weights(&pen, log, &i);
    }
    pen_flush(&pen);
    return file_commit(&file, status);
}

bool export_suspects(FILE *stream, const Trainer *trainer, const LabelScores *scores, Measure by, size_t count,
                     Status *status) {
    uint32_t *order = malloc(trainer->data.count * sizeof *order);
    bool done = (order || status_no_memory(status, "the suspects")) && label_scores_order(scores, by, order, status);
    if (!done) {
        free(order);
        return false;
    }
    errno = 0; /* set if writing fails */
    Pen pen = {.stream = stream};
    const PointsTable table = table_of(trainer);
    pen_text(&pen, "row,");
    pen_heads(&pen, &trainer->data);
    if (has_column((int)by)) {
        pen_char(&pen, ',');
        pen_text(&pen, MEASURES[by].column);
    }
    pen_char(&pen, '\n');
    for (size_t i = 0; i < count && i < trainer->data.count; i++) {
        pen_count(&pen, "", dataset_row(&trainer->data, order[i]));
        pen_char(&pen, ',');
        pen_sample(&pen, &table, order[i]);
        if (has_column((int)by))
            pen_score(&pen, label_scores_ranking(scores, by)[order[i]]);
        pen_char(&pen, '\n');
    }
    pen_flush(&pen);
    free(order);
    if (fflush(stream) != 0 || ferror(stream))
        return status_fail(status, STATUS_FAILED, "cannot write the suspects: %s",
                           errno != 0 ? tr_error(errno) : tr("write error"));
    return true;
}

static void pen_suspect(Pen *pen, const Dataset *data, const float *const values[MEASURE_COUNT], const SuspectLine *l) {
    pen_count(pen, "", l->row);
    pen_char(pen, ',');
    pen_value(pen, data, 0, l->x);
    pen_char(pen, ',');
    pen_value(pen, data, 1, l->y);
    pen_char(pen, ',');
    pen_class(pen, data, l->given);
    pen_char(pen, ',');
    pen_class(pen, data, l->says);
    pen_char(pen, ',');
    pen_float(pen, l->p);
    pen_count(pen, ",", (size_t)l->votes);
    pen_char(pen, ',');
    pen_text(pen, l->done);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        float value = l->sample >= 0 && values[m] ? values[m][l->sample] : (float)NAN;
        pen_score(pen, m == MEASURE_ADMISSION && isinf(value) ? (float)NAN : value);
    }
    pen_char(pen, '\n');
}

bool export_suspect_lines(const char *path, const Dataset *data, const float *const values[MEASURE_COUNT],
                          const SuspectLine *lines, size_t count, Status *status) {
    FileWrite file;
    if (!file_begin(&file, path, false, status))
        return false;
    Pen pen = {.stream = file.stream};
    pen_text(&pen, "row,");
    for (int axis = 0; axis < 2; axis++) {
        pen_cell(&pen, dataset_axis_name(data, axis));
        pen_char(&pen, ',');
    }
    pen_text(&pen, "given,model,p,agree,done");
    for (int m = 0; m < MEASURE_COUNT; m++) {
        pen_char(&pen, ',');
        pen_text(&pen, MEASURES[m].column);
    }
    pen_char(&pen, '\n');
    for (size_t i = 0; i < count; i++)
        pen_suspect(&pen, data, values, &lines[i]);
    pen_flush(&pen);
    return file_commit(&file, status);
}
