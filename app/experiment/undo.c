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
    points_known_free(&change->first);
    points_known_free(&change->second);
    source_free(&change->source);
    trainer_free(change->trainer);
    history_free(&change->history);
    free(change);
}

static size_t history_bytes(const History *h) {
    size_t bytes = h->limit * sizeof *h->records;
    for (size_t i = 0; h->records && i < h->limit; i++)
        if (h->records[i].easy_bits)
            bytes += 3 * h->parameters * sizeof(float) + h->words * sizeof(uint64_t);
    return bytes;
}

/* About what it takes; the large parts are right. */
static size_t bytes_of(const Undo *c) {
    const size_t point = 3 * sizeof(float) + 2, sample = 6 * sizeof(float) + 1; /* with truth and row */
    size_t known = 3 * sizeof(float) * (c->second.slot ? 2 : 1);
    size_t bytes = sizeof *c + c->points.count * (point + known) + c->source.points.count * point;
    if (c->trainer)
        bytes += c->trainer->data.count * (point + sample) + history_bytes(&c->history);
    return bytes;
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
