#include "app/experiment/branches.h"

#include <stdlib.h>
#include <string.h>

void source_free(Source *source) {
    dataset_free(&source->points);
    free(source->path);
    *source = (Source){.preset = -1};
}

bool source_copy(Source *copy, const Source *source, Status *status) {
    *copy = (Source){.edited = source->edited, .preset = source->preset, .reading = source->reading};
    if (source->points.count > 0 && !dataset_copy(&copy->points, &source->points, status))
        return false;
    copy->path = source->path ? strdup(source->path) : NULL;
    if (copy->path || !source->path)
        return true;
    source_free(copy);
    return status_no_memory(status, "the points' name");
}

Branch *branch_new(Status *status) {
    Branch *branch = calloc(1, sizeof *branch);
    if (!branch)
        status_no_memory(status, "the run");
    return branch;
}

void branch_free(Branch *branch) {
    if (!branch)
        return;
    trainer_free(branch->trainer);
    history_free(&branch->history);
    notes_free(&branch->notes);
    source_free(&branch->source);
    for (int i = 0; i < OTHER_RUNS; i++)
        other_run_close(&branch->others[i]);
    free(branch);
}

void branches_free(Branches *b) {
    while (b->count > 0)
        branch_free(b->items[--b->count]);
}

/* -1: there is none of that number; numbers are from 1. */
static int index_of(const Branches *b, uint32_t number) {
    int i = number > 0 ? b->count - 1 : -1;
    while (i >= 0 && b->items[i]->tag.number != number)
        i--;
    return i;
}

Branch *branches_find(const Branches *b, uint32_t number) {
    int i = index_of(b, number);
    return i < 0 ? NULL : b->items[i];
}

void branches_add(Branches *b, Branch *branch) {
    b->items[b->count++] = branch;
    b->looked = false;
}

Branch *branches_take(Branches *b, uint32_t number) {
    int i = index_of(b, number);
    if (i < 0)
        return NULL;
    Branch *branch = b->items[i];
    b->count--;
    memmove(&b->items[i], &b->items[i + 1], (size_t)(b->count - i) * sizeof *b->items);
    b->looked = false;
    return branch;
}

int branches_shown(const Branches *b) {
    int shown = 0;
    for (int i = 0; i < b->count; i++)
        shown += b->items[i]->worth;
    return shown;
}

size_t branches_bytes(const Branches *b) {
    size_t bytes = 0;
    for (int i = 0; i < b->count; i++)
        bytes += b->items[i]->bytes;
    return bytes;
}

size_t branch_bytes(const Trainer *trainer, const History *history, const OtherRun others[OTHER_RUNS],
                    const Source *source) {
    const size_t itself = 32768;
    size_t bytes = itself + undo_run_bytes(trainer, history) + source->points.count * POINT_BYTES;
    for (int i = 0; i < OTHER_RUNS; i++)
        bytes += undo_run_bytes(others[i].trainer, &others[i].history);
    return bytes;
}

/* ---- looks ---- */

static uint32_t least(uint32_t a, uint32_t b) {
    return a < b ? a : b;
}

/* For each item, how many of its first epochs it has in common with the run on show. */
typedef struct Kinship {
    const RunTag *on_show;
    uint32_t common[BRANCH_ITEMS];
    bool known[BRANCH_ITEMS];
} Kinship;

/* The runs that the one on show comes from: up to where what comes from them has parted. */
static void know_ancestors(const Branches *b, Kinship *kin) {
    uint32_t common = kin->on_show->parted;
    for (int i = index_of(b, kin->on_show->parent); i >= 0 && !kin->known[i];
         i = index_of(b, b->items[i]->tag.parent)) {
        kin->known[i] = true;
        kin->common[i] = common;
        common = least(common, b->items[i]->tag.parted);
    }
}

/* Up to where it has parted from the first run that both come from. */
static uint32_t in_common(const Branches *b, Kinship *kin, int i) {
    if (kin->known[i])
        return kin->common[i];
    const RunTag *tag = &b->items[i]->tag;
    kin->known[i] = true;
    int parent = tag->parent == kin->on_show->number ? -1 : index_of(b, tag->parent);
    if (tag->parent == kin->on_show->number)
        kin->common[i] = tag->parted;
    else if (parent >= 0)
        kin->common[i] = least(tag->parted, in_common(b, kin, parent));
    return kin->common[i];
}

static BranchLook look_at(const Branch *branch, uint32_t common) {
    const Trainer *t = branch->trainer;
    return (BranchLook){.number = branch->tag.number,
                        .title = branch->tag.title,
                        .name = branch->tag.name,
                        .settings = &t->settings,
                        .history = &branch->history,
                        .epoch = t->epoch,
                        .batch = t->batch,
                        .batches = t->batches,
                        .threshold = t->threshold,
                        .accuracy = t->accuracy,
                        .test_accuracy = t->test_accuracy,
                        .other_count = branch->other_count,
                        .parent = branch->tag.parent,
                        .parted = branch->tag.parted,
                        .common = common,
                        .bytes = branch->bytes};
}

void branches_look(Branches *b, const RunTag *on_show) {
    if (b->looked)
        return;
    b->look_count = 0;
    Kinship kin = {.on_show = on_show};
    know_ancestors(b, &kin);
    for (int i = 0; i < b->count && b->look_count < BRANCH_MAX; i++)
        if (b->items[i]->worth)
            b->looks[b->look_count++] = look_at(b->items[i], in_common(b, &kin, i));
    b->looked = true;
}
