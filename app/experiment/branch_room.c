/* What branches and the steps of undo may take: what falls out, and the word before it does. */
#include "app/base/language.h"
#include "app/experiment/experiment_private.h"
#include "app/experiment/run_words.h"

#include "app/base/format.h"

#include <stdio.h>

static size_t step_bytes(const Experiment *e) {
    return undo_bytes(&e->undo) + undo_bytes(&e->redo);
}

/* That steps may take although there are branches. */
static size_t steps_share(const Experiment *e) {
    return e->branches.budget / 4;
}

static int megabytes(size_t bytes) {
    return (int)((bytes + ((size_t)1 << 20) - 1) >> 20);
}

/* ---- what goes ---- */

/* Place of the topmost step that leads to the branch, or -1. */
static int step_to(const UndoStack *stack, uint32_t branch) {
    int i = stack->count - 1;
    while (i >= 0 && !(stack->items[i]->kind == UNDO_RUN && stack->items[i]->branch == branch))
        i--;
    return i;
}

/* With the steps that lead to it, and those that can be reached only by them. */
static void drop_branch(Experiment *e, Branch *branch) {
    const RunTag tag = branch->tag;
    branch_free(branches_take(&e->branches, tag.number));
    undo_drop_oldest(&e->undo, step_to(&e->undo, tag.number) + 1);
    undo_drop_oldest(&e->redo, step_to(&e->redo, tag.number) + 1);
    for (int i = -1; i < e->branches.count; i++) {
        RunTag *child = i < 0 ? &e->tag : &e->branches.items[i]->tag;
        if (child->parent == tag.number) {
            child->parent = tag.parent;
            child->parted = child->parted < tag.parted ? child->parted : tag.parted;
        }
    }
}

/* Those that were there for undo alone, to which no step leads now. */
static void sweep(Experiment *e) {
    for (int i = e->branches.count - 1; i >= 0; i--) {
        Branch *b = e->branches.items[i];
        uint32_t number = b->tag.number;
        if (!b->worth && step_to(&e->undo, number) < 0 && step_to(&e->redo, number) < 0)
            drop_branch(e, b);
    }
}

static Branch *oldest_shown(const Branches *b) {
    for (int i = 0; i < b->count; i++)
        if (b->items[i]->worth)
            return b->items[i];
    return NULL;
}

static Branch *too_large(const Branches *b) {
    for (int i = 0; i < b->count; i++)
        if (b->items[i]->bytes > b->budget)
            return b->items[i];
    return NULL;
}

static bool drop_large_step(Experiment *e, UndoStack *stack) {
    for (int i = stack->count - 1; i >= 0; i--)
        if (undo_change_bytes(stack->items[i]) > e->branches.budget) {
            undo_drop_oldest(stack, i + 1); /* what came before it cannot be reached without it */
            return true;
        }
    return false;
}

/* The newest step of undo is the last. */
static void drop_step(Experiment *e) {
    UndoStack *from = e->undo.count > 1 || e->redo.count == 0 ? &e->undo : &e->redo;
    undo_drop_oldest(from, 1);
}

/* The branch that has to go now, or NULL: a step, or nothing. */
static Branch *branch_to_go(const Experiment *e, size_t steps) {
    const Branches *b = &e->branches;
    bool many = e->undo.count + e->redo.count > 1 && steps > steps_share(e);
    if (too_large(b))
        return too_large(b);
    if (branches_shown(b) > BRANCH_MAX)
        return oldest_shown(b);
    return steps + branches_bytes(b) > b->budget && !many && b->count > 0 ? b->items[0] : NULL;
}

/* Returns how many branches that a person could see have gone; the last one's name. */
static int make_room(Experiment *e, char name[128]) {
    int gone = 0;
    sweep(e);
    while (drop_large_step(e, &e->undo) || drop_large_step(e, &e->redo))
        sweep(e);
    for (size_t steps = step_bytes(e);; steps = step_bytes(e)) {
        Branch *branch = branch_to_go(e, steps);
        if (!branch && steps + branches_bytes(&e->branches) <= e->branches.budget)
            return gone;
        if (branch && branch->worth) {
            gone++;
            snprintf(name, 128, "%s", branch->tag.name);
        }
        if (branch)
            drop_branch(e, branch);
        else
            drop_step(e);
        sweep(e);
    }
}

