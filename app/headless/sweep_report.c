#include "app/headless/sweep_report.h"

#include "app/base/language.h"
#include "app/base/terminal.h"
#include "app/io/terminal_words.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

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
static const char *const figure_titles[FIGURES] = {
    [OF_ACCURACY] = N_("accuracy %"), [OF_TEST_ACCURACY] = N_("test accuracy %"),
    [OF_SHARE_EASY] = N_("easy %"),   [OF_PRECISION] = N_("precision %"),
    [OF_RECALL] = N_("recall %"),     [OF_COLLAPSED] = N_("collapsed"),
    [OF_DIVERGED] = N_("diverged")};

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

void sweep_summary_add(SweepSummary *s, size_t run, const RunFigures *f) {
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
    line->counts[OF_COLLAPSED] += f->status == RUN_COLLAPSED;
    line->counts[OF_DIVERGED] += f->status == RUN_DIVERGED;
    if (f->status == RUN_DIVERGED)
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
           : column == sweep->axis_count ? tr("runs")
                                         : tr(figure_titles[column - sweep->axis_count - 1]);
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
        width[c] = words_width(title_of(s->sweep, c));
        if (!column_shown(s, c))
            continue;
        for (size_t i = 0; i < s->line_count; i++) {
            cell(s, &s->lines[i], c, text);
            int length = words_width(text);
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
            terminal_print(stream, c < s->sweep->axis_count ? "%s%-*s" : "%s%*s", gap, words_field(text, width[c]),
                           text);
            gap = "  ";
        }
        fputc('\n', stream);
    }
    if (s->beyond > 0)
        terminal_print(stream, tr("... and %zu more; see the trace\n"), s->beyond);
}
