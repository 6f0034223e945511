#include "app/headless/bench_labels.h"

#include "app/base/file_write.h"
#include "app/base/language.h"
#include "app/base/terminal.h"
#include "app/headless/bench_points.h"
#include "app/headless/headless.h"
#include "app/io/terminal_words.h"
#include "core/detection.h"
#include "core/label_scores.h"
#include "core/parallel.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { DATA = 4, RUNS = 3, FIGURES = 3, SEEDS = BENCH_SEEDS };

/* NAME=VALUE,... over the defaults and COMMON. */
static const char *const COMMON = "samples=400,test=0.3,learning-rate=0.01,epochs=150";
static const struct {
    const char *name, *settings;
} DATA_SETS[DATA] = {
    {/* xgettext:no-c-format */ N_("moons, 20 % moved"), "dataset=moons,noise=0.1,hidden=32,flip=0.2"},
    {/* xgettext:no-c-format */ N_("moons, 40 % moved"), "dataset=moons,noise=0.1,hidden=32,flip=0.4"},
    {/* xgettext:no-c-format */ N_("blobs, 10 % far off"), "dataset=blobs,outliers=0.1"},
    {/* xgettext:no-c-format */ N_("blobs, 20 % far off"), "dataset=blobs,outliers=0.2"},
};
static const struct {
    const char *name, *settings;
} RUN_KINDS[RUNS] = {
    {N_("plain"), "order=all"},
    {N_("threshold"), ""},
    {N_("share"), "pace=share,share-start=0.3,share-end=0.8,share-epochs=15"},
};

typedef struct LabelBench {
    const Cli *cli;
    const BenchPoints *points; /* of a file; NULL: generated */
    size_t data_sets;
    bool failed[DATA * RUNS * SEEDS];
    Status status[DATA * RUNS * SEEDS];
    double figure[DATA][RUNS][MEASURE_COUNT][FIGURES][SEEDS];
} LabelBench;

/* Measures that rank; variability says how ambiguous a point is, not how wrong. */
static bool ranks(int measure) {
    return measure != MEASURE_VARIABILITY;
}

static void put_settings(Settings *s, const char *list) {
    char text[256];
    snprintf(text, sizeof text, "%s", list);
    char *rest = text;
    while (rest && *rest) {
        Status unused;
        char *word = rest;
        rest = strchr(rest, ',');
        if (rest)
            *rest++ = '\0';
        char *value = strchr(word, '=');
        *value = '\0';
        property_parse(s, property_find(word), value + 1, &unused);
    }
}

static void settings_of(const LabelBench *b, size_t data, size_t run, size_t seed, Settings *s) {
    const Cli *cli = b->cli;
    settings_default(s);
    put_settings(s, COMMON);
    if (!b->points)
        put_settings(s, DATA_SETS[data].settings);
    put_settings(s, RUN_KINDS[run].settings);
    for (int i = 0; i < PROPERTY_COUNT; i++)
        if (cli->given[i])
            property_copy(s, &cli->settings, &PROPERTIES[i]);
    if (b->points)
        s->test = s->flip = s->outliers = s->clean = 0;
    s->seed = (cli->given[PROPERTY_SEED] ? cli->settings.seed : 1) + (uint32_t)seed;
}

static void put_figures(const Detection *d, double (*figure)[SEEDS], size_t seed) {
    figure[0][seed] = d->auroc;
    figure[1][seed] = d->average_precision;
    figure[2][seed] = d->precision_at_k;
}

/* All measures of a run that has ended. */
static bool judge_run(const LabelScores *scores, const uint8_t *is_wrong, double (*figure)[FIGURES][SEEDS], size_t seed,
                      Status *status) {
    size_t n = scores->count;
    float *key = malloc(n * sizeof *key);
    uint32_t *order = malloc(n * sizeof *order);
    bool done = (key && order) || status_no_memory(status, "the bench");
    for (int m = 0; done && m < MEASURE_COUNT; m++) {
        if (!ranks(m))
            continue;
        label_scores_keys(scores, (Measure)m, key);
        if (m == MEASURE_ADMISSION) {
            done = label_scores_order(scores, (Measure)m, order, status);
            for (size_t i = 0; done && i < n; i++)
                key[order[i]] = (float)i;
        }
        Detection d;
        done = done && detection_make(&d, key, is_wrong, n, status);
        if (done)
            put_figures(&d, figure[m], seed);
    }
    free(key);
    free(order);
    return done;
}

