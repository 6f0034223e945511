#define _GNU_SOURCE /* sched_getaffinity */
#include "app/headless/sweep.h"

#include "app/io/points_terminal.h"
#include "core/parallel.h"
#include "app/experiment/feedback.h"
#include "app/base/clock.h"
#include "app/base/file_write.h"

#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <math.h>
#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* ---- the grid ---- */

#define NUMBER_TEXT 48

static bool is_list(const Property *property) {
    return property->kind == KIND_UNITS || property->kind == KIND_POINTS;
}

static bool is_number(const Property *property) {
    return property->kind == KIND_REAL || property->kind == KIND_INTEGER || property->kind == KIND_SEED;
}

/* Whole numbers in full, as seeds have ten digits; others with nine. Long doubles, so that rounding does not
 * reach the ninth digit within ten million steps. */
static void number_text(const SweepPiece *piece, size_t i, char text[NUMBER_TEXT]) {
    long double value = piece->from + (long double)i * piece->step;
    if (fabsl(value) < fabsl(piece->step) * 1e-6L)
        value = 0.0L; /* 0.9 - 9 * 0.1 */
    long double whole = rintl(value);
    if (fabsl(value - whole) <= 1e-12L * fabsl(whole) && fabsl(whole) < 1e15L)
        snprintf(text, NUMBER_TEXT, "%.0Lf", whole);
    else
        snprintf(text, NUMBER_TEXT, "%.9Lg", value);
}

/* The axis's i-th value as text; `number` is for those that are not written out. */
static const char *value_text(const SweepAxis *axis, size_t i, char number[NUMBER_TEXT]) {
    size_t low = 0, high = axis->piece_count - 1; /* the last piece whose first value is i or before */
    while (low < high) {
        size_t middle = low + (high - low + 1) / 2;
        if (axis->pieces[middle].first <= i)
            low = middle;
        else
            high = middle - 1;
    }
    const SweepPiece *piece = &axis->pieces[low];
    if (piece->step == 0.0L)
        return piece->text;
    number_text(piece, i - piece->first, number);
    return number;
}

static void put_value(const SweepAxis *axis, size_t i, Settings *settings) {
    char number[NUMBER_TEXT];
    Status status = {0};
    bool parsed = property_parse(settings, axis->property, value_text(axis, i, number), &status);
    assert(parsed); /* it was tried when the axis was read */
    (void)parsed;
}

void sweep_settings(const Sweep *sweep, size_t run, Settings *settings) {
    assert(run < sweep->runs);
    *settings = sweep->base;
    for (size_t a = sweep->axis_count; a-- > 0; run /= sweep->axes[a].count)
        put_value(&sweep->axes[a], run % sweep->axes[a].count, settings);
}

/* ---- reading it ---- */

/* "A..B" */
static bool read_whole_range(SweepPiece *piece, const char *text, Status *status) {
    char *end;
    errno = 0;
    long long from = strtoll(text, &end, 10);
    bool good = end != text && strncmp(end, "..", 2) == 0;
    const char *second = end + 2;
    long long to = good ? strtoll(second, &end, 10) : 0;
    if (!good || end == second || *end != '\0')
        return status_fail(status, STATUS_USAGE, "not A..B with whole numbers");
    const long long most = 1000000000000000; /* what number_text writes in full; no setting reaches it */
    if (errno == ERANGE || from < -most || from > most || to < -most || to > most)
        return status_fail(status, STATUS_USAGE, "too large a number");
    if (to < from)
        return status_fail(status, STATUS_USAGE, "%lld is below %lld", to, from);
    if (to - from >= SWEEP_MAX_RUNS)
        return status_fail(status, STATUS_USAGE, "more than %d values", SWEEP_MAX_RUNS);
    piece->from = (long double)from;
    piece->step = 1.0L;
    piece->count = (size_t)(to - from) + 1;
    return true;
}

