/* What a hand has changed in mid-run, and when: marks for the timeline. They belong to the run's ByHand, so that a run
 * that comes back by undo brings its marks along. */
#include "app/experiment/experiment_private.h"

#include <stdio.h>
#include <string.h>

static uint32_t add_mark(Experiment *e, bool stays, const char *before, const char *what) {
    const Trainer *t = e->trainer;
    HandMarks *m = &e->by_hand.marks;
    if (t->epoch == 0 && t->batch == 0)
        return 0;
    if (m->count == HAND_MARKS)
        memmove(m->marks, m->marks + 1, (size_t)--m->count * sizeof *m->marks);
    HandMark *mark = &m->marks[m->count++];
    *mark = (HandMark){.done = experiment_epochs(e), .name = ++e->hand_marks, .stays = stays};
    snprintf(mark->what, sizeof mark->what, "%.12s%.48s", before, what);
    return mark->name;
}

static bool stays_in_force(UndoKind kind) {
    return kind == UNDO_SETTINGS || kind == UNDO_POINTS;
}

uint32_t experiment_mark_by_hand(Experiment *e, UndoKind kind, const char *what) {
    return add_mark(e, stays_in_force(kind), "", what);
}

static HandMark *find_mark(HandMarks *m, uint32_t name) {
    for (int i = 0; name != 0 && i < m->count; i++)
        if (m->marks[i].name == name)
            return &m->marks[i];
    return NULL;
}

void experiment_unmark(Experiment *e, uint32_t name) {
    HandMarks *m = &e->by_hand.marks;
    HandMark *mark = find_mark(m, name);
    if (mark)
        memmove(mark, mark + 1, (size_t)(m->marks + m->count-- - mark - 1) * sizeof *mark);
}

void experiment_mark_undo(Experiment *e, Undo *change, bool redone) {
    if (change->kind == UNDO_RUN)
        return; /* the run has brought its own */
    if (change->kind == UNDO_OTHER || change->kind == UNDO_COMPARE || change->kind == UNDO_SWAP ||
        change->kind == UNDO_KEPT || change->kind == UNDO_NOTE)
        return; /* nothing was done to this run */
    const HandMark *mark = find_mark(&e->by_hand.marks, change->mark);
    if (mark && mark->done == experiment_epochs(e)) {
        experiment_unmark(e, change->mark);
        change->mark = 0;
    } else {
        change->mark = add_mark(e, stays_in_force(change->kind), redone ? "" : "undone: ", change->what);
    }
}

void experiment_marks_until(Experiment *e, uint32_t epoch) {
    HandMarks *m = &e->by_hand.marks;
    int kept = 0;
    for (int i = 0; i < m->count; i++) {
        HandMark mark = m->marks[i];
        bool later = mark.done >= (double)epoch + 1.0;
        if (later && !mark.stays)
            continue;
        if (later)
            mark.done = (double)epoch + 1.0;
        m->marks[kept++] = mark;
    }
    m->count = kept;
}
