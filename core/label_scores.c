#include "core/label_scores.h"

#include "core/neighbours.h"
#include "core/quantile.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

/* What the agreement is made of, and whose answers those are. */
static const struct {
    Measure measure;
    Judge judge;
} AGREEING[] = {
    {MEASURE_LOSS, JUDGE_RUN}, {MEASURE_AUM, JUDGE_RUN},           {MEASURE_TRACIN, JUDGE_RUN},
    {MEASURE_KNN, JUDGE_KNN},  {MEASURE_HELD_OUT, JUDGE_HELD_OUT},
};
enum { AGREEING_COUNT = sizeof AGREEING / sizeof *AGREEING };

/* Whether every run has it. */
static bool is_of_epochs(Measure measure) {
    return MEASURES[measure].of_run && measure != MEASURE_ADMISSION;
}

unsigned label_scores_needs(unsigned measures) {
    if (measures & MEASURE_BIT(MEASURE_AGREEMENT))
        for (int i = 0; i < AGREEING_COUNT; i++)
            measures |= MEASURE_BIT(AGREEING[i].measure);
    for (int m = 0; m < MEASURE_COUNT; m++)
        if (measures & MEASURE_BIT(m) && is_of_epochs((Measure)m))
            measures |= MEASURE_BIT(MEASURE_HELD_OUT);
    return measures | MEASURE_BIT(MEASURE_LOSS) | MEASURE_BIT(MEASURE_ADMISSION);
}

bool better_than_guess(const Dataset *data, size_t right, size_t count, double mean_loss) {
    double n = (double)count, entropy = 0.0, most = 0.0;
    for (int c = 0; c < data->classes; c++) {
        double share = (double)data->class_count[c] / (double)data->count;
        most = fmax(most, share);
        entropy -= share > 0.0 ? share * log(share) : 0.0;
    }
    return (double)right > n * most + 2.0 * sqrt(n * most * (1.0 - most)) || mean_loss < 0.99 * entropy;
}

static void keys_of(const float *value, size_t count, Measure measure, float *key) {
    bool small = MEASURES[measure].small;
    for (size_t i = 0; i < count; i++)
        key[i] = isnan(value[i]) ? -INFINITY : small ? value[i] : -value[i];
}

void label_scores_keys(const LabelScores *s, Measure measure, float *key) {
    keys_of(s->value[measure], s->count, measure, key);
}

const float *label_scores_ranking(const LabelScores *s, Measure measure) {
    return s->plain[measure] ? s->plain[measure] : s->value[measure];
}

/* rank[i * stride] = the rank of key[i] from the smallest, 1, upwards; equal ones share the mean of theirs. */
static void put_ranks(const float *key, size_t count, uint32_t *order, uint32_t *scratch, float *rank, size_t stride) {
    quantile_sort(key, count, order, scratch);
    for (size_t first = 0, end; first < count; first = end) {
        for (end = first + 1; end < count && key[order[end]] == key[order[first]]; end++)
            ;
        for (size_t i = first; i < end; i++)
            rank[order[i] * stride] = (float)(0.5 * (double)(first + 1 + end));
    }
}

/* Of a few numbers, which are sorted. */
static float median(float *numbers, size_t count) {
    for (size_t i = 1; i < count; i++)
        for (size_t k = i; k > 0 && numbers[k] < numbers[k - 1]; k--) {
            float larger = numbers[k - 1];
            numbers[k - 1] = numbers[k];
            numbers[k] = larger;
        }
    return count % 2 == 1 ? numbers[count / 2] : 0.5f * (numbers[count / 2 - 1] + numbers[count / 2]);
}

/* Whether it is known, and from a judge that counts. */
static bool has_a_voice(const LabelScores *s, int agreeing) {
    Measure measure = AGREEING[agreeing].measure;
    return s->plain[measure] || (s->value[measure] && s->counts[AGREEING[agreeing].judge]);
}