/* "A:B:STEP" */
static bool read_steps(SweepPiece *piece, const char *text, Status *status) {
    long double numbers[3];
    const char *at = text;
    for (int i = 0; i < 3; i++) {
        char *end;
        numbers[i] = strtold(at, &end);
        if (end == at || *end != (i < 2 ? ':' : '\0') || !isfinite(numbers[i]) || fabsl(numbers[i]) > 1e300L)
            return status_fail(status, STATUS_USAGE, "not A:B:STEP with three numbers");
        at = end + 1;
    }
    long double from = numbers[0], to = numbers[1], step = numbers[2];
    if (step == 0.0L)
        return status_fail(status, STATUS_USAGE, "the step is 0");
    long double steps = (to - from) / step;
    if (steps < 0.0L)
        return status_fail(status, STATUS_USAGE, "the step leads away from the end");
    if (!(steps < SWEEP_MAX_RUNS))
        return status_fail(status, STATUS_USAGE, "more than %d values", SWEEP_MAX_RUNS);
    piece->from = from;
    piece->step = step;
    piece->count = (size_t)floorl(steps + 1e-6L) + 1;
    if (piece->count > SWEEP_MAX_RUNS)
        return status_fail(status, STATUS_USAGE, "more than %d values", SWEEP_MAX_RUNS);
    /* Neighbours are hardest to tell apart where they are largest, at one of the ends. */
    for (size_t i = 1; i < piece->count; i = i + 1 < piece->count ? piece->count - 1 : piece->count) {
        char one[NUMBER_TEXT], next[NUMBER_TEXT];
        number_text(piece, i - 1, one);
        number_text(piece, i, next);
        if (strcmp(one, next) == 0)
            return status_fail(status, STATUS_USAGE, "the step is too small for nine digits");
    }
    return true;
}

/* One of the values between '|'; all of it is tried. */
static bool read_piece(SweepAxis *axis, SweepPiece *piece, Settings *scratch, Status *status) {
    bool number = is_number(axis->property);
    piece->first = axis->count;
    piece->count = 1;
    if (number && strstr(piece->text, "..")) {
        if (!read_whole_range(piece, piece->text, status))
            return false;
    } else if (number && strchr(piece->text, ':')) {
        if (!read_steps(piece, piece->text, status))
            return false;
    }
    axis->count += piece->count;
    if (axis->count > SWEEP_MAX_RUNS)
        return status_fail(status, STATUS_USAGE, "more than %d values", SWEEP_MAX_RUNS);
    if (piece->step == 0.0L)
        return property_parse(scratch, axis->property, piece->text, status);
    for (size_t i = 0; i < piece->count; i++) {
        char text[NUMBER_TEXT];
        number_text(piece, i, text);
        if (!property_parse(scratch, axis->property, text, status))
            return false;
    }
    return true;
}

static bool read_axis(Sweep *sweep, const char *name, char *values, Status *status) {
    const Property *property = property_find(strcmp(name, "seeds") == 0 ? "seed" : name);
    if (!property)
        return status_fail(status, STATUS_USAGE, "--sweep: '%.60s' is no setting; --help lists them", name);
    for (size_t a = 0; a < sweep->axis_count; a++)
        if (sweep->axes[a].property == property)
            return status_fail(status, STATUS_USAGE, "--sweep: %s is there twice", property->name);
    const char *comma = is_list(property) ? NULL : strchr(values, ',');
    if (comma)
        return status_fail(status, STATUS_USAGE,
                           "--sweep: '%.60s' is not NAME=VALUES (the values of %s are separated by |)", comma + 1,
                           property->name);
    size_t pieces = 1;
    for (const char *c = values; *c != '\0'; c++)
        pieces += *c == '|';
    SweepAxis *axis = &sweep->axes[sweep->axis_count++];
    *axis = (SweepAxis){.property = property, .pieces = calloc(pieces, sizeof *axis->pieces), .piece_count = pieces};
    if (!axis->pieces)
        return status_no_memory(status, "the sweep");
    Settings scratch = sweep->base;
    for (size_t i = 0; i < pieces; i++) {
        char *end = values + strcspn(values, "|");
        *end = '\0'; /* the text's own end, in the last of them */
        axis->pieces[i].text = values;
        if (!read_piece(axis, &axis->pieces[i], &scratch, status))
            return status_prefix(status, "--sweep: %s=%.100s", property->name, values);
        values = end + 1;
    }
    if (axis->count > SWEEP_MAX_RUNS / sweep->runs)
        return status_fail(status, STATUS_USAGE, "--sweep: more than %d runs", SWEEP_MAX_RUNS);
    sweep->runs *= axis->count;
    return true;
}

