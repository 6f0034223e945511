#include "app/experiment/narration_private.h"

#include "core/pace.h"

#include <assert.h>
#include <math.h>
#include <string.h>

enum { CHUNK = 256 }; /* points that are answered at a time, on the stack */

/* Of the hard points, so many where the model is less sure than of half of all points: they lie near the boundary.
 * Else, so many answered wrongly with half that sureness or more: they lie far off, among another class. */
static const double NEAR = 0.7, FAR = 0.5, FAR_SURE = 0.5;
static const double STILL = 0.002; /* share of answers that may have changed */
static const double TURNED = 0.3;  /* part of the changes that go the other way, from which on it turned */

/* ---- what the records know ---- */

static EasyCounts counts_of(const HistoryRecord *r) {
    EasyCounts counts = {.all = r->easy};
    for (int k = 0; k < MAX_CLASSES; k++)
        counts.of_class[k] = r->class_easy[k];
    return counts;
}

/* How many became easy, and hard, from one record to the next. */
static void count_changes(const History *h, const HistoryRecord *from, const HistoryRecord *to, NarrationFacts *f) {
    f->came = f->left = 0;
    if (h->slot) { /* bits of points that are no longer there do not count */
        for (size_t i = 0; i < h->samples; i++) {
            bool was = history_was_easy(h, from, i), is = history_was_easy(h, to, i);
            f->came += is & !was;
            f->left += was & !is;
        }
        return;
    }
    for (size_t i = 0; i < h->words; i++) {
        uint64_t was = from->easy_bits[i], is = to->easy_bits[i];
        f->came += (size_t)__builtin_popcountll(is & ~was);
        f->left += (size_t)__builtin_popcountll(was & ~is);
    }
}

/* Epochs in a row, up to that record's, whose easy points are the same. */
static uint32_t same_for(const History *h, const HistoryRecord *record) {
    const HistoryRecord *first = record;
    while (first > h->records && first[-1].easy == record->easy &&
           memcmp(first[-1].easy_bits, record->easy_bits, h->words * sizeof *record->easy_bits) == 0)
        first--;
    return record->epoch - first->epoch + 1;
}

static int least_easy_class(const Dataset *data, const EasyCounts *easy) {
    int lead = 0;
    double least = 2.0;
    for (int k = 0; k < data->classes; k++) {
        double share = data->class_count[k] > 0 ? (double)easy->of_class[k] / (double)data->class_count[k] : 2.0;
        if (share < least) {
            least = share;
            lead = k;
        }
    }
    return lead;
}

/* ---- what the model answers ---- */

typedef struct Answer {
    uint8_t best;
    float sure; /* by how much its score is above the second best */
} Answer;

static Answer answer_of(const float *scores, size_t stride, int classes) {
    Answer a = {0};
    float best = -INFINITY, second = -INFINITY;
    for (int k = 0; k < classes; k++) {
        float score = scores[(size_t)k * stride];
        if (score > best) {
            second = best;
            best = score;
            a.best = (uint8_t)k;
        } else if (score > second) {
            second = score;
        }
    }
    a.sure = best - second;
    return a;
}

/* The answers at so many of the points. */
static void answer(const Snapshot *s, const float *parameters, const uint32_t *samples, size_t count, Answer *answers) {
    float x[CHUNK], y[CHUNK], scores[MAX_CLASSES * CHUNK];
    int classes = mlp_classes(s->mlp);
    for (size_t first = 0; first < count; first += CHUNK) {
        size_t n = count - first < CHUNK ? count - first : CHUNK;
        for (size_t i = 0; i < n; i++) {
            x[i] = s->data->x[samples[first + i]];
            y[i] = s->data->y[samples[first + i]];
        }
        mlp_scores(s->mlp, parameters, x, y, n, scores, CHUNK);
        for (size_t i = 0; i < n; i++)
            answers[first + i] = answer_of(scores + i, CHUNK, classes);
    }
}

/* Every so-manieth point, at most NARRATION_SAMPLE. Returns how many. */
static size_t sample_all(size_t points, uint32_t *samples) {
    size_t count = points < NARRATION_SAMPLE ? points : NARRATION_SAMPLE;
    for (size_t i = 0; i < count; i++)
        samples[i] = (uint32_t)(i * points / count);
    return count;
}

/* The same of the hard ones. */
static size_t sample_hard(const History *h, const HistoryRecord *r, uint32_t *samples) {
    size_t hard = h->samples - r->easy, step = hard / NARRATION_HARD_SAMPLE + 1, seen = 0, count = 0;
    if (hard == 0 || r->easy > h->samples)
        return 0;
    for (size_t i = 0; i < h->samples && count < NARRATION_HARD_SAMPLE; i++)
        if (!history_was_easy(h, r, i) && seen++ % step == 0)
            samples[count++] = (uint32_t)i;
    return count;
}

/* The sureness that half of the answers stay below: by bits, as it is never negative (quantile.h sorts as well, but
 * floats that lie side by side). */
static float median_sureness(const Answer *answers, size_t count) {
    uint32_t low = 0, high = 0x7f800000; /* infinity */
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;
        float limit;
        memcpy(&limit, &middle, sizeof limit);
        size_t below = 0;
        for (size_t i = 0; i < count; i++)
            below += answers[i].sure <= limit;
        if (2 * below >= count)
            high = middle;
        else
            low = middle + 1;
    }
    float median;
    memcpy(&median, &low, sizeof median);
    return median;
}

/* Hard points by where they lie. */
typedef struct Places {
    size_t count, near, far;
} Places;

static void add_place(Places *p, bool near, bool far) {
    p->count++;
    p->near += near;
    p->far += far;
}

