#include "app/experiment/undo.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void points_known_free(PointsKnown *known) {
    free(known->slot);
    free(known->v);
    free(known->admitted);
    trainer_free_turns(&known->turns);
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
    trainer_free_decisions(&change->decided);
    free(change->kept);
    free(change->note);
    for (int i = 0; i < OTHER_RUNS; i++)
        other_run_close(&change->others[i]);
    free(change);
}

void undo_keep_side(Undo *c, const Trainer *t, const ByHand *by_hand) {
    c->settings = t->settings;
    c->hold = t->hold;
    trainer_keep_decisions(t, &c->decided);
    c->by_hand = *by_hand;
    c->epoch = t->epoch;
    c->batch = t->batch;
}

void undo_take_side(Undo *c, Undo *from) {
    trainer_free_decisions(&c->decided);
    c->settings = from->settings;
    c->hold = from->hold;
    c->decided = from->decided;
    c->by_hand = from->by_hand;
    c->epoch = from->epoch;
    c->batch = from->batch;
    from->decided = (TrainerDecisions){0};
}

bool undo_is_untrained(const Undo *c, const Trainer *t) {
    return c->epoch == t->epoch && c->batch == t->batch;
}

void undo_put_side(const Undo *c, Trainer *t, ByHand *by_hand) {
    if (!undo_is_untrained(c, t))
        return;
    trainer_put_decisions(t, &c->decided);
    HandMarks marks = by_hand->marks;
    *by_hand = c->by_hand;
    by_hand->marks = marks;
}

bool undo_other_thresholds(const TrainerThresholds *then, const Trainer *t) {
    bool same = then->threshold == t->threshold && then->by_class == t->by_class;
    for (int c = 0; same && t->by_class && c < t->data.classes; c++)
        same = then->class_threshold[c] == t->class_threshold[c];
    return !same;
}

bool undo_changes_thresholds(const Settings *before, const Settings *now) {
    return before->pace != now->pace ? before->pace == PACE_META || now->pace == PACE_META
                                     : now->pace == PACE_META && before->meta_classes != now->meta_classes;
}

void undo_put_class_thresholds(const TrainerThresholds *then, Trainer *t) {
    for (int c = 0; then->by_class && t->by_class && t->settings.pace == PACE_META && c < t->data.classes; c++)
        if (t->class_threshold[c] != then->class_threshold[c])
            trainer_set_class_threshold(t, c, then->class_threshold[c]);
}

/* Records that were thinned out have all been in use. */
static size_t history_bytes(const History *h) {
    const size_t figures = 512; /* of a record */
    size_t records = h->stride > 1 ? h->limit : h->count;
    return records * (figures + 3 * h->parameters * sizeof(float) + h->words * sizeof(uint64_t));
}

size_t undo_run_bytes(const Trainer *t, const History *history) {
    const size_t sample = sizeof(Sample) + 6 * sizeof(float) + 1;
    size_t apart = t ? t->test.count + t->clean.count : 0;
    return t ? t->data.count * (POINT_BYTES + sample) + apart * POINT_BYTES + history_bytes(history) : 0;
}

size_t undo_change_bytes(const Undo *c) {
    const size_t itself = 16384;
    size_t known = 0;
    for (int i = 0; i <= OTHER_RUNS; i++)
        known += c->known[i].slot ? 6 * sizeof(float) : 0;
    size_t bytes = itself + c->kept_count + c->points.count * (POINT_BYTES + known) + c->clean.count * POINT_BYTES +
                   c->decided.count * 2 * sizeof(float);
    for (int i = 0; i < OTHER_RUNS; i++)
        bytes += undo_run_bytes(c->others[i].trainer, &c->others[i].history);
    return bytes;
}

size_t undo_bytes(const UndoStack *stack) {
    size_t bytes = 0;
    for (int i = 0; i < stack->count; i++)
        bytes += undo_change_bytes(stack->items[i]);
    return bytes;
}

void undo_drop_oldest(UndoStack *stack, int count) {
    for (int i = 0; i < count; i++)
        undo_free(stack->items[i]);
    stack->count -= count;
    memmove(stack->items, stack->items + count, (size_t)stack->count * sizeof *stack->items);
}

void undo_push(UndoStack *stack, Undo *change) {
    if (stack->count == UNDO_MAX)
        undo_drop_oldest(stack, 1);
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
