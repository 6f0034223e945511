/* What a run has for each of its points, and other points in the middle of it. */
#include "core/trainer_private.h"

#include <assert.h>
#include <stdlib.h>

bool per_sample_init(PerSample *each, size_t count, Status *status) {
    *each = (PerSample){
        .loss = calloc(count, sizeof *each->loss),
        .v = calloc(count, sizeof *each->v),
        .admitted = calloc(count, sizeof *each->admitted),
        .order = calloc(count, sizeof *each->order),
        .samples = calloc(count, sizeof *each->samples),
        .offset = calloc(count, sizeof *each->offset),
        .group = calloc(count, sizeof *each->group),
        .scratch = calloc(count, sizeof(float)),
    };
    if (each->loss && each->v && each->admitted && each->order && each->samples && each->offset && each->group &&
        each->scratch)
        return true;
    per_sample_free(each);
    return status_no_memory(status, "the run");
}

void per_sample_free(PerSample *each) {
    free(each->loss);
    free(each->v);
    free(each->admitted);
    free(each->order);
    free(each->samples);
    free(each->offset);
    free(each->group);
    free(each->scratch);
    *each = (PerSample){0};
}

void trainer_make_samples(Trainer *t) {
    mlp_samples(&t->mlp, t->data.x, t->data.y, t->data.label, t->data.count, t->each.samples);
}

/* The epoch's order over the new points: those that have had their turn, then the others, both in their old order,
 * then the new ones. Returns how many have had their turn. index_of: of each old sample among the new ones, or
 * NEW_SAMPLE. */
static size_t map_order(const Trainer *t, const uint32_t *index_of, const uint32_t *origin, size_t count,
                        uint32_t *order) {
    size_t turn = t->batch * (size_t)t->settings.batch, filled = 0, done = 0;
    for (size_t i = 0; i < t->data.count; i++) {
        if (i == turn)
            done = filled;
        uint32_t now = index_of[t->each.order[i]];
        if (now != NEW_SAMPLE)
            order[filled++] = now;
    }
    for (size_t i = 0; i < count; i++)
        if (origin[i] == NEW_SAMPLE)
            order[filled++] = (uint32_t)i;
    return done;
}

bool trainer_replace_points(Trainer *t, Dataset *data, const uint32_t *origin, Status *status) {
    assert(data->count > 0 && data->classes == t->data.classes);
    size_t n = data->count, batch = (size_t)t->settings.batch;
    PerSample now;
    uint32_t *index_of = calloc(t->data.count, sizeof *index_of);
    if (!per_sample_init(&now, n, status) || !index_of) {
        per_sample_free(&now);
        free(index_of);
        return status_no_memory(status, "the changed points");
    }
    for (size_t i = 0; i < t->data.count; i++)
        index_of[i] = NEW_SAMPLE;
    for (size_t i = 0; i < n; i++) {
        bool known = origin[i] != NEW_SAMPLE;
        now.v[i] = known ? t->each.v[origin[i]] : 0.0f;
        now.admitted[i] = known ? t->each.admitted[origin[i]] : NEVER_ADMITTED;
        if (known)
            index_of[origin[i]] = (uint32_t)i;
    }
    t->batches = (n + batch - 1) / batch;
    if (t->batch > 0) {
        size_t trained = map_order(t, index_of, origin, n, now.order) / batch;
        if (trained == t->batches) /* the rest of the epoch is gone: its last batch ends it */
            trained--;
        t->batch_loss_sum *= (double)trained / (double)t->batch;
        t->batch = trained; /* 0: the epoch begins anew, with an order of its own */
    }
    free(index_of);
    per_sample_free(&t->each);
    t->each = now;
    t->offsets_due = true; /* the ranks are others, in an epoch under way as well */
    Dataset before = t->data;
    t->data = *data;
    *data = before;
    trainer_make_samples(t);
    t->epoch_easy = trainer_easy(t);
    trainer_evaluate(t);
    return true;
}