/* The end of an axis's values: the comma before the next axis, or the end of the text. */
static char *axis_end(char *values) {
    char *comma = values;
    while ((comma = strchr(comma, ',')) != NULL) {
        const char *after = comma + 1;
        if (after[strcspn(after, "=,|")] == '=')
            return comma;
        comma++;
    }
    return values + strlen(values);
}

static bool read_axes(Sweep *sweep, Status *status) {
    char *at = sweep->spec;
    for (;;) {
        char *equals = at + strcspn(at, "=,");
        if (*equals != '=')
            return status_fail(status, STATUS_USAGE, "--sweep: '%.60s' is not NAME=VALUES", at);
        char *end = axis_end(equals + 1);
        bool last = *end == '\0';
        *equals = *end = '\0';
        if (!read_axis(sweep, at, equals + 1, status))
            return false;
        if (last)
            return true;
        at = end + 1;
    }
}

/* Every combination, each from the one before, as this may be ten million. */
static bool check_combinations(const Sweep *sweep, Status *status) {
    size_t at[PROPERTY_COUNT] = {0};
    Settings settings;
    sweep_settings(sweep, 0, &settings);
    for (size_t run = 0; run < sweep->runs; run++) {
        if (!settings_check(&settings, status)) {
            for (size_t a = sweep->axis_count; a-- > 0;) {
                char number[NUMBER_TEXT];
                status_prefix(status, "%s=%.60s", sweep->axes[a].property->name,
                              value_text(&sweep->axes[a], at[a], number));
            }
            return status_prefix(status, "--sweep");
        }
        for (size_t a = sweep->axis_count; a-- > 0;) {
            at[a] = at[a] + 1 < sweep->axes[a].count ? at[a] + 1 : 0;
            put_value(&sweep->axes[a], at[a], &settings);
            if (at[a] > 0)
                break;
        }
    }
    return true;
}

bool sweep_parse(Sweep *sweep, const char *spec, const Settings *base, Status *status) {
    *sweep = (Sweep){.base = *base, .runs = 1, .spec = strdup(spec)};
    if (!sweep->spec)
        return status_no_memory(status, "the sweep");
    if (read_axes(sweep, status) && check_combinations(sweep, status))
        return true;
    sweep_free(sweep);
    return false;
}

void sweep_free(Sweep *sweep) {
    for (size_t a = 0; a < sweep->axis_count; a++)
        free(sweep->axes[a].pieces);
    free(sweep->spec);
    *sweep = (Sweep){0};
}

/* ---- a run ---- */

/* The feedback's rule with limits for a run that is over: a class is not nearly but quite left out. */
static bool has_collapsed(const Trainer *t) {
    static const LeftOut limits = {.of_all = 0.05, .of_easy = 0.01, .expected = 0.0};
    size_t easy[MAX_CLASSES] = {0}, all_easy = 0;
    for (size_t i = 0; i < t->data.count; i++)
        easy[t->data.label[i]] += t->each.v[i] > 0.0f;
    for (int k = 0; k < t->data.classes; k++)
        all_easy += easy[k];
    if (all_easy == 0)
        return true;
    for (int k = 0; k < t->data.classes; k++)
        if (class_left_out(t->data.class_count[k], t->data.count, easy[k], all_easy, &limits))
            return true;
    return false;
}