static bool agree(LabelScores *s, Status *status) {
    size_t n = s->count, voices = 0, voice = 0;
    for (int i = 0; i < AGREEING_COUNT; i++)
        voices += has_a_voice(s, i);
    float *key = malloc(n * sizeof *key), *ranks = malloc((voices * n + 1) * sizeof *ranks);
    uint32_t *order = malloc(n * sizeof *order), *scratch = malloc(n * sizeof *scratch);
    bool done = (key && ranks && order && scratch) || status_no_memory(status, "the agreement of the measures");
    for (int i = 0; done && i < AGREEING_COUNT; i++) {
        if (!has_a_voice(s, i))
            continue;
        keys_of(label_scores_ranking(s, AGREEING[i].measure), n, AGREEING[i].measure, key);
        put_ranks(key, n, order, scratch, ranks + voice++, voices);
    }
    for (size_t i = 0; done && i < n; i++)
        s->value[MEASURE_AGREEMENT][i] = voices > 0 ? median(ranks + i * voices, voices) : NAN;
    free(key);
    free(ranks);
    free(order);
    free(scratch);
    return done;
}

static void judge_run(LabelScores *s, const LabelSources *from) {
    const Dataset *d = from->data;
    s->accuracy[JUDGE_RUN] = from->accuracy;
    s->learned[JUDGE_RUN] =
        better_than_guess(d, (size_t)llround(from->accuracy * (double)d->count), d->count, from->mean_loss);
}

static void judge_knn(LabelScores *s, const Dataset *d) {
    const float *unlike = s->value[MEASURE_KNN];
    size_t right = 0;
    for (size_t i = 0; i < s->count; i++)
        right += unlike[i] < 0.5f;
    s->accuracy[JUDGE_KNN] = (double)right / (double)s->count;
    s->learned[JUDGE_KNN] = better_than_guess(d, right, s->count, INFINITY);
}

/* A run that does clearly worse than models that have not even seen the points has not learned what there is. */
static void judge_held_out(LabelScores *s, const LabelSources *from) {
    const Dataset *d = from->data;
    const HeldOut *held_out = from->held_out;
    HeldOutFigures f = held_out_figures(held_out);
    double count = (double)f.count, share = (double)f.right / count;
    double slack = fmax(2.0 * sqrt(share * (1.0 - share) / count), 0.01);
    s->accuracy[JUDGE_HELD_OUT] = share;
    s->learned[JUDGE_HELD_OUT] = better_than_guess(d, f.right, f.count, f.loss_sum / count);
    s->behind = s->learned[JUDGE_HELD_OUT] && s->accuracy[JUDGE_RUN] < share - slack;
    s->average = from->measures ? label_measures_accuracy(from->measures) : (double)NAN;
    s->late = s->learned[JUDGE_HELD_OUT] && s->average < share - slack;
    f = held_out_plain_figures(held_out);
    count = (double)f.count;
    s->accuracy[JUDGE_PLAIN] = (double)f.right / count;
    s->learned[JUDGE_PLAIN] = better_than_guess(d, f.right, f.count, f.loss_sum / count);
}

static void judge(LabelScores *s, const LabelSources *from) {
    const Dataset *d = from->data;
    for (int c = 0; c < d->classes; c++)
        s->guess = fmax(s->guess, (double)d->class_count[c] / (double)d->count);
    judge_run(s, from);
    s->accuracy[JUDGE_KNN] = s->accuracy[JUDGE_HELD_OUT] = s->accuracy[JUDGE_PLAIN] = s->average = (double)NAN;
    if (s->value[MEASURE_KNN])
        judge_knn(s, d);
    if (s->value[MEASURE_HELD_OUT])
        judge_held_out(s, from);
    for (int j = 0; j < JUDGES; j++)
        s->counts[j] = s->learned[j] && !(j == JUDGE_RUN && s->behind);
}

static bool is_known(const LabelSources *from, Measure measure) {
    if (measure == MEASURE_HELD_OUT)
        return from->held_out != NULL;
    if (measure == MEASURE_KNN)
        return !from->no_knn;
    return measure < MEASURE_AUM || measure > MEASURE_TRACIN || from->measures != NULL;
}

