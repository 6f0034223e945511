/* A run is left, and another one is on show: begun anew, gone on from an earlier epoch, or a branch that comes back. */
#include "app/base/language.h"
#include "app/experiment/experiment_private.h"

#include "app/base/format.h"
#include "core/utf8.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

/* ---- names ---- */

/* As within a sentence: "batch size", but "SuperLoss's". */
static void lower_first(char *text) {
    if (isupper((unsigned char)text[0]) && !isupper((unsigned char)text[1]) && !strchr(text, 'L'))
        text[0] = (char)tolower((unsigned char)text[0]);
}

static void value_of(const Settings *settings, const Property *property, char value[SETTING_TEXT_MAX]) {
    property_format(settings, property, value);
    if (!value[0])
        snprintf(value, SETTING_TEXT_MAX, "none");
}

void experiment_name_rebuilt(const Settings *before, const Settings *now, RunTag *left, RunTag *next) {
    const Property *property = experiment_what_rebuilds(before, now);
    char was[SETTING_TEXT_MAX], is[SETTING_TEXT_MAX], label[64];
    if (!property)
        return;
    snprintf(label, sizeof label, "%s", property->label);
    lower_first(label);
    value_of(before, property, was);
    value_of(now, property, is);
    snprintf(next->title, sizeof next->title, "%.32s %.24s", label, is);
    snprintf(left->name, sizeof left->name, "%.32s %.24s before %.32s %.24s", label, was, label, is);
}

/* "at epoch 10", "in epoch 11" */
static void say_place(const Trainer *t, char text[32]) {
    snprintf(text, 32, t->batch > 0 ? "in epoch %u" : "at epoch %u", t->epoch + (t->batch > 0));
}

void experiment_name_left(const Experiment *e, const char *what, RunTag *left) {
    char place[32];
    say_place(e->trainer, place);
    snprintf(left->name, sizeof left->name, "before %.80s %s", what, place);
}

/* The run on show is left for one that there was: it has the name that it had unless it has gone on since. */
static void name_again(Experiment *e) {
    const Trainer *t = e->trainer;
    RunTag *tag = &e->tag;
    char place[32];
    if (tag->name[0] && tag->epoch == t->epoch && tag->batch == t->batch)
        return;
    say_place(t, place);
    snprintf(tag->name, sizeof tag->name, "%s, %s", tag->title, place);
}

/* ---- one run in place of another ---- */

static bool any_kept(const Dataset *data) {
    return data->kept && memchr(data->kept, 1, data->count);
}

bool experiment_is_worth_keeping(const Experiment *e) {
    const Trainer *t = e->trainer;
    return t->epoch > 0 || t->batch > 0 || e->source.edited || e->by_hand.parameters != BY_HAND_NEVER ||
           e->by_hand.threshold != BY_HAND_NEVER || any_kept(&t->data) || e->notes.count > 0;
}

size_t experiment_run_bytes(const Experiment *e) {
    return branch_bytes(e->trainer, &e->history, e->others, &e->source);
}

Branch experiment_run(const Experiment *e) {
    Branch run = {.tag = e->tag,
                  .trainer = e->trainer,
                  .history = e->history,
                  .by_hand = e->by_hand,
                  .notes = e->notes,
                  .beyond = e->beyond,
                  .source = e->source,
                  .other_count = e->other_count};
    memcpy(run.others, e->others, sizeof run.others);
    return run;
}

void experiment_put_run(Experiment *e, const Branch *run) {
    e->tag = run->tag;
    e->trainer = run->trainer;
    e->history = run->history;
    e->by_hand = run->by_hand;
    e->notes = run->notes;
    e->beyond = run->beyond;
    e->source = run->source;
    e->other_count = run->other_count;
    memcpy(e->others, run->others, sizeof e->others);
}

/* The branch has the run that was on show, which has its name, and the run on show is what the branch had. */
static void exchange(Experiment *e, Branch *b) {
    experiment_evaluate(e); /* its figures are those of how it was left */
    e->tag.epoch = e->trainer->epoch;
    e->tag.batch = e->trainer->batch;
    Branch left = experiment_run(e);
    left.worth = experiment_is_worth_keeping(e);
    left.bytes = experiment_run_bytes(e);
    for (int i = 0; i < OTHER_RUNS; i++)
        past_samples_free(&left.others[i].past);
    experiment_put_run(e, b);
    *b = left;
    e->stale = false;
    e->batches_due = 0.0;
    e->batch_seconds = -1.0;
    e->data_version++; /* the points are others in memory */
    e->run_version++;
}

