#include "app/experiment/suspects.h"

#include <math.h>
#include <stdbool.h>

typedef struct Samples {
    const float *loss;
    const uint32_t *admitted;
    uint32_t epochs;
} Samples;

static uint32_t admission(const Samples *s, uint32_t sample) {
    return s->admitted[sample] < s->epochs ? s->admitted[sample] : UINT32_MAX;
}

/* Whether sample a is more of a suspect than b: admitted later, then larger loss (one that is not a number
 * counts as the largest), then the earlier row. A total order, so the table does not depend on how it is
 * sorted. */
static bool more_suspect(const Samples *s, uint32_t a, uint32_t b) {
    if (admission(s, a) != admission(s, b))
        return admission(s, a) > admission(s, b); /* never is the largest */
    float loss_a = isnan(s->loss[a]) ? INFINITY : s->loss[a];
    float loss_b = isnan(s->loss[b]) ? INFINITY : s->loss[b];
    if (loss_a != loss_b)
        return loss_a > loss_b;
    return a < b;
}

/* heap[0] is the least suspect: moves what stands at `at` down to its place. */
static void sift_down(const Samples *s, uint32_t *heap, size_t count, size_t at) {
    uint32_t moving = heap[at];
    for (;;) {
        size_t child = 2 * at + 1;
        if (child >= count)
            break;
        if (child + 1 < count && more_suspect(s, heap[child], heap[child + 1]))
            child++;
        if (!more_suspect(s, moving, heap[child]))
            break;
        heap[at] = heap[child];
        at = child;
    }
    heap[at] = moving;
}

/* The `count` most suspect samples, in order: a heap of that size, its least suspect on top, is all that is
 * kept. */
void suspects_rank(const float *loss, const uint32_t *admitted, uint32_t epochs, size_t n, uint32_t *heap,
                   size_t count) {
    Samples samples = {loss, admitted, epochs}, *s = &samples;
    if (count == 0)
        return;
    for (size_t i = 0; i < count; i++)
        heap[i] = (uint32_t)i;
    for (size_t i = count / 2; i-- > 0;)
        sift_down(s, heap, count, i);
    for (size_t i = count; i < n; i++) {
        if (more_suspect(s, (uint32_t)i, heap[0])) {
            heap[0] = (uint32_t)i;
            sift_down(s, heap, count, 0);
        }
    }
    for (size_t left = count; left > 1; left--) { /* the least suspect goes to the end */
        uint32_t least = heap[0];
        heap[0] = heap[left - 1];
        heap[left - 1] = least;
        sift_down(s, heap, left - 1, 0);
    }
}
