/* Runs in a checkpoint, and what is known of them. */
#include "app/experiment/checkpoint_private.h"

#include <string.h>

/* ---- by hand ---- */

static bool mark_fields(Pack *pack, HandMark *m) {
    return pack_double(pack, &m->done) && pack_u32(pack, &m->name, UINT32_MAX) && pack_bool(pack, &m->stays) &&
           pack_text(pack, m->what, sizeof m->what);
}

bool by_hand_since(Pack *pack, ByHand *b) {
    return pack_u32(pack, &b->threshold, UINT32_MAX) && pack_u32(pack, &b->hold, UINT32_MAX) &&
           pack_u32(pack, &b->settings, UINT32_MAX) && pack_u32(pack, &b->parameters, UINT32_MAX) &&
           (b->settings == BY_HAND_NEVER || settings_fields(pack, &b->before, false));
}

static bool by_hand_fields(Pack *pack, ByHand *b) {
    bool good = by_hand_since(pack, b) && pack_int(pack, &b->marks.count, 0, HAND_MARKS);
    for (int i = 0; good && i < b->marks.count; i++)
        good = mark_fields(pack, &b->marks.marks[i]);
    return good;
}

/* ---- notes ---- */

bool note_text_fields(Pack *pack, char **text) {
    return pack_own_text(pack, text) &&
           pack_check(pack, !*text || ((*text)[0] && strlen(*text) <= NOTE_BYTES), "a note is too long");
}

static bool notes_fields(Pack *pack, Notes *n) {
    int count = n->count;
    if (!pack_int(pack, &count, 0, NOTES_MAX))
        return false;
    if (pack_reads(pack) && count > 0) {
        n->notes = pack_room(pack, (size_t)count, sizeof *n->notes);
        if (!n->notes)
            return false;
    }
    for (int i = 0; i < count; i++) {
        n->count = i + 1; /* to be freed, if it fails */
        if (!pack_u32(pack, &n->notes[i].epoch, UINT32_MAX) || !note_text_fields(pack, &n->notes[i].text) ||
            !pack_check(pack, n->notes[i].text != NULL, "a note has no text") ||
            !pack_check(pack, i == 0 || n->notes[i - 1].epoch < n->notes[i].epoch, "notes are out of order"))
            return false;
    }
    return true;
}

/* ---- where points come from ---- */

static bool source_fields(Pack *pack, Source *s) {
    return dataset_fields(pack, &s->points) && pack_own_text(pack, &s->path) && pack_bool(pack, &s->edited) &&
           pack_int(pack, &s->preset, -1, INT32_MAX) && pack_int(pack, &s->reading, INT32_MIN, INT32_MAX);
}

/* ---- beside the first ---- */

bool other_run_fields(Pack *pack, OtherRun *o) {
    bool trained = pack->way != PACK_READ && o->trainer;
    if (!settings_fields(pack, &o->curriculum, true) || !pack_u32(pack, &o->number, UINT32_MAX) ||
        !pack_bool(pack, &o->held) || !pack_bool(pack, &o->behind) || !pack_bool(pack, &trained))
        return false;
    return !trained || (pack_trainer(pack, &o->trainer) && history_fields(pack, &o->history, o->trainer) &&
                        by_hand_fields(pack, &o->by_hand));
}

static bool fits(const OtherRun *o, const Trainer *first) {
    const Trainer *t = o->trainer;
    return t && t->data.count == first->data.count && t->data.classes == first->data.classes &&
           t->clean.count == first->clean.count;
}

/* ---- a run with those beside it ---- */

static bool tag_fields(Pack *pack, RunTag *t) {
    return pack_u32(pack, &t->number, UINT32_MAX) && pack_u32(pack, &t->parent, UINT32_MAX) &&
           pack_check(pack, t->parent < t->number, "a run comes from a later one") &&
           pack_u32(pack, &t->parted, UINT32_MAX) && pack_text(pack, t->title, sizeof t->title) &&
           pack_text(pack, t->name, sizeof t->name) && pack_u32(pack, &t->epoch, UINT32_MAX) &&
           pack_size(pack, &t->batch, SIZE_MAX);
}

bool branch_fields(Pack *pack, Branch *b) {
    bool good = tag_fields(pack, &b->tag) && pack_trainer(pack, &b->trainer) &&
                history_fields(pack, &b->history, b->trainer) && by_hand_fields(pack, &b->by_hand) &&
                notes_fields(pack, &b->notes) && pack_bool(pack, &b->beyond) && source_fields(pack, &b->source) &&
                pack_int(pack, &b->other_count, 0, OTHER_RUNS);
    for (int i = 0; good && i < b->other_count; i++)
        good = other_run_fields(pack, &b->others[i]) &&
               pack_check(pack, fits(&b->others[i], b->trainer), "the runs do not have the same points");
    return good && pack_bool(pack, &b->worth);
}

/* ---- those that were left ---- */

static bool one_branch(Pack *pack, Branches *b, int i, const RunTag *on_show) {
    Status status;
    if (pack->way == PACK_READ) {
        b->items[i] = branch_new(&status);
        if (!b->items[i])
            return pack_no_memory(pack);
        b->count = i + 1;
    }
    Branch *branch = b->items[i];
    if (!branch_fields(pack, branch))
        return false;
    if (pack->way == PACK_READ)
        branch->bytes = branch_bytes(branch->trainer, &branch->history, branch->others, &branch->source);
    uint32_t number = branch->tag.number;
    bool own = number <= b->numbers && number != on_show->number;
    for (int k = 0; k < i; k++)
        own = own && b->items[k]->tag.number != number;
    return pack_check(pack, own, "two runs have the same number");
}

/* More may come before there is a look at how many there are. */
bool branches_fields(Pack *pack, Branches *b, const RunTag *on_show) {
    int count = b->count;
    bool good = pack_u32(pack, &b->numbers, UINT32_MAX) && pack_size(pack, &b->budget, SIZE_MAX) &&
                pack_u32(pack, &b->warned, UINT32_MAX) && pack_u32(pack, &b->oversize, UINT32_MAX) &&
                pack_bool(pack, &b->steps_said) && pack_int(pack, &count, 0, BRANCH_MAX + 2 * UNDO_MAX) &&
                pack_check(pack, on_show->number <= b->numbers, "a run has no number");
    for (int i = 0; good && i < count; i++)
        good = one_branch(pack, b, i, on_show);
    return good;
}
