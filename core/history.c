#include "core/history_private.h"

#include <assert.h>
#include <float.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

size_t history_limit(size_t words, size_t parameters, size_t budget_bytes) {
    size_t each = sizeof(HistoryRecord) + 3 * parameters * sizeof(float) + words * sizeof(uint64_t);
    size_t limit = budget_bytes / each;
    return limit < 4 ? 4 : limit > HISTORY_MAX_RECORDS ? HISTORY_MAX_RECORDS : limit;
}

bool history_init(History *history, size_t samples, size_t parameters, size_t budget_bytes, Status *status) {
    *history = (History){
        .samples = samples, .parameters = parameters, .stride = 1, .slots = samples, .words = (samples + 63) / 64};
    history->limit = history_limit(history->words, parameters, budget_bytes);
    return history_make_longer(history) || status_no_memory(status, "the history");
}

bool history_make_longer(History *history) {
    const size_t few = 16;
    if (history->count < history->room)
        return true;
    size_t room = history->room > 0 ? 2 * history->room : few;
    room = room < history->limit ? room : history->limit;
    HistoryRecord *records = realloc(history->records, room * sizeof *records);
    if (!records)
        return false;
    memset(records + history->room, 0, (room - history->room) * sizeof *records);
    history->records = records;
    history->room = room;
    return true;
}

static void free_record(HistoryRecord *record) {
    free(record->parameters);
    free(record->first);
    free(record->second);
    free(record->easy_bits);
    free(record->meta);
}

void history_free(History *history) {
    for (size_t i = 0; i < history->room; i++)
        free_record(&history->records[i]);
    free(history->records);
    free(history->slot);
    memset(history, 0, sizeof *history);
}

bool history_make_room(HistoryRecord *record, const History *history) {
    float **blocks[] = {&record->parameters, &record->first, &record->second};
    for (size_t i = 0; i < 3; i++) {
        if (!*blocks[i])
            *blocks[i] = calloc(history->parameters, sizeof **blocks[i]);
        if (!*blocks[i])
            return false;
    }
    if (!record->easy_bits)
        record->easy_bits = calloc(history->words, sizeof *record->easy_bits);
    return record->easy_bits != NULL;
}

/* The record has *adam, or nothing of it if that is NULL. */
static bool keep_meta(HistoryRecord *record, const MetaAdam *adam) {
    if (!adam) {
        free(record->meta);
        record->meta = NULL;
        return true;
    }
    if (!record->meta)
        record->meta = malloc(sizeof *record->meta);
    if (record->meta)
        *record->meta = *adam;
    return record->meta != NULL;
}

bool history_copy(History *copy, const History *history, uint32_t epoch, Status *status) {
    *copy = *history;
    copy->count = 0;
    copy->room = history->count > 0 ? history->count : 1;
    copy->records = calloc(copy->room, sizeof *copy->records);
    copy->room = copy->records ? copy->room : 0;
    copy->slot = history->slot ? malloc(history->samples * sizeof *copy->slot) : NULL;
    bool done = copy->records && (copy->slot || !history->slot);
    if (done && copy->slot)
        memcpy(copy->slot, history->slot, history->samples * sizeof *copy->slot);
    for (size_t i = 0; done && i < history->count && history->records[i].epoch <= epoch; i++) {
        const HistoryRecord *from = &history->records[i];
        HistoryRecord *to = &copy->records[i], own = {0};
        done = history_make_room(&own, history);
        memcpy(to, from, sizeof *to);
        to->parameters = own.parameters;
        to->first = own.first;
        to->second = own.second;
        to->easy_bits = own.easy_bits;
        to->meta = NULL;
        done = done && keep_meta(to, from->meta);
        if (!done)
            break;
        memcpy(to->parameters, from->parameters, history->parameters * sizeof *to->parameters);
        memcpy(to->first, from->first, history->parameters * sizeof *to->first);
        memcpy(to->second, from->second, history->parameters * sizeof *to->second);
        memcpy(to->easy_bits, from->easy_bits, history->words * sizeof *to->easy_bits);
        copy->count++;
    }
    if (done)
        return true;
    history_free(copy);
    return status_no_memory(status, "the history");
}

void history_clear(History *history) {
    history->count = 0; /* the records' memory is used again */
    history->stride = 1;
}

static void swap_records(History *history, size_t a, size_t b) {
    HistoryRecord swapped = history->records[a];
    history->records[a] = history->records[b];
    history->records[b] = swapped;
}

/* Keeps the records whose epoch is a multiple of the doubled stride. */
static void thin_out(History *history) {
    history->stride *= 2;
    size_t kept = 0;
    for (size_t i = 0; i < history->count; i++)
        if (history->records[i].epoch % history->stride == 0)
            swap_records(history, kept++, i);
    history->count = kept;
}