/* ---- what is said ---- */

/* Whether this can be said, or has to wait for what is said now. */
static bool may_say(const Experiment *e) {
    return e->notice[0] == '\0';
}

static void warn_of_size(Experiment *e, size_t run) {
    Branches *b = &e->branches;
    if (b->oversize == e->tag.number || !may_say(e))
        return;
    b->oversize = e->tag.number;
    snprintf(
        e->notice, sizeof e->notice,
        tr("This run is too large to be kept as a branch (%d MB of %d): when another one begins it is lost, unless "
           "the session is saved."),
        megabytes(run), megabytes(b->budget));
}

/* The last of the branches that would go if the run on show was left now, or NULL; *count of them. */
static const Branch *next_to_go(const Experiment *e, size_t run, int *count) {
    const Branches *b = &e->branches;
    size_t steps = step_bytes(e), share = steps_share(e), rest = branches_bytes(b);
    size_t need = run + (steps < share ? steps : share);
    int shown = branches_shown(b);
    const Branch *last = NULL;
    *count = 0;
    for (int i = 0; i < b->count && (rest + need > b->budget || shown >= BRANCH_MAX); i++) {
        rest -= b->items[i]->bytes;
        if (!b->items[i]->worth)
            continue;
        last = b->items[i];
        shown--;
        (*count)++;
    }
    return last;
}

static void warn_of_branches(Experiment *e, size_t run) {
    Branches *b = &e->branches;
    int count;
    const Branch *last = next_to_go(e, run, &count);
    if (!last || b->warned == last->tag.number || !may_say(e))
        return;
    b->warned = last->tag.number;
    char name[RUN_WORDS_BYTES];
    run_words(last->tag.name, name);
    if (count == 1)
        snprintf(e->notice, sizeof e->notice,
                 tr("The oldest branch, \"%s\", goes when the next run is left: save the session to keep it."), name);
    else
        snprintf(e->notice, sizeof e->notice,
                 trn("The %d oldest branch, up to \"%s\", goes when the next run is left: save the session to keep it.",
                     "The %d oldest branches, up to \"%s\", go when the next run is left: save the session to keep "
                     "them.",
                     (size_t)count),
                 count, name);
}

static void warn_of_steps(Experiment *e) {
    if (e->branches.steps_said || e->undo.count < UNDO_MAX || !may_say(e))
        return;
    e->branches.steps_said = true;
    snprintf(e->notice, sizeof e->notice, tr("Undo keeps %d steps: from now on the oldest gives way to each new one."),
             UNDO_MAX);
}

void experiment_warn_of_room(Experiment *e) {
    size_t run = experiment_is_worth_keeping(e) ? experiment_run_bytes(e) : 0;
    if (run > e->branches.budget)
        warn_of_size(e, run);
    else if (run > 0 && e->branches.count > 0)
        warn_of_branches(e, run);
    warn_of_steps(e);
}

void experiment_settle_room(Experiment *e) {
    char name[128] = "", words[RUN_WORDS_BYTES];
    int gone = make_room(e, name);
    run_words(name, words);
    if (gone == 1)
        snprintf(e->notice, sizeof e->notice, tr("The branch \"%s\" is no longer kept: there is room for %d MB."),
                 words, megabytes(e->branches.budget));
    else if (gone > 1)
        snprintf(e->notice, sizeof e->notice,
                 trn("%d branch, up to \"%s\", is no longer kept: there is room for %d MB.",
                     "%d branches, up to \"%s\", are no longer kept: there is room for %d MB.", (size_t)gone),
                 gone, words, megabytes(e->branches.budget));
    experiment_warn_of_room(e);
}
