/* What can be undone and redone, in a checkpoint. */
#include "app/experiment/checkpoint_private.h"

/* ---- points ---- */

static bool known_fields(Pack *pack, PointsKnown *k, size_t count) {
    bool has = pack->way != PACK_READ && k->slot;
    size_t slots = 0;
    if (!pack_bool(pack, &has) || !has)
        return !pack->failed;
    if (pack_reads(pack))
        k->slot = pack_room(pack, count, sizeof *k->slot);
    if (pack_reads(pack))
        k->admitted = pack_room(pack, count, sizeof *k->admitted);
    if (pack_reads(pack))
        k->v = pack_room(pack, count, sizeof *k->v);
    if (!pack_u32(pack, &k->number, UINT32_MAX) || !pack_array(pack, k->slot, count, sizeof *k->slot) ||
        !pack_small(pack, k->admitted, count) || !pack_weights(pack, k->v, count) || !turns_fields(pack, &k->turns) ||
        !pack_u32(pack, &k->epoch, UINT32_MAX) || !pack_size(pack, &k->batch, SIZE_MAX) ||
        !pack_bool(pack, &k->trained))
        return false;
    for (size_t i = 0; pack->way == PACK_READ && i < count; i++)
        slots = k->slot[i] < slots ? slots : (size_t)k->slot[i] + 1;
    return pack_check(pack, slots <= HISTORY_MAX_SLOTS, "a point has no place in the history") &&
           pack_check_distinct(pack, k->slot, count, slots, "two points have one place in the history");
}

static bool points_fields(Pack *pack, Undo *c) {
    bool good = dataset_fields(pack, &c->points) &&
                pack_check(pack, c->points.count > 0, "a change of points has none") &&
                pack_bool(pack, &c->with_clean) && (!c->with_clean || dataset_fields(pack, &c->clean)) &&
                settings_fields(pack, &c->settings, false) && pack_bool(pack, &c->edited);
    for (int k = 0; good && k < 1 + OTHER_RUNS; k++)
        good = known_fields(pack, &c->known[k], c->points.count);
    return good && pack_check(pack, c->known[0].slot != NULL, "a change of points knows nothing of them");
}

static bool kept_fields(Pack *pack, Undo *c) {
    if (!pack_size(pack, &c->kept_count, MAX_SAMPLES))
        return false;
    if (pack_reads(pack))
        c->kept = pack_room(pack, c->kept_count, 1);
    return pack_array(pack, c->kept, c->kept_count, 1);
}

/* ---- a run's side ---- */

static bool side_fields(Pack *pack, Undo *c) {
    return pack_bool(pack, &c->hold) && settings_fields(pack, &c->settings, false) &&
           pack_check(pack, settings_go_together(&c->settings), "settings make no sense together") &&
           decisions_fields(pack, &c->decided) && by_hand_since(pack, &c->by_hand) &&
           pack_u32(pack, &c->epoch, UINT32_MAX) && pack_size(pack, &c->batch, SIZE_MAX);
}

static bool parameter_fields(Pack *pack, Undo *c) {
    return pack_size(pack, &c->parameter, SIZE_MAX) && pack_float(pack, &c->value) && side_fields(pack, c);
}

/* ---- runs ---- */

static bool others_fields(Pack *pack, Undo *c) {
    bool good = pack_int(pack, &c->other_count, 0, OTHER_RUNS);
    for (int i = 0; good && i < c->other_count; i++)
        good = other_run_fields(pack, &c->others[i]);
    return good;
}

/* ---- a change ---- */

static bool what_fields(Pack *pack, Undo *c) {
    switch (c->kind) {
    case UNDO_THRESHOLD:
    case UNDO_SETTINGS:
    case UNDO_HOLD:
    case UNDO_OTHER:
        return side_fields(pack, c);
    case UNDO_PARAMETER:
        return parameter_fields(pack, c);
    case UNDO_POINTS:
        return points_fields(pack, c);
    case UNDO_KEPT:
        return kept_fields(pack, c);
    case UNDO_RUN:
        return pack_u32(pack, &c->branch, UINT32_MAX);
    case UNDO_COMPARE:
        return others_fields(pack, c);
    case UNDO_SWAP:
        return true;
    case UNDO_NOTE:
        return pack_u32(pack, &c->epoch, UINT32_MAX) && note_text_fields(pack, &c->note);
    }
    return false;
}

static bool undo_fields(Pack *pack, Undo *c) {
    int kind = (int)c->kind;
    if (!pack_int(pack, &kind, 0, UNDO_NOTE))
        return false;
    c->kind = (UndoKind)kind;
    return pack_u32(pack, &c->gesture, UINT32_MAX) && pack_int(pack, &c->run, 0, OTHER_RUNS) &&
           pack_u32(pack, &c->mark, UINT32_MAX) && pack_text(pack, c->what, sizeof c->what) &&
           pack_bool(pack, &c->dated) && pack_double(pack, &c->made) && what_fields(pack, c);
}

bool undo_stack_fields(Pack *pack, UndoStack *stack) {
    int count = stack->count;
    if (!pack_int(pack, &count, 0, UNDO_MAX))
        return false;
    for (int i = 0; i < count; i++) {
        if (pack->way == PACK_READ) {
            stack->items[i] = undo_new(UNDO_SWAP, 0, "");
            if (!stack->items[i])
                return pack_no_memory(pack);
            stack->count++;
        }
        if (!undo_fields(pack, stack->items[i]))
            return false;
    }
    return true;
}

/* ---- where they lead ---- */

/* A run as it is when some steps have been made. */
typedef struct Place {
    uint32_t number;
    size_t count; /* of its points */
    int classes;
} Place;

typedef struct Walk {
    Place places[BRANCH_MAX + 2 * UNDO_MAX + 3]; /* the first is on show */
    int count;
} Walk;

static bool go_to(Walk *w, uint32_t number) {
    for (int i = 1; i < w->count; i++)
        if (w->places[i].number == number) {
            Place shown = w->places[0];
            w->places[0] = w->places[i];
            w->places[i] = shown;
            return true;
        }
    return false;
}

static bool change_points(Place *run, const Undo *c) {
    bool good = c->points.classes == run->classes && (c->clean.count == 0 || c->clean.classes == run->classes);
    run->count = c->points.count;
    return good;
}

static bool step_leads(Walk *w, const Undo *c) {
    Place *run = &w->places[0];
    bool good = true;
    switch (c->kind) {
    case UNDO_RUN:
        return go_to(w, c->branch);
    case UNDO_POINTS:
        return change_points(run, c);
    case UNDO_KEPT:
        return c->kept_count == run->count;
    case UNDO_COMPARE:
        for (int i = 0; i < c->other_count; i++)
            good = good && (!c->others[i].trainer || c->others[i].trainer->data.classes == run->classes);
        return good;
    default:
        return true;
    }
}

static Place place_of(const Branch *b) {
    return (Place){b->tag.number, b->trainer->data.count, b->trainer->data.classes};
}

bool steps_lead(const UndoStack *stack, const Branches *branches, const Branch *on_show) {
    Walk walk = {.count = 1 + branches->count};
    walk.places[0] = place_of(on_show);
    for (int i = 0; i < branches->count; i++)
        walk.places[1 + i] = place_of(branches->items[i]);
    bool good = true;
    for (int i = stack->count - 1; good && i >= 0; i--)
        good = step_leads(&walk, stack->items[i]);
    return good;
}