bool history_add(History *history, const Trainer *trainer, Status *status) {
    assert(trainer->epoch > 0 && trainer->data.count == history->samples);
    uint32_t epoch = trainer->epoch - 1;
    /* the newest record was there only for being the newest: it gives way unless it is due */
    if (history->count > 0 && history->records[history->count - 1].epoch % history->stride != 0)
        history->count--;
    while (history->count == history->limit)
        thin_out(history);
    if (!history_make_longer(history))
        return status_no_memory(status, "the history");

    HistoryRecord *record = &history->records[history->count];
    if (!history_make_room(record, history) ||
        !keep_meta(record, trainer->settings.pace == PACE_META ? &trainer->meta.adam : NULL))
        return status_no_memory(status, "the history");
    record->epoch = epoch;
    record->threshold = trainer->epoch_threshold;
    record->easy = trainer->epoch_easy;
    record->weight_sum = trainer->epoch_weight_sum;
    record->mean_batch_loss = trainer->epoch_mean_batch_loss;
    record->mean_loss = trainer->mean_loss;
    record->accuracy = trainer->accuracy;
    record->test_accuracy = trainer->test_accuracy;
    record->test_loss = trainer->test_loss;
    record->label_precision = trainer->label_precision;
    record->label_recall = trainer->label_recall;
    record->clean_loss = trainer->clean_loss;
    record->by_class = trainer->by_class;
    memcpy(record->class_threshold, trainer->class_threshold, sizeof record->class_threshold);
    memcpy(record->parameters, trainer->parameters, history->parameters * sizeof *record->parameters);
    memcpy(record->first, trainer->optimizer.first, history->parameters * sizeof *record->first);
    memcpy(record->second, trainer->optimizer.second, history->parameters * sizeof *record->second);
    record->beta1_power = trainer->optimizer.beta1_power;
    record->beta2_power = trainer->optimizer.beta2_power;
    memset(record->easy_bits, 0, history->words * sizeof *record->easy_bits);
    memset(record->class_easy, 0, sizeof record->class_easy);
    for (size_t i = 0; i < history->samples; i++) {
        bool easy = trainer->each.v[i] > 0.0f;
        size_t slot = history_slot(history, i);
        record->easy_bits[slot / 64] |= (uint64_t)easy << (slot % 64);
        record->class_easy[trainer->data.label[i]] += easy;
    }
    history->count++;
    return true;
}

/* Longer bits for every record that has some; until the history's `words` are as many, they do no harm. */
static bool lengthen_bits(History *history, size_t words, Status *status) {
    for (size_t i = 0; i < history->room; i++) {
        HistoryRecord *record = &history->records[i];
        if (!record->easy_bits)
            continue;
        uint64_t *bits = realloc(record->easy_bits, words * sizeof *bits);
        if (!bits)
            return status_no_memory(status, "the history");
        memset(bits + history->words, 0, (words - history->words) * sizeof *bits);
        record->easy_bits = bits;
    }
    return true;
}

/* Records of so many words. More memory for each means fewer of them; those no longer used give theirs back. */
static void use_words(History *history, size_t words) {
    history->words = words;
    size_t limit = history_limit(words, history->parameters, HISTORY_DEFAULT_BYTES);
    while (history->count > limit)
        thin_out(history);
    for (size_t i = limit; i < history->room; i++) {
        free_record(&history->records[i]);
        history->records[i] = (HistoryRecord){0};
    }
    history->limit = limit < history->limit ? limit : history->limit;
    history->room = history->room < history->limit ? history->room : history->limit;
}

enum { NO_CLASS = 255 };

/* A record's numbers of easy samples, where a slot's class has changed from before[slot] to now[slot]. */
static void count_anew(HistoryRecord *record, const uint32_t *changed, size_t count, const uint8_t *before,
                       const uint8_t *now) {
    for (size_t i = 0; i < count; i++) {
        size_t slot = changed[i];
        if (!(record->easy_bits[slot / 64] >> (slot % 64) & 1))
            continue;
        if (before[slot] != NO_CLASS) {
            record->easy--;
            record->class_easy[before[slot]]--;
        }
        if (now[slot] != NO_CLASS) {
            record->easy++;
            record->class_easy[now[slot]]++;
        }
    }
}

struct HistoryPoints {
    uint8_t *class_before, *class_now; /* of each slot, or NO_CLASS */
    uint32_t *changed;                 /* the slots in which they differ */
    size_t changes, samples, slots, words;
};

void history_drop_points(HistoryPoints *prepared) {
    if (!prepared)
        return;
    free(prepared->class_before);
    free(prepared->class_now);
    free(prepared->changed);
    free(prepared);
}

