#include "app/experiment/tape.h"

#include "app/base/language.h"
#include "app/base/memory_watch.h"
#include "app/experiment/experiment_private.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

bool tape_begin(Tape *tape, Experiment *e, const Recording *r, Status *status) {
    *tape = (Tape){.recording = r, .line = r->first};
    Dataset points = {0};
    if (r->points > 0 && !dataset_copy(&points, &r->blocks[r->points - 1], status))
        return false;
    bool done = experiment_init(e, &r->settings, r->points > 0 ? &points : NULL, r->path, status);
    dataset_free(&points);
    if (!done)
        return false;
    e->tape = tape;
    return true;
}

/* The index of the line that follows a seal which ends after so many bytes, or 0. */
static size_t line_behind(const Recording *r, size_t bytes) {
    size_t seal = r->first;
    const size_t sum = strlen(LOG_SUM_WORD "01234567\n"); /* of which the line has been freed */
    while (seal + 1 < r->count && (size_t)(r->lines[seal + 1] - r->text) < bytes)
        seal++;
    bool ends = seal < r->count && (size_t)(r->lines[seal] - r->text) + strlen(r->lines[seal]) + sum == bytes;
    return ends ? seal + 1 : 0;
}

/* Whether the run is the one that the seal has been put under. */
static bool is_sealed(const Experiment *e, const char *line) {
    const Trainer *t = e->trainer;
    Deed deed;
    Status status;
    bool seal = deed_read(&deed, line, NULL, &status) && deed_is_seal(&deed);
    bool same = seal && deed.at.epoch == t->epoch && deed.at.batch == t->batch && deed.state == run_log_state(e);
    deed_free(&deed);
    return same;
}

static void later(uint32_t *latest, const Trainer *t, const OtherRun *others) {
    if (t && t->epoch > *latest)
        *latest = t->epoch;
    for (int i = 0; i < OTHER_RUNS; i++)
        if (others[i].trainer && others[i].trainer->epoch > *latest)
            *latest = others[i].trainer->epoch;
}

/* Of all its runs, on show or not. */
static uint32_t latest_epoch(const Experiment *e) {
    uint32_t latest = 0;
    later(&latest, e->trainer, e->others);
    for (int i = 0; i < e->branches.count; i++)
        later(&latest, e->branches.items[i]->trainer, e->branches.items[i]->others);
    for (int i = 0; i < e->undo.count; i++)
        later(&latest, NULL, e->undo.items[i]->others);
    for (int i = 0; i < e->redo.count; i++)
        later(&latest, NULL, e->redo.items[i]->others);
    return latest;
}

/* Whether no run is later than the log ever has been: then it could train for days until another has caught up. */
static bool is_of_time(const Experiment *e, const Recording *r, size_t end) {
    uint32_t latest = latest_epoch(e);
    unsigned long long epoch;
    for (size_t i = r->first; i < end; i++)
        if (sscanf(r->lines[i], "epoch %llu ", &epoch) == 1 && epoch >= latest)
            return true;
    return false;
}

bool tape_go_on(Tape *tape, Experiment *e, const Recording *r, size_t log_bytes, Status *status) {
    size_t line = line_behind(r, log_bytes);
    if (line == 0 || !is_sealed(e, r->lines[line - 1]) || !is_of_time(e, r, line))
        return status_fail(status, STATUS_FAILED, "%s: the checkpoint is not that of this log after %zu bytes", r->name,
                           log_bytes);
    *tape = (Tape){.recording = r, .line = line};
    e->tape = tape;
    return true;
}

/* What an experiment has besides a run: runs beside it, and a threshold on hold. */
static bool clear_away(Experiment *e, Status *status) {
    Command end = {.kind = COMMAND_COMPARE}, let_go = {.kind = COMMAND_HOLD};
    return (e->other_count == 0 || experiment_carry_out(e, &end, status)) &&
           (!e->trainer->hold || experiment_carry_out(e, &let_go, status));
}