SweepFigures sweep_figures(const Trainer *t) {
    return (SweepFigures){
        .epochs = t->epoch,
        .threshold = t->epoch_threshold,
        .easy = t->epoch_easy,
        .share_easy = (double)t->epoch_easy / (double)t->data.count,
        .mean_loss = t->mean_loss,
        .accuracy = t->accuracy,
        .test_accuracy = t->test_accuracy,
        .label_precision = t->label_precision,
        .label_recall = t->label_recall,
        .status = t->diverged        ? SWEEP_DIVERGED
                  : has_collapsed(t) ? SWEEP_COLLAPSED
                                     : SWEEP_OK,
    };
}

/* ---- the runs, on several threads ---- */

/* Rows that may wait for an earlier one: bounds the memory when one run takes much longer than its followers.
 */
#define WINDOW 4096

typedef struct Waiting {
    bool ended;
    SweepFigures figures;
} Waiting;

typedef struct Crew {
    const Sweep *sweep;
    const SweepJob *job;
    size_t first, end; /* the part's runs */
    pthread_mutex_t lock;
    pthread_cond_t row, room; /* the next row is there, or all is over; runs may begin */
    size_t next;              /* run that nobody has taken yet */
    size_t written;           /* runs before this one are written */
    size_t ended;             /* runs, in whatever order */
    bool failed;
    Status failure;
    Waiting rows[WINDOW]; /* of run r at r % WINDOW, for written <= r < written + WINDOW */
    atomic_bool stop;     /* runs are broken off, too */
} Crew;

/* False when it failed; when it was stopped the figures are of no use. */
static bool run_one(Crew *crew, size_t run, SweepFigures *figures, Status *status) {
    Settings settings;
    sweep_settings(crew->sweep, run, &settings);
    Trainer *t = trainer_new_copy(&settings, crew->job->points, status);
    if (!t)
        return false;
    size_t batches = trainer_batches_between_looks(t); /* often enough to be stopped */
    while (!trainer_finished(t) && !t->diverged && !atomic_load_explicit(&crew->stop, memory_order_relaxed))
        trainer_run(t, batches);
    trainer_evaluate(t);
    *figures = sweep_figures(t);
    trainer_free(t);
    return true;
}

static void *work(void *context) {
    Crew *crew = context;
    pthread_mutex_lock(&crew->lock);
    for (;;) {
        while (!crew->stop && crew->next < crew->end && crew->next - crew->written >= WINDOW)
            pthread_cond_wait(&crew->room, &crew->lock);
        if (crew->stop || crew->next == crew->end)
            break;
        size_t run = crew->next++;
        pthread_mutex_unlock(&crew->lock);
        SweepFigures figures;
        Status status = {0};
        bool done = run_one(crew, run, &figures, &status);
        pthread_mutex_lock(&crew->lock);
        if (!done) {
            if (!crew->failed)
                crew->failure = status;
            crew->failed = true;
            crew->stop = true;
            pthread_cond_signal(&crew->row);
            break;
        }
        crew->ended++;
        crew->rows[run % WINDOW] = (Waiting){true, figures};
        if (run == crew->written)
            pthread_cond_signal(&crew->row);
    }
    pthread_cond_broadcast(&crew->room); /* whoever waits sees the end, too */
    pthread_mutex_unlock(&crew->lock);
    return NULL;
}

static void show_progress(size_t ended, size_t runs, double began, double *last) {
    double now = clock_seconds(), passed = now - began;
    if (passed < 0.5 || now - *last < 0.2)
        return;
    *last = now;
    fprintf(stderr, "\r%zu of %zu runs", ended, runs);
    if (ended > 0) {
        double left = ceil(passed / (double)ended * (double)(runs - ended));
        if (left < 120.0)
            fprintf(stderr, ", %.0f s left", left);
        else if (left < 7200.0)
            fprintf(stderr, ", %.0f min left", left / 60.0);
        else
            fprintf(stderr, ", %.1f h left", left / 3600.0);
    }
    fputs("\033[K", stderr);
}

/* ---- rows ---- */

static const char *const status_words[] = {
    [SWEEP_OK] = "ok", [SWEEP_COLLAPSED] = "collapsed", [SWEEP_DIVERGED] = "diverged"};

