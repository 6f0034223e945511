#include "history.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

static size_t words(const History *history) {
    return (history->samples + 63) / 64;
}

bool history_init(History *history, size_t samples, size_t parameters, size_t budget_bytes, Status *status) {
    *history = (History){.samples = samples, .parameters = parameters, .stride = 1};
    size_t each = sizeof(HistoryRecord) + 3 * parameters * sizeof(float) + words(history) * sizeof(uint64_t);
    size_t limit = budget_bytes / each;
    history->limit = limit < 4 ? 4 : limit > HISTORY_MAX_RECORDS ? HISTORY_MAX_RECORDS : limit;
    history->records = calloc(history->limit, sizeof *history->records);
    return history->records || status_no_memory(status, "the history");
}

void history_free(History *history) {
    for (size_t i = 0; history->records && i < history->limit; i++) {
        free(history->records[i].parameters);
        free(history->records[i].first);
        free(history->records[i].second);
        free(history->records[i].easy_bits);
    }
    free(history->records);
    memset(history, 0, sizeof *history);
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

/* A record's memory is made when it is first used and kept from then on. */
static bool make_room(HistoryRecord *record, const History *history) {
    float **blocks[] = {&record->parameters, &record->first, &record->second};
    for (size_t i = 0; i < 3; i++) {
        if (!*blocks[i])
            *blocks[i] = calloc(history->parameters, sizeof **blocks[i]);
        if (!*blocks[i])
            return false;
    }
    if (!record->easy_bits)
        record->easy_bits = calloc(words(history), sizeof *record->easy_bits);
    return record->easy_bits != NULL;
}

bool history_add(History *history, const Trainer *trainer, Status *status) {
    assert(trainer->epoch > 0 && trainer->data.count == history->samples);
    uint32_t epoch = trainer->epoch - 1;
    /* the newest record was there only for being the newest: it gives way unless it is due */
    if (history->count > 0 && history->records[history->count - 1].epoch % history->stride != 0)
        history->count--;
    while (history->count == history->limit)
        thin_out(history);

    HistoryRecord *record = &history->records[history->count];
    if (!make_room(record, history))
        return status_no_memory(status, "the history");
    record->epoch = epoch;
    record->threshold = trainer->epoch_threshold;
    record->easy = trainer->epoch_easy;
    record->weight_sum = trainer->epoch_weight_sum;
    record->mean_batch_loss = trainer->epoch_mean_batch_loss;
    record->mean_loss = trainer->mean_loss;
    record->accuracy = trainer->accuracy;
    memcpy(record->parameters, trainer->parameters, history->parameters * sizeof *record->parameters);
    memcpy(record->first, trainer->optimizer.first, history->parameters * sizeof *record->first);
    memcpy(record->second, trainer->optimizer.second, history->parameters * sizeof *record->second);
    record->beta1_power = trainer->optimizer.beta1_power;
    record->beta2_power = trainer->optimizer.beta2_power;
    memset(record->easy_bits, 0, words(history) * sizeof *record->easy_bits);
    memset(record->class_easy, 0, sizeof record->class_easy);
    for (size_t i = 0; i < history->samples; i++) {
        bool easy = trainer->v[i] > 0.0f;
        record->easy_bits[i / 64] |= (uint64_t)easy << (i % 64);
        record->class_easy[trainer->data.label[i]] += easy;
    }
    history->count++;
    return true;
}

const HistoryRecord *history_find(const History *history, uint32_t epoch) {
    size_t low = 0,
           high =
               history
                   ->count; /* the records before `low` are not later than epoch, from `high` on they are */
    while (low < high) {
        size_t middle = (low + high) / 2;
        if (history->records[middle].epoch <= epoch)
            low = middle + 1;
        else
            high = middle;
    }
    return low ? &history->records[low - 1] : NULL;
}

void history_restore(History *history, const HistoryRecord *record, Trainer *t) {
    assert(t->data.count == history->samples && t->mlp.parameters == history->parameters);
    memcpy(t->parameters, record->parameters, history->parameters * sizeof *t->parameters);
    memcpy(t->optimizer.first, record->first, history->parameters * sizeof *t->optimizer.first);
    memcpy(t->optimizer.second, record->second, history->parameters * sizeof *t->optimizer.second);
    t->optimizer.beta1_power = record->beta1_power;
    t->optimizer.beta2_power = record->beta2_power;
    for (size_t i = 0; i < history->samples; i++) {
        t->v[i] = (float)(record->easy_bits[i / 64] >> (i % 64) & 1);
        if (t->admitted[i] != NEVER_ADMITTED && t->admitted[i] > record->epoch)
            t->admitted[i] = NEVER_ADMITTED;
    }
    t->epoch_threshold = record->threshold;
    t->epoch_easy = record->easy;
    t->epoch_weight_sum = record->weight_sum;
    t->epoch_mean_batch_loss = record->mean_batch_loss;
    trainer_rewind(t, record->epoch + 1, record->threshold);
    while (history->count > 0 && history->records[history->count - 1].epoch > record->epoch)
        history->count--;
}
