#include "app/experiment/undo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void source_free(Source *source) {
    dataset_free(&source->points);
    free(source->path);
    *source = (Source){.preset = -1};
}

void points_known_free(PointsKnown *known) {
    free(known->slot);
    free(known->v);
    free(known->admitted);
    *known = (PointsKnown){0};
}

Undo *undo_new(UndoKind kind, uint32_t gesture, const char *what) {
    Undo *change = calloc(1, sizeof *change);
    if (!change)
        return NULL;
    change->kind = kind;
    change->gesture = gesture;
    snprintf(change->what, sizeof change->what, "%s", what);
    return change;
}

void undo_free(Undo *change) {
    if (!change)
        return;
    dataset_free(&change->points);
    dataset_free(&change->clean);
    for (int k = 0; k < 1 + OTHER_RUNS; k++)
        points_known_free(&change->known[k]);
    free(change->kept);
    source_free(&change->source);
    trainer_free(change->trainer);
    history_free(&change->history);
    notes_free(&change->notes);
    free(change->note);
    for (int i = 0; i < OTHER_RUNS; i++)
        other_run_close(&change->others[i]);
    free(change);
}

void undo_keep_threshold(Undo *change, const Trainer *t) {
    change->threshold = t->threshold;
    change->by_class = t->by_class;
    memcpy(change->class_threshold, t->class_threshold, sizeof change->class_threshold);
}

void undo_copy_threshold(Undo *change, const Undo *from) {
    change->threshold = from->threshold;
    change->by_class = from->by_class;
    memcpy(change->class_threshold, from->class_threshold, sizeof change->class_threshold);
}

void undo_put_class_thresholds(const Undo *change, Trainer *t) {
    for (int c = 0; change->by_class && t->by_class && t->settings.pace == PACE_META && c < t->data.classes; c++)
        if (t->class_threshold[c] != change->class_threshold[c])
            trainer_set_class_threshold(t, c, change->class_threshold[c]);
}

static size_t history_bytes(const History *h) {
    size_t bytes = h->limit * sizeof *h->records;
    for (size_t i = 0; h->records && i < h->limit; i++)
        if (h->records[i].easy_bits)
            bytes += 3 * h->parameters * sizeof(float) + h->words * sizeof(uint64_t);
    return bytes;
}

static const size_t POINT_BYTES = 3 * sizeof(float) + 2; /* with truth and row */

static size_t one_run_bytes(const Trainer *t, const History *history) {
    const size_t sample = sizeof(Sample) + 6 * sizeof(float) + 1;
    size_t apart = t ? t->test.count + t->clean.count : 0;
    return t ? t->data.count * (POINT_BYTES + sample) + apart * POINT_BYTES + history_bytes(history) : 0;
}

size_t undo_bytes_of_run(const Trainer *trainer, const History *history, const OtherRun others[OTHER_RUNS]) {
    size_t bytes = one_run_bytes(trainer, history);
    for (int i = 0; i < OTHER_RUNS; i++)
        bytes += one_run_bytes(others[i].trainer, &others[i].history);
    return bytes;
}

/* About what it takes; the large parts are right. */
static size_t bytes_of(const Undo *c) {
    size_t known = 3 * sizeof(float);
    for (int i = 1; i <= OTHER_RUNS; i++)
        known += c->known[i].slot ? 3 * sizeof(float) : 0;
    size_t bytes = sizeof *c + c->kept_count + c->points.count * (POINT_BYTES + known) +
                   (c->clean.count + c->source.points.count) * POINT_BYTES;
    return bytes + undo_bytes_of_run(c->trainer, &c->history, c->others);
}

void undo_push(UndoStack *stack, Undo *change) {
    size_t bytes = bytes_of(change);
    int first = stack->count; /* the oldest one that stays */
    while (first > 0 && stack->count - first < UNDO_MAX - 1 && bytes + bytes_of(stack->items[first - 1]) <= UNDO_BYTES)
        bytes += bytes_of(stack->items[--first]);
    for (int i = 0; i < first; i++)
        undo_free(stack->items[i]);
    stack->count -= first;
    memmove(stack->items, stack->items + first, (size_t)stack->count * sizeof *stack->items);
    if (bytes_of(change) > UNDO_BYTES) { /* what came before it cannot be reached without it */
        undo_clear(stack);
        undo_free(change);
        return;
    }
    stack->items[stack->count++] = change;
}

Undo *undo_pop(UndoStack *stack) {
    return stack->count > 0 ? stack->items[--stack->count] : NULL;
}

const Undo *undo_top(const UndoStack *stack) {
    return stack->count > 0 ? stack->items[stack->count - 1] : NULL;
}

void undo_clear(UndoStack *stack) {
    while (stack->count > 0)
        undo_free(stack->items[--stack->count]);
}
