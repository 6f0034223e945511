#include "core/detection.h"

#include "core/quantile.h"

#include <math.h>
#include <stdlib.h>

/* The figures from the order, group of equally suspect ones by group. */
static void count_groups(Detection *d, const float *key, const uint8_t *is_wrong, const uint32_t *order, size_t count) {
    double right = (double)(count - d->wrong), wrong = (double)d->wrong, k = wrong;
    double wrong_before = 0.0, right_before = 0.0, pairs = 0.0, precision = 0.0, at_k = 0.0;
    for (size_t first = 0, end; first < count; first = end) {
        double wrong_here = 0.0;
        for (end = first; end < count && key[order[end]] == key[order[first]]; end++)
            wrong_here += is_wrong[order[end]];
        double here = (double)(end - first), right_here = here - wrong_here;
        pairs += wrong_here * (right - right_before - 0.5 * right_here);
        precision += wrong_here * (wrong_before + wrong_here) / (double)end;
        at_k += wrong_here * fmin(fmax(k - (double)first, 0.0), here) / here;
        wrong_before += wrong_here;
        right_before += right_here;
    }
    d->auroc = pairs / (wrong * right);
    d->average_precision = precision / wrong;
    d->precision_at_k = at_k / k;
}

bool detection_make(Detection *d, const float *key, const uint8_t *is_wrong, size_t count, Status *status) {
    *d = (Detection){.auroc = (double)NAN, .average_precision = (double)NAN, .precision_at_k = (double)NAN};
    for (size_t i = 0; i < count; i++)
        d->wrong += is_wrong[i];
    if (d->wrong == 0 || d->wrong == count)
        return true;
    uint32_t *order = malloc(count * sizeof *order), *scratch = malloc(count * sizeof *scratch);
    bool done = (order && scratch) || status_no_memory(status, "the order of the suspects");
    if (done) {
        quantile_sort(key, count, order, scratch);
        count_groups(d, key, is_wrong, order, count);
    }
    free(order);
    free(scratch);
    return done;
}