/* The run as it was when it was left, as one that can go on. */
static void come_back(Experiment *e) {
    Status status = {0};
    trainer_evaluate(e->trainer);
    for (int i = 0; i < e->other_count; i++) {
        OtherRun *other = &e->others[i];
        other->held = other->trainer->hold;
        other->behind = !other_run_follow(other, e->trainer, 0, &status);
    }
    if (trainer_finished(e->trainer) && !e->beyond) /* it goes no further by itself */
        e->mode = MODE_PAUSED;
    e->look = -1;
    e->notice[0] = '\0';
    if (e->on_restart)
        e->on_restart(e->user);
}

void experiment_exchange_run(Experiment *e, Undo *change) {
    Branch *branch = branches_take(&e->branches, change->branch);
    change->branch = e->tag.number;
    name_again(e);
    exchange(e, branch);
    branches_add(&e->branches, branch);
    come_back(e);
}

bool experiment_take_branch(Experiment *e, const Command *command, Status *status) {
    uint32_t number = command->branch > 0 ? (uint32_t)command->branch : 0;
    const Branch *branch = branches_find(&e->branches, number);
    if (number == e->tag.number)
        return true;
    if (!branch || !branch->worth)
        return status_fail(status, STATUS_USAGE, "There is no branch %d.", command->branch);
    char what[sizeof((Undo *)0)->what];
    static const char WORDS[] = "back to ";
    const char *title = branch->tag.title;
    snprintf(what, sizeof what, "%s%.*s", WORDS, (int)utf8_whole(title, sizeof what - sizeof WORDS), title);
    Undo *change = undo_new(UNDO_RUN, 0, what);
    if (!change)
        return status_no_memory(status, "what can be undone");
    change->branch = number;
    undo_clear(&e->redo);
    experiment_exchange_run(e, change);
    undo_push(&e->undo, change);
    return true;
}

/* ---- another run ---- */

bool experiment_prepare_run(Experiment *e, Leave *leave, uint32_t gesture, const char *what, Status *status) {
    *leave = (Leave){.gesture = gesture, .next = branch_new(status), .change = undo_new(UNDO_RUN, gesture, what)};
    if (leave->next && leave->change) {
        leave->left = e->tag;
        leave->next->tag.parent = e->tag.number;
        leave->next->source.preset = -1;
        return true;
    }
    experiment_drop_leave(leave);
    return status_no_memory(status, "the run");
}

void experiment_drop_leave(Leave *leave) {
    branch_free(leave->next);
    undo_free(leave->change);
    *leave = (Leave){0};
}

void experiment_leave(Experiment *e, Leave *leave) {
    bool goes_on = experiment_gesture_goes_on(e, UNDO_RUN, leave->gesture);
    Branch *first = goes_on ? branches_find(&e->branches, undo_top(&e->undo)->branch) : NULL;
    undo_clear(&e->redo);
    if (first) { /* what was there before the drag is kept already */
        leave->next->tag.number = e->tag.number;
        leave->next->tag.parent = e->tag.parent;
        if (leave->names_settings)
            experiment_name_rebuilt(&first->trainer->settings, &leave->next->trainer->settings, &first->tag,
                                    &leave->next->tag);
        exchange(e, leave->next);
        e->branches.looked = false;
        experiment_drop_leave(leave);
        return;
    }
    leave->next->tag.number = ++e->branches.numbers;
    e->tag = leave->left;
    leave->change->branch = e->tag.number;
    exchange(e, leave->next);
    branches_add(&e->branches, leave->next);
    undo_push(&e->undo, leave->change);
    *leave = (Leave){0};
}

/* ---- back to an earlier epoch, or to the first ---- */

/* Whether the run can be kept as a branch; a copy of it is not even tried otherwise. */
static bool can_be_kept(const Experiment *e) {
    return experiment_run_bytes(e) <= e->branches.budget;
}

