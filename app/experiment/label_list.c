#include "app/experiment/label_list.h"

#include "core/mlp.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

const Measure LABEL_BAR_MEASURES[LABEL_BARS] = {MEASURE_LOSS, MEASURE_AUM, MEASURE_ADMISSION, MEASURE_KNN,
                                                MEASURE_HELD_OUT};

bool label_bar_counts(const LabelScores *s, LabelBar bar) {
    Measure measure = LABEL_BAR_MEASURES[bar];
    if (!s->value[measure])
        return false;
    if (bar == BAR_NEAR)
        return s->counts[JUDGE_KNN];
    if (bar == BAR_HELD_OUT)
        return s->counts[JUDGE_HELD_OUT];
    return s->counts[JUDGE_RUN] || s->plain[measure];
}

float label_bar(const LabelScores *s, const float *late, LabelBar bar, size_t i) {
    const float *values = label_scores_ranking(s, LABEL_BAR_MEASURES[bar]);
    if (!values)
        return NAN;
    float value = values[i];
    switch (bar) {
    case BAR_LOSS:
        return 1.0f - expf(-value);
    case BAR_MARGIN:
        return 1.0f / (1.0f + expf(value));
    case BAR_LATE:
        return late[i];
    case BAR_NEAR:
        return value;
    default:
        return 1.0f - value;
    }
}

static bool allocate(LabelList *l, size_t count) {
    *l = (LabelList){.count = count};
    l->order = malloc(count * sizeof *l->order);
    l->votes = calloc(count, 1);
    l->says = malloc(count);
    l->other = malloc(count);
    l->p = malloc(count * sizeof *l->p);
    l->late = malloc(count * sizeof *l->late);
    return l->late && l->order && l->votes && l->says && l->other && l->p;
}

static void vote(LabelList *l, const LabelScores *s) {
    for (int b = 0; b < LABEL_BARS; b++)
        for (size_t i = 0; label_bar_counts(s, (LabelBar)b) && i < l->count; i++)
            if (label_bar(s, l->late, (LabelBar)b, i) > LABEL_BAR_CUT)
                l->votes[i]++;
    for (size_t i = 0; i < l->count; i++)
        l->at_least[l->votes[i]]++;
    for (int k = LABEL_BARS - 1; k >= 0; k--)
        l->at_least[k] += l->at_least[k + 1];
}

/* Most votes first; the order among as many stays. */
static void put_votes_first(LabelList *l, uint32_t *scratch) {
    size_t next[LABEL_BARS + 1];
    for (int k = 0; k <= LABEL_BARS; k++)
        next[k] = k < LABEL_BARS ? l->at_least[k + 1] : 0;
    for (size_t i = 0; i < l->count; i++)
        scratch[next[l->votes[l->order[i]]]++] = l->order[i];
    memcpy(l->order, scratch, l->count * sizeof *l->order);
}

/* score: of each class, `stride` apart. */
static void say(LabelList *l, size_t i, const float *score, size_t stride, int classes, int label) {
    int best = 0, other = label == 0 ? 1 : 0;
    double sum = 0.0;
    for (int c = 1; c < classes; c++) {
        best = score[(size_t)c * stride] > score[(size_t)best * stride] ? c : best;
        other = c != label && score[(size_t)c * stride] > score[(size_t)other * stride] ? c : other;
    }
    for (int c = 0; c < classes; c++)
        sum += exp((double)score[(size_t)c * stride] - (double)score[(size_t)best * stride]);
    l->says[i] = (uint8_t)best;
    l->other[i] = (uint8_t)other;
    l->p[i] = (float)(1.0 / sum);
}

static void ask_model(LabelList *l, const Dataset *d, const Mlp *mlp, const float *parameters) {
    enum { CHUNK = 256 };
    float scores[MAX_CLASSES * CHUNK];
    for (size_t first = 0; first < d->count; first += CHUNK) {
        size_t n = d->count - first < CHUNK ? d->count - first : CHUNK;
        mlp_scores(mlp, parameters, d->x + first, d->y + first, n, scores, CHUNK);
        for (size_t i = 0; i < n; i++)
            say(l, first + i, scores + i, CHUNK, mlp_classes(mlp), d->label[first + i]);
    }
}

bool label_list_make(LabelList *l, const LabelScores *s, const uint32_t *hard, uint32_t epochs, const Dataset *d,
                     const Mlp *mlp, const float *parameters, Measure by, Status *status) {
    if (!s->value[by])
        by = MEASURE_LOSS;
    if (!allocate(l, s->count)) {
        label_list_free(l);
        return status_no_memory(status, "the suspects");
    }
    uint32_t *scratch = malloc(l->count * sizeof *scratch);
    bool done = (scratch || status_no_memory(status, "the suspects")) && label_scores_order(s, by, l->order, status);
    if (done) {
        for (size_t i = 0; i < l->count; i++)
            l->late[i] = epochs > 0 ? (float)hard[i] / (float)epochs : NAN;
        vote(l, s);
        if (by == MEASURE_AGREEMENT)
            put_votes_first(l, scratch);
        ask_model(l, d, mlp, parameters);
    } else {
        label_list_free(l);
    }
    free(scratch);
    return done;
}

void label_list_free(LabelList *l) {
    free(l->order);
    free(l->votes);
    free(l->says);
    free(l->other);
    free(l->p);
    free(l->late);
    *l = (LabelList){0};
}