static bool begin_here(Experiment *e, const Recording *r, int preset, Status *status) {
    Command command = {.kind = COMMAND_PRESET, .preset = preset, .settings = r->settings};
    if (r->points == 0)
        return experiment_carry_out(e, &command, status);
    Dataset points = {0};
    bool done = dataset_copy(&points, &r->blocks[r->points - 1], status) &&
                experiment_open_points(e, &points, &(OpenedPoints){r->path, 0, &r->settings}, status);
    dataset_free(&points);
    return done;
}

bool tape_begin_here(Tape *tape, Experiment *e, const Recording *r, int preset, Status *status) {
    *tape = (Tape){.recording = r, .line = r->first};
    int before = e->undo.count;
    if (!clear_away(e, status) || !begin_here(e, r, preset, status))
        return false;
    tape->deeds = e->undo.count - before;
    e->mode = MODE_PAUSED;
    e->tape = tape;
    return true;
}

bool tape_begin_again(Tape *tape, Experiment *e, Status *status) {
    const Recording *recording = tape->recording;
    int preset = e->source.preset, deeds = tape->deeds;
    bool done = true;
    e->tape = NULL;
    for (int i = 0; done && i < deeds && undo_top(&e->undo); i++)
        done = experiment_carry_out(e, &(Command){.kind = COMMAND_UNDO}, status);
    tape_free(tape);
    return done && tape_begin_here(tape, e, recording, preset, status);
}

void tape_free(Tape *tape) {
    deed_free(&tape->next);
    deed_free(&tape->before);
    tape->loaded = false;
}

/* ---- what comes next ---- */

static void fail(Tape *tape, Status *status) {
    tape->over = tape->failed = true;
    tape->status = *status;
    status_prefix(&tape->status, "%s:%zu", tape->recording->name, tape->line);
}

static void fail_place(Tape *tape, const Trainer *t) {
    Status status;
    status_fail(&status, STATUS_FAILED,
                "the run is at epoch %u batch %zu%s, from where epoch %llu batch %llu is not "
                "reached: the log does not fit what it led to",
                t->epoch, t->batch, t->diverged ? tr(", diverged") : "", (unsigned long long)tape->at.epoch,
                (unsigned long long)tape->at.batch);
    fail(tape, &status);
}

static bool is_block(const char *line) {
    return strncmp(line, "points ", strlen("points ")) == 0;
}

/* Reads the next line of a deed, if there is one. */
static void load(Tape *tape, const Trainer *t) {
    const Recording *r = tape->recording;
    deed_free(&tape->before);
    tape->before = tape->next;
    tape->next = (Deed){0};
    while (tape->line < r->count && is_block(r->lines[tape->line])) {
        do /* the block's lines begin otherwise than a deed's */
            tape->line++;
        while (tape->line < r->count && strncmp(r->lines[tape->line], "epoch ", strlen("epoch ")) != 0);
    }
    if (tape->line >= r->count) {
        tape->over = true;
        return;
    }
    Status status;
    if (!deed_read(&tape->next, r->lines[tape->line++], &tape->before, &status)) {
        fail(tape, &status);
        return;
    }
    Deed *next = &tape->next;
    uint64_t batches = t->batch + next->further;
    tape->at = next->goes_on ? (RunPlace){t->epoch + batches / t->batches, batches % t->batches} : next->at;
    tape->loaded = true;
}

/* ---- the runs beside the first ---- */

/* Where a run beside the first is to be before the next deed: where the first is, or where a line says. Those lines
 * come right before the deed. */
static RunPlace goal_of(const Experiment *e, int other) {
    const Tape *tape = e->tape;
    RunPlace goal = {e->trainer->epoch, e->trainer->batch};
    const Recording *r = tape->recording;
    if (!tape->loaded || tape->next.kind != DEED_STANDS)
        return goal;
    RunPlace told = tape->next.place;
    int run = tape->next.command.run;
    for (size_t line = tape->line; run != other + 1; line++) {
        Deed deed;
        Status status;
        bool stands = line < r->count && deed_read(&deed, r->lines[line], NULL, &status) && deed.kind == DEED_STANDS;
        told = deed.place;
        run = deed.command.run;
        deed_free(&deed);
        if (!stands)
            return goal;
    }
    bool nearer = told.epoch < goal.epoch || (told.epoch == goal.epoch && told.batch < goal.batch);
    return nearer ? told : goal;
}

