#include "app/headless/sweep_report.h"

#include "app/experiment/feedback.h"

#include <inttypes.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* ---- figures ---- */

/* The feedback's rule with stricter limits, because the run is over: a class is left out for good. */
static bool has_collapsed(const Trainer *t) {
    static const LeftOut limits = {.of_all = 0.05, .of_easy = 0.01, .expected = 0.0};
    size_t easy[MAX_CLASSES] = {0}, all_easy = 0;
    for (size_t i = 0; i < t->data.count; i++)
        easy[t->data.label[i]] += t->each.v[i] > 0.0f;
    for (int k = 0; k < t->data.classes; k++)
        all_easy += easy[k];
    if (t->settings.pace == PACE_CLEAN_ALONE && settings_need_clean(&t->settings)) /* no sample is learned from */
        return false;
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

/* ---- rows ---- */

static const char *const status_words[] = {
    [SWEEP_OK] = "ok", [SWEEP_COLLAPSED] = "collapsed", [SWEEP_DIVERGED] = "diverged"};

static bool is_axis(const Sweep *sweep, const char *name) {
    for (size_t a = 0; a < sweep->axis_count; a++)
        if (strcmp(sweep->axes[a].property->name, name) == 0)
            return true;
    return false;
}

void sweep_header(FILE *stream, const Sweep *sweep) {
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

void sweep_row(FILE *stream, const Sweep *sweep, size_t run, const SweepFigures *f) {
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

/* Figures that have a mean, then the counts: the columns after the settings. */
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

struct SummaryLine {
    size_t run; /* one of its runs, for the settings */
    size_t runs, counts[FIGURES];
    Moments means[MEANS];
};

/* Of SweepSummary.line_of: a combination whose line is not kept. */
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

bool sweep_summary_init(SweepSummary *s, const Sweep *sweep, Status *status) {
    size_t count = combinations(sweep);
    *s = (SweepSummary){.sweep = sweep};
    s->line_of = calloc(count, sizeof *s->line_of);
    s->lines = calloc(count < SWEEP_MAX_LINES ? count : SWEEP_MAX_LINES, sizeof *s->lines);
    return (s->line_of && s->lines) || status_no_memory(status, "the summary");
}

void sweep_summary_free(SweepSummary *s) {
    free(s->line_of);
    free(s->lines);
}

void sweep_summary_add(SweepSummary *s, size_t run, const SweepFigures *f) {
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
    struct SummaryLine *line = &s->lines[*at - 1];
    line->runs++;
    line->counts[OF_COLLAPSED] += f->status == SWEEP_COLLAPSED;
    line->counts[OF_DIVERGED] += f->status == SWEEP_DIVERGED;
    if (f->status == SWEEP_DIVERGED)
        return; /* there is nothing to average */
    moments_add(&line->means[OF_ACCURACY], f->accuracy);
    moments_add(&line->means[OF_TEST_ACCURACY], f->test_accuracy);
    moments_add(&line->means[OF_SHARE_EASY], f->share_easy);
    moments_add(&line->means[OF_PRECISION], f->label_precision);
    moments_add(&line->means[OF_RECALL], f->label_recall);
}

/* Whether any line has something in that column. */
static bool is_shown(const SweepSummary *s, int figure) {
    if (figure == OF_ACCURACY || figure == OF_SHARE_EASY || figure == OF_COLLAPSED)
        return true;
    for (size_t i = 0; i < s->line_count; i++)
        if (figure < MEANS ? s->lines[i].means[figure].count > 0 : s->lines[i].counts[figure] > 0)
            return true;
    return false;
}

/* Columns: the axes, then how many runs, then the figures. */
static void cell(const SweepSummary *s, const struct SummaryLine *line, size_t column, char text[SETTING_TEXT_MAX]) {
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

static bool column_shown(const SweepSummary *s, size_t column) {
    size_t axes = s->sweep->axis_count;
    return column < axes ? !is_seed(&s->sweep->axes[column]) : column == axes || is_shown(s, (int)(column - axes - 1));
}

void sweep_summary_print(const SweepSummary *s, FILE *stream) {
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
