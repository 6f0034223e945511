#include "app/experiment/checkpoint.h"

#include "app/experiment/checkpoint_private.h"
#include "app/experiment/experiment_private.h"
#include "core/large_pages.h"

#include <stdlib.h>
#include <string.h>

/* ---- the whole ---- */

static bool wanted_fields(Pack *pack, Experiment *e) {
    return pack_bool(pack, &e->asks_for_clean) && (!e->asks_for_clean || settings_fields(pack, &e->wanted, false));
}

static bool run_fields(Pack *pack, Experiment *e, Branch *run) {
    bool good = branch_fields(pack, run);
    if (pack->way == PACK_READ)
        experiment_put_run(e, run); /* also what is not whole, to be freed */
    return good;
}

static bool experiment_fields(Pack *pack, Experiment *e) {
    Branch run = experiment_run(e);
    return run_fields(pack, e, &run) && branches_fields(pack, &e->branches, &e->tag) &&
           undo_stack_fields(pack, &e->undo) && undo_stack_fields(pack, &e->redo) &&
           pack_check(pack, steps_lead(&e->undo, &e->branches, &run) && steps_lead(&e->redo, &e->branches, &run),
                      "undo leads to what is not there") &&
           pack_u32(pack, &e->numbers, UINT32_MAX) && pack_u32(pack, &e->hand_marks, UINT32_MAX) &&
           pack_double(pack, &e->speed) && pack_check(pack, e->speed > 0.0, "the speed is not above 0") &&
           wanted_fields(pack, e);
}

/* ---- what stands around it ---- */

static const char MAGIC[] = "easyfirst state\n";
enum { MAGIC_BYTES = sizeof MAGIC - 1, SUM_BYTES = 8 };

static bool head_fields(Pack *pack, char magic[MAGIC_BYTES], uint32_t *version, uint64_t *size) {
    return pack_array(pack, magic, MAGIC_BYTES, 1) && pack_u32(pack, version, UINT32_MAX) &&
           pack_u64(pack, size, UINT64_MAX);
}

/* Counting and writing change nothing of it. */
static bool whole_fields(Pack *pack, const Experiment *e) {
    char magic[MAGIC_BYTES];
    uint32_t version = PACK_VERSION;
    uint64_t size = 0; /* filled in when it is known */
    memcpy(magic, MAGIC, sizeof magic);
    return head_fields(pack, magic, &version, &size) && experiment_fields(pack, (Experiment *)e);
}

size_t checkpoint_bytes(const Experiment *e) {
    Status status;
    Pack pack = pack_count(&status);
    whole_fields(&pack, e);
    return pack.at + SUM_BYTES;
}

/* The head again, now that the size is known, and the sum. */
static void seal(unsigned char *bytes, size_t size, Status *status) {
    Pack head = pack_write(bytes, size, status), tail = head;
    char magic[MAGIC_BYTES];
    uint32_t version = PACK_VERSION;
    uint64_t whole = size;
    memcpy(magic, MAGIC, sizeof magic);
    head_fields(&head, magic, &version, &whole);
    tail.at = size - SUM_BYTES;
    uint64_t sum = pack_sum(bytes, tail.at);
    pack_u64(&tail, &sum, UINT64_MAX);
}

bool checkpoint_write(const Experiment *e, Bytes *bytes, Status *status) {
    size_t room = checkpoint_bytes(e);
    *bytes = (Bytes){0};
    unsigned char *made = large_pages_alloc(room);
    if (!made)
        return status_no_memory(status, "the checkpoint");
    Pack pack = pack_write(made, room, status);
    bool done = whole_fields(&pack, e);
    pack_end(&pack);
    if (!done) {
        free(made);
        return false;
    }
    *bytes = (Bytes){(char *)made, pack.at + SUM_BYTES};
    seal(made, bytes->size, status);
    char *shorter = realloc(made, bytes->size);
    bytes->bytes = shorter ? shorter : bytes->bytes;
    return true;
}

/* ---- reading ---- */

static bool check_whole(Pack *pack, Status *status) {
    char magic[MAGIC_BYTES] = "";
    uint32_t version = 0;
    uint64_t size = 0, sum = 0;
    if (pack->size < MAGIC_BYTES || memcmp(pack->bytes, MAGIC, MAGIC_BYTES) != 0)
        return status_fail(status, STATUS_FAILED, "this is no checkpoint of easyfirst");
    if (!head_fields(pack, magic, &version, &size))
        return false;
    if (version != PACK_VERSION)
        return status_fail(status, STATUS_FAILED,
                           "a checkpoint of version %u, and this easyfirst reads version %d: the log is there for that",
                           version, PACK_VERSION);
    if (size != pack->size || size < pack->at + SUM_BYTES)
        return pack_damaged(pack, "it has another length than it should");
    Pack tail = *pack;
    tail.at = pack->size - SUM_BYTES;
    pack_u64(&tail, &sum, UINT64_MAX);
    pack->size -= SUM_BYTES;
    return sum == pack_sum(pack->bytes, pack->size) || pack_damaged(pack, "its sum is another");
}

bool checkpoint_read(Experiment *e, const char *bytes, size_t size, Status *status) {
    *e = (Experiment){.look = -1,
                      .source.preset = -1,
                      .watch_by = MEASURE_AGREEMENT,
                      .batch_seconds = -1.0,
                      .version = 1,
                      .data_version = 1,
                      .run_version = 1};
    Pack pack = pack_read((const unsigned char *)bytes, size, status);
    if (check_whole(&pack, status) && experiment_fields(&pack, e) &&
        pack_check(&pack, pack.at == pack.size, "something follows its end"))
        return true;
    experiment_free(e);
    return false;
}