/* The run, watched. */
static bool make_scores(Trainer *t, LabelScores *scores, Status *status) {
    LabelMeasures measures;
    if (!label_measures_init(&measures, t->data.count, status))
        return false;
    while (!trainer_finished(t) && !t->diverged) {
        trainer_run(t, SIZE_MAX);
        if (t->batch != 0)
            continue;
        trainer_evaluate(t);
        label_measures_add(&measures, &t->mlp, t->parameters, &t->data);
    }
    HeldOut *held_out = NULL;
    bool done = !t->diverged || headless_diverged(t, status);
    if (done) {
        trainer_evaluate(t);
        held_out = held_out_new(&t->settings, &t->data, status);
    }
    LabelSources from = label_sources(t, &measures, held_out);
    done = done && held_out && held_out_run(held_out, NULL, NULL, status) &&
           label_scores_make(scores, &from, (1u << MEASURE_COUNT) - 1, status);
    held_out_free(held_out);
    label_measures_free(&measures);
    return done;
}

static bool one_run(LabelBench *b, size_t data, size_t run, size_t seed, Status *status) {
    Settings settings;
    settings_of(b, data, run, seed, &settings);
    if (!settings_check(&settings, status))
        return false;
    Trainer *t = trainer_new_copy(&settings, b->points ? &b->points->data : NULL, status);
    if (!t)
        return false;
    LabelScores scores = {0};
    const Dataset *d = &t->data;
    uint8_t *is_wrong = calloc(d->count, sizeof *is_wrong);
    bool done = (is_wrong || status_no_memory(status, "the bench")) && make_scores(t, &scores, status);
    for (size_t i = 0; done && i < d->count; i++)
        is_wrong[i] = b->points ? b->points->is_wrong[i] : d->truth && d->truth[i] != d->label[i];
    done = done && judge_run(&scores, is_wrong, b->figure[data][run], seed, status);
    label_scores_free(&scores);
    free(is_wrong);
    trainer_free(t);
    return done;
}

static void run_job(void *context, size_t job) {
    LabelBench *b = context;
    size_t seed = job % SEEDS, run = job / SEEDS % RUNS, data = job / SEEDS / RUNS;
    b->failed[job] = !one_run(b, data, run, seed, &b->status[job]);
}

/* ---- the tables ---- */

typedef struct Mean {
    double mean, deviation;
} Mean;

static Mean mean_of(const double *values) {
    Mean m = {0};
    for (int i = 0; i < SEEDS; i++)
        m.mean += values[i];
    m.mean /= (double)SEEDS;
    for (int i = 0; i < SEEDS; i++)
        m.deviation += (values[i] - m.mean) * (values[i] - m.mean) / (SEEDS - 1);
    m.deviation = sqrt(m.deviation);
    return m;
}

/* A cell of the table. */
static void put_quoted(FILE *out, const char *text) {
    fputc('"', out);
    for (; *text; text++) {
        if (*text == '"')
            fputc('"', out);
        fputc(*text, out);
    }
    fputc('"', out);
}

/* Another program's scores: one row, without deviations. */
static bool judge_outside(const BenchPoints *p, FILE *text, FILE *out, const char *name, Status *status) {
    Detection d;
    if (!detection_make(&d, p->key, p->is_wrong, p->data.count, status))
        return false;
    terminal_print(text, "%-12s  %-11.3f %-11.3f %-11.3f (--scores)\n", p->scores_name, d.auroc, d.average_precision,
                   d.precision_at_k);
    if (out) {
        put_quoted(out, name);
        fputs(",scores,", out);
        put_quoted(out, p->scores_name);
        fprintf(out, ",1,%.9g,,%.9g,,%.9g,\n", d.auroc, d.average_precision, d.precision_at_k);
    }
    return true;
}

