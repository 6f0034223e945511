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

/* What was written at the beginning of a room of so many bytes, with its head and sum, in no more than it takes. */
static bool finish(Pack *pack, bool done, Bytes *bytes) {
    unsigned char *made = pack->bytes;
    pack_end(pack);
    if (!done) {
        free(made);
        return false;
    }
    *bytes = (Bytes){(char *)made, pack->at + SUM_BYTES};
    seal(made, bytes->size, pack->status);
    char *shorter = realloc(made, bytes->size);
    bytes->bytes = shorter ? shorter : bytes->bytes;
    return true;
}

static bool begin(Pack *pack, size_t room, Bytes *bytes, Status *status) {
    unsigned char *made = large_pages_alloc(room);
    *bytes = (Bytes){0};
    *pack = pack_write(made, room, status);
    return made || status_no_memory(status, "the checkpoint");
}

bool checkpoint_write(const Experiment *e, Bytes *bytes, Status *status) {
    Pack pack;
    return begin(&pack, checkpoint_bytes(e), bytes, status) && finish(&pack, whole_fields(&pack, e), bytes);
}

bool checkpoint_copy_begin(CheckpointCopy *copy, const Experiment *e, Status *status) {
    size_t room = checkpoint_bytes(e);
    unsigned char *bytes = malloc(room); /* a large page would be cleared whole for the first byte in it */
    *copy = (CheckpointCopy){pack_copy(bytes, bytes ? room : 0, status)};
    if (!bytes)
        return status_no_memory(status, "the checkpoint");
    if (whole_fields(&copy->pack, e))
        return true;
    checkpoint_copy_free(copy);
    return false;
}

bool checkpoint_copy_go_on(CheckpointCopy *copy, size_t bytes) {
    return pack_copy_arrays(&copy->pack, bytes);
}

bool checkpoint_copy_pack(CheckpointCopy *copy, Bytes *bytes, Status *status) {
    Pack pack, *from = &copy->pack;
    bool done = begin(&pack, from->at + SUM_BYTES, bytes, status) &&
                finish(&pack, pack_put_copy(&pack, from->bytes, from->at), bytes);
    checkpoint_copy_free(copy);
    return done;
}

void checkpoint_copy_free(CheckpointCopy *copy) {
    free(copy->pack.bytes);
    *copy = (CheckpointCopy){0};
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
