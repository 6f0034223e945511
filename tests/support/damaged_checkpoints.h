/* Checkpoints that were changed: with a sum that is right, and in use once they are read. Include after cmocka.h. */
#ifndef EASYFIRST_DAMAGED_CHECKPOINTS_H
#define EASYFIRST_DAMAGED_CHECKPOINTS_H

#include "app/experiment/checkpoint.h"
#include "tests/support/commands.h"
#include "tests/support/sessions.h"

/* What a person might do with it: nothing breaks. */
static inline void use_checkpoint(Experiment *e) {
    push_now(e, (Command){.kind = COMMAND_BATCH});
    experiment_snapshot(e);
    for (int i = 0; i < 12; i++)
        push_now(e, (Command){.kind = i < 6 ? COMMAND_UNDO : COMMAND_REDO});
    push_now(e, (Command){.kind = COMMAND_BATCH});
    random_edit(e);
}

static inline void put_sum(unsigned char *bytes, size_t size) {
    uint64_t sum, whole = size;
    for (size_t i = 0; i < 8; i++)
        bytes[20 + i] = (unsigned char)(whole >> 8 * i);
    sum = pack_sum(bytes, size - 8);
    for (size_t i = 0; i < 8; i++)
        bytes[size - 8 + i] = (unsigned char)(sum >> 8 * i);
}

static inline bool is_young(const Trainer *first, const OtherRun *others) {
    bool young = first->epoch < 1000;
    for (int i = 0; i < OTHER_RUNS; i++)
        young = young && (!others[i].trainer || others[i].trainer->epoch < 1000);
    return young;
}

/* Whether no run has to train for hours until it has caught up with another. */
static inline bool are_young(const Experiment *e) {
    bool young = is_young(e->trainer, e->others);
    for (int i = 0; i < e->branches.count; i++)
        young = young && is_young(e->branches.items[i]->trainer, e->branches.items[i]->others);
    for (int i = 0; i < e->undo.count; i++)
        young = young && is_young(e->trainer, e->undo.items[i]->others);
    for (int i = 0; i < e->redo.count; i++)
        young = young && is_young(e->trainer, e->redo.items[i]->others);
    return young;
}

#endif
