#include "app/experiment/differences.h"

#include "app/base/format.h"
#include "app/base/language.h"

#include <stdio.h>
#include <string.h>

#define SLICE 256 /* points asked at a time, on the stack */

static int best_class(const float *scores, int classes, size_t i) {
    int best = 0;
    for (int k = 1; k < classes; k++)
        if (scores[(size_t)k * SLICE + i] > scores[(size_t)best * SLICE + i])
            best = k;
    return best;
}

/* A slice of the points, and what the runs answer. */
typedef struct Slice {
    size_t index[SLICE], count;
    float x[SLICE], y[SLICE];
    uint8_t answer[1 + OTHER_RUNS][SLICE];
} Slice;

static void ask(Slice *slice, const Snapshot *run, uint8_t answer[SLICE]) {
    float scores[MAX_CLASSES * SLICE];
    mlp_scores(run->mlp, run->parameters, slice->x, slice->y, slice->count, scores, SLICE);
    for (size_t i = 0; i < slice->count; i++)
        answer[i] = (uint8_t)best_class(scores, mlp_classes(run->mlp), i);
}

static void count_slice(Differences *d, const Slice *slice, const uint8_t *right) {
    for (size_t i = 0; i < slice->count; i++) {
        bool differ = false;
        for (int k = 0; k < d->runs; k++) {
            differ = differ || slice->answer[k][i] != slice->answer[0][i];
            d->right[k] += slice->answer[k][i] == right[slice->index[i]];
        }
        d->differ += differ;
    }
    d->points += slice->count;
}

Differences differences_of(const Snapshot *a) {
    bool of_test = a->test && a->test->count > 0;
    const Dataset *data = of_test ? a->test : a->data;
    const uint8_t *right = of_test && data->truth ? data->truth : data->label;
    Differences d = {.runs = snapshot_runs(a), .of_test = of_test, .total = data->count};
    for (int k = 0; k < d.runs; k++)
        if (!snapshot_is_finite(snapshot_run(a, k)))
            return d;
    size_t apart = (data->count + DIFFERENCES_MOST - 1) / DIFFERENCES_MOST;
    Slice slice;
    for (size_t next = 0; next < data->count;) {
        for (slice.count = 0; next < data->count && slice.count < SLICE; next += apart) {
            slice.index[slice.count] = next;
            slice.x[slice.count] = data->x[next];
            slice.y[slice.count++] = data->y[next];
        }
        for (int k = 0; k < d.runs; k++)
            ask(&slice, snapshot_run(a, k), slice.answer[k]);
        count_slice(&d, &slice, right);
    }
    return d;
}

const Differences *differences_keep(DifferencesKept *kept, const Snapshot *a) {
    const float *parameters[1 + OTHER_RUNS] = {NULL};
    for (int k = 0; k < snapshot_runs(a); k++)
        parameters[k] = snapshot_run(a, k)->parameters;
    if (kept->version != a->version || kept->epoch != a->epoch ||
        memcmp(kept->parameters, parameters, sizeof parameters) != 0) {
        *kept = (DifferencesKept){.found = differences_of(a), .version = a->version, .epoch = a->epoch};
        memcpy(kept->parameters, parameters, sizeof parameters);
    }
    return &kept->found;
}

void differences_lead(const Differences *d, int run, LeadLength length, char text[96]) {
    text[0] = '\0';
    if (d->points == 0)
        return;
    bool more = d->right[run] > d->right[0], some = d->points < d->total;
    size_t lead = more ? d->right[run] - d->right[0] : d->right[0] - d->right[run];
    lead = (size_t)((double)lead * (double)d->total / (double)d->points + 0.5); /* of all, where some were asked */
    char count[32];
    format_count(lead, count);
    if (length == LEAD_SIGN)
        snprintf(text, 96, "%s%s", more ? "+" : lead > 0 ? "\u2212" : "\u00b1", count);
    else if (lead == 0)
        snprintf(text, 96, "%s",
                 length == LEAD_SHORT   ? tr("as many")
                 : length == LEAD_WORDS ? tr("as many right")
                                        : tr("as many right as A"));
    else if (length == LEAD_SHORT)
        snprintf(text, 96,
                 more   ? some ? tr("about %s more") : tr("%s more")
                   : some ? tr("about %s fewer")
                        : tr("%s fewer"),
                 count);
    else if (length == LEAD_WORDS)
        snprintf(text, 96,
                 more   ? some ? tr("about %s more right") : tr("%s more right")
                   : some ? tr("about %s fewer right")
                        : tr("%s fewer right"),
                 count);
    else
        snprintf(text, 96,
                 more   ? some ? tr("about %s more right than A") : tr("%s more right than A")
                   : some ? tr("about %s fewer right than A")
                        : tr("%s fewer right than A"),
                 count);
}
