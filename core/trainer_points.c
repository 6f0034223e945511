/* What a run has for each of its points, and other points in the middle of it. */
#include "core/trainer_private.h"

#include <assert.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

bool per_sample_init(PerSample *each, size_t count, bool clean, Status *status) {
    *each = (PerSample){
        .loss = calloc(count, sizeof *each->loss),
        .v = calloc(count, sizeof *each->v),
        .admitted = calloc(count, sizeof *each->admitted),
        .order = calloc(count, sizeof *each->order),
        .samples = calloc(count, sizeof *each->samples),
        .offset = calloc(count, sizeof *each->offset),
        .group = calloc(count, sizeof *each->group),
        .scratch = calloc(count, sizeof(float)),
        .influence = clean ? calloc(count, sizeof *each->influence) : NULL,
    };
    if (each->loss && each->v && each->admitted && each->order && each->samples && each->offset && each->group &&
        each->scratch && (each->influence || !clean))
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
    free(each->influence);
    *each = (PerSample){0};
}

void per_sample_copy(PerSample *to, const PerSample *from, size_t count) {
    memcpy(to->loss, from->loss, count * sizeof *to->loss);
    memcpy(to->v, from->v, count * sizeof *to->v);
    memcpy(to->admitted, from->admitted, count * sizeof *to->admitted);
    memcpy(to->order, from->order, count * sizeof *to->order);
    memcpy(to->samples, from->samples, count * sizeof *to->samples);
    memcpy(to->offset, from->offset, count * sizeof *to->offset);
    memcpy(to->group, from->group, count * sizeof *to->group);
    if (to->influence && from->influence)
        memcpy(to->influence, from->influence, count * sizeof *to->influence);
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

struct TrainerPoints {
    PerSample each; /* of the new points */
    MetaRoom room;  /* of the new clean points */
    float *clean_losses;
    uint32_t *index_of;
    const uint32_t *origin;
};

void trainer_drop_points(TrainerPoints *prepared) {
    if (!prepared)
        return;
    per_sample_free(&prepared->each);
    meta_room_free(&prepared->room);
    free(prepared->clean_losses);
    free(prepared->index_of);
    free(prepared);
}

/* Arrays for the new points. */
static bool make_arrays(TrainerPoints *p, const Trainer *t, size_t samples, const Dataset *clean, Status *status) {
    p->clean_losses = calloc(clean->count + 1, sizeof *p->clean_losses);
    return p->clean_losses && per_sample_init(&p->each, samples, clean->count > 0, status) &&
           meta_room_init(&p->room, t, samples, clean, status);
}

TrainerPoints *trainer_prepare_points(const Trainer *t, const Dataset *data, const Dataset *clean,
                                      const uint32_t *origin, Status *status) {
    assert(data->count > 0 && data->classes == t->data.classes);
    TrainerPoints *prepared = calloc(1, sizeof *prepared);
    uint32_t *index_of = calloc(t->data.count, sizeof *index_of);
    if (prepared)
        *prepared = (TrainerPoints){.index_of = index_of, .origin = origin};
    else
        free(index_of);
    if (!prepared || !index_of || !make_arrays(prepared, t, data->count, clean ? clean : &t->clean, status)) {
        trainer_drop_points(prepared);
        status_no_memory(status, "the changed points");
        return NULL;
    }
    PerSample *each = &prepared->each;
    for (size_t i = 0; i < t->data.count; i++)
        index_of[i] = NEW_SAMPLE;
    for (size_t i = 0; i < data->count; i++) {
        bool known = origin[i] != NEW_SAMPLE;
        each->v[i] = known ? t->each.v[origin[i]] : 0.0f;
        each->admitted[i] = known ? t->each.admitted[origin[i]] : NEVER_ADMITTED;
        if (each->influence)
            each->influence[i] = known && t->each.influence ? t->each.influence[origin[i]] : NAN;
        if (known)
            index_of[origin[i]] = (uint32_t)i;
    }
    return prepared;
}

static void exchange(Dataset *a, Dataset *b) {
    Dataset swapped = *a;
    *a = *b;
    *b = swapped;
}

void trainer_commit_points(Trainer *t, TrainerPoints *prepared, Dataset *data, Dataset *clean) {
    size_t n = data->count, batch = (size_t)t->settings.batch;
    t->batches = (n + batch - 1) / batch;
    if (t->batch > 0) {
        size_t trained = map_order(t, prepared->index_of, prepared->origin, n, prepared->each.order) / batch;
        if (trained == t->batches) /* the rest of the epoch is gone: its last batch ends it */
            trained--;
        t->batch_loss_sum *= (double)trained / (double)t->batch;
        t->batch = trained; /* 0: the epoch begins anew, with an order of its own */
    }
    PerSample before = t->each;
    t->each = prepared->each;
    prepared->each = before; /* goes with the rest of what was prepared */
    MetaRoom room = t->meta.room;
    t->meta.room = prepared->room;
    prepared->room = room;
    if (t->meta.room.ahead && room.ahead)
        memcpy(t->meta.room.ahead, room.ahead, t->mlp.parameters * sizeof *room.ahead);
    float *losses = t->clean_losses;
    t->clean_losses = prepared->clean_losses;
    prepared->clean_losses = losses;
    trainer_drop_points(prepared);
    t->offsets_due = true; /* the ranks are others, in an epoch under way as well */
    exchange(&t->data, data);
    if (clean)
        exchange(&t->clean, clean);
    trainer_make_samples(t);
    t->epoch_easy = trainer_easy(t);
    trainer_evaluate(t);
}

bool trainer_keep_turns(const Trainer *t, TrainerTurns *turns) {
    size_t n = t->data.count;
    const PerSample *each = &t->each;
    *turns = (TrainerTurns){.batch = t->batch,
                            .easy = t->epoch_easy,
                            .batch_loss_sum = t->batch_loss_sum,
                            .offsets_due = t->offsets_due,
                            .order = malloc(n * sizeof *turns->order),
                            .offset = malloc(n * sizeof *turns->offset),
                            .influence = each->influence ? malloc(n * sizeof *turns->influence) : NULL};
    if (!turns->order || !turns->offset || (each->influence && !turns->influence))
        return false;
    memcpy(turns->order, each->order, n * sizeof *turns->order);
    memcpy(turns->offset, each->offset, n * sizeof *turns->offset);
    if (turns->influence)
        memcpy(turns->influence, each->influence, n * sizeof *turns->influence);
    turns->count = n;
    return true;
}

void trainer_put_turns(Trainer *t, const TrainerTurns *turns) {
    size_t n = turns->count;
    if (n != t->data.count || turns->batch > t->batches - !t->diverged)
        return;
    t->batch = turns->batch;
    t->epoch_easy = turns->easy;
    t->batch_loss_sum = turns->batch_loss_sum;
    t->offsets_due = turns->offsets_due;
    memcpy(t->each.order, turns->order, n * sizeof *turns->order);
    memcpy(t->each.offset, turns->offset, n * sizeof *turns->offset);
    if (turns->influence && t->each.influence)
        memcpy(t->each.influence, turns->influence, n * sizeof *turns->influence);
}

void trainer_free_turns(TrainerTurns *turns) {
    free(turns->order);
    free(turns->offset);
    free(turns->influence);
    *turns = (TrainerTurns){0};
}