/* One measure's values, but for the agreement. */
static bool fill(LabelScores *s, Measure measure, const LabelSources *from, Status *status) {
    float *value = s->value[measure];
    switch (measure) {
    case MEASURE_LOSS:
        label_losses(from->mlp, from->parameters, from->data, value);
        return true;
    case MEASURE_KNN:
        if (!from->knn)
            return neighbours_unlike(from->mlp, from->data, value, status);
        memcpy(value, from->knn, s->count * sizeof *value);
        return true;
    case MEASURE_HELD_OUT:
        memcpy(value, held_out_p(from->held_out), s->count * sizeof *value);
        return true;
    case MEASURE_ADMISSION:
        for (size_t i = 0; i < s->count; i++)
            value[i] = from->admitted[i] == NEVER_ADMITTED ? INFINITY : (float)(from->admitted[i] + 1);
        return true;
    case MEASURE_AGREEMENT:
        return true;
    default:
        label_measures_values(from->measures, measure, value);
        return true;
    }
}

/* The measures of the plain run in place of those that say nothing. */
static bool fill_plain(LabelScores *s, const HeldOut *held_out, unsigned wanted, Status *status) {
    for (int m = 0; m < MEASURE_COUNT; m++) {
        bool instead = !s->counts[JUDGE_RUN] || (s->late && m != MEASURE_LOSS);
        if (!instead || !is_of_epochs((Measure)m) || !(wanted & MEASURE_BIT(m)))
            continue;
        s->plain[m] = calloc(s->count, sizeof **s->plain);
        if (!s->plain[m])
            return status_no_memory(status, "the measures of the labels");
        if (m == MEASURE_LOSS)
            memcpy(s->plain[m], held_out_plain_losses(held_out), s->count * sizeof **s->plain);
        else
            label_measures_values(held_out_plain_measures(held_out), (Measure)m, s->plain[m]);
    }
    return true;
}

LabelSources label_sources(const Trainer *t, const LabelMeasures *measures, const HeldOut *held_out) {
    return (LabelSources){.data = &t->data,
                          .mlp = &t->mlp,
                          .parameters = t->parameters,
                          .admitted = t->each.admitted,
                          .accuracy = t->accuracy,
                          .mean_loss = t->mean_loss,
                          .measures = measures,
                          .held_out = held_out};
}

bool label_scores_make(LabelScores *s, const LabelSources *from, unsigned wanted, Status *status) {
    *s = (LabelScores){.count = from->data->count};
    wanted = label_scores_needs(wanted);
    bool done = true;
    for (int m = 0; m < MEASURE_COUNT && done; m++) {
        if (!(wanted & MEASURE_BIT(m)) || !is_known(from, (Measure)m))
            continue;
        s->value[m] = calloc(s->count, sizeof **s->value);
        done = (s->value[m] || status_no_memory(status, "the measures of the labels")) &&
               fill(s, (Measure)m, from, status);
    }
    if (done) {
        judge(s, from);
        bool plain = s->value[MEASURE_HELD_OUT] && s->counts[JUDGE_PLAIN];
        done = (!plain || fill_plain(s, from->held_out, wanted, status)) &&
               (!s->value[MEASURE_AGREEMENT] || agree(s, status));
    }
    if (!done)
        label_scores_free(s);
    return done;
}

void label_scores_free(LabelScores *s) {
    for (int m = 0; m < MEASURE_COUNT; m++) {
        free(s->value[m]);
        free(s->plain[m]);
    }
    *s = (LabelScores){0};
}

bool label_scores_order(const LabelScores *s, Measure measure, uint32_t *order, Status *status) {
    size_t n = s->count;
    float *key = malloc(n * sizeof *key), *sorted = malloc(n * sizeof *sorted);
    uint32_t *by_loss = malloc(n * sizeof *by_loss), *scratch = malloc(n * sizeof *scratch);
    bool done = (key && sorted && by_loss && scratch) || status_no_memory(status, "the suspects");
    if (done) { /* by loss, and then by the measure, with equal ones as they are */
        keys_of(label_scores_ranking(s, MEASURE_LOSS), n, MEASURE_LOSS, key);
        quantile_sort(key, n, by_loss, scratch);
        keys_of(label_scores_ranking(s, measure), n, measure, key);
        for (size_t i = 0; i < n; i++)
            sorted[i] = key[by_loss[i]];
        quantile_sort(sorted, n, order, scratch);
        for (size_t i = 0; i < n; i++)
            order[i] = by_loss[order[i]];
    }
    free(key);
    free(sorted);
    free(by_loss);
    free(scratch);
    return done;
}