static void print_table(FILE *text, const LabelBench *b, size_t data, const char *name) {
    terminal_print(text, "%s\n", b->points ? name : tr(name));
    fprintf(text, "%-12s", "");
    for (int r = 0; r < RUNS; r++) {
        const char *run = tr(RUN_KINDS[r].name);
        fprintf(text, "  %-*s", words_field(run, 35), run);
    }
    fprintf(text, "\n%-12s", "");
    /* TRANSLATORS: at most 11 columns: average precision; precision at k */
    const char *const heads[FIGURES] = {"AUROC", tr("avg prec"), tr("prec at k")};
    for (int r = 0; r < RUNS; r++)
        for (int f = 0; f < FIGURES; f++)
            fprintf(text, f > 0 ? " %-*s" : "  %-*s", words_field(heads[f], 11), heads[f]);
    fputc('\n', text);
    for (int m = 0; m < MEASURE_COUNT; m++) {
        if (!ranks(m))
            continue;
        fprintf(text, "%-12s", MEASURES[m].name);
        for (int r = 0; r < RUNS; r++) {
            fputc(' ', text);
            for (int f = 0; f < FIGURES; f++) {
                Mean mean = mean_of(b->figure[data][r][m][f]);
                fprintf(text, " %.3f\u00b1%.3f", mean.mean, mean.deviation);
            }
        }
        fputc('\n', text);
    }
}

static void write_rows(FILE *out, const LabelBench *b, size_t data, const char *name) {
    for (int r = 0; r < RUNS; r++)
        for (int m = 0; m < MEASURE_COUNT; m++) {
            if (!ranks(m))
                continue;
            put_quoted(out, name);
            fprintf(out, ",%s,%s,%d", RUN_KINDS[r].name, MEASURES[m].name, SEEDS);
            for (int f = 0; f < FIGURES; f++) {
                Mean mean = mean_of(b->figure[data][r][m][f]);
                fprintf(out, ",%.9g,%.9g", mean.mean, mean.deviation);
            }
            fputc('\n', out);
        }
}

static bool report(const LabelBench *b, FILE *out, Status *status) {
    bool done = true, taken = out && strcmp(b->cli->trace, "/dev/stdout") == 0;
    FILE *text = taken ? stderr : stdout;
    if (out)
        fputs("data,run,measure,seeds,auroc,auroc_deviation,average_precision,average_precision_deviation,"
              "precision_at_k,precision_at_k_deviation\n",
              out);
    for (size_t data = 0; done && data < b->data_sets; data++) {
        const char *name = b->points ? b->cli->points : DATA_SETS[data].name;
        print_table(text, b, data, name);
        if (out)
            write_rows(out, b, data, name);
        if (b->points && b->points->key)
            done = judge_outside(b->points, text, out, name, status);
        if (data + 1 < b->data_sets)
            fputc('\n', text);
    }
    return done;
}

static bool work(LabelBench *b, Status *status) {
    size_t jobs = b->data_sets * RUNS * SEEDS;
    parallel_for(jobs, run_job, b);
    for (size_t j = 0; j < jobs; j++)
        if (b->failed[j]) {
            *status = b->status[j];
            return false;
        }
    return true;
}

bool bench_labels_run(const Cli *cli, Status *status) {
    LabelBench *b = calloc(1, sizeof *b);
    BenchPoints points = {0};
    FileWrite trace = {0};
    bool done = b || status_no_memory(status, "the bench");
    done = done && (!cli->points || bench_points_read(&points, cli, status));
    done = done && (!cli->trace || file_begin(&trace, cli->trace, cli->force, status));
    if (done) {
        b->cli = cli;
        b->points = cli->points ? &points : NULL;
        b->data_sets = cli->points ? 1 : DATA;
        done = work(b, status) && report(b, trace.stream, status);
    }
    if (done && cli->trace)
        done = file_commit(&trace, status);
    file_abandon(&trace);
    bench_points_free(&points);
    free(b);
    return headless_end(done, status);
}