static bool is_axis(const Sweep *sweep, const char *name) {
    for (size_t a = 0; a < sweep->axis_count; a++)
        if (strcmp(sweep->axes[a].property->name, name) == 0)
            return true;
    return false;
}

static void write_header(FILE *stream, const Sweep *sweep) {
    static const char *const figures[] = {"epochs",       "threshold", "easy",          "share_easy",
                                          "mean_loss",    "accuracy",  "test_accuracy", "label_precision",
                                          "label_recall", "status"};
    fputs("run", stream);
    for (size_t a = 0; a < sweep->axis_count; a++)
        fprintf(stream, ",%s", sweep->axes[a].property->name);
    for (size_t i = 0; i < sizeof figures / sizeof *figures; i++)
        fprintf(stream, ",%s%s", figures[i], is_axis(sweep, figures[i]) ? "_end" : "");
    fputc('\n', stream);
}

static void write_figure(FILE *stream, double value) {
    if (isnan(value))
        fputc(',', stream);
    else
        fprintf(stream, ",%.9g", value);
}

static void write_row(FILE *stream, const Sweep *sweep, size_t run, const SweepFigures *f) {
    Settings settings;
    sweep_settings(sweep, run, &settings);
    fprintf(stream, "%zu", run);
    for (size_t a = 0; a < sweep->axis_count; a++) {
        char text[SETTING_TEXT_MAX];
        property_format(&settings, sweep->axes[a].property, text);
        const char *quote = strchr(text, ',') ? "\"" : "";
        fprintf(stream, ",%s%s%s", quote, text, quote);
    }
    fprintf(stream, ",%" PRIu32, f->epochs);
    write_figure(stream, f->threshold);
    fprintf(stream, ",%zu", f->easy);
    write_figure(stream, f->share_easy);
    write_figure(stream, f->mean_loss);
    write_figure(stream, f->accuracy);
    write_figure(stream, f->test_accuracy);
    write_figure(stream, f->label_precision);
    write_figure(stream, f->label_recall);
    fprintf(stream, ",%s\n", status_words[f->status]);
}

/* ---- the summary ---- */

/* Mean and sum of squared differences from it, one value after another (Welford 1962). */
typedef struct Moments {
    size_t count;
    double mean, squares;
} Moments;

static void moments_add(Moments *m, double value) {
    if (isnan(value))
        return;
    m->count++;
    double difference = value - m->mean;
    m->mean += difference / (double)m->count;
    m->squares += difference * (value - m->mean);
}

/* Figures that have a mean, then the counts: the columns behind the settings. */
enum {
    OF_ACCURACY,
    OF_TEST_ACCURACY,
    OF_SHARE_EASY,
    OF_PRECISION,
    OF_RECALL,
    MEANS,
    OF_COLLAPSED = MEANS,
    OF_DIVERGED,
    FIGURES
};
static const char *const figure_titles[FIGURES] = {[OF_ACCURACY] = "accuracy %", [OF_TEST_ACCURACY] = "test accuracy %",
                                                   [OF_SHARE_EASY] = "easy %",   [OF_PRECISION] = "precision %",
                                                   [OF_RECALL] = "recall %",     [OF_COLLAPSED] = "collapsed",
                                                   [OF_DIVERGED] = "diverged"};

typedef struct Line {
    size_t run; /* one of its runs, for the settings */
    size_t runs, counts[FIGURES];
    Moments means[MEANS];
} Line;

typedef struct Summary {
    const Sweep *sweep;
    uint16_t *line_of; /* of each combination: its line + 1, 0: not seen yet, LINE_BEYOND: not kept */
    Line *lines;
    size_t line_count, beyond; /* lines that are kept; combinations that have none */
} Summary;

#define LINE_BEYOND UINT16_MAX

static bool is_seed(const SweepAxis *axis) {
    return axis->property->id == PROPERTY_SEED;
}

static size_t combinations(const Sweep *sweep) {
    size_t count = sweep->runs;
    for (size_t a = 0; a < sweep->axis_count; a++)
        if (is_seed(&sweep->axes[a]))
            count /= sweep->axes[a].count;
    return count;
}