HistoryPoints *history_prepare_points(History *history, const uint32_t *slot, size_t count, const uint8_t *before,
                                      const uint8_t *label, Status *status) {
    HistoryPoints *p = calloc(1, sizeof *p);
    size_t slots = history->slots;
    for (size_t i = 0; i < count; i++)
        slots = slot[i] >= slots ? slot[i] + (size_t)1 : slots;
    if (p) {
        /* twice the room where there is too little, so that a brush seldom needs more */
        size_t words = slots > history->words * 64 ? 2 * ((slots + 63) / 64) : history->words;
        *p = (HistoryPoints){.samples = count, .slots = slots, .words = words};
        p->class_before = malloc(slots);
        p->class_now = malloc(slots);
        p->changed = malloc(slots * sizeof *p->changed);
    }
    if (!p || !p->class_before || !p->class_now || !p->changed ||
        (p->words > history->words && !lengthen_bits(history, p->words, status))) {
        history_drop_points(p);
        status_no_memory(status, "the history");
        return NULL;
    }
    memset(p->class_before, NO_CLASS, slots);
    memset(p->class_now, NO_CLASS, slots);
    for (size_t i = 0; i < history->samples; i++)
        p->class_before[history_slot(history, i)] = before[i];
    for (size_t i = 0; i < count; i++)
        p->class_now[slot[i]] = label[i];
    for (size_t i = 0; i < slots; i++)
        if (p->class_before[i] != p->class_now[i])
            p->changed[p->changes++] = (uint32_t)i;
    return p;
}

void history_commit_points(History *history, HistoryPoints *p, uint32_t *slot) {
    if (p->words > history->words)
        use_words(history, p->words);
    for (size_t i = 0; i < history->count; i++)
        count_anew(&history->records[i], p->changed, p->changes, p->class_before, p->class_now);
    free(history->slot);
    history->slot = slot;
    history->slots = p->slots;
    history->samples = p->samples;
    history_drop_points(p);
}

const HistoryRecord *history_find(const History *history, uint32_t epoch) {
    size_t low = 0, high = history->count; /* records before `low` are not later than epoch, from `high` on they are */
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (history->records[middle].epoch <= epoch)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &history->records[low - 1] : NULL;
}

void history_weights(const History *history, const HistoryRecord *record, const Settings *settings,
                     const uint8_t *label, const float *loss, float *v) {
    /* all were 0 or 1, or it was not the losses that decided how much */
    bool whole = record->weight_sum == (double)record->easy || !settings_use_threshold(settings);
    if (!whole) {
        WeightRule rules[MAX_CLASSES] = {weight_rule(settings, record->threshold, false)};
        for (int c = 0; record->by_class && c < MAX_CLASSES; c++)
            rules[c] = weight_rule(settings, record->class_threshold[c], false);
        weights_with_offsets(rules, record->by_class ? label : NULL, NULL, loss, v, history->samples);
    }
    for (size_t i = 0; i < history->samples; i++) {
        bool easy = history_was_easy(history, record, i);
        v[i] = whole || !easy ? (float)easy : fmaxf(v[i], FLT_MIN);
    }
}

static TrainerThresholds thresholds_of(const HistoryRecord *record) {
    TrainerThresholds then = {
        .threshold = record->threshold, .by_class = record->by_class, .by_meta = record->meta != NULL};
    memcpy(then.class_threshold, record->class_threshold, sizeof then.class_threshold);
    if (record->meta)
        then.adam = *record->meta;
    else
        meta_adam_reset(&then.adam);
    return then;
}

void history_restore(History *history, const HistoryRecord *record, Trainer *t) {
    assert(t->data.count == history->samples && t->mlp.parameters == history->parameters);
    memcpy(t->parameters, record->parameters, history->parameters * sizeof *t->parameters);
    memcpy(t->optimizer.first, record->first, history->parameters * sizeof *t->optimizer.first);
    memcpy(t->optimizer.second, record->second, history->parameters * sizeof *t->optimizer.second);
    t->optimizer.beta1_power = record->beta1_power;
    t->optimizer.beta2_power = record->beta2_power;
    const Dataset *data = &t->data;
    mlp_losses(&t->mlp, t->parameters, data->x, data->y, data->label, data->count, t->each.loss);
    history_weights(history, record, &t->settings, data->label, t->each.loss, t->each.v);
    for (size_t i = 0; i < history->samples; i++) {
        if (t->each.admitted[i] != NEVER_ADMITTED && t->each.admitted[i] > record->epoch)
            t->each.admitted[i] = NEVER_ADMITTED;
    }
    t->epoch_threshold = record->threshold;
    t->epoch_easy = record->easy;
    t->epoch_weight_sum = record->weight_sum;
    t->epoch_mean_batch_loss = record->mean_batch_loss;
    t->label_precision = record->label_precision;
    t->label_recall = record->label_recall;
    TrainerThresholds then = thresholds_of(record);
    trainer_rewind(t, record->epoch + 1, &then);
    while (history->count > 0 && history->records[history->count - 1].epoch > record->epoch)
        history->count--;
}
