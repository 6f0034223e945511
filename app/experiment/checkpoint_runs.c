/* Runs in a checkpoint, and what is known of them. */
#include "app/experiment/checkpoint_private.h"

/* ---- by hand ---- */

static bool mark_fields(Pack *pack, HandMark *m) {
    return pack_double(pack, &m->done) && pack_u32(pack, &m->name, UINT32_MAX) && pack_bool(pack, &m->stays) &&
           pack_text(pack, m->what, sizeof m->what);
}

bool by_hand_fields(Pack *pack, ByHand *b) {
    bool good = pack_u32(pack, &b->threshold, UINT32_MAX) && pack_u32(pack, &b->hold, UINT32_MAX) &&
                pack_u32(pack, &b->settings, UINT32_MAX) && pack_u32(pack, &b->parameters, UINT32_MAX) &&
                (b->settings == BY_HAND_NEVER || settings_fields(pack, &b->before, false)) &&
                pack_int(pack, &b->marks.count, 0, HAND_MARKS);
    for (int i = 0; good && i < b->marks.count; i++)
        good = mark_fields(pack, &b->marks.marks[i]);
    return good;
}

/* ---- where points come from ---- */

bool source_fields(Pack *pack, Source *s) {
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

bool other_run_fits(const OtherRun *o, const Trainer *first) {
    const Trainer *t = o->trainer;
    return t && t->data.count == first->data.count && t->data.classes == first->data.classes &&
           t->clean.count == first->clean.count;
}
