#include "app/views/view_key_private.h"

#include "core/parallel.h"

#include <string.h>

typedef struct Slice {
    size_t points[MAX_CLASSES], easy[MAX_CLASSES];
} Slice;

enum { SLICES = 4 };

typedef struct Counting {
    const Snapshot *snapshot;
    Slice slices[SLICES];
} Counting;

static void count_slice(void *context, size_t index) {
    Counting *counting = context;
    const Snapshot *s = counting->snapshot;
    Slice sum = {0};
    for (size_t i = s->data->count * index / SLICES; i < s->data->count * (index + 1) / SLICES; i++) {
        sum.points[s->data->label[i]]++;
        sum.easy[s->data->label[i]] += s->v[i] > 0;
    }
    counting->slices[index] = sum;
}

void key_count_easy(KeyState *state, const Snapshot *s) {
    if (state->counted_v == s->v && state->counted_version == s->version && state->counted_data == s->data_version &&
        state->counted_epoch == s->epoch && state->points[s->data->label[0]] > 0)
        return;
    Counting counting = {.snapshot = s};
    if (s->data->count > 100000)
        parallel_for(SLICES, count_slice, &counting);
    else
        for (size_t i = 0; i < SLICES; i++)
            count_slice(&counting, i);
    memset(state->points, 0, sizeof state->points);
    memset(state->easy, 0, sizeof state->easy);
    for (int i = 0; i < SLICES; i++)
        for (int k = 0; k < MAX_CLASSES; k++) {
            state->points[k] += counting.slices[i].points[k];
            state->easy[k] += counting.slices[i].easy[k];
        }
    state->counted_v = s->v;
    state->counted_version = s->version;
    state->counted_data = s->data_version;
    state->counted_epoch = s->epoch;
}