/* The run itself has been changed: what can be undone was done to another one. */
static void forget_changes(Experiment *e) {
    undo_clear(&e->undo);
    undo_clear(&e->redo);
    snprintf(e->notice, sizeof e->notice, tr("This run was too large to be kept: there is no way back by undo."));
}

/* The same run, its notes up to that epoch and its source once more; history and the runs beside it are for the
 * caller. */
static bool prepare_copy(Experiment *e, Leave *leave, const char *what, uint32_t until, Status *status) {
    if (!experiment_prepare_run(e, leave, 0, what, status))
        return false;
    Branch *next = leave->next;
    next->trainer = trainer_copy(e->trainer, status);
    if (next->trainer && notes_copy(&next->notes, &e->notes, until, status) &&
        source_copy(&next->source, &e->source, status))
        return true;
    experiment_drop_leave(leave);
    return false;
}

static bool leave_by_reset(Experiment *e, Status *status) {
    Leave leave;
    if (!prepare_copy(e, &leave, "reset", UINT32_MAX, status))
        return false;
    Branch *next = leave.next;
    if (!history_init(&next->history, next->trainer->data.count, next->trainer->mlp.parameters, HISTORY_DEFAULT_BYTES,
                      status)) {
        experiment_drop_leave(&leave);
        return false;
    }
    experiment_name_left(e, "the reset", &leave.left);
    snprintf(next->tag.title, sizeof next->tag.title, "the run after the reset");
    experiment_begin_others(e, next);
    experiment_leave(e, &leave);
    return true;
}

bool experiment_reset(Experiment *e, Status *status) {
    const ByHand *by_hand = &e->by_hand;
    bool loses = e->trainer->epoch > 0 || e->trainer->batch > 0 || by_hand->parameters != BY_HAND_NEVER ||
                 by_hand->threshold != BY_HAND_NEVER; /* points and their marks stay */
    bool kept = loses && can_be_kept(e);
    if (kept && !leave_by_reset(e, status))
        return false;
    trainer_reset(e->trainer);
    experiment_begin(e);
    if (loses && !kept)
        forget_changes(e);
    return true;
}

/* Copies of all runs, without what came after the epoch. */
static bool leave_by_going_on(Experiment *e, uint32_t epoch, Status *status) {
    Leave leave;
    char what[64];
    snprintf(what, sizeof what, "going on from epoch %u", epoch + 1);
    if (!prepare_copy(e, &leave, what, epoch, status))
        return false;
    Branch *next = leave.next;
    bool done = history_copy(&next->history, &e->history, epoch, status);
    for (int i = 0; done && i < e->other_count; i++)
        done = other_run_copy(&next->others[i], &e->others[i], epoch, status);
    if (!done) {
        experiment_drop_leave(&leave);
        return false;
    }
    next->by_hand = e->by_hand;
    next->other_count = e->other_count;
    for (int i = 0; i < e->other_count; i++)
        next->others[i].number = ++e->numbers;
    next->tag.parted = epoch + 1;
    snprintf(next->tag.title, sizeof next->tag.title, "the run from epoch %u", epoch + 1);
    experiment_name_left(e, what, &leave.left);
    experiment_leave(e, &leave);
    return true;
}

bool experiment_go_on_from_look(Experiment *e, Status *status) {
    const HistoryRecord *record = e->look < 0 ? NULL : history_find(&e->history, (uint32_t)e->look);
    if (!record)
        return true;
    uint32_t epoch = record->epoch;
    bool kept = can_be_kept(e);
    if (kept && !leave_by_going_on(e, epoch, status))
        return false;
    experiment_by_hand_until(e, epoch);
    notes_cut(&e->notes, epoch);
    history_restore(&e->history, history_find(&e->history, epoch), e->trainer);
    for (int i = 0; i < e->other_count; i++)
        other_run_restore(&e->others[i], epoch);
    e->look = -1;
    e->run_version++;
    e->stale = false;
    e->beyond = false;
    e->notice[0] = '\0';
    if (!kept)
        forget_changes(e);
    if (e->on_restart)
        e->on_restart(e->user);
    return true;
}