bool tape_follow(Experiment *e, size_t batches) {
    bool there = true;
    Status status;
    for (int i = 0; i < e->other_count; i++) {
        RunPlace goal = goal_of(e, i);
        there = other_run_train(&e->others[i], (uint32_t)goal.epoch, (size_t)goal.batch, batches, &status) && there;
        e->version++;
    }
    return there;
}

/* ---- deeds ---- */

static bool refuse(Status *status) {
    return status_fail(status, STATUS_FAILED, "the points that this was done to are not there");
}

static bool do_edit(Experiment *e, Deed *deed, Status *status) {
    PointEdit *edit = &deed->edit;
    const Trainer *t = e->trainer;
    size_t count = edit->kind == EDIT_UNCLEAN ? t->clean.count : t->data.count;
    if (edit->kind == EDIT_ADD ? edit->label >= t->data.classes : edit->samples[edit->count - 1] >= count)
        return refuse(status);
    for (size_t i = 0; edit->kind == EDIT_LABEL && i < edit->count; i++)
        if (edit->labels[i] >= t->data.classes)
            return refuse(status);
    edit->gesture = deed->command.gesture;
    edit->data_version = e->data_version;
    return experiment_edit_points(e, edit, status);
}

static bool do_open(Experiment *e, const Deed *deed, Status *status) {
    Settings settings = deed_base(e, deed);
    Dataset points;
    if (!deed_take_settings(deed, &settings, status) ||
        !dataset_copy(&points, &e->tape->recording->blocks[deed->points - 1], status))
        return false;
    bool done = experiment_open_points(e, &points, &(OpenedPoints){deed->path, 0, &settings}, status);
    dataset_free(&points);
    return done;
}

/* A run beside the first is brought where it was, and counts as behind or not, as it did. */
static bool do_stand(Experiment *e, const Deed *deed, Status *status) {
    int run = deed->command.run;
    OtherRun *other = run <= e->other_count ? &e->others[run - 1] : NULL;
    const Trainer *t = other ? other->trainer : NULL;
    if (other)
        other_run_train(other, (uint32_t)deed->place.epoch, (size_t)deed->place.batch, SIZE_MAX, status);
    if (!other || t->epoch != deed->place.epoch || t->batch != deed->place.batch)
        return status_fail(status, STATUS_FAILED, "run %c is not there: the log does not fit what it led to",
                           'A' + run);
    other->behind = deed->behind;
    e->tape->stands |= 1u << run;
    return true;
}

/* Those of which no line says where they are keep step. */
static void keep_step(Experiment *e) {
    Status status;
    for (int i = 0; i < e->other_count; i++)
        if (!(e->tape->stands & 2u << i))
            e->others[i].behind = !other_run_follow(&e->others[i], e->trainer, SIZE_MAX, &status);
    e->tape->stands = 0;
}

static bool do_command(Experiment *e, Deed *deed, Status *status) {
    Command command = deed->command;
    command.settings = deed_base(e, deed);
    if (deed->kind == COMMAND_PRESET)
        command.preset = -1;
    if (deed->kind == COMMAND_GO_ON)
        e->look = command.epoch;
    if (!deed_take_settings(deed, &command.settings, status))
        return false;
    *status = (Status){0};
    return experiment_carry_out(e, &command, status) || status->code == STATUS_USAGE; /* it failed then as well */
}

static void check(const Experiment *e, Tape *tape) {
    bool any = strcmp(tape->recording->kernels, KERNELS_ANY) == 0;
    if (!any && tape->parted == 0 && run_log_state(e) != tape->next.state)
        tape->parted = tape->line;
}

static void do_next(Experiment *e) {
    Tape *tape = e->tape;
    Deed *deed = &tape->next;
    Status status = {0};
    bool done = true;
    ExperimentMode mode = e->mode;
    int undos = e->undo.count;
    tape->loaded = false;
    if (deed->kind == DEED_STANDS) {
        done = do_stand(e, deed, &status);
    } else {
        keep_step(e);
        tape->acts = true;
        if (deed_is_seal(deed))
            check(e, tape);
        else if (deed->kind == DEED_OPEN)
            done = do_open(e, deed, &status);
        else if (deed->kind >= DEED_EDITS)
            done = do_edit(e, deed, &status);
        else
            done = do_command(e, deed, &status);
        tape->acts = false;
    }
    e->mode = mode;
    tape->deeds += e->undo.count - undos;
    tape->notes += deed->kind == COMMAND_NOTE && deed->command.note.text[0];
    if (!done)
        fail(tape, &status);
}