/* The number of the run's values on all axes but the seeds'. */
static size_t combination_of(const Sweep *sweep, size_t run) {
    size_t number = 0, factor = 1;
    for (size_t a = sweep->axis_count; a-- > 0; run /= sweep->axes[a].count) {
        if (is_seed(&sweep->axes[a]))
            continue;
        number += run % sweep->axes[a].count * factor;
        factor *= sweep->axes[a].count;
    }
    return number;
}

static bool summary_init(Summary *s, const Sweep *sweep, Status *status) {
    size_t count = combinations(sweep);
    *s = (Summary){.sweep = sweep};
    s->line_of = calloc(count, sizeof *s->line_of);
    s->lines = calloc(count < SWEEP_MAX_LINES ? count : SWEEP_MAX_LINES, sizeof *s->lines);
    return (s->line_of && s->lines) || status_no_memory(status, "the summary");
}

static void summary_free(Summary *s) {
    free(s->line_of);
    free(s->lines);
}

static void summary_add(Summary *s, size_t run, const SweepFigures *f) {
    uint16_t *at = &s->line_of[combination_of(s->sweep, run)];
    if (*at == 0 && s->line_count < SWEEP_MAX_LINES) {
        s->lines[s->line_count++].run = run;
        *at = (uint16_t)s->line_count;
    } else if (*at == 0) {
        *at = LINE_BEYOND;
        s->beyond++;
    }
    if (*at == LINE_BEYOND)
        return;
    Line *line = &s->lines[*at - 1];
    line->runs++;
    line->counts[OF_COLLAPSED] += f->status == SWEEP_COLLAPSED;
    line->counts[OF_DIVERGED] += f->status == SWEEP_DIVERGED;
    if (f->status == SWEEP_DIVERGED)
        return; /* it has come to nothing that could be averaged */
    moments_add(&line->means[OF_ACCURACY], f->accuracy);
    moments_add(&line->means[OF_TEST_ACCURACY], f->test_accuracy);
    moments_add(&line->means[OF_SHARE_EASY], f->share_easy);
    moments_add(&line->means[OF_PRECISION], f->label_precision);
    moments_add(&line->means[OF_RECALL], f->label_recall);
}

/* Whether any line has something to say in that column. */
static bool is_shown(const Summary *s, int figure) {
    if (figure == OF_ACCURACY || figure == OF_SHARE_EASY || figure == OF_COLLAPSED)
        return true;
    for (size_t i = 0; i < s->line_count; i++)
        if (figure < MEANS ? s->lines[i].means[figure].count > 0 : s->lines[i].counts[figure] > 0)
            return true;
    return false;
}

/* Columns: the axes, then how many runs, then the figures. */
static void cell(const Summary *s, const Line *line, size_t column, char text[SETTING_TEXT_MAX]) {
    const Sweep *sweep = s->sweep;
    if (column < sweep->axis_count) {
        Settings settings;
        sweep_settings(sweep, line->run, &settings);
        property_format(&settings, sweep->axes[column].property, text);
        if (text[0] == '\0')
            snprintf(text, SETTING_TEXT_MAX, "\"\""); /* no hidden layers */
        return;
    }
    if (column == sweep->axis_count) {
        snprintf(text, SETTING_TEXT_MAX, "%zu", line->runs);
        return;
    }
    size_t figure = column - sweep->axis_count - 1;
    if (figure >= MEANS) {
        snprintf(text, SETTING_TEXT_MAX, "%zu", line->counts[figure]);
        return;
    }
    const Moments *m = &line->means[figure];
    if (m->count == 0)
        snprintf(text, SETTING_TEXT_MAX, "-");
    else if (m->count == 1)
        snprintf(text, SETTING_TEXT_MAX, "%.2f", 100.0 * m->mean);
    else
        snprintf(text, SETTING_TEXT_MAX, "%.2f +- %5.2f", 100.0 * m->mean,
                 100.0 * sqrt(m->squares / (double)(m->count - 1)));
}

