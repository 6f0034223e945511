/* A history in a checkpoint. */
#include "core/history_private.h"
#include "core/state_pack.h"

#include <stdlib.h>

static bool record_figures(Pack *pack, HistoryRecord *r, size_t samples) {
    bool good = pack_u32(pack, &r->epoch, UINT32_MAX - 1) && pack_double(pack, &r->threshold) &&
                pack_size(pack, &r->easy, samples) && pack_any_double(pack, &r->weight_sum) &&
                pack_any_double(pack, &r->mean_batch_loss) && pack_any_double(pack, &r->mean_loss) &&
                pack_any_double(pack, &r->accuracy) && pack_any_double(pack, &r->test_accuracy) &&
                pack_any_double(pack, &r->test_loss) && pack_any_double(pack, &r->label_precision) &&
                pack_any_double(pack, &r->label_recall) && pack_any_double(pack, &r->clean_loss) &&
                pack_bool(pack, &r->by_class);
    for (int c = 0; good && c < MAX_CLASSES; c++)
        good = pack_double(pack, &r->class_threshold[c]) && pack_u32(pack, &r->class_easy[c], (uint32_t)samples);
    return good && pack_any_double(pack, &r->beta1_power) && pack_any_double(pack, &r->beta2_power);
}

static bool record_meta(Pack *pack, HistoryRecord *r) {
    bool has = pack->way != PACK_READ && r->meta;
    if (!pack_bool(pack, &has) || !has)
        return !pack->failed;
    if (pack->way == PACK_READ && !(r->meta = calloc(1, sizeof *r->meta)))
        return pack_no_memory(pack);
    return meta_adam_fields(pack, r->meta);
}

static bool record_fields(Pack *pack, const History *h, HistoryRecord *r) {
    if (pack->way == PACK_READ && !history_make_room(r, h))
        return pack_no_memory(pack);
    return record_figures(pack, r, h->samples) && pack_floats(pack, r->parameters, h->parameters) &&
           pack_array(pack, r->first, h->parameters, sizeof *r->first) &&
           pack_array(pack, r->second, h->parameters, sizeof *r->second) && record_meta(pack, r) &&
           pack_array(pack, r->easy_bits, (h->slots + 63) / 64, sizeof *r->easy_bits);
}

static bool slot_fields(Pack *pack, History *h) {
    bool has = pack->way != PACK_READ && h->slot;
    if (!pack_bool(pack, &has) || !has)
        return !pack->failed;
    if (pack_reads(pack))
        h->slot = pack_room(pack, h->samples, sizeof *h->slot);
    return pack_array(pack, h->slot, h->samples, sizeof *h->slot) &&
           pack_check_distinct(pack, h->slot, h->samples, h->slots,
                               "a point has the place of another in the history, or none");
}

static bool size_fields(Pack *pack, History *h) {
    if (!pack_size(pack, &h->limit, HISTORY_MAX_RECORDS) || !pack_size(pack, &h->count, h->limit) ||
        !pack_u32(pack, &h->stride, UINT32_MAX) || !pack_size(pack, &h->slots, HISTORY_MAX_SLOTS) ||
        !pack_size(pack, &h->words, HISTORY_MAX_SLOTS))
        return false;
    size_t least = (h->slots + 63) / 64; /* words that the slots need; there is room for as many again (history.c) */
    bool few = h->limit >= 4 && h->limit <= history_limit(h->words, h->parameters, HISTORY_DEFAULT_BYTES);
    return pack_check(pack,
                      few && h->stride > 0 && h->slots >= h->samples && h->words >= least && h->words <= 2 * least,
                      "the sizes of a history make no sense") &&
           pack_check(pack, pack->way != PACK_READ || h->count == 0 || least <= pack->size / sizeof(uint64_t),
                      "a history has more points than there are bytes");
}

bool history_fields(Pack *pack, History *h, const Trainer *t) {
    if (pack->failed)
        return false;
    if (pack->way == PACK_READ)
        *h = (History){.samples = t->data.count, .parameters = t->mlp.parameters};
    if (!size_fields(pack, h))
        return false;
    if (pack->way == PACK_READ) {
        size_t room = h->count > 0 ? h->count : 1;
        if (!(h->records = calloc(room, sizeof *h->records)))
            return pack_no_memory(pack);
        h->room = room;
    }
    bool good = slot_fields(pack, h);
    for (size_t i = 0; good && i < h->count; i++)
        good = record_fields(pack, h, &h->records[i]) &&
               pack_check(pack, i == 0 || h->records[i - 1].epoch < h->records[i].epoch, "epochs descend") &&
               pack_check(pack, h->records[i].epoch < t->epoch, "an epoch is recorded that has not been");
    return good;
}
