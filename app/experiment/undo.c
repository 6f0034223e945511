#include "app/experiment/undo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void source_free(Source *source) {
    dataset_free(&source->points);
    free(source->path);
    *source = (Source){.preset = -1};
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
    free(change->slot);
    free(change->v);
    free(change->admitted);
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
    size_t bytes = sizeof *c + c->points.count * (point + 3 * sizeof(float)) + c->source.points.count * point;
    if (c->trainer)
        bytes += c->trainer->data.count * (point + sample) + history_bytes(&c->history);
    return bytes;
}

void undo_push(UndoStack *changes, Undo *change) {
    size_t bytes = bytes_of(change);
    int first = changes->count; /* the oldest one that stays */
    while (first > 0 && changes->count - first < UNDO_MAX - 1 &&
           bytes + bytes_of(changes->items[first - 1]) <= UNDO_BYTES)
        bytes += bytes_of(changes->items[--first]);
    for (int i = 0; i < first; i++)
        undo_free(changes->items[i]);
    changes->count -= first;
    memmove(changes->items, changes->items + first, (size_t)changes->count * sizeof *changes->items);
    if (bytes_of(change) > UNDO_BYTES) { /* what came before it can't be reached without it */
        undo_clear(changes);
        undo_free(change);
        return;
    }
    changes->items[changes->count++] = change;
}

Undo *undo_pop(UndoStack *changes) {
    return changes->count > 0 ? changes->items[--changes->count] : NULL;
}

const Undo *undo_top(const UndoStack *changes) {
    return changes->count > 0 ? changes->items[changes->count - 1] : NULL;
}

void undo_clear(UndoStack *changes) {
    while (changes->count > 0)
        undo_free(changes->items[--changes->count]);
}
