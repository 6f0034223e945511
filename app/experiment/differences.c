#include "app/experiment/differences.h"

#include "app/base/format.h"

#include <math.h>
#include <stdio.h>

#define SLICE 256 /* points asked at a time, on the stack */

static int best_class(const float *scores, int classes, size_t i) {
    int best = 0;
    for (int k = 1; k < classes; k++)
        if (scores[(size_t)k * SLICE + i] > scores[(size_t)best * SLICE + i])
            best = k;
    return best;
}

Differences differences_of(const Snapshot *a) {
    const Snapshot *b = a->second;
    bool of_test = a->test && a->test->count > 0;
    const Dataset *data = of_test ? a->test : a->data;
    const uint8_t *right = of_test && data->truth ? data->truth : data->label;
    Differences d = {.of_test = of_test, .total = data->count};
    if (!snapshot_is_finite(a) || !snapshot_is_finite(b))
        return d;
    size_t apart = (data->count + DIFFERENCES_MOST - 1) / DIFFERENCES_MOST;
    float x[SLICE], y[SLICE], first[MAX_CLASSES * SLICE], second[MAX_CLASSES * SLICE];
    size_t index[SLICE];
    for (size_t next = 0; next < data->count;) {
        size_t count = 0;
        for (; next < data->count && count < SLICE; next += apart) {
            index[count] = next;
            x[count] = data->x[next];
            y[count++] = data->y[next];
        }
        mlp_scores(a->mlp, a->parameters, x, y, count, first, SLICE);
        mlp_scores(b->mlp, b->parameters, x, y, count, second, SLICE);
        for (size_t i = 0; i < count; i++) {
            int of_first = best_class(first, mlp_classes(a->mlp), i);
            int of_second = best_class(second, mlp_classes(b->mlp), i);
            d.differ += of_first != of_second;
            d.only_first += of_first != of_second && of_first == right[index[i]];
            d.only_second += of_first != of_second && of_second == right[index[i]];
        }
        d.points += count;
    }
    return d;
}

const Differences *differences_keep(DifferencesKept *kept, const Snapshot *a) {
    if (kept->version != a->version || kept->epoch != a->epoch || kept->first != a->parameters ||
        kept->second != a->second->parameters)
        *kept = (DifferencesKept){differences_of(a), a->parameters, a->second->parameters, a->version, a->epoch};
    return &kept->found;
}

static const char *whose(const Differences *d) {
    return d->of_test ? "test points" : "points";
}

void differences_say(const Differences *d, char text[96]) {
    char share[32], count[32];
    if (d->points == 0) {
        snprintf(text, 96, "A and B: a model has diverged");
        return;
    }
    format_count(d->total, count);
    if (d->differ == 0) {
        snprintf(text, 96, "A and B agree on all %.15s %s", count, whose(d));
        return;
    }
    format_percent((double)d->differ / (double)d->points, share);
    snprintf(text, 96, "A and B differ on %.15s of %.15s %s", share, count, whose(d));
}