static Place place_of(const Places *p) {
    double count = (double)p->count;
    return p->count == 0                     ? PLACE_UNKNOWN
           : (double)p->near >= NEAR * count ? PLACE_NEAR
           : (double)p->far >= FAR * count   ? PLACE_FAR
                                             : PLACE_EVERYWHERE;
}

static void find_answers(const Snapshot *s, const uint32_t *samples, const Answer *answers, size_t count,
                         NarrationFacts *f) {
    size_t answered[MAX_CLASSES][MAX_CLASSES] = {0}, of_class[MAX_CLASSES] = {0};
    for (size_t i = 0; i < count; i++) {
        uint8_t label = s->data->label[samples[i]];
        answered[label][answers[i].best]++;
        of_class[label]++;
    }
    for (int k = 0; k < s->data->classes; k++) {
        f->right[k] = of_class[k] > 0 ? (double)answered[k][k] / (double)of_class[k] : NAN;
        f->taken_for[k] = -1;
        for (int other = 0; other < s->data->classes; other++)
            if (other != k && answered[k][other] > 0 &&
                (f->taken_for[k] < 0 || answered[k][other] > answered[k][f->taken_for[k]]))
                f->taken_for[k] = other;
    }
}

/* What the boundary did: moved if most answers that have changed went the same way between two classes, turned if a
 * good part went either way. */
static void find_boundary(const Answer *before, const Answer *now, size_t count, int classes, NarrationFacts *f) {
    size_t went[MAX_CLASSES][MAX_CLASSES] = {0}, changed = 0;
    for (size_t i = 0; i < count; i++) {
        went[before[i].best][now[i].best]++;
        changed += before[i].best != now[i].best;
    }
    f->boundary = BOUNDARY_STILL;
    if ((double)changed < STILL * (double)count || changed == 0)
        return;
    int from = -1, to = -1;
    for (int a = 0; a < classes; a++)
        for (int b = 0; b < classes; b++)
            if (a != b && (from < 0 || went[a][b] > went[from][to])) {
                from = a;
                to = b;
            }
    f->boundary =
        (double)went[to][from] >= TURNED * (double)(went[to][from] + went[from][to]) ? BOUNDARY_TURNED : BOUNDARY_MOVED;
    f->towards = from;
}

static void look_at_model(const Snapshot *s, const HistoryRecord *record, const HistoryRecord *before,
                          NarrationFacts *f) {
    uint32_t samples[NARRATION_SAMPLE] = {0};
    Answer answers[NARRATION_SAMPLE], other[NARRATION_SAMPLE];
    size_t count = sample_all(s->data->count, samples);
    answer(s, record->parameters, samples, count, answers);
    find_answers(s, samples, answers, count, f);
    if (before) {
        answer(s, before->parameters, samples, count, other);
        find_boundary(other, answers, count, s->data->classes, f);
    }
    float middle = median_sureness(answers, count);
    count = sample_hard(s->history, record, samples);
    answer(s, record->parameters, samples, count, answers);
    Places all = {0}, lead = {0};
    for (size_t i = 0; i < count; i++) {
        uint8_t label = s->data->label[samples[i]];
        bool near = answers[i].sure < middle;
        bool far = answers[i].best != label && (double)answers[i].sure >= FAR_SURE * (double)middle;
        add_place(&all, near, far);
        if (label == f->lead)
            add_place(&lead, near, far);
    }
    f->hard_place = place_of(&all);
    f->lead_place = place_of(&lead);
}

/* ---- together ---- */

/* The threshold of the epoch after the record's: as it came, or as it will come. */
static double next_threshold(const Snapshot *s, const HistoryRecord *record) {
    const History *h = s->history;
    size_t place = (size_t)(record - h->records);
    if (place + 1 < h->count)
        return record[1].epoch == record->epoch + 1 ? record[1].threshold : NAN;
    if (!s->looking_back && !s->mid_epoch && s->epoch == record->epoch + 1)
        return s->next_threshold;
    bool by_value = s->settings->pace == PACE_MULTIPLICATIVE || s->settings->pace == PACE_ADDITIVE;
    return by_value && !s->hold ? pace_step(s->settings, record->threshold) : NAN;
}

bool narration_facts(const Snapshot *s, uint32_t epoch, NarrationFacts *f) {
    const History *h = s->history;
    *f = (NarrationFacts){.moment = MOMENT_EPOCH, .snapshot = s, .next = NAN, .weighted = NAN};
    for (int k = 0; k < MAX_CLASSES; k++) {
        f->right[k] = NAN;
        f->taken_for[k] = -1;
    }
    const HistoryRecord *record = h && h->samples == s->data->count ? history_find(h, epoch) : NULL;
    if (!record || record->epoch != epoch)
        return false;
    f->epoch = epoch + 1;
    f->easy = counts_of(record);
    f->weighted = record->weight_sum / (double)s->data->count;
    f->threshold = record->threshold;
    f->next = next_threshold(s, record);
    f->accuracy = record->accuracy;
    f->lead = least_easy_class(s->data, &f->easy);
    f->same_for = same_for(h, record);
    const HistoryRecord *before = record > h->records ? record - 1 : NULL;
    if (before) {
        f->before = true;
        f->easy_before = counts_of(before);
        f->threshold_before = before->threshold;
        f->accuracy_before = before->accuracy;
        count_changes(h, before, record, f);
    }
    narration_meta_facts(s, record, before, f);
    if (record->parameters && h->parameters == s->mlp->parameters)
        look_at_model(s, record, before && before->parameters ? before : NULL, f);
    return true;
}