int tape_notes_earlier(const Experiment *e) {
    int earlier = e->tape->notes - e->notes.count;
    return earlier > 0 ? earlier : 0;
}

int tape_notes_later(const Experiment *e) {
    return e->tape->recording->notes - e->tape->notes;
}

/* ---- playing ---- */

static bool is_due(const Tape *tape, const Trainer *t) {
    return tape->at.epoch == t->epoch && tape->at.batch == t->batch;
}

size_t tape_room(Experiment *e) {
    Tape *tape = e->tape;
    while (!tape->over) {
        const Trainer *t = e->trainer;
        if (!tape->loaded)
            load(tape, t);
        if (tape->over)
            break;
        bool before = tape->at.epoch < t->epoch || (tape->at.epoch == t->epoch && tape->at.batch < t->batch);
        if (is_due(tape, t))
            do_next(e);
        else if (before || t->diverged || tape->at.batch >= t->batches)
            fail_place(tape, t);
        else
            return tape->at.epoch > t->epoch ? t->batches - t->batch : (size_t)tape->at.batch - t->batch;
    }
    return 0;
}

/* What a person could go on without (a run beside the first) a replay cannot. */
static void fail_memory(Tape *tape) {
    Status status;
    status_no_memory(&status, "the run");
    fail(tape, &status);
}

size_t tape_play(Experiment *e, size_t batches) {
    Tape *tape = e->tape;
    int before = memory_watch();
    size_t room = tape_room(e);
    room = room < batches ? room : batches;
    if (room > 0)
        experiment_train(e, room);
    if (!memory_failed(before))
        return room;
    fail_memory(tape);
    return 0;
}

bool tape_play_to_note(Experiment *e) {
    while (tape_play(e, SIZE_MAX) > 0)
        if (e->trainer->batch == 0 && notes_at(&e->notes, (int64_t)e->trainer->epoch - 1) >= 0)
            return true;
    return false;
}

/* Whether the tape is a lesson, which a person goes on from without a pause. */
static bool is_lesson(const Experiment *e) {
    return e->tape->recording->lesson.order > 0;
}

void tape_leave(Experiment *e) {
    if (!e->tape || e->tape->acts)
        return;
    snprintf(e->notice, sizeof e->notice, "%s",
             is_lesson(e) ? tr("The lesson ends here: from now on the run is yours.")
                          : tr("The replay ends here: from now on the run is yours."));
    e->tape->over = true;
    e->tape = NULL;
    e->version++;
}

void tape_end(Experiment *e) {
    char text[1024];
    bool goes_on = is_lesson(e);
    tape_complaint(e->tape, e, text);
    tape_leave(e);
    if (text[0])
        snprintf(e->notice, sizeof e->notice, "%s", text);
    if (!goes_on || text[0])
        e->mode = MODE_PAUSED;
}

void tape_complaint(const Tape *tape, const Experiment *e, char text[1024]) {
    const Recording *r = tape->recording;
    const char *now = trainer_kernels(e->trainer);
    Status said = {0}; /* one line, whatever the file and its name hold */
    if (tape->failed)
        said = tape->status;
    else if (tape->parted > 0 && strcmp(now, r->kernels) != 0)
        status_fail(&said, STATUS_FAILED,
                    "%s:%zu: from here or a little before, this run is another than the recorded one: it was "
                    "trained with %s kernels, which round otherwise than %s",
                    r->name, tape->parted, r->kernels, now);
    else if (tape->parted > 0)
        status_fail(&said, STATUS_FAILED,
                    "%s:%zu: from here or a little before, this run is another than the recorded one", r->name,
                    tape->parted);
    snprintf(text, 1024, "%s", said.message);
}