static const char *title_of(const Sweep *sweep, size_t column) {
    return column < sweep->axis_count    ? sweep->axes[column].property->name
           : column == sweep->axis_count ? "runs"
                                         : figure_titles[column - sweep->axis_count - 1];
}

static bool column_shown(const Summary *s, size_t column) {
    size_t axes = s->sweep->axis_count;
    return column < axes ? !is_seed(&s->sweep->axes[column]) : column == axes || is_shown(s, (int)(column - axes - 1));
}

static void summary_print(const Summary *s, FILE *stream) {
    enum { COLUMNS_MAX = PROPERTY_COUNT + 1 + FIGURES };
    size_t columns = s->sweep->axis_count + 1 + FIGURES;
    int width[COLUMNS_MAX];
    char text[SETTING_TEXT_MAX];
    for (size_t c = 0; c < columns; c++) {
        width[c] = (int)strlen(title_of(s->sweep, c));
        if (!column_shown(s, c))
            continue;
        for (size_t i = 0; i < s->line_count; i++) {
            cell(s, &s->lines[i], c, text);
            int length = (int)strlen(text);
            width[c] = length > width[c] ? length : width[c];
        }
    }
    for (size_t i = 0; i <= s->line_count; i++) {
        const char *gap = "";
        for (size_t c = 0; c < columns; c++) {
            if (!column_shown(s, c))
                continue;
            if (i > 0)
                cell(s, &s->lines[i - 1], c, text);
            else
                snprintf(text, sizeof text, "%s", title_of(s->sweep, c));
            fprintf(stream, c < s->sweep->axis_count ? "%s%-*s" : "%s%*s", gap, width[c], text);
            gap = "  ";
        }
        fputc('\n', stream);
    }
    if (s->beyond > 0)
        fprintf(stream, "... and %zu more; see the trace\n", s->beyond);
}

/* ---- all of it ---- */

/* A moment from now, for pthread_cond_timedwait. */
static struct timespec moment(void) {
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    t.tv_nsec += 200000000;
    if (t.tv_nsec >= 1000000000) {
        t.tv_nsec -= 1000000000;
        t.tv_sec++;
    }
    return t;
}

/* Takes the rows in order as they get complete. */
static void collect(Crew *crew, Summary *summary) {
    const SweepJob *job = crew->job;
    double began = clock_seconds(), last = 0.0;
    pthread_mutex_lock(&crew->lock);
    while (crew->written < crew->end && !crew->stop) {
        Waiting *waiting = &crew->rows[crew->written % WINDOW];
        size_t run = crew->written, ended = crew->ended;
        SweepFigures figures = waiting->figures;
        bool complete = waiting->ended;
        if (complete) {
            waiting->ended = false;
            crew->written++;
            pthread_cond_signal(&crew->room);
        } else if (job->progress) {
            struct timespec until = moment();
            pthread_cond_timedwait(&crew->row, &crew->lock, &until);
        } else {
            pthread_cond_wait(&crew->row, &crew->lock);
        }
        pthread_mutex_unlock(&crew->lock);
        if (complete) {
            if (job->rows)
                write_row(job->rows, crew->sweep, run, &figures);
            if (job->summary)
                summary_add(summary, run, &figures);
        }
        if (job->progress)
            show_progress(ended, crew->end - crew->first, began, &last);
        pthread_mutex_lock(&crew->lock);
        if (job->rows && ferror(job->rows))
            crew->stop = true;
    }
    pthread_cond_broadcast(&crew->room); /* who waits for room sees `stop` */
    pthread_mutex_unlock(&crew->lock);
    if (last > 0.0)
        fputs("\r\033[K", stderr);
}

static bool crew_init(Crew *crew) {
    pthread_condattr_t attributes;
    if (pthread_condattr_init(&attributes) != 0)
        return false;
    bool done =
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC) == 0 && pthread_cond_init(&crew->row, &attributes) == 0;
    pthread_condattr_destroy(&attributes);
    return done && pthread_cond_init(&crew->room, NULL) == 0 && pthread_mutex_init(&crew->lock, NULL) == 0;
}

static void crew_end(Crew *crew) {
    pthread_cond_destroy(&crew->row);
    pthread_cond_destroy(&crew->room);
    pthread_mutex_destroy(&crew->lock);
}

static bool run_crew(Crew *crew, Summary *summary, Status *status) {
    size_t threads = (size_t)(crew->job->threads > 0 ? crew->job->threads : parallel_processors());
    size_t runs = crew->end - crew->first;
    threads = threads < runs ? threads : runs;
    threads = threads < THREADS_MAX ? threads : THREADS_MAX;
    pthread_t workers[THREADS_MAX];
    size_t started = 0;
    while (started < threads && pthread_create(&workers[started], NULL, work, crew) == 0)
        started++; /* fewer will do */
    if (started == 0 && runs > 0)
        return status_fail(status, STATUS_FAILED, "cannot start a thread");
    collect(crew, summary);
    for (size_t i = 0; i < started; i++)
        pthread_join(workers[i], NULL);
    if (crew->failed)
        *status = crew->failure;
    return !crew->failed;
}

bool sweep_work(const Sweep *sweep, const SweepJob *job, Status *status) {
    assert(job->shard >= 1 && job->shard <= job->shards && job->shards <= SWEEP_MAX_RUNS);
    Crew *crew = calloc(1, sizeof *crew);
    Summary summary = {0};
    bool done = (crew && crew_init(crew)) || status_no_memory(status, "the sweep");
    done = done && summary_init(&summary, sweep, status);
    if (done) {
        crew->sweep = sweep;
        crew->job = job;
        crew->first = crew->next = crew->written = (job->shard - 1) * sweep->runs / job->shards; /* at most 10^14 */
        crew->end = job->shard * sweep->runs / job->shards;
        if (job->rows && job->shard == 1)
            write_header(job->rows, sweep);
        int threads = parallel_set_threads(1);
        done = run_crew(crew, &summary, status);
        parallel_set_threads(threads);
        crew_end(crew);
        if (done && job->summary && !(job->rows && (fflush(job->rows) != 0 || ferror(job->rows))))
            summary_print(&summary, job->summary);
    }
    summary_free(&summary);
    free(crew);
    return done;
}

/* Options that the grid leaves no room for. */
static bool check_line(const Cli *cli, const Sweep *sweep, Status *status) {
    for (size_t a = 0; a < sweep->axis_count; a++) {
        const Property *property = sweep->axes[a].property;
        if (cli->given[property->id])
            return status_fail(status, STATUS_USAGE, "--%s: is an axis of --sweep already", property->name);
        if (cli->points && property_makes_points(property->id))
            return status_fail(status, STATUS_USAGE,
                               "--sweep: %s is for points that are made, so it excludes the file %s", property->name,
                               cli->points);
    }
    return true;
}

bool sweep_run(const Cli *cli, Status *status) {
    Sweep sweep;
    if (!sweep_parse(&sweep, cli->sweep, &cli->settings, status))
        return false;
    Dataset points = {0};
    FileWrite trace = {0};
    bool done = check_line(cli, &sweep, status);
    if (done && cli->points)
        done = points_read_terminal(cli, &points, status);
    if (done && cli->trace)
        done = file_begin(&trace, cli->trace, cli->force, status);
    if (done) {
        bool rows_on_stdout = cli->trace && strcmp(cli->trace, "/dev/stdout") == 0;
        SweepJob job = {
            .points = cli->points ? &points : NULL,
            .shard = cli->shards > 0 ? cli->shard : 1,
            .shards = cli->shards > 0 ? cli->shards : 1,
            .threads = cli->threads,
            .rows = trace.stream,
            .summary = rows_on_stdout ? NULL : stdout,
            .progress = isatty(STDERR_FILENO),
        };
        done = sweep_work(&sweep, &job, status);
    }
    if (done && cli->trace)
        done = file_commit(&trace, status);
    file_abandon(&trace);
    dataset_free(&points);
    sweep_free(&sweep);
    return done;
}
